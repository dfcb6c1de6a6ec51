"""What the browser fetches for the map of all land borders: land of the provinces, and the lines; two small files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from geo.arrays import Floats
from geo.topology import lines, topology

CLOSE = 0.004
"""Degrees: what is nearer than twice this is one piece of land."""
LAND, LINE = 0.008, 0.004
"""Tolerances of the land and of the lines in degrees: about a pixel at the first view."""
ISLET, LAKE = 0.0006, 0.003
"""Square degrees: smaller islands and lakes are left out of the picture, not of any figure."""
NAME, FOLDER = "map.json", "national"


def write(villages: gpd.GeoDataFrame, national: Path, static: Path) -> dict[str, str]:
    """Write both files below ``static/national`` and their names, as paths below ``static``, into ``map.json``.

    Parameters
    ----------
    villages : all kelurahan (EPSG:4326) with their kode; they need not fit each other
    national : folder of the shipped tables, of which pairs, kabkota and lines are read
    static : folder of the files that are served
    """
    pairs = pd.read_parquet(national / "pairs.parquet").set_index("pair")
    kabkota = pd.read_parquet(national / "kabkota.parquet")
    provinces = kabkota.drop_duplicates("kode_provinsi").set_index("kode_provinsi")["provinsi"]
    drawn = gpd.read_parquet(national / "lines.parquet").set_index("pair").geometry
    shapes = land(villages)
    labels = [[str(provinces[kode]), _inside(shape)] for kode, shape in shapes.items()]
    named = {kode: {"n": str(provinces[kode])} for kode in shapes}
    land_file = topology({kode: mapping(shape) for kode, shape in shapes.items()}, named) | {"labels": labels}
    about = {
        str(pair): {
            "n": f"{row.name_a} – {row.name_b}",
            "k": ", ".join(dict.fromkeys([str(row.province_a), str(row.province_b)])),
        }
        for pair, row in zip(pairs.index, pairs.itertuples(), strict=True)
    }
    parts = {
        str(pair): [
            _rounded(shapely.get_coordinates(part)).tolist() for part in shapely.get_parts(shapely.simplify(line, LINE))
        ]
        for pair, line in zip(drawn.index, drawn, strict=True)
    }
    files = {"land": land_file, "lines": lines(parts, about)}
    found = {name: _save(static, name, content) for name, content in files.items()}
    (national / NAME).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def land(villages: gpd.GeoDataFrame) -> dict[str, shapely.MultiPolygon]:
    """The land of each province by its two digits, rough and without the seams between its kelurahan."""
    thick = shapely.buffer(
        shapely.simplify(villages.geometry.to_numpy(), CLOSE, preserve_topology=False),
        CLOSE,
        quad_segs=1,
        join_style="mitre",
    )
    codes = villages["kode"].str.slice(0, 2)
    found = {}
    for kode in sorted(codes.unique()):
        whole = shapely.union_all(thick[(codes == kode).to_numpy()])
        whole = shapely.simplify(shapely.buffer(whole, -CLOSE, join_style="mitre"), LAND)
        found[str(kode)] = shapely.MultiPolygon(
            [
                shapely.Polygon(part.exterior, [r for r in part.interiors if shapely.Polygon(r).area > LAKE])
                for part in shapely.get_parts(whole)
                if part.area > ISLET
            ]
        )
        found[str(kode)] = shapely.transform(found[str(kode)], _rounded)
    return found


def _rounded(degrees: Floats) -> Floats:
    """A hundred metres are enough, and equal digits pack well."""
    return np.round(degrees, 3)


def _inside(shape: shapely.MultiPolygon) -> list[float]:
    """A place for the name: inside the largest island."""
    at = shapely.point_on_surface(max(shape.geoms, key=lambda part: part.area))
    return [round(at.x, 3), round(at.y, 3)]


def _save(static: Path, name: str, content: dict[str, Any]) -> str:
    """One file, named by its content; what it was before goes."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    (static / FOLDER).mkdir(parents=True, exist_ok=True)
    for old in (static / FOLDER).glob(f"{name}_*.json"):
        old.unlink()
    path = f"{FOLDER}/{name}_{hashlib.sha256(data).hexdigest()[:10]}.json"
    (static / path).write_bytes(data)
    return path
