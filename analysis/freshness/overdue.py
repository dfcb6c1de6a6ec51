"""Figures that their publishers should have renewed by now, gathered into one reminder a sector and kabkota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Overdue:
    """The overdue figures of a sector and kabkota.

    Attributes
    ----------
    sector, kode_kabkota : whose
    figures : how many
    oldest, newest : years of them
    indicators : their ids, in the order of the catalogue
    on : day from which the last of them was overdue: the first of January after its cycle
    """

    sector: str
    kode_kabkota: str
    figures: int
    oldest: int
    newest: int
    indicators: tuple[str, ...]
    on: date

    @property
    def uid(self) -> str:
        """The same for the same sector and kabkota, whatever the day."""
        return f"figures-{self.sector}-{self.kode_kabkota}@tapal"


def overdue(figures: pd.DataFrame, sides: tuple[str, ...]) -> tuple[Overdue, ...]:
    """One reminder a side and sector with overdue figures, by the order of the sides, then most figures first.

    Parameters
    ----------
    figures : as `analysis.freshness.ageing.ageing` gives them
    sides : kode_kabkota of the border
    """
    late = figures[figures["late"]]
    found = [
        Overdue(
            sector=str(sector),
            kode_kabkota=str(side),
            figures=len(rows),
            oldest=int(rows["year"].min()),
            newest=int(rows["year"].max()),
            indicators=tuple(map(str, rows["indicator"].unique())),
            on=date(int(rows["due"].max()), 1, 1),
        )
        for (side, sector), rows in late.groupby(["kode_kabkota", "sector"], sort=False)
    ]
    return tuple(sorted(found, key=lambda one: (sides.index(one.kode_kabkota), -one.figures, one.sector)))
