"""Files of places or areas on a map (GeoJSON, GeoPackage, KML, zipped shapefile) to rows, read in a child process.

GDAL reads them with four drivers and no other, so that no file can name another file or a server. The child is bounded
in memory and time; nothing is written to the disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.intake.cells import Cell
from data.intake.features import features_in
from data.intake.guards import GuardError, run
from data.intake.layouts import FACILITY, heading_key
from data.intake.problems import FileError, Problem
from data.intake.workbook import MEGABYTES, SECONDS, Book, Sheet

LAT, LON = "lintang", "bujur"
_KML_ONLY = frozenset(
    ("id", "timestamp", "begin", "end", "altitudemode", "tessellate", "extrude", "visibility", "draworder", "icon")
)
"""What GDAL adds to every placemark."""
_OWN_COORDINATES = frozenset(heading_key(v) for name in ("lat", "lon") for v in FACILITY[name])


@dataclass(frozen=True)
class GeoBook(Book):
    """A file of features: each is a row under one heading, so that feature 1 is row 2.

    Attributes
    ----------
    wrong : by sheet and row, what is wrong with the geometry of a feature of a list of places
    areas : by sheet and row, WKB (EPSG:4326) of a feature that is an area, or what is wrong with it
    points : whether any feature is a point
    """

    wrong: Mapping[tuple[str, int], Problem] = field(default_factory=dict)
    areas: Mapping[tuple[str, int], bytes | Problem] = field(default_factory=dict)
    points: bool = False

    @property
    def only_areas(self) -> bool:
        """Whether its features are areas, and none a point."""
        return bool(self.areas) and not self.points


def read_features(content: bytes, kind: str) -> GeoBook:
    """The features of all layers; points become the columns `LAT` and `LON`.

    Parameters
    ----------
    content : bytes
    kind : {"geojson", "gpkg", "kml", "shapefile"}

    Raises
    ------
    FileError
    """
    try:
        layers = run(MEGABYTES, SECONDS, features_in, content, kind)
    except GuardError as error:
        raise FileError(Problem({"busy": "busy"}.get(error.reason, "heavy"))) from error
    return GeoBook(
        kind,
        tuple(Sheet(name, _with_point(rows, kind)) for name, rows, _, _ in layers),
        wrong={(name, row): problem for name, _, wrong, _ in layers for row, problem in wrong.items()},
        areas={(name, row): area for name, _, _, areas in layers for row, area in areas.items()},
        points=any(row[-1] != "" for _, rows, _, _ in layers for row in rows[1:]),
    )


def _with_point(rows: list[list[Cell]], kind: str) -> list[list[Cell]]:
    """The rows without coordinates of their own: the geometry tells where a feature is."""
    left_out = _OWN_COORDINATES | _KML_ONLY if kind == "kml" else _OWN_COORDINATES
    kept = [at for at, label in enumerate(rows[0][:-2]) if heading_key(str(label)) not in left_out]
    heads: list[Cell] = [*(rows[0][at] for at in kept), LAT, LON]
    return [heads, *([*(row[at] for at in kept), *row[-2:]] for row in rows[1:])]
