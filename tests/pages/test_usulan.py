"""Usulan as a person uses it: bring a file, answer, save; what it touches; and what other pages say of it."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import pytest
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from data.intake.values import Answers
from open_data.proposals import COLUMNS, proposal_rows
from records.permissions import READER, Actor
from records.proposals import importing, reading
from tests.data.intake.making import csv, proposals, xlsx
from tests.pages.opening import HOSTILE, assert_whole, open_page, texts
from tests.records.acting import BEKASI
from tests.shipped import data
from views.language.words import Words
from views.story import on_record
from views.topics.proposals import draft, state, words

ACTOR = "views.screen.account.actor"
JATIKARYA = "32.75.10.1002"
HEAD = "ID Usulan;Pengusul;Usulan;Kecamatan;Kelurahan;Anggaran;Tahun Anggaran"
ROWS = (
    "1;Budi;Ruang kelas SMPN;Jatisampurna;Jatikarya;1.500.000;2027",
    "2;Budi;Betonisasi;Pondokgede;Jatimakmur;;2027",
)
FILE = csv(HEAD, *ROWS)


pytestmark = pytest.mark.usefixtures("empty")


def brought(name: str = "usulan.csv", content: bytes = FILE, **link: str) -> AppTest:
    app = open_page("usulan", koridor="bekasi-depok", **link)
    app.file_uploader[0].upload(name, content).run()
    assert not app.exception
    return app


def save(app: AppTest) -> AppTest:
    app.button(key="simpan usulan").click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """What the page refuses, as text."""
    return "\n".join(str(e.value) for e in app.error).replace("\\", "")


def kept() -> int:
    return len(reading.proposals((BEKASI, "32.76")))


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_register_says_what_is_missing_and_offers_template_and_draft(language: str, tmp_path: Path) -> None:
    with patch(ACTOR, lambda: READER):
        app = open_page("usulan", bahasa=language)
    assert_whole(app, "usulan", language=language)
    assert ("templatnya" if language == "id" else "template") in str(app.info[0].value)
    assert not app.file_uploader
    assert {b.key for b in app.get("download_button")} == set() or len(app.get("download_button")) == 3
    assert not (tmp_path / "tapal.sqlite3").exists(), "a reader makes no database"


def test_a_file_is_checked_saved_once_and_compared_with_the_gaps(bekasi: Actor) -> None:
    app = brought()
    assert "2 usulan baru" in texts(app)
    assert kept() == 0, "nothing is written before somebody says so"
    save(app)
    assert "Tersimpan: 2 usulan baru" in str(app.success[0].value)
    assert kept() == 2
    assert "Di garis batas ada 1 usulan" in texts(app)
    assert "usulan Kota Depok." in texts(app)
    again = brought()
    assert "tidak ada yang berubah" in "".join(str(i.value) for i in again.info)
    assert not [b for b in again.button if b.key == "simpan usulan"]


@pytest.mark.parametrize("view", ["peta", "belum", "menyentuh", "pokok", "kembar", "jalur", "daftar"])
def test_every_view_stands_in_both_languages(bekasi: Actor, view: str) -> None:
    hostile = csv(HEAD, *ROWS, f'3;x;"{HOSTILE} =1+1";Jatisampurna;Jatikarya;;2027')
    prepared = importing.prepare(proposals(hostile, Answers()).frame, BEKASI, None)
    importing.take(bekasi, prepared, "a.csv", sha256(hostile).hexdigest(), {})
    for language in ("id", "en"):
        with patch(ACTOR, lambda: READER):
            app = open_page("usulan", koridor="bekasi-depok", tampilan=view, bahasa=language)
        assert_whole(app, "usulan", language=language)
        assert "Budi" not in texts(app) + str([d.value.to_csv() for d in app.dataframe])
    if view == "daftar":
        assert app.dataframe[0].value.iloc[:, 0].str.contains("onerror").any()


def test_a_place_in_doubt_is_asked_about_and_remembered(bekasi: Actor) -> None:
    doubtful = csv(HEAD, ROWS[0].replace("Jatikarya", "Jatikaria"))
    app = brought(content=doubtful)
    assert "Belum dapat disimpan" in said(app)
    asked = next(box for box in app.selectbox if "Jatikaria" in box.label)
    assert asked.value is None, "nothing is taken by itself"
    asked.set_value((asked.options and JATIKARYA) or "").run()
    save(app)
    assert reading.proposals((BEKASI,))["kode"].tolist() == [JATIKARYA]
    again = brought(content=csv(HEAD, ROWS[0].replace("Jatikarya", "Jatikaria").replace("1;", "9;", 1)))
    assert not [box for box in again.selectbox if "Jatikaria" in box.label], "the office has decided that"
    assert "1 usulan baru" in texts(again)


def test_a_row_that_a_person_leaves_out_does_not_keep_the_others(bekasi: Actor) -> None:
    app = brought(content=csv(HEAD, ROWS[0].replace("Jatikarya", "Jatikaria"), ROWS[1]))
    next(box for box in app.selectbox if "Jatikaria" in box.label).set_value("-").run()
    save(app)
    assert kept() == 1


def test_a_missing_year_is_asked_for(bekasi: Actor) -> None:
    app = brought(content=csv("Usulan;Kelurahan", "Jalan;Jatikarya"))
    assert "tidak menyebut tahun anggaran" in said(app)
    box = app.selectbox(key="usulan tahun")
    box.set_value(box.options and 2027).run()
    save(app)
    assert reading.proposals((BEKASI,))["year"].tolist() == [2027]


def bomb() -> bytes:
    """A workbook whose sheet unpacks to a gigabyte."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(b"0" * 1_000_000)
    return stream.getvalue()


