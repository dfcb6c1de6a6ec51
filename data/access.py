"""Distances from the sample points, where the lists of facilities can carry them, and the plain column.

A facility without a sure point stands somewhere in its region: distances are medians over realisations of all such
places (`geo.regions`), and a value carries their 5th to 95th percentile.

What a list covers decides where a distance is given (`certain` in geo.distances):

- schools: the list of 2019 was cut along two boxes (`BANTEN`, `JABODETABEK`) and to 13 kabkota. The five study
  kabkota and Jakarta Timur lie inside; Pandeglang, Lebak and Kab. Tangerang only in part. Kab. Bekasi is complete;
- puskesmas: the five study kabkota;
- hospitals: Bekasi, Depok, Jakarta Timur, Cilegon. For Kab. and Kota Serang most points come from one
  untrusted list or are missing;
- kantor kelurahan: one's own office only, where it is on record; residents are served by no other;
- transit: what is listed differs by kabkota, see `TRANSIT`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data import value_rows as values
from data.intake.places import letters
from data.land import COARSE, REGISTERED, STUDY, YARDSTICK, Land
from data.placing import with_metric
from geo import distances as geo_distances
from geo.arrays import Floats
from geo.grid import Grid
from geo.projection import METRIC, to_metric
from geo.regions import DRAWS, SHARE_TAIL, Regions, draw, standing

SIDES = (*STUDY, YARDSTICK, *COARSE)
# West, south, east, north in degrees. In every list the outermost records stand within metres of an edge.
BANTEN = shapely.box(105.0, -6.4, 106.5, -5.5)
JABODETABEK = shapely.box(106.7, -6.5, 107.1, -6.15)
SCHOOLS = (*SIDES, "32.01", "32.16", "36.71", "36.74")
HOSPITALS = ("31.75", "32.75", "32.76", "36.72")
TRANSIT = {
    "31.75": ("sedang", "Halte TransJakarta/Mikrotrans dan stasiun; terminal tidak tercatat."),
    "32.75": ("sedang", "Halte TransJakarta dan BisKita Trans Patriot, stasiun; terminal tidak tercatat."),
    "32.76": ("rendah", "Halte TransJakarta dan stasiun; 44 halte BisKita Trans Depok tidak tercatat."),
    "36.72": ("rendah", "Stasiun dan terminal saja; halte dan angkot tidak tercatat."),
    "36.73": ("rendah", "Tiga terminal (2019) saja; stasiun, halte dan angkot tidak tercatat."),
}
ENOUGH = 0.95
OFFICE_OF = re.compile(r"^(?:kantor )?(kelurahan|lurah|desa|kecamatan|camat) ?(.+)$")
PRINTED_M = 10.0
"""Distances are printed to hundredths of a kilometre."""
PLAIN = ("sd", "smp", "sma_smk", "smp_negeri", "sma_smk_negeri", "puskesmas")
CLASSES = (*PLAIN, "rumah_sakit", "kantor_kelurahan", "transit")
SHARE_TAILS = {"sd": 0.075, "sma_smk": 0.2}
"""By class, where `SHARE_TAIL` held too few or too many true shares: chosen in one of two cities, held in the other.

