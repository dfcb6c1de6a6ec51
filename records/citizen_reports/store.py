"""Taking in a resident's report, and everything that may happen to it afterwards.

Whoever acts says which event was the last that they saw: of two who act at the same time the second is told so by a
`records.database.ConflictError`, and nothing happens twice.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.agreements.model import Sector
from analysis.citizen_reports import lifecycle
from analysis.citizen_reports.lifecycle import Step
from analysis.citizen_reports.model import Report, State
from data.text import cleaned
from records import database
from records.citizen_reports.entries import SHORTEST_TEXT, ReportError, unit, words_of
from records.citizen_reports.reading import day_of, hashed, reports
from records.citizen_reports.tables import (
    LONGEST_NOTE,
    LONGEST_OFFICE,
    LONGEST_TEXT,
    EventRow,
    PhotoRow,
    ReportRow,
)
from records.citizen_reports.working_days import days_off
from records.database import ConflictError
from records.models import now
from records.permissions import RESIDENT, Action, Actor

# Without the letters I, L, O and U, which are read as other signs or words; five bits each.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_KABKOTA: Final = re.compile(r"\d\d\.\d\d", re.ASCII)
_LENGTH: Final = 16
_GROUP: Final = 4


@dataclass(frozen=True)
class Received:
    """What became of a form.

    Attributes
    ----------
    new : False where this form was received before
    same : whether it said the same then
    """

    new: bool
    same: bool = True


def new_form() -> str:
    """What names one form, so that it counts once however often a telephone sends it."""
    return secrets.token_urlsafe(32)


def ticket_of(form: str) -> str:
    """The ticket number of a form: eighty bits that nobody can guess who does not have the form.

    Parameters
    ----------
    form : of `new_form`
    """
    number = int.from_bytes(hashlib.sha256(f"tapal tiket {form}".encode()).digest())
    signs = [_SIGNS[number >> 5 * place & 31] for place in range(_LENGTH)]
    return "-".join("".join(signs[at : at + _GROUP]) for at in range(0, _LENGTH, _GROUP))


def typed_ticket(typed: str) -> str:
    """A ticket number as it is kept, from what somebody typed; "" where it can be none.

    Parameters
    ----------
    typed : in small letters too, with or without hyphens, O for 0, I or L for 1
    """
    signs = "".join(c for c in typed.upper() if c.isalnum())
    signs = signs.translate(str.maketrans("OIL", "011"))
    if len(signs) != _LENGTH or not set(signs) <= set(_SIGNS):
        return ""
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a resident wrote as it is stored.

    Parameters
    ----------
    values : kode, sector, text, and point (longitude and latitude, or None)

    Raises
    ------
    ReportError
        A value cannot be.
    """
    text = words_of("text", str(values["text"]), LONGEST_TEXT, SHORTEST_TEXT)
    try:
        sector = Sector(values["sector"])
    except ValueError as error:
        raise ReportError("sector", "unknown" if values["sector"] else "empty") from error
    # Eleven metres: near enough to find a hole in the road, and no nearer.
    lon, lat = (round(float(degrees), 4) for degrees in values["point"]) if values.get("point") else (None, None)
    return {"kode": unit(str(values["kode"])), "sector": sector, "text": text, "lon": lon, "lat": lat}


def receive(form: str, values: Mapping[str, Any], photo: bytes = b"") -> Received:
    """Take in a report; a form that was received before changes nothing.

    Parameters
    ----------
    form : of `new_form`
    values : see `checked`
    photo : of `photos.kept`, empty for none

    Raises
    ------
    ReportError
        A value cannot be.
    """
    clean, ticket = checked(values), hashed(ticket_of(form))
    kabkota = clean["kode"][:5]
    with database.read() as session:
        if before := _before(session, ticket, clean):
            return before
    try:
        with database.write(RESIDENT, Action.REPORT, kabkota) as session:
            row = ReportRow(ticket_hash=ticket, kabkota=kabkota, **clean)
            session.add(row)
            session.flush()
            session.add(EventRow(report_id=row.id, kabkota=kabkota, number=0, state=State.WAITING, owner=kabkota))
            if photo:
                digest = hashlib.sha256(photo).hexdigest()
                session.add(PhotoRow(report_id=row.id, kabkota=kabkota, size=len(photo), sha256=digest, content=photo))
    except IntegrityError:
        # The same form came twice in the same moment.
        with database.read() as session:
            before = _before(session, ticket, clean)
        if before is None:
            raise
        return before
    return Received(new=True)


