"""The facility table: one row a place, whatever list it comes from, and why a record is left out.

The modules schools, health and civic read their raw files into these columns; this one locates the points, judges
them against the area that is stated of the place, applies the common rules and puts the table together. A place
without a point that can be believed is a region, ``area_kode``: in it the place stands, nobody knows where.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.build.boundaries import LEVEL_OF, Layers
from geo.projection import to_metric
from geo.regions import AREA_ONLY

COLUMNS = [
    "id", "kind", "name", "status", "subtype", "kabkota_stated", "kecamatan_stated", "operator_kabkota", "lon", "lat",
    "kode", "kode_kabkota", "area_kode", "error_km", "stated_m", "precision", "quality", "used", "left_out", "source",
    "source_ids", "n_merged", "year", "coord_flag", "note",
]  # fmt: skip
NUMBERS = ["lon", "lat", "error_km", "stated_m", "year"]
TEXT = [c for c in COLUMNS if c not in (*NUMBERS, "used", "n_merged")]

AGREES_M = 300.0
"""A point agrees with a stated area up to so many metres from it. Where a school of Bekasi or Depok has a point of 2024
inside its stated kelurahan and one of 2019 outside, the older one is the better guess than a random place of the
kelurahan in 7 of 10 cases up to this distance, and in 3 of 41 beyond it."""

NO_COORD = "no_coord"
OUTSIDE_STATED = "outside_stated_kabkota"
OUTSIDE_AREA = "outside_area"
NOT_A_PLACE = "not_a_place"
OTHER_KIND = "other_kind"
NOT_IN_DISTANCES = "not_in_distances"


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


def placed(areas: pd.Series, points: list[pd.DataFrame], layers: Layers) -> pd.DataFrame:
    """Place records by the area that is stated of each: by the first point that agrees with it, else as a region.

    Parameters
    ----------
    areas : Series of kode
        Kelurahan, kecamatan or kabkota; "" where none is known.
    points : list of DataFrame
        lon and lat by list, the most trusted first; NaN where it has none.

    Returns
    -------
    DataFrame
        lon, lat, kode, kode_kabkota, area_kode, error_km, precision, quality, stated_m (metres from the stated area to
        the point: the one that is used, else the first there is) and point (number of the list used, -1 for none).
    """
    found = pd.DataFrame(
        {"lon": np.nan, "lat": np.nan, "kode": "", "stated_m": np.nan, "point": -1}, index=areas.index
    ).astype({"kode": object})
    for number, at in enumerate(points):
        open_ = found["point"].eq(-1) & at["lon"].notna().to_numpy() & areas.ne("")
        metres, inside = _from_area(areas[open_], at[open_.to_numpy()], layers)
        agrees = metres.index[metres <= AGREES_M]
        found["stated_m"] = found["stated_m"].fillna(metres.round())
        found.loc[agrees, "stated_m"] = metres[agrees].round()
        found.loc[agrees, ["lon", "lat"]] = at.set_axis(areas.index).loc[agrees, ["lon", "lat"]]
        found.loc[agrees, "kode"] = inside[agrees]
        found.loc[agrees, "point"] = number
    region = found["point"].eq(-1) & areas.ne("")
    level = areas.str.len().map(LEVEL_OF).fillna("tidak_ada")
    return found.assign(
        kode=found["kode"].where(~region | areas.str.len().ne(13), areas),
        kode_kabkota=areas.str[:5],
        area_kode=areas.where(region, ""),
        error_km=areas.where(region, "").map({a: layers.reach_km(a) for a in areas[region].unique()}),
        precision=level.where(found["point"].eq(-1), "titik"),
        quality=np.where(found["point"].eq(-1), "rendah", "sedang"),
    )


def _from_area(areas: pd.Series, at: pd.DataFrame, layers: Layers) -> tuple[pd.Series, pd.Series]:
    """Metres from each area to a point, and the kelurahan of the area that is nearest to it."""
    x, y = to_metric(at["lon"], at["lat"])
    where = np.asarray(shapely.points(np.asarray(x), np.asarray(y)))
    metres, inside = pd.Series(np.inf, areas.index), pd.Series("", areas.index, dtype=object)
    codes, polygons = layers.metric["kode"].to_numpy(dtype=object), layers.metric.geometry.to_numpy()
    for area, rows in pd.Series(range(len(areas)), areas.index).groupby(areas.to_numpy()):
        mine = np.flatnonzero(layers.metric["kode"].str.startswith(str(area)))
        apart = shapely.distance(polygons[mine][:, None], where[rows.to_numpy()][None, :])
        metres[rows.index], inside[rows.index] = apart.min(axis=0), codes[mine[apart.argmin(axis=0)]]
    return metres, inside


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


def with_metric(facilities: pd.DataFrame) -> pd.DataFrame:
    """The facilities with ``x`` and ``y``: metres in EPSG:32748, from lon and lat."""
    x, y = to_metric(facilities["lon"], facilities["lat"])
    return facilities.assign(x=x, y=y)
