"""Words: both languages are whole, numbers and dates read as their readers write them."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from data import boundaries, ranges, versions
from tests.shipped import data
from views.language.escape import md
from views.language.names import service_nouns
from views.language.words import LANGUAGES, LOCALE, Words, sentences_of

ROOT = Path(__file__).parents[3]
indonesian, english = Words("id"), Words("en")


@cache
def messages() -> frozenset[str]:
    """What the code says."""
    found = set()
    for folder in ("views", "pages"):
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, [("**.py", "python")], keywords={"t": (1,)}):
            found.add(message if isinstance(message, str) else message[0])
    text = (ROOT / "app.py").read_text(encoding="utf-8")
    return frozenset(found.union(re.findall(r'w\.t\("([^"]+)"\)', text)))


def notes() -> set[str]:
    """Sentences of the notes of the data."""
    found = (s for note in data().values["note"].dropna().unique() for s in sentences_of(note))
    return {re.sub(r"\d+(?:[.,]\d+)*", "#", sentence) for sentence in found} | {
        note.format(n="#", count="#")
        for note in (
            versions.NOTE,
            ranges.NOTE,
            boundaries.NEW_LINE,
            boundaries.OLD_LINE,
            boundaries.PLACES_ON_LAND,
        )
    }


def test_every_message_has_english_with_the_same_fields_and_none_is_left_over() -> None:
    with (LOCALE / "en.po").open("rb") as file:
        catalog = {m.id: m.string for m in read_po(file) if m.id}
    wanted = messages() | notes()
    assert len(wanted) > 200
    assert wanted - set(catalog) == set(), "not translated"
    assert set(catalog) - wanted == set(), "no longer used"
    for message, text in catalog.items():
        assert text, message
        assert set(re.findall(r"{(\w+)}", str(message))) == set(re.findall(r"{(\w+)(?:\.many)?}", str(text))), message


# What officials found stilted, or words of our own making, and what stands there now.
FORBIDDEN = {
    r"\bkembaran\b": "tabel data lengkap",
    r"\btertutup\b": "hanya layanan sendiri",
    r"\bbatas (?:di|ter)buka\b|^terbuka\b|\bterbuka[:)]": "boleh lintas batas",
    r"\bbersentuhan\b": "berbatasan langsung",
    r"\bunit (?:yang (?:di)?(?:ketahui|nilainya)|diketahui|batas)\b|% unit": "kelurahan/desa",
    r"\bperingkat tengah\b": "peringkat (median)",
    r"\btunda\b": "jeda koordinasi",
    r"\bmemutar\b": "faktor kelokan jalan",
    r"\b(?:peng)?andaian\b|\banggapan\b": "asumsi",
    r"\bgalat\w*": "batas kesalahan",
    r"\bpasokan\w*": "ketersediaan layanan",
    r"\bajek\b": "konsisten",
    r"\bpendorong\b": "penyebab utama",
    r"\bPIC\b": "penanggung jawab",
    r"\bbelum ada titiknya\b": "koordinatnya belum ada",
    r"\bbaru (?:masuk|dalam) standar\b": "menjadi terlayani sesuai standar",
    r"^deret\b|\bderet ini\b": "data",
    r"\bkelompok setempat\b": "klaster",
    r"\bmenit motor\b": "menit naik motor",
    r"\bkepastian [QSK]\b|kepastian {": "dibaca di sumber kedua",
    r"\bkm2\b": "km²",
    r"\bbatas(?:nya)? (?:benar-benar )?tertinggal\b": "wilayah perbatasannya tertinggal",
    r"\bdalam Jarak\b": "dalam jarak",
    r"\bsemuanya dapat dibedakan\b": "peringkat yang benar-benar dapat dibedakan",
    r"\bmembuka batas\b": "layanan lintas batas",
}
FIELD = re.compile(r"{\w+}")


@cache
def said_on_screen() -> frozenset[str]:
    """Indonesian texts of the code and of the catalogue, without the names of their fields."""
    known, texts = data().catalogue, set(messages())
    for entries in (known.indicators, known.standards, known.assumptions, known.series, known.corridors):
        for entry in entries.values():
            texts |= set(id_texts(entry.model_dump()))
    return frozenset(FIELD.sub("{}", text) for text in texts)


def id_texts(node: object) -> list[str]:
    """Every Indonesian text in an entry of the catalogue."""
    if isinstance(node, dict):
        own = [node["id"]] if set(node) == {"id", "en"} else []
        return own + [text for child in node.values() for text in id_texts(child)]
    if isinstance(node, list | tuple):
        return [text for child in node for text in id_texts(child)]
    return []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_text_says_what_officials_found_stilted(word: str) -> None:
    found = [text for text in said_on_screen() if re.search(word, text, re.IGNORECASE if word.islower() else 0)]
    assert not found, f"say “{FORBIDDEN[word]}”"


def test_numbers() -> None:
    assert indonesian.number(1234.5, 1) == "1.234,5"
    assert english.number(1234.5, 1) == "1,234.5"
    assert indonesian.number(0, 2) == "0,00"
    assert indonesian.percent(0.345) == "34\N{NO-BREAK SPACE}%"
    assert english.percent(0.345, 1) == "34.5%"
    assert indonesian.km(8624, 2) == "8,62\N{NO-BREAK SPACE}km"


def test_signed_per_cent_shows_its_sign_and_no_minus_zero() -> None:
    assert indonesian.signed_percent(0.5) == "+50\N{NO-BREAK SPACE}%"
    assert indonesian.signed_percent(-0.5) == "−50\N{NO-BREAK SPACE}%"
    assert indonesian.signed_percent(0.001) == "0\N{NO-BREAK SPACE}%"
    assert indonesian.signed_percent(-0.001) == "0\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize("value", [None, float("nan")])
def test_missing_is_not_zero(value: float | None) -> None:
    assert indonesian.number(value) == indonesian.percent(value) == indonesian.people(value) == "belum ada data"
    assert english.number(value, 2) == "no data yet"


def test_estimated_people_are_rounded() -> None:
    assert [indonesian.people(v) for v in (0, 7, 994, 1234, 12345, 123456)] == [
        "0",
        "7",
        "994",
        "1.230",
        "12.300",
        "123.500",
    ]


def test_dates() -> None:
    assert indonesian.date(date(2025, 10, 2)) == "2 Oktober 2025"
    assert english.date(date(2025, 10, 2)) == "October 2, 2025"
    assert indonesian.partial_date("2025-10") == "Oktober 2025"
    assert indonesian.partial_date("2025") == "2025"
    assert indonesian.partial_date("2025-13-01") == "2025-13-01"
    assert indonesian.partial_date("(page undated)") == "(page undated)"


def test_lists_in_sentences() -> None:
    assert indonesian.listing([]) == ""
    assert indonesian.listing(["a"]) == "a"
    assert indonesian.listing(["a", "b", "c"]) == "a, b dan c"
    assert english.listing(["a", "b"]) == "a and b"


def test_text_from_data_shows_as_written_in_markdown() -> None:
    hostile = "![x](http://a.example/b.png) <img src=x onerror=alert(1)> :red[merah] $x$ `code`\n# judul"
    safe = md(hostile)
    assert "\n" not in safe
    for mark in "![](<>:$`#":
        assert not re.search(rf"(?<!\\){re.escape(mark)}", safe), mark


def test_notes_of_the_data_keep_their_figures() -> None:
    note = "2 puskesmas tanpa titik, menurut namanya."
    assert english.note(note) == "2 puskesmas without a point, by their names."
    assert indonesian.note(note) == note
    assert english.note("Kalimat yang tidak dikenal. 6 puskesmas tanpa titik yang benar.").startswith("Kalimat yang")


@pytest.mark.parametrize(
    ("metres", "told"), [(8_620, "8,6 km"), (8_624.3, "8,6 km"), (92_200, "92 km"), (89_300, "89 km"), (940, "0,94 km")]
)
def test_row_18_the_length_of_a_line_is_as_exact_as_official_lines_agree_on_it(metres: float, told: str) -> None:
    assert indonesian.length(metres).replace("\N{NO-BREAK SPACE}", " ") == told


def test_row_18_no_answer_prints_the_length_of_a_line_to_ten_metres() -> None:
    for corridor in data().catalogue.corridors.values():
        if (line := data().border(corridor).line_m) is not None:
            assert len(indonesian.length(line).replace(",", "").split("\N{NO-BREAK SPACE}")[0].lstrip("0")) <= 2


def test_a_value_reads_alike_whatever_type_it_has() -> None:
    assert {Words("id").number(kind(2.45), 1) for kind in (float, np.float64)} == {"2,5"}


def test_a_list_of_a_service_names_several_in_english() -> None:
    nouns = {language: service_nouns(Words(language)) for language in LANGUAGES}
    assert {nouns["en"][s].many for s in ("rumah_sakit", "kantor_kelurahan", "pos_damkar", "puskesmas")} == {
        "hospitals", "kelurahan offices", "fire posts", "puskesmas",
    }  # fmt: skip
    said = Words("en").t("daftar {layanan} dengan koordinat", layanan=nouns["en"]["kantor_kelurahan"])
    assert said == "the list of kelurahan offices with coordinates"
    assert nouns["en"]["kantor_kelurahan"] == "kelurahan office"
    assert all(noun.many == noun for noun in nouns["id"].values())
