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
    """A row of a legend.

    Attributes
    ----------
    color : None where it is hatched: belum ada data
    label : what it means
    counts : one a head of the legend
    sign : kind and state of a `Spot` where the row explains a sign instead of a colour
    glyph : that sign as a letter, "" where it explains a colour or the area of a facility
    uncertain : whether it explains the hatching of what may meet a standard or miss it
    """

    color: str | None
    label: str
    counts: tuple[str, ...] = ()
    sign: tuple[str, str] | None = None
    uncertain: bool = False
    glyph: str = ""


@dataclass(frozen=True)
class Legend:
    """What colours and signs mean.

    Attributes
    ----------
    heads : names of the counts
    entries : the rows
    """

    heads: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What every picture carries.

    Attributes
    ----------
    title, unit : of what is shown
    year : year or span of the values
    source : short names of the sources
    note : what one must know to read it
    alt : the picture in words, for who cannot see it
    language : of its texts and numbers
    legend : empty where nothing needs one
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
    kode, name : of the kabkota
    colors : on light and on dark ground; see `theme.side_colors`
    """

    kode: str
    name: str
    colors: tuple[str, str]

    def color(self, dark: bool = False) -> str:
        """The colour that this side has everywhere."""
        return self.colors[int(dark)]


@dataclass(frozen=True)
class Series:
    """The values of one side.

    Attributes
    ----------
    side : whose they are
    values : one a category, None where unknown
    texts : what stands beside each
    ranges : least and most of each, None where it has none; () where no value has
    """

    side: Side
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    ranges: tuple[tuple[float, float] | None, ...] = ()

    @property
    def ends(self) -> tuple[tuple[float, float], ...]:
        """How far each bar is solid and how far it is hatched: its range, or its value twice."""
        known = self.ranges or (None,) * len(self.values)
        return tuple(r or (v or 0.0, v or 0.0) for r, v in zip(known, self.values, strict=True))


@dataclass(frozen=True, kw_only=True)
class Bars(Figure):
    """Horizontal bars in groups, a bar a side: solid to the least of its range, hatched to the most.

    Attributes
    ----------
    categories : first on top
    series : per cent (0 to 100) of each category
    axis : what the per cent mean
    hatching : what the hatched part means, "" where no bar has one
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str
    hatching: str = ""


@dataclass(frozen=True, kw_only=True)
class Measured(Figure):
    """A chart of the values of one indicator.

    Attributes
    ----------
    axis : what the axis of values means
    decimals : of its numbers
    threshold, threshold_name : the standard that it is compared with, None and "" where there is none
    """

    axis: str
    decimals: int
    threshold: float | None
    threshold_name: str


@dataclass(frozen=True)
class Dot:
    """A unit in a diagram of distances.

    Attributes
    ----------
    name : of the unit
    km : to the line
    value : of the indicator
    """

    name: str
    km: float
    value: float


@dataclass(frozen=True)
class AcrossSide:
    """One side of the line.

    Attributes
    ----------
    side : which
    dots : its units
    curve : km and value from the line inwards; broken where the value is None
    """

    side: Side
    dots: tuple[Dot, ...]
    curve: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, kw_only=True)
class Across(Measured):
    """Values by distance with the line in the middle: first side to the left, second to the right.

    Attributes
    ----------
    sides : two
    axis_distance, line_name : texts of the level axis and of the line
    reach_km : how far it goes to either side
    top : where the axis of values ends; a few units far above it stand at its edge and are named in the note
    """

    sides: tuple[AcrossSide, ...]
    axis_distance: str
    line_name: str
    reach_km: float
    top: float


@dataclass(frozen=True)
class Half:
    """Border or rest.

    Attributes
    ----------
    name : which
    values : a mean a side, None where unknown
    texts : one a side
    """

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Halves(Measured):
    """Two upright bars a side, for units without distances.

    Attributes
    ----------
    sides : in their order
    parts : border and rest
    """

    sides: tuple[Side, ...]
    parts: tuple[Half, Half]


@dataclass(frozen=True)
class Pair:
    """Two units that face each other, first side then second.

    Attributes
    ----------
    names, values : of the two
    """

    names: tuple[str, str]
    values: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Slopes(Measured):
    """Pairs across the line; unknown pairs are left out.

    Attributes
    ----------
    sides : two
    pairs : one line each
    """

    sides: tuple[Side, Side]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Range:
    """A unit with its rank.

    Attributes
    ----------
    kode, name, side : of the unit
    low, middle, high : 5 %, median and 95 % of its rank
    text : stands beside it
    """

    kode: str
    name: str
    side: Side
    low: float
    middle: float
    high: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Ranges(Figure):
    """Ranks as ranges.

    Attributes
    ----------
    rows : first on top
    axis : what a rank means
    most : the last rank there is
    """

    rows: tuple[Range, ...]
    axis: str
    most: int


