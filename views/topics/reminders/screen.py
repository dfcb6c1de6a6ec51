"""The pieces of the page of reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from analysis.agreements.reminders import Reminder, Reminders
from analysis.freshness.overdue import Overdue
from views.exports.files import calendar
from views.language.escape import md
from views.link import context
from views.link.context import Session
from views.topics.feed import screen as feed_screen
from views.topics.reminders import words as reminder_words

FEED = "/pengingat.ics"


def draw_now(session: Session, found: Reminders, today: date) -> None:
    """What falls due: for both sides together, then each side with others, side by side.

    Parameters
    ----------
    session : language, data and border of this run
    found, today : what is due on which day
    """
    heads = reminder_words.heads(session.words, session.data, session.corridor)
    if session.corridor.pair:
        missing = (
            [reminder_words.no_pks(session.words, session.data, session.corridor, found.no_pks)] if found.no_pks else []
        )
        _draw_list(session, heads[""], found.shared, today, missing)
    for column, (side, rows) in zip(st.columns(len(found.alone), gap="medium"), found.alone.items(), strict=True):
        with column:
            _draw_list(session, heads[side], rows, today)


def _draw_list(session: Session, head: str, rows: Sequence[Reminder], today: date, first: Sequence[str] = ()) -> None:
    w = session.words
    lines = [*first, *reminder_words.lines(w, session.data, rows, today)] or [reminder_words.none(w)]
    st.markdown("\n".join([f"**{md(head)}**", "", *(f"- {line}" for line in lines)]))


def draw_figures(session: Session, figures: Sequence[Overdue]) -> None:
    """Figures that should have been renewed, a line a sector and kabkota, and the way to what would help most.

    Parameters
    ----------
    session : language, data and border of this run
    figures : which are overdue
    """
    w = session.words
    if not figures:
        return
    lines = [md(reminder_words.figures_text(w, session.data, one)) for one in figures]
    st.markdown("\n".join([w.t("**Angka yang lewat jadwal pembaruannya**"), "", *(f"- {line}" for line in lines)]))
    st.page_link(
        "pages/kesegaran.py", label=w.t("Kesegaran"), icon=":material/update:", query_params=context.link(session, {})
    )


def draw_calendar(session: Session, found: Reminders, figures: Sequence[Overdue]) -> None:
    """The feed: a file to import, and the address to subscribe to where that of the office is known.

    Parameters
    ----------
    session : language, data and border of this run
    found, figures : what is in it
    """
    w = session.words
    st.download_button(
        w.t("Unduh kalender (ICS)"),
        partial(calendar.build, w, session.data, session.corridor, found, figures),
        file_name=f"pengingat-{session.corridor.id}.ics",
        mime="text/calendar",
        icon=":material/download:",
        on_click="ignore",
    )
    path = f"{FEED}?{urlencode(context.link(session, {}))}"
    address = feed_screen.root("pengingat") + path
    st.caption(w.t("Berlangganan di kalender kantor dengan alamat ini:"))
    st.markdown(f"`{address}`")
    feed_screen.draw_files(session, "pengingat")


def draw_rest(session: Session, found: Reminders, today: date) -> None:
    """What comes later, and projects that are not recorded as done.

    Parameters
    ----------
    session : language, data and border of this run
    found, today : as above
    """
    w = session.words
    if found.later:
        _draw_list(session, w.t("Kemudian"), found.later, today)
    if found.projects:
        _draw_list(session, w.t("Proyek yang belum tercatat selesai"), found.projects, today)
