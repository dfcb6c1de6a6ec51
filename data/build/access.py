"""Distances from the sample points, where the lists of facilities can carry them, and the plain column.

What a list covers decides where a distance is given (`certain` in analysis.access):

- schools: the raw list was cut along two boxes (`BANTEN`, `JABODETABEK`) and to 13 kabkota. The five study
  kabkota and Jakarta Timur lie inside; Pandeglang, Lebak and Kab. Tangerang only in part;
- puskesmas: the five study kabkota; around a puskesmas whose point is missing or wrong the distance is that to the
  nearest other one, an upper bound, and says so (`upper_bounds`);
- hospitals: Bekasi, Depok, Jakarta Timur, Cilegon. For Kab. and Kota Serang most points come from one
  untrusted list or are missing;
- kantor kelurahan: one's own office only, where it is on record; residents are served by no other;
- transit: what is listed differs by kabkota, see `TRANSIT`.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.build import values
from data.build.boundaries import COARSE, PATH, STUDY, YARDSTICK, Layers
from data.build.facilities import with_metric
from data.build.raw import RawError
from geo import distances as geo_distances
from geo.farthest import farthest_from_samples
from geo.projection import METRIC

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
PLAIN = ("sd", "smp", "sma_smk", "smp_negeri", "sma_smk_negeri", "puskesmas")
CLASSES = (*PLAIN, "rumah_sakit", "kantor_kelurahan", "transit")
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

    def __init__(self, layers: Layers, facilities: pd.DataFrame, samples: pd.DataFrame) -> None:
        self._land = layers.kabkota.set_index("kode").geometry
        self._units = layers.kelurahan.set_index("kode").geometry
        self._kabkota = samples["kode"].str[:5].to_numpy(dtype=object)
        self._points = samples[["x", "y"]].to_numpy(float)
        lost = facilities[facilities["kind"].eq("puskesmas") & ~facilities["used"]]
        self._lost_puskesmas = tuple(lost["area_kode"])
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Metres (own, any) of a class of facilities by sample point; the five school classes share them."""
        key = name if name in ("puskesmas", "rumah_sakit", "transit") else "school"
        if key not in self._known:
            self._known[key] = self._compute(*self._cover(key))
        return self._known[key]

    def wholly_listed(self) -> pd.Index:
        """Codes of the kelurahan that lie wholly in the area that the list of schools covers."""
        inside = shapely.covers(shapely.union(BANTEN, JABODETABEK), self._units.to_numpy())
        return self._units.index[inside & self._units.index.str[:5].isin(set(SIDES) & set(SCHOOLS))]

    def _cover(self, key: str) -> tuple[tuple[str, ...], shapely.Geometry]:
        """Kabkota for which own distances are given, and the area that the list covers."""
        if key == "puskesmas":
            lost = self._units[self._units.index.str.startswith(self._lost_puskesmas)]
            whole = shapely.coverage_union_all(self._land[list(STUDY)].to_numpy())
            return STUDY, shapely.difference(whole, shapely.coverage_union_all(lost.to_numpy()))
        if key == "rumah_sakit":
            return HOSPITALS, shapely.union(JABODETABEK, self._land["36.72"])
        if key == "transit":
            own = shapely.coverage_union_all(self._land[list(TRANSIT)].to_numpy())
            return tuple(TRANSIT), shapely.union(JABODETABEK, own)
        listed = shapely.coverage_union_all(self._land[list(SCHOOLS)].to_numpy())
        return SIDES, shapely.intersection(listed, shapely.union(BANTEN, JABODETABEK))

    def _compute(self, served: tuple[str, ...], covered: shapely.Geometry) -> tuple[np.ndarray, np.ndarray]:
        own, any_ = np.zeros(len(self._points)), np.zeros(len(self._points))
        for kabkota in served:
            mine = self._kabkota == kabkota
            open_land = _metric(shapely.difference(self._land[kabkota], covered))
            own[mine] = geo_distances.distance_to_area(self._points[mine], open_land)
        sides = np.isin(self._kabkota, SIDES)
        open_land = _metric(shapely.difference(shapely.coverage_union_all(self._land.to_numpy()), covered))
        any_[sides] = geo_distances.distance_to_area(self._points[sides], open_land)
        return own, any_


def _metric(area: shapely.Geometry) -> shapely.Geometry:
    """To EPSG:32748, with the long straight edges of the boxes bent as the projection bends them."""
    cut = shapely.segmentize(area, 0.01)
    return shapely.make_valid(gpd.GeoSeries([cut], crs="EPSG:4326").to_crs(METRIC).iloc[0])


