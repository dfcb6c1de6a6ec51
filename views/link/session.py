"""What a page knows of its session: the data, the language, the corridor, and the state that lives in the URL.

Streamlit binds a widget to the URL by its label, which changes with the language; here the URL carries ids, so that a
link opens the same view in either language.
"""

from __future__ import annotations

import runpy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from analysis.access import services
from analysis.access.baseline import Baseline, baseline_of
from analysis.access.open_border import open_border
from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES
from analysis.comparison.clusters import Clusters
from analysis.comparison.comparison import Comparison, clusters_across, compare_border
from analysis.priority.priority import Choices, Priority, chosen_standards, rank_priority
from analysis.scenario.changes import Change
from analysis.values.layer import Layer, layer
from analysis.values.population import ErrorReport, measure_error
from analysis.values.quality import coverage
from analysis.values.summary import BorderSummary, summarise_border
from data import tables
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import link_names
from views.language.words import Language, Words
from views.link import reading, refusals
from views.link.parameters import TABLE, Context, default_corridor
from views.link.reading import Values


@st.cache_resource(show_spinner=False)
def dataset() -> Dataset:
    """The shipped data, read once a process and shared read-only."""
    return tables.load()


@st.cache_resource(max_entries=64, show_spinner=False)
def border_summary(corridor: str, border_set: str) -> BorderSummary:
    """The summary of a border, computed once a process."""
    data = dataset()
    return summarise_border(data.border(data.catalogue.corridors[corridor]), data.measures, border_set)


@st.cache_resource(max_entries=128, show_spinner=False)
def map_layer(corridor: str, indicator: str, mode: str, standard: str | None) -> Layer:
    """What a map shows, computed once a process."""
    data = dataset()
    known = data.catalogue
    chosen = known.standards[standard] if standard is not None else None
    return layer(data.border(known.corridors[corridor]), data.measure(known.indicators[indicator], chosen), mode)


@st.cache_resource(max_entries=128, show_spinner=False)
def comparison(corridor: str, indicator: str, border_set: str) -> Comparison:
    """Border against interior and side against side, computed once a process."""
    data = dataset()
    return compare_border(data.border(data.catalogue.corridors[corridor]), data.measures[indicator], border_set)


@st.cache_resource(max_entries=64, show_spinner=False)
def priority(corridor: str, choices: Choices) -> Priority:
    """The ranking under these choices, computed once a process."""
    data = dataset()
    measures = [data.measure(*chosen) for chosen in chosen_standards(data.catalogue, choices)]
    return rank_priority(data.border(data.catalogue.corridors[corridor]), measures, choices)


@st.cache_resource(max_entries=64, show_spinner=False)
def clusters(corridor: str, indicator: str) -> Clusters | None:
    """Local clusters over both sides, None where the sides are defined differently."""
    data = dataset()
    try:
        return clusters_across(data.border(data.catalogue.corridors[corridor]), data.measures[indicator])
    except ValueError:
        return None


@st.cache_resource(max_entries=32, show_spinner=False)
def open_border_baseline(corridor: str, service: str, partners: tuple[str, ...]) -> Baseline:
    """What an open border needs whatever the scenario, gathered once a process."""
    data, entry = dataset(), SERVICES[service]
    border, assumptions = data.border(data.catalogue.corridors[corridor]), data.catalogue.assumptions
    return baseline_of(border, entry, data.measures, data.facilities, data.grid, assumptions, partners)


@st.cache_resource(max_entries=64, show_spinner=False)
def open_border_scenario(
    corridor: str,
    service: str,
    partners: tuple[str, ...],
    standard: str | None,
    threshold_km: float,
    changes: tuple[Change, ...],
) -> OpenBorder:
    """Closed border against open border under a scenario, computed once a process."""
    data = dataset()
    known = data.catalogue
    chosen = known.standards[standard].model_copy(update={"threshold": threshold_km}) if standard else None
    return open_border(open_border_baseline(corridor, service, partners), chosen, changes)


@st.cache_resource(show_spinner=False)
def kabkota_with_list(service: str) -> set[str]:
    """kode_kabkota whose list of a service can be used."""
    data = dataset()
    return services.kabkota_with_list(SERVICES[service], data.measures, data.facilities)


