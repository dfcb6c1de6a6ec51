"""Small raw records: three kelurahan in boxes, and tables of text."""

import io

import geopandas as gpd
import pandas as pd
import shapely

from data.build import reading
from data.build.raw import Raw
from data.build.schema import Schema, Table, Units, check
from data.intake import csv_reader
from geo.projection import METRIC


def kelurahan() -> gpd.GeoDataFrame:
    """Two kelurahan of Kota Depok and one of Kota Bekasi, as the raw layer has them."""
    frame = pd.DataFrame(
        {
            "kode": ["32.76.01.1001", "32.76.01.1002", "32.75.01.1001"],
            "nama": ["Beji", "Tugu", "Jatikarya"],
            "jenis": "kelurahan",
            "kecamatan": ["Beji", "Beji", "Jatisampurna"],
            "kabkota": ["Kota Depok", "Kota Depok", "Kota Bekasi"],
            "provinsi": "Jawa Barat",
            "kode_bps2020": ["3276010001", "3276010002", "3275010001"],
            "cocok_ab": "nama+kec",
            "iou_ab": 0.9,
            "kode_pos": "16421",
        }
    )
    frame["kode_kecamatan"], frame["kode_kabkota"] = frame["kode"].str[:8], frame["kode"].str[:5]
    boxes = [shapely.box(west, -6.5, west + 0.0625, -6.4375) for west in (106.75, 106.8125, 106.875)]
    layer = gpd.GeoDataFrame(frame, geometry=boxes, crs="EPSG:4326")
    layer["luas_km2"] = layer.geometry.to_crs(METRIC).area / 1e6
    return layer


def geoparquet(layer: gpd.GeoDataFrame) -> bytes:
    """The layer as a file."""
    stream = io.BytesIO()
    layer.to_parquet(stream)
    return stream.getvalue()


def read_kelurahan(layer: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    """The layer as the build reads it."""
    return reading.read_layer(geoparquet(kelurahan() if layer is None else layer))


def checked(schema: Schema, *lines: str, others: dict[str, pd.DataFrame] | None = None) -> Table:
    """A table of these lines, checked."""
    text = csv_reader.read("\n".join(lines).encode(), list(schema.columns))
    return check("folder/table.csv", text, schema, Units(read_kelurahan()), others or {})


def said(table: Table) -> list[str]:
    """Its problems in words."""
    return [str(problem) for problem in table.problems]


def raw_of(path: str, schema: Schema, *lines: str) -> Raw:
    """Raw records of one table without a problem."""
    table = checked(schema, *lines)
    assert not table.problems, said(table)
    return Raw(read_kelurahan(), {path: table.frame.reset_index(drop=True)})
