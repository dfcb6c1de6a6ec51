"""What all drawings on paper share: colours of a theme, axes, the legend above them, and texts that fit."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter

from views.figures.specs import Figure, Side
from views.figures.theme import ink
from views.language.words import Words

MM = 25.4
PATTERNS = ("", "////", "....", "xxxx", "----")
MARKERS = ("o", "s", "^", "D", "v")
HATCH = "//////"

Room = tuple[float, float]
"""Bottom and top of the drawing, as shares of the height of the sheet."""


@dataclass(frozen=True)
class Ink:
    """Colours of one theme."""

    dark: bool

    @property
    def text(self) -> str:
        return ink(self.dark)

    @property
    def quiet(self) -> str:
        return "#9aa5a8" if self.dark else "#5a6669"

    @property
    def paper(self) -> str:
        return "#14191b" if self.dark else "#ffffff"

    def of(self, side: Side | None) -> str:
        """The colour of a side, or that of the text for what belongs to none."""
        return self.text if side is None else side.color(self.dark)

    @property
    def halo(self) -> list[withStroke]:
        """Around a text that lies over a drawing."""
        return [withStroke(linewidth=2.5, foreground=self.paper)]


def dressed(axes: Axes, ink: Ink) -> Axes:
    """Axes in the colours of the theme, with a frame only where the scales stand."""
    axes.set_facecolor(ink.paper)
    axes.tick_params(colors=ink.text, labelsize=8, length=2)
    for name, spine in axes.spines.items():
        spine.set_visible(name in {"left", "bottom"})
        spine.set_color(ink.quiet)
    axes.xaxis.label.set_color(ink.text)
    axes.yaxis.label.set_color(ink.text)
    return axes


def axes_in(sheet: Sheet, ink: Ink, room: Room) -> Axes:
    """One pair of axes that fills the room with all its labels."""
    bottom, top = room
    sheet.set_layout_engine("constrained", rect=(0.0, bottom, 1.0, top - bottom), w_pad=0.04, h_pad=0.04)
    return dressed(sheet.add_subplot(), ink)


def key_above(axes: Axes, ink: Ink, count: int) -> None:
    """The legend of the sides, above the drawing."""
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(count, 3), frameon=False, fontsize=8, labelcolor=ink.text,
        borderaxespad=0.2,
    )  # fmt: skip


def short(text: str, width: int) -> str:
    """A name in at most two lines, so that one long name cannot push the drawing off the paper."""
    lines = textwrap.wrap(text, width) or [""]
    return "\n".join(lines if len(lines) < 3 else [lines[0], f"{lines[1][: width - 1]}…"])


def numbers(figure: Figure, decimals: int = 0) -> FuncFormatter:
    words = Words(figure.language)
    return FuncFormatter(lambda value, _: words.number(abs(value), decimals).replace("-", "−"))
