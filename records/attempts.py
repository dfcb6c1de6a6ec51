"""How often a wrong password may be tried: counted in the database, for all processes of a server together."""

from __future__ import annotations

import ipaddress
import time
from hashlib import sha256
from typing import Final

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from records import database

__all__ = ["forgive", "network", "take"]

PAIR: Final[RateLimitItem] = RateLimitItemPerMinute(5, 15, "pair")
"""For one account from one address."""
ADDRESS: Final[RateLimitItem] = RateLimitItemPerMinute(60, 15, "address")
"""From one address, which a whole office may share."""
ACCOUNT: Final[RateLimitItem] = RateLimitItemPerHour(50, 1, "account")
"""For one account from anywhere."""

_COUNT = text(
    "INSERT INTO attempts (key, count, ends) VALUES (:key, :amount, :ends)"
    " ON CONFLICT (key) DO UPDATE SET count = attempts.count + :amount RETURNING count"
)


def _hashed(key: str) -> str:
    """What is kept of a key: in the field for the name somebody may have typed a password."""
    return sha256(key.encode("utf-8", "backslashreplace")).hexdigest()


class _Stored(Storage):
    """Counters of `limits` in the database of the environment; those whose time is over go with the next count."""

    STORAGE_SCHEME = None

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the database may raise."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return how many there are since the first one in the time of the counter."""
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


_LIMITER: Final = FixedWindowRateLimiter(_Stored())


def take(name: str, address: str) -> bool:
    """Count an attempt before it is looked at; False when there were too many.

    Parameters
    ----------
    name : as typed, of an account or of none
    address : from which it comes

    Raises
    ------
    sqlalchemy.exc.SQLAlchemyError
        The database cannot be used.
    """
    address = network(address)
    counted = [(ADDRESS, (address,)), (PAIR, (name, address)), (ACCOUNT, (name,))]
    return all(_LIMITER.hit(item, *keys) for item, keys in counted)


def forgive(name: str, address: str) -> None:
    """Forget the attempts before a right password.

    Parameters
    ----------
    name, address : as in `take`
    """
    _LIMITER.clear(PAIR, name, network(address))


def network(address: str) -> str:
    """The address, or of IPv6 the network that one customer has."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
