"""Results that pages share, each computed once for a version of the data and kept for all sessions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from analysis.access import services
from analysis.access.baseline import Baseline, baseline_of
from analysis.access.nearest import NearestOfService, nearest_of_services
from analysis.access.open_border import open_border
from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES
from analysis.access.wayfinding import Wayfinding, find_ways
from analysis.agreements.model import Agreement, Project
from analysis.comparison.comparison import Comparison, clusters_across
from analysis.priority.priority import (
    Choices,
    Priority,
    chosen_standards,
    equal_choices,
    neediest_at_line,
    rank_priority,
)
from analysis.scenario.changes import Change
from analysis.values.layer import Layer, layer
from analysis.values.population import Validation
from analysis.values.profile import Profile
from analysis.values.profile import profile as profile_of
from analysis.values.quality import coverage
from analysis.values.reach import Reach, services_out_of_reach
from analysis.values.summary import BorderSummary, summarise_border
from analysis.values.vintages import at_period, periods_of
from data import boundaries
from data.catalogue import Corridor
from data.national_tables import National
from data.tables import Dataset, Measure
from data.versions import Published, apply, in_force, version_key
from open_data import usual

P = ParamSpec("P")
R = TypeVar("R")
MOST_STATES = 4
"""Data sets as of a version, or with the versions of now, that are kept beside the shipped one."""
_LOCK = Lock()
_KEPT: list[Any] = []


# What is frozen through and through is known by its own hash.
HASHES: dict[str | type[Any], Callable[[Any], Any]] = {
    Dataset: attrgetter("version"),
    National: attrgetter("version"),
    Agreement: hash,
    Project: hash,
}


def kept(most: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returns, by the version of the data set and the other arguments that it is given.

    Parameters
    ----------
    most : results that are kept, at most
    """

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        cached = st.cache_resource(max_entries=most, show_spinner=False, hash_funcs=HASHES)(function)
        _KEPT.append(cached)
        return cached

    return keep


def as_of(shipped: Dataset, published: Sequence[Published], number: int | None = None) -> Dataset:
    """The data as of a version, made once for each state; all sessions share it.

    A few states are kept. When the oldest goes, everything that was computed goes with it: results hold their data set.

    Parameters
    ----------
    shipped : the shipped data
    published : all versions
    number : as of which, None for now; 0 for none

    Raises
    ------
    KeyError
        There is no such version.
    """
    versions = in_force(published, number)
    key = version_key(shipped, versions, number)
    if key == shipped.version:
        return shipped
    with _LOCK:
        states = _states()
        if key not in states:
            if len(states) >= MOST_STATES:
                states.popitem(last=False)
                forget()
            states[key] = apply(shipped, versions, number)
        states.move_to_end(key)
        return states[key]


def map_file(path: str) -> bytes | None:
    """A file of the map that published boundaries have changed, by its path in the manifest; None for every other.

    Parameters
    ----------
    path : as of `Dataset.map_files`
    """
    with _LOCK:
        states = list(_states().values())
    return next((s.map_files[path] for s in reversed(states) if path in s.map_files), None) or boundaries.map_file(path)


@st.cache_resource(show_spinner=False)
def _states() -> OrderedDict[str, Dataset]:
    return OrderedDict()


def forget() -> None:
    """Let go of all results; they are computed anew when somebody asks."""
    usual.forget()
    for cached in _KEPT:
        cached.clear()


@kept(64)
def border_summary(data: Dataset, corridor: str, border_set: str) -> BorderSummary:
    """The summary of a border.

    Parameters
    ----------
    data : as of any version
    corridor : its id
    border_set : "bersentuhan", "1km" or "2km"
    """
    return summarise_border(data.border(data.catalogue.corridors[corridor]), data.measures, border_set)


@kept(64)
def reach(data: Dataset, corridor: str) -> Reach:
    """How many services are out of reach in each kelurahan."""
    return services_out_of_reach(data.border(data.catalogue.corridors[corridor]), data.measures)


@kept(128)
def map_layer(data: Dataset, corridor: str, indicator: str, mode: str, standard: str | None, period: str = "") -> Layer:
    """What a map shows of an indicator: its values, or their gap to a standard.

    Parameters
    ----------
    data : as of any version
    corridor, indicator : their ids
    mode : "nilai" or "kesenjangan"
    standard : its id, None for none
    period : one of `periods`, empty for the newest
    """
    measure = measure_at(data, corridor, indicator, standard, period)
    return layer(data.border(data.catalogue.corridors[corridor]), measure, mode, period)


@kept(512)
def periods(data: Dataset, corridor: str, indicator: str) -> tuple[str, ...]:
    """The periods among which a map of an indicator can choose, newest first; empty where there is but one.

    Parameters
    ----------
    data : as of any version
    corridor, indicator : their ids
    """
    known = data.catalogue
    level, sides = known.indicators[indicator].level, known.corridors[corridor].sides
    found = periods_of(data.vintages, indicator, level, sides)
    # Where an office has published a later date than its neighbours, the newest common one is not that of the values.
    newest = {periods_of(data.vintages, indicator, level, [side])[:1] for side in sides}
    return found if len(found) > 1 and newest == {found[:1]} else ()


