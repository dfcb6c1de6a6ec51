"""Attempts to sign in, counted on both databases: who is locked out, for how long, by all processes together."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from records import attempts
from records.attempts import forgive, take
from records.database import Database
from records.models import Attempt
from records.rates import Rate, network, setting

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
    assert (attempts.ADDRESS[0].amount, attempts.ACCOUNT.amount) == (60, 50)
    monkeypatch.setattr(attempts, "ADDRESS", (type(attempts.ADDRESS[0])(6, 15, "address"),))
    monkeypatch.setattr(attempts, "ACCOUNT", type(attempts.ACCOUNT)(5, 1, "account"))
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


@pytest.mark.parametrize("stored", [False, True])
def test_a_flood_from_one_address_is_slowed_and_others_are_not(database: Database, stored: bool) -> None:
    rate = Rate("FLOOD", "3/minute; 4/day", stored=stored)
    assert [rate.take("192.0.2.1") for _ in range(3)] == [0, 0, 0]
    assert {0 < rate.take("192.0.2.1") <= 61 for _ in range(3)} == {True}
    assert rate.take("2001:db8::1") == 0
    assert rate.take("") == 0, "an address that nobody knows is one of its own"


def test_the_operator_sets_how_often_and_what_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPAL_RATE_FLOOD", "2/10 minutes; 5/day")
    assert [(item.amount, item.get_expiry()) for item in setting("FLOOD", "1/day")] == [(2, 600), (5, 86_400)]
    for wrong in ("2 times", "0/hour", "-1/hour", ";"):
        monkeypatch.setenv("TAPAL_RATE_FLOOD", wrong)
        with pytest.raises(ValueError, match="TAPAL_RATE_FLOOD"):
            setting("FLOOD", "1/day")