def possible_partners(corridor: Corridor, service: str) -> tuple[str, ...]:
    """Neighbours of the sides that may join an agreement on a service."""
    return services.partners_of(dataset().border(corridor), kabkota_with_list(service))


@st.cache_resource(show_spinner=False)
def population_error() -> ErrorReport:
    """The error of the population estimate, measured on Jakarta Timur."""
    return measure_error(dataset().yardstick)


@st.cache_resource(show_spinner=False)
def known_shares() -> pd.DataFrame:
    """Share of the units whose value is known, by indicator and kabkota."""
    data = dataset()
    levels = {i.id: i.level for i in data.catalogue.indicators.values()}
    return coverage(data.values, {"kelurahan": data.kelurahan, "kecamatan": data.kecamatan}, levels)


@dataclass(frozen=True)
class Session:
    """Language, data and corridor of this run, and what was wrong with the link."""

    words: Words
    data: Dataset
    corridor: Corridor
    dark: bool


def open_session() -> Session:
    """Read language and corridor from the link; called once a run by app.py, before any page."""
    data = dataset()
    values = Values(opened=False)
    start = data.catalogue.corridors[default_corridor(data)]
    refused = reading.read(
        Context("", "", data, start, kabkota_with_list), [line for line in TABLE if not line.pages], values
    )
    words = Words(cast(Language, values[link_names.LANGUAGE]))
    say(refusals.sentences(words, refused))
    corridor = data.catalogue.corridors[values[link_names.CORRIDOR]]
    session = Session(words, data, corridor, dark=st.context.theme.type == "dark")
    st.session_state["session"] = session
    return session


def current() -> Session:
    """The session that app.py opened for this run.

    Until a script has said by ``st.navigation`` which pages there are, Streamlit takes a file of pages/ for a script of
    its own and runs it alone. Then app.py is run from here, which runs that page with all that stands around it.
    """
    opened = st.session_state.pop("session", None)
    if opened is None:
        runpy.run_path(str(Path(__file__).parents[2] / "app.py"))
        st.stop()
    return cast(Session, opened)


def read(now: Session, page: str, offered: Mapping[str, Sequence[str]] | None = None) -> Values:
    """All parameters of a page, checked and put where its widgets will find them; a warning says what is not used.

    Parameters
    ----------
    page : its file in pages/, without ending
    offered : ids that only the page knows, by parameter
    """
    values = Values(opened=reading.opens(page))
    context = Context("", page, now.data, now.corridor, kabkota_with_list, offered=offered or {})
    lines = [line for line in TABLE if page in line.pages]
    known = {
        name for line in TABLE if not line.pages or page in line.pages for name in (*line.names(context), line.old)
    }
    refused = reading.read(context, [line for line in lines if not line.late], values)
    lost = reading.drop_unknown(known)
    say([*refusals.sentences(now.words, refused), *([refusals.unknown(now.words, lost)] if lost else [])])
    return values


def offer(now: Session, page: str, values: Values, offered: Mapping[str, Sequence[str]]) -> None:
    """Add the parameters whose ids a page knows only once it has read the others."""
    context = Context("", page, now.data, now.corridor, kabkota_with_list, offered=offered)
    lines = [line for line in TABLE if page in line.pages and line.late]
    say(refusals.sentences(now.words, reading.read(context, lines, values)))


def say(lines: Sequence[str]) -> None:
    """What of a link is not used, in one place."""
    if lines:
        st.warning("\n\n".join(lines), icon=":material/link_off:")


def assign(name: str, value: Any) -> None:
    """Set a parameter from a callback, before the widgets of the next run are drawn."""
    st.session_state[name] = value


def put(now: Session, page: str, name: str, value: Any) -> None:
    """Set a parameter that has no widget, once the run knows its value."""
    line = next(line for line in TABLE if line.name == name and page in line.pages)
    reading.leave(line, name, line.kind(Context(name, page, now.data, now.corridor, kabkota_with_list)), value)


def this_year() -> int:
    """The year in Indonesia, for the age of data."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).year


def today() -> date:
    """The day in Indonesia, for what is printed."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def link(now: Session, extra: dict[str, str]) -> dict[str, str]:
    """Query parameters of a link to another page that keeps corridor and language."""
    return {link_names.CORRIDOR: now.corridor.id, link_names.LANGUAGE: now.words.language, **extra}
