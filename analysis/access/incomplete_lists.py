"""How near a facility may stand that no list has, and the least and the most that opening a border then saves.

A list that misses facilities makes an open border look better or worse than it is: a missing facility of one's own may
be nearer than the one across the line, and a missing one across the line may be nearer still. What is known of the
missing ones is where they may stand: in the kelurahan that a list names without a point, or anywhere in a kelurahan
that was judged uncertain. From the distance to that land follow bounds that no true list can leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from analysis.access.services import OFFICE, Service
from geo.arrays import Bools, Floats
from geo.grid import Grid

UNSURE_SHARE = 0.05
"""A kelurahan is judged uncertain when more of its points than this may have a nearer facility that is not listed."""
ALIKE_M = (300.0, 400.0, 500.0)
"""Kelurahan whose places lie up to this far from a sample point are looked at together; those beyond each alone."""


@dataclass(frozen=True)
class Missing:
    """Where facilities of one kabkota may stand that its list lacks.

    Attributes
    ----------
    flagged : (U,) kelurahan to which such a one may be nearer than the nearest listed
    named : by facility id, (U,) land of those that are named without a point, when they explain all flags
    land : (U,) kelurahan that may hold ones that are not even named
    """

    flagged: Bools
    named: Mapping[str, Bools]
    land: Bools


@dataclass(frozen=True)
class NearestMissing:
    """Least metres from the points inside to facilities that the lists lack.

    Attributes
    ----------
    own, other : (n,) to those of one's own side, and of another
    own_land, other_land : (n,) the same for those that are not even named
    """

    own: Floats
    own_land: Floats
    other: Floats
    other_land: Floats


@dataclass(frozen=True)
class Savings:
    """Metres saved at each point by an open border, and whether its nearest facility is then another's.

    Attributes
    ----------
    saved, least, most : (n,) metres as the lists have it, and at least and at most whatever facilities the lists miss
    switch, switch_least, switch_most : (n,) whether the nearest is another's, in the same three cases
    """

    saved: Floats
    least: Floats
    most: Floats
    switch: Bools
    switch_least: Bools
    switch_most: Bools


def savings(closed_m: Floats, open_m: Floats, own_missing_m: Floats, other_missing_m: Floats) -> Savings:
    """What an open border saves, given how near facilities may stand that no list has.

    Parameters
    ----------
    closed_m, open_m : (n,) metres to the nearest listed facility, own and any
    own_missing_m, other_missing_m : (n,) metres than which no missing facility of one's own, or of another side, is
        nearer; inf where the list is complete

    Notes
    -----
    With a missing facility of one's own at d the saving is min(closed, d) - min(open, d), least at the smallest
    possible d. A missing one across the line at d' makes it closed - min(open, d'), most at the smallest d'.

    Examples
    --------
    >>> one = savings(*(np.array([v]) for v in (3000.0, 1000.0, 1800.0, 400.0)))
    >>> one.saved.tolist(), one.least.tolist(), one.most.tolist()
    ([2000.0], [800.0], [2600.0])
    """
    least_closed = np.minimum(closed_m, own_missing_m)
    best_open = np.minimum(open_m, other_missing_m)
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
    facilities : by id: used, left_out and, after a scenario, state
    """
    unchanged = facilities["state"] == "" if "state" in facilities else True
    return ~facilities["used"] & facilities["left_out"].isin(["no_coord", "wrong_point"]) & unchanged


