"""Passwords: how they are kept (argon2id), which are too weak, and how often a wrong one may be tried."""

from __future__ import annotations

import ipaddress
import threading
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

__all__ = ["LONGEST", "SHORTEST", "Attempts", "hashed", "matches", "too_weak"]

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


class Attempts:
    """Counts attempts to sign in; kept in memory, so a restart forgets them and every process counts for itself."""

    PAIR: Final[RateLimitItem] = RateLimitItemPerMinute(5, 15, "pair")
    """For one account from one address."""
    ADDRESS: Final[RateLimitItem] = RateLimitItemPerMinute(60, 15, "address")
    """From one address, which a whole office may share."""
    ACCOUNT: Final[RateLimitItem] = RateLimitItemPerHour(50, 1, "account")
    """For one account from anywhere."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, name: str, address: str) -> bool:
        """Count an attempt before it is looked at; False when there were too many.

        Parameters
        ----------
        name : as typed, of an account or of none
        address : from which it comes
        """
        address = network(address)
        counted = [(self.ADDRESS, (address,)), (self.PAIR, (name, address)), (self.ACCOUNT, (name,))]
        return all(self._limiter.hit(item, *keys) for item, keys in counted)

    def forgive(self, name: str, address: str) -> None:
        """Forget the attempts before a right password.

        Parameters
        ----------
        name, address : as in `take`
        """
        self._limiter.clear(self.PAIR, name, network(address))


def network(address: str) -> str:
    """The address, or of IPv6 the network that one customer has."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
