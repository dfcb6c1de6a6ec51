"""Who touches whom along a border, along which line, and how far everybody else is from it.

Two units are neighbours when they share a stretch of boundary. Exact ``touches`` tests miss most neighbours
on simplified polygons, so adjacency is measured: the length of the common boundary in a metric CRS, at least
50 m by default (the set of neighbours is the same for any threshold from 25 to 200 m on the shipped layer).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

CODE_LENGTH = {"kelurahan": 13, "kecamatan": 8, "kabkota": 5}
"""Length of a Kemendagri code by level, dots included: the code of a unit begins with that of the unit around it."""

TOUCHING = "bersentuhan"
BORDER_SETS = (TOUCHING, "1km", "2km")
"""Which kelurahan count as border: those that touch the line, or lie within so far of it."""


def neighbours(
    units: gpd.GeoDataFrame, min_shared_m: float = 50.0, stretch: npt.ArrayLike | None = None
) -> pd.DataFrame:
    """All pairs of units that share at least `min_shared_m` metres of boundary.

    Parameters
    ----------
    units : kode (unique) and polygons in a metric CRS; a missing or empty geometry has no neighbours
    min_shared_m : least common boundary in metres. Zero keeps every pair that shares a line of any length; units that
        meet in a point only are never neighbours
    stretch : (n,) metres of the CRS of a true metre at each unit; 1 by default. That of both units together holds

    Returns
    -------
    DataFrame
        kode_a < kode_b and shared_m (metres), sorted by both codes.

    Raises
    ------
    ValueError
        The CRS is missing or geographic, or a code stands twice.
    """
    first, second, common = _common_boundaries(units)
    codes = units["kode"].to_numpy(dtype=object)
    at = np.ones(len(codes)) if stretch is None else np.asarray(stretch, dtype=float)
    shared_m = shapely.length(common) / ((at[first] + at[second]) / 2)
    pairs = pd.DataFrame({"kode_a": codes[first], "kode_b": codes[second], "shared_m": shared_m})
    pairs = pairs[(pairs["shared_m"] > 0) & (pairs["shared_m"] >= min_shared_m)]
    pairs[["kode_a", "kode_b"]] = pairs[["kode_a", "kode_b"]].astype(str)
    return pairs.sort_values(["kode_a", "kode_b"], ignore_index=True)


def line_segments(units: gpd.GeoDataFrame, pairs: pd.DataFrame) -> gpd.GeoDataFrame:
    """The common boundary of each pair as a line.

    Parameters
    ----------
    units : as for `neighbours`
    pairs : kode_a, kode_b

    Returns
    -------
    GeoDataFrame
        kode_a, kode_b, length_m and a (multi)line in the CRS of `units`, one row a pair, in the order of `pairs`.
    """
    _check(units)
    boundary = pd.Series(shapely.boundary(units.geometry.to_numpy()), index=units["kode"].to_numpy(dtype=object))
    common = shapely.intersection(
        boundary.loc[pairs["kode_a"].to_numpy(dtype=object)].to_numpy(),
        boundary.loc[pairs["kode_b"].to_numpy(dtype=object)].to_numpy(),
    )
    lines = [_only_lines(geometry) for geometry in common]
    frame = pairs[["kode_a", "kode_b"]].reset_index(drop=True)
    return gpd.GeoDataFrame(frame.assign(length_m=shapely.length(lines)), geometry=lines, crs=units.crs)


def between(units: pd.DataFrame, pairs: pd.DataFrame, side_a: str, side_b: str) -> pd.Series:
    """Which rows of `pairs` lie on the line between two kabkota (boolean, aligned to `pairs`).

    Parameters
    ----------
    units : kode, kode_kabkota
    pairs : kode_a, kode_b: neighbours or segments of a line
    side_a, side_b : kode_kabkota
    """
    kabkota = pd.Series(units["kode_kabkota"].to_numpy(dtype=object), index=units["kode"].to_numpy(dtype=object))
    a, b = pairs["kode_a"].map(kabkota), pairs["kode_b"].map(kabkota)
    return ((a == side_a) & (b == side_b)) | ((a == side_b) & (b == side_a))


def beside(pairs: pd.DataFrame, sides: Sequence[str]) -> set[str]:
    """The kabkota that touch any of these, beyond these themselves.

    Parameters
    ----------
    pairs : kode_kabkota_a and kode_kabkota_b of neighbouring units
    sides : kode_kabkota

    Examples
    --------
    >>> pairs = pd.DataFrame({"kode_kabkota_a": ["1", "2", "3"], "kode_kabkota_b": ["2", "3", "4"]})
    >>> sorted(beside(pairs, ["2"]))
    ['1', '3']
    """
    a, b = pairs["kode_kabkota_a"], pairs["kode_kabkota_b"]
    return {*b[a.isin(sides)], *a[b.isin(sides)]} - set(sides)


def border_sets(
    units: gpd.GeoDataFrame,
    pairs: pd.DataFrame,
    segments: gpd.GeoDataFrame,
    side_a: str,
    side_b: str,
    reach_m: Sequence[float] = (1000, 2000),
) -> pd.DataFrame:
    """The border sets of one corridor: touching, and within each reach of the line.

    Parameters
    ----------
    units : kode, kode_kabkota and polygons in a metric CRS; units of other kabkota are ignored
    pairs : neighbours: kode_a, kode_b, shared_m
    segments : of the lines between kabkota, same CRS: kode_a, kode_b, geometry
    side_a, side_b : kode_kabkota of the two sides
    reach_m : shortest distances of a polygon to the line, in metres

    Returns
    -------
    DataFrame
        kode, kode_kabkota, kode_kabkota_mitra, set (bersentuhan, 1km, 2km), shared_m (with the other side, 0 if not
        touching), distance_m (0 if touching). The sets are nested: a touching unit also has a row in every reach. Empty
        when the sides do not meet.

    Raises
    ------
    ValueError
        The CRS is missing, geographic, or not that of the segments.
    """
    near = members(units, segments, side_a, side_b)
    across = pairs[between(units, pairs, side_a, side_b)]
    shared = pd.concat([across.set_index("kode_a")["shared_m"], across.set_index("kode_b")["shared_m"]])
    near["shared_m"] = near["kode"].map(shared.groupby(level=0).sum()).fillna(0.0)
    touching = near["shared_m"] > 0
    near.loc[touching, "distance_m"] = 0.0
    sets = {TOUCHING: touching}
    sets |= {f"{reach / 1000:g}km": touching | (near["distance_m"] <= reach) for reach in reach_m}
    rows = pd.concat([near[inside].assign(set=name) for name, inside in sets.items()], ignore_index=True)
    rows["kode_kabkota_mitra"] = np.where(rows["kode_kabkota"] == side_a, side_b, side_a)
    rows["kode_kabkota_mitra"] = rows["kode_kabkota_mitra"].astype(str)
    return rows[["kode", "kode_kabkota", "kode_kabkota_mitra", "set", "shared_m", "distance_m"]]


def members(
    units: gpd.GeoDataFrame,
    segments: gpd.GeoDataFrame,
    side_a: str,
    side_b: str,
    samples: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every unit of both sides with its distance to the line between them.

    Parameters
    ----------
    units, segments, side_a, side_b : as for `border_sets`
    samples : sample points kode, x, y in the CRS of `units`; adds the column typical_m

    Returns
    -------
    DataFrame
        kode, kode_kabkota, distance_m (polygon to line, metres) and, with samples, typical_m (median distance of the
        sample points to the line, NaN without a point). Sorted by code; empty when the sides do not meet.
    """
    _check(units)
    if segments.crs != units.crs:
        raise ValueError(f"units are in {units.crs}, segments in {segments.crs}")
    own = units[units["kode_kabkota"].isin([side_a, side_b])].sort_values("kode")
    line = shapely.union_all(segments.geometry.to_numpy()[between(units, segments, side_a, side_b).to_numpy()])
    found = pd.DataFrame(own[["kode", "kode_kabkota"]]).reset_index(drop=True)
    if line.is_empty:
        found = found.iloc[:0]
        return found.assign(distance_m=0.0) if samples is None else found.assign(distance_m=0.0, typical_m=0.0)
    shapely.prepare(line)
    found["distance_m"] = shapely.distance(line, own.geometry.to_numpy())
    if samples is None:
        return found
    inside = samples[samples["kode"].isin(found["kode"])]
    points = shapely.points(inside["x"].to_numpy(float), inside["y"].to_numpy(float))
    to_line = pd.Series(shapely.distance(line, points), index=inside["kode"].to_numpy(dtype=object))
    found["typical_m"] = found["kode"].map(to_line.groupby(level=0).median())
    return found


