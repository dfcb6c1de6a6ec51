"""Some polygons of a coverage drawn anew: who gets which land, so that there are no gaps and no overlaps again.

Lines between units of one region follow what was drawn. The outline of the region stays: a line that two regions share
is never moved by one of them. What a drawing takes or leaves beyond a narrow strip is named, not decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.faces import STEP, faces, on_grid
from geo.projection import METRIC

NARROW_M = 50.0
"""A strip nowhere wider is a difference of drawing. The lines of the layer are simplified to 11 m; two surveys of one
line differ by their own errors besides."""
KINDS = ("moved", "taken", "left", "double", "across", "retreat", "outside", "open")
PIECES = ("kind", "old", "new", "km2", "width_m", "wide")


@dataclass(frozen=True)
class Redrawn:
    """What a drawing makes of a coverage.

    Attributes
    ----------
    geometry : new polygons by kode (EPSG:4326) of all units that change, also of those that only get corners
    reshaped : kode of the units whose land changes
    pieces : DataFrame of `PIECES`, a row for each kind and pair of units: kind, old (kode of who has the land today, ""
        for nobody), new (who gets it, or drew it), km2, width_m (of its widest place) and wide (no narrow strip).
        Kinds: moved from one drawn unit to another; taken from a unit that was not drawn; left to one; double, drawn
        twice, stays; across the outline into another region, stays; retreat, left at the line with another region,
        stays; outside all units, not taken; open, left where nobody is known beyond, stays
    agree : by drawn kode, the land that is in both the old and the new polygon, as a share of the larger one (0 to 1)
    """

    geometry: gpd.GeoSeries
    reshaped: tuple[str, ...]
    pieces: pd.DataFrame
    agree: Mapping[str, float]


def redraw(
    units: gpd.GeoDataFrame,
    drawn: Mapping[str, shapely.Geometry],
    narrow_m: float = NARROW_M,
    divide: Callable[[Sequence[shapely.Geometry]], np.ndarray] = faces,
) -> Redrawn:
    """Put newly drawn polygons of units of one region in the place of the old ones.

    Parameters
    ----------
    units : kode, kode_kabkota (the region) and polygons of a coverage in EPSG:4326, corners on the grid of `STEP`
    drawn : new polygon by kode, all of one region, each over a good part of its old one
    narrow_m : a strip nowhere wider is a difference of drawing
    divide : cuts lines into areas, as `geo.faces.faces`; of hostile drawings in a child process

    Raises
    ------
    ValueError
        The drawing is of several regions, or leaves a unit without land.

    Examples
    --------
    >>> box = shapely.box
    >>> units = gpd.GeoDataFrame(
    ...     {"kode": ["a1", "a2", "b1"], "kode_kabkota": ["a", "a", "b"]},
    ...     geometry=[box(0, 0, 0.01, 0.01), box(0.01, 0, 0.02, 0.01), box(0.02, 0, 0.03, 0.01)], crs=4326,
    ... )
    >>> found = redraw(units, {"a2": box(0.009, 0, 0.021, 0.01)})
    >>> found.pieces[["kind", "old", "new"]].to_numpy().tolist()
    [['taken', 'a1', 'a2'], ['across', 'b1', 'a2']]
    >>> found.geometry["a2"].equals(box(0.009, 0, 0.02, 0.01)), found.reshaped
    (True, ('a1', 'a2'))
    """
    region = dict(zip(units["kode"], units["kode_kabkota"], strict=True))
    regions = {region[kode] for kode in drawn}
    if len(regions) != 1:
        raise ValueError(f"a drawing of {len(regions)} regions")
    [own] = regions
    new = {kode: on_grid(polygon) for kode, polygon in sorted(drawn.items())}
    near = _near(units, new)
    old = dict(zip(near["kode"], near.geometry, strict=True))
    parts = divide([*shapely.boundary([*old.values(), *new.values()]), *_cuts(old, new)])
    points = shapely.point_on_surface(parts)
    holders = [next(iter(found), "") for found in _inside(points, old)]
    drawers = _inside(points, new)
    owners: list[str] = []
    kinds: list[str] = []
    for holder, claims in zip(holders, drawers, strict=True):
        owner, kind = _owner(holder, claims, own, region, new)
        owners.append(owner)
        kinds.append(kind)
    _fill_gaps(parts, holders, owners, kinds, new, own, region)
    geometry = _joined(parts, owners, old)
    if missing := {kode for kode in old if region[kode] == own} - set(owners):
        raise ValueError(f"nothing is left of {min(missing)}")
    pieces = _pieces(parts, holders, owners, drawers, kinds, narrow_m)
    gave = {(h, o) for h, o in zip(holders, owners, strict=True) if h and h != o}
    reshaped = tuple(sorted({kode for both in gave for kode in both if kode}))
    changed = {
        kode: polygon for kode, polygon in geometry.items() if kode in reshaped or _has_new_corner(polygon, old[kode])
    }
    agree = _agreement(parts, holders, drawers, old, new)
    return Redrawn(
        gpd.GeoSeries(pd.Series(changed, dtype=object), crs=units.crs),
        reshaped,
        pieces,
        agree,
    )


def _near(units: gpd.GeoDataFrame, new: Mapping[str, shapely.Geometry]) -> gpd.GeoDataFrame:
    """The drawn units, what a drawing touches, and the neighbours of all these, which share their corners."""
    polygons = units.geometry.to_numpy()
    tree = shapely.STRtree(polygons)
    at = np.flatnonzero(units["kode"].isin(list(new)))
    touched = np.union1d(at, np.unique(tree.query(list(new.values()), predicate="intersects")[1]))
    around = np.unique(tree.query(polygons[touched], predicate="intersects")[1])
    return units.iloc[np.union1d(touched, around)]


def _cuts(old: Mapping[str, shapely.Geometry], new: Mapping[str, shapely.Geometry]) -> list[shapely.Geometry]:
    """From each corner where old neighbours change to the new line, so that what is left falls into a part for each."""
    network = shapely.line_merge(shapely.union_all(shapely.boundary(list(old.values()))))
    lines = shapely.get_parts(network)
    ends = np.unique(shapely.get_coordinates([*shapely.get_point(lines, 0), *shapely.get_point(lines, -1)]), axis=0)
    corners = np.asarray(shapely.points(ends), dtype=object)
    found: list[shapely.Geometry] = []
    for kode, polygon in new.items():
        own = corners[shapely.intersects(corners, shapely.boundary(old[kode]))]
        cuts = shapely.shortest_line(own, shapely.boundary(polygon))
        found += list(cuts[shapely.length(cuts) > STEP])
    return found


def _inside(points: np.ndarray, polygons: Mapping[str, shapely.Geometry]) -> list[list[str]]:
    """Which polygons each point lies in, in order of their codes."""
    codes = sorted(polygons)
    found: list[list[str]] = [[] for _ in points]
    point, polygon = shapely.STRtree([polygons[kode] for kode in codes]).query(points, predicate="intersects")
    for n, m in sorted(zip(point, polygon, strict=True)):
        found[n].append(codes[m])
    return found


def _owner(
    holder: str, claims: Sequence[str], own: str, region: Mapping[str, str], new: Mapping[str, Any]
) -> tuple[str, str]:
    """Who gets a face, and which kind of piece it is ("" where nothing changes, gap where nobody has drawn it)."""
    if not holder:
        return "", "outside" if claims else ""
    if region[holder] != own:
        return holder, "across" if claims else ""
    if not claims:
        return ("", "gap") if holder in new else (holder, "")
    if len(claims) > 1:
        return holder if holder in claims else claims[0], "double"
    if holder not in new:
        return claims[0], "taken"
    return claims[0], "" if claims[0] == holder else "moved"


def _agreement(
    faces: np.ndarray,
    holders: Sequence[str],
    drawers: Sequence[Sequence[str]],
    old: Mapping[str, shapely.Geometry],
    new: Mapping[str, shapely.Geometry],
) -> dict[str, float]:
    both = dict.fromkeys(new, 0.0)
    for area, holder, claims in zip(shapely.area(faces), holders, drawers, strict=True):
        if holder in claims:
            both[holder] += float(area)
    return {kode: both[kode] / max(shapely.area(old[kode]), shapely.area(new[kode])) for kode in new}


def _fill_gaps(
    faces: np.ndarray,
    holders: Sequence[str],
    owners: list[str],
    kinds: list[str],
    new: Mapping[str, Any],
    own: str,
    region: Mapping[str, str],
) -> None:
    """Give what a drawing leaves to the neighbour that was not drawn, else to who has drawn beside it."""
    gaps = np.flatnonzero([kind == "gap" for kind in kinds])
    at, other = shapely.STRtree(faces).query(faces[gaps], predicate="intersects")
    at = gaps[at]
    along = shapely.length(shapely.intersection(shapely.boundary(faces[at]), shapely.boundary(faces[other])))
    beside: dict[int, list[tuple[str, float]]] = {int(gap): [] for gap in gaps}
    for gap, face, metres in zip(at, other, along, strict=True):
        if metres > 0 and gap != face and kinds[face] != "gap":
            beside[int(gap)].append((owners[face], float(metres)))
    for gap, found in beside.items():
        holder = holders[gap]
        lengths: dict[str, float] = defaultdict(float)
        for kode, metres in found:
            lengths["" if not kode else kode if region[kode] == own else "abroad"] += metres
        lengths[""] += max(float(shapely.length(faces[gap])) - sum(lengths.values()), 0.0)
        outline, nobody = lengths.pop("abroad", 0.0), lengths.pop("")
        # Between a drawn line and the old one of a neighbour, the drawn line is the new one of both.
        others = {kode: metres for kode, metres in lengths.items() if kode not in new}
        most = max(others.values(), default=0.0)
        drawn = max((metres for kode, metres in lengths.items() if kode in new and kode != holder), default=0.0)
        if most and most >= max(outline, nobody, drawn):
            owners[gap], kinds[gap] = min(kode for kode in others if others[kode] == most), "left"
        elif max(outline, nobody) > drawn:
            owners[gap], kinds[gap] = holder, "retreat" if outline >= nobody else "open"
        else:
            longest = max(lengths, key=lambda kode: (lengths[kode], kode == holder, kode), default=holder)
            owners[gap], kinds[gap] = longest, "left"


def _joined(
    faces: np.ndarray, owners: Sequence[str], old: Mapping[str, shapely.Geometry]
) -> dict[str, shapely.Geometry]:
    of = pd.Series(range(len(faces))).groupby(np.array(owners, dtype=object))
    joined = {str(kode): shapely.coverage_union_all(faces[at.to_numpy()]) for kode, at in of}
    return {kode: _kind_of(polygon) for kode, polygon in joined.items() if kode in old}


def _kind_of(polygon: shapely.Geometry) -> shapely.Geometry:
    """A polygon where one will do: unions come as collections of one part."""
    parts = shapely.get_parts(polygon)
    return parts[0] if len(parts) == 1 else shapely.multipolygons(list(parts))


def _has_new_corner(new: shapely.Geometry, old: shapely.Geometry) -> bool:
    known = set(map(tuple, shapely.get_coordinates(old).tolist()))
    return not known.issuperset(map(tuple, shapely.get_coordinates(new).tolist()))


def _pieces(
    faces: np.ndarray,
    holders: Sequence[str],
    owners: Sequence[str],
    drawers: Sequence[Sequence[str]],
    kinds: Sequence[str],
    narrow_m: float,
) -> pd.DataFrame:
    """The area and width of the land of each kind and pair of units."""
    rows: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, kind in enumerate(kinds):
        if kind in ("across", "outside"):
            rows[kind, holders[at], drawers[at][0]].append(at)
        elif kind == "double":
            rows[kind, drawers[at][0], drawers[at][1]].append(at)
        elif kind:
            rows[kind, holders[at], owners[at]].append(at)
    order = sorted(rows, key=lambda key: (KINDS.index(key[0]), *key[1:]))
    land = [shapely.union_all(faces[rows[key]], grid_size=STEP) for key in order]
    frame = pd.DataFrame(order, columns=["kind", "old", "new"])
    metric = gpd.GeoSeries(land, crs=4326).to_crs(METRIC)
    width = [width_of(shape, narrow_m) for shape in metric]
    frame = frame.assign(km2=metric.area / 1e6, width_m=width, wide=[metres > narrow_m for metres in width])
    # What rounding to the grid makes is nothing that anybody drew.
    return frame[frame["width_m"] > 1.0].reset_index(drop=True)[list(PIECES)]


def width_of(land: shapely.Geometry, narrow_m: float = NARROW_M) -> float:
    """Metres across the widest place of a land in a metric CRS: the largest circle in it.

    Parameters
    ----------
    land : polygons in metres
    narrow_m : as of `redraw`; parts that are much narrower are only told to be so, by their mean width

    Examples
    --------
    >>> width_of(shapely.box(0, 0, 300, 80)), width_of(shapely.box(0, 0, 300, 6))
    (80.0, 6.0)
    """
    parts = shapely.get_parts(land)
    parts = parts[(shapely.get_dimensions(parts) == 2) & (shapely.area(parts) > 0)]
    if not len(parts):
        return 0.0
    # Twice the area by the outline is the mean width of a long strip, never more than its widest place.
    mean = 2 * shapely.area(parts) / shapely.length(parts)
    hopeful = parts[np.argsort(-mean)][:200]
    circles = shapely.maximum_inscribed_circle(hopeful, tolerance=max(narrow_m / 100, 0.1))
    return float(np.round(2 * shapely.length(circles).max(), 1))
