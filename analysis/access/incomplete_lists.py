"""How near a facility may stand that no list has, and the least and the most that opening a border then saves.

A list that misses facilities makes an opening look better or worse than it is: a missing facility of one's own may be
nearer than the one across the line, and a missing one across the line may be nearer still. What is known of the missing
ones is where they may stand: in the kelurahan that a list names without a point, or anywhere in a kelurahan that was
judged uncertain. From the distance to that land follow bounds that no true list can leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from analysis.access.services import OFFICE, Service
from geo.arrays import Bools, Floats

if TYPE_CHECKING:
    from data.tables import Dataset


UNSEEN_SHARE = 0.05
"""A kelurahan is judged uncertain when more of its points than this may have a nearer facility that is not listed."""
ALIKE_M = (300.0, 400.0, 500.0)
"""Kelurahan whose places lie up to this far from a sample point are looked at together; those beyond each alone."""


@dataclass(frozen=True)
class Unseen:
    """Where facilities of one kabkota may stand that no list has.

    flagged : kelurahan (bool by unit) to which such a one may be nearer than the nearest listed
    lost : by facility id, land (bool by unit) of those that are named without a point, when they explain all flags
    land : kelurahan (bool by unit) that may hold unnamed ones
    """

    flagged: Bools
    lost: Mapping[str, Bools]
    land: Bools


@dataclass(frozen=True)
class Far:
    """Least distance (m) of unlisted facilities from the points inside; land: of those that are not even named."""

    own: Floats
    own_land: Floats
    other: Floats
    other_land: Floats


@dataclass(frozen=True)
class Savings:
    """Metres saved at each point by opening, and whether its nearest facility is then another's.

    saved : as the lists have it; least and most : whatever facilities the lists miss
    """

    saved: Floats
    least: Floats
    most: Floats
    switch: Bools
    switch_least: Bools
    switch_most: Bools


def savings(closed_m: Floats, open_m: Floats, own_unseen_m: Floats, other_unseen_m: Floats) -> Savings:
    """What opening saves, given how near facilities may stand that no list has.

    Parameters
    ----------
    closed_m, open_m : (n,) metres to the nearest listed facility, own and any
    own_unseen_m, other_unseen_m : (n,) metres
        No unlisted facility of one's own, or of another side, is nearer than this; inf where the list is complete.

    Notes
    -----
    With an unlisted facility of one's own at d the saving is min(closed, d) - min(open, d), least at the smallest
    possible d. An unlisted one across the line at d' makes it closed - min(open, d'), most at the smallest d'.

    Examples
    --------
    >>> one = savings(*(np.array([v]) for v in (3000.0, 1000.0, 1800.0, 400.0)))
    >>> one.saved.tolist(), one.least.tolist(), one.most.tolist()
    ([2000.0], [800.0], [2600.0])
    """
    least_closed = np.minimum(closed_m, own_unseen_m)
    best_open = np.minimum(open_m, other_unseen_m)
    finite = np.isfinite(closed_m)
    saved = np.where(finite, closed_m - np.where(finite, open_m, 0.0), np.nan)
    return Savings(
        saved=saved,
        least=np.where(finite, np.maximum(least_closed - np.where(finite, open_m, 0.0), 0.0), np.nan),
        most=np.where(finite, np.maximum(closed_m - np.where(finite, best_open, 0.0), 0.0), np.nan),
        switch=open_m < closed_m,
        switch_least=open_m < least_closed,
        switch_most=best_open < closed_m,
    )


def without_point(facilities: pd.DataFrame) -> pd.Series:
    """Which facilities a list names without a correct point, and no scenario has placed or closed (bool by id).

    Parameters
    ----------
    facilities : DataFrame
        By id: used, left_out and, after a scenario, state.
    """
    unchanged = facilities["state"] == "" if "state" in facilities else True
    return ~facilities["used"] & facilities["left_out"].isin(["no_coord", "wrong_point"]) & unchanged


def unseen_of(data: Dataset, service: Service, kabkota: str, known: Bools) -> Unseen:
    """Where facilities of one kabkota may stand that its list of a service lacks.

    Parameters
    ----------
    known : (U,) bool
        Kelurahan, in the order of `data.sample_units`, whose nearest own facility is known.

    Notes
    -----
    Where the facilities named without a point explain every flag, only their land is suspected; otherwise all flagged
    kelurahan. Kelurahan without a known distance may hold anything. An office stands in every kelurahan: when fewer
    are listed than there are kelurahan, any kelurahan may hold a missing one.
    """
    units = data.sample_units[1]
    own = units.str.slice(0, 5).to_numpy(dtype=object) == kabkota
    values = data.side_values(service.indicator, kabkota)
    facilities = data.facilities[service.among(data.facilities) & (data.facilities["operator"] == kabkota)]
    if service.id == OFFICE:
        short = own & (int(facilities["used"].sum()) < int(own.sum()))
        return Unseen(short, {}, short)
    flagged = own & units.isin(values.index[values["upper_bound"]])
    areas = facilities.loc[without_point(facilities) & (facilities["area_kode"] != ""), "area_kode"]
    lost = {str(i): np.asarray(units.str.startswith(str(area)), dtype=bool) for i, area in areas.items()}
    if lost and flagged.any() and _explained(data, service, np.any(list(lost.values()), axis=0), flagged):
        return Unseen(flagged, lost, own & ~known)
    return Unseen(flagged, {}, flagged | (own & ~known))


def once_placed(where: Unseen, placed: set[str]) -> Unseen:
    """As before, but some of the named facilities now have a place."""
    if not where.lost:
        return where
    kept = {place: land for place, land in where.lost.items() if place not in placed}
    return Unseen(where.flagged if kept else np.zeros_like(where.flagged), kept, where.land)


def _explained(data: Dataset, service: Service, land: Bools, flagged: Bools) -> bool:
    """Whether the places named without a point are the reason for every flag; otherwise more are missing."""
    unit, units = data.sample_units
    xy = data.sample_xy
    mine = flagged[unit]
    least = _distance_to(land, xy[mine], xy, unit, data.sample_farthest)
    over = data.samples[f"own_{service.id}"].to_numpy()[mine] > least
    return bool((np.bincount(unit[mine], weights=over, minlength=len(units)) > 0)[flagged].all())


def _distance_to(land: Bools, at: Floats, xy: Floats, unit: npt.NDArray, farthest: Floats) -> Floats:
    """Metres that a place in these kelurahan is away at least; inf for no land."""
    least = np.full(len(at), np.inf)
    group = np.searchsorted(ALIKE_M, farthest)
    alone = group == len(ALIKE_M)
    group[alone] += np.arange(np.count_nonzero(alone))
    rows = np.flatnonzero(land[unit])
    for number in np.unique(group[land]):
        points = xy[rows[group[unit[rows]] == number]]
        slack = farthest[land & (group == number)].max()
        outside = np.maximum(np.maximum(points.min(axis=0) - at, at - points.max(axis=0)), 0.0)
        # A group that is too far off to matter, even at the near edge of its box, need not be searched.
        near = np.flatnonzero(np.hypot(*outside.T) - slack < least)
        least[near] = np.minimum(least[near], cKDTree(points).query(at[near])[0] - slack)
    return np.maximum(least, 0.0)


def far_of(
    unseen: Mapping[str, Unseen],
    xy: Floats,
    unit: npt.NDArray,
    kabkota: npt.NDArray,
    inside: npt.NDArray,
    farthest: Floats,
) -> Far:
    """How near unlisted facilities may stand, seen from the points inside.

    Parameters
    ----------
    unseen : by kode_kabkota, as `unseen_of` gives it
    xy, unit : (n, 2) metres and (n,) position of the kelurahan of all sample points
    kabkota : (U,) kode_kabkota of each kelurahan
    inside : (m,) positions of the points that are asked about
    farthest : (U,) metres that no place in each kelurahan exceeds to its nearest sample point
    """
    at, homes = xy[inside], unit[inside]
    own, own_land, other, other_land = (np.full(len(at), np.inf) for _ in range(4))
    side = kabkota[homes]
    for member, where in unseen.items():
        mine = side == member
        named = np.any(list(where.lost.values()), axis=0) if where.lost else np.zeros_like(where.land)
        marked = mine & where.flagged[homes]
        if where.lost:
            own[marked] = _distance_to(named, at[marked], xy, unit, farthest)
        else:
            own[marked] = own_land[marked] = 0.0
        for land, distance in ((where.land, other_land), (named, other)):
            if land.any() and not mine.all():
                distance[~mine] = np.minimum(distance[~mine], _distance_to(land, at[~mine], xy, unit, farthest))
    return Far(own, own_land, np.minimum(other, other_land), other_land)
