"""What all drawings on paper share: colours of a theme, axes, the legend above them, and texts that fit."""

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


@dataclass(frozen=True)
class Ink:
    """Colours of one theme.

    Attributes
    ----------
    dark : for a dark screen
    """

    dark: bool

    @property
    def text(self) -> str:
        """Texts, and lines that belong to no side."""
        return ink(self.dark)

    @property
    def quiet(self) -> str:
        """What may stand back."""
        return "#9aa5a8" if self.dark else "#5a6669"

    @property
    def paper(self) -> str:
        """The ground."""
        return "#14191b" if self.dark else "#ffffff"

    def of(self, side: Side | None) -> str:
        """The colour of a side, or that of the text for what belongs to none."""
        return self.text if side is None else side.color(self.dark)

    @property
    def halo(self) -> list[withStroke]:
        """Around a text that lies over a drawing."""
        return [withStroke(linewidth=2.5, foreground=self.paper)]


@dataclass(frozen=True)
class Canvas(Ink):
    """A part of a sheet to draw on, with the colours of a theme.

    Attributes
    ----------
    sheet : of matplotlib
    bottom, top : of the part, as shares of the height of the sheet
    """

    sheet: Sheet
    bottom: float = 0.0
    top: float = 1.0

    def dressed(self, axes: Axes) -> Axes:
        """Axes in the colours of the theme, with a frame only where the scales stand."""
        axes.set_facecolor(self.paper)
        axes.tick_params(colors=self.text, labelsize=8, length=2)
        for name, spine in axes.spines.items():
            spine.set_visible(name in {"left", "bottom"})
            spine.set_color(self.quiet)
        axes.xaxis.label.set_color(self.text)
        axes.yaxis.label.set_color(self.text)
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
            labelcolor=self.text, borderaxespad=0.2,
        )  # fmt: skip


def short(text: str, width: int) -> str:
    """A name in at most two lines, so that one long name cannot push the drawing off the paper."""
    lines = textwrap.wrap(text, width) or [""]
    return "\n".join(lines if len(lines) < 3 else [lines[0], f"{lines[1][: width - 1]}…"])


def numbers(figure: Figure, decimals: int = 0) -> FuncFormatter:
    """Numbers of an axis in the language of the figure, without a sign: distances to the left are not negative."""
    words = Words(figure.language)
    return FuncFormatter(lambda value, _: words.number(abs(value), decimals).replace("-", "−"))
