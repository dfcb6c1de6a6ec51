"""The rows of our list of public bug reports that concern files; each test names its row, `ROWS` all of them.

Where a row is about a table of figures, what holds it holds a list of places and a file of proposals as well.
"""

import ast
from pathlib import Path

import pytest

from data.intake.problems import FileError
from data.intake.values import Answers, Question
from tests.data.intake.making import SERANG, csv, figures, ods, opened, places, proposals, xlsx
from tests.shipped import data

SHARED = Path(__file__).parents[3].parent / "shared"
SAMPLES = SHARED / "data" / "samples"
DISTANCE = Answers(indicator="jarak_sd")
BEKASI = data().units("kelurahan", ("32.75",))
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")


def codes(content: bytes, answers: Answers = DISTANCE) -> list[str]:
    return [problem.code for problem in figures(content, answers).problems]


def refused(content: bytes) -> str:
    with pytest.raises(FileError) as error:
        opened(content)
    return error.value.problem.code


def test_row_2_a_code_cut_by_excel_is_refused_and_a_float_with_ten_digits_taken() -> None:
    cut = figures(csv("kode;nilai", "3,60401E+09;5"), DISTANCE)
    assert [(p.code, p.row, p.column, p.value) for p in cut.problems] == [("code_cut", 2, "kode", "3,60401E+09")]
    exact = figures(xlsx({"A": [["kode", "nilai"], [3275081003.0, 5]]}), DISTANCE)
    assert [(row.kode, row.status) for row in exact.rows] == [("32.75.08.1003", "read")]
    assert codes(csv("kode;nilai", "3604010000000000001;5")) == ["code_long"]


def test_row_3_no_type_is_guessed_from_the_first_rows() -> None:
    rows = [f"{kode.replace('.', '')};1" for kode in data().kelurahan.index[:900]]
    found = figures(csv("kode;nilai", *rows, "0164A;1"), DISTANCE)
    assert [(p.code, p.row, p.value) for p in found.problems] == [("code_form", 902, "0164A")]
    assert sum(row.status == "read" for row in found.rows) == 900


def test_row_4_codes_of_bps_are_one_question_and_not_an_error_a_row() -> None:
    units = data().units("kelurahan", ("36.73",))
    content = csv("kode;nama;nilai", *(f"{r.kode_bps2020};{r.nama};1" for r in units.itertuples()))
    asked = figures(content, DISTANCE, SERANG)
    assert asked.questions == (Question("codes", "kode", counts=(67, 0)),)
    assert not asked.problems
    assert {row.status for row in asked.rows} == {"waiting"}
    answered = figures(content, Answers(indicator="jarak_sd", codes="bps"), SERANG)
    assert [row.kode for row in answered.rows] == list(units.index)
    other = figures(content, Answers(indicator="jarak_sd", codes="kemendagri"), SERANG)
    assert {row.status for row in other.rows} == {"waiting"}, "a name beside a strange code is put to a person"


def test_row_5_code_and_name_of_two_villages_are_held_as_doubtful() -> None:
    found = figures(csv("kode;nama;nilai", "32.75.08.1003;Jatibening;1"), DISTANCE)
    assert [(row.status, row.kode) for row in found.rows] == [("waiting", "")]
    assert found.doubts[0].options == ("32.75.08.1003", "32.75.08.1002")
    decided = Answers(indicator="jarak_sd", places={found.doubts[0].key: "32.75.08.1002"})
    assert figures(csv("kode;nama;nilai", "32.75.08.1003;Jatibening;1"), decided).rows[0].kode == "32.75.08.1002"


def test_row_6_one_name_however_it_is_written() -> None:
    names = [
        "Kelurahan Jati Makmur",
        "KEL. JATIMAKMUR",
        "J A T I M A K M U R",
        "Jatimakmur (Kec. Pondokgede)",
        "Jatirahayu",
    ]
    found = [figures(csv("kelurahan;nilai", f"{name};1"), DISTANCE).rows[0].kode for name in names]
    assert found == ["32.75.08.1003"] * 4 + ["32.75.12.1001"]


