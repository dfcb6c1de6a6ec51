"""Where a facility stands: at its point where that agrees with the area stated of it, else somewhere in that area."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.land import LEVEL_OF, Land
from geo.owners import state_owner
from geo.projection import to_metric

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

    Parameters
    ----------
    lon, lat : degrees, NaN where there is no point; they share their index, which the result has
    kelurahan : kode and polygons in EPSG:4326
    """
    found = pd.Series("", index=lon.index, dtype=object)
    known = (lon.notna() & lat.notna()).to_numpy()
    points = shapely.points(lon.to_numpy(float)[known], lat.to_numpy(float)[known])
    which, unit = shapely.STRtree(kelurahan.geometry.to_numpy()).query(points, predicate="intersects")
    codes = kelurahan["kode"].to_numpy(dtype=object)[unit]
    first = pd.Series(codes).groupby(which).min()
    rows = np.flatnonzero(known)[first.index.to_numpy()]
    return found.where(~np.isin(np.arange(len(found)), rows), pd.Series(first.to_numpy(), lon.index[rows])).astype(str)


def placed(areas: pd.Series, points: list[pd.DataFrame], layers: Land) -> pd.DataFrame:
    """Place records by the area that is stated of each: by the first point that agrees with it, else as a region.

    Parameters
    ----------
    areas : Series of kode
        Kelurahan, kecamatan or kabkota; "" where none is known.
    points : list of DataFrame
        lon and lat by list, the most trusted first; NaN where it has none.
    layers : Land
        Polygons of all units, against which the points are held.

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


def _from_area(areas: pd.Series, at: pd.DataFrame, layers: Land) -> tuple[pd.Series, pd.Series]:
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


def with_metric(facilities: pd.DataFrame) -> pd.DataFrame:
    """The facilities with ``x`` and ``y``: metres in EPSG:32748, from lon and lat."""
    x, y = to_metric(facilities["lon"], facilities["lat"])
    return facilities.assign(x=x, y=y)


def located(facilities: pd.DataFrame, kabkota: pd.Series, exists: pd.Series) -> pd.DataFrame:
    """Facilities with x and y in metres, operator, owner and, of fire posts, exists.

    The operator is the kabkota to whose service they count: in which they stand, but a fire post may stand in another's
    area. The owner is whose line closes them (`geo.owners`), empty for a private one.

    Parameters
    ----------
    facilities : by id: kind, name, status, operator_kabkota (name), kode_kabkota, lon, lat
    kabkota : names by kode
    exists : by id of a fire post: ada, mungkin, tidak or rencana
    """
    x, y = to_metric(facilities["lon"], facilities["lat"])
    kodes = {str(name): str(kode) for kode, name in kabkota.items()}
    stated = facilities["operator_kabkota"].map(kodes).where(facilities["kind"] == "pos_damkar")
    operator = stated.fillna(facilities["kode_kabkota"]).astype(str)
    state = [state_owner(*at) for at in zip(facilities["kind"], operator, strict=True)]
    owned = facilities["status"].eq("negeri") | facilities["operator_kabkota"].ne("")
    owned |= facilities["kind"].eq("rumah_sakit") & facilities["name"].str.startswith("RSUD")
    municipal = facilities["operator_kabkota"].map(kodes).fillna(pd.Series(state, facilities.index))
    owner = municipal.where(owned, "").astype(str)
    return facilities.assign(
        x=x, y=y, operator=operator, owner=owner, exists=exists.reindex(facilities.index).fillna("")
    )
