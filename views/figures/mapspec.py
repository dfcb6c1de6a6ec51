"""What a map shows: areas with their classes, points with their signs, and the words around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from views.figures.captions import sides_of
from views.figures.specs import Side
from views.language.names import map_words

if TYPE_CHECKING:
    from views.link.context import Session

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

PLACING_MARGIN: Final = 0.05

Box = tuple[tuple[float, float], tuple[float, float]]

WORDS = (
    "label",  # what the map is, for a screen reader
    "no_data",  # in the tooltip where no value is known
    "zoom_in",
    "zoom_out",
    "home",  # back to the first view
    "hint_wheel",  # how to zoom with the wheel: click first, or hold Ctrl
    "hint_touch",  # two fingers move the map
    "loading",
    "failed",  # the boundaries did not arrive
    "retry",
    "attribution",  # source of the boundaries, and that they are no legal reference
    "placing",  # how to set a place: by click, or with Enter at the cross in the middle
    "outside",  # that place is too far from both sides
    "full",  # fill the screen
    "leave",  # no longer
    "legend",
)


@dataclass(frozen=True)
class Sign:
    """How a kind of facility is drawn. Shapes tell the kinds apart; colour only helps.

    Attributes
    ----------
    shape : a name that tapal.js and `views.paper.maps` know
    glyph : the shape as a letter
    color : of its fill
    """

    shape: str
    glyph: str
    color: str


POINT_SIGNS: Mapping[str, Sign] = {
    "sd": Sign("circle", "●", "#5b3a8c"),
    "smp": Sign("square", "■", "#5b3a8c"),
    "sma": Sign("triangle", "▲", "#5b3a8c"),
    "smk": Sign("triangle_down", "▼", "#5b3a8c"),
    "slb": Sign("pentagon", "⬟", "#5b3a8c"),
    "puskesmas": Sign("plus", "✚", "#b3123f"),
    "rumah_sakit": Sign("hexagon", "⬢", "#b3123f"),
    "klinik": Sign("cross", "✖", "#b3123f"),
    "kantor_kelurahan": Sign("diamond", "◆", "#1f4e5f"),
    "kantor_kecamatan": Sign("diamond_open", "◇", "#1f4e5f"),
    "pasar": Sign("bar", "▬", "#7a4a00"),
    "transit": Sign("pillar", "▮", "#1f4e5f"),
    "pos_damkar": Sign("star", "★", "#b3123f"),
    "tempat_sampah": Sign("hourglass", "⧗", "#7a4a00"),
    "kejadian": Sign("cross", "✖", "#1c2426"),
}


@dataclass(frozen=True)
class Geometry:
    """Where the browser finds the boundaries.

    Attributes
    ----------
    kelurahan, kecamatan : paths below ``static/`` by kabkota
    borders : paths of the lines between two kabkota, by both codes as in ``32.75|32.76``
    around : path of the rough outlines of all kabkota
    bounds : ((south, west), (north, east)) in degrees by kabkota
    """

    kelurahan: Mapping[str, str]
    kecamatan: Mapping[str, str]
    borders: Mapping[str, str]
    around: str
    bounds: Mapping[str, Box]

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Geometry:
        """The shipped ``geometry.json``; bounds are ((south, west), (north, east)) in degrees."""
        return cls(
            kelurahan=dict(manifest["kelurahan"]),
            kecamatan=dict(manifest["kecamatan"]),
            borders=dict(manifest["borders"]),
            around=manifest["around"],
            bounds={kode: ((s, w), (n, e)) for kode, ((s, w), (n, e)) in manifest["bounds"].items()},
        )

    def lines(self, sides: Iterable[str]) -> list[str]:
        """Files of the lines between kabkota."""
        kodes = set(sides)
        return [path for pair, path in self.borders.items() if kodes.issuperset(pair.split("|"))]

    def files(self, sides: Sequence[str], level: str = "kelurahan") -> list[str]:
        """Files without which no map of these kabkota can be painted."""
        fill: Mapping[str, str] = getattr(self, level)
        return [*(fill[side] for side in sides), *self.lines(sides)]


@dataclass(frozen=True)
class MapPoint:
    """A facility: a point where one is known; otherwise the kelurahan or kecamatan that it lies in.

    A place without lon and lat is drawn as the hatched outline of `area_kode`, never as a pin, and its text
    stands in the tooltip of that area. What a scenario changes differs in shape: "baru" has a ring, "pindah" a
    dashed ring, "tutup" is hollow, grey and crossed out.

    Attributes
    ----------
    kind : one of `POINT_SIGNS`
    text : of its tooltip
    lon, lat : in degrees, None where only its area is known
    area_kode : that area
    state : what a scenario makes of it
    """

    kind: str
    text: str
    lon: float | None = None
    lat: float | None = None
    area_kode: str = ""
    state: Literal["", "baru", "tutup", "pindah"] = ""

    def __post_init__(self) -> None:
        if self.kind not in POINT_SIGNS:
            raise ValueError(f"no sign for facility kind {self.kind!r}")
        if (self.lon is None) != (self.lat is None):
            raise ValueError(f"half a position: lon={self.lon}, lat={self.lat}")
        if self.lon is None and not self.area_kode:
            raise ValueError(f"{self.kind} {self.text!r} has neither a point nor an area")


@dataclass(frozen=True)
class MapLegend:
    """The legend that stands in the map itself.

    Attributes
    ----------
    title : what the classes are of
    heads : of the columns after the label, one a side
    rows : colour, "" for no data and "uncertain" for what may meet a standard or miss it; label; one text a head
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class MapSpec:
    """One state of the map. Texts are plain text: nothing in them is taken for HTML.

    Attributes
    ----------
    sides : the kabkota that are filled, outlined in their colours
    level : which polygons carry the fill: the level at which the value is known
    classes : class index by kode of `level`; -1, or no entry, is "belum ada data" and hatched
    labels : value with unit by kode: a line of the tooltip
    colors : fill colour by class
    words : translated texts of the map itself; the keys are `WORDS`
    selected, related : the chosen unit, and those outlined with it: its neighbours across the line
    points : facilities
    layout : both sides in one map, or two linked maps: the first side filled on the left, the second on the right
    near : show the selected unit and its surroundings instead of the whole line
    dark : whether the page has the dark theme
    placing : a click gives a place (longitude, latitude) instead of choosing a unit; the pointer is a cross
    uncertain : units that may meet a standard or miss it: hatched in the colour of their class
    front : units that stand out, with all others faded; () where none does
    legend : drawn in the map, None where it stands elsewhere
    view : latitude, longitude and zoom of the first view, () for the usual one; None where a link does not hold it
    strokes : width in pixels and dashes ("" for none) by class, where the units are lines; () where they are areas
    """

    sides: tuple[Side, ...]
    level: Literal["kelurahan", "kecamatan"]
    classes: Mapping[str, int]
    labels: Mapping[str, str]
    colors: tuple[str, ...]
    words: Mapping[str, str]
    selected: str | None = None
    related: tuple[str, ...] = ()
    points: tuple[MapPoint, ...] = ()
    layout: Literal["bersama", "berdampingan"] = "bersama"
    near: bool = False
    dark: bool = False
    placing: bool = False
    uncertain: tuple[str, ...] = ()
    front: tuple[str, ...] = ()
    legend: MapLegend | None = None
    view: tuple[float, ...] | None = None
    strokes: tuple[tuple[float, str], ...] = ()

    def __post_init__(self) -> None:
        if missing := [word for word in WORDS if word not in self.words]:
            raise ValueError(f"words of the map are missing: {', '.join(missing)}")
        if len(self.colors) > len(_DIGITS):
            raise ValueError(f"{len(self.colors)} classes; at most {len(_DIGITS)} can be drawn")
        if self.strokes and len(self.strokes) != len(self.colors):
            raise ValueError(f"{len(self.strokes)} strokes, but {len(self.colors)} colours")
        used = set(self.classes.values())
        if used and not -1 <= min(used) <= max(used) < len(self.colors):
            raise ValueError(f"classes {min(used)} to {max(used)}, but {len(self.colors)} colours")


def spec_of(
    session: Session,
    classes: Mapping[str, int],
    labels: Mapping[str, str],
    colors: tuple[str, ...],
    level: Literal["kelurahan", "kecamatan"] = "kelurahan",
    **more: Any,
) -> MapSpec:
    """A map of the corridor that the session looks at; `more` are the other fields of `MapSpec`.

    Parameters
    ----------
    session : language, data and border of this run
    classes, labels, colors, level : see `MapSpec`
    """
    sides = sides_of(session.data, session.corridor.sides)
    return MapSpec(
        sides,
        level,
        classes,
        labels,
        colors,
        map_words(session.words, session.data.redrawn(session.corridor.sides)),
        dark=session.dark,
        **more,
    )
