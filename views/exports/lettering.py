"""How much room a text takes: DejaVu Sans, which comes with matplotlib and goes into every PDF.

It is wider than the fonts of an office, so what fits here fits there.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import matplotlib
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, OBLIQUE = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"
LEADING = 1.22

__all__ = ["BOLD", "LEADING", "OBLIQUE", "REGULAR", "fit", "height", "register", "width"]


@cache
def register() -> None:
    """Make the fonts known to reportlab, once."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in (REGULAR, BOLD, OBLIQUE):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=OBLIQUE, boldItalic=BOLD)


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in points of a text in one line."""
    register()
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))


def height(text: str, width: float, size: float, bold: bool = False) -> float:
    """Height in points of a text set in a column of this width in points."""
    register()
    rows = sum(max(1, len(simpleSplit(part, BOLD if bold else REGULAR, size, width))) for part in text.split("\n"))
    return rows * size * LEADING


def fit(text: str, width: float, room: float, largest: float, smallest: float, bold: bool = False) -> float:
    """The largest size in points, in halves, at which a text fits; the smallest where none does."""
    size = largest
    while size > smallest and height(text, width, size, bold) > room:
        size -= 0.5
    return size
