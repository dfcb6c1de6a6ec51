"""The pieces of the page on sharing a cost: the cost, the basis, the split under each rule, and its reasoning."""

from __future__ import annotations

import streamlit as st

from analysis.siting.result import Joint
from analysis.siting.sharing import Basis
from views.language.escape import md
from views.language.link_names import LONGEST_ECHO
from views.link.session import Session
from views.topics.fire import state as fire_state
from views.topics.siting import controls as siting_controls
from views.topics.siting import state as siting_state
from views.topics.siting.state import Asked

# Parameters of the URL; each is also the key of its widget.
COST = "biaya"
BASIS = "dasar"
BASES = ("rencana", "angka")
ALONE = "sendiri"
SERVED = "dilayani"
TOGETHER = "berdua"
USE = "pakai"

MOST_RUPIAH = 10**14
MOST_PEOPLE = 10**8


def whole(now: Session, name: str, most: int) -> int:
    """A whole number of the URL, 0 without one; one that cannot be used is refused in words.

    Call it before the widget with `key=name` is drawn.
    """
    state, w = st.session_state, now.words
    url, remembered = st.query_params.get(name, ""), state.get(f"url {name}", "")
    value = state.get(name, int(remembered or 0))
    if url and url != remembered and value == int(remembered or 0):
        if url.isascii() and url.isdigit() and len(url) <= 15 and int(url) <= most:
            value = int(url)
        else:
            st.warning(
                w.t(
                    "“{nilai}” untuk “{nama}” di tautan bukan bilangan bulat 0 sampai {batas} dan diabaikan.",
                    nilai=md(url[:LONGEST_ECHO]),
                    nama=md(name),
                    batas=w.number(most),
                ),
                icon=":material/link_off:",
            )
    value = min(max(int(value or 0), 0), most)
    text = str(value) if value else ""
    state[name], state[f"url {name}"] = value, text
    if text:
        st.query_params[name] = text
    elif name in st.query_params:
        del st.query_params[name]
    return value


def chosen_basis(now: Session) -> str:
    """Whether the numbers come from a plan or from the user."""
    return fire_state.checked(now, BASIS, BASES, BASES[0])


def stated_use(now: Session) -> dict[str, float] | None:
    """Use by side as the user states it; None when nothing is stated."""
    use = {side: float(whole(now, f"{USE}-{side}", MOST_PEOPLE)) for side in now.corridor.sides}
    return use if any(use.values()) else None


def typed(now: Session, use: dict[str, float] | None) -> Basis:
    """The user's own numbers."""
    sides = now.corridor.sides
    served = {s: float(whole(now, f"{SERVED}-{s}", MOST_PEOPLE)) for s in sides}
    alone = {s: float(whole(now, f"{ALONE}-{s}", MOST_PEOPLE)) for s in sides}
    return Basis(served, alone, float(whole(now, TOGETHER, MOST_PEOPLE)), None, None, use)


def controls(now: Session, asked: Asked, plan: Joint | None, basis: str) -> None:
    """The cost, where the numbers come from, and use."""
    w, data, sides = now.words, now.data, now.corridor.sides
    names = {s: str(data.kabkota.at[s, "nama"]) for s in sides}
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.number_input(w.t("Biaya (rupiah)"), 0, MOST_RUPIAH, step=1_000_000, key=COST, width=220)
    bases = {"rencana": w.t("Rencana lokasi bersama"), "angka": w.t("Angka sendiri")}
    row.segmented_control(w.t("Dasar angka"), BASES, format_func=bases.__getitem__, key=BASIS, required=True)
    if basis == "rencana":
        siting_controls.draw_task(now, row)
        if plan is None:
            siting_controls.draw_button(now, asked, row)
    with row.popover(w.t("Pemakaian"), icon=":material/groups:"):
        st.markdown(
            w.t(
                "Pemakaian tiap sisi menurut catatan Anda, misalnya kunjungan setahun. 0 di semua sisi berarti belum ada data."
            )
        )
        for side, name in names.items():
            st.number_input(name, 0, MOST_PEOPLE, step=100, key=f"{USE}-{side}")
    if basis == "angka":
        own = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        for side, name in names.items():
            own.number_input(
                w.t("Jiwa dilayani, {sisi}", sisi=name), 0, MOST_PEOPLE, step=100, key=f"{SERVED}-{side}", width=170
            )
        for side, name in names.items():
            own.number_input(
                w.t("Bila sendiri, {sisi}", sisi=name), 0, MOST_PEOPLE, step=100, key=f"{ALONE}-{side}", width=170
            )
        own.number_input(w.t("Bila bersama (jiwa)"), 0, MOST_PEOPLE, step=100, key=TOGETHER, width=170)
    siting_controls.draw_stopped(now)


def plan_link(now: Session) -> None:
    """What the numbers are held against, and back to the plan behind them."""
    st.caption(now.words.t("Jiwa yang baru terjangkau dihitung dibanding hari ini dengan batas tertutup."))
    st.page_link(
        "pages/lokasi.py",
        label=now.words.t("Lihat rencana ini di Lokasi bersama"),
        icon=":material/add_location_alt:",
        query_params=siting_state.link(now, siting_state.PLAN),
    )


def unknown_sides(now: Session, plan: Joint) -> str:
    """Why there is no plan."""
    return now.words.t(
        "Belum ada daftar fasilitas untuk {sisi}, jadi rencananya tidak dapat dihitung; angka sendiri tetap dapat dibagi.",
        sisi=now.words.listing([siting_state.side_name(now, s) for s in plan.unknown]),
    )


def cost_of(now: Session) -> int:
    """The cost in the URL, in rupiah."""
    return whole(now, COST, MOST_RUPIAH)
