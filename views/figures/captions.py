"""What stands around a picture: its sides and their legend, years and sources in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.rates import OFFICE
from data.tables import Dataset
from views.figures import theme
from views.figures.specs import Entry, Figure, Legend, Side
from views.language import sentences
from views.language.words import Words


def credit(w: Words, figure: Figure) -> str:
    """Unit, year and source of a figure in one line."""
    parts = [
        w.t("Satuan: {satuan}", satuan=figure.unit) if figure.unit else "",
        w.t("Tahun data: {tahun}", tahun=figure.year) if figure.year else "",
        w.t("Sumber: {sumber}", sumber=figure.source) if figure.source else "",
    ]
    return ". ".join(p for p in parts if p) + "."


def sources_of(w: Words, data: Dataset, indicators: Iterable[str]) -> str:
    """Short names of the sources of some indicators, each once.

    Parameters
    ----------
    w : language
    data : the catalogue
    indicators : their ids
    """
    return shorts(w, data, (s for i in indicators for s in data.catalogue.indicators[i].sources))


def sides_of(data: Dataset, kodes: Sequence[str]) -> tuple[Side, ...]:
    """Kabkota that are shown together, in this order, with the colours that they have beside each other."""
    colors = theme.side_colors(kodes, data.kabkota_pairs)
    return tuple(Side(kode, str(data.kabkota.at[kode, "nama"]), colors[kode]) for kode in kodes)


def side_legend(sides: Sequence[Side]) -> Legend:
    """A legend of nothing but sides."""
    return Legend(entries=tuple(Entry(s.color(), s.name) for s in sides))


def span(w: Words, years: Iterable[int]) -> str:
    """A year, or the first and the last of several."""
    known = sorted(years)
    return sentences.years((known[0], known[-1])) if known else "–"


def ink_legend(names: Sequence[str]) -> Legend:
    """A legend of lines that differ by their look, whatever side they belong to."""
    return Legend(entries=tuple(Entry(theme.ink(), name) for name in names))


LISTS = {"puskesmas": "kemkes2022", "pos_damkar": "fire_press"}
"""Source of the shipped list of facilities, by kind."""


def list_sources(data: Dataset, kind: str, sides: Sequence[str]) -> tuple[str, ...]:
    """Ids of the sources of the lists of a kind of facility: that of Tapal, and those that offices have published.

    Parameters
    ----------
    data : the facilities
    kind : a kind of `LISTS`
    sides : operators whose facilities count
    """
    rows = data.facilities[data.facilities["kind"].eq(kind) & data.facilities["operator"].isin(sides)]
    found = dict.fromkeys(source for text in rows["source"].unique() for source in str(text).split(";"))
    own = tuple(source for source in found if source.startswith(OFFICE))
    return (*((LISTS[kind],) if LISTS[kind] in found or not own else ()), *own)


def shorts(w: Words, data: Dataset, ids: Iterable[str]) -> str:
    """Short names of sources, each once.

    Parameters
    ----------
    w : language
    data : the catalogue
    ids : of the sources; what the catalogue does not know is left out
    """
    known = data.catalogue.sources
    return "; ".join(dict.fromkeys(w.source(known[i]).short for i in ids if i in known))
