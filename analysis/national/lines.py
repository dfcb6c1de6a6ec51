"""One line between two kabkota, compared as a corridor is, and all lines of Indonesia judged together.

People are not known nationally: every kelurahan counts once. How dense a place is stands in two figures that are
known everywhere: kelurahan per km2 for primary schools, primary schools per km2 for the higher ones, whose own places
it does not hold (docs/metode.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.comparison.border_pairs import BorderPairs, border_pairs
from analysis.comparison.contrast import REPLICATES, Contrast, contrast
from analysis.comparison.verdict import Family, Rate, Verdict, family, family_at_density, verdict
from analysis.values.quality import Block, Comparability
from geo.arrays import Bools, Floats
from geo.borders import TOUCHING

SEED = 2024
OWN = "own_"
"""How the measures begin that count only the schools of one's own kabkota."""

RATE: Rate = "bh"
"""Of ten thousand tests each has to do with those of its own line and of the lines of its two kabkota alone."""

BUNDLINGS = 9
"""Ways to bundle the pairs of a line, fewer than for a corridor, since there are more than a thousand lines."""

FLIPS = 999
"""Random patterns of signs of a test of neighbours, fewer for the same reason."""

DIRECTION = "lebih_rendah_baik"
"""A shorter way is better."""

LEVELS = ("sd", "smp", "sma_smk")
"""Levels of schools, whose lists are good or thin each by itself."""


@dataclass(frozen=True)
class Line:
    """One measure along one line.

    Attributes
    ----------
    pair : codes of both kabkota, joined by a hyphen
    measure : column of the values
    contrasts : edge against interior, one a side
    across : neighbour against neighbour, for the measures within one's own kabkota; None for the others
    area_gaps : edge minus interior of each side, weighted by area; None where one part has no value
    """

    pair: str
    measure: str
    contrasts: tuple[Contrast, ...]
    across: BorderPairs | None
    area_gaps: tuple[float | None, ...]


def level_of(measure: str) -> str:
    """Level of the schools of a measure.

    Examples
    --------
    >>> level_of("own_sma_smk_negeri"), level_of("any_sd")
    ('sma_smk', 'sd')
    """
    return measure.removesuffix("_negeri").split("_", 1)[1]


def density(units: pd.DataFrame, level: str) -> pd.Series:
    """What stands for the density of people, per km2 by kode.

    Parameters
    ----------
    units : by kode: luas_km2 and sd_inside, primary schools inside
    level : sd, smp or sma_smk
    """
    if level == "sd":
        return 1 / units["luas_km2"]
    # Half a school more, so that a kelurahan without one is thin and not empty.
    return (units["sd_inside"] + 0.5) / units["luas_km2"]


def compare_line(
    sides: tuple[str, str],
    units: pd.DataFrame,
    pairs: pd.DataFrame,
    measures: Sequence[str],
    thin: Mapping[str, frozenset[str]],
    replicates: int = REPLICATES,
) -> list[Line]:
    """Compare the edge of both sides with their interior, and neighbours across the line.

    Parameters
    ----------
    sides : kode_kabkota of both
    units : by kode, the kelurahan of both sides: kode_kabkota, kode_kecamatan, luas_km2, sd_inside, measures (km)
    pairs : neighbours that share at least 50 m, one of them on a side: kode_a, kode_b, kode_kabkota_a,
        kode_kabkota_b, shared_m
    measures : columns of `units`
    thin : by level, kode_kabkota whose list is too thin to be compared
    replicates : random sets behind a p-value

    Returns
    -------
    list of Line
        One a measure. The interior of a side lies on no line of any kabkota.
    """
    units = units.sort_index()
    outward = pairs[pairs["kode_kabkota_a"] != pairs["kode_kabkota_b"]]
    at_line = outward[outward["kode_kabkota_a"].isin(sides) & outward["kode_kabkota_b"].isin(sides)]
    places = [_side(side, units, pairs, outward, at_line) for side in sides]
    found = []
    for measure in measures:
        level = level_of(measure)
        known = units[measure].where(~units["kode_kabkota"].isin(thin[level]))
        contrasts = tuple(
            contrast(
                known[place.rows],
                place.border,
                place.pairs,
                kecamatan=place.units["kode_kecamatan"],
                left_out=place.away,
                density=density(place.units, level),
                indicator=measure,
                side=place.kode,
                border_set=TOUCHING,
                replicates=replicates,
                seed=SEED,
            )
            for place in places
        )
        area_gaps = tuple(place.area_gap(known.to_numpy(float)[place.rows]) for place in places)
        across = None
        if measure.startswith(OWN):
            unknown = tuple(side for side in sides if side in thin[level])
            blocks: tuple[Block | None, ...] = (None, "satu_sisi", "tidak_ada")
            across = border_pairs(
                known,
                at_line,
                sides,
                indicator=measure,
                comparison=Comparability(blocks[len(unknown)], unknown, 0),
                flips=FLIPS,
                bundlings=BUNDLINGS,
                seed=SEED,
            )
        found.append(Line("-".join(sides), measure, contrasts, across, area_gaps))
    return found


@dataclass(frozen=True, eq=False)
class _Side:
    """One side of a line: which rows it has, its units, which of them lie on this line and on any, its neighbours."""

    kode: str
    rows: Bools
    units: pd.DataFrame
    border: pd.Series
    away: pd.Series
    pairs: pd.DataFrame

    def area_gap(self, values: Floats) -> float | None:
        """Edge minus interior, weighted by area; None where one of them has no value."""
        edge, area = self.border.to_numpy(), self.units["luas_km2"].to_numpy()
        means = []
        for part in (edge, ~edge & ~self.away.to_numpy()):
            known = part & np.isfinite(values)
            if not known.any():
                return None
            means.append(float(np.average(values[known], weights=area[known])))
        return means[0] - means[1]


def _side(side: str, units: pd.DataFrame, pairs: pd.DataFrame, outward: pd.DataFrame, at_line: pd.DataFrame) -> _Side:
    rows = (units["kode_kabkota"] == side).to_numpy(dtype=bool)
    own = units[rows]
    on = [pd.Series(own.index.isin(p["kode_a"]) | own.index.isin(p["kode_b"]), own.index) for p in (at_line, outward)]
    near = pairs[pairs["kode_kabkota_a"].eq(side) | pairs["kode_kabkota_b"].eq(side)]
    return _Side(side, rows, own, on[0], on[1], near)


def families(lines: Iterable[Line]) -> tuple[Family, Family]:
    """All tests of these lines as one family, and those at equal density of the differences that are seen."""
    contrasts: list[Contrast] = []
    ps: list[float | None] = []
    for line in lines:
        # The many random differences of a line are needed for its power alone.
        contrasts += [replace(found, chance=None) for found in line.contrasts]
        ps += [line.across.p] if line.across is not None else []
    judged = family([*ps, *(c.difference.p for c in contrasts if c.difference is not None)], RATE)
    return judged, family_at_density(contrasts, judged, RATE)


def judge(line: Line, judged: Family, at_density: Family) -> Verdict:
    """What may be said about a line when all lines are looked at.

    Parameters
    ----------
    line : one of those that were judged together
    judged, at_density : of all lines, see `families`
    """
    return verdict(DIRECTION, line.contrasts, line.across, judged=judged, at_density=at_density)
