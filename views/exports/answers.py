"""jawaban.csv: what every page answers when it is opened without a choice, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from analysis.access.services import SERVICES, kabkota_with_list
from analysis.access.wayfinding import Wayfinding, find_ways
from analysis.agreements.reminders import remind
from analysis.citizen_reports import summary as reports_summary
from analysis.comparison.comparison import Comparison
from analysis.comparison.field import field_of
from analysis.fire import drill
from analysis.freshness.ageing import ageing, by_sector
from analysis.minutes import Meeting, check
from analysis.priority import priority
from analysis.priority.priority import Priority
from analysis.proposals.proposals import Met, meet, top_gaps
from analysis.siting.result import Joint
from analysis.siting.task import AT_ONCE
from analysis.uploads.needed import needed
from analysis.values.population import Validation
from analysis.values.profile import Profile, profile
from analysis.values.quality import coverage
from analysis.values.summary import BorderSummary, summarise_border
from analysis.values.vintages import compare_vintages
from data import national_tables
from data.catalogue import Corridor, Indicator
from data.national_tables import INDICATORS
from data.tables import Border, Dataset, default_indicator
from open_data import usual
from open_data.national import judged_sides
from records.catalogue import reading as catalogue_reading
from records.citizen_reports import reading as reports_reading
from records.citizen_reports.working_days import days_off
from records.permissions import READER
from records.proposals import reading
from views.exports.files.minutes import findings
from views.language.answer import Answer
from views.language.words import LANGUAGES, Words
from views.story import words as story_words
from views.story.opened import Opened as OpenedBorder
from views.story.opened import opened_border
from views.story.story import Request
from views.topics.access import words as access_words
from views.topics.agreements import words as agreement_words
from views.topics.catalogue import words as catalogue_words
from views.topics.change import words as change_words
from views.topics.citizen_reports import words as report_words
from views.topics.comparison import words as comparison_words
from views.topics.drill import words as drill_words
from views.topics.fire import words as fire_words
from views.topics.freshness import words as freshness_words
from views.topics.national import words as national_words
from views.topics.overview import words as overview_words
from views.topics.priority import words as priority_words
from views.topics.profile import words as profile_words
from views.topics.proposals import words as proposal_words
from views.topics.reminders import words as reminder_words
from views.topics.sharing import words as sharing_words
from views.topics.siting import words as siting_words
from views.topics.siting.choices import Asked
from views.topics.sources import words as sources_words
from views.topics.uploads import words as uploads_words
from views.topics.wayfinding import words as wayfinding_words

COLUMNS = ("page", "koridor", "bahasa", "jawaban", "keterangan")
INCIDENTS, SEED = 6, 1


@dataclass(frozen=True, eq=False)
class Opened:
    """A corridor as its pages show it without a choice.

    Attributes
    ----------
    request : for the corridor, in any language
    shares, error : how much is known, and how far the population estimate is off
    """

    request: Request
    shares: pd.DataFrame
    error: Validation

    @property
    def data(self) -> Dataset:
        """All that is known."""
        return self.request.data

    @property
    def corridor(self) -> Corridor:
        """The border."""
        return self.request.corridor

    @cached_property
    def border(self) -> Border:
        """Units of all sides."""
        return self.data.border(self.corridor)

    @cached_property
    def summary(self) -> BorderSummary:
        """The first border set at a glance."""
        return summarise_border(self.border, self.data.measures, self.corridor.border_sets[0])

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator that is compared first."""
        return self.data.catalogue.indicators[default_indicator(self.data)]

    @cached_property
    def comparison(self) -> Comparison:
        """Border against interior."""
        return self.request.comparisons[self.indicator.id, self.corridor.border_sets[0]]

    @property
    def ranked(self) -> Priority:
        """The ranking with equal weights."""
        return self.request.ranked

    @cached_property
    def profile(self) -> Profile:
        """The kelurahan at the line that needs most."""
        return profile(self.border, self.data.measures, priority.neediest_at_line(self.ranked, self.border))

    @cached_property
    def usual(self) -> OpenedBorder:
        """The pages on an open border without a choice."""
        return opened_border(self.data, self.corridor)

    @property
    def plan(self) -> Joint | None:
        """The joint sites, None where they are sought only when somebody asks."""
        return self.usual.plan if self.usual.plan.task.total <= AT_ONCE else None

    @cached_property
    def ways(self) -> Wayfinding:
        """Where the residents of that kelurahan can go."""
        data, kode = self.data, priority.neediest_at_line(self.ranked, self.border)
        return find_ways(data.facilities, data.grid, data.kelurahan, kode, self.corridor.sides, partial(_listed, data))

    @cached_property
    def figures(self) -> pd.DataFrame:
        """How old every figure is."""
        return ageing(self.border, self.data.measures, self.request.made.year)

    @cached_property
    def met(self) -> Met:
        """Proposals beside the top gaps."""
        subjects = self.data.catalogue.subjects
        gaps = top_gaps(self.border, self.data.measures, subjects)
        return meet(self.border, reading.proposals(self.corridor.sides), gaps, subjects)

    @cached_property
    def needed(self) -> pd.DataFrame:
        """Files that would fill most."""
        return needed(self.border, self.data.measures)

    @cached_property
    def model(self) -> pd.DataFrame:
        """The first drill."""
        fire, line = self.usual.fire, tuple(self.border.at_line().index)
        places = drill.incidents(fire.drawn, self.data.people["kelurahan"], line, INCIDENTS, SEED)
        return drill.answers(fire.drawn, fire.timing, places)


