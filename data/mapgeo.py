"""Geometry for the browser: simplified with shared edges, in small files named by their content."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from data.layers import Layers
from geo.projection import METRIC
from geo.topology import lines, topology

TOLERANCE_M = 20.0
ROUGH_M = 60.0
"""Tolerance of the land around a border, which only shows where the border lies."""
MAX_BYTES = 3_000_000


def write(layers: Layers, folder: Path) -> dict[str, Any]:
    """Write the files into a folder and return the manifest (geometry.json), which has them below geo/."""
    manifest, contents = files(layers)
    for path, content in contents.items():
        (folder / path.removeprefix("geo/")).write_bytes(content)
    return manifest


def files(layers: Layers, only: Collection[str] | None = None) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest, and the files by their path in it.

    All kelurahan are simplified together, so that neighbours keep a common edge; kecamatan, kabkota and the
    lines between kabkota are made of the simplified kelurahan and fit them exactly. What a border does not need is not
    in its files: units stand by kabkota, lines for each two of them, and the land around is rough. The browser finds
    the outlines of kecamatan and kabkota among the arcs of their kelurahan.

    Parameters
    ----------
    layers : all boundaries
    only : kode_kabkota whose files, and those of their lines, are made; None for all, and for the land around
    """
    kelurahan = layers.kelurahan
    metric = shapely.coverage_simplify(layers.metric.geometry.to_numpy(), TOLERANCE_M)
    simple = gpd.GeoSeries(metric, index=kelurahan.index, crs=METRIC).to_crs("EPSG:4326")
    # Rounded before anything is derived from it: shared vertices round alike and stay shared.
    rounded = shapely.transform(simple.to_numpy(), lambda xy: np.round(xy, 5))
    simple = gpd.GeoSeries([_without_flat_parts(polygon) for polygon in rounded], index=simple.index)

    manifest: dict[str, Any] = {"kelurahan": {}, "kecamatan": {}, "kabkota": {}, "borders": {}, "bounds": {}}
    contents: dict[str, bytes] = {}

    def save(name: str, content: dict[str, Any]) -> str:
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        if len(data) > MAX_BYTES:
            raise ValueError(f"{name}: {len(data)} bytes, more than {MAX_BYTES}")
        path = f"geo/{name}_{hashlib.sha256(data).hexdigest()[:10]}.json"
        contents[path] = data
        return path

    wanted = kelurahan if only is None else kelurahan[kelurahan["kode_kabkota"].isin(list(only))]
    for kode, rows in wanted.groupby("kode_kabkota", sort=True):
        label = str(kode).replace(".", "")
        own = simple.loc[rows.index]
        inside = layers.kecamatan[layers.kecamatan["kode_kabkota"] == kode]
        labels = [[row.nama, [row.label_lon, row.label_lat]] for row in inside.itertuples()]
        units = topology(
            _shapes(dict(zip(rows["kode"], own, strict=True))),
            {row.kode: _named(row) | {"k": row.kecamatan} for row in rows.itertuples()},
        )
        manifest["kelurahan"][kode] = save(f"kelurahan-{label}", units | {"labels": labels})
        joined = {k: shapely.union_all(own[rows["kode_kecamatan"] == k].to_numpy()) for k in inside["kode"]}
        units = topology(_shapes(joined), {row.kode: _named(row) for row in inside.itertuples()})
        manifest["kecamatan"][kode] = save(f"kecamatan-{label}", units | {"labels": labels})
        west, south, east, north = own.total_bounds
        manifest["bounds"][kode] = [[south, west], [north, east]]
    whole = {
        kode: shapely.union_all(simple[wanted.index[wanted["kode_kabkota"] == kode]].to_numpy())
        for kode in layers.kabkota["kode"]
        if only is None or kode in only
    }
    names = {row.kode: _named(row) for row in layers.kabkota.itertuples()}
    for kode, shape in whole.items():
        label = str(kode).replace(".", "")
        manifest["kabkota"][kode] = save(f"kabkota-{label}", topology(_shapes({kode: shape}), {kode: names[kode]}))
    if only is None:
        land = gpd.GeoSeries(whole, crs="EPSG:4326").to_crs(METRIC)
        rough = gpd.GeoSeries(shapely.coverage_simplify(land.to_numpy(), ROUGH_M), index=land.index, crs=METRIC)
        manifest["around"] = save("around", topology(_shapes(rough.to_crs("EPSG:4326")), names))
    for pair, line in _borders(layers, simple, only).items():
        label = pair.replace(".", "").replace("|", "-")
        manifest["borders"][pair] = save(f"border-{label}", lines({pair: line}))
    return manifest, contents


def _shapes(units: Mapping[str, shapely.Geometry] | gpd.GeoSeries) -> dict[str, dict[str, Any]]:
    """GeoJSON geometries by kode."""
    return {str(kode): json.loads(shapely.to_geojson(shape)) for kode, shape in units.items()}


def _named(row: Any) -> dict[str, Any]:
    """Name and place of the label of a unit."""
    return {"n": row.nama, "p": [row.label_lon, row.label_lat]}


def _without_flat_parts(polygon: shapely.Geometry) -> shapely.Geometry:
    """Drop the islets that rounding to a metre has flattened to a line."""
    parts = shapely.get_parts(polygon)
    solid = parts[shapely.area(parts) > 0]
    return polygon if len(solid) == len(parts) else shapely.MultiPolygon(list(solid))


def _borders(layers: Layers, simple: gpd.GeoSeries, only: Collection[str] | None) -> dict[str, list[list[list[float]]]]:
    """The lines between kabkota by both codes, out of the edges that simplified polygons of both sides share."""
    edges = dict(zip(layers.kelurahan["kode"], simple.to_numpy(), strict=True))
    found = {}
    for (a, b), rows in layers.lines.groupby(["kode_kabkota_a", "kode_kabkota_b"], sort=True):
        if only is not None and not {a, b} & set(only):
            continue
        count: Counter[tuple[tuple[float, float], tuple[float, float]]] = Counter()
        for codes in (rows["kode_a"].unique(), rows["kode_b"].unique()):
            count.update({edge for code in codes for edge in _edges(edges[code])})
        shared = sorted(edge for edge, sides in count.items() if sides == 2)
        line = shapely.line_merge(shapely.multilinestrings([shapely.LineString(edge) for edge in shared]))
        found[f"{a}|{b}"] = [shapely.get_coordinates(part).tolist() for part in shapely.get_parts(line)]
    return found


def _edges(polygon: shapely.Geometry) -> set[tuple[tuple[float, float], tuple[float, float]]]:
    found = set()
    for ring in shapely.get_rings(shapely.get_parts(polygon)):
        points = [tuple(point) for point in shapely.get_coordinates(ring).tolist()]
        found |= {(min(p, q), max(p, q)) for p, q in pairwise(points) if p != q}
    return found
