"""Everything about one indicator along one border: border and interior, neighbours, gradient, inequality, verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison.border_pairs import BorderPairs, border_pairs
from analysis.comparison.clusters import local_moran
from analysis.comparison.contrast import Contrast, contrast
from analysis.comparison.disparity import Theil, theil
from analysis.comparison.gradient import SideGradient, gradient
from analysis.comparison.verdict import (
    Family,
    SideVerdict,
    Strength,
    Verdict,
    family,
    family_at_density,
    verdict,
)
from analysis.values.quality import Comparability, compare_sides, year_span
from geo.arrays import Bools
from geo.borders import CODE_LENGTH

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
    notes : remarks that the values carry
    """

    border: tuple[float, float] | None
    interior: tuple[float, float] | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Result of `compare_corridor`; sides stand in the order of the corridor.

    Attributes
    ----------
    indicator, border_set : their ids
    level : of the units compared; the kecamatan of an indicator known only there
    contrasts, spreads : border against interior, one a side
    line : pairs across the line; None for an area without a line of its own
    gradient : values by distance to the line; None without a line, or where the units are no kelurahan
    theil : inequality between and within the kabkota of the corridor; None where the sides are not compared
    verdict : what may be said, all tests of the corridor taken together
    comparability : whether the sides may be compared
    years : oldest and newest year of the values, None without any
    """

    indicator: str
    level: str
    border_set: str
    contrasts: tuple[Contrast, ...]
    spreads: tuple[Spread, ...]
    line: BorderPairs | None
    gradient: tuple[SideGradient, ...] | None
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
    on_line : (n,) which of its units lie on the line of any kabkota
    pairs : neighbours of which at least one lies on this side
    """

    kode: str
    rows: Bools
    units: pd.DataFrame
    on_line: pd.Series
    pairs: pd.DataFrame


@dataclass(frozen=True)
class _Level:
    """Units of a level in the order of their kode, the sides, and the pairs between two of them."""

    units: pd.DataFrame
    sides: list[_Side]
    across: pd.DataFrame


def _level(border: Border, level: str) -> _Level:
    units, pairs = border.units[level].sort_index(), _pairs(border, level)
    first, second = pairs["kode_kabkota_a"], pairs["kode_kabkota_b"]
    outward = pairs[first != second]
    touching = units.index.isin({*outward["kode_a"], *outward["kode_b"]})
    sides = []
    for kode in border.corridor.sides:
        rows = (units["kode_kabkota"] == kode).to_numpy(bool)
        own = units[rows]
        on_line = pd.Series(touching[rows], own.index)
        sides.append(_Side(kode, rows, own, on_line, pairs[(first == kode) | (second == kode)]))
    across = first.isin(border.corridor.sides) & second.isin(border.corridor.sides) & (first != second)
    return _Level(units, sides, pairs[across])


def _mostly_low(quality: Objects) -> bool:
    known = quality[quality != ""]
    return bool(known.size) and float((known == "rendah").mean()) > MOSTLY


def _careful(judged: SideVerdict, doubtful: bool) -> SideVerdict:
    """A test knows chance only: where the values themselves are in doubt it is never more than weak."""
    if not doubtful:
        return judged
    weaker: Strength | None = "lemah" if judged.strength in ("kuat", "sedang") else judged.strength
    return replace(judged, strength=weaker, caveats=(*judged.caveats, "mutu_rendah"))


def _span(values: pd.Series) -> tuple[float, float] | None:
    known = values.to_numpy()
    known = known[np.isfinite(known)]
    return (float(known.min()), float(known.max())) if known.size else None


def _by_count(notes: Objects) -> tuple[str, ...]:
    """The different notes, most frequent first."""
    return tuple(str(note) for note, _ in Counter(notes[notes != ""]).most_common())


def compare_corridor(border: Border, measures: Iterable[Measure]) -> dict[tuple[str, str], Comparison]:
    """Compare the border of each side with its interior, and the two sides with each other.

    Parameters
    ----------
    border : units of all sides of the corridor
    measures : all indicators that are looked at, since their tests are judged together; counts, and those known for
        whole kabkota only, are passed over

    Returns
    -------
    dict
        By id of the indicator and border set.

    Notes
    -----
    The interior is what lies neither in the border set nor on the line of any other kabkota. The false discovery rate
    is that of all tests of the corridor: every indicator with a better end, both sides, every border set, and the pairs
    across the line once. Differences that are seen are tested again between places of equal density, as a family of
    their own.
    """
    known = [measure for measure in measures if measure.indicator.compared]
    levels = {level: _level(border, level) for level in dict.fromkeys(m.indicator.level for m in known)}
    facts = [_facts(border, levels[measure.indicator.level], measure) for measure in known]
    tested = [f for f in facts if f.measure.indicator.direction != "netral"]
    contrasts = [c for f in tested for own in f.contrasts.values() for c in own]
    lines = [f.line.p for f in tested if f.line is not None]
    judged = family([*lines, *(c.difference.p for c in contrasts if c.difference is not None)])
    at_density = family_at_density(contrasts, judged)
    return {
        (f.measure.indicator.id, border_set): _judged(border, f, border_set, judged, at_density)
        for f in facts
        for border_set in border.corridor.border_sets
    }


