"""The story: ten slides, in the words of the pages, from the border's map to what is to be decided."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from analysis.values.summary import summarise_border
from tests.shipped import MADE, asked, compared
from tests.shipped import data as shipped
from views.figures.specs import Choropleth
from views.language import sentences
from views.language.escape import plain
from views.language.words import LANGUAGES, Language, Words
from views.story.story import Request
from views.topics.comparison import words as comparison_words
from views.topics.overview import words as overview_words

data = shipped()
corridors = data.catalogue.corridors
PAGES = {
    "",
    *[
        "bandingkan",
        "prioritas",
        "profil",
        "akses",
        "damkar",
        "lokasi",
        "biaya",
        "berita_acara",
        "sumber",
        "perjanjian",
    ],
}
TEN = ["sampul", "kesenjangan", "peta", "bandingkan", "prioritas", "akses", "damkar", "lokasi", "biaya", "keputusan"]
# Three sides and more share no cost; Kab. Pandeglang has no list of posts, so no joint plan can be computed.
WITHOUT_PLAN = {"semua", "kabserang-pandeglang"}
# What an English reader must not meet.
INDONESIAN = ("per baris", "hitungan publik", "data publik", "lisensi", "batas BIG", "Juni", "menurut", "kontributor")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("corridor", list(corridors))
def test_every_corridor_tells_its_story(corridor: str, language: Language) -> None:
    told = asked(corridor, language).story
    assert [s.id for s in told.slides] == (
        [name if name != "biaya" else "penduduk" for name in TEN] if corridor in WITHOUT_PLAN else TEN
    )
    ids = [s.id for s in (*told.slides, *told.annex)]
    assert "penduduk" in ids
    assert len(ids) == len(set(ids)), "told once"
    assert {"perjanjian", "batasan", "sumber"} <= {s.id for s in told.annex}
    for slide in told.slides:
        assert len(slide.sentence.split()) <= 25, slide.sentence
        assert slide.credit(Words(language)), "a source line"
    for slide in (*told.slides, *told.annex):
        assert slide.title
        assert slide.sentence
        assert slide.notes
        texts = [slide.title, slide.sentence, *slide.points, *slide.notes]
        assert not [
            t
            for t in texts
            if "\\" in t or "**" in t or "](" in t or "{" in t or re.search(r"\bNone\b(?! of)", t) or "nan" in t.split()
        ]
        link = urlsplit(slide.link)
        assert link.path.strip("/") in PAGES
        assert parse_qs(link.query)["koridor"] == [corridor]
        if slide.figure is not None:
            assert slide.figure.alt
        for row in slide.table.rows if slide.table is not None else ():
            assert len(row) == len(slide.table.columns)  # type: ignore[union-attr]
            assert "nan" not in row


def test_the_sentences_are_those_of_the_pages() -> None:
    w, corridor = Words("id"), corridors["kabserang-kotaserang"]
    told = asked(corridor.id).story
    summary = summarise_border(data.border(corridor), data.measures, "bersentuhan")
    people = told.slide("penduduk")
    assert people is not None
    assert people.points[0] == plain(sentences.border_size(w, data, summary))
    assert told.slides[0].sentence == overview_words.answer(w, data, corridor, summary).sentence
    indicator = data.catalogue.indicators[told.leading]
    found = told.slide("bandingkan")
    assert found is not None
    result = compared(corridor.id)[indicator.id, "bersentuhan"]
    assert found.sentence == comparison_words.answer(w, data, indicator, result).sentence
    assert set(found.points) <= {plain(line) for line in comparison_words.lines(w, data, indicator, result)}


def test_both_sides_are_told() -> None:
    told = asked().story
    for name in ("penduduk", "kesenjangan", "bandingkan", "profil"):
        slide = told.slide(name)
        assert slide is not None
        text = " ".join([slide.sentence, slide.remark, *slide.points])
        assert "Kota Bekasi" in text
        assert "Kota Depok" in text
    assert {kode[:5] for kode in told.places} == {"32.75", "32.76"}


def test_sectors_narrow_gaps_and_ranking() -> None:
    told = Request(Words("id"), data, corridors["bekasi-depok"], MADE, ("kesehatan",)).story
    slide = told.slide("kesenjangan")
    assert slide is not None
    assert slide.table is not None
    assert {row[0] for row in slide.table.rows} == {"Jarak ke puskesmas"}
    ranking = told.slide("prioritas")
    assert ranking is not None
    assert "pendidikan:0" in dict(ranking.query)["bobot"]


def test_a_sector_without_indicators_says_so() -> None:
    told = Request(Words("id"), data, corridors["bekasi-depok"], MADE, ("kebakaran",)).story
    slide = told.slide("kesenjangan")
    assert slide is not None
    assert slide.figure is None
    assert "Belum ada indikator" in slide.sentence


def test_a_kelurahan_of_another_corridor_is_refused() -> None:
    with pytest.raises(ValueError, match=r"36\.04\.05\.2001"):
        Request(Words("id"), data, corridors["bekasi-depok"], MADE, (), ("36.04.05.2001",))


def test_chosen_kelurahan_are_told_at_most_five() -> None:
    units = tuple(data.units("kelurahan", ("32.75",)).index[:7])
    told = Request(Words("id"), data, corridors["bekasi-depok"], MADE, (), units).story
    assert told.places == units[:5]


def test_names_that_attack_stay_names() -> None:
    told = asked(hostile=True).story
    assert len(told.slides) == len(TEN)


@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-kotaserang", "semua"])
def test_an_english_story_names_its_sources_in_english(corridor: str) -> None:
    told = asked(corridor, "en").story
    for slide in (*told.slides, *told.annex):
        cells = [cell for row in slide.table.rows for cell in row] if slide.table is not None else []
        text = " ".join([slide.title, slide.sentence, slide.remark, *slide.points, slide.credit(Words("en")), *cells])
        assert not [word for word in INDONESIAN if word in text], slide.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-lebak", "semua"])
def test_what_is_to_be_decided_treats_both_sides_alike_and_leaves_room(corridor: str, language: Language) -> None:
    last = asked(corridor, language).story.slides[-1]
    assert last.table is not None
    for asked_for, number, doubt, *blanks in last.table.rows:
        assert asked_for.endswith("?")
        assert re.search(r"\d", number)
        assert doubt
        assert len(blanks) == 3
        assert not [text for text in blanks if text.strip("…")], "what nobody has decided stays blank"
    if corridors[corridor].pair:
        names = [str(data.kabkota.at[side, "nama"]) for side in corridors[corridor].sides]
        told = [row[1] for row in last.table.rows[:-1]]
        assert all(told[i].index(names[0]) < told[i].index(names[1]) for i in range(len(told)) if names[0] in told[i])


def test_maps_are_narrowed_to_the_line_and_begin_with_the_services_out_of_reach() -> None:
    told = asked("kabserang-kotaserang").story
    maps = [slide.figure for slide in told.slides if isinstance(slide.figure, Choropleth)]
    line = set(data.border(corridors["kabserang-kotaserang"]).at_line().index)
    assert [slide.id for slide in told.slides if isinstance(slide.figure, Choropleth)] == [
        "sampul", "peta", "akses", "damkar", "lokasi",
    ]  # fmt: skip
    assert all(drawn.strong == line for drawn in maps)
