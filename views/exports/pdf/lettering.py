"""How much room a text takes: DejaVu Sans, which comes with matplotlib and goes into every PDF.

It is wider than the fonts of an office, so what fits here fits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import matplotlib
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, OBLIQUE = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"
LEADING = 1.22

__all__ = ["BOLD", "LEADING", "OBLIQUE", "REGULAR", "columns", "fit", "height", "register", "width"]


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


def columns(
    rows: Sequence[Sequence[str]], room: float, size: float, padding: float, roomy: int | None = None
) -> list[float]:
    """Width of each column of a table in points: no word is broken, and what is left goes where the long texts are.

    They may need more than the room.

    Parameters
    ----------
    padding : points that a cell needs besides its text
    roomy : column that gets a third of the room in any case
    """
    least, wish = [], []
    for position in range(len(rows[0])):
        cells = [row[position] for row in rows]
        word = max(width(part, size, True) for cell in cells for part in (cell.split(" ") or [""]))
        least.append(max(word + padding, 0.3 * room if position == roomy else 0.0))
        wish.append(max(0.0, max(width(cell, size, True) for cell in cells) - word))
    left = room - sum(least)
    if left <= 0:
        return least
    given = min(1.0, left / (sum(wish) or 1.0))
    spare = max(0.0, left - given * sum(wish)) / len(least)
    return [a + b * given + spare for a, b in zip(least, wish, strict=True)]
