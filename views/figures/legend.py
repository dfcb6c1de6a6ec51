"""Tables: results as frames with translated headings; numbers stay sortable and read in the language of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis.values.classes import UNKNOWN
from analysis.values.layer import Layer
from data.catalogue import Indicator
from data.tables import Dataset
from views.language.words import Words


def class_label(w: Words, layer: Layer, indicator: Indicator, position: int) -> str:
    """The limits of a class as text."""
    if position == UNKNOWN:
        return w.no_data
    gap = layer.mode == "kesenjangan"

    def limit(value: float) -> str:
        return w.signed_percent(value) if gap else w.number(value, _limit_decimals(value))

    breaks = layer.classes.breaks
    closed = layer.classes.upper_closed
    if not breaks:
        return w.t("semua nilai")
    if position == 0:
        return f"≤ {limit(breaks[0])}" if closed else f"< {limit(breaks[0])}"
    if position == len(breaks):
        return f"> {limit(breaks[-1])}" if closed else f"≥ {limit(breaks[-1])}"
    low, high = limit(breaks[position - 1]), limit(breaks[position])
    return f"> {low} – {high}" if closed else f"{low} – < {high}"


def _limit_decimals(value: float) -> int:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return len(text.partition(".")[2])


def legend(
    w: Words, data: Dataset, layer: Layer, indicator: Indicator, colors: tuple[str, ...], marks: dict[int, str]
) -> str:
    """Classes with colour, units and people a side, as an HTML table; the last row counts what is unknown.

    Every text in it is escaped. A table of Streamlit would bring a megabyte of script for these few cells.

    Parameters
    ----------
    colors : one a class
    marks : short remark by class, such as where the standard lies
    """
    order = [*range(layer.classes.count), UNKNOWN]
    # Limits of a gap carry their per cent themselves.
    kelas = w.t("Kelas") if layer.mode == "kesenjangan" else w.t("Kelas ({satuan})", satuan=w.pick(indicator.unit))
    rows = [
        Row(
            None if position == UNKNOWN else colors[position],
            " ".join(filter(None, [class_label(w, layer, indicator, position), marks.get(position, "")])),
            _counts(layer.counts, [f.kode_kabkota for f in layer.sides], position),
        )
        for position in order
    ]
    return class_table(w, data, [f.kode_kabkota for f in layer.sides], kelas, rows)


def counted_rows(
    w: Words, sides: Sequence[str], counts: pd.DataFrame, labels: Sequence[str], colors: Sequence[str]
) -> list[Row]:
    """Rows from `analysis.values.classes.count_classes`: a label and a colour a class, what is unknown last."""
    known = enumerate(zip(labels, colors, strict=True))
    rows = [Row(color, label, _counts(counts, sides, n)) for n, (label, color) in known]
    return [*rows, Row(None, w.no_data, _counts(counts, sides, UNKNOWN))]


def _counts(counts: pd.DataFrame, sides: Sequence[str], position: int) -> tuple[tuple[int, float], ...]:
    here = counts[counts["class"] == position].set_index("side")
    return tuple((int(here["units"].loc[side]), float(here["people"].loc[side])) for side in sides)


@dataclass(frozen=True)
class Row:
    """A class of a legend: its colour (None: hatched), what it means, and units and people of each side."""

    color: str | None
    label: str
    counts: tuple[tuple[int, float], ...]


def class_table(w: Words, data: Dataset, sides: Sequence[str], kelas: str, rows: Sequence[Row]) -> str:
    """Classes with colour, units and people a side, as an HTML table; every text in it is escaped."""
    heads = [w.t("Warna"), kelas]
    for side in sides:
        name = str(data.kabkota.at[side, "nama"])
        heads += [w.t("{sisi}: unit", sisi=name), w.t("{sisi}: jiwa", sisi=name)]
    body = []
    for row in rows:
        cells = [row.label]
        for units, people in row.counts:
            cells += [w.number(units), w.people(people) if units else "–"]
        fill, sign = ("transparent", "▨") if row.color is None else (row.color, "")
        body.append(
            f'<tr><td style="background:{fill};print-color-adjust:exact">{sign}</td>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + "</tr>"
        )
    return html_table(w.t("Legenda: kelas, jumlah unit dan penduduk tiap sisi"), heads, "".join(body))


def text_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], padding: int = 5, size: str = ".875rem"
) -> str:
    """Rows of plain text as an HTML table that wraps; the first cell of a row is its heading. All is escaped."""
    body = []
    for name, *cells in rows:
        head = f'<th scope="row" align="left" style="font-weight:400">{escape(name)}</th>'
        body.append("<tr>" + head + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return html_table(caption, heads, "".join(body), padding, size)


def html_table(caption: str, heads: Sequence[str], body: str, padding: int = 5, size: str = ".875rem") -> str:
    """An HTML table from rows that are HTML already; caption and heads are escaped here."""
    head = "".join(f'<th scope="col" align="left">{escape(text)}</th>' for text in heads)
    style = f"border-collapse:collapse;width:100%;font-size:{size};border-color:#8a949688"
    return (
        f'<div style="overflow-x:auto"><table aria-label="{escape(caption)}" border="1" cellpadding="{padding}" style="{style}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
