"""The choices of the page on sharing a cost: the cost, where the numbers come from, and use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.siting.result import Joint
from analysis.siting.sharing import Basis
from views.language import link_names
from views.link.context import Session
from views.link.parameters import MOST_PEOPLE, MOST_RUPIAH
from views.topics.siting import controls as siting_controls
from views.topics.siting import state as siting_state
from views.topics.siting.choices import Asked


def stated_use(session: Session, values: Mapping[str, Any]) -> dict[str, float] | None:
    """Use by side as the user states it; None when nothing is stated.

    Parameters
    ----------
    session, values : this run, and the parameters of the link
    """
    use = _by_side(session, values, link_names.USE)
    return use if any(use.values()) else None


def typed(session: Session, values: Mapping[str, Any], use: dict[str, float] | None) -> Basis:
    """The user's own numbers.

    Parameters
    ----------
    session, values : this run, and the parameters of the link
    use : by side, as `stated_use` gives it
    """
    served, alone = (_by_side(session, values, name) for name in (link_names.SERVED, link_names.ALONE))
    return Basis(served, alone, float(values[link_names.TOGETHER]), None, None, use)


def _by_side(session: Session, values: Mapping[str, Any], name: str) -> dict[str, float]:
    return {side: float(values[f"{name}-{side}"]) for side in session.corridor.sides}


def controls(session: Session, asked: Asked, plan: Joint | None, basis: str) -> None:
    """The cost, where the numbers come from, and use.

    Parameters
    ----------
    session : language, data and border of this run
    asked : the plan whose cost is shared
    plan : that plan, None while it is not sought
    basis : where the numbers come from: "rencana" for the plan, "angka" for the user's own
    """
    w, data, sides = session.words, session.data, session.corridor.sides
    names = {s: str(data.kabkota.at[s, "nama"]) for s in sides}
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.number_input(w.t("Biaya (rupiah)"), 0, MOST_RUPIAH, step=1_000_000, key=link_names.COST, width=220)
    bases = {"rencana": w.t("Rencana lokasi bersama"), "angka": w.t("Angka sendiri")}
    row.segmented_control(
        w.t("Dasar angka"), list(bases), format_func=bases.__getitem__, key=link_names.BASIS, required=True
    )
    if basis == "rencana":
        siting_controls.draw_task(session, row)
        if plan is None:
            siting_controls.draw_button(session, asked, row)
    with row.popover(w.t("Pemakaian"), icon=":material/groups:"):
        st.markdown(
            w.t(
                "Pemakaian tiap sisi menurut catatan Anda, misalnya kunjungan setahun. 0 di semua sisi berarti belum ada data."
            )
        )
        for side, name in names.items():
            st.number_input(name, 0, MOST_PEOPLE, step=100, key=f"{link_names.USE}-{side}")
    if basis == "angka":
        own = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        for side, name in names.items():
            own.number_input(
                w.t("Jiwa dilayani, {sisi}", sisi=name),
                0,
                MOST_PEOPLE,
                step=100,
                key=f"{link_names.SERVED}-{side}",
                width=170,
            )
        for side, name in names.items():
            own.number_input(
                w.t("Bila sendiri, {sisi}", sisi=name),
                0,
                MOST_PEOPLE,
                step=100,
                key=f"{link_names.ALONE}-{side}",
                width=170,
            )
        own.number_input(w.t("Bila bersama (jiwa)"), 0, MOST_PEOPLE, step=100, key=link_names.TOGETHER, width=170)
    siting_controls.draw_stopped(session)


def plan_link(session: Session) -> None:
    """What the numbers are compared with, and back to the plan behind them."""
    st.caption(session.words.t("Jiwa yang baru terjangkau dihitung dibanding hari ini dengan layanan sendiri saja."))
    st.page_link(
        "pages/lokasi.py",
        label=session.words.t("Lihat rencana ini di Lokasi bersama"),
        icon=":material/add_location_alt:",
        query_params=siting_state.link(session),
    )
