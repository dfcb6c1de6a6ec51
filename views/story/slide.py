"""One slide of the border story, and what all of them are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd

from data.catalogue import Corridor
from views.figures import captions
from views.figures.specs import Choropleth, Figure, Table
from views.language import link_names, sentences
from views.language.words import Words


@dataclass(frozen=True)
class Slide:
    """One slide: a question, the sentence that answers it, and one picture that shows it.

    Attributes
    ----------
    id : names it in the link and in the story
    title : the question, or what it is about
    sentence, remark : the answer as its page says it, and the lighter line with range, year and doubt
    points : further sentences, short, for the speaker and for paper
    figure : the picture, None for a table alone
    table : finished cells, beside the picture or instead of it; None without
    notes : method, source, year, level and quality, for the speaker and for paper
    source : where a table without a picture comes from
    page, query : the view of the app that shows the same
    """

    id: str
    title: str
    sentence: str
    remark: str = ""
    points: tuple[str, ...] = ()
    figure: Figure | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    source: str = ""
    page: str = ""
    query: tuple[tuple[str, str], ...] = ()

    @property
    def link(self) -> str:
        """Path and query below the address of the app."""
        return f"/{self.page}?{urlencode(self.query)}"

    def credit(self, w: Words) -> str:
        """Unit, year and source of what is shown, and whose boundaries a map has."""
        figure = self.figure
        if figure is None:
            return self.source
        told = captions.credit(w, figure) if figure.source or figure.year else ""
        return f"{told} {figure.attribution}.".strip() if isinstance(figure, Choropleth) else told


def query_of(w: Words, corridor: Corridor, **more: str) -> tuple[tuple[str, str], ...]:
    """Query of the view of a corridor, with further parameters."""
    return ((link_names.CORRIDOR, corridor.id), (link_names.LANGUAGE, w.language), *more.items())


def table_of(
    w: Words, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int]
) -> Table | None:
    """A table of finished cells; None without rows: a head alone says nothing.

    Parameters
    ----------
    w : language
    title : what it shows
    columns : headings
    rows : cells
    numeric : positions of the columns that are set to the right
    """
    if not rows:
        return None
    return Table(
        title=title,
        alt=title,
        language=w.language,
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        numeric=tuple(numeric),
    )


def cells(frame: pd.DataFrame) -> tuple[list[str], list[list[str]], range]:
    """Heads, rows and numeric columns, all but the first, of a table of finished cells."""
    return [str(c) for c in frame.columns], frame.astype(str).to_numpy().tolist(), range(1, len(frame.columns))


def credit_of_table(w: Words, years: Sequence[int], source: str) -> str:
    """Years and source of a table, as `captions.credit` writes them under a picture.

    Parameters
    ----------
    w : language
    years : of the values, in any order; empty where none is known
    source : names of the sources
    """
    span = sentences.years((min(years), max(years))) if years else "–"
    return ". ".join([w.t("Tahun data: {tahun}", tahun=span), w.t("Sumber: {sumber}", sumber=source)]) + "."
