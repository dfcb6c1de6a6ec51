"""A file against what is shown: rows that add up, templates that come back, copies with remarks, no formula."""

import ast
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.intake.csv_reader import _PROBLEMS
from data.intake.layouts import score
from data.intake.problems import FileError, Problem
from data.intake.sheets import book_of, kind_of
from data.intake.values import Answers
from data.versions import Published, apply
from tests.data.intake.making import csv, ods, xlsx
from tests.shipped import data
from views.language.words import LANGUAGES, Words
from views.topics.uploads import tables, words
from views.topics.uploads.check import STATUSES, Checked, check, indicators_of, left_out
from views.topics.uploads.files import TEMPLATES, template, with_remarks

KNOWN = data()
CORRIDOR = KNOWN.catalogue.corridors["bekasi-depok"]
BEKASI = KNOWN.units("kelurahan", ("32.75",))
PEOPLE = KNOWN.indicator_values("penduduk")["value"]


def checked(content: bytes, answers: Answers = Answers()) -> Checked:  # noqa: B008 -- frozen
    return check(KNOWN, CORRIDOR, content, answers)


def population() -> list[list[Any]]:
    """All kelurahan of Kota Bekasi with the people of today."""
    head: list[Any] = ["Kode", "Kelurahan", "Jumlah Penduduk"]
    return [head, *([kode, row["nama"], int(PEOPLE[str(kode)])] for kode, row in BEKASI.iterrows())]


def test_the_rows_of_a_file_add_up_and_what_is_left_out_is_said() -> None:
    rows = population()
    rows[1][2] = int(PEOPLE[rows[1][0]]) * 2
    rows[2][2] = int(PEOPLE[rows[2][0]]) + 7
    rows[3][2], rows[4][2] = "", "dua"
    del rows[-1]
    for content in (xlsx({"Sheet1": rows}), ods(rows), csv(*(";".join(map(str, row)) for row in rows))):
        found = checked(content)
        assert found.layout == "penduduk"
        assert tuple(found.counts) == STATUSES
        assert dict(found.counts) | {"waiting": 0, "total": 0, "new": 0} == {
            "new": 0, "changed": 2, "same": 51, "empty": 1, "refused": 1, "waiting": 0, "total": 0,
        }  # fmt: skip
        assert sum(found.counts.values()) == len(rows) - 1
        assert found.figures.loc[found.figures["far"], "kode"].tolist() == [rows[1][0]]
        assert found.removed["kode"].tolist() == [BEKASI.index[-1]]


@pytest.mark.parametrize("corridor", list(KNOWN.catalogue.corridors))
def test_a_template_that_is_filled_in_comes_back(corridor: str) -> None:
    chosen = KNOWN.catalogue.corridors[corridor]
    for kind, indicator, columns in (
        ("penduduk", "", (7,)),
        ("indikator", "jarak_sd", (6,)),
        ("indikator", "rasio_sd", (6,)),
    ):
        content = template(KNOWN, chosen, kind, indicator)
        empty = check(KNOWN, chosen, content, Answers())
        book = openpyxl.load_workbook(BytesIO(content))
        assert empty.counts["empty"] == sum(empty.counts.values()) == book.active.max_row - 1
        for row in range(2, book.active.max_row + 1):
            for column in columns:
                book.active.cell(row, column, 12)
        stream = BytesIO()
        book.save(stream)
        full = check(KNOWN, chosen, stream.getvalue(), Answers())
        assert full.counts["refused"] == full.counts["waiting"] == full.counts["empty"] == 0
        assert set(full.figures["indicator"]) == {indicator or "penduduk"}
        assert len(full.figures) == book.active.max_row - 1


@pytest.mark.parametrize("kind", ["puskesmas", "smk"])
def test_the_template_of_places_holds_those_of_today(kind: str) -> None:
    content = template(KNOWN, CORRIDOR, "fasilitas", place=kind)
    found = checked(content)
    assert found.places is not None
    assert found.counts["same"] == sum(found.counts.values()) == len(found.places.rows) > 20
    assert found.places.unnamed["counted"].all(), "those of which only their number is known have no row"


def test_the_template_of_proposals_has_headings_that_are_known() -> None:
    content = csv(
        ";".join(TEMPLATES["usulan"]), ";".join("Jatimakmur" if h == "Kelurahan" else "" for h in TEMPLATES["usulan"])
    )
    found = checked(content)
    assert found.layout == "usulan"
    assert not [note for note in found.notes if note.code == "columns_left"]


