"""How critical one post is: whom it reaches, what its unknown address decides, and what stays when its unit is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.fire.realisations import Realisations, point_people
from analysis.fire.response import Timing, delay_metres, reach_m
from geo.arrays import Bools
from geo.distances import UNKNOWN_M
from geo.regions import HIGH, LOW, distances, least_distance


@dataclass(frozen=True)
class _Reach:
    """The points that one post reaches in time in some realisation (m,), and in which realisations (m, K)."""

    rows: npt.NDArray[np.integer]
    mask: Bools


def _reaches(drawn: Realisations, timing: Timing) -> list[_Reach]:
    """What each post reaches in time: its own side without, the others with the delay."""
    side_of = drawn.grid.point_sides
    result = []
    for post, places in zip(drawn.posts, drawn.places, strict=True):
        away = least_distance(drawn.grid.xy, places)
        limit = np.full(len(side_of), -1.0)
        for home, delay in ((True, 0.0), (False, timing.delay)):
            reach = np.broadcast_to(reach_m(timing, delay), len(drawn.grid.units))
            these = (side_of == post.operator) == home
            limit[these] = reach[drawn.grid.codes[these]]
        rows = np.flatnonzero((limit >= 0) & (away <= limit + 1))
        most = np.minimum(np.floor(limit[rows] + 1e-6), UNKNOWN_M - 1).astype(np.uint16)
        mask = distances(drawn.grid.xy[rows], places) <= most[:, None]
        mask = np.broadcast_to(mask, (len(rows), drawn.own.shape[1]))
        some = mask.any(axis=1)
        result.append(_Reach(rows[some], mask[some]))
    return result


def _posts_in_time(drawn: Realisations, reaches: Sequence[_Reach]) -> dict[str, npt.NDArray[np.uint8]]:
    """How many posts reach each point in time in each realisation (n, K), by plan."""
    count = {plan: np.zeros(drawn.own.shape, dtype=np.uint8) for plan in ("closed", "open")}
    for post, reach in zip(drawn.posts, reaches, strict=True):
        count["open"][reach.rows] += reach.mask
        home = drawn.grid.point_sides[reach.rows] == post.operator
        count["closed"][reach.rows[home]] += reach.mask[home]
    return count


def ask_first(drawn: Realisations, timing: Timing, people: pd.DataFrame) -> pd.DataFrame:
    """Which unknown address matters most: how the people covered swing with the place of one post, the others averaged.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    people : value by kode

    Returns
    -------
    DataFrame by id of each post without an exact place
        closed_low, closed_high, open_low, open_high (expected people on all sides within the target, 5th to 95th
        percentile over the places of this post), swing (the wider of the two ranges), falling.
    """
    weight = point_people(drawn, people)
    side_of = drawn.grid.point_sides
    reaches = _reaches(drawn, timing)
    count = _posts_in_time(drawn, reaches)
    everyone = {plan: float(weight @ (number > 0).mean(axis=1)) for plan, number in count.items()}
    rows = {}
    for post, reach in zip(drawn.posts, reaches, strict=True):
        if post.exact:
            continue
        row = {}
        for plan, number in count.items():
            kept = side_of[reach.rows] == post.operator if plan == "closed" else np.ones(len(reach.rows), dtype=bool)
            points, mask = reach.rows[kept], reach.mask[kept]
            # People whom nobody else reaches: in that share of the realisations they hang on this post.
            hanging = weight[points] * (number[points] == mask).mean(axis=1)
            without = everyone[plan] - float(weight[points] @ (number[points] > 0).mean(axis=1))
            at_place = without + float((weight[points] - hanging).sum()) + hanging @ mask
            row[f"{plan}_low"], row[f"{plan}_high"] = (float(v) for v in np.quantile(at_place, (LOW, HIGH)))
        row["swing"] = max(row["closed_high"] - row["closed_low"], row["open_high"] - row["open_low"])
        rows[post.id] = row
    columns = ["closed_low", "closed_high", "open_low", "open_high", "swing"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).sort_values(
        "swing", ascending=False, kind="stable"
    )


def engines_away(drawn: Realisations, timing: Timing, people: pd.DataFrame) -> pd.DataFrame:
    """What stays at home while the unit of a post is across the line.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    people : value by kode

    Returns
    -------
    DataFrame by id of each post of a side
        across (expected people of other sides for whom it is the nearest of any, with the delay), home (people of its
        own side within the target of own posts), home_without (the same without this post), home_low, home_high (5th to
        95th percentile of the latter over the realisations) and home_helped (without this post, but with help from
        across the line), falling in across.
    """
    weight = point_people(drawn, people)
    side_of = drawn.grid.point_sides
    reaches = _reaches(drawn, timing)
    shift = delay_metres(drawn, timing)
    sent = np.minimum(drawn.other, UNKNOWN_M - shift) + shift < drawn.own
    asked = np.flatnonzero(sent.any(axis=1))
    farthest = drawn.other[asked].max(axis=1)
    mine, every = _posts_in_time(drawn, reaches).values()
    rows = {}
    for side in drawn.sides:
        at_home = side_of == side
        full, helped = (weight[at_home] @ (number[at_home] > 0) for number in (mine, every))
        for post, places, reach in zip(drawn.posts, drawn.places, reaches, strict=True):
            if post.operator != side:
                continue
            kept = at_home[reach.rows]
            points, mask = reach.rows[kept], reach.mask[kept]
            left = full - weight[points] @ ((mine[points] == 1) & mask)
            left_helped = helped - weight[points] @ ((every[points] == 1) & mask)
            near = asked[(side_of[asked] != side) & (least_distance(drawn.grid.xy[asked], places) <= farthest + 1)]
            nearest = (distances(drawn.grid.xy[near], places) == drawn.other[near]) & sent[near]
            low, high = np.quantile(left, (LOW, HIGH))
            rows[post.id] = {
                "across": float(weight[near] @ nearest.mean(axis=1)),
                "home": float(full.mean()),
                "home_without": float(left.mean()),
                "home_low": float(low),
                "home_high": float(high),
                "home_helped": float(left_helped.mean()),
            }
    columns = ["across", "home", "home_without", "home_low", "home_high", "home_helped"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).sort_values(
        "across", ascending=False, kind="stable"
    )


def reached_by(drawn: Realisations, timing: Timing, people: pd.DataFrame, post_id: str) -> tuple[float, float]:
    """Expected people whom one post reaches within the target: of its own side, and of other sides with the delay.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    people : value by kode
    post_id : the post
    """
    number = next(i for i, post in enumerate(drawn.posts) if post.id == post_id)
    (reach,) = _reaches(
        replace(drawn, posts=drawn.posts[number : number + 1], places=drawn.places[number : number + 1]),
        timing,
    )
    expected = point_people(drawn, people)[reach.rows] * reach.mask.mean(axis=1)
    home = drawn.grid.point_sides[reach.rows] == drawn.posts[number].operator
    return float(expected[home].sum()), float(expected[~home].sum())
