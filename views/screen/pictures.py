"""Download buttons beside maps and charts: the picture (PNG, SVG) is drawn when somebody asks for it, not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from views.figures import legend, maps
from views.figures.mapspec import MapSpec
from views.figures.specs import Figure, Heat, Lines, Stacks
from views.language.escape import md, plain
from views.language.words import Words
from views.link.context import Session
from views.screen import charts as screen_charts

MAP_SIZE = (260.0, 200.0)
CHART_SIZE = (230.0, 150.0)


def chart(session: Session, name: str, figure: Figure, note: str | None = None, place: str | None = None) -> None:
    """A chart on the screen with its note and its buttons: what is exported is the figure that is shown.

    Parameters
    ----------
    session : language, data and border of this run
    name : of the file, without corridor and ending
    figure : what is drawn
    note : in Markdown, where the page says more or less than the figure; None for its own
    place : what the name of the file ends in; None for the corridor
    """
    # The style sheet turns a dark chart light on paper.
    with st.container(key=f"{'dark' if session.dark else 'light'}-chart-{name}"):
        st.plotly_chart(screen_charts.drawn(figure, session.dark), config=screen_charts.CONFIG, alt=figure.alt)
    if shown := md(figure.note) if note is None else note:
        st.caption(shown)
    offer(session.words, f"{name}-{place or session.corridor.id}", lambda: figure, size_of(figure))


def size_of(figure: Figure) -> tuple[float, float]:
    """Width and height of a chart on paper in millimetres: many rows want more room."""
    width, height = CHART_SIZE
    if isinstance(figure, Heat):
        return width, 70.0 + 6.5 * len(figure.rows)
    if isinstance(figure, Lines) and len(figure.panels) > 2:
        return width, height + 55.0 * (-(-len(figure.panels) // 2) - 1)
    if isinstance(figure, Stacks):
        return width, 62.0 + 17.0 * len(figure.categories)
    return width, height


def offer(
    w: Words, name: str, figure: Callable[[], Figure], size: tuple[float, float] = CHART_SIZE, key: str | None = None
) -> None:
    """Two buttons.

    Parameters
    ----------
    w : language
    name : of the file, without ending
    figure : makes what is drawn, with title, legend, year and source
    size : width and height in millimetres
    key : tells the buttons of one page apart, the name without it; where the name follows a choice, buttons with a key
        of their own stay while it changes
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
            key=f"picture {key or name} {kind}",
            help=w.t("Gambar dengan judul, legenda, tahun dan sumber"),
            on_click="ignore",
        )


def under_map(
    session: Session,
    name: str,
    spec: MapSpec,
    rows: Sequence[legend.Row],
    title: str,
    note: str,
    sources: Sequence[str] = (),
    year: str = "",
) -> None:
    """What stands under a map: its legend, its note and its buttons; see `maps.painted`.

    Parameters
    ----------
    session, name : this run, and name of the file
    spec, rows : what the map shows, and the classes of its legend
    title, note : of the picture, in Markdown
    sources, year : ids of the sources, and year of the values, "" for none
    """
    if rows:
        st.html(legend.class_table(session.words, session.data, session.corridor.sides, session.words.t("Kelas"), rows))
    st.caption(note)
    offer_map(session, name, spec, rows, title, note, sources, year)


def offer_map(
    session: Session,
    name: str,
    spec: MapSpec,
    rows: Sequence[legend.Row],
    title: str,
    note: str,
    sources: Sequence[str] = (),
    year: str = "",
) -> None:
    """The buttons for a map that is described by its `MapSpec`; see `maps.painted`.

    Parameters
    ----------
    session, name, spec, rows, title, note, sources, year : see `under_map`
    """
    title, note = plain(title), plain(note)
    offer(
        session.words,
        f"{name}-{session.corridor.id}",
        lambda: maps.painted(session.words, session.data, session.corridor, spec, rows, title, note, year, sources),
        MAP_SIZE,
    )


def _draw(figure: Callable[[], Figure], kind: Literal["png", "svg"], size: tuple[float, float]) -> bytes:
    # What draws on paper takes a second to import: a page that only shows is not kept waiting.
    from views.paper.picture import picture

    return picture(figure(), kind, size)
