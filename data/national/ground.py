"""One tile: its kelurahan with area and distances, their neighbours, and the lines between kabkota.

A tile knows its own kelurahan and all that lie around them (the halo). Both are repaired together, and only what is its
own is kept: a pair of neighbours belongs to the tile of the lower code. So a tile gives the same whatever tiles there
are (but for corners of what is drawn at its edge), and nothing is lost or counted twice there.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import borders
from geo import distances as geo_distances
from geo.arrays import Floats
from geo.coverage import repaired
from geo.projection import NATIONAL, stretch

MIN_SHARED_M = 50.0
SPACING_M = 1000
MIN_POINTS = 30
"""Sample points: of a grid of 1 km, finer where fewer than these lie in a kelurahan."""
SIMPLER_M = 60.0
"""What is drawn of a kelurahan, not what is measured: corners of triangles smaller than this squared are left out."""

CLASSES = ("sd", "smp", "sma_smk", "smp_negeri", "sma_smk_negeri")
"""Classes of schools whose distance is an indicator of the app (`jarak_sd` and so on)."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What a tile gives.

    Attributes
    ----------
    units : GeoDataFrame
        A row a kelurahan of its own: kode, nama, luas_km2, n_points, own_* and any_* (km, median of its sample points
        to the nearest school of its kabkota and of any; missing where there is none), geometry (degrees, simplified).
    pairs : DataFrame
        kode_a < kode_b of all that share a boundary of any length, kode_a of its own: shared_m (true metres).
    lines : GeoDataFrame
        The common boundary of pairs of two kabkota, in `NATIONAL`: kode_a, kode_b.
    others : DataFrame
        A row a kelurahan of its own and neighbouring kabkota: kode, mitra, other_* (km to the nearest school there).
    """

    units: gpd.GeoDataFrame
    pairs: pd.DataFrame
    lines: gpd.GeoDataFrame
    others: pd.DataFrame


def ground(around: gpd.GeoDataFrame, own: pd.Series, schools: pd.DataFrame) -> Ground:
    """Compute a tile.

    Parameters
    ----------
    around : kode, nama and polygons in degrees, of the tile and its halo
    own : (n,) bool, which of them are its own
    schools : class, kode_kabkota, x, y in `NATIONAL`: all of Indonesia, so that no way ends at the edge of a tile
    """
    mine = own.to_numpy(dtype=bool)
    boxes = around.geometry.bounds
    at = stretch((boxes["miny"] + boxes["maxy"]) / 2)
    metric = gpd.GeoDataFrame({"kode": around["kode"].to_numpy()}, geometry=around.geometry.to_crs(NATIONAL).to_numpy())
    metric = metric.set_crs(NATIONAL)
    metric["kode_kabkota"] = metric["kode"].str[:5]
    metric["geometry"] = repaired(metric.geometry.to_numpy())
    pairs = borders.neighbours(metric, min_shared_m=0, stretch=at)
    mine_too = set(metric["kode"][mine])
    crossing = pairs["kode_a"].str[:5] != pairs["kode_b"].str[:5]
    kept = pairs["kode_a"].isin(mine_too)
    lines = borders.line_segments(metric, pairs[kept & crossing])[["kode_a", "kode_b", "geometry"]]
    units = metric[mine].reset_index(drop=True)
    points = geo_distances.sample_points(units, SPACING_M, MIN_POINTS)
    codes = pd.Index(units["kode"]).get_indexer(points["kode"])
    xy, true = points[["x", "y"]].to_numpy(float), at[mine]
    partners = _partners(pairs[crossing & (pairs["shared_m"] >= MIN_SHARED_M)], mine_too)
    columns: dict[str, Floats] = {}
    others: dict[str, Floats] = {}
    for name in CLASSES:
        there = schools[schools["class"] == name]
        by_kabkota = {str(k): rows for k, rows in there.groupby("kode_kabkota")[["x", "y"]]}
        columns[f"own_{name}"] = _own(units, xy, codes, by_kabkota) / true
        columns[f"any_{name}"] = _medians(geo_distances.nearest(xy, there[["x", "y"]]), codes, len(units)) / true
        others[f"other_{name}"] = _others(units, xy, codes, partners, by_kabkota)
    scale = pd.Series(true, index=units["kode"].to_numpy(dtype=object))
    for name, metres in others.items():
        others[name] = metres / partners["kode"].map(scale).to_numpy(float) / 1000
    drawn = shapely.coverage_simplify(metric.geometry.to_numpy(), SIMPLER_M)[mine]
    degrees = gpd.GeoSeries(drawn, crs=NATIONAL).to_crs("EPSG:4326")
    result = gpd.GeoDataFrame(
        {
            "kode": units["kode"].to_numpy(),
            "nama": around["nama"].to_numpy()[mine],
            "luas_km2": (shapely.area(units.geometry.to_numpy()) / true**2 / 1e6).round(4),
            "n_points": np.bincount(codes, minlength=len(units)).astype(np.int32),
            **{name: km.round(3) for name, km in columns.items()},
        },
        geometry=shapely.transform(degrees.to_numpy(), lambda corners: corners.round(5)),
        crs="EPSG:4326",
    )
    return Ground(
        result,
        pairs[kept].round({"shared_m": 2}).reset_index(drop=True),
        lines.reset_index(drop=True),
        partners.assign(**{name: km.round(3) for name, km in others.items()}),
    )


def _medians(metres: Floats, codes: np.ndarray, count: int) -> Floats:
    """Median kilometres of each unit; in kilometres no distance is mistaken for `UNKNOWN_M`."""
    return geo_distances.summarise(metres / 1000, codes, count)["median"].to_numpy(float)


def _own(units: pd.DataFrame, xy: Floats, codes: np.ndarray, schools: dict[str, pd.DataFrame]) -> Floats:
    """Median kilometres of each unit to the nearest school of its own kabkota, NaN where there is none."""
    found = np.full(len(xy), np.nan)
    side = units["kode_kabkota"].to_numpy(dtype=object)[codes]
    for kabkota in dict.fromkeys(side):
        if kabkota in schools:
            here = side == kabkota
            found[here] = geo_distances.nearest(xy[here], schools[kabkota])
    return _medians(found, codes, len(units))


def _partners(across: pd.DataFrame, mine: set[str]) -> pd.DataFrame:
    """kode of each kelurahan of a tile and, as mitra, each kabkota that it touches."""
    ends = [across.set_axis(["kode", "to", "shared_m"], axis=1), across.set_axis(["to", "kode", "shared_m"], axis=1)]
    both = pd.concat(ends, ignore_index=True)
    both = both[both["kode"].isin(mine)]
    found = both.assign(mitra=both["to"].str[:5])[["kode", "mitra"]].drop_duplicates()
    return found.sort_values(["kode", "mitra"], ignore_index=True)


def _others(
    units: pd.DataFrame, xy: Floats, codes: np.ndarray, partners: pd.DataFrame, schools: dict[str, pd.DataFrame]
) -> Floats:
    """Median metres of each row of `partners` to the nearest school of that kabkota, NaN where there is none."""
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(units) + 1))
    position = pd.Index(units["kode"]).get_indexer(partners["kode"])
    found = np.full(len(partners), np.nan)
    for mitra, rows in partners.groupby("mitra").indices.items():
        if mitra not in schools:
            continue
        chosen = [order[starts[unit] : starts[unit + 1]] for unit in position[rows]]
        metres = geo_distances.nearest(xy[np.concatenate(chosen)], schools[str(mitra)])
        ends = np.cumsum([len(part) for part in chosen])[:-1]
        found[rows] = [np.median(part) if part.size else np.nan for part in np.split(metres, ends)]
    return found
