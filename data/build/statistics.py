"""Indicators that come from published statistics or from counting places: no distances, no population."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.build import values
from data.build.boundaries import STUDY
from data.build.named import Names
from data.build.population import PEOPLE_YEAR, of_kecamatan, source_of
from data.build.raw import Raw
from data.build.schools import REGISTERED
from geo.regions import standing

ROADS = "facilities/roads_bekasi_depok_osm2026.csv"
LIGHT = "stats/nightlights_lowland_area_desa.csv"
LIGHT_KABKOTA = "stats/nightlights_kabkota_2018_2024.csv"
IDM = "stats/idm2024_desa.csv"
EDUCATION = [
    "tidak_belum_sekolah", "belum_tamat_sd", "sd", "sltp", "slta", "d1_d2", "d3", "s1", "s2", "s3",
]  # fmt: skip
ROAD_KABKOTA = {"KotaBekasi": "32.75", "Depok": "32.76"}
NO_DAPODIK = "36.72"


def school_ratios(counts: pd.DataFrame, facilities: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    """Value rows of rasio_sd, rasio_smp and rasio_sma_smk: schools per 10,000 people of the kecamatan."""
    parts = []
    counted = facilities["used"] | standing(facilities)
    inside = facilities[counted & facilities["kode_kabkota"].eq(NO_DAPODIK)]
    cilegon = people.index[people.index.str[:5] == NO_DAPODIK]
    for name, levels in (("sd", ["sd"]), ("smp", ["smp"]), ("sma_smk", ["sma", "smk"])):
        rows = counts[counts["level"].isin(levels)].groupby("kode_kecamatan")
        number, year = rows["count"].sum(), rows["year"].first()
        parts.append(
            values.rows(
                f"rasio_{name}", number / people.reindex(number.index) * 10_000, year=year, people_year=PEOPLE_YEAR,
                quality="tinggi", method="langsung", native_level="kecamatan",
                source=source_of(number.index, "dapodik2024;"),
            )
        )  # fmt: skip
        points = (
            inside[inside["kind"].isin(levels)].groupby(stated_kode(inside).str[:8]).size().reindex(cilegon).fillna(0)
        )
        parts.append(
            values.rows(
                f"rasio_{name}", points / people.reindex(cilegon) * 10_000, year=2019, people_year=PEOPLE_YEAR,
                quality="rendah", method="agregasi", native_level="titik",
                source="kemendikbud2019;dukcapil2024_banten_kec",
                note="Titik sekolah 2019; hitungan Dapodik Cilegon tidak tersedia.",
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def puskesmas_ratio(facilities: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    """Value rows of rasio_puskesmas: puskesmas per 10,000 people of the kecamatan, also those known by name only.

    A puskesmas belongs to the kecamatan of its point, else of its name. One of which only the kabkota is known may
    stand in any of its kecamatan: the value leaves it out, the high end counts it.
    """
    rows = facilities[facilities["kind"] == "puskesmas"]
    kecamatan = stated_kode(rows).str[:8]
    wanted = people.index[people.index.str[:5].isin(STUDY)]
    number = kecamatan.value_counts().reindex(wanted).fillna(0)
    loose = kecamatan[kecamatan.str.len() == 5].value_counts()
    more = pd.Series(wanted.str[:5], wanted).map(loose).fillna(0)
    unplaced = rows["lon"].isna().groupby(kecamatan).sum().reindex(wanted).fillna(0).astype(int)
    told = [
        ([f"{n} puskesmas tanpa titik, menurut namanya."] if n else [])
        + ([f"{m:.0f} puskesmas lain hanya diketahui kabupaten/kotanya."] if m else [])
        for n, m in zip(unplaced, more, strict=True)
    ]
    rate, unsure = 10_000 / people.reindex(wanted), more > 0
    return values.rows(
        "rasio_puskesmas", number * rate, low=(number * rate).where(unsure),
        high=((number + more) * rate).where(unsure), year=2022, people_year=PEOPLE_YEAR, quality="sedang",
        method="agregasi", native_level="titik", source=source_of(wanted, "kemkes2022;faskes2019;"),
        note=[" ".join(parts) for parts in told],
    )  # fmt: skip


def stated_kode(facilities: pd.DataFrame) -> pd.Series:
    """The kelurahan in which each place stands, else the area that is stated of it."""
    return facilities["kode"].where(facilities["kode"].ne(""), facilities["area_kode"])


def school_points(units: pd.Index, facilities: pd.DataFrame) -> pd.DataFrame:
    """Value rows of jumlah_sd: SD that are stated to stand in each kelurahan that the list covers as a whole, or do.

    Parameters
    ----------
    units : Index
        Codes of these kelurahan.
    """
    sd = facilities[facilities["kind"].eq("sd")]
    at = stated_kode(sd)
    number = at.value_counts().reindex(units).fillna(0)
    loose = pd.Series(units.str[:8], units).map(at[at.str.len() == 8].value_counts()).fillna(0)
    registered = units.str[:5].isin(REGISTERED)
    return values.rows(
        "jumlah_sd", number, low=number.where(loose > 0), high=(number + loose).where(loose > 0),
        year=pd.Series(np.where(registered, 2025, 2019), units), quality=np.where(registered, "tinggi", "sedang"),
        method="agregasi", native_level="titik",
        source=np.where(registered, "dapodik2025_schools", "kemendikbud2019;big_kepmendagri"),
        note=[f"{n:.0f} SD lain hanya diketahui kecamatannya." if n else "" for n in loose],
    )  # fmt: skip


def rate_of(counts: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Value rows of sd_per_penduduk: SD of jumlah_sd per 10,000 people of the kelurahan.

    Parameters
    ----------
    counts, people : DataFrame
        Value rows of jumlah_sd, and of penduduk among others.
    """
    number = counts.set_index("kode")["value"]
    known = people[people["indicator"] == "penduduk"].set_index("kode").reindex(number.index)
    known = known[known["value"] > 0]
    number, first = number[known.index] * 10_000, counts.set_index("kode").loc[known.index]
    return values.rows(
        "sd_per_penduduk", number / known["value"], low=number / known["high"], high=number / known["low"],
        year=first["year"], people_year=PEOPLE_YEAR, quality=first["quality"].to_numpy(), method="agregasi",
        native_level="titik", source=(first["source"] + ";" + known["source"]).to_numpy(),
    )  # fmt: skip


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
