"""Population and density, true where known and split where not, each with its measured error."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.values.population import ErrorReport, measure_error, split_by_share, with_range
from data.build import values
from data.build.boundaries import COARSE, STUDY, YARDSTICK, Layers
from data.build.raw import Raw

DUKCAPIL = "stats/dukcapil_2024s1_kecamatan.csv"
TPS = "stats/tps2024_desa.csv"
JAKTIM = "stats/jaktim_population2024_kelurahan.csv"
OFFICIAL = "stats/kabkota_official.csv"


@dataclass(frozen=True)
class Errors:
    """Measured errors of the two splits."""

    fine: ErrorReport
    """Kecamatan total to kelurahan, Jakarta Timur."""
    coarse: ErrorReport
    """Kabkota total to kelurahan, Jakarta Timur."""
    coarse_kecamatan: dict[str, ErrorReport]
    """Kabkota total to kecamatan, by study kabkota, against Dukcapil."""

    @property
    def coarse_p90(self) -> float:
        """The largest 90th percentile of the coarse measurements: no rural kelurahan figures exist to measure with."""
        return max(self.coarse.p90_abs, *(report.p90_abs for report in self.coarse_kecamatan.values()))

    def as_json(self) -> dict[str, Any]:
        """The errors as checks.json holds them: shares of the true figure."""
        return {
            "kecamatan_ke_kelurahan": asdict(self.fine),
            "kabkota_ke_kelurahan": asdict(self.coarse),
            "kabkota_ke_kecamatan": {k: asdict(v) for k, v in self.coarse_kecamatan.items()},
            "p90_dipakai": {"kecamatan": self.fine.p90_abs, "kabkota": self.coarse_p90},
        }


def yardstick(raw: Raw) -> pd.DataFrame:
    """yardstick.parquet: polling stations and true population of each kelurahan of Jakarta Timur."""
    truth, tps = raw.series(JAKTIM, "jumlah_penduduk_2024"), raw.series(TPS, "jumlah_tps_2024")
    frame = pd.DataFrame({"kode": truth.index, "kode_kecamatan": truth.index.str[:8]})
    frame["tps"] = tps.reindex(truth.index).to_numpy().astype("int32")
    frame["population"] = truth.to_numpy().astype("int64")
    return frame.sort_values("kode", ignore_index=True)


def build(raw: Raw, layers: Layers) -> tuple[pd.DataFrame, pd.DataFrame, Errors, pd.Series]:
    """Population and density of every unit for which they are known or can be split.

    Returns
    -------
    DataFrame
        Rows of values.parquet: penduduk (people) and kepadatan (people/km2).
    DataFrame
        yardstick.parquet.
    Errors
        Of the splits, where the truth is known.
    Series
        People by kecamatan (Dukcapil).
    """
    kelurahan = layers.kelurahan.set_index("kode")
    known = yardstick(raw)
    tps = raw.series(TPS, "jumlah_tps_2024")
    dukcapil, official = raw.series(DUKCAPIL, "jumlah_penduduk"), raw.series(OFFICIAL, "jumlah_penduduk")
    errors = _measure(known, tps, dukcapil)

    truth = known.set_index("kode")["population"]
    fine = _split(dukcapil, tps, kelurahan["kode_kecamatan"], kelurahan["kode_kabkota"].isin(STUDY))
    coarse = _split(official, tps, kelurahan["kode_kabkota"], kelurahan["kode_kabkota"].isin(COARSE))
    kabkota_sum = dukcapil.groupby(dukcapil.index.str[:5]).sum()
    elsewhere = official[~official.index.isin(kabkota_sum.index)]
    parts = [
        _Part(
            fine, "kecamatan", "sedang", "disagregasi", "dukcapil2024;kpu_tps2024", errors.fine.p90_abs,
            "Perkiraan: total kecamatan (Dukcapil, 30 Juni 2024) dibagi menurut TPS 2024.",
        ),
        _Part(
            coarse, "kabkota", "rendah", "disagregasi", "kabkota2025;kpu_tps2024", errors.coarse_p90,
            "Perkiraan kasar: total kabupaten (akhir 2024) dibagi menurut TPS 2024; total kecamatan tidak tersedia.",
        ),
        _Part(truth, "kelurahan", "tinggi", "langsung", "dki2024"),
        _Part(truth.groupby(truth.index.str[:8]).sum(), "kelurahan", "tinggi", "agregasi", "dki2024"),
        _Part(dukcapil, "kecamatan", "tinggi", "langsung", "dukcapil2024", note="30 Juni 2024."),
        _Part(kabkota_sum, "kecamatan", "tinggi", "agregasi", "dukcapil2024", note="Jumlah kecamatan, 30 Juni 2024."),
        _Part(
            elsewhere, "kabkota", "tinggi", "langsung", "kabkota2025",
            note="Akhir 2024 (Kepmendagri 300.2.2-2138/2025).",
        ),
    ]  # fmt: skip
    rows = [frame for part in parts for frame in part.rows(_areas(layers))]
    return pd.concat(rows, ignore_index=True), known, errors, dukcapil


@dataclass(frozen=True)
class _Part:
    """Population of some units, all known in the same way."""

    people: pd.Series
    native_level: str
    quality: str
    method: str
    source: str
    p90: float | None = None
    note: str = ""

    def rows(self, area: pd.Series) -> list[pd.DataFrame]:
        """Rows of penduduk and kepadatan (`area` in km2 by code)."""
        people = self.people.astype("Float64")
        unknown = pd.DataFrame({"low": np.nan, "high": np.nan}, index=people.index)
        span = unknown if self.p90 is None else with_range(people, self.p90)
        km2 = area.reindex(people.index)
        return [
            values.rows(
                indicator,
                people / divisor,
                low=span["low"] / divisor,
                high=span["high"] / divisor,
                year=2024,
                quality=self.quality,
                method=self.method,
                native_level=self.native_level,
                source=source,
                note=self.note,
            )
            for indicator, divisor, source in (
                ("penduduk", km2 * 0 + 1, self.source),
                ("kepadatan", km2, self.source + ";big_kepmendagri"),
            )
        ]


def _areas(layers: Layers) -> pd.Series:
    every = (layers.kelurahan, layers.kecamatan, layers.kabkota)
    return pd.concat([layer.set_index("kode")["luas_km2"] for layer in every])


def _split(totals: pd.Series, tps: pd.Series, groups: pd.Series, inside: pd.Series) -> pd.Series:
    members = groups[inside]
    return split_by_share(totals, tps.reindex(members.index), members)


def _measure(known: pd.DataFrame, tps: pd.Series, dukcapil: pd.Series) -> Errors:
    kecamatan = tps.groupby(tps.index.str[:8]).sum().reindex(dukcapil.index)
    seen = pd.DataFrame({"kode": dukcapil.index, "tps": kecamatan.to_numpy(), "population": dukcapil.to_numpy()})
    seen["kabkota"] = seen["kode"].str[:5]
    return Errors(
        fine=measure_error(known),
        coarse=measure_error(known.assign(kabkota=YARDSTICK), "kabkota"),
        coarse_kecamatan={str(k): measure_error(rows, "kabkota") for k, rows in seen.groupby("kabkota")},
    )