def _before(session: Session, ticket: str, clean: Mapping[str, Any]) -> Received | None:
    row = session.scalars(select(ReportRow).where(ReportRow.ticket_hash == ticket)).first()
    if row is None:
        return None
    return Received(new=False, same=all(getattr(row, name) == value for name, value in clean.items()))


def act(actor: Actor, key: int, seen: int, step: Step, at: datetime | None = None) -> None:
    """Do something with a report that the actor's office looks after.

    Parameters
    ----------
    actor : an editor or verifier of its kabkota
    key : of the report
    seen : number of the last event that the actor saw
    step : what shall happen
    at : the moment, now by default

    Raises
    ------
    ReportError, analysis.citizen_reports.lifecycle.StepError, records.permissions.ForbiddenError,
    records.database.ConflictError
        Nothing has happened.
    """
    note = _words_of_office("note", step.note, LONGEST_NOTE)
    if step.owner and not _KABKOTA.fullmatch(step.owner):
        raise ReportError("office", "unknown")
    step = replace(step, note=note, office=_words_of_office("office", step.office, LONGEST_OFFICE))
    owner = _owner(key)
    try:
        with database.write(actor, Action.MODERATE, owner) as session:
            report = _seen(session, key, seen, owner)
            first = reports(session, step.first) if step.first is not None else ()
            moment = at or now()
            lifecycle.check(report, step, first[0] if first else None, day_of(moment), days_off())
            _add(session, report, step, moment)
    except IntegrityError as error:
        raise ConflictError({"number": seen + 1}, {"number": seen}) from error


def reply(ticket: str, text: str, at: datetime | None = None) -> None:
    """Add a resident's reply to an answer: it is due anew.

    Parameters
    ----------
    ticket : as it was told to the resident
    text : as typed; only the office and who has the ticket read it
    at : the moment, now by default

    Raises
    ------
    ReportError, analysis.citizen_reports.lifecycle.StepError, records.database.ConflictError
        Nothing has happened.
    """
    note = words_of("note", text, LONGEST_NOTE, 1)
    with database.read() as session:
        found = session.scalars(select(ReportRow).where(ReportRow.ticket_hash == hashed(ticket))).first()
    if found is None:
        raise ConflictError({}, {})
    owner = _owner(found.id)
    try:
        with database.write(RESIDENT, Action.REPORT, owner) as session:
            report = reports(session, found.id)[0]
            step, moment = Step(State.PUBLISHED, note=note), at or now()
            lifecycle.check(report, step, None, day_of(moment), days_off(), by_resident=True)
            _add(session, report, step, moment, by_resident=True)
    except IntegrityError as error:
        raise ConflictError({}, {}) from error


def _words_of_office(field: str, text: str, longest: int) -> str:
    """What an office writes, on one line, without control characters; a number of its own counter may stand in it.

    Parameters
    ----------
    field : which
    text : as typed
    longest : in characters

    Raises
    ------
    ReportError
        It is too long.
    """
    text = " ".join(cleaned(text).split())
    if len(text) > longest:
        raise ReportError(field, "long")
    return text


def _owner(key: int) -> str:
    with database.read() as session:
        found = reports(session, key)
    if not found:
        raise ConflictError({}, {"id": key})
    return found[0].owner


def _seen(session: Session, key: int, seen: int, owner: str) -> Report:
    """The report as it stands inside a transaction, if nothing has happened since."""
    report = reports(session, key)[0]
    if report.last.number != seen or report.owner != owner:
        raise ConflictError({"state": report.state, "number": report.last.number}, {"number": seen})
    return report


def _add(session: Session, report: Report, step: Step, at: datetime, *, by_resident: bool = False) -> None:
    passed_on = step.owner if step.to is State.FORWARDED else ""
    session.add(
        EventRow(
            report_id=report.key, number=report.last.number + 1, state=step.to, at=at, kabkota=report.owner,
            owner=passed_on or report.owner, by_resident=by_resident, kind=step.kind, reason=step.reason,
            note=step.note, office=step.office, first_id=step.first if step.to is State.DUPLICATE else None,
        )
    )  # fmt: skip
    session.flush()