PROPOSED = (
    ("ID Usulan", "Pengusul", "Usulan", "Kelurahan", "Anggaran"),
    ("1", "Budi", "=HYPERLINK(1)", "Jatimakmur", "1.500"),
    ("2", "Siti", "@x, hub 081234567890; <b>", "Jatimakmur", "dua"),
)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_copy_is_of_the_same_kind_says_what_is_wrong_and_holds_no_formula_and_no_proposer(kind: str) -> None:
    if kind == "xlsx":
        content = xlsx({"A": [[f" {c}" if c.startswith("=") else c for c in row] for row in PROPOSED]})
    else:
        content = ods(PROPOSED) if kind == "ods" else csv(*("\t".join(row) for row in PROPOSED), separator=";")
    found = checked(content)
    assert found.counts["refused"] == 1
    copy = with_remarks(Words("id"), content, found.problems)
    assert kind_of(copy) == kind
    [sheet] = book_of(copy, score).sheets
    rows = [[str(cell) for cell in row] for row in sheet.rows]
    assert [row[-1] for row in rows] == ["Catatan Tapal", "", "Anggaran: bukan angka"]
    assert rows[1][0] in ("1", "1.0")
    text = "\t".join(cell for row in rows for cell in row)
    assert "Budi" not in text
    assert "081234567890" not in text
    assert "; <b>" in text
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@"))]
    if kind == "csv":
        assert copy.startswith(b"\xef\xbb\xbfID Usulan\t")


def test_no_cell_of_a_table_begins_like_a_formula() -> None:
    problem = Problem("number", "=s", 3, "+kolom", "-nilai")
    shown = tables.problem_table(Words("id"), "@berkas", [problem])
    texts = [text for text in shown.iloc[0] if isinstance(text, str)]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]


def test_counts_of_a_monografi_are_all_new() -> None:
    found = checked(csv("Kelurahan;Penduduk miskin;Posyandu", "Jatimakmur;120;8", "Jatibening;-;3"))
    assert (found.layout, found.counts["new"]) == ("monografi", 2)
    assert len(found.figures) == 3


@pytest.mark.parametrize(
    "content",
    [
        csv("No;NIK;Nama;Alamat", "1;3275010101900001;Budi;Jl. A"),
        csv("Kelurahan;Penduduk miskin;Umur", "Jatimakmur;1;40"),
        csv("Kelurahan;Penduduk miskin;Keterangan", "Jatimakmur;1;NIK 3275010101900001"),
        xlsx({"A": [["Kelurahan", "Penduduk miskin", "x"], ["Jatimakmur", 1, 3275010101900001.0]]}),
        csv("Kelurahan;Nama Kepala Keluarga;Penduduk miskin", "Jatimakmur;Budi;1"),
    ],
)
def test_a_list_of_persons_is_refused_and_none_is_repeated(content: bytes) -> None:
    with pytest.raises(FileError) as error:
        checked(content)
    problem = error.value.problem
    assert problem.code == "person"
    assert "3275010101900001" not in words.refusal(Words("id"), problem)
    assert "Budi" not in words.refusal(Words("id"), problem)


def test_every_reason_has_words_in_both_languages() -> None:
    root = Path(__file__).parents[4] / "data" / "intake"
    named = {"busy", "heavy", "pdf", "old_office", "picture", "packed", "document", "web_page"}
    for name in (
        "cells",
        "facilities",
        "features",
        "geofile",
        "layouts",
        "places",
        "proposals",
        "sheets",
        "values",
        "workbook",
    ):
        for node in ast.walk(ast.parse((root / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("CellError", "Problem") and node.args:
                named |= {
                    c.value for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant) and isinstance(c.value, str)
                }
    for code in (named | set(_PROBLEMS)) - {"", "bentuk"}:
        texts = [words.reason(Words(language), Problem(code, column="k", detail="2")) for language in LANGUAGES]
        assert texts[0] != texts[1], code


def test_an_indicator_may_be_brought_at_its_own_level() -> None:
    kecamatan = KNOWN.units("kecamatan", ("32.75",)).index[0]
    found = checked(csv("kode;indikator;nilai", f"{kecamatan};rasio_sd;4,5"))
    assert found.figures[["kode", "indicator", "value"]].to_numpy().tolist() == [[kecamatan, "rasio_sd", 4.5]]
    assert "rasio_sd" in indicators_of(KNOWN)


def test_the_second_person_sees_what_a_correction_takes_away() -> None:
    kodes = list(map(str, BEKASI.index[:3]))
    first = Published(
        4, "penduduk", "32.75", date(2024, 12, 31), datetime(2026, 1, 1, tzinfo=UTC), "a" * 64,
        tuple((kode, "penduduk", 10.0, None) for kode in kodes[:2]),
    )  # fmt: skip
    shown = apply(KNOWN, [first])
    gone = left_out(shown, [(kodes[0], "penduduk", 11.0, None)])
    assert len(gone) == len(BEKASI) - 1
    frame = tables.removed_table(Words("id"), shown, gone, 4).data  # type: ignore[attr-defined]
    assert frame.loc[frame["Sesudah terbit"] == "hilang bersama versi 4", "Kode"].tolist() == [kodes[1]]
    plain = tables.removed_table(Words("id"), shown, gone).data  # type: ignore[attr-defined]
    assert set(plain["Sesudah terbit"]) == {"tetap"}
