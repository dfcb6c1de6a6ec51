"""The border of a corridor in ten slides: one story that deck, brief and meeting tell alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, cast

import pandas as pd

from analysis.agreements.model import Agreement, Project
from analysis.agreements.published import agreements_of, projects_of
from analysis.comparison.comparison import Comparison
from analysis.priority import priority
from analysis.priority.priority import Priority
from analysis.values.reach import services_out_of_reach
from analysis.values.summary import BorderSummary, leading_gap, summarise_border
from data.catalogue import Corridor, Indicator
from data.tables import Dataset, default_indicator
from open_data import usual
from views.language import versions
from views.language.words import Words
from views.story import annex as story_annex
from views.story import slides as story_slides
from views.story.opened import opened_border
from views.story.slide import Slide

if TYPE_CHECKING:
    from views.link.context import Session

MOST_PLACES = 5
"""Kelurahan that a story describes."""


@dataclass(frozen=True, eq=False)
class Request:
    """What is asked for: all files of one corridor are made from the same request.

    Attributes
    ----------
    words : language of the files
    data : names in it are freed of control characters
    corridor : the border
    made : the day that is printed
    sectors : ids of the sectors that matter; () for all
    kelurahan : kode of the kelurahan that are marked or described, each once; () for the neediest at the line of
        each side; a story shows the first five
    agreements, projects : what offices have entered in the register, as of the moment of making; () without a database
    dark : no file is dark, as a page may be

    Raises
    ------
    ValueError
        A kelurahan does not lie in the corridor.
    """

    words: Words
    data: Dataset
    corridor: Corridor
    made: date
    sectors: tuple[str, ...] = ()
    kelurahan: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    projects: tuple[Project, ...] = ()
    dark: ClassVar[bool] = False

    def __post_init__(self) -> None:
        inside = self.data.units("kelurahan", self.corridor.sides).index
        if strange := [k for k in self.kelurahan if k not in inside]:
            raise ValueError(f"not in {self.corridor.id}: {', '.join(strange)}")
        object.__setattr__(self, "data", self.data.printable)
        object.__setattr__(self, "kelurahan", tuple(dict.fromkeys(self.kelurahan)))

    @cached_property
    def story(self) -> Story:
        """The story of the corridor, told when it is first asked for."""
        return tell(self)

    @cached_property
    def on_record(self) -> tuple[tuple[Agreement, ...], tuple[Project, ...]]:
        """All agreements and projects: published facts, then what offices have entered."""
        return (
            (*agreements_of(self.data.agreements), *self.agreements),
            (*projects_of(self.data.projects), *self.projects),
        )

    @property
    def comparisons(self) -> Mapping[tuple[str, str], Comparison]:
        """Border against interior and side against side, by indicator and border set."""
        return usual.comparisons(self.data, self.corridor)

    @property
    def ranked(self) -> Priority:
        """The ranking with equal weights of the sectors."""
        return usual.ranking(self.data, self.corridor, self.sectors)


@dataclass(frozen=True)
class Story:
    """Result of `tell`.

    Attributes
    ----------
    title : of the corridor
    language : {"id", "en"}
    corridor : its id
    made : the day that is printed
    leading : id of the indicator on the map
    places : kode of the kelurahan whose profile is told
    slides : ten, and the profile of the kelurahan that were chosen; where no joint plan can be computed there is no
        cost to share, and the people at the line are told in its place
    annex : what only paper has room for
    attribution : lines that every copy must carry
    version : as of which version the data are, in a few words; "" for the shipped data
    """

    title: str
    language: str
    corridor: str
    made: date
    leading: str
    places: tuple[str, ...]
    slides: tuple[Slide, ...]
    annex: tuple[Slide, ...]
    attribution: tuple[str, ...]
    version: str = ""

    def slide(self, name: str) -> Slide | None:
        """The slide or part of the annex of this id, None where the corridor has none."""
        return next((s for s in (*self.slides, *self.annex) if s.id == name), None)


def tell(request: Request) -> Story:
    """Tell a corridor; who has a `Request` takes its `story`, which is told once."""
    w, data, corridor, sectors = request.words, request.data, request.corridor, request.sectors
    border = data.border(corridor)
    summary = summarise_border(border, data.measures, story_slides.BORDER_SET)
    indicator = _leading(data, summary, sectors)
    compared = request.comparisons[indicator.id, story_slides.BORDER_SET]
    ranked = request.ranked
    at_line = priority.filtered(ranked, "", story_slides.BORDER_SET, "kebutuhan")
    places = request.kelurahan[:MOST_PLACES] or _places(at_line, corridor)
    opened, reach = opened_border(data, corridor), services_out_of_reach(border, data.measures)
    # Of a session the topics read language, data, corridor and look, which a request has, too.
    screen = cast("Session", request)
    told = [
        story_slides.cover(screen, summary, reach, request.made),
        story_slides.gaps(w, data, corridor, summary, sectors),
        story_slides.on_map(screen, indicator),
        story_slides.comparison(w, data, corridor, indicator, compared),
        story_slides.priority(w, data, corridor, ranked, at_line),
        story_slides.access(screen, opened),
        story_slides.fire(screen, opened),
        story_slides.site(screen, opened),
    ]
    people = story_annex.people(w, data, corridor, summary)
    told.append(story_slides.cost(screen, opened) if opened.split else people)
    if request.kelurahan:
        told.append(story_annex.profiles(w, data, corridor, places, chosen=True))
    told.append(
        story_slides.to_decide(screen, summary, leading_gap(summary), opened, request.made, request.on_record[0])
    )
    used = [*story_slides.indicators_told(data, summary, sectors), indicator.id, *ranked.index.weights.index]
    annex = [
        *([people] if opened.split else []),
        *([story_annex.neighbours(w, data, corridor, indicator, compared, compared.line)] if compared.line else []),
        *([story_annex.profiles(w, data, corridor, places, chosen=False)] if places and not request.kelurahan else []),
        story_annex.agreed(w, data, corridor, *request.on_record, request.made),
        story_annex.unknown(w, data, corridor, summary),
        story_annex.sources(w, data, corridor, used),
    ]
    return Story(
        title=w.pick(corridor.title),
        language=w.language,
        corridor=corridor.id,
        made=request.made,
        leading=indicator.id,
        places=tuple(places),
        slides=tuple(told),
        annex=tuple(annex),
        attribution=(
            *filter(None, (versions.line(w, data, corridor),)),
            w.t("Batas di peta bukan acuan resmi batas wilayah."),
            w.t("Angka perkiraan menyebut kisarannya; yang tidak diketahui ditulis “belum ada data”."),
        ),
        version=versions.short(w, data),
    )


def _leading(data: Dataset, summary: BorderSummary, sectors: Sequence[str]) -> Indicator:
    """The indicator with most people who are surely beyond its standard; rather one that can be compared between the sides."""
    known = data.catalogue.indicators
    told = [i for i in story_slides.indicators_told(data, summary, sectors) if known[i].compared]
    leading = leading_gap(summary, told)
    return known[leading[0].indicator if leading else default_indicator(data)]


def _places(at_line: pd.DataFrame, corridor: Corridor) -> tuple[str, ...]:
    """The first of each side, so that both sides are told alike."""
    firsts = [at_line.index[at_line["kode_kabkota"] == side] for side in corridor.sides]
    return tuple(str(found[0]) for found in firsts if len(found))[:MOST_PLACES]
