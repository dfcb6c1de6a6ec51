"""Figures on paper: matplotlib draws a figure of `views.figures` as PNG, SVG or PDF, without a screen and in any thread.

Sides differ by pattern and sign as well as by colour, so that a grey print still tells them apart.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Literal

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Sheet
from PIL import Image

from views.figures.captions import credit
from views.figures.specs import Across, Bars, Choropleth, Figure, Halves, Heat, Lines, Ranges, Slopes, Stacks, Terms
from views.language.words import Words
from views.paper import charts as paper_charts
from views.paper import lines as paper_lines
from views.paper import maps as paper_maps
from views.paper.inks import MM, PAPER, QUIET, TEXT, Canvas

Format = Literal["png", "svg", "pdf"]
Size = tuple[float, float]

# Fonts go into the file whole, so that no reader replaces them; a fixed salt makes equal figures equal bytes.
matplotlib.rcParams.update(
    {"font.family": "DejaVu Sans", "pdf.fonttype": 42, "svg.hashsalt": "tapal", "hatch.linewidth": 0.5}
)

DPI = 220
SAMPLED = 8
"""Every how many pixels, across and down, the colours of a map are looked up."""


def picture(
    figure: Figure,
    format: Format,
    size: Size,
    *,
    bare: bool = False,
    dpi: int = DPI,
    aside: float = 0.0,
) -> bytes:
    """Draw a figure.

    Parameters
    ----------
    figure : what is drawn
    format : kind of file
    size : width and height in millimetres
    bare : without title, legend table and credit line, where these stand beside the picture as text
    dpi : dots an inch
    aside : share of the width of a map that stays free at its right

    Returns
    -------
    bytes
        A whole file; the same figure and size give the same bytes.
    """
    sheet = sheet_of(figure, size, bare, dpi, aside)
    buffer, title = BytesIO(), figure.title
    if format == "png" and bare and isinstance(figure, Choropleth):
        # A map in as many colours as it needs: a third of the bytes.
        canvas = FigureCanvasAgg(sheet)
        canvas.draw()
        _in_few_colours(Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")).save(buffer, "png")
    elif format == "png":
        FigureCanvasAgg(sheet).print_png(buffer, metadata={"Software": "Tapal", "Title": title})
    elif format == "svg":
        FigureCanvasSVG(sheet).print_svg(buffer, metadata={"Date": None, "Creator": "Tapal", "Title": title})
    else:
        about = {"CreationDate": None, "Creator": "Tapal", "Producer": "Tapal", "Title": title}
        FigureCanvasPdf(sheet).print_pdf(buffer, metadata=about)
    return buffer.getvalue()


def sheet_of(figure: Figure, size: Size, bare: bool = False, dpi: int = DPI, aside: float = 0.0) -> Sheet:
    """The drawing before it is written to a file.

    Parameters
    ----------
    figure, size, bare, dpi, aside : see `picture`
    """
    sheet = Sheet(figsize=(size[0] / MM, size[1] / MM), dpi=dpi)
    canvas = Canvas(sheet)
    sheet.set_facecolor(PAPER)
    if not bare:
        canvas = _framed(canvas, figure, size)
    if isinstance(figure, Choropleth):
        paper_maps.choropleth(canvas, figure, bare, aside)
    else:
        _DRAW[type(figure)](canvas, figure)
    return sheet


def _in_few_colours(drawn: Image.Image) -> Image.Image:
    """The picture in 256 colours: those of its areas as they are, those of blurred edges nearly so."""
    # Median cut takes four times as long. An octree gives each of its colours as a mean, which edges shift.
    few = drawn.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    number, color = (np.asarray(image)[::SAMPLED, ::SAMPLED] for image in (few, drawn))
    palette = np.asarray(few.getpalette(), dtype=int).reshape(-1, 3)
    for used in np.unique(number):
        palette[used] = np.median(color[number == used], axis=0)
    few.putpalette(palette.astype(np.uint8).tobytes())
    return few


def _framed(canvas: Canvas, figure: Figure, size: Size) -> Canvas:
    """Title above and credit below; gives the part between them."""
    line = 3.6 / size[1]
    title = textwrap.wrap(figure.title, int(size[0] / 2.6))
    top = 1 - 0.4 * line
    canvas.sheet.text(0.01, top, "\n".join(title), va="top", ha="left", fontsize=11, weight="bold", color=TEXT)
    last = f"{figure.attribution}." if isinstance(figure, Choropleth) else credit(Words(figure.language), figure)
    rows = [row for text in (figure.note, last) for row in textwrap.wrap(text, int(size[0] / 1.3))]
    canvas.sheet.text(
        0.01, 0.25 * line, "\n".join(rows), va="bottom", ha="left", fontsize=6.5, color=QUIET, linespacing=1.25
    )
    return replace(canvas, bottom=line * (0.7 + 0.86 * len(rows)), top=1 - line * (0.6 + 1.35 * len(title)))


_DRAW: dict[type[Figure], Callable[..., None]] = {
    Bars: paper_charts.bars,
    Across: paper_charts.across,
    Halves: paper_charts.halves,
    Slopes: paper_charts.slopes,
    Ranges: paper_charts.ranges,
    Lines: paper_lines.lines,
    Stacks: paper_charts.stacks,
    Heat: paper_lines.heat,
    Terms: paper_charts.terms,
}
