"""Administrative layers, neighbours, lines between kabkota, and the border sets of the corridors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.build.named import Names
from data.build.raw import Raw, RawError
from data.land import Land
from geo import borders
from geo.farthest import farthest_from_samples
from geo.projection import METRIC

MIN_SHARED_M = 50.0
PATH = "boundaries/kelurahan.parquet"
KELURAHAN_COLUMNS = [
    "kode", "nama", "jenis", "kode_kecamatan", "kecamatan", "kode_kabkota", "kabkota", "provinsi", "luas_km2",
    "kode_bps2020", "match_bps", "overlap_bps", "kode_pos", "label_lon", "label_lat", "geometry",
]  # fmt: skip


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

    @cached_property
    def names(self) -> Names:
        """Looks up codes by written names."""
        return Names(self.kelurahan)

    def short_names(self) -> dict[str, str]:
        """Kabkota code to short name."""
        return dict(zip(self.kabkota["kode"], self.kabkota["nama"], strict=True))


def build(raw: Raw) -> Layers:
    """Derive kecamatan, kabkota, neighbours and the lines between kabkota from the kelurahan layer."""
    kelurahan = raw.layer.copy()
    kelurahan["label_lon"], kelurahan["label_lat"] = label_points(kelurahan.geometry)
    kelurahan = kelurahan[KELURAHAN_COLUMNS]
    metric = kelurahan[["kode", "kode_kecamatan", "kode_kabkota", "geometry"]].to_crs(METRIC)
    kecamatan = _dissolve(
        kelurahan, "kode_kecamatan", {"nama": "kecamatan", "kode_kabkota": "kode_kabkota", "kabkota": "kabkota"}
    )
    kabkota = _dissolve(kelurahan, "kode_kabkota", {"nama": "kabkota"})
    touching = borders.neighbours(metric, min_shared_m=0)
    of = dict(zip(kelurahan["kode"], kelurahan["kode_kabkota"], strict=True))
    for side in ("a", "b"):
        touching[f"kode_kabkota_{side}"] = touching[f"kode_{side}"].map(of).astype(str)
    pairs = touching[touching["shared_m"] >= MIN_SHARED_M]
    columns = ["kode_a", "kode_b", "kode_kabkota_a", "kode_kabkota_b", "shared_m"]
    return Layers(
        kelurahan, kecamatan, kabkota, metric,
        pairs[columns].reset_index(drop=True).round({"shared_m": 2}),
        _lines(metric, touching, pairs),
    )  # fmt: skip


def label_points(geometry: gpd.GeoSeries) -> tuple[pd.Series, pd.Series]:
    """Longitude and latitude of a point well inside each polygon: the middle of its largest inscribed circle."""
    metric = geometry.to_crs(METRIC)
    parts = metric.explode()
    largest = parts.iloc[np.argsort(-parts.area.to_numpy(), kind="stable")]
    largest = largest[~largest.index.duplicated()].reindex(metric.index)
    circles = shapely.maximum_inscribed_circle(largest.to_numpy(), tolerance=20.0)
    middle = gpd.GeoSeries(shapely.get_point(circles, 0), index=metric.index, crs=METRIC).to_crs(geometry.crs)
    return middle.x.round(5), middle.y.round(5)


def _dissolve(kelurahan: gpd.GeoDataFrame, by: str, columns: dict[str, str]) -> gpd.GeoDataFrame:
    """Join kelurahan along their shared edges; the vertices stay those of the kelurahan."""
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


def _lines(metric: gpd.GeoDataFrame, touching: pd.DataFrame, pairs: pd.DataFrame) -> gpd.GeoDataFrame:
    """The whole line between neighbouring kabkota, also the few metres shared by units that are not neighbours."""
    kabkota = ["kode_kabkota_a", "kode_kabkota_b"]
    between = touching[kabkota[0]] + "|" + touching[kabkota[1]]
    neighbouring = (pairs[kabkota[0]] + "|" + pairs[kabkota[1]]).unique()
    crossing = touching[(touching[kabkota[0]] != touching[kabkota[1]]) & between.isin(neighbouring)]
    crossing = crossing.reset_index(drop=True)
    lines = borders.line_segments(metric, crossing)
    lines[kabkota] = crossing[kabkota]
    lines["length_m"] = lines["length_m"].round(2)
    return lines[["kode_a", "kode_b", *kabkota, "length_m", "geometry"]].to_crs("EPSG:4326")


def with_farthest(layers: Layers, samples: pd.DataFrame) -> gpd.GeoDataFrame:
    """kelurahan.parquet: the layer with farthest_from_sample_m, in whole metres, rounded up.

    Raises
    ------
    RawError
        A kelurahan has no sample point.
    """
    farthest = farthest_from_samples(layers.metric, samples)
    if np.isinf(farthest).any():
        raise RawError(f"{PATH}: no sample point in {farthest.index[np.isinf(farthest)][0]}")
    kelurahan = layers.kelurahan.copy()
    whole = np.ceil(farthest.reindex(kelurahan["kode"]).to_numpy()).astype(np.int32)
    kelurahan.insert(len(kelurahan.columns) - 1, "farthest_from_sample_m", whole)
    return kelurahan
