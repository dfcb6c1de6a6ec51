"""Everything about one indicator along one border: border and interior, neighbours, gradient, inequality, verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison.border_pairs import BorderPairs, border_pairs
from analysis.comparison.clusters import Clusters, local_moran
from analysis.comparison.contrast import Contrast, contrast
from analysis.comparison.disparity import Theil, theil
from analysis.comparison.gradient import Gradient, gradient
from analysis.comparison.verdict import LineVerdict, SideVerdict, Strength, Verdict, verdict
from analysis.values.quality import Comparability, compare_sides, year_span
from geo.arrays import Bools
from geo.borders import CODE_LENGTH, TOUCHING

if TYPE_CHECKING:
    from data.tables import Border, Measure

MOSTLY = 0.5
"""Share of values of low quality above which a side is judged with care."""

SEED = 2024
"""One seed for every random set, so that a page, a file and a colleague's screen show the same figures."""

Objects = npt.NDArray[np.object_]


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
    """Result of `compare_borders`; sides stand in the order of the corridor.

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


@dataclass(frozen=True)
class _Side:
    """One side of a border.

    Attributes
    ----------
    kode : of the kabkota
    rows : (n,) which of the units of the border are its own
    units : those, see `Border.units`
    pairs : neighbours of which at least one lies on this side
    """

    kode: str
    rows: Bools
    units: pd.DataFrame
    pairs: pd.DataFrame


def _sides(border: Border, level: str) -> tuple[pd.DataFrame, list[_Side], pd.DataFrame]:
    """Units of a level in the order of their kode, the sides, and the pairs between two of them."""
    units, pairs = border.units[level].sort_index(), _pairs(border, level)
    first, second = pairs["kode_kabkota_a"], pairs["kode_kabkota_b"]
    sides = []
    for kode in border.corridor.sides:
        rows = (units["kode_kabkota"] == kode).to_numpy(bool)
        sides.append(_Side(kode, rows, units[rows], pairs[(first == kode) | (second == kode)]))
    across = first.isin(border.corridor.sides) & second.isin(border.corridor.sides) & (first != second)
    return units, sides, pairs[across]


def _mostly_low(quality: Objects) -> bool:
    known = quality[quality != ""]
    return bool(known.size) and float((known == "rendah").mean()) > MOSTLY


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


def _span(values: npt.NDArray[np.floating]) -> tuple[float, float] | None:
    known = values[np.isfinite(values)]
    return (float(known.min()), float(known.max())) if known.size else None


def _by_count(notes: Objects) -> tuple[str, ...]:
    """The different notes, most frequent first."""
    return tuple(str(note) for note, _ in Counter(notes[notes != ""]).most_common())


def compare_border(border: Border, measure: Measure, border_set: str = TOUCHING) -> Comparison:
    """Compare one indicator along one border set, see `compare_borders`.

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
    return next(compare_borders(border, (measure,), (border_set,)))


def compare_borders(border: Border, measures: Iterable[Measure], border_sets: Sequence[str]) -> Iterator[Comparison]:
    """Compare the border of each side with its interior, and the two sides with each other.

    Parameters
    ----------
    border : units of all sides of the corridor
    measures : indicators of level kelurahan or kecamatan
    border_sets : of "bersentuhan", "1km" and "2km"

    Yields
    ------
    Comparison
        For every indicator in turn, one of each border set. What they share is computed once.

    Raises
    ------
    ValueError
        A set does not exist for the corridor, or an indicator is known for whole kabkota only.
    """
    corridor = border.corridor
    for border_set in border_sets:
        border.at_line(border_set)
    parts: dict[str, tuple[pd.DataFrame, list[_Side], pd.DataFrame]] = {}
    for measure in measures:
        indicator, level = measure.indicator, measure.indicator.level
        if level == "kabkota":
            raise ValueError(f"{indicator.id} is known for whole kabkota only")
        if level not in parts:
            parts[level] = _sides(border, level)
        units, sides, across = parts[level]
        known = measure.values.reindex(units.index)
        values, bound = known["value"].astype(float), known["upper_bound"].eq(True)
        note, quality = (known[column].fillna("").to_numpy(object) for column in ("note", "quality"))
        notes = {side.kode: _by_count(note[side.rows]) for side in sides}
        doubtful = {side.kode: _mostly_low(quality[side.rows]) for side in sides}
        comparability = compare_sides(measure, corridor.sides)
        line = curve = inequality = None
        line_bounds = 0
        if corridor.pair:
            both = (corridor.sides[0], corridor.sides[1])
            line = border_pairs(values, across, both, indicator=indicator.id, comparison=comparability, seed=SEED)
            bounds = frozenset(bound.index[bound])
            line_bounds = sum(not bounds.isdisjoint(pair.kode) for pair in line.pairs)
            if level == "kelurahan":
                curve = gradient(values, units.reset_index(), corridor.sides, indicator=indicator.id)
        if comparability.block is None and (values.dropna() >= 0).all():
            inequality = theil(values, units["kode_kabkota"], units["people"], indicator=indicator.id)
        for border_set in border_sets:
            contrasts, spreads = [], []
            for side in sides:
                at_line, bounded = side.units[border_set].to_numpy(bool), bound.to_numpy()[side.rows]
                value = values.to_numpy(np.float64)[side.rows]
                spreads.append(
                    Spread(
                        border=_span(value[at_line]),
                        interior=_span(value[~at_line]),
                        border_bounds=int(bounded[at_line].sum()),
                        interior_bounds=int(bounded[~at_line].sum()),
                        notes=notes[side.kode],
                    )
                )
                contrasts.append(
                    contrast(
                        pd.Series(value, index=side.units.index),
                        side.units[border_set],
                        side.pairs,
                        side.units["people"],
                        side.units["kode_kecamatan"] if level == "kelurahan" else None,
                        indicator=indicator.id,
                        side=side.kode,
                        border_set=border_set,
                        seed=SEED,
                    )
                )
            judged = verdict(indicator.direction, contrasts, line, corridor=corridor.id)
            sides_judged = tuple(
                _careful(_careful(found, "mutu_rendah", doubtful[found.side]), "batas_atas", _may_turn(found, spread))
                for found, spread in zip(judged.sides, spreads, strict=True)
            )
            line_judged = _careful(judged.line, "batas_atas", line_bounds > 0) if judged.line is not None else None
            yield Comparison(
                indicator=indicator.id,
                level=level,
                border_set=border_set,
                contrasts=tuple(contrasts),
                spreads=tuple(spreads),
                line=line,
                line_bounds=line_bounds,
                gradient=curve,
                theil=inequality,
                verdict=replace(judged, sides=sides_judged, line=line_judged),
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
