"""Tables of a page, and parts of it that stay folded until somebody opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from views.language.words import Words

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler


def show_table(
    w: Words, frame: pd.DataFrame | Styler, *, alt: str, place: DeltaGenerator | None = None, **options: Any
) -> Any:
    """Show a table without its index; what is missing reads as words; `options` are those of `st.dataframe`.

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
    draw = st.dataframe if place is None else place.dataframe
    return draw(frame, hide_index=True, placeholder=w.no_data, alt=alt, **options)


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
