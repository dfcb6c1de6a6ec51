"""Editing the scenario of the link: a change is put in or taken back, and refused in words where a link could not hold it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.scenario.changes import MOST_CHANGES, Change, ScenarioError, apply
from analysis.scenario.placing import FARTHEST_M, on_land
from views.language import link_names
from views.link import session
from views.link.session import Session

REFUSED = "suntingan ditolak"


def full(now: Session) -> bool:
    """Whether the link holds as many changes, of whatever kind, as it may."""
    return len(_changes(now)) >= MOST_CHANGES


def put(now: Session, change: Change) -> None:
    """Put a change into the link, in place of an earlier one to the same facility."""
    w = now.words
    kept = [c for c in _changes(now) if not change.id or c.id != change.id]
    if len(kept) >= MOST_CHANGES:
        refuse(w.t("Paling banyak {batas} perubahan.", batas=w.number(MOST_CHANGES)))
    elif change.lon is not None and change.lat is not None and not on_land(now.data.grid, change.lon, change.lat):
        refuse(w.t("Tempat itu lebih dari {jarak} dari kelurahan mana pun; tidak ditambahkan.", jarak=w.km(FARTHEST_M)))
    else:
        session.set_scenario(now, link_names.CHANGEABLE, [*kept, change])


def take_back(now: Session, kinds: Sequence[str], number: int) -> None:
    """Take back one of the changes of these kinds, by its place among them."""
    left = [c for i, c in enumerate(session.scenario(now, kinds, quiet=True)) if i != number]
    session.set_scenario(now, kinds, left)


def usable(now: Session, kinds: Sequence[str], changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, or none when one of them puts a facility of these kinds where nobody lives: then a sentence says so."""
    facilities = now.data.facilities
    try:
        if changes:
            apply(changes, facilities[facilities["kind"].isin(kinds)], now.data.grid)
    except ScenarioError as error:
        st.warning(session.scenario_refused(now.words, error), icon=":material/link_off:")
        return ()
    return changes


def refuse(message: str) -> None:
    """Keep, from a callback, why an edit was not taken, until the page draws it."""
    st.session_state[REFUSED] = message


def draw_refusal() -> None:
    """Say why the last edit was not taken, once."""
    if message := st.session_state.pop(REFUSED, None):
        st.warning(message, icon=":material/wrong_location:")


def _changes(now: Session) -> tuple[Change, ...]:
    """All changes of the link, without a word about wrong ones: the page has said it."""
    return session.scenario(now, link_names.CHANGEABLE, quiet=True)
