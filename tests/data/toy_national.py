"""Tables of all land borders in small: five kabkota in a row of squares, one of them with a thin list of schools."""

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry import mapping

from data.national_tables import INDICATORS, LEVELS, MEASURED, National, facility_of
from geo.topology import topology

KABKOTA = {
    "11.01": "Kab. A",
    "11.02": "Kota B",
    "11.03": "Kab. <b>C</b>",
    "32.75": "Kota Bekasi",
    "32.76": "Kota Depok",
}
THIN = "11.03"
PROVINCES = {"11": "Aceh", "32": "Jawa Barat"}
PAIRS = tuple(f"{a}-{b}" for a, b in pairwise(KABKOTA))
SIZE, ROWS = 0.01, 6
"""Degrees of a square, and kelurahan at a line of either side."""
COUNTS = {"border_km": 6.6, "n_border_a": ROWS, "n_border_b": ROWS, "n_neighbours": ROWS}
FIGURES = {
    "n_border": ROWS, "n_interior": 20, "border_km": 1.5, "interior_km": 1.1, "low_km": 0.1, "high_km": 0.7, "p": 0.001,
    "q": 0.01, "strength": "sedang", "power": 0.9, "density_gap_km": 0.1,
    "density_low_km": -0.1, "density_high_km": 0.3, "density_p": 0.2,
    "density_q": 0.5, "area_gap_km": 0.3, "caveats": "",
}  # fmt: skip
ACROSS = {
    "reach": "own", "n_known": ROWS, "gap_km": 0.3, "low_km": 0.1, "high_km": 0.5, "p": 0.02, "q": 0.4,
    "code": "tidak_tampak", "strength": "", "behind": "", "caveats": "",
}  # fmt: skip


def kodes(kabkota: str) -> list[str]:
    """The kelurahan of a kabkota: a column of squares, all at the lines of both neighbours."""
    return [f"{kabkota}.01.{2001 + n}" for n in range(ROWS)]


def write(folder: Path, codes: Mapping[tuple[str, str], str] | None = None) -> National:
    """Write all tables into a folder.

    Parameters
    ----------
    codes : verdict by pair and side, tertinggal where it is not given; a thin side has one, too
    """
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("pairs", "members", "neighbours", "sides", "across")
    }
    lines = {}
    for number, pair in enumerate(PAIRS, 1):
        ends = dict(zip("ab", pair.split("-"), strict=True))
        x = 100 + number * SIZE
        lines[pair] = shapely.LineString([(x, 0), (x, ROWS * SIZE)])
        row = {"pair": pair, "west": x, "south": 0.0, "east": x, "north": ROWS * SIZE} | COUNTS
        for end, kode in ends.items():
            row |= {f"side_{end}": kode, f"name_{end}": KABKOTA[kode], f"province_{end}": PROVINCES[kode[:2]]}
        tables["pairs"].append(row)
        for n, (one, other) in enumerate(zip(*map(kodes, ends.values()), strict=True)):
            tables["neighbours"].append({"pair": pair, "kode_a": one, "kode_b": other, "shared_m": 1100.0 + n})
            across = {f"other_{facility_of(i)}": 2.0 + n for i in MEASURED} | {"shared_m": 1100.0 + n}
            tables["members"] += [{"pair": pair, "kode": k, "kode_kabkota": k[:5]} | across for k in (one, other)]
        for indicator in INDICATORS:
            tables["across"].append({"pair": pair, "indicator": indicator} | ACROSS)
            for side in ends.values():
                code = (codes or {}).get((pair, side), "tertinggal")
                seen = code in ("tertinggal", "lebih_baik")
                left = {"at_density": "" if not seen else "tidak_tampak" if side == "11.02" else code}
                own: dict[str, Any] = {"pair": pair, "side": side, "indicator": indicator, "code": code} | left
                own["gap_km"] = -0.4 if code == "lebih_baik" else 0.4
                tables["sides"] += [own | FIGURES | {"reach": reach} for reach in ("own", "any")]
    tables["kabkota"] = [_kabkota(kode) for kode in KABKOTA]
    (folder / "kelurahan").mkdir(parents=True)
    for name, rows in tables.items():
        pd.DataFrame(rows).to_parquet(folder / f"{name}.parquet")
    drawn = gpd.GeoDataFrame({"pair": list(lines)}, geometry=list(lines.values()), crs=4326)
    drawn.to_parquet(folder / "lines.parquet")
    units = pd.DataFrame([unit for column, kode in enumerate(KABKOTA) for unit in _units(column, kode)])
    for province, found in units.groupby(units["kode"].str.slice(0, 2)):
        file = folder / "kelurahan" / f"{province}.parquet"
        gpd.GeoDataFrame(found.reset_index(drop=True), crs=4326).to_parquet(file)
    shapes = {kode: mapping(shapely.box(99.9, -0.1, 100.2, 0.2)) for kode in PROVINCES}
    land = topology(shapes, {kode: {"n": name} for kode, name in PROVINCES.items()}) | {"labels": []}
    (folder / "land.json").write_text(json.dumps(land), encoding="utf-8")
    # An absolute path takes the place of the folder of static files.
    files = {"land": str(folder / "land.json"), "lines": str(folder / "lines.json")}
    (folder / "map.json").write_text(json.dumps(files), encoding="utf-8")
    return National(folder)


def _kabkota(kode: str) -> dict[str, Any]:
    thin, province = kode == THIN, kode[:2]
    row: dict[str, Any] = {
        "kode": kode,
        "nama": KABKOTA[kode],
        "kode_provinsi": province,
        "provinsi": PROVINCES[province],
    }
    for level in LEVELS:
        row |= {f"n_{level}": 40, f"located_{level}": 0.5 if thin else 0.98}
        row |= {f"quality_{level}": "rendah" if thin else "sedang", f"reason_{level}": "tanpa_titik" if thin else ""}
    return row


def _units(column: int, kabkota: str) -> list[dict[str, Any]]:
    """Kelurahan from south to north, farther and farther from school; the first is not known."""
    quality = {f"quality_{level}": "rendah" if kabkota == THIN else "sedang" for level in LEVELS}
    west = 100 + column * SIZE
    return [
        {"kode": kode, "nama": f"Desa {n}", "kode_kabkota": kabkota, "luas_km2": 1.2, "n_points": 30}
        | {f"{reach}_{facility_of(i)}": 0.5 * n if n else None for i in MEASURED for reach in ("own", "any")}
        | quality
        | {"geometry": shapely.box(west, n * SIZE, west + SIZE, (n + 1) * SIZE)}
        for n, kode in enumerate(kodes(kabkota))
    ]
