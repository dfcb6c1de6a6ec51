"""Batas lain: the views of a link, in both languages; what is wrong is said; what is thin is not compared."""

from pathlib import Path

import pytest

from data.national_tables import National
from tests.everywhere import a_pair, everywhere
from tests.pages.opening import answer, assert_refused, assert_whole, open_page, plain, seen, texts
from views.language.words import LANGUAGES

PAIR = a_pair()
SIDE, _, OTHER = PAIR.partition("-")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["", SIDE, PAIR, "32.75-32.76"])
def test_every_view_is_whole(place: str, language: str) -> None:
    link = {"pasangan": place} if place else {}
    app = seen("batas_lain", koridor="bekasi-depok", bahasa=language, **link)
    assert_whole(app, "batas_lain", language=language)
    assert not app.warning
    names = everywhere().names(place.split("-")) if place else []
    assert all(name in plain(app.subheader[0].value).replace("\\", "") for name in names)


def test_both_orders_are_one_view() -> None:
    turned = open_page("batas_lain", koridor="bekasi-depok", pasangan=f"{OTHER}-{SIDE}")
    assert turned.query_params["pasangan"] == PAIR
    assert texts(turned) == texts(seen("batas_lain", koridor="bekasi-depok", bahasa="id", pasangan=PAIR))


@pytest.mark.parametrize(
    "wrong", [f"{SIDE}-36.04", f"{SIDE}-{SIDE}", "99.99", f"{PAIR}-{SIDE}", "<b>x</b>", "-", "../33"]
)
def test_what_is_no_border_is_said_and_the_country_is_shown(wrong: str) -> None:
    app = open_page("batas_lain", koridor="bekasi-depok", pasangan=wrong)
    assert_refused(app, "batas_lain")
    assert answer(app) == answer(seen("batas_lain", koridor="bekasi-depok", bahasa="id"))


def test_a_kelurahan_elsewhere_is_said() -> None:
    app = open_page("batas_lain", koridor="bekasi-depok", pasangan=PAIR, wilayah="32.75.10.1002")
    assert_refused(app, "batas_lain")


def test_the_seven_corridors_lead_to_the_richer_page() -> None:
    app = seen("batas_lain", koridor="bekasi-depok", bahasa="id", pasangan="32.75-32.76")
    assert "salah satu koridor Tapal" in texts(app)
    assert "salah satu koridor Tapal" not in texts(
        seen("batas_lain", koridor="bekasi-depok", bahasa="id", pasangan=PAIR)
    )


def test_at_equal_density_the_map_counts_other_borders() -> None:
    app = open_page("batas_lain", koridor="bekasi-depok", tampilan="density", jenjang="smp")
    assert_whole(app, "batas_lain")
    assert app.query_params["tampilan"] == "density"
    assert "SMP" in answer(app)


def test_other_pages_read_none_of_these_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = National(everywhere().folder)
    monkeypatch.setattr("data.national_tables.shipped", lambda: fresh)
    for page in ("beranda", "bandingkan", "sumber", "unggah"):
        assert not open_page(page, koridor="bekasi-depok").exception
    assert set(vars(fresh)) == {"folder"}, "a table that was read is kept"
    assert not open_page("batas_lain", koridor="bekasi-depok", pasangan=PAIR).exception
    assert {"pairs", "members"} <= set(vars(fresh))


def test_a_copy_without_the_tables_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("data.national_tables.shipped", lambda: National(tmp_path))
    app = open_page("batas_lain", koridor="bekasi-depok")
    assert_whole(app, "batas_lain")
    assert "belum ada di salinan" in answer(app)
