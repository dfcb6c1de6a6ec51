"""Files of the page: the copy of a file with remarks, of its own kind, and workbooks to fill in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO

import numpy as np
import xlsxwriter

from data.catalogue import Corridor
from data.intake import csv_reader
from data.intake.cells import Cell, text_of
from data.intake.layouts import find_tables, is_dropped, score
from data.intake.problems import Problem
from data.intake.proposals import without_persons
from data.intake.sheets import book_of
from data.intake.workbook import Book
from data.lists import SCHOOLS, known_places
from data.tables import Dataset
from data.text import cleaned
from views.language.cells import safe_cell, safe_in_csv
from views.language.words import Words
from views.topics.uploads.opendocument import spreadsheet
from views.topics.uploads.words import reason

MOST_IN_CELL = 32_000
LOSING = ("usulan", "fasilitas")
"""Kinds of table of which columns that name a person are left out."""
NUMBERED = (*SCHOOLS, "puskesmas")
"""Kinds of place whose official number is known."""
TEXTS = ("Kode", "ID Usulan", "Kode Fasilitas")
PLACE = ("Kode", "Kelurahan/Desa", "Kecamatan", "Kabupaten/Kota")
PROPOSALS = (
    "ID Usulan", "Tanggal Usul", "Urusan", "Usulan", "Permasalahan", "Alamat", "Kabupaten", "Kecamatan", "Kelurahan",
    "OPD Tujuan Awal", "OPD Tujuan Akhir", "Status", "Catatan", "Volume", "Satuan", "Anggaran", "Tahun Anggaran",
)  # fmt: skip
TEMPLATES = {
    "penduduk": (*PLACE, "Laki-laki", "Perempuan", "Jumlah Penduduk", "Tahun"),
    "indikator": (*PLACE, "Indikator", "Nilai", "Tahun"),
    "usulan": PROPOSALS,
    "fasilitas": (
        "Jenis Fasilitas",
        "Nama Fasilitas",
        "Kode Fasilitas",
        "Status",
        "Kode",
        "Kelurahan/Desa",
        "Kecamatan",
        "Kabupaten/Kota",
        "Lintang",
        "Bujur",
    ),
}
"""Headings of the templates; the codes and names of the corridor are filled in, and of places those that are shown."""


def template(data: Dataset, corridor: Corridor, kind: str, indicator: str = "", place: str = "") -> bytes:
    """A workbook to fill in.

    Parameters
    ----------
    data, corridor : whose kelurahan, or kecamatan, stand in it
    kind : penduduk, indikator, usulan or fasilitas
    indicator : id, for values of an indicator
    place : kind of place, for a list of places
    """
    level = data.catalogue.indicators[indicator].level if indicator else "kelurahan"
    rows: list[tuple[str | float, ...]] = []
    if kind == "fasilitas":
        rows = _places(data, corridor, place)
    elif kind != "usulan":
        units = data.units(level, corridor.sides).sort_index()
        area = units["kecamatan"] if level == "kelurahan" else units["nama"]
        more = [indicator] if kind == "indikator" else []
        rows = [
            (str(kode), str(name), str(part), str(kabkota), *more)
            for kode, name, part, kabkota in zip(units.index, units["nama"], area, units["kabkota"], strict=True)
        ]
    return filled(kind, rows)


def filled(kind: str, rows: Iterable[tuple[str | float, ...]]) -> bytes:
    """A workbook to fill in, with these rows in it.

    Parameters
    ----------
    kind : of `TEMPLATES`
    rows : the first cells of each row
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet, head, text = (
            book.add_worksheet(kind),
            book.add_format({"bold": True}),
            book.add_format({"num_format": "@"}),
        )
        for at, heading in enumerate(TEMPLATES[kind]):
            sheet.write_string(0, at, heading, head)
            sheet.set_column(at, at, max(14, len(heading) + 2), text if heading in TEXTS else None)
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(number, at, value)
                elif value:
                    sheet.write_string(number, at, safe_cell(value), text if TEMPLATES[kind][at] in TEXTS else None)
        sheet.freeze_panes(1, 0)
    return stream.getvalue()