def opened(requests: Sequence[Request]) -> list[Opened]:
    """Corridors as their pages show them; all requests are of the same data."""
    data = requests[0].data
    levels = {i.id: i.level for i in data.catalogue.indicators.values()}
    shares = coverage(data.values, {"kelurahan": data.kelurahan, "kecamatan": data.kecamatan}, levels)
    error = usual.population_error(data)
    return [Opened(request, shares, error) for request in requests]


def _priority(w: Words, o: Opened) -> Answer:
    shown = priority.filtered(o.ranked, "", o.corridor.border_sets[0], "kebutuhan")
    return priority_words.answer(w, o.data, o.ranked, shown)


def _change(w: Words, o: Opened) -> Answer:
    series = next(iter(o.data.catalogue.series.values()))
    result = compare_vintages(change_words.values_of(o.data, series.id), o.corridor.sides)
    return change_words.answer(w, o.data, series, result)


def _sharing(w: Words, o: Opened) -> Answer:
    return sharing_words.answer(w, o.data, o.corridor, o.usual.split, o.usual.ranges, 0)


def _listed(data: Dataset, service: str) -> set[str]:
    return kabkota_with_list(SERVICES[service], data.measures, data.facilities)


def _ways(w: Words, o: Opened) -> Answer:
    found = wayfinding_words.find(o.ways, o.request.on_record[0], o.request.made)
    return wayfinding_words.answer(w, o.data, o.ways, found)


def _reminders(w: Words, o: Opened) -> Answer:
    found = remind(*o.request.on_record, o.corridor.sides, o.request.made)
    return reminder_words.answer(w, o.data, o.corridor, found)


def _freshness(w: Words, o: Opened) -> Answer:
    return freshness_words.answer(w, o.data, o.figures, by_sector(o.figures))


def _minutes(w: Words, o: Opened) -> Answer:
    wrong = check(Meeting("", "", None, ()), [], (), ())
    return story_words.minutes_answer(w, len(findings(o.request.story)), 0, len(wrong))


def _slides(w: Words, o: Opened) -> Answer:
    return story_words.slides_answer(w, len(o.request.story.slides), story_words.years_of(w, o.data, o.corridor))


def _proposals(w: Words, o: Opened) -> Answer:
    return proposal_words.answer(w, o.data, o.corridor, o.met)


def _everywhere(w: Words, data: Dataset) -> Answer:
    indicator, national = data.catalogue.indicators[INDICATORS[0]], national_tables.shipped()
    if not national.there:
        return national_words.not_there(w)
    found = field_of(indicator.id, judged_sides(national, indicator.id))
    return national_words.field_answer(w, indicator, found)


def _reports(w: Words, o: Opened) -> Answer:
    sides, off = o.corridor.sides, days_off()
    shown = [r for r in reports_reading.published() if r.kode[:5] in sides or r.owner in sides]
    rows = reports_summary.listed(shown, {}, o.request.made, off)
    counts = reports_summary.by_side(rows, reports_reading.waiting(), sides, o.request.made, off)
    return report_words.answer(w, o.data, rows, counts)


PAGES: Mapping[str, Callable[[Words, Opened], Answer]] = {
    "beranda": lambda w, o: overview_words.answer(w, o.data, o.corridor, o.summary),
    "bandingkan": lambda w, o: comparison_words.answer(w, o.data, o.indicator, o.comparison),
    "waktu": _change,
    "prioritas": _priority,
    "profil": lambda w, o: profile_words.answer(w, o.data, o.profile),
    "ke_mana": _ways,
    "akses": lambda w, o: access_words.answer(w, o.data, o.usual.access),
    "damkar": lambda w, o: fire_words.answer(w, o.data, o.corridor, o.usual.state, o.usual.fire),
    "latihan": lambda w, o: drill_words.answer(w, o.usual.state, o.usual.fire.drawn.posts, o.model),
    "lokasi": lambda w, o: siting_words.answer(w, o.data, o.corridor, Asked(o.usual.plan.task, 0.0, ""), o.plan),
    "biaya": _sharing,
    "perjanjian": lambda w, o: agreement_words.answer(w, o.data, o.corridor, o.request.on_record[0], o.request.made),
    "usulan": _proposals,
    "suara": _reports,
    "pengingat": _reminders,
    "bahan": lambda w, o: story_words.files_answer(w, o.data, o.corridor, len(story_words.USUAL_FILES)),
    "rapat": _slides,
    "berita_acara": _minutes,
    "kesegaran": _freshness,
    "katalog": lambda w, o: catalogue_words.answer(w, o.data.catalogue, catalogue_reading.saved(READER)),
    "sumber": lambda w, o: sources_words.answer(w, o.data, o.shares, o.error),
    "batas_lain": lambda w, o: _everywhere(w, o.data),
    "unggah": lambda w, o: uploads_words.answer(w, o.data, o.needed),
}
"""The answer of every page, by its file in pages/."""


def answer_rows(corridors: Sequence[Opened]) -> pd.DataFrame:
    """One row a page, corridor and language."""
    words = [Words(language) for language in LANGUAGES]
    rows = [
        (page, o.corridor.id, w.language, found.sentence, found.note)
        for o in corridors
        for page, answer in PAGES.items()
        for w in words
        if (found := answer(w, o))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
