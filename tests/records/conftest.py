"""The same tests on SQLite and PostgreSQL, each with an empty database of its own."""

import sys
from collections.abc import Iterator
from itertools import count
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import create_engine, make_url, text

from records.database import Database
from tests.records import postgresql

_NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server on which databases can be made."""
    with postgresql.server() as url:
        yield url


@pytest.fixture(scope="session")
def template(server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """As `prepared`, of PostgreSQL: the name of a database from which others are made."""
    name = f"tapal_template_{tmp_path_factory.getbasetemp().name.replace('-', '_').lower()}"
    admin = create_engine(make_url(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))
    admin.dispose()
    made = Database(admin.url.set(database=name))
    made.prepare()
    made.engine.dispose()
    return name


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
    admin = create_engine(make_url(request.getfixturevalue("server")), isolation_level="AUTOCOMMIT")
    template = request.getfixturevalue("template") if with_tables else "template0"
    name = f"tapal_{next(_NUMBERS)}_{tmp_path.parent.name.replace('-', '_').lower()}"
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\''))
    address = admin.url.set(database=name).render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", address)
    yield address
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


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
