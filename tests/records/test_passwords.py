"""How passwords are kept, and how often a wrong one may be tried."""

import time

import pytest

from records.passwords import Attempts, hashed, matches, network, too_weak


def test_a_password_is_kept_as_argon2id_and_salted() -> None:
    kept = hashed("kelurahan jatikarya")
    assert kept.startswith("$argon2id$")
    assert kept != hashed("kelurahan jatikarya")
    assert matches(kept, "kelurahan jatikarya")
    assert not matches(kept, "kelurahan jatikary")
    assert not matches(kept, "")


def test_a_password_is_the_same_however_the_keyboard_composes_it() -> None:
    assert matches(hashed("caf\u00e9 di perbatasan"), "cafe\u0301 di perbatasan")


@pytest.mark.parametrize("kept", [None, "", "no hash", "$argon2id$v=19$broken"])
def test_what_was_kept_of_nobody_matches_nothing(kept: str | None) -> None:
    assert not matches(kept, "nobody has this password")
    assert not matches(kept, "")


def test_an_unknown_account_takes_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hashed("kelurahan jatikarya")

    def seconds(of: str | None, password: str) -> float:
        start = time.process_time()
        matches(of, password)
        return time.process_time() - start

    known, unknown = (min(seconds(of, "x" * 20) for _ in range(5)) for of in (kept, None))
    endless = min(seconds(kept, "x" * 10**6) for _ in range(5))
    assert 0.5 < unknown / known < 2
    assert 0.5 < endless / known < 2


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("short", True),
        ("x" * 129, True),
        ("aaaaaaaaaaaab", True),
        ("Rina.Bekasi2026", True),
        ("batas kota tapal", False),
        ("perbatasan itu garis, " * 5, False),
    ],
)
def test_weak_passwords(password: str, weak: bool) -> None:
    assert too_weak(password, "rina.bekasi") is weak


def test_the_sixth_attempt_from_one_address_is_refused_and_others_are_not() -> None:
    attempts = Attempts()
    assert [attempts.take("rina", "192.0.2.1") for _ in range(6)] == [True] * 5 + [False]
    assert attempts.take("rina", "192.0.2.2")
    assert attempts.take("budi", "192.0.2.1")
    attempts.forgive("rina", "192.0.2.1")
    assert attempts.take("rina", "192.0.2.1")


def test_one_address_cannot_try_many_accounts_nor_many_addresses_one_account() -> None:
    attempts = Attempts()
    assert sum(attempts.take(f"account {n}", "192.0.2.1") for n in range(100)) == 60
    assert sum(attempts.take("rina", f"198.51.100.{n}") for n in range(100)) == 50


def test_a_customer_s_many_addresses_count_as_one() -> None:
    assert network("2001:db8::1") == network("2001:db8::ffff:1") != network("2001:db8:0:1::1")
    assert network("192.0.2.1") == "192.0.2.1"
    assert network("not an address") == ""
