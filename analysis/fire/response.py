"""How long a fire unit takes: own posts only, or the nearest post of any side, as minutes with their range.

Minutes are call handling, turnout and travel; travel is a straight line times a detour, at a speed. A unit from another
side takes the coordination delay on top. Ranges are over the realisations of `geo.regions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fire.realisations import Realisations, mean_by_unit, off_scale, without_own
from geo.arrays import Floats
from geo.distances import UNKNOWN_M
from geo.regions import HIGH, LOW, Metres

PACE_SEED = 7
"""Of the order in which speeds meet the places of the posts."""


@dataclass(frozen=True)
class Timing:
    """What the minutes consist of.

    Attributes
    ----------
    call, turnout, delay, target : minutes; delay is added when a post comes to another side
    detour : road length over straight line
    speed : km/h, one number or one a unit (U,)
    """

    call: float
    turnout: float
    delay: float
    target: float
    detour: float
    speed: float | Floats

    @property
    def minutes_per_metre(self) -> float | Floats:
        """Minutes that a straight-line metre takes."""
        return self.detour * 60 / 1000 / self.speed


def paces(slow: float, fast: float, draws: int) -> Floats:
    """How fast engines are in each realisation (draws,), as a share of the chosen speed.

    Half of them are slower, evenly down to `slow`, half faster, evenly up to `fast`, in an order of their own: which
    speed meets which places of the posts is left to chance (Latin hypercube, as in `geo.regions`).

    Parameters
    ----------
    slow, fast : least and most, as a share of the chosen speed
    draws : realisations

    Examples
    --------
    >>> sorted(paces(0.8, 1.6, 4).round(2).tolist())
    [0.85, 0.95, 1.15, 1.45]
    """
    place = (np.random.default_rng(PACE_SEED).permutation(draws) + 0.5) / draws
    return np.interp(place, [0.0, 0.5, 1.0], [slow, 1.0, fast])


def within(radius_km: float) -> Timing:
    """The timing that reaches exactly what lies within a straight-line radius.

    Examples
    --------
    >>> float(reach_m(within(7.5)))
    7500.0
    """
    # At 60 km/h a kilometre takes a minute.
    return Timing(call=0, turnout=0, delay=0, target=radius_km, detour=1, speed=60)


def reach_m(timing: Timing, delay: float = 0.0) -> Floats:
    """Straight-line metres covered within the target, one or one a unit; negative when time is up before."""
    left = timing.target - timing.call - timing.turnout - delay
    return np.asarray(left / np.asarray(timing.minutes_per_metre, dtype=float))


def rates(drawn: Realisations, timing: Timing) -> Floats:
    """Minutes that a straight-line metre takes in each unit (U,)."""
    return np.broadcast_to(np.asarray(timing.minutes_per_metre, dtype=float), len(drawn.grid.units))


def delay_metres(drawn: Realisations, timing: Timing) -> Metres:
    """Straight-line metres that take as long as the coordination delay, for each point (n, 1)."""
    metres = np.minimum(np.rint(timing.delay / rates(drawn, timing)), UNKNOWN_M).astype(np.uint16)
    return metres[drawn.grid.codes][:, None]


def spent(drawn: Realisations, timing: Timing) -> dict[str, Floats]:
    """Minutes from call to arrival by plan, mean over the points of each unit in each realisation (U, K)."""
    rate, metres = rates(drawn, timing), delay_metres(drawn, timing)
    # Saturating sum: what is unknown or far stays at the end of the scale.
    delayed = np.minimum(drawn.other, UNKNOWN_M - metres) + metres
    result = {}
    for plan, values in (("closed", drawn.own), ("open", np.minimum(drawn.own, delayed))):
        taken = timing.call + timing.turnout + mean_by_unit(drawn, values) * rate[:, None]
        taken[off_scale(drawn, values) | (without_own(drawn) if plan == "closed" else False)] = np.nan
        result[plan] = taken
    return result


def minutes(drawn: Realisations, timing: Timing, found: dict[str, Floats] | None = None) -> pd.DataFrame:
    """Minutes by unit, from call to arrival, mean over its points: median and 5th to 95th percentile over the
    realisations.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    found : what `spent` gave, when it is there already

    Returns
    -------
    DataFrame by kode
        closed, closed_low, closed_high, open, open_low, open_high; NaN where no post is known or a point is farther
        away than two bytes hold (65 km).
    """
    result: dict[str, Floats] = {}
    for plan, taken in (found or spent(drawn, timing)).items():
        low, middle, high = np.quantile(taken, (LOW, 0.5, HIGH), axis=1)
        result |= {plan: middle, f"{plan}_low": low, f"{plan}_high": high}
    return pd.DataFrame(result, index=drawn.grid.units)


def minutes_of_sides(
    drawn: Realisations, timing: Timing, people: pd.DataFrame, found: dict[str, Floats] | None = None
) -> pd.DataFrame:
    """As `minutes`, by side: the mean over its people, as far as their number is known.

    NaN where the minutes of any of them are not known: those beyond the scale are the farthest, and a mean without them
    would be too short.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    people : value by kode
    found : what `spent` gave, when it is there already
    """
    weight = people["value"].reindex(drawn.grid.units).fillna(0.0).to_numpy(float)
    known = found or spent(drawn, timing)
    rows = {}
    for side in drawn.sides:
        row: dict[str, float] = {}
        for plan, values in known.items():
            here = (drawn.grid.sides == side) & (weight > 0)
            mean = weight[here] @ values[here] / weight[here].sum() if here.any() else np.full(values.shape[1], np.nan)
            low, middle, high = (float(v) for v in np.quantile(mean, (LOW, 0.5, HIGH)))
            row |= {plan: middle, f"{plan}_low": low, f"{plan}_high": high}
        rows[side] = row
    return pd.DataFrame.from_dict(rows, orient="index")


def speed_classes(density: pd.Series, limits: Sequence[float], speeds: Sequence[float], usual: float) -> Floats:
    """Speed of each unit (U,) from its road density, in km/h.

    Parameters
    ----------
    density : km of road per km2, NaN where unknown
    limits : rising density limits; a value at a limit belongs to the denser class
    speeds : km/h, one more than limits
    usual : km/h where the density is unknown
    """
    known = density.notna().to_numpy()
    place = np.searchsorted(np.asarray(limits, dtype=float), density.fillna(0.0).to_numpy(float), side="right")
    return np.where(known, np.asarray(speeds, dtype=float)[place], usual)
