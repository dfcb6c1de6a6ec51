"""Schools as seats, classes and teachers for the children who live in a kelurahan, and the ages of its people."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data import value_rows as values
from data.build.population import PEOPLE_YEAR, of_kecamatan, registered, source_of
from data.build.raw import Raw

DAPODIK = "stats/dapodik_2025s1_kelurahan.csv"
YEAR = 2025
SOURCE = "dapodik2025_schools"
STATUS = ("negeri", "swasta")
STAGES = {
    "sd": (("sd",), 28, "usia_sekolah_06_11"),
    "smp": (("smp",), 32, "usia_sekolah_12_14"),
    "sma_smk": (("sma", "smk"), 36, "usia_sekolah_15_17"),
}
"""Stage to its levels, most pupils a class (Permendikbudristek 47/2023) and the children of its age."""
LEVELS = ("sd", "smp", "sma", "smk")
YOUNG = ("umur_00_04", "umur_05_09", "umur_10_14")
OLD = ("umur_65_69", "umur_70_74", "umur_75_plus")


def schools(raw: Raw) -> pd.DataFrame:
    """Value rows by kelurahan of what the schools stated there offer.

    kursi_* and ruang_kelas are per 100 children of the age, siswa_per_rombel_* pupils a class, guru_per_siswa teachers
    per 100 pupils, smp_negeri the number of state SMP. A zero is a kelurahan without a school of that kind; where there
    are schools but no classes or pupils, nothing was reported.
    """

    def total(what: str, levels: Sequence[str], statuses: Sequence[str] = STATUS) -> pd.Series:
        columns = [raw.series(DAPODIK, f"{what}_{level}_{status}") for level in levels for status in statuses]
        return pd.concat(columns, axis=1).sum(axis=1)

    def reported(what: str, levels: Sequence[str], statuses: Sequence[str] = STATUS) -> pd.Series:
        found = total(what, levels, statuses)
        return found.where(found.gt(0) | total("sekolah", levels, statuses).eq(0))

    def per_child(indicator: str, number: pd.Series, children: pd.Series) -> pd.DataFrame:
        share = number / children.reindex(number.index).where(lambda c: c > 0) * 100
        return _rows(indicator, share, source=f"{SOURCE};dukcapil2024_kel", people_year=PEOPLE_YEAR)

    parts, children = [], {}
    for stage, (levels, most, age) in STAGES.items():
        children[stage] = registered(raw, age)
        classes, pupils = reported("rombel", levels), reported("siswa", levels)
        parts.append(per_child(f"kursi_{stage}", classes * most, children[stage]))
        parts.append(_rows(f"siswa_per_rombel_{stage}", pupils / classes.where(classes > 0)))
    state = reported("rombel", ("smp",), ("negeri",)) * STAGES["smp"][1]
    rooms, pupils = reported("ruang_kelas", LEVELS), reported("siswa", LEVELS)
    return pd.concat(
        [
            *parts,
            per_child("kursi_smp_negeri", state, children["smp"]),
            per_child("ruang_kelas", rooms, pd.concat(children, axis=1).sum(axis=1)),
            _rows("guru_per_siswa", reported("guru", LEVELS) / pupils.where(pupils > 0) * 100),
            _rows("smp_negeri", total("sekolah", ("smp",), ("negeri",))),
        ],
        ignore_index=True,
    )


def ages(raw: Raw, puskesmas: pd.DataFrame) -> pd.DataFrame:
    """Value rows of ketergantungan (by kelurahan and by kecamatan) and puskesmas_per_balita.

    Parameters
    ----------
    raw : Raw
        The raw records.
    puskesmas : DataFrame
        Value rows of rasio_puskesmas: puskesmas per 10,000 people of the kecamatan.
    """
    parts = []
    for indicator, of, level in (
        ("ketergantungan", registered, "kelurahan"), ("ketergantungan_kecamatan", of_kecamatan, "kecamatan"),
    ):  # fmt: skip
        people = of(raw, "jumlah_penduduk")
        dependent = sum(of(raw, age) for age in (*YOUNG, *OLD))
        ratio = dependent / (people - dependent) * 100
        parts.append(
            values.rows(
                indicator, ratio, year=PEOPLE_YEAR, quality="tinggi", method="langsung", native_level=level,
                source=source_of(ratio.index),
            )
        )  # fmt: skip
    share = of_kecamatan(raw, "jumlah_penduduk") / of_kecamatan(raw, YOUNG[0])
    per_child = puskesmas[["value", "low", "high"]].mul(share.reindex(puskesmas["kode"]).to_numpy(), axis=0)
    return pd.concat([*parts, puskesmas.assign(indicator="puskesmas_per_balita", **per_child)], ignore_index=True)


def _rows(indicator: str, value: pd.Series, source: str = SOURCE, people_year: float = float("nan")) -> pd.DataFrame:
    return values.rows(
        indicator, value, year=YEAR, people_year=people_year, quality="sedang", method="agregasi",
        native_level="kelurahan", source=source,
    )  # fmt: skip
