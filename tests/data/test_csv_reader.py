"""One reader for every CSV file that comes in: what offices' programs write is understood, the rest refused by row."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.csv_reader import SEPARATORS, CsvError, read
from data.text import cleaned

CASES = Path(__file__).parents[1] / "cases"
COLUMNS = ("koridor", "benih", "nomor", "kode", "jam_panggilan", "jam_tiba", "unit_datang", "catatan")


def case(name: str) -> bytes:
    return (CASES / f"latihan_{name}.csv").read_bytes()


@pytest.mark.parametrize("name", ["bom", "semicolon", "utf16", "blank_end"])
def test_row_10_what_spreadsheets_write_is_the_same_table(name: str) -> None:
    good = read(case("good"), COLUMNS)
    assert good.shape == (6, 9)
    assert good.index.tolist() == [2, 3, 4, 5, 6, 7]
    assert read(case(name), COLUMNS).equals(good)


def test_row_10_windows_1252_is_understood() -> None:
    found = read(case("cp1252"), COLUMNS)
    assert set(found["unit_datang"]) == {"café"}
    assert found.drop(columns="unit_datang").equals(read(case("good"), COLUMNS).drop(columns="unit_datang"))


def test_row_10_control_characters_are_cleaned() -> None:
    found = read(case("ctrl"), COLUMNS)
    assert found["unit_datang"].tolist() == ["[31m", *"uuuuu"]


def test_row_10_a_heading_that_stands_twice_is_refused() -> None:
    with pytest.raises(CsvError) as error:
        read(case("duphead"), COLUMNS)
    assert (error.value.code, error.value.row, error.value.column) == ("heading_twice", 1, "koridor")


@pytest.mark.parametrize(
    ("content", "code", "row", "column", "value"),
    [
        (b"", "empty", 0, "", ""),
        (b"\n\n", "empty", 0, "", ""),
        (b"kode,nilai\r\n", "empty", 0, "", ""),
        (b"kode,nilai\r\n,\r\n", "empty", 0, "", ""),
        (b"kode,nila\n1,2\n", "column_similar", 1, "nilai", "nila"),
        (b"Kode,nilai\n1,2\n", "column_similar", 1, "kode", "Kode"),
        (b"kode,jumlah\n1,2\n", "column_missing", 1, "nilai", ""),
        (b"kode|nilai\n1|2\n", "column_missing", 1, "kode", ""),
        (b"kode,nilai,kode\n1,2,3\n", "heading_twice", 1, "kode", ""),
        (b"kode,,nilai\n1,2,3\n", "heading_empty", 1, "", ""),
        (b"kode,nilai\n1,2\n3\n4,5\n", "cells", 3, "", "1"),
        (b"kode,nilai\n1,2,5\n", "cells", 2, "", "3"),
        (b"kode,nilai\n1,2\n\n3,4\n", "cells", 3, "", "0"),
        (b'kode,nilai\n1,2\n3,"4\n', "quotes", 3, "", ""),
        (b'"kode,nilai\n1,2\n', "quotes", 1, "", ""),
        (b'kode,nilai\n1,"2"3\n', "quotes", 2, "", ""),
        (b"kode,nilai\n1,2\n3,\0\n", "nul", 3, "", ""),
        (b"kode,nilai\n1,\x81\n", "encoding", 0, "", ""),
        (b"\xff\xfek\0o\0d\0e\0,", "encoding", 0, "", ""),
        (b"\xef\xbb\xbfkode,nilai\n1,caf\xe9\n", "encoding", 0, "", ""),
        (b"\xff\xfe\0\0k\0\0\0", "nul", 1, "", ""),
        (b"kode,nilai\n" + b"1,2\n" * 100, "size", 0, "", "411"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(content: bytes, code: str, row: int, column: str, value: str) -> None:
    with pytest.raises(CsvError) as error:
        read(content, ["kode", "nilai"], largest=400)
    found = error.value
    assert (found.code, found.row, found.column, found.value) == (code, row, column, value)
    assert found.problem in str(found)


@pytest.mark.parametrize(
    "content",
    [
        "kode,nilai\n1,2\n3,\n",
        "kode;nilai\r\n1;2\r\n3;\r\n",
        "kode\tnilai\r\n1\t2\r\n3\t\r\n\t\r\n\r\n",
        '"kode","nilai"\r\n"1","2"\r\n"3",""',
        " kode , nilai ,,\n1,2,,\n3,,,\n,,,\n",
    ],
)
def test_one_table_in_many_forms(content: str) -> None:
    assert read(content.encode(), ["nilai"]).to_dict("list") == {"kode": ["1", "3"], "nilai": ["2", ""]}


def test_a_comma_inside_a_semicolon_file_is_text() -> None:
    assert read(b"kode;nilai\n32.75;2,5\n", ["kode", "nilai"])["nilai"].tolist() == ["2,5"]


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"]), max_size=8)


@given(
    rows=st.lists(st.tuples(cells, cells.map("x".__add__)), min_size=1, max_size=5),
    separator=st.sampled_from(SEPARATORS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(rows: list[tuple[str, str]], separator: str, encoding: str) -> None:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    text = "\r\n".join(separator.join(row) for row in [["kode", "nilai"], *quoted])
    found = read(text.encode(encoding), ["kode", "nilai"])
    assert list(found.itertuples(index=False, name=None)) == rows


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = read(b"kode,nilai\n" + content, ["kode", "nilai"])
    except CsvError:
        return
    assert not found.empty


@given(st.text())
def test_cleaned_text_has_no_control_characters_and_stays_as_it_is(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in once)
    if not any(ord(sign) < 32 for sign in text) and text.isprintable():
        assert once == text


def test_names_keep_their_letters_and_lose_what_no_document_can_hold() -> None:
    assert cleaned("Jatimakmur – é 東") == "Jatimakmur – é 東"
    assert cleaned("Jati\r\n\tasih") == "Jati asih"
    assert cleaned("Beji\x00\x1b\ud800\ufffe\u202e\u2069") == "Beji"