TWO_HEADS = [["DAFTAR USULAN 2027"], ["ID Usulan", "Usulan", "Kabupaten/Kota", "Kelurahan", "Tahun Anggaran"]]
GROUPED = [
    ["ID Usulan", "Usulan", "Lokasi", "", "Tahun"],
    ["", "", "Kabupaten/Kota", "Kelurahan", ""],
    [1, "a", "b", "c", 2027],
]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("pdf.xlsx", b"%PDF-1.7 x", "ini PDF"),
        ("penduduk.csv", csv("Kelurahan;Jumlah Penduduk", "Jatikarya;5"), "tidak memuat usulan"),
        ("renamed.csv", csv("ID Usulan;Isi Usulan;Masalah;Kelurahan", "1;a;b;Jatikarya"), "yang mirip: Isi Usulan"),
        ("depok.csv", csv("Usulan;Kota;Kelurahan;Tahun", "Jalan;Kota Depok;Tugu;2027"), "di luar Kota Bekasi"),
        ("grouped.xlsx", xlsx({"Usulan": GROUPED}), "kolom nama tidak ditemukan"),
        ("rupiah.csv", csv(HEAD, ROWS[0].replace("1.500.000", "banyak")), "Belum dapat disimpan"),
        ("twice.csv", csv(HEAD, ROWS[0], ROWS[0]), "Belum dapat disimpan"),
    ],
)
def test_a_file_that_is_not_right_changes_nothing(bekasi: Actor, name: str, content: bytes, reason: str) -> None:
    refuse(name, content, reason)


def test_a_file_that_unpacks_to_a_gigabyte_changes_nothing(bekasi: Actor) -> None:
    refuse("bomb.xlsx", bomb(), "terlalu berat")


def refuse(name: str, content: bytes, reason: str) -> None:
    app = brought(name, content)
    assert reason in said(app)
    assert not [b for b in app.button if b.key == "simpan usulan"]
    assert kept() == 0


def test_what_is_refused_has_sheet_row_column_and_value(bekasi: Actor) -> None:
    rows = [*TWO_HEADS, [1, "Jalan", "Kota Bekasi", "Jatikarya", 2027], [2, "Jalan", "Kota Depok", "Tugu", 2027]]
    app = brought("dua.xlsx", xlsx({"Usulan": rows}))
    table = next(d.value for d in app.dataframe if "Masalah" in d.value and "Baris" in d.value)
    assert table[["Lembar", "Baris", "Nilai"]].to_numpy().tolist() == [["Usulan", 4, "32.76.02.1009"]]
    assert "di luar wilayah Anda" in table["Masalah"].iloc[0]


def test_formulas_of_a_file_are_said_and_never_run(bekasi: Actor) -> None:
    content = xlsx({"A": [HEAD.split(";"), [1, "x", "=HYPERLINK(1)", "Jatisampurna", "Jatikarya", "", 2027]]})
    app = brought("rumus.xlsx", content)
    assert "rumus tanpa hasil" in texts(app)
    assert kept() == 0


