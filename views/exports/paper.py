"""Figures on paper: matplotlib draws a figure of `views.figures` as PNG, SVG or PDF, without a screen and in any thread.

Sides differ by pattern and sign as well as by colour, so that a grey print still tells them apart.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil, floor, log10
from typing import Literal

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure as Sheet
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.outlines import Ring
from views.figures import Across, Area, Bars, Choropleth, Figure, Halves, Legend, Ranges, Slopes, Table, credit
from views.theme import side_color
from views.words import Words

Format = Literal["png", "svg", "pdf"]
Size = tuple[float, float]

# Fonts go into the file whole, so that no reader replaces them; a fixed salt makes equal figures equal bytes.
matplotlib.rcParams.update(
    {"font.family": "DejaVu Sans", "pdf.fonttype": 42, "svg.hashsalt": "tapal", "hatch.linewidth": 0.5}
)

MM = 25.4
DPI = 220
PATTERNS = ("", "////", "....", "xxxx", "----")
MARKERS = ("o", "s", "^", "D", "v")
NEAR_M = 700.0
SHARE_OF_SCALE = 0.28

__all__ = ["DPI", "PATTERNS", "Format", "Size", "picture"]


@dataclass(frozen=True)
class _Ink:
    """Colours of one theme."""

    dark: bool

    @property
    def text(self) -> str:
        return "#e8eded" if self.dark else "#1c2426"

    @property
    def quiet(self) -> str:
        return "#9aa5a8" if self.dark else "#5a6669"

    @property
    def paper(self) -> str:
        return "#14191b" if self.dark else "#ffffff"

    def side(self, kode: str) -> str:
        return side_color(kode, self.dark)


def picture(
    figure: Figure, format: Format, size: Size, dark: bool = False, *, bare: bool = False, dpi: int = DPI
) -> bytes:
    """Draw a figure.

    Parameters
    ----------
    size : width and height in millimetres
    dark : for a dark screen
    bare : without title, legend table and credit line, where these stand beside the picture as text

    Returns
    -------
    bytes
        A whole file; the same figure and size give the same bytes.
    """
    ink = _Ink(dark)
    sheet = Sheet(figsize=(size[0] / MM, size[1] / MM), dpi=dpi, facecolor=ink.paper)
    bottom, top = (0.0, 1.0) if bare else _frame(sheet, figure, ink, size)
    _DRAW[type(figure)](sheet, figure, ink, (bottom, top), bare)
    buffer = BytesIO()
    if format == "png":
        FigureCanvasAgg(sheet).print_png(buffer, metadata={"Software": "Tapal", "Title": figure.title})
    elif format == "svg":
        FigureCanvasSVG(sheet).print_svg(buffer, metadata={"Date": None, "Creator": "Tapal", "Title": figure.title})
    else:
        FigureCanvasPdf(sheet).print_pdf(
            buffer, metadata={"CreationDate": None, "Creator": "Tapal", "Producer": "Tapal", "Title": figure.title}
        )
    return buffer.getvalue()


def _frame(sheet: Sheet, figure: Figure, ink: _Ink, size: Size) -> tuple[float, float]:
    """Title above and credit below; gives the share of the height that is left between them."""
    line = 3.6 / size[1]
    columns = int(size[0] / 1.3)
    title = textwrap.wrap(figure.title, int(size[0] / 2.6))
    sheet.text(0.01, 1 - 0.4 * line, "\n".join(title), va="top", ha="left", fontsize=11, weight="bold", color=ink.text)
    below = []
    if not isinstance(figure, Choropleth):
        below.append(credit(Words(figure.language), figure))
    else:
        below.append(f"{figure.attribution}.")
    if figure.note:
        below.insert(0, figure.note)
    wrapped = [row for text in below for row in textwrap.wrap(text, columns)]
    sheet.text(
        0.01, 0.25 * line, "\n".join(wrapped), va="bottom", ha="left", fontsize=6.5, color=ink.quiet, linespacing=1.25
    )
    return 0.3 * line + 0.86 * line * len(wrapped) + 0.4 * line, 1 - line * (0.6 + 1.35 * len(title))


def _axes(sheet: Sheet, ink: _Ink, room: tuple[float, float]) -> Axes:
    """One pair of axes that fills the room, with labels inside it."""
    bottom, top = room
    sheet.set_layout_engine("constrained", rect=(0.0, bottom, 1.0, top - bottom), w_pad=0.04, h_pad=0.04)
    axes = sheet.add_subplot(facecolor=ink.paper)
    axes.tick_params(colors=ink.text, labelsize=8, length=2)
    for name, spine in axes.spines.items():
        spine.set_visible(name in {"left", "bottom"})
        spine.set_color(ink.quiet)
    axes.xaxis.label.set_color(ink.text)
    axes.yaxis.label.set_color(ink.text)
    return axes


def _key(axes: Axes, ink: _Ink, count: int) -> None:
    """The legend of the sides, above the drawing."""
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=min(count, 3),
        frameon=False,
        fontsize=8,
        labelcolor=ink.text,
        borderaxespad=0.2,
    )


def _short(text: str, width: int) -> str:
    """A name in at most two lines, so that one long name cannot push the drawing off the paper."""
    lines = textwrap.wrap(text, width) or [""]
    return "\n".join(lines if len(lines) < 3 else [lines[0], f"{lines[1][: width - 1]}…"])


def _numbers(figure: Figure, decimals: int = 0) -> FuncFormatter:
    words = Words(figure.language)
    return FuncFormatter(lambda value, _: words.number(abs(value), decimals).replace("-", "−"))


def _bars(sheet: Sheet, figure: Bars, ink: _Ink, room: tuple[float, float], bare: bool) -> None:
    axes = _axes(sheet, ink, room)
    places = np.arange(len(figure.categories))
    height = 0.8 / max(1, len(figure.series))
    bar = height * (room[1] - room[0]) * sheet.get_figheight() * 72 / max(1, len(places)) * 0.75
    points = min(7.5, bar)
    for number, series in enumerate(figure.series):
        y = places - 0.4 + height * (number + 0.5)
        color = ink.side(series.side.kode)
        axes.barh(
            y,
            [value or 0 for value in series.values],
            height=height * 0.92,
            facecolor=color,
            edgecolor=ink.paper,
            hatch=PATTERNS[number % len(PATTERNS)],
            linewidth=0,
            label=_short(series.side.name, 26),
        )
        for place, value, text in zip(y, series.values, series.texts, strict=True):
            axes.text((value or 0) + 1.5, place, text, va="center", fontsize=points, color=ink.text)
    axes.set_yticks(places, [_short(name, 26) for name in figure.categories])
    axes.invert_yaxis()
    axes.set_xlim(0, 145)
    axes.set_xticks([0, 25, 50, 75, 100], [f"{n} %" for n in (0, 25, 50, 75, 100)])
    axes.set_xlabel(figure.axis, fontsize=8)
    _key(axes, ink, len(figure.series))


def _standard(axes: Axes, figure: Across | Halves | Slopes, ink: _Ink, name: str) -> None:
    if figure.threshold is None:
        return
    axes.axhline(figure.threshold, color=ink.text, linestyle=":", linewidth=1.1)
    if name:
        axes.annotate(
            name,
            (0.01, figure.threshold),
            xycoords=("axes fraction", "data"),
            xytext=(0, 2),
            textcoords="offset points",
            fontsize=7,
            color=ink.text,
            path_effects=[withStroke(linewidth=2.5, foreground=ink.paper)],
            zorder=6,
        )


def _across(sheet: Sheet, figure: Across, ink: _Ink, room: tuple[float, float], bare: bool) -> None:
    axes = _axes(sheet, ink, room)
    for number, (sign, part) in enumerate(zip((-1, 1), figure.sides, strict=True)):
        color = ink.side(part.side.kode)
        marker = MARKERS[number]
        shown = [dot for dot in part.dots if dot.value <= figure.top]
        beyond = [dot.km for dot in part.dots if dot.value > figure.top]
        sure = [dot for dot in shown if not dot.bound]
        bounds = [dot for dot in shown if dot.bound]
        axes.scatter(
            [sign * km for km in beyond], [figure.top] * len(beyond), s=22, marker="^", color=color, linewidths=0
        )
        axes.scatter(
            [sign * d.km for d in sure], [d.value for d in sure], s=16, marker=marker, color=color, alpha=0.7,
            linewidths=0, label=_short(part.side.name, 26),
        )  # fmt: skip
        axes.scatter(
            [sign * d.km for d in bounds], [d.value for d in bounds], s=16, marker=marker, facecolors="none",
            edgecolors=color, linewidths=0.8,
        )  # fmt: skip
        curve = np.array([[sign * km, np.nan if v is None else v] for km, v in part.curve], dtype=float).reshape(-1, 2)
        axes.plot(curve[:, 0], curve[:, 1], color=color, linewidth=2.2)
    axes.axvline(0, color=ink.text, linewidth=3)
    axes.set_xlim(-figure.reach_km, figure.reach_km)
    axes.set_ylim(0, figure.top * 1.05)
    axes.annotate(
        figure.line_name, (0, 1), xycoords=("data", "axes fraction"), xytext=(4, -8), textcoords="offset points",
        fontsize=7.5, color=ink.text,
    )  # fmt: skip
    axes.set_xlabel(figure.axis_distance, fontsize=8)
    axes.set_ylabel(figure.axis, fontsize=8)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(_numbers(figure))
    axes.yaxis.set_major_formatter(_numbers(figure, min(figure.decimals, 1)))
    _standard(axes, figure, ink, figure.threshold_name)
    _key(axes, ink, 2)


def _halves(sheet: Sheet, figure: Halves, ink: _Ink, room: tuple[float, float], bare: bool) -> None:
    axes = _axes(sheet, ink, room)
    places = np.arange(len(figure.sides))
    for number, (half, pattern) in enumerate(zip(figure.parts, ("", "////"), strict=True)):
        x = places - 0.2 + 0.4 * number
        axes.bar(
            x,
            [mean or 0 for mean in half.values],
            width=0.38,
            color=[ink.side(side.kode) for side in figure.sides],
            edgecolor=ink.paper,
            hatch=pattern,
            linewidth=0,
        )
        for place, mean, text in zip(x, half.values, half.texts, strict=True):
            axes.text(place, mean or 0, f"{half.name}\n{text}", ha="center", va="bottom", fontsize=7, color=ink.text)
    axes.set_xticks(places, [_short(side.name, 18) for side in figure.sides])
    axes.set_ylabel(figure.axis, fontsize=8)
    axes.margins(y=0.18)
    axes.yaxis.set_major_formatter(_numbers(figure, min(figure.decimals, 1)))
    _standard(axes, figure, ink, figure.threshold_name)


def _slopes(sheet: Sheet, figure: Slopes, ink: _Ink, room: tuple[float, float], bare: bool) -> None:
    axes = _axes(sheet, ink, room)
    for pair in figure.pairs:
        axes.plot([0, 1], pair.values, color="#8a8f94", linewidth=1, zorder=1)
    for place, side in enumerate(figure.sides):
        color = ink.side(side.kode)
        values = [pair.values[place] for pair in figure.pairs]
        fills = [ink.paper if pair.bounds[place] else color for pair in figure.pairs]
        axes.scatter([place] * len(values), values, s=28, marker=MARKERS[place], c=fills, edgecolors=color, zorder=2)
    axes.set_xticks([0, 1], [_short(side.name, 18) for side in figure.sides])
    axes.set_xlim(-0.15, 1.15)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(figure.axis, fontsize=8)
    axes.yaxis.set_major_formatter(_numbers(figure, min(figure.decimals, 1)))
    _standard(axes, figure, ink, "")


def _ranges(sheet: Sheet, figure: Ranges, ink: _Ink, room: tuple[float, float], bare: bool) -> None:
    axes = _axes(sheet, ink, room)
    sides = list(dict.fromkeys(row.side for row in figure.rows))
    for place, row in enumerate(figure.rows):
        number = sides.index(row.side)
        color = ink.side(row.side.kode)
        axes.plot([row.low, row.high], [place, place], color=color, linewidth=3.5, solid_capstyle="butt", alpha=0.75)
        axes.scatter([row.middle], [place], s=34, marker=MARKERS[number], color=ink.text, zorder=3, linewidths=0)
        axes.annotate(
            row.text,
            (row.high, place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=7.5,
            color=ink.text,
        )
    for number, side in enumerate(sides):
        axes.plot(
            [], [], color=ink.side(side.kode), linewidth=3.5, marker=MARKERS[number], label=_short(side.name, 26), ms=5
        )
    axes.set_yticks(range(len(figure.rows)), [_short(row.name, 26) for row in figure.rows])
    axes.invert_yaxis()
    axes.set_xlim(0, max(row.high for row in figure.rows) * 1.15)
    axes.xaxis.set_major_formatter(_numbers(figure))
    axes.set_xlabel(figure.axis, fontsize=8)
    _key(axes, ink, len(sides))


def _table(sheet: Sheet, figure: Table, ink: _Ink, room: tuple[float, float], bare: bool) -> None:
    bottom, top = room
    axes = sheet.add_axes((0.01, bottom, 0.98, top - bottom))
    axes.axis("off")
    drawn = axes.table(cellText=[list(r) for r in figure.rows], colLabels=list(figure.columns), bbox=Bbox.unit())
    drawn.auto_set_font_size(False)
    drawn.set_fontsize(7)
    for (row, column), cell in drawn.get_celld().items():
        cell.set_facecolor(ink.paper)
        cell.set_edgecolor(ink.quiet)
        cell.set_linewidth(0.3)
        cell.get_text().set_color(ink.text)
        cell.get_text().set_fontweight("bold" if row == 0 else "normal")
        cell.get_text().set_horizontalalignment("right" if column in figure.numeric else "left")
        cell.PAD = 0.03


def _path(rings: Sequence[Ring]) -> Path:
    """All rings of a unit as one path, so that holes stay holes."""
    codes = [
        np.concatenate([[Path.MOVETO], np.full(len(ring) - 2, Path.LINETO), [Path.CLOSEPOLY]]).astype(np.uint8)
        for ring in rings
    ]
    return Path(np.concatenate(rings), np.concatenate(codes))


def _choropleth(sheet: Sheet, figure: Choropleth, ink: _Ink, room: tuple[float, float], bare: bool) -> None:
    bottom, top = room
    table = 0.0
    if not bare:
        table = _legend_height(figure.legend, sheet)
        _legend_table(sheet, figure.legend, ink, (bottom, bottom + table))
    axes = sheet.add_axes((0.0, bottom + table, 1.0, top - bottom - table), facecolor=ink.paper)
    axes.axis("off")
    west, south, east, north = _view(figure, _ratio(axes, sheet))
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    thin = 0.25 if len(figure.areas) > 150 and not figure.near else 0.4
    areas = [area for area in figure.areas if _touches(area, (west, south, east, north))]
    for level in sorted({area.level for area in areas}):
        units = [_path(area.rings) for area in areas if area.level == level]
        unknown = level < 0
        axes.add_collection(
            PathCollection(
                units,
                facecolors=ink.paper if unknown else figure.colors[level],
                edgecolors="#8a8f94" if unknown else ink.quiet,
                linewidths=thin,
                hatch="//////" if unknown else None,
                alpha=0.45 if figure.near else 1.0,
            )
        )
    for number, outline in enumerate(figure.outlines):
        axes.add_collection(
            PathCollection(
                [_path(outline.rings)],
                facecolors="none",
                edgecolors=ink.side(outline.side.kode),
                linewidths=1.6,
                linestyles="-" if number % 2 == 0 else "--",
            )
        )
    axes.add_collection(LineCollection(list(figure.lines), colors=ink.text, linewidths=2.6))
    _marked(axes, figure, ink)
    _names(axes, figure, ink, (west, south, east, north))
    _scale(axes, figure, ink, (west, south, east, north))


def _touches(area: Area, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    ring = area.rings[0]
    (x0, y0), (x1, y1) = ring.min(axis=0), ring.max(axis=0)
    return bool(len(area.rings) > 1 or (x0 < east and x1 > west and y0 < north and y1 > south))


def _ratio(axes: Axes, sheet: Sheet) -> float:
    box = axes.get_position()
    return float(box.height * sheet.get_figheight() / (box.width * sheet.get_figwidth()))


def _view(figure: Choropleth, ratio: float) -> tuple[float, float, float, float]:
    """West, south, east and north of what is shown, widened to the shape of the paper."""
    wanted = {figure.selected, *figure.related} if figure.near else set()
    shown = [area for area in figure.areas if not wanted or area.kode in wanted]
    points = np.concatenate([ring for area in shown for ring in area.rings])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    margin = NEAR_M if figure.near else 0.02 * max(east - west, north - south)
    west, south, east, north = west - margin, south - margin, east + margin, north + margin
    width, height = east - west, north - south
    more_width = max(0.0, height / ratio - width) / 2
    more_height = max(0.0, width * ratio - height) / 2
    return west - more_width, south - more_height, east + more_width, north + more_height


def _marked(axes: Axes, figure: Choropleth, ink: _Ink) -> None:
    chosen = [_path(a.rings) for a in figure.areas if a.kode == figure.selected]
    beside = [_path(a.rings) for a in figure.areas if a.kode in figure.related]
    axes.add_collection(PathCollection(beside, facecolors="none", edgecolors=ink.text, linewidths=1.0, linestyles=":"))
    axes.add_collection(PathCollection(chosen, facecolors="none", edgecolors=ink.text, linewidths=2.2))


def _names(axes: Axes, figure: Choropleth, ink: _Ink, box: tuple[float, float, float, float]) -> None:
    """Names of the sides, and of the chosen unit with its neighbours; never outside the paper."""
    halo = [withStroke(linewidth=2.5, foreground=ink.paper)]
    west, south, east, north = box
    named: list[tuple[str, tuple[float, float], float, str]] = []
    if figure.near:
        units: list[Area] = [a for a in figure.areas if a.kode == figure.selected or a.kode in figure.related]
        named += [(_short(a.name, 22), a.at, 8.5 if a.kode == figure.selected else 7, "bold" if a.kode == figure.selected else "normal") for a in units]  # fmt: skip
    else:
        named += [(_short(outline.side.name, 22), outline.at, 9, "bold") for outline in figure.outlines]
    for text, (x, y), size, weight in named:
        if west < x < east and south < y < north:
            axes.text(x, y, text, fontsize=size, weight=weight, ha="center", va="center", color=ink.text, path_effects=halo, clip_on=True)  # fmt: skip


def _scale(axes: Axes, figure: Choropleth, ink: _Ink, box: tuple[float, float, float, float]) -> None:
    """A scale bar of a round length at the lower left."""
    west, south, east, north = box
    most = (east - west) * SHARE_OF_SCALE
    power = 10 ** floor(log10(most))
    length = max(step * power for step in (1, 2, 5) if step * power <= most)
    x, y = west + 0.03 * (east - west), south + 0.03 * (north - south)
    halo = [withStroke(linewidth=2.5, foreground=ink.paper)]
    axes.plot([x, x + length], [y, y], color=ink.text, linewidth=2.5, solid_capstyle="butt", path_effects=halo)
    words = Words(figure.language)
    text = f"{words.number(length / 1000)} km" if length >= 1000 else f"{words.number(length)} m"
    axes.annotate(text, (x + length / 2, y), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=7, color=ink.text, path_effects=halo)  # fmt: skip


def _legend_height(legend: Legend, sheet: Sheet) -> float:
    rows = len(legend.entries) + (2 if legend.heads else 0)
    return rows * 3.7 / (sheet.get_figheight() * MM)


def _legend_table(sheet: Sheet, legend: Legend, ink: _Ink, room: tuple[float, float]) -> None:
    """Colour, meaning and counts of every class, hatched for what is unknown."""
    bottom, top = room
    axes = sheet.add_axes((0.01, bottom, 0.98, top - bottom))
    axes.axis("off")
    heads = 2 if legend.heads else 0
    rows = len(legend.entries) + heads
    axes.set_xlim(0, 1)
    axes.set_ylim(rows, 0)
    first = 0.34
    step = (1 - first) / max(1, len(legend.heads))
    for number, head in enumerate(legend.heads):
        text = textwrap.fill(head, ceil(step * 75))
        axes.text(first + step * (number + 1), 1.9, text, ha="right", va="bottom", fontsize=6.5, color=ink.text)
    for number, entry in enumerate(legend.entries):
        y = heads + number
        axes.add_patch(
            Rectangle(
                (0, y + 0.12),
                0.05,
                0.76,
                facecolor=entry.color or ink.paper,
                edgecolor=ink.quiet,
                linewidth=0.4,
                hatch=None if entry.color else "//////",
            )
        )
        axes.text(0.06, y + 0.5, entry.label, va="center", fontsize=7, color=ink.text)
        for column, count in enumerate(entry.counts):
            axes.text(first + step * (column + 1), y + 0.5, count, ha="right", va="center", fontsize=7, color=ink.text)


_DRAW: dict[type, Callable[..., None]] = {
    Bars: _bars,
    Across: _across,
    Halves: _halves,
    Slopes: _slopes,
    Ranges: _ranges,
    Table: _table,
    Choropleth: _choropleth,
}
