"""What offices entered, in every file that speaks of agreements: after published facts, with office and day."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pypdf import PdfReader

import report
from analysis.agreements.model import (
    Agreement,
    Document,
    Origin,
    Party,
    Project,
    ProjectStatus,
    Sector,
    State,
    on_day,
    same,
)
from records.agreements import reading, store
from records.database import current as current_database
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.shipped import HOSTILE, MADE, data
from tests.views.exports.office import tell_tale
from views.exports import formats
from views.exports.pdf import profile as pdf_profile
from views.language.words import LANGUAGES, Language, Words
from views.story.story import Request

KODE = "32.75.10.1002"
PKS = Agreement(
    "kantor-1", Origin.OFFICE, Document.PKS, State.SIGNED, same("Ambulans lintas batas"), (Party(BEKASI), Party(DEPOK)),
    (Sector.HEALTH,), kode=(KODE,), signed=on_day(date(2026, 3, 1)), entered_by=(DEPOK,), saved_on=date(2026, 11, 20),
)  # fmt: skip
ROAD = Project(
    "proyek-kantor-1", Origin.OFFICE, "", same(HOSTILE), (BEKASI, DEPOK), (Sector.ROADS,), ProjectStatus.PROPOSED,
    entered_by=(BEKASI, DEPOK), saved_on=date(2026, 11, 21),
)  # fmt: skip
SAID = {
    "id": ("Ambulans lintas batas", "diisi oleh kantor Kota Depok, 20 November 2026", "pada 22 November 2026"),
    "en": ("Ambulans lintas batas", "entered by the office of Kota Depok, November 20, 2026", "on November 22, 2026"),
}


@cache
def asked(language: Language = "id") -> Request:
    corridor = data().catalogue.corridors["bekasi-depok"]
    return Request(Words(language), data(), corridor, MADE, (), (KODE,), (PKS,), (ROAD,))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def pdf_text(content: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def deck_text(content: bytes) -> str:
    shown = []
    for slide in Presentation(io.BytesIO(content)).slides:
        shown += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        shown += [c.text for s in slide.shapes if s.has_table for row in s.table.rows for c in row.cells]
        shown.append(slide.notes_slide.notes_text_frame.text)
    return flat(" ".join(shown))


def minutes_text(content: bytes) -> str:
    return flat(" ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_names_them_after_the_published_facts(language: Language) -> None:
    slide = asked(language).story.slide("perjanjian")
    assert slide is not None
    points = [flat(point) for point in slide.points]
    published = next(n for n, point in enumerate(points) if "2025" in point)
    head = next(n for n, point in enumerate(points) if SAID[language][2] in point)
    entered = next(n for n, point in enumerate(points) if SAID[language][0] in point)
    assert published < head < entered
    assert SAID[language][1] in points[entered]
    assert any("1 " in flat(row[1]) and "kantor" in flat(row[1]) for row in _decisions(asked())), "counted apart"


def _decisions(request: Request) -> tuple[tuple[str, ...], ...]:
    slide = request.story.slide("keputusan")
    assert slide is not None
    assert slide.table is not None
    return slide.table.rows


@pytest.mark.parametrize(
    ("kind", "text"), [("pptx", deck_text), ("pdf", pdf_text), ("docx", minutes_text)], ids=["deck", "brief", "minutes"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_deck_brief_and_minutes_hold_them(kind: str, text: object, language: Language) -> None:
    assert callable(text)
    found = text(formats.FORMATS[kind].build(asked(language)))
    for part in SAID[language]:
        assert part in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_holds_agreements_of_the_place_on_its_one_page(language: Language) -> None:
    content = pdf_profile.build(asked(language), KODE)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    for part in SAID[language][:2]:
        assert part in pdf_text(content)


def test_the_workbook_has_a_sheet_of_each_and_tells_them_apart() -> None:
    content = formats.FORMATS["xlsx"].build(asked())
    assert not tell_tale(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = {name: pd.DataFrame(book[name].values) for name in ("perjanjian", "proyek")}
    for frame in rows.values():
        frame.columns = frame.iloc[0]
        origins = frame["origin"][1:].to_list()
        assert origins == sorted(origins, key=["terbitan", "kantor"].index)
        assert set(origins) == {"terbitan", "kantor"}
        own = frame[frame["origin"] == "kantor"].iloc[0]
        assert own["entered_on"] in ("2026-11-20", "2026-11-21")
        assert frame[frame["origin"] == "terbitan"]["entered_by"].isna().all() or not any(
            frame[frame["origin"] == "terbitan"]["entered_by"]
        )
    assert "'=cmd" in str(rows["proyek"]["title_id"].iloc[-1])


@pytest.mark.parametrize("kind", ["pptx", "docx", "xlsx"])
def test_the_same_entries_give_the_same_file_and_others_another(kind: str) -> None:
    def parts(request: Request) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(formats.FORMATS[kind].build(request))) as packed:
            return {name: packed.read(name) for name in packed.namelist()}

    assert parts(asked()) == parts(replace(asked()))
    assert parts(asked()) != parts(replace(asked(), agreements=()))


def test_the_command_line_holds_them_and_works_without_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'tapal.sqlite3'}")
    written: dict[str, bytes] = {}
    monkeypatch.setattr(report, "write_whole", lambda path, content: written.__setitem__(path.name, content))
    monkeypatch.setattr(report, "today", lambda: MADE)
    wish = ["--koridor", "bekasi-depok", "--format", "docx", "--out", str(tmp_path / "out")]
    assert report.main(wish) == 0
    assert not (tmp_path / "tapal.sqlite3").exists()
    before = dict(written)
    assert "Isian kantor di register" not in minutes_text(before["tapal-bekasi-depok-docx-id.docx"])
    bekasi = signed_in(current_database(), "bekasi")
    store.create(bekasi, Document.PKS, (BEKASI, DEPOK), {"title": "Damkar bersama"}, MADE)
    store.create(bekasi, Document.PKS, (BEKASI, "32.01"), {"title": "Dengan Bogor"}, MADE)
    assert report.main(wish) == 0
    text = minutes_text(written["tapal-bekasi-depok-docx-id.docx"])
    assert re.search(r"Damkar bersama .*diisi oleh kantor Kota Bekasi", text)
    assert "Dengan Bogor" not in text, "it is not between the sides"
    assert [a.title.id for a in report.request_of(data(), asked().corridor, "id", MADE).agreements] == [
        "Damkar bersama",
        "Dengan Bogor",
    ]
    assert len(reading.agreements()) == 2
