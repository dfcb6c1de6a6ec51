"""Accounts and sign-ins on both databases, and who is told what."""

import subprocess
import sys
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from records import accounts, attempts, passwords
from records.accounts import AccountError
from records.audit import everything
from records.database import ConflictError, Database
from records.models import AuditEntry, Role, SignIn
from records.permissions import COMMAND_LINE, READER, Action, Actor, ForbiddenError
from tests.records.acting import BEKASI, DEPOK

ROOT = Path(__file__).parents[2]
PASSWORD, OTHER = "patok batas di kali", "jembatan baru 2026"
ADMIN, EDITOR = [(Role.ADMIN, "")], [(Role.EDITOR, BEKASI)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little; tests/records/test_passwords.py has those of the product."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def admin(database: Database) -> Actor:
    """An admin who is signed in."""
    accounts.make(COMMAND_LINE, "admin", "Ibu Admin", PASSWORD, ADMIN)
    return accounts.who(accounts.sign_in("admin", PASSWORD) or "")


@pytest.fixture
def rina(admin: Actor) -> int:
    """The account of an editor."""
    return accounts.make(admin, "rina", "Rina", PASSWORD, EDITOR)


def row(admin: Actor, key: int) -> accounts.Listed:
    return next(listed for listed in accounts.listed(admin) if listed.id == key)


def test_signing_in_gives_a_token_of_which_only_the_hash_is_kept(rina: int, database: Database) -> None:
    token = accounts.sign_in("RINA ", PASSWORD)
    assert token is not None
    assert len(token) >= 43
    actor = accounts.who(token)
    assert (actor.name, actor.title, actor.account, actor.grants) == ("rina", "Rina", rina, frozenset(EDITOR))
    with database.read() as session:
        assert token not in session.scalars(select(SignIn.token_hash)).all()
        entries = [(e.action, e.who) for e in session.scalars(select(AuditEntry))]
    assert ("sign_in", "rina") in entries


@pytest.mark.parametrize(
    ("name", "password"),
    [("rina", OTHER), ("rina", ""), ("budi", PASSWORD), ("", ""), ("rina' OR 1=1 --", PASSWORD), ("rina\0", PASSWORD)],
)
def test_a_wrong_name_or_password_gives_nothing(rina: int, name: str, password: str) -> None:
    assert accounts.sign_in(name, password) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 10_000, "é", "' OR 1=1 --"])
def test_what_is_no_token_is_a_reader(rina: int, token: str) -> None:
    assert accounts.who(token) == READER


def test_every_sign_in_has_a_token_of_its_own(rina: int) -> None:
    one, other = (accounts.sign_in("rina", PASSWORD) for _ in range(2))
    assert one != other
    assert accounts.who(one or "") != READER != accounts.who(other or "")


def test_signing_out_ends_every_browser_of_the_account_and_no_other(admin: Actor, rina: int) -> None:
    one, other = (accounts.sign_in("rina", PASSWORD) or "" for _ in range(2))
    accounts.sign_out(one)
    assert accounts.who(one) == accounts.who(other) == READER
    assert row(admin, rina).sign_ins == 0
    assert row(admin, admin.account or 0).sign_ins == 1
    accounts.sign_out(one)  # twice is no error


def test_a_new_password_ends_every_sign_in_and_the_old_password(admin: Actor, rina: int) -> None:
    stolen, own = (accounts.sign_in("rina", PASSWORD) or "" for _ in range(2))
    accounts.own_password(accounts.who(own), PASSWORD, OTHER)
    assert accounts.who(stolen) == accounts.who(own) == READER
    assert accounts.sign_in("rina", PASSWORD) is None
    token = accounts.sign_in("rina", OTHER) or ""
    accounts.reset_password(admin, rina, PASSWORD)
    assert accounts.who(token) == READER
    assert accounts.sign_in("rina", PASSWORD)


def test_the_old_password_is_asked_for_and_not_for_ever(rina: int) -> None:
    actor = accounts.who(accounts.sign_in("rina", PASSWORD) or "")
    for _ in range(5):
        with pytest.raises(AccountError, match="wrong_password"):
            accounts.own_password(actor, OTHER, OTHER)
    with pytest.raises(AccountError, match="wrong_password"):
        accounts.own_password(actor, PASSWORD, OTHER)
    attempts.forgive("rina", "")
    with pytest.raises(AccountError, match="weak"):
        accounts.own_password(actor, PASSWORD, "short")
    with pytest.raises(ForbiddenError):
        accounts.own_password(READER, PASSWORD, OTHER)


def test_a_closed_account_is_out_at_once_and_cannot_come_back(admin: Actor, rina: int) -> None:
    token = accounts.sign_in("rina", PASSWORD) or ""
    listed = row(admin, rina)
    accounts.save(admin, rina, listed.version, title="Rina", email="", active=False, grants=EDITOR)
    assert accounts.who(token) == READER
    assert accounts.sign_in("rina", PASSWORD) is None
    accounts.save(admin, rina, row(admin, rina).version, title="Rina", email="", active=True, grants=EDITOR)
    assert accounts.who(token) == READER, "what has ended stays so"


def test_new_roles_count_at_the_next_action(admin: Actor, rina: int, database: Database) -> None:
    token = accounts.sign_in("rina", PASSWORD) or ""
    before = accounts.who(token)
    depok = [(Role.EDITOR, DEPOK), (Role.VERIFIER, BEKASI)]
    accounts.save(admin, rina, row(admin, rina).version, title="Rina", email="", active=True, grants=depok)
    assert accounts.who(token).grants == frozenset(depok)
    with pytest.raises(ForbiddenError), database.write(before, Action.EDIT, BEKASI):
        pass


