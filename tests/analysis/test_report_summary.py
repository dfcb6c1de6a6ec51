"""The list of reports and the counts of both sides, on toy reports."""

from datetime import date

from analysis.citizen_reports.model import Event, Kind, Report, State
from analysis.citizen_reports.summary import OfSide, by_side, listed

HERE, THERE = "32.75", "32.76"
DAY, LATER = date(2026, 11, 2), date(2026, 11, 30)
NONE: frozenset[date] = frozenset()


def report(key: int, state: State, owner: str = HERE, day: date = DAY) -> Report:
    events = [Event(0, State.WAITING, day, HERE, HERE)]
    if state is not State.WAITING:
        events.append(Event(1, state, day, HERE, owner, kind=Kind.SIMPLE))
    return Report(key, "32.75.08.1001", "roads", "x", tuple(events))


def test_what_is_late_stands_first_then_the_newest() -> None:
    old, older = report(2, State.PUBLISHED), report(1, State.PUBLISHED, day=date(2026, 10, 1))
    new, done = report(3, State.PUBLISHED, day=LATER), report(4, State.DONE)
    rows = listed([new, old, done, older], {2: 5}, LATER, NONE)
    assert [one.report.key for one in rows] == [1, 2, 4, 3]
    assert [one.late for one in rows] == [True, True, False, False]
    assert rows[1].same == 5
    assert rows[2].done


def test_each_side_is_counted_by_who_looks_after_a_report() -> None:
    shown = [
        report(1, State.PUBLISHED),
        report(2, State.FORWARDED, THERE),
        report(3, State.DONE),
        report(4, State.ANSWERED),
    ]
    waits = [report(5, State.WAITING), report(6, State.WAITING, day=LATER)]
    counts = by_side(listed(shown, {}, LATER, NONE), waits, [HERE, THERE], LATER, NONE)
    # The answer of the fourth was given long ago: it counts as done.
    assert counts[HERE] == OfSide(shown=3, late=1, done=2, waiting=2, waiting_late=1)
    assert counts[THERE] == OfSide(shown=1, late=1)
    assert by_side([], [], [HERE], LATER, NONE) == {HERE: OfSide()}
