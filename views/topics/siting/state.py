"""What the pages on shared places and their cost are asked, from the URL, and plans that are kept once they are whole.

A plan takes seconds: it is sought only when somebody asks, by the button or by a link that says so, and a run that is
stopped keeps nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Generator, Hashable
from dataclasses import dataclass
from typing import Any, cast

import streamlit as st

from analysis.fire.fire import DENSITY
from analysis.siting.candidates import MOST_PLACES, PlacesError, parse_places, written_places
from analysis.siting.plan import joint_checks, joint_plan
from analysis.siting.problem import LocationProblem, problem_of
from analysis.siting.result import Checks, Joint, Step
from analysis.siting.task import GOALS, KINDS, MOST_NEW, Kind, Task, default_counts
from views.language import link_names, sentences
from views.language.escape import md
from views.language.link_names import LONGEST_ECHO
from views.language.words import Words
from views.link import scenario, session
from views.link.session import Session
from views.topics.fire import state as fire_state

# Parameters of the URL; each but the last two is also the key of its widget.
KIND = "jenis"
COUNTS = "baru"
GOAL = "sasaran"
SHOWN = "rencana"
DRAWN = "calon"
RUN = "hitung"

PLAN, ALL = "rencana", "semua"
SHOWS = ("bersama", "sendiri")
GOAL_NAMES = {f"{share * 100:.0f}": share for share in GOALS}
MOST_KEPT = 48
ASKED = "lokasi diminta"
STOPPED = "lokasi dibatalkan"


class Shelf:
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
def shelf() -> Shelf:
    """The shelf of this process."""
    return Shelf()


@dataclass(frozen=True)
class Asked:
    """What the page is asked. goal : share of the people for the checks; shown : which plan the map draws."""

    task: Task
    goal: float
    shown: str
    refused_drawn: bool


def read(now: Session) -> Asked:
    """The question in the URL; what cannot be used is refused in words."""
    w, data, sides = now.words, now.data, now.corridor.sides
    kind = cast(Kind, fire_state.checked(now, KIND, KINDS, KINDS[0]))
    _name_bad_counts(now)
    counts = session.numbers(COUNTS, default_counts(sides), 0, MOST_NEW)
    text = st.query_params.get(DRAWN, "")
    drawn: tuple[tuple[float, float], ...] = ()
    refused = False
    try:
        drawn = parse_places(text, data.grid, sides)
    except PlacesError as error:
        refused = True
        st.warning(places_refused(w, error), icon=":material/link_off:")
    goal = GOAL_NAMES[fire_state.checked(now, GOAL, tuple(GOAL_NAMES), "90")]
    shown = fire_state.checked(now, SHOWN, SHOWS, SHOWS[0])
    fire, planned = None, False
    if kind == "pos_damkar":
        state = fire_state.read(now)
        changes, fire, planned = state.changes, state.choices, state.planned
    else:
        changes = scenario.usable(now, (kind,), session.scenario(now, (kind,)))
    numbers = tuple((side, int(counts[side])) for side in sides)
    return Asked(Task(now.corridor.id, kind, numbers, drawn, changes, fire, planned), goal, shown, refused)


def _name_bad_counts(now: Session) -> None:
    w, sides = now.words, now.corridor.sides
    text = st.query_params.get(COUNTS, "")
    if not text or text == st.session_state.get(f"url {COUNTS}", ""):
        return
    for part in text[:2000].split(";"):
        side, _, number = part.partition(":")
        if side not in sides or not (number.isascii() and number.isdigit() and int(number[:9]) <= MOST_NEW):
            st.warning(
                w.t(
                    "Bagian “{bagian}” dari jumlah tempat baru di tautan tidak dapat dipakai dan diabaikan; tiap sisi 0 sampai {batas}.",
                    bagian=md(part[:LONGEST_ECHO]),
                    batas=w.number(MOST_NEW),
                ),
                icon=":material/link_off:",
            )


def places_refused(w: Words, error: PlacesError) -> str:
    """Why places of the user's own are not used, in words."""
    part = md(error.part[:LONGEST_ECHO])
    reasons = {
        "terlalu_panjang": w.t("Daftar calon lokasi di tautan terlalu panjang."),
        "terlalu_banyak": w.t(
            "Tautan memuat {n} calon lokasi; paling banyak {batas}.", n=part, batas=w.number(MOST_PLACES)
        ),
        "bentuk": w.t("Calon lokasi “{bagian}” tidak dapat dibaca.", bagian=part),
        "tempat": w.t("Calon lokasi “{bagian}” tidak terletak di wilayah koridor ini.", bagian=part),
        "dua_kali": w.t("Calon lokasi “{bagian}” tertulis dua kali.", bagian=part),
    }
    return reasons[error.code] + " " + w.t("Semua calon dari tautan diabaikan.")


