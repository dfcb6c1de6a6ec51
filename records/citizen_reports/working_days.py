"""On which days no office works: public holidays of Indonesia and the days off that the government adds to them.

Cuti bersama is a day off for civil servants by the yearly decree of three ministers, so no working day of an office.
The library knows a year's decree from the release that follows it on; until then it estimates the Islamic holidays and
knows no cuti bersama of that year, so that a deadline can be a few days early.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

COUNTRY: Final = "ID"
YEARS: Final = range(2020, 2041)


@cache
def days_off() -> frozenset[date]:
    """All days of `YEARS` on which offices are closed though they are no weekend."""
    # Read once, when it is first needed: who opens the app for something else does not wait for it.
    import holidays

    known = holidays.country_holidays(COUNTRY, years=YEARS, categories=(holidays.GOVERNMENT, holidays.PUBLIC))
    return frozenset(known)
