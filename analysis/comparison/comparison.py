"""Everything about one indicator along one border: border and interior, neighbours, gradient, inequality, verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from analysis.comparison.border_pairs import Facing, facing
from analysis.comparison.clusters import Clusters, local_moran
from analysis.comparison.contrast import Contrast, contrast
from analysis.comparison.disparity import Theil, theil
from analysis.comparison.gradient import Gradient, gradient
from analysis.comparison.verdict import LineVerdict, SideVerdict, Strength, Verdict, verdict
from analysis.values.quality import Comparability
from analysis.values.summary import border_kodes, compare

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
    """Smallest and largest known value of one part of a side, None without any; and the notes that its values carry.

    border_bounds, interior_bounds : units whose value is an upper bound, so that the true mean can only be lower
    """

    border: tuple[float, float] | None
    interior: tuple[float, float] | None
    border_bounds: int
    interior_bounds: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Result of `compare_border`; sides stand in the order of the corridor.

    level : of the units compared; the kecamatan of an indicator known only there
    spreads : one a side
    line : None for an area without a line of its own
    line_bounds : pairs across the line with an upper bound among their two values
    gradient : None likewise, or where the units are no kelurahan
    theil : over all units of the corridor, between and within its kabkota; None where the sides are not compared
    """

    indicator: str
    level: str
    border_set: str
    contrasts: tuple[Contrast, ...]
    spreads: tuple[Spread, ...]
    line: Facing | None
    line_bounds: int
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


Judged = TypeVar("Judged", SideVerdict, LineVerdict)


def _careful(judged: Judged, caveat: str, doubtful: bool) -> Judged:
    """A test knows chance only: where the values themselves are in doubt it is never more than weak."""
    if not doubtful:
        return judged
    weaker: Strength | None = "lemah" if judged.strength in ("kuat", "sedang") else judged.strength
    return replace(judged, strength=weaker, caveats=(*judged.caveats, caveat))


def _may_turn(side: SideVerdict, spread: Spread) -> bool:
    """Whether upper bounds stand in the part that looks worse: its true mean may not be the higher one."""
    worse = {"tertinggal": spread.border_bounds, "lebih_baik": spread.interior_bounds}
    return worse.get(side.code, 0) > 0


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
    bound = known["upper_bound"].eq(True)
    comparability = compare(data, indicator, corridor.sides)
    contrasts, spreads = [], []
    for side in corridor.sides:
        own = units[units["kode_kabkota"] == side]
        at_line = own.index[own["border"]]
        notes = known.loc[own.index, "note"].dropna().value_counts()
        rest = own.index.difference(at_line)
        spreads.append(
            Spread(
                border=_span(values.reindex(at_line)),
                interior=_span(values.reindex(rest)),
                border_bounds=int(bound.loc[at_line].sum()),
                interior_bounds=int(bound.loc[rest].sum()),
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
    sides_judged = [_careful(side, "mutu_rendah", doubtful[side.side]) for side in judged.sides]
    sides_judged = [
        _careful(side, "batas_atas", _may_turn(side, spread))
        for side, spread in zip(sides_judged, spreads, strict=True)
    ]
    line_bounds = 0
    if line is not None:
        line_bounds = sum(any(bool(bound.get(kode, False)) for kode in pair.kode) for pair in line.pairs)
    line_judged = _careful(judged.line, "batas_atas", line_bounds > 0) if judged.line is not None else None
    judged = replace(judged, sides=tuple(sides_judged), line=line_judged)
    years = known["year"].dropna()
    return Comparison(
        indicator=indicator.id,
        level=indicator.level,
        border_set=border_set,
        contrasts=tuple(contrasts),
        spreads=tuple(spreads),
        line=line,
        line_bounds=line_bounds,
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
