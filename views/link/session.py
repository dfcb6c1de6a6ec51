"""What a page knows of its session: the data, the language, the corridor, and the state that lives in the URL.

Streamlit binds a widget to the URL by its label, which changes with the language; here the URL carries ids, so that a
link opens the same view in either language.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast
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
from analysis.scenario.changes import MOST_CHANGES, Change, ScenarioError, parse, written
from analysis.values.layer import Layer, layer
from analysis.values.population import ErrorReport, measure_error
from analysis.values.quality import coverage
from analysis.values.summary import BorderSummary, summarise_border
from data import tables
from data.catalogue import Corridor
from data.tables import Dataset
from views.language.escape import md
from views.language.link_names import CHANGEABLE, CORRIDOR, LANGUAGE, LONGEST_ECHO, SCENARIO
from views.language.words import LANGUAGES, Language, Words

DEFAULT_CORRIDOR = "bekasi-depok"


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
    corridor: str, service: str, partners: tuple[str, ...], standard: str | None, threshold_km: float, changes: str
) -> OpenBorder:
    """Closed border against open border under a scenario (as `written`), computed once a process."""
    data = dataset()
    known = data.catalogue
    chosen = known.standards[standard].model_copy(update={"threshold": threshold_km}) if standard else None
    made = parse(changes, data.facilities, CHANGEABLE, list(data.kabkota.index))
    return open_border(open_border_baseline(corridor, service, partners), chosen, made)


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


def _remembered(name: str) -> str:
    return f"url {name}"


def choice(name: str, options: Sequence[str], default: str, complain: Callable[[str], str] | None = None) -> str:
    """The value of a parameter of the URL, checked, and put where its widget will find it.

    Parameters
    ----------
    name : parameter and widget key
    options : allowed values
    default : value without a parameter; it is kept out of the URL
    complain : makes the sentence that is shown when the URL holds something else

    Returns
    -------
    str
        One of `options`. Call it before the widget with `key=name` is drawn.
    """
    state = st.session_state
    url = st.query_params.get(name)
    remembered = state.get(_remembered(name))
    value = state.get(name, remembered)
    arrived = url is not None and url != (remembered or default)
    if arrived and url in options and state.get(name, remembered) == remembered:
        value = url
    elif arrived and url not in options and value == remembered:
        if complain is not None:
            st.warning(complain(str(url)[:LONGEST_ECHO]), icon=":material/link_off:")
        state[name] = value if value in options else default
        return cast(str, state[name])
    if value not in options:
        value = default
    state[name] = value
    state[_remembered(name)] = value
    if value == default:
        if url is not None:
            del st.query_params[name]
    elif url != value:
        st.query_params[name] = value
    return cast(str, value)


def assign(name: str, value: str) -> None:
    """Set a parameter from a callback, before the widgets of the next run are drawn."""
    st.session_state[name] = value


def open_session() -> Session:
    """Read language and corridor from the URL; called once a run by app.py, before any page."""
    data = dataset()
    language = cast(Language, choice(LANGUAGE, LANGUAGES, "id"))
    words = Words(language)
    corridors = data.catalogue.corridors
    default = DEFAULT_CORRIDOR if DEFAULT_CORRIDOR in corridors else next(iter(corridors))
    corridor = choice(
        CORRIDOR,
        list(corridors),
        default,
        lambda bad: words.t(
            "Koridor “{nama}” tidak dikenal. Yang ditampilkan: {koridor}.",
            nama=md(bad),
            koridor=md(words.pick(corridors[default].title)),
        ),
    )
    session = Session(words, data, corridors[corridor], dark=st.context.theme.type == "dark")
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


def scenario(now: Session, kinds: Sequence[str], quiet: bool = False) -> tuple[Change, ...]:
    """The scenario in the URL, without changes when it cannot be used: then a sentence says why, unless `quiet`.

    Changes to other kinds of facility than `kinds` belong to other pages: they stay in the URL and are left out here.
    """
    text = st.query_params.get(SCENARIO, "")
    data, w = now.data, now.words
    try:
        known = parse(text, data.facilities, CHANGEABLE, list(data.kabkota.index))
    except ScenarioError as error:
        if not quiet:
            st.warning(scenario_refused(w, error), icon=":material/link_off:")
        return ()
    return tuple(c for c in known if (c.kind or data.facilities.at[c.id, "kind"]) in kinds)


def set_scenario(now: Session, kinds: Sequence[str], changes: Sequence[Change]) -> None:
    """Put the changes of these kinds into the URL, beside those of other kinds."""
    data = now.data
    try:
        known = parse(st.query_params.get(SCENARIO, ""), data.facilities, CHANGEABLE, list(data.kabkota.index))
    except ScenarioError:
        known = ()
    others = [c for c in known if (c.kind or data.facilities.at[c.id, "kind"]) not in kinds]
    if text := written([*others, *changes]):
        st.query_params[SCENARIO] = text
    elif SCENARIO in st.query_params:
        del st.query_params[SCENARIO]


def scenario_refused(w: Words, error: ScenarioError) -> str:
    """Why a scenario is not used, in words."""
    part = md(error.part[:LONGEST_ECHO])
    reasons = {
        "terlalu_panjang": w.t("Skenario di tautan terlalu panjang."),
        "terlalu_banyak": w.t(
            "Skenario di tautan memuat {n} perubahan; paling banyak {batas}.", n=part, batas=w.number(MOST_CHANGES)
        ),
        "bentuk": w.t("Bagian skenario “{bagian}” tidak dapat dibaca.", bagian=part),
        "jenis": w.t("Bagian skenario “{bagian}” menyebut jenis fasilitas yang tidak dikenal.", bagian=part),
        "kabkota": w.t("Bagian skenario “{bagian}” menyebut kabupaten/kota yang tidak dikenal.", bagian=part),
        "fasilitas": w.t("Bagian skenario “{bagian}” menyebut fasilitas yang tidak dikenal.", bagian=part),
        "dua_kali": w.t("Bagian skenario “{bagian}” mengubah fasilitas yang sama dua kali.", bagian=part),
        "tempat": w.t("Bagian skenario “{bagian}” menyebut tempat di luar wilayah yang didata.", bagian=part),
    }
    return reasons[error.code] + " " + w.t("Seluruh skenario diabaikan.")


def this_year() -> int:
    """The year in Indonesia, for the age of data."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).year


