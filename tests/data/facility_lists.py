"""A list of places as an office brings it: Kota Serang's puskesmas, with points for the six known by name only."""

import json
from typing import Any

from tests.shipped import data

SERANG = "36.73"
CORRIDOR = "kabserang-kotaserang"
HEAD = "Nama Puskesmas;Kelurahan;Kecamatan;Kabupaten/Kota;Lintang;Bujur"


def middle_of(kode: str) -> tuple[str, float, float]:
    """A kelurahan and the point where its name stands on the map."""
    unit: dict[Any, Any] = data().kelurahan.loc[kode].to_dict()
    return kode, float(unit["label_lon"]), float(unit["label_lat"])


def puskesmas() -> list[tuple[str, str, float, float, bool]]:
    """Name, kelurahan, lon, lat and whether it has no point today, of the sixteen puskesmas of Kota Serang.

    The six stand at the label point of their kelurahan: a place that is possible, and not a claim.
    """
    known = data()
    rows = known.facilities[known.facilities["kind"].eq("puskesmas") & known.facilities["kode_kabkota"].eq(SERANG)]
    units, found = known.kelurahan, []
    columns = ["name", "kode", "area_kode", "lon", "lat", "used"]
    for name, own, area, lon, lat, used in rows[columns].itertuples(index=False, name=None):
        kode = str(own or units.index[units["kode_kecamatan"].eq(area)][0])
        if not used:
            _, lon, lat = middle_of(kode)
        found.append((str(name), kode, float(lon), float(lat), not used))
    return found


def rows(only_new: bool = False) -> tuple[tuple[Any, ...], ...]:
    """The list as it is stored, or of it only the six."""
    return tuple(
        ("puskesmas", name, kode, lon, lat, "negeri", "")
        for name, kode, lon, lat, new in puskesmas()
        if new or not only_new
    )


def csv_list() -> bytes:
    """The list as a CSV, the six under longer names than today's."""
    units = data().kelurahan
    lines = []
    for name, kode, lon, lat, new in puskesmas():
        unit: dict[Any, Any] = units.loc[kode].to_dict()
        where = f"{unit['nama']};{unit['kecamatan']};Kota Serang"
        lines.append(f"{'UPT ' if new else ''}{name};{where};{lat:.6f};{lon:.6f}")
    return "\n".join([HEAD, *lines]).encode()


def geojson(features: list[tuple[dict[str, Any], Any]], **more: Any) -> bytes:
    """Features with properties and a geometry."""
    listed = [{"type": "Feature", "properties": known, "geometry": shape} for known, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": listed, **more}).encode()
