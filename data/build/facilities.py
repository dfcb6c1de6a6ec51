"""The facility table: one row a place, whatever list it comes from, and why a record is left out.

The modules schools, health and civic read their raw files into these columns; this one locates the points,
applies the common rules and puts the table together.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.build.boundaries import Layers
from geo.projection import to_metric

COLUMNS = [
    "id", "kind", "name", "status", "subtype", "kabkota_stated", "kecamatan_stated", "operator_kabkota", "lon", "lat",
    "kode", "kode_kabkota", "area_kode", "error_km", "precision", "quality", "used", "left_out", "source",
    "source_ids", "n_merged", "year", "coord_flag", "note",
]  # fmt: skip
TEXT = [c for c in COLUMNS if c not in ("lon", "lat", "error_km", "used", "n_merged", "year")]

NO_COORD = "no_coord"
OUTSIDE_STATED = "outside_stated_kabkota"
OUTSIDE_AREA = "outside_area"
NOT_A_PLACE = "not_a_place"
AREA_ONLY = "area_only"
OTHER_KIND = "other_kind"
NOT_IN_DISTANCES = "not_in_distances"
WRONG_POINT = "wrong_point"


def locate(lon: pd.Series, lat: pd.Series, kelurahan: gpd.GeoDataFrame) -> pd.Series:
    """Code of the kelurahan in which each point falls, "" for a point outside all or no point.

    A point on a shared edge belongs to the smaller code.
    """
    found = pd.Series("", index=lon.index, dtype=object)
    known = (lon.notna() & lat.notna()).to_numpy()
    points = shapely.points(lon.to_numpy(float)[known], lat.to_numpy(float)[known])
    which, unit = shapely.STRtree(kelurahan.geometry.to_numpy()).query(points, predicate="intersects")
    codes = kelurahan["kode"].to_numpy(dtype=object)[unit]
    first = pd.Series(codes).groupby(which).min()
    rows = np.flatnonzero(known)[first.index.to_numpy()]
    return found.where(~np.isin(np.arange(len(found)), rows), pd.Series(first.to_numpy(), lon.index[rows])).astype(str)


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

    Returns
    -------
    DataFrame
        `COLUMNS`, text without missing values.
    """
    frame = places.reindex(columns=COLUMNS)
    frame[TEXT] = frame[TEXT].astype(object).fillna("").astype(str)
    for column in ("lon", "lat", "error_km", "year"):
        frame[column] = frame[column].astype("float64")
    frame["n_merged"] = frame["n_merged"].astype("float64").fillna(1).astype("int32")
    kode = locate(frame["lon"], frame["lat"], layers.kelurahan)
    has_point = frame["lon"].notna()
    frame["kode"] = kode.where(has_point, frame["kode"])
    frame["kode_kabkota"] = frame["kode"].str[:5].where(frame["kode"] != "", frame["kode_kabkota"])
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


def with_metric(facilities: pd.DataFrame) -> pd.DataFrame:
    """The facilities with ``x`` and ``y``: metres in EPSG:32748, from lon and lat."""
    x, y = to_metric(facilities["lon"], facilities["lat"])
    return facilities.assign(x=x, y=y)
