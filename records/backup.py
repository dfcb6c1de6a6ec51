"""Backup and restore: one file that holds every table as text, is checked before it is used, and fits both databases.

The file is a ZIP: ``manifest.json`` and ``tables/NAME.jsonl``, a row a line. Sign-ins and counted attempts stay
out: nobody is signed in after a restore.
"""

from __future__ import annotations

import base64
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from sqlalchemy import Connection, DateTime, Integer, LargeBinary, MetaData, Numeric, Table, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from records.database import Database, TooNewError, known_revisions, upgrade

FORMAT: Final = 1
_LEFT_OUT: Final = {"alembic_version", "attempts", "sign_ins"}
_MANIFEST: Final = "manifest.json"


class BackupError(ValueError):
    """A backup cannot be used, or would overwrite something; nothing was changed."""


def _reflected(connection: Connection) -> tuple[MetaData, list[Table]]:
    """All that is there, and the tables of it that are kept, those first to which others point."""
    found = MetaData()
    found.reflect(connection)
    return found, [table for table in found.sorted_tables if table.name not in _LEFT_OUT]


def _plain(value: Any) -> Any:
    """A value as JSON has it, the same from both databases."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Every row of a table as a line, in the order of its key."""
    rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    for row in rows:
        values = {str(name): _plain(value) for name, value in row.items()}
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _digest(lines: Iterator[bytes]) -> tuple[str, int]:
    digest, count = sha256(), 0
    for line in lines:
        digest.update(line)
        count += 1
    return digest.hexdigest(), count


def _content(tables: dict[str, dict[str, Any]]) -> str:
    """One hash over the hashes of all tables."""
    return sha256("\n".join(f"{name} {tables[name]['sha256']}" for name in sorted(tables)).encode()).hexdigest()


def _described(connection: Connection, tables: Iterable[Table]) -> dict[str, dict[str, Any]]:
    found = {}
    for table in tables:
        digest, count = _digest(_lines(connection, table))
        found[table.name] = {"sha256": digest, "rows": count}
    return found


def _snapshot(database: Database) -> Connection:
    """A connection that sees everything as of one moment."""
    connection = database.engine.connect()
    return connection if database.is_sqlite else connection.execution_options(isolation_level="REPEATABLE READ")


def content(database: Database) -> str:
    """A hash of all that is written, without sign-ins; the same on both databases."""
    database.prepare()
    with _snapshot(database) as connection:
        return _content(_described(connection, _reflected(connection)[1]))


def backup(database: Database, file: Path) -> dict[str, Any]:
    """Write everything to a file, as of one moment; the file is there whole or not at all.

    Parameters
    ----------
    database : may be in use meanwhile
    file : to write; its own hash is written beside it, as ``sha256sum -c`` reads it

    Returns
    -------
    dict
        revision, tables, content (hash of all rows) and sha256 (of the file).
    """
    database.prepare()
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as made:
        try:
            with _snapshot(database) as connection, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
                described = {}
                for table in _reflected(connection)[1]:
                    with packed.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
                        digest, count = _digest(_passed_on(_lines(connection, table), out.write))
                    described[table.name] = {"sha256": digest, "rows": count}
                manifest = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(), "revision": database.revision()}
                manifest |= {"tables": described, "content": _content(described)}
                packed.writestr(_MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
            made.flush()
            os.fsync(made.fileno())
            made.close()
            digest = _hash_of(Path(made.name))
            Path(made.name).replace(file)
        except BaseException:
            made.close()
            Path(made.name).unlink(missing_ok=True)
            raise
    _beside(file).write_text(f"{digest}  {file.name}\n", encoding="utf-8")
    return {**manifest, "sha256": digest}


def _passed_on(lines: Iterator[bytes], write: Callable[[bytes], object]) -> Iterator[bytes]:
    for line in lines:
        write(line)
        yield line


def _hash_of(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _checked(file: Path) -> dict[str, Any]:
    """The manifest of a backup of which every byte is as it was written.

    Raises
    ------
    BackupError
        The file is damaged or no backup.
    """
    try:
        if _beside(file).exists() and _beside(file).read_text(encoding="utf-8").split()[0] != _hash_of(file):
            raise BackupError(f"{file.name} is not the file that was written: its hash is another")
        with zipfile.ZipFile(file) as packed:
            manifest: dict[str, Any] = json.loads(packed.read(_MANIFEST))
            if manifest["format"] != FORMAT:
                raise BackupError(f"{file.name} is a backup of another format ({manifest['format']})")
            for name, described in manifest["tables"].items():
                with packed.open(f"tables/{name}.jsonl") as lines:
                    if _digest(iter(lines)) != (described["sha256"], described["rows"]):
                        raise BackupError(f"{file.name}: the rows of {name} are damaged")
        if manifest["content"] != _content(manifest["tables"]):
            raise BackupError(f"{file.name}: its list of tables is damaged")
    except BackupError:
        raise
    except Exception as error:  # however reading fails, the file is not what was written
        raise BackupError(f"{file.name} is damaged or no backup of Tapal ({type(error).__name__})") from error
    return manifest


def _value(table: Table, name: str, value: Any) -> Any:
    """A value as the database takes it, from JSON."""
    if value is None:
        return None
    kind = table.c[name].type
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if kind.timezone else moment.replace(tzinfo=None)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if kind.python_type is date:
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(kind, Numeric) and isinstance(value, str) else value


def restore(database: Database, file: Path, *, replace: bool = False) -> dict[str, Any]:
    """Bring everything back from a file, in one transaction: whole or not at all.

    Parameters
    ----------
    database : empty, or to be replaced
    file : of `backup`, of either database
    replace : whether what is there now may go

    Returns
    -------
    dict
        The manifest of the backup.

    Raises
    ------
    BackupError
        The file is damaged or of a later version, or the database is not empty; nothing was changed.
    """
    manifest = _checked(file)
    if manifest["revision"] not in known_revisions():
        raise BackupError(f"{file.name} was written by a later version of Tapal ({manifest['revision']})")
    try:
        with database.changing_tables() as connection:
            old, there = _reflected(connection)
            if not replace and any(connection.scalar(select(func.count()).select_from(table)) for table in there):
                raise BackupError("the database is not empty; --replace puts the backup in its place")
            old.drop_all(connection)
            upgrade(connection, manifest["revision"])
            _, tables = _reflected(connection)
            _fill(connection, tables, file)
            if _content(_described(connection, tables)) != manifest["content"]:
                raise BackupError("the rows do not read as they were written")
            upgrade(connection)
    except (SQLAlchemyError, TooNewError, KeyError, ValueError) as error:
        if isinstance(error, BackupError):
            raise
        raise BackupError(f"the rows cannot be written ({type(error).__name__}); nothing was changed") from error
    return manifest


def _fill(connection: Connection, tables: Iterable[Table], file: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        for table in tables:
            with packed.open(f"tables/{table.name}.jsonl") as lines:
                for line in lines:
                    values = {name: _value(table, name, value) for name, value in json.loads(line).items()}
                    connection.execute(insert(table), values)
            key = table.c.get("id")
            if connection.dialect.name == "postgresql" and key is not None and isinstance(key.type, Integer):
                # The next row gets a key after those that were brought back.
                query = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :next, false)")
                highest = connection.scalar(select(func.max(key))) or 0
                connection.execute(query, {"name": table.name, "next": highest + 1})
