"""What a picture holds: values, finished texts and codes of sides, in one language.

Whoever draws it chooses only size, theme and place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from geo.outlines import Ring
from views.language.words import Language


@dataclass(frozen=True)
class Entry:
    """A row of a legend: colour (None where hatched: belum ada data), what it means, and a count a head.

    sign : kind and state of a `Spot` where the row explains a sign instead of a colour
    """

    color: str | None
    label: str
    counts: tuple[str, ...] = ()
    sign: tuple[str, str] | None = None


@dataclass(frozen=True)
class Legend:
    """What colours mean; heads name the counts of the entries."""

    heads: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What every picture carries.

    year : year or span of the values; source : short names of the sources; note : what one must know to read it;
    alt : the picture in words, for who cannot see it; language : of its texts and numbers
    """

    title: str
    unit: str
    year: str
    source: str
    note: str
    alt: str
    language: Language
    legend: Legend = Legend()


@dataclass(frozen=True)
class Side:
    """A kabkota that stands beside others.

    Attributes
    ----------
    kode, name
        Code and name of the kabkota.
    colors
        Its colour on light and on dark ground; see `theme.side_colors`.
    """

    kode: str
    name: str
    colors: tuple[str, str]

    def color(self, dark: bool = False) -> str:
        """The colour that this side has everywhere."""
        return self.colors[int(dark)]


@dataclass(frozen=True)
class Series:
    """One side's values a category, None where unknown, with the text that stands beside each."""

    side: Side
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Bars(Figure):
    """Horizontal bars in groups: per cent (0 to 100) of each category, first on top, a bar a side."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str


@dataclass(frozen=True, kw_only=True)
class Measured(Figure):
    """A chart of the values of one indicator.

    Attributes
    ----------
    axis
        What the axis of values means.
    decimals
        Of its numbers.
    threshold, threshold_name
        The standard that it is held against, None and "" where there is none.
    """

    axis: str
    decimals: int
    threshold: float | None
    threshold_name: str


@dataclass(frozen=True)
class Dot:
    """A unit: how far from the line (km), its value, and whether that is an upper bound."""

    kode: str
    name: str
    km: float
    value: float
    bound: bool = False


@dataclass(frozen=True)
class AcrossSide:
    """One side of the line; the curve is broken where value is None."""

    side: Side
    dots: tuple[Dot, ...]
    curve: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, kw_only=True)
class Across(Measured):
    """Values by distance with the line in the middle: first side to the left, second to the right.

    top : where the axis of values ends; a few units far above it stand at its edge and are named in the note
    """

    sides: tuple[AcrossSide, ...]
    axis_distance: str
    line_name: str
    reach_km: float
    top: float


@dataclass(frozen=True)
class Half:
    """Border or rest: a mean a side with its text."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Halves(Measured):
    """Two upright bars a side: its border and its rest, for units without distances."""

    sides: tuple[Side, ...]
    parts: tuple[Half, Half]


@dataclass(frozen=True)
class Pair:
    """Two units that face each other, first side then second; bounds tells which values are upper bounds."""

    names: tuple[str, str]
    values: tuple[float, float]
    bounds: tuple[bool, bool]


@dataclass(frozen=True, kw_only=True)
class Slopes(Measured):
    """Pairs across the line; unknown pairs are left out."""

    sides: tuple[Side, Side]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Range:
    """A unit with its rank: middle, and 5 to 95 %."""

    kode: str
    name: str
    side: Side
    low: float
    middle: float
    high: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Ranges(Figure):
    """Ranks as ranges, first on top; `most` is the last rank there is."""

    rows: tuple[Range, ...]
    axis: str
    most: int


@dataclass(frozen=True, kw_only=True)
class Table(Figure):
    """Finished cells; `numeric` columns are set to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Area:
    """A filled unit: class (-1 hatched), rings and place of its name in metres."""

    kode: str
    name: str
    class_: int
    rings: tuple[Ring, ...] = field(compare=False, repr=False)
    at: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Outline:
    """A side, or a neighbour of it, as a line."""

    side: Side
    rings: tuple[Ring, ...] = field(compare=False, repr=False)
    at: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Spot:
    """A facility or an incident: a sign at a point in metres, or the hatched area in which it is known to lie.

    kind : of `views.screen.map.POINT_SIGNS`
    state : what a scenario makes of it: "", baru, pindah, tutup; wilayah where only its area is known
    """

    kind: str
    state: str
    at: tuple[float, float] | None = None
    rings: tuple[Ring, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Choropleth(Figure):
    """Units coloured by class, both sides with the same classes; the line between the sides is dark.

    colors : one a class
    selected, related : units set off by a strong outline and named, and those outlined with them
    near : show only the surroundings of the selected unit
    spots : signs over the units
    """

    areas: tuple[Area, ...]
    colors: tuple[str, ...]
    outlines: tuple[Outline, ...]
    lines: tuple[Ring, ...] = field(compare=False, repr=False)
    selected: str | None = None
    related: tuple[str, ...] = ()
    near: bool = False
    attribution: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Line:
    """A curve, or single points, of one side or of none.

    side : None where it belongs to none
    points : across and up, from left to right
    ranges : low and high of each point, None where it has none; () where no point has
    texts : what stands beside each point; () for none
    look : solid, dashed, or single points that nothing joins
    dotted : whether the points of a curve are marked
    """

    name: str
    side: Side | None
    points: tuple[tuple[float, float], ...]
    ranges: tuple[tuple[float, float] | None, ...] = ()
    texts: tuple[str, ...] = ()
    look: Literal["solid", "dashed", "points"] = "solid"
    dotted: bool = False


@dataclass(frozen=True)
class Band:
    """A range along a curve: across, low and high."""

    name: str
    side: Side | None
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Panel:
    """Lines on one pair of axes; span is where the upright axis begins and ends."""

    title: str
    lines: tuple[Line, ...]
    span: tuple[float, float]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lines(Figure):
    """Curves in one panel or in several side by side; what has the same name means the same in each.

    across : where the level axis begins and ends; ticks : places on it, with their texts
    reference : a place on the level axis that all panels mark
    """

    panels: tuple[Panel, ...]
    axis: str
    axis_across: str
    across: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    decimals: int
    reference: float | None = None
    reference_name: str = ""

    @property
    def aside(self) -> float:
        """How far single points are drawn to the right of their place, so that their range hides no other."""
        return 0.015 * (self.across[1] - self.across[0])


@dataclass(frozen=True, kw_only=True)
class Stacks(Figure):
    """Horizontal bars of parts that make up 100 per cent: first category on top, a part a side."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str


@dataclass(frozen=True, kw_only=True)
class Heat(Figure):
    """Cells coloured by a share in per cent (0 to 100), None where there is none, each with its text.

    colors : from 0 to 100 in even steps; axis : what they mean
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    colors: tuple[str, ...]
    axis: str
