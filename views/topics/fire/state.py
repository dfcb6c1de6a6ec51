"""What the fire pages show: choices from the link, and their results."""

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
from data.tables import Dataset
from views.language import link_names
from views.language.link_names import ASSUMPTIONS
from views.link import context, scenario
from views.link.context import Session
from views.link.results import kept
from views.topics.fire.choices import FireState

KIND = ("pos_damkar",)
DELAYS = tuple(n / 2 for n in range(31))


def state_of(session: Session, values: Mapping[str, Any]) -> FireState:
    """What the parameters of a page say.

    Parameters
    ----------
    session, values : this run, and the parameters of the link
    """
    keys = {entry: key for key, entry in ASSUMPTIONS.items()}
    numbers = {name: values[link_names.ASSUMED][keys[entry]] for name, entry in fire_analysis.ASSUMED.items()}
    return FireState(
        corridor=session.corridor.id,
        changes=scenario.changes(session.data, KIND),
        planned=values[link_names.PLANNED] == "ya",
        others=values.get(link_names.OTHERS) == "ya",
        choices=fire_analysis.with_numbers(numbers, session.data.catalogue.assumptions, values[link_names.SPEEDS]),
    )


@kept(12)
def drawn(data: Dataset, corridor: str, changes: tuple[Change, ...], planned: bool, others: bool) -> Realisations:
    """Distances in every realisation of the posts' places.

    Parameters
    ----------
    data : the tables
    corridor : id of the border
    changes : of the scenario
    planned : whether posts that are only planned count
    others : whether posts of other neighbours count as partners of the sides
    """
    sides = data.catalogue.corridors[corridor].sides
    partners = fire_analysis.partners(data.facilities, data.pairs, sides) if others else ()
    return fire_analysis.fire_realisations(data.grid, data.facilities, sides, changes, planned, partners)


def drawn_of(data: Dataset, state: FireState) -> Realisations:
    """Distances in every realisation of the posts' places, for the posts of a state.

    Parameters
    ----------
    data, state : the tables, and state of the page
    """
    return drawn(data, state.corridor, state.changes, state.planned, state.others)


@kept(24)
def result(data: Dataset, state: FireState) -> FireResult:
    """Response under these choices."""
    return fire_analysis.fire_result(drawn_of(data, state), state.choices, _people(data), _density(data))


def _density(data: Dataset) -> pd.Series:
    return data.indicator_values(fire_analysis.DENSITY)["value"]


def _people(data: Dataset) -> pd.DataFrame:
    return data.people["kelurahan"]


@kept(24)
def curves(data: Dataset, state: FireState) -> list[delays.Curve]:
    """Coverage against every delay; give it a state without one, so that a moved delay finds it ready.

    Parameters
    ----------
    data : the tables
    state : one of `without_delay`
    """
    here = drawn_of(data, state)
    timing = fire_analysis.timing_of(here, state.choices, _density(data))
    return delays.delay_curve(here, timing, _people(data), DELAYS)


@kept(24)
def ask_first(data: Dataset, state: FireState) -> pd.DataFrame:
    """Whose unknown address matters most; see `analysis.fire.criticality.ask_first`.

    Parameters
    ----------
    data, state : the tables, and state of the page
    """
    found = result(data, state)
    return criticality.ask_first(found.drawn, found.timing, _people(data))


@kept(24)
def engines_away(data: Dataset, state: FireState) -> pd.DataFrame:
    """What stays at home while a unit is across the line; see `analysis.fire.criticality.engines_away`.

    Parameters
    ----------
    data, state : the tables, and state of the page
    """
    found = result(data, state)
    return criticality.engines_away(found.drawn, found.timing, _people(data))


@kept(24)
def calls_at_once(data: Dataset, state: FireState, calls: int, per_post: int) -> pd.DataFrame:
    """Several calls at once at the line; see `analysis.fire.dispatch.calls_at_once`.

    Parameters
    ----------
    data, state : the tables, and state of the page
    calls : of one situation
    per_post : units that each post has
    """
    found = result(data, state)
    return dispatch.calls_at_once(
        found.drawn, found.timing, _people(data), border(data, state.corridor), calls, per_post
    )


@kept(24)
def reached_by(data: Dataset, state: FireState, post_id: str) -> tuple[float, float]:
    """Expected people whom one post reaches within the target; see `analysis.fire.criticality.reached_by`.

    Parameters
    ----------
    data, state : the tables, and state of the page
    post_id : of the post

    Returns
    -------
    tuple of float
        People of its own side, and of the other sides with the delay.
    """
    found = result(data, state)
    return criticality.reached_by(found.drawn, found.timing, _people(data), post_id)


@kept(64)
def border(data: Dataset, corridor: str) -> tuple[str, ...]:
    """Kelurahan that touch the line."""
    return tuple(data.border(data.catalogue.corridors[corridor]).at_line().index)


def link(session: Session, state: FireState) -> dict[str, str]:
    """Query parameters of another fire page in the same state."""
    names = (link_names.ASSUMED, link_names.SPEEDS, link_names.PLANNED, link_names.OTHERS, link_names.SCENARIO)
    return context.link(session, {name: st.query_params[name] for name in names if name in st.query_params})
