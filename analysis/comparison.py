"""Everything about one indicator along one border: border and interior, neighbours, gradient, inequality, verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.clusters import Clusters, local_moran
from analysis.contrast import Contrast, contrast
from analysis.disparity import Theil, theil
from analysis.facing import Facing, facing
from analysis.gradient import Gradient, gradient
from analysis.quality import Comparability
from analysis.summary import border_kodes, compare
from analysis.verdict import SideVerdict, Strength, Verdict, verdict

if TYPE_CHECKING:
    from data.catalogue import Corridor, Indicator
    from data.tables import Dataset

KECAMATAN_CODE = 8
MOSTLY = 0.5
"""Share of values of low quality above which a side is judged with care."""

SEED = 2024
"""One seed for every random set, so that a page, a file and a colleague's screen show the same figures."""

__all__ = ["Comparison", "Spread", "clusters_across", "compare_border"]


@dataclass(frozen=True)
class Spread:
    """Smallest and largest known value of one part of a side, None without any; and the notes that its values carry."""

    border: tuple[float, float] | None
    interior: tuple[float, float] | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Result of `compare_border`; sides stand in the order of the corridor.

    level : of the units compared; the kecamatan of an indicator known only there
    spreads : one a side
    line : None for an area without a line of its own
    gradient : None likewise, or where the units are no kelurahan
    theil : over all units of the corridor, between and within its kabkota; None where the sides are not compared
    """

    indicator: str
    level: str
    border_set: str
    contrasts: tuple[Contrast, ...]
    spreads: tuple[Spread, ...]
    line: Facing | None
    gradient: Gradient | None
    theil: Theil | None
    verdict: Verdict
    comparability: Comparability
    years: tuple[int, int] | None


def _units(
    data: Dataset, corridor: Corridor, indicator: Indicator, border_set: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Units of the indicator's level with border, kecamatan and people; and their neighbour pairs."""
    border = border_kodes(data, corridor, border_set).index
    if indicator.level == "kelurahan":
        units = data.units("kelurahan", corridor.sides)
        frame = units[["kode_kabkota", "kode_kecamatan"]].assign(border=units.index.isin(border))
        return frame.assign(people=data.people["kelurahan"]["value"].reindex(units.index)), data.pairs
    units = data.units("kecamatan", corridor.sides)
    at_line = pd.Index(border.str.slice(0, KECAMATAN_CODE)).unique()
    frame = units[["kode_kabkota"]].assign(kode_kecamatan=units.index, border=units.index.isin(at_line))
    frame["people"] = data.people["kecamatan"]["value"].reindex(units.index)
    pairs = data.pairs.assign(
        kode_a=data.pairs["kode_a"].str.slice(0, KECAMATAN_CODE),
        kode_b=data.pairs["kode_b"].str.slice(0, KECAMATAN_CODE),
    )
    pairs = pairs[pairs["kode_a"] != pairs["kode_b"]]
    # The same two kecamatan meet in many kelurahan, in either order.
    swapped = pairs["kode_a"] > pairs["kode_b"]
    columns = ["kode_a", "kode_b", "kode_kabkota_a", "kode_kabkota_b"]
    mirrored = ["kode_b", "kode_a", "kode_kabkota_b", "kode_kabkota_a"]
    ordered = pairs[columns].where(~swapped, pairs[mirrored].set_axis(columns, axis=1))
    merged = ordered.assign(shared_m=pairs["shared_m"]).groupby(columns)[["shared_m"]].sum().reset_index()
    return frame, merged


def _mostly_low(quality: pd.Series) -> bool:
    known = quality.dropna()
    return bool(len(known)) and float((known == "rendah").mean()) > MOSTLY


def _careful(side: SideVerdict, doubtful: bool) -> SideVerdict:
    """A test knows chance only: where most values are of low quality it is never more than weak."""
    if not doubtful:
        return side
    weaker: Strength | None = "lemah" if side.strength in ("kuat", "sedang") else side.strength
    return replace(side, strength=weaker, caveats=(*side.caveats, "mutu_rendah"))


def _span(values: pd.Series) -> tuple[float, float] | None:
    known = values.dropna()
    return None if known.empty else (float(known.min()), float(known.max()))


def compare_border(data: Dataset, corridor: Corridor, indicator: Indicator, border_set: str) -> Comparison:
    """Hold the border of each side against its interior, and the two sides against each other.

    Parameters
    ----------
    data : Dataset
    corridor : Corridor
    indicator : Indicator
        Of level kelurahan or kecamatan.
    border_set : {"bersentuhan", "1km", "2km"}

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        The set does not exist for the corridor, or the indicator is known for whole kabkota only.
    """
    if indicator.level == "kabkota":
        raise ValueError(f"{indicator.id} is known for whole kabkota only")
    units, pairs = _units(data, corridor, indicator, border_set)
    known = data.indicator_values(indicator.id).reindex(units.index)
    values = known["value"]
    comparability = compare(data, indicator, corridor.sides)
    contrasts, spreads = [], []
    for side in corridor.sides:
        own = units[units["kode_kabkota"] == side]
        at_line = own.index[own["border"]]
        notes = known.loc[own.index, "note"].dropna().value_counts()
        spreads.append(
            Spread(
                border=_span(values.reindex(at_line)),
                interior=_span(values.reindex(own.index.difference(at_line))),
                notes=tuple(str(n) for n in notes.index if n),
            )
        )
        contrasts.append(
            contrast(
                values.reindex(own.index),
                own["border"],
                pairs,
                own["people"],
                own["kode_kecamatan"] if indicator.level == "kelurahan" else None,
                indicator=indicator.id,
                side=side,
                border_set=border_set,
                seed=SEED,
            )
        )
    line = curve = None
    if corridor.pair:
        sides = (corridor.sides[0], corridor.sides[1])
        line = facing(values, pairs, sides, indicator=indicator.id, comparison=comparability, seed=SEED)
        if indicator.level == "kelurahan":
            members = data.members[data.members["corridor"] == corridor.id]
            curve = gradient(values, members, corridor.sides, indicator=indicator.id)
    inequality = None
    if comparability.block is None and (values.dropna() >= 0).all():
        inequality = theil(values, units["kode_kabkota"], units["people"], indicator=indicator.id)
    judged = verdict(indicator.direction, contrasts, line, corridor=corridor.id)
    doubtful = {s: _mostly_low(known.loc[units.index[units["kode_kabkota"] == s], "quality"]) for s in corridor.sides}
    judged = replace(judged, sides=tuple(_careful(side, doubtful[side.side]) for side in judged.sides))
    years = known["year"].dropna()
    return Comparison(
        indicator=indicator.id,
        level=indicator.level,
        border_set=border_set,
        contrasts=tuple(contrasts),
        spreads=tuple(spreads),
        line=line,
        gradient=curve,
        theil=inequality,
        verdict=judged,
        comparability=comparability,
        years=(int(years.min()), int(years.max())) if len(years) else None,
    )


def clusters_across(data: Dataset, corridor: Corridor, indicator: Indicator) -> Clusters:
    """Local clusters of an indicator over all sides, neighbours across the line included.

    Raises
    ------
    ValueError
        The sides may not be compared, so that one field over both would mix definitions.
    """
    if compare(data, indicator, corridor.sides).block == "definisi":
        raise ValueError(f"{indicator.id} is defined differently on the two sides")
    units, pairs = _units(data, corridor, indicator, "bersentuhan")
    values = data.indicator_values(indicator.id)["value"].reindex(units.index)
    return local_moran(values, pairs, indicator=indicator.id, seed=SEED)
