"""The facility table: one row a place, whatever list it comes from, and why a record is left out.

The modules schools, health and civic read their raw files into these columns; this one locates the points, judges
them against the area that is stated of the place, applies the common rules and puts the table together. A place
without a point that can be believed is a region, ``area_kode``: in it the place stands, nobody knows where.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.build.boundaries import Layers
from data.placing import NO_COORD, OUTSIDE_AREA, locate
from geo.regions import AREA_ONLY

COLUMNS = [
    "id", "kind", "name", "status", "subtype", "kabkota_stated", "kecamatan_stated", "operator_kabkota", "lon", "lat",
    "kode", "kode_kabkota", "area_kode", "error_km", "stated_m", "precision", "quality", "used", "left_out", "source",
    "source_ids", "n_merged", "year", "coord_flag", "note",
]  # fmt: skip
NUMBERS = ["lon", "lat", "error_km", "stated_m", "year"]
TEXT = [c for c in COLUMNS if c not in (*NUMBERS, "used", "n_merged")]


def year_of(text: pd.Series) -> pd.Series:
    """The first year that a vintage names ("2019 (scraped 2020-01)" is 2019), NaN when undated."""
    dated = text.where(~text.str.startswith("undated"), "")
    return pd.to_numeric(dated.str.extract(r"(\d{4})")[0], errors="coerce").astype("float64")


def one_row_a_place(rows: pd.DataFrame) -> pd.DataFrame:
    """Reduce records to places: the first record of each group is kept, with the ids of all.

    Parameters
    ----------
    rows : DataFrame
        Records in order of trust, with ``group``, ``source_id``, ``record`` (id inside its source) and
        ``source_year``.
    """
    rows = rows.assign(year=year_of(rows["source_year"]), source_ids=rows["source_id"] + ":" + rows["record"])
    grouped = rows.groupby("group", sort=True)
    place = rows.drop_duplicates("group").set_index("group").sort_index()
    place["source"] = grouped["source_id"].agg(lambda ids: ";".join(sorted(set(ids))))
    place["source_ids"] = grouped["source_ids"].agg(lambda ids: "|".join(sorted(set(ids))))
    place["n_merged"] = grouped.size()
    place["year"] = grouped["year"].max()
    return place


def record_mark(rows: pd.DataFrame) -> pd.Series:
    """The id of a record inside its list: the official one, the OSM element, or else its position."""
    position = rows["lat"].map("{:.6f}".format) + "," + rows["lon"].map("{:.6f}".format)
    element = rows["source_record"].where(rows["source_id"].eq("osm"), "")
    official = rows["official_id"] if "official_id" in rows else pd.Series("", index=rows.index)
    return official.where(official.ne(""), element.where(element.ne(""), position))


def finish(places: pd.DataFrame, layers: Layers) -> pd.DataFrame:
    """Locate the points and apply the rules that hold for every kind.

    Parameters
    ----------
    places : DataFrame
        Any of `COLUMNS`; ``kind`` and ``name`` must be there. ``left_out`` set by the caller stays.
    layers : Layers
        Polygons in which the points are located.

    Returns
    -------
    DataFrame
        `COLUMNS`, text without missing values.
    """
    frame = places.reindex(columns=COLUMNS)
    frame[TEXT] = frame[TEXT].astype(object).fillna("").astype(str)
    for column in NUMBERS:
        frame[column] = frame[column].astype("float64")
    frame["n_merged"] = frame["n_merged"].astype("float64").fillna(1).astype("int32")
    has_point = frame["lon"].notna()
    frame["kode"] = frame["kode"].where(frame["kode"] != "", locate(frame["lon"], frame["lat"], layers.kelurahan))
    frame["kode_kabkota"] = frame["kode_kabkota"].where(frame["kode_kabkota"] != "", frame["kode"].str[:5])
    missing = frame["precision"] == ""
    frame.loc[missing, "precision"] = np.where(has_point[missing], "titik", "tidak_ada")
    frame.loc[frame["precision"].isin(["titik", "titik_tak_resmi", "tidak_ada"]), "error_km"] = np.nan
    for reason, applies in (
        (NO_COORD, ~has_point & frame["precision"].eq("tidak_ada")),
        (AREA_ONLY, ~has_point & ~frame["precision"].eq("tidak_ada")),
        (OUTSIDE_AREA, has_point & frame["kode"].eq("")),
    ):
        frame.loc[applies & frame["left_out"].eq(""), "left_out"] = reason
    frame.loc[frame["quality"] == "", "quality"] = "sedang"
    frame["used"] = frame["left_out"].eq("")
    return frame


def number_ids(frame: pd.DataFrame) -> pd.DataFrame:
    """The places sorted by id; one without gets its kind and a running number in order of name and position."""
    frame = frame.sort_values(["kind", "name", "lon", "lat", "source_ids"], ignore_index=True)
    blank = frame["id"] == ""
    running = frame[blank].groupby("kind").cumcount() + 1
    frame.loc[blank, "id"] = frame["kind"][blank] + ":" + running.astype(str).str.zfill(4)
    return frame.sort_values(["kind", "id"], ignore_index=True)
