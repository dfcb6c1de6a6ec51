"""Between longitude and latitude and the metres in which everything here is measured."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import pyproj

from geo.arrays import Floats

METRIC = "EPSG:32748"
"""UTM zone 48S: distances in western Java are true to about 0.1 %."""

NATIONAL = "EPSG:3395"
"""World Mercator, for all of Indonesia at once. It keeps angles and shapes, so that lengths are true after one
division: by how much it stretches at a latitude (`stretch`, 1 at the equator, 1.019 at 11 degrees)."""


def stretch(latitude: npt.ArrayLike) -> Floats:
    """Metres in `NATIONAL` of a true metre at latitudes in degrees.

    References
    ----------
    Snyder 1987, Map Projections: A Working Manual, USGS Professional Paper 1395, equation 7-8.

    Examples
    --------
    >>> stretch([0.0, -11.0]).round(4).tolist()
    [1.0, 1.0186]
    """
    sine = np.sin(np.radians(np.asarray(latitude, dtype=float)))
    squared_eccentricity = pyproj.Geod(ellps="WGS84").es
    return np.sqrt((1 - squared_eccentricity * sine**2) / (1 - sine**2))


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


@lru_cache(maxsize=4096)
def degrees_of(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of one point in metres, kept: pyproj reads its tables anew in every thread that asks."""
    lon, lat = to_degrees(x, y)
    return float(lon), float(lat)


def to_degrees(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Longitude and latitude of points in metres."""
    lon, lat = _transformer(True).transform(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    return np.asarray(lon), np.asarray(lat)
