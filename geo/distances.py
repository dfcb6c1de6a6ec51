"""How far people live from a facility, judged from many points of a kelurahan and not from its centre.

Distances are straight lines in metres, in a metric CRS. A distance is only as good as the list of facilities
behind it: `certain` drops the distances that a facility missing from the list could undercut.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from geo.arrays import Floats

UNKNOWN_M = 65535
"""Stored distance that means: none, or not certain."""


def sample_points(polygons: gpd.GeoDataFrame, spacing_m: int = 250, minimum: int = 30) -> pd.DataFrame:
    """A regular grid of points inside each polygon, finer where a polygon is small.

    Parameters
    ----------
    polygons : kode and polygons in a metric CRS
    spacing_m : whole metres; halved for a polygon until at least `minimum` points lie inside
    minimum : least number of points per polygon (a polygon too small even for a 1 m grid gets what fits)

    Returns
    -------
    DataFrame
        kode, x, y (int32, whole metres), in the order of `polygons`. The grid hangs on the origin of the CRS, so the
        same polygon always gets the same points. A missing or empty geometry gets none.

    Raises
    ------
    ValueError
        The CRS is missing or geographic.
    """
    if polygons.crs is None or polygons.crs.is_geographic:
        raise ValueError("a grid in metres needs a metric CRS: reproject first, for example to EPSG:32748")
    codes, xs, ys = [], [], []
    for code, polygon in zip(polygons["kode"], polygons.geometry, strict=True):
        if polygon is None or polygon.is_empty:
            continue
        x, y = _grid_inside(polygon, spacing_m, minimum)
        codes.append(np.full(len(x), code, dtype=object))
        xs.append(x)
        ys.append(y)
    if not codes:
        return pd.DataFrame({"kode": pd.Series(dtype=str), "x": np.array([], np.int32), "y": np.array([], np.int32)})
    return pd.DataFrame(
        {
            "kode": pd.Series(np.concatenate(codes), dtype=str),
            "x": np.concatenate(xs).astype(np.int32),
            "y": np.concatenate(ys).astype(np.int32),
        }
    )


def nearest(points_xy: npt.ArrayLike, facility_xy: npt.ArrayLike) -> Floats:
    """Straight-line distance of each point (n, 2) to the nearest facility (m, 2); inf when there is none."""
    points = np.asarray(points_xy, dtype=float).reshape(-1, 2)
    facilities = np.asarray(facility_xy, dtype=float).reshape(-1, 2)
    if len(facilities) == 0:
        return np.full(len(points), np.inf)
    return np.asarray(cKDTree(facilities).query(points)[0], dtype=float)


def certain(distances_m: npt.ArrayLike, limit_m: npt.ArrayLike) -> Floats:
    """Keep the distances that no facility missing from the list can undercut; the others become inf.

    A distance is certain when it is not longer than the way to the nearest place where a missing facility may stand.

    Parameters
    ----------
    distances_m : (n,) metres to the nearest listed facility
    limit_m : (n,) metres to the area that the list does not cover (`distance_to_area`); inf where it covers everything
    """
    distances = np.asarray(distances_m, dtype=float)
    return np.where(distances <= np.asarray(limit_m, dtype=float), distances, np.inf)


def distance_to_area(points_xy: npt.ArrayLike, area: shapely.Geometry | None) -> Floats:
    """Distance of each point (n, 2) to an area: 0 inside, inf for no area.

    Notes
    -----
    The edge is cut into its single segments and searched with a tree; the distance to one large polygon would
    look at every vertex for every point.
    """
    points = np.asarray(points_xy, dtype=float).reshape(-1, 2)
    if area is None or shapely.is_empty(area):
        return np.full(len(points), np.inf)
    shapely.prepare(area)
    outside = np.flatnonzero(~shapely.intersects_xy(area, points[:, 0], points[:, 1]))
    corners, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(area)), return_index=True)
    same = ring[:-1] == ring[1:]
    segments = np.asarray(shapely.linestrings(np.stack([corners[:-1][same], corners[1:][same]], axis=1)))
    which, distance = shapely.STRtree(segments).query_nearest(
        shapely.points(points[outside]), return_distance=True, all_matches=False
    )
    found = np.zeros(len(points))
    found[outside[which[0]]] = distance
    return found


def minutes(distance_m: float, detour: float, speed_kmh: float) -> float:
    """Minutes for a straight-line distance on a way that is `detour` times as long.

    Parameters
    ----------
    distance_m : straight line in metres
    detour : length of the way over the straight line
    speed_kmh : speed on the way

    Examples
    --------
    >>> minutes(1000.0, 1.2, 4.0)
    18.0
    """
    return distance_m * detour / speed_kmh * 60 / 1000


def to_metres(distances_m: npt.ArrayLike) -> npt.NDArray[np.uint16]:
    """Whole metres in two bytes; inf, NaN and anything from 65,535 m on become `UNKNOWN_M`."""
    distances = np.asarray(distances_m, dtype=float)
    known = distances < UNKNOWN_M - 0.5
    return np.where(known, np.rint(np.where(known, distances, 0)), UNKNOWN_M).astype(np.uint16)


def share_beyond(
    distances_m: npt.ArrayLike, codes: npt.NDArray[np.integer], threshold_m: float, n_codes: int
) -> Floats:
    """Share of the sample points of each unit that lie farther than a threshold.

    Parameters
    ----------
    distances_m : (n,) metres; `UNKNOWN_M`, inf and NaN are unknown and left out of numerator and denominator
    codes : (n,) position of the unit of each point, 0 to n_codes - 1
    threshold_m : metres, still within
    n_codes : number of units

    Returns
    -------
    (n_codes,) array of float
        Between 0 and 1, NaN where no point is known.
    """
    distances = np.asarray(distances_m)
    known = distances < UNKNOWN_M
    counted = np.bincount(codes[known], minlength=n_codes)
    beyond = np.bincount(codes[known & (distances > threshold_m)], minlength=n_codes)
    return np.where(counted > 0, beyond / np.maximum(counted, 1), np.nan)


def summarise(distances_m: npt.ArrayLike, codes: npt.NDArray[np.integer], n_codes: int) -> pd.DataFrame:
    """Median, 10th and 90th percentile of the known distances of each unit, and the share that is known.

    Parameters
    ----------
    distances_m, codes, n_codes : as for `share_beyond`

    Returns
    -------
    DataFrame
        median, p10, p90 (metres, linear interpolation; NaN where no point is known) and known (0 to 1; NaN for a unit
        without points), one row a unit, in the order of the codes.
    """
    distances = np.asarray(distances_m, dtype=float)
    known = distances < UNKNOWN_M
    order = np.lexsort((distances[known], codes[known]))
    values = distances[known][order]
    counts = np.bincount(codes[known], minlength=n_codes)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    found = {name: _quantile(values, starts, counts, q) for name, q in (("median", 0.5), ("p10", 0.1), ("p90", 0.9))}
    points = np.bincount(codes, minlength=n_codes)
    found["known"] = np.where(points > 0, counts / np.maximum(points, 1), np.nan)
    return pd.DataFrame(found)


def plain_distances(units: gpd.GeoDataFrame, facilities: pd.DataFrame) -> pd.DataFrame:
    """Straight line from one representative point of each unit to the nearest facility.

    Parameters
    ----------
    units : kode, kode_kabkota and polygons in a metric CRS
    facilities : facility, kode_kabkota (in which the point falls), x, y in the CRS of `units`

    Returns
    -------
    DataFrame
        kode, facility, own_m (nearest in one's own kabkota, NaN when it has none) and any_m (nearest of any), one row a
        unit and facility, facilities in order of their name.
    """
    points = shapely.get_coordinates(units.geometry.representative_point().to_numpy())
    kabkota = units["kode_kabkota"].to_numpy(dtype=object)
    tables = []
    for facility, rows in facilities.groupby("facility"):
        own = np.full(len(units), np.nan)
        for code, mine in rows.groupby("kode_kabkota"):
            inside = kabkota == code
            own[inside] = nearest(points[inside], mine[["x", "y"]])
        any_ = nearest(points, rows[["x", "y"]])
        tables.append(
            pd.DataFrame({"kode": units["kode"].to_numpy(), "facility": facility, "own_m": own, "any_m": any_})
        )
    return pd.concat(tables, ignore_index=True)


def _grid_inside(polygon: shapely.Geometry, spacing: int, minimum: int) -> tuple[npt.NDArray, npt.NDArray]:
    shapely.prepare(polygon)
    west, south, east, north = shapely.bounds(polygon)
    while True:
        columns = np.arange(np.ceil(west / spacing), np.floor(east / spacing) + 1) * spacing
        rows = np.arange(np.ceil(south / spacing), np.floor(north / spacing) + 1) * spacing
        x, y = (axis.ravel() for axis in np.meshgrid(columns, rows))
        inside = shapely.contains_xy(polygon, x, y)
        if inside.sum() >= minimum or spacing <= 1:
            return x[inside], y[inside]
        spacing = max(spacing // 2, 1)


def _quantile(values: Floats, starts: npt.NDArray, counts: npt.NDArray, q: float) -> Floats:
    if len(values) == 0:
        return np.full(len(counts), np.nan)
    position = (np.maximum(counts, 1) - 1) * q
    low, high = np.floor(position).astype(int), np.ceil(position).astype(int)
    last = len(values) - 1
    below, above = values[np.minimum(starts + low, last)], values[np.minimum(starts + high, last)]
    return np.where(counts > 0, below + (above - below) * (position - low), np.nan)
