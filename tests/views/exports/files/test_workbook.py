"""The workbook, opened by openpyxl and LibreOffice: numbers of the pages, typed cells, formulas that count right."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analysis.priority.priority import chosen_standards, equal_choices, rank_priority
from analysis.values.summary import summarise_border
from tests.shipped import MADE, data, hostile_data
from tests.views.exports.office import convert, is_formula, needs_office, tell_tale
from views.exports.files import workbook as files_workbook
from views.language.words import Words
from views.story.story import Request

CORRIDOR = "bekasi-depok"
SHEETS = [
    "ringkasan",
    "nilai",
    "kesenjangan",
    "batas_dan_lainnya",
    "pasangan",
    "prioritas",
    "perjanjian",
    "proyek",
    "sumber",
    "catatan",
]


@pytest.fixture(scope="module")
def content() -> bytes:
    """All sectors, two kelurahan marked."""
    known = data()
    return files_workbook.build(
        Request(Words("id"), known, known.catalogue.corridors[CORRIDOR], MADE, (), ("32.75.10.1002", "32.76.02.1007"))
    )


@pytest.fixture(scope="module")
def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def records(book: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_sheets_stand_with_filters_and_headings_that_stay(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    for name in SHEETS[1:]:
        assert book[name].auto_filter.ref, name
        assert str(book[name].freeze_panes).endswith("2"), name
        assert all(d.width for d in book[name].column_dimensions.values())


def test_every_value_of_the_corridor_is_there_and_the_unknown_is_blank(book: openpyxl.Workbook) -> None:
    known = data()
    rows = records(book, "nilai")
    written = {(r["Kode"], r["Id indikator"]): r for r in rows}
    assert len(written) == len(rows)
    for indicator in known.catalogue.indicators.values():
        units = known.units(indicator.level, known.catalogue.corridors[CORRIDOR].sides).index
        values = known.indicator_values(indicator.id)["value"]
        for kode in units:
            row = written[kode, indicator.id]
            assert row["Nilai"] == (pytest.approx(values[kode]) if kode in values.index else None)
            assert (row["Keadaan"] == "belum ada data") == (kode not in values.index)
            assert bool(row["Tahun"]) == (kode in values.index)
    assert {r["Kode"] for r in rows if r["Ditandai"] == "ya" and r["Jenis"] != "kecamatan"} == {
        "32.75.10.1002", "32.76.02.1007",
    }  # fmt: skip


def test_every_column_has_one_type(book: openpyxl.Workbook) -> None:
    for name in SHEETS[1:]:
        head, *rows = book[name].iter_rows()
        for at, heading in enumerate(head):
            kinds = {row[at].data_type for row in rows if row[at].value not in (None, "")}
            assert len(kinds) <= 1, f"{name}: {heading.value}"


def test_numbers_read_as_in_indonesia_or_england(book: openpyxl.Workbook) -> None:
    formats = {
        c.number_format for row in book["nilai"].iter_rows(min_row=2) for c in row if c.data_type == "n" and c.value
    }
    assert formats <= {"0", "[$-421]#,##0", "[$-421]#,##0.0", "[$-421]#,##0.00"}


def test_the_gaps_and_ranks_are_those_of_the_pages(book: openpyxl.Workbook) -> None:
    known = data()
    corridor = known.catalogue.corridors[CORRIDOR]
    rows = [r for r in records(book, "kesenjangan") if r["Yang dihitung sebagai perbatasan"] == "Berbatasan langsung"]
    gaps = summarise_border(known.border(corridor), known.measures, "bersentuhan").gaps
    assert [(r["Id indikator"], r["Jiwa di luar standar"]) for r in rows] == [
        (g.indicator, round(g.people, -1)) for g in gaps
    ]
    assert [r["Persen"] for r in rows] == pytest.approx([g.share * 100 for g in gaps])
    choices = equal_choices(known.catalogue)
    measures = [known.measure(*chosen) for chosen in chosen_standards(known.catalogue, choices)]
    ranked = rank_priority(known.border(corridor), measures, known.grid, choices).table
    for row in records(book, "prioritas"):
        assert row["Peringkat (median)"] == pytest.approx(ranked.at[row["Kode"], "rank_median"], nan_ok=True) or (
            row["Peringkat (median)"] is None
        )


def test_formulas_stand_in_the_overview_alone(book: openpyxl.Workbook) -> None:
    found = {(s.title, c.value) for s in book for row in s.iter_rows() for c in row if c.data_type == "f"}
    assert {name for name, _ in found} == {"ringkasan"}
    assert all(re.fullmatch(r"=(?:COUNTIFS|SUMIFS|SUM)\(.+\)", str(f)) for _, f in found)
    assert len(found) > 50


@needs_office
def test_libreoffice_counts_what_stands_beside_the_formulas(content: bytes, tmp_path: Path) -> None:
    given = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["ringkasan"]
    bare = openpyxl.load_workbook(io.BytesIO(content))
    file = tmp_path / "bare.xlsx"
    bare.save(file)  # without the values beside the formulas, so that they must be computed
    formulas = {c.coordinate for row in bare["ringkasan"].iter_rows() for c in row if c.data_type == "f"}
    counted = openpyxl.load_workbook(convert(file, "xlsx"), data_only=True)
    assert {a: counted["ringkasan"][a].value for a in formulas} == {a: given[a].value for a in formulas}


def test_no_text_is_a_formula_whatever_names_say() -> None:
    known = hostile_data()
    corridor = known.catalogue.corridors[CORRIDOR]
    made = openpyxl.load_workbook(
        io.BytesIO(files_workbook.build(Request(Words("en"), known, corridor, MADE, ("jalan",))))
    )
    texts = [c for s in made for row in s.iter_rows() for c in row if c.data_type == "s"]
    assert any("onerror" in str(c.value) for c in texts)
    assert not [c.coordinate for c in texts if is_formula(c.value)]
    assert all(not str(c.value).startswith("=cmd") for s in made for row in s.iter_rows() for c in row)


def test_sectors_narrow_the_sheets_and_people_stay(content: bytes) -> None:
    known = data()
    made = openpyxl.load_workbook(
        io.BytesIO(
            files_workbook.build(Request(Words("en"), known, known.catalogue.corridors["semua"], MADE, ("kesehatan",)))
        )
    )
    assert "pasangan" not in made.sheetnames, "an area of many sides has no line"
    ids = {r["Indicator id"] for r in records(made, "nilai")}
    wanted = {i.id for i in known.catalogue.indicators.values() if i.sector == "kesehatan"} | {"penduduk"}
    assert ids == wanted


def test_nothing_tells_of_a_person_or_a_machine_and_the_same_wish_gives_the_same_bytes(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = b"".join(archive.read(n) for n in archive.namelist())
    assert tell_tale(parts) == []
    assert openpyxl.load_workbook(io.BytesIO(content)).properties.creator in (None, "")
    known = data()
    one, other = (
        files_workbook.build(Request(Words("en"), known, known.catalogue.corridors[CORRIDOR], MADE, ("jalan",)))
        for _ in range(2)
    )
    assert one == other


def test_a_kelurahan_of_elsewhere_is_refused() -> None:
    known = data()
    with pytest.raises(ValueError, match=r"36\.04"):
        files_workbook.build(
            Request(Words("id"), known, known.catalogue.corridors[CORRIDOR], MADE, (), ("36.04.05.2001",))
        )
