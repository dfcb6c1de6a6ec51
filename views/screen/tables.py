"""Tables of a page, and parts of it that stay folded until somebody opens them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from views.language.cells import safe_frame
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

PAPER_ROWS = 40
"""Rows of a table on a printed page."""
PAPER_SIDES, PAPER_COLUMNS = 3, 8
"""A table of no more rows, and of more columns, is turned over on paper."""


def show_table(
    w: Words, frame: pd.DataFrame | Styler, *, alt: str, place: DeltaGenerator | None = None, **options: Any
) -> Any:
    """Show a table without its index; what is missing reads as words; `options` are those of `st.dataframe`.

    The browser writes its rows into a CSV for whoever asks: no text in it may be a formula there.

    Parameters
    ----------
    w : language
    frame : with headings in that language
    alt : the table in words, for who cannot see it
    place : container; the one that is open without it

    Returns
    -------
    Any
        What `st.dataframe` returns: the selection, where `options` ask for one.
    """
    here: Any = st if place is None else place
    # What is styled was made safe before (`Words.styled`).
    safe = safe_frame(frame) if isinstance(frame, pd.DataFrame) else frame
    chosen = here.dataframe(safe, hide_index=True, placeholder=w.no_data, alt=alt, **options)
    here.html(on_paper(w, frame, alt))
    return chosen


def on_paper(w: Words, frame: pd.DataFrame | Styler, alt: str) -> str:
    """The first rows of a table for the printed page alone: the table of the screen is painted, and would be cut.

    Parameters
    ----------
    w : language
    frame : the table of the screen
    alt : what it shows, for those who hear the page
    """
    data = frame if isinstance(frame, pd.DataFrame) else frame.data  # type: ignore[attr-defined]
    decimals: dict[str, int] = data.attrs.get("decimals", {})
    numeric = {c for c in data.columns if c in decimals or pd.api.types.is_numeric_dtype(data[c])}

    def cell(tag: str, column: str, text: object) -> str:
        look = ' class="tapal-number"' if column in numeric else ""
        return f"<{tag}{look}>{escape(str(text))}</{tag}>"

    def shown(column: str, value: Any) -> object:
        if pd.isna(value):
            return w.no_data
        return w.number(value, decimals[column]) if column in decimals else value

    cells = [
        [cell("td", c, shown(c, v)) for c, v in zip(data.columns, row, strict=True)]
        for row in data.head(PAPER_ROWS).itertuples(index=False)
    ]
    headings = [cell("th", c, c) for c in data.columns]
    if 0 < len(data) <= PAPER_SIDES and len(data.columns) > PAPER_COLUMNS:
        # A few rows of many columns have no room side by side: they stand beside each other.
        headings, *cells = [list(line) for line in zip(headings, *cells, strict=True)]
    head = "".join(headings)
    rows = ("".join(line) for line in cells)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    rest = len(data) - PAPER_ROWS
    more = w.t("… dan {n} baris lain; semuanya ada di layar.", n=w.number(rest)) if rest > 0 else ""
    # Hidden here as well: our style may be missing where the server is not ours.
    return (
        f'<div class="tapal-paper" style="display:none"><table><caption>{escape(alt)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{escape(more)}</div>"
    )


def folded(title: str, icon: str, key: str) -> DeltaGenerator | None:
    """A part of the page that is worked out only once it is opened.

    Parameters
    ----------
    title : of the part
    icon : name of a Material icon
    key : names the part on its page

    Returns
    -------
    DeltaGenerator or None
        Where its contents go, None while it is folded.
    """
    fold = st.expander(title, icon=f":material/{icon}:", key=key, on_change="rerun")
    return fold if fold.open else None