@dataclass(frozen=True)
class Term:
    """The time in which something holds.

    Attributes
    ----------
    name : stands beside it
    first, last : years with their fraction; last is None where the end is not known
    color : on light and on dark ground
    group : what the colour means
    text : of the time, in words
    """

    name: str
    first: float
    last: float | None
    color: tuple[str, str]
    group: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Terms(Figure):
    """A calendar of terms; one without a known end fades to a point at its beginning.

    Attributes
    ----------
    rows : first on top
    axis : what the level axis shows
    today, today_name : marked by an upright line
    across : where the axis begins and ends
    """

    rows: tuple[Term, ...]
    axis: str
    today: float
    today_name: str
    across: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Table(Figure):
    """Finished cells.

    Attributes
    ----------
    unit, year, source, note : not needed beside finished texts
    columns : headings
    rows : texts, one a column
    numeric : positions of the columns that are set to the right
    """

    unit: str = ""
    year: str = ""
    source: str = ""
    note: str = ""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Area:
    """A filled unit.

    Attributes
    ----------
    kode, name : of the unit
    class_ : position of its colour, -1 where it is hatched
    rings : in metres
    at : place of its name in metres
    uncertain : whether it may meet a standard or miss it: hatched in the colour of its class
    """

    kode: str
    name: str
    class_: int
    rings: tuple[Ring, ...] = field(compare=False, repr=False)
    at: tuple[float, float] = (0.0, 0.0)
    uncertain: bool = False


@dataclass(frozen=True)
class Outline:
    """A side, or a neighbour of it, as a line.

    Attributes
    ----------
    side : which
    rings : in metres
    at : place of its name in metres
    """

    side: Side
    rings: tuple[Ring, ...] = field(compare=False, repr=False)
    at: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Spot:
    """A facility or an incident.

    Attributes
    ----------
    kind : of `views.figures.mapspec.POINT_SIGNS`
    state : what a scenario makes of it: "", baru, pindah, tutup; wilayah where only its area is known
    at : place in metres, None where only its area is known
    rings : the area in which it lies, in metres
    """

    kind: str
    state: str
    at: tuple[float, float] | None = None
    rings: tuple[Ring, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Stroke:
    """Lines that look alike.

    Attributes
    ----------
    color : of the lines
    width : in points
    dashes : as SVG writes them, "" for none
    lines : in metres
    """

    color: str
    width: float
    dashes: str
    lines: tuple[Ring, ...] = field(compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Choropleth(Figure):
    """Units coloured by class, both sides with the same classes; the line between the sides is dark.

    Attributes
    ----------
    areas : units
    colors : one a class
    outlines, lines : sides, and the lines between them in metres
    selected : unit set off by a strong outline and named
    related : units outlined with it
    near : show only the surroundings of the selected unit
    strong : units at the line, to which the view is narrowed while the rest is faded; empty for the whole
    attribution : whose boundaries they are
    spots : signs over the units
    strokes : lines of several looks over the units
    """

    areas: tuple[Area, ...]
    colors: tuple[str, ...]
    outlines: tuple[Outline, ...]
    lines: tuple[Ring, ...] = field(compare=False, repr=False)
    selected: str | None = None
    related: tuple[str, ...] = ()
    near: bool = False
    strong: frozenset[str] = field(default=frozenset(), repr=False)
    attribution: str
    spots: tuple[Spot, ...] = ()
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True)
class Line:
    """A curve, or single points.

    Attributes
    ----------
    name : in the legend
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
    """A range along a curve.

    Attributes
    ----------
    name, side : as of a line
    points : across, low and high
    """

    name: str
    side: Side | None
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Panel:
    """Lines on one pair of axes.

    Attributes
    ----------
    title : "" for none
    lines, bands : what is drawn
    span : where the upright axis begins and ends
    """

    title: str
    lines: tuple[Line, ...]
    span: tuple[float, float]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lines(Figure):
    """Curves in one panel or in several side by side; what has the same name means the same in each.

    Attributes
    ----------
    panels : in their order
    axis, axis_across : titles of the axes
    across : where the level axis begins and ends
    ticks : places on it, with their texts
    decimals : of the values
    reference, reference_name : a place on the level axis that all panels mark
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
class Stacks(Bars):
    """Horizontal bars of parts that make up 100 per cent, a part a side."""


@dataclass(frozen=True, kw_only=True)
class Heat(Figure):
    """Cells coloured by a share.

    Attributes
    ----------
    rows, columns : headings
    values : per cent (0 to 100), None where there is none
    texts : one a cell
    colors : from 0 to 100 in even steps
    axis : what the colours mean
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    colors: tuple[str, ...]
    axis: str
