"""What offices have entered, as agreements and projects."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from threading import Condition
from typing import Any, Final
from zoneinfo import ZoneInfo

from cachetools import LRUCache, cached
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analysis.agreements.model import (
    Actor,
    Addendum,
    Agreement,
    Correction,
    Evaluation,
    Origin,
    Party,
    Project,
    Role,
    Sector,
    State,
    Text,
    on_day,
    same,
)
from records import database
from records.agreements.entries import SIDE, EntryError
from records.agreements.tables import AddendumRow, AgreementRow, CorrectionRow, EvaluationRow, PartyRow, ProjectRow
from records.database import ConflictError, TooNewError
from records.models import AuditEntry

_LOGGER: Final = logging.getLogger("tapal")
PREFIX, PROJECT_PREFIX = "kantor-", "proyek-kantor-"


def key_of(id_: str) -> int | None:
    """Key of an agreement that an office entered, None for a published one."""
    tail = id_.removeprefix(PREFIX)
    return int(tail) if id_.startswith(PREFIX) and tail.isascii() and tail.isdigit() and len(tail) < 10 else None


def on_record() -> tuple[tuple[Agreement, ...], tuple[Project, ...]]:
    """All agreements and projects of offices; none where there is no database yet, or it cannot be used."""
    url = database.address()
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return (), ()
    try:
        return _kept(url.render_as_string(hide_password=False), stamp())
    except (SQLAlchemyError, OSError, TooNewError) as error:
        _LOGGER.error("The database cannot be used; only published agreements are shown", exc_info=error)
        return (), ()


def of_sides(sides: Collection[str]) -> tuple[tuple[Agreement, ...], tuple[Project, ...]]:
    """Of `on_record` what binds any of these kabkota."""
    agreements, projects = on_record()
    return (
        tuple(a for a in agreements if any(map(a.binds, sides))),
        tuple(p for p in projects if any(map(p.binds, sides))),
    )


@cached(LRUCache(2), condition=Condition())
def _kept(url: str, now: int) -> tuple[tuple[Agreement, ...], tuple[Project, ...]]:
    """What was read at this stamp of this database is true until the next."""
    return agreements(), projects()


def stamp() -> int:
    """Grows with every write: what was read at the same stamp is still true."""
    with database.read() as session:
        return session.scalar(select(func.max(AuditEntry.id))) or 0


def state() -> int | None:
    """Tells what offices have entered by now from what they had before; 0 for nothing, None where it cannot be read."""
    url = database.address()
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return 0
    try:
        return stamp()
    except (SQLAlchemyError, OSError, TooNewError) as error:
        _LOGGER.error("The database cannot be used; what offices have entered is not known", exc_info=error)
        return None


def agreements() -> tuple[Agreement, ...]:
    """All agreements that offices have entered."""
    with database.read() as session:
        return office_agreements(session)


def projects() -> tuple[Project, ...]:
    """All projects that offices have entered."""
    with database.read() as session:
        rows = session.scalars(select(ProjectRow).order_by(ProjectRow.id)).all()
    return tuple(
        Project(
            id=f"{PROJECT_PREFIX}{row.id}",
            origin=Origin.OFFICE,
            under=row.under,
            title=same(row.title),
            parties=parts(row.parties),
            sectors=tuple(Sector(s) for s in parts(row.sectors)),
            status=row.status,
            place=same(row.place),
            note=same(row.note),
            kode=parts(row.kode),
            since=on_day(row.since) if row.since else None,
            until=on_day(row.until) if row.until else None,
            rupiah=row.rupiah,
            entered_by=parts(row.entered_by),
            saved_on=_day(row.saved_at),
            version=row.version,
        )
        for row in rows
    )


def side_versions(key: int) -> dict[str, int]:
    """Version of what each side has entered for an agreement; a side that has not is missing."""
    with database.read() as session:
        rows = session.execute(select(PartyRow.kabkota, PartyRow.version).where(PartyRow.agreement_id == key))
        return {row.kabkota: row.version for row in rows}


def evaluation_versions(key: int) -> dict[tuple[str, int], int]:
    """Version of every evaluation of an agreement, by side and year."""
    query = select(EvaluationRow.kabkota, EvaluationRow.year, EvaluationRow.version)
    with database.read() as session:
        rows = session.execute(query.where(EvaluationRow.agreement_id == key))
        return {(kabkota, year): version for kabkota, year, version in rows}


def office_agreements(session: Session, key: int | None = None) -> tuple[Agreement, ...]:
    """The agreements in a transaction; the one with this key, or all."""
    query = select(AgreementRow).order_by(AgreementRow.id)
    if key is not None:
        query = query.where(AgreementRow.id == key)

    def of(kind: Any) -> dict[int, list[Any]]:
        wanted = select(kind).order_by(kind.id)
        found: dict[int, list[Any]] = {}
        for row in session.scalars(wanted if key is None else wanted.where(kind.agreement_id == key)):
            found.setdefault(row.agreement_id, []).append(row)
        return found

    kinds = [of(kind) for kind in (PartyRow, AddendumRow, EvaluationRow, CorrectionRow)]
    return tuple(_agreement(row, *(rows.get(row.id, []) for rows in kinds)) for row in session.scalars(query))


def _agreement(
    row: AgreementRow,
    parties: list[PartyRow],
    addenda: list[AddendumRow],
    evaluations: list[EvaluationRow],
    corrections: list[CorrectionRow],
) -> Agreement:
    sides = {party.kabkota: party for party in parties}
    actors = (part.partition(":") for part in parts(row.actors))
    return Agreement(
        id=f"{PREFIX}{row.id}",
        origin=Origin.OFFICE,
        document=row.document,
        state=State.SIGNED if row.signed else State.PREPARED,
        title=same(row.title),
        parties=tuple(
            Party(kode, **{name: getattr(sides[kode], name) for name in SIDE} if kode in sides else {})
            for kode in parts(row.parties)
        ),
        sectors=tuple(Sector(s) for s in parts(row.sectors)),
        object=row.object,
        scope=row.scope,
        kode=parts(row.kode),
        category=row.category,
        stage=row.stage,
        stage_since=row.stage_since,
        stage_due=row.stage_due,
        signed=on_day(row.signed) if row.signed else None,
        starts=on_day(row.starts) if row.starts else None,
        ends=on_day(row.ends) if row.ends else None,
        dprd=row.dprd,
        dprd_requested=row.dprd_requested,
        dprd_approved=row.dprd_approved,
        end=row.end,
        ended=row.ended,
        renews=row.renews,
        under=row.under,
        addenda=tuple(Addendum(a.number, a.signed, a.changes, a.ends) for a in addenda),
        evaluations=tuple(Evaluation(e.kabkota, e.year, e.realised, e.obstacle, e.recommendation) for e in evaluations),
        rupiah=(row.rupiah,) if row.rupiah is not None else (),
        value=same(row.funding) if row.funding else Text(),
        note=same(row.note) if row.note else Text(),
        actors=tuple(Actor(Role(role), name) for role, _, name in actors),
        corrections=tuple(
            Correction(parts(c.entered_by), _day(c.saved_at), parts(c.fields), c.reason) for c in corrections
        ),
        entered_by=parts(row.entered_by),
        saved_on=_day(row.saved_at),
        version=row.version,
    )


def parties_of(key: int) -> tuple[str, ...]:
    """Codes of the parties of an agreement.

    Raises
    ------
    records.database.ConflictError
        The agreement is there no more.
    """
    with database.read() as session:
        row = session.get(AgreementRow, key)
    if row is None:
        raise ConflictError({}, {})
    return parts(row.parties)


def side_of(session: Session, key: int, kabkota: str) -> Agreement:
    """The agreement, if this kabkota is a party to it; its parties stay what they are until the transaction ends.

    Parameters
    ----------
    session : of the transaction
    key : of the agreement
    kabkota : kode of the side

    Raises
    ------
    records.database.ConflictError
        The agreement is there no more.
    EntryError
        The kabkota is no party to it.
    """
    if session.get(AgreementRow, key, with_for_update=True, populate_existing=True) is None:
        raise ConflictError({}, {})
    [found] = office_agreements(session, key)
    if kabkota not in found.sides:
        raise EntryError("parties", "parties")
    return found


def _day(moment: datetime | None) -> date | None:
    """The day of a moment in western Indonesia, where the offices are."""
    return moment.astimezone(ZoneInfo("Asia/Jakarta")).date() if moment is not None else None


def parts(cell: str) -> tuple[str, ...]:
    """What a cell joins by ";"."""
    return tuple(part for part in cell.split(";") if part)
