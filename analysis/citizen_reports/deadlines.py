"""In how many working days a report is looked at, answered and closed.

References
----------
SP4N-LAPOR as the ministry (KemenPANRB) describes it since 2018: a first look within three working days; information and
plain complaints answered within five, without inspection within fourteen, with inspection within sixty; closed ten days
after an answer to which nobody replied. All are counted in working days here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from analysis.citizen_reports.model import Kind, Report, State

FIRST_LOOK = 3
CLOSING = 10
ANSWER = {Kind.SIMPLE: 5, Kind.PLAIN: 14, Kind.INSPECTED: 60}
_SATURDAY = 5
_OPEN = frozenset({State.PUBLISHED, State.FORWARDED, State.WORKED_ON})
_DAY = timedelta(days=1)


class Due(StrEnum):
    """What is due."""

    FIRST_LOOK = "pemeriksaan"
    ANSWER = "jawaban"
    CLOSING = "penutupan"


@dataclass(frozen=True)
class Deadline:
    """Until when something is due.

    Attributes
    ----------
    what : what is due
    day : the last day on which it is in time
    left : working days until then, negative for those since
    """

    what: Due
    day: date
    left: int

    @property
    def overdue(self) -> bool:
        """Whether an office is late; that a report closes by time is nobody's delay."""
        return self.left < 0 and self.what is not Due.CLOSING


def is_working(day: date, off: frozenset[date]) -> bool:
    """Tell whether offices work on a day.

    Parameters
    ----------
    day : the day
    off : public holidays and days off for all offices (cuti bersama)
    """
    return day.weekday() < _SATURDAY and day not in off


# A list of thousands of reports asks for the same few days.
@lru_cache(maxsize=20_000)
def working_day_after(start: date, number: int, off: frozenset[date]) -> date:
    """The n-th working day after a day, which itself does not count.

    Parameters
    ----------
    start : day of arrival, of an answer or of a reply
    number : working days, at least one
    off : as in `is_working`

    Examples
    --------
    >>> working_day_after(date(2025, 12, 31), 3, frozenset({date(2026, 1, 1)}))
    datetime.date(2026, 1, 6)
    """
    day = start
    for _ in range(number):
        day += _DAY
        while not is_working(day, off):
            day += _DAY
    return day


@lru_cache(maxsize=20_000)
def working_days_between(start: date, end: date, off: frozenset[date]) -> int:
    """Working days after one day up to another; negative where the other lies before.

    Parameters
    ----------
    start, end : the days
    off : as in `is_working`

    Examples
    --------
    >>> friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    >>> working_days_between(friday, monday, frozenset()), working_days_between(monday, friday, frozenset())
    (1, -1)
    """
    if end < start:
        return -working_days_between(end, start, off)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working(day, off) for day in days)


def deadline(report: Report, today: date, off: frozenset[date]) -> Deadline | None:
    """What is due of a report now; None where nothing is.

    The clock of the answer begins with the day of arrival, after a resident's reply with that day; passing the report
    on, also to the other side, does not stop it, and work that begins after an answer was given has none.

    Parameters
    ----------
    report, today : the report and the day
    off : as in `is_working`
    """
    if report.state is State.WAITING:
        what, day = Due.FIRST_LOOK, working_day_after(report.received, FIRST_LOOK, off)
    elif report.state is State.ANSWERED:
        what, day = Due.CLOSING, working_day_after(report.last.day, CLOSING, off)
    elif report.state in _OPEN and not _answered(report):
        begin = next((e.day for e in reversed(report.events) if e.by_resident), report.received)
        what, day = Due.ANSWER, working_day_after(begin, ANSWER[report.kind or Kind.SIMPLE], off)
    else:
        return None
    return Deadline(what, day, working_days_between(today, day, off))


def _answered(report: Report) -> bool:
    """Tell whether the resident's last words have an answer."""
    for event in reversed(report.events):
        if event.state is State.ANSWERED:
            return True
        if event.by_resident:
            return False
    return False


def state_on(report: Report, today: date, off: frozenset[date]) -> State:
    """The state on a day: who does not reply to an answer within ten working days is taken to be content.

    Parameters
    ----------
    report, today : the report and the day
    off : as in `is_working`
    """
    due = deadline(report, today, off)
    closed = due is not None and due.what is Due.CLOSING and today > due.day
    return State.DONE if closed else report.state
