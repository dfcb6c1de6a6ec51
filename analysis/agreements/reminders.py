"""What both sides should be reminded of: what falls due now, what ends later, and projects that are not done.

Everything is a function of the records and of a day; nothing here reads the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from analysis.agreements import standing
from analysis.agreements.lifecycle import last_day
from analysis.agreements.model import Agreement, Document, Project, State, When
from analysis.agreements.standing import Due, Kind

SIGNED = (State.SIGNED, State.SUPERSEDED)
TERMS = (Kind.TERM_ENDS, Kind.TERM_ENDED)


@dataclass(frozen=True)
class Reminder:
    """One thing, of an agreement or of a project.

    Attributes
    ----------
    on : day on which it falls or fell due; of a project its planned end, else its begin
    due : of an agreement, else None
    project : else None
    """

    on: date
    due: Due | None = None
    project: Project | None = None

    @property
    def record(self) -> Agreement | Project:
        """What it is about."""
        found = self.due.agreement if self.due is not None else self.project
        assert found is not None
        return found

    @property
    def term(self) -> bool:
        """Whether it is the end of a term."""
        return self.due is not None and self.due.kind in TERMS

    @property
    def exact(self) -> bool:
        """Whether the day of a term's end is known, not only its month or year."""
        last = last_day(self.due.agreement) if self.due is not None else None
        return last is not None and last.day is not None

    @cached_property
    def uid(self) -> str:
        """The same for the same thing, whatever the day and however it stands by now."""
        if self.due is None:
            return f"project-{self.record.id}@tapal"
        kind = "term" if self.term else self.due.kind.value
        # One evaluation a year, and one stage after another.
        several = self.due.kind in (Kind.EVALUATION, Kind.STAGE_OVERDUE)
        return f"{kind}-{self.record.id}{f'-{self.on:%Y%m%d}' if several else ''}@tapal"

    @property
    def stamp(self) -> date:
        """The day from which it is known, as the record says: that of its source, else of its own latest step."""
        return known_from(self.record) or self.on


@dataclass(frozen=True)
class Reminders:
    """Result of `remind`: each list in the order of the days.

    Attributes
    ----------
    shared : what binds all sides to each other
    alone : by side, what binds it to others and not to all sides
    later : what ends or falls due more than three months from now, of any side
    projects : of any side, those that are not recorded as done
    no_pks : what the sides last signed with each other, where no PKS is among it and no KB in `shared` says so
    """

    shared: tuple[Reminder, ...]
    alone: dict[str, tuple[Reminder, ...]]
    later: tuple[Reminder, ...]
    projects: tuple[Reminder, ...]
    no_pks: Agreement | None

    @cached_property
    def now(self) -> tuple[Reminder, ...]:
        """What falls due now, each once."""
        found = {r.uid: r for r in (*self.shared, *(r for rows in self.alone.values() for r in rows))}
        return tuple(sorted(found.values(), key=lambda r: (r.on, r.uid)))

    @property
    def dated(self) -> tuple[Reminder, ...]:
        """What belongs into a calendar, each once: all but projects of which only the begin is known."""
        planned = (r for r in self.projects if r.project is not None and r.project.until is not None)
        return (*self.now, *self.later, *planned)


def known_from(record: Agreement | Project) -> date | None:
    """The day from which a record is known: that of its source, else of its own latest step; None where it has none.

    Parameters
    ----------
    record : any
    """
    days = [day for source in record.sources if (day := _day(source.date))]
    if days:
        return max(days)
    if isinstance(record, Agreement):
        return record.stage_since or (record.signed.first if record.signed else None)
    return record.since.first if record.since else None


def remind(
    agreements: Sequence[Agreement], projects: Sequence[Project], sides: Sequence[str], today: date
) -> Reminders:
    """What the sides of a border should be reminded of on a day.

    Parameters
    ----------
    agreements, projects : all that are known
    sides : kode_kabkota of the border
    today : the day
    """
    near = [a for a in agreements if any(a.binds(side) for side in sides)]
    shared = standing.between(near, sides)
    both, signed = {a.id for a in shared}, [a for a in shared if a.state in SIGNED]
    now = [Reminder(d.on, d) for d in standing.due(agreements, today) if any(d.agreement.binds(s) for s in sides)]
    alone = {side: tuple(r for r in now if r.record.id not in both and r.record.binds(side)) for side in sides}
    outstanding = [p for p in projects if p.outstanding and any(p.binds(side) for side in sides)]
    latest = max(signed, key=lambda a: (a.signed.last if a.signed else date.min, a.id), default=None)
    of_both = tuple(r for r in now if r.record.id in both)
    said = any(r.due is not None and r.due.kind is Kind.KB_WITHOUT_PKS for r in of_both)
    return Reminders(
        shared=of_both,
        alone=alone,
        later=_later(near, {r.uid for r in now}, today),
        projects=tuple(
            sorted((Reminder(on, project=p) for p in outstanding if (on := _on(p))), key=lambda r: (r.on, r.uid))
        ),
        no_pks=None if said or any(a.document is Document.PKS for a in signed) else latest,
    )


def _later(agreements: Sequence[Agreement], now: set[str], today: date) -> tuple[Reminder, ...]:
    found = []
    for one in agreements:
        if (ends := standing.falls_due(one, today)) is not None:
            found.append(Reminder(ends[1], Due(Kind.TERM_ENDS, ends[1], one)))
        if one.stage_due is not None and one.ended is None and one.stage_due >= today:
            found.append(Reminder(one.stage_due, Due(Kind.STAGE_OVERDUE, one.stage_due, one)))
    return tuple(sorted((r for r in found if r.uid not in now), key=lambda r: (r.on, r.uid)))


def _on(project: Project) -> date | None:
    return project.until.last if project.until else project.since.first if project.since else None


def _day(text: str) -> date | None:
    """The earliest day of YYYY, YYYY-MM or YYYY-MM-DD, None for another text."""
    try:
        return When(text).first
    except ValueError:
        return None
