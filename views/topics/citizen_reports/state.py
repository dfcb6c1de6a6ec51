"""Reports of a border as they stand today, kept until something happens to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.citizen_reports.summary import Listed, OfSide, by_side, listed
from data.tables import Dataset
from records.citizen_reports import reading
from records.citizen_reports.working_days import days_off
from views.link import context
from views.link.results import kept


@dataclass(frozen=True)
class Found:
    """What is reported at a border.

    Attributes
    ----------
    listed : published reports, those that are late first
    sides : counts by side
    """

    listed: tuple[Listed, ...]
    sides: dict[str, OfSide]


def found(data: Dataset, corridor: str) -> Found:
    """The reports of a border today.

    Parameters
    ----------
    data, corridor : data and id of the border
    """
    return _found(data, corridor, *reading.mark(), context.today())


def places(data: Dataset, corridor: str) -> dict[str, tuple[int, int]]:
    """Published reports of each kelurahan of a border that has some, and how many of them are late.

    Parameters
    ----------
    data, corridor : data and id of the border
    """
    return _places(data, corridor, *reading.mark(), context.today())


@kept(16)
def _found(data: Dataset, corridor: str, place: str, stamp: int, today: date) -> Found:
    sides, off = data.catalogue.corridors[corridor].sides, days_off()
    # What was passed on to a side belongs to its border as well.
    shown = [r for r in reading.published() if r.kode[:5] in sides or r.owner in sides]
    return Found(
        rows := listed(shown, reading.duplicates(shown), today, off),
        by_side(rows, reading.waiting(), sides, today, off),
    )


@kept(16)
def _places(data: Dataset, corridor: str, place: str, stamp: int, today: date) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for one in _found(data, corridor, place, stamp, today).listed:
        total, late = counts.get(one.report.kode, (0, 0))
        counts[one.report.kode] = (total + 1, late + one.late)
    return counts
