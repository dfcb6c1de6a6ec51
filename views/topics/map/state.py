"""What the link chooses on the map."""

from __future__ import annotations

from analysis.values.layer import Layer
from data.catalogue import Indicator
from data.tables import Dataset
from views.figures.legend import layer_legend
from views.language import sentences
from views.language.words import Language, Words
from views.link.context import Session
from views.link.results import kept
from views.topics.map.legend import legend_note

View = tuple[str, str, str, str, str | None]


def view_of(session: Session, indicator: Indicator, result: Layer) -> View:
    """What tells this result from any other, and the version of the data behind it."""
    return session.data.version, session.corridor.id, indicator.id, result.mode, result.standard


@kept(256)
def answer(_data: Dataset, _result: Layer, _indicator: Indicator, language: Language, view: View) -> str:
    """First line of the page."""
    return sentences.map_answer(Words(language), _data, _indicator, _result)


@kept(256)
def legend(_data: Dataset, _result: Layer, _indicator: Indicator, language: Language, view: View) -> tuple[str, str]:
    """The table of the classes, and what its colours mean."""
    w = Words(language)
    return layer_legend(w, _data, _result, _indicator), legend_note(w, _data, _indicator, _result)


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
