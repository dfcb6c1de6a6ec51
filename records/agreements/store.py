"""Reading and writing agreements and projects of offices.

Every function that writes takes the actor and asks for permission itself. What both sides share may be changed by an
editor of any party; what belongs to a side (`change_side`, `evaluate`, `attach`) by its own editors alone. The parties
of an agreement never change. Whoever saves an older version gets a `records.database.ConflictError` with both.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analysis.agreements import lifecycle
from analysis.agreements.model import (
    Actor as Participant,
)
from analysis.agreements.model import (
    Addendum,
    Agreement,
    Category,
    Document,
    Dprd,
    End,
    Evaluation,
    Origin,
    Party,
    Project,
    ProjectStatus,
    Recommendation,
    Role,
    Sector,
    Stage,
    State,
    Text,
    on_day,
    same,
)
from records import database
from records.agreements.tables import (
    LONGEST_ID,
    LONGEST_NUMBER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    AddendumRow,
    AgreementRow,
    AttachmentRow,
    EvaluationRow,
    PartyRow,
    ProjectRow,
)
from records.database import ConflictError, TooNewError, change
from records.models import AuditEntry
from records.permissions import Action, Actor

_LOGGER: Final = logging.getLogger("tapal")
PREFIX, PROJECT_PREFIX = "kantor-", "proyek-kantor-"
MOST_BYTES = 10_000_000
MOST_ATTACHMENTS = 20
MOST_RUPIAH = 10**14
SIDE = tuple(f.name for f in fields(Party) if f.name != "kode")
SHARED: Mapping[str, Any] = {
    "title": "", "category": Category.UNJUDGED, "sectors": (), "object": "", "scope": "", "kode": (), "stage_due": None,
    "starts": None, "ends": None, "dprd": Dprd.UNJUDGED, "dprd_requested": None, "dprd_approved": None, "renews": "",
    "under": "", "rupiah": None, "funding": "", "note": "", "actors": (),
}  # fmt: skip
PROJECT: Mapping[str, Any] = {
    "title": "", "under": "", "sectors": (), "status": ProjectStatus.PROPOSED, "place": "", "kode": (), "since": None,
    "until": None, "rupiah": None, "note": "",
}  # fmt: skip
_LENGTHS = {
    "title": LONGEST_TITLE, "under": LONGEST_ID, "renews": LONGEST_ID, "number": LONGEST_NUMBER,
    "signatory": LONGEST_NUMBER, "position": LONGEST_NUMBER, "office": LONGEST_NUMBER, "contact": LONGEST_NUMBER,
}  # fmt: skip
# What runs when a document is opened; streams that are packed can still hide it, so files are only ever handed out as
# downloads.
_ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


class EntryError(ValueError):
    """What was entered cannot be.

    Parameters
    ----------
    field : which
    reason : empty, long, order, number, unknown, parties, active, no_pdf, large, many, there
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


@dataclass(frozen=True)
class Attachment:
    """A PDF of an agreement, without its content.

    Attributes
    ----------
    id, kabkota : key, and the side that attached it
    name, size, sha256 : of the file
    """

    id: int
    kabkota: str
    name: str
    size: int
    sha256: str


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


@lru_cache(maxsize=2)
def _kept(url: str, now: int) -> tuple[tuple[Agreement, ...], tuple[Project, ...]]:
    """What was read at this stamp of this database is true until the next."""
    return agreements(), projects()


def stamp() -> int:
    """Grows with every write: what was read at the same stamp is still true."""
    with database.read() as session:
        return session.scalar(select(func.max(AuditEntry.id))) or 0


def agreements() -> tuple[Agreement, ...]:
    """All agreements that offices have entered."""
    with database.read() as session:
        return _agreements(session)


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
            parties=_parts(row.parties),
            sectors=tuple(Sector(s) for s in _parts(row.sectors)),
            status=row.status,
            place=same(row.place),
            note=same(row.note),
            kode=_parts(row.kode),
            since=on_day(row.since) if row.since else None,
            until=on_day(row.until) if row.until else None,
            rupiah=row.rupiah,
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


def create(actor: Actor, document: Document, parties: Collection[str], values: Mapping[str, Any], today: date) -> str:
    """Enter a new agreement in its first stage; returns its id.

    Parameters
    ----------
    actor : an editor of one of the parties
    document : KB or PKS
    parties : codes, at least two
    values : by name, see `SHARED`
    today : since when it is in that stage

    Raises
    ------
    EntryError
        A value cannot be.
    records.permissions.ForbiddenError
        The actor is no editor of any party.
    """
    sides = tuple(dict.fromkeys(parties))
    if document not in lifecycle.STEPS:
        raise EntryError("document", "unknown")
    if len(sides) < 2 or any(not 2 <= len(side) <= 5 or ";" in side for side in sides):
        raise EntryError("parties", "parties")
    clean = _shared({**SHARED, **values})
    with database.write(actor, Action.EDIT, sides) as session:
        row = AgreementRow(
            document=document,
            parties=";".join(sides),
            stage=lifecycle.first_stage(document, clean["dprd"]),
            stage_since=today,
            **clean,
        )
        session.add(row)
        session.flush()
        return f"{PREFIX}{row.id}"