def measure_at(data: Dataset, corridor: str, indicator: str, standard: str | None, period: str) -> Measure:
    """An indicator with a standard, as of a period among `periods`; the newest is that of its own values.

    Parameters
    ----------
    data : as of any version
    corridor, indicator : their ids
    standard : its id, None for none
    period : one of `periods`, empty for the newest
    """
    known = data.catalogue
    measure = data.measure(known.indicators[indicator], known.standards[standard] if standard is not None else None)
    if period in periods(data, corridor, indicator)[1:]:
        return replace(measure, values=at_period(measure.values, data.vintages, indicator, period))
    return measure


@kept(16)
def comparisons(data: Dataset, corridor: str) -> Mapping[tuple[str, str], Comparison]:
    """Border against interior and side against side, by indicator and border set."""
    return usual.comparisons(data, data.catalogue.corridors[corridor])


@kept(64)
def priority(data: Dataset, corridor: str, choices: Choices) -> Priority:
    """The ranking under these choices.

    Parameters
    ----------
    data : as of any version
    corridor : its id
    choices : weights, standards and method of the ranking
    """
    measures = [data.measure(*chosen) for chosen in chosen_standards(data.catalogue, choices)]
    return rank_priority(data.border(data.catalogue.corridors[corridor]), measures, data.grid, choices)


@kept(64)
def neediest(data: Dataset, corridor: str) -> str:
    """The kelurahan at the line that needs most with equal weights; the first one there if none is ranked."""
    ranked = priority(data, corridor, equal_choices(data.catalogue))
    return neediest_at_line(ranked, data.border(data.catalogue.corridors[corridor]))


@kept(64)
def clusters(data: Dataset, corridor: str, indicator: str) -> pd.DataFrame | None:
    """Local clusters over both sides, None where the sides are defined differently.

    Parameters
    ----------
    data : as of any version
    corridor, indicator : their ids
    """
    try:
        return clusters_across(data.border(data.catalogue.corridors[corridor]), data.measures[indicator])
    except ValueError:
        return None


@kept(256)
def nearest_services(data: Dataset, corridor: str, kode: str) -> tuple[NearestOfService, ...]:
    """The nearest facilities of a kelurahan by name, on both sides of the line.

    Parameters
    ----------
    data : as of any version
    corridor : its id
    kode : of the kelurahan
    """
    sides = data.catalogue.corridors[corridor].sides
    return nearest_of_services(data.measures, data.facilities, data.grid, kode, sides)


@kept(256)
def profile(data: Dataset, corridor: str, kode: str) -> Profile:
    """Everything that is known of a kelurahan.

    Parameters
    ----------
    data : as of any version
    corridor : its id
    kode : of the kelurahan
    """
    return profile_of(data.border(data.catalogue.corridors[corridor]), data.measures, kode)


@kept(256)
def ways(data: Dataset, corridor: str, kode: str) -> Wayfinding:
    """Where the residents of a kelurahan can go.

    Parameters
    ----------
    data : as of any version
    corridor : its id
    kode : of the kelurahan
    """
    sides = data.catalogue.corridors[corridor].sides
    return find_ways(data.facilities, data.grid, data.kelurahan, kode, sides, lambda s: kabkota_with_list(data, s))


@kept(32)
def _open_border_baseline(data: Dataset, corridor: str, service: str, partners: tuple[str, ...]) -> Baseline:
    """What an open border needs whatever the scenario."""
    entry = SERVICES[service]
    border, assumptions = data.border(data.catalogue.corridors[corridor]), data.catalogue.assumptions
    return baseline_of(border, entry, data.measures, data.facilities, data.grid, assumptions, partners)


@kept(64)
def open_border_scenario(
    data: Dataset,
    corridor: str,
    service: str,
    partners: tuple[str, ...],
    standard: str | None,
    threshold_km: float,
    changes: tuple[Change, ...],
) -> OpenBorder:
    """Closed border against open border under a scenario.

    Parameters
    ----------
    data : as of any version
    corridor, service : their ids
    partners : kode_kabkota that join the sides, of `possible_partners`
    standard : its id, None for none
    threshold_km : in place of the standard's own; without a standard it says nothing
    changes : facilities added, closed or moved
    """
    known = data.catalogue
    chosen = known.standards[standard].model_copy(update={"threshold": threshold_km}) if standard else None
    if not (partners or changes) and chosen == data.measures[SERVICES[service].indicator].standard:
        return usual.access(data, known.corridors[corridor], SERVICES[service])
    return open_border(_open_border_baseline(data, corridor, service, partners), chosen, changes)


@kept(64)
def kabkota_with_list(data: Dataset, service: str) -> set[str]:
    """kode_kabkota whose list of a service can be used."""
    return services.kabkota_with_list(SERVICES[service], data.measures, data.facilities)


def possible_partners(data: Dataset, corridor: Corridor, service: str) -> tuple[str, ...]:
    """Kode_kabkota of the neighbours of the sides that may join an agreement on a service.

    Parameters
    ----------
    data : as of any version
    corridor : the border
    service : its id
    """
    return services.partners_of(data.border(corridor), kabkota_with_list(data, service))


@kept(4)
def population_error(data: Dataset) -> Validation:
    """The error of the population estimate, measured where the people of every kelurahan are known."""
    return usual.population_error(data)


@kept(4)
def known_shares(data: Dataset) -> pd.DataFrame:
    """Share of the units whose value is known, by indicator and kabkota."""
    levels = {i.id: i.level for i in data.catalogue.indicators.values()}
    return coverage(data.values, {"kelurahan": data.kelurahan, "kecamatan": data.kecamatan}, levels)
