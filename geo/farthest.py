"""How far a place in a polygon can lie from the nearest of the polygon's sample points.

What stands somewhere in a polygon, nobody knows where, is at least as far from any home as the nearest sample point of
the polygon, less this distance: kilometres along ragged coasts and on islands too small for a point of the grid.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import Voronoi, cKDTree

from geo.arrays import Floats


def farthest_from_samples(polygons: gpd.GeoDataFrame, samples: pd.DataFrame, step_m: float = 20.0) -> pd.Series:
    """Distance that no place in a polygon exceeds to the nearest of the polygon's own sample points.

    Parameters
    ----------
    polygons : kode and polygons in a metric CRS
    samples : kode, x, y in the CRS of `polygons`
    step_m : the edge is looked at in steps of this many metres at most; the result is up to half of that too large

    Returns
    -------
    Series
        Metres by kode, in the order of `polygons`; inf for a polygon without a sample point, 0 for an empty one.

    Raises
    ------
    ValueError
        The CRS is missing or geographic.

    Notes
    -----
    Away from the edge the distance to the nearest of some points peaks only where three of them are equally near: at
    the vertices of their Voronoi diagram. Along the edge it grows by a metre a metre at most, so that nowhere between
    two places looked at does it exceed the larger of theirs by more than half a step.
    """
    if polygons.crs is None or polygons.crs.is_geographic:
        raise ValueError("distances in metres need a metric CRS: reproject first, for example to EPSG:32748")
    xy = samples[["x", "y"]].to_numpy(float)
    points = {kode: xy[rows] for kode, rows in samples.groupby("kode").indices.items()}
    found = [
        _farthest(polygon, points.get(kode, np.empty((0, 2))), step_m)
        for kode, polygon in zip(polygons["kode"], polygons.geometry, strict=True)
    ]
    return pd.Series(found, index=pd.Index(polygons["kode"], name="kode"), dtype=float)


def _farthest(polygon: shapely.Geometry | None, points: Floats, step_m: float) -> float:
    if polygon is None or shapely.is_empty(polygon):
        return 0.0
    if not len(points):
        return float("inf")
    tree = cKDTree(points)
    edge = shapely.get_coordinates(shapely.segmentize(polygon, step_m))
    peaks = _voronoi_vertices(points)
    shapely.prepare(polygon)
    peaks = peaks[shapely.contains_xy(polygon, peaks[:, 0], peaks[:, 1])]
    inside = tree.query(peaks)[0].max() if len(peaks) else 0.0
    return float(max(tree.query(edge)[0].max() + step_m / 2, inside))


def _voronoi_vertices(points: Floats) -> Floats:
    """Places equally near to three points, (k, 2); none for points on one line."""
    # Near the origin, since the squares of northings of nine million metres cost digits.
    local = points - points[0]
    if np.linalg.matrix_rank(local) < 2:
        return np.empty((0, 2))
    return np.asarray(Voronoi(local).vertices + points[0])
