"""The same tests on SQLite and PostgreSQL, each with an empty database of its own."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

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


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty database, which is also that of the environment."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'tapal.sqlite3'}"
        monkeypatch.setenv("DATABASE_URL", address)
        yield address
        return
    admin = create_engine(make_url(request.getfixturevalue("server")), isolation_level="AUTOCOMMIT")
    name = f"tapal_{next(_NUMBERS)}_{tmp_path.parent.name.replace('-', '_').lower()}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))
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
