"""Where high and low values gather, also across the line: local Moran with a false discovery rate."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from geo.arrays import Floats, Ints

MIN_UNITS = 10
"""Known units with a neighbour that a test needs."""

NO_NEIGHBOUR = "tanpa_tetangga"
QUADRANTS = ("tinggi-tinggi", "rendah-tinggi", "rendah-rendah", "tinggi-rendah")
"""Value of the unit, then of its neighbours, against the mean of all; esda's quadrants 1 to 4."""

ALPHA = 0.05
"""False discovery rate behind `significant`."""

BLOCK = 1000
"""Random neighbourhoods drawn at once."""


def local_moran(values: pd.Series, pairs: pd.DataFrame, *, permutations: int = 9999, seed: int = 0) -> pd.DataFrame:
    """Find units whose neighbourhood is unlike what chance would put around them.

    Parameters
    ----------
    values : by kode, all units of the area, missing where unknown
    pairs : kode_a, kode_b of neighbours, also across the line; pairs with a unit outside `values` are ignored
    permutations : random neighbourhoods a unit. With few of them no p is small enough to survive the adjustment
    seed : the same seed gives the same result, whatever the order of the rows

    Returns
    -------
    DataFrame
        By kode of the known units: local_i, lag (mean of the known neighbours), neighbours (their number), label
        (quadrant, or tanpa_tetangga), p (two-sided), p_adjusted (over all tested units), significant (bool); missing
        without a neighbour.

    Raises
    ------
    ValueError
        A code stands twice.

    Notes
    -----
    I_i = z_i sum_j w_ij z_j / m2 with row-standardised weights over the known neighbours and m2 = sum z^2/(n - 1). The
    value of a unit stays in place while its neighbours are drawn from all others; p = 2 (M + 1)/(R + 1) from the
    thinner tail, at most 1. Units without a known neighbour are labelled and left out of I, but their values count in
    the mean. The figures are those of esda.Moran_Local, whose own p is one-sided in the direction observed, half of
    this one; esda draws from a global random state, and differently with numba than without, hence not here.

    References
    ----------
    Anselin 1995, Geographical Analysis 27(2).

    Examples
    --------
    >>> kodes = [f"u{i:02}" for i in range(20)]
    >>> line = pd.DataFrame({"kode_a": kodes[:-1], "kode_b": kodes[1:]})
    >>> found = local_moran(pd.Series([9.0] * 5 + [1.0] * 15, kodes), line, permutations=999)
    >>> found["label"].iloc[[0, 4, 5, 19]].tolist()
    ['tinggi-tinggi', 'tinggi-tinggi', 'rendah-tinggi', 'rendah-rendah']
    """
    if values.index.has_duplicates:
        raise ValueError("a code stands twice")
    known = values.astype(float).dropna().sort_index()
    kodes = known.index
    starts, other = _directed(kodes, pairs)
    degree = np.diff(starts)
    tested = degree > 0
    y = np.asarray(known, dtype=float)
    z: Floats = y - y.mean() if y.size else y
    square = float((z**2).sum())
    # Rounding leaves a trace of spread in equal values.
    varied = square > 1e-18 * max(float((y**2).sum()), 1e-300)
    lag_z = _mean_by_unit(z[other], starts)
    local = np.full(len(known), np.nan)
    p = local.copy()
    if varied and tested.any():
        local[tested] = z[tested] * lag_z[tested] * (len(known) - 1) / square
        if int(tested.sum()) >= MIN_UNITS:
            p[tested] = _conditional_p(z, lag_z, degree, permutations, np.random.default_rng(seed))[tested]
    adjusted = np.full(len(known), np.nan)
    adjusted[np.isfinite(p)] = false_discovery_control(p[np.isfinite(p)])
    label = np.select(
        [~tested, (z > 0) & (lag_z > 0), (z <= 0) & (lag_z > 0), (z <= 0) & (lag_z <= 0)],
        [NO_NEIGHBOUR, *QUADRANTS[:3]],
        QUADRANTS[3],
    )
    return pd.DataFrame(
        {
            "local_i": local,
            "lag": lag_z + (y.mean() if y.size else 0.0),
            "neighbours": degree,
            "label": pd.Series(label, index=kodes, dtype=str),
            "p": p,
            "p_adjusted": adjusted,
            "significant": adjusted <= ALPHA,
        },
        index=kodes,
    )


def _directed(kodes: pd.Index, pairs: pd.DataFrame) -> tuple[Ints, Ints]:
    """Neighbours of unit i are other[starts[i]:starts[i + 1]]."""
    a, b = kodes.get_indexer(pd.Index(pairs["kode_a"])), kodes.get_indexer(pd.Index(pairs["kode_b"]))
    inside = (a >= 0) & (b >= 0) & (a != b)
    both = np.unique(np.concatenate([np.stack([a, b], axis=1)[inside], np.stack([b, a], axis=1)[inside]]), axis=0)
    starts = np.zeros(len(kodes) + 1, dtype=np.intp)
    np.cumsum(np.bincount(both[:, 0], minlength=len(kodes)), out=starts[1:])
    return starts, both[:, 1].astype(np.intp)


def _mean_by_unit(values: Floats, starts: Ints) -> Floats:
    sums = np.diff(np.concatenate([[0.0], np.cumsum(values)])[starts])
    with np.errstate(divide="ignore", invalid="ignore"):
        return sums / np.diff(starts)


def _conditional_p(z: Floats, lag: Floats, degree: Ints, permutations: int, rng: np.random.Generator) -> Floats:
    """Two-sided p of each lag against means of as many random other units."""
    most = int(degree.max())
    # One unit more than needed: where the unit itself is drawn, the spare one takes its place. In blocks, to spare
    # memory where there are thousands of units.
    blocks = [
        np.argpartition(rng.random((size, z.size), dtype=np.float32), most, axis=1)[:, : most + 1]
        for size in np.diff([*range(0, permutations, BLOCK), permutations])
    ]
    drawn = rng.permuted(np.concatenate(blocks), axis=1)
    running = np.cumsum(z[drawn], axis=1)
    p = np.full(z.size, np.nan)
    for unit in np.flatnonzero(degree):
        k = int(degree[unit])
        itself = (drawn[:, :k] == unit).any(axis=1)
        total = running[:, k - 1] + np.where(itself, z[drawn[:, k]] - z[unit], 0.0)
        p[unit] = _tails(total, lag[unit] * k)
    return p


def _tails(null: Floats, observed: float) -> float:
    """Twice the thinner tail, the observed value counted; sums that differ by rounding only are equal."""
    tolerance = 1e-9 * max(float(np.abs(null).max()), abs(observed))
    tail = min((null >= observed - tolerance).sum(), (null <= observed + tolerance).sum())
    return float(min(1.0, 2 * (tail + 1) / (null.size + 1)))
