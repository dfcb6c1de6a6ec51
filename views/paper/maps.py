"""Maps on paper: units by class, sides and their line, signs of facilities, and the legend with its counts."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from math import floor, log10
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure as Sheet
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.transforms import BboxBase

from geo.outlines import Ring
from views.figures.mapspec import POINT_SIGNS
from views.figures.specs import Area, Choropleth, Entry, Legend, Outline
from views.language.words import Words
from views.paper.inks import HALO, HATCH, MM, PAPER, QUIET, TEXT, Canvas, color_of, short

AREA = "///"
UNCERTAIN = r"\\\\"
CROWD = 200
FEW = 60
LETTER_MM = 1.4
NAMED = 12
NEAR_M = 700.0
SHARE_OF_SCALE = 0.28
SHAPES = {
    "circle": "o", "square": "s", "triangle": "^", "triangle_down": "v", "pentagon": "p", "plus": "P", "hexagon": "h",
    "cross": "X", "diamond": "D", "diamond_open": "D", "star": "*",
    "bar": ((-1, -0.45), (1, -0.45), (1, 0.45), (-1, 0.45)),
    "pillar": ((-0.45, -1), (0.45, -1), (0.45, 1), (-0.45, 1)),
    "hourglass": ((-1, 1), (1, 1), (-1, -1), (1, -1)),
}  # fmt: skip
"""Signs of `views.screen.map.POINT_SIGNS` as matplotlib knows them."""


def _path(rings: Sequence[Ring]) -> Path:
    """All rings of a unit as one path, so that holes stay holes."""
    codes = [
        np.concatenate([[Path.MOVETO], np.full(len(ring) - 2, Path.LINETO), [Path.CLOSEPOLY]]).astype(np.uint8)
        for ring in rings
    ]
    return Path(np.concatenate(rings), np.concatenate(codes))


def choropleth(canvas: Canvas, figure: Choropleth, bare: bool, aside: float = 0.0) -> None:
    """Units by class, sides and their line, signs and names; the legend below, unless the picture is bare of it.

    Parameters
    ----------
    canvas, figure : where, and what
    bare : without the legend
    aside : share of the width at the right that stays free for what is laid over the picture
    """
    sheet, bottom = canvas.sheet, canvas.bottom
    if not bare:
        bottom += _legend_height(figure.legend, sheet)
        _legend_table(replace(canvas, top=bottom), figure.legend)
    axes = sheet.add_axes((0.0, bottom, 1.0, canvas.top - bottom), facecolor=PAPER)
    axes.axis("off")
    west, south, east, north = _view(figure, _ratio(axes, sheet) / (1 - aside))
    east += (east - west) * aside / (1 - aside)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    thin = 0.25 if len(figure.areas) > 150 and not figure.near else 0.4
    areas = [area for area in figure.areas if _touches(area, (west, south, east, north))]
    whole = {a.kode for a in areas if not figure.near and (not figure.strong or a.kode in figure.strong)}
    looks = {area.kode: (area.class_, area.uncertain, area.kode in whole) for area in areas}
    for number, unsure, full in sorted(set(looks.values())):
        units = [_path(area.rings) for area in areas if looks[area.kode] == (number, unsure, full)]
        unknown = number < 0
        edges, shade = "#8a8f94" if unknown else QUIET, 1.0 if full else 0.45
        axes.add_collection(
            PathCollection(
                units,
                facecolors=PAPER if unknown else figure.colors[number],
                edgecolors=edges,
                linewidths=thin,
                alpha=shade,
            )
        )
        if unknown or unsure:
            # Every path that is hatched costs as much as a hundred that are not.
            together, hatch = Path.make_compound_path(*units), HATCH if unknown else UNCERTAIN
            axes.add_collection(
                PathCollection([together], facecolors="none", edgecolors=edges, linewidths=0, hatch=hatch, alpha=shade)
            )
    for number, outline in enumerate(figure.outlines):
        axes.add_collection(
            PathCollection(
                [_path(outline.rings)],
                facecolors="none",
                edgecolors=color_of(outline.side),
                linewidths=1.6,
                linestyles="-" if number % 2 == 0 else "--",
                path_effects=HALO,
            )
        )
    axes.add_collection(LineCollection(list(figure.lines), colors=TEXT, linewidths=2.6))
    for stroke in figure.strokes:
        dashes = (0, tuple(float(step) for step in stroke.dashes.split())) if stroke.dashes else "-"
        axes.add_collection(
            LineCollection(list(stroke.lines), colors=stroke.color, linewidths=stroke.width, linestyles=dashes)
        )
    _spots(axes, figure)
    _marked(axes, figure)
    _names(axes, sheet, figure, (west, south, east, north))
    _scale(axes, figure, (west, south, east, north))


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
    wanted = {figure.selected, *figure.related} if figure.near else figure.strong
    shown = [area for area in figure.areas if not wanted or area.kode in wanted]
    points = np.concatenate([ring for area in shown for ring in area.rings])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    margin = NEAR_M if figure.near else 0.02 * max(east - west, north - south)
    west, south, east, north = west - margin, south - margin, east + margin, north + margin
    width, height = east - west, north - south
    more_width = max(0.0, height / ratio - width) / 2
    more_height = max(0.0, width * ratio - height) / 2
    return west - more_width, south - more_height, east + more_width, north + more_height


def _marked(axes: Axes, figure: Choropleth) -> None:
    chosen = [_path(a.rings) for a in figure.areas if a.kode == figure.selected]
    beside = [_path(a.rings) for a in figure.areas if a.kode in figure.related]
    axes.add_collection(PathCollection(beside, facecolors="none", edgecolors=TEXT, linewidths=1.0, linestyles=":"))
    axes.add_collection(PathCollection(chosen, facecolors="none", edgecolors=TEXT, linewidths=2.2))


def _spots(axes: Axes, figure: Choropleth) -> None:
    """Signs of facilities; one that is known only by its area is that area, hatched and dashed."""
    axes.add_collection(
        PathCollection(
            [_path(spot.rings) for spot in figure.spots if spot.rings],
            facecolors="none",
            edgecolors=QUIET,
            linewidths=0.9,
            linestyles="--",
            hatch=AREA,
            alpha=0.8,
        )
    )
    placed: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for spot in figure.spots:
        if spot.at is not None:
            placed.setdefault((spot.kind, spot.state), []).append(spot.at)
    size = 60 if len(figure.spots) <= FEW else 32 if len(figure.spots) <= CROWD else 12
    # What a scenario changes lies on top.
    for kind, state in sorted(placed, key=lambda sign: ["", "tutup", "pindah", "baru"].index(sign[1])):
        _sign(axes, kind, state, np.array(placed[kind, state]), size)


def _sign(axes: Axes, kind: str, state: str, at: npt.NDArray[np.float64], size: float) -> None:
    """One kind of sign at some places: a ring for what is new, a dashed one for what moved, crossed out if shut."""
    sign = POINT_SIGNS[kind]
    shape: Any = SHAPES[sign.shape]
    hollow = state == "tutup" or sign.shape == "diamond_open"
    color = QUIET if state == "tutup" else sign.color
    axes.scatter(
        at[:, 0], at[:, 1], s=size, marker=shape, facecolors=PAPER if hollow else color,
        edgecolors=color if hollow else "#ffffff", linewidths=0.9 if hollow else 0.4, zorder=4,
    )  # fmt: skip
    if state == "tutup":
        axes.scatter(at[:, 0], at[:, 1], s=size * 2, marker="x", c=QUIET, linewidths=0.9, zorder=5)
    elif state:
        axes.scatter(
            at[:, 0], at[:, 1], s=size * 3.2, marker="o", facecolors="none", edgecolors=TEXT, linewidths=1.1,
            linestyles="-" if state == "baru" else "--", zorder=5,
        )  # fmt: skip


def _midst(figure: Choropleth, outline: Outline, box: tuple[float, float, float, float]) -> tuple[float, float]:
    """Where the name of a side stands: in the midst of it, or where that is out of sight, near its units at the line."""
    west, south, east, north = box
    wide, tall = 0.15 * (east - west), 0.08 * (north - south)

    def inside(at: tuple[float, float]) -> bool:
        return west + wide < at[0] < east - wide and south + tall < at[1] < north - tall

    own = [area for area in figure.areas if area.kode[:5] == outline.side.kode]
    strong = [area.at for area in own if area.kode in figure.strong]
    if not strong or inside(outline.at):
        return outline.at
    x, y = np.mean(strong, axis=0)
    # Beside the names of the units at the line, where there is room.
    faded = [area.at for area in own if area.kode not in figure.strong and inside(area.at)]
    if not faded:
        return float(x), float(y) + tall
    return min(faded, key=lambda at: float(np.hypot(at[0] - x, at[1] - y)))


def _names(axes: Axes, sheet: Sheet, figure: Choropleth, box: tuple[float, float, float, float]) -> None:
    """Names of the sides, and of the chosen unit with its neighbours; never outside the paper nor one on another.

    The name of a larger side comes before that of a smaller one, that of a side before those of its units; what has
    no room at its place, a line above or a line below is left out.
    """
    west, south, east, north = box
    named: list[tuple[str, tuple[float, float], float, str]] = []
    if figure.near:
        units: list[Area] = [a for a in figure.areas if a.kode == figure.selected or a.kode in figure.related]
        named += [(short(a.name, 22), a.at, 8.5 if a.kode == figure.selected else 7, "bold" if a.kode == figure.selected else "normal") for a in sorted(units, key=lambda a: a.kode != figure.selected)]  # fmt: skip
    else:
        sides = sorted(figure.outlines, key=_extent, reverse=True)
        named += [(short(o.side.name, 22), _midst(figure, o, box), 9, "bold") for o in sides]
        if len(figure.strong) <= NAMED:
            named += [(short(a.name, 18), a.at, 7, "normal") for a in figure.areas if a.kode in figure.strong]
    renderer = FigureCanvasAgg(sheet).get_renderer()
    taken: list[BboxBase] = []
    for text, (x, y), size, weight in named:
        if west < x < east and south < y < north:
            name = axes.text(x, y, text, fontsize=size, weight=weight, ha="center", va="center", color=TEXT, path_effects=HALO, clip_on=True, zorder=7)  # fmt: skip
            room = name.get_window_extent(renderer)
            line = room.height / axes.bbox.height * (north - south)
            for lines in (0, 1, -1):
                moved = room.translated(0, lines * room.height)
                if not any(moved.overlaps(other) for other in taken):
                    name.set_y(y + lines * line)
                    taken.append(moved)
                    break
            else:
                name.remove()


def _extent(outline: Outline) -> float:
    """Square metres of the largest part of a side, as a rectangle."""
    return max(float(np.ptp(ring, axis=0).prod()) for ring in outline.rings)


def _scale(axes: Axes, figure: Choropleth, box: tuple[float, float, float, float]) -> None:
    """A scale bar of a round length at the lower left."""
    west, south, east, north = box
    most = (east - west) * SHARE_OF_SCALE
    power = 10 ** floor(log10(most))
    length = max(step * power for step in (1, 2, 5) if step * power <= most)
    x, y = west + 0.03 * (east - west), south + 0.03 * (north - south)
    axes.plot([x, x + length], [y, y], color=TEXT, linewidth=2.5, solid_capstyle="butt", path_effects=HALO)
    words = Words(figure.language)
    text = f"{words.number(length / 1000)} km" if length >= 1000 else f"{words.number(length)} m"
    axes.annotate(text, (x + length / 2, y), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=7, color=TEXT, path_effects=HALO)  # fmt: skip


def _legend_height(legend: Legend, sheet: Sheet) -> float:
    rows = len(legend.entries) + (2 if legend.heads else 0)
    return rows * 3.7 / (sheet.get_figheight() * MM)


def _legend_table(canvas: Canvas, legend: Legend) -> None:
    """Colour, meaning and counts of every class, hatched for what is not sure or unknown."""
    axes = canvas.sheet.add_axes((0.01, canvas.bottom, 0.98, canvas.top - canvas.bottom))
    axes.axis("off")
    heads = 2 if legend.heads else 0
    rows = len(legend.entries) + heads
    axes.set_xlim(0, 1)
    axes.set_ylim(rows, 0)
    first = 0.34
    step = (1 - first) / max(1, len(legend.heads))
    letters = step * canvas.sheet.get_figwidth() * MM / LETTER_MM
    longest = max((len(word) for head in legend.heads for word in head.split()), default=1)
    size = 6.5 * min(1.0, letters / (longest + 1))
    for number, head in enumerate(legend.heads):
        text = textwrap.fill(head, max(8, int(letters * 6.5 / size)), break_long_words=False)
        axes.text(first + step * (number + 1), 1.9, text, ha="right", va="bottom", fontsize=size, color=TEXT)
    for number, entry in enumerate(legend.entries):
        y = heads + number
        _swatch(axes, entry, y)
        axes.text(0.06, y + 0.5, entry.label, va="center", fontsize=7, color=TEXT)
        for column, count in enumerate(entry.counts):
            axes.text(first + step * (column + 1), y + 0.5, count, ha="right", va="center", fontsize=7, color=TEXT)


def _swatch(axes: Axes, entry: Entry, y: float) -> None:
    """The colour, the hatching or the sign that a row of the legend explains."""
    if entry.sign is not None and entry.sign[1] != "wilayah":
        _sign(axes, *entry.sign, np.array([[0.025, y + 0.5]]), 32)
        return
    area = entry.sign is not None
    axes.add_patch(
        Rectangle(
            (0, y + 0.12),
            0.05,
            0.76,
            facecolor=PAPER if area else entry.color or PAPER,
            edgecolor=QUIET,
            linewidth=0.9 if area else 0.4,
            linestyle="--" if area else "-",
            hatch=AREA if area else None if entry.color else UNCERTAIN if entry.uncertain else HATCH,
        )
    )
