"""Administrative layers, neighbours, lines between kabkota, and the border sets of the corridors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from data import layers
from data.build.named import Names
from data.build.raw import Raw, RawError
from geo.farthest import farthest_from_samples
from geo.projection import METRIC

PATH = "boundaries/kelurahan.parquet"
KELURAHAN_COLUMNS = [
    "kode", "nama", "jenis", "kode_kecamatan", "kecamatan", "kode_kabkota", "kabkota", "provinsi", "luas_km2",
    "kode_bps2020", "match_bps", "overlap_bps", "kode_pos", "label_lon", "label_lat", "geometry",
]  # fmt: skip


@dataclass(frozen=True)
class Layers(layers.Layers):
    """The boundaries, with the names of all units."""

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
    kelurahan["label_lon"], kelurahan["label_lat"] = layers.label_points(kelurahan.geometry)
    kelurahan = kelurahan[KELURAHAN_COLUMNS]
    metric = kelurahan[["kode", "kode_kecamatan", "kode_kabkota", "geometry"]].to_crs(METRIC)
    touching = layers.touching_pairs(metric)
    pairs = layers.neighbour_pairs(touching)
    return Layers(
        kelurahan,
        layers.dissolve(kelurahan, "kode_kecamatan", layers.KECAMATAN),
        layers.dissolve(kelurahan, "kode_kabkota", layers.KABKOTA),
        metric,
        pairs,
        layers.border_lines(metric, touching, layers.between(pairs)),
    )


def with_farthest(made: Layers, samples: pd.DataFrame) -> gpd.GeoDataFrame:
    """kelurahan.parquet: the layer with farthest_from_sample_m, in whole metres, rounded up.

    Raises
    ------
    RawError
        A kelurahan has no sample point.
    """
    farthest = farthest_from_samples(made.metric, samples)
    if np.isinf(farthest).any():
        raise RawError(f"{PATH}: no sample point in {farthest.index[np.isinf(farthest)][0]}")
    kelurahan = made.kelurahan.copy()
    whole = np.ceil(farthest.reindex(kelurahan["kode"]).to_numpy()).astype(np.int32)
    kelurahan.insert(len(kelurahan.columns) - 1, "farthest_from_sample_m", whole)
    return kelurahan
