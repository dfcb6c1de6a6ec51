"""Neighbour against neighbour: pairs of kelurahan that share a stretch of the line between two kabkota.

Places on both sides of a short stretch of line are alike in most ways but their government. Their difference describes
a gap along the line; it is no effect of the line, since residents cross it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.values.quality import Comparability
from geo.arrays import Bools, Floats, Ints

MIN_BUNDLES = 6
"""Pairs and independent bundles that a test needs: with five the smallest two-sided p is 0.0625."""

MOST_EXACT = 12
"""Bundles up to which every combination of signs is tried."""

FLIPS = 4999
"""Random sign patterns where there are more bundles than that."""

BUNDLINGS = 59
"""Ways to bundle the pairs of a line that are tried."""

WORLDS = 99
"""Worlds with a planted deficit behind the power of a test."""

USUAL = 0.95
"""Share of the bundlings that must not exceed the p that is used: none of them is the right one."""

BLOCKED: Mapping[str, str] = {
    "satu_sisi": "satu_sisi_tidak_diketahui",
    "tidak_ada": "tidak_diketahui",
    "definisi": "definisi_berbeda",
    "hitungan": "jumlah_mentah",
}
"""Caveat that stands for each block of a comparison."""

SIDES = ("first", "second")


@dataclass(frozen=True)
class BorderPair:
    """Two kelurahan that share a stretch of the line.

    Attributes
    ----------
    kode : on the first and on the second side
    value : the same order, in the unit of the indicator; None where unknown
    difference : second minus first side
    weight : mean of 1/k over the two, k being the known pairs in which a kelurahan stands; 0 if not known
    shared_m : length of the shared stretch in metres
    bundle : number of its bundle where the longest shared lines are bundled first; None for a pair between two bundles
    """

    kode: tuple[str, str]
    value: tuple[float | None, float | None]
    difference: float | None
    weight: float
    shared_m: float
    bundle: int | None


@dataclass(frozen=True)
class BorderPairs:
    """Result of `border_pairs`; every difference is second minus first side, in the unit of the indicator.

    Attributes
    ----------
    indicator, sides : id of the indicator, kode_kabkota of the first and the second side
    pairs : all of them, longest shared line first
    known, unknown : pairs with both values, and the others
    units : kelurahan of each side that stand in a known pair
    difference : weighted mean over the known pairs; None where the sides must not be compared
    bundle_difference : the same over the bundles, which is what the test is about; median over the bundlings
    low, high : interval that holds every shift the test does not reject in at least one of the bundlings
    p : two-sided sign-flip test over the bundles: what 95 % of the bundlings do not exceed; None with too few bundles
    p_range : least and largest p of the bundlings
    bundles : groups of pairs that share no kelurahan, the least number over the bundlings
    bundlings : different ways to bundle the pairs that were tried
    spread : standard deviation of the values that stand in a known pair; the size of the deficit that is planted
    seed : of the random signs and bundlings
    comparison : whether the sides may be compared, None where nobody asked
    caveats : codes of what restricts the result
    """

    indicator: str
    sides: tuple[str, str]
    pairs: tuple[BorderPair, ...]
    known: int
    unknown: int
    units: tuple[int, int]
    difference: float | None
    bundle_difference: float | None
    low: float | None
    high: float | None
    p: float | None
    p_range: tuple[float, float] | None
    bundles: int
    bundlings: int
    spread: float
    seed: int
    comparison: Comparability | None
    caveats: tuple[str, ...]

    def power(self, limit: float) -> float | None:
        """Probability that a deficit of one standard deviation on one side would give a p of at most `limit`.

        The differences of the bundles, freed of their mean, point either way at random and get the deficit.
        """
        if self.p is None:
            return None
        flipped = [pair for pair in self.pairs if pair.bundle is not None]
        numbers = np.array([pair.bundle for pair in flipped], dtype=np.intp)
        means = _means(numbers, np.array([pair.difference for pair in flipped], dtype=float))
        members = {(number, unit) for number, p in zip(numbers.tolist(), flipped, strict=True) for unit in p.kode}
        sizes = np.bincount([number for number, _ in members]) / 2
        free = means - np.average(means, weights=sizes)
        either_way = np.random.default_rng(self.seed).choice([-1.0, 1.0], size=(WORLDS, len(free)))
        worlds = either_way * free + self.spread
        signs, extra = _signs(len(free), FLIPS, self.seed)
        p = _two_sided(signs @ (sizes * worlds).T, worlds @ sizes, extra)
        return float((p <= limit).mean())


def bundles(pairs: pd.DataFrame, rng: np.random.Generator | None = None) -> Ints:
    """Group pairs so that no unit stands in two groups.

    Parameters
    ----------
    pairs : a row a pair: first, second (units of two different sides), shared_m
    rng : chooses where there is a choice; without it the longest shared line goes first

    Returns
    -------
    (n,) array of int
        Number of the bundle, counted from 0 along the sorted codes; -1 for a pair that would tie two bundles together.

    Notes
    -----
    Along a line nearly all pairs hang together, so they are cut apart: units with one partner left choose first, then
    any pair (Karp and Sipser 1981; a largest matching where the pairs form no ring). A unit that remains alone joins
    one of its partners. Nothing here looks at values, and swapping the sides changes nothing.

    Examples
    --------
    >>> first, second = ["a1", "a2", "a2"], ["b1", "b1", "b2"]
    >>> chain = pd.DataFrame({"first": first, "second": second, "shared_m": [900.0, 100, 800]})
    >>> bundles(chain).tolist()
    [0, -1, 1]
    """
    ends = list(zip(pairs["first"].tolist(), pairs["second"].tolist(), strict=True))
    length = pairs["shared_m"].to_numpy(dtype=float)
    by_code = sorted(range(len(ends)), key=lambda row: sorted(ends[row]))
    order = sorted(by_code, key=lambda row: -length[row])
    if rng is not None:
        order = [by_code[i] for i in rng.permutation(len(by_code))]
    rows: dict[str, list[int]] = {}
    for row in order:
        for unit in ends[row]:
            rows.setdefault(unit, []).append(row)
    left = {unit: len(own) for unit, own in rows.items()}
    owner: dict[str, int] = {}

    def free(row: int) -> bool:
        return ends[row][0] not in owner and ends[row][1] not in owner

    waiting = order
    while waiting := [row for row in waiting if free(row)]:
        chosen = next((row for row in waiting if min(left[unit] for unit in ends[row]) == 1), waiting[0])
        for unit in ends[chosen]:
            owner[unit] = chosen
            for row in rows[unit]:
                for other in ends[row]:
                    left[other] -= 1
    for unit, own in rows.items():
        if unit not in owner:
            partner = ends[own[0]][ends[own[0]][0] == unit]
            owner[unit] = owner[partner]
    number = {row: i for i, row in enumerate(sorted(set(owner.values()), key=lambda row: sorted(ends[row])))}
    return np.array([number[owner[a]] if owner[a] == owner[b] else -1 for a, b in ends], dtype=np.intp)


def sign_flip(
    differences: npt.ArrayLike, weights: npt.ArrayLike, flips: int = FLIPS, level: float = 0.95, seed: int = 0
) -> tuple[Floats, Floats, Floats]:
    """Test whether a weighted mean of independent differences is zero.

    Parameters
    ----------
    differences, weights : (..., m) weights above 0; one test for each place in the leading axes
    flips : random sign patterns where there are more than `MOST_EXACT` differences
    level : coverage of the interval, in (0, 1)
    seed : of the random signs

    Returns
    -------
    p, low, high : (...) array of float
        Two-sided p and the interval of all shifts that would not be rejected.

    Notes
    -----
    p = M/2^m over all patterns (the observed one among them), else (M + 1)/(R + 1); it cannot fall below 2/2^m. Assumes
    that a difference is as likely to point one way as the other (Fisher 1935); scipy.stats.permutation_test with
    permutation_type="samples" computes the same p.

    Examples
    --------
    >>> p, low, high = sign_flip([1.0, 2, 3, 4, 5, 6], [1.0] * 6)
    >>> float(p), round(float(low), 2), round(float(high), 2)
    (0.03125, 1.0, 6.0)
    """
    difference, weight = np.asarray(differences, dtype=float), np.asarray(weights, dtype=float)
    signs, extra = _signs(difference.shape[-1], flips, seed)
    # The patterns stand in the first axis.
    value, slope = (np.tensordot(signs, part, axes=(1, -1)) for part in (weight * difference, weight))
    observed, total = (weight * difference).sum(axis=-1), weight.sum(axis=-1)
    # A shift t is kept by a pattern as long as it lies between the means of its two groups of signs.
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.stack([(observed + value) / (total + slope), (observed - value) / (total - slope)])
    one_group = np.abs(slope) >= total * (1 - 1e-12)
    highest = np.where(one_group, np.inf, means.max(axis=0))
    lowest = np.where(one_group, -np.inf, means.min(axis=0))
    rejected = int((1 - level) * (len(signs) + extra) + 1e-9) - extra
    # With too few random patterns every shift is kept.
    high = -np.partition(-highest, rejected, axis=0)[rejected] if rejected >= 0 else np.full(total.shape, np.inf)
    low = np.partition(lowest, rejected, axis=0)[rejected] if rejected >= 0 else np.full(total.shape, -np.inf)
    return _two_sided(value, observed, extra), low, high


def _two_sided(value: Floats, observed: Floats, extra: int) -> Floats:
    """Share of the patterns, in the first axis, whose absolute sum is at least as large as the observed one."""
    size, reached = np.abs(value), np.abs(observed)
    # Sums in another order differ in the last digits: equal sums must stay equal.
    beyond = (size >= reached - 1e-9 * np.maximum(size.max(axis=0), reached)).sum(axis=0)
    return (beyond + extra) / (len(value) + extra)


@lru_cache(maxsize=64)
def _signs(m: int, flips: int, seed: int) -> tuple[Floats, int]:
    """Sign patterns, a row a pattern, and what the observed one adds to their number: 0 where it is among them."""
    if m <= MOST_EXACT:
        return np.where((np.arange(2**m)[:, None] >> np.arange(m)) & 1, -1.0, 1.0), 0
    return np.where(np.random.default_rng(seed).random((flips, m)) < 0.5, -1.0, 1.0), 1


def border_pairs(
    values: pd.Series,
    pairs: pd.DataFrame,
    sides: tuple[str, str],
    *,
    indicator: str = "",
    comparison: Comparability | None = None,
    flips: int = FLIPS,
    level: float = 0.95,
    bundlings: int = BUNDLINGS,
    seed: int = 0,
) -> BorderPairs:
    """Compare the two sides of a line pair by pair.

    Parameters
    ----------
    values : by kode, in the unit of the indicator, missing where unknown
    pairs : neighbours that share at least 50 m: kode_a, kode_b, kode_kabkota_a, kode_kabkota_b, shared_m; pairs of
        other kabkota are ignored
    sides : kode_kabkota of the first and the second side. A difference is the second minus the first; swapping them
        changes signs only
    indicator : id that the result carries
    comparison : whether the sides may be compared; where not, the pairs are listed with their values but no difference
        is taken
    flips, level, seed : as for `sign_flip`
    bundlings : random ways to bundle the pairs, besides the one that takes the longest shared lines first

    Raises
    ------
    ValueError
        A code stands twice in `values`, a pair stands twice, or both sides are the same.

    Notes
    -----
    A kelurahan that stands in k known pairs gives each of them 1/k; a pair weighs the mean of what its two kelurahan
    give, so that the weights add up to half the number of kelurahan. Pairs that share a kelurahan depend on each other:
    the test flips whole bundles (see `bundles`), which share none. A bundle counts with half of its kelurahan and the
    mean difference of its pairs; pairs between two bundles are described but not tested. One line can be bundled in
    many ways that are all as good, and a single one may hit or miss by chance: the p that is used is one that 95 % of
    the bundlings do not exceed.

    How often the test is wrong on noise that is alike along the line: ``python -m benchmarks.calibration``.

    References
    ----------
    Dube, Lester and Reich 2010, Review of Economics and Statistics 92(4): contiguous pairs, weights 1/k.

    Examples
    --------
    >>> line = pd.DataFrame(
    ...     {
    ...         "kode_a": ["1.1", "1.1", "1.2"],
    ...         "kode_b": ["2.1", "2.2", "2.2"],
    ...         "kode_kabkota_a": "1",
    ...         "kode_kabkota_b": "2",
    ...         "shared_m": [500.0, 400.0, 300.0],
    ...     }
    ... )
    >>> found = border_pairs(pd.Series({"1.1": 1.0, "1.2": 2.0, "2.1": 3.0, "2.2": 4.0}), line, ("1", "2"))
    >>> [(pair.difference, pair.weight) for pair in found.pairs]
    [(2.0, 0.75), (3.0, 0.5), (2.0, 0.75)]
    >>> found.difference, found.bundle_difference, found.p, found.caveats
    (2.25, 2.0, None, ('terlalu_sedikit',))
    """
    if sides[0] == sides[1]:
        raise ValueError("a line has two sides")
    if values.index.has_duplicates:
        raise ValueError("a code stands twice")
    line = _oriented(pairs, sides)
    known_values = dict(zip(values.index.tolist(), values.astype(float).tolist(), strict=True))
    value = np.array([[known_values.get(kode, np.nan) for kode in line[side]] for side in SIDES], dtype=float).T
    known = np.isfinite(value).all(axis=1)
    block = comparison.block if comparison is not None else None
    used = line[known & (block is None)]
    step = (value[:, 1] - value[:, 0])[used.index]
    found = [np.unique(used[side].to_numpy(str), True, True, True) for side in SIDES]
    weight = np.sum([1 / counts[unit] for _, _, unit, counts in found], axis=0) / 2
    ways = _bundlings(tuple(used.itertuples(index=False, name=None)), bundlings, seed)
    difference = bundle_difference = p = p_range = low = high = None
    count, spread = 0, 0.0
    if ways:
        difference = float(np.average(step, weights=weight))
        units = [value[used.index, side][place] for side, (_, place, _, _) in enumerate(found)]
        spread = float(np.concatenate(units).std())
        count = min(len(sizes) for _, sizes in ways)
        groups = [(_means(bundle, step), sizes) for bundle, sizes in ways]
        bundle_difference = float(np.median([np.average(means, weights=sizes) for means, sizes in groups]))
        if len(used) >= MIN_BUNDLES and count >= MIN_BUNDLES:
            tests = []
            for m in {len(sizes) for _, sizes in groups}:
                same = [group for group in groups if len(group[1]) == m]
                tests.append(sign_flip([d for d, _ in same], [w for _, w in same], flips, level, seed))
            ps, lows, highs = (np.concatenate(parts) for parts in zip(*tests, strict=True))
            p = float(np.quantile(ps, USUAL, method="higher"))
            p_range = float(ps.min()), float(ps.max())
            low, high = float(lows.min()), float(highs.max())
    bundle = ways[0][0] if ways else np.zeros(0, dtype=np.intp)
    flipped = dict(zip(used.index, zip(step, weight, bundle, strict=True), strict=True))
    listed = []
    for row, (first, second, shared_m) in enumerate(line.itertuples(index=False)):
        gap, share, number = flipped.get(row, (np.nan, 0.0, -1))
        both = (_number(value[row, 0]), _number(value[row, 1]))
        listed.append(
            BorderPair((first, second), both, _number(gap), float(share), shared_m, None if number < 0 else int(number))
        )
    return BorderPairs(
        indicator=indicator,
        sides=sides,
        pairs=tuple(listed),
        known=int(known.sum()),
        unknown=int((~known).sum()),
        units=(len(found[0][0]), len(found[1][0])),
        difference=difference,
        bundle_difference=bundle_difference,
        low=low,
        high=high,
        p=p,
        p_range=p_range,
        bundles=count,
        bundlings=len(ways),
        spread=spread,
        seed=seed,
        comparison=comparison,
        caveats=_caveats(known, comparison, p),
    )


@lru_cache(maxsize=64)
def _bundlings(line: tuple[tuple[str, str, float], ...], most: int, seed: int) -> list[tuple[Ints, Floats]]:
    """Different ways to bundle these pairs (first, second, shared_m), longest shared lines first before all others.

    Each way with the number of the bundle of every pair, and half of the units of every bundle.
    """
    if not line:
        return []
    pairs = pd.DataFrame(line, columns=["first", "second", "shared_m"])
    rng = np.random.default_rng(seed)
    ways = {way.tobytes(): way for way in [bundles(pairs), *(bundles(pairs, rng) for _ in range(most))]}
    found = []
    for way in ways.values():
        members = {(number, unit) for side in SIDES for number, unit in zip(way, pairs[side], strict=True)}
        found.append((way, np.bincount([number for number, _ in members if number >= 0]) / 2))
    return found


def _means(bundle: Ints, step: Floats) -> Floats:
    """Mean difference of the pairs of each bundle."""
    inside = bundle >= 0
    return np.bincount(bundle[inside], step[inside]) / np.bincount(bundle[inside])


def _oriented(pairs: pd.DataFrame, sides: tuple[str, str]) -> pd.DataFrame:
    """The pairs of the line with the first side first, longest shared line first; ties by code."""
    side = pairs[["kode_kabkota_a", "kode_kabkota_b"]].to_numpy(dtype=object)
    kode = pairs[["kode_a", "kode_b"]].to_numpy(dtype=object)
    straight, turned = ((side == order).all(axis=1) for order in (sides, sides[::-1]))
    line = np.where(turned[:, None], kode[:, ::-1], kode)[straight | turned]
    shared = pairs["shared_m"].to_numpy(dtype=float)[straight | turned]
    if len({*map(tuple, line)}) < len(line):
        raise ValueError("a pair stands twice")
    # In the same order whichever side is named first.
    by_code = line if sides[0] < sides[1] else line[:, ::-1]
    order = sorted(range(len(line)), key=lambda row: (-shared[row], *by_code[row]))
    columns = {"first": line[order, 0], "second": line[order, 1]}
    return pd.DataFrame(columns, dtype=object).assign(shared_m=shared[order])


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _caveats(known: Bools, comparison: Comparability | None, p: float | None) -> tuple[str, ...]:
    codes = []
    if not known.size:
        codes.append("tidak_ada_pasangan")
    elif comparison is not None and comparison.block is not None:
        codes.append(BLOCKED[comparison.block])
    elif not known.any():
        codes.append("tidak_diketahui")
    elif p is None:
        codes.append("terlalu_sedikit")
    if known.any() and not known.all():
        codes.append("nilai_belum_ada")
    if comparison is not None and comparison.note_years:
        codes.append("tahun_berjauhan")
    return tuple(codes)