@dataclass(frozen=True)
class _Facts:
    """One indicator before anything is said about it; contrasts and spreads by border set."""

    measure: Measure
    contrasts: Mapping[str, tuple[Contrast, ...]]
    spreads: Mapping[str, tuple[Spread, ...]]
    doubtful: Mapping[str, bool]
    line: BorderPairs | None
    gradient: tuple[SideGradient, ...] | None
    theil: Theil | None
    comparability: Comparability
    years: tuple[int, int] | None


def _facts(border: Border, level: _Level, measure: Measure) -> _Facts:
    corridor, indicator, units = border.corridor, measure.indicator, level.units
    known = measure.values.reindex(units.index)
    values = known["value"].astype(float)
    note, quality = (known[column].fillna("").to_numpy(object) for column in ("note", "quality"))
    comparability = compare_sides(measure, corridor.sides)
    line = curve = inequality = None
    if corridor.pair:
        both = (corridor.sides[0], corridor.sides[1])
        line = border_pairs(values, level.across, both, indicator=indicator.id, comparison=comparability, seed=SEED)
        if indicator.level == "kelurahan":
            curve = gradient(values, units.reset_index(), corridor.sides)
    if comparability.block is None and (values.dropna() >= 0).all():
        inequality = theil(values, units["kode_kabkota"], units["people"])
    contrasts: dict[str, tuple[Contrast, ...]] = {}
    spreads: dict[str, tuple[Spread, ...]] = {}
    for border_set in corridor.border_sets:
        found, spans = [], []
        for side in level.sides:
            at_line, value = side.units[border_set], values[side.rows]
            inside = ~at_line & ~side.on_line
            spans.append(
                Spread(
                    border=_span(value[at_line]),
                    interior=_span(value[inside]),
                    notes=_by_count(note[side.rows]),
                )
            )
            found.append(
                contrast(
                    value,
                    at_line,
                    side.pairs,
                    side.units["people"],
                    side.units["kode_kecamatan"] if indicator.level == "kelurahan" else None,
                    left_out=side.on_line,
                    density=side.units["people"] / side.units["luas_km2"],
                    indicator=indicator.id,
                    side=side.kode,
                    border_set=border_set,
                    seed=SEED,
                )
            )
        contrasts[border_set], spreads[border_set] = tuple(found), tuple(spans)
    return _Facts(
        measure=measure,
        contrasts=contrasts,
        spreads=spreads,
        doubtful={side.kode: _mostly_low(quality[side.rows]) for side in level.sides},
        line=line,
        gradient=curve,
        theil=inequality,
        comparability=comparability,
        years=year_span(known["year"]),
    )


def _judged(border: Border, facts: _Facts, border_set: str, judged: Family, at_density: Family) -> Comparison:
    indicator, spreads = facts.measure.indicator, facts.spreads[border_set]
    said = verdict(
        indicator.direction,
        facts.contrasts[border_set],
        facts.line,
        judged=judged,
        at_density=at_density,
    )
    # The many random differences are needed for the power alone.
    contrasts = tuple(replace(found, chance=None) for found in facts.contrasts[border_set])
    sides = [replace(side, contrast=found) for side, found in zip(said.sides, contrasts, strict=True)]
    sides = [_careful(side, facts.doubtful[side.side]) for side in sides]
    return Comparison(
        indicator=indicator.id,
        level=indicator.level,
        border_set=border_set,
        contrasts=contrasts,
        spreads=spreads,
        line=facts.line,
        gradient=facts.gradient,
        theil=facts.theil,
        verdict=replace(said, sides=tuple(sides)),
        comparability=facts.comparability,
        years=facts.years,
    )


def clusters_across(border: Border, measure: Measure) -> pd.DataFrame:
    """Local clusters of an indicator over all sides, neighbours across the line included; see `local_moran`.

    Raises
    ------
    ValueError
        The sides may not be compared, so that one map over both would mix definitions.
    """
    indicator = measure.indicator
    if compare_sides(measure, border.corridor.sides).block == "definisi":
        raise ValueError(f"{indicator.id} is defined differently on the two sides")
    values = measure.values["value"].reindex(border.units[indicator.level].index)
    return local_moran(values, _pairs(border, indicator.level), seed=SEED)
