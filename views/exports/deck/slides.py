"""What stands on each slide of the deck, between its sentence and its foot."""

from __future__ import annotations

from typing import Any

from views.exports.deck.charts import fill
from views.exports.deck.sheet import Body, Sheet
from views.exports.deck.template import LEFT, RIGHT
from views.figures.specs import Ranges, Slopes
from views.story.slides import Slide

__all__ = ["LAYOUT"]


def _with_table(sheet: Sheet, page: Any, slide: Slide) -> None:
    """A table over the whole width, and the points below."""
    points = 0.3 * len(slide.points) + 0.4 if slide.points else 0.0
    bottom = 2.1
    if slide.table is not None:
        bottom = sheet.table(page, slide.table, (LEFT, 2.1, RIGHT - LEFT, 4.65 - points), 15) + 0.3
    sheet.lines(page, slide.points, (LEFT, bottom, RIGHT - LEFT, 6.85 - bottom), 15, smallest=7.5)


def _with_chart(sheet: Sheet, page: Any, slide: Slide) -> None:
    """A chart at the left, the points and the note at the right."""
    if slide.figure is None:
        _with_table(sheet, page, slide)
        return
    sheet.chart(page, slide.figure, (LEFT, 2.0, 7.9, 4.85))
    sheet.lines(page, slide.points, (8.6, 2.15, RIGHT - 8.6, 3.6), 14)
    sheet.text(page, slide.figure.note, (8.6, 5.85, RIGHT - 8.6, 0.95), 10, smallest=7.5, quiet=True)


def _with_map(sheet: Sheet, page: Any, slide: Slide) -> None:
    assert slide.figure is not None
    start = 8.0
    sheet.image(page, slide.figure, (LEFT, 2.0, start - 0.7, 4.85))
    sheet.text(page, f"{slide.figure.title} ({slide.figure.unit})", (start, 2.05, RIGHT - start, 0.35), 13, bold=True)
    bottom = sheet.legend(page, slide.figure.legend, (start, 2.45, RIGHT - start, 3.2)) + 0.2
    sheet.text(page, slide.figure.note, (start, bottom, RIGHT - start, 6.8 - bottom), 10, smallest=7.5, quiet=True)


def _with_pairs(sheet: Sheet, page: Any, slide: Slide) -> None:
    assert slide.table is not None
    sheet.table(page, slide.table, (LEFT, 2.1, 8.2, 4.6))
    if isinstance(slide.figure, Slopes):
        sheet.image(page, slide.figure, (8.95, 2.1, RIGHT - 8.95, 3.5))
    sheet.lines(page, slide.points, (8.95, 5.7, RIGHT - 8.95, 1.1), 12)


def _with_ranks(sheet: Sheet, page: Any, slide: Slide) -> None:
    if slide.table is None or not isinstance(slide.figure, Ranges):
        _with_table(sheet, page, slide)
        return
    sheet.table(page, slide.table, (LEFT, 2.1, 8.2, 4.65))
    sheet.chart(page, slide.figure, (8.8, 2.25, RIGHT - 8.8, 3.55))
    names = ", ".join(dict.fromkeys(entry.label for entry in slide.figure.legend.entries))
    key = sheet.w.t("Polos lalu bergaris: batas bawah, tengah, batas atas. Warna: {sisi}.", sisi=names)
    sheet.lines(page, [key, slide.figure.note], (8.8, 5.8, RIGHT - 8.8, 1.05), 10, smallest=7, quiet=True)
    entries = slide.figure.legend.entries
    step = min(1.5, (RIGHT - 8.9) / len(entries))
    for number, entry in enumerate(entries):
        swatch = page.shapes.add_shape(1, *sheet.box(8.9 + step * number, 2.06, 0.13, 0.13))
        fill(swatch.fill, entry.color or "#ffffff")
        swatch.line.fill.background()
        sheet.text(page, entry.label, (9.08 + step * number, 2.02, step - 0.2, 0.22), 10, smallest=6)


def _with_place(sheet: Sheet, page: Any, slide: Slide) -> None:
    if slide.figure is None or slide.table is None:
        _with_table(sheet, page, slide)
        return
    sheet.image(page, slide.figure, (LEFT, 2.1, 3.6, 4.6))
    sheet.table(page, slide.table, (4.3, 2.1, RIGHT - 4.3, 4.65), 12)


def _with_limits(sheet: Sheet, page: Any, slide: Slide) -> None:
    sheet.lines(page, slide.points, (LEFT, 2.1, 6.3, 4.6), 14)
    if slide.table is not None:
        sheet.table(page, slide.table, (7.1, 2.1, RIGHT - 7.1, 4.6), 14)


LAYOUT: dict[str, Body] = {
    "penduduk": _with_table,
    "kesenjangan": _with_chart,
    "peta": _with_map,
    "bandingkan": _with_chart,
    "tetangga": _with_pairs,
    "prioritas": _with_ranks,
    "profil": _with_place,
    "batasan": _with_limits,
    "sumber": _with_table,
}
