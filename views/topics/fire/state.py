"""What the fire pages show: choices from the URL, and results that are computed once a process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.fire import criticality, delays, dispatch
from analysis.fire import fire as fire_analysis
from analysis.fire.fire import FireResult
from analysis.fire.realisations import Realisations
from analysis.scenario.changes import Change
from views.language import link_names
from views.language.link_names import ASSUMPTIONS
from views.link import scenario, session
from views.link.session import Session
from views.topics.fire.choices import FireState

KIND = ("pos_damkar",)
DELAYS = tuple(n / 2 for n in range(31))


def state_of(now: Session, values: Mapping[str, Any]) -> FireState:
    """What the parameters of a page say."""
    keys = {entry: key for key, entry in ASSUMPTIONS.items()}
    numbers = {name: values[link_names.ASSUMED][keys[entry]] for name, entry in fire_analysis.ASSUMED.items()}
    return FireState(
        corridor=now.corridor.id,
        changes=scenario.changes(now.data, KIND),
        planned=values[link_names.PLANNED] == "ya",
        others=values.get(link_names.OTHERS) == "ya",
        choices=fire_analysis.with_numbers(numbers, values[link_names.SPEEDS]),
    )


@st.cache_resource(max_entries=12, show_spinner=False)
def drawn(corridor: str, changes: tuple[Change, ...], planned: bool, others: bool) -> Realisations:
    """Distances in every realisation of the posts' places, computed once a process."""
    data = session.dataset()
    sides = data.catalogue.corridors[corridor].sides
    partners = fire_analysis.partners(data.facilities, data.pairs, sides) if others else ()
    return fire_analysis.fire_realisations(data.grid, data.facilities, sides, changes, planned, partners)


def drawn_of(state: FireState) -> Realisations:
    return drawn(state.corridor, state.changes, state.planned, state.others)


@st.cache_resource(max_entries=24, show_spinner=False)
def result(state: FireState) -> FireResult:
    """Response under these choices, computed once a process."""
    return fire_analysis.fire_result(drawn_of(state), state.choices, _people(), _density())


def _density() -> pd.Series:
    return session.dataset().indicator_values(fire_analysis.DENSITY)["value"]


def _people() -> pd.DataFrame:
    return session.dataset().people["kelurahan"]


@st.cache_resource(max_entries=24, show_spinner=False)
def curves(state: FireState) -> list[delays.Curve]:
    """Coverage against every delay; give it a state without one, so that a moved delay finds it ready."""
    here = drawn_of(state)
    timing = fire_analysis.timing_of(here, state.choices, _density())
    return delays.delay_curve(here, timing, _people(), DELAYS)


@st.cache_resource(max_entries=24, show_spinner=False)
def ask_first(state: FireState) -> pd.DataFrame:
    found = result(state)
    return criticality.ask_first(found.drawn, found.timing, _people())


@st.cache_resource(max_entries=24, show_spinner=False)
def engines_away(state: FireState) -> pd.DataFrame:
    found = result(state)
    return criticality.engines_away(found.drawn, found.timing, _people())


@st.cache_resource(max_entries=24, show_spinner=False)
def calls_at_once(state: FireState, calls: int, per_post: int) -> pd.DataFrame:
    found = result(state)
    return dispatch.calls_at_once(found.drawn, found.timing, _people(), border(state.corridor), calls, per_post)


@st.cache_resource(max_entries=24, show_spinner=False)
def reached_by(state: FireState, post_id: str) -> tuple[float, float]:
    found = result(state)
    return criticality.reached_by(found.drawn, found.timing, _people(), post_id)


@st.cache_resource(show_spinner=False)
def border(corridor: str) -> tuple[str, ...]:
    """Kelurahan that touch the line."""
    data = session.dataset()
    return tuple(data.border(data.catalogue.corridors[corridor]).at_line().index)


def link(now: Session, state: FireState) -> dict[str, str]:
    """Query parameters of another fire page in the same state."""
    names = (link_names.ASSUMED, link_names.SPEEDS, link_names.PLANNED, link_names.OTHERS, link_names.SCENARIO)
    return session.link(now, {name: st.query_params[name] for name in names if name in st.query_params})
