"""Files as offices bring them, made for tests, and the reading of them whole."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from data.intake.facilities import Facilities, facilities_of
from data.intake.geofile import GeoBook
from data.intake.layouts import Layout, Table, find_tables, score
from data.intake.places import Places
from data.intake.problems import Problem
from data.intake.proposals import Proposals, proposals_of
from data.intake.sheets import book_of
from data.intake.values import Answers, Values, figures_of
from tests.shipped import data

BEKASI_DEPOK, SERANG = ("32.75", "32.76"), ("36.04", "36.73")
NOTHING = Answers()


def csv(*rows: str, separator: str = ";", end: str = "\r\n") -> bytes:
    """Rows that are written with semicolons, as a file."""
    return (end.join(rows) + end).replace(";", separator).encode()


def xlsx(sheets: Mapping[str, Any], hidden: Sequence[str] = (), merged: Sequence[str] = ()) -> bytes:
    """A workbook; a text that begins with = is a formula without a result."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"nan_inf_to_errors": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(r, c, cell, None, "")
                    elif hasattr(cell, "year"):
                        sheet.write_datetime(r, c, cell, day)
                    elif cell is not None and cell != "":
                        sheet.write(r, c, cell)
            for area in merged:
                sheet.merge_range(area, "")
            if name in hidden:
                sheet.hide()
    return stream.getvalue()


def ods(rows: Sequence[Sequence[Any]], name: str = "Lembar1") -> bytes:
    """A small spreadsheet of OpenDocument."""

    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            kind = f'office:value-type="float" office:value="{value}"'
        else:
            kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"

    body = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def opened(content: bytes) -> tuple[Layout, list[Table], list[Problem]]:
    """What a file is recognised as, with all that is to be said of it."""
    book = book_of(content, score)
    layout, tables, notes = find_tables(book)
    return layout, tables, [*book.notes, *notes]


def figures(content: bytes, answers: Answers = NOTHING, sides: Sequence[str] = BEKASI_DEPOK) -> Values:
    """The figures of a file, read against the kelurahan that are shipped."""
    known = data()
    layout, tables, _ = opened(content)
    decimals = {i.id: i.decimals for i in known.catalogue.indicators.values()}
    return figures_of(layout, tables, Places(known.kelurahan, sides), decimals, answers)


def proposals(content: bytes, answers: Answers = NOTHING, sides: Sequence[str] = BEKASI_DEPOK) -> Proposals:
    """The proposals of a file."""
    known = data()
    _, tables, _ = opened(content)
    kinds = dict(zip(known.kelurahan.index, known.kelurahan["jenis"], strict=True))
    return proposals_of(tables, Places(known.kelurahan, sides), kinds, answers)


def places(content: bytes, answers: Answers = NOTHING, sides: Sequence[str] = BEKASI_DEPOK) -> Facilities:
    """The places of a list."""
    known, book = data(), book_of(content, score)
    _, tables, _ = find_tables(book)
    wrong = book.wrong if isinstance(book, GeoBook) else {}
    units = Places(known.kelurahan, sides), Places(known.kecamatan, sides)
    return facilities_of(tables, *units, known.land, answers, wrong)
