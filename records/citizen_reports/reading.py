"""What may be read of residents' reports, and by whom: everybody what was published, an office what is its own."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Condition
from typing import Final
from zoneinfo import ZoneInfo

from cachetools import LRUCache, cached
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analysis.citizen_reports.model import SHOWN, Event, Report, State
from records import database
from records.agreements.reading import stamp
from records.citizen_reports.tables import EventRow, PhotoRow, ReportRow
from records.database import TooNewError
from records.models import Role
from records.permissions import READER, Action, Actor, ForbiddenError, allowed

_LOGGER: Final = logging.getLogger("tapal")
_ZONE: Final = ZoneInfo("Asia/Jakarta")


def hashed(ticket: str) -> str:
    """What is kept of a ticket number: it has eighty random bits, so that no salt and no slow hash are needed."""
    return hashlib.sha256(ticket.encode()).hexdigest()


def mark() -> tuple[str, int]:
    """Which database, and a number that grows with every write: what was read at the same mark is still true.

    ("", 0) where there is no database that can be used.
    """
    url = database.address()
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return "", 0
    try:
        return url.render_as_string(hide_password=False), stamp()
    except (SQLAlchemyError, OSError, TooNewError) as error:
        _LOGGER.error("The database cannot be used; no reports are shown", exc_info=error)
        return "", 0


def on_record() -> tuple[Report, ...]:
    """All reports, for the other functions of this package; none where there is no database that can be used."""
    place, now = mark()
    return _kept(place, now) if place else ()


@cached(LRUCache(2), condition=Condition())
def _kept(url: str, now: int) -> tuple[Report, ...]:
    """What was read at this stamp of this database is true until the next."""
    with database.read() as session:
        return reports(session)


def reports(session: Session, key: int | None = None) -> tuple[Report, ...]:
    """The reports in a transaction, oldest first; the one with this key, or all.

    Parameters
    ----------
    session : of a read or a write
    key : of one report
    """
    happened = select(
        EventRow.report_id, EventRow.number, EventRow.state, EventRow.at, EventRow.kabkota, EventRow.owner,
        EventRow.by_resident, EventRow.kind, EventRow.reason, EventRow.note, EventRow.office, EventRow.first_id,
    ).order_by(EventRow.report_id, EventRow.number)  # fmt: skip
    came = select(
        ReportRow.id, ReportRow.kode, ReportRow.sector, ReportRow.text, ReportRow.lon, ReportRow.lat
    ).order_by(ReportRow.id)
    photos = select(PhotoRow.report_id)
    if key is not None:
        happened, came = happened.where(EventRow.report_id == key), came.where(ReportRow.id == key)
        photos = photos.where(PhotoRow.report_id == key)
    events: dict[int, list[Event]] = {}
    for report, number, state, at, *rest in session.execute(happened):
        events.setdefault(report, []).append(Event(number, state, day_of(at), *rest))
    with_photo = set(session.scalars(photos))
    return tuple(
        Report(
            id_,
            kode,
            sector,
            text,
            tuple(events[id_]),
            None if lon is None or lat is None else (lon, lat),
            id_ in with_photo,
        )
        for id_, kode, sector, text, lon, lat in session.execute(came)
    )


def day_of(moment: datetime) -> date:
    """The day of a moment in the west of Indonesia, where all sides lie."""
    return moment.astimezone(_ZONE).date()


def published() -> tuple[Report, ...]:
    """What everybody may read: reports that an office has published, without their point."""
    return tuple(_public(report) for report in on_record() if report.state in SHOWN)


def _public(report: Report) -> Report:
    """A report without its point and what its resident wrote to the office alone."""
    events = tuple(replace(e, note="") if e.by_resident else e for e in report.events)
    return replace(report, point=None, events=events)


def waiting() -> tuple[Report, ...]:
    """Reports that nobody has looked at yet, without what they say: everybody may count them and see who is late."""
    return tuple(
        replace(report, text="", point=None, photo=False) for report in on_record() if report.state is State.WAITING
    )


def duplicates(found: Iterable[Report]) -> dict[int, int]:
    """How many other reports tell the same as each of these, by key; none where it is missing.

    Parameters
    ----------
    found : reports whose duplicates are counted
    """
    everything = {report.key: report for report in on_record()}
    wanted = {report.key for report in found}
    counts: dict[int, int] = {}
    for report in everything.values():
        first = _first_of(report, everything)
        if first.key != report.key and first.key in wanted:
            counts[first.key] = counts.get(first.key, 0) + 1
    return counts


def _first_of(report: Report, known: dict[int, Report]) -> Report:
    """The report that tells the same and was there first; itself where it is no duplicate.

    Parameters
    ----------
    report : which
    known : all reports by key
    """
    while report.first is not None and report.first in known:
        report = known[report.first]
    return report


def own(actor: Actor) -> tuple[Report, ...]:
    """All reports that an editor or verifier looks after, whatever their state; none for a reader.

    Parameters
    ----------
    actor : who asks
    """
    if not actor.kabkota(Role.EDITOR) | actor.kabkota(Role.VERIFIER):
        return ()
    return tuple(report for report in on_record() if allowed(actor, Action.MODERATE, report.owner))


def of_ticket(ticket: str) -> tuple[Report, Report] | None:
    """The report with a ticket number, and the first that tells the same (or itself); None where there is none.

    Parameters
    ----------
    ticket : as it was told to the resident
    """
    with database.read() as session:
        key = session.scalars(select(ReportRow.id).where(ReportRow.ticket_hash == hashed(ticket))).first()
        if key is None:
            return None
        report = first = reports(session, key)[0]
        while first.first is not None:
            first = reports(session, first.first)[0]
        return report, first


def photo(key: int, actor: Actor = READER) -> bytes:
    """The photo of a report, empty where there is none or its hash does not fit.

    Parameters
    ----------
    key : of the report
    actor : who asks; of what is not published only its office sees the photo

    Raises
    ------
    ForbiddenError
        It is not published, and the actor's office does not look after it.
    """
    with database.read() as session:
        found = reports(session, key)
        if not found:
            return b""
        if found[0].state not in SHOWN and not allowed(actor, Action.MODERATE, found[0].owner):
            raise ForbiddenError(actor, Action.MODERATE, (found[0].owner,))
        row = session.scalars(select(PhotoRow).where(PhotoRow.report_id == key)).first()
        content = row.content if row is not None else b""
        return content if row is not None and hashlib.sha256(content).hexdigest() == row.sha256 else b""


def photo_of_ticket(ticket: str) -> bytes:
    """The photo that a resident sent, for who knows its ticket number; empty where there is none.

    Parameters
    ----------
    ticket : as it was told to the resident
    """
    query = select(PhotoRow).join(ReportRow, ReportRow.id == PhotoRow.report_id)
    with database.read() as session:
        row = session.scalars(query.where(ReportRow.ticket_hash == hashed(ticket))).first()
        return row.content if row is not None else b""
