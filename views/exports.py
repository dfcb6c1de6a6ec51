"""Results as files: text that no spreadsheet takes for a formula, numbers with a point, whole files or none."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from data.catalogue import Corridor
from data.tables import Dataset

# Full-width forms count as well: some spreadsheets normalise them before they look for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")

INDICATOR_COLUMNS = (
    "kode",
    "nama",
    "kecamatan",
    "kabkota",
    "indicator",
    "value",
    "low",
    "high",
    "unit",
    "year",
    "level",
    "method",
    "quality",
    "source",
)
BORDER_COLUMNS = (
    "corridor",
    "kode",
    "nama",
    "kode_kabkota",
    "kode_kabkota_mitra",
    "set",
    "shared_m",
    "distance_m",
)
ACCESS_COLUMNS = ("kode", "facility", "own_m", "any_m")


def safe_cell(text: str) -> str:
    """Text as a spreadsheet must get it: an apostrophe stops what begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def sides_of(corridors: list[Corridor]) -> tuple[str, ...]:
    """All kabkota of the corridors, each once, in order."""
    return tuple(dict.fromkeys(side for corridor in corridors for side in corridor.sides))


def indicator_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """indikator.csv: one row a known value of a kelurahan, or of a kecamatan where that is the level of the value."""
    sides = sides_of(corridors)
    rows = data.values[data.values["kode"].str.slice(0, 5).isin(sides)]
    names, kecamatan, kabkota = {}, {}, {}
    for frame in (data.kelurahan, data.kecamatan, data.kabkota):
        names.update(frame["nama"].to_dict())
    kecamatan = data.kelurahan["kecamatan"].to_dict() | data.kecamatan["nama"].to_dict()
    kabkota = data.kabkota["nama"].to_dict()
    units = {i.id: i.unit.id for i in data.catalogue.indicators.values()}
    sources = {s.id: s.attribution for s in data.catalogue.sources.values()}
    derived = rows["native_level"] != rows["level"]
    return pd.DataFrame(
        {
            "kode": rows["kode"],
            "nama": rows["kode"].map(names),
            "kecamatan": rows["kode"].map(kecamatan).fillna(""),
            "kabkota": rows["kode"].str.slice(0, 5).map(kabkota),
            "indicator": rows["indicator"],
            "value": rows["value"],
            "low": rows["low"],
            "high": rows["high"],
            "unit": rows["indicator"].map(units),
            "year": rows["year"],
            "level": rows["level"],
            "method": rows["method"].where(~derived, rows["method"] + " dari " + rows["native_level"]),
            "quality": rows["quality"],
            "source": rows["source"].map(lambda ids: " | ".join(sources.get(i, i) for i in ids.split(";"))),
        },
        columns=list(INDICATOR_COLUMNS),
    )


def border_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """perbatasan.csv: one row a kelurahan and border set of every corridor that has a line."""
    rows = data.borders[data.borders["corridor"].isin([c.id for c in corridors])]
    return rows.assign(nama=rows["kode"].map(data.names("kelurahan")))[list(BORDER_COLUMNS)]


def access_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """akses_titik.csv: straight line from the representative point to the nearest facility, own kabkota and any."""
    sides = sides_of(corridors)
    return data.plain[data.plain["kode"].str.slice(0, 5).isin(sides)][list(ACCESS_COLUMNS)]


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a whole UTF-8 CSV or none; numbers keep their digits, text cannot start a formula."""
    safe = frame.copy()
    for column in safe.columns:
        if safe[column].dtype.kind not in "biuf":
            safe[column] = safe[column].fillna("").astype(str).map(safe_cell)
    unfinished = path.with_suffix(".unfinished")
    safe.to_csv(unfinished, index=False, encoding="utf-8", lineterminator="\n", float_format="%.10g")
    os.replace(unfinished, path)
