"""How many reports are taken: from one address, and from all on one day."""

from __future__ import annotations

import logging
from typing import Final

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from records.attempts import network

_LOGGER: Final = logging.getLogger("tapal.web")


class Pace:
    """Counts what comes; kept in memory, so that a restart forgets it and every process counts for itself."""

    SENT: Final[RateLimitItem] = RateLimitItemPerMinute(30, 10, "sent")
    """Forms from one address, right or wrong: beyond that none is even read."""
    HOUR: Final[RateLimitItem] = RateLimitItemPerHour(12, 1, "hour")
    """Reports from one address, which a whole neighbourhood may share on its telephones."""
    DAY: Final[RateLimitItem] = RateLimitItemPerDay(40, 1, "day")
    """The same in a day."""
    ALL: Final[RateLimitItem] = RateLimitItemPerDay(1_000, 1, "all")
    """Reports from anywhere in a day: as many as an office can still look through."""
    NAMED: Final[RateLimitItem] = RateLimitItemPerHour(1, 1, "named")

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def may_send(self, address: str) -> bool:
        """Count a form before it is read; False when there were too many from this address.

        Parameters
        ----------
        address : from which it comes
        """
        return self._limiter.hit(self.SENT, network(address)) or self._named(address)

    def may_report(self, address: str) -> str:
        """Count a report that is whole: "" where it is taken, else often or day.

        Parameters
        ----------
        address : from which it comes
        """
        own = network(address)
        for item in (self.HOUR, self.DAY):
            if not self._limiter.test(item, own):
                self._named(address)
                return "often"
        if not self._limiter.hit(self.ALL, "all"):
            return "day"
        for item in (self.HOUR, self.DAY):
            self._limiter.hit(item, own)
        return ""

    def _named(self, address: str) -> bool:
        """Name the address in the log, once an hour."""
        if self._limiter.hit(self.NAMED, network(address)):
            _LOGGER.warning("Reports from %s are slowed: too many came from there.", network(address) or "?")
        return False
