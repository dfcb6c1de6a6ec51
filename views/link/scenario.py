"""Editing the scenario of the link: a change is put in or taken back; what a link could not hold is refused in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.scenario.changes import MOST_CHANGES, Change
from analysis.scenario.placing import FARTHEST_M, on_land
from data.tables import Dataset
from views.language.link_names import SCENARIO
from views.link.context import Session, assign

REFUSED = "suntingan ditolak"


def changes(data: Dataset, kinds: Sequence[str]) -> tuple[Change, ...]:
    """The changes of the link to these kinds of facility; those to other kinds belong to other pages."""
    return tuple(c for c in _all() if _kind(data, c) in kinds)


def full() -> bool:
    """Whether the link holds as many changes, of whatever kind, as it may."""
    return len(_all()) >= MOST_CHANGES


def put(session: Session, change: Change) -> None:
    """Put a change into the link, in place of an earlier one to the same facility."""
    w = session.words
    kept = [c for c in _all() if not change.id or c.id != change.id]
    if len(kept) >= MOST_CHANGES:
        refuse(w.t("Paling banyak {batas} perubahan.", batas=w.number(MOST_CHANGES)))
    elif change.lon is not None and change.lat is not None and not on_land(session.data.grid, change.lon, change.lat):
        refuse(w.t("Tempat itu lebih dari {jarak} dari kelurahan mana pun; tidak ditambahkan.", jarak=w.km(FARTHEST_M)))
    else:
        assign(SCENARIO, (*kept, change))


def take_back(session: Session, kinds: Sequence[str], number: int) -> None:
    """Take back one of the changes of these kinds, by its place among them.

    Parameters
    ----------
    session : language, data and border of this run
    kinds : of facility, those of the page
    number : place of the change among `changes` of these kinds, from 0
    """
    own = changes(session.data, kinds)
    others = [c for c in _all() if _kind(session.data, c) not in kinds]
    assign(SCENARIO, (*others, *own[:number], *own[number + 1 :]))


def refuse(message: str) -> None:
    """Keep, from a callback, why an edit was not taken, until the page draws it."""
    st.session_state[REFUSED] = message


def draw_refusal() -> None:
    """Say why the last edit was not taken, once."""
    if message := st.session_state.pop(REFUSED, None):
        st.warning(message, icon=":material/wrong_location:")


def _all() -> tuple[Change, ...]:
    found: tuple[Change, ...] = st.session_state.get(SCENARIO, ())
    return found


def _kind(data: Dataset, change: Change) -> str:
    return change.kind or str(data.facilities.at[change.id, "kind"])
