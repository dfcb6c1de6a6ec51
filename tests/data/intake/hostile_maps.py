"""Broken and hostile map files by kind, from a seed."""

import json
import random
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import shapely

NAMES = (
    "Puskesmas Unyur", "", " ", "x" * 500, "<img src=x onerror=alert(1)>", "=cmd|'/C calc'!A0", "\u202eabc", "\x07",
    "' OR 1=1 --", "../../etc/passwd", "3275010101900001", "🏠", "{{7*7}}",
)  # fmt: skip
POINTS: tuple[Any, ...] = (
    [106.15, -6.12], [106.15, -6.12], [106.2, -6.1, 30], [-6.12, 106.15], [0, 0], [200.0, 95.0], [float("inf"), -6.0],
    [], [106.1],
    ["106", "-6"], None, [[106.1, -6.1]], [628000.0, 9323000.0], [1e308, -1e308], [106.15, -6.12] * 40,
)  # fmt: skip
SYSTEMS = ("urn:ogc:def:crs:EPSG::32748", "EPSG:4326", "EPSG:99999", "+proj=longlat +nadgrids=/etc/passwd", "x" * 999)
COORDINATES = ("106.15,-6.12", "106.15,-6.12,0", "-6.12,106.15", "x,y", "", "1e999,0", "nan,nan", "106.15 -6.12")
MARKS = (
    *("<Point><coordinates>{}</coordinates></Point>",) * 4, "",
    "<LineString><coordinates>{} 106.1,-6.1</coordinates></LineString>",
)  # fmt: skip
VRT = (
    b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
    b"</OGRVRTDataSource>"
)
RING = [[106.1, -6.1], [106.2, -6.1], [106.2, -6.2], [106.1, -6.1]]
BOW = [[106.1, -6.1], [106.2, -6.2], [106.2, -6.1], [106.1, -6.2], [106.1, -6.1]]
SHAPES: tuple[Callable[[random.Random], Any], ...] = (
    *(lambda dice: {"type": "Point", "coordinates": dice.choice(POINTS)},) * 6,
    lambda dice: None,
    lambda dice: {"type": "MultiPoint", "coordinates": [[106.15, -6.12]] * dice.randint(0, 3)},
    lambda dice: {"type": "Polygon", "coordinates": [RING[: dice.randint(0, 4)]]},
    lambda dice: {"type": "Polygon", "coordinates": [BOW]},
    lambda dice: {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [106.1, -6.1]}]},
    lambda dice: {"type": dice.choice(["Titik", "point", 7, None]), "coordinates": [106.1, -6.1]},
    lambda dice: {"type": "LineString", "coordinates": RING},
)  # fmt: skip


def damaged(dice: random.Random, content: bytes) -> bytes:
    """The content with bytes changed or cut off."""
    held = bytearray(content)
    for _ in range(dice.randint(1, 30)):
        held[dice.randrange(len(held))] = dice.randrange(256)
    return bytes(held[: dice.randint(1, len(held))] if dice.random() < 0.4 else held)


def geojson(dice: random.Random) -> bytes:
    """Features with any geometry and any properties, or no features at all."""
    features = []
    for _ in range(dice.randint(0, 6)):
        known: Any = {"nama": dice.choice(NAMES), "jenis": dice.choice(["puskesmas", "", "istana"]), "lat": "x"}
        listed = {"type": "Feature", "properties": known, "geometry": dice.choice(SHAPES)(dice)}
        features.append(dice.choice([listed] * 9 + [None, {}, 7]))
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if dice.random() < 0.3:
        whole["crs"] = {"type": "name", "properties": {"name": dice.choice(SYSTEMS)}}
    way = dice.random()
    if way < 0.06:
        return b'{"type": "FeatureCollection", "features": ' + b"[" * dice.choice([100, 200_000])
    if way < 0.12:
        whole["features"] = dice.choice(["x", {}, None, [[[]]]])
    content = json.dumps(whole).encode()
    if way > 0.9:
        content = b"\xef\xbb\xbf" + content
    return damaged(dice, content) if dice.random() < 0.3 else content


def kml(dice: random.Random) -> bytes:
    """Placemarks, folders, links to elsewhere, entities."""
    marks = []
    for _ in range(dice.randint(0, 5)):
        name = dice.choice(NAMES).replace("&", "&amp;").replace("<", "&lt;").replace("\x07", "")
        shape = dice.choice(MARKS).format(dice.choice(COORDINATES))
        marks.append(f"<Placemark><name>{name}</name>{shape}</Placemark>")
    more = dice.choice(
        [""] * 6
        + [
            "<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>",
            "<Folder>" * 60 + "</Folder>" * 60,
            "<GroundOverlay><Icon><href>file:///etc/passwd</href></Icon></GroundOverlay>",
            "<Folder>" * 20_000,
        ]
    )
    head = dice.choice(
        ['<?xml version="1.0" encoding="UTF-8"?>'] * 5
        + ["", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', '<?xml version="1.0" encoding="utf-7"?>']
    )
    content = f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(marks)}{more}</Document></kml>'
    return damaged(dice, content.encode()) if dice.random() < 0.3 else content.encode()


