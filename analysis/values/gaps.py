"""Distance to a standard, in per cent and in people.

Formulas: deficit d = (x - T)/T where less is better and (T - x)/T where more is better (standards of the catalogue);
people affected = share of the kelurahan beyond T times its people, or d times people where no share is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.distances import UNKNOWN_M
from geo.grid import Grid

if TYPE_CHECKING:
    from data.tables import Measure


def signed_gap(values: pd.Series, threshold: float, direction: str) -> pd.Series:
    """Signed relative distance to the standard; above 0 the standard is missed.

    Parameters
    ----------
    values : in the unit of the threshold; missing stays missing
    threshold : the standard, above 0
    direction : "lebih_rendah_baik" or "lebih_tinggi_baik"

    Returns
    -------
    Series of float, aligned to `values`

    Raises
    ------
    ValueError
        The threshold is not above 0, or the direction has no better end.

    Examples
    --------
    >>> signed_gap(pd.Series([0.5, 1.0, 3.0]), 1.0, "lebih_rendah_baik").tolist()
    [-0.5, 0.0, 2.0]
    """
    if not threshold > 0:
        raise ValueError("a standard needs a threshold above 0")
    if direction == "lebih_rendah_baik":
        return (values - threshold) / threshold
    if direction == "lebih_tinggi_baik":
        return (threshold - values) / threshold
    raise ValueError(f"no gap without a better direction: {direction}")


def may_meet_or_miss(values: pd.DataFrame, threshold: float, direction: str) -> pd.Series:
    """Tell for each value whether the standard lies within its range, so that it is neither met nor missed for sure.

    Parameters
    ----------
    values : value, low, high (unknown: the value itself)
    threshold : in the unit of the values
    direction : of the indicator, see `signed_gap`
    """
    low = values["low"].fillna(values["value"])
    high = values["high"].fillna(values["value"])
    if direction == "lebih_rendah_baik":
        return (low <= threshold) & (high > threshold)
    return (low < threshold) & (high >= threshold)


def lacking_share(values: pd.Series, threshold: float, direction: str) -> pd.Series:
    """Share (0 to 1) of the need that is not met, where only one value a unit is known.

    For "more is better" this is the deficit; for "less is better" a unit misses the standard as a whole or not at all.

    Parameters
    ----------
    values, threshold, direction : as for `signed_gap`

    Examples
    --------
    >>> lacking_share(pd.Series([2.0, 5.0]), 4.0, "lebih_tinggi_baik").tolist()
    [0.5, 0.0]
    """
    gap = signed_gap(values, threshold, direction)
    if direction == "lebih_tinggi_baik":
        return gap.clip(0, 1)
    return gap.gt(0).astype(float).where(gap.notna())


def share_lacking(measure: Measure) -> pd.Series:
    """Share (0 to 1) of each known unit that misses the standard, by kode.

    For distances this is the share of sample points beyond the threshold, people taken as evenly spread.

    Raises
    ------
    ValueError
        The measure has no standard.
    """
    if measure.standard is None:
        raise ValueError(f"{measure.indicator.id} has no standard")
    values = measure.values["value"]
    if measure.beyond is not None:
        return measure.beyond.reindex(values.index)
    return lacking_share(values, measure.standard.threshold, measure.indicator.direction)


def ends_lacking(measure: Measure) -> pd.DataFrame:
    """Least and most that `share_lacking` may be, over the places where facilities without a point may stand.

    Other indicators have no ends: both are the share itself.

    Parameters
    ----------
    measure : with a standard

    Returns
    -------
    DataFrame by kode
        low, high, 0 to 1.

    Notes
    -----
    Of each kelurahan the quantiles of the share itself, which held nine of ten true shares where the places are known.
    Added up over kelurahan, all lie at the same end at once: a sum is a bound both ways that holds more than that.
    """
    share = share_lacking(measure)
    found = pd.DataFrame({"low": share, "high": share})
    if measure.beyond_low is not None and measure.beyond_high is not None:
        found = found.assign(low=measure.beyond_low, high=measure.beyond_high)
    return found


def beyond_any(measures: Sequence[Measure], grid: Grid) -> pd.DataFrame:
    """Share (0 to 1) of each kelurahan that lies beyond the standard of at least one of these distances.

    Parameters
    ----------
    measures : those that are no distance to a facility, or have no standard, count nothing
    grid : their sample points

    Returns
    -------
    DataFrame by kode
        share, and the most and the least that it may be: at the ends of the ranges of the distances. Missing where no
        distance is known.
    """
    known, share, most, least = (np.zeros(len(grid.codes), dtype=bool) for _ in range(4))
    for measure in measures:
        if measure.metres is None or measure.standard is None:
            continue
        here, limit = measure.metres < UNKNOWN_M, measure.standard.threshold * 1000
        near, away = (measure.metres if end is None else end for end in (measure.nearest, measure.farthest))
        known |= here
        share |= here & (measure.metres > limit)
        most |= here & (away > limit)
        least |= here & (near > limit)
    total = np.bincount(grid.codes[known], minlength=len(grid.units))
    counted = {
        name: np.bincount(grid.codes[far], minlength=len(grid.units))
        for name, far in (("share", share), ("most", most), ("least", least))
    }
    shares = {name: np.where(total > 0, count / np.maximum(total, 1), np.nan) for name, count in counted.items()}
    return pd.DataFrame(shares, index=grid.units)


def people_lacking(share: pd.Series, population: pd.DataFrame) -> pd.DataFrame:
    """People on the wrong side of the standard.

    Parameters
    ----------
    share : share of each unit that misses the standard, 0 to 1, by kode
    population : by kode: people, low, high; low and high may be missing (an official figure) and then count as people

    Returns
    -------
    DataFrame by kode of `share`
        people, low, high; missing where either part is unknown.

    Examples
    --------
    >>> frame = pd.DataFrame({"people": [1000.0], "low": [900.0], "high": [float("nan")]}, index=["a"])
    >>> people_lacking(pd.Series([0.25], index=["a"]), frame).iloc[0].tolist()
    [250.0, 225.0, 250.0]
    """
    known = population[["people", "low", "high"]].reindex(share.index)
    return known.apply(lambda column: share * column.fillna(known["people"]))
