"""Figures on paper: matplotlib draws a figure of `views.figures` as PNG, SVG or PDF, without a screen and in any thread.

Sides differ by pattern and sign as well as by colour, so that a grey print still tells them apart.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from io import BytesIO
from typing import Literal

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Sheet

from views.figures.captions import credit
from views.figures.specs import Across, Bars, Choropleth, Figure, Halves, Heat, Lines, Ranges, Slopes, Stacks
from views.language.words import Words
from views.paper import charts as paper_charts
from views.paper import lines as paper_lines
from views.paper import maps as paper_maps
from views.paper.inks import MM, Ink, Room

Format = Literal["png", "svg", "pdf"]
Size = tuple[float, float]

# Fonts go into the file whole, so that no reader replaces them; a fixed salt makes equal figures equal bytes.
matplotlib.rcParams.update(
    {"font.family": "DejaVu Sans", "pdf.fonttype": 42, "svg.hashsalt": "tapal", "hatch.linewidth": 0.5}
)

DPI = 220

__all__ = ["DPI", "Format", "Size", "picture", "sheet_of"]


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
    sheet = sheet_of(figure, size, dark, bare=bare, dpi=dpi)
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


def sheet_of(figure: Figure, size: Size, dark: bool = False, *, bare: bool = False, dpi: int = DPI) -> Sheet:
    """The drawing before it is written to a file; see `picture`."""
    ink = Ink(dark)
    sheet = Sheet(figsize=(size[0] / MM, size[1] / MM), dpi=dpi, facecolor=ink.paper)
    room = (0.0, 1.0) if bare else _frame(sheet, figure, ink, size)
    if isinstance(figure, Choropleth):
        paper_maps.choropleth(sheet, figure, ink, room, bare)
    else:
        _DRAW[type(figure)](sheet, figure, ink, room)
    return sheet


def _frame(sheet: Sheet, figure: Figure, ink: Ink, size: Size) -> Room:
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


_DRAW: dict[type[Figure], Callable[..., None]] = {
    Bars: paper_charts.bars,
    Across: paper_charts.across,
    Halves: paper_charts.halves,
    Slopes: paper_charts.slopes,
    Ranges: paper_charts.ranges,
    Lines: paper_lines.lines,
    Stacks: paper_charts.stacks,
    Heat: paper_lines.heat,
}