def _places(data: Dataset, corridor: Corridor, kind: str) -> list[tuple[str | float, ...]]:
    """The places of a kind on the sides of a corridor as they are shown; what is not known is left empty."""
    rows: list[tuple[str | float, ...]] = []
    for side in corridor.sides:
        known = known_places(data.facilities, side, [kind])
        known = known[~known["counted"] & ~known["planned"]]
        columns = ["name", "status", "kode", "lon", "lat", "marks"]
        for name, status, kode, lon, lat, marks in known[columns].itertuples(index=False, name=None):
            unit = data.kelurahan.loc[kode] if kode in data.kelurahan.index else None
            area = str(unit["kecamatan"]) if unit is not None else str(data.names("kecamatan").get(kode, ""))
            point = ("", "") if np.isnan(lon) else (round(float(lat), 6), round(float(lon), 6))
            own = (str(kode), str(unit["nama"])) if unit is not None else ("", "")
            number = str(marks[0]) if marks and kind in NUMBERED else ""
            kabkota = data.kabkota_names[kode[:5] or side]
            rows.append((kind, str(name), number, str(status), *own, area, kabkota, *point))
    return rows


def with_remarks(w: Words, content: bytes, problems: Iterable[Problem]) -> bytes:
    """The file with a column of remarks, of its own kind: CSV, XLSX or ODS.

    Who proposed is left out, no cell is a formula, and a CSV keeps its separator.

    Parameters
    ----------
    w : language of the remarks
    content : bytes of the file, which can be read
    problems : of its rows
    """
    book = book_of(content, score)
    sheets = _remarked(w, book, problems)
    if book.kind == "csv":
        stream = StringIO()
        separator = csv_reader.separator_of(content, score)
        lines = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
        rows = next(iter(sheets.values()))
        lines.writerows([c if isinstance(c, float) else safe_in_csv(c, separator) for c in row] for row in rows)
        return stream.getvalue().encode("utf-8-sig")
    return spreadsheet(sheets) if book.kind == "ods" else _workbook(sheets)


def _remarked(w: Words, book: Book, problems: Iterable[Problem]) -> dict[str, list[list[str | float]]]:
    """Rows of the tables of a file by sheet; the last cell of each holds what is said of the row."""
    remarks: dict[tuple[str, int], list[str]] = {}
    for problem in problems:
        where = f"{problem.column}: " if problem.column else ""
        remarks.setdefault((problem.sheet, problem.row), []).append(where + reason(w, problem))
    layout, tables, _ = find_tables(book)
    sheets = {}
    for count, table in enumerate(tables, 1):
        hidden = {at for at, label in enumerate(table.labels) if layout.id in LOSING and is_dropped(label)}
        width = max(len(table.labels), max(map(len, table.sheet.rows), default=0))
        rows: list[list[str | float]] = []
        for number, row in enumerate(table.sheet.rows, 1):
            said = "; ".join(remarks.get((table.sheet.name, number), []))
            if number == table.start - 1:
                said = "; ".join(filter(None, (w.t("Catatan Tapal"), said)))
            cells = ["" if at in hidden else _copied(cell) for at, cell in enumerate(row)]
            rows.append([*cells, *[""] * (width - len(row)), safe_cell(cleaned(said))[:MOST_IN_CELL]])
        sheets[f"{count}"] = rows
    return sheets


def _copied(cell: Cell) -> str | float:
    if isinstance(cell, float) and abs(cell) < 1e15:  # not where it is no number
        return cell
    return safe_cell(without_persons(text_of(cell))[0])[:MOST_IN_CELL]


def _workbook(sheets: Mapping[str, Sequence[Sequence[str | float]]]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as out:
        red = out.add_format({"bg_color": "#fbe3c8", "text_wrap": True})
        for name, rows in sheets.items():
            sheet = out.add_worksheet(name)
            for number, row in enumerate(rows):
                for at, cell in enumerate(row):
                    if isinstance(cell, float):
                        sheet.write_number(number, at, cell)
                    elif cell:
                        sheet.write_string(number, at, cell, red if at == len(row) - 1 else None)
            width = max(map(len, rows), default=1) - 1
            sheet.set_column(width, width, 60)
    return stream.getvalue()


def file_names(w: Words) -> Mapping[str, str]:
    """What a template is called on its button."""
    return {
        "penduduk": w.t("Penduduk"), "indikator": w.t("Nilai indikator"), "usulan": w.t("Usulan (SIPD)"),
        "fasilitas": w.t("Daftar tempat"),
    }  # fmt: skip
