"""Who is signed in, and a database of a test's own, for the pages on which people write."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from records import database
from records.models import Role
from records.permissions import Actor
from tests.records.acting import signed_in
from views.link import results

KOTA_SERANG = "36.73"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of the test's own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'tapal.sqlite3'}")


@pytest.fixture
def bekasi(empty: None, tables: None) -> Iterator[Actor]:
    """An editor of Kota Bekasi, whom the page takes for who is signed in."""
    actor = signed_in(database.current(), "bekasi")
    with patch("views.screen.account.actor", lambda: actor):
        yield actor


@pytest.fixture
def serang(empty: None, tables: None) -> Iterator[dict[str, Actor]]:
    """An editor and a verifier of Kota Serang; what they publish is forgotten afterwards."""
    yield {
        "editor": signed_in(database.current(), "sari", [(Role.EDITOR, KOTA_SERANG)]),
        "verifier": signed_in(database.current(), "tono", [(Role.VERIFIER, KOTA_SERANG)]),
    }
    results.forget()
