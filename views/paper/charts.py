"""Charts of a border on paper: bars, values across the line, pairs and ranks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.ticker import MaxNLocator

from views.figures.specs import Across, Bars, Halves, Measured, Ranges, Series, Slopes, Stacks, Terms
from views.paper.inks import HALO, HATCHED, MARKERS, PAPER, QUIET, TEXT, Canvas, color_of, numbers, short

Places = npt.NDArray[np.floating] | npt.NDArray[np.integer]


def bars(canvas: Canvas, figure: Bars) -> None:
    """Bars in groups, a bar a side, solid to the least and hatched to the most, each with its text behind it."""
    axes = canvas.axes()
    places = np.arange(len(figure.categories))
    height = 0.8 / max(1, len(figure.series))
    bar = height * (canvas.top - canvas.bottom) * canvas.sheet.get_figheight() * 72 / max(1, len(places)) * 0.75
    for number, series in enumerate(figure.series):
        y = places - 0.4 + height * (number + 0.5)
        least, most = (np.array(ends) for ends in zip(*series.ends, strict=True))
        _bar(axes, series, y, least, height * 0.92)
        _bar(axes, series, y, most - least, height * 0.92, least, hatched=True)
        for place, end, text in zip(y, most, series.texts, strict=True):
            axes.text(end + 1.5, place, text, va="center", fontsize=min(7.5, bar), color=TEXT)
    if figure.hatching:
        axes.barh([0], [0], facecolor=QUIET, edgecolor=PAPER, hatch=HATCHED, label=figure.hatching)
    _per_cent(canvas, axes, figure, 145)


def stacks(canvas: Canvas, figure: Stacks) -> None:
    """Bars of parts, hatched where they meet within their ranges; texts stand at the ends of the bar, so that all fit."""
    axes = canvas.axes()
    places = np.arange(len(figure.categories))
    start = np.zeros(len(places))
    last = len(figure.series) - 1
    behind = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
    for number, series in enumerate(figure.series):
        least = np.array([low for low, _ in series.ends])
        widths = np.array([value or 0.0 for value in series.values])
        solid = start if number == 0 else start + widths - least
        _bar(axes, series, places, least, 0.72, solid)
        _bar(axes, series, places, widths - least, 0.72, start + least if number == 0 else start, hatched=True)
        align, at = ("left", start + 1) if number == 0 else ("right", start + widths - 1) if number == last else ("center", start + widths / 2)  # fmt: skip
        for place, x, text in zip(places.tolist(), at.tolist(), series.texts, strict=True):
            axes.text(x, place, text, va="center", ha=align, fontsize=8, color=TEXT, bbox=behind)
        start = start + widths
    _per_cent(canvas, axes, figure, 100)


def _bar(
    axes: Axes, series: Series, places: Places, lengths: Places, height: float,
    start: Places | float = 0.0, hatched: bool = False,
) -> None:  # fmt: skip
    """Bars of one side in its colour; only the solid ones stand in the legend."""
    axes.barh(
        places, lengths, left=start, height=height, facecolor=color_of(series.side), edgecolor=PAPER, linewidth=0,
        hatch=HATCHED if hatched else "", label="" if hatched else short(series.side.name, 26),
    )  # fmt: skip


def _per_cent(canvas: Canvas, axes: Axes, figure: Bars, end: float) -> None:
    """Categories from top to bottom, per cent from left to right with marks up to 100, and the legend above."""
    axes.set_yticks(range(len(figure.categories)), [short(name, 26) for name in figure.categories])
    axes.invert_yaxis()
    axes.set_xlim(0, end)
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.set_xlabel(figure.axis, fontsize=8)
    canvas.key_above(axes, len(figure.series) + bool(figure.hatching))


def _values(axes: Axes, figure: Measured) -> None:
    """The upright axis of values, and the standard across the drawing."""
    axes.set_ylabel(figure.axis, fontsize=8)
    axes.yaxis.set_major_formatter(numbers(figure, min(figure.decimals, 1)))
    if figure.threshold is None:
        return
    axes.axhline(figure.threshold, color=TEXT, linestyle=":", linewidth=1.1)
    axes.annotate(
        figure.threshold_name, (0.01, figure.threshold), xycoords=("axes fraction", "data"), xytext=(0, 2),
        textcoords="offset points", fontsize=7, color=TEXT, path_effects=HALO, zorder=6,
    )  # fmt: skip


def across(canvas: Canvas, figure: Across) -> None:
    """Dots and curves to both sides of the line."""
    axes = canvas.axes()
    for number, (sign, part) in enumerate(zip((-1, 1), figure.sides, strict=True)):
        color = color_of(part.side)
        marker = MARKERS[number]
        shown = [dot for dot in part.dots if dot.value <= figure.top]
        beyond = [dot.km for dot in part.dots if dot.value > figure.top]
        axes.scatter(
            [sign * km for km in beyond], [figure.top] * len(beyond), s=22, marker="^", color=color, linewidths=0
        )
        axes.scatter(
            [sign * d.km for d in shown], [d.value for d in shown], s=16, marker=marker, color=color, alpha=0.7,
            linewidths=0, label=short(part.side.name, 26),
        )  # fmt: skip
        curve = np.array([[sign * km, np.nan if v is None else v] for km, v in part.curve], dtype=float).reshape(-1, 2)
        axes.plot(curve[:, 0], curve[:, 1], color=color, linewidth=2.2)
    axes.axvline(0, color=TEXT, linewidth=3)
    axes.set_xlim(-figure.reach_km, figure.reach_km)
    axes.set_ylim(0, figure.top * 1.05)
    axes.annotate(
        figure.line_name, (0, 1), xycoords=("data", "axes fraction"), xytext=(4, -8), textcoords="offset points",
        fontsize=7.5, color=TEXT,
    )  # fmt: skip
    axes.set_xlabel(figure.axis_distance, fontsize=8)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(numbers(figure))
    _values(axes, figure)
    canvas.key_above(axes, 2)


def halves(canvas: Canvas, figure: Halves) -> None:
    """Upright bars of border and rest, the rest paler."""
    axes = canvas.axes()
    places = np.arange(len(figure.sides))
    for number, half in enumerate(figure.parts):
        x = places - 0.2 + 0.4 * number
        for place, side, mean in zip(x, figure.sides, half.values, strict=True):
            color = to_rgba(color_of(side), 0.55 if number else 1.0)
            axes.bar(place, mean or 0, width=0.38, facecolor=color, linewidth=0)
        for place, mean, text in zip(x, half.values, half.texts, strict=True):
            axes.text(place, mean or 0, f"{half.name}\n{text}", ha="center", va="bottom", fontsize=7, color=TEXT)
    axes.set_xticks(places, [short(side.name, 18) for side in figure.sides])
    axes.margins(y=0.18)
    _values(axes, figure)


def slopes(canvas: Canvas, figure: Slopes) -> None:
    """A line a pair, from the first side to the second."""
    axes = canvas.axes()
    for pair in figure.pairs:
        axes.plot([0, 1], pair.values, color="#8a8f94", linewidth=1, zorder=1)
    for place, side in enumerate(figure.sides):
        color = color_of(side)
        values = [pair.values[place] for pair in figure.pairs]
        axes.scatter([place] * len(values), values, s=28, marker=MARKERS[place], color=color, zorder=2)
    axes.set_xticks([0, 1], [short(side.name, 18) for side in figure.sides])
    axes.set_xlim(-0.15, 1.15)
    axes.set_ylim(bottom=0)
    _values(axes, figure)


def ranges(canvas: Canvas, figure: Ranges) -> None:
    """A stroke a unit over the range of its rank, with a sign at the middle."""
    axes = canvas.axes()
    sides = list(dict.fromkeys(row.side for row in figure.rows))
    for place, row in enumerate(figure.rows):
        number = sides.index(row.side)
        color = color_of(row.side)
        axes.plot([row.low, row.high], [place, place], color=color, linewidth=3.5, solid_capstyle="butt", alpha=0.75)
        axes.scatter([row.middle], [place], s=34, marker=MARKERS[number], color=TEXT, zorder=3, linewidths=0)
        axes.annotate(
            row.text, (row.high, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=7.5,
            color=TEXT,
        )  # fmt: skip
    for number, side in enumerate(sides):
        axes.plot([], [], color=color_of(side), linewidth=3.5, marker=MARKERS[number], label=short(side.name, 26), ms=5)
    axes.set_yticks(range(len(figure.rows)), [short(row.name, 26) for row in figure.rows])
    axes.invert_yaxis()
    axes.set_xlim(0, max(row.high for row in figure.rows) * 1.15)
    axes.xaxis.set_major_formatter(numbers(figure))
    axes.set_xlabel(figure.axis, fontsize=8)
    canvas.key_above(axes, len(sides))


def terms(canvas: Canvas, figure: Terms) -> None:
    """A stroke a term, a point where its end is not known, and an upright line at today."""
    axes, seen = canvas.axes(), set()
    for place, row in enumerate(figure.rows):
        color = row.color[0]
        label = "" if row.group in seen else row.group
        seen.add(row.group)
        axes.plot([row.first, row.last or row.first], [place, place], color=color, linewidth=5, solid_capstyle="butt")
        axes.scatter([row.first], [place], s=30, color=color, zorder=3, label=label or None)
    axes.axvline(figure.today, color=TEXT, linewidth=1.2)
    axes.annotate(figure.today_name, (figure.today, 1), xycoords=("data", "axes fraction"), fontsize=7.5, color=TEXT)
    axes.set_yticks(range(len(figure.rows)), [short(row.name, 40) for row in figure.rows])
    axes.invert_yaxis()
    axes.set_xlim(*figure.across)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.xaxis.set_major_formatter("{x:.0f}")
    axes.set_xlabel(figure.axis, fontsize=8)
    canvas.key_above(axes, len(seen))
