"""A file against what is shown: rows that add up, templates that come back, copies with remarks, no formula."""

import ast
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.intake.csv_reader import _PROBLEMS
from data.intake.problems import FileError, Problem
from data.intake.values import Answers
from tests.data.intake.making import csv, ods, xlsx
from tests.shipped import data
from views.language.words import LANGUAGES, Words
from views.topics.uploads import tables, words
from views.topics.uploads.check import STATUSES, Checked, check, indicators_of
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


def test_the_template_of_proposals_has_headings_that_are_known() -> None:
    content = csv(
        ";".join(TEMPLATES["usulan"]), ";".join("Jatimakmur" if h == "Kelurahan" else "" for h in TEMPLATES["usulan"])
    )
    found = checked(content)
    assert found.layout == "usulan"
    assert not [note for note in found.notes if note.code == "columns_left"]


def test_the_copy_says_what_is_wrong_in_its_row_and_holds_no_formula_and_no_proposer() -> None:
    content = csv(
        "ID Usulan;Pengusul;Usulan;Kelurahan;Anggaran",
        "1;Budi;=HYPERLINK(1);Jatimakmur;1.500",
        "2;Siti;@x, hub 081234567890;Jatimakmur;dua",
    )
    found = checked(content)
    assert found.counts["refused"] == 1
    book = openpyxl.load_workbook(BytesIO(with_remarks(Words("id"), content, found.problems)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0][-1] == "Catatan Tapal"
    assert rows[1][-1] is None
    assert rows[2][-1] == "Anggaran: bukan angka"
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    text = " ".join(str(cell.value) for cell in cells)
    assert "Budi" not in text
    assert "081234567890" not in text
    assert "'=HYPERLINK" in text


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
    for name in ("cells", "layouts", "places", "proposals", "sheets", "values", "workbook"):
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
