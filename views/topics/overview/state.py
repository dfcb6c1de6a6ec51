"""Who needs most at a border, kept for all sessions."""

from __future__ import annotations

from analysis.priority.priority import equal_choices
from data.tables import Dataset
from views.language.words import Language, Words
from views.link import results
from views.link.context import Session
from views.link.results import kept
from views.topics.overview import words as overview_words
from views.topics.overview.words import Needy

MOST_NEEDY = 3


def neediest(session: Session, border_set: str) -> tuple[list[Needy], str]:
    """The first kelurahan of the border by need, and what is not known of it.

    Parameters
    ----------
    session : language, data and border of this run
    border_set : which kelurahan are the border
    """
    return _neediest(session.data, session.corridor.id, border_set, session.words.language)


@kept(64)
def _neediest(data: Dataset, corridor: str, border_set: str, language: Language) -> tuple[list[Needy], str]:
    w = Words(language)
    ranked = results.priority(data, corridor, equal_choices(data.catalogue))
    unknown = overview_words.not_known(w, data, data.catalogue.corridors[corridor], results.reach(data, corridor))
    return overview_words.needy(w, data, ranked, border_set, MOST_NEEDY), unknown
