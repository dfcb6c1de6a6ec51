"""What a coordination delay costs: how coverage falls with it, and from which delay on one's own post is as fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fire.cover import in_time
from analysis.fire.realisations import Realisations, mean_by_unit, off_scale, point_people, without_own
from analysis.fire.response import Timing, rates
from geo.arrays import Floats
from geo.distances import UNKNOWN_M
from geo.regions import HIGH, LOW


@dataclass(frozen=True)
class Curve:
    """People of one side within the target by coordination delay.

    Attributes
    ----------
    side : kode_kabkota
    delays : minutes
    opened : (len(delays),) expected people with an open line
    gain_low, gain_high : what the open line adds, 5th to 95th percentile over the realisations
    closed : the number that the curve falls to, None when unknown
    meets : minutes of delay from which on opening helps nobody there; None when it never helps or closed is unknown
    """

    side: str
    delays: Floats
    opened: Floats
    gain_low: Floats
    gain_high: Floats
    closed: float | None
    meets: float | None


def delay_curve(drawn: Realisations, timing: Timing, people: pd.DataFrame, delays: Sequence[float]) -> list[Curve]:
    """How coverage falls with the delay, for each side; all delays in one pass.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    people : value by kode
    delays : minutes

    Notes
    -----
    Who is not reached by an own post is reached by another up to the delay target - call - turnout - travel: the number
    of people at a delay is those whose delay is at least that.
    """
    steps = np.asarray(delays, dtype=float)
    weight = point_people(drawn, people)
    own = in_time(drawn, timing, drawn.own, 0.0)
    rate, side_of = rates(drawn, timing), drawn.grid.point_sides
    result = []
    for side in drawn.sides:
        rows = np.flatnonzero((side_of == side) & (weight > 0))
        base = weight[rows] @ own[rows]
        where, draw = np.nonzero(~own[rows] & in_time(drawn, timing, drawn.other, 0.0)[rows])
        travel = drawn.other[rows[where], draw] * rate[drawn.grid.codes[rows[where]]]
        left = timing.target - timing.call - timing.turnout - travel
        people_of = weight[rows[where]]
        gained = np.zeros((len(steps), drawn.own.shape[1]))
        for i, delay in enumerate(steps):
            enough = left >= delay - 1e-9
            gained[i] = np.bincount(draw[enough], weights=people_of[enough], minlength=drawn.own.shape[1])
        low, high = np.quantile(gained, (LOW, HIGH), axis=1)
        has = drawn.has_own(side)
        result.append(
            Curve(
                side=side,
                delays=steps,
                opened=(base + gained).mean(axis=1),
                gain_low=low,
                gain_high=high,
                closed=float(base.mean()) if has else None,
                meets=float(left.max()) if has and len(left) else None,
            )
        )
    return result


@dataclass(frozen=True)
class Break:
    """Break-even delay of the side whose people are counted.

    Attributes
    ----------
    side : kode_kabkota
    people : for how many a post of another side is nearer, without delay (expected)
    minutes : their mean lead over the nearest own post, weighted by people: so long may the coordination take on
        average before their own post is as fast; None when nobody
    """

    side: str
    people: float
    minutes: float | None


def break_even(drawn: Realisations, timing: Timing, people: pd.DataFrame) -> tuple[pd.DataFrame, list[Break]]:
    """The delay at which the nearest post of any side is no faster than the nearest own one.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    people : value by kode

    Returns
    -------
    DataFrame by kode
        minutes, low, high (own minus other, mean over the points, median and 5th to 95th percentile over the
        realisations; negative: the own post is nearer) and share of its places and realisations where another side is
        nearer than one's own even with the delay of `timing`. NaN where no own or no other post is known.
    list of Break
    """
    per_unit = rates(drawn, timing)
    lost = without_own(drawn) | off_scale(drawn, drawn.own) | off_scale(drawn, drawn.other)
    lead = (mean_by_unit(drawn, drawn.own) - mean_by_unit(drawn, drawn.other)) * per_unit[:, None]
    ahead = drawn.own > drawn.other
    gap = np.where(ahead, drawn.own - drawn.other, np.uint16(0))
    shift = np.minimum(np.floor(timing.delay / per_unit + 1e-6), UNKNOWN_M).astype(np.uint16)
    nearer = mean_by_unit(drawn, gap > shift[drawn.grid.codes][:, None]).mean(axis=1)
    low, middle, high = np.quantile(lead, (LOW, 0.5, HIGH), axis=1)
    table = pd.DataFrame({"minutes": middle, "low": low, "high": high, "share": nearer}, index=drawn.grid.units)
    table.loc[lost, :] = np.nan
    counts = people["value"].reindex(drawn.grid.units).fillna(0.0).to_numpy(float)
    counts = np.where(lost, 0.0, counts)
    helped = counts * mean_by_unit(drawn, ahead).mean(axis=1)
    saved = counts * mean_by_unit(drawn, gap).mean(axis=1) * per_unit
    result = []
    for side in drawn.sides:
        here = drawn.grid.sides == side
        number, total = float(helped[here].sum()), float(saved[here].sum())
        result.append(Break(side, number, total / number if number > 0 else None))
    return table, result
