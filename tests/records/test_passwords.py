"""How passwords are kept, and how often a wrong one may be tried."""

import time

import pytest

from records.passwords import hashed, matches, too_weak


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
