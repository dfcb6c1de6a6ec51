"""The border of one side against its own interior: how far apart they are, and whether chance explains it.

Neighbouring kelurahan resemble each other. Shuffling the labels "border" and "interior" ignores that and
calls far too many differences real, so the null distribution is made of random sets that hang together like
the border does, and the interval comes from leaving out one kecamatan after the other. Everything is
descriptive: a gap, never an effect.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from analysis.comparison.random_sets import sets_like, touching
from geo.arrays import Bools, Floats, Ints

MIN_BLOCKS = 5
"""Kecamatan that an interval needs, on the scarcer part of the side."""

MIN_COVERAGE = 0.5
"""Share of the units of border and of interior that must be known for a test or an interval."""

REPLICATES = 11_999
"""Random sets behind a p-value: the smallest one, 1/12,000, passes alone among up to 113 tests of `verdict.family`."""


@dataclass(frozen=True)
class Part:
    """Border or interior of a side.

    Attributes
    ----------
    units, known : units, and those with a value
    mean, median : over the known units, in the unit of the indicator; None without any
    """

    units: int
    known: int
    mean: float | None
    median: float | None


@dataclass(frozen=True)
class Difference:
    """Border minus interior in the unit of the indicator.

    Attributes
    ----------
    value : the difference
    low, high : interval from leaving out one kecamatan at a time; None with fewer than `MIN_BLOCKS`
    p : two-sided, from random connected sets; None where no test is possible
    """

    value: float
    low: float | None
    high: float | None
    p: float | None


@dataclass(frozen=True)
class Chance:
    """What chance does to a difference: what its power needs.

    Attributes
    ----------
    differences : of the random sets
    spread : standard deviation of the compared values, the size of the deficit that is planted
    echo : how much a deficit planted in one set moves the difference of another one: mean square, as a share of it
    """

    differences: Floats
    spread: float
    echo: float


@dataclass(frozen=True)
class Contrast:
    """Result of `contrast`.

    Attributes
    ----------
    indicator, side, border_set : ids of what was compared
    border, interior : the two parts of the side
    left_out : units in neither part
    difference : of the means; None where one part has no known unit
    adjusted : the same between places of equal density; None where a density is unknown or everywhere the same
    median_difference : difference of the medians, without interval or test
    ratio : border mean divided by interior mean; None unless both are above 0
    within : each border unit against the interior of its own kecamatan, averaged over the border units; None where no
        kecamatan has known units in both parts
    replicates : random sets
    caveats : codes of what restricts the result
    chance : None without a test
    """

    indicator: str
    side: str
    border_set: str
    border: Part
    interior: Part
    left_out: int
    difference: Difference | None
    adjusted: Difference | None
    median_difference: float | None
    ratio: float | None
    within: float | None
    replicates: int
    caveats: tuple[str, ...]
    chance: Chance | None = field(default=None, compare=False, repr=False)

    def power(self, limit: float) -> float | None:
        """Probability that a deficit of one standard deviation at the border would give a p of at most `limit`.

        Every random set plays the border in turn and gets the deficit. The deficit moves the differences of the sets
        that overlap it, too, so the p that it must reach lies farther out than without it.
        """
        if self.chance is None:
            return None
        chance, size = self.chance, np.abs(self.chance.differences)
        # p = (M + 1)/(R + 1): how many sets may lie farther out.
        beyond = int(limit * (size.size + 1) + 1e-9) - 1
        if beyond < 0:
            return 0.0
        if chance.spread == 0:
            # Among equal values any difference would show.
            return 1.0
        widened = np.sqrt(1 + chance.spread**2 * chance.echo / max(float((size**2).mean()), 1e-300))
        needed = widened * np.partition(size, size.size - 1 - beyond)[size.size - 1 - beyond]
        planted = [np.abs(chance.differences + sign * chance.spread) > needed for sign in (-1, 1)]
        return float(np.mean(planted))


def weighted_median(values: npt.ArrayLike, weights: npt.ArrayLike) -> float:
    """The value below and above which half of the weight lies.

    Parameters
    ----------
    values, weights : (n,) without missing values; weights not negative, with a sum above 0

    Returns
    -------
    float
        Midway between the two middle values where half of the weight is met exactly, so that equal weights give the
        ordinary median.

    Examples
    --------
    >>> weighted_median([1.0, 2.0, 10.0], [1.0, 1.0, 3.0])
    10.0
    >>> weighted_median([1.0, 2.0], [1.0, 1.0])
    1.5
    """
    value, weight = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    order = np.argsort(value, kind="stable")
    order = order[weight[order] > 0]
    passed = np.cumsum(weight[order])
    half = passed[-1] / 2
    lower = int(np.searchsorted(passed, half * (1 - 1e-12)))
    upper = int(np.searchsorted(passed, half * (1 + 1e-12)))
    return float((value[order[lower]] + value[order[upper]]) / 2)


def contrast(
    values: pd.Series,
    border: pd.Series,
    pairs: pd.DataFrame,
    population: pd.Series | None = None,
    kecamatan: pd.Series | None = None,
    *,
    left_out: pd.Series | None = None,
    density: pd.Series | None = None,
    indicator: str = "",
    side: str = "",
    border_set: str = "",
    replicates: int = REPLICATES,
    level: float = 0.95,
    seed: int = 0,
) -> Contrast:
    """Compare the border units of one side with its interior.

    Parameters
    ----------
    values : by kode, all units of the side, in the unit of the indicator; missing where unknown
    border : by kode, whether a unit belongs to the border set; every unit of `values` needs one
    pairs : kode_a, kode_b of neighbours that share at least 50 m. Pairs inside the side make its graph; units with a
        pair that leaves the side are its outer edge, where random sets start, as the border does
    population : people by kode, as weights; when one known unit has no people figure, all units count once
    kecamatan : kode_kecamatan by kode: blocks of the interval and of the comparison within kecamatan
    left_out : by kode, units that are neither border nor interior, such as those on the line of another kabkota
    density : people per km2 by kode, for the comparison of places of equal density
    indicator, side, border_set : ids that the result carries
    replicates : random sets
    level : coverage of the intervals, in (0, 1)
    seed : the same seed gives the same result, whatever the order of the rows

    Raises
    ------
    ValueError
        A code stands twice, a unit has no border flag, or a population is negative.

    Notes
    -----
    Test: the difference is compared with that of random sets of as many units, in as many pieces, grown on the graph of
    the side (`analysis.comparison.random_sets`), each against the interior outside it; p = (M + 1)/(R + 1), M the sets
    with a difference at least as large in absolute terms. The sets may lie on any line, as the border does: without
    the units that are left out of the interior, small p-values come three times too often. Shuffled labels would call
    several times too many differences real.

    At equal density: the coefficient b of the border in value = a + b border + c log(density), weighted by people, with
    the same random sets in the place of the border. A border that is merely the rural ring of a town has none.

    Interval: delete-one-kecamatan jackknife with t quantiles on blocks - 1 degrees of freedom, blocks being the
    kecamatan of the scarcer part. It answers how far the difference would move with other kecamatan like these.

    How often all this is wrong where nothing is to be found is measured by ``python -m benchmarks.calibration``.

    References
    ----------
    Legendre 1993, Ecology 74(6): tests that ignore autocorrelation reject too often. MacKinnon, Nielsen and Webb 2023,
    J. Econometrics 232(2): the jackknife where clusters are few.

    Examples
    --------
    >>> units = [f"u{i}" for i in range(8)]
    >>> line = pd.DataFrame({"kode_a": units[:-1], "kode_b": units[1:]})
    >>> border = pd.Series([True] * 3 + [False] * 5, units)
    >>> found = contrast(pd.Series([9.0, 9, 9, 2, 2, 2, 2, 2], units), border, line)
    >>> found.border.mean, found.interior.mean, found.difference.value, found.ratio
    (9.0, 2.0, 7.0, 4.5)
    >>> found.caveats
    ('tanpa_bobot_penduduk', 'tanpa_kecamatan', 'set_terlalu_sedikit')
    """
    if values.index.has_duplicates or border.index.has_duplicates:
        raise ValueError("a code stands twice")
    # Sorted by code, so that the random numbers meet the same units in any order of rows.
    values = values.astype(float).sort_index()
    kodes = values.index
    rows = border.index.get_indexer(kodes)
    if (rows < 0).any():
        raise ValueError("every unit needs to be border or interior")
    at_border = border.to_numpy(dtype=bool)[rows]
    away = np.zeros(len(kodes), dtype=bool)
    if left_out is not None:
        away = left_out.reindex(kodes, fill_value=False).to_numpy(dtype=bool) & ~at_border
    inside = ~at_border & ~away
    value = values.to_numpy()
    known = np.isfinite(value)
    weight, weighted = _weights(population, kodes, known)
    adjacency, outer = touching(kodes, pairs)
    caveats: list[str] = []
    if not known.all():
        caveats.append("nilai_belum_ada")
    if not weighted:
        caveats.append("tanpa_bobot_penduduk")
    if kecamatan is None:
        caveats.append("tanpa_kecamatan")
    y = np.where(known, value, 0.0)
    parts = [_part(y, weight, known, mask) for mask in (at_border, inside)]
    difference = adjusted = within = median_difference = ratio = chance = None
    if min(part.known for part in parts) == 0:
        caveats += [c for c, p in zip(("tanpa_batas", "tanpa_interior"), parts, strict=True) if not p.known]
    else:
        covered = all(part.known >= MIN_COVERAGE * part.units for part in parts)
        if not covered:
            caveats.append("cakupan_rendah")
        sets = sets_like(adjacency, outer, at_border, inside, known, replicates, seed, caveats) if covered else None
        slope = _log_density(density, kodes, known, weight)
        if density is not None and slope is None:
            caveats.append("tanpa_kepadatan")
        columns = _columns(y, weight, slope)
        codes, blocks = None, 0
        if kecamatan is not None:
            codes = _blocks(kecamatan, kodes)
            blocks = min(np.unique(codes[known & mask]).size for mask in (at_border, inside))
            within = _within(codes, columns, at_border, inside)
            if blocks < MIN_BLOCKS:
                caveats.append("kecamatan_terlalu_sedikit")
        blocks = blocks if covered else 0
        found = []
        random = None if sets is None else sets.sums(columns, inside)
        for at_density in (False, True) if slope is not None else (False,):
            observed = float(_apart(columns[at_border].sum(axis=0), columns[inside].sum(axis=0), at_density))
            null = None if random is None else _apart(*random, at_density)
            low, high = _interval(observed, codes, columns, at_border, inside, at_density, level, blocks)
            p = None if null is None else _p_value(observed, null)
            found.append(Difference(observed, low, high, p))
            if sets is not None and null is not None and not at_density:
                here = at_border | inside
                chance = Chance(null, _spread(y[here], weight[here]), sets.echo(weight, inside))
        difference, adjusted = (*found, None)[:2]
        border_part, interior_part = parts
        if border_part.median is not None and interior_part.median is not None:
            median_difference = border_part.median - interior_part.median
        if border_part.mean and interior_part.mean and border_part.mean > 0 and interior_part.mean > 0:
            ratio = border_part.mean / interior_part.mean
    return Contrast(
        indicator=indicator,
        side=side,
        border_set=border_set,
        border=parts[0],
        interior=parts[1],
        left_out=int(away.sum()),
        difference=difference,
        adjusted=adjusted,
        median_difference=median_difference,
        ratio=ratio,
        within=within,
        replicates=replicates,
        caveats=tuple(caveats),
        chance=chance,
    )


def _weights(population: pd.Series | None, kodes: pd.Index, known: Bools) -> tuple[Floats, bool]:
    """People of the known units, or 1 each where a figure is missing; nothing for unknown units."""
    if population is not None:
        people = population.reindex(kodes).to_numpy(dtype=float, na_value=np.nan)
        if (people[known] < 0).any():
            raise ValueError("a population must not be negative")
        if known.any() and (people[known] > 0).all():
            return np.where(known, people, 0.0), True
    return known.astype(float), False


def _part(y: Floats, weight: Floats, known: Bools, mask: Bools) -> Part:
    here = known & mask
    if not here.any():
        return Part(units=int(mask.sum()), known=0, mean=None, median=None)
    return Part(
        units=int(mask.sum()),
        known=int(here.sum()),
        mean=float(np.average(y[here], weights=weight[here])),
        median=weighted_median(y[here], weight[here]),
    )


def _spread(y: Floats, weight: Floats) -> float:
    """Standard deviation, by weight."""
    mean = np.average(y, weights=weight)
    return float(np.sqrt(np.average((y - mean) ** 2, weights=weight)))


def _log_density(density: pd.Series | None, kodes: pd.Index, known: Bools, weight: Floats) -> Floats | None:
    """Logarithm of the density, centred; None where it is unknown somewhere or everywhere the same."""
    if density is None:
        return None
    figure = density.reindex(kodes).to_numpy(dtype=float, na_value=np.nan)
    if not (figure[known] > 0).all():
        return None
    log = np.log(np.where(known, figure, 1.0))
    log = np.where(known, log - np.average(log, weights=weight), 0.0)
    return log if np.ptp(log[known]) > 1e-9 else None


def _columns(y: Floats, weight: Floats, density: Floats | None) -> Floats:
    """What must be summed over a set: weight, value, and for the regression density, its square and its product."""
    rest = y - np.average(y, weights=weight)
    rest = np.where(np.abs(rest) > 1e-12 * np.abs(y).max(), rest, 0.0)
    if density is None:
        return np.column_stack([weight, weight * rest])
    return weight[:, None] * np.column_stack([np.ones(len(y)), rest, density, density**2, density * rest])


def _apart(one: Floats, other: Floats, at_density: bool) -> Floats:
    """Mean of one group minus that of the other, from the sums of `_columns`; not a number where a group is empty.

    At equal density it is the coefficient of the group in the regression on group and density: the difference less what
    the slope inside both groups together explains (analysis of covariance).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = one[..., 1] / one[..., 0] - other[..., 1] / other[..., 0]
        if not at_density:
            return difference
        cross = sum(part[..., 4] - part[..., 1] * part[..., 2] / part[..., 0] for part in (one, other))
        square = sum(part[..., 3] - part[..., 2] ** 2 / part[..., 0] for part in (one, other))
        slope = np.where(square > 1e-12 * (one[..., 3] + other[..., 3]), cross / square, np.nan)
        return difference - slope * (one[..., 2] / one[..., 0] - other[..., 2] / other[..., 0])


