"""Several calls at the same time: the nearest unit that is still free goes to each in turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.fire.realisations import Realisations, point_people, without_own
from analysis.fire.response import Timing, rates
from geo.arrays import Floats
from geo.regions import HIGH, LOW

SITUATIONS = 512
"""Situations in which several calls are tried out; a share of them is known to about two percentage points."""


def dispatch(minutes_to: npt.ArrayLike, units: npt.ArrayLike) -> tuple[npt.NDArray[np.int64], Floats]:
    """Send to each call, in order, the nearest unit that is still free.

    Parameters
    ----------
    minutes_to : (S, calls, P) minutes from each post to each call of S separate situations; inf where a post may not be
        sent
    units : (P,) units that each post has, or one number for all

    Returns
    -------
    chosen : (S, calls) position of the post, -1 when nobody is left
    spent : (S, calls) minutes, inf when nobody is left
    """
    times = np.asarray(minutes_to, dtype=float)
    situations, calls, posts = times.shape
    chosen = np.full((situations, calls), -1, dtype=np.int64)
    spent = np.full((situations, calls), np.inf)
    if posts == 0:
        return chosen, spent
    free = np.broadcast_to(np.asarray(units, dtype=np.int64), (situations, posts)).copy()
    every = np.arange(situations)
    for call in range(calls):
        left = np.where(free > 0, times[:, call], np.inf)
        best = left.argmin(axis=1)
        took = left[every, best]
        sent = np.isfinite(took)
        chosen[sent, call] = best[sent]
        spent[:, call] = took
        free[every[sent], best[sent]] -= 1
    return chosen, spent


def calls_at_once(
    drawn: Realisations,
    timing: Timing,
    people: pd.DataFrame,
    units: Sequence[str],
    calls: int,
    per_post: int = 1,
    situations: int = SITUATIONS,
) -> pd.DataFrame:
    """Several calls at the same time: who is still free for the second, the third, ...?

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    people : value by kode
    units : kode of the kelurahan in which the calls fall, at random in proportion to their people
    calls : calls of one situation, in the order in which they come in
    per_post : units that each post has
    situations : number of situations, each in the next of the realisations

    Returns
    -------
    DataFrame
        call (1 to calls), plan ("closed", "open"), median, low, high (minutes of those that were served, 5th to 95th
        percentile), in_time and unserved (shares of the situations). The same arguments give the same rows, and more
        calls leave those of the first ones as they are. Empty when there is no post or nobody in `units`; "closed" is
        NaN when a call may fall on a side of which no post is known.
    """
    columns = ["call", "plan", "median", "low", "high", "in_time", "unserved"]
    weight = point_people(drawn, people, units)
    if weight.sum() <= 0 or not drawn.posts:
        return pd.DataFrame(columns=columns)
    # One stream a call: the first calls stay where they are when more are asked for.
    random = np.column_stack([np.random.default_rng([call, situations]).random(situations) for call in range(calls)])
    place = np.searchsorted(np.cumsum(weight), random * weight.sum(), side="right")
    place = np.minimum(place, int(np.flatnonzero(weight)[-1]))
    stands = drawn.places[:, np.arange(situations) % drawn.own.shape[1]].transpose(1, 0, 2)
    gap = drawn.grid.xy[place][:, :, None, :] - stands[:, None, :, :]
    metres = np.hypot(gap[..., 0], gap[..., 1])
    where = drawn.grid.codes[place]
    spent = timing.call + timing.turnout + metres * rates(drawn, timing)[where][:, :, None]
    operator = np.array([p.operator for p in drawn.posts])
    own = drawn.grid.sides[where][:, :, None] == operator
    blind = bool(weight[without_own(drawn)[drawn.grid.codes]].any())
    rows: list[list[object]] = []
    for plan, times in (("closed", np.where(own, spent, np.inf)), ("open", np.where(own, spent, spent + timing.delay))):
        _, took = dispatch(times, per_post)
        for call, minutes in enumerate(took.T, start=1):
            if blind and plan == "closed":
                rows.append([call, plan, *[np.nan] * 5])
                continue
            served = minutes[np.isfinite(minutes)]
            low, middle, high = np.quantile(served, (LOW, 0.5, HIGH)) if len(served) else (np.nan,) * 3
            in_time, unserved = float((minutes <= timing.target).mean()), 1 - len(served) / situations
            rows.append([call, plan, middle, low, high, in_time, unserved])
    return pd.DataFrame(rows, columns=columns)