One SD in six stands within 100 m of another one, more than twice as many as places drawn alone do."""
UNDATED_CILEGON = 2023
YEAR = {
    "rumah_sakit": {"36.72": UNDATED_CILEGON}, "kantor_kelurahan": {"36.72": UNDATED_CILEGON},
    "transit": {"31.75": 2024, "32.75": 2024, "32.76": 2024, "36.72": UNDATED_CILEGON, "36.73": 2019},
}  # fmt: skip
OFFICES = ("32.75", "32.76", "36.72")
BASE_YEAR = {"rumah_sakit": 2026, "kantor_kelurahan": 2026}


def in_class(facilities: pd.DataFrame, name: str) -> pd.Series:
    """Whether each facility belongs to a class of facilities (sma_smk, smp_negeri and so on), as a Series of bool."""
    base = name.removesuffix("_negeri")
    kind = facilities["kind"].isin(["sma", "smk"] if base == "sma_smk" else [base])
    return kind & (facilities["status"].eq("negeri") | (base == name))


class Limits:
    """Distance from every sample point to the land that a list does not cover, per class; inf where there is none.

    ``own`` looks at one's own kabkota only and is 0 in a kabkota that the list leaves out; ``any`` looks at
    all 18.
    """

    def __init__(self, layers: Land, samples: pd.DataFrame) -> None:
        self._land = layers.kabkota.set_index("kode").geometry
        self._units = layers.kelurahan.set_index("kode").geometry
        self._kabkota = samples["kode"].str[:5].to_numpy(dtype=object)
        self._points = samples[["x", "y"]].to_numpy(float)
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Metres (own, any) of a class of facilities by sample point; the five school classes share them."""
        key = _list_of(name)
        if key not in self._known:
            self._known[key] = self._compute(*self._cover(key))
        return self._known[key]

    def own(self, name: str, kabkota: str) -> np.ndarray:
        """Metres by sample point of one kabkota, as the first of `of`."""
        served, covered = self._cover(_list_of(name))
        points = self._points[self._kabkota == kabkota]
        return self._to_open_land(points, kabkota, covered) if kabkota in served else np.zeros(len(points))

    def wholly_listed(self) -> pd.Index:
        """Codes of the kelurahan that lie wholly in the area that the list of schools covers."""
        inside = shapely.covers(shapely.union(BANTEN, JABODETABEK), self._units.to_numpy())
        return self._units.index[inside & self._units.index.str[:5].isin(set(SIDES) & set(SCHOOLS))]

    def _cover(self, key: str) -> tuple[tuple[str, ...], shapely.Geometry]:
        """Kabkota for which own distances are given, and the area that the list covers."""
        if key == "puskesmas":
            return STUDY, shapely.coverage_union_all(self._land[list(STUDY)].to_numpy())
        if key == "rumah_sakit":
            return HOSPITALS, shapely.union(JABODETABEK, self._land["36.72"])
        if key == "transit":
            own = shapely.coverage_union_all(self._land[list(TRANSIT)].to_numpy())
            return tuple(TRANSIT), shapely.union(JABODETABEK, own)
        listed = shapely.coverage_union_all(self._land[list(SCHOOLS)].to_numpy())
        cut = shapely.intersection(listed, shapely.union(BANTEN, JABODETABEK))
        return SIDES, shapely.union(cut, shapely.coverage_union_all(self._land[list(REGISTERED)].to_numpy()))

    def _compute(self, served: tuple[str, ...], covered: shapely.Geometry) -> tuple[np.ndarray, np.ndarray]:
        own, any_ = np.zeros(len(self._points)), np.zeros(len(self._points))
        for kabkota in served:
            mine = self._kabkota == kabkota
            own[mine] = self._to_open_land(self._points[mine], kabkota, covered)
        sides = np.isin(self._kabkota, SIDES)
        open_land = _metric(shapely.difference(shapely.coverage_union_all(self._land.to_numpy()), covered))
        any_[sides] = geo_distances.distance_to_area(self._points[sides], open_land)
        return own, any_

    def _to_open_land(self, points: np.ndarray, kabkota: str, covered: shapely.Geometry) -> np.ndarray:
        open_land = _metric(shapely.difference(self._land[kabkota], covered))
        return geo_distances.distance_to_area(points, open_land)


def _list_of(name: str) -> str:
    """The list that a class of facilities is taken from: all schools stand in one."""
    return name if name in ("puskesmas", "rumah_sakit", "transit") else "school"


def _metric(area: shapely.Geometry) -> shapely.Geometry:
    """To EPSG:32748, with the long straight edges of the boxes bent as the projection bends them."""
    cut = shapely.segmentize(area, 0.01)
    return shapely.make_valid(gpd.GeoSeries([cut], crs="EPSG:4326").to_crs(METRIC).iloc[0])


@dataclass(frozen=True)
class Nearest:
    """Distances to the facilities of a class from every sample point.

    Attributes
    ----------
    own, any : (n,) metres to the nearest of one's own kabkota and of any, in a typical realisation; inf for none
    near, far : (n,) as `own`, where few and where many lie beyond any distance (`SHARE_TAILS`)
    ranges : by kode of each kelurahan that a region can change, median, low and high (m) over the realisations of the
        median of its points to the nearest of its own
    """

    own: Floats
    any: Floats
    near: Floats
    far: Floats
    ranges: pd.DataFrame


