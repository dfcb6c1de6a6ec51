"""What the link chooses on the map."""

from __future__ import annotations

from analysis.values.layer import Layer
from data.catalogue import Indicator
from data.tables import Dataset
from views.figures.legend import in_map, layer_rows
from views.figures.mapspec import MapLegend
from views.language import sentences
from views.language.answer import Answer
from views.language.words import Language, Words
from views.link.context import Session
from views.link.results import kept
from views.topics.map import words as map_words

View = tuple[str, str, str, str, str | None]


def view_of(session: Session, indicator: Indicator, result: Layer) -> View:
    """What tells this result from any other, and the version of the data behind it."""
    return session.data.version, session.corridor.id, indicator.id, result.mode, result.standard


@kept(256)
def answer(_data: Dataset, _result: Layer, _indicator: Indicator, language: Language, view: View) -> Answer:
    """First lines of the page."""
    return map_words.answer(Words(language), _data, _indicator, _result)


@kept(256)
def legend(_data: Dataset, _result: Layer, _indicator: Indicator, language: Language, view: View) -> MapLegend:
    """The classes with the people of each side."""
    w = Words(language)
    sides = [side.kode_kabkota for side in _result.sides]
    # Limits of a gap carry their per cent themselves.
    unit = "" if _result.mode == "kesenjangan" else f" ({w.pick(_indicator.unit)})"
    return in_map(w, _data, sides, w.pick(_indicator.title) + unit, layer_rows(w, _result, _indicator))


@kept(128)
def value_labels(_result: Layer, _indicator: Indicator, language: Language, view: View) -> dict[str, str]:
    """Second line of the tooltip of every known unit; `view` names the result for the cache."""
    w, gap = Words(language), _result.mode == "kesenjangan"
    column = _result.values["gap" if gap else "value"].dropna()
    bounds = set(_result.values.index[_result.values["upper_bound"]])
    return {
        str(kode): w.signed_percent(value)
        if gap
        else sentences.at_most(sentences.value_with_unit(w, _indicator, value), str(kode) in bounds)
        for kode, value in column.items()
    }
