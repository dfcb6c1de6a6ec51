"""How agreements stand on a day: in force or over, what falls due, what is missing."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.agreements.lifecycle import last_day
from analysis.agreements.model import Agreement, Document, Origin, Sector, Stage, State

REMINDER_MONTHS = 3
"""Before the end of a term; as Samarinda's register of cooperation asks for."""
LONGEST_YEARS = 5
"""Term above which a warning stands (Permendagri 22/2020, read in a secondary page): a warning, never a refusal."""


class Standing(StrEnum):
    """How an agreement stands on a day."""

    IN_FORCE = "in_force"
    SIGNED_AHEAD = "signed_ahead"
    TERM_UNKNOWN = "term_unknown"
    PREPARATION = "preparation"
    UNSEEN = "unseen"
    OVER = "over"
    SUPERSEDED = "superseded"
    NO_AGREEMENT = "no_agreement"


BEST_FIRST = tuple(Standing)
"""What is said of several agreements: the first of these that one of them has."""
UNSIGNED = {Standing.PREPARATION, Standing.UNSEEN, Standing.NO_AGREEMENT}
_UNSEEN = {State.PARTLY_SIGNED, State.RUNNING, State.STATED}
_NONE = {State.MEETING, State.PROPOSAL, State.AID, State.REPORT, State.LAW}


class Kind(StrEnum):
    """What falls due or is missing."""

    TERM_ENDS = "term_ends"
    TERM_ENDED = "term_ended"
    STAGE_OVERDUE = "stage_overdue"
    EVALUATION = "evaluation"
    KB_WITHOUT_PKS = "kb_without_pks"


@dataclass(frozen=True)
class Due:
    """Something that both sides should be reminded of.

    Attributes
    ----------
    kind : what
    on : the day on which it falls or fell due
    agreement : which it is about
    """

    kind: Kind
    on: date
    agreement: Agreement


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last one of that month where it has no such day.

    Parameters
    ----------
    day : from which is counted
    months : how many
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def standing(agreement: Agreement, today: date) -> Standing:
    """How one agreement stands.

    Where only the year or month of its end is known, it counts as in force before and as over after that; within it
    nobody can tell. A signed agreement without a known term is neither in force nor over.

    Parameters
    ----------
    agreement : any
    today : the day
    """
    if agreement.state in _NONE:
        return Standing.NO_AGREEMENT
    if agreement.state is State.SUPERSEDED:
        return Standing.SUPERSEDED
    if agreement.ended is not None and agreement.ended < today:
        return Standing.OVER
    if agreement.state in _UNSEEN:
        return Standing.UNSEEN
    if agreement.origin is Origin.OFFICE and agreement.signed is None:
        return Standing.PREPARATION
    starts, last = agreement.starts or agreement.signed, last_day(agreement)
    if starts is not None and today < starts.first:
        return Standing.SIGNED_AHEAD
    if last is None or last.first < today <= last.last:
        return Standing.TERM_UNKNOWN
    return Standing.IN_FORCE if today <= last.first else Standing.OVER


def days_left(agreement: Agreement, today: date) -> int | None:
    """Days until the term ends, negative when it has; None where the day is not known or nothing is signed.

    Parameters
    ----------
    agreement : any
    today : the day
    """
    last = last_day(agreement)
    if last is None or last.day is None or standing(agreement, today) in UNSIGNED:
        return None
    day = min(last.day, agreement.ended) if agreement.ended is not None else last.day
    return (day - today).days


def term_above_limit(agreement: Agreement) -> bool:
    """Whether its term surely exceeds five years: a warning, since ministers' rules may differ.

    Parameters
    ----------
    agreement : any
    """
    starts = agreement.starts or agreement.signed
    if starts is None or agreement.ends is None:
        return False
    return months_before(agreement.ends.first, 12 * LONGEST_YEARS) > starts.last


def stage_overdue(agreement: Agreement, today: date) -> bool:
    """Whether the day that was set for the end of its stage has passed.

    Parameters
    ----------
    agreement : any
    today : the day
    """
    open_ = agreement.stage is not None and agreement.ended is None
    return open_ and agreement.stage_due is not None and agreement.stage_due < today


def without_pks(agreements: Sequence[Agreement]) -> tuple[Agreement, ...]:
    """Signed KB under which no signed PKS is on record.

    Parameters
    ----------
    agreements : all that are known
    """
    followed = {a.under for a in agreements if a.document is Document.PKS and a.state is State.SIGNED and a.under}
    kb = (a for a in agreements if a.document is Document.KB and a.state is State.SIGNED)
    return tuple(a for a in kb if a.id not in followed)


