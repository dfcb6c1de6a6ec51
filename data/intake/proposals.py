"""Proposals of the musrenbang as SIPD exports them. Who proposed is dropped before anything is kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from data.intake.cells import Cell, Kind, date_of, is_empty, numbers_of, point_of, text_of
from data.intake.layouts import PROPOSAL, Table, cells_of, is_dropped, is_total, too_long
from data.intake.places import Doubt, Places
from data.intake.problems import CellError, Problem
from data.intake.values import Answers, Question

Path = Literal["kelurahan", "desa", "pokir", "opd"]
STEP = 2_000
MASK = "[…]"
"""In the place of a number that says who a person is."""

AMOUNTS = ("anggaran", *(name for name in PROPOSAL if name.endswith("_anggaran")))
FLAGS = tuple(name for name in PROPOSAL if name.startswith("is_"))
TEXTS = tuple(
    name
    for name in PROPOSAL
    if name not in (*AMOUNTS, *FLAGS, "tanggal_usul", "volume", "lat", "lon", "tahun_anggaran")
)
_YES = frozenset({"1", "ya", "y", "true", "t", "benar", "ada", "sudah"})
_NO = frozenset({"0", "tidak", "n", "false", "f", "salah", "belum"})
_POINT = re.compile(r"(-?\d{1,3}\.\d{3,})\s*[,;/ ]\s*(-?\d{1,3}\.\d{3,})", re.ASCII)
# Numbers of identity cards and telephones, wherever they are written.
_PERSON = re.compile(r"(?<![\d.,])(?:\d{16}|(?:\+?62|0)8\d{1,2}[- ]?\d{3,4}[- ]?\d{3,5})(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Proposals:
    """What a file holds.

    Attributes
    ----------
    frame : one row a proposal that was read: sheet, row, kode (of the kelurahan), jalur, lat, lon, those columns of
        `PROPOSAL` that the file has, and raw, the cells of the file by heading without who proposed (as JSON)
    counts : rows by status: read, refused, waiting, total
    problems, questions, doubts : as of `Values`
    dropped : headings that say who proposed
    masked : cells in which a number of a person was struck out
    """

    frame: pd.DataFrame
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    doubts: tuple[Doubt, ...]
    dropped: tuple[str, ...]
    masked: int


@dataclass
class _Found:
    rows: list[dict[str, object]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    masked: int = 0


def proposals_of(
    tables: Sequence[Table],
    places: Places,
    kinds: Mapping[str, str],
    answers: Answers,
    progress: Callable[[float], None] = lambda share: None,
) -> Proposals:
    """Read all proposals of a file.

    Parameters
    ----------
    tables : as `find_tables` gives them
    places : kelurahan
    kinds : kelurahan or desa by kode
    answers : of the person who brings the file
    progress : is told the share of the rows that are read
    """
    found = _Found()
    dropped: dict[str, None] = {}
    total = sum(len(table.sheet.rows) for table in tables) or 1
    done = 0
    for table in tables:
        dropped.update(dict.fromkeys(label for label in table.labels if is_dropped(label)))
        reader = _Reader(table, places, kinds, answers, found)
        rows = list(table.rows())
        for start in range(0, len(rows), STEP):
            reader.read(rows[start : start + STEP], start + STEP >= len(rows))
            progress((done + min(start + STEP, len(rows))) / total)
        done += len(table.sheet.rows)
    return Proposals(
        pd.DataFrame(found.rows),
        dict(found.counts),
        tuple(found.problems),
        (),
        tuple(found.doubts.values()),
        tuple(dropped),
        found.masked,
    )


def without_persons(text: str) -> tuple[str, int]:
    """A text whose numbers of identity cards and telephones are struck out, and how many they were.

    Examples
    --------
    >>> without_persons("hub. 0812-3456-7890")
    ('hub. […]', 1)
    """
    return _PERSON.subn(MASK, text) if len(text) >= 10 else (text, 0)


class _Reader:
    def __init__(self, table: Table, places: Places, kinds: Mapping[str, str], answers: Answers, found: _Found) -> None:
        self.table, self.places, self.kinds, self.answers, self.found = table, places, kinds, answers, found
        self.kept = [(at, label) for at, label in enumerate(table.labels) if label and not is_dropped(label)]
        keys = " ".join(table.labels).lower()
        self.pokir = any(word in keys for word in ("fraksi", "reses", "setwan", "sekwan", "pokir"))
        self.matched: dict[tuple[str, ...], str | Doubt | CellError] = {}
        # A file has a third of the columns that are known: only those are looked at in each row.
        self.texts = [name for name in TEXTS if name in table.columns]
        readers: dict[str, Callable[[Cell], object]] = dict.fromkeys(FLAGS, _flag)
        readers |= {"tanggal_usul": date_of, "tahun_anggaran": _year}
        self.readers = {name: reader for name, reader in readers.items() if name in table.columns}
        self.nothing: dict[str, object] = dict.fromkeys(TEXTS, "") | dict.fromkeys((*readers, *AMOUNTS, "volume"))

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        return cells_of(row, self.table.columns.get(name))

    def read(self, rows: Sequence[tuple[int, Sequence[Cell]]], last: bool) -> None:
        """A piece of the table; each row is read, refused or waits."""
        amounts = {}
        for name in (*AMOUNTS, "volume"):
            if name in self.table.columns:
                kind: Kind = "decimal" if name == "volume" else "rupiah"
                amounts[name] = numbers_of([self.cell(row, name) for _, row in rows], kind, "id")
        for position, (number, row) in enumerate(rows):
            read = {name: (n.values[position], n.errors.get(position)) for name, n in amounts.items()}
            self._row(number, row, read, last and position == len(rows) - 1)

    def _row(
        self, number: int, row: Sequence[Cell], amounts: Mapping[str, tuple[float | None, CellError | None]], last: bool
    ) -> None:
        found, table, sheet = self.found, self.table, self.table.sheet.name
        if is_total(self.cell(row, "kode"), self.cell(row, "nama"), last) and is_empty(self.cell(row, "usulan")):
            found.counts["total"] += 1
            return
        if too_long(table, row):
            found.problems.append(Problem("cells", sheet, number, detail=str(len(row))))
            found.counts["refused"] += 1
            return
        wrong: list[Problem] = []

        def refuse(name: str, error: CellError) -> None:
            value = _masked(text_of(self.cell(row, name)))
            wrong.append(error.at(Problem("", sheet, number, table.label(name), value)))

        read = dict(self.nothing)
        for name in self.texts:
            read[name] = _masked(text_of(self.cell(row, name)))
        for name, (value, error) in amounts.items():
            # "100 m x 2" is a coefficient in words: kept as it is written.
            if error is not None and name == "volume":
                read["koefisien"] = read["koefisien"] or _masked(text_of(self.cell(row, name)))
                error = None
            if error is None and value is not None and value < 0:
                error = CellError("negative")
            if error is not None:
                refuse(name, error)
            read[name] = value
        for name, reader in self.readers.items():
            try:
                read[name] = reader(self.cell(row, name))
            except CellError as error:
                refuse(name, error)
        if is_empty(self.cell(row, "usulan")) and not read["permasalahan"]:
            refuse("usulan", CellError("proposal_empty"))
        read["lat"], read["lon"] = None, None
        try:
            read["lat"], read["lon"] = self._point(row)
        except CellError as error:
            refuse("lat" if "lat" in table.columns else "alamat", error)
        key = f"{read['id_usulan']}|{read['tahun_anggaran'] or ''}"
        if read["id_usulan"] and key in found.seen:
            refuse("id_usulan", CellError("proposal_twice", str(found.seen[key])))
        place = self._place(row)
        if isinstance(place, CellError):
            refuse("kode" if place.code.startswith("code") else "nama", place)
        if wrong:
            found.problems += wrong
            found.counts["refused"] += 1
            return
        found.seen.setdefault(key, number)
        if isinstance(place, Doubt):
            found.doubts.setdefault(place.key, place)
            found.counts["waiting"] += 1
            return
        raw = {}
        for at, label in self.kept:
            if (cell := cells_of(row, at)) != "":
                raw[label], struck = without_persons(text_of(cell))
                found.masked += struck
        jalur = self._jalur(read, str(place))
        known = {name: read[name] for name in (*table.columns, "koefisien", "lat", "lon") if name in read}
        found.counts["read"] += 1
        found.rows.append(
            {
                "sheet": sheet,
                "row": number,
                "kode": place,
                "jalur": jalur,
                **known,
                "raw": json.dumps(raw, ensure_ascii=False),
            }
        )

    def _place(self, row: Sequence[Cell]) -> str | Doubt | CellError:
        """Matched once for all rows that write the same."""
        code, name, kecamatan, kabkota = (self.cell(row, name) for name in ("kode", "nama", "kecamatan", "kabkota"))
        key = tuple(map(text_of, (code, name, kecamatan, kabkota)))
        if key not in self.matched:
            try:
                self.matched[key] = self.places.match(code, name, kecamatan, kabkota, False, self.answers.places)
            except CellError as error:
                self.matched[key] = error
        return self.matched[key]

    def _jalur(self, read: Mapping[str, object], kode: str) -> Path:
        """The way by which a proposal comes: the council's, an office's, or that of the kelurahan or desa."""
        said = f"{read['jenis_usul']} {read['usulan_ke']}".lower()
        if self.pokir or "pokir" in said or "pokok" in said:
            return "pokir"
        if re.search(r"\b(?:opd|skpd|renja|teknokrat)", said):
            return "opd"
        return "desa" if self.kinds.get(kode) == "desa" else "kelurahan"

    def _point(self, row: Sequence[Cell]) -> tuple[float | None, float | None]:
        """Latitude and longitude, from columns of their own or from the address."""
        lat, lon = (text_of(self.cell(row, name)).replace(",", ".") for name in ("lat", "lon"))
        if is_empty(lat) and is_empty(lon):
            inside = _POINT.search(text_of(self.cell(row, "alamat")))
            if inside is None:
                return None, None
            lat, lon = inside[1], inside[2]
        try:
            found = float(lat), float(lon)
        except ValueError:
            raise CellError("point") from None
        return (None, None) if found == (0.0, 0.0) else point_of(*found)


def _masked(text: str) -> str:
    return without_persons(text)[0]


def _flag(cell: Cell) -> bool | None:
    text = text_of(cell).lower()
    if is_empty(cell):
        return None
    if text in _YES | _NO:
        return text in _YES
    raise CellError("flag")


def _year(cell: Cell) -> int | None:
    if is_empty(cell):
        return None
    if not re.fullmatch(r"20\d\d", text_of(cell)):
        raise CellError("year")
    return int(text_of(cell))
