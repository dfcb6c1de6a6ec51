"""A workbook (XLSX, ODS) to rows of cells, read in a child process once its ZIP has been looked at."""

from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from data.intake.cells import Cell
from data.intake.guards import GuardError, run
from data.intake.packages import Bounds, PackageError, stream_parts
from data.intake.problems import FileError, Problem
from data.text import cleaned

BOUNDS = Bounds(unpacked=200_000_000, part=150_000_000, ratio=150)
MEGABYTES, SECONDS = 300, 5
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 60_000, 1_000, 1_500_000
MOST_MERGED = 5_000
MOST_FORMULAS = 200
"""Cells with a formula and no value that are named one by one."""
STEP, MOST_TOLD = 1_000, 1_000_000

# A cell with a formula: how it is called, and whether a value that is not empty follows.
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b")
_SHEET = re.compile(r'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"[^>]*?\b(?:\w+:)?id="([^"]*)"')
_TARGET = re.compile(r'<Relationship\s(?=[^>]*\bId="([^"]*)")(?=[^>]*\bTarget="([^"]*)")')


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a CSV as a whole.

    Attributes
    ----------
    name : as the workbook has it, empty for a CSV
    rows : from the first on, as a spreadsheet counts; an empty cell is ""
    """

    name: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Book:
    """A file that was read.

    Attributes
    ----------
    kind : csv, xlsx or ods
    sheets : the visible ones
    notes : what must be said of it: hidden sheets, merged cells, formulas without a value
    """

    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def only_areas(self) -> bool:
        """Whether its rows are areas on a map."""
        return False


def read_workbook(content: bytes, kind: str) -> Book:
    """Rows of all visible sheets.

    Parameters
    ----------
    content : bytes
        Of the file, which `data.intake.sheets` has told by its bytes.
    kind : {"xlsx", "ods"}

    Raises
    ------
    FileError
        It is damaged, too large or takes too long, or no child process is free.
    """
    try:
        notes, packed = run(MEGABYTES, SECONDS, _in_child, content)
    except GuardError as error:
        raise FileError(Problem({"busy": "busy"}.get(error.reason, "heavy"))) from error
    sheets: dict[str, list[list[Cell]]] = {}
    stream = BytesIO(packed)
    while stream.tell() < len(packed):
        name, rows = pickle.load(stream)  # noqa: S301 -- written by our own child
        sheets.setdefault(name, []).extend(rows)
    return Book(kind, tuple(Sheet(name, rows) for name, rows in sheets.items()), tuple(notes))


def _in_child(content: bytes) -> tuple[list[Problem], bytes]:
    """What is to be said of a workbook, and its rows as a chain of pickles, so that few rows are kept twice."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    notes = _looked_at(content)
    out = BytesIO()
    cells = 0
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for told in book.sheets_metadata:
            if told.visible != SheetVisibleEnum.Visible:
                notes.append(Problem("sheet_hidden", cleaned(told.name)))
                continue
            try:
                sheet = book.get_sheet_by_name(told.name)
            except CalamineError:
                continue  # a sheet that holds a chart
            end = sheet.end or (-1, -1)
            height, width = end[0] + 1, end[1] + 1
            cells += height * width
            if height > MOST_ROWS or width > MOST_COLUMNS or cells > MOST_CELLS:
                raise FileError(Problem("many_cells", cleaned(told.name)))
            merged = sheet.merged_cell_ranges or []
            if len(merged) > MOST_MERGED:
                raise FileError(Problem("many_merged", cleaned(told.name), detail=str(len(merged))))
            if merged:
                notes.append(Problem("merged", cleaned(told.name), detail=str(len(merged))))
            left = (sheet.start or (0, 0))[1]
            rows: list[list[Cell]] = [[] for _ in range((sheet.start or (0, 0))[0])]
            for row in sheet.iter_rows():
                rows.append([""] * left + [cleaned(c) if isinstance(c, str) else c for c in row])
                if len(rows) == STEP:
                    pickle.dump((cleaned(told.name), rows), out)
                    rows = []
            pickle.dump((cleaned(told.name), rows), out)
    except FileError:
        raise
    except MemoryError:
        raise
    except BaseException as error:  # calamine ends a damaged file with a panic, which is no Exception
        raise FileError(Problem("damaged")) from error
    return notes, out.getvalue()


def _looked_at(content: bytes) -> list[Problem]:
    """Unpack the file within bounds; note formulas that have no value.

    Raises
    ------
    FileError
    """
    found: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    parts: dict[str, str] = {}
    merged = 0
    try:
        for part, stream in stream_parts(content, BOUNDS):
            tail = b""
            for step in stream:
                text = tail + step
                if part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
                    tail = text[:MOST_TOLD]
                    continue
                if part.startswith("xl/worksheets/"):
                    merged += len(_MERGED.findall(step))
                    if b":f" in text or b"<f" in text:
                        found.setdefault(part, []).extend(m.decode() for m in _FORMULA.findall(text))
                # What a formula's cell may be cut at; short, so that the same cell is not seen twice but rarely.
                tail = text[text.rfind(b"<c ") :][-4_000:] if b"<c " in text else b""
                if merged > 4 * MOST_MERGED:
                    raise FileError(Problem("many_merged", detail=str(merged)))
            told = tail.decode("utf-8", "replace")
            if part == "xl/workbook.xml":
                names = {relation: name for name, relation in _SHEET.findall(told)}
            elif part == "xl/_rels/workbook.xml.rels":
                parts = {target.lstrip("/").removeprefix("xl/"): key for key, target in _TARGET.findall(told)}
    except PackageError as error:
        raise FileError(Problem({"bentuk": "damaged"}.get(error.code, "heavy"))) from error
    notes = []
    for part, cells in found.items():
        sheet = names.get(parts.get(part.removeprefix("xl/"), ""), part.rpartition("/")[2])
        for cell in dict.fromkeys(cells[:MOST_FORMULAS]):
            column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
            notes.append(Problem("formula", cleaned(sheet), int(row), column))
    return notes
