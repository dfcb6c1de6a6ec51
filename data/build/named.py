"""From a name to an area, only when there is exactly one candidate."""

from __future__ import annotations

import numpy as np
import shapely

from data.build.boundaries import Layers
from data.build.facilities import normal
from geo.projection import METRIC, to_metric


class Names:
    """Looks up kabkota, kecamatan and kelurahan by their written names.

    Spaces, punctuation and case do not count; nothing is guessed beyond that.
    """

    def __init__(self, layers: Layers) -> None:
        self._kabkota = {normal(nama): kode for kode, nama in layers.short_names().items()}
        self._kecamatan: dict[tuple[str, str], list[str]] = {}
        self._kelurahan: dict[tuple[str, str], list[str]] = {}
        for row in layers.kecamatan.itertuples():
            self._kecamatan.setdefault((row.kode_kabkota, normal(row.nama)), []).append(row.kode)
        for row in layers.kelurahan.itertuples():
            for area in (row.kode_kabkota, row.kode_kecamatan):
                self._kelurahan.setdefault((area, normal(row.nama)), []).append(row.kode)
        self._layers = layers
        self._names = {
            kode: nama
            for layer in (layers.kabkota, layers.kecamatan, layers.kelurahan)
            for kode, nama in zip(layer["kode"], layer["nama"], strict=True)
        }

    def name(self, kode: str) -> str:
        """Name of a kelurahan, kecamatan or kabkota by its code, "" when there is none."""
        return self._names.get(kode, "")

    def kabkota(self, name: str) -> str:
        """Kabkota code, "" when unknown."""
        return self._kabkota.get(normal(name), "")

    def kecamatan(self, kabkota: str, name: str) -> str:
        """Kecamatan code inside a kabkota (by code), "" when none or several."""
        return _only(self._kecamatan.get((kabkota, normal(name)), []))

    def kelurahan(self, area: str, name: str) -> str:
        """Kelurahan code inside a kabkota or kecamatan (by code), "" when none or several."""
        return _only(self._kelurahan.get((area, normal(name)), []))

    def reach_km(self, kode: str) -> float:
        """Farthest that a place in this area can be from its label point, in km."""
        if not kode:
            return float("nan")
        layer = self._layers.kelurahan if len(kode) == 13 else self._layers.kecamatan
        row = layer[layer["kode"] == kode]
        x, y = to_metric(row["label_lon"], row["label_lat"])
        corners = shapely.get_coordinates(row.to_crs(METRIC).geometry.iloc[0])
        return float(np.ceil(np.hypot(corners[:, 0] - x, corners[:, 1] - y).max() / 100) / 10)


def _only(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else ""
