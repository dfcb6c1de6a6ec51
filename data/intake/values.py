"""Figures of places that an office brings: population, values of an indicator, counts of a monografi."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from data.intake.cells import Cell, Habit, is_empty, numbers_of, text_of
from data.intake.layouts import COUNTS, KINDS, Layout, Table, cells_of, is_total, too_long
from data.intake.places import Doubt, Places
from data.intake.problems import CellError, FileError, Problem

Status = Literal["read", "empty", "refused", "waiting", "total"]


@dataclass(frozen=True)
class Answers:
    """What a person has answered about a file.

    Attributes
    ----------
    habits : by heading, what "1.234" means in that column
    codes : bps or kemendagri, "" before anybody was asked
    places : kode by key of a doubt
    indicator : id for a file that names none
    kind : of place, for a list that names none
    posts : kode_kabkota that runs the fire posts of a list, "" for the one in which most of them stand
    """

    habits: Mapping[str, Habit] = field(default_factory=dict)
    codes: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    indicator: str = ""
    kind: str = ""
    posts: str = ""


@dataclass(frozen=True)
class Question:
    """What must be asked once.

    Attributes
    ----------
    kind : codes, or number
    column : heading
    examples : cells that may mean two things
    counts : for codes, how many are those of BPS and of Kemendagri
    """

    kind: str
    column: str
    examples: tuple[str, ...] = ()
    counts: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Row:
    """A row of the file.

    Attributes
    ----------
    sheet, number : where it stands
    status : read; empty, a place without any figure; refused; waiting for an answer; total, a sum of the others or
        a row with nothing that is read
    kode, name : of the place, "" where it is not known
    values : figures by id of an indicator, or by count of a monografi
    year : of the figures, None where the file does not say
    """

    sheet: str
    number: int
    status: Status
    kode: str = ""
    name: str = ""
    values: Mapping[str, float] = field(default_factory=dict)
    year: int | None = None


@dataclass(frozen=True)
class Values:
    """What a file of figures holds.

    Attributes
    ----------
    rows : each of its rows once
    problems : what is wrong, cell by cell
    questions : what must be asked before it can be read
    doubts : rows whose place a person must name
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    doubts: tuple[Doubt, ...]


def figures_of(
    layout: Layout,
    tables: Sequence[Table],
    places: Places,
    indicators: Mapping[str, int],
    answers: Answers,
) -> Values:
    """Read the figures of all tables of a file.

    Parameters
    ----------
    layout : penduduk, indikator or monografi
    tables : as `find_tables` gives them
    places : of the level of the figures
    indicators : decimals by id of an indicator that may be brought; 0 for a count
    answers : of the person who brings the file

    Raises
    ------
    FileError
        No indicator is named and none chosen.
    """
    if layout.id == "indikator" and not answers.indicator and not all("indikator" in table.columns for table in tables):
        raise FileError(Problem("indicator_asked"))
    rows: list[Row] = []
    problems: list[Problem] = []
    questions: dict[tuple[str, str], Question] = {}
    doubts: dict[str, Doubt] = {}
    seen: dict[tuple[str, str], int] = {}
    for table in tables:
        reader = _Reader(layout, table, places, indicators, answers)
        for question in reader.questions:
            questions.setdefault((question.kind, question.column), question)
        for at in range(len(reader.rows)):
            row, wrong, doubt = reader.row(at)
            if doubt is not None:
                doubts.setdefault(doubt.key, doubt)
            twice = [seen[row.kode, name] for name in row.values if (row.kode, name) in seen]
            if row.status == "read" and twice:
                wrong = [Problem("place_twice", row.sheet, row.number, reader.place_label, row.kode, str(twice[0]))]
            if wrong:
                problems += wrong
                row = Row(row.sheet, row.number, "refused", row.kode, row.name)
            if row.status == "read":
                seen.update({(row.kode, name): row.number for name in row.values})
            rows.append(row)
    return Values(tuple(rows), tuple(problems), tuple(questions.values()), tuple(doubts.values()))


def codes_of_bps(
    table: Table,
    places: Places,
    rows: Sequence[tuple[int, Sequence[Cell]]],
    answers: Answers,
    questions: list[Question],
) -> bool | None:
    """Whether the codes of a table are those of BPS; None while nobody has said, which is then asked.

    Parameters
    ----------
    table, rows : the table, and number and cells of its rows
    places : whose codes they may be
    answers : of the person who brings the file
    questions : to which the question is added
    """
    if "kode" not in table.columns or not places.bps:
        return False
    code, name = ([cells_of(row, table.columns.get(field)) for _, row in rows] for field in ("kode", "nama"))
    bps, own = places.is_bps(code, name)
    if bps <= own:
        return False
    if not answers.codes:
        questions.append(Question("codes", table.label("kode"), counts=(bps, own)))
        return None
    return answers.codes == "bps"


