"""What is agreed, in a few lines: at a border and for a kelurahan, each with its source, none said as such."""

from datetime import date

import pytest

from analysis.agreements.published import agreements_of, projects_of
from analysis.agreements.standing import Standing, standing
from tests.pages.opening import open_page, texts
from tests.shipped import asked, data
from views.language.escape import plain
from views.language.words import LANGUAGES, Words
from views.topics.agreements import place

TODAY = date(2026, 11, 28)
AGREEMENTS, PROJECTS = agreements_of(data().agreements), projects_of(data().projects)
CORRIDORS = data().catalogue.corridors


@pytest.mark.parametrize("corridor", list(CORRIDORS))
def test_a_border_has_one_line_in_both_languages(corridor: str) -> None:
    lines = [place.border_line(Words(w), data(), CORRIDORS[corridor], AGREEMENTS, TODAY) for w in LANGUAGES]
    assert lines[0].startswith("**Kesepakatan:**")
    assert lines[1].startswith("**Agreed:**")
    assert not any("\n" in line or "{" in line for line in lines)


def test_bekasi_and_depok_at_a_glance() -> None:
    line = plain(place.border_line(Words("id"), data(), CORRIDORS["bekasi-depok"], AGREEMENTS, TODAY))
    assert "belum ada perjanjian kerja sama di antaranya" in line
    assert "indorayatoday.com" in line
    assert "berakhir 26 Oktober 2026" in line


def test_meetings_and_proposals_are_no_agreements() -> None:
    for corridor in CORRIDORS.values():
        shown = place.signed(corridor, AGREEMENTS, TODAY)
        assert Standing.NO_AGREEMENT not in {standing(a, TODAY) for a in shown}


def lines(kode: str, corridor: str) -> str:
    found = place.of_kelurahan(Words("id"), data(), CORRIDORS[corridor], kode, AGREEMENTS, PROJECTS, TODAY)
    return plain("\n".join(found))


def test_a_kelurahan_that_is_named_says_so_and_its_neighbours_do_not() -> None:
    named = [k for k in data().kelurahan.index if k.startswith("32.75.07")][:1]
    assert "menyebut wilayah ini" in lines(named[0], "bekasi-depok")
    assert "menyebut wilayah ini" not in lines("32.75.10.1002", "bekasi-depok")


def test_where_nothing_is_agreed_nothing_is_said() -> None:
    assert (
        lines("36.04.01.2001" if "36.04.01.2001" in data().kelurahan.index else "36.02.01.2001", "kabserang-lebak")
        == ""
    )


def test_the_pages_show_it() -> None:
    assert "Kesepakatan:" in texts(open_page("beranda", koridor="bekasi-depok"))
    profile = texts(open_page("profil", koridor="bekasi-depok", wilayah="32.75.10.1002"))
    assert "Kesepakatan dan proyek" in profile
    assert "masa berlaku tidak diketahui" in profile


def test_minutes_brief_and_meeting_hold_it() -> None:
    told = asked("bekasi-depok").story
    slide, decide = told.slide("perjanjian"), told.slide("keputusan")
    assert slide is not None
    assert any("indorayatoday.com" in point for point in slide.points)
    assert decide is not None
    assert decide.table is not None
    assert any("1, 0 di antaranya PKS" in cell for row in decide.table.rows for cell in row)
