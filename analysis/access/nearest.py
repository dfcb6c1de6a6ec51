"""Which facility of some kabkota is nearest to a kelurahan, by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from analysis.access.services import SERVICES
from analysis.values.reach import known_services
from geo.regions import distances as metres_to
from geo.regions import regions_of, standing

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
    owner : kode of the province or kabkota that owns it, "" where no government does (`geo.owners`)
    median_m : metres from the sample points to this facility, their median
    located : whether no facility that is known by an area only can be nearer, so that name and distance are sure
    kind : of the facility
    place : easting and northing in metres, None where only its area is known
    """

    name: str
    operator: str
    owner: str
    median_m: float
    located: bool
    kind: str
    place: tuple[float, float] | None


def nearest_named(
    points: npt.ArrayLike, facilities: pd.DataFrame, operators: Collection[str], grid: Grid
) -> Nearest | None:
    """The facility with the least median distance from the points of a kelurahan; None where none is listed.

    Parameters
    ----------
    points : (n, 2) easting and northing in metres
    facilities : of one service, by id: kind, name, operator, owner, used, x, y in metres, left_out, area_kode
    operators : kode_kabkota whose facilities count
    grid : sample points, in whose areas a facility without a point may stand
    """
    mine = facilities[facilities["operator"].isin(operators)]
    exact, areas = mine[mine["used"] & mine["x"].notna()], mine[standing(mine)]
    xy = np.asarray(points, dtype=np.float32)
    medians = np.median(cdist(exact[["x", "y"]].to_numpy(dtype=float), xy), axis=1)
    least = float(medians.min(initial=np.inf))
    # Only what may stand nearer than the farthest point has to the nearest of the others is drawn.
    far = float(cdist(exact[["x", "y"]].to_numpy(dtype=float)[[medians.argmin()]], xy).max()) if len(exact) else np.inf
    regions, here = regions_of(grid), cKDTree(xy)
    near = [
        area
        for area in areas["area_kode"].unique()
        if len(land := grid.points[regions.inside(area)]) and here.query(land)[0].min() <= far
    ]
    areas = areas[areas["area_kode"].isin(near)]
    drawn = [
        float(np.median(np.median(metres_to(xy, regions.stands(area, str(i))), axis=0)))
        for i, area in areas["area_kode"].items()
    ]
    if drawn and min(drawn) < least:
        found, least = areas.iloc[int(np.argmin(drawn))], min(drawn)
    elif least < np.inf:
        found = exact.iloc[int(medians.argmin())]
    else:
        return None
    exactly = bool(found["used"] and found["x"] == found["x"])
    place = (float(found["x"]), float(found["y"])) if exactly else None
    name, operator, owner, kind = (str(found[c]) for c in ("name", "operator", "owner", "kind"))
    return Nearest(name, operator, owner, least, not drawn, kind, place)


@dataclass(frozen=True)
class NearestOfService:
    """The nearest facilities of one service.

    Attributes
    ----------
    indicator : id of the distance to it
    own, across : the nearest of its own kabkota and across the line, None where none is listed
    """

    indicator: str
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
    for name in known_services(measures, kode):
        listed = facilities[SERVICES[str(measures[name].indicator.facility)].among(facilities)]
        near, far = (nearest_named(points, listed, k, grid) for k in ({own}, set(sides) - {own}))
        found.append(NearestOfService(name, near, far))
    return tuple(found)
