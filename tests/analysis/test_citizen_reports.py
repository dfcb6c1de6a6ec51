"""States of a report, what may follow what, and the clock: every pair of states, and the ends of weeks and years."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest

from analysis.citizen_reports.deadlines import (
    ANSWER,
    Deadline,
    Due,
    deadline,
    is_working,
    state_on,
    working_day_after,
    working_days_between,
)
from analysis.citizen_reports.lifecycle import Reason, Step, StepError, check, why_not
from analysis.citizen_reports.model import SHOWN, Event, Kind, Refusal, Report, State

HERE, THERE = "32.75", "32.76"
MONDAY = date(2026, 11, 2)
NEW_YEAR = frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)})
NONE: frozenset[date] = frozenset()
GOOD = {"kind": Kind.SIMPLE, "reason": Refusal.UNCLEAR, "note": "ya", "office": "Dinas PU", "first": 1}

# From where an office may go where; every pair that is not here is refused.
OFFICE = {
    "menunggu": "tayang ditolak duplikat",
    "tayang": "diteruskan dijawab dikerjakan duplikat ditolak",
    "diteruskan": "diteruskan dijawab dikerjakan duplikat ditolak",
    "dikerjakan": "dijawab selesai ditolak",
    "dijawab": "dikerjakan selesai ditolak",
    "selesai": "ditolak",
    "duplikat": "tayang ditolak",
    "ditolak": "",
}
RESIDENT = {"dijawab": "tayang"}


def report(state: State, day: date = MONDAY, key: int = 2, **more: object) -> Report:
    """A report that arrived and then came into a state, on the same day."""
    came = Event(0, State.WAITING, day, HERE, HERE)
    if state is State.WAITING:
        return Report(key, "32.75.08.1001", "roads", "lubang", (came,))
    happened = Event(1, state, day, HERE, HERE, **more)  # type: ignore[arg-type]
    return Report(key, "32.75.08.1001", "roads", "lubang", (came, happened))


FIRST = report(State.PUBLISHED, key=1)


@pytest.mark.parametrize(("start", "to"), list(product(State, State)))
def test_every_transition_of_an_office(start: State, to: State) -> None:
    may = to.value in OFFICE[start.value].split()
    reason = why_not(report(start), Step(to, **GOOD), FIRST, MONDAY, NONE)  # type: ignore[arg-type]
    assert (reason is None) is may
    if not may:
        assert reason is Reason.NOT_NEXT
        with pytest.raises(StepError):
            check(report(start), Step(to, **GOOD), FIRST, MONDAY, NONE)  # type: ignore[arg-type]


@pytest.mark.parametrize(("start", "to"), list(product(State, State)))
def test_every_transition_of_a_resident(start: State, to: State) -> None:
    may = to.value in RESIDENT.get(start.value, "").split()
    reason = why_not(report(start), Step(to, **GOOD), FIRST, MONDAY, NONE, by_resident=True)  # type: ignore[arg-type]
    assert (reason is None) is may


@pytest.mark.parametrize(
    ("start", "step", "reason"),
    [
        (State.WAITING, Step(State.PUBLISHED), Reason.NO_KIND),
        (State.WAITING, Step(State.REFUSED), Reason.NO_REASON),
        (State.PUBLISHED, Step(State.ANSWERED, note=" "), Reason.NO_TEXT),
        (State.WORKED_ON, Step(State.DONE), Reason.NO_TEXT),
        (State.PUBLISHED, Step(State.FORWARDED), Reason.NO_OFFICE),
        (State.PUBLISHED, Step(State.FORWARDED, owner=HERE), Reason.NO_OFFICE),
        (State.PUBLISHED, Step(State.FORWARDED, owner=THERE), None),
        (State.PUBLISHED, Step(State.FORWARDED, office="Dinas PU"), None),
        (State.PUBLISHED, Step(State.WORKED_ON), None),
    ],
)
def test_what_a_step_needs(start: State, step: Step, reason: Reason | None) -> None:
    assert why_not(report(start), step, None, MONDAY, NONE) is reason


@pytest.mark.parametrize("state", State)
def test_a_duplicate_leads_to_an_earlier_report_that_is_shown(state: State) -> None:
    step = Step(State.DUPLICATE, first=1)
    wanted = None if state in SHOWN else Reason.FIRST_NOT_SHOWN
    assert why_not(report(State.WAITING), step, report(state, key=1), MONDAY, NONE) is wanted
    assert why_not(report(State.WAITING), step, report(state, key=2), MONDAY, NONE) is Reason.FIRST_IS_LATER
    assert why_not(report(State.WAITING), step, report(state, key=3), MONDAY, NONE) is Reason.FIRST_IS_LATER
    assert why_not(report(State.WAITING), step, None, MONDAY, NONE) is Reason.NO_FIRST


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-11-27", 1, "2026-11-30"),  # a Friday: the weekend does not count
        ("2026-11-28", 1, "2026-11-30"),  # a Saturday
        ("2025-12-24", 3, "2025-12-31"),  # two days off, then a weekend
        ("2025-12-31", 3, "2026-01-06"),  # over the end of the year
        ("2025-12-31", 1, "2026-01-02"),
        ("2024-02-28", 2, "2024-03-01"),  # a leap day
    ],
)
def test_working_days_over_weekends_and_the_end_of_the_year(start: str, number: int, end: str) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert working_day_after(first, number, NEW_YEAR) == last
    assert working_days_between(first, last, NEW_YEAR) == number
    assert working_days_between(last, first, NEW_YEAR) == -number


def test_days_after_and_between_are_the_same_count_on_every_day_of_two_years() -> None:
    def days() -> Iterator[date]:
        yield from (date(2025, 1, 1) + timedelta(n) for n in range(730))

    for day in days():
        for number in (1, 3, 14):
            last = working_day_after(day, number, NEW_YEAR)
            assert is_working(last, NEW_YEAR)
            assert working_days_between(day, last, NEW_YEAR) == number


def test_the_first_look_is_due_after_three_working_days() -> None:
    waiting = report(State.WAITING)
    assert deadline(waiting, MONDAY, NONE) == Deadline(Due.FIRST_LOOK, date(2026, 11, 5), 3)
    assert not deadline(waiting, date(2026, 11, 5), NONE).overdue  # type: ignore[union-attr]
    late = deadline(waiting, date(2026, 11, 9), NONE)
    assert late is not None
    assert (late.left, late.overdue) == (-2, True)


@pytest.mark.parametrize(("kind", "days"), [(Kind.SIMPLE, 5), (Kind.PLAIN, 14), (Kind.INSPECTED, 60)])
@pytest.mark.parametrize("state", [State.PUBLISHED, State.FORWARDED, State.WORKED_ON])
def test_the_answer_is_due_by_what_is_asked_for(state: State, kind: Kind, days: int) -> None:
    due = deadline(report(state, kind=kind), MONDAY, NONE)
    assert due == Deadline(Due.ANSWER, working_day_after(MONDAY, days, NONE), days)
    assert ANSWER[kind] == days


@pytest.mark.parametrize("state", [State.REFUSED, State.DONE, State.DUPLICATE])
def test_nothing_is_due_of_what_is_over(state: State) -> None:
    assert deadline(report(state), date(2030, 1, 1), NONE) is None


def test_who_does_not_reply_within_ten_working_days_is_taken_to_be_content() -> None:
    answered = report(State.ANSWERED, note="sudah")
    last = working_day_after(MONDAY, 10, NONE)
    assert last == date(2026, 11, 16)
    assert state_on(answered, last, NONE) is State.ANSWERED
    assert why_not(answered, Step(State.PUBLISHED, note="belum"), None, last, NONE, by_resident=True) is None
    after = last + timedelta(1)
    assert state_on(answered, after, NONE) is State.DONE
    assert why_not(answered, Step(State.PUBLISHED, note="x"), None, after, NONE, by_resident=True) is Reason.NOT_NEXT
    assert not deadline(answered, date(2027, 1, 1), NONE).overdue  # type: ignore[union-attr]


def test_a_reply_starts_the_clock_anew_and_work_after_an_answer_has_none() -> None:
    answered = report(State.ANSWERED, kind=Kind.SIMPLE)
    replied = Event(2, State.PUBLISHED, date(2026, 11, 10), HERE, HERE, by_resident=True, note="belum")
    again = Report(2, answered.kode, "roads", "x", (*answered.events, replied))
    due = deadline(again, date(2026, 11, 10), NONE)
    assert due == Deadline(Due.ANSWER, date(2026, 11, 17), 5)
    working = Event(2, State.WORKED_ON, date(2026, 11, 10), HERE, HERE)
    assert deadline(Report(2, answered.kode, "roads", "x", (*answered.events, working)), MONDAY, NONE) is None


def test_passing_a_report_to_the_other_side_does_not_stop_its_clock() -> None:
    shown = report(State.PUBLISHED, kind=Kind.SIMPLE)
    passed = Event(2, State.FORWARDED, date(2026, 11, 6), HERE, THERE)
    there = Report(2, shown.kode, "roads", "x", (*shown.events, passed))
    assert there.owner == THERE
    assert deadline(there, MONDAY, NONE) == deadline(shown, MONDAY, NONE)
