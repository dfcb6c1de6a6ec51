"""What may happen to a report next, and why something may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.citizen_reports.deadlines import state_on
from analysis.citizen_reports.model import SHOWN, Kind, Refusal, Report, State

BY_OFFICE: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.PUBLISHED, State.REFUSED, State.DUPLICATE}),
    State.PUBLISHED: frozenset({State.FORWARDED, State.ANSWERED, State.WORKED_ON, State.DUPLICATE, State.REFUSED}),
    State.FORWARDED: frozenset({State.FORWARDED, State.ANSWERED, State.WORKED_ON, State.DUPLICATE, State.REFUSED}),
    State.WORKED_ON: frozenset({State.ANSWERED, State.DONE, State.REFUSED}),
    State.ANSWERED: frozenset({State.WORKED_ON, State.DONE, State.REFUSED}),
    # What should never have been shown can be taken down at any time; a duplicate that is none is shown.
    State.DONE: frozenset({State.REFUSED}),
    State.DUPLICATE: frozenset({State.PUBLISHED, State.REFUSED}),
    State.REFUSED: frozenset(),
}
"""What an office may do with a report in each state."""

BY_RESIDENT: Mapping[State, frozenset[State]] = {State.ANSWERED: frozenset({State.PUBLISHED})}
"""A resident who replies to an answer gets another one."""

NEEDS_TEXT = frozenset({State.ANSWERED, State.DONE})


class Reason(StrEnum):
    """Why something cannot happen."""

    NOT_NEXT = "not_next"
    NO_KIND = "no_kind"
    NO_REASON = "no_reason"
    NO_TEXT = "no_text"
    NO_OFFICE = "no_office"
    NO_FIRST = "no_first"
    FIRST_IS_LATER = "first_is_later"
    FIRST_NOT_SHOWN = "first_not_shown"


class StepError(ValueError):
    """Something cannot happen to a report.

    Parameters
    ----------
    reason : why
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Step:
    """What shall happen to a report.

    Attributes
    ----------
    to : the state afterwards
    kind : what it asks for; needed where it is shown
    reason : needed where it is refused
    note : answer, remark or reply; needed for an answer, the end, and a reply
    office : to which it is passed on
    owner : other kabkota to which it is passed on, "" for none
    first : key of the earlier report that tells the same
    """

    to: State
    kind: Kind | None = None
    reason: Refusal | None = None
    note: str = ""
    office: str = ""
    owner: str = ""
    first: int | None = None


def why_not(
    report: Report, step: Step, first: Report | None, today: date, off: frozenset[date], *, by_resident: bool = False
) -> Reason | None:
    """Why something cannot happen, None where it can.

    Parameters
    ----------
    report, step : what, and what shall happen to it
    first : the report that `step.first` names, None where there is none
    today, off : the day and the days without work, see `deadlines.is_working`
    by_resident : whether the resident wants it
    """
    known = BY_RESIDENT if by_resident else BY_OFFICE
    if step.to not in known.get(state_on(report, today, off), ()):
        return Reason.NOT_NEXT
    if step.to is State.PUBLISHED and not by_resident and step.kind is None:
        return Reason.NO_KIND
    if step.to is State.REFUSED and step.reason is None:
        return Reason.NO_REASON
    if (by_resident or step.to in NEEDS_TEXT) and not step.note.strip():
        return Reason.NO_TEXT
    if step.to is State.FORWARDED and not step.office.strip() and step.owner in ("", report.owner):
        return Reason.NO_OFFICE
    if step.to is not State.DUPLICATE:
        return None
    if first is None:
        return Reason.NO_FIRST
    # Links lead to an earlier report only, so that no chain of them can close.
    if first.key >= report.key:
        return Reason.FIRST_IS_LATER
    return None if first.state in SHOWN else Reason.FIRST_NOT_SHOWN


def check(
    report: Report, step: Step, first: Report | None, today: date, off: frozenset[date], *, by_resident: bool = False
) -> None:
    """Stop what cannot happen.

    Parameters
    ----------
    report, step, first, today, off, by_resident : as in `why_not`

    Raises
    ------
    StepError
        It cannot happen.
    """
    reason = why_not(report, step, first, today, off, by_resident=by_resident)
    if reason is not None:
        raise StepError(reason)
