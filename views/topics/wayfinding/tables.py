"""The table of where the residents of a kelurahan can go."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.access.wayfinding import Wayfinding
from data.catalogue import Corridor
from data.tables import Dataset
from views.figures.legend import html_table
from views.language.words import Words
from views.topics.wayfinding import words as wayfinding_words
from views.topics.wayfinding.words import Found


def title(w: Words) -> str:
    """Of the table."""
    return w.t("Layanan terdekat di kedua sisi batas, dan bolehkah dipakai")


def html(w: Words, data: Dataset, corridor: Corridor, result: Wayfinding, found: Sequence[Found]) -> str:
    """The services as HTML; on a phone each becomes a paragraph, whose cells say their head.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    result, found : of the kelurahan
    """
    heads = wayfinding_words.heads(w, data, corridor, result.kode)
    body = []
    for name, *cells in wayfinding_words.rows(w, data, corridor, found):
        tds = "".join(
            f'<td data-head="{escape(head)}">{escape(cell)}</td>' for head, cell in zip(heads[1:], cells, strict=True)
        )
        body.append(f'<tr><th scope="row" align="left">{escape(name)}</th>{tds}</tr>')
    return f'<div class="tapal-stacked">{html_table(title(w), heads, "".join(body), 4)}</div>'