def _p_value(observed: float, null: Floats) -> float | None:
    """Share of the null at least as far from zero as what is observed, itself counted."""
    null = null[np.isfinite(null)]
    if null.size == 0 or not np.isfinite(observed):
        return None
    # Sums in another order differ in the last digits: equal sets must stay equal.
    beyond = np.abs(null) >= abs(observed) - 1e-9 * max(float(np.abs(null).max()), abs(observed))
    return float((beyond.sum() + 1) / (null.size + 1))


def _blocks(kecamatan: pd.Series, kodes: pd.Index) -> Ints:
    codes, _ = pd.factorize(kecamatan.reindex(kodes), sort=True)
    if (codes < 0).any():
        raise ValueError("every unit needs a kecamatan")
    return codes.astype(np.intp)


def _interval(
    value: float,
    codes: Ints | None,
    columns: Floats,
    border: Bools,
    inside: Bools,
    at_density: bool,
    level: float,
    blocks: int,
) -> tuple[float | None, float | None]:
    """Interval of a difference from leaving out one kecamatan at a time."""
    if codes is None or blocks < MIN_BLOCKS:
        return None, None
    sums = [_by_block(codes, columns, part) for part in (border, inside)]
    one, other = (part.sum(axis=0) - part for part in sums)
    without = _apart(one, other, at_density)[(one[:, 0] > 0) & (other[:, 0] > 0)]
    without = without[np.isfinite(without)]
    if without.size < MIN_BLOCKS:
        return None, None
    error = np.sqrt((without.size - 1) / without.size * ((without - value) ** 2).sum())
    reach = float(stdtrit(blocks - 1, (1 + level) / 2) * error)
    return value - reach, value + reach


def _by_block(codes: Ints, columns: Floats, part: Bools) -> Floats:
    """Sums of `columns` over a part of each kecamatan."""
    sums = np.zeros((int(codes.max()) + 1, columns.shape[1]))
    np.add.at(sums, codes[part], columns[part])
    return sums


def _within(codes: Ints, columns: Floats, border: Bools, inside: Bools) -> float | None:
    """Border minus interior inside each kecamatan, averaged with the weights of the border units."""
    one, other = (_by_block(codes, columns, part) for part in (border, inside))
    both = (one[:, 0] > 0) & (other[:, 0] > 0)
    if not both.any():
        return None
    return float(np.average(_apart(one[both], other[both], False), weights=one[both, 0]))
