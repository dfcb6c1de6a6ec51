"""What was submitted and decided: the published versions for everybody, the rest for the people of its kabkota."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Condition
from typing import Any, Final

from cachetools import LRUCache, cached
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import undefer

from data.versions import Published
from records import database
from records.catalogue import reading as catalogue
from records.database import TooNewError
from records.models import Role
from records.permissions import Action, Actor, require
from records.uploads.entries import UploadError, unpacked
from records.uploads.tables import DecisionRow, Kind, UploadRow, Verdict

_LOGGER: Final = logging.getLogger("tapal")


@dataclass(frozen=True)
class Submitted:
    """A submitted file and where it stands, without its rows.

    Attributes
    ----------
    key, kind, kabkota, name, sha256, day, note, count : of the submission
    author, account, at : who submitted it, and when
    rows_sha256 : hash of its rows
    state : waiting, published, rejected, cancelled, withdrawn or corrected; a published one that is being corrected
        stays published until the correction is
    number, verifier, decided, reason : version, second person, moment and note of the last decision
    revises : key of the submission that it corrects
    complete : of a list of places, whether it names all of them
    """

    key: int
    kind: Kind
    kabkota: str
    name: str
    sha256: str
    day: date
    note: str
    count: int
    author: str
    account: int
    at: datetime
    rows_sha256: str
    state: str
    number: int | None = None
    verifier: str = ""
    decided: datetime | None = None
    reason: str = ""
    revises: int | None = None
    complete: bool = False


def history() -> tuple[Published, ...] | None:
    """All published versions and saved entries of the catalogue, withdrawn ones too, oldest first.

    None where the database cannot be used.
    """
    url = database.address()
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return ()
    try:
        return _kept(url.render_as_string(hide_password=False), stamp())
    except (SQLAlchemyError, OSError, TooNewError) as error:
        _LOGGER.error("The database cannot be used; only the shipped data are shown", exc_info=error)
        return None


def stamp() -> tuple[int, datetime | None, int, int]:
    """Key and moment of the last decision, and of the catalogue: versions read at the same stamp are still all."""
    with database.read() as session:
        last = session.execute(select(DecisionRow.id, DecisionRow.at).order_by(DecisionRow.id.desc()).limit(1)).first()
        return *((last.id, last.at) if last else (0, None)), *catalogue.stamp(session)


@cached(LRUCache(2), condition=Condition())
def _kept(url: str, now: tuple[int, datetime | None, int, int]) -> tuple[Published, ...]:
    with database.read() as session:
        found = session.execute(
            select(UploadRow, DecisionRow)
            .join(DecisionRow, DecisionRow.upload_id == UploadRow.id)
            .where(DecisionRow.verdict == Verdict.PUBLISH)
            .order_by(DecisionRow.number)
        ).all()
        ended = session.scalars(select(DecisionRow).where(DecisionRow.verdict == Verdict.WITHDRAW)).all()
        entries = catalogue.versions(session)
    withdrawn = {row.upload_id: row for row in ended}
    numbers = {upload.id: decision.number for upload, decision in found}
    files = [
        Published(
            number=decision.number or 0,
            kind=upload.kind.value,
            kabkota=upload.kabkota,
            day=upload.day,
            published=decision.at,
            withdrawn=withdrawn[upload.id].at if upload.id in withdrawn else None,
            why=withdrawn[upload.id].reason if upload.id in withdrawn else "",
            sha256=upload.sha256,
            revises=numbers.get(upload.revises or 0),
            complete=upload.mapping.get("complete") is True,
            rows=_rows(url, upload.id, upload.rows_sha256),
        )
        for upload, decision in found
    ]
    return tuple(sorted((*files, *entries), key=lambda version: version.number))


@cached(LRUCache(128), condition=Condition())
def _rows(url: str, key: int, digest: str) -> tuple[tuple[Any, ...], ...]:
    """Rows of a submission, which never change."""
    with database.read() as session:
        content = session.scalar(select(UploadRow.rows).where(UploadRow.id == key)) or b""
    return tuple(tuple(row) for row in unpacked(content, digest))


def rows_of(actor: Actor, key: int) -> tuple[tuple[Any, ...], ...]:
    """The rows of a submission that may still wait: only for editors and verifiers of its kabkota.

    Raises
    ------
    records.permissions.ForbiddenError
        The actor is neither.
    """
    with database.read() as session:
        row = session.scalar(select(UploadRow).options(undefer(UploadRow.rows)).where(UploadRow.id == key))
    if row is None:
        raise UploadError("unknown")
    if row.kabkota not in actor.kabkota(Role.EDITOR):
        require(actor, Action.VERIFY, row.kabkota)
    return tuple(tuple(line) for line in unpacked(row.rows, row.rows_sha256))


def submitted(actor: Actor) -> tuple[Submitted, ...]:
    """Every submission of the kabkota for which the actor is editor or verifier, newest first."""
    mine = actor.kabkota(Role.EDITOR) | actor.kabkota(Role.VERIFIER)
    return tuple(one for one in _all() if one.kabkota in mine) if mine else ()


def published() -> tuple[Submitted, ...]:
    """What was published, withdrawn ones too, newest first; names of people are left to `submitted`."""
    return tuple(replace(one, author="", verifier="", account=0) for one in _all() if one.number is not None)


def remembered(kabkota: str) -> dict[str, Any]:
    """How the last file of a kabkota was read: the answers of its people, None of them newer than the others."""
    with database.read() as session:
        rows = session.scalars(
            select(UploadRow.mapping).where(UploadRow.kabkota == kabkota).order_by(UploadRow.id.desc()).limit(20)
        ).all()
    merged: dict[str, Any] = {}
    for mapping in reversed(rows):
        for name, value in mapping.items():
            if isinstance(value, dict):
                merged[name] = {**merged.get(name, {}), **value}
    return merged


def _all() -> tuple[Submitted, ...]:
    url = database.address()
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return ()
    with database.read() as session:
        uploads = session.scalars(select(UploadRow).order_by(UploadRow.id.desc())).all()
        decisions = session.scalars(select(DecisionRow).order_by(DecisionRow.id)).all()
    of: dict[int, list[DecisionRow]] = {}
    for decision in decisions:
        of.setdefault(decision.upload_id, []).append(decision)
    corrected = {row.revises for row in uploads if row.revises is not None}
    return tuple(_submitted(row, of.get(row.id, []), row.id in corrected) for row in uploads)


def _submitted(row: UploadRow, decisions: list[DecisionRow], corrected: bool) -> Submitted:
    names = {
        Verdict.PUBLISH: "published", Verdict.REJECT: "rejected", Verdict.CANCEL: "cancelled",
        Verdict.WITHDRAW: "withdrawn",
    }  # fmt: skip
    last = decisions[-1] if decisions else None
    first = next((d for d in decisions if d.verdict is Verdict.PUBLISH), last)
    return Submitted(
        key=row.id,
        kind=row.kind,
        kabkota=row.kabkota,
        name=row.name,
        sha256=row.sha256,
        day=row.day,
        note=row.note,
        count=row.count,
        author=row.author,
        account=row.account_id,
        at=row.at,
        rows_sha256=row.rows_sha256,
        state=names[last.verdict] if last else "corrected" if corrected else "waiting",
        number=first.number if first else None,
        verifier=first.who if first else "",
        decided=first.at if first else None,
        reason=last.reason if last else "",
        revises=row.revises,
        complete=row.mapping.get("complete") is True,
    )
