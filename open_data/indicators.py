"""Results as tables for other programs: one row a fact, names and codes beside every number."""

from __future__ import annotations

import pandas as pd

from data.catalogue import Corridor
from data.tables import Dataset


def sides_of(corridors: list[Corridor]) -> tuple[str, ...]:
    """All kabkota of the corridors, each once, in order."""
    return tuple(dict.fromkeys(side for corridor in corridors for side in corridor.sides))


def indicator_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """indikator.csv: one row a known value of a kelurahan, or of a kecamatan where that is the level of the value."""
    sides = sides_of(corridors)
    rows = data.values[data.values["kode"].str.slice(0, 5).isin(sides)]
    names: dict[str, str] = {}
    for frame in (data.kelurahan, data.kecamatan, data.kabkota):
        names |= {str(k): str(n) for k, n in frame["nama"].items()}
    kecamatan = data.kelurahan["kecamatan"].to_dict() | data.kecamatan["nama"].to_dict()
    kabkota = data.kabkota["nama"].to_dict()
    units = {i.id: i.unit.id for i in data.catalogue.indicators.values()}
    sources = {s.id: s.attribution for s in data.catalogue.sources.values()}
    derived = rows["native_level"] != rows["level"]
    ends = rows[["low", "high"]].astype(float)
    for indicator, own in rows.groupby("indicator"):
        known = data.catalogue.indicators[str(indicator)]
        ends.loc[own.index, "low"], ends.loc[own.index, "high"] = known.ends(own["low"], own["high"])
    return pd.DataFrame(
        {
            "kode": rows["kode"],
            "nama": rows["kode"].map(names),
            "kecamatan": rows["kode"].map(kecamatan).fillna(""),
            "kabkota": rows["kode"].str.slice(0, 5).map(kabkota),
            "indicator": rows["indicator"],
            "value": rows["value"],
            "low": ends["low"].round(4),
            "high": ends["high"].round(4),
            "unit": rows["indicator"].map(units),
            "year": rows["year"],
            "people_year": rows["people_year"].astype("Int64"),
            "level": rows["level"],
            "method": rows["method"].where(~derived, rows["method"] + " dari " + rows["native_level"]),
            "quality": rows["quality"],
            "source": rows["source"].map(lambda ids: " | ".join(sources.get(i, i) for i in ids.split(";"))),
        }
    )


def border_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """perbatasan.csv: one row a kelurahan and border set of every corridor that has a line."""
    rows = data.borders[data.borders["corridor"].isin([c.id for c in corridors])]
    columns = ["corridor", "kode", "nama", "kode_kabkota", "kode_kabkota_mitra", "set", "shared_m", "distance_m"]
    return rows.assign(nama=rows["kode"].map(data.names("kelurahan")))[columns]


def access_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """akses_titik.csv: straight line from the representative point to the nearest facility, own kabkota and any."""
    sides = sides_of(corridors)
    return data.plain[data.plain["kode"].str.slice(0, 5).isin(sides)]