def add_place(now: Session, lon: float, lat: float) -> None:
    """One more place of the user's own, from a click; one that cannot be used is refused in words."""
    text = st.query_params.get(DRAWN, "")
    longer = ";".join(filter(None, [text, written_places([(lon, lat)])]))
    try:
        places = parse_places(longer, now.data.grid, now.corridor.sides)
    except PlacesError as error:
        scenario.refuse(places_refused(now.words, error))
        return
    st.query_params[DRAWN] = written_places(places)


def drop_place(place: tuple[float, float] | None) -> None:
    """Take one place of the user's own away, or all."""
    text = st.query_params.get(DRAWN, "")
    left = [p for p in text.split(";") if p and place is not None and p != written_places([place])]
    if left:
        st.query_params[DRAWN] = ";".join(left)
    elif DRAWN in st.query_params:
        del st.query_params[DRAWN]


def ask(asked: Asked, level: str) -> None:
    """Seek this plan in the next run."""
    st.session_state[ASKED] = (asked.task, asked.goal, level)
    st.session_state.pop(STOPPED, None)


def stop() -> None:
    """Stop seeking: the running plan is dropped when its next step is drawn."""
    st.session_state[ASKED] = None
    st.session_state[STOPPED] = True
    if RUN in st.query_params:
        del st.query_params[RUN]


def answered(now: Session, asked: Asked) -> tuple[Joint | None, Checks | None]:
    """The plan and its checks: kept ones at once, others only when they were asked for, with progress and a way out."""
    w = now.words
    arrived = st.query_params.get(RUN, "") not in ("", st.session_state.get(f"url {RUN}", ""))
    url = fire_state.checked(now, RUN, ("", PLAN, ALL), "")
    if arrived or ASKED not in st.session_state:
        st.session_state[ASKED] = (asked.task, asked.goal, url) if url else None
    wish = st.session_state[ASKED]
    level = wish[2] if wish is not None and wish[0] == asked.task else ""
    kept = shelf()
    plan: Joint | None = kept.get(asked.task)
    if plan is None and level and asked.task.total:
        plan = _sought(w, joint_plan(_problem(asked.task)), w.t("Mencari tempat"), PLAN)
        if plan is not None:
            kept.put(asked.task, plan)
    checks: Checks | None = None
    if plan is not None and not plan.unknown:
        key = (asked.task, asked.goal)
        checks = kept.get(key)
        if checks is None and level == ALL and wish[1] == asked.goal:
            steps = joint_checks(_problem(asked.task), plan, asked.goal)
            checks = _sought(w, steps, w.t("Menguji rencana"), ALL)
            if checks is not None:
                kept.put(key, checks)
    # The link tells another browser to seek what is seen here.
    seen = "" if plan is None else PLAN if checks is None else ALL
    session.assign(RUN, seen)
    fire_state.checked(now, RUN, ("", PLAN, ALL), "")
    return plan, checks


@st.cache_resource(max_entries=4, show_spinner=False)
def _problem(task: Task) -> LocationProblem:
    data = session.dataset()
    border, density = data.border(data.catalogue.corridors[task.corridor]), data.indicator_values(DENSITY)["value"]
    return problem_of(border, task, data.grid, data.facilities, data.catalogue, density)


def _sought(w: Words, steps: Generator[Step, None, Any], title: str, level: str) -> Any:
    """Run the steps behind a progress bar; every drawn step is a place where a click on the button stops it."""
    slot = st.empty()
    with slot.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, text=title)
        st.button(w.t("Batalkan perhitungan"), key=f"lokasi batal {level}", icon=":material/cancel:", on_click=stop)
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


def link(now: Session, level: str) -> dict[str, str]:
    """Query parameters that open another page with the same question."""
    keep = (KIND, COUNTS, DRAWN, link_names.SCENARIO, fire_state.ASSUMED, fire_state.SPEEDS, fire_state.PLANNED)
    kept = {name: st.query_params[name] for name in keep if name in st.query_params}
    return session.link(now, {**kept, RUN: level} if level else kept)


def side_name(now: Session, side: str) -> str:
    """Name of a side, safe in Markdown."""
    return sentences.kabkota_name(now.data, side)
