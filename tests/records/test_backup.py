"""Backup and restore: the same content afterwards, on either database; a damaged file changes nothing."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from records import accounts, backup
from records.backup import BackupError, content
from records.database import Database, head
from records.models import Account, Grant, Role
from records.permissions import COMMAND_LINE, READER, Action
from tests.records.acting import BEKASI, signed_in

ROOT = Path(__file__).parents[2]
HOSTILE = "<b>é\u2028'; DROP TABLE audit; --\n\"=1+1"


def fill(database: Database) -> str:
    """Accounts with a history; returns the hash of the content."""
    signed_in(database, "bekasi")
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        other = Account(name="other", title=HOSTILE, created_at=datetime(2024, 2, 29, 23, 59, 59, 1, UTC))
        other.grants = [Grant(role=Role.VERIFIER, kabkota=BEKASI), Grant(role=Role.ADMIN)]
        session.add(other)
    with database.write(COMMAND_LINE, Action.ACCOUNTS, file=HOSTILE) as session:
        session.get_one(Account, other.id).active = False
    return content(database)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """Another database, of SQLite."""
    database = Database(make_url(f"sqlite:///{tmp_path / 'other' / 'tapal.sqlite3'}"))
    yield database
    database.engine.dispose()


def test_a_backup_restores_the_same_content(database: Database, empty: Database, tmp_path: Path) -> None:
    before = fill(database)
    made = backup.backup(database, tmp_path / "b.zip")
    assert made["content"] == before
    assert made["tables"]["accounts"]["rows"] == 2
    backup.restore(empty, tmp_path / "b.zip")
    assert content(empty) == before, "from this database to the other"
    backup.backup(empty, tmp_path / "c.zip")
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.add(Account(name="later", title="Later"))
    assert content(database) != before
    backup.restore(database, tmp_path / "c.zip", replace=True)
    assert content(database) == before, "and back"
    assert database.revision() == head()


def test_what_is_restored_can_be_written_and_its_trail_only_grows(database: Database, tmp_path: Path) -> None:
    fill(database)
    backup.backup(database, tmp_path / "b.zip")
    backup.restore(database, tmp_path / "b.zip", replace=True)
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.add(Account(name="later", title="Later"))
    with pytest.raises(Exception, match="only grows"), database.writing.begin() as connection:
        connection.execute(text("DELETE FROM audit"))


def test_nobody_is_signed_in_after_a_restore(database: Database, tmp_path: Path) -> None:
    accounts.make(COMMAND_LINE, "rina", "Rina", "patok batas di kali")
    token = accounts.sign_in("rina", "patok batas di kali") or ""
    backup.backup(database, tmp_path / "b.zip")
    assert accounts.who(token) != READER
    backup.restore(database, tmp_path / "b.zip", replace=True)
    assert accounts.who(token) == READER


def test_a_database_that_is_not_empty_is_left_alone_unless_told(database: Database, tmp_path: Path) -> None:
    before = fill(database)
    backup.backup(database, tmp_path / "b.zip")
    with pytest.raises(BackupError, match="not empty"):
        backup.restore(database, tmp_path / "b.zip")
    assert content(database) == before


def test_a_file_with_any_byte_changed_changes_nothing(database: Database, tmp_path: Path) -> None:
    before = fill(database)
    file = tmp_path / "b.zip"
    backup.backup(database, file)
    (tmp_path / "b.zip.sha256").unlink()
    whole = file.read_bytes()
    step = max(1, len(whole) // 60)
    refused = 0
    for place in range(0, len(whole), step):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            backup.restore(database, file, replace=True)
        except BackupError:
            refused += 1
        # A changed date in the directory of the ZIP is no damage of what it holds.
        assert content(database) == before
    assert refused > 30
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:length])
        with pytest.raises(BackupError):
            backup.restore(database, file, replace=True)
    assert content(database) == before


def test_the_hash_beside_the_file_sees_every_change(database: Database, tmp_path: Path) -> None:
    made = backup.backup(database, tmp_path / "b.zip")
    done = subprocess.run(["sha256sum", "-c", "b.zip.sha256"], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 0
    assert made["sha256"] in (tmp_path / "b.zip.sha256").read_text()
    with (tmp_path / "b.zip").open("ab") as file:
        file.write(b"x")
    with pytest.raises(BackupError, match="hash"):
        backup.restore(database, tmp_path / "b.zip", replace=True)


def rewritten(file: Path, change: dict[str, object]) -> None:
    """Write a manifest anew, with other values."""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | change).encode()
    with zipfile.ZipFile(file, "w") as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    file.with_name(f"{file.name}.sha256").unlink(missing_ok=True)


@pytest.mark.parametrize("change", [{"revision": "9999"}, {"format": 2}, {"content": "x"}, {"tables": {}}])
def test_a_backup_of_another_version_or_forged_is_refused(
    database: Database, tmp_path: Path, change: dict[str, object]
) -> None:
    before = fill(database)
    backup.backup(database, tmp_path / "b.zip")
    rewritten(tmp_path / "b.zip", change)
    with pytest.raises(BackupError):
        backup.restore(database, tmp_path / "b.zip", replace=True)
    assert content(database) == before


def test_rows_that_cannot_be_written_undo_the_restore(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fill(database)
    backup.backup(database, tmp_path / "b.zip")
    monkeypatch.setattr(backup, "_value", lambda table, name, value: None)
    with pytest.raises(BackupError, match="nothing was changed"):
        backup.restore(database, tmp_path / "b.zip", replace=True)
    assert content(database) == before


def test_no_other_user_reads_the_file(database: Database, tmp_path: Path) -> None:
    backup.backup(database, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.glob(".b*")] == []


def test_values_are_plain_and_the_same_from_both_databases() -> None:
    assert backup._plain(datetime(2026, 1, 1)) == "2026-01-01T00:00:00+00:00"  # noqa: DTZ001 - as SQLite gives it
    assert backup._plain(Decimal("1.500")) == backup._plain(Decimal("1.5")) == "1.5"
    assert backup._plain(b"%PDF") == "JVBERg=="


def test_the_commands(database: Database, tmp_path: Path) -> None:
    before = fill(database)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "records", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    file = str(tmp_path / "b.zip")
    assert before in run("backup", file).stdout
    refused = run("restore", file)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "--replace" in refused.stderr
    assert before in run("restore", file, "--replace").stdout
    assert before in run("hash").stdout
    assert "no backup" in run("restore", str(ROOT / "README.md"), "--replace").stderr
