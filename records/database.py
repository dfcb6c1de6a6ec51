"""The database: where it is, how its tables come about, and the one way to write.

Without any setting it is one SQLite file, ``var/tapal.sqlite3`` beside the code; ``TAPAL_VAR`` names another folder.
``DATABASE_URL`` names a PostgreSQL server instead: ``postgresql://tapal:secret@localhost/tapal``.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from records import audit, sign_ins
from records.models import Versioned
from records.permissions import READER, Action, Actor, require

FILE = "tapal.sqlite3"
WAIT_S = 10
# One number for all processes of this product: whoever holds it changes the tables.
_MIGRATION_LOCK = 7_452_001
_WRITING = "tapal_writing"

Row = TypeVar("Row", bound=Versioned)


class ConflictError(Exception):
    """Somebody else saved this record after it was read; nothing was written.

    Parameters
    ----------
    stored : the record as it stands now, by column
    typed : what was to be written, by column
    """

    def __init__(self, stored: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
        super().__init__("the record was changed by somebody else")
        self.stored, self.typed = dict(stored), dict(typed)


class TooNewError(Exception):
    """The tables were made by a later version of the product."""


def var() -> Path:
    """The folder of what people write: ``TAPAL_VAR``, else ``var`` beside the code."""
    return Path(os.environ.get("TAPAL_VAR") or Path(__file__).parents[1] / "var").absolute()


def address() -> URL:
    """Where the database is, by the environment."""
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        return URL.create("sqlite", database=str(var() / FILE))
    url = make_url(given.replace("postgres://", "postgresql://", 1))
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise ValueError("DATABASE_URL names neither PostgreSQL nor SQLite")
    return url


def _sqlite(url: URL) -> Engine:
    """An engine on one file that only its owner can read."""
    file = Path(url.database or "")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    # What somebody typed stays out of messages, and so out of logs.
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": WAIT_S})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # SQLAlchemy says itself when a transaction begins; sqlite3 would begin too late.
        connection.isolation_level = None
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that will write waits for its turn at once; one that finds out later would have to give up.
        writing = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    options = f"-c timezone=UTC -c lock_timeout={WAIT_S}s -c idle_in_transaction_session_timeout=60s"
    arguments = {"options": options, "connect_timeout": WAIT_S}
    return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=arguments)


def columns(row: Any) -> dict[str, Any]:
    """Values of a record by column; none where it is gone."""
    return {c.key: getattr(row, c.key) for c in inspect(type(row)).column_attrs} if row else {}


class Database:
    """One database; its tables are brought up to date before the first use.

    Parameters
    ----------
    url : where it is
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
        self.writing = self.engine.execution_options(**{_WRITING: True})
        self._ready = False
        self._lock = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is one file."""
        return self.engine.dialect.name == "sqlite"

    def revision(self) -> str | None:
        """The form in which the tables are, None where there are none."""
        with self.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def prepare(self) -> None:
        """Bring the tables up to date, once; several processes may do so at the same time.

        Raises
        ------
        TooNewError
            A later version of the product has made them.
        """
        with self._lock:
            if self._ready:
                return
            if self.revision() != head():
                with self.changing_tables() as connection:
                    upgrade(connection)
            self._ready = True

    @contextmanager
    def changing_tables(self) -> Iterator[Connection]:
        """A transaction that changes tables, alone: it is carried out whole or not at all."""
        with self.writing.connect() as connection:
            if self.is_sqlite:
                # A table that is made anew for a change must not take with it what points to it; checked at the end.
                connection.connection.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    if not self.is_sqlite:
                        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
                    yield connection
                    if self.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise ValueError("a row points to one that is not there")
            finally:
                if self.is_sqlite:
                    connection.connection.execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session in which everything is read as of one moment; it cannot write."""
        self.prepare()
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            event.listen(session, "before_flush", audit.refuse)
            event.listen(session, "do_orm_execute", audit.refuse_statements)
            yield session

    @contextmanager
    def write(
        self,
        actor: Actor,
        action: Action,
        kabkota: str | Collection[str] | None = None,
        *,
        file: str | None = None,
    ) -> Iterator[Session]:
        """A transaction that writes: permission, rows and audit entries are one, and stand or fall together.

        The sign-in of the actor is read anew inside the transaction: a session that was ended meanwhile writes nothing.
        A row that is `Owned` by a kabkota is checked for its own kabkota as well, before and after the change.

        Parameters
        ----------
        actor : who writes
        action, kabkota : what is done, see `records.permissions.allowed`
        file : name of the file from which the values come

        Raises
        ------
        records.permissions.ForbiddenError
            The actor may not, or is no longer signed in.
        ConflictError
            Somebody else saved one of the rows after it was read.
        """
        self.prepare()
        with Session(self.writing, expire_on_commit=False) as session:
            try:
                with session.begin():
                    actor = sign_ins.as_of_now(session, actor)
                    require(actor, action, kabkota)
                    audit.watch(session, actor, action, file)
                    yield session
            except StaleDataError as error:
                raise self._conflict(session) from error

    @contextmanager
    def entering(self) -> Iterator[Session]:
        """A transaction in which somebody signs in, who is nobody yet; only sign-ins can be written in it."""
        self.prepare()
        with Session(self.writing, expire_on_commit=False) as session, session.begin():
            audit.watch(session, READER, Action.OWN, None)
            yield session

    def _conflict(self, session: Session) -> ConflictError:
        """What a save in the same moment has left, against what was to be written."""
        with self.read() as reading:
            for kind, key, typed in audit.changes(session):
                row = reading.get(kind, key) if key and issubclass(kind, Versioned) else None
                if row is None or row.version != typed["version"]:
                    return ConflictError(columns(row), typed)
        return ConflictError({}, {})


