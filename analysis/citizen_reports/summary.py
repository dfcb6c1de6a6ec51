"""Reports as a list and as counts of each side, on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.citizen_reports.deadlines import Deadline, deadline, state_on
from analysis.citizen_reports.model import Report, State


@dataclass(frozen=True)
class Listed:
    """A report as it stands on a day.

    Attributes
    ----------
    report : what was reported
    state : on that day
    due : what is due, None for nothing
    same : other reports that tell the same
    """

    report: Report
    state: State
    due: Deadline | None
    same: int = 0

    @property
    def late(self) -> bool:
        """Whether an office is late with it."""
        return self.due is not None and self.due.overdue

    @property
    def done(self) -> bool:
        """Whether nobody has to do anything more."""
        return self.state is State.DONE


@dataclass(frozen=True)
class OfSide:
    """What one side looks after.

    Attributes
    ----------
    shown, late, done : published reports, those without an answer in time, and those that are done
    waiting, waiting_late : reports that wait for a first look, and those that wait too long
    """

    shown: int = 0
    late: int = 0
    done: int = 0
    waiting: int = 0
    waiting_late: int = 0


def listed(reports: Iterable[Report], same: Mapping[int, int], today: date, off: frozenset[date]) -> tuple[Listed, ...]:
    """Reports as they stand, those that are late first, then the newest.

    Parameters
    ----------
    reports : that may be shown
    same : number of reports that tell the same, by key
    today, off : the day and the days without work
    """
    found = [Listed(r, state_on(r, today, off), deadline(r, today, off), same.get(r.key, 0)) for r in reports]
    return tuple(
        sorted(found, key=lambda one: (not one.late, one.due.left if one.due and one.late else 0, -one.report.key))
    )


def by_side(
    found: Iterable[Listed], waiting: Iterable[Report], sides: Sequence[str], today: date, off: frozenset[date]
) -> dict[str, OfSide]:
    """Counts of each side.

    Parameters
    ----------
    found : published reports
    waiting : reports that nobody has looked at
    sides : kode_kabkota, in the order of the result
    today, off : the day and the days without work
    """
    counts: dict[str, Counter[str]] = {side: Counter() for side in sides}
    for one in found:
        if one.report.owner in counts:
            counts[one.report.owner].update(shown=1, late=int(one.late), done=int(one.done))
    for report in waiting:
        if report.owner in counts:
            due = deadline(report, today, off)
            counts[report.owner].update(waiting=1, waiting_late=int(due is not None and due.overdue))
    return {side: OfSide(**counted) for side, counted in counts.items()}
