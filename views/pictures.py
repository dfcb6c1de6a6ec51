"""Download buttons beside maps and charts: the picture (PNG, SVG) is drawn when somebody asks for it, not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from analysis.layer import Layer
from data.catalogue import Indicator
from views import figures, mappage, tables
from views.figures import Choropleth, Figure
from views.map import MapSpec
from views.session import Session
from views.words import Words

MAP_SIZE = (260.0, 200.0)
CHART_SIZE = (230.0, 150.0)

__all__ = ["CHART_SIZE", "MAP_SIZE", "of_map", "offer", "offer_map"]


def offer(w: Words, name: str, figure: Callable[[], Figure], size: tuple[float, float] = CHART_SIZE) -> None:
    """Two buttons.

    Parameters
    ----------
    name : of the file, without ending; also tells the buttons of one page apart
    figure : makes what is drawn, with title, legend, year and source
    size : width and height in millimetres
    """
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    kinds: tuple[tuple[Literal["png", "svg"], str], ...] = (("png", "image/png"), ("svg", "image/svg+xml"))
    for kind, mime in kinds:
        row.download_button(
            kind.upper(),
            partial(_draw, figure, kind, size),
            file_name=f"{name}.{kind}",
            mime=mime,
            icon=":material/download:",
            type="tertiary",
            key=f"picture {name} {kind}",
            help=w.t("Gambar dengan judul, legenda, tahun dan sumber"),
            on_click="ignore",
        )


def of_map(now: Session, indicator: Indicator, result: Layer, selected: str | None) -> Choropleth:
    """What the map of the page shows, with its legend, as a picture."""
    w, data = now.words, now.data
    note = figures.plain(mappage.legend_note(w, data, indicator, result))
    colors = mappage.colors(result, indicator)
    chosen = selected[:8] if selected and result.level == "kecamatan" else selected
    return figures.choropleth(w, data, now.corridor, indicator, result, colors, note, chosen)


def offer_map(
    now: Session,
    name: str,
    spec: MapSpec,
    rows: Sequence[tables.Row],
    title: str,
    note: str,
    year: str,
    sources: Sequence[str],
) -> None:
    """The buttons for a map that is described by its `MapSpec`; see `figures.painted`."""
    title, note = figures.plain(title), figures.plain(note)
    offer(
        now.words,
        f"{name}-{now.corridor.id}",
        lambda: figures.painted(now.words, now.data, now.corridor, spec, rows, title, note, year, sources),
        MAP_SIZE,
    )


def _draw(figure: Callable[[], Figure], kind: Literal["png", "svg"], size: tuple[float, float]) -> bytes:
    # What draws on paper takes a second to import: a page that only shows is not kept waiting.
    from views.exports.paper import picture

    return picture(figure(), kind, size)
