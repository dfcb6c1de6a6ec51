"""The choices of the page on shared places: what is planned, how many places, and places of one's own."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.siting.candidates import MOST_PLACES
from analysis.siting.result import Joint
from analysis.siting.task import MOST_NEW
from views.language import link_names
from views.link import scenario
from views.link.context import Session
from views.screen import segments
from views.topics.siting import state as siting_state
from views.topics.siting.choices import Asked

PLACING = "lokasi menaruh"


def controls(session: Session, asked: Asked, plan: Joint | None) -> None:
    """What is planned, how many places each side adds, places of one's own, and the button.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    plan : the answer, None while it is not sought
    """
    w = session.words
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    draw_task(session, row)
    with row.popover(w.t("Calon lokasi"), icon=":material/edit_location_alt:"):
        _draw_own(session, asked)
    if plan is None:
        draw_button(session, asked, row)
    elif not plan.unknown:
        names = {"bersama": w.t("Bersama"), "sendiri": w.t("Sendiri-sendiri")}
        segments.choose(w.t("Rencana di peta"), names, link_names.SITING_MAP, row)
    draw_stopped(session)
    scenario.draw_refusal()


def draw_task(session: Session, row: DeltaGenerator) -> None:
    """What is planned and how many places each side adds.

    Parameters
    ----------
    session : language, data and border of this run
    row : container in which they stand
    """
    w, data = session.words, session.data
    kinds = {"puskesmas": w.t("Puskesmas"), "pos_damkar": w.t("Pos damkar")}
    row.selectbox(w.t("Yang dibangun"), list(kinds), format_func=kinds.__getitem__, key=link_names.KIND, width=140)
    for side in session.corridor.sides:
        label, key = w.t("Baru, {sisi}", sisi=str(data.kabkota.at[side, "nama"])), f"{link_names.COUNTS} {side}"
        row.number_input(label, 0, MOST_NEW, step=1, key=key, width=150)


def draw_button(session: Session, asked: Asked, row: DeltaGenerator) -> None:
    """The button that seeks the plan.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    row : container in which the button stands
    """
    row.button(
        session.words.t("Hitung"),
        icon=":material/calculate:",
        disabled=not asked.task.total,
        on_click=siting_state.ask,
        args=(asked, siting_state.PLAN),
    )


def draw_stopped(session: Session) -> None:
    """Say once that the search was stopped."""
    if st.session_state.pop(siting_state.STOPPED, False):
        st.info(session.words.t("Perhitungan dibatalkan; tidak ada yang disimpan."), icon=":material/cancel:")


def placing() -> bool:
    """Whether a click on the map is a place of one's own."""
    return bool(st.session_state.get(PLACING))


def _draw_own(session: Session, asked: Asked) -> None:
    w, drawn = session.words, asked.task.drawn
    st.markdown(
        w.t(
            "Tanpa calon sendiri, calonnya satu titik di dalam setiap kelurahan/desa. Begitu Anda menaruh calon, hanya calon itu yang "
            "dipakai (paling banyak {batas}). Calon tersimpan di tautan.",
            batas=w.number(MOST_PLACES),
        )
    )
    st.toggle(w.t("Taruh calon dengan mengeklik peta"), key=PLACING)
    for number, place in enumerate(drawn, start=1):
        st.button(
            w.t(
                "Hapus calon {n} ({bujur}; {lintang})",
                n=w.number(number),
                bujur=w.number(place[0], 4),
                lintang=w.number(place[1], 4),
            ),
            key=f"lokasi hapus {number}",
            icon=":material/delete:",
            on_click=siting_state.drop_place,
            args=(place,),
        )
    if drawn:
        st.button(
            w.t("Hapus semua calon"),
            key="lokasi hapus semua",
            icon=":material/delete_sweep:",
            on_click=siting_state.drop_place,
            args=(None,),
        )
