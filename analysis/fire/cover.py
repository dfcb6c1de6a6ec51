"""Who is reached in time: the share of each kelurahan and the people within the target, closed and open.

A count of people has two ranges, never mixed: over the realisations of the posts' places and, where one is stated, of
the speed of the engines; and over the error of the population estimate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fire.realisations import Realisations, mean_by_unit, without_own
from analysis.fire.response import Timing, reach_m
from analysis.values.population import sum_with_range
from geo.arrays import Bools, Floats
from geo.distances import UNKNOWN_M
from geo.regions import HIGH, LOW, Metres


def in_time(drawn: Realisations, timing: Timing, metres: Metres, delay: float, pace: Floats | float = 1.0) -> Bools:
    """Whether each point is reached within the target in each realisation, (n, K) as `metres`.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    metres : (n, K), own or other distances; what is unknown is never in time
    delay : minutes taken off before anybody leaves
    pace : (K,) speed in each realisation as a share of that of `timing`, or one for all
    """
    reach, codes = np.broadcast_to(reach_m(timing, delay), len(drawn.grid.units)), drawn.grid.codes
    far = np.maximum(reach, 0)[:, None] * np.atleast_1d(pace)
    most = np.minimum(np.floor(far + 1e-6), UNKNOWN_M - 1).astype(np.uint16)
    result = metres <= most[codes]
    if (reach < 0).any():
        result &= (reach >= 0)[codes][:, None]
    return result


def shares(drawn: Realisations, timing: Timing, pace: Floats | float = 1.0) -> tuple[Floats, Floats]:
    """Share of the points of each unit reached within the target in each realisation, closed and open, (U, DRAWS) each.

    Closed: own posts only, NaN for a side without any known post. Open: nearest of any side, the delay added for
    others. Open is never less than closed.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    pace : (DRAWS,) speed in each realisation as a share of that of `timing`, see `response.paces`; or one for all
    """
    own = in_time(drawn, timing, drawn.own, 0.0, pace)
    closed = mean_by_unit(drawn, own)
    closed[without_own(drawn)] = np.nan
    either = own | in_time(drawn, timing, drawn.other, timing.delay, pace)
    return closed, mean_by_unit(drawn, either)


def probability(drawn: Realisations, timing: Timing, found: tuple[Floats, Floats] | None = None) -> pd.DataFrame:
    """Probability of the target by unit, 0 to 1.

    It is the share of all places of the kelurahan and all possible places of the posts.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    found : what `shares` gave, when it is there already

    Returns
    -------
    DataFrame by kode
        closed, open.
    """
    closed, opened = found or shares(drawn, timing)
    return pd.DataFrame({"closed": closed.mean(axis=1), "open": opened.mean(axis=1)}, index=drawn.grid.units)


@dataclass(frozen=True)
class Spread:
    """An expected number of people with both of its ranges.

    Attributes
    ----------
    value : mean over the realisations
    low, high : 5th to 95th percentile over the realisations of places and, where stated, of speed
    people_low, people_high : the mean, with the lower and the upper end of the range of the population estimate
    """

    value: float
    low: float
    high: float
    people_low: float
    people_high: float


@dataclass(frozen=True)
class Covered:
    """People of one side who are reached within the target.

    Attributes
    ----------
    side : kode_kabkota, empty for all together
    people : all of the side whose number is known
    closed, opened, gain : people reached by own posts, by any post, and the difference; closed and gain are None when
        no post of the side is known
    """

    side: str
    people: float
    closed: Spread | None
    opened: Spread
    gain: Spread | None


def covered(
    drawn: Realisations,
    timing: Timing,
    people: pd.DataFrame,
    found: tuple[Floats, Floats] | None = None,
    pace: Floats | None = None,
) -> list[Covered]:
    """People within the target on each side, and last on all sides together (``side`` empty).

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    people : value, low, high by kode; a kelurahan without a value is left out and counted. low and high may be missing
        (an official figure): they count as the value
    found : what `shares` gave, when it is there already
    pace : (DRAWS,) speed in each realisation as a share of that of `timing`: it widens low and high and leaves the
        value as it is
    """
    closed, opened = found or shares(drawn, timing)
    ends = (closed, opened) if pace is None else shares(drawn, timing, pace)
    counts = people.reindex(drawn.grid.units)
    result = []
    for side in (*drawn.sides, ""):
        rows = np.flatnonzero((drawn.grid.sides == side) | (side == ""))
        known = rows[counts["value"].notna().to_numpy()[rows]]
        here = counts.iloc[known]
        has = all(drawn.has_own(s) for s in ([side] if side else drawn.sides))
        result.append(
            Covered(
                side=side,
                people=float(here["value"].sum()),
                closed=_spread(here, closed[known], ends[0][known]) if has else None,
                opened=_spread(here, opened[known], ends[1][known]),
                gain=_spread(here, (opened - closed)[known], (ends[1] - ends[0])[known]) if has else None,
            )
        )
    return result


def _spread(people: pd.DataFrame, share: Floats, ends: Floats) -> Spread:
    counts = people["value"].to_numpy(float)
    total = counts @ share
    low, high = np.quantile(counts @ ends, (LOW, HIGH)) if len(counts) else (0.0, 0.0)
    expected = pd.Series(share.mean(axis=1), index=people.index)
    _, people_low, people_high = sum_with_range(people.rename(columns={"value": "people"}), expected)
    return Spread(
        value=float(total.mean()),
        low=float(low),
        high=float(high),
        people_low=people_low,
        people_high=people_high,
    )
