"""How often a wrong password may be tried: counted in the database, for all processes of a server together."""

from __future__ import annotations

from typing import Final

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter

from records.rates import Stored, network, setting

PAIR: Final[RateLimitItem] = RateLimitItemPerMinute(5, 15, "pair")
"""For one account from one address."""
ADDRESS: Final[tuple[RateLimitItem, ...]] = setting("SIGN_IN", "60/15 minutes")
"""From one address, which a whole office may share."""
ACCOUNT: Final[RateLimitItem] = RateLimitItemPerHour(50, 1, "account")
"""For one account from anywhere."""

_LIMITER: Final = FixedWindowRateLimiter(Stored())


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
    counted = [*((item, (address,)) for item in ADDRESS), (PAIR, (name, address)), (ACCOUNT, (name,))]
    return all(_LIMITER.hit(item, *keys) for item, keys in counted)


def forgive(name: str, address: str) -> None:
    """Forget the attempts before a right password.

    Parameters
    ----------
    name, address : as in `take`
    """
    _LIMITER.clear(PAIR, name, network(address))
