"""jawaban.csv: what every page answers when it is opened without a choice, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.access.baseline import baseline_of
from analysis.access.open_border import open_border
from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES, default_service, kabkota_with_list
from analysis.fire import drill
from analysis.fire.fire import FireResult
from analysis.minutes import Meeting, check
from analysis.priority import priority
from analysis.siting.result import Joint, basis_of
from analysis.siting.sharing import by_every_rule
from analysis.values.layer import layer
from analysis.values.population import validate
from analysis.values.profile import first_at_border, profile
from analysis.values.quality import coverage
from analysis.values.vintages import compare_vintages
from data.catalogue import Corridor, Indicator
from data.tables import Dataset, default_indicator
from views.exports.files.minutes import findings
from views.language.answer import Answer
from views.language.words import LANGUAGES, Words
from views.story import words as story_words
from views.story.story import Request
from views.topics.access import words as access_words
from views.topics.change import words as change_words
from views.topics.comparison import words as comparison_words
from views.topics.drill import words as drill_words
from views.topics.fire import words as fire_words
from views.topics.fire.choices import FireState
from views.topics.map import words as map_words
from views.topics.priority import words as priority_words
from views.topics.profile import words as profile_words
from views.topics.sharing import words as sharing_words
from views.topics.siting import words as siting_words
from views.topics.siting.choices import Asked
from views.topics.sources import words as sources_words

COLUMNS = ("page", "koridor", "bahasa", "jawaban", "keterangan")
INCIDENTS, SEED = 6, 1


@dataclass(frozen=True, eq=False)
class Opened:
    """A corridor as its pages show it without a choice.

    Attributes
    ----------
    request : for the corridor, in any language
    fire : response under the assumptions of the catalogue
    plan : places of the first kind, with the usual number for each side
    """

    request: Request
    fire: FireResult
    plan: Joint

    @property
    def data(self) -> Dataset:
        """All that is known."""
        return self.request.data

    @property
    def corridor(self) -> Corridor:
        """The border."""
        return self.request.corridor

    @property
    def indicator(self) -> Indicator:
        """The indicator that a page shows first."""
        return self.data.catalogue.indicators[default_indicator(self.data)]

    @property
    def border_set(self) -> str:
        """The border set that a page shows first."""
        return self.corridor.border_sets[0]

    @property
    def fire_state(self) -> FireState:
        """Choices behind `fire`."""
        return FireState(self.corridor.id, (), False, False, self.fire.choices)

    @cached_property
    def access(self) -> OpenBorder:
        """The first service that every side lists."""
        data, border = self.data, self.data.border(self.corridor)
        service = SERVICES[
            default_service(
                lambda s: kabkota_with_list(SERVICES[s], data.measures, data.facilities), self.corridor.sides
            )
        ]
        baseline = baseline_of(
            border, service, data.measures, data.facilities, data.grid, data.catalogue.assumptions, ()
        )
        return open_border(baseline, next(iter(data.catalogue.standards_of(service.indicator)), None), ())

    @cached_property
    def model(self) -> pd.DataFrame:
        """The first drill."""
        line = tuple(self.data.border(self.corridor).at_line().index)
        places = drill.incidents(self.fire.drawn, self.data.people["kelurahan"], line, INCIDENTS, SEED)
        return drill.answers(self.fire.drawn, self.fire.timing, places)

    @cached_property
    def ranked(self) -> priority.Priority:
        """The ranking with equal weights."""
        data, choices = self.data, priority.equal_choices(self.data.catalogue)
        measures = [data.measure(*chosen) for chosen in priority.chosen_standards(data.catalogue, choices)]
        return priority.rank_priority(data.border(self.corridor), measures, data.grid, choices)


def _map(w: Words, o: Opened) -> Answer:
    result = layer(o.data.border(o.corridor), o.data.measures[o.indicator.id])
    return map_words.answer(w, o.data, o.indicator, result)


def _comparison(w: Words, o: Opened) -> Answer:
    result = o.request.comparisons[o.indicator.id, o.border_set]
    return comparison_words.answer(w, o.data, o.indicator, result)


def _change(w: Words, o: Opened) -> Answer:
    series = next(iter(o.data.catalogue.series.values()))
    result = compare_vintages(change_words.values_of(o.data, series.id), o.corridor.sides)
    return change_words.answer(w, o.data, o.corridor, series, result)


def _priority(w: Words, o: Opened) -> Answer:
    return priority_words.answer(w, o.data, o.ranked, priority.filtered(o.ranked, "", "semua", "kebutuhan"))


def _profile(w: Words, o: Opened) -> Answer:
    border = o.data.border(o.corridor)
    return profile_words.answer(w, o.data, profile(border, o.data.measures, first_at_border(border)))


def _sharing(w: Words, o: Opened) -> Answer:
    ground = basis_of(o.plan, None) if o.corridor.pair else None
    found = by_every_rule(0, ground)[0] if ground is not None else None
    return sharing_words.answer(w, o.data, o.corridor, found, 0)


def _minutes(w: Words, o: Opened) -> Answer:
    wrong = check(Meeting("", "", None, ()), [], (), ())
    return story_words.minutes_answer(w, len(findings(o.request.story)), 0, len(wrong))


def _sources(w: Words, o: Opened) -> Answer:
    data, levels = o.data, {i.id: i.level for i in o.data.catalogue.indicators.values()}
    shares = coverage(data.values, {"kelurahan": data.kelurahan, "kecamatan": data.kecamatan}, levels)
    return sources_words.answer(w, data, shares, validate(data.yardstick, data.pairs))


PAGES: Mapping[str, Callable[[Words, Opened], Answer]] = {
    "beranda": _map,
    "bandingkan": _comparison,
    "waktu": _change,
    "prioritas": _priority,
    "profil": _profile,
    "akses": lambda w, o: access_words.answer(w, o.data, o.access),
    "damkar": lambda w, o: fire_words.answer(w, o.data, o.corridor, o.fire_state, o.fire),
    "latihan": lambda w, o: drill_words.answer(w, o.fire_state, o.fire.drawn.posts, o.model),
    "lokasi": lambda w, o: siting_words.answer(w, o.data, o.corridor, Asked(o.plan.task, 0.0, ""), o.plan),
    "biaya": _sharing,
    "bahan": lambda w, o: story_words.files_answer(w, o.data, o.corridor, len(story_words.USUAL_FILES)),
    "rapat": lambda w, o: story_words.slides_answer(
        w, len(o.request.story.slides), story_words.years_of(w, o.data, o.corridor)
    ),
    "berita_acara": _minutes,
    "sumber": _sources,
}
"""The answer of every page, by its file in pages/."""


def answer_rows(opened: list[Opened]) -> pd.DataFrame:
    """One row a page, corridor and language."""
    words = [Words(language) for language in LANGUAGES]
    rows = [
        (page, o.corridor.id, w.language, found.sentence, found.note)
        for o in opened
        for page, answer in PAGES.items()
        for w in words
        if (found := answer(w, o))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
