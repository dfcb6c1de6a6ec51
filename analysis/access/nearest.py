"""Which facility of some kabkota is nearest to a kelurahan, by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from analysis.access.services import SERVICES
from analysis.values.reach import Service, distances
from geo.distances import UNKNOWN_M
from geo.regions import Regions, draw, standing

if TYPE_CHECKING:
    import pandas as pd

    from data.tables import Measure
    from geo.grid import Grid


@dataclass(frozen=True)
class Nearest:
    """A facility and how far it is.

    Attributes
    ----------
    name, operator : of the facility, and the kode_kabkota whose it is
    median_m : metres from the sample points to the nearest facility of these kabkota, their median
    located : whether no facility that is known by an area only can be nearer, so that name and distance are sure
    """

    name: str
    operator: str
    median_m: float
    located: bool


def nearest_named(
    points: npt.ArrayLike, facilities: pd.DataFrame, operators: Collection[str], grid: Grid
) -> Nearest | None:
    """The facility that is nearest to most points of a kelurahan in most realisations; None where none is listed.

    Parameters
    ----------
    points : (n, 2) easting and northing in metres
    facilities : of one service, by id: name, operator, used, x, y in metres, left_out, area_kode
    operators : kode_kabkota whose facilities count
    grid : sample points, in whose areas a facility without a point may stand
    """
    mine = facilities[facilities["operator"].isin(operators)]
    exact, areas = mine[mine["used"] & mine["x"].notna()], mine[standing(mine)]
    xy = np.asarray(points, dtype=np.float32)
    fixed, at = np.full(len(xy), np.inf), np.zeros(len(xy), dtype=int)
    if len(exact):
        fixed, at = cKDTree(exact[["x", "y"]].to_numpy(dtype=float)).query(xy)
    # Only what may stand nearer than the farthest point has to its nearest is drawn.
    regions, here = Regions(grid), cKDTree(xy)
    near = [
        area
        for area in areas["area_kode"].unique()
        if len(land := grid.points[regions.inside(area)]) and here.query(land)[0].min() <= fixed.max()
    ]
    areas = areas[areas["area_kode"].isin(near)]
    drawn = draw(xy, fixed, [regions.stands(area, str(i)) for i, area in areas["area_kode"].items()])
    metres, which = drawn.at(np.arange(len(xy)))
    median = float(np.median(np.median(metres, axis=0)))
    if median >= UNKNOWN_M:
        return None
    first = int(np.bincount(np.where(which >= 0, len(exact) + which, at[:, None]).ravel()).argmax())
    found = exact.iloc[first] if first < len(exact) else areas.iloc[first - len(exact)]
    return Nearest(str(found["name"]), str(found["operator"]), median, not len(drawn.rows))


@dataclass(frozen=True)
class NearestOfService:
    """The nearest facilities of one service.

    Attributes
    ----------
    service : the service and how far it is from the kelurahan
    own, across : the nearest of its own kabkota and across the line, None where none is listed
    """

    service: Service
    own: Nearest | None
    across: Nearest | None


def nearest_of_services(
    measures: Mapping[str, Measure], facilities: pd.DataFrame, grid: Grid, kode: str, sides: Collection[str]
) -> tuple[NearestOfService, ...]:
    """The nearest facilities of every counted service of a kelurahan, on its own side and across the line.

    Parameters
    ----------
    measures : every indicator by id
    facilities : all of them, by id
    grid : all sample points
    kode : of the kelurahan
    sides : kode_kabkota of the corridor
    """
    points, own = grid.points[grid.codes == grid.units.get_loc(kode)], kode[:5]
    found = []
    for service in distances(measures, kode):
        listed = facilities[SERVICES[str(measures[service.indicator].indicator.facility)].among(facilities)]
        near, far = (nearest_named(points, listed, k, grid) for k in ({own}, set(sides) - {own}))
        found.append(NearestOfService(service, near, far))
    return tuple(found)