def test_row_7_a_code_of_another_vintage_is_named() -> None:
    assert codes(csv("kode;nilai", "32.75.08.1999;1")) == ["code_unknown"]


@pytest.mark.parametrize("head", ["\ufeffkode;nama;nilai", '\ufeff"kode";nama;nilai'])
def test_row_10_the_byte_order_mark_of_excel_is_no_part_of_a_heading(head: str) -> None:
    assert not codes(csv(head, "32.75.08.1003;Jatimakmur;1"))


def test_row_11_an_ambiguous_column_is_asked_about_once_and_blanks_are_no_data() -> None:
    cells = ["1.234,5", "1,234.5", "1.234", " ", "-", "n/a"]
    rows = [f'"{kode}";"{cell}"' for kode, cell in zip(BEKASI.index, cells, strict=False)]
    content = csv("kode;nilai", *rows)
    found = figures(content, DISTANCE)
    assert found.questions == (Question("number", "nilai", ("1.234",)),)
    assert [row.status for row in found.rows] == ["read", "read", "waiting", "empty", "empty", "empty"]
    assert [row.values.get("jarak_sd") for row in found.rows[:2]] == [1234.5, 1234.5]
    for habit, value in (("id", 1234.0), ("en", 1.234)):
        told = figures(content, Answers({"nilai": habit}, indicator="jarak_sd"))  # type: ignore[dict-item]
        assert not told.questions
        assert told.rows[2].values == {"jarak_sd": value}


def test_rows_13_and_14_dates_are_day_first_and_empty_ones_stay_empty() -> None:
    dates = ["05/12/2025", "2 Oktober 2025", "2-Okt-25", "45932", "31/02/2025", ""]
    rows = [f"{n};{day};Jalan;{name}" for n, (day, name) in enumerate(zip(dates, BEKASI["nama"], strict=False), 1)]
    found = proposals(csv("ID Usulan;Tanggal Usul;Usulan;Kelurahan", *rows))
    read = [None if day is None else day.isoformat() for day in found.frame["tanggal_usul"]]
    assert read == ["2025-12-05", "2025-10-02", "2025-10-02", "2025-10-02", None]
    assert [(p.code, p.row, p.value) for p in found.problems] == [("date_impossible", 6, "31/02/2025")]