def nearest(
    name: str,
    grid: Grid,
    facilities: pd.DataFrame,
    draws: int = DRAWS,
    sides: Sequence[str] = SIDES,
    abroad: bool = True,
) -> Nearest:
    """Distances to a class of facilities, `Nearest`.

    Parameters
    ----------
    name : str
        Class of facilities, of `CLASSES` without kantor_kelurahan.
    grid : Grid
        The sample points, with their people.
    facilities : DataFrame
        All places, `with_metric`.
    draws : int
        Realisations of the places that are known by their area only.
    sides : sequence of str
        kode_kabkota whose points are measured.
    abroad : bool
        Measure to those of any kabkota, too; else ``any`` is ``own``.
    """
    rows = facilities[in_class(facilities, name)]
    if not abroad:
        rows = rows[rows["kode_kabkota"].isin(sides)]
    exact, areas = rows[rows["used"]], rows[standing(rows)]
    regions = Regions(grid, draws)
    places = {id_: regions.stands(area, id_) for id_, area in zip(areas["id"], areas["area_kode"], strict=True)}
    own, any_, near, far = np.full((4, len(grid.xy)), np.inf)
    ranges = []
    for code in sides:
        mine = np.flatnonzero(grid.point_sides == code)
        for result, kabkota in ((own, code), (any_, ""))[: 1 + abroad]:
            here = exact[exact["kode_kabkota"].str.startswith(kabkota)]
            fixed = geo_distances.nearest(grid.points[mine], here[["x", "y"]])
            theirs = [places[i] for i in areas.loc[areas["kode_kabkota"].str.startswith(kabkota), "id"]]
            drawn = draw(grid.xy[mine], fixed, theirs, draws)
            result[mine], ends, found = drawn.by_unit(grid.codes[mine], SHARE_TAILS.get(name, SHARE_TAIL))
            if kabkota:
                near[mine], far[mine] = ends
            if kabkota and len(found):
                ranges.append(found.set_axis(grid.units[found.index]))
    columns = ["median", "low", "high"]
    changed = pd.concat(ranges) if ranges else pd.DataFrame(columns=columns, dtype=float)
    return Nearest(own, np.minimum(own, any_), near, far, changed)


def distances(
    samples: pd.DataFrame,
    grid: Grid,
    facilities: pd.DataFrame,
    offices: pd.DataFrame,
    limits: Callable[[str], tuple[np.ndarray, np.ndarray]],
    classes: Sequence[str] = CLASSES,
    sides: Sequence[str] = SIDES,
    abroad: bool = True,
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """samples.parquet: the sample points with own_F and any_F of every class, in metres; and ranges by class.

    near_F and far_F where the places of a class may be elsewhere: what own_F is where few and where many live beyond.

    A kelurahan of which less than 95 % of the points are certain gets none: the points that remain would be
    the ones near a listed facility, and any share of them would flatter.

    Parameters
    ----------
    samples, grid : the sample points, row by row the same
    facilities : all places
    offices : id and kode of the kantor kelurahan that are on record for a kelurahan
    limits : `Limits.of`
    classes, sides, abroad : as of `nearest`; without abroad there is no any_F
    """
    known = with_metric(facilities)
    codes, columns, ranges = grid.codes, {}, {}
    for name in classes:
        if name == "kantor_kelurahan":
            own = _own_office(samples, known[known["used"]], offices)
            any_ = np.full(len(samples), np.inf)
        else:
            found = nearest(name, grid, known, sides=sides, abroad=abroad)
            limit_own, limit_any = limits(name)
            own, any_ = geo_distances.certain(found.own, limit_own), geo_distances.certain(found.any, limit_any)
            ranges[name] = found.ranges
        own = _where_enough(own, codes)
        columns[f"own_{name}"] = geo_distances.to_metres(own)
        if abroad:
            columns[f"any_{name}"] = geo_distances.to_metres(_where_enough(any_, codes))
        if len(ranges.get(name, ())):
            for end in ("near", "far"):
                at_end = np.where(np.isfinite(own), getattr(found, end), np.inf)
                columns[f"{end}_{name}"] = geo_distances.to_metres(at_end)
    return samples.assign(**columns), ranges


def value_rows(
    samples: pd.DataFrame,
    facilities: pd.DataFrame,
    ranges: Mapping[str, pd.DataFrame],
    quality: Mapping[str, pd.Series],
    notes: Mapping[str, pd.Series],
    classes: Sequence[str] = CLASSES,
    dated: bool = False,
) -> pd.DataFrame:
    """jarak_* in km: median of the sample points of each kelurahan, with its range over the places of the regions.

    Parameters
    ----------
    samples : DataFrame
        The sample points with own_F of the classes in metres (`distances`).
    facilities : DataFrame
        All places, with the source and year of each.
    ranges : mapping of DataFrame
        By class: median, low and high in metres by kelurahan code, where a region can change them (`distances`).
    quality, notes : mapping of Series
        By class: quality and note by kelurahan code (``sedang`` and none where absent).
    classes : sequence of str
        That are given.
    dated : bool
        Every place has the year of its list, so that no year is known better.
    """
    codes, units = pd.factorize(samples["kode"])
    counted = facilities[facilities["used"] | standing(facilities)]
    parts = []
    for name in classes:
        middle = geo_distances.summarise(samples[f"own_{name}"], codes, len(units)).set_index(units)["median"].dropna()
        drawn = ranges.get(name, pd.DataFrame(columns=["median", "low", "high"], dtype=float)).reindex(middle.index)
        # Less than what is printed is no range.
        drawn = drawn.where(drawn["high"] - drawn["low"] >= PRINTED_M)
        low, high = drawn["low"].clip(upper=middle), drawn["high"].clip(lower=middle)
        km = (pd.DataFrame({"median": middle, "low": low, "high": high}) / 1000).round(4)
        behind = counted[in_class(counted, name)].groupby("kode_kabkota")
        sources = behind["source"].agg(lambda s: ";".join(sorted(set(";".join(s).split(";")))))
        years = behind["year"].median()
        for kabkota, rows in km.groupby(km.index.astype(str).str[:5]):
            parts.append(
                values.rows(
                    f"jarak_{name}",
                    rows["median"],
                    low=rows["low"],
                    high=rows["high"],
                    year=(not dated and YEAR.get(name, {}).get(str(kabkota), BASE_YEAR.get(name)))
                    or int(years[kabkota]),
                    quality=quality[name].reindex(rows.index).fillna("sedang").to_numpy(),
                    method="model",
                    native_level="titik",
                    source=";".join(sorted({*sources[kabkota].split(";"), "big_kepmendagri"})),
                    note=notes[name].reindex(rows.index).fillna("").to_numpy(),
                )
            )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=values.COLUMNS)


