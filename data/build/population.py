"""People of each unit: registered where the register is known by kelurahan, estimated where only the kecamatan is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.values.population import MIXTURES, Validation, shares, split_by_share, validate, with_range
from data import value_rows as values
from data.build.boundaries import Layers
from data.build.raw import Raw
from data.land import COARSE, STUDY, YARDSTICK
from data.rates import density

REGISTER = "stats/dukcapil_2024_kelurahan_jabar.csv"
BANTEN = "stats/dukcapil_2024s1_kecamatan_banten.csv"
TPS = "stats/tps2024_desa.csv"
VOTERS = "stats/dpt2019_desa.csv"
CENSUS = "stats/sp2010_population_desa.csv"
JAKTIM = "stats/jaktim_population2024_kelurahan.csv"
OFFICIAL = "stats/kabkota_official.csv"
PERIODS = {"2024-06-30": "30 June 2024 (Semester I 2024)", "2024-12-31": "31 December 2024 (Semester II 2024)"}
"""Date of the register to what the raw file calls it."""
JUNE, DECEMBER = PERIODS
IN_DECEMBER = (YARDSTICK, "32.75", "32.76")
"""Kabkota whose figures are those of December 2024; all others are of June.

Both sides of a border have one date. Jakarta Timur is published for the end of the year only, and it borders Bekasi,
which borders Depok. In Banten the totals of the kecamatan are known for June only, and the register of Kab. Bekasi,
Kab. Bogor and Kota Bogor is complete in June only.
"""
REGISTER_SOURCE = "dukcapil2024_kel"
PEOPLE_YEAR = 2024
BANTEN_SOURCE = "dukcapil2024_banten_kec"
SOURCES = {"tps": "kpu_tps2024", "voters": "kpu_dpt2019", "census": "bps_sp2010"}
"""Column of the yardstick to the source of its values."""
WORDS = {"tps": "TPS 2024", "voters": "pemilih 2019", "census": "sensus 2010"}
DATE_NOTE = {JUNE: "30 Juni 2024.", DECEMBER: "31 Desember 2024."}
KNOWN = (YARDSTICK, "32.01", "32.16", "32.75", "32.76")
"""Kabkota whose people, polling stations, voters and census are all known: there the estimate is measured."""


def dates(codes: pd.Index) -> pd.Series:
    """The date of the figures of each code."""
    return pd.Series(np.where(codes.str[:5].isin(IN_DECEMBER), DECEMBER, JUNE), index=codes)


def registered(raw: Raw, indicator: str, date: str = "") -> pd.Series:
    """An indicator of the register by kelurahan, on one date or on that of each kabkota.

    Parameters
    ----------
    raw : the raw records
    indicator : as the register calls it
    date : of `PERIODS`; empty for that of each kabkota (`IN_DECEMBER`)
    """
    if date:
        return raw.series(REGISTER, indicator, PERIODS[date])
    both = {day: raw.series(REGISTER, indicator, name) for day, name in PERIODS.items()}
    return pd.concat([own[dates(own.index) == day] for day, own in both.items()]).sort_index()


def of_kecamatan(raw: Raw, indicator: str) -> pd.Series:
    """An indicator of the register by kecamatan: the sum of its kelurahan, in Banten as published."""
    own = registered(raw, indicator)
    return pd.concat([own.groupby(own.index.str[:8]).sum(), raw.series(BANTEN, indicator)]).sort_index()


def source_of(codes: pd.Index) -> np.ndarray:
    """Source of the register of each code, behind the sources of what is divided by its people."""
    return np.where(codes.str.startswith("36."), BANTEN_SOURCE, REGISTER_SOURCE)


def units_of(raw: Raw, layers: Layers) -> pd.DataFrame:
    """What a total can be divided by: a row a kelurahan, see `analysis.values.population.shares`."""
    units = layers.kelurahan.set_index("kode")[["kode_kecamatan", "jenis"]]
    return units.assign(
        tps=raw.series(TPS, "jumlah_tps_2024").reindex(units.index),
        voters=raw.series(VOTERS, "dpt_total_2019").reindex(units.index),
        census=raw.series(CENSUS, "jumlah_penduduk_sp2010").reindex(units.index),
    )


def build(raw: Raw, layers: Layers) -> tuple[pd.DataFrame, pd.DataFrame, Validation]:
    """Population and density of every unit for which they are known or can be estimated.

    Parameters
    ----------
    raw : Raw
        The raw records.
    layers : Layers
        Boundaries and what follows from them.

    Returns
    -------
    DataFrame
        Rows of values.parquet: penduduk (people) and kepadatan (people/km2).
    DataFrame
        yardstick.parquet: the kelurahan on which the estimate is measured.
    Validation
        Of the estimate.
    """
    units = units_of(raw, layers)
    east = raw.series(JAKTIM, "jumlah_penduduk_2024")
    june = registered(raw, "jumlah_penduduk", JUNE)
    truth = pd.concat([east, june[june.index.str[:5].isin(KNOWN)]]).rename("population")
    yardstick = units.join(truth.astype("int64"), how="right").rename_axis("kode").reset_index()
    yardstick = yardstick.astype({"kode_kecamatan": str, "jenis": str}).sort_values("kode", ignore_index=True)
    found = validate(yardstick, layers.pairs)
    yardstick["needed"] = found.held_out["needed"].reindex(yardstick["kode"]).to_numpy()

    guessed = units[units.index.str[:5].isin({*STUDY, *COARSE} - {*KNOWN})]
    kecamatan = raw.series(BANTEN, "jumlah_penduduk")
    people = split_by_share(kecamatan, shares(guessed, found.mixture), guessed["kode_kecamatan"])
    margin = found.factor / np.sqrt(guessed["tps"])
    behind = ";".join([BANTEN_SOURCE, *(SOURCES[name] for name in MIXTURES[found.mixture])])
    by = " dan ".join(WORDS[name] for name in MIXTURES[found.mixture])
    note = f"Perkiraan: total kecamatan (Dukcapil, {DATE_NOTE[JUNE][:-1]}) dibagi menurut {by}."
    rows = _rows(people, layers, "disagregasi", "kecamatan", behind, note, margin)
    for known, level, source in (
        (registered(raw, "jumlah_penduduk"), "kelurahan", REGISTER_SOURCE),
        (east, "kelurahan", "dki2024"),
        (kecamatan, "kecamatan", BANTEN_SOURCE),
    ):
        for length in (13, 8, 5):
            if length <= len(known.index[0]):
                sums = known.groupby(known.index.str[:length]).sum()
                method = "langsung" if length == len(known.index[0]) else "agregasi"
                rows += _rows(sums, layers, method, level, source, dates(sums.index).map(DATE_NOTE).to_numpy())
    return pd.concat(rows, ignore_index=True), yardstick, found


def _rows(
    people: pd.Series,
    layers: Layers,
    method: str,
    native_level: str,
    source: str,
    note: str | npt.ArrayLike,
    margin: pd.Series | None = None,
) -> list[pd.DataFrame]:
    """Rows of penduduk and kepadatan; `margin` is the largest usual error, as a share of the estimate."""
    people = people.astype("Float64")
    every = (layers.kelurahan, layers.kecamatan, layers.kabkota)
    area = pd.concat([layer.set_index("kode")["luas_km2"] for layer in every])
    span = with_range(people, np.nan if margin is None else margin)
    own = values.rows(
        "penduduk", people, low=span["low"], high=span["high"], year=PEOPLE_YEAR,
        quality="tinggi" if margin is None else "sedang", method=method, native_level=native_level, source=source,
        note=note,
    )  # fmt: skip
    return [own, density(own, area)]
