"""A file that somebody brings, compared with what Tapal shows; nothing of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.uploads.changes import apart, changes, removed
from data.catalogue import Corridor, Indicator
from data.intake.boundaries import boundaries_of
from data.intake.cells import text_of
from data.intake.facilities import facilities_of
from data.intake.geofile import GeoBook
from data.intake.layouts import Table, find_tables, score
from data.intake.places import Doubt, Places
from data.intake.problems import FileError, Problem
from data.intake.proposals import Proposals, proposals_of
from data.intake.sheets import book_of
from data.intake.values import Answers, Question, Values, figures_of
from data.intake.workbook import Book
from data.lists import COLUMNS, POST
from data.tables import Dataset
from views.topics.uploads.boundaries import BoundariesOf
from views.topics.uploads.boundaries import against as against_boundaries
from views.topics.uploads.places import PlacesOf, against, owner_of

STATUSES = ("new", "changed", "same", "empty", "refused", "waiting", "total")
"""What becomes of a row; each row of a file has one."""
MOST_SHOWN = 500
"""Rows of a table on the page; the file that can be downloaded has all of them."""


@dataclass(frozen=True)
class Checked:
    """What a file is and would do.

    Attributes
    ----------
    layout : penduduk, indikator, monografi, usulan, fasilitas or batas
    kind : csv, xlsx, ods, geojson, gpkg, kml or shapefile
    counts : rows by status, see `STATUSES`
    problems : why rows are refused
    notes : what must be said of the file besides
    questions, doubts : what a person must answer
    figures : sheet, number, kode, name, indicator, value, year, before, low, high, change, far, apart; empty for
        proposals
    removed : kode, indicator, value that are shown today and that the file leaves out; empty while a place is not known
    sample : the first proposals; None for figures
    of_places : proposals by kode; empty for figures
    dropped : headings of who proposed
    masked : numbers of persons that were struck out
    places : the places of a list; None for other files
    boundaries : of a file of areas; None for other files
    """

    layout: str
    kind: str
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    questions: tuple[Question, ...]
    doubts: tuple[Doubt, ...]
    figures: pd.DataFrame
    removed: pd.DataFrame
    sample: pd.DataFrame | None = None
    of_places: pd.Series | None = None
    dropped: tuple[str, ...] = ()
    masked: int = 0
    places: PlacesOf | None = None
    boundaries: BoundariesOf | None = None


def indicators_of(data: Dataset) -> dict[str, Indicator]:
    """Indicators whose values an office may bring: known below the kabkota."""
    return {i.id: i for i in data.catalogue.indicators.values() if i.level != "kabkota"}


def check(
    data: Dataset,
    corridor: Corridor,
    content: bytes,
    answers: Answers,
    progress: Callable[[float], None] = lambda share: None,
) -> Checked:
    """Read a file and compare it.

    Parameters
    ----------
    data, corridor : what is shown; names without a kabkota are sought on the sides of the corridor
    content : bytes of the file
    answers : of the person who brings it
    progress : is told the share of the proposals that are read

    Raises
    ------
    FileError
        The file is refused whole, or an indicator must be chosen (``indicator_asked``).
    """
    book = book_of(content, score)
    layout, tables, notes = find_tables(book)
    notes = [*book.notes, *notes]
    if layout.id == "usulan":
        return _of_proposals(book, _proposals(data, corridor.sides, tables, answers, progress), notes)
    if layout.id == "fasilitas":
        return _of_places(data, corridor, book, tables, answers, notes)
    if layout.id == "batas" and isinstance(book, GeoBook):
        return _of_boundaries(data, corridor, book, tables, answers, notes)
    known = indicators_of(data)
    named = {text_of(cell) for t in tables if "indikator" in t.columns for _, row in t.rows() for cell in row} & set(
        known
    )
    asked = {known[name].level for name in named or {answers.indicator} & set(known)}
    level = "kecamatan" if layout.id == "indikator" and asked == {"kecamatan"} else "kelurahan"
    units = data.kelurahan if level == "kelurahan" else data.kecamatan
    decimals = {i.id: i.decimals for i in known.values() if i.level == level}
    read = figures_of(layout, tables, Places(units, corridor.sides), decimals, answers)
    return _of_values(data, layout.id, book, read, decimals, notes)


def check_proposals(
    data: Dataset,
    sides: Sequence[str],
    content: bytes,
    answers: Answers,
    progress: Callable[[float], None] = lambda share: None,
) -> tuple[Checked, Proposals]:
    """Read a file of proposals for the register.

    Parameters
    ----------
    data : the known kelurahan
    sides : kode_kabkota in which names without a kabkota are sought
    content, answers, progress : as of `check`

    Raises
    ------
    FileError
        The file is refused whole, or holds no proposals.
    """
    book = book_of(content, score)
    layout, tables, notes = find_tables(book)
    if layout.id != "usulan":
        raise FileError(Problem("no_proposals"))
    found = _proposals(data, sides, tables, answers, progress)
    return _of_proposals(book, found, [*book.notes, *notes]), found


def _proposals(
    data: Dataset, sides: Sequence[str], tables: Sequence[Table], answers: Answers, progress: Callable[[float], None]
) -> Proposals:
    kinds = dict(zip(data.kelurahan.index, data.kelurahan["jenis"], strict=True))
    return proposals_of(tables, Places(data.kelurahan, sides), kinds, answers, progress)


def figures_of_rows(data: Dataset, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Stored figures beside those of today, as `Checked.figures`; the row is its place in the stored list.

    Parameters
    ----------
    data : with all versions of now
    rows : kode, indicator, value, year
    """
    brought = pd.DataFrame(list(rows), columns=["kode", "indicator", "value", "year"])
    names = data.kelurahan["nama"].to_dict() | data.kecamatan["nama"].to_dict()
    brought = brought.assign(sheet="", number=range(1, len(brought) + 1), name=brought["kode"].map(names).fillna(""))
    decimals = {i.id: i.decimals for i in data.catalogue.indicators.values()}
    return _against(data, brought[["sheet", "number", "kode", "name", "indicator", "value", "year"]], decimals)