def evaluations_missing(agreement: Agreement, today: date) -> tuple[tuple[str, int], ...]:
    """Side and year of every evaluation that should be there: each year of the term that has passed.

    Parameters
    ----------
    agreement : an office's entry; of a published fact nothing is known
    today : the day
    """
    starts = agreement.starts or agreement.signed
    if agreement.origin is not Origin.OFFICE or agreement.signed is None or starts is None:
        return ()
    last = last_day(agreement)
    until = min(d for d in (today, agreement.ended, last.last if last else None) if d is not None)
    there = {(e.kode, e.year) for e in agreement.evaluations}
    years = range(starts.first.year, until.year + (until < today))
    return tuple((side, year) for year in years for side in agreement.sides if (side, year) not in there)


def due(agreements: Sequence[Agreement], today: date) -> tuple[Due, ...]:
    """All that both sides should be reminded of on a day, oldest first.

    Terms that end within three months, terms that ended without a renewal on record, stages behind their day, yearly
    evaluations that are missing (once the year is over), and KB without a PKS. Long terms are no reminder.

    Parameters
    ----------
    agreements : all that are known
    today : the day
    """
    found: list[Due] = []
    alone = {a.id for a in without_pks(agreements)}
    follows = {a.renews for a in agreements if a.renews and a.state is State.SIGNED}
    for agreement in agreements:
        now, last = standing(agreement, today), last_day(agreement)
        if last is not None and agreement.ended is None and agreement.id not in follows:
            if now is Standing.IN_FORCE and months_before(last.first, REMINDER_MONTHS) <= today:
                found.append(Due(Kind.TERM_ENDS, last.first, agreement))
            elif now is Standing.OVER:
                found.append(Due(Kind.TERM_ENDED, last.last, agreement))
        if agreement.stage_due is not None and stage_overdue(agreement, today):
            found.append(Due(Kind.STAGE_OVERDUE, agreement.stage_due, agreement))
        if missing := evaluations_missing(agreement, today):
            found.append(Due(Kind.EVALUATION, date(missing[0][1], 12, 31), agreement))
        if agreement.id in alone and now is not Standing.OVER and agreement.signed is not None:
            found.append(Due(Kind.KB_WITHOUT_PKS, agreement.signed.last, agreement))
    return tuple(sorted(found, key=lambda d: (d.on, d.agreement.id)))


def falls_due(agreement: Agreement, today: date) -> tuple[date, date] | None:
    """First day of the reminder and last day of a term that has not ended; None where the day is not known.

    Parameters
    ----------
    agreement : any
    today : the day
    """
    last = last_day(agreement)
    if last is None or last.day is None or standing(agreement, today) is not Standing.IN_FORCE:
        return None
    return months_before(last.day, REMINDER_MONTHS), last.day


def between(agreements: Iterable[Agreement], kabkota: Sequence[str]) -> tuple[Agreement, ...]:
    """Those that bind all of these kabkota to each other.

    Where the first party signs the same text with each of the others apart (`State.PARTLY_SIGNED`), the others are not
    bound to each other.

    Parameters
    ----------
    agreements : any
    kabkota : codes
    """
    return tuple(
        a
        for a in agreements
        if all(a.binds(k) for k in kabkota) and (a.state is not State.PARTLY_SIGNED or a.sides[0] in kabkota)
    )


def best(agreements: Iterable[Agreement], sector: Sector | None, today: date) -> tuple[Standing, Agreement] | None:
    """The agreement on a sector that stands best, and how; None where none is on record.

    Parameters
    ----------
    agreements : of two kabkota, see `between`
    sector : None for any
    today : the day
    """
    found = [(standing(a, today), a) for a in agreements if sector is None or sector in a.sectors]
    found = [pair for pair in found if pair[0] is not Standing.NO_AGREEMENT]
    return min(found, key=lambda pair: BEST_FIRST.index(pair[0]), default=None)


def at(agreements: Iterable[Agreement], kode: str) -> tuple[Agreement, ...]:
    """Those that name a kelurahan, or its kecamatan.

    Parameters
    ----------
    agreements : any
    kode : of a kelurahan
    """
    return tuple(a for a in agreements if any(kode.startswith(place) for place in a.kode))


def stage_of(agreement: Agreement) -> Stage | None:
    """The stage in which an agreement stands; of a published fact, the last one that it surely passed.

    Parameters
    ----------
    agreement : any
    """
    if agreement.stage is not None:
        return agreement.stage
    if agreement.document is Document.KB and agreement.state is State.SIGNED:
        return Stage.KB_SIGNING
    if agreement.document is Document.PKS and agreement.state is State.RUNNING:
        return Stage.IMPLEMENTATION
    if agreement.document is Document.PKS and agreement.state is State.SIGNED:
        return Stage.PKS_SIGNING
    if agreement.document is Document.PKS and agreement.state is State.PARTLY_SIGNED:
        return Stage.PKS_DRAFT
    return None
