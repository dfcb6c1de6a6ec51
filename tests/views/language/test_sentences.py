"""Sentences: approved for a border and for made-up numbers, whole for every border, right where it is easy to err."""

import dataclasses
import re
from functools import cache

import pytest

from analysis.values.layer import Layer, layer
from analysis.values.profile import profile
from analysis.values.quality import Comparability
from analysis.values.summary import BorderSummary, GapRow, SidePeople, summarise_border
from tests.approvals import approve
from tests.shipped import data as shipped
from views.language import sentences
from views.language.words import LANGUAGES, Language, Words
from views.topics.map import words as map_words
from views.topics.profile import words as profile_words

data = shipped()
corridors = data.catalogue.corridors
SIDE = SidePeople("32.75", 1, 56, 1200.0, 1100.0, 1300.0, None, 0, True, "", ("32.75.10",), (("Jatiasih", 2700.0),))


def flat(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")


def half_made(lines: list[str]) -> list[str]:
    """Lines that hold a field, a number that is none, or nothing."""
    return [line for line in lines if not line or re.search(r"[{}]|\b(?:nan|inf)\b", line)]


BORDER = "kabserang-kotaserang"


@cache
def summarised(corridor: str, border_set: str) -> BorderSummary:
    return summarise_border(data.border(corridors[corridor]), data.measures, border_set)


@cache
def mapped(corridor: str, indicator: str) -> Layer:
    return layer(data.border(corridors[corridor]), data.measure(data.catalogue.indicators[indicator], None))


def overview(w: Words, corridor: str, border_set: str) -> list[str]:
    """What Ringkasan says of a border, and of its gaps where that is said."""
    found = summarised(corridor, border_set)
    lines = [
        sentences.border_size(w, data, found),
        *sentences.reach_of_line(w, data, corridors[corridor], found),
    ]
    if border_set == "bersentuhan":
        lines += [f"{g.kode_kabkota} {sentences.largest_gap(w, data, g)}" for g in found.gaps if g.people >= 1]
    return lines


def map_answers(w: Words, corridor: str) -> list[str]:
    """What Peta says of every indicator of a corridor."""
    found = [
        (indicator.id, map_words.answer(w, data, indicator, mapped(corridor, indicator.id)))
        for indicator in data.catalogue.indicators.values()
    ]
    return [f"{name}: {answer.sentence} / {answer.note}" for name, answer in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_of_a_border_reads_as_approved(language: Language) -> None:
    lines = []
    for border_set in corridors[BORDER].border_sets:
        lines += [f"## {border_set}", *overview(Words(language), BORDER, border_set)]
    approve(f"ringkasan-{language}.txt", "\n".join(lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_of_a_border_answers_as_approved(language: Language) -> None:
    approve(f"peta-{language}.txt", "\n".join(map_answers(Words(language), BORDER)))


@pytest.mark.parametrize("corridor", list(corridors))
def test_every_border_is_told_whole(corridor: str) -> None:
    for w in map(Words, LANGUAGES):
        for border_set in corridors[corridor].border_sets:
            lines = overview(w, corridor, border_set)
            assert lines
            assert not half_made(lines)
        answers = map_answers(w, corridor)
        assert len(answers) == len(data.catalogue.indicators)
        assert not half_made(answers)


def profiled(w: Words, kode: str, sides: tuple[str, ...]) -> list[str]:
    """What Profil says of a kelurahan, and the origin of each of its numbers."""
    corridor = next(c for c in corridors.values() if c.sides == sides)
    result = profile(data.border(corridor), data.measures, kode)
    origins = [f"{row.indicator}: {sentences.row_origin(w, data, row)}" for row in result.rows]
    answer = profile_words.answer(w, data, result)
    return [f"{answer.sentence} / {answer.note}", *origins]


@pytest.mark.parametrize("language", LANGUAGES)
def test_profiles_at_a_border_read_as_approved(language: Language) -> None:
    lines = []
    for kode in ("36.73.05.1001", "36.04.05.2001"):
        lines += [f"## {kode}", *profiled(Words(language), kode, corridors[BORDER].sides)]
    approve(f"profil-{language}.txt", "\n".join(lines))


@pytest.mark.parametrize(
    ("kode", "sides"),
    [
        ("32.75.10.1002", ("32.75", "32.76")),
        ("32.76.02.1007", ("32.75", "32.76")),
        ("36.02.13.2006", ("36.04", "36.02")),
        ("31.75.06.1001", ("32.75", "31.75")),
    ],
)
def test_other_profiles_are_told_whole(kode: str, sides: tuple[str, ...]) -> None:
    for w in map(Words, LANGUAGES):
        lines = profiled(w, kode, sides)
        assert len(lines) > 5
        assert not half_made(lines)


GAP = GapRow("jarak_sd", "sni-radius-sd", "32.75", 1234.0, 1200.0, 1300.0, 0.25, 4936.0, 4, 0, (2019, 2019))
UNKNOWN = dataclasses.replace(SIDE, units=3, people=0.0, low=0.0, high=0.0, people_unknown=3)
OFFICIAL = dataclasses.replace(SIDE, estimated=False)


def summary(*sides: SidePeople) -> BorderSummary:
    return BorderSummary("bersentuhan", 8624.5, sides, (), {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_on_made_up_numbers_read_as_approved(language: Language) -> None:
    w, corridor = Words(language), corridors["bekasi-depok"]
    lines = [
        "## size of the border: an estimate, official people, an unknown side beside a known one",
        *(sentences.border_size(w, data, summary(*sides)) for sides in ((SIDE,), (OFFICIAL,), (UNKNOWN, SIDE))),
        "## reach of the line",
        *sentences.reach_of_line(w, data, corridor, summary(SIDE, OFFICIAL)),
        "## gaps: a distance, a count",
        *(
            sentences.largest_gap(w, data, gap)
            for gap in (
                GAP,
                dataclasses.replace(GAP, indicator="jumlah_sd", standard="satu-sd-per-desa"),
            )
        ),
        "## sides that are not compared",
        *(
            str(sentences.blocked(w, data, data.catalogue.indicators["jarak_sd"], why))
            for why in (
                Comparability("tidak_ada", ("32.75", "32.76"), 0),
                Comparability("satu_sisi", ("32.76",), 0),
                Comparability("definisi", (), 0),
            )
        ),
    ]
    approve(f"kalimat-{language}.txt", "\n".join(lines))


def test_a_side_of_which_nothing_is_known_says_so_and_sums_nothing() -> None:
    text = flat(sentences.border_size(Words("id"), data, summary(UNKNOWN, SIDE)))
    assert "3 kelurahan Kota Bekasi (penduduk belum ada data)" in text
    assert " 0 jiwa" not in text


def test_official_people_are_not_called_an_estimate() -> None:
    text = flat(sentences.border_size(Words("id"), data, summary(OFFICIAL)))
    assert "sekitar" not in text
    assert "1.200 jiwa" in text


def test_a_gap_is_worded_by_its_kind() -> None:
    assert "1.230 jiwa (25 %) tinggal lebih jauh dari 1 km (Radius SNI SD/MI; data 2019)" in flat(
        sentences.largest_gap(Words("id"), data, GAP)
    )
    count = dataclasses.replace(GAP, indicator="jumlah_sd", standard="satu-sd-per-desa")
    assert "tinggal di wilayah yang belum memenuhi" in flat(sentences.largest_gap(Words("id"), data, count))


@pytest.mark.parametrize(
    ("comparison", "text"),
    [
        (Comparability(None, (), 0), None),
        (Comparability("tidak_ada", ("32.75", "32.76"), 0), "Belum ada data Jarak ke SD"),
        (Comparability("satu_sisi", ("32.76",), 0), "tidak diketahui untuk Kota Depok"),
        (Comparability("definisi", (), 0), "yang dihitung berbeda"),
    ],
)
def test_why_sides_are_not_compared(comparison: Comparability, text: str | None) -> None:
    said = sentences.blocked(Words("id"), data, data.catalogue.indicators["jarak_sd"], comparison)
    assert (said is None) == (text is None)
    assert text is None or text in flat(str(said))