def change(session: Session, kind: type[Row], key: int, version: int, values: Mapping[str, Any]) -> Row:
    """Set values of a record, if it is still the one that was read.

    Parameters
    ----------
    session : of `Database.write`
    kind, key : table and key of the record
    version : that was read
    values : new values by column

    Raises
    ------
    ConflictError
        It was changed since, or is gone; the exception carries both versions.
    """
    row = session.get(kind, key, with_for_update=True, populate_existing=True)
    if row is None or row.version != version:
        raise ConflictError(columns(row), values)
    for name, value in values.items():
        setattr(row, name, value)
    return row


@cache
def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


@cache
def head() -> str:
    """The form of the tables that this version of the product needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


@cache
def known_revisions() -> frozenset[str]:
    """Every form of the tables that this version of the product can make."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Carry out the steps from the present form of the tables to another.

    Parameters
    ----------
    connection : of `Database.changing_tables`
    revision : the form to reach
    """
    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and present not in known_revisions():
        raise TooNewError(f"the tables are in a form ({present}) that this version of Tapal does not know")
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    finally:
        del config.attributes["connection"]


def draft(message: str) -> None:
    """Write the step from the tables of the last migration to those of the models, for a developer to read.

    Parameters
    ----------
    message : what changes
    """
    with current().changing_tables() as connection:
        config = _config()
        config.attributes["connection"] = connection
        number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
        command.revision(config, message=message, autogenerate=True, rev_id=f"{number:04}")


@cache
def _database(url: str) -> Database:
    return Database(make_url(url))


def current() -> Database:
    """The database that the environment names."""
    return _database(address().render_as_string(hide_password=False))


@contextmanager
def read() -> Iterator[Session]:
    """`Database.read` of the database that the environment names."""
    with current().read() as session:
        yield session


@contextmanager
def write(
    actor: Actor, action: Action, kabkota: str | Collection[str] | None = None, *, file: str | None = None
) -> Iterator[Session]:
    """`Database.write` of the database that the environment names.

    Parameters
    ----------
    actor, action, kabkota, file : as there
    """
    with current().write(actor, action, kabkota, file=file) as session:
        yield session
