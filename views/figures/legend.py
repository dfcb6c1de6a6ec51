"""Legends: what a class means, its colour, and whom it holds on each side; and small tables as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import pandas as pd

from analysis.values.classes import UNCERTAIN, UNKNOWN
from analysis.values.layer import Layer
from data.catalogue import Indicator
from data.tables import Dataset
from views.figures import theme
from views.figures.mapspec import MapLegend
from views.language import sentences
from views.language.words import Words


@dataclass(frozen=True)
class Row:
    """A class of a legend.

    Attributes
    ----------
    color
        None where the class is hatched.
    label
        What the class means.
    counts
        Units and people of each side.
    uncertain
        Whether it holds what may meet a standard or miss it: hatched in the colour of its class.
    """

    color: str | None
    label: str
    counts: tuple[tuple[int, float], ...]
    uncertain: bool = False


def limits(
    position: int, breaks: Sequence[float], text: Callable[[float], str], upper_closed: bool, unit: str = ""
) -> str:
    """The limits of a class as text.

    Parameters
    ----------
    position
        Of the class, 0 to ``len(breaks)``.
    breaks
        Inner limits, rising.
    text
        Writes a limit.
    upper_closed
        Whether a value on a limit belongs to the class below it.
    unit
        Follows the limits.
    """
    below, above = ("≤", ">") if upper_closed else ("<", "≥")
    if position == 0:
        shown = f"{below} {text(breaks[0])}"
    elif position == len(breaks):
        shown = f"{above} {text(breaks[-1])}"
    else:
        low, high = text(breaks[position - 1]), text(breaks[position])
        shown = f"> {low} – {high}" if upper_closed else f"{low} – < {high}"
    return f"{shown} {unit}".rstrip()


def steps(ends: Sequence[float], text: Callable[[float], str]) -> list[str]:
    """Labels of classes between ends that follow each other, where a value on a limit belongs to the class below."""
    return [f"{'> ' if n else ''}{text(low)}–{text(high)}" for n, (low, high) in enumerate(pairwise(ends))]


def layer_colors(layer: Layer, indicator: Indicator) -> tuple[str, ...]:
    """Fill colours by class: dark is further behind, or simply more where nothing is better."""
    if layer.mode == "kesenjangan":
        return theme.GAP
    return theme.sequential(layer.classes.count, reverse=indicator.direction == "lebih_tinggi_baik")


def layer_rows(w: Words, layer: Layer, indicator: Indicator) -> list[Row]:
    """The classes of an indicator or of its gap with colour, limits, units and people a side; what is unknown last.

    Parameters
    ----------
    w : language
    layer, indicator : what the map shows
    """
    gap = layer.mode == "kesenjangan"
    breaks, closed = layer.classes.breaks, layer.classes.upper_closed

    def limit(value: float) -> str:
        return w.signed_percent(value) if gap else sentences.number(w, value)

    labels = [limits(n, breaks, limit, closed) if breaks else w.t("semua nilai") for n in range(layer.classes.count)]
    if gap:
        labels[1] += " " + w.t("(memenuhi standar)")
        labels[2] += " " + w.t("(di luar standar)")
    sides = [side.kode_kabkota for side in layer.sides]
    unsure = w.t("belum pasti: standarnya di dalam kisaran")
    return counted_rows(sides, layer.counts, labels, layer_colors(layer, indicator), w.no_data, unsure)


def in_map(w: Words, data: Dataset, sides: Sequence[str], title: str, rows: Sequence[Row]) -> MapLegend:
    """Classes with the people of each side, as the map itself shows them.

    Parameters
    ----------
    w, data : language and data
    sides : codes in the order of the counts
    title, rows : what the classes are of, and the classes
    """
    heads = tuple(str(data.kabkota.at[side, "nama"]) for side in sides)
    return MapLegend(
        title,
        heads,
        tuple(
            (
                row.color or ("uncertain" if row.uncertain else ""),
                row.label,
                tuple(w.people(people) if units else "–" for units, people in row.counts),
            )
            for row in rows
        ),
    )


def counted_rows(
    sides: Sequence[str],
    counts: pd.DataFrame,
    labels: Sequence[str],
    colors: Sequence[str],
    unknown: str,
    unsure: str = "",
) -> list[Row]:
    """Rows from counts: a label and a colour a class, what is not sure and what is unknown last.

    Parameters
    ----------
    sides
        Codes of the sides in the order of the columns.
    counts
        See `analysis.values.classes.count_classes`.
    labels, colors
        One a class.
    unknown, unsure
        Labels of what is not known, and of what may meet a standard or miss it.
    """
    columns = (counts[column].tolist() for column in ("class", "side", "units", "people"))
    found = {
        (position, side): (int(units), float(people)) for position, side, units, people in zip(*columns, strict=True)
    }

    def of(position: int) -> tuple[tuple[int, float], ...]:
        return tuple(found[position, side] for side in sides)

    rows = [Row(color, label, of(n)) for n, (label, color) in enumerate(zip(labels, colors, strict=True))]
    if (UNCERTAIN, sides[0]) in found:
        rows.append(Row(None, unsure, of(UNCERTAIN), uncertain=True))
    return [*rows, Row(None, unknown, of(UNKNOWN))]


def class_table(w: Words, data: Dataset, sides: Sequence[str], kelas: str, rows: Sequence[Row]) -> str:
    """Classes with colour, units and people a side, as an HTML table; every text in it is escaped.

    A table of Streamlit would bring a megabyte of script for these few cells.

    Parameters
    ----------
    w, data : language and data
    sides : codes in the order of the columns
    kelas : heading of the classes
    rows : classes in their order
    """
    heads = [w.t("Warna"), kelas]
    for side in sides:
        name = str(data.kabkota.at[side, "nama"])
        heads += [w.t("{sisi}: wilayah", sisi=name), w.t("{sisi}: jiwa", sisi=name)]
    body = []
    for row in rows:
        cells = [row.label]
        for units, people in row.counts:
            cells += [w.number(units), w.people(people) if units else "–"]
        fill, sign = ("transparent", "▧" if row.uncertain else "▨") if row.color is None else (row.color, "")
        body.append(
            f'<tr><td style="background:{fill};print-color-adjust:exact">{sign}</td>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + "</tr>"
        )
    caption = w.t("Legenda: kelas, jumlah kelurahan/desa dan penduduk tiap sisi")
    table = html_table(caption, heads, "".join(body))
    return f'<div class="tapal-classes">{foldable(w.t("Legenda"), table)}</div>'


def text_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], padding: int = 5, size: str = ".875rem"
) -> str:
    """Rows of plain text as an HTML table that wraps; the first cell of a row is its heading. All is escaped.

    Parameters
    ----------
    caption, heads : of the table
    rows : cells, the heading of the row first
    padding, size : pixels around a cell, and CSS size of the letters
    """
    body = []
    for name, *cells in rows:
        head = f'<th scope="row" align="left" style="font-weight:400">{escape(name)}</th>'
        body.append("<tr>" + head + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return html_table(caption, heads, "".join(body), padding, size)


def foldable(title: str, content: str) -> str:
    """A part that is open where there is room and on paper, and folded on a narrow screen: the style sheet says so.

    Parameters
    ----------
    title : of the part, escaped here
    content : HTML
    """
    return f'<details class="tapal-fold"><summary>{escape(title)}</summary>{content}</details>'


def html_table(caption: str, heads: Sequence[str], body: str, padding: int = 5, size: str = ".875rem") -> str:
    """An HTML table from rows that are HTML already; caption and heads are escaped here.

    Parameters
    ----------
    caption, heads : of the table
    body : its rows as HTML
    padding, size : pixels around a cell, and CSS size of the letters
    """
    head = "".join(f'<th scope="col" align="left">{escape(text)}</th>' for text in heads)
    style = f"border-collapse:collapse;width:100%;font-size:{size};border-color:#8a949688"
    return (
        f'<div style="overflow-x:auto" tabindex="0"><table aria-label="{escape(caption)}" border="1" cellpadding="{padding}" style="{style}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
