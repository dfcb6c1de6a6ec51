"""Passwords: how they are kept (argon2id), and which are too weak."""

from __future__ import annotations

import threading
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128
_DIFFERENT: Final = 6

_HASHER = PasswordHasher()
# A hash takes 64 MB and a core for a moment: however many ask at once, so many are made at a time.
_AT_ONCE = threading.BoundedSemaphore(2)
# Compared with where there is no account, so that this takes as long.
_NOBODY: Final = _HASHER.hash("nobody has this password")


def _same(password: str) -> str:
    """The password as every keyboard writes it."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """The text that is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_same(password))


def matches(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one of which this text was kept; takes as long where there is none."""
    if len(password) > LONGEST:
        password, kept = "", None
    with _AT_ONCE:
        try:
            right = _HASHER.verify(kept or _NOBODY, _same(password))
        except (VerificationError, InvalidHashError):
            return False
    return right and bool(kept)


def too_weak(password: str, name: str) -> bool:
    """Tell whether a new password is too short or long, of too few characters, or holds the name of its account.

    Parameters
    ----------
    password : as typed
    name : with which the account signs in
    """
    text = _same(password)
    few = len(set(text)) < _DIFFERENT
    return not SHORTEST <= len(text) <= LONGEST or few or name.casefold() in text.casefold()
