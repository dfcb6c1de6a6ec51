"""Every page from the entry point: both languages, every corridor, links that are right and links that are wrong."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import catalogue

NAMES = ("ringkasan", "peta", "bandingkan", "prioritas", "profil", "sumber", "akses")
PAGES = {name: f"pages/{name}.py" for name in NAMES}
ROOT = Path(__file__).parents[2]
CORRIDORS = list(catalogue.load().corridors)
HOSTILE = "<img src=x onerror=alert(1)>](http://a.example) ![b](http://a.example/b.png) $x$"


def open_page(name: str, **parameters: str) -> AppTest:
    """The app at a page, as a link with these parameters opens it."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    if name != "ringkasan":
        app.run()  # the pages are known only after the first run
        app.switch_page(PAGES[name])
    for key, value in parameters.items():
        app.query_params[key] = value
    return app.run()


def texts(app: AppTest) -> str:
    """All Markdown on the page."""
    shown = [*app.subheader, *app.markdown, *app.caption, *app.warning]
    return "\n".join(str(m.value) for m in shown).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(params=list(PAGES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("corridor", CORRIDORS)
def test_every_page_opens_for_every_corridor_in_both_languages(name: str, corridor: str, language: str) -> None:
    app = open_page(name, koridor=corridor, bahasa=language)
    assert not app.exception
    assert not app.warning or name == "sumber"
    assert len(app.subheader) == 1
    assert "{" not in texts(app)
    assert "nan" not in texts(app).split()


@pytest.mark.parametrize("indicator", list(catalogue.load().indicators))
@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-lebak", "semua"])
def test_every_indicator_can_be_compared(indicator: str, corridor: str) -> None:
    app = open_page("bandingkan", koridor=corridor, indikator=indicator)
    assert not app.exception
    assert not app.warning


@pytest.mark.parametrize("indicator", list(catalogue.load().indicators))
@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-kotaserang", "semua"])
def test_every_indicator_can_be_mapped_as_value_and_as_gap(indicator: str, corridor: str) -> None:
    for mode in ("nilai", "kesenjangan") if catalogue.load().indicators[indicator].standards else ("nilai",):
        app = open_page("peta", koridor=corridor, indikator=indicator, tampilan=mode)
        assert not app.exception
        assert not app.warning


def test_an_unknown_corridor_gives_a_sentence(name: str) -> None:
    app = open_page(name, koridor="bekasi-bulan")
    assert not app.exception
    assert any("bekasi\\-bulan” tidak dikenal" in str(w.value) for w in app.warning)


@pytest.mark.parametrize(
    ("page", "parameter"), [("peta", "indikator"), ("peta", "wilayah"), ("profil", "wilayah"), ("peta", "koridor")]
)
@pytest.mark.parametrize("value", ["tidak-ada", HOSTILE, "../../etc/passwd", "%00", "0" * 5000])
def test_bad_links_are_refused_in_words_that_show_as_written(page: str, parameter: str, value: str) -> None:
    app = open_page(page, **{parameter: value})
    assert not app.exception
    shown = "\n".join(str(w.value) for w in app.warning)
    assert shown
    assert not re.search(r"(?<!\\)[\[\]<>$!]", shown)


@pytest.mark.parametrize(
    "parameters", [{"tampilan": "x"}, {"susunan": "x"}, {"standar": "x"}, {"himpunan": "x"}, {"bahasa": "jv"}]
)
def test_other_bad_parameters_fall_back_quietly(name: str, parameters: dict[str, str]) -> None:
    app = open_page(name, **parameters)
    assert not app.exception


def test_choices_stay_in_the_url_and_follow_to_the_next_run() -> None:
    app = open_page("peta")
    app.sidebar.selectbox(key="koridor").set_value("kabserang-kotaserang").run()
    app.selectbox(key="indikator").set_value("jarak_puskesmas").run()
    assert app.query_params["koridor"] == "kabserang-kotaserang"
    assert app.query_params["indikator"] == "jarak_puskesmas"
    again = open_page("peta", koridor="kabserang-kotaserang", indikator="jarak_puskesmas")
    assert texts(again) == texts(app)


def test_the_same_link_opens_the_same_view_in_english() -> None:
    app = open_page("peta", koridor="kabserang-kotaserang", indikator="jarak_puskesmas", bahasa="en")
    assert app.selectbox(key="indikator").value == "jarak_puskesmas"
    assert "Distance to puskesmas" in texts(app)


def test_the_overview_says_plainly_what_is_often_said_wrongly() -> None:
    assert "5 dari 6 kecamatan Kota Serang menyentuh" in texts(open_page("ringkasan", koridor="kabserang-kotaserang"))
    depok = texts(open_page("ringkasan", koridor="bekasi-depok"))
    assert "Jatiasih tidak berbatasan dengan Kota Depok: jarak terdekatnya 2,7 km" in depok
    assert "sepanjang 8,62 km" in depok


def test_the_overview_counts_the_border_of_serang() -> None:
    app = texts(open_page("ringkasan", koridor="kabserang-kotaserang"))
    assert "sepanjang 89,3 km" in app
    assert "34 desa Kab. Serang" in app
    assert "29 kelurahan Kota Serang" in app


def test_a_value_of_one_side_only_is_never_compared() -> None:
    app = texts(open_page("peta", koridor="kabserang-kotaserang", indikator="idm"))
    assert "tidak diketahui untuk Kota Serang, jadi kedua sisi tidak dibandingkan" in app


def test_the_comparison_says_how_much_farther_and_what_is_missing() -> None:
    app = texts(open_page("bandingkan", koridor="kabserang-kotaserang", indikator="jarak_puskesmas"))
    assert "Kota Serang: 29 kelurahan di batas rata-rata ≤ 3,13 km, 38 lainnya ≤ 1,65 km (2019). Pada 48 unit" in app
    assert "6 puskesmas tanpa titik yang benar" in app


def test_five_pairs_are_too_few_to_test() -> None:
    app = texts(open_page("bandingkan", koridor="bekasi-depok", indikator="jarak_smp_negeri"))
    assert "5 pasangan, Kota Bekasi rata-rata" in app
    assert "pasangan terlalu sedikit untuk diuji" in app


def test_moving_a_weight_tells_what_changed_and_goes_into_the_link() -> None:
    app = open_page("prioritas", koridor="bekasi-depok")
    assert "belum ada; bobot sama" in texts(app)
    app.slider(key="bobot kesehatan").set_value(5).run()
    assert "**Yang berubah** terhadap bobot sama" in texts(app)
    assert app.query_params["bobot"] == "kesehatan:5"
    again = open_page("prioritas", koridor="bekasi-depok", bobot="kesehatan:5")
    assert texts(again) == texts(app)


def test_all_weights_at_nought_are_refused_in_words() -> None:
    app = open_page("prioritas", bobot="kesehatan:0;pendidikan:0")
    assert not app.exception
    assert "Semua bobot nol" in texts(app)


@pytest.mark.parametrize("value", ["kesehatan:99", "kesehatan:nan", "bulan:3", ":::;;", HOSTILE, "kesehatan:1e400"])
def test_bad_weights_in_a_link_are_ignored(value: str) -> None:
    app = open_page("prioritas", bobot=value, ambang=value)
    assert not app.exception
    assert app.slider(key="bobot kesehatan").value == 1


def test_a_threshold_of_the_session_changes_the_ranking() -> None:
    usual = open_page("prioritas", koridor="bekasi-depok")
    stricter = open_page("prioritas", koridor="bekasi-depok", ambang="sni-radius-smp:0.25")
    assert "**Yang berubah** terhadap" in texts(stricter)
    assert texts(usual) != texts(stricter)


def test_two_sessions_do_not_see_each_other() -> None:
    one, other = open_page("peta", koridor="bekasi-depok"), open_page("peta", koridor="semua", bahasa="en")
    one.selectbox(key="indikator").set_value("penduduk").run()
    other.run()
    assert other.selectbox(key="indikator").value != "penduduk"
    assert one.sidebar.selectbox(key="koridor").value == "bekasi-depok"
