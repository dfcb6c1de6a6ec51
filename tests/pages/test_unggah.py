"""Unggah data as a person uses it: bring, answer, see; nothing is written, and no button leads nowhere."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.data.intake.making import csv, xlsx
from tests.pages.opening import assert_whole, open_page, texts
from tests.shipped import data

BEKASI = data().units("kelurahan", ("32.75",))
PDF = b"%PDF-1.7 x"


def brought(name: str, content: bytes, **parameters: str) -> AppTest:
    app = open_page("unggah", **parameters)
    app.file_uploader[0].upload(name, content).run()
    assert not app.exception
    return app


def errors(app: AppTest) -> str:
    return "\n".join(str(e.value) for e in app.error).replace("\\", "")


@pytest.mark.parametrize(
    ("name", "content", "language", "said"),
    [
        ("data.xlsx", PDF, "id", "ini PDF; minta berkas Excel-nya"),
        ("data.xlsx", PDF, "en", "this is a PDF"),
        ("data.csv", b"", "id", "berkas kosong"),
        ("data.csv", csv("a;b", "1;2"), "id", "tidak ada tabel yang dikenal"),
        ("data.csv", csv("No;NIK;Nama", "1;3275010101900001;Budi"), "id", "memuat data perorangan"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(name: str, content: bytes, language: str, said: str) -> None:
    app = brought(name, content, bahasa=language)
    assert_whole(app, "unggah", language=language)
    assert said in errors(app)
    assert "Budi" not in errors(app) + texts(app)


def test_a_name_is_asked_about_and_the_answer_counts() -> None:
    app = brought("n.csv", csv("kelurahan;indikator;nilai", "Jatimakmr;jarak_sd;0,5", "Jatibening;jarak_sd;0,4"))
    assert "1 menunggu jawaban" in texts(app)
    asked = next(box for box in app.selectbox if "Jatimakmr" in box.label)
    assert asked.value is None, "nothing is taken by itself"
    asked.set_value("32.75.08.1003").run()
    assert "menunggu jawaban" not in texts(app)
    assert "2 berubah" in texts(app)
    next(box for box in app.selectbox if "Jatimakmr" in box.label).set_value("-").run()
    assert "1 ditolak" in texts(app)


def test_an_ambiguous_column_and_the_indicator_are_asked_about_once() -> None:
    rows = [f"{kode};1.{n}00" for n, kode in enumerate(BEKASI.index[:5], 1)]
    app = brought("n.csv", csv("kode;nilai", *rows))
    app.selectbox(key="unggah indikator").set_value("jarak_sd").run()
    assert "5 menunggu jawaban" in texts(app)
    assert len(app.radio) == 1
    app.radio[0].set_value("en").run()
    assert "menunggu" not in texts(app)
    assert "5 berubah" in texts(app)


def test_the_page_keeps_no_answer_of_another_file_and_leaves_the_data_as_they_were() -> None:
    before = data().values.copy()
    app = brought("n.csv", csv("kelurahan;indikator;nilai", "Jatimakmr;jarak_sd;0,5"))
    next(box for box in app.selectbox if "Jatimakmr" in box.label).set_value("32.75.08.1003").run()
    app.file_uploader[0].upload("other.csv", csv("kelurahan;indikator;nilai", "Jatimakmr;jarak_sd;0,6")).run()
    assert "menunggu jawaban" in texts(app)
    assert data().values.equals(before)


def test_text_of_a_file_shows_as_written() -> None:
    hostile = "<img src=x onerror=alert(1)> ![b](http://a.example/b.png)"
    app = brought("<b>.xlsx", xlsx({"A": [["Kelurahan", "Penduduk miskin", hostile], [hostile, 5, "x"]]}))
    shown = texts(app)
    assert "](http" not in shown.replace("\\", "\\\\") or "\\]\\(http" in shown
    assert "<img" not in shown.replace("\\<img", "")


def test_a_reader_is_told_who_publishes_and_sees_no_button_for_it() -> None:
    app = open_page("unggah")
    assert "yang terbit hanya yang diajukan pengisi dan diperiksa orang kedua" in texts(app).replace("\\", "")
    assert not [button for button in app.button if "terbit" in button.label.lower()]