def test_two_admins_who_save_the_same_account_do_not_overwrite_each_other(admin: Actor, rina: int) -> None:
    version = row(admin, rina).version
    accounts.save(admin, rina, version, title="Rina B.", email="", active=True, grants=EDITOR)
    with pytest.raises(ConflictError) as told:
        accounts.save(admin, rina, version, title="Rina C.", email="", active=True, grants=[])
    assert (told.value.stored["title"], told.value.typed["title"]) == ("Rina B.", "Rina C.")
    assert row(admin, rina).grants == tuple(EDITOR)


def test_somebody_always_looks_after_the_accounts(admin: Actor) -> None:
    own = row(admin, admin.account or 0)
    for active, grants in ((False, ADMIN), (True, EDITOR)):
        with pytest.raises(AccountError, match="last_admin"):
            accounts.save(admin, own.id, own.version, title=own.title, email="", active=active, grants=grants)
    assert accounts.listed(admin)[0].active


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"name": "Rina Bekasi"}, "name"),
        ({"name": "<b>"}, "name"),
        ({"name": "x"}, "name"),
        ({"name": "x'; DROP TABLE accounts; --"}, "name"),
        ({"name": "admin"}, "taken"),
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"email": "no address"}, "email"),
        ({"password": "short"}, "weak"),
        ({"grants": [(Role.EDITOR, "")]}, "grants"),
        ({"grants": [(Role.EDITOR, "bekasi")]}, "grants"),
        ({"grants": [(Role.ADMIN, BEKASI)]}, "grants"),
    ],
)
def test_what_cannot_be_an_account_is_refused(admin: Actor, wrong: dict[str, str], reason: str) -> None:
    entered = {"name": "budi", "title": "Budi", "password": PASSWORD, "grants": EDITOR, **wrong}
    with pytest.raises(AccountError) as told:
        accounts.make(admin, **entered)  # type: ignore[arg-type]
    assert told.value.reason == reason
    assert len(accounts.listed(admin)) == 1


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "'; DROP TABLE accounts; --", "=1+1", "](http://a.example)"]
)
def test_a_hostile_name_is_kept_as_it_was_typed(admin: Actor, hostile: str) -> None:
    key = accounts.make(admin, "budi", hostile, PASSWORD)
    assert row(admin, key).title == hostile


def test_only_admins_look_after_accounts_and_nobody_after_others_sessions(admin: Actor, rina: int) -> None:
    editor = accounts.who(accounts.sign_in("rina", PASSWORD) or "")
    own = admin.account or 0
    for actor in (editor, READER):
        with pytest.raises(ForbiddenError):
            accounts.make(actor, "budi", "Budi", PASSWORD)
        with pytest.raises(ForbiddenError):
            accounts.save(actor, rina, 1, title="x", email="", active=True, grants=ADMIN)
        with pytest.raises(ForbiddenError):
            accounts.reset_password(actor, own, OTHER)
        with pytest.raises(ForbiddenError):
            accounts.end_sign_ins(actor, own)
        with pytest.raises(ForbiddenError):
            accounts.listed(actor)
    assert accounts.end_sign_ins(editor, rina) == 1


def test_no_password_and_no_token_is_in_the_audit_trail(admin: Actor, rina: int, database: Database) -> None:
    token = accounts.sign_in("rina", PASSWORD) or ""
    accounts.own_password(accounts.who(token), PASSWORD, OTHER)
    with database.read() as session:
        said = str(list(everything(session, admin)))
    assert "argon2" not in said
    assert token not in said
    assert PASSWORD not in said


def test_another_service_signs_in_by_e_mail_once(admin: Actor, rina: int) -> None:
    accounts.save(admin, rina, 1, title="Rina", email="Rina@Bekasi.example", active=True, grants=EDITOR)
    for email in ("rina@bekasi.example", "rina@bekasi.example", "budi@bekasi.example"):
        accounts.sign_in_by_email(email, f"service {email}")
    assert accounts.who("service rina@bekasi.example").account == rina
    assert accounts.who("service budi@bekasi.example") == READER
    accounts.sign_out("service rina@bekasi.example")
    accounts.sign_in_by_email("rina@bekasi.example", "service rina@bekasi.example")
    assert accounts.who("service rina@bekasi.example") == READER, "the same sign-in does not come back"


def test_the_first_admin_is_made_on_the_command_line(url: str) -> None:
    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "records", *words]
        return subprocess.run(command, cwd=ROOT, input=typed, capture_output=True, text=True, check=False)

    assert run("admin", "kepala", "--title", "Bu Kepala", typed=f"{PASSWORD}\n").returncode == 0
    assert accounts.who(accounts.sign_in("kepala", PASSWORD) or "").grants == frozenset(ADMIN)
    again = run("admin", "kepala", typed=f"{PASSWORD}\n")
    assert again.returncode == 1
    assert "python -m records password" in again.stderr
    assert "12 to 128" in run("admin", "lain", typed="short\n").stderr
    assert run("password", "kepala", typed=f"{OTHER}\n").returncode == 0
    assert accounts.sign_in("kepala", OTHER)
    missing = run("password", "tidak.ada", typed=f"{OTHER}\n")
    assert "Traceback" not in missing.stderr + again.stderr
