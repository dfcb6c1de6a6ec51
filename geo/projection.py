"""Between longitude and latitude and the metres in which everything here is measured."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pyproj

from geo.arrays import Floats

METRIC = "EPSG:32748"
"""UTM zone 48S: distances in western Java are true to about 0.1 %."""


@cache
def _transformer(inverse: bool) -> pyproj.Transformer:
    ends = (METRIC, "EPSG:4326") if inverse else ("EPSG:4326", METRIC)
    return pyproj.Transformer.from_crs(*ends, always_xy=True)


def to_metric(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Easting and northing in metres; NaN where either is missing."""
    east, north = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    x, y = _transformer(False).transform(east, north)
    missing = np.isnan(east) | np.isnan(north)
    return np.where(missing, np.nan, x), np.where(missing, np.nan, y)


def to_degrees(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Longitude and latitude of points in metres."""
    lon, lat = _transformer(True).transform(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    return np.asarray(lon), np.asarray(lat)
