"""Supply against demand where both choose by distance: enhanced two-step floating catchment areas."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

STEPS_M: tuple[tuple[float, float], ...] = ((1000.0, 1.0), (2000.0, 0.68), (3000.0, 0.22))
"""Weight of a distance: full up to the first limit, falling in steps, none beyond the last."""

__all__ = ["STEPS_M", "e2sfca", "step_weights"]

Floats = npt.NDArray[np.float64]


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


def e2sfca(
    supply: npt.ArrayLike,
    people: npt.ArrayLike,
    distances_m: npt.ArrayLike,
    steps: Sequence[tuple[float, float]] = STEPS_M,
) -> Floats:
    """Supply per person within reach, shared with all others who can reach it.

    Parameters
    ----------
    supply : (m,) array of float
        Capacity of each facility, not negative.
    people : (n,) array of float
        People at each place, not negative.
    distances_m : (n, m) array of float
        From each place to each facility; inf where it may not be used, such as across a closed border.
    steps : limits and weights, see `step_weights`

    Returns
    -------
    (n,) array of float
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
    s, p, d = (np.asarray(a, dtype=float) for a in (supply, people, distances_m))
    if d.shape != (len(p), len(s)):
        raise ValueError(f"distances are {d.shape}, expected {(len(p), len(s))}")
    if not ((s >= 0).all() and (p >= 0).all() and (d >= 0).all()):
        raise ValueError("supply, people and distances must be known and not negative")
    weight = step_weights(d, steps)
    demand = p @ weight
    per_person = np.divide(s, demand, out=np.zeros_like(s), where=demand > 0)
    return weight @ per_person
