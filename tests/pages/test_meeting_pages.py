"""Bahan rapat, Berita acara and Perbandingan waktu: choices in the link, files made and forgotten."""

import io
import zipfile
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data import catalogue
from data.intake.packages import PackageError
from tests.pages.opening import HOSTILE, PATIENCE_S, ROOT, answer, assert_refused, assert_whole, open_page, seen, texts
from views.exports import formats
from views.exports.deck import deck as deck_exports
from views.language.aloud import within
from views.language.escape import md
from views.meeting import files as meeting_files
from views.meeting import materials

SERIES = catalogue.load().series


@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("corridor", ["bekasi-depok", "bekasi-jaktim", "semua"])
def test_every_series_says_what_changed_or_why_not(series: str, corridor: str) -> None:
    app = open_page("waktu", koridor=corridor, deret=series)
    assert_whole(app, "waktu", corridor)
    assert md(within(SERIES[series].title.id)) in answer(app)
    assert ("**Dari 20" in answer(app)) != ("Tidak ada dua tahun" in answer(app))


def test_schools_of_2019_and_dapodik_are_never_subtracted() -> None:
    app = seen("waktu", koridor="bekasi-depok", deret="jumlah_smp")
    shown = texts(app)
    assert "Tidak ada dua tahun yang dihitung dengan cara yang sama" in shown
    assert "bukan jumlah sekolah baru" in shown
    assert not app.get("plotly_chart")


def test_years_live_in_the_link() -> None:
    app = open_page("waktu", koridor="bekasi-depok", dari="2020", sampai="2023")
    assert "Dari 2020 ke 2023" in answer(app)
    wrong = open_page("waktu", koridor="bekasi-depok", dari="1900")
    assert "1900" in str(wrong.warning[0].value)
    assert "Dari 2018 ke 2024" in answer(wrong)


@pytest.mark.parametrize(
    ("page", "parameter"),
    [("bahan", "bidang"), ("bahan", "kelurahan"), ("bahan", "berkas"), ("waktu", "deret"), ("waktu", "sampai")],
)
@pytest.mark.parametrize("value", ["tidak-ada", HOSTILE, "../../etc/passwd", "0" * 5000])
def test_bad_links_are_refused_in_words(page: str, parameter: str, value: str) -> None:
    app = open_page(page, **{parameter: value})
    assert len(assert_refused(app, page)) < 400


def test_the_choice_of_files_lives_in_the_link() -> None:
    app = open_page(
        "bahan", koridor="bekasi-depok", bidang="kesehatan;pendidikan", kelurahan="32.75.10.1002", berkas="html"
    )
    assert app.session_state["bidang"] == ["pendidikan", "kesehatan"]
    assert app.session_state["kelurahan"] == ["32.75.10.1002"]
    assert str(app.markdown[0].value).startswith("**Satu berkas")
    elsewhere = open_page("bahan", koridor="bekasi-depok", kelurahan="36.04.05.2001")
    assert elsewhere.session_state["kelurahan"] == []
    assert elsewhere.warning


def test_files_wait_for_the_one_who_asked_and_only_for_the_same_wish() -> None:
    wish = meeting_files.Wish("bekasi-depok", "id", ("jalan",), (), ("html",))
    app = open_page("bahan", koridor="bekasi-depok", bidang="jalan", berkas="html")
    assert "Siap diunduh" not in texts(app)
    app.session_state[materials.READY] = (wish, {"tapal-bekasi-depok-html-id.html": b"x"})
    app.run()
    assert_whole(app, "bahan")
    assert "Siap diunduh" in texts(app)
    app.session_state["bidang"] = ["jalan", "kesehatan"]
    app.run()
    assert "Siap diunduh" not in texts(app)
    assert materials.READY not in app.session_state, "files of another wish are not kept"


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [("id", "macro_smuggled", ("makro", "ppt/v.bin")), ("en", "no_sldsz", ("size of its slides",))],
)
def test_rows_6_and_8_a_template_is_refused_in_the_readers_words(
    language: str, name: str, words: tuple[str, ...]
) -> None:
    app = open_page("bahan", berkas="pptx", bahasa=language)
    app.file_uploader(key="bahan templat").upload(f"{name}.pptx", (ROOT / "tests/cases" / f"{name}.pptx").read_bytes())
    app.run()
    assert not app.exception
    said = str(app.error[0].value).replace("\\", "")
    assert all(word in said for word in (name, *words)), said


def _make_on_a_heavy_template() -> None:
    from views.link import context
    from views.meeting import files, materials

    wish = files.Wish("bekasi-depok", "id", (), (), ("pptx", "html"), files.Template("kantor.pptx", b""))
    materials._make(context.open_session(), wish)
    materials.draw_making(context.current(), wish)


def test_row_1_a_template_that_is_too_heavy_for_a_deck_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_heavy(*given: object) -> bytes:
        raise PackageError("berat")

    monkeypatch.setattr(deck_exports, "in_child", too_heavy)
    app = AppTest.from_function(_make_on_a_heavy_template, default_timeout=PATIENCE_S).run()
    assert not app.exception
    assert "terlalu berat" in str(app.error[0].value)
    assert "Siap diunduh" in texts(app), "the other files are there"


def test_a_folder_of_pictures_is_a_folder_in_the_whole() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("01-peta.png", b"x")
    with zipfile.ZipFile(io.BytesIO(meeting_files.together({"a.zip": inner.getvalue(), "b.html": b"y"}))) as archive:
        assert archive.namelist() == ["a/01-peta.png", "b.html"]


def test_every_kind_of_the_registry_can_be_chosen_and_has_a_name() -> None:
    app = open_page("bahan", berkas=";".join(formats.FORMATS))
    assert_whole(app, "bahan")
    assert answer(app).startswith(f"**{len(formats.FORMATS)} berkas")
    assert not app.warning
    assert app.session_state["berkas"] == list(formats.FORMATS)


def test_the_draft_names_what_is_missing_until_it_is_whole() -> None:
    app = open_page("berita_acara", koridor="bekasi-depok")
    assert "3 hal masih perlu diisi" in texts(app)
    app.text_input(key="rapat nama").input("Rapat koordinasi")
    app.text_input(key="rapat tempat").input("Bekasi")
    app.date_input(key="rapat tanggal").set_value(date(2026, 11, 22))
    app.text_area(key="rapat agenda").input("Pembukaan\n\nPenutup")
    app.run()
    assert_whole(app, "berita_acara")
    assert "Draf dengan 13 temuan dan 0 keputusan siap diunduh." in texts(app)
    app.switch_page("pages/waktu.py").run()
    app.switch_page("pages/berita_acara.py").run()
    assert app.text_input(key="rapat nama").value == "Rapat koordinasi", "a look at another page loses nothing"
