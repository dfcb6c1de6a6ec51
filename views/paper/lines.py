"""Lines and shares in cells on paper."""

from __future__ import annotations

from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_hex, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from views.figures.specs import Heat, Line, Lines
from views.paper.inks import HALO, HATCH, MARKERS, MM, PAPER, QUIET, TEXT, Canvas, color_of, numbers, short

PER_ROW = 2
KEYS = 4
LINE_MM = 4.6
LOOKS: dict[str, Literal["-", "--", "none"]] = {"solid": "-", "dashed": "--", "points": "none"}


def lines(canvas: Canvas, figure: Lines) -> None:
    """Curves with their bands and ranges, two panels a row, under one legend."""
    columns = min(PER_ROW, len(figure.panels))
    rows = -(-len(figure.panels) // PER_ROW)
    sides = list(dict.fromkeys(line.side for panel in figure.panels for line in panel.lines))
    handles: dict[str, Line2D | Patch] = {}
    alike = len(figure.panels) > 1
    for number, panel in enumerate(figure.panels):
        axes = canvas.dressed(canvas.sheet.add_subplot(rows, columns, number + 1))
        for band in panel.bands:
            color = color_of(band.side)
            across, low, high = np.array(band.points, dtype=float).reshape(-1, 3).T
            axes.fill_between(across, low, high, color=color, alpha=0.22, linewidth=0)
            key = TEXT if alike else color
            handles.setdefault(band.name, Patch(facecolor=key, alpha=0.22, label=short(band.name, 60)))
        for line in panel.lines:
            marker = MARKERS[sides.index(line.side) % len(MARKERS)]
            _line(axes, line, figure.aside, "X" if line.look == "points" else marker)
            handles.setdefault(line.name, _handle(line, alike, marker))
        if figure.reference is not None:
            axes.axvline(figure.reference, color=TEXT, linestyle=":", linewidth=1.1)
        axes.set_xlim(*figure.across)
        axes.set_ylim(*panel.span)
        axes.set_xticks([x for x, _ in figure.ticks], [text for _, text in figure.ticks])
        axes.yaxis.set_major_locator(MaxNLocator(6))
        axes.yaxis.set_major_formatter(numbers(figure, figure.decimals))
        if panel.title:
            axes.set_title(short(panel.title, 40), fontsize=9, color=TEXT)
    if figure.reference is not None and figure.reference_name:
        handles["reference"] = Line2D([], [], color=TEXT, linestyle=":", label=figure.reference_name)
    _around(canvas, figure, list(handles.values()))


def _around(canvas: Canvas, figure: Lines, handles: list[Line2D | Patch]) -> None:
    """One legend above all panels and one title of each axis, in margins of their own."""
    sheet, bottom, top = canvas.sheet, canvas.bottom, canvas.top
    line = LINE_MM / (sheet.get_figheight() * MM)
    keys = -(-len(handles) // KEYS)
    sheet.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.01, top), ncols=min(len(handles), KEYS), frameon=False,
        fontsize=8, labelcolor=TEXT, borderaxespad=0, borderpad=0.1,
    )  # fmt: skip
    middle = (bottom + top - (keys - 1) * line) / 2
    sheet.text(0.5, bottom + 0.3 * line, figure.axis_across, ha="center", va="bottom", fontsize=8, color=TEXT)
    sheet.text(0.012, middle, short(figure.axis, 60), ha="left", va="center", rotation=90, fontsize=8, color=TEXT)
    low, high = bottom + 1.2 * line, top - (keys + 0.3) * line
    sheet.set_layout_engine("constrained", rect=(0.03, low, 0.96, high - low), w_pad=0.06, h_pad=0.06)


def _line(axes: Axes, line: Line, aside: float, marker: str) -> None:
    color = color_of(line.side)
    single = line.look == "points"
    across, up = np.array(line.points, dtype=float).reshape(-1, 2).T
    across = across + (aside if single else 0)
    axes.plot(
        across, up, color=color, linestyle=LOOKS[line.look], linewidth=1.6 if line.look == "dashed" else 2.2,
        marker=marker if single or line.dotted else None, markersize=8 if single else 5, clip_on=False,
    )  # fmt: skip
    for x, known in zip(across.tolist(), line.ranges, strict=False):
        if known is not None:
            axes.plot([x, x], known, color=color, linewidth=1.1, marker="_", markersize=7)
    # Beside the strokes of ranges, not on them.
    place, align = ((-7, 5), "right") if line.ranges else ((0, 7), "center")
    for (x, y), text in zip(line.points, line.texts, strict=False):
        if text:
            axes.annotate(
                text, (x, y), xytext=place, textcoords="offset points", ha=align, fontsize=7.5, color=TEXT,
                path_effects=HALO, zorder=6,
            )  # fmt: skip


def _handle(line: Line, alike: bool, marker: str) -> Line2D:
    """What stands for a line in the legend: in the colour of no side where all sides have it."""
    single = line.look == "points"
    return Line2D(
        [],
        [],
        color=TEXT if alike else color_of(line.side),
        linestyle=LOOKS[line.look],
        marker="X" if single else marker if line.dotted else None,
        label=short(line.name, 60),
    )


def heat(canvas: Canvas, figure: Heat) -> None:
    """Cells by share, hatched where there is none, with a scale beside them."""
    axes = canvas.axes()
    scale = LinearSegmentedColormap.from_list("share", list(figure.colors))
    norm = Normalize(0, 100)
    for row, (values, texts) in enumerate(zip(figure.values, figure.texts, strict=True)):
        for column, (value, text) in enumerate(zip(values, texts, strict=True)):
            color = to_hex(scale(norm(value))) if value is not None else PAPER
            axes.add_patch(
                Rectangle(
                    (column - 0.48, row - 0.48), 0.96, 0.96, facecolor=color, edgecolor=QUIET, linewidth=0,
                    hatch=None if value is not None else HATCH,
                )
            )  # fmt: skip
            dark = value is not None and sum(to_rgb(color)) < 1.5
            axes.text(
                column, row, short(text, 12), ha="center", va="center", fontsize=6.5,
                color="#ffffff" if dark else TEXT if value is None else "#1c2426",
            )  # fmt: skip
    axes.set_xlim(-0.5, len(figure.columns) - 0.5)
    axes.set_ylim(len(figure.rows) - 0.5, -0.5)
    axes.set_yticks(range(len(figure.rows)), [short(name, 44) for name in figure.rows])
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(figure.columns)), [short(name, 14) for name in figure.columns], rotation=40, ha="left")
    axes.tick_params(labelsize=7, length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    bar = canvas.sheet.colorbar(ScalarMappable(norm, scale), ax=axes, shrink=0.5, aspect=30, pad=0.01)
    bar.set_label(figure.axis, fontsize=7, color=TEXT)
    bar.ax.tick_params(labelsize=7, colors=TEXT, length=2)
    bar.outline.set_visible(False)