def test_row_15_three_rows_of_headings_with_merged_cells() -> None:
    rows = [
        ["Penduduk Kota Bekasi menurut jenis kelamin"],
        ["Kode", "Kelurahan", "Jumlah Penduduk", "", ""],
        ["", "", "Laki-laki", "Perempuan", "L+P"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["32.75.08.1003", "Jatimakmur", 10, 20, 30],
        ["", "Jumlah", 10, 20, 30],
    ]
    found = figures(xlsx({"Tabel": rows}, merged=["A2:A3", "B2:B3"]))
    assert [(row.number, row.status, dict(row.values)) for row in found.rows] == [
        (5, "read", {"penduduk": 30}),
        (6, "total", {}),
    ]


def test_row_15_tens_of_thousands_of_merged_cells_are_refused() -> None:
    areas = [f"D{2 * n + 1}:E{2 * n + 2}" for n in range(21_000)]
    assert refused(xlsx({"A": [["kode", "nilai"], ["32.75.08.1003", 1]]}, merged=areas)) == "many_merged"


def test_row_17_wrong_rows_are_told_by_kind_and_place_and_all_rows_add_up() -> None:
    good = [f"{kode};1" for kode in BEKASI.index[:5]]
    bad = ["32.75.08.1999;1"] * 4 + ["0164A;1"] * 3 + [f"{kode};dua" for kode in BEKASI.index[5:8]]
    found = figures(csv("kode;nilai", *good, *bad), DISTANCE)
    kinds = {
        code: [p.row for p in found.problems if p.code == code] for code in ("code_unknown", "code_form", "number")
    }
    assert kinds == {"code_unknown": [7, 8, 9, 10], "code_form": [11, 12, 13], "number": [14, 15, 16]}
    assert [row.status for row in found.rows].count("refused") == 10
    assert len(found.rows) == 15


def test_row_18_the_sheet_and_the_column_of_an_error_are_right_beside_an_ignored_column() -> None:
    head = ["Keterangan", "kode", "nilai"]
    sheets = {"Satu": [head, ["x", "32.75.08.1003", 1]], "Dua": [["Judul"], head, ["y", "32.75.08.1002", "dua"]]}
    found = figures(xlsx(sheets), DISTANCE)
    assert [(p.sheet, p.row, p.column, p.value) for p in found.problems] == [("Dua", 3, "nilai", "dua")]


@needs_samples
def test_row_19_workbooks_of_prodeskel_are_known_by_their_headings() -> None:
    for name, kind, measures in (
        ("prodeskel_umur_tunggal_cicalengka_2024.xlsx", "penduduk", 154),
        ("prodeskel_rt_rw_cicalengka_2024.xlsx", "monografi", 0),
    ):
        content = (SAMPLES / name).read_bytes()
        layout, tables, notes = opened(content)
        assert layout.id == kind
        assert len(tables[0].ages) == measures
        assert "merged" in {note.code for note in notes}
        # Kab. Bandung is no part of the layer: every code is named, none is taken for another.
        assert {p.code for p in figures(content).problems} == {"code_unknown"}


def test_row_21_a_pdf_is_refused_whatever_its_name() -> None:
    assert refused(b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj") == "pdf"


@pytest.mark.parametrize(
    ("head", "code", "column", "alike"),
    [
        ("ID Usulan;Tanggal Usul;Usulan;Permasalahan;Anggaran", "column_missing", "nama", ""),
        ("ID Usulan;Tanggal Usul;Usulan;Permasalahan;Kelurahann", "column_similar", "nama", "Kelurahann"),
        ("ID Usulan;Tanggal Usul;Isi Usulan;Masalah;Kelurahan", "column_similar", "usulan", "Isi Usulan"),
    ],
)
def test_row_22_a_column_that_is_gone_or_renamed_is_named(head: str, code: str, column: str, alike: str) -> None:
    with pytest.raises(FileError) as error:
        opened(csv(head, "1;05/01/2026;a;b;Jatimakmur"))
    problem = error.value.problem
    assert (problem.code, problem.column, problem.detail) == (code, column, alike)


def test_row_22_a_column_more_shifts_nothing() -> None:
    found = proposals(csv("ID Usulan;Baru;Usulan;Kelurahan;Anggaran", "1;x;Jalan;Jatimakmur;1.500.000"))
    assert found.frame[["kode", "usulan", "anggaran"]].to_numpy().tolist() == [["32.75.08.1003", "Jalan", 1500000.0]]


@needs_samples
def test_row_22_the_names_of_fields_of_sipd_are_known() -> None:
    text = (SAMPLES / "sipd_field_names.txt").read_text(encoding="utf-8")
    for kind in ("asmas", "pokir"):
        names = next(line for line in text.splitlines() if line.startswith(f"{kind}:"))[len(kind) + 1 :].split(",")
        names = [name.strip() for name in names]
        cells = {"giat_teks": "Jalan", "detail_lurahteks": "Jatimakmur", "pengusul": "Budi", "id_usulan": "7"}
        if "detail_lurahteks" not in names:
            names.append("detail_lurahteks")
        found = proposals(csv(";".join(names), ";".join(cells.get(name, "") for name in names)))
        assert found.frame["usulan"].tolist() == ["Jalan"]
        assert found.frame["jalur"].tolist() == [{"asmas": "kelurahan", "pokir": "pokir"}[kind]]
        assert {"pengusul", "nama_user", "created_user", "id_pengusul"} <= set(found.dropped)
        assert "Budi" not in found.frame.to_json()


@pytest.mark.parametrize("name", ["good", "semicolon", "bom", "cp1252", "ctrl", "blank_end", "duphead", "utf16"])
@pytest.mark.skipif(not SHARED.is_dir(), reason="the cases are not here")
def test_logs_of_a_drill_are_no_file_of_an_office(name: str) -> None:
    assert refused((SHARED / "cases" / f"latihan_{name}.csv").read_bytes()) in {
        "no_table",
        "column_missing",
        "column_similar",
    }


# The same for a list of places: its own columns, its own reader.

PLACE_HEAD = "Nama Puskesmas;Kode Kelurahan;Kelurahan;Lintang;Bujur"


def listed(*rows: str, head: str = PLACE_HEAD) -> list[tuple[str, str, tuple[str, ...]]]:
    """Status, code and reasons of each row of a list of puskesmas."""
    found = places(csv(head, *rows))
    reasons = {row.number: tuple(p.code for p in found.problems if p.row == row.number) for row in found.rows}
    return [(row.status, row.kode, reasons[row.number]) for row in found.rows]


def test_rows_2_3_5_6_and_7_codes_and_names_of_a_list_of_places_are_read_as_those_of_figures() -> None:
    assert listed(
        "Satu;3,27508E+09;;;", "Dua;0164A;;;", "Tiga;32.75.08.1999;;;", "Empat;3275081003;J A T I M A K M U R;;",
        "Lima;;KEL. JATI MAKMUR;;", "Enam;32.75.08.1003;Jatibening;;", "Tujuh;3275081003000000001;;;",
    ) == [
        ("refused", "", ("code_cut",)), ("refused", "", ("code_form",)), ("refused", "", ("code_unknown",)),
        ("read", "32.75.08.1003", ()), ("read", "32.75.08.1003", ()), ("waiting", "", ()),
        ("refused", "", ("code_long",)),
    ]  # fmt: skip


def test_row_2_a_code_that_a_workbook_holds_as_a_number_is_that_of_its_place() -> None:
    head = PLACE_HEAD.split(";")
    for content in (
        xlsx({"A": [head, ["Satu", 3275081003.0, "", "", ""]]}),
        ods([head, ["Satu", 3275081003.0, "", "", ""]]),
    ):
        assert [(row.status, row.kode) for row in places(content).rows] == [("read", "32.75.08.1003")]


def test_row_4_codes_of_bps_in_a_list_of_places_are_one_question() -> None:
    units = data().units("kelurahan", ("36.73",))
    content = csv("Nama Puskesmas;Kode", *(f"Puskesmas {r.nama};{r.kode_bps2020}" for r in units.itertuples()))
    asked = places(content, sides=SERANG)
    assert (len(asked.questions), asked.problems, {row.status for row in asked.rows}) == (1, (), {"waiting"})
    answered = places(content, Answers(codes="bps"), SERANG)
    assert [row.kode for row in answered.rows] == list(units.index)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_row_10_a_list_of_places_with_a_byte_order_mark_is_the_same_list(end: str) -> None:
    content = b"\xef\xbb\xbf" + csv('"Nama Puskesmas";Kelurahan', "Satu;Jatimakmur", end=end)
    assert [(row.status, row.name) for row in places(content).rows] == [("read", "Satu")]


def test_row_11_blanks_of_a_point_are_no_point_and_half_a_point_is_none() -> None:
    assert [row[::2] for row in listed(
        "Satu;32.75.08.1003;;-6,28205;106,92942", "Dua;32.75.08.1003;;-;n/a", "Tiga;32.75.08.1003;; ; ",
        "Empat;32.75.08.1003;;-6.28205;", "Lima;32.75.08.1003;;-6.282.05;106.92942",
        "Enam;32.75.08.1003;;106.92942;-6.28205",
    )] == [
        ("read", ()), ("read", ()), ("read", ()), ("refused", ("point",)), ("refused", ("point",)),
        ("refused", ("point_swapped",)),
    ]  # fmt: skip


def test_row_9_both_areas_of_a_kml_are_counted_the_first_time_and_the_second() -> None:
    mark = "<Placemark><name>{}</name><Point><coordinates>{},0</coordinates></Point></Placemark>"
    marks = [mark.format("Satu", "106.92942,-6.28205"), mark.format("Dua", "106.93,-6.2825")]
    content = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(marks)}</Document></kml>'.encode()
    for _ in range(2):
        found = places(content, Answers(kind="puskesmas"))
        assert [(row.status, row.name) for row in found.rows] == [("read", "Satu"), ("read", "Dua")]
    both = "<MultiGeometry>" + "".join(
        f"<Point><coordinates>{at}</coordinates></Point>" for at in ("106.92942,-6.28205", "106.93,-6.2825")
    )
    whole = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>X</name>{both}</MultiGeometry></Placemark></Document></kml>'
    found = places(whole.encode(), Answers(kind="puskesmas"))
    assert [row.status for row in found.rows] == ["refused"], "one place at two points is said, and never half of it"
    assert [(p.code, p.row) for p in found.problems] == [("geometry_kind", 2)]


def test_row_15_a_list_of_places_under_a_title_and_two_rows_of_headings() -> None:
    rows = [
        ["Daftar puskesmas Kota Bekasi"],
        ["Nama Puskesmas", "Kelurahan", "Koordinat", ""],
        ["", "", "Lintang", "Bujur"],
        ["Satu", "Jatimakmur", -6.28205, 106.92942],
    ]
    found = places(xlsx({"Daftar": rows}, merged=["A2:A3", "B2:B3", "C2:D2"]))
    assert [(row.number, row.status, row.lat) for row in found.rows] == [(4, "read", -6.28205)]


def test_rows_17_and_18_every_wrong_place_is_told_by_sheet_row_and_column_and_all_rows_add_up() -> None:
    head = ["Keterangan", "Jenis", "Nama", "Kelurahan", "Lintang", "Bujur"]
    sheets = {
        "Satu": [head, ["x", "puskesmas", "A", "Jatimakmur", "", ""], ["x", "istana", "B", "Jatimakmur", "", ""]],
        "Dua": [
            ["Judul"],
            head,
            ["y", "puskesmas", "", "Jatimakmur", "", ""],
            ["y", "pasar", "D", "Jatimakmur", 5, 200],
        ],
    }
    found = places(xlsx(sheets))
    assert [(p.sheet, p.row, p.column, p.value) for p in found.problems] == [
        ("Satu", 3, "Jenis", "istana"), ("Dua", 3, "Nama", ""), ("Dua", 4, "Lintang", "5"),
    ]  # fmt: skip
    assert [row.status for row in found.rows] == ["read", "refused", "refused", "refused"]


@pytest.mark.parametrize("head", ["Puskesmas;Desa/Kel;Lat;Lng", "Nama Puskesmas;Lintang;Bujur;Kelurahan;Baru"])
def test_row_22_headings_of_places_in_another_order_or_with_one_more_shift_nothing(head: str) -> None:
    cells = {
        "puskesmas": "Satu",
        "namapuskesmas": "Satu",
        "kelurahan": "Jatimakmur",
        "lat": "-6.28205",
        "lng": "106.92942",
    }
    cells |= {"lintang": "-6.28205", "bujur": "106.92942", "baru": "99", "desakel": "Jatimakmur"}
    row = ";".join(cells["".join(filter(str.isalpha, name.lower()))] for name in head.split(";"))
    [found] = places(csv(head, row)).rows
    assert (found.status, found.name, found.kode, found.lat, found.lon) == (
        "read", "Satu", "32.75.08.1003", -6.28205, 106.92942,
    )  # fmt: skip


def test_row_19_a_register_of_persons_of_siak_is_refused_and_its_codes_are_none() -> None:
    persons = csv(
        "NO_KK;NIK;NAMA_LGKP;GOL_DARAH;KODE_WILAYAH",
        "3523180000000000;3523180101900001;BUDI;Tdk Th;35.2318.00000000000",
    )
    assert refused(persons) == "person"
    assert codes(csv("kode;nilai", "35.2318.00000000000;1")) == ["code_long"]


ROWS: dict[int, tuple[str, ...]] = {
    2: (
        "test_row_2_a_code_cut_by_excel_is_refused_and_a_float_with_ten_digits_taken",
        "test_row_2_a_code_that_a_workbook_holds_as_a_number_is_that_of_its_place",
    ),
    3: (
        "test_row_3_no_type_is_guessed_from_the_first_rows",
        "test_rows_2_3_5_6_and_7_codes_and_names_of_a_list_of_places_are_read_as_those_of_figures",
    ),
    4: (
        "test_row_4_codes_of_bps_are_one_question_and_not_an_error_a_row",
        "test_row_4_codes_of_bps_in_a_list_of_places_are_one_question",
    ),
    5: (
        "test_row_5_code_and_name_of_two_villages_are_held_as_doubtful",
        "test_rows_2_3_5_6_and_7_codes_and_names_of_a_list_of_places_are_read_as_those_of_figures",
    ),
    6: (
        "test_row_6_one_name_however_it_is_written",
        "test_rows_2_3_5_6_and_7_codes_and_names_of_a_list_of_places_are_read_as_those_of_figures",
    ),
    7: (
        "test_row_7_a_code_of_another_vintage_is_named",
        "test_rows_2_3_5_6_and_7_codes_and_names_of_a_list_of_places_are_read_as_those_of_figures",
    ),
    9: (
        "test_row_9_both_areas_of_a_kml_are_counted_the_first_time_and_the_second",
        "records/test_uploads.py::test_row_9_the_count_of_a_stored_file_is_that_of_the_rows_that_are_read_back",
    ),
    10: (
        "test_row_10_the_byte_order_mark_of_excel_is_no_part_of_a_heading",
        "test_row_10_a_list_of_places_with_a_byte_order_mark_is_the_same_list",
    ),
    11: (
        "test_row_11_an_ambiguous_column_is_asked_about_once_and_blanks_are_no_data",
        "test_row_11_blanks_of_a_point_are_no_point_and_half_a_point_is_none",
    ),
    13: ("test_rows_13_and_14_dates_are_day_first_and_empty_ones_stay_empty",),
    14: ("test_rows_13_and_14_dates_are_day_first_and_empty_ones_stay_empty",),
    15: (
        "test_row_15_three_rows_of_headings_with_merged_cells",
        "test_row_15_tens_of_thousands_of_merged_cells_are_refused",
        "test_row_15_a_list_of_places_under_a_title_and_two_rows_of_headings",
    ),
    17: (
        "test_row_17_wrong_rows_are_told_by_kind_and_place_and_all_rows_add_up",
        "test_rows_17_and_18_every_wrong_place_is_told_by_sheet_row_and_column_and_all_rows_add_up",
        "views/topics/uploads/test_check.py::test_the_rows_of_a_file_add_up_and_what_is_left_out_is_said",
    ),
    18: (
        "test_row_18_the_sheet_and_the_column_of_an_error_are_right_beside_an_ignored_column",
        "test_rows_17_and_18_every_wrong_place_is_told_by_sheet_row_and_column_and_all_rows_add_up",
        "views/topics/uploads/test_check.py::"
        "test_the_copy_is_of_the_same_kind_says_what_is_wrong_and_holds_no_formula_and_no_proposer",
    ),
    19: (
        "test_row_19_workbooks_of_prodeskel_are_known_by_their_headings",
        "test_row_19_a_register_of_persons_of_siak_is_refused_and_its_codes_are_none",
        "records/test_uploads.py::test_how_names_were_read_is_remembered_for_the_office",
    ),
    21: ("test_row_21_a_pdf_is_refused_whatever_its_name",),
    22: (
        "test_row_22_a_column_that_is_gone_or_renamed_is_named",
        "test_row_22_a_column_more_shifts_nothing",
        "test_row_22_the_names_of_fields_of_sipd_are_known",
        "test_row_22_headings_of_places_in_another_order_or_with_one_more_shift_nothing",
    ),
}
"""What holds each row up to 23 that concerns files: tests of this module, or file and test. There are no rows 1, 8, 12,
16, 20 and 23."""


def test_every_row_has_its_tests() -> None:
    root = Path(__file__).parents[2]
    for row, tests in ROWS.items():
        for test in tests:
            file, _, name = test.rpartition("::")
            path = root / file if file else Path(__file__)
            names = {n.name for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, ast.FunctionDef)}
            assert name in names, f"row {row}: {test}"
    here = {
        n.name for n in ast.parse(Path(__file__).read_text(encoding="utf-8")).body if isinstance(n, ast.FunctionDef)
    }
    told = {test for tests in ROWS.values() for test in tests}
    assert {name for name in here if name.startswith("test_row")} <= told, "a row that the table leaves out"
