"""The boundaries of one border for the browser: kelurahan at the line of either side, the line, and the land around."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from shapely.geometry import mapping, shape

from data.national_tables import National
from geo.facing import inside, line_between
from geo.topology import features, lines, topology

STATIC = Path(__file__).parents[1] / "static"
AROUND, WIDER = 1.0, 2.0
"""Degrees of land that are shown around a border, and how many times its own extent."""
ROOM = 0.2
"""How far from the line the name of a side may stand, as a share of the extent of the border."""
ROUGH = 0.1
"""How far the outline that room is sought around may stray, as a share of that room."""

Files = dict[str, dict[str, Any]]
Bounds = Mapping[str, tuple[tuple[float, float], tuple[float, float]]]


def ground(national: National, pair: str) -> tuple[Files, Bounds]:
    """TopoJSON of both sides by kode_kabkota, of the ``line`` and of the land ``around``; and the box of each side.

    Parameters
    ----------
    national, pair : tables, and both codes, lower first
    """
    units = national.of_pair(pair)
    files: Files = {}
    bounds: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {}
    groups = {str(side): rows for side, rows in units.groupby("kode_kabkota")}
    for side, rows in groups.items():
        name = str(national.place(side)["nama"])
        about = {
            str(kode): {"n": str(nama), "p": inside(own), "k": name}
            for kode, nama, own in zip(rows.index, rows["nama"], rows.geometry, strict=True)
        }
        shapes = {str(kode): mapping(own) for kode, own in rows.geometry.items()}
        files[side] = topology(shapes, about) | {"labels": []}
        west, south, east, north = (float(degree) for degree in rows.total_bounds)
        bounds[side] = ((south, west), (north, east))
    one, other = (groups[side].geometry.to_list() for side in sorted(groups))
    line = line_between(one, other)
    files["line"] = lines(
        {pair: [shapely.get_coordinates(part).tolist() for part in shapely.get_parts(line) if part.length]}
    )
    files["around"] = _around(national, groups)
    return files, bounds


def _around(national: National, groups: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Provinces near the border, rough, and where the name of either side finds room: on its own side of the line."""
    whole = {side: shapely.union_all(rows.geometry.to_numpy()) for side, rows in groups.items()}
    west, south, east, north = shapely.total_bounds(list(whole.values()))
    extent = max(east - west, north - south)
    pad, room = AROUND + WIDER * extent, ROOM * extent
    west, south, east, north = west - pad, south - pad, east + pad, north + pad
    rough = {side: _rough(area, room * ROUGH) for side, area in whole.items()}
    shapes: dict[str, dict[str, Any]] = {}
    names: dict[str, dict[str, Any]] = {}
    for kode, name, province in land(national.files["land"]):
        near = shapely.clip_by_rect(province, west, south, east, north)
        polygons = [part for part in shapely.get_parts(near) if part.geom_type == "Polygon"]
        if polygons:
            shapes[kode], names[kode] = mapping(shapely.MultiPolygon(polygons)), {"n": name}
    for side, other in zip(whole, reversed(whole), strict=True):
        # What lies as far from the other side as the name may stand away is on its own side of the line.
        away = shapely.buffer(rough[other], room, quad_segs=2)
        own = shapely.difference(shapely.buffer(rough[side], 1.5 * room, quad_segs=2), away)
        parts = [part for part in shapely.get_parts(own) if part.geom_type == "Polygon"]
        # A side that its neighbour surrounds has no room but its own.
        shapes[side] = mapping(shapely.MultiPolygon(parts or list(shapely.get_parts(whole[side]))))
        names[side] = {"n": str(national.place(side)["nama"]), "room": True}
    return topology(shapes, names)


def _rough(area: shapely.Geometry, degrees: float) -> shapely.Geometry:
    """An area without its islets and small corners: each would be rounded, for a name that needs a rough place."""
    parts = shapely.get_parts(area)
    large = shapely.area(parts) >= min(degrees**2, float(shapely.area(parts).max()))
    return shapely.simplify(shapely.union_all(parts[large]), degrees)


@lru_cache(maxsize=2)
def land(path: str) -> tuple[tuple[str, str, shapely.Geometry], ...]:
    """Code, name and rough outline of every province.

    Parameters
    ----------
    path : of the file below ``static/``
    """
    units = features(json.loads((STATIC / path).read_text(encoding="utf-8")))
    return tuple((str(u["id"]), str(u["properties"]["n"]), shape(u["geometry"])) for u in units)
