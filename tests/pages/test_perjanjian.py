"""Perjanjian: what is on record at a glance, every view of every scope, and hostile text that stays text."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from analysis.agreements.model import Actor, Addendum, Evaluation, Party, Project, Recommendation, Role, Source, same
from analysis.agreements.published import agreements_of, projects_of
from open_data.agreements import agreement_rows, project_rows
from tests.pages.opening import answer, assert_whole, open_page, seen, texts
from tests.shipped import HOSTILE, MADE, data
from views.exports.files.workbook import of_tables
from views.language import cells
from views.language.escape import md
from views.language.words import LANGUAGES, Language, Words
from views.link.parameters import AGREEMENT_VIEWS
from views.screen.tables import on_paper
from views.topics.agreements import tables, words


def test_the_first_border_shows_what_is_missing_and_what_ended_each_with_its_source() -> None:
    app = seen("perjanjian", koridor="bekasi-depok")
    assert "belum ada perjanjian kerja sama di antaranya" in answer(app)
    shown = texts(app)
    assert "Antara Kota Bekasi dan Kota Depok tidak ada PKS yang tercatat. ([indorayatoday" in shown
    assert "berakhir 26 Oktober 2026; perpanjangannya tidak tercatat. ([rakyatbekasi" in shown


@pytest.mark.parametrize("view", AGREEMENT_VIEWS)
@pytest.mark.parametrize(("corridor", "language"), [("kabserang-kotaserang", "id"), ("semua", "en")])
def test_every_view_opens(view: str, corridor: str, language: str) -> None:
    app = open_page("perjanjian", koridor=corridor, bahasa=language, tampilan=view, perjanjian="SRG-CILOWONG-2025")
    assert_whole(app, "perjanjian", corridor, language)
    assert not app.warning
    assert "317" in texts(app), "the agreement itself"


def test_an_agreement_that_is_not_there_is_refused_in_words() -> None:
    app = open_page("perjanjian", koridor="bekasi-depok", perjanjian="kantor-99")
    assert_whole(app, "perjanjian")
    assert app.warning


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_in_every_field_shows_as_text_everywhere(language: Language) -> None:
    w, known, bad = Words(language), data(), same(HOSTILE)
    first, second = "32.75", "32.76"
    agreement = replace(
        agreements_of(known.agreements)[0],
        title=bad,
        object=HOSTILE,
        scope=HOSTILE,
        value=bad,
        note=bad,
        obstacle=bad,
        potential=bad,
        parties=tuple(Party(k, *[HOSTILE] * 8) for k in (first, second)),
        addenda=(Addendum(HOSTILE, MADE, HOSTILE, date(2030, 1, 1)),),
        evaluations=(Evaluation(first, 2025, HOSTILE, HOSTILE, Recommendation.STOP),),
        actors=tuple(Actor(role, HOSTILE) for role in Role),
        sources=(Source(HOSTILE, HOSTILE, "S"), Source("javascript:alert(1)", "", "K")),
        kode=(HOSTILE,),
    )
    project = replace(
        projects_of(known.projects)[0], title=bad, place=bad, note=bad, kode=(HOSTILE,), sources=(Source(HOSTILE),)
    )
    lines = "\n".join(words.details(w, known, agreement, MADE))
    assert "<" not in lines.replace("\\<", "")
    assert "](javascript" not in lines
    assert md(HOSTILE) in lines
    frames = [
        tables.register(w, known, [agreement], MADE),
        tables.by_stage(w, [agreement]),
        tables.by_offices(w, known, [agreement], MADE),
        tables.actors(w, known, [agreement]),
        tables.practice(w, known, [agreement], MADE),
        tables.projects(w, known, [project], [agreement]),
    ]
    for frame in frames:
        assert "<img" not in on_paper(w, frame, "x")
    flat = {
        "perjanjian": agreement_rows([agreement], known.kabkota["nama"], MADE),
        "proyek": project_rows([project], known.kabkota["nama"]),
    }
    for frame in flat.values():
        assert "\n=" not in cells.csv_text(frame)
        assert ",=" not in cells.csv_text(frame)
    book = openpyxl.load_workbook(io.BytesIO(of_tables(w, HOSTILE, MADE, flat)))
    assert all(c.data_type != "f" and c.hyperlink is None for s in book for row in s.iter_rows() for c in row)


def test_flat_rows_say_how_an_agreement_stands_on_the_day() -> None:
    names = data().kabkota["nama"]
    rows = agreement_rows(agreements_of(data().agreements), names, MADE).set_index("id")
    waste = rows.loc["DKI-BKS-2021"]
    assert (waste["standing"], waste["ends"], waste["days_left"], waste["origin"]) == (
        "over", "2026-10-26", -27, "terbitan",
    )  # fmt: skip
    assert waste["party_names"] == "DKI Jakarta | Kota Bekasi"
    assert len(waste["rupiah"].split(" | ")) == 2, "sources disagree: both are told"
    projects: list[Project] = list(projects_of(data().projects))
    found = project_rows(projects, names)
    assert len(found) == 18
    assert found["rupiah"].isna().sum() == sum(p.rupiah is None for p in projects)
