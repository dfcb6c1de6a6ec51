"""The audit trail: every write leaves who, when, what, before, after and from which file, in its own transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from records.models import AuditEntry, Base, Owned, Reported, Role, Shared, now
from records.permissions import READER, RESIDENT, Action, Actor, ForbiddenError, require

COLUMNS = ("at", "who", "action", "table_name", "row_id", "before", "after", "file")
PAGE_ROWS = 200
HIDDEN = "…"
_ACTOR, _ACTION, _FILE, _CHANGES = "tapal_actor", "tapal_action", "tapal_file", "tapal_changes"


def plain(value: Any) -> Any:
    """A value as JSON can hold it; of a file only length and hash."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return {"bytes": len(value), "sha256": sha256(value).hexdigest()}
    return value


def _difference(kind: str, row: Base) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Values of a row before and after, by column: all of one that comes or goes, else those that change."""
    state = inspect(row)
    before, after = {}, {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if kind != "update":
            old = new = getattr(row, column.key)
        elif not history.has_changes():
            continue
        elif not history.deleted:
            raise RuntimeError(f"{column.key} was set before it was read: what it was cannot be noted")
        else:
            old, new = history.deleted[0], next(iter(history.added), None)
        if column.columns[0].info.get("secret"):
            old = new = HIDDEN
        before[column.key], after[column.key] = plain(old), plain(new)
    return (None if kind == "insert" else before), (None if kind == "delete" else after)


def watch(session: Session, actor: Actor, action: Action, file: str | None) -> None:
    """Check and note every change of a session from here on.

    Parameters
    ----------
    session : of a transaction that has only begun
    actor : who writes, as of now
    action : what for; a verifier may write what is shared, never what belongs to a side
    file : name of the file from which the values come
    """
    session.info.update({_ACTOR: actor, _ACTION: action, _FILE: file, _CHANGES: []})
    event.listen(session, "before_flush", _check)
    event.listen(session, "after_flush", _write_down)
    event.listen(session, "do_orm_execute", refuse_statements)


def _changed(session: Session) -> Iterator[tuple[str, Base]]:
    yield from (("insert", row) for row in session.new)
    yield from (("update", row) for row in session.dirty if session.is_modified(row))
    yield from (("delete", row) for row in session.deleted)


def _check(session: Session, _: UOWTransaction, __: object) -> None:
    """Refuse a change by nobody or of what belongs to another side, and text that not every database can hold."""
    for kind, row in _changed(session):
        if session.info[_ACTOR] == READER and not getattr(type(row), "__unaudited__", False):
            raise ForbiddenError(READER, Action.EDIT)
        if session.info[_ACTOR].drill is not None and getattr(row, "drill_id", None) != session.info[_ACTOR].drill:
            raise ForbiddenError(session.info[_ACTOR], Action.EDIT)
        state = inspect(row)
        if isinstance(row, Owned):
            owners = {row.kabkota, *state.attrs["kabkota"].history.deleted}
            for owner in owners:
                require(session.info[_ACTOR], Action.EDIT, owner)
        if isinstance(row, Shared):
            for parties in {row.parties, *state.attrs["parties"].history.deleted}:
                require(session.info[_ACTOR], _shared_action(session), parties.split(";"))
            if kind != "delete":
                _sign(session, row)
        if isinstance(row, Reported):
            sent = kind == "insert" and session.info[_ACTOR] is RESIDENT
            for owner in {row.kabkota, *state.attrs["kabkota"].history.deleted}:
                require(session.info[_ACTOR], Action.REPORT if sent else Action.MODERATE, owner)
        for column in state.mapper.column_attrs:
            value = state.dict.get(column.key)
            if isinstance(value, str) and ("\0" in value or (not value.isprintable() and _broken(value))):
                raise ValueError(f"{column.key}: a character that is no text")
        values = {column.key: state.dict.get(column.key) for column in state.mapper.column_attrs}
        session.info[_CHANGES].append((type(row), state.identity, values))


def _shared_action(session: Session) -> Action:
    return Action.VERIFY if session.info[_ACTION] is Action.VERIFY else Action.EDIT


def _sign(session: Session, row: Shared) -> None:
    """Leave on a shared row for which of its sides somebody writes, after those who did before, and when."""
    role = Role.VERIFIER if _shared_action(session) is Action.VERIFY else Role.EDITOR
    own = session.info[_ACTOR].kabkota(role)
    if role is Role.EDITOR or not row.entered_by:
        before = filter(None, (row.entered_by or "").split(";"))
        row.entered_by = ";".join(dict.fromkeys([*before, *(side for side in row.parties.split(";") if side in own)]))
    row.saved_at = now()


def _broken(text: str) -> bool:
    """Tell whether a text holds half a character, which no database keeps."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _write_down(session: Session, _: UOWTransaction) -> None:
    for kind, row in _changed(session):
        if not getattr(type(row), "__unaudited__", False):
            before, after = _difference(kind, row)
            note(session, kind, str(row.__tablename__), row.id, before=before, after=after)


