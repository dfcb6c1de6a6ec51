"""Boundaries as an office brings them: of two neighbours of Kota Serang at the line one takes a strip of the other."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import geopandas as gpd
import shapely

from geo.projection import METRIC
from tests.shipped import data

SERANG, KAB_SERANG = "36.73", "36.04"
CORRIDOR = "kabserang-kotaserang"
GIVES, TAKES = "36.73.02.1006", "36.73.03.1010"


def metric() -> gpd.GeoSeries:
    """Polygons of today by kode, in metres."""
    found: gpd.GeoSeries = data().land.metric.set_index("kode").geometry
    return found


def degrees(shapes: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Polygons in metres as polygons in degrees."""
    found = gpd.GeoSeries(dict(shapes), crs=METRIC).to_crs(4326)
    return {str(kode): shape for kode, shape in found.items()}


def strip(metres: float, gives: str = GIVES, takes: str = TAKES) -> dict[str, shapely.Geometry]:
    """Both neighbours, where one takes a strip of so many metres of the other."""
    shapes = metric()
    both = shapely.union_all([shapes[gives], shapes[takes]])
    taken = shapely.intersection(shapely.buffer(shapes[takes], metres), both)
    return degrees({gives: shapely.difference(both, taken), takes: taken})


def moved(kode: str, metres: float) -> dict[str, shapely.Geometry]:
    """A kelurahan that is so many metres wider at every side, or narrower below 0."""
    return degrees({kode: shapely.buffer(metric()[kode], metres)})


def geojson(shapes: Mapping[str, Any], **more: str) -> bytes:
    """Polygons with their code and name as GeoJSON."""
    names = data().kelurahan["nama"]
    listed = [
        {
            "type": "Feature",
            "properties": {"kode": kode, "nama": str(names[kode])} | more,
            "geometry": json.loads(shapely.to_geojson(shape)) if isinstance(shape, shapely.Geometry) else shape,
        }
        for kode, shape in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


def map_file(shapes: Mapping[str, shapely.Geometry], kind: str, crs: Any = METRIC) -> bytes:
    """The same as GeoPackage or zipped shapefile, in another system of coordinates."""
    names = data().kelurahan["nama"]
    frame = gpd.GeoDataFrame(
        {"KDEPUM": list(shapes), "WADMKD": [str(names[kode]) for kode in shapes]},
        geometry=list(shapes.values()),
        crs=4326,
    ).to_crs(crs)
    with TemporaryDirectory() as folder:
        if kind == "gpkg":
            frame.to_file(Path(folder) / "a.gpkg", driver="GPKG", layer="batas")
            return (Path(folder) / "a.gpkg").read_bytes()
        frame.to_file(Path(folder) / "a.shp")
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.writestr(part.name, part.read_bytes())
        return stream.getvalue()
