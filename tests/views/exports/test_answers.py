"""The answer of every page can be read aloud: of every border, in both languages, under a few other choices too."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from analysis.access.baseline import baseline_of
from analysis.access.open_border import open_border
from analysis.access.services import SERVICES
from analysis.fire.cover import Covered
from analysis.priority import priority
from analysis.siting.result import Figure
from analysis.values.layer import layer
from analysis.values.profile import profile
from analysis.values.summary import summarise_border
from analysis.values.vintages import compare_vintages
from tests.shipped import asked
from tests.shipped import data as shipped
from views.exports.answers import PAGES, Opened, answer_rows, opened
from views.language.answer import Answer
from views.language.words import LANGUAGES, Words
from views.story import words as story_words
from views.topics.access import words as access_words
from views.topics.change import words as change_words
from views.topics.comparison import words as comparison_words
from views.topics.drill import words as drill_words
from views.topics.fire import words as fire_words
from views.topics.map import words as map_words
from views.topics.overview import words as overview_words
from views.topics.priority import words as priority_words
from views.topics.profile import words as profile_words
from views.topics.siting import words as siting_words
from views.topics.siting.choices import Asked

MOST_WORDS, MOST_NUMBERS, MOST_WORDS_BELOW = 25, 4, 32
SPELLED = set(
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh puluh separuh sepertiga seperempat seperlima "  # noqa: SIM905
    "sepersepuluh one two three four five six seven eight nine ten twenty half third quarter fifth tenth".split()
)
NAMES_IN_CAPITALS = {"SD", "SMP", "SMA", "SMK", "SLTA", "SLB", "D3"}
data = shipped()
corridors = data.catalogue.corridors


def faults(answer: Answer) -> list[str]:
    """What keeps an answer from being read aloud in one breath."""
    text, words = answer.sentence, answer.sentence.split()
    numbers = re.findall(r"(?<![A-Za-z])\d[\d.,]*", text)
    spelled = [word for word in re.findall(r"[a-z]+", text.lower()) if word in SPELLED]
    found = [
        ("words", len(words) > MOST_WORDS),
        ("numbers", len(numbers) + len(spelled) > MOST_NUMBERS),
        ("digits", any(len(re.sub(r"[.,]|0+$", "", n).strip("0")) > 2 and n not in years(text) for n in numbers)),
        ("symbol", re.search(r"[^\w\s.,;'-]", text)),
        ("capitals", set(re.findall(r"\b[A-Z][A-Z0-9]+\b", text)) - NAMES_IN_CAPITALS),
        ("one sentence", re.search(r"(?<!Kab)[.!?]\s", text) or not text.endswith(".")),
        ("half made", re.search(r"[{}]|\b(?:nan|inf|None)\b", text + answer.note)),
        ("words below", len(answer.note.split()) > MOST_WORDS_BELOW),
    ]
    return [name for name, bad in found if bad]


def years(text: str) -> list[str]:
    """Numbers that are years: nobody rounds them."""
    return re.findall(r"\b(?:19|20)\d\d\b", text)


@cache
def opened_corridors() -> tuple[Opened, ...]:
    return tuple(opened([asked(c) for c in corridors]))


def test_the_rule_sees_what_breaks_it() -> None:
    fine = Answer("Di perbatasan ini kira-kira tiga dari empat warga tinggal lebih dari 1 km dari SMP negeri.")
    assert not faults(fine)
    assert faults(Answer(" ".join(["kata"] * 26) + ".")) == ["words"]
    assert faults(Answer("Ada 1, 2, 3 dan tiga dari empat.")) == ["numbers"]
    assert faults(Answer("Jarak 1.234 km.")) == ["digits"]
    assert faults(Answer("Paling banyak ≤ 3 km.")) == ["symbol"]
    assert faults(Answer("Menurut E2SFCA bertambah.")) == ["capitals"]
    assert faults(Answer("Satu. Dua.")) == ["one sentence"]
    assert faults(Answer("Ya.", "kata " * 40)) == ["words below"]


def test_every_page_answers_every_border_in_one_breath() -> None:
    rows = answer_rows(opened_corridors())
    assert len(rows) == len(PAGES) * len(corridors) * len(LANGUAGES)
    assert list(rows.columns) == ["page", "koridor", "bahasa", "jawaban", "keterangan"]
    assert not rows.duplicated(["page", "koridor", "bahasa"]).any()
    wrong = {
        (r.page, r.koridor, r.bahasa): (bad, r.jawaban, r.keterangan)
        for r in rows.itertuples()
        if (bad := faults(Answer(str(r.jawaban), str(r.keterangan))))
    }
    assert not wrong
    told = rows.set_index(["page", "koridor", "bahasa"])["jawaban"]
    for page in PAGES:
        for corridor in corridors:
            assert told[page, corridor, "id"] != told[page, corridor, "en"]


def scenarios(w: Words, o: Opened) -> Iterator[tuple[str, Answer]]:
    """What pages answer where somebody chose otherwise."""
    border, corridor = o.border, o.corridor
    for name in corridor.border_sets:
        yield name, overview_words.answer(w, data, corridor, summarise_border(border, data.measures, name))
        yield name, priority_words.answer(w, data, o.ranked, priority.filtered(o.ranked, "", name, "jiwa"))
    for measure in data.measures.values():
        indicator = measure.indicator
        if indicator.level != "kabkota":
            yield indicator.id, map_words.answer(w, data, indicator, layer(border, measure))
    for series in data.catalogue.series.values():
        result = compare_vintages(change_words.values_of(data, series.id), corridor.sides)
        yield series.id, change_words.answer(w, data, series, result)
    for side in corridor.sides:
        yield side, priority_words.answer(w, data, o.ranked, priority.filtered(o.ranked, side, "", ""))
        for kode in border.units["kelurahan"].query("kode_kabkota == @side").index[:3]:
            yield kode, profile_words.answer(w, data, profile(border, data.measures, kode))
    yield "nobody", priority_words.answer(w, data, o.ranked, o.ranked.table.iloc[:0])
    yield "supply", access_words.answer(w, data, o.usual.access, "pasokan")
    late = replace(o.usual.state, choices=replace(o.usual.state.choices, delay=15.0, target=7.5))
    yield "late", fire_words.answer(w, data, corridor, late, o.usual.fire)
    yield "no incident", drill_words.answer(w, late, (), o.model.iloc[:0])
    yield "no post", drill_words.answer(w, late, (), o.model.assign(closed_in_time=float("nan")))
    yield (
        "no place",
        siting_words.answer(w, data, corridor, Asked(replace(o.usual.plan.task, counts=()), 0.0, ""), None),
    )
    yield "asked", siting_words.answer(w, data, corridor, Asked(o.usual.plan.task, 0.0, ""), None)
    for count in (0, 1, 9):
        yield "files", story_words.files_answer(w, data, corridor, count, ("kesehatan",))
        yield "slides", story_words.slides_answer(w, count + 1, "2019")
        yield "minutes", story_words.minutes_answer(w, 8, count, 0)


@pytest.mark.parametrize("corridor", list(corridors))
def test_other_choices_are_answered_in_one_breath(corridor: str) -> None:
    o = next(o for o in opened_corridors() if o.corridor.id == corridor)
    for w in map(Words, LANGUAGES):
        answers = list(scenarios(w, o))
        wrong = [(name, bad, answer) for name, answer in answers if (bad := faults(answer))]
        assert not wrong


@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-lebak", "semua"])
def test_every_service_and_every_comparison_is_answered_in_one_breath(corridor: str) -> None:
    o = next(o for o in opened_corridors() if o.corridor.id == corridor)
    wrong = []
    for service in SERVICES.values():
        baseline = baseline_of(
            o.border, service, data.measures, data.facilities, data.grid, data.catalogue.assumptions, ()
        )
        result = open_border(baseline, None, ())
        for w in map(Words, LANGUAGES):
            for mode in ("jarak", "pasokan"):
                answer = access_words.answer(w, data, result, mode)
                wrong += [(service.id, bad, answer) for bad in faults(answer)]
    for (name, border_set), compared in o.request.comparisons.items():
        if border_set == o.corridor.border_sets[0]:
            for w in map(Words, LANGUAGES):
                answer = comparison_words.answer(w, data, data.catalogue.indicators[name], compared)
                wrong += [(name, bad, answer) for bad in faults(answer)]
    assert not wrong


def test_a_side_without_posts_is_not_said_to_gain_nothing() -> None:
    o = next(o for o in opened_corridors() if o.corridor.id == "kabserang-pandeglang")
    answer = fire_words.answer(Words("id"), data, o.corridor, o.usual.state, o.usual.fire)
    assert "warga Kab. Serang yang terjangkau" in answer.sentence
    assert "Pos Kab. Pandeglang belum ada data." in answer.note
    nobody = tuple(replace(c, gain=None) for c in o.usual.fire.covered)
    assert all(isinstance(c, Covered) for c in nobody)
    unknown = fire_words.answer(Words("id"), data, o.corridor, o.usual.state, replace(o.usual.fire, covered=nobody))
    assert unknown.sentence == "Letak pos damkar belum diketahui, jadi jangkauannya belum dapat dihitung."


def figure(low: float, value: float, high: float) -> Figure:
    return Figure({}, {}, value, low, high)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((0.0, 0.0, 0.0), "sama dengan bila direncanakan sendiri-sendiri"),
        ((-50.0, 900.0, 2000.0), "mungkin lebih banyak daripada sendiri-sendiri"),
        ((800.0, 900.0, 2000.0), "kira-kira 900 lebih banyak daripada sendiri-sendiri"),
    ],
)
def test_planning_together_is_said_to_be_better_only_where_it_surely_is(
    more: tuple[float, float, float], said: str
) -> None:
    o = next(o for o in opened_corridors() if o.corridor.id == "kabserang-cilegon")
    assert o.plan is not None
    plan = replace(o.plan, more=figure(*more), gain_together=figure(900.0, 1000.0, 1100.0))
    answer = siting_words.answer(Words("id"), data, o.corridor, Asked(o.usual.plan.task, 0.0, ""), plan)
    assert said in answer.sentence
    assert not faults(answer)
