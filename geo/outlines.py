"""Polygons and lines as plain coordinates in metres, for whoever draws them."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import shapely

from geo.arrays import Floats
from geo.projection import METRIC

Ring = Floats


def rings(polygons: gpd.GeoSeries) -> Mapping[str, tuple[Ring, ...]]:
    """Rings of each polygon in metres, outer rings counter-clockwise and holes clockwise.

    Parameters
    ----------
    polygons : by kode, with a CRS

    Returns
    -------
    mapping of kode to (n, 2) arrays of easting and northing; every ring is closed
    """
    turned = shapely.orient_polygons(polygons.to_crs(METRIC).to_numpy(), exterior_cw=False)
    parts, owner = shapely.get_parts(turned, return_index=True)
    found, part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(found, return_index=True)
    pieces = np.split(coordinates, np.flatnonzero(np.diff(ring)) + 1)
    result: dict[str, list[Ring]] = {str(kode): [] for kode in polygons.index}
    kodes = [str(kode) for kode in polygons.index]
    for piece, position in zip(pieces, owner[part], strict=True):
        result[kodes[position]].append(piece)
    return {kode: tuple(found) for kode, found in result.items()}


def paths(lines: gpd.GeoSeries) -> tuple[Ring, ...]:
    """Every line as an (n, 2) array of easting and northing in metres, longest pieces joined where they meet."""
    if lines.empty:
        return ()
    merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(lines.to_crs(METRIC).to_numpy())))
    return tuple(shapely.get_coordinates(piece) for piece in shapely.get_parts(merged))
