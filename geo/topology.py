"""Polygons that share their edges, as TopoJSON: every edge stands once, as whole steps of 0.00001 degrees.

Reference: The TopoJSON Format Specification, 1.0 (quantized).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

STEP = 100_000
"""Steps of a degree: about a metre each."""

Point = tuple[int, int]
Ring = Sequence[Point]
Line = Sequence[Sequence[float]]


def topology(shapes: Mapping[str, dict[str, Any]], properties: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A TopoJSON object `units` of polygons.

    Parameters
    ----------
    shapes : GeoJSON geometry by id, Polygon or MultiPolygon, in degrees; neighbours share vertices
    properties : by id

    Examples
    --------
    >>> square = lambda x: {"type": "Polygon", "coordinates": [[[x, 0], [x, 1], [x + 1, 1], [x + 1, 0], [x, 0]]]}
    >>> made = topology({"a": square(0), "b": square(1)}, {"a": {}, "b": {}})
    >>> len(made["arcs"]), [unit["arcs"] for unit in made["objects"]["units"]["geometries"]]
    (3, [[[0, 1]], [[-1, 2]]])
    """
    polygons = {kode: _polygons(shape) for kode, shape in shapes.items()}
    owners: dict[tuple[Point, Point], list[str]] = defaultdict(list)
    for kode, parts in polygons.items():
        for a, b in (edge for rings in parts for ring in rings for edge in pairwise(ring)):
            owners[min(a, b), max(a, b)].append(kode)
    # An arc ends where the neighbours change, or where more than two edges meet.
    degree: dict[Point, int] = defaultdict(int)
    for a, b in owners:
        degree[a] += 1
        degree[b] += 1
    arcs: dict[tuple[Point, ...], int] = {}
    geometries = []
    for kode, parts in polygons.items():
        found = [[_indexed(_chains(ring, owners, degree), arcs) for ring in rings] for rings in parts]
        kind, own = ("Polygon", found[0]) if len(found) == 1 else ("MultiPolygon", found)
        geometries.append({"type": kind, "id": kode, "properties": properties[kode], "arcs": own})
    return {
        "type": "Topology",
        "transform": {"scale": [1 / STEP, 1 / STEP], "translate": [0, 0]},
        "objects": {"units": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_steps(arc) for arc in arcs],
    }


def lines(
    shapes: Mapping[str, Iterable[Line]], properties: Mapping[str, dict[str, Any]] | None = None
) -> dict[str, Any]:
    """A TopoJSON object `units` of MultiLineStrings.

    Parameters
    ----------
    shapes : the lines of each by id, in degrees
    properties : by id, none where it is not given

    Examples
    --------
    >>> made = lines({"a": [[[0, 0], [1, 0]], [[2, 0], [3, 0]]], "b": [[[0, 1], [1, 1]]]})
    >>> len(made["arcs"]), [unit["arcs"] for unit in made["objects"]["units"]["geometries"]]
    (3, [[[0], [1]], [[2]]])
    """
    arcs: list[list[list[int]]] = []
    geometries = []
    for kode, parts in shapes.items():
        own = [_steps(_points(part)) for part in parts]
        indexes = [[len(arcs) + i] for i in range(len(own))]
        about = properties[kode] if properties else {}
        geometries.append({"type": "MultiLineString", "id": kode, "properties": about, "arcs": indexes})
        arcs += own
    return topology({}, {}) | {
        "objects": {"units": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


def features(made: dict[str, Any]) -> list[dict[str, Any]]:
    """The units of a topology as GeoJSON features in degrees."""
    arcs = []
    for steps in made["arcs"]:
        x = y = 0
        points = []
        for east, north in steps:
            x, y = x + east, y + north
            points.append([x / STEP, y / STEP])
        arcs.append(points)

    def joined(indexes: Sequence[int]) -> list[list[float]]:
        line: list[list[float]] = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            line += arc[1:] if line else arc
        return line

    def shape(part: Sequence[Any]) -> list[Any]:
        return joined(part) if isinstance(part[0], int) else [shape(p) for p in part]

    return [
        {
            "type": "Feature",
            "id": unit["id"],
            "properties": unit["properties"],
            "geometry": {"type": unit["type"], "coordinates": shape(unit["arcs"])},
        }
        for unit in made["objects"]["units"]["geometries"]
    ]


def _points(line: Sequence[Sequence[float]]) -> list[Point]:
    """Vertices as whole steps, none twice in a row."""
    found = [(round(lon * STEP), round(lat * STEP)) for lon, lat in line]
    return [at for i, at in enumerate(found) if not i or at != found[i - 1]]


def _polygons(shape: dict[str, Any]) -> list[list[list[Point]]]:
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[_points(ring) for ring in rings] for rings in parts]


def _chains(
    ring: Ring, owners: Mapping[tuple[Point, Point], list[str]], degree: Mapping[Point, int]
) -> list[tuple[Point, ...]]:
    """A ring cut where its neighbours change."""
    edges = list(pairwise(ring))
    beside = [owners[min(a, b), max(a, b)] for a, b in edges]
    cuts = [i for i, (at, _) in enumerate(edges) if degree[at] != 2 or beside[i] != beside[i - 1]]
    if not cuts:
        # An island of its own, or one that another unit surrounds: both begin it at the same vertex.
        start = min(range(len(edges)), key=lambda i: edges[i][0])
        return [tuple(edges[(start + i) % len(edges)][0] for i in range(len(edges) + 1))]
    ends = [*cuts[1:], cuts[0] + len(edges)]
    return [
        tuple(edges[i % len(edges)][0] for i in range(first, last + 1)) for first, last in zip(cuts, ends, strict=True)
    ]


def _indexed(chains: Sequence[tuple[Point, ...]], arcs: dict[tuple[Point, ...], int]) -> list[int]:
    """The number of each chain among the arcs, as the complement where it runs the other way."""
    found = []
    for chain in chains:
        if (turned := chain[::-1]) in arcs:
            found.append(~arcs[turned])
        else:
            found.append(arcs.setdefault(chain, len(arcs)))
    return found


def _steps(arc: Sequence[Point]) -> list[list[int]]:
    return [list(arc[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))]
