"""The result of opening a border, and what stands out in it: who gains, who loses, who crosses.

Three numbers for one count are always: the median over the places where facilities without a point may stand, and its
5th and 95th percentile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis.access.shared_supply import UNCHANGED, Balance
from analysis.values.classes import UNKNOWN, Classes, classify

MOST_NAMED = 10
MOSTLY = 0.5
"""Share of the points from which on a kelurahan is named as one whose nearest facility lies across the line."""
SAVING_BREAKS_M = (50.0, 250.0, 500.0, 1000.0, 2000.0)
SUPPLY_BREAKS = (-0.2, -UNCHANGED, UNCHANGED, 0.2)


@dataclass(frozen=True)
class OpenBorderSide:
    """One side. People are counted point by point; three numbers are (median, low, high).

    These ranges are those of the places; the error of the population estimate comes on top.

    Attributes
    ----------
    kode_kabkota : the side
    units, known : kelurahan, and those whose own list can carry a distance
    people : of the known kelurahan
    crossing : people whose nearest facility is another side's once the border is open
    within_closed, within_open : people within the standard (median); None without a standard
    newly : people newly within the standard
    gain, lose : people with more, or less, supply per person; None where supply was not computed
    gain_units, lose_units : kelurahan, by their mean
    unsure_units : kelurahan whose gain or loss the facilities without a point could turn round
    incoming : people of the other sides whose nearest facility is one of this side
    """

    kode_kabkota: str
    units: int
    known: int
    people: float
    crossing: tuple[float, float, float]
    within_closed: float | None
    within_open: float | None
    newly: tuple[float, float, float] | None
    gain: float | None
    lose: float | None
    gain_units: int
    lose_units: int
    unsure_units: int
    incoming: tuple[float, float, float]


@dataclass(frozen=True)
class OpenBorder:
    """Result of `open_border`.

    Attributes
    ----------
    service : its id
    sides : kode_kabkota of the corridor
    members : kabkota between which the border opens: those with a list of this service
    without_list : sides and partners without a usable list
    without_people : partners whose people are unknown: their facilities count for distances, not for supply
    threshold_m : the standard, None without one
    steps : limits (m) and weights of the supply
    closes : whether the line closes any of the facilities to anybody: only that of their owner does
    table : by kode of every kelurahan of the sides, NaN where unknown: kode_kabkota, people, n_points, closed_median,
        closed_low, closed_high, closed_p90, open_median, open_low, open_high, open_p90 (m; low and high are the range
        of the median), open_bound (bool: a list that is cut off across the line may hold a nearer one), saved,
        saved_low, saved_high (m, mean of the points), crossing_share (0 to 1), crossing, crossing_low, crossing_high,
        newly, newly_low, newly_high (people), supply_closed, supply_open (facilities per 10,000 people), supply_change
        (their difference), supply_ratio (change relative to closed), supply_sure (bool)
    side : one a side
    receiving : by facility id, most first: name, operator, people, people_low, people_high (they come from another
        side)
    facilities : the service of all members with column state; unused ones too
    areas : of these, those that stand somewhere in an area
    balance : supply given out and supply that anybody can reach; None where supply was not computed
    years : oldest and newest year of the distances, None without any
    sources : ids
    """

    service: str
    sides: tuple[str, ...]
    members: tuple[str, ...]
    without_list: tuple[str, ...]
    without_people: tuple[str, ...]
    threshold_m: float | None
    steps: tuple[tuple[float, float], ...]
    closes: bool
    table: pd.DataFrame
    side: tuple[OpenBorderSide, ...]
    receiving: pd.DataFrame
    facilities: pd.DataFrame
    areas: pd.DataFrame
    balance: Balance | None
    years: tuple[int, int] | None
    sources: tuple[str, ...]

    @property
    def computable(self) -> bool:
        """Whether there is anybody to open to and somebody whose distance is known."""
        return len(self.members) > 1 and any(s.known for s in self.side)

    @cached_property
    def saving_classes(self) -> tuple[Classes, pd.Series]:
        """Class of the metres saved by kelurahan, and which of the unknown ones are so because places are."""
        low, found, high = (classify(self.table[c], SAVING_BREAKS_M) for c in ("saved_low", "saved", "saved_high"))
        return _hatched(found, low.index != high.index)

    @cached_property
    def supply_classes(self) -> tuple[Classes, pd.Series]:
        """Class of the relative change of supply by kelurahan, and which are unknown because places are."""
        found = classify(self.table["supply_ratio"], SUPPLY_BREAKS)
        return _hatched(found, ~self.table["supply_sure"])


def gainers(result: OpenBorder) -> pd.DataFrame:
    """Kelurahan that gain most metres a resident: the surest gain first, then the one that the lists show."""
    table = result.table[result.table["saved"] >= 1]
    return table.sort_values(["saved_low", "saved"], ascending=False, kind="stable").head(MOST_NAMED)


def losers(result: OpenBorder) -> pd.DataFrame:
    """Kelurahan of every side with less supply per person, the largest relative loss first."""
    table = result.table[result.table["supply_ratio"] < -UNCHANGED].sort_values("supply_ratio", kind="stable")
    return table[table.groupby("kode_kabkota").cumcount() < MOST_NAMED // 2]


def crossers(result: OpenBorder, kode_kabkota: str) -> pd.DataFrame:
    """Kelurahan of a side that have the nearest facility across the line for at least half of their points."""
    table = result.table
    rows = table[(table["kode_kabkota"] == kode_kabkota) & (table["crossing_share"] >= MOSTLY)]
    return rows.sort_values("saved", ascending=False, kind="stable")


def _hatched(found: Classes, unsure: pd.Series) -> tuple[Classes, pd.Series]:
    unsure = unsure & (found.index != UNKNOWN)
    return replace(found, index=found.index.where(~unsure, UNKNOWN)), unsure
