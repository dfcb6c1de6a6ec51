"""Supply against demand where both choose by distance: enhanced two-step floating catchment areas."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.spatial import cKDTree

from geo.arrays import Floats

STEPS_M: tuple[tuple[float, float], ...] = ((1000.0, 1.0), (2000.0, 0.68), (3000.0, 0.22))
"""Weight of a distance: full up to the first limit, falling in steps, none beyond the last."""


def step_weights(distances_m: npt.ArrayLike, steps: Sequence[tuple[float, float]] = STEPS_M) -> Floats:
    """Weight of each distance by steps; limits belong to the nearer step.

    Raises
    ------
    ValueError
        The limits do not rise.

    Examples
    --------
    >>> step_weights([500, 1000, 2500, 9000]).tolist()
    [1.0, 1.0, 0.22, 0.0]
    """
    limits = np.array([limit for limit, _ in steps])
    if (np.diff(limits) <= 0).any():
        raise ValueError("the limits of the steps must rise")
    weights = np.array([*(weight for _, weight in steps), 0.0])
    return weights[np.searchsorted(limits, np.asarray(distances_m, dtype=float), side="left")]


def scaled_steps(radius_m: float) -> tuple[tuple[float, float], ...]:
    """The steps of `STEPS_M` stretched so that the first one ends at a radius.

    Examples
    --------
    >>> scaled_steps(3000.0)
    ((3000.0, 1.0), (6000.0, 0.68), (9000.0, 0.22))
    """
    factor = radius_m / STEPS_M[0][0]
    return tuple((limit * factor, weight) for limit, weight in STEPS_M)


def within_reach(
    places_xy: npt.ArrayLike | cKDTree, facilities_xy: npt.ArrayLike, farthest_m: float
) -> sparse.coo_array:
    """Straight-line distances of all pairs that lie within reach of each other.

    Parameters
    ----------
    places_xy : (n, 2) metres, or the tree of them
    facilities_xy : (m, 2) metres
    farthest_m : longest distance of a pair

    Returns
    -------
    (n, m) sparse array
        One stored entry a pair within `farthest_m`; a distance of 0 is stored too.
    """
    places = places_xy
    if not isinstance(places, cKDTree):
        places = cKDTree(np.asarray(places_xy, dtype=float).reshape(-1, 2))
    facilities = np.asarray(facilities_xy, dtype=float).reshape(-1, 2)
    shape = (places.n, len(facilities))
    if not all(shape):
        return sparse.coo_array(shape, dtype=float)
    found = places.sparse_distance_matrix(cKDTree(facilities), farthest_m, output_type="ndarray")
    return sparse.coo_array((found["v"], (found["i"], found["j"])), shape=shape)


def e2sfca(
    supply: npt.ArrayLike,
    people: npt.ArrayLike,
    distances_m: npt.ArrayLike | sparse.coo_array,
    steps: Sequence[tuple[float, float]] = STEPS_M,
) -> Floats:
    """Supply per person within reach, shared with all others who can reach it.

    Parameters
    ----------
    supply : (m,) capacity of each facility, not negative; or (k, m) of k cases that share people and distances
    people : (n,) people at each place, not negative
    distances_m : (n, m) array or sparse array, from each place to each facility; inf where it may not be used, such as
        across a closed border. A pair that a sparse array does not store is out of reach
    steps : limits and weights, see `step_weights`

    Returns
    -------
    (n,) or (k, n) array of float
        Access A with sum(people * A) equal to the supply of all facilities that anybody can reach.

    Raises
    ------
    ValueError
        Shapes do not fit, or a number is negative or missing.

    References
    ----------
    Luo and Qi 2009, Health & Place 15(4): R_j = S_j / sum_k P_k W_kj, A_i = sum_j R_j W_ij.

    Examples
    --------
    >>> e2sfca([1.0], [3.0, 1.0], [[0.0], [0.0]]).tolist()
    [0.25, 0.25]
    """
    s, p = np.asarray(supply, dtype=float), np.asarray(people, dtype=float)
    if sparse.issparse(distances_m):
        pairs = sparse.coo_array(distances_m)
        d, shape = pairs.data, pairs.shape
    else:
        d = np.asarray(distances_m, dtype=float)
        shape = d.shape
    if shape != (len(p), s.shape[-1]):
        raise ValueError(f"distances are {shape}, expected {(len(p), s.shape[-1])}")
    if not ((s >= 0).all() and (p >= 0).all() and (d >= 0).all()):
        raise ValueError("supply, people and distances must be known and not negative")
    weight = step_weights(d, steps)
    if not sparse.issparse(distances_m):
        return _shared(s, p @ weight) @ weight.T
    at, to = pairs.coords
    per_person = _shared(s, _sums(to, weight, p[at], s.shape[-1]))
    access = [_sums(at, weight, case[to], len(p)) for case in np.atleast_2d(per_person)]
    return np.reshape(access, (*s.shape[:-1], len(p)))


def _sums(group: npt.NDArray[np.integer], weight: Floats, values: Floats, n: int) -> Floats:
    """Weighted sums by group; the values, one a pair and so millions, are lost."""
    values *= weight
    return np.asarray(np.bincount(group, weights=values, minlength=n), dtype=float)


def _shared(supply: Floats, demand: Floats) -> Floats:
    return np.divide(supply, demand, out=np.zeros_like(supply), where=demand > 0)
