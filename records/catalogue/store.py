"""Saving and withdrawing entries of the catalogue: admins alone, whole or not at all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.catalogue import CatalogueError, Fault
from data.catalogue.entries import plain
from data.tables import Dataset
from data.versions import in_force, with_entries, with_entry
from records import database, numbers
from records.catalogue import reading
from records.catalogue.tables import LONGEST_NOTE, EntryKind, EntryRow, EntryWithdrawal
from records.permissions import Action, Actor, ForbiddenError


def save(actor: Actor, shipped: Dataset, kind: str, raw: dict[str, Any], newest: int, note: str = "") -> int:
    """Save an entry as a new version; returns its number.

    Parameters
    ----------
    actor : an admin with an account
    shipped : the shipped data, to whose catalogue all saved entries are added
    kind, raw : of the entry, see `data.catalogue.entries.entry_of`
    newest : number of the newest entry that the admin has seen, 0 for none
    note : why

    Raises
    ------
    CatalogueError
        The entry cannot be, or another was saved meanwhile; its `faults` say what. Nothing is stored.
    records.permissions.ForbiddenError
        The actor is no admin.
    """
    with database.write(actor, Action.CATALOGUE) as session:
        account = _account(actor)
        number = numbers.following(session)
        if (session.scalar(select(func.max(EntryRow.number))) or 0) != newest:
            raise _refused("newer")
        if len(note) > LONGEST_NOTE:
            raise _refused("long", "note")
        data, _ = with_entries(shipped, in_force(reading.versions(session)))
        known = getattr(data.catalogue, EntryKind(kind).value)
        before = known.get(raw.get("id"))
        entry = getattr(with_entry(data, kind, raw).catalogue, kind)[raw["id"]]
        if entry == before:
            raise _refused("same")
        row = EntryRow(
            number=number,
            kind=EntryKind(kind),
            entry=entry.id,
            content=plain(entry),
            before=plain(before) if before is not None else None,
            note=note.strip(),
            account_id=account,
            author=actor.title,
        )
        session.add(row)
        return number


def withdraw(actor: Actor, shipped: Dataset, number: int, reason: str) -> None:
    """Withdraw a saved entry: what stood there before holds again; it stays on record.

    Parameters
    ----------
    actor, shipped : as of `save`
    number : of its version
    reason : why

    Raises
    ------
    CatalogueError
        There is no such entry in force, another one names it, or no reason is given. Nothing is stored.
    records.permissions.ForbiddenError
        The actor is no admin.
    """
    if not reason.strip() or len(reason) > LONGEST_NOTE:
        raise _refused("missing" if not reason.strip() else "long", "reason")
    with database.write(actor, Action.CATALOGUE) as session:
        account = _account(actor)
        numbers.following(session)
        row = session.scalar(select(EntryRow).where(EntryRow.number == number))
        if row is None or session.scalar(select(EntryWithdrawal.id).where(EntryWithdrawal.entry_id == row.id)):
            raise _refused("withdrawn")
        _refuse_loose_ends(session, shipped, number)
        session.add(EntryWithdrawal(entry_id=row.id, reason=reason.strip(), account_id=account, who=actor.title))


def _refuse_loose_ends(session: Session, shipped: Dataset, number: int) -> None:
    """Refuse to withdraw what entries in force name."""
    versions = in_force(reading.versions(session))
    _, before = with_entries(shipped, versions)
    _, after = with_entries(shipped, [v for v in versions if v.number != number])
    if loose := sorted(set(after) - set(before)):
        names = {row.number: row.entry for row in session.scalars(select(EntryRow))}
        raise _refused("needed", detail=", ".join(dict.fromkeys(names[n] for n in loose)))


def _account(actor: Actor) -> int:
    """Who is named as author; the command line is nobody."""
    if actor.account is None:
        raise ForbiddenError(actor, Action.CATALOGUE)
    return actor.account


def _refused(code: str, field: str = "", detail: str = "") -> CatalogueError:
    return CatalogueError(f"{field or 'entry'}: {code} {detail}".strip(), [Fault(field, code, detail)])
