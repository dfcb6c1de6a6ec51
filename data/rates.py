"""Rates by the people of a kelurahan or kecamatan: made by the build, and again where an office publishes people."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data import value_rows as values
from geo.regions import standing

NO_DAPODIK = "36.72"
"""Kabkota without published counts of Dapodik: its schools are counted by their points."""


def stated_kode(facilities: pd.DataFrame) -> pd.Series:
    """The kelurahan in which each place stands, else the area that is stated of it."""
    return facilities["kode"].where(facilities["kode"].ne(""), facilities["area_kode"])


def school_ratios(
    counts: pd.DataFrame, facilities: pd.DataFrame, people: pd.Series, source: pd.Series, people_year: int
) -> pd.DataFrame:
    """Value rows of rasio_sd, rasio_smp and rasio_sma_smk: schools per 10,000 people of the kecamatan.

    Parameters
    ----------
    counts : DataFrame
        school_counts.parquet: kode_kecamatan, level, count, year.
    facilities : DataFrame
        All places, for `NO_DAPODIK`.
    people, source : Series
        People of each kecamatan and where they are from, by its code.
    people_year : int
    """
    parts = []
    counted = facilities["used"] | standing(facilities)
    inside = facilities[counted & facilities["kode_kabkota"].eq(NO_DAPODIK)]
    cilegon = people.index[people.index.str[:5] == NO_DAPODIK]
    for name, levels in (("sd", ["sd"]), ("smp", ["smp"]), ("sma_smk", ["sma", "smk"])):
        rows = counts[counts["level"].isin(levels)].groupby("kode_kecamatan")
        number, year = rows["count"].sum(), rows["year"].first()
        parts.append(
            values.rows(
                f"rasio_{name}", number / people.reindex(number.index) * 10_000, year=year, people_year=people_year,
                quality="tinggi", method="langsung", native_level="kecamatan",
                source=behind("dapodik2024", source, number.index),
            )
        )  # fmt: skip
        points = (
            inside[inside["kind"].isin(levels)].groupby(stated_kode(inside).str[:8]).size().reindex(cilegon).fillna(0)
        )
        parts.append(
            values.rows(
                f"rasio_{name}", points / people.reindex(cilegon) * 10_000, year=2019, people_year=people_year,
                quality="rendah", method="agregasi", native_level="titik",
                source=behind("kemendikbud2019", source, cilegon),
                note="Titik sekolah 2019; hitungan Dapodik Cilegon tidak tersedia.",
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def puskesmas_ratio(
    facilities: pd.DataFrame, people: pd.Series, wanted: pd.Index, source: pd.Series, people_year: int
) -> pd.DataFrame:
    """Value rows of rasio_puskesmas: puskesmas per 10,000 people of the kecamatan, also those known by name only.

    A puskesmas belongs to the kecamatan of its point, else of its name. One of which only the kabkota is known may
    stand in any of its kecamatan: the value leaves it out, the high end counts it.

    Parameters
    ----------
    facilities : DataFrame
        All places.
    people, source : Series
        People of each kecamatan and where they are from, by its code.
    wanted : Index
        Codes of the kecamatan.
    people_year : int
    """
    rows = facilities[facilities["kind"] == "puskesmas"]
    kecamatan = stated_kode(rows).str[:8]
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
        high=((number + more) * rate).where(unsure), year=2022, people_year=people_year, quality="sedang",
        method="agregasi", native_level="titik", source=behind("kemkes2022;faskes2019", source, wanted),
        note=[" ".join(parts) for parts in told],
    )  # fmt: skip


def rate_of(counts: pd.DataFrame, people: pd.DataFrame, people_year: int) -> pd.DataFrame:
    """Value rows of sd_per_penduduk: SD of jumlah_sd per 10,000 people of the kelurahan.

    Parameters
    ----------
    counts, people : DataFrame
        Value rows of jumlah_sd, and of penduduk among others.
    people_year : int
    """
    number = counts.set_index("kode")["value"]
    known = people[people["indicator"] == "penduduk"].set_index("kode").reindex(number.index)
    known = known[known["value"] > 0]
    number, first = number[known.index] * 10_000, counts.set_index("kode").loc[known.index]
    return values.rows(
        "sd_per_penduduk", number / known["value"], low=number / known["high"], high=number / known["low"],
        year=first["year"], people_year=people_year, quality=first["quality"].to_numpy(), method="agregasi",
        native_level="titik", source=(first["source"] + ";" + known["source"]).to_numpy(),
    )  # fmt: skip


def density(people: pd.DataFrame, areas: pd.Series) -> pd.DataFrame:
    """Value rows of kepadatan (people/km2) from those of penduduk.

    Parameters
    ----------
    people : DataFrame
        Value rows of penduduk.
    areas : Series
        km2 by code.
    """
    km2 = areas.reindex(people["kode"]).to_numpy(float)
    ends = {end: people[end].to_numpy(float) / km2 for end in ("value", "low", "high")}
    return people.assign(indicator="kepadatan", source=people["source"] + ";big_kepmendagri", **ends)


def behind(sources: str, of_people: pd.Series, codes: Iterable[str]) -> np.ndarray:
    """Sources of a rate of each code: those of what is divided, then that of its people."""
    return np.array([f"{sources};{source}" for source in of_people.reindex(list(codes))], dtype=object)
