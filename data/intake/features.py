"""Features of a map file to plain rows: what runs in the child process, with few imports, for its memory is bounded."""

from __future__ import annotations

import os
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from data.intake.cells import Cell, point_of
from data.intake.packages import Bounds, PackageError, stream_parts
from data.intake.problems import CellError, FileError, Problem
from data.text import cleaned

MOST_FEATURES, MOST_COLUMNS, MOST_LAYERS, MOST_VERTICES, DEEPEST = 60_000, 200, 20, 400_000, 40
LONGEST_TEXT = 1_000
BOUNDS = Bounds(unpacked=60_000_000, part=50_000_000, ratio=150)
SKIPPED = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,FlatGeobuf,GDALG,"
    "GML,GPSBabel,GPX,GTFS,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,LVBAG,MBTiles,MVT,MapInfo File,MapML,"
    "MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,"
    "S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,WAsP,WFS,XLSX,MEM,VRT"
)
"""Every other driver that GDAL brings; it leaves them out where this stands in its environment before it starts."""
_DEGREES = frozenset({"EPSG:4326", "OGC:CRS84"})
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_OTHERS = re.compile(rb"<(?:\w+:)?(?:NetworkLink|networklink)\b|<!DOCTYPE|<!ENTITY", re.IGNORECASE)

MOST_MENDED = 1e-10
"""Square degrees that a fold in an outline may hold, about a square metre."""
MOST_CORNERS = 100_000
"""Corners of all areas of a file: the 326 desa of the largest kabkota have 40,000."""
Layer = tuple[str, list[list[Cell]], dict[int, Problem], dict[int, "bytes | Problem"]]


