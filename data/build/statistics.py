"""Indicators that come from published statistics or from counting places: no distances, no population."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data import value_rows as values
from data.build.named import Names
from data.build.population import of_kecamatan, source_of
from data.build.raw import Raw

ROADS = "facilities/roads_bekasi_depok_osm2026.csv"
LIGHT = "stats/nightlights_lowland_area_desa.csv"
LIGHT_KABKOTA = "stats/nightlights_kabkota_2018_2024.csv"
IDM = "stats/idm2024_desa.csv"
EDUCATION = [
    "tidak_belum_sekolah", "belum_tamat_sd", "sd", "sltp", "slta", "d1_d2", "d3", "s1", "s2", "s3",
]  # fmt: skip
ROAD_KABKOTA = {"KotaBekasi": "32.75", "Depok": "32.76"}


def roads(raw: Raw, names: Names) -> tuple[pd.DataFrame, list[str]]:
    """Value rows of kerapatan_jalan (km/km2), and the names that match no kelurahan of their kecamatan."""
    rows = raw[ROADS]
    kabkota = rows["kota_kab_name"].map(ROAD_KABKOTA)
    kecamatan = [names.kecamatan(k, n) for k, n in zip(kabkota, rows["kecamatan_name"], strict=True)]
    rows["kode"] = [names.kelurahan(k, n) if k else "" for k, n in zip(kecamatan, rows["kelurahan_name"], strict=True)]
    unmatched = rows[rows["kode"].eq("") | rows["kode"].duplicated(keep=False)]
    density = rows.drop(unmatched.index).set_index("kode")["road_density_km_per_km2"]
    found = values.rows(
        "kerapatan_jalan", density, year=2026, quality="rendah", method="agregasi", native_level="kelurahan",
        source="osm_roads2026", note="Dicocokkan menurut nama kelurahan di dalam kecamatannya.",
    )  # fmt: skip
    labels = unmatched["kelurahan_name"] + " (" + unmatched["kecamatan_name"] + ", " + unmatched["kota_kab_name"] + ")"
    return found, labels.tolist()


def land(raw: Raw) -> pd.DataFrame:
    """Value rows of cahaya_malam (nW/cm2/sr), dataran_rendah_5m and dataran_rendah_10m (% of the area)."""
    lowland = "Citra 2011-2015. Batas bawah: pohon dan bangunan terbaca tinggi. Bukan keterpaparan banjir."
    parts = [
        ("cahaya_malam", raw.series(LIGHT, "nightlight_mean_2024"), 2024, "kelurahan", ""),
        ("cahaya_malam", _kabkota_light(raw), 2024, "kabkota", ""),
        ("dataran_rendah_5m", raw.series(LIGHT, "lowland_below_5m_pct"), 2015, "kelurahan", lowland),
        ("dataran_rendah_10m", raw.series(LIGHT, "lowland_below_10m_pct"), 2015, "kelurahan", lowland),
    ]
    return pd.concat(
        [
            values.rows(
                indicator, value, year=year, quality="sedang", method="agregasi", native_level=level,
                source="viirs_glo30", note=note,
            )
            for indicator, value, year, level, note in parts
        ],
        ignore_index=True,
    )  # fmt: skip


def idm(raw: Raw) -> pd.DataFrame:
    """Value rows of idm (Indeks Desa Membangun 2024, 0 to 1), desa only."""
    index = raw.series(IDM, "idm_2024")
    rows = raw[IDM]
    noted = rows[rows["indicator"].eq("idm_2024") & rows["note"].ne("")]["kode"]
    older = index.index.isin(noted)
    return values.rows(
        "idm", index, year=2024, quality=np.where(older, "sedang", "tinggi"), method="langsung",
        native_level="kelurahan", source="idm2024",
        note=np.where(older, "Nilai dari pemutakhiran 2023.", ""),
    )  # fmt: skip


def education(raw: Raw) -> pd.DataFrame:
    """Value rows of lulusan_slta and lulusan_tinggi: per cent of all residents of the kecamatan."""
    classes = pd.DataFrame({name: of_kecamatan(raw, f"pend_{name}") for name in EDUCATION})
    people = classes.sum(axis=1)
    parts = []
    for name, start in (("lulusan_slta", "slta"), ("lulusan_tinggi", "d3")):
        upward = EDUCATION[EDUCATION.index(start) :]
        share = classes[upward].sum(axis=1) / people * 100
        parts.append(
            values.rows(name, share, year=2024, quality="tinggi", method="langsung", native_level="kecamatan",
                        source=source_of(share.index))
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _kabkota_light(raw: Raw) -> pd.Series:
    rows = raw[LIGHT_KABKOTA]
    return rows[rows["indicator"].eq("nightlight_mean") & rows["year"].eq("2024")].set_index("kode")["value"]
