"""What the fire pages show: choices from the URL, and results that are computed once a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from analysis.fire import criticality, delays, dispatch
from analysis.fire import fire as fire_analysis
from analysis.fire.cover import Covered
from analysis.fire.fire import FireChoices, FireResult
from analysis.fire.realisations import Realisations
from analysis.scenario.changes import Change
from data.catalogue import Assumption
from data.tables import Dataset
from views.language import link_names
from views.link import scenario, session
from views.link.parameters import ASSUMPTIONS
from views.link.session import Session

KIND = ("pos_damkar",)
DELAYS = tuple(n / 2 for n in range(31))


@dataclass(frozen=True)
class FireState:
    """Everything that the numbers of a fire page depend on."""

    corridor: str
    changes: tuple[Change, ...]
    planned: bool
    others: bool
    choices: FireChoices


def entries(data: Dataset) -> dict[str, Assumption]:
    """Entries of the catalogue by key in the link."""
    used = set(fire_analysis.ASSUMED.values())
    return {key: data.catalogue.assumptions[entry] for key, entry in ASSUMPTIONS.items() if entry in used}


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
def within_radius(state: FireState, radius_km: float) -> list[Covered]:
    return fire_analysis.within_radius(drawn_of(state), _people(), radius_km)


@st.cache_resource(max_entries=24, show_spinner=False)
def reached_by(state: FireState, post_id: str) -> tuple[float, float]:
    found = result(state)
    return criticality.reached_by(found.drawn, found.timing, _people(), post_id)


@st.cache_resource(show_spinner=False)
def listings(corridor: str) -> Mapping[str, fire_analysis.Listing]:
    """How much is known of the posts of each side."""
    data = session.dataset()
    known = fire_analysis.listings(data.facilities, data.fire_stats, data.catalogue.corridors[corridor].sides)
    return {entry.kode_kabkota: entry for entry in known}


@st.cache_resource(show_spinner=False)
def border(corridor: str) -> tuple[str, ...]:
    """Kelurahan that touch the line."""
    data = session.dataset()
    return tuple(data.border(data.catalogue.corridors[corridor]).at_line().index)


def without_delay(state: FireState) -> FireState:
    """The same state with no delay: the key of what does not depend on it."""
    return replace(state, choices=replace(state.choices, delay=0.0))


def link(now: Session, state: FireState) -> dict[str, str]:
    """Query parameters of another fire page in the same state."""
    names = (link_names.ASSUMED, link_names.SPEEDS, link_names.PLANNED, link_names.OTHERS, link_names.SCENARIO)
    return session.link(now, {name: st.query_params[name] for name in names if name in st.query_params})
