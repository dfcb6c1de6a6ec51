"""What all drawings on paper share: colours, axes, the legend above them, and texts that fit."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath
from matplotlib.ticker import FuncFormatter

from views.figures.specs import Figure, Side
from views.figures.theme import ink
from views.language.words import Words

MM = 25.4
HATCHED = "////"
MARKERS = ("o", "s", "^", "D", "v")
HATCH = "//////"
PAPER, TEXT, QUIET = "#ffffff", ink(), "#5a6669"
"""The ground, texts and lines that belong to no side, and what may stand back."""
HALO = [withStroke(linewidth=2.5, foreground=PAPER)]
"""Around a text that lies over a drawing."""


@dataclass(frozen=True)
class Canvas:
    """A part of a sheet to draw on.

    Attributes
    ----------
    sheet : of matplotlib
    bottom, top : of the part, as shares of the height of the sheet
    """

    sheet: Sheet
    bottom: float = 0.0
    top: float = 1.0

    def dressed(self, axes: Axes) -> Axes:
        """Axes with a frame only where the scales stand."""
        axes.set_facecolor(PAPER)
        axes.tick_params(colors=TEXT, labelsize=8, length=2)
        for name, spine in axes.spines.items():
            spine.set_visible(name in {"left", "bottom"})
            spine.set_color(QUIET)
        axes.xaxis.label.set_color(TEXT)
        axes.yaxis.label.set_color(TEXT)
        return axes

    def axes(self) -> Axes:
        """One pair of axes that fills the part with all its labels."""
        rect = (0.0, self.bottom, 1.0, self.top - self.bottom)
        self.sheet.set_layout_engine("constrained", rect=rect, w_pad=0.04, h_pad=0.04)
        return self.dressed(self.sheet.add_subplot())

    def key_above(self, axes: Axes, count: int) -> None:
        """The legend of so many sides, above the drawing, in as many columns as fit: a wider one leaves no drawing."""
        wide = [
            TextPath((0, 0), label, size=8).get_extents().width + 38 for label in axes.get_legend_handles_labels()[1]
        ]
        room = 0.68 * 72 * self.sheet.get_figwidth()
        fitting = (n for n in (3, 2) if n <= count and sum(max(c, default=0) for c in np.array_split(wide, n)) <= room)
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1.0), ncols=next(fitting, 1), frameon=False, fontsize=8,
            labelcolor=TEXT, borderaxespad=0.2,
        )  # fmt: skip


def color_of(side: Side | None) -> str:
    """The colour of a side, or that of the text for what belongs to none."""
    return TEXT if side is None else side.color()


def short(text: str, width: int) -> str:
    """A name in at most two lines, so that one long name cannot push the drawing off the paper."""
    lines = textwrap.wrap(text, width) or [""]
    return "\n".join(lines if len(lines) < 3 else [lines[0], f"{lines[1][: width - 1]}…"])


def numbers(figure: Figure, decimals: int = 0) -> FuncFormatter:
    """Numbers of an axis in the language of the figure, without a sign: distances to the left are not negative."""
    words = Words(figure.language)
    return FuncFormatter(lambda value, _: words.number(abs(value), decimals).replace("-", "−"))