def missing_of(
    service: Service, kabkota: str, facilities: pd.DataFrame, distances: pd.DataFrame, grid: Grid, known: Bools
) -> Missing:
    """Where facilities of one kabkota may stand that its list of a service lacks.

    Parameters
    ----------
    service : the service
    kabkota : kode_kabkota
    facilities : those of the service, by id: operator, used, left_out, area_kode, x, y
    distances : known distances to them by kode: upper_bound, kode_kabkota
    grid : all sample points
    known : (U,) kelurahan whose nearest own facility is known

    Notes
    -----
    Where the facilities named without a point explain every flag, only their land is suspected; otherwise all flagged
    kelurahan. Kelurahan without a known distance may hold anything. An office stands in every kelurahan: when fewer
    are listed than there are kelurahan, any kelurahan may hold a missing one.
    """
    own = grid.sides == kabkota
    mine = facilities[facilities["operator"] == kabkota]
    if service.id == OFFICE:
        short = own & (int(mine["used"].sum()) < int(own.sum()))
        return Missing(short, {}, short)
    flagged = own & grid.units.isin(distances.index[distances["upper_bound"]])
    areas = mine.loc[without_point(mine) & (mine["area_kode"] != ""), "area_kode"]
    named = {str(i): np.asarray(grid.units.str.startswith(str(area)), dtype=bool) for i, area in areas.items()}
    if named and flagged.any() and _explained(mine, grid, np.any(list(named.values()), axis=0), flagged):
        return Missing(flagged, named, own & ~known)
    return Missing(flagged, {}, flagged | (own & ~known))


def once_placed(where: Missing, placed: set[str]) -> Missing:
    """The same where some of the named facilities now have a place."""
    if not where.named:
        return where
    kept = {place: land for place, land in where.named.items() if place not in placed}
    return Missing(where.flagged if kept else np.zeros_like(where.flagged), kept, where.land)


def _explained(facilities: pd.DataFrame, grid: Grid, land: Bools, flagged: Bools) -> bool:
    """Whether the places named without a point are the reason for every flag; otherwise more are missing."""
    unit = grid.codes
    mine = flagged[unit]
    listed = cKDTree(facilities.loc[facilities["used"], ["x", "y"]].to_numpy(float))
    # Distances were judged in whole metres.
    over = np.rint(listed.query(grid.points[mine])[0]) > _distance_to(land, grid.points[mine], grid)
    return bool((np.bincount(unit[mine], weights=over, minlength=len(grid.units)) > 0)[flagged].all())


def _distance_to(land: Bools, at: Floats, grid: Grid) -> Floats:
    """Metres that a place in these kelurahan is away at least; inf for no land."""
    least, unit, farthest = np.full(len(at), np.inf), grid.codes, grid.farthest
    group = np.searchsorted(ALIKE_M, farthest)
    alone = group == len(ALIKE_M)
    group[alone] += np.arange(np.count_nonzero(alone))
    rows = np.flatnonzero(land[unit])
    for number in np.unique(group[land]):
        points = grid.points[rows[group[unit[rows]] == number]]
        slack = farthest[land & (group == number)].max()
        outside = np.maximum(np.maximum(points.min(axis=0) - at, at - points.max(axis=0)), 0.0)
        # A group that is too far off to matter, even at the near edge of its box, need not be searched.
        near = np.flatnonzero(np.hypot(*outside.T) - slack < least)
        least[near] = np.minimum(least[near], cKDTree(points).query(at[near])[0] - slack)
    return np.maximum(least, 0.0)


def nearest_missing(missing: Mapping[str, Missing], grid: Grid, inside: npt.NDArray[np.integer]) -> NearestMissing:
    """How near missing facilities may stand, seen from the points inside.

    Parameters
    ----------
    missing : by kode_kabkota, as `missing_of` gives it
    grid : all sample points
    inside : (m,) positions of the points that are asked about
    """
    at, homes = grid.points[inside], grid.codes[inside]
    own, own_land, other, other_land = (np.full(len(at), np.inf) for _ in range(4))
    side = grid.sides[homes]
    for member, where in missing.items():
        mine = side == member
        named = np.any(list(where.named.values()), axis=0) if where.named else np.zeros_like(where.land)
        marked = mine & where.flagged[homes]
        if where.named:
            own[marked] = _distance_to(named, at[marked], grid)
        else:
            own[marked] = own_land[marked] = 0.0
        for land, distance in ((where.land, other_land), (named, other)):
            if land.any() and not mine.all():
                distance[~mine] = np.minimum(distance[~mine], _distance_to(land, at[~mine], grid))
    return NearestMissing(own, own_land, np.minimum(other, other_land), other_land)
