"""Two groups of units that face each other across a line: the line itself, in a plane of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo.arrays import Floats
from geo.outlines import Ring

DEGREE_M = 111_320.0
"""Metres of a degree at the equator."""
REACH_M = 150.0
"""How far simplified edges of two neighbours may lie apart."""


@dataclass(frozen=True)
class Plane:
    """Metres around a place: true to a few tenths of a per cent within some hundred kilometres.

    Attributes
    ----------
    lon, lat : its middle in degrees
    """

    lon: float
    lat: float

    def metres(self, lonlat: Floats) -> Floats:
        """East and north of points in degrees, both (n, 2)."""
        return (lonlat - [self.lon, self.lat]) * self._scale

    def degrees(self, metres: Floats) -> Floats:
        """The other way."""
        return metres / self._scale + [self.lon, self.lat]

    @property
    def _scale(self) -> Floats:
        return DEGREE_M * np.array([np.cos(np.radians(self.lat)), 1.0])


def plane_of(shapes: Sequence[shapely.Geometry]) -> Plane:
    """The plane around the middle of some shapes in degrees."""
    west, south, east, north = shapely.total_bounds(shapes)
    return Plane(float(west + east) / 2, float(south + north) / 2)


def line_between(
    one: Sequence[shapely.Geometry], other: Sequence[shapely.Geometry], reach_m: float = REACH_M
) -> shapely.Geometry:
    """Where the outline of one group of polygons runs along another, as a line.

    Parameters
    ----------
    one, other : valid polygons in degrees
    reach_m : how far the two outlines may lie apart

    Examples
    --------
    >>> line = line_between([shapely.box(0, 0, 0.01, 0.01)], [shapely.box(0.0101, 0, 0.02, 0.01)], 50)
    >>> [round(degree, 3) for degree in line.bounds]
    [0.01, 0.0, 0.01, 0.01]
    """
    plane = plane_of([*one, *other])
    first, second = (shapely.union_all(shapely.transform(group, plane.metres)) for group in (one, other))
    # The ends of the buffer would run around the corner of the last unit.
    met = shapely.intersection(
        shapely.boundary(first), shapely.buffer(second, reach_m, join_style="mitre", cap_style="flat")
    )
    return shapely.transform(shapely.line_merge(met) if met.geom_type == "MultiLineString" else met, plane.degrees)


def inside(polygon: shapely.Geometry) -> list[float]:
    """A place within a polygon in degrees, to a hundred metres or better."""
    at = shapely.point_on_surface(polygon)
    return [round(at.x, 4), round(at.y, 4)]


def joined(polygons: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """The area of all of them."""
    return shapely.union_all(polygons)


def rings_on(plane: Plane, polygon: shapely.Geometry) -> tuple[Ring, ...]:
    """Rings of a polygon in metres, outer ones counter-clockwise and holes clockwise.

    Examples
    --------
    >>> [ring] = rings_on(Plane(0.0, 0.0), shapely.box(0, 0, 1, 1))
    >>> ring.max(axis=0).tolist()
    [111320.0, 111320.0]
    """
    turned = shapely.orient_polygons(shapely.get_parts(polygon), exterior_cw=False)
    return tuple(plane.metres(shapely.get_coordinates(ring)) for ring in shapely.get_rings(turned))


def paths_on(plane: Plane, lines: Sequence[shapely.Geometry]) -> tuple[Ring, ...]:
    """Every part of some lines in metres."""
    return tuple(plane.metres(shapely.get_coordinates(part)) for part in shapely.get_parts(list(lines)))