def note(
    session: Session,
    action: str,
    table: str = "",
    row: int | None = None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    actor: Actor | None = None,
) -> None:
    """Add an entry to the audit trail.

    Parameters
    ----------
    session : of the transaction to which it belongs
    action : insert, update, delete, or what else happened
    table, row : to what
    before, after : values by column
    actor : who, where it is not the actor of the session
    """
    who = actor or session.info[_ACTOR]
    values = {
        "account_id": who.account,
        "who": who.name,
        "action": action,
        "table_name": table,
        "row_id": row,
        "before": before,
        "after": after,
        "file": session.info.get(_FILE),
    }
    session.connection().execute(insert(AuditEntry), values)


def note_changes(
    session: Session, table: str, changed: Sequence[tuple[int, Mapping[str, Any], Mapping[str, Any]]]
) -> None:
    """Add an entry for each of many rows that a statement changes past the session.

    Parameters
    ----------
    session : of the transaction to which they belong
    table : of the rows
    changed : key of the row, and what changes in it before and after
    """
    who = session.info[_ACTOR]
    common = {"account_id": who.account, "who": who.name, "action": "update", "table_name": table}
    common |= {"file": session.info.get(_FILE)}
    rows = [
        {
            **common,
            "row_id": key,
            "before": {name: plain(value) for name, value in before.items()},
            "after": {name: plain(value) for name, value in after.items()},
        }
        for key, before, after in changed
    ]
    if rows:
        session.connection().execute(insert(AuditEntry), rows)


def changes(session: Session) -> list[tuple[type[Base], Any, dict[str, Any]]]:
    """Table, key and values by column of every row that a session was about to write."""
    return list(session.info[_CHANGES])


def refuse(session: Session, _: UOWTransaction, __: object) -> None:
    """Stop a change outside of `records.database.write`: the listener of ``before_flush`` in a session that only reads.

    Parameters
    ----------
    session : that is about to write
    _, __ : what else comes with the event, not used

    Raises
    ------
    RuntimeError
        Something was to be changed.
    """
    if any(True for _ in _changed(session)):
        raise RuntimeError("what is read is not changed: use records.database.write")


def refuse_statements(state: ORMExecuteState) -> None:
    """Stop a statement that would change rows past the audit trail."""
    if (state.is_insert or state.is_update or state.is_delete) and not state.execution_options.get("unaudited"):
        raise RuntimeError("rows are changed as objects, so that the audit trail sees them")


def entries(session: Session, actor: Actor) -> Sequence[AuditEntry]:
    """The latest entries (`PAGE_ROWS`), newest first.

    Parameters
    ----------
    session : of a read
    actor : who asks

    Raises
    ------
    records.permissions.ForbiddenError
        The actor may not read the audit trail.
    """
    require(actor, Action.READ_AUDIT)
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE_ROWS)).all()


def everything(session: Session, actor: Actor) -> Iterator[dict[str, Any]]:
    """Every entry as a row of a table (`COLUMNS`), oldest first; before and after as JSON.

    Parameters
    ----------
    session : of a read
    actor : who asks

    Raises
    ------
    records.permissions.ForbiddenError
        The actor may not read the audit trail.
    """
    require(actor, Action.READ_AUDIT)
    query = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    return (as_row(entry) for entry in session.scalars(query))


def as_row(entry: AuditEntry) -> dict[str, Any]:
    """An entry as flat text by column."""
    values = {name: plain(getattr(entry, name)) for name in COLUMNS}
    return {
        name: json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else value
        for name, value in values.items()
    }
