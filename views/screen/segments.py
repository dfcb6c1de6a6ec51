"""A choice of one among a few names, side by side; the link carries it under the key of the widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from views.language.words import Words


def choose(
    label: str,
    names: Mapping[str, str],
    key: str,
    place: DeltaGenerator | None = None,
    *,
    disabled: bool = False,
    help: str | None = None,
    label_visibility: Literal["visible", "hidden", "collapsed"] = "visible",
) -> None:
    """The control; the link has put its value under the key.

    Parameters
    ----------
    label : what is chosen
    names : what is shown, by id in the link
    key : of the widget and in the link
    place : container; the one that is open without it
    disabled, help, label_visibility : as of Streamlit's own
    """
    draw = st.segmented_control if place is None else place.segmented_control
    draw(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        required=True,
        disabled=disabled,
        help=help,
        label_visibility=label_visibility,
    )


def yes_no(w: Words) -> dict[str, str]:
    """Names of a switch that the link carries as "ya" or not at all."""
    return {"": w.t("tidak"), "ya": w.t("ya")}