def distances(samples: pd.DataFrame, facilities: pd.DataFrame, offices: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """samples.parquet: the sample points with own_F and any_F of every class, in metres.

    A kelurahan of which less than 95 % of the points are certain gets none: the points that remain would be
    the ones near a listed facility, and any share of them would flatter.
    """
    used = with_metric(facilities[facilities["used"]])
    points = samples[["x", "y"]].to_numpy(float)
    kabkota = samples["kode"].str[:5].to_numpy(dtype=object)
    sides = np.isin(kabkota, SIDES)
    codes = pd.factorize(samples["kode"])[0]
    columns = {}
    for name in CLASSES:
        own, any_ = np.full(len(samples), np.inf), np.full(len(samples), np.inf)
        if name == "kantor_kelurahan":
            own = _own_office(samples, used, offices)
        else:
            rows, (limit_own, limit_any) = used[in_class(used, name)], limits.of(name)
            any_[sides] = geo_distances.nearest(points[sides], rows[["x", "y"]])
            for code in SIDES:
                mine = kabkota == code
                own[mine] = geo_distances.nearest(points[mine], rows.loc[rows["kode_kabkota"] == code, ["x", "y"]])
            if name == "puskesmas":
                limit_own = np.where(np.isin(kabkota, STUDY), np.inf, limit_own)
            own, any_ = geo_distances.certain(own, limit_own), geo_distances.certain(any_, limit_any)
        columns[f"own_{name}"] = geo_distances.to_metres(_where_enough(own, codes))
        columns[f"any_{name}"] = geo_distances.to_metres(_where_enough(any_, codes))
    return samples.assign(**columns)


def with_farthest(layers: Layers, samples: pd.DataFrame) -> gpd.GeoDataFrame:
    """kelurahan.parquet: the layer with farthest_from_sample_m, in whole metres, rounded up.

    Raises
    ------
    RawError
        A kelurahan has no sample point.
    """
    farthest = farthest_from_samples(layers.metric, samples)
    if np.isinf(farthest).any():
        raise RawError(f"{PATH}: no sample point in {farthest.index[np.isinf(farthest)][0]}")
    kelurahan = layers.kelurahan.copy()
    whole = np.ceil(farthest.reindex(kelurahan["kode"]).to_numpy()).astype(np.int32)
    kelurahan.insert(len(kelurahan.columns) - 1, "farthest_from_sample_m", whole)
    return kelurahan


def upper_bounds(samples: pd.DataFrame, limits: Limits) -> pd.Index:
    """Codes of the kelurahan to which a puskesmas without a point may be nearer than the nearest one with a point."""
    codes, units = pd.factorize(samples["kode"])
    beyond = samples["own_puskesmas"].to_numpy() > limits.of("puskesmas")[0]
    share = np.bincount(codes, weights=beyond) / np.bincount(codes)
    return pd.Index(units)[share > 1 - ENOUGH]


def value_rows(
    samples: pd.DataFrame,
    facilities: pd.DataFrame,
    quality: dict[str, pd.Series],
    notes: dict[str, pd.Series],
    bounds: dict[str, pd.Series],
) -> pd.DataFrame:
    """jarak_* in km: median, 10th and 90th percentile of the sample points of each kelurahan.

    Parameters
    ----------
    quality, notes, bounds : dict of Series
        By class: quality, note and whether it is an upper bound, by kelurahan code (``sedang``, none and no where
        absent).
    """
    codes, units = pd.factorize(samples["kode"])
    used = facilities[facilities["used"]]
    parts = []
    for name in CLASSES:
        found = geo_distances.summarise(samples[f"own_{name}"], codes, len(units)).set_index(units)
        km = (found.loc[found["median"].notna(), ["median", "p10", "p90"]] / 1000).round(4)
        behind = used[in_class(used, name)].groupby("kode_kabkota")["source"].agg(lambda s: ";".join(sorted(set(s))))
        for kabkota, rows in km.groupby(km.index.str[:5]):
            sources = sorted({*behind[kabkota].split(";"), "big_kepmendagri"})
            parts.append(
                values.rows(
                    f"jarak_{name}",
                    rows["median"],
                    low=rows["p10"],
                    high=rows["p90"],
                    year=YEAR.get(name, {}).get(str(kabkota), BASE_YEAR.get(name, 2019)),
                    quality=quality[name].reindex(rows.index).fillna("sedang").to_numpy(),
                    method="model",
                    native_level="titik",
                    source=";".join(sources),
                    note=notes[name].reindex(rows.index).fillna("").to_numpy(),
                    upper_bound=rows.index.isin(bounds[name].index[bounds[name]]) if name in bounds else False,
                )
            )
    return pd.concat(parts, ignore_index=True)


def plain(layers: Layers, facilities: pd.DataFrame) -> pd.DataFrame:
    """plain.parquet: metres from one point in each kelurahan to the nearest place of its own kabkota and of any.

    Places are schools flagged ok or kecamatan_differs, and puskesmas with any point.
    """
    rows = with_metric(facilities[facilities["kode_kabkota"].ne("") & facilities["lon"].notna()])
    flagged = rows["coord_flag"].isin(["ok", "kecamatan_differs"]) | rows["kind"].eq("puskesmas")
    rows = rows[flagged]
    tables = [rows[in_class(rows, name)].assign(facility=name) for name in PLAIN]
    units = layers.metric[layers.metric["kode_kabkota"].isin(SIDES)]
    found = geo_distances.plain_distances(units, pd.concat(tables)[["facility", "kode_kabkota", "x", "y"]])
    found = found.sort_values(["kode", "facility"], ignore_index=True)
    return found.round({"own_m": 2, "any_m": 2})


def _own_office(samples: pd.DataFrame, used: pd.DataFrame, offices: pd.DataFrame) -> np.ndarray:
    """Distance to the nearest office of one's own kelurahan, inf where none is on record."""
    at = used.set_index("id").loc[offices["id"], ["x", "y"]].to_numpy()
    own = np.full(len(samples), np.inf)
    codes = samples["kode"].to_numpy(dtype=object)
    for kode, rows in offices[offices["kode"].str[:5].isin(OFFICES)].groupby("kode"):
        mine = codes == kode
        own[mine] = geo_distances.nearest(samples.loc[mine, ["x", "y"]], at[rows.index])
    return own


def _where_enough(distances_m: np.ndarray, codes: np.ndarray) -> np.ndarray:
    known = np.bincount(codes, weights=np.isfinite(distances_m)) / np.bincount(codes)
    return np.where(known[codes] >= ENOUGH, distances_m, np.inf)
