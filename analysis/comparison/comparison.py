"""Everything about one indicator along one border: border and interior, neighbours, gradient, inequality, verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from analysis.comparison.border_pairs import BorderPairs, border_pairs
from analysis.comparison.clusters import Clusters, local_moran
from analysis.comparison.contrast import Contrast, contrast
from analysis.comparison.disparity import Theil, theil
from analysis.comparison.gradient import Gradient, gradient
from analysis.comparison.verdict import LineVerdict, SideVerdict, Strength, Verdict, verdict
from analysis.values.quality import Comparability, compare_sides, year_span
from geo.borders import CODE_LENGTH, TOUCHING

if TYPE_CHECKING:
    from data.tables import Border, Measure

MOSTLY = 0.5
"""Share of values of low quality above which a side is judged with care."""

SEED = 2024
"""One seed for every random set, so that a page, a file and a colleague's screen show the same figures."""


@dataclass(frozen=True)
class Spread:
    """Smallest and largest known value of the two parts of a side, and what restricts its values.

    Attributes
    ----------
    border, interior : smallest and largest value in the unit of the indicator, None without any
    border_bounds, interior_bounds : units whose value is an upper bound, so that the true mean can only be lower
    notes : remarks that the values carry
    """

    border: tuple[float, float] | None
    interior: tuple[float, float] | None
    border_bounds: int
    interior_bounds: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Result of `compare_border`; sides stand in the order of the corridor.

    Attributes
    ----------
    indicator, border_set : their ids
    level : of the units compared; the kecamatan of an indicator known only there
    contrasts, spreads : border against interior, one a side
    line : pairs across the line; None for an area without a line of its own
    line_bounds : pairs across the line with an upper bound among their two values
    gradient : values by distance to the line; None without a line, or where the units are no kelurahan
    theil : inequality between and within the kabkota of the corridor; None where the sides are not compared
    verdict : what may be said
    comparability : whether the sides may be compared
    years : oldest and newest year of the values, None without any
    """

    indicator: str
    level: str
    border_set: str
    contrasts: tuple[Contrast, ...]
    spreads: tuple[Spread, ...]
    line: BorderPairs | None
    line_bounds: int
    gradient: Gradient | None
    theil: Theil | None
    verdict: Verdict
    comparability: Comparability
    years: tuple[int, int] | None


def _pairs(border: Border, level: str) -> pd.DataFrame:
    """Neighbouring units of a level."""
    pairs = border.pairs
    if level == "kelurahan":
        return pairs
    pairs = pairs.assign(**{c: pairs[c].str.slice(0, CODE_LENGTH[level]) for c in ("kode_a", "kode_b")})
    pairs = pairs[pairs["kode_a"] != pairs["kode_b"]]
    # The same two kecamatan meet in many kelurahan, in either order.
    columns = ["kode_a", "kode_b", "kode_kabkota_a", "kode_kabkota_b"]
    mirrored = ["kode_b", "kode_a", "kode_kabkota_b", "kode_kabkota_a"]
    ordered = pairs[columns].where(pairs["kode_a"] <= pairs["kode_b"], pairs[mirrored].set_axis(columns, axis=1))
    return ordered.assign(shared_m=pairs["shared_m"]).groupby(columns)[["shared_m"]].sum().reset_index()


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


def compare_border(border: Border, measure: Measure, border_set: str = TOUCHING) -> Comparison:
    """Compare the border of each side with its interior, and the two sides with each other.

    Parameters
    ----------
    border : units of all sides of the corridor
    measure : an indicator of level kelurahan or kecamatan
    border_set : "bersentuhan", "1km" or "2km"

    Raises
    ------
    ValueError
        The set does not exist for the corridor, or the indicator is known for whole kabkota only.
    """
    indicator, corridor = measure.indicator, border.corridor
    border.at_line(border_set)
    if indicator.level == "kabkota":
        raise ValueError(f"{indicator.id} is known for whole kabkota only")
    units, pairs = border.units[indicator.level], _pairs(border, indicator.level)
    known = measure.values.reindex(units.index)
    values = known["value"]
    bound = known["upper_bound"].eq(True)
    comparability = compare_sides(measure, corridor.sides)
    contrasts, spreads = [], []
    for side in corridor.sides:
        own = units[units["kode_kabkota"] == side]
        at_line, rest = own.index[own[border_set]], own.index[~own[border_set]]
        notes = known.loc[own.index, "note"].dropna().value_counts()
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
                own[border_set],
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
        line = border_pairs(values, pairs, sides, indicator=indicator.id, comparison=comparability, seed=SEED)
        if indicator.level == "kelurahan":
            curve = gradient(values, units.reset_index(), corridor.sides, indicator=indicator.id)
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
        years=year_span(known["year"]),
    )


def clusters_across(border: Border, measure: Measure) -> Clusters:
    """Local clusters of an indicator over all sides, neighbours across the line included.

    Raises
    ------
    ValueError
        The sides may not be compared, so that one map over both would mix definitions.
    """
    indicator = measure.indicator
    if compare_sides(measure, border.corridor.sides).block == "definisi":
        raise ValueError(f"{indicator.id} is defined differently on the two sides")
    values = measure.values["value"].reindex(border.units[indicator.level].index)
    return local_moran(values, _pairs(border, indicator.level), indicator=indicator.id, seed=SEED)
