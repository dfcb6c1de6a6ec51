"""How much room a text takes: DejaVu Sans, which comes with matplotlib and goes into every PDF.

It is wider than the fonts of an office, so what fits here fits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import matplotlib
from PIL import ImageFont

FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
LEADING = 1.22
_LARGE = 1000
"""Size in points at which letters are measured, so that nothing is rounded to pixels."""


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold" if bold else "DejaVuSans"
    return ImageFont.truetype(str(FOLDER / f"{name}.ttf"), _LARGE, layout_engine=ImageFont.Layout.BASIC)


@cache
def _length(word: str, bold: bool) -> float:
    return float(_font(bold).getlength(word)) / _LARGE


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in points of a text in one line, set in letters of so many points.

    Parameters
    ----------
    text : without line breaks
    size : of the letters in points
    bold : whether the letters are
    """
    words = text.split(" ")
    return size * (sum(_length(word, bold) for word in words) + (len(words) - 1) * _length(" ", bold))


def height(text: str, room: float, size: float, bold: bool = False) -> float:
    """Height in points of a text set in a column of so many points.

    Parameters
    ----------
    text : its lines stay apart
    room : width of the column in points
    size : of the letters in points
    bold : whether the letters are
    """
    rows = 0
    for part in text.split("\n"):
        rows, used = rows + 1, 0.0
        for word in part.split(" "):
            needed = width(word, size, bold)
            if used and used + width(f" {word}", size, bold) > room:
                rows, used = rows + 1, needed
            else:
                used += needed if not used else width(f" {word}", size, bold)
    return rows * size * LEADING


def fit(text: str, width: float, room: float, largest: float, smallest: float, bold: bool = False) -> float:
    """The largest size in points, in halves, at which a text fits; the smallest where none does.

    Parameters
    ----------
    text : the text
    width, room : of the box, in points
    largest, smallest : sizes to choose from, in points
    bold : whether the letters are
    """
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
    rows : cells, the heads first
    room : width of the table in points
    size : of the letters in points
    padding : points that a cell needs besides its text
    roomy : column that gets a third of the room in any case
    """
    least, wish = [], []
    for position in range(len(rows[0])):
        cells = [row[position] for row in rows]
        word = max(width(part, size, True) for cell in cells for part in cell.split(" "))
        least.append(max(word + padding, 0.3 * room if position == roomy else 0.0))
        wish.append(max(0.0, max(width(cell, size, True) for cell in cells) - word))
    left = room - sum(least)
    if left <= 0:
        return least
    given = min(1.0, left / (sum(wish) or 1.0))
    spare = max(0.0, left - given * sum(wish)) / len(least)
    return [a + b * given + spare for a, b in zip(least, wish, strict=True)]
