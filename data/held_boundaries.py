"""Boundaries that somebody brings, held against those that are shown: what changes, and what must not be."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.boundaries import ALIKE, REFUSED, area_km2, drawn, reshaped
from data.intake.boundaries import Area
from data.intake.guards import GuardError, run
from data.intake.problems import FileError, Problem
from data.intake.workbook import MEGABYTES, SECONDS
from data.tables import Dataset
from geo.faces import faces
from geo.redraw import PIECES, Redrawn

GEOMETRY = "geometri"


@dataclass(frozen=True, eq=False)
class Held:
    """New boundaries beside the known ones.

    Attributes
    ----------
    polygons : of the drawn kelurahan by kode, EPSG:4326
    km2 : their areas in the file
    now : the data with these boundaries; distances are not measured
    changed : kode of the kelurahan whose land changes
    pieces : as of `geo.redraw.Redrawn`, of all kabkota of the file
    before, after : polygons by kode of `changed`, EPSG:4326
    got, gave : land by kode that each of these gets and gives
    places : places of today with a point on land that changes hands: kind, name, kode
    """

    polygons: Mapping[str, shapely.Geometry]
    km2: Mapping[str, float]
    now: Dataset
    changed: tuple[str, ...]
    pieces: pd.DataFrame
    before: gpd.GeoSeries
    after: gpd.GeoSeries
    got: gpd.GeoSeries
    gave: gpd.GeoSeries
    places: pd.DataFrame


def in_a_child(lines: Sequence[shapely.Geometry]) -> np.ndarray:
    """Areas that lines of a file enclose, cut within the bounds of a child process.

    Raises
    ------
    FileError
        They are too tangled.
    """
    try:
        return run(MEGABYTES, SECONDS, faces, list(lines))
    except GuardError as error:
        raise FileError(Problem("busy" if error.reason == "busy" else "area_tangled")) from error
    except shapely.errors.GEOSException as error:
        raise FileError(Problem("area_tangled")) from error


def held(data: Dataset, read: Sequence[Area], refused: Collection[str] = ()) -> tuple[Held, list[Problem]]:
    """Hold the areas of a file against what is shown; what must not be is a problem of its feature.

    Parameters
    ----------
    data : what is shown
    read : areas with kode and polygon
    refused : kode that the file names and whose areas are refused: nobody is told to draw them as well

    Raises
    ------
    FileError
        The lines are too tangled to be held against each other.
    """
    problems: list[Problem] = []
    now, pieces = data, [pd.DataFrame(columns=list(PIECES))]
    polygons: dict[str, shapely.Geometry] = {row.kode: row.polygon for row in read if row.polygon is not None}
    of = {row.kode: row for row in read}
    changed: list[str] = []
    for kabkota in sorted({kode[:5] for kode in polygons}):
        own = {kode: polygon for kode, polygon in polygons.items() if kode[:5] == kabkota}
        problem, found = _drawn(data, own, of, refused)
        problems += problem
        if found is None:
            continue
        pieces.append(found.pieces)
        if len(found.geometry):
            now = reshaped(now, found)
        changed += found.reshaped
    all_pieces = pd.concat([p for p in pieces if len(p)] or pieces, ignore_index=True)
    then, after = (d.land.kelurahan.set_index("kode").geometry.reindex(sorted(changed)) for d in (data, now))
    ends = then.to_numpy(), after.to_numpy()
    got, gave = (
        gpd.GeoSeries(shapely.difference(one, other), then.index, crs=then.crs)
        for one, other in ((ends[1], ends[0]), (ends[0], ends[1]))
    )
    km2 = {kode: area_km2(polygon) for kode, polygon in polygons.items()}
    places = _leaving(data, then, after)
    return Held(polygons, km2, now, tuple(changed), all_pieces, then, after, got, gave, places), problems


def _drawn(
    data: Dataset, own: Mapping[str, shapely.Geometry], of: Mapping[str, Area], refused: Collection[str]
) -> tuple[list[Problem], Redrawn | None]:
    """The drawing of one kabkota, and what is wrong with it."""
    old = data.land.kelurahan.set_index("kode").geometry

    def problem(code: str, kode: str, detail: str = "", value: str = "") -> Problem:
        return Problem(code, of[kode].sheet, of[kode].number, GEOMETRY, value, detail)

    apart = [kode for kode, polygon in own.items() if not shapely.intersects(polygon, old[kode])]
    if apart:
        return [problem("area_elsewhere", kode, "0", str(data.kelurahan.at[kode, "nama"])) for kode in apart], None
    try:
        found = drawn(data, own, in_a_child)
    except FileError:
        raise
    except ValueError as error:
        kode = f"{error}".rpartition(" ")[2]
        first = kode if kode in of else next(iter(own))
        return [problem("area_nothing", first, value=_name(data, kode))], None
    problems = [
        problem("area_elsewhere", kode, f"{share:.2f}", str(data.kelurahan.at[kode, "nama"]))
        for kode, share in found.agree.items()
        if share < ALIKE
    ]
    wide = found.pieces[found.pieces["wide"] & found.pieces["kind"].isin(list(REFUSED))]
    # The line to the other government is told first.
    order = wide["kind"].isin(["across", "retreat"])
    wide = pd.concat([wide[order], wide[~order]])
    for kind, holder, new, km2, width, _ in wide[list(PIECES)].itertuples(index=False, name=None):
        at = new if new in own else holder
        if found.agree[at] < ALIKE:
            continue
        code = f"area_{kind}" if kind != "left" or new not in own else "area_undrawn"
        other = holder if kind in ("taken", "across") else new
        if other in refused:
            continue
        beside = _beside(data, holder) if kind == "retreat" else _name(data, other)
        if kind == "double":
            at, beside = holder, _name(data, new)
        problems.append(problem(code, at, f"{km2:.3f}|{beside}|{width:.0f}", _name(data, at)))
    return problems, found


def _name(data: Dataset, kode: str) -> str:
    if kode not in data.kelurahan.index:
        return data.kabkota_names.get(kode, kode)
    return f"{data.names('kelurahan')[kode]} ({data.kabkota_names[kode[:5]]})"


def _beside(data: Dataset, kode: str) -> str:
    """The kabkota with which a kelurahan shares a line."""
    pairs = data.pairs
    ends = (("a", "b"), ("b", "a"))
    found = [pairs.loc[pairs[f"kode_{one}"].eq(kode), f"kode_kabkota_{other}"] for one, other in ends]
    names = sorted({data.kabkota_names[k] for k in pd.concat(found) if k != kode[:5]})
    return ", ".join(names)


def _leaving(data: Dataset, then: gpd.GeoSeries, after: gpd.GeoSeries) -> pd.DataFrame:
    """Places whose point lies in the old polygon of their kelurahan and not in the new one."""
    places = data.facilities[data.facilities["kode"].isin(then.index) & data.facilities["lon"].notna()]
    points = shapely.points(places["lon"].to_numpy(float), places["lat"].to_numpy(float))
    was, still = (shapely.intersects(shapes.reindex(places["kode"]).to_numpy(), points) for shapes in (then, after))
    return places.loc[was & ~still, ["kind", "name", "kode"]]


def areas_of(rows: Sequence[Sequence[Any]]) -> list[Area]:
    """Stored rows of boundaries (kode, polygon as WKT) as the areas of a file; the row is its place in the list."""
    shapes = shapely.from_wkt([str(row[1]) for row in rows])
    return [
        Area("", at, "read", str(row[0]), shape) for at, (row, shape) in enumerate(zip(rows, shapes, strict=True), 2)
    ]


def rows_of(found: Held, kabkota: str) -> list[tuple[str, str]]:
    """The boundaries of one kabkota as they are stored: kode and polygon as WKT."""
    return [
        (kode, shapely.to_wkt(polygon, rounding_precision=6))
        for kode, polygon in found.polygons.items()
        if kode[:5] == kabkota
    ]


def template(data: Dataset, kabkota: str) -> bytes:
    """The boundaries of a kabkota as they are shown, to be edited in a program for maps: GeoJSON with kode and names.

    Parameters
    ----------
    data : with all versions of now
    kabkota : its code
    """
    own = data.land.kelurahan
    own = own[own["kode_kabkota"].eq(kabkota)]
    names = own[["kode", "nama", "kecamatan", "kabkota"]].rename(columns={"kabkota": "kabupaten/kota"})
    features = [
        {"type": "Feature", "properties": known, "geometry": json.loads(shape)}
        for known, shape in zip(names.to_dict("records"), shapely.to_geojson(own.geometry.to_numpy()), strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
