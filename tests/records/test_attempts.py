"""Attempts to sign in, counted on both databases: who is locked out, for how long, by all processes together."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from records import attempts
from records.attempts import forgive, network, take
from records.database import Database
from records.models import Attempt

ROOT = Path(__file__).parents[2]


def test_the_sixth_attempt_from_one_address_is_refused_and_others_are_not(database: Database) -> None:
    assert [take("rina", "192.0.2.1") for _ in range(6)] == [True] * 5 + [False]
    assert take("rina", "192.0.2.2")
    assert take("budi", "192.0.2.1")
    forgive("rina", "192.0.2.1")
    assert take("rina", "192.0.2.1")


def test_one_address_cannot_try_many_accounts_nor_many_addresses_one_account(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("ADDRESS", 6), ("ACCOUNT", 5)):
        assert getattr(attempts, name).amount == most * 10
        monkeypatch.setattr(attempts, name, type(getattr(attempts, name))(most, 15, name))
    assert sum(take(f"account {n}", "192.0.2.1") for n in range(9)) == 6
    assert sum(take("rina", f"198.51.100.{n}") for n in range(9)) == 5


def test_processes_count_together_and_none_gets_one_more_in_the_same_moment(database: Database) -> None:
    code = "from records.attempts import take; print(sum(take('rina', '192.0.2.1') for _ in range(4)))"
    running = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) for _ in range(3)]
    assert sum(int(process.communicate(timeout=60)[0]) for process in running) == 5


def test_after_the_time_it_starts_anew_and_what_is_over_is_not_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sum(take("rina", "192.0.2.1") for _ in range(6)) == 5
    started = time.time()
    monkeypatch.setattr(time, "time", lambda: started + 3700)
    assert take("rina", "192.0.2.1")
    with database.read() as session:
        kept = session.scalars(select(Attempt)).all()
    assert [row.count for row in kept] == [1, 1, 1]
    assert "rina" not in str([row.key for row in kept])
    assert {len(row.key) for row in kept} == {64}


def test_a_customer_s_many_addresses_count_as_one() -> None:
    assert network("2001:db8::1") == network("2001:db8::ffff:1") != network("2001:db8:0:1::1")
    assert network("192.0.2.1") == "192.0.2.1"
    assert network("not an address") == ""
