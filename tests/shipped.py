"""What many tests read and none changes: the shipped data and what is asked of it, made once a process."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import cache

from analysis.comparison.comparison import Comparison
from data import tables
from data.tables import Dataset
from open_data import usual
from views.language.words import Language, Words
from views.story.story import Request

MADE = date(2026, 11, 22)
PWN = "window.top.__pwned=window.__pwned=1"
HOSTILE = f"=cmd|' /C calc'!A0<img src=x onerror={PWN}></script><script>{PWN}</script>\u2028${{{PWN}}}"


@cache
def data() -> Dataset:
    """The shipped data, read once."""
    return tables.load()


@cache
def hostile_data() -> Dataset:
    """The shipped data with names that somebody wrote with bad intentions."""
    known = data()
    named = {
        level: getattr(known, level).assign(nama=HOSTILE, **({"kabkota": HOSTILE} if level != "kabkota" else {}))
        for level in ("kelurahan", "kecamatan", "kabkota")
    }
    return dataclasses.replace(known, **named, facilities=known.facilities.assign(name=HOSTILE))


def compared(corridor: str) -> Mapping[tuple[str, str], Comparison]:
    """Every comparison of a corridor, by indicator and border set; those of its story and of its pages."""
    return usual.comparisons(data(), data().catalogue.corridors[corridor])


@cache
def asked(corridor: str = "bekasi-depok", language: Language = "id", hostile: bool = False) -> Request:
    """All of a corridor, asked for on `MADE`; its story is told once."""
    known = hostile_data() if hostile else data()
    return Request(Words(language), known, known.catalogue.corridors[corridor], MADE)
