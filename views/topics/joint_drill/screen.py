"""The screen of the control room: which drill, its log as it grows, and what it says of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from analysis.fire.live_drill import QUANTITIES, Drill, Entry, Participant, log
from analysis.fire.live_evaluation import Evaluation, evaluate
from records.drills import reading
from records.models import now
from views.exports.files import drill as drill_document
from views.language import link_names
from views.language.escape import md
from views.link import context
from views.link.context import Session
from views.link.kinds import number_text
from views.screen import account
from views.screen.tables import show_table
from views.topics.drill import screen as simulation
from views.topics.fire import choices as fire_choices
from views.topics.fire import state as fire_state
from views.topics.fire.choices import FireState
from views.topics.joint_drill import tables, words

EVERY_S = 1.0
HEIGHT, FEW = 380, 9
"""Of the log in pixels, from more rows than so many."""
USED = "dipakai di damkar"
KEYS = dict(zip(QUANTITIES, ("panggilan", "berangkat", "tunda", "laju"), strict=True))
"""Key in the link of what a drill measures."""


def choose(session: Session, drills: Sequence[Drill]) -> None:
    """Which drill is open."""
    if not drills:
        return
    w = session.words
    names = {"": w.t("– pilih –")}
    names |= {str(d.id): f"{d.title} ({words.moment(w, d.opened)})" for d in drills}
    st.selectbox(w.t("Buka satu latihan"), list(names), format_func=names.__getitem__, key=link_names.DRILL)


def _followed(drill: Drill) -> tuple[Drill, tuple[Participant, ...], tuple[Entry, ...]]:
    """A drill, its participants and its log, as of now."""
    found, participants, presses = reading.followed(account.actor(), drill.id)
    return found, participants, tuple(log(found, presses))


def running(session: Session, drill: Drill) -> None:
    """The log of a drill that runs; only this part of the page is drawn again.

    Parameters
    ----------
    session : language, data and border of this run
    drill : as it was when the page was drawn
    """
    st.fragment(_live, run_every=EVERY_S)(session, drill)


def _live(session: Session, drill: Drill) -> None:
    found, participants, entries = _followed(drill)
    if now() > found.ends:
        st.rerun()
    w = session.words
    st.markdown(
        w.t("**{n} ponsel ikut, {m} tekanan tercatat.**", n=w.number(len(participants)), m=w.number(len(entries)))
    )
    _draw_log(session, found, participants, entries)


def _draw_log(session: Session, drill: Drill, participants: Sequence[Participant], entries: Sequence[Entry]) -> None:
    """The log as a table, newest first, and who takes part."""
    w = session.words
    if participants:
        names = [f"{tables.shown_name(w, p)} ({drill.names[p.side]})" for p in participants]
        st.caption(md(w.t("Peserta: {daftar}.", daftar="; ".join(names))))
    if entries:
        height = HEIGHT if len(entries) > FEW else "auto"
        rows = tables.log_table(w, drill, participants, entries)
        show_table(w, rows, alt=w.t("Catatan latihan, terbaru di atas"), height=height)
    else:
        st.caption(w.t("Belum ada yang menekan."))


def evaluated(session: Session, state: FireState, drill: Drill) -> Evaluation:
    """A drill beside the model under the chosen assumptions.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the fire page, whose assumptions the model takes
    drill : one that is over
    """
    _, participants, entries = _followed(drill)
    model = fire_state.result(session.data, state)
    return evaluate(drill, participants, entries, model.drawn, model.timing, state.choices)


def evaluation(session: Session, state: FireState, values: Mapping[str, Any], told: Evaluation) -> None:
    """Phases and minutes of a drill that is over, beside the model, and the files of both.

    Parameters
    ----------
    session, state, values : of this run, and the parameters of the link
    told : the evaluation
    """
    w = session.words
    st.markdown(w.t("#### Catatan di samping model"))
    show_table(w, tables.phases(w, told), alt=w.t("Tahap terukur di samping asumsi model"))
    st.caption(words.doubt(w, told))
    simulation.draw_comparison(session, told.model, told.compared["open"], "open")
    show_table(w, drill_document.incident_table(w, told), alt=w.t("Waktu nyata tiap kejadian di samping model"))
    _assumptions(session, state, values, told)
    row = st.container(horizontal=True)
    name = f"latihan-{told.drill.corridor}-{told.drill.id}"
    files = (
        (w.t("Unduh evaluasi (DOCX)"), lambda: drill_document.build(w, told, context.today()), f"{name}.docx"),
        (w.t("Unduh evaluasi (CSV)"), lambda: tables.evaluation_csv(told), f"{name}-evaluasi.csv"),
        (w.t("Unduh catatan (CSV)"), lambda: tables.log_csv(told.drill, told.participants, told.entries), f"{name}-catatan.csv"),
    )  # fmt: skip
    for label, build, file in files:
        row.download_button(label, build, file_name=file, icon=":material/download:", on_click="ignore")
    with st.expander(w.t("Seluruh catatan"), icon=":material/list:"):
        _draw_log(session, told.drill, told.participants, told.entries)


def _measured_numbers(session: Session, told: Evaluation) -> dict[str, float]:
    """The measured medians within what the catalogue allows, by key in the link."""
    entries = fire_choices.entries(session.data)
    return {
        KEYS[q]: round(min(max(m.middle, entries[KEYS[q]].low), entries[KEYS[q]].high), 1)
        for q, m in told.found.items()
    }


def _assumptions(session: Session, state: FireState, values: Mapping[str, Any], told: Evaluation) -> None:
    """Use what was measured as assumptions of *Damkar*: chosen by a person, one by one."""
    w = session.words
    numbers = _measured_numbers(session, told)
    if not numbers:
        st.caption(w.t("Belum ada asumsi yang terukur pada latihan ini."))
        return
    names = words.quantities(w)
    labels = {
        KEYS[q]: w.t("{nama}: {nilai}, dari {terukur}", nama=names[q], nilai=w.number(numbers[KEYS[q]], 1), terukur=words.range_of(w, m))
        for q, m in told.found.items()
    }  # fmt: skip
    chosen = st.multiselect(
        w.t("Pakai hasil ukur sebagai asumsi"), list(labels), format_func=labels.__getitem__, key=USED,
        placeholder=w.t("pilih hasil ukur"),
    )  # fmt: skip
    if not chosen:
        return
    st.page_link(
        "pages/damkar.py",
        label=w.t("Buka Damkar dengan asumsi terpilih"),
        icon=":material/local_fire_department:",
        query_params=_link_of(session, state, values, {key: numbers[key] for key in chosen}),
    )


def _link_of(
    session: Session, state: FireState, values: Mapping[str, Any], numbers: Mapping[str, float]
) -> dict[str, str]:
    """The parameters of Damkar with these numbers in place of those of the link; a measured speed holds for all roads.

    Parameters
    ----------
    session, state, values : of this run
    numbers : by key of the assumption in the link
    """
    known = session.data.catalogue.assumptions
    link = fire_state.link(session, state)
    mixed = {**values[link_names.ASSUMED], **numbers}
    changed = {key: n for key, n in mixed.items() if n != float(known[link_names.ASSUMPTIONS[key]].value)}
    link.pop(link_names.ASSUMED, None)
    if changed:
        link[link_names.ASSUMED] = ";".join(f"{key}:{number_text(float(n))}" for key, n in changed.items())
    if "laju" in numbers:
        link.pop(link_names.SPEEDS, None)
    return link
