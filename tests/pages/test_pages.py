"""Every page from the entry point: both languages, every corridor, links that are right and links that are wrong."""

import pytest

from data import catalogue
from tests.pages.opening import (
    CORRIDORS,
    HOSTILE,
    QUESTIONS,
    ROOT,
    answer,
    assert_refused,
    assert_whole,
    open_page,
    seen,
    texts,
)
from views.language.aloud import title
from views.language.escape import md
from views.language.words import Words

KNOWN = catalogue.load()
# Their English costs a story told anew for each corridor.
MEETING = {"bahan", "rapat", "berita_acara"}
OPENED = [
    (name, corridor, language)
    for name in QUESTIONS
    for corridor in CORRIDORS
    for language in ("id", "en")
    if language == "id" or name not in MEETING or corridor in ("kabserang-kotaserang", "semua")
]


@pytest.fixture(params=list(QUESTIONS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_page_has_its_question_here() -> None:
    assert set(QUESTIONS) == {file.stem for file in (ROOT / "pages").glob("*.py")}


@pytest.mark.parametrize(("name", "corridor", "language"), OPENED)
def test_every_page_answers_for_every_corridor_in_both_languages(name: str, corridor: str, language: str) -> None:
    app = seen(name, koridor=corridor, bahasa=language)
    assert_whole(app, name, corridor, language)
    assert not app.warning or name == "sumber"


def test_no_page_ends_a_run_before_the_selectors() -> None:
    """After st.stop Streamlit draws nothing more, not even what must be drawn."""
    drawing = [*(ROOT / "pages").glob("*.py"), *(ROOT / "views").rglob("*.py")]
    # The context stops only what it has itself run app.py for, whole.
    files = [file for file in drawing if file.parent.name != "link"]
    assert not [file.name for file in files if "st.stop(" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("indicator", [i.id for i in KNOWN.indicators.values() if i.compared])
@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-lebak", "semua"])
def test_every_indicator_can_be_compared(indicator: str, corridor: str) -> None:
    app = open_page("bandingkan", koridor=corridor, indikator=indicator)
    assert_whole(app, "bandingkan", corridor)
    assert md(title(Words("id"), KNOWN.indicators[indicator])) in answer(app)
    assert not app.warning


@pytest.mark.parametrize("indicator", list(KNOWN.indicators))
@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-kotaserang", "semua"])
def test_every_indicator_can_be_mapped_as_value_and_as_gap(indicator: str, corridor: str) -> None:
    for mode in ("nilai", "kesenjangan") if KNOWN.indicators[indicator].standards else ("nilai",):
        app = open_page("beranda", koridor=corridor, indikator=indicator, tampilan=mode)
        assert_whole(app, "beranda", corridor)
        assert app.selectbox(key="indikator").value == indicator
        assert answer(app) != answer(seen("beranda", koridor=corridor, bahasa="id"))
        assert not app.warning
        assert app.get("component_instance"), "the map"


def test_an_unknown_corridor_gives_a_sentence(name: str) -> None:
    app = open_page(name, koridor="bekasi-bulan")
    assert "bekasi\\-bulan” tidak dikenal" in assert_refused(app, name)


@pytest.mark.parametrize(
    ("page", "parameter"),
    [("beranda", "indikator"), ("beranda", "wilayah"), ("profil", "wilayah"), ("beranda", "koridor")],
)
@pytest.mark.parametrize("value", ["tidak-ada", HOSTILE, "../../etc/passwd", "%00", "0" * 5000])
def test_bad_links_are_refused_in_words_that_show_as_written(page: str, parameter: str, value: str) -> None:
    assert_refused(open_page(page, **{parameter: value}), page)


def test_choices_stay_in_the_url_and_follow_to_the_next_run() -> None:
    app = open_page("beranda")
    app.selectbox(key="koridor").set_value("kabserang-kotaserang").run()
    app.selectbox(key="indikator").set_value("jarak_puskesmas").run()
    assert app.query_params["koridor"] == "kabserang-kotaserang"
    assert app.query_params["indikator"] == "jarak_puskesmas"
    again = seen("beranda", koridor="kabserang-kotaserang", indikator="jarak_puskesmas")
    assert texts(again) == texts(app)


def test_the_same_link_opens_the_same_view_in_english() -> None:
    app = seen("beranda", koridor="kabserang-kotaserang", indikator="jarak_puskesmas", bahasa="en")
    assert app.selectbox(key="indikator").value == "jarak_puskesmas"
    assert "Distance to puskesmas" in app.selectbox(key="indikator").options
    assert "puskesmas" in answer(app)


def test_the_overview_says_plainly_what_is_often_said_wrongly() -> None:
    assert "5 dari 6 kecamatan Kota Serang menyentuh" in texts(
        seen("beranda", koridor="kabserang-kotaserang", bahasa="id")
    )
    depok = texts(seen("beranda", koridor="bekasi-depok", bahasa="id"))
    assert "Jatiasih tidak berbatasan dengan Kota Depok: jarak terdekatnya 2,7 km" in depok
    assert "sepanjang 8,6 km" in depok


def test_the_overview_counts_the_border_of_serang() -> None:
    app = texts(seen("beranda", koridor="kabserang-kotaserang", bahasa="id"))
    assert "sepanjang 89 km" in app
    assert "34 desa Kab. Serang" in app
    assert "29 kelurahan Kota Serang" in app


def test_a_value_of_one_side_only_is_never_compared() -> None:
    app = texts(seen("beranda", koridor="kabserang-kotaserang", indikator="idm"))
    assert "rata\\-rata 0,72 di Kab. Serang.**" in app
    assert "Belum ada data\\: Kota Serang." in app


def test_the_comparison_says_how_much_farther_and_what_is_missing() -> None:
    app = texts(seen("bandingkan", koridor="kabserang-kotaserang", indikator="jarak_puskesmas"))
    assert (
        "Kota Serang: 29 kelurahan di batas rata-rata 2,39 km, 38 di bagian dalam 1,35 km (2022). Itu 1,8 kali" in app
    )
    assert "Daftar lengkap 2022, titik dari 2019. Puskesmas tanpa titik dianggap berada di mana saja" in app


def test_five_pairs_are_too_few_to_test() -> None:
    app = texts(seen("bandingkan", koridor="bekasi-depok", indikator="jarak_smp_negeri"))
    assert "5 pasangan, Kota Depok rata-rata 0,36 km lebih tinggi" in app
    assert "pasangan terlalu sedikit untuk diuji" in app


def test_moving_a_weight_tells_what_changed_and_goes_into_the_link() -> None:
    app = open_page("prioritas", koridor="bekasi-depok")
    assert "belum ada; bobot sama" in texts(app)
    app.slider(key="bobot kesehatan").set_value(5).run()
    assert "**Yang berubah** terhadap bobot sama" in texts(app)
    assert app.query_params["bobot"] == "kesehatan:5"
    again = open_page("prioritas", **app.query_params)
    assert texts(again) == texts(app)


def test_the_ranking_opens_at_the_line_and_one_click_shows_everybody() -> None:
    app = open_page("prioritas", koridor="bekasi-depok")
    assert app.query_params["himpunan"] == "bersentuhan"
    columns = list(app.dataframe[0].value.columns)
    assert columns[:6] == [
        "Nama", "Kabupaten/kota", "Alasan", "Jiwa (bawah)", "Jiwa (atas)", "Peringkat (kisaran)",
    ]  # fmt: skip
    assert len(app.dataframe[0].value) == 6
    next(group for group in app.button_group if group.key == "himpunan").set_value("semua").run()
    assert len(app.dataframe[0].value) > 100
    assert app.query_params["himpunan"] == "semua", "else the link would open at the line"
    again = open_page("prioritas", **app.query_params)
    assert texts(again) == texts(app)


def test_a_reason_names_services_with_their_distance() -> None:
    reasons = seen("prioritas", koridor="kabserang-kotaserang").dataframe[0].value["Alasan"]
    assert reasons.str.contains(r"(?:puskesmas|SMP negeri)(?: paling jauh)? \d+,\d\skm", regex=True).mean() > 0.5


def test_a_profile_opens_on_the_neediest_kelurahan_of_the_line() -> None:
    first = seen("prioritas", koridor="kabserang-kotaserang").dataframe[0].value["Nama"].iloc[0]
    profile = seen("profil", koridor="kabserang-kotaserang")
    assert f"Bagaimana keadaan {first}" in texts(profile)
    assert len(profile.query_params["wilayah"]) == 13


def test_all_weights_at_zero_are_refused_in_words() -> None:
    app = open_page("prioritas", bobot="kesehatan:0;pendidikan:0")
    assert_whole(app, "prioritas")
    assert "Semua bobot nol" in texts(app)


@pytest.mark.parametrize("value", ["kesehatan:99", "kesehatan:nan", "bulan:3", ":::;;", HOSTILE, "kesehatan:1e400"])
def test_bad_weights_in_a_link_are_ignored(value: str) -> None:
    app = open_page("prioritas", bobot=value, ambang=value)
    assert_whole(app, "prioritas")
    assert app.slider(key="bobot kesehatan").value == 1
    assert answer(app) == answer(seen("prioritas", koridor="bekasi-depok", bahasa="id"))


def test_a_threshold_of_the_session_changes_the_ranking() -> None:
    usual = seen("prioritas", koridor="bekasi-depok", himpunan="semua")
    stricter = open_page("prioritas", koridor="bekasi-depok", ambang="sni-radius-smp:0.25")
    assert "**Yang berubah** terhadap" in texts(stricter)
    assert texts(usual) != texts(stricter)


def test_two_sessions_do_not_see_each_other() -> None:
    one, other = open_page("beranda", koridor="bekasi-depok"), open_page("beranda", koridor="semua", bahasa="en")
    one.selectbox(key="indikator").set_value("penduduk").run()
    other.run()
    assert other.selectbox(key="indikator").value != "penduduk"
    assert one.selectbox(key="koridor").value == "bekasi-depok"


def test_a_year_is_chosen_on_the_map_and_said_beside_every_figure() -> None:
    link = {"koridor": "bekasi-depok", "indikator": "penduduk", "wilayah": "32.75.01.1001"}
    newest = seen("beranda", **link)
    choice = newest.selectbox(key="tahun")
    assert choice.options == ["31 Desember 2024", "30 Juni 2024"]
    assert "31 Desember 2024" in texts(newest)
    earlier = seen("beranda", tahun="2024-06-30", **link)
    assert "30 Juni 2024" in texts(earlier)
    assert newest.metric[0].value != earlier.metric[0].value
    assert_refused(open_page("beranda", tahun="1999", **link), "beranda")
    other = seen("beranda", koridor="kabserang-kotaserang", indikator="cahaya_malam")
    assert [box.key for box in other.selectbox if box.key == "tahun"] == [], "of one year only, others are a link away"