def test_somebody_whose_rights_ended_saves_nothing(bekasi: Actor) -> None:
    app = brought()
    with patch("records.sign_ins.as_of_now", lambda session, actor: READER):
        app.button(key="simpan usulan").click().run()
    assert "Tidak tersimpan" in said(app)
    assert kept() == 0


def test_other_pages_tell_of_the_proposals_of_a_place(bekasi: Actor) -> None:
    assert "belum ada dalam catatan" in texts(open_page("profil", wilayah=JATIKARYA))
    heading = "Usulan (menyentuh kesenjangan)"
    assert heading not in open_page("prioritas").dataframe[0].value
    prepared = importing.prepare(proposals(FILE, Answers()).frame, BEKASI, None)
    importing.take(bekasi, prepared, "a.csv", "0" * 64, {})
    assert "Usulan musrenbang 2027: 1" in texts(open_page("profil", wilayah=JATIKARYA))
    assert "Usulan musrenbang 2027: 1" in texts(open_page("beranda", wilayah=JATIKARYA))
    column = open_page("prioritas", himpunan="semua").dataframe[0].value[heading]
    assert sorted(filter(None, column))[-1].startswith("1 (")


def test_the_meeting_and_the_files_tell_of_proposals_without_who_proposed(bekasi: Actor) -> None:
    corridor, w = data().catalogue.corridors["bekasi-depok"], Words("id")
    assert on_record.slide(w, data(), corridor, state.met(data(), corridor.id), [JATIKARYA]) is None
    prepared = importing.prepare(proposals(FILE, Answers()).frame, BEKASI, None)
    importing.take(bekasi, prepared, "a.csv", "0" * 64, {})
    told = on_record.slide(w, data(), corridor, state.met(data(), corridor.id), [JATIKARYA, "32.76.02.1009"])
    assert told is not None
    assert told.table is not None
    assert [row[1] for row in told.table.rows] == ["1", w.no_data]
    rows = proposal_rows(data(), reading.proposals(corridor.sides), data().border(corridor))
    assert tuple(rows.columns) == COLUMNS
    assert rows[["nama", "pokok", "di_garis_batas"]].to_numpy().tolist() == [
        ["Jatimakmur", "jalan", False],
        ["Jatikarya", "smp", True],
    ]
    assert "Budi" not in rows.to_csv()


def test_a_write_that_waits_in_vain_is_said_and_changes_nothing(bekasi: Actor) -> None:
    app = brought()
    with patch("records.database.write", side_effect=OperationalError("", {}, Exception("database is locked"))):
        app.button(key="simpan usulan").click().run()
    assert "Orang lain sedang menyimpan" in said(app)
    assert kept() == 0


def test_a_draft_has_the_columns_of_sipd_and_can_be_brought_again() -> None:
    corridor = data().catalogue.corridors["kabserang-kotaserang"]
    gaps = state.gaps(data(), corridor.id)
    frame = draft.rows(Words("id"), data(), corridor, gaps[gaps["at_line"]].head(20), pd.Timestamp("2026-11-28").date())
    assert list(frame.columns[:4]) == ["ID Usulan", "Tanggal Usul", "Urusan", "Usulan"]
    assert set(frame["Tahun Anggaran"]) == {"2028"}
    assert frame["Lintas Batas"].eq("ya").all()
    read = proposals(draft.workbook(frame), Answers(), corridor.sides)
    assert not read.problems
    assert read.frame["kode"].tolist() == gaps.loc[gaps["at_line"], "kode"].head(20).tolist()


def test_what_was_published_of_musrenbang_stands_there_with_place_and_source() -> None:
    lines = words.published(Words("id"), data(), data().catalogue.corridors["bekasi-depok"])
    of_city = next(line for line in lines if "Perwal Kota Bekasi 01.A/2018" in line)
    assert "[Kota Bekasi]" in of_city.replace("\\", "")
    assert "Sumber: " in of_city
    assert any("[Jatisari, Kec. Jatiasih, Kota Bekasi]" in line.replace("\\", "") for line in lines)
    assert len(lines) == 27
    assert not any("Serang" in line for line in lines)
