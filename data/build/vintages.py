"""Figures of several years by kabkota, each with the definition under which it was counted (catalogue: vintages)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from data.build.boundaries import Layers
from data.build.fire_stats import STATS
from data.build.population import (
    BANTEN,
    BANTEN_SOURCE,
    CENSUS,
    DECEMBER,
    JUNE,
    OFFICIAL,
    REGISTER_SOURCE,
    TPS,
    VOTERS,
    registered,
)
from data.build.raw import Raw
from data.build.statistics import LIGHT_KABKOTA
from data.land import LEVEL_OF, STUDY

COLUMNS = ["series", "kode", "level", "year", "period", "value", "definition", "quality", "source"]
SERIES_OF_LIGHT = {
    "nightlight_mean": ("cahaya_malam", "viirs_tahunan"),
    "nightlight_lit_pct": ("wilayah_terang", "viirs_1nw"),
}
SCHOOLS = {"jumlah_sd": ("sd",), "jumlah_smp": ("smp",), "jumlah_sma_smk": ("sma", "smk")}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Year to period, definition and quality.
POVERTY = {
    "2014": ("2014-09", "bps_banten_september", "sedang"),
    "2015": ("2015-09", "bps_banten_september", "sedang"),
    "2021": ("2021", "bps_salinan_2021", "rendah"),
}
# Period and outlet of each whole year; every other figure covers a part of a year.
FIRE_YEARS = {
    ("2022", "rakyatbekasi.com"): "laporan_desember_2023",
    ("2023", "bekasi.inews.id"): "laporan_inews_2026",
    ("2024", "radarbekasi.id"): "laporan_radar_2026",
    ("2025", "radarbekasi.id"): "laporan_radar_2026",
}


def build(raw: Raw, layers: Layers, counts: pd.DataFrame) -> pd.DataFrame:
    """vintages.parquet: figures of a kabkota in several years; of a kelurahan, the registered people at both dates.

    Parameters
    ----------
    raw : Raw
        The raw records.
    layers : Layers
        Codes and names of all units.
    counts : DataFrame
        school_counts.parquet.
    """
    parts = [
        *_light(raw), *_poverty(raw), *_population(raw, layers), *_schools(counts), *_stations(raw, layers),
        _fires(raw, layers),
    ]  # fmt: skip
    table = pd.concat(parts, ignore_index=True)[COLUMNS]
    return table.sort_values(["series", "kode", "year", "period", "definition"], ignore_index=True)


def _rows(
    series: str, values: pd.Series, *, year: int, period: str, definition: str, quality: str, source: str
) -> pd.DataFrame:
    """One row a unit with a known value."""
    known = values.dropna()
    return pd.DataFrame(
        {
            "series": series, "kode": known.index, "level": [LEVEL_OF[len(kode)] for kode in known.index],
            "year": year, "period": period, "value": known.to_numpy(float), "definition": definition,
            "quality": quality, "source": source,
        }
    )  # fmt: skip


def _light(raw: Raw) -> Iterator[pd.DataFrame]:
    for (indicator, year), own in raw[LIGHT_KABKOTA].groupby(["indicator", "year"]):
        series, definition = SERIES_OF_LIGHT[str(indicator)]
        yield _rows(
            series, own.set_index("kode")["value"], year=int(str(year)), period=str(year), definition=definition,
            quality="sedang", source="viirs_glo30",
        )  # fmt: skip


def _poverty(raw: Raw) -> Iterator[pd.DataFrame]:
    rows = raw[OFFICIAL]
    for year, own in rows[rows["indicator"] == "persentase_penduduk_miskin_p0"].groupby("year"):
        period, definition, quality = POVERTY[str(year)]
        yield _rows(
            "penduduk_miskin", own.set_index("kode")["value"], year=int(str(year)), period=period,
            definition=definition, quality=quality, source="kabkota2025",
        )  # fmt: skip


def _population(raw: Raw, layers: Layers) -> Iterator[pd.DataFrame]:
    decree = raw.series(OFFICIAL, "jumlah_penduduk")
    census = raw.series(CENSUS, "jumlah_penduduk_sp2010")
    banten = raw.series(BANTEN, "jumlah_penduduk")
    rows = [
        (_sums(census, layers.kelurahan["kode"]), 2010, "2010-05", "sensus_2010", "bps_sp2010"),
        (_sums(banten, layers.kecamatan["kode"]), 2024, JUNE, "dukcapil_kecamatan", BANTEN_SOURCE),
        (decree, 2024, "2024-12", "kepmendagri_2025", "kabkota2025"),
    ]
    for date, definition in ((JUNE, "dukcapil_semester1"), (DECEMBER, "dukcapil_semester2")):
        people = registered(raw, "jumlah_penduduk", date)
        study, sums = people[people.index.str[:5].isin(STUDY)], _sums(people, layers.kelurahan["kode"])
        rows += [(own, 2024, date, definition, REGISTER_SOURCE) for own in (study, sums)]
    for people, year, period, definition, source in rows:
        yield _rows(
            "penduduk", people, year=year, period=period, definition=definition, quality="tinggi", source=source
        )


def _sums(values: pd.Series, units: pd.Series) -> pd.Series:
    """Sum by study kabkota, missing where the value of a single unit is missing."""
    own = values.reindex(pd.Index(units))
    grouped = own.groupby(own.index.str[:5])
    total = grouped.sum().where(grouped.count() == grouped.size())
    return total[total.index.isin(STUDY)]


def _schools(counts: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for series, levels in SCHOOLS.items():
        own = counts[counts["level"].isin(levels)]
        sums = own.groupby(own["kode_kecamatan"].str[:5])[["count", "listed_2019"]].sum()
        yield _rows(series, sums["listed_2019"], year=2019, period="2019-06", definition="titik_2019",
                    quality="sedang", source="kemendikbud2019")  # fmt: skip
        yield _rows(series, sums["count"], year=2024, period="2024", definition="dapodik_2024", quality="tinggi",
                    source="dapodik2024")  # fmt: skip


def _stations(raw: Raw, layers: Layers) -> Iterator[pd.DataFrame]:
    for path, year, period, source in (
        (VOTERS, 2019, "2019-04", "kpu_dpt2019"), (TPS, 2024, "2024-02", "kpu_tps2024")
    ):  # fmt: skip
        stations = _sums(raw.series(path, f"jumlah_tps_{year}"), layers.kelurahan["kode"])
        yield _rows("jumlah_tps", stations, year=year, period=period, definition=f"tps_pemilu_{year}",
                    quality="tinggi", source=source)  # fmt: skip


def _fires(raw: Raw, layers: Layers) -> pd.DataFrame:
    """Whole years by report; of part years the last one of each kabkota and year."""
    rows = raw[STATS]
    kodes = layers.kabkota.set_index("nama")["kode"]
    rows = rows.assign(kode=rows["kabkota"].map(kodes))
    plain = rows["metric"].eq("fires") & rows["value"].str.fullmatch(r"\d+") & rows["kode"].isin(STUDY)
    parts = []
    for row in rows[plain].itertuples():
        year, host = str(row.period)[:4], str(row.source_url).split("/")[2]
        whole = FIRE_YEARS.get((str(row.period), host))
        parts.append(
            _rows("kebakaran", pd.Series([float(str(row.value))], index=[row.kode]), year=int(year),
                  period=_period(str(row.period)), definition=whole or "sebagian_tahun", quality="rendah",
                  source="fire_press")
        )  # fmt: skip
    found = pd.concat(parts, ignore_index=True).sort_values(["kode", "year", "period"], kind="stable")
    return found.drop_duplicates(["kode", "year", "definition"], keep="last")


def _period(text: str) -> str:
    """``2025 Jan–Sep`` as 2025-01/2025-09; a whole year stays a year."""
    year, months = text[:4], [f"{MONTHS.index(m) + 1:02}" for m in re.findall("|".join(MONTHS), text)]
    return f"{year}-{months[0]}/{year}-{months[-1]}" if months else year
