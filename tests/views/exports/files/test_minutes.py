"""Berita acara: opened by Word's library and by LibreOffice, alike for both sides; the table of decisions is stable."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pandas as pd
import pytest

from analysis.minutes import MOST_AGENDA, MOST_DECISIONS, Decision, Meeting, check, clean
from tests.shipped import HOSTILE, MADE, asked, data, hostile_data
from tests.views.exports.office import convert, is_formula, needs_office, needs_poppler, tell_tale, words_of
from views.exports.files import minutes as files_minutes
from views.language.words import Language, Words

MEETING = Meeting("Rapat koordinasi perbatasan", "Aula Bappeda", date(2026, 11, 24), ("Pembukaan", "Pembahasan"))
DECISIONS = (
    Decision(
        "Menyusun draf PKS sekolah",
        "Dinas Pendidikan",
        date(2027, 1, 31),
        "32.75.10.1002",
        "pendidikan",
        "Jarak ke SMP",
    ),
    Decision("Menghitung ulang titik sekolah", "Bappeda", date(2027, 2, 28)),
)
PLACES, SECTORS = {"32.75.10.1002"}, {"pendidikan"}


def text_of(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


@pytest.fixture(scope="module")
def content() -> bytes:
    return files_minutes.draft(asked(), MEETING, DECISIONS)


def test_meeting_decisions_and_findings_stand_in_the_draft(content: bytes) -> None:
    text = text_of(content)
    told = asked().story
    for name in files_minutes.FINDINGS:
        slide = told.slide(name)
        assert slide is not None
        assert clean(slide.sentence) in text
    for wanted in (
        "Rapat koordinasi perbatasan",
        "24 November 2026",
        "Aula Bappeda",
        "Pembahasan",
        "31 Januari 2027",
        "Dinas Pendidikan",
        "Jatikarya (Kota Bekasi)",
    ):
        assert wanted in text


def test_both_sides_sign_alike_and_nobody_is_named(content: bytes) -> None:
    paper = docx.Document(io.BytesIO(content))
    blocks = [re.sub(r"Kota (Bekasi|Depok)", "PIHAK", c.text) for c in paper.tables[-1].rows[0].cells]
    assert len(blocks) == 2
    assert blocks[0] == blocks[1]
    assert "Nama: ……" in blocks[0]
    properties = paper.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert tell_tale(b"".join(archive.read(n) for n in archive.namelist())) == []


def test_the_blank_form_has_room_and_every_side_of_the_area() -> None:
    known = data()
    paper = docx.Document(io.BytesIO(files_minutes.build(asked("semua", "en"))))
    assert len(paper.tables[1].rows) == 1 + files_minutes.BLANK_ROWS
    signed = "\n".join(c.text for row in paper.tables[-1].rows for c in row.cells)
    sides = known.catalogue.corridors["semua"].sides
    assert all(str(known.kabkota.at[s, "nama"]) in signed for s in sides)


@needs_office
@needs_poppler
@pytest.mark.parametrize("language", ["id", "en"])
def test_libreoffice_prints_all_of_it_on_a4_with_every_letter(language: Language, tmp_path: Path) -> None:
    file = tmp_path / "draf.docx"
    # No shipped value is a mere bound any more: the sign comes from what is typed in.
    meeting = replace(MEETING, agenda=(*MEETING.agenda, "Jarak ≤ 1 km"))
    file.write_bytes(files_minutes.draft(asked("kabserang-kotaserang", language), meeting, DECISIONS))
    pdf = convert(file, "pdf")
    info = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert "A4" in info
    assert 2 <= int(re.findall(r"Pages:\s+(\d+)", info)[0]) <= 6
    printed = words_of(pdf)
    assert "�" not in printed
    assert "□" not in printed
    for wanted in ("Jarak ≤ 1 km", "Kab. Serang – Kota Serang", "“", "Kab. Serang", "Kota Serang", "Menyusun", "1/"):
        assert wanted in printed.replace(" / ", "/").replace("1 /", "1/")
    w = Words(language)
    assert w.t("Tanda tangan:") in printed
    fonts = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "every font travels with the file"


def test_the_table_of_decisions_is_stable_and_safe() -> None:
    known = hostile_data()
    corridor = known.catalogue.corridors["bekasi-depok"]
    wild = Decision(HOSTILE, "=1+1", date(2027, 1, 1), "32.75.10.1002", "pendidikan", "@SUM(A1)")
    content = files_minutes.decisions_csv(known, corridor, Meeting("-1", "+62", date(2026, 1, 1)), [*DECISIONS, wild])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    assert tuple(rows.columns) == files_minutes.DECISION_COLUMNS
    assert rows["nomor"].tolist() == ["1", "2", "3"]
    assert rows["tenggat"].tolist() == ["2027-01-31", "2027-02-28", "2027-01-01"]
    assert not rows.map(is_formula).to_numpy().any()


def test_unprintable_letters_do_not_break_the_document() -> None:
    meeting = Meeting(clean("a\x00\x0b\u202eb\ud800"), clean(HOSTILE), date(2026, 1, 1), (clean("\x1b[31m"),))
    content = files_minutes.draft(asked(), meeting, DECISIONS)
    assert "onerror" in text_of(content)


@pytest.mark.parametrize(
    ("meeting", "decisions", "problem"),
    [
        (MEETING, DECISIONS, ()),
        (Meeting("", "x", MADE), (), (("name", "kosong", 0),)),
        (Meeting("x", " ", None), (), (("place", "kosong", 0), ("day", "kosong", 0))),
        (Meeting("x", "x", date(1999, 1, 1)), (), (("day", "tanggal", 0),)),
        (Meeting("x" * 201, "x", MADE), (), (("name", "panjang", 0),)),
        (Meeting("x", "x", MADE, ("y",) * (MOST_AGENDA + 1)), (), (("agenda", "banyak", 0),)),
        (Meeting("x", "x", MADE, ("y" * 301,)), (), (("agenda", "panjang", 1),)),
        (Meeting("x", "x", MADE), (Decision("y", "z", MADE),) * (MOST_DECISIONS + 1), (("decisions", "banyak", 0),)),
        (Meeting("x", "x", MADE), (Decision("y", "z", date(2026, 11, 21)),), (("due", "sebelum_rapat", 1),)),
        (Meeting("x", "x", MADE), (Decision("y", "z", MADE, "99"),), (("kelurahan", "tidak_dikenal", 1),)),
        (Meeting("x", "x", MADE), (Decision("y", "z", MADE, "", "w"),), (("sector", "tidak_dikenal", 1),)),
        (Meeting("x", "x", MADE), (Decision("y", "19800101 200501 1 001", MADE),), (("pic", "nomor_identitas", 1),)),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_named(
    meeting: Meeting, decisions: tuple[Decision, ...], problem: tuple[tuple[str, str, int], ...]
) -> None:
    assert tuple((p.field, p.code, p.row) for p in check(meeting, decisions, PLACES, SECTORS)) == problem
