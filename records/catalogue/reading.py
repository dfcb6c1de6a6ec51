"""The entries of the catalogue that admins have saved: as versions for everybody, with their authors for admins."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.versions import CATALOGUE, Published
from records import database
from records.catalogue.tables import EntryRow, EntryWithdrawal
from records.permissions import Action, Actor, allowed

_HOME = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Saved:
    """A saved entry and where it stands.

    Attributes
    ----------
    number, kind, entry : version, kind and id
    content, before : the entry, and what stood there; None for a new one
    note, author, at : of whoever saved it
    withdrawn, who, reason : when, by whom and why it was withdrawn; None and "" while it is in force
    """

    number: int
    kind: str
    entry: str
    content: dict[str, Any]
    before: dict[str, Any] | None
    note: str
    author: str
    at: datetime
    withdrawn: datetime | None = None
    who: str = ""
    reason: str = ""


def versions(session: Session) -> tuple[Published, ...]:
    """Saved entries as versions of the data, oldest first.

    Parameters
    ----------
    session : of a read, or of the transaction that will write
    """
    return tuple(_version(row, ended) for row, ended in _rows(session))


def stamp(session: Session) -> tuple[int, int]:
    """How many entries and withdrawals there are: rows are only added."""
    last, ended = (
        session.scalar(select(kind.id).order_by(kind.id.desc()).limit(1)) or 0 for kind in (EntryRow, EntryWithdrawal)
    )
    return last, ended


def saved(actor: Actor) -> tuple[Saved, ...]:
    """Every saved entry, newest first; who saved or withdrew it only for admins."""
    url = database.address()
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return ()
    with database.read() as session:
        rows = [
            Saved(
                row.number, row.kind.value, row.entry, row.content, row.before, row.note, row.author, row.at,
                ended.at if ended else None, ended.who if ended else "", ended.reason if ended else "",
            )
            for row, ended in reversed(_rows(session))
        ]  # fmt: skip
    if allowed(actor, Action.CATALOGUE):
        return tuple(rows)
    return tuple(replace(one, author="", who="") for one in rows)


def _rows(session: Session) -> list[tuple[EntryRow, EntryWithdrawal | None]]:
    ended = {row.entry_id: row for row in session.scalars(select(EntryWithdrawal))}
    return [(row, ended.get(row.id)) for row in session.scalars(select(EntryRow).order_by(EntryRow.number))]


def _version(row: EntryRow, ended: EntryWithdrawal | None) -> Published:
    content = json.dumps(row.content, ensure_ascii=False, sort_keys=True)
    return Published(
        number=row.number,
        kind=CATALOGUE,
        kabkota="",
        day=row.at.astimezone(_HOME).date(),
        published=row.at,
        sha256=sha256(content.encode()).hexdigest(),
        rows=((row.kind.value, content),),
        withdrawn=ended.at if ended else None,
        why=ended.reason if ended else "",
    )
