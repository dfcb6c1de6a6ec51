"""How often one address may do something: what is usual, what the operator sets instead, and where it is counted.

What costs the work of a process is counted in its memory. What stays, as a wrong password or a report does, is counted
in the database: for all processes together, and a restart forgets none of it.
"""

from __future__ import annotations

import ipaddress
import logging
import math
import os
import time
from hashlib import sha256
from typing import Final

from limits import RateLimitItem, RateLimitItemPerHour, parse_many
from limits.storage import MemoryStorage, Storage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from records import database

_NAMED: Final = RateLimitItemPerHour(1, 1, "named")
_COUNT: Final = text(
    "INSERT INTO attempts (key, count, ends) VALUES (:key, :amount, :ends)"
    " ON CONFLICT (key) DO UPDATE SET count = attempts.count + :amount RETURNING count"
)
_LOGGER: Final = logging.getLogger("tapal.web")


def network(address: str) -> str:
    """The address, or of IPv6 the network that one customer has."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def setting(name: str, usual: str) -> tuple[RateLimitItem, ...]:
    """How often something is allowed: what ``TAPAL_RATE_`` and its name say in the environment, else what is usual.

    Parameters
    ----------
    name : of what is counted, in capitals
    usual : as the setting is written, one or several, as in ``12/hour; 40/day`` or ``240/10 minutes``

    Raises
    ------
    ValueError
        The setting cannot be read; the message names it.

    Examples
    --------
    >>> setting("EXPORTS", "12/hour; 40/day")
    (12 per 1 hour, 40 per 1 day)
    """
    variable = f"TAPAL_RATE_{name}"
    asked = os.environ.get(variable) or usual
    try:
        items = parse_many(asked) if "-" not in asked else []
    except ValueError:
        items = []
    if not items or any(item.amount < 1 for item in items):
        raise ValueError(f"{variable} is {asked!r}; write it as in {usual!r}")
    return tuple(type(item)(item.amount, item.multiples, name.lower()) for item in items)


class Stored(Storage):
    """Counters of `limits` in the database of the environment; those whose time is over go with the next count."""

    STORAGE_SCHEME = None

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the database may raise."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return how many there are since the first one in the time of the counter.

        Parameters
        ----------
        key : of the counter
        expiry : seconds that a new counter lasts
        amount : as how many it counts
        """
        now = time.time()
        with database.current().entering() as session:
            connection = session.connection()
            connection.execute(text("DELETE FROM attempts WHERE ends <= :now"), {"now": now})
            values = {"key": _hashed(key), "amount": amount, "ends": now + expiry}
            return int(connection.execute(_COUNT, values).scalar_one())

    def get(self, key: str) -> int:
        """How many are counted."""
        return self._row(key)[0]

    def get_expiry(self, key: str) -> float:
        """Until when they count, in seconds since 1970."""
        return self._row(key)[1]

    @staticmethod
    def _row(key: str) -> tuple[int, float]:
        now = time.time()
        with database.read() as session:
            query = text("SELECT count, ends FROM attempts WHERE key = :key AND ends > :now")
            row = session.connection().execute(query, {"key": _hashed(key), "now": now}).first()
        return (int(row[0]), float(row[1])) if row else (0, now)

    def check(self) -> bool:
        """Tell whether the database can be used."""
        try:
            self.get("")
        except SQLAlchemyError:
            return False
        return True

    def reset(self) -> int:
        """Forget all."""
        with database.current().entering() as session:
            return int(session.connection().execute(text("DELETE FROM attempts")).rowcount)

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with database.current().entering() as session:
            session.connection().execute(text("DELETE FROM attempts WHERE key = :key"), {"key": _hashed(key)})


class Rate:
    """Lets what comes from one address pass as often as is allowed, and names in the log once an hour who is slowed.

    Parameters
    ----------
    name : of what is counted, in capitals: the end of the setting's name
    usual : how often it is allowed, as in `setting`
    stored : count in the database instead of in the memory of this process
    """

    def __init__(self, name: str, usual: str, *, stored: bool = False) -> None:
        self.name = name
        self.items = setting(name, usual)
        self._memory = MovingWindowRateLimiter(MemoryStorage())
        self._limiter = FixedWindowRateLimiter(Stored()) if stored else self._memory

    def take(self, address: str, amount: int = 1) -> int:
        """Count one; return 0 where it may pass, else after how many seconds the next one may, uncounted.

        Parameters
        ----------
        address : from which it comes; all addresses of one IPv6 network, and all that are none, are one
        amount : as how many it counts

        Raises
        ------
        sqlalchemy.exc.SQLAlchemyError
            It is counted in the database, which cannot be used.
        """
        seconds = self.wait(address, amount)
        if not seconds:
            passed = [self._limiter.hit(item, network(address), cost=amount) for item in self.items]
            # Another process may have taken the last one meanwhile.
            return 0 if all(passed) else max(1, self.wait(address, amount))
        return seconds

    def wait(self, address: str, amount: int = 1) -> int:
        """After how many seconds so many may pass, 0 for now; nothing is counted.

        Parameters
        ----------
        address, amount : as in `take`
        """
        own = network(address)
        full = [item for item in self.items if not self._limiter.test(item, own, cost=amount)]
        if not full:
            return 0
        if self._memory.hit(_NAMED, own):
            title = self.name.replace("_", " ").capitalize()
            _LOGGER.warning("%s from %s are slowed: too many came from there.", title, own or "?")
        until = max(self._limiter.get_window_stats(item, own).reset_time for item in full)
        return max(1, math.ceil(until - time.time()))


def _hashed(key: str) -> str:
    """What is kept of a key: in the field for the name somebody may have typed a password."""
    return sha256(key.encode("utf-8", "backslashreplace")).hexdigest()
