"""Rates by the people of a kelurahan or kecamatan: made by the build, and again where an office publishes people."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data import value_rows as values
from data.land import REGISTERED
from geo.regions import standing

OFFICE = "kantor"
"""What the source of a row begins with that an office has published."""
NO_DAPODIK = "36.72"
"""Kabkota without published counts of Dapodik: its schools are counted by their points."""


def stated_kode(facilities: pd.DataFrame) -> pd.Series:
    """The kelurahan in which each place stands, else the area that is stated of it."""
    return facilities["kode"].where(facilities["kode"].ne(""), facilities["area_kode"])


def _as_listed(
    places: pd.DataFrame, kabkota: pd.Series, source: str | pd.Series, year: int | pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Source and year of each unit: those of the list of its office where one has brought some of the places.

    Parameters
    ----------
    places : DataFrame
        Those that are counted.
    kabkota : Series
        By code of the units.
    source, year
        Without such a list.
    """
    of_office = places["source"].str.startswith(OFFICE)
    own = places[places["kode_kabkota"].isin(places.loc[of_office, "kode_kabkota"].unique())]
    named = own.groupby("kode_kabkota")["source"].agg(lambda s: ";".join(sorted(set(";".join(s).split(";")))))
    middle = own.groupby("kode_kabkota")["year"].median()
    sources, years = (pd.Series(usual, kabkota.index) for usual in (source, year))
    listed = kabkota.isin(named.index)
    return (
        kabkota.map(named).where(listed, sources).astype(object),
        kabkota.map(middle).where(listed, years).astype(int),
    )


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
        mine = inside[inside["kind"].isin(levels)]
        listed, dated = _as_listed(mine, pd.Series(NO_DAPODIK, cilegon), "kemendikbud2019", 2019)
        told = listed.eq("kemendikbud2019")
        parts.append(
            values.rows(
                f"rasio_{name}", points / people.reindex(cilegon) * 10_000, year=dated, people_year=people_year,
                quality=np.where(told, "rendah", "sedang"), method="agregasi", native_level="titik",
                source=behind(listed, source, cilegon),
                note=np.where(told, "Titik sekolah 2019; hitungan Dapodik Cilegon tidak tersedia.", ""),
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
    listed, dated = _as_listed(rows, pd.Series(wanted.str[:5], wanted), "kemkes2022;faskes2019", 2022)
    return values.rows(
        "rasio_puskesmas", number * rate, low=(number * rate).where(unsure),
        high=((number + more) * rate).where(unsure), year=dated, people_year=people_year, quality="sedang",
        method="agregasi", native_level="titik", source=behind(listed, source, wanted),
        note=[" ".join(parts) for parts in told],
    )  # fmt: skip


def school_points(units: pd.Index, facilities: pd.DataFrame) -> pd.DataFrame:
    """Value rows of jumlah_sd: SD that are stated to stand in each kelurahan that the list covers as a whole, or do.

    Parameters
    ----------
    units : Index
        Codes of these kelurahan.
    facilities : DataFrame
        All places.
    """
    sd = facilities[facilities["kind"].eq("sd")]
    at = stated_kode(sd)
    number = at.value_counts().reindex(units).fillna(0)
    loose = pd.Series(units.str[:8], units).map(at[at.str.len() == 8].value_counts()).fillna(0)
    registered = units.str[:5].isin(REGISTERED)
    usual = pd.Series(np.where(registered, "dapodik2025_schools", "kemendikbud2019;big_kepmendagri"), units)
    listed, dated = _as_listed(
        sd, pd.Series(units.str[:5], units), usual, pd.Series(np.where(registered, 2025, 2019), units)
    )
    sure = registered | listed.str.fullmatch(OFFICE + r"\d+").to_numpy()
    return values.rows(
        "jumlah_sd", number, low=number.where(loose > 0), high=(number + loose).where(loose > 0),
        year=dated, quality=np.where(sure, "tinggi", "sedang"), method="agregasi", native_level="titik",
        source=listed.to_numpy(),
        note=[f"{n:.0f} SD lain hanya diketahui kecamatannya." if n else "" for n in loose],
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


def behind(sources: str | pd.Series, of_people: pd.Series, codes: Iterable[str]) -> np.ndarray:
    """Sources of a rate of each code: those of what is divided (by code), then that of its people.

    Parameters
    ----------
    sources : by code, or the same for every code
    of_people : source of the people by code
    codes : of the rates, in their order
    """
    wanted = list(codes)
    own = sources.reindex(wanted) if isinstance(sources, pd.Series) else [sources] * len(wanted)
    return np.array([f"{s};{p}" for s, p in zip(own, of_people.reindex(wanted), strict=True)], dtype=object)
