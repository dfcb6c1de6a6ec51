"""What no scenario changes about an open border: the sample points, their people, and where places may stand.

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
from analysis.access.services import OFFICE, Service, kabkota_with_list, nearest_radius
from analysis.access.shared_supply import Balance, Supply, supply_both
from geo.arrays import Bools, Floats
from geo.grid import Grid
from geo.owners import state_owner, usable
from geo.regions import AREA_ONLY, Places, regions_of, standing

if TYPE_CHECKING:
    from data.catalogue import Assumption
    from data.tables import Border, Measure


EVERY = 16
"""Of the realisations of a place, every so many-th stands for the supply that it gives."""


@dataclass(frozen=True)
class Baseline:
    """What a scenario does not change: the points of a corridor, their people, and where places may stand.

    Attributes
    ----------
    service, measure : the service, and the indicator of the distance to it
    sides : kode_kabkota of the corridor
    members : sides and partners with a usable list
    without_list : sides and partners without one
    counted : members of which all people are known
    facilities : those of the service of all members, by id: with a point (used), or somewhere in area_kode
    places : by id of each without a point, where it stands in every realisation
    steps : limits (m) and weights of the supply
    grid : all sample points
    people : (U,) people of each kelurahan, NaN where unknown
    inside : positions of the sample points of known kelurahan of the sides
    demand : positions of the sample points whose residents may share a facility with those, with known people
    cut : (len(inside),) metres to the nearest land of another side where the list is cut off, so that anything may
        stand there; inf where there is none
    supply : supply without a scenario; None where the people of a side are unknown or nobody opens
    """

    service: Service
    measure: Measure
    sides: tuple[str, ...]
    members: tuple[str, ...]
    without_list: tuple[str, ...]
    counted: tuple[str, ...]
    facilities: pd.DataFrame
    places: Mapping[str, Places]
    steps: tuple[tuple[float, float], ...]
    grid: Grid
    people: Floats
    inside: npt.NDArray[np.integer]
    demand: npt.NDArray[np.integer]
    cut: Floats
    supply: Supply | None = None

    @cached_property
    def per_point(self) -> Floats:
        """People at each sample point of a kelurahan (U,): they are spread evenly."""
        return np.asarray(self.people / self.grid.counts)

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
    mine = facilities[service.among(facilities) & facilities["operator"].isin(members)]
    if service.id == OFFICE:
        mine = pd.concat([mine, _offices(mine, grid, members)])
    areas, regions = mine[standing(mine)], regions_of(grid)
    places = {str(i): regions.stands(area, str(i)) for i, area in areas["area_kode"].items()}
    baseline = Baseline(
        service=service,
        measure=measure,
        sides=sides,
        members=members,
        without_list=tuple(k for k in invited if k not in members),
        counted=counted,
        facilities=mine,
        places=places,
        steps=steps,
        grid=grid,
        people=people,
        inside=inside,
        demand=demand,
        cut=_cut_off(grid, known, invited, inside),
    )
    if len(inside) and len(counted) > 1 and {k for k in members if k in sides} <= set(counted):
        return replace(baseline, supply=supply_of(baseline, mine))
    return baseline


def _offices(listed: pd.DataFrame, grid: Grid, members: Sequence[str]) -> pd.DataFrame:
    """The offices that no list places: every kelurahan has one, and it stands there."""
    units = grid.units[np.isin(grid.sides, list(members)) & ~grid.units.isin(listed["kode"])]
    sides = [unit[:5] for unit in units]
    known: dict[str, object] = {
        "kind": OFFICE, "name": "", "status": "negeri", "kode": units, "area_kode": units, "left_out": AREA_ONLY,
        "used": False, "operator": sides, "owner": [state_owner(OFFICE, side) for side in sides],
        "x": np.nan, "y": np.nan, "lon": np.nan, "lat": np.nan,
    }  # fmt: skip
    return pd.DataFrame(known, index=OFFICE + ":" + units)


def _cut_off(grid: Grid, known: Bools, invited: Sequence[str], inside: npt.NDArray[np.integer]) -> Floats:
    """Metres from the points inside to kelurahan of another side whose own distance is not known; inf without any."""
    found, home = np.full(len(inside), np.inf), grid.point_sides[inside]
    open_ = ~known[grid.codes] & np.isin(grid.point_sides, list(invited))
    for side in np.unique(home):
        land, mine = grid.points[open_ & (grid.point_sides != side)], home == side
        if len(land):
            found[mine] = cKDTree(land).query(grid.points[inside[mine]])[0]
    return found


def supply_of(baseline: Baseline, facilities: pd.DataFrame) -> Supply:
    """What these facilities give, shared with everybody who can reach them; one without a point gives in many places.

    Parameters
    ----------
    baseline : the corridor
    facilities : operator, owner, used, x, y, and by id those of `Baseline.places`
    """
    known = facilities[facilities["operator"].isin(baseline.counted)]
    exact = known[known["used"]]
    parts = [exact[["x", "y"]].to_numpy(float)]
    owners, units = [exact["owner"].to_numpy(dtype=object)], [np.ones(len(exact))]
    for id_, owner in known.loc[standing(known), "owner"].items():
        stands = baseline.places[str(id_)][::EVERY].astype(float)
        parts.append(stands)
        owners.append(np.full(len(stands), owner, dtype=object))
        units.append(np.full(len(stands), 1 / len(stands)))
    places, share = np.concatenate(parts), np.concatenate(units)
    may_use = usable(np.concatenate(owners).tolist(), baseline.members)
    last, sure = baseline.steps[-1][0], np.arange(len(places)) < len(exact)
    if not len(places):
        nothing = np.zeros(len(baseline.inside))
        return Supply(nothing, nothing, nothing, nothing, Balance(0.0, 0.0, 0.0, 0.0))
    near = baseline.own_homes.query(places, distance_upper_bound=last)[0] <= last
    home = baseline.grid.codes[baseline.demand]
    reach = within_reach(baseline.homes, places[near], last)
    cases = np.stack([share, share * sure] if not sure.all() else [share])[:, near]
    closed, opened, balance = supply_both(
        baseline.member[home], baseline.per_point[home], may_use[near], cases, reach, baseline.steps
    )
    mine = np.searchsorted(baseline.demand, baseline.inside)
    closed, opened = closed[:, mine], opened[:, mine]
    return Supply(closed[0], opened[0], closed[-1], opened[-1], balance)