class _Reader:
    """One table: its columns are read whole, its rows put together from them."""

    def __init__(
        self, layout: Layout, table: Table, places: Places, indicators: Mapping[str, int], answers: Answers
    ) -> None:
        self.layout, self.table, self.places, self.answers = layout, table, places, answers
        self.indicators = indicators
        self.rows = list(table.rows())
        self.questions: list[Question] = []
        self.place_label = table.label("kode") or table.label("nama")
        self.bps = self._bps()
        self.figures = self._figures()
        self.read = {at: self._numbers(at) for at in self.figures}

    def column(self, field: str) -> list[Cell]:
        at = self.table.columns.get(field)
        return [cells_of(row, at) for _, row in self.rows]

    def _bps(self) -> bool | None:
        return codes_of_bps(self.table, self.places, self.rows, self.answers, self.questions)

    def _figures(self) -> dict[int, str]:
        """Columns that are read, and the figure that each is."""
        columns = self.table.columns
        if self.layout.id == "indikator":
            return {columns["nilai"]: "nilai"}
        if self.layout.id == "monografi":
            return {columns[name]: name for name in COUNTS if name in columns}
        known = {columns[name]: name for name in ("penduduk", "laki", "perempuan") if name in columns}
        return known | dict.fromkeys(self.table.ages, "usia")

    def _numbers(self, at: int) -> tuple[tuple[float | None, ...], dict[int, CellError], frozenset[int]]:
        label = self.table.labels[at]
        kind = KINDS.get(self.figures[at], "count")
        if kind == "decimal" and self._counts_only():
            kind = "count"
        found = numbers_of([cells_of(row, at) for _, row in self.rows], kind, self.answers.habits.get(label))
        if found.unsure:
            examples = tuple(text_of(cells_of(self.rows[position][1], at)) for position in found.unsure[:3])
            self.questions.append(Question("number", label, examples))
        return found.values, found.errors, frozenset(found.unsure)

    def _counts_only(self) -> bool:
        named = {text_of(cell) for cell in self.column("indikator") if cell != ""} or {self.answers.indicator}
        return all(self.indicators.get(name) == 0 for name in named)

    def row(self, position: int) -> tuple[Row, list[Problem], Doubt | None]:
        """A row, what is wrong in it, and the doubt about its place."""
        number, cells = self.rows[position]
        sheet, columns = self.table.sheet.name, self.table.columns
        code, name, area, kabkota = (cells_of(cells, columns.get(f)) for f in ("kode", "nama", "kecamatan", "kabkota"))
        nothing = is_empty(code) and is_empty(name) and all(is_empty(cells_of(cells, at)) for at in self.figures)
        if nothing or is_total(code, name, position == len(self.rows) - 1):
            return Row(sheet, number, "total"), [], None
        if too_long(self.table, cells):
            wrong = [Problem("cells", sheet, number, detail=str(len(cells)))]
            return Row(sheet, number, "refused", name=text_of(name)), wrong, None
        wrong = [
            self._problem(error, position, at)
            for at, (_, errors, _) in self.read.items()
            if (error := errors.get(position)) is not None
        ]
        year, values = None, {}
        try:
            year = self._year(cells_of(cells, columns.get("tahun")))
        except CellError as error:
            wrong.append(self._problem(error, position, columns.get("tahun")))
        try:
            values = {} if wrong else self._values(position, cells)
        except CellError as error:
            where = {"indicator_unknown": "indikator", "negative": "nilai"}.get(error.code, "penduduk")
            wrong.append(self._problem(error, position, columns.get(where)))
        waiting = self.bps is None or any(position in unsure for _, _, unsure in self.read.values())
        kode, doubt = "", None
        try:
            if self.bps is not None:
                found = self.places.match(code, name, area, kabkota, self.bps, self.answers.places)
                kode, doubt = (found, None) if isinstance(found, str) else ("", found)
        except CellError as error:
            by_code = error.code.startswith("code") and not is_empty(code)
            wrong.append(self._problem(error, position, columns.get("kode" if by_code else "nama")))
        status: Status = "refused" if wrong else "waiting" if waiting or doubt else "read" if values else "empty"
        return (
            Row(sheet, number, status, kode, text_of(name) or self.places.names.get(kode, ""), values, year),
            wrong,
            doubt,
        )

    def _problem(self, error: CellError, position: int, at: int | None) -> Problem:
        number, cells = self.rows[position]
        label = self.table.labels[at] if at is not None else ""
        return error.at(Problem("", self.table.sheet.name, number, label, text_of(cells_of(cells, at))))

    def _year(self, cell: Cell) -> int | None:
        if is_empty(cell):
            return None
        text = text_of(cell)
        if not re.fullmatch(r"(?:19|20)\d\d", text):
            raise CellError("year")
        return int(text)

    def _values(self, position: int, cells: Sequence[Cell]) -> dict[str, float]:
        """Figures of a row by indicator; what is not known is not among them."""
        got = {at: self.read[at][0][position] for at in self.figures}
        if self.layout.id == "monografi":
            return {self.figures[at]: value for at, value in got.items() if value is not None}
        if self.layout.id == "indikator":
            named = text_of(cells_of(cells, self.table.columns.get("indikator"))) or self.answers.indicator
            if named not in self.indicators:
                raise CellError("indicator_unknown")
            value = next(iter(got.values()))
            if value is not None and value < 0:
                raise CellError("negative")
            return {} if value is None else {named: value}
        return self._people(got)

    def _people(self, got: Mapping[int, float | None]) -> dict[str, float]:
        """The population: as it is stated, else the sum of its parts where all of them are known."""
        by_name = {self.figures[at]: value for at, value in got.items() if self.figures[at] != "usia"}
        ages = [value for at, value in got.items() if self.figures[at] == "usia"]
        stated = by_name.get("penduduk")
        sexes = [by_name[name] for name in ("laki", "perempuan") if name in by_name]
        parts = [sexes if len(sexes) == 2 else [], ages]
        sums = [sum(v for v in part if v is not None) for part in parts if part and None not in part]
        if stated is None and not sums:
            if any(value is not None for value in got.values()):
                raise CellError("parts_missing")
            return {}
        people = sums[0] if stated is None else stated
        if any(total != people for total in sums):
            raise CellError("sum", ", ".join(f"{total:.0f}" for total in sums))
        return {"penduduk": people}
