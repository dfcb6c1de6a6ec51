"""Population and density, true where known and split where not, each with its measured error."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from analysis.population import ErrorReport, measure_error, split_by_share, with_range
from data.build import values
from data.build.boundaries import Layers
from data.build.raw import Raw, number, require

DUKCAPIL = "stats/dukcapil_2024s1_kecamatan.csv"
TPS = "stats/tps2024_desa.csv"
JAKTIM = "stats/jaktim_population2024_kelurahan.csv"
OFFICIAL = "stats/kabkota_official.csv"
LONG = ["kode", "indicator", "value", "year"]

STUDY = ("32.75", "32.76", "36.04", "36.72", "36.73")
YARDSTICK = "31.75"
COARSE = ("36.01", "36.02", "36.03")


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
        return {
            "kecamatan_ke_kelurahan": asdict(self.fine),
            "kabkota_ke_kelurahan": asdict(self.coarse),
            "kabkota_ke_kecamatan": {k: asdict(v) for k, v in self.coarse_kecamatan.items()},
            "p90_dipakai": {"kecamatan": self.fine.p90_abs, "kabkota": self.coarse_p90},
        }


def series(raw: Raw, path: str, indicator: str, codes: pd.Index | None = None) -> pd.Series:
    """One indicator of a long table by code; with `codes`, every code must exist there."""
    rows = raw.table(path, LONG)
    if codes is not None:
        require(rows["kode"].isin(codes), path, "kode", "is no such unit", rows["kode"])
    wanted = rows["indicator"].eq(indicator)
    require(~wanted | ~rows[wanted].duplicated("kode").reindex(rows.index, fill_value=False), path, "kode",
            f"stands twice for {indicator}", rows["kode"])  # fmt: skip
    rows["value"] = number(rows["value"].where(wanted, ""), path)
    return rows[wanted].set_index("kode")["value"]


def yardstick(raw: Raw, layers: Layers) -> pd.DataFrame:
    """yardstick.parquet: polling stations and true population of Jakarta Timur."""
    truth = series(raw, JAKTIM, "jumlah_penduduk_2024", pd.Index(layers.kelurahan["kode"]))
    tps = series(raw, TPS, "jumlah_tps_2024", pd.Index(layers.kelurahan["kode"]))
    frame = pd.DataFrame({"kode": truth.index, "kode_kecamatan": truth.index.str[:8]})
    frame["tps"] = tps.reindex(truth.index).to_numpy().astype("int32")
    frame["population"] = truth.to_numpy().astype("int64")
    return frame.sort_values("kode", ignore_index=True)


def build(raw: Raw, layers: Layers) -> tuple[pd.DataFrame, pd.DataFrame, Errors, pd.Series]:
    """Value rows, the yardstick, the measured errors, and the Dukcapil totals by kecamatan."""
    kelurahan = layers.kelurahan.set_index("kode")
    known = yardstick(raw, layers)
    tps = series(raw, TPS, "jumlah_tps_2024")
    dukcapil = series(raw, DUKCAPIL, "jumlah_penduduk", pd.Index(layers.kecamatan["kode"]))
    official = series(raw, OFFICIAL, "jumlah_penduduk", pd.Index(layers.kabkota["kode"]))
    errors = _measure(known, tps, dukcapil)

    truth = known.set_index("kode")["population"]
    fine = _split(dukcapil, tps, kelurahan["kode_kecamatan"], kelurahan["kode_kabkota"].isin(STUDY))
    coarse = _split(official, tps, kelurahan["kode_kabkota"], kelurahan["kode_kabkota"].isin(COARSE))
    kabkota_sum = dukcapil.groupby(dukcapil.index.str[:5]).sum()
    elsewhere = official[~official.index.isin(kabkota_sum.index)]
    same = {"year": 2024}
    estimate = {**same, "method": "disagregasi"}
    plain = {**same, "quality": "tinggi"}
    parts = [
        ("penduduk", fine, errors.fine.p90_abs, {
            **estimate, "native_level": "kecamatan", "quality": "sedang", "source": "dukcapil2024;kpu_tps2024",
            "note": "Perkiraan: total kecamatan (Dukcapil, 30 Juni 2024) dibagi menurut TPS 2024."}),
        ("penduduk", coarse, errors.coarse_p90, {
            **estimate, "native_level": "kabkota", "quality": "rendah", "source": "kabkota2025;kpu_tps2024",
            "note": "Perkiraan kasar: total kabupaten (akhir 2024) dibagi menurut TPS 2024; total kecamatan tidak tersedia."}),
        ("penduduk", truth, None, {**plain, "method": "langsung", "native_level": "kelurahan", "source": "dki2024"}),
        ("penduduk", dukcapil, None, {**plain, "method": "langsung", "native_level": "kecamatan", "source": "dukcapil2024",
                                      "note": "30 Juni 2024."}),
        ("penduduk", truth.groupby(truth.index.str[:8]).sum(), None,
         {**plain, "method": "agregasi", "native_level": "kelurahan", "source": "dki2024"}),
        ("penduduk", kabkota_sum, None, {**plain, "method": "agregasi", "native_level": "kecamatan", "source": "dukcapil2024",
                                         "note": "Jumlah kecamatan, 30 Juni 2024."}),
        ("penduduk", elsewhere, None, {**plain, "method": "langsung", "native_level": "kabkota", "source": "kabkota2025",
                                       "note": "Akhir 2024 (Kepmendagri 300.2.2-2138/2025)."}),
    ]  # fmt: skip
    area = pd.concat([layer.set_index("kode")["luas_km2"] for layer in (layers.kelurahan, layers.kecamatan, layers.kabkota)])
    out = []
    for indicator, people, p90, rest in parts:
        span = with_range(people, p90) if p90 is not None else pd.DataFrame(columns=["low", "high"])
        out.append(values.rows(indicator, people, low=span["low"], high=span["high"], **rest))
        km2 = area.reindex(people.index)
        rest = {**rest, "source": rest["source"] + ";big_kepmendagri"}
        out.append(
            values.rows(
                "kepadatan", people.astype("Float64") / km2, low=span["low"] / km2, high=span["high"] / km2, **rest
            )
        )
    return pd.concat(out, ignore_index=True), known, errors, dukcapil


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
