"""The same tests on SQLite and PostgreSQL, each with an empty database of its own."""

import sys
from collections.abc import Iterator
from itertools import count
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

from records.database import Database
from tests.records import postgresql

_NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server on which databases can be made."""
    with postgresql.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres(server: str) -> Iterator[Engine]:
    """Makes, renames and drops databases."""
    made = create_engine(make_url(server), isolation_level="AUTOCOMMIT")
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def template(postgres: Engine, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """As `prepared`, of PostgreSQL: the name of a database from which others are made, and the form of its tables."""
    name = f"tapal_template_{tmp_path_factory.getbasetemp().name.replace('-', '_').lower()}"
    with postgres.connect() as connection:
        connection.execute(text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))
    made = Database(postgres.url.set(database=name))
    made.prepare()
    with made.engine.connect() as connection:
        form = str(connection.execute(FORM).scalar())
    made.engine.dispose()
    return name, form


@pytest.fixture(scope="session")
def spare(postgres: Engine) -> Iterator[list[str]]:
    """Names of databases of PostgreSQL with empty tables: to make one takes longer than most tests."""
    names: list[str] = []
    yield names
    with postgres.connect() as connection:
        for name in names:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


# Tables that are made anew have other numbers.
FORM = text("""
    SELECT md5(string_agg(concat(number, name), ',' ORDER BY number, name)) FROM (
        SELECT attrelid, attname::text FROM pg_attribute UNION ALL SELECT tgrelid, tgname::text FROM pg_trigger
        UNION ALL SELECT 0, version_num FROM alembic_version) AS form (number, name)
""")
END_OTHERS = text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
""")
# Without triggers, which keep the audit trail from being shortened; only a superuser can do without.
SUPERUSER = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
EMPTY = text("""
    DO $$ DECLARE name text; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('DELETE FROM %I', name);
        END LOOP;
        PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences;
    END $$
""")


def emptied(address: URL, form: str) -> bool:
    """Empty the tables of a database that a test has left, if they still have this form; tell whether they have."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(END_OTHERS)
        if connection.execute(FORM).scalar() != form or not connection.execute(SUPERUSER).scalar():
            return False
        connection.execute(EMPTY)
    return True


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty database, which is also that of the environment; with tables for `database`."""
    with_tables = "database" in request.fixturenames
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'tapal.sqlite3'}"
        if with_tables:
            request.getfixturevalue("tables")
        monkeypatch.setenv("DATABASE_URL", address)
        yield address
        return
    postgres, spare = request.getfixturevalue("postgres"), request.getfixturevalue("spare")
    template, form = request.getfixturevalue("template") if with_tables else ("template0", "")
    # No two tests read the same address: what is kept of one is never taken for the other's.
    name = f"tapal_{next(_NUMBERS)}_{tmp_path.parent.name.replace('-', '_').lower()}"
    with postgres.connect() as connection:
        if with_tables and spare:
            connection.execute(text(f'ALTER DATABASE "{spare.pop()}" RENAME TO "{name}"'))
        else:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\''))
    address = postgres.url.set(database=name)
    monkeypatch.setenv("DATABASE_URL", address.render_as_string(hide_password=False))
    yield address.render_as_string(hide_password=False)
    if with_tables and emptied(address, form):
        spare.append(name)
        return
    with postgres.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An empty database with its tables."""
    made = Database(make_url(url))
    made.prepare()
    yield made
    made.engine.dispose()


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> ForkServerContext:
    """Makes processes that begin to write at once, to be killed; what they run is imported once, before the first."""
    # A test of a page leaves app.py as the main module, and every new process would run it first.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    context = get_context("forkserver")
    context.set_forkserver_preload([f"tests.records.test_{name}" for name in ("killed", "drill_killed", "proposals")])
    return context
