"""Brief and profiles as PDF, read back by pypdf and poppler: tagged, fonts inside, the numbers of the pages."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from analysis.values.profile import profile
from tests.shipped import asked, data, hostile_data
from tests.views.exports.office import tell_tale
from views.exports.pdf import brief as pdf_brief
from views.exports.pdf import profile as pdf_profile
from views.language.words import LANGUAGES, Language, Words
from views.story import story
from views.topics.profile import tables as profile_tables
from views.topics.profile import words as profile_words

JATIKARYA = "32.75.10.1002"


def flat(text: str) -> str:
    """Letters only: where lines break is no matter."""
    return "".join(text.split())


@cache
def made(corridor: str, language: Language) -> tuple[story.Story, Any]:
    w = Words(language)
    told = asked(corridor, language).story
    return told, PdfReader(io.BytesIO(pdf_brief.make(w, told)))


def sheet(kode: str = JATIKARYA, corridor: str = "bekasi-depok", language: Language = "id") -> bytes:
    return pdf_profile.build(asked(corridor, language), kode)


def resolved(item: Any) -> Any:
    return item.get_object() if isinstance(item, IndirectObject) else item


def elements(reader: Any) -> Iterator[Any]:
    """All structure elements in reading order."""
    waiting = [resolved(reader.trailer["/Root"]["/StructTreeRoot"])]
    while waiting:
        node = waiting.pop(0)
        kids = resolved(node.get("/K", []))
        below = [resolved(k) for k in (kids if isinstance(kids, list) else [kids])]
        below = [k for k in below if hasattr(k, "get") and k.get("/Type") == "/StructElem"]
        yield from below
        waiting = below + waiting


def assert_tagged(reader: Any, language: str) -> None:
    """Structure, language and marks as a screen reader needs them; every mark on a page belongs to one element."""
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    nodes = list(elements(reader))
    kinds = [str(node["/S"]) for node in nodes]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/P", "/Table", "/Caption", "/TR", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert all(node.get("/Alt") for node, kind in zip(nodes, kinds, strict=True) if kind == "/Figure")
    assert kinds.count("/Caption") == kinds.count("/Table"), "every table says what it is"
    numbers = resolved(resolved(root["/StructTreeRoot"]["/ParentTree"])["/Nums"])
    parents = {int(numbers[i]): resolved(numbers[i + 1]) for i in range(0, len(numbers), 2)}
    assert len({page["/StructParents"] for page in reader.pages}) == len(reader.pages)
    for page in reader.pages:
        index = page["/StructParents"]
        code = page.get_contents().get_data().decode("latin-1")
        opened = len(re.findall(r"\b(?:BDC|BMC)\b", code))
        assert opened == len(re.findall(r"\bEMC\b", code)) > 0
        assert code.count("/MCID") == len(parents[index])
        assert all(resolved(parent)["/Type"] == "/StructElem" for parent in parents[index])


def assert_fonts_inside(reader: Any) -> None:
    for page in reader.pages:
        fonts = resolved(resolved(page["/Resources"])["/Font"])
        assert fonts
        for font in fonts.values():
            parts = resolved(font)["/DescendantFonts"]
            assert all("/FontFile2" in resolved(resolved(part)["/FontDescriptor"]) for part in parts)


@pytest.mark.parametrize(("corridor", "language"), [("bekasi-depok", "id"), ("semua", "en")])
def test_the_brief_tells_the_whole_story_on_at_most_six_tagged_pages_of_a4(corridor: str, language: Language) -> None:
    told, reader = made(corridor, language)
    assert 4 <= len(reader.pages) <= 6
    assert all(tuple(round(float(v)) for v in page.mediabox[2:]) == (595, 842) for page in reader.pages)
    assert_tagged(reader, language)
    assert_fonts_inside(reader)
    text = flat("".join(page.extract_text() for page in reader.pages))
    for slide in (*told.slides, *told.annex):
        assert all(flat(part) in text for part in (slide.title, slide.sentence, slide.remark, slide.link))
    first = flat(reader.pages[0].extract_text())
    assert flat(told.slides[0].sentence) in first
    assert "keputusan" in {slide.id for slide in told.slides}


def test_the_brief_holds_every_number_of_its_tables() -> None:
    told, reader = made("bekasi-depok", "id")
    text = flat("".join(page.extract_text() for page in reader.pages))
    for name in ("penduduk", "kesenjangan", "tetangga", "prioritas", "keputusan", "profil"):
        slide = told.slide(name)
        assert slide is not None
        assert slide.table is not None
        for row in slide.table.rows:
            assert all(flat(cell) in text for cell in row), row


def test_it_names_nobody_and_no_place_of_a_machine() -> None:
    content = pdf_brief.make(Words("id"), asked().story)
    information = PdfReader(io.BytesIO(content)).metadata
    assert information is not None
    assert information.author == "Tapal"
    assert str(information.creator).startswith("Typst")
    assert information.producer is None
    assert information.title == "Kota Bekasi – Kota Depok: ringkasan untuk rapat"
    assert str(information["/CreationDate"]).startswith("D:20261122")
    for document in (content, sheet()):
        assert not tell_tale(document)


def test_equal_wishes_give_equal_bytes() -> None:
    assert sheet() == sheet()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("corridor", "kode"),
    [("bekasi-depok", JATIKARYA), ("kabserang-kotaserang", "36.73.05.1001"), ("semua", "36.72.01.1001")],
)
def test_a_profile_is_one_tagged_page_with_the_words_of_the_page(corridor: str, kode: str, language: Language) -> None:
    known, w = data(), Words(language)
    reader = PdfReader(io.BytesIO(sheet(kode, corridor, language)))
    assert len(reader.pages) == 1
    assert_tagged(reader, language)
    assert_fonts_inside(reader)
    text = flat(reader.pages[0].extract_text())
    result = profile(known.border(known.catalogue.corridors[corridor]), known.measures, kode)
    answer = profile_words.answer(w, known, result)
    assert flat(answer.sentence) in text
    assert flat(answer.note) in text
    for row in profile_tables.table(w, known, result).astype(str).to_numpy():
        assert all(flat(cell) in text for cell in row), row


def test_names_that_attack_stay_text() -> None:
    bad = hostile_data()
    assert len(PdfReader(io.BytesIO(pdf_profile.build(asked(hostile=True), JATIKARYA))).pages) == 1
    assert pdf_brief.make(Words("id"), asked(hostile=True).story).startswith(b"%PDF")
    assert pdf_profile.file_name(bad, JATIKARYA).isascii()
    assert "/" not in pdf_profile.file_name(bad, JATIKARYA)


def test_all_profiles_of_a_border_come_in_one_archive() -> None:
    known = data()
    corridor = known.catalogue.corridors["bekasi-depok"]
    steps: list[tuple[int, int]] = []
    content = pdf_profile.build_all(asked(), progress=lambda done, total: steps.append((done, total)))
    kodes = pdf_profile.border_kelurahan(known, corridor)
    assert len(kodes) == 6
    assert steps == [(n, 6) for n in range(1, 7)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [pdf_profile.file_name(known, kode) for kode in kodes]
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())


def test_the_border_at_serang_has_63_profiles() -> None:
    known = data()
    assert len(pdf_profile.border_kelurahan(known, known.catalogue.corridors["kabserang-kotaserang"])) == 63


def test_a_kelurahan_that_does_not_exist_has_no_profile() -> None:
    with pytest.raises(KeyError):
        sheet("99.99.99.9999")
