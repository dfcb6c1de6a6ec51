"""What the link chooses on the map."""

from __future__ import annotations

from analysis.values.layer import Layer
from analysis.values.summary import BorderSummary
from data.catalogue import Indicator
from data.tables import Dataset
from views.language.answer import Answer
from views.language.words import Language, Words
from views.link import results
from views.link.context import Session
from views.link.results import kept
from views.topics.map import shown as map_shown
from views.topics.map import words as map_words
from views.topics.map.shown import Shown
from views.topics.overview import words as overview_words

View = tuple[str, str, str, str, str | None, str]


def shown(session: Session, indicator: Indicator | None, layer: Layer | None, border_set: str) -> tuple[Shown, Answer]:
    """What the map shows and the first lines of the page: of an indicator, or of all services without one.

    Parameters
    ----------
    session : language, data and border of this run
    indicator, layer : what is chosen, None for the count of services
    border_set : which kelurahan are the border
    """
    data, language = session.data, session.words.language
    if indicator is None or layer is None:
        return _services(data, session.corridor.id, border_set, language)
    view = (data.version, session.corridor.id, indicator.id, layer.mode, layer.standard, layer.period)
    return _layer(data, layer, indicator, language, view)


@kept(64)
def _services(data: Dataset, corridor: str, border_set: str, language: Language) -> tuple[Shown, Answer]:
    w, border = Words(language), data.catalogue.corridors[corridor]
    summary = results.border_summary(data, corridor, border_set)
    picture = map_shown.of_services(w, data, border, results.reach(data, corridor))
    return picture, overview_words.answer(w, data, border, summary)


@kept(256)
def _layer(
    _data: Dataset, _result: Layer, _indicator: Indicator, language: Language, view: View
) -> tuple[Shown, Answer]:
    """`view` tells this result from any other, and names the version of the data behind it."""
    w = Words(language)
    return map_shown.of_indicator(w, _data, _indicator, _result), map_words.answer(w, _data, _indicator, _result)


def not_known(summary: BorderSummary) -> list[str]:
    """Ids of the indicators of which a border knows nothing."""
    return [i for i, comparison in summary.comparisons.items() if comparison.block == "tidak_ada"]
