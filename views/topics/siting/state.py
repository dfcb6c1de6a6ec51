"""What the pages on shared places and their cost are asked, from the URL, and plans that are kept once they are whole.

A plan of a few places is sought at once. A larger one takes seconds: it is sought when somebody asks, by the button or by
a link that says so. A run that is stopped keeps nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Generator, Hashable, Mapping
from typing import Any, cast

import streamlit as st

from analysis.fire.fire import DENSITY
from analysis.siting.plan import joint_checks, joint_plan
from analysis.siting.problem import LocationProblem, problem_of
from analysis.siting.result import Checks, Joint, Step
from analysis.siting.task import AT_ONCE, Kind, Task
from data.tables import Dataset
from views.language import link_names
from views.language.words import Words
from views.link import context, refusals, scenario
from views.link.context import Session
from views.link.kinds import Drawn, RefusedError
from views.link.parameters import DEFAULT_GOAL, GOAL_SHARES
from views.link.reading import Values
from views.link.results import kept
from views.topics.fire import state as fire_state
from views.topics.siting.choices import Asked

PLAN, ALL = "rencana", "semua"
MOST_KEPT = 48
ASKED = "lokasi diminta"
STOPPED = "lokasi dibatalkan"


class _Shelf:
    """Whole results only, the newest `MOST_KEPT`, shared by all sessions."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, value: Any) -> None:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


@st.cache_resource(show_spinner=False)
def shelf() -> _Shelf:
    """The shelf of this process."""
    return _Shelf()


def asked_of(session: Session, values: Mapping[str, Any]) -> Asked:
    """The question that the parameters of a page ask.

    Parameters
    ----------
    session, values : this run, and the parameters of the link
    """
    kind = cast(Kind, values[link_names.KIND])
    changes, fire, planned = scenario.changes(session.data, (kind,)), None, False
    if kind == "pos_damkar":
        state = fire_state.state_of(session, values)
        fire, planned = state.choices, state.planned
    counts = tuple((side, int(values[link_names.COUNTS][side])) for side in session.corridor.sides)
    return Asked(
        Task(session.corridor.id, kind, counts, values[link_names.DRAWN], changes, fire, planned),
        GOAL_SHARES[values.get(link_names.GOAL, DEFAULT_GOAL)],
        values.get(link_names.SITING_MAP, ""),
    )


def add_place(session: Session, lon: float, lat: float) -> None:
    """One more place of the user's own, from a click; one that cannot be used is refused in words.

    Parameters
    ----------
    session : language, data and border of this run
    lon, lat : degrees of the click
    """
    longer = (*st.session_state.get(link_names.DRAWN, ()), (lon, lat))
    try:
        context.assign(link_names.DRAWN, Drawn(session.data.grid, session.corridor.sides).checked(longer))
    except RefusedError as error:
        why = refusals.reason(session.words, error.reasons[0])
        scenario.refuse(session.words.t("Calon lokasi itu tidak ditambahkan: {alasan}.", alasan=why))


def drop_place(place: tuple[float, float] | None) -> None:
    """Take one place of the user's own away, or all.

    Parameters
    ----------
    place : longitude and latitude, None for all
    """
    drawn = st.session_state.get(link_names.DRAWN, ())
    context.assign(link_names.DRAWN, tuple(p for p in drawn if place is not None and p != place))


def ask(asked: Asked, level: str) -> None:
    """Seek this plan in the next run.

    Parameters
    ----------
    asked : what is asked
    level : `PLAN`, `ALL` for the checks too, "" for nothing
    """
    st.session_state[ASKED] = (asked.task, asked.goal, level)
    st.session_state.pop(STOPPED, None)


def _stop(asked: Asked) -> None:
    """Stop seeking: the running plan is dropped when its next step is drawn."""
    ask(asked, "")
    st.session_state[STOPPED] = True


def answered(session: Session, asked: Asked, values: Values) -> tuple[Joint | None, Checks | None]:
    """The plan and its checks: kept ones at once, others only when they were asked for, with progress and a way out.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    values : of the link; they tell whether it was just opened and what it wants sought
    """
    w = session.words
    level = values[link_names.RUN]
    if link_names.RUN in values.arrived or ASKED not in st.session_state:
        st.session_state[ASKED] = (asked.task, asked.goal, level) if level else None
    wish = st.session_state[ASKED]
    small = PLAN if asked.task.total <= AT_ONCE else ""
    level = wish[2] if wish is not None and wish[0] == asked.task else small
    ready = shelf()
    plan: Joint | None = ready.get((session.data.version, asked.task))
    if plan is None and level and asked.task.total:
        plan = _sought(w, joint_plan(_problem(session.data, asked.task)), w.t("Mencari tempat"), asked, PLAN)
        if plan is not None:
            ready.put((session.data.version, asked.task), plan)
    checks: Checks | None = None
    if plan is not None and not plan.unknown:
        key = (session.data.version, asked.task, asked.goal)
        checks = ready.get(key)
        if checks is None and level == ALL and wish[1] == asked.goal:
            steps = joint_checks(_problem(session.data, asked.task), plan, asked.goal)
            checks = _sought(w, steps, w.t("Menguji rencana"), asked, ALL)
            if checks is not None:
                ready.put(key, checks)
    # The link tells another browser to seek what is seen here.
    seen = "" if plan is None else PLAN if checks is None else ALL
    context.put(session, "lokasi", link_names.RUN, seen)
    return plan, checks


@kept(4)
def _problem(data: Dataset, task: Task) -> LocationProblem:
    border, density = data.border(data.catalogue.corridors[task.corridor]), data.indicator_values(DENSITY)["value"]
    return problem_of(border, task, data.grid, data.facilities, data.catalogue, density)


def _sought(w: Words, steps: Generator[Step, None, Any], title: str, asked: Asked, level: str) -> Any:
    """Run the steps behind a progress bar; every drawn step is a place where a click on the button stops it."""
    slot = st.empty()
    with slot.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, text=title)
        st.button(
            w.t("Batalkan perhitungan"),
            key=f"lokasi batal {level}",
            icon=":material/cancel:",
            on_click=_stop,
            args=(asked,),
        )
    try:
        while True:
            step = next(steps)
            bar.progress(
                min(step.done / step.total, 1.0),
                text=w.t("{judul}: {n} dari {semua}", judul=title, n=w.number(step.done), semua=w.number(step.total)),
            )
    except StopIteration as end:
        slot.empty()
        return end.value
    finally:
        steps.close()


def link(session: Session) -> dict[str, str]:
    """Query parameters that open another page with the same question, which seeks the plan at once."""
    keep = (
        link_names.KIND, link_names.COUNTS, link_names.DRAWN, link_names.SCENARIO, link_names.ASSUMED,
        link_names.SPEEDS, link_names.PLANNED,
    )  # fmt: skip
    kept = {name: st.query_params[name] for name in keep if name in st.query_params}
    return context.link(session, {**kept, link_names.RUN: PLAN})