def change_shared(actor: Actor, key: int, version: int, values: Mapping[str, Any]) -> None:
    """Change what all parties share.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    values : by name, see `SHARED`

    Raises
    ------
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    clean = _shared(values)
    with database.write(actor, Action.EDIT, _parties(key)) as session:
        row = change(session, AgreementRow, key, version, clean)
        _order(row.starts, row.ends, "ends")


def change_side(actor: Actor, key: int, kabkota: str, version: int, values: Mapping[str, Any]) -> None:
    """Change what belongs to one side.

    Parameters
    ----------
    actor : an editor of this side
    key : of the agreement
    kabkota : the side
    version : of what it had entered, 0 for nothing
    values : by name, see `SIDE`

    Raises
    ------
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    clean = _texts(values, SIDE)
    with database.write(actor, Action.EDIT, kabkota) as session:
        _side_of(key, kabkota)
        where = {"agreement_id": key, "kabkota": kabkota}
        _save_owned(session, PartyRow, where, version, clean, dict.fromkeys(SIDE, ""))


def evaluate(
    actor: Actor, key: int, kabkota: str, year: int, version: int, values: Mapping[str, Any], today: date
) -> None:
    """Enter or change what one side found in a year.

    Parameters
    ----------
    actor : an editor of this side
    key, kabkota, year : agreement, side and year
    version : of what it had entered, 0 for nothing
    values : realised, obstacle, recommendation
    today : in whose year or before it the evaluated year lies

    Raises
    ------
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    clean: dict[str, Any] = _texts(values, ("realised", "obstacle"))
    clean["recommendation"] = _member(Recommendation, values.get("recommendation"), "recommendation")
    if not clean.get("realised"):
        raise EntryError("realised", "empty")
    with database.write(actor, Action.EDIT, kabkota) as session:
        agreement = _side_of(key, kabkota)
        begins = agreement.starts or agreement.signed
        if begins is None or not begins.first.year <= year <= today.year:
            raise EntryError("year", "order")
        where = {"agreement_id": key, "kabkota": kabkota, "year": year}
        _save_owned(session, EvaluationRow, where, version, clean, {"obstacle": ""})


def advance(actor: Actor, key: int, version: int, to: Stage, due: date | None, today: date) -> None:
    """Move an agreement to another stage.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    to : the stage
    due : day by which it should be over, None for none
    today : on which it enters

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        The stage cannot follow.
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    _order(today, due, "stage_due")
    with database.write(actor, Action.EDIT, _parties(key)) as session:
        lifecycle.advance(_current(session, key, version), to, today)
        change(session, AgreementRow, key, version, {"stage": to, "stage_since": today, "stage_due": due})


def sign(actor: Actor, key: int, version: int, on: date, today: date) -> None:
    """Enter the day of signing.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    on : the day
    today : which it cannot lie after

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        It cannot be signed now.
    records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    with database.write(actor, Action.EDIT, _parties(key)) as session:
        lifecycle.sign(_current(session, key, version), on, today)
        change(session, AgreementRow, key, version, {"signed": on})


def finish(actor: Actor, key: int, version: int, end: End, on: date, today: date) -> None:
    """End an agreement for one of the five reasons.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    end, on : why, and its last day
    today : which that cannot lie after

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        It cannot end so.
    records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    with database.write(actor, Action.EDIT, _parties(key)) as session:
        lifecycle.finish(_current(session, key, version), end, on, today)
        change(session, AgreementRow, key, version, {"end": end, "ended": on})


