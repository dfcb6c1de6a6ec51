"""Decisions of a meeting enter the register with one button: for editors of a side, asked again at the click."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from records import accounts, database, passwords
from records.agreements import entries, reading
from records.models import Role
from records.permissions import COMMAND_LINE, READER
from tests.pages.opening import HOSTILE, session_at, texts
from views.meeting import minutes
from views.screen import account

PASSWORD = "patok batas di kali"
ROWS = pd.DataFrame(
    {
        "decision": ["Ambulans lintas batas", HOSTILE],
        "pic": ["Dinas Kesehatan", "Bappeda"],
        "due": pd.to_datetime(["2099-01-31", "2099-02-01"]),
        "kelurahan": ["32.75.10.1002", None],
        "sector": ["kesehatan", None],
        "related": [None, None],
    }
)


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TAPAL_VAR", str(tmp_path))
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name, grants in {"editor": [(Role.EDITOR, "32.76")], "admin": [(Role.ADMIN, "")]}.items():
        accounts.make(COMMAND_LINE, name, name, PASSWORD, grants)
    yield
    database.current().engine.dispose()


def opened(monkeypatch: pytest.MonkeyPatch, name: str) -> AppTest:
    token = accounts.sign_in(name, PASSWORD) if name else ""
    monkeypatch.setattr(account, "_token", lambda: token or "")
    app = session_at("berita_acara", koridor="bekasi-depok")
    kept = {minutes.NAME: "Rapat", minutes.PLACE: "Depok", minutes.DAY: date(2026, 11, 28), minutes.AGENDA: "Satu"}
    app.session_state[minutes.KEPT] = {"rows": ROWS, **kept}
    return app.run()


def button(app: AppTest) -> list[str]:
    return [b.label for b in app.button if "ke register" in b.label]


def test_an_editor_enters_all_with_one_click_and_none_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, "editor")
    assert button(app) == ["Masukkan 2 keputusan ke register"]
    next(b for b in app.button if "ke register" in b.label).click().run()
    assert not app.exception
    assert [a.title.id for a in reading.agreements()] == ["Ambulans lintas batas", HOSTILE]
    assert {a.sides for a in reading.agreements()} == {("32.75", "32.76")}
    assert "2 keputusan masuk ke register" in str(app.success[0].value)
    assert button(app) == ["Masukkan 0 keputusan ke register"]


def test_one_that_cannot_be_leaves_none_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, "editor")
    monkeypatch.setattr(entries, "LONGEST_TEXT", 30)
    next(b for b in app.button if "ke register" in b.label).click().run()
    assert "Tidak ada yang dimasukkan: keputusan 1" in str(app.error[0].value)
    assert reading.agreements() == ()
    assert button(app) == ["Masukkan 2 keputusan ke register"]


@pytest.mark.parametrize("name", ["", "admin"])
def test_nobody_else_is_offered_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    app = opened(monkeypatch, name)
    assert button(app) == []
    assert "Pengisi dari salah satu sisi" in texts(app)


def test_a_session_that_ended_meanwhile_enters_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, "editor")
    monkeypatch.setattr(account, "actor", lambda: READER)
    next(b for b in app.button if "ke register" in b.label).click().run()
    assert reading.agreements() == ()
    assert "Sesi Anda sudah berakhir" in str(app.error[0].value)