@cache
def bases() -> tuple[list[bytes], list[dict[str, bytes]]]:
    """A few honest GeoPackages and shapefiles, to be broken."""
    packages, shapefiles = [], []
    points = [shapely.Point(106.15, -6.12), shapely.Point(-6.12, 106.15), None]
    for number, (shapes, crs) in enumerate(
        [
            (points, 4326),
            ([shapely.Point(628000, 9323000)] * 3, 32748),
            ([shapely.box(106.1, -6.2, 106.2, -6.1)] * 3, 4326),
        ]
    ):
        frame = gpd.GeoDataFrame({"nama": NAMES[:3], "npsn": ["1", "2", "3"]}, geometry=shapes, crs=crs)
        with TemporaryDirectory() as folder:
            frame.to_file(Path(folder) / "a.gpkg", driver="GPKG", layer=f"l{number}")
            packages.append((Path(folder) / "a.gpkg").read_bytes())
            frame.dropna().to_file(Path(folder) / "a.shp")
            held = {p.suffix: p.read_bytes() for p in Path(folder).iterdir() if p.stem == "a"}
            shapefiles.append({ending: held[ending] for ending in (".shp", ".shx", ".dbf", ".prj", ".cpg")})
    return packages, shapefiles


def gpkg(dice: random.Random) -> bytes:
    """A GeoPackage whose tables lie, with views that never end, or with damaged bytes."""
    number = dice.randrange(3)
    content = bases()[0][number]
    way = dice.random()
    if way < 0.4:
        return damaged(dice, content)
    base = sqlite3.connect(":memory:")
    base.deserialize(content)
    base.create_function("ST_IsEmpty", 1, lambda shape: 0)
    base.create_function("ST_MinX", 1, lambda shape: 0)
    base.create_function("ST_MaxX", 1, lambda shape: 0)
    base.create_function("ST_MinY", 1, lambda shape: 0)
    base.create_function("ST_MaxY", 1, lambda shape: 0)
    layer = f"l{number}"
    ways = [
        f"UPDATE {layer} SET geom = randomblob(60)",
        f"UPDATE {layer} SET geom = 'x', nama = randomblob(2000)",
        "UPDATE gpkg_geometry_columns SET srs_id = 99999",
        "UPDATE gpkg_geometry_columns SET column_name = 'nama'",
        "UPDATE gpkg_contents SET data_type = 'tiles'",
        "DROP TABLE gpkg_contents",
        "DROP TABLE gpkg_spatial_ref_sys",
        f"DROP TABLE {layer}",
        f"DELETE FROM {layer}",
        f"ALTER TABLE {layer} RENAME TO lama; CREATE VIEW {layer} AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom, 'x' AS nama FROM n",
        f"UPDATE {layer} SET geom = substr(geom, 1, 12)",
    ]  # fmt: skip
    try:
        base.executescript(dice.choice(ways))
    except sqlite3.Error:
        return damaged(dice, content)
    return base.serialize()


def zipped(parts: Mapping[str, bytes], base: str = "a", more: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Parts of a shapefile by ending, and other files by name, in a ZIP."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in {base + ending: held for ending, held in parts.items()}.items():
            archive.writestr(name, held)
        for name, held in more.items():
            archive.writestr(name, held)
    return stream.getvalue()


def shapefile(dice: random.Random) -> bytes:
    """A zipped shapefile with parts that are missing, lie, or belong to another kind of file."""
    parts = dict(dice.choice(bases()[1]))
    way = dice.randrange(9)
    if way < 3:
        ending = dice.choice([".shp", ".shx", ".dbf"])
        parts[ending] = damaged(dice, parts[ending])
    elif way == 3:
        parts.pop(dice.choice(list(parts)))
    elif way == 4:
        parts[".prj"] = dice.choice(
            [b"", b"\xff" * 50, b'PROJCS["x"]', b"+proj=tmerc +nadgrids=/etc/passwd", b"EPSG:32748"]
        )
    elif way == 5:
        parts[".shp"] = VRT
    elif way == 6:
        parts[".vrt"] = b"<OGRVRTDataSource/>"
        parts[".cpg"] = dice.choice([b"UTF-8", b"latin9", b"../../etc", b""])
    more = {"b.shp": parts.get(".shp", b"")} if way == 7 else {}
    if way == 8:
        more = {"a.sbn": b" " * dice.choice([100, 90_000_000])}
    content = zipped(parts, dice.choice(["a", "a", "data/a", "../a", "A"]), more)
    return damaged(dice, content) if dice.random() < 0.15 else content


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "geojson": geojson,
    "kml": kml,
    "gpkg": gpkg,
    "shapefile": shapefile,
}


def files(kind: str, count: int) -> Iterator[bytes]:
    """So many files of a kind, the same each time."""
    for number in range(count):
        yield KINDS[kind](random.Random(f"{kind} {number}"))
