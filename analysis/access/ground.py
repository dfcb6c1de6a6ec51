"""What a scenario does not change about an opening: the sample points, their people, and where lists are incomplete.

Gathered once for a corridor, a service and its partners; `open_border` then only looks at what a
scenario adds, moves or closes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from analysis.access.catchment import scaled_steps, within_reach
from analysis.access.incomplete_lists import Far, Unseen, far_of, unseen_of
from analysis.access.services import OFFICE, Service, has_list, nearest_radius
from analysis.access.shared_supply import Balance, Given, supply_both
from geo.arrays import Bools, Floats

if TYPE_CHECKING:
    from data.catalogue import Corridor
    from data.tables import Dataset


@dataclass(frozen=True)
class Ground:
    """What a scenario does not change: the points of a corridor, their people, and where lists are incomplete.

    xy, unit : all sample points (m) and their kelurahan, as position in `units`
    farthest : metres that no place in each kelurahan exceeds to its nearest sample point
    units, kabkota, member : the kelurahan, whose they are, and that as position in `members` (-1: no member)
    points : sample points by kelurahan
    people : at each sample point of a kelurahan, NaN where unknown
    known : kelurahan whose own list can carry a distance
    inside : positions of the sample points of known kelurahan of the sides
    demand : positions of the sample points whose residents may share a facility with those, with known people
    given : supply without a scenario; None where the people of a side are unknown or nobody opens
    """

    members: tuple[str, ...]
    without_list: tuple[str, ...]
    counted: tuple[str, ...]
    steps: tuple[tuple[float, float], ...]
    xy: Floats
    unit: npt.NDArray[np.integer]
    farthest: Floats
    units: pd.Index
    kabkota: npt.NDArray
    member: npt.NDArray[np.integer]
    points: npt.NDArray[np.integer]
    people: Floats
    known: Bools
    inside: npt.NDArray[np.integer]
    demand: npt.NDArray[np.integer]
    unseen: Mapping[str, Unseen]
    far: Far
    given: Given | None = None

    @property
    def number(self) -> dict[str, int]:
        """Position of each member."""
        return {k: i for i, k in enumerate(self.members)}

    @cached_property
    def homes(self) -> cKDTree:
        """Tree of the points of `demand`."""
        return cKDTree(self.xy[self.demand])

    @cached_property
    def own_homes(self) -> cKDTree:
        """Tree of the points inside."""
        return self.homes if len(self.inside) == len(self.demand) else cKDTree(self.xy[self.inside])

    @cached_property
    def hidden(self) -> Given | None:
        """What the facilities named without a point would add; None without any."""
        middles = lost_middles(self, self.unseen)
        return given_by(self, middles) if len(middles) else None


def prepare(data: Dataset, corridor: Corridor, service: Service, partners: Sequence[str] = ()) -> Ground:
    """Gather what `open_border` needs for a corridor, a service and its partners, whatever the scenario."""
    invited = (*corridor.sides, *(p for p in partners if p not in corridor.sides))
    members = tuple(k for k in invited if has_list(data, service, k, data.facilities))
    unit, units = data.sample_units
    kabkota = units.str.slice(0, 5).to_numpy(dtype=object)
    xy = data.sample_xy
    points = np.bincount(unit, minlength=len(units))
    people_of = data.people["kelurahan"]["value"].reindex(units).to_numpy(dtype=float)
    known = _known_units(data, service, members, units)
    inside = np.flatnonzero((known & np.isin(kabkota, corridor.sides))[unit])
    counted = tuple(k for k in members if not np.isnan(people_of[kabkota == k]).any())
    steps = scaled_steps(nearest_radius(data, service))
    people = people_of / points
    demand = np.flatnonzero(np.isin(kabkota, counted)[unit])
    if len(inside):
        # Beyond twice the last step nobody shares a facility with a resident of the sides.
        edge = 2 * steps[-1][0]
        low, high = xy[inside].min(axis=0) - edge, xy[inside].max(axis=0) + edge
        demand = demand[((xy[demand] >= low) & (xy[demand] <= high)).all(axis=1)]
    # Where there is no list at all, everything may stand.
    unseen = {k: unseen_of(data, service, k, known) for k in invited}
    ground = Ground(
        members=members,
        without_list=tuple(k for k in invited if k not in members),
        counted=counted,
        steps=steps,
        xy=xy,
        unit=unit,
        farthest=data.sample_farthest,
        units=units,
        kabkota=kabkota,
        member=pd.Index(members).get_indexer(pd.Index(kabkota)),
        points=points,
        people=people,
        known=known,
        inside=inside,
        demand=demand,
        unseen=unseen,
        far=far_of(unseen, xy, unit, kabkota, inside, data.sample_farthest),
    )
    if len(inside) and len(counted) > 1 and {k for k in members if k in corridor.sides} <= set(counted):
        known_facilities = data.facilities[service.among(data.facilities) & data.facilities["used"]]
        return replace(ground, given=given_by(ground, known_facilities))
    return ground


def _known_units(data: Dataset, service: Service, members: Sequence[str], units: pd.Index) -> Bools:
    """Kelurahan whose nearest own facility is known. An office of any kelurahan of one's own counts here."""
    of_member = np.isin(units.str.slice(0, 5).to_numpy(dtype=object), members)
    if service.id == OFFICE:
        return of_member
    return of_member & units.isin(data.indicator_values(service.indicator).index)


def given_by(ground: Ground, facilities: pd.DataFrame) -> Given:
    """What these facilities give, with everybody who can reach them."""
    known = facilities[facilities["operator"].isin(ground.counted)]
    whose = known["operator"].map(ground.number).to_numpy(dtype=np.int64)
    places = known[["x", "y"]].to_numpy(float)
    last = ground.steps[-1][0]
    if not len(places):
        nothing = np.zeros(len(ground.inside))
        return Given(nothing, nothing, Balance(0.0, 0.0, 0.0, 0.0))
    near = ground.own_homes.query(places, distance_upper_bound=last)[0] <= last
    home = ground.unit[ground.demand]
    reach = within_reach(ground.homes, places[near], last)
    closed, opened, balance = supply_both(ground.member[home], ground.people[home], whose[near], reach, ground.steps)
    mine = np.searchsorted(ground.demand, ground.inside)
    return Given(closed[mine], opened[mine], balance)


def lost_middles(ground: Ground, unseen: Mapping[str, Unseen]) -> pd.DataFrame:
    """The middle of the land of every place named without a point: only to see whether it would turn a result round."""
    rows = [
        (*ground.xy[land[ground.unit]].mean(axis=0), member)
        for member, where in unseen.items()
        for land in where.lost.values()
        if land.any()
    ]
    return pd.DataFrame(rows, columns=["x", "y", "operator"])
