"""The sheet for the notice board: one page of large letters, with a QR code only where an address is known."""

from datetime import date
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from analysis.access.services import SERVICES, kabkota_with_list
from analysis.access.wayfinding import Wayfinding, find_ways
from analysis.agreements.published import agreements_of
from tests.shipped import data
from views.exports.pdf import wayfinding
from views.language.words import LANGUAGES, Language, Words
from views.story.story import Request

MADE = date(2026, 11, 28)
LINK = "https://tapal.kota.go.id/ke_mana?koridor=bekasi-depok&bahasa=id&wilayah=32.75.10.1002"


@cache
def listed(service: str) -> set[str]:
    return kabkota_with_list(SERVICES[service], data().measures, data().facilities)


@cache
def ways(kode: str, corridor: str) -> Wayfinding:
    sides = data().catalogue.corridors[corridor].sides
    return find_ways(data().facilities, data().grid, data().kelurahan, kode, sides, listed)


def sheet(kode: str, corridor: str, language: Language, link: str) -> bytes:
    request = Request(Words(language), data(), data().catalogue.corridors[corridor], MADE)
    return wayfinding.build(request, ways(kode, corridor), agreements_of(data().agreements), link)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kode", "corridor"),
    [("32.75.10.1002", "bekasi-depok"), ("36.72.01.1001", "kabserang-cilegon"), ("36.73.02.1002", "semua")],
)
def test_one_page_says_all(kode: str, corridor: str, language: Language) -> None:
    reader = PdfReader(BytesIO(sheet(kode, corridor, language, LINK)))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text().replace("\N{NO-BREAK SPACE}", " ")
    assert str(data().kelurahan.at[kode, "nama"]) in text
    for one in ways(kode, corridor).destinations:
        if one.own is not None:
            assert one.own.name.split()[-1] in text
    assert reader.metadata is not None
    assert reader.metadata.title


def test_no_code_without_an_address() -> None:
    with_code, without = (sheet("32.75.10.1002", "bekasi-depok", "id", link) for link in (LINK, ""))
    texts = [PdfReader(BytesIO(file)).pages[0].extract_text() for file in (with_code, without)]
    assert ["Pindai kode ini" in text for text in texts] == [True, False]
    assert with_code == sheet("32.75.10.1002", "bekasi-depok", "id", LINK), "the same bytes for the same facts"
