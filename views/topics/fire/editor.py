"""The scenario editor of the fire page: place a post or add one with a click, close one, take a change back."""

from __future__ import annotations

import streamlit as st

from analysis.fire.posts import Post
from analysis.scenario.changes import Change
from views.language.escape import md
from views.link import context, scenario
from views.link.context import Session
from views.topics.fire import state as fire_state
from views.topics.fire.choices import FireState
from views.topics.fire.words import name_of, place_text, post_name

PLACING = "letak"
CLOSING = "tutup_pos"


def draw(session: Session, state: FireState) -> None:
    """Place or add a post, close one, and take back what was changed."""
    w = session.words
    full = scenario.full()
    drawn = fire_state.drawn_of(session.data, state)
    options = {p.id: p for p in drawn.posts if not p.exact and p.state == ""}
    new = [f"baru {s}" for s in session.corridor.sides]
    st.selectbox(
        w.t("Letakkan di peta"),
        ["", *options, *new],
        format_func=lambda k: _placing_label(session, options, k),
        key=PLACING,
        disabled=full,
        help=w.t(
            "Pilih pos yang alamatnya Anda tahu atau pos baru, tutup daftar ini, lalu klik tempatnya di peta. Letaknya menjadi tepat dan masuk tautan."
        ),
    )
    ids = {p.id: p for p in drawn.posts if p.state == ""}
    st.selectbox(
        w.t("Andaikan satu pos ditutup"),
        ["", *ids],
        format_func=lambda k: post_name(session, ids[k]) if k else w.t("tidak ada"),
        key=CLOSING,
        disabled=full,
        on_change=_close,
        args=(session,),
    )
    for number, change in enumerate(scenario.changes(session.data, fire_state.KIND)):
        left, right = st.columns([4, 1])
        left.markdown(_change_text(session, change))
        right.button(
            w.t("Batal"),
            key=f"damkar batal {number}",
            on_click=scenario.take_back,
            args=(session, fire_state.KIND, number),
        )


def _placing_label(session: Session, posts: dict[str, Post], key: str) -> str:
    w = session.words
    if not key:
        return w.t("tidak ada")
    if key.startswith("baru "):
        return w.t("pos baru {sisi}", sisi=name_of(session.data, key.removeprefix("baru ")))
    return f"{post_name(session, posts[key])} – {place_text(session, posts[key])}"


def _close(session: Session) -> None:
    chosen = st.session_state[CLOSING]
    if chosen:
        st.session_state[CLOSING] = ""
        scenario.put(session, Change("tutup", id=chosen))


def _change_text(session: Session, change: Change) -> str:
    """One change of the scenario in words."""
    w, data = session.words, session.data
    if change.action == "tambah":
        return w.t("pos baru {sisi}", sisi=md(name_of(data, change.operator)))
    label = md(str(data.fire_posts.at[change.id, "label"]))
    return w.t("{pos}: ditutup", pos=label) if change.action == "tutup" else w.t("{pos}: letak ditentukan", pos=label)


def draw_placing(session: Session) -> bool:
    """While a post is being placed, say so and offer to stop; before that, why the last edit was not taken."""
    w = session.words
    scenario.draw_refusal()
    chosen = st.session_state.get(PLACING, "")
    if not chosen:
        return False
    name = (
        w.t("pos baru {sisi}", sisi=md(name_of(session.data, chosen.removeprefix("baru "))))
        if chosen.startswith("baru ")
        else md(str(session.data.fire_posts.at[chosen, "label"]))
    )
    row = st.container(horizontal=True, vertical_alignment="center")
    row.markdown(w.t("**Klik peta untuk meletakkan {pos}.**", pos=name))
    row.button(w.t("Batal"), key="batal letak", on_click=context.assign, args=(PLACING, ""))
    return True


def place(session: Session, lon: float, lat: float) -> None:
    """Put the chosen post where the map was clicked.

    Parameters
    ----------
    session : language, data and border of this run
    lon, lat : degrees of the click
    """
    chosen = st.session_state.get(PLACING, "")
    if chosen.startswith("baru "):
        change = Change("tambah", kind=fire_state.KIND[0], operator=chosen.removeprefix("baru "), lon=lon, lat=lat)
    elif chosen:
        change = Change("pindah", id=chosen, lon=lon, lat=lat)
    else:
        return
    st.session_state[PLACING] = ""
    scenario.put(session, change)