def today() -> date:
    """The day in Indonesia, for what is printed."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def link(now: Session, extra: dict[str, str]) -> dict[str, str]:
    """Query parameters of a link to another page that keeps corridor and language."""
    return {CORRIDOR: now.corridor.id, LANGUAGE: now.words.language, **extra}


def numbers(name: str, defaults: Mapping[str, float], lowest: float, highest: float) -> dict[str, float]:
    """Numbers that share one parameter of the URL, as in `bobot=pendidikan:2;kesehatan:1`.

    Parameters
    ----------
    name : parameter; the widget of a number has the key `name key`
    defaults : numbers by key, whole or not; those that keep it stay out of the URL
    lowest, highest : limits, both allowed

    Returns
    -------
    dict
        A number for every key of `defaults`. What the URL holds beyond the limits, or for another key, is ignored. Call
        it before the widgets are drawn.
    """
    state = st.session_state
    url = st.query_params.get(name, "")
    fresh = url != state.get(_remembered(name), "")
    given = _parse_numbers(url) if fresh else {}
    result = {}
    for key, default in defaults.items():
        value = given.get(key, default if fresh else state.get(f"{name} {key}", default))
        result[key] = type(default)(value) if lowest <= value <= highest else default
        state[f"{name} {key}"] = result[key]
    text = ";".join(f"{key}:{value:g}" for key, value in result.items() if value != defaults[key])
    state[_remembered(name)] = text
    if text:
        st.query_params[name] = text
    elif url:
        del st.query_params[name]
    return result


def _parse_numbers(text: str) -> dict[str, float]:
    found = {}
    for part in text[:2000].split(";"):
        key, _, number = part.partition(":")
        try:
            found[key] = float(number)
        except ValueError:
            continue
    return {key: value for key, value in found.items() if value == value}