def add_addendum(actor: Actor, key: int, version: int, addendum: Addendum, today: date) -> None:
    """Add a signed change.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    addendum : number, day of signing, what it changes, new end
    today : which the signing cannot lie after

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        It cannot be added.
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    clean = _texts({"number": addendum.number, "changes": addendum.changes}, ("number", "changes"))
    if not clean["changes"]:
        raise EntryError("changes", "empty")
    parties = _parties(key)
    with database.write(actor, Action.EDIT, parties) as session:
        reason = lifecycle.why_no_addendum(_current(session, key, version), addendum.signed, addendum.ends, today)
        if reason is not None:
            raise lifecycle.StepError(reason)
        session.add(
            AddendumRow(
                agreement_id=key, parties=";".join(parties), signed=addendum.signed, ends=addendum.ends, **clean
            )
        )


def attach(actor: Actor, key: int, kabkota: str, name: str, content: bytes) -> None:
    """Attach a PDF for one side.

    Parameters
    ----------
    actor : an editor of this side
    key, kabkota : agreement and side
    name, content : of the file

    Raises
    ------
    EntryError
        It is no PDF, too large, holds what would run, is attached already, or there are too many.
    records.permissions.ForbiddenError
        The actor is no editor of this side.
    """
    problem = pdf_problem(content)
    if problem:
        raise EntryError("file", problem)
    name = "".join(c for c in name if c.isprintable()).strip()[-LONGEST_NUMBER:] or "lampiran.pdf"
    digest = hashlib.sha256(content).hexdigest()
    with database.write(actor, Action.EDIT, kabkota, file=name) as session:
        _side_of(key, kabkota)
        there = session.scalars(select(AttachmentRow.sha256).where(AttachmentRow.agreement_id == key)).all()
        if digest in there:
            raise EntryError("file", "there")
        if len(there) >= MOST_ATTACHMENTS:
            raise EntryError("file", "many")
        session.add(
            AttachmentRow(
                agreement_id=key, kabkota=kabkota, name=name, size=len(content), sha256=digest, content=content
            )
        )


def pdf_problem(content: bytes) -> str:
    """Why bytes are not taken as a PDF: large, no_pdf, active; "" where they are."""
    if len(content) > MOST_BYTES:
        return "large"
    if not content.startswith((b"%PDF-1.", b"%PDF-2.")) or b"%%EOF" not in content[-1024:]:
        return "no_pdf"
    return "active" if any(word in content for word in _ACTIVE) else ""


def attachments(key: int) -> tuple[Attachment, ...]:
    """The PDFs of an agreement, without their content."""
    query = select(AttachmentRow).where(AttachmentRow.agreement_id == key).order_by(AttachmentRow.id)
    with database.read() as session:
        rows = session.scalars(query).all()
        return tuple(Attachment(row.id, row.kabkota, row.name, row.size, row.sha256) for row in rows)


def attachment(id_: int) -> bytes:
    """Content of a PDF, as it was attached; empty where there is none or its hash does not fit."""
    with database.read() as session:
        row = session.get(AttachmentRow, id_)
        content = row.content if row is not None else b""
        return content if row is not None and hashlib.sha256(content).hexdigest() == row.sha256 else b""


def save_project(
    actor: Actor, key: int | None, version: int, parties: Collection[str], values: Mapping[str, Any]
) -> str:
    """Enter or change a project; returns its id.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the project as it was read; None and 0 for a new one
    parties : codes; those of an existing project stay what they are
    values : by name, see `PROJECT`

    Raises
    ------
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    known = values if key is not None else {**PROJECT, **values}
    clean: dict[str, Any] = _texts(known, ("title", "under", "place", "note")) | _lists(known)
    clean |= {name: known[name] for name in ("since", "until") if name in known}
    if "status" in known:
        clean["status"] = _member(ProjectStatus, known["status"], "status")
    if "rupiah" in known:
        clean["rupiah"] = _rupiah(known["rupiah"])
    if not clean.get("title", "x"):
        raise EntryError("title", "empty")
    _order(clean.get("since"), clean.get("until"), "until")
    if key is None:
        sides = tuple(dict.fromkeys(parties))
        if not sides:
            raise EntryError("parties", "parties")
        with database.write(actor, Action.EDIT, sides) as session:
            row = ProjectRow(parties=";".join(sides), **clean)
            session.add(row)
            session.flush()
            return f"{PROJECT_PREFIX}{row.id}"
    with database.read() as session:
        found = session.get(ProjectRow, key)
    if found is None:
        raise ConflictError({}, clean)
    with database.write(actor, Action.EDIT, _parts(found.parties)) as session:
        change(session, ProjectRow, key, version, clean)
    return f"{PROJECT_PREFIX}{key}"


def _agreements(session: Session, key: int | None = None) -> tuple[Agreement, ...]:
    query = select(AgreementRow).order_by(AgreementRow.id)
    if key is not None:
        query = query.where(AgreementRow.id == key)

    def of(kind: Any) -> dict[int, list[Any]]:
        wanted = select(kind).order_by(kind.id)
        found: dict[int, list[Any]] = {}
        for row in session.scalars(wanted if key is None else wanted.where(kind.agreement_id == key)):
            found.setdefault(row.agreement_id, []).append(row)
        return found

    parties, addenda, evaluations = of(PartyRow), of(AddendumRow), of(EvaluationRow)
    return tuple(
        _agreement(row, parties.get(row.id, []), addenda.get(row.id, []), evaluations.get(row.id, []))
        for row in session.scalars(query)
    )


