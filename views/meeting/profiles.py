"""Profiles as files to download."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from views.link.context import Session
from views.meeting.files import request_of

# The ZIP waits here until it is fetched, in the session of whoever asked for it.
READY = "profil siap"


def draw_downloads(session: Session, kode: str, made: date) -> None:
    """This kelurahan as one page; all of the border as one ZIP, made only when asked.

    Parameters
    ----------
    session : language, data and border of this run
    kode : of the kelurahan
    made : the day that is printed
    """
    w, data, corridor = session.words, session.data, session.corridor
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with row:
        draw_sheet(session, kode, made)
    ready = st.session_state.get(READY)
    wanted = (corridor.id, w.language, made)
    if ready is None or ready[0] != wanted:
        count = len(data.border(corridor).at_line())
        label = w.t("Siapkan semua profil di garis batas ({n}, ZIP)", n=w.number(count))
        if row.button(label, icon=":material/folder_zip:", disabled=not count):
            st.session_state[READY] = (wanted, _sheets(session, made))
            st.rerun()
        return
    row.download_button(
        w.t("Unduh semua profil (ZIP)"),
        ready[1],
        file_name=f"profil-{corridor.id}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        on_click=_given,
    )


def draw_sheet(session: Session, kode: str, made: date) -> None:
    """The button that gives this kelurahan as one page.

    Parameters
    ----------
    session : language, data and border of this run
    kode : of the kelurahan
    made : the day that is printed
    """
    st.download_button(
        session.words.t("Unduh profil ini (PDF)"),
        partial(_sheet, session, kode, made),
        file_name=f"profil-{kode}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        on_click="ignore",
    )


def _sheet(session: Session, kode: str, made: date) -> bytes:
    # What draws on paper takes a second to import: a page that only shows is not kept waiting.
    from views.exports.pdf import profile as pdf_profile

    return pdf_profile.build(request_of(session.data, session.corridor.id, session.words.language, (), (), made), kode)


def _sheets(session: Session, made: date) -> bytes:
    from views.exports.pdf import profile as pdf_profile

    w = session.words
    bar = st.progress(0.0)

    def progress(done: int, total: int) -> None:
        bar.progress(done / total, w.t("{n} dari {semua} profil…", n=w.number(done), semua=w.number(total)))

    return pdf_profile.build_all(request_of(session.data, session.corridor.id, w.language, (), (), made), progress)


def _given() -> None:
    """Forget what was fetched: many megabytes would stay with the session."""
    st.session_state.pop(READY, None)
