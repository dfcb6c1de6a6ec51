"""What no scenario changes about an open border: the sample points, their people, and where lists are incomplete.

Gathered once for a corridor, a service and its partners; `analysis.access.open_border` then only looks at what a
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
from analysis.access.incomplete_lists import Missing, NearestMissing, missing_of, nearest_missing
from analysis.access.services import OFFICE, Service, kabkota_with_list, nearest_radius
from analysis.access.shared_supply import Balance, Supply, supply_both
from geo.arrays import Bools, Floats
from geo.grid import Grid

if TYPE_CHECKING:
    from data.catalogue import Assumption
    from data.tables import Border, Measure


@dataclass(frozen=True)
class Baseline:
    """What a scenario does not change: the points of a corridor, their people, and where lists are incomplete.

    Attributes
    ----------
    service, measure : the service, and the indicator of the distance to it
    sides : kode_kabkota of the corridor
    members : sides and partners with a usable list
    without_list : sides and partners without one
    counted : members of which all people are known
    facilities : those of the service of all members, by id
    steps : limits (m) and weights of the supply
    grid : all sample points
    people : (U,) people of each kelurahan, NaN where unknown
    known : (U,) kelurahan whose own list can carry a distance
    inside : positions of the sample points of known kelurahan of the sides
    demand : positions of the sample points whose residents may share a facility with those, with known people
    missing : by kode_kabkota, where facilities may stand that its list lacks
    far : how near those may stand to the points inside
    supply : supply without a scenario; None where the people of a side are unknown or nobody opens
    """

    service: Service
    measure: Measure
    sides: tuple[str, ...]
    members: tuple[str, ...]
    without_list: tuple[str, ...]
    counted: tuple[str, ...]
    facilities: pd.DataFrame
    steps: tuple[tuple[float, float], ...]
    grid: Grid
    people: Floats
    known: Bools
    inside: npt.NDArray[np.integer]
    demand: npt.NDArray[np.integer]
    missing: Mapping[str, Missing]
    far: NearestMissing
    supply: Supply | None = None

    @cached_property
    def per_point(self) -> Floats:
        """People at each sample point of a kelurahan (U,): they are spread evenly."""
        return np.asarray(self.people / self.grid.counts)

    @property
    def number(self) -> dict[str, int]:
        """Position of each member."""
        return {k: i for i, k in enumerate(self.members)}

    @cached_property
    def member(self) -> npt.NDArray[np.integer]:
        """Member of each kelurahan (U,), as position in `members`; -1 for none."""
        return pd.Index(self.members, dtype=object).get_indexer(pd.Index(self.grid.sides, dtype=object))

    @cached_property
    def homes(self) -> cKDTree:
        """Tree of the points of `demand`."""
        return cKDTree(self.grid.points[self.demand])

    @cached_property
    def own_homes(self) -> cKDTree:
        """Tree of the points inside."""
        return self.homes if len(self.inside) == len(self.demand) else cKDTree(self.grid.points[self.inside])

    @cached_property
    def hidden(self) -> Supply | None:
        """What the facilities named without a point would add; None without any."""
        middles = lost_middles(self, self.missing)
        return supply_of(self, middles) if len(middles) else None


def baseline_of(
    border: Border,
    service: Service,
    measures: Mapping[str, Measure],
    facilities: pd.DataFrame,
    grid: Grid,
    assumptions: Mapping[str, Assumption],
    partners: Sequence[str] = (),
) -> Baseline:
    """Gather what `open_border` needs for a corridor, a service and its partners, whatever the scenario.

    Parameters
    ----------
    border : the corridor
    service : the service that may be shared
    measures : every indicator by id: distances of every service, and penduduk
    facilities : all of them, by id
    grid : all sample points
    assumptions : of the catalogue, by id
    partners : kode_kabkota of neighbours that join the sides; those without a list are named and left out
    """
    sides, points, measure = border.corridor.sides, grid.points, measures[service.indicator]
    invited = (*sides, *(p for p in partners if p not in sides))
    listed = kabkota_with_list(service, measures, facilities)
    members = tuple(k for k in invited if k in listed)
    people = measures["penduduk"].values["value"].reindex(grid.units).to_numpy(dtype=float)
    # An office of any kelurahan of one's own counts, so that every distance to it is known.
    known = np.isin(grid.sides, members)
    if service.id != OFFICE:
        known &= grid.units.isin(measure.values.index)
    inside = np.flatnonzero((known & np.isin(grid.sides, sides))[grid.codes])
    counted = tuple(k for k in members if not np.isnan(people[grid.sides == k]).any())
    steps = scaled_steps(nearest_radius(service, measure, assumptions))
    demand = np.flatnonzero(np.isin(grid.sides, counted)[grid.codes])
    if len(inside):
        # Beyond twice the last step nobody shares a facility with a resident of the sides.
        edge = 2 * steps[-1][0]
        low, high = points[inside].min(axis=0) - edge, points[inside].max(axis=0) + edge
        demand = demand[((points[demand] >= low) & (points[demand] <= high)).all(axis=1)]
    mine = facilities[service.among(facilities)]
    # Where there is no list at all, everything may stand.
    missing = {k: missing_of(service, k, mine, measure.values, grid, known) for k in invited}
    baseline = Baseline(
        service=service,
        measure=measure,
        sides=sides,
        members=members,
        without_list=tuple(k for k in invited if k not in members),
        counted=counted,
        facilities=mine[mine["operator"].isin(members)],
        steps=steps,
        grid=grid,
        people=people,
        known=known,
        inside=inside,
        demand=demand,
        missing=missing,
        far=nearest_missing(missing, grid, inside),
    )
    if len(inside) and len(counted) > 1 and {k for k in members if k in sides} <= set(counted):
        return replace(baseline, supply=supply_of(baseline, mine[mine["used"]]))
    return baseline


def supply_of(baseline: Baseline, facilities: pd.DataFrame) -> Supply:
    """What these facilities (operator, x, y) give, shared with everybody who can reach them."""
    known = facilities[facilities["operator"].isin(baseline.counted)]
    whose = known["operator"].map(baseline.number).to_numpy(dtype=np.int64)
    places = known[["x", "y"]].to_numpy(float)
    last = baseline.steps[-1][0]
    if not len(places):
        nothing = np.zeros(len(baseline.inside))
        return Supply(nothing, nothing, Balance(0.0, 0.0, 0.0, 0.0))
    near = baseline.own_homes.query(places, distance_upper_bound=last)[0] <= last
    home = baseline.grid.codes[baseline.demand]
    reach = within_reach(baseline.homes, places[near], last)
    closed, opened, balance = supply_both(
        baseline.member[home], baseline.per_point[home], whose[near], reach, baseline.steps
    )
    mine = np.searchsorted(baseline.demand, baseline.inside)
    return Supply(closed[mine], opened[mine], balance)


def lost_middles(baseline: Baseline, missing: Mapping[str, Missing]) -> pd.DataFrame:
    """The middle of the land of every place named without a point: only to see whether it would turn a result round."""
    grid = baseline.grid
    rows = [
        (*grid.points[land[grid.codes]].mean(axis=0), member)
        for member, where in missing.items()
        for land in where.named.values()
        if land.any()
    ]
    return pd.DataFrame(rows, columns=["x", "y", "operator"])