def corridor_tables(
    units: gpd.GeoDataFrame,
    pairs: pd.DataFrame,
    segments: gpd.GeoDataFrame,
    samples: pd.DataFrame,
    corridors: Mapping[str, tuple[str, str]],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`border_sets` and `members` of several corridors, each row marked with its corridor.

    Parameters
    ----------
    units, pairs, segments, samples : as for `border_sets` and `members`
    corridors : by id, kode_kabkota of both sides

    Returns
    -------
    tuple of DataFrame
        Border sets and members, lengths rounded to centimetres and distances to decimetres.

    Raises
    ------
    ValueError
        Two sides do not touch, or the CRS does not serve.
    """
    sets, everyone = [], []
    for corridor, (side_a, side_b) in corridors.items():
        found = border_sets(units, pairs, segments, side_a, side_b)
        if found.empty:
            raise ValueError(f"corridor {corridor}: {side_a} and {side_b} do not touch")
        sets.append(found.assign(corridor=corridor))
        everyone.append(members(units, segments, side_a, side_b, samples).assign(corridor=corridor))
    first = ["corridor", "kode", "kode_kabkota"]
    borders = pd.concat(sets, ignore_index=True)[[*first, "kode_kabkota_mitra", "set", "shared_m", "distance_m"]]
    near = pd.concat(everyone, ignore_index=True)[[*first, "distance_m", "typical_m"]]
    return borders.round({"shared_m": 2, "distance_m": 1}), near.round({"distance_m": 1, "typical_m": 1})


def _check(units: gpd.GeoDataFrame) -> None:
    if units.crs is None or units.crs.is_geographic:
        raise ValueError("lengths need a metric CRS: reproject first, for example to EPSG:32748")
    if units["kode"].duplicated().any():
        raise ValueError(f"code stands twice: {units['kode'][units['kode'].duplicated()].iloc[0]}")


def _common_boundaries(units: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions of both units, ordered by code, and their common boundary, for all that intersect."""
    _check(units)
    geometry = units.geometry.to_numpy()
    one, other = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    codes = units["kode"].to_numpy(dtype=object)
    ordered = np.fromiter((codes[i] < codes[j] for i, j in zip(one, other, strict=True)), bool, len(one))
    one, other = one[ordered], other[ordered]
    boundary = shapely.boundary(geometry)
    return one, other, shapely.intersection(boundary[one], boundary[other])


def _only_lines(geometry: shapely.Geometry) -> shapely.Geometry:
    """Drop the points at which two boundaries merely meet and join the pieces."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]
    return shapely.line_merge(shapely.multilinestrings(parts)) if parts else shapely.LineString()