def left_out(data: Dataset, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Figures that are shown today and that stored rows say nothing of: kode, indicator, value and source.

    Parameters
    ----------
    data : with all versions of now
    rows : kode, indicator, value, year; what a file names without a figure is not stored, and counts as left out
    """
    brought = pd.DataFrame([row[:2] for row in rows], columns=["kode", "indicator"])
    return removed(brought, brought["kode"], data.values[["kode", "indicator", "value", "source"]])


def _against(data: Dataset, brought: pd.DataFrame, decimals: Mapping[str, int]) -> pd.DataFrame:
    """Figures with those of today, those of a monografi with the counts that are published."""
    shown = data.values[["kode", "indicator", "value", "low", "high"]]
    if len(data.monograph):
        counts = data.monograph.rename(columns={"count": "indicator"})[["kode", "indicator", "value"]]
        # An indicator may be called as a count is: its own values are those that are shown.
        counts = counts[~counts["indicator"].isin(data.catalogue.indicators)]
        shown = pd.concat([shown, counts.astype({"value": float})], ignore_index=True)
    shown = shown[shown["indicator"].isin(brought["indicator"])]
    figures = changes(brought, shown, decimals)
    return figures.assign(apart=apart(figures, shown, data.pairs))


def _of_places(
    data: Dataset, corridor: Corridor, book: Book, tables: Sequence[Table], answers: Answers, notes: list[Problem]
) -> Checked:
    wrong = book.wrong if isinstance(book, GeoBook) else {}
    units = Places(data.kelurahan, corridor.sides), Places(data.kecamatan, corridor.sides)
    read = facilities_of(tables, *units, data.land, answers, wrong)
    rows = [row for row in read.rows if row.status == "read"]
    frame = pd.DataFrame(
        [(r.sheet, r.number, r.kind, r.name, r.kode, r.lon, r.lat, r.owner, r.mark) for r in rows],
        columns=["sheet", "number", *COLUMNS],
    ).astype({"lon": float, "lat": float, "kode": object, "kind": object})
    posts = frame.loc[frame["kind"].eq(POST), "kode"].str[:5]
    whose = answers.posts or (str(posts.mode().iloc[0]) if len(posts) else "")
    found = against(data, frame.assign(kabkota=owner_of(frame, whose)))
    counts = Counter(row.status for row in read.rows) + Counter(found.rows["change"] if len(frame) else [])
    none = pd.DataFrame()
    return Checked(
        "fasilitas", book.kind, {name: counts[name] for name in STATUSES}, read.problems, tuple(notes), read.questions,
        read.doubts, none, none, places=found,
    )  # fmt: skip


def _of_boundaries(
    data: Dataset, corridor: Corridor, book: GeoBook, tables: Sequence[Table], answers: Answers, notes: list[Problem]
) -> Checked:
    read = boundaries_of(tables, Places(data.kelurahan, corridor.sides), answers, book.areas)
    refused = {row.kode for row in read.rows if row.status != "read"}
    found, wrong = against_boundaries(data, [row for row in read.rows if row.status == "read"], refused)
    bad = {(problem.sheet, problem.row) for problem in wrong}
    change = {(row.sheet, row.number): row.change for row in found.rows.itertuples()}
    counts = Counter(
        "refused" if (row.sheet, row.number) in bad else change.get((row.sheet, row.number), row.status)
        for row in read.rows
    )
    none = pd.DataFrame()
    return Checked(
        "batas", book.kind, {name: counts[name] for name in STATUSES}, (*read.problems, *wrong), tuple(notes),
        read.questions, read.doubts, none, none, boundaries=found,
    )  # fmt: skip


def _of_proposals(book: Book, found: Proposals, notes: list[Problem]) -> Checked:
    counts = dict.fromkeys(STATUSES, 0) | {name: n for name, n in found.counts.items() if name in STATUSES}
    counts["new"] = found.counts.get("read", 0)
    frame = found.frame
    none = pd.DataFrame()
    return Checked(
        "usulan", book.kind, counts, found.problems, tuple(notes), found.questions, found.doubts, none, none,
        frame.drop(columns="raw", errors="ignore").head(MOST_SHOWN),
        frame["kode"].value_counts() if len(frame) else pd.Series(dtype=int),
        found.dropped, found.masked,
    )  # fmt: skip


def _of_values(
    data: Dataset, layout: str, book: Book, read: Values, decimals: Mapping[str, int], notes: list[Problem]
) -> Checked:
    flat = [
        (row.sheet, row.number, row.kode, row.name, name, value, row.year)
        for row in read.rows
        if row.status == "read"
        for name, value in row.values.items()
    ]
    brought = pd.DataFrame(flat, columns=["sheet", "number", "kode", "name", "indicator", "value", "year"])
    shown = data.values[["kode", "indicator", "value"]]
    figures = _against(data, brought, decimals)
    order = {"changed": 0, "new": 1, "same": 2}
    of_row: dict[tuple[str, int], str] = {}
    for key, change in zip(zip(figures["sheet"], figures["number"], strict=True), figures["change"], strict=True):
        of_row[key] = min(change, of_row.get(key, "same"), key=order.__getitem__)
    counts = Counter(of_row[row.sheet, row.number] if row.status == "read" else row.status for row in read.rows)
    named = pd.Series([row.kode for row in read.rows if row.status != "total"], dtype=object)
    # A row whose place is not known yet may be that of any figure that seems to be left out.
    gone = removed(figures, named, shown) if (named != "").all() else shown.iloc[:0]
    return Checked(
        layout, book.kind, {name: counts[name] for name in STATUSES}, read.problems, tuple(notes), read.questions,
        read.doubts, figures, gone,
    )  # fmt: skip