def features_in(content: bytes, kind: str) -> list[Layer]:
    """Name, rows under their headings (lat and lon last), what is wrong by row, and areas by row, of each layer.

    To a list of places an area is wrong; as an area it is its WKB (EPSG:4326) or what is wrong with it.

    Parameters
    ----------
    content : bytes
    kind : {"geojson", "gpkg", "kml", "shapefile"}

    Raises
    ------
    FileError
    """
    # Before GDAL starts. What it does not need would fill the memory of the child.
    os.environ |= {"GDAL_SKIP": SKIPPED, "OGR_SKIP": SKIPPED, "PROJ_NETWORK": "OFF", "CPL_DEBUG": "OFF"}
    for name in ("pandas", "geopandas", "pyarrow"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    from pyogrio import raw
    from pyogrio.core import list_layers

    if kind == "shapefile":
        content = _only_one(content)
    elif kind == "geojson":
        _not_deep(content)
    elif kind == "kml" and _OTHERS.search(content):
        raise FileError(Problem("geo_elsewhere"))
    layers: list[Layer] = []
    count = 0
    try:
        found = list_layers(content)
        # A layer without a name of its own gets a random one.
        named = [(at, "" if str(n).startswith("pyogrio_") else cleaned(str(n))) for at, (n, s) in enumerate(found) if s]
        if len(named) > MOST_LAYERS:
            raise FileError(Problem("geo_heavy"))
        for at, name in named:
            meta, _, shapes, columns = raw.read(
                content, layer=at, force_2d=True, max_features=MOST_FEATURES + 1, datetime_as_string=True
            )
            count += len(shapes)
            if count > MOST_FEATURES or len(columns) > MOST_COLUMNS:
                raise FileError(Problem("geo_heavy", name))
            if len(shapes):
                layers.append(_layer(name, meta, shapes, columns))
    except (FileError, MemoryError):
        raise
    except Exception as error:
        raise FileError(Problem("damaged")) from error
    if not layers:
        raise FileError(Problem("empty"))
    return layers


def _only_one(content: bytes) -> bytes:
    """The parts of the one shapefile of a ZIP, in a ZIP that holds nothing else.

    Raises
    ------
    FileError
    """
    parts: dict[str, bytes] = {}
    bases = set()
    try:
        for name, stream in stream_parts(content, BOUNDS):
            base, dot, ending = name.rpartition(".")
            held = b"".join(stream)
            if (dot + ending).lower() in _PARTS and "__MACOSX" not in name:
                parts[(dot + ending).lower()] = held
                bases.add(base.rpartition("/")[2].lower() if ending.lower() == "shp" else "")
    except PackageError as error:
        raise FileError(Problem({"bentuk": "damaged"}.get(error.code, "heavy"))) from error
    if len(bases - {""}) > 1:
        raise FileError(Problem("geo_several"))
    if {".shp", ".dbf", ".shx"} - set(parts):
        raise FileError(Problem("geo_parts", detail=", ".join(sorted({".shp", ".dbf", ".shx"} - set(parts)))))
    if not parts[".shp"].startswith(b"\0\0\x27\x0a"):
        raise FileError(Problem("damaged"))
    stream_out = BytesIO()
    with zipfile.ZipFile(stream_out, "w") as archive:
        for ending, held in parts.items():
            archive.writestr(f"lapisan{ending}", held)
    return stream_out.getvalue()


def _not_deep(content: bytes) -> None:
    """Refuse JSON whose brackets lie too deep in one another.

    Raises
    ------
    FileError
    """
    depth = deepest = 0
    for mark in re.findall(rb"[\[\]{}]", _STRINGS.sub(b"", content)):
        depth += 1 if mark in b"[{" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise FileError(Problem("geo_heavy"))


def _layer(name: str, meta: Mapping[str, Any], shapes: Any, columns: Sequence[Any]) -> Layer:
    """One layer as a sheet."""
    import numpy as np
    import shapely

    geometry = shapely.from_wkb(shapes, on_invalid="ignore")
    if int(shapely.get_num_coordinates(geometry).sum()) > MOST_VERTICES:
        raise FileError(Problem("geo_heavy", name))
    geometry = _in_degrees(name, meta.get("crs"), geometry)
    fields = [cleaned(str(label)) for label in meta["fields"]]
    single = np.where(
        (shapely.get_type_id(geometry) == 4) & (shapely.get_num_geometries(geometry) == 1),
        shapely.get_geometry(geometry, 0),
        geometry,
    )
    kinds, empty = shapely.get_type_id(single), shapely.is_missing(single) | shapely.is_empty(single)
    x, y = shapely.get_x(single), shapely.get_y(single)
    rows: list[list[Cell]] = [[*fields, "lat", "lon"]]
    areas: dict[int, bytes | Problem] = {}
    corners = int(shapely.get_num_coordinates(geometry[np.isin(shapely.get_type_id(geometry), (3, 6))]).sum())
    wrong: dict[int, Problem] = {}
    # A geometry that could not be read is not one that is not there.
    unread = np.array([shape is not None for shape in shapes]) & shapely.is_missing(geometry)
    for at in range(len(single)):
        number, point = at + 2, ("", "")
        if unread[at]:
            wrong[number] = Problem("geometry_unread", name, number, "geometri")
        elif kinds[at] == 0 and not empty[at] and np.isfinite([x[at], y[at]]).all():
            point = (f"{y[at]:.7f}", f"{x[at]:.7f}")
        elif not empty[at]:
            told = "point" if kinds[at] == 0 else "geometry_kind"
            wrong[number] = Problem(told, name, number, "geometri", str(single[at])[:80])
            if kinds[at] in (3, 6):
                few = corners <= MOST_CORNERS
                heavy = Problem("area_heavy", name, number, "geometri")
                areas[number] = _area(name, number, single[at]) if few else heavy
        rows.append([*(_cell(columns[column][at]) for column in range(len(fields))), *point])
    return name, rows, wrong, areas


def _area(name: str, number: int, shape: Any) -> bytes | Problem:
    """An area in degrees on the grid of the layer, or what is wrong with it."""
    import numpy as np
    import shapely

    from geo.faces import on_grid

    def wrong(code: str, value: str = "") -> Problem:
        return Problem(code, name, number, "geometri", value)

    corners = shapely.get_coordinates(shape)
    if not np.isfinite(corners).all():
        return wrong("area_infinite")
    try:
        for lon, lat in ((corners[:, 0].min(), corners[:, 1].min()), (corners[:, 0].max(), corners[:, 1].max())):
            point_of(float(lat), float(lon))
    except CellError as error:
        return wrong(error.code, f"{lat:.5f}, {lon:.5f}")
    # A fold narrower than the grid, as programs for maps leave it, is mended; one that matters is refused.
    mended = shape if shapely.is_valid(shape) else shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if abs(shapely.area(mended) - shapely.area(shape)) > MOST_MENDED:
        # GEOS says where: "Self-intersection[106.1 -6.2]".
        reason, _, where = str(shapely.is_valid_reason(shape)).partition("[")
        crossed = "ntersection" in reason
        return wrong("area_crossed" if crossed else "area_invalid", where.rstrip("]").replace(" ", ", "))
    plain = on_grid(mended)
    if shapely.is_empty(plain):
        return wrong("area_empty")
    found: bytes = shapely.to_wkb(plain)
    return found


def _in_degrees(name: str, crs: object, geometry: Any) -> Any:
    """Coordinates in EPSG:4326, from the system that the file declares."""
    import numpy as np
    import shapely

    if not crs:
        bounds = shapely.total_bounds(geometry)
        if np.isfinite(bounds).all() and (np.abs(bounds) > 360).any():
            raise FileError(Problem("crs_missing", name))
        return geometry
    if crs in _DEGREES:
        return geometry
    import pyproj

    try:
        known = pyproj.CRS.from_user_input(crs).to_epsg(min_confidence=70)
        if known is None:
            raise FileError(Problem("crs_unknown", name))
        change = pyproj.Transformer.from_crs(known, 4326, always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise FileError(Problem("crs_unknown", name)) from error
    return shapely.transform(geometry, lambda xy: np.column_stack(change.transform(xy[:, 0], xy[:, 1])))


def _cell(value: Any) -> Cell:
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return cleaned(value)[:LONGEST_TEXT]
    if isinstance(value, bytes):
        return ""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool):
        return plain
    return float(plain) if isinstance(plain, int | float) else cleaned(str(plain))[:LONGEST_TEXT]
