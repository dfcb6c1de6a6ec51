"""How a value changes with the distance to the line, on both sides of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.arrays import Bools, Floats

MIN_UNITS = 10
"""Known units that a side needs for a curve."""

MIN_NEAR = 5
"""Units within the bandwidth that every place on the curve needs."""

JUDGED = 0.9
"""Share of the units, nearest first, by which a bandwidth is judged."""


@dataclass(frozen=True)
class SideGradient:
    """One side of the line.

    Attributes
    ----------
    kode_kabkota : the side
    points : by kode of the known units, nearest first: distance_m, value
    curve : distance_m, value; rows of missing values part stretches without enough units; empty without a curve
    bandwidth_m : half width of the window behind each place on the curve; None without a curve
    range_m : metres to the nearest and the farthest known unit; None without any
    unknown : units whose value or distance is unknown
    """

    kode_kabkota: str
    points: pd.DataFrame
    curve: pd.DataFrame
    bandwidth_m: float | None
    range_m: tuple[float, float] | None
    unknown: int


def local_linear(x: npt.ArrayLike, y: npt.ArrayLike, at: npt.ArrayLike, bandwidth: float) -> Floats:
    """Local linear regression with a triangular kernel.

    Parameters
    ----------
    x, y : (n,) known points
    at : (m,) where to evaluate
    bandwidth : above 0; units farther away than this count nothing

    Returns
    -------
    (m,) array of float
        Not a number where fewer than `MIN_NEAR` units lie within the bandwidth, and outside the range of `x`. Never
        beyond the smallest and largest value within the bandwidth.

    Raises
    ------
    ValueError
        The bandwidth is not above 0.

    References
    ----------
    Fan and Gijbels 1996, Local Polynomial Modelling: no bias of first order at the ends, unlike a moving average.

    Examples
    --------
    >>> x = np.arange(6.0)
    >>> local_linear(x, 2 * x, [0.0, 2.5, 5.1], bandwidth=10).round(9).tolist()
    [0.0, 5.0, nan]
    """
    if not bandwidth > 0:
        raise ValueError("a bandwidth must be above 0")
    x, y, at = (np.asarray(a, dtype=float) for a in (x, y, at))
    if x.size == 0:
        return np.full(at.size, np.nan)
    smoother, near = _smoother(x, at, bandwidth)
    fitted = smoother @ y
    lowest = np.where(near, y, np.inf).min(axis=1)
    highest = np.where(near, y, -np.inf).max(axis=1)
    usable = (near.sum(axis=1) >= MIN_NEAR) & (at >= x.min()) & (at <= x.max())
    return np.where(usable, np.clip(fitted, lowest, highest), np.nan)


def gradient(
    values: pd.Series, members: pd.DataFrame, sides: tuple[str, ...], *, steps: int = 60
) -> tuple[SideGradient, ...]:
    """Values against the distance to the line, as points and as a curve.

    Parameters
    ----------
    values : by kode, missing where unknown
    members : a row a unit of both sides: kode, kode_kabkota, typical_m (median metres of its sample points to the line)
    sides : kode_kabkota
    steps : places on each curve, evenly spaced from the nearest to the farthest known unit

    Raises
    ------
    ValueError
        A code stands twice.

    Notes
    -----
    Each side is smoothed for itself, so nothing is carried across the line, and only between its own nearest and
    farthest unit. The bandwidth is the one of twelve, from the whole of the range of distances down to an eighth, that
    predicts left-out units best (mean absolute error over the nearest nine tenths of the units).

    Examples
    --------
    >>> kodes = [f"1.{i:02}" for i in range(12)]
    >>> members = pd.DataFrame({"kode": kodes, "kode_kabkota": "1", "typical_m": np.arange(12) * 100.0})
    >>> side = gradient(pd.Series(np.arange(12.0), kodes), members, ("1",), steps=3)[0]
    >>> side.curve.round(6).to_numpy().tolist()
    [[0.0, 0.0], [550.0, 5.5], [1100.0, 11.0]]
    """
    if values.index.has_duplicates or len({*members["kode"]}) < len(members):
        raise ValueError("a code stands twice")
    found = []
    for side in sides:
        own = members.loc[members["kode_kabkota"] == side]
        points = pd.DataFrame(
            {
                "distance_m": own["typical_m"].to_numpy(dtype=float, na_value=np.nan),
                "value": values.reindex(own["kode"]).to_numpy(dtype=float, na_value=np.nan),
            },
            index=pd.Index(own["kode"], name="kode"),
        )
        found.append(_side(side, points, steps))
    return tuple(found)


def _side(side: str, everyone: pd.DataFrame, steps: int) -> SideGradient:
    # By code first, so that units at one distance keep their order.
    points = everyone.dropna().sort_index().sort_values("distance_m", kind="stable")
    x, y = points["distance_m"].to_numpy(), points["value"].to_numpy()
    curve = pd.DataFrame({"distance_m": [], "value": []}, dtype=float)
    bandwidth = None
    if len(points) >= MIN_UNITS and x[0] != x[-1]:
        bandwidth = _bandwidth(x, y)
        at = np.linspace(x[0], x[-1], steps)
        curve = pd.DataFrame({"distance_m": at, "value": local_linear(x, y, at, bandwidth)})
    return SideGradient(
        kode_kabkota=side,
        points=points,
        curve=curve,
        bandwidth_m=bandwidth,
        range_m=(float(x[0]), float(x[-1])) if len(points) else None,
        unknown=len(everyone) - len(points),
    )


def _smoother(x: Floats, at: Floats, bandwidth: float) -> tuple[Floats, Bools]:
    """Weight of each unit in the fit at each place, and which units lie within the bandwidth."""
    away = x[None, :] - at[:, None]
    kernel = np.maximum(1 - np.abs(away) / bandwidth, 0)
    s0, s1, s2 = (part.sum(axis=1, keepdims=True) for part in (kernel, kernel * away, kernel * away**2))
    spread = s0 * s2 - s1**2
    # Where all units in reach stand at one distance there is no slope to fit: take their mean.
    flat = spread <= 1e-12 * (s0 * bandwidth) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        sloped = kernel * (s2 - s1 * away) / spread
        level = kernel / s0
    return np.nan_to_num(np.where(flat, level, sloped)), kernel > 0


def _bandwidth(x: Floats, y: Floats) -> float:
    """Bandwidth with the smallest leave-one-out error; the wider one of equals. `x` rises."""
    best, least = float(x[-1] - x[0]), np.inf
    # A few far units, islands mostly, would otherwise decide how the stretch near the line is drawn.
    judged = x <= np.quantile(x, JUDGED)
    for bandwidth in best * np.geomspace(1, 1 / 8, 12):
        smoother, near = _smoother(x, x, bandwidth)
        own = np.diag(smoother)
        if (near.sum(axis=1) < MIN_NEAR)[judged].any() or (own >= 1 - 1e-9)[judged].any():
            continue
        error = float(np.mean(np.abs((y - smoother @ y)[judged] / (1 - own[judged]))))
        if error < least * (1 - 1e-9):
            best, least = float(bandwidth), error
    return best
