"""Workbooks of the page: the copy of a file with remarks, and templates to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO

import xlsxwriter

from data.catalogue import Corridor
from data.intake.cells import text_of
from data.intake.layouts import find_tables, is_dropped, score
from data.intake.problems import Problem
from data.intake.proposals import without_persons
from data.intake.sheets import book_of
from data.tables import Dataset
from views.language.cells import safe_cell
from views.language.words import Words
from views.topics.uploads.words import reason

MOST_IN_CELL = 32_000
PLACE = ("Kode", "Kelurahan/Desa", "Kecamatan", "Kabupaten/Kota")
PROPOSALS = (
    "ID Usulan", "Tanggal Usul", "Urusan", "Usulan", "Permasalahan", "Alamat", "Kabupaten", "Kecamatan", "Kelurahan",
    "OPD Tujuan Awal", "OPD Tujuan Akhir", "Status", "Catatan", "Volume", "Satuan", "Anggaran", "Tahun Anggaran",
)  # fmt: skip
TEMPLATES = {
    "penduduk": (*PLACE, "Laki-laki", "Perempuan", "Jumlah Penduduk", "Tahun"),
    "indikator": (*PLACE, "Indikator", "Nilai", "Tahun"),
    "usulan": PROPOSALS,
}
"""Headings of the templates; the codes and names of the corridor are filled in, but for proposals."""


def template(data: Dataset, corridor: Corridor, kind: str, indicator: str = "") -> bytes:
    """A workbook to fill in.

    Parameters
    ----------
    data, corridor : whose kelurahan, or kecamatan, stand in it
    kind : penduduk, indikator or usulan
    indicator : id, for values of an indicator
    """
    level = data.catalogue.indicators[indicator].level if indicator else "kelurahan"
    rows: list[tuple[str, ...]] = []
    if kind != "usulan":
        units = data.units(level, corridor.sides).sort_index()
        area = units["kecamatan"] if level == "kelurahan" else units["nama"]
        more = [indicator] if kind == "indikator" else []
        rows = [
            (str(kode), str(name), str(part), str(kabkota), *more)
            for kode, name, part, kabkota in zip(units.index, units["nama"], area, units["kabkota"], strict=True)
        ]
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet, head, text = (
            book.add_worksheet(kind),
            book.add_format({"bold": True}),
            book.add_format({"num_format": "@"}),
        )
        for at, heading in enumerate(TEMPLATES[kind]):
            sheet.write_string(0, at, heading, head)
            sheet.set_column(at, at, max(14, len(heading) + 2), text if heading in ("Kode", "ID Usulan") else None)
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                sheet.write_string(number, at, safe_cell(value), text if at == 0 else None)
        sheet.freeze_panes(1, 0)
    return stream.getvalue()


def with_remarks(w: Words, content: bytes, problems: Iterable[Problem]) -> bytes:
    """The file as a workbook with a column of remarks; who proposed is left out, and no cell is a formula.

    Parameters
    ----------
    w : language of the remarks
    content : bytes of the file, which can be read
    problems : of its rows
    """
    remarks: dict[tuple[str, int], list[str]] = {}
    for problem in problems:
        where = f"{problem.column}: " if problem.column else ""
        remarks.setdefault((problem.sheet, problem.row), []).append(where + reason(w, problem))
    book = book_of(content, score)
    layout, tables, _ = find_tables(book)
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as out:
        red = out.add_format({"bg_color": "#fbe3c8", "text_wrap": True})
        for count, table in enumerate(tables, 1):
            sheet = out.add_worksheet(f"{count}")
            hidden = {at for at, label in enumerate(table.labels) if layout.id == "usulan" and is_dropped(label)}
            width = max(len(table.labels), max(map(len, table.sheet.rows), default=0))
            for number, row in enumerate(table.sheet.rows, 1):
                for at, cell in enumerate(row):
                    if cell == "" or at in hidden:
                        continue
                    if isinstance(cell, float) and abs(cell) < 1e15:  # not where it is no number
                        sheet.write_number(number - 1, at, cell)
                    else:
                        sheet.write_string(number - 1, at, safe_cell(without_persons(text_of(cell))[0])[:MOST_IN_CELL])
                said = "; ".join(remarks.get((table.sheet.name, number), []))
                if number == table.start - 1:
                    said = "; ".join(filter(None, (w.t("Catatan Tapal"), said)))
                if said:
                    sheet.write_string(number - 1, width, safe_cell(said)[:MOST_IN_CELL], red)
            sheet.set_column(width, width, 60)
    return stream.getvalue()


def file_names(w: Words) -> Mapping[str, str]:
    """What a template is called on its button."""
    return {"penduduk": w.t("Penduduk"), "indikator": w.t("Nilai indikator"), "usulan": w.t("Usulan (SIPD)")}