def _agreement(
    row: AgreementRow, parties: list[PartyRow], addenda: list[AddendumRow], evaluations: list[EvaluationRow]
) -> Agreement:
    sides = {party.kabkota: party for party in parties}
    actors = (part.partition(":") for part in _parts(row.actors))
    return Agreement(
        id=f"{PREFIX}{row.id}",
        origin=Origin.OFFICE,
        document=row.document,
        state=State.SIGNED if row.signed else State.PREPARED,
        title=same(row.title),
        parties=tuple(
            Party(kode, **{name: getattr(sides[kode], name) for name in SIDE} if kode in sides else {})
            for kode in _parts(row.parties)
        ),
        sectors=tuple(Sector(s) for s in _parts(row.sectors)),
        object=row.object,
        scope=row.scope,
        kode=_parts(row.kode),
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
        actors=tuple(Participant(Role(role), name) for role, _, name in actors),
        version=row.version,
    )


def _parties(key: int) -> tuple[str, ...]:
    with database.read() as session:
        row = session.get(AgreementRow, key)
    if row is None:
        raise ConflictError({}, {})
    return _parts(row.parties)


def _side_of(key: int, kabkota: str) -> Agreement:
    """The agreement, if this kabkota is a party to it."""
    with database.read() as session:
        found = _agreements(session, key)
    if not found:
        raise ConflictError({}, {})
    if kabkota not in found[0].sides:
        raise EntryError("parties", "parties")
    return found[0]


def _current(session: Session, key: int, version: int) -> Agreement:
    """The agreement as it stands inside a transaction, if it is the one that was read."""
    found = _agreements(session, key)
    if not found or found[0].version != version:
        raise ConflictError(database.columns(session.get(AgreementRow, key)), {"id": key, "version": version})
    return found[0]


def _save_owned(
    session: Session,
    kind: Any,
    where: Mapping[str, Any],
    version: int,
    values: Mapping[str, Any],
    usual: Mapping[str, Any],
) -> None:
    """Add a row of one side, or change it if it is still the one that was read."""
    row = session.scalars(select(kind).filter_by(**where)).first()
    if row is None and not version:
        session.add(kind(**where, **{**usual, **values}))
        return
    if row is None:
        raise ConflictError({}, values)
    change(session, kind, row.id, version, values)


def _shared(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(SHARED)
    if unknown:
        raise EntryError(min(unknown), "unknown")
    clean: dict[str, Any] = _texts(values, ("title", "object", "scope", "renews", "under", "funding", "note"))
    clean |= _lists(values)
    days = ("stage_due", "starts", "ends", "dprd_requested", "dprd_approved")
    clean |= {name: values[name] for name in days if name in values}
    if "category" in values:
        clean["category"] = _member(Category, values["category"], "category")
    if "dprd" in values:
        clean["dprd"] = _member(Dprd, values["dprd"], "dprd")
    if "rupiah" in values:
        clean["rupiah"] = _rupiah(values["rupiah"])
    if "actors" in values:
        parts = [f"{_member(Role, a.role, 'actors')}:{a.name.replace(';', ',').strip()}" for a in values["actors"]]
        clean["actors"] = ";".join(parts)
    if not clean.get("title", "x"):
        raise EntryError("title", "empty")
    _order(clean.get("starts"), clean.get("ends"), "ends")
    _order(clean.get("dprd_requested"), clean.get("dprd_approved"), "dprd_approved")
    return clean


def _texts(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The named texts without space around them; one that is too long is refused, none is cut."""
    clean = {name: str(values[name]).strip() for name in names if name in values}
    for name, text in clean.items():
        if len(text) > _LENGTHS.get(name, LONGEST_TEXT):
            raise EntryError(name, "long")
    return clean


def _lists(values: Mapping[str, Any]) -> dict[str, str]:
    clean = {}
    if "sectors" in values:
        clean["sectors"] = ";".join(dict.fromkeys(_member(Sector, s, "sectors") for s in values["sectors"]))
    if "kode" in values:
        if any(";" in kode or len(kode) > 13 for kode in values["kode"]):
            raise EntryError("kode", "unknown")
        clean["kode"] = ";".join(dict.fromkeys(values["kode"]))
        if len(clean["kode"]) > LONGEST_TEXT:
            raise EntryError("kode", "long")
    return clean


def _member(kind: Any, value: Any, field: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise EntryError(field, "unknown") from error


def _rupiah(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not 0 <= value <= MOST_RUPIAH:
        raise EntryError("rupiah", "number")
    return value


def _order(first: date | None, last: date | None, field: str) -> None:
    if first is not None and last is not None and last < first:
        raise EntryError(field, "order")


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def renewal_of(agreement: Agreement) -> dict[str, Any]:
    """Values for a new agreement that follows this one."""
    return {
        "title": agreement.title.id, "sectors": agreement.sectors, "object": agreement.object, "scope": agreement.scope,
        "kode": agreement.kode, "category": agreement.category, "under": agreement.under, "renews": agreement.id,
    }  # fmt: skip
