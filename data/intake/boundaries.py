"""Boundaries that an office brings: which kelurahan each area of a map file is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely

from data.intake.cells import Cell, text_of
from data.intake.layouts import Table, cells_of
from data.intake.places import Doubt, Places
from data.intake.problems import CellError, Problem
from data.intake.values import Answers, Question, Status, codes_of_bps


@dataclass(frozen=True)
class Area:
    """A feature of the file.

    Attributes
    ----------
    sheet, number : where it stands; feature 1 is row 2
    status : read, refused or waiting for an answer
    kode : of the kelurahan, "" where it is not known
    polygon : EPSG:4326, None where it is not read
    """

    sheet: str
    number: int
    status: Status
    kode: str = ""
    polygon: shapely.Geometry | None = None


@dataclass(frozen=True)
class Boundaries:
    """What a file of areas holds.

    Attributes
    ----------
    rows : each of its features once
    problems : what is wrong, at most one a feature
    questions : what must be asked before it can be read
    doubts : features whose kelurahan a person must name
    """

    rows: tuple[Area, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    doubts: tuple[Doubt, ...]


def boundaries_of(
    tables: Sequence[Table],
    units: Places,
    answers: Answers,
    areas: Mapping[tuple[str, int], bytes | Problem],
) -> Boundaries:
    """Read the areas of all layers of a file.

    Parameters
    ----------
    tables : as `find_tables` gives them
    units : the kelurahan that may be meant
    answers : of the person who brings the file
    areas : by sheet and row, as `data.intake.geofile.GeoBook` holds them
    """
    found: list[Area] = []
    problems: list[Problem] = []
    questions: list[Question] = []
    doubts: dict[str, Doubt] = {}
    first: dict[str, int] = {}
    for table in tables:
        rows = list(table.rows())
        bps = codes_of_bps(table, units, rows, answers, questions)
        for number, row in rows:
            key = (table.sheet.name, number)
            area = areas.get(key, Problem("area_missing", *key, "geometri"))
            wrong = [area] if isinstance(area, Problem) else []
            kode, doubt = "", None
            try:
                if bps is not None:
                    match = _match(table, row, units, bps, answers)
                    kode, doubt = (match, None) if isinstance(match, str) else ("", match)
            except CellError as error:
                field = "kode" if error.code.startswith("code") else "nama"
                where = Problem("", *key, table.label(field), text_of(_cell(table, row, field)))
                wrong.append(error.at(where))
            if kode and kode in first and not wrong:
                wrong.append(Problem("area_twice", *key, value=units.names[kode], detail=str(first[kode] - 1)))
            elif kode:
                first.setdefault(kode, number)
            if doubt is not None and not wrong:
                doubts.setdefault(doubt.key, doubt)
            problems += wrong[:1]
            status: Status = "refused" if wrong else "waiting" if doubt or bps is None else "read"
            polygon = shapely.from_wkb(area) if isinstance(area, bytes) and status == "read" else None
            found.append(Area(*key, status, kode, polygon))
    return Boundaries(tuple(found), tuple(problems), tuple(questions), tuple(doubts.values()))


def _cell(table: Table, row: Sequence[Cell], field: str) -> Cell:
    return cells_of(row, table.columns.get(field))


def _match(table: Table, row: Sequence[Cell], units: Places, bps: bool, answers: Answers) -> str | Doubt:
    code, name, kecamatan, kabkota = (_cell(table, row, f) for f in ("kode", "nama", "kecamatan", "kabkota"))
    return units.match(code, name, kecamatan, kabkota, bps, answers.places)
