"""The polygons of all units, and which kabkota are studied: for the build, and where an office publishes a list."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from geo.projection import METRIC, to_metric

STUDY = ("32.75", "32.76", "36.04", "36.72", "36.73")
"""The kabkota whose borders are studied: Kota Bekasi, Kota Depok, Kab. Serang, Kota Cilegon, Kota Serang."""
YARDSTICK = "31.75"
"""Jakarta Timur: the true population of every kelurahan is known."""
COARSE = ("36.01", "36.02", "36.03")
"""Pandeglang, Lebak, Kab. Tangerang: on the other side of a border of Kab. Serang, population by kabkota only."""
LEVEL_OF = {5: "kabkota", 8: "kecamatan", 13: "kelurahan"}
"""Level of a unit by the length of its code."""
REGISTERED = ("32.75", "32.76", "32.16")
"""Kabkota of which the Dapodik list of 2025 holds every SD, SMP, SMA and SMK."""


@dataclass(frozen=True)
class Land:
    """The polygons of all units.

    Attributes
    ----------
    kelurahan, kecamatan, kabkota : GeoDataFrame
        EPSG:4326, one row a unit.
    metric : GeoDataFrame
        The kelurahan in EPSG:32748.
    """

    kelurahan: gpd.GeoDataFrame
    kecamatan: gpd.GeoDataFrame
    kabkota: gpd.GeoDataFrame
    metric: gpd.GeoDataFrame

    def reach_km(self, kode: str) -> float:
        """Kilometres from the label point of a unit to its farthest corner, rounded up to 0.1.

        NaN for the code "".
        """
        if not kode:
            return float("nan")
        layer: gpd.GeoDataFrame = getattr(self, LEVEL_OF[len(kode)])
        row = layer[layer["kode"] == kode]
        x, y = to_metric(row["label_lon"], row["label_lat"])
        corners = shapely.get_coordinates(row.to_crs(METRIC).geometry.iloc[0])
        return float(np.ceil(np.hypot(corners[:, 0] - x, corners[:, 1] - y).max() / 100) / 10)
