"""Which files would fill what is hatched today, by the people who live there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.values.gaps import may_meet_or_miss

if TYPE_CHECKING:
    from data.tables import Border, Measure

# Its publisher measures no other kind of place: no file could fill it.
OF_DESA_ONLY = frozenset({"idm"})
OF_PEOPLE = frozenset({"penduduk", "kepadatan", "ketergantungan", "ketergantungan_kecamatan"})
# Without such a school in a kelurahan there is no such ratio: its absence says nothing of a file.
RATIOS = frozenset({"siswa_per_rombel_sd", "siswa_per_rombel_smp", "siswa_per_rombel_sma_smk", "guru_per_siswa"})
COLUMNS = ("file", "kode_kabkota", "units", "people", "indicators")


def file_of(indicator: str, sector: str, facility: str | None) -> str:
    """The file that an indicator is computed from: penduduk, sekolah, nilai, or a list of places by their kind.

    Parameters
    ----------
    indicator, sector : id and sector of the indicator
    facility : kind of place that it measures the way to, None for none
    """
    if indicator in OF_PEOPLE:
        return "penduduk"
    if facility:
        # State schools stand in the list of all schools of their level.
        return facility.removesuffix("_negeri")
    return {"pendidikan": "sekolah", "kesehatan": "puskesmas"}.get(sector, "nilai")


def needed(border: Border, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Files that would fill what is missing, not sure to meet its standard, or an estimate of people, by people.

    Parameters
    ----------
    border : the sides whose figures are meant
    measures : every indicator by id

    Returns
    -------
    DataFrame
        file (see `file_of`), kode_kabkota, units (kelurahan and desa), people (of those that are known), indicators
        (ids, in the order of `measures`).
    """
    kelurahan = border.units["kelurahan"]
    wanting: dict[tuple[str, str], dict[str, Any]] = {}
    for measure in measures.values():
        indicator = measure.indicator
        if indicator.level == "kabkota" or indicator.id in RATIOS:
            continue
        file = file_of(indicator.id, indicator.sector, indicator.facility)
        values = measure.values
        sure = pd.Series(True, index=values.index)
        if measure.standard is not None:
            sure = ~may_meet_or_miss(values, measure.standard.threshold, indicator.direction)
        if indicator.id in OF_PEOPLE:
            sure &= values["method"] != "disagregasi"
        unit = kelurahan.index if indicator.level == "kelurahan" else kelurahan["kode_kecamatan"]
        lacking = kelurahan[values.index[sure].get_indexer(pd.Index(unit)) < 0]
        if indicator.id in OF_DESA_ONLY:
            lacking = lacking[lacking["jenis"] == "desa"]
        for side, rows in lacking.groupby("kode_kabkota"):
            entry = wanting.setdefault((file, str(side)), {"units": set(), "indicators": []})
            entry["units"].update(rows.index)
            entry["indicators"].append(indicator.id)
    people = kelurahan["people"]
    found = [
        (
            file,
            side,
            len(entry["units"]),
            float(people.reindex(sorted(entry["units"])).sum()),
            tuple(entry["indicators"]),
        )
        for (file, side), entry in wanting.items()
    ]
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    order = frame.assign(fills=[len(one) for one in frame["indicators"]])
    order = order.sort_values(["people", "fills", "file", "kode_kabkota"], ascending=[False, False, True, True])
    return frame.loc[order.index].reset_index(drop=True)