def plain(layers: Land, facilities: pd.DataFrame, classes: Sequence[str] = PLAIN) -> pd.DataFrame:
    """plain.parquet: metres from one point in each kelurahan to the nearest place of its own kabkota and of any.

    Places are those with a point.

    Parameters
    ----------
    layers : polygons of all kelurahan
    facilities : all places
    classes : that are measured
    """
    rows = with_metric(facilities[facilities["used"]])
    tables = [rows[in_class(rows, name)].assign(facility=name) for name in classes]
    units = layers.metric[layers.metric["kode_kabkota"].isin(SIDES)]
    found = geo_distances.plain_distances(units, pd.concat(tables)[["facility", "kode_kabkota", "x", "y"]])
    found = found.sort_values(["kode", "facility"], ignore_index=True)
    return found.round({"own_m": 2, "any_m": 2})


def _own_office(samples: pd.DataFrame, used: pd.DataFrame, offices: pd.DataFrame) -> np.ndarray:
    """Distance to the nearest office of one's own kelurahan, inf where none is on record."""
    at = used.set_index("id").loc[offices["id"], ["x", "y"]].to_numpy()
    own = np.full(len(samples), np.inf)
    codes = samples["kode"].to_numpy(dtype=object)
    for kode, rows in offices.groupby("kode"):
        mine = codes == kode
        own[mine] = geo_distances.nearest(samples.loc[mine, ["x", "y"]], at[rows.index])
    return own


def _where_enough(distances_m: np.ndarray, codes: np.ndarray) -> np.ndarray:
    known = np.bincount(codes, weights=np.isfinite(distances_m)) / np.bincount(codes)
    return np.where(known[codes] >= ENOUGH, distances_m, np.inf)


def own_office(facilities: pd.DataFrame, layers: Land) -> pd.DataFrame:
    """Kantor kelurahan that can be tied to the one kelurahan they serve: ``id``, ``kode``.

    The name must be that of exactly one kelurahan within 1 km of the point (an office may stand just
    outside).
    """
    rows = facilities[(facilities["kind"] == "kantor_kelurahan") & facilities["used"]]
    x, y = to_metric(rows["lon"], rows["lat"])
    tree = shapely.STRtree(layers.metric.geometry.to_numpy())
    which, unit = tree.query(shapely.points(x, y), predicate="dwithin", distance=1000.0)
    named = layers.kelurahan["nama"].map(letters).to_numpy()
    text = rows["name"].str.lower().str.replace(r"\s+", " ", regex=True).str.strip()
    of = text.str.extract(OFFICE_OF)[1].fillna("").map(letters).to_numpy()
    hit = named[unit] == of[which]
    found = pd.DataFrame({"at": which[hit], "kode": layers.kelurahan["kode"].to_numpy()[unit[hit]]})
    found = found[~found["at"].duplicated(keep=False)]
    found["id"] = rows["id"].to_numpy()[found["at"]]
    return found[["id", "kode"]].reset_index(drop=True)
