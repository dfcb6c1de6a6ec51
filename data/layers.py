"""What follows from the boundaries of the kelurahan: kecamatan, kabkota, neighbours and the lines between kabkota.

The build makes all of it; where an office publishes a boundary, what it changes is made anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.land import Land
from geo import borders
from geo.projection import METRIC

MIN_SHARED_M = 50.0
KECAMATAN = {"nama": "kecamatan", "kode_kabkota": "kode_kabkota", "kabkota": "kabkota"}
KABKOTA = {"nama": "kabkota"}
"""Columns of `dissolve` by level."""


@dataclass(frozen=True)
class Layers(Land):
    """The boundaries and what follows from them.

    Attributes
    ----------
    pairs : DataFrame
        Two kelurahan that share at least `MIN_SHARED_M` of boundary: kode_a, kode_b, shared_m.
    lines : GeoDataFrame
        The pieces of the lines between kabkota, EPSG:4326.
    """

    pairs: pd.DataFrame
    lines: gpd.GeoDataFrame


def touching_pairs(metric: gpd.GeoDataFrame) -> pd.DataFrame:
    """All pairs of kelurahan that share a line of any length: kode_a, kode_b, shared_m, kode_kabkota_a and _b.

    Parameters
    ----------
    metric : kode, kode_kabkota and polygons in a metric CRS
    """
    touching = borders.neighbours(metric, min_shared_m=0)
    of = dict(zip(metric["kode"], metric["kode_kabkota"], strict=True))
    for side in ("a", "b"):
        touching[f"kode_kabkota_{side}"] = touching[f"kode_{side}"].map(of).astype(str)
    return touching


def neighbour_pairs(touching: pd.DataFrame) -> pd.DataFrame:
    """pairs.parquet: of those that touch, the ones that share at least `MIN_SHARED_M`."""
    columns = ["kode_a", "kode_b", "kode_kabkota_a", "kode_kabkota_b", "shared_m"]
    pairs = touching[touching["shared_m"] >= MIN_SHARED_M]
    return pairs[columns].reset_index(drop=True).round({"shared_m": 2})


def between(pairs: pd.DataFrame) -> set[str]:
    """kode_kabkota of both units of each pair, with a bar between."""
    return set(pairs["kode_kabkota_a"] + "|" + pairs["kode_kabkota_b"])


def label_points(geometry: gpd.GeoSeries) -> tuple[pd.Series, pd.Series]:
    """Longitude and latitude of a point well inside each polygon: the middle of its largest inscribed circle."""
    metric = geometry.to_crs(METRIC)
    parts = metric.explode()
    largest = parts.iloc[np.argsort(-parts.area.to_numpy(), kind="stable")]
    largest = largest[~largest.index.duplicated()].reindex(metric.index)
    circles = shapely.maximum_inscribed_circle(largest.to_numpy(), tolerance=20.0)
    middle = gpd.GeoSeries(shapely.get_point(circles, 0), index=metric.index, crs=METRIC).to_crs(geometry.crs)
    return middle.x.round(5), middle.y.round(5)


def dissolve(kelurahan: gpd.GeoDataFrame, by: str, columns: dict[str, str]) -> gpd.GeoDataFrame:
    """Join kelurahan along their shared edges; the vertices stay those of the kelurahan.

    Parameters
    ----------
    kelurahan : polygons with `by`, provinsi, luas_km2
    by : column with the code of the unit that they are joined to
    columns : by name, the column of the kelurahan that it is taken from
    """
    grouped = kelurahan.groupby(by, sort=True)
    frame = pd.DataFrame({name: grouped[column].first() for name, column in columns.items()})
    frame["provinsi"] = grouped["provinsi"].first()
    frame["luas_km2"] = grouped["luas_km2"].sum().round(4)
    frame["n_kelurahan"] = grouped.size().astype("int32")
    joined = {code: shapely.coverage_union_all(rows.geometry.to_numpy()) for code, rows in grouped}
    geometry = gpd.GeoSeries(pd.Series(joined), crs=kelurahan.crs)
    frame["label_lon"], frame["label_lat"] = label_points(geometry)
    frame.index.name = "kode"
    return gpd.GeoDataFrame(frame, geometry=geometry).reset_index()


def border_lines(metric: gpd.GeoDataFrame, touching: pd.DataFrame, neighbouring: Collection[str]) -> gpd.GeoDataFrame:
    """The whole line between neighbouring kabkota, also the few metres shared by units that are not neighbours.

    Parameters
    ----------
    metric : kode and polygons in a metric CRS
    touching : as `touching_pairs` gives them
    neighbouring : kode_kabkota of every two kabkota that share a border, with a bar between
    """
    kabkota = ["kode_kabkota_a", "kode_kabkota_b"]
    between = touching[kabkota[0]] + "|" + touching[kabkota[1]]
    crossing = touching[(touching[kabkota[0]] != touching[kabkota[1]]) & between.isin(list(neighbouring))]
    crossing = crossing.reset_index(drop=True)
    lines = borders.line_segments(metric, crossing)
    lines[kabkota] = crossing[kabkota]
    lines["length_m"] = lines["length_m"].round(2)
    return lines[["kode_a", "kode_b", *kabkota, "length_m", "geometry"]].to_crs("EPSG:4326")
