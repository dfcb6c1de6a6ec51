"""Geometry for the browser: simplified with shared edges, one file a kabkota, named by its content."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from data.build.boundaries import Layers
from geo.projection import METRIC

TOLERANCE_M = 20.0
MAX_BYTES = 3_000_000


def write(layers: Layers, folder: Path) -> dict[str, Any]:
    """Write the GeoJSON files into a folder and return the manifest (geometry.json), which has them below geo/.

    All kelurahan are simplified together, so that neighbours keep a common edge; kecamatan, kabkota and the
    lines between kabkota are made of the simplified kelurahan and fit them exactly.
    """
    kelurahan = layers.kelurahan
    metric = shapely.coverage_simplify(layers.metric.geometry.to_numpy(), TOLERANCE_M)
    simple = gpd.GeoSeries(metric, index=kelurahan.index, crs=METRIC).to_crs("EPSG:4326")
    # Rounded before anything is derived from it: shared vertices round alike and stay shared.
    rounded = shapely.transform(simple.to_numpy(), lambda xy: np.round(xy, 5))
    simple = gpd.GeoSeries([_without_flat_parts(polygon) for polygon in rounded], index=simple.index)

    manifest: dict[str, Any] = {"kelurahan": {}, "kecamatan": {}, "bounds": {}}

    def save(name: str, features: list[dict[str, Any]]) -> str:
        text = json.dumps(
            {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
        )
        data = text.encode()
        if len(data) > MAX_BYTES:
            raise ValueError(f"{name}: {len(data)} bytes, more than {MAX_BYTES}")
        file = f"{name}_{hashlib.sha256(data).hexdigest()[:10]}.json"
        (folder / file).write_bytes(data)
        return f"geo/{file}"

    for kode, rows in kelurahan.groupby("kode_kabkota", sort=True):
        label = str(kode).replace(".", "")
        own = simple.loc[rows.index]
        manifest["kelurahan"][kode] = save(
            f"kelurahan-{label}",
            [
                _feature(row.kode, own[row.Index], n=row.nama, k=row.kecamatan, p=[row.label_lon, row.label_lat])
                for row in rows.itertuples()
            ],
        )
        inside = layers.kecamatan[layers.kecamatan["kode_kabkota"] == kode]
        manifest["kecamatan"][kode] = save(
            f"kecamatan-{label}",
            [
                _feature(
                    row.kode,
                    shapely.union_all(own[rows["kode_kecamatan"] == row.kode].to_numpy()),
                    n=row.nama,
                    p=[row.label_lon, row.label_lat],
                )
                for row in inside.itertuples()
            ],
        )
        west, south, east, north = own.total_bounds
        manifest["bounds"][kode] = [[south, west], [north, east]]
    whole = {
        kode: shapely.union_all(simple[kelurahan["kode_kabkota"] == kode].to_numpy()) for kode in layers.kabkota["kode"]
    }
    manifest["kabkota"] = save(
        "kabkota",
        [
            _feature(row.kode, whole[row.kode], n=row.nama, p=[row.label_lon, row.label_lat])
            for row in layers.kabkota.itertuples()
        ],
    )
    manifest["borders"] = save("borders", _borders(layers, simple))
    return manifest


def _without_flat_parts(polygon: shapely.Geometry) -> shapely.Geometry:
    """Drop the islets that rounding to a metre has flattened to a line."""
    parts = shapely.get_parts(polygon)
    solid = parts[shapely.area(parts) > 0]
    return polygon if len(solid) == len(parts) else shapely.MultiPolygon(list(solid))


def _borders(layers: Layers, simple: gpd.GeoSeries) -> list[dict[str, Any]]:
    """The lines between kabkota, out of the edges that simplified polygons of both sides share."""
    edges = dict(zip(layers.kelurahan["kode"], simple.to_numpy(), strict=True))
    features = []
    for (a, b), rows in layers.lines.groupby(["kode_kabkota_a", "kode_kabkota_b"], sort=True):
        count: Counter[tuple[tuple[float, float], tuple[float, float]]] = Counter()
        for codes in (rows["kode_a"].unique(), rows["kode_b"].unique()):
            count.update({edge for code in codes for edge in _edges(edges[code])})
        shared = sorted(edge for edge, sides in count.items() if sides == 2)
        line = shapely.line_merge(shapely.multilinestrings([shapely.LineString(edge) for edge in shared]))
        features.append(_feature(f"{a}|{b}", shapely.MultiLineString(list(shapely.get_parts(line)))))
    return features


def _edges(polygon: shapely.Geometry) -> set[tuple[tuple[float, float], tuple[float, float]]]:
    found = set()
    for ring in shapely.get_rings(shapely.get_parts(polygon)):
        points = [tuple(point) for point in shapely.get_coordinates(ring).tolist()]
        found |= {(min(p, q), max(p, q)) for p, q in pairwise(points) if p != q}
    return found


def _feature(kode: str, geometry: shapely.Geometry, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": kode,
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }
