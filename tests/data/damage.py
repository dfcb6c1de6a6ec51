"""Raw tables damaged as hands and programs damage them: a seeded generator."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Rows = list[list[str]]
Damage = Callable[[Rows, int, int, np.random.Generator], Rows]
FACTORS = (0.001, 0.01, 0.1, 10, 100, 1000, -1)


@dataclass(frozen=True)
class Case:
    """A damaged file: what was done to it, and where (row as a spreadsheet counts; 0 for a whole column)."""

    path: str
    kind: str
    row: int
    column: str
    content: bytes


def parsed(content: bytes) -> Rows:
    """Heading and rows."""
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def written(rows: Rows) -> bytes:
    """The bytes of a CSV file."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def _drop_row(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return rows[:row] + rows[row + 1 :]


def _drop_column(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return [cells[:column] + cells[column + 1 :] for cells in rows]


def _duplicate_row(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return [*rows[: row + 1], rows[row], *rows[row + 1 :]]


def _duplicate_column(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return [[*cells, cells[column]] for cells in rows]


def _misspelt(text: str, rng: np.random.Generator) -> str:
    """One sign less, or one that does not belong there."""
    at = int(rng.integers(len(text) + 1))
    return text[:at] + text[at + 1 :] if at < len(text) and len(text) > 1 else text + "x"


def _misspell_cell(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return _with_cell(rows, row, column, _misspelt(rows[row][column], rng))


def _misspell_heading(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return _with_cell(rows, 0, column, _misspelt(rows[0][column], rng))


def _swap_cells(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    other = int(rng.integers(1, len(rows)))
    swapped = _with_cell(rows, row, column, rows[other][column])
    return _with_cell(swapped, other, column, rows[row][column])


def _swap_columns(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    other = int(rng.integers(len(rows[0])))
    heads = list(rows[0])
    heads[column], heads[other] = heads[other], heads[column]
    return [heads, *rows[1:]]


def _scale_cell(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return _with_cell(rows, row, column, _scaled(rows[row][column], rng.choice(FACTORS)))


def _scale_column(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    factor = rng.choice(FACTORS)
    return [rows[0], *([*c[:column], _scaled(c[column], factor), *c[column + 1 :]] for c in rows[1:])]


def _empty_cell(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return _with_cell(rows, row, column, "")


def _empty_column(rows: Rows, row: int, column: int, rng: np.random.Generator) -> Rows:
    return [rows[0], *([*c[:column], "", *c[column + 1 :]] for c in rows[1:])]


def _with_cell(rows: Rows, row: int, column: int, text: str) -> Rows:
    cells = [*rows[row][:column], text, *rows[row][column + 1 :]]
    return [*rows[:row], cells, *rows[row + 1 :]]


def _scaled(text: str, factor: float) -> str:
    try:
        return f"{float(text) * factor:.12g}"
    except ValueError:
        return text


DAMAGES: dict[str, Damage] = {
    "drop row": _drop_row,
    "drop column": _drop_column,
    "duplicate row": _duplicate_row,
    "duplicate column": _duplicate_column,
    "misspell cell": _misspell_cell,
    "misspell heading": _misspell_heading,
    "swap cells": _swap_cells,
    "swap columns": _swap_columns,
    "scale cell": _scale_cell,
    "scale column": _scale_column,
    "empty cell": _empty_cell,
    "empty column": _empty_column,
}
OF_ONE_ROW = {"drop row", "duplicate row", "misspell cell", "swap cells", "scale cell", "empty cell"}


def cases(files: dict[str, bytes], used: dict[str, list[str]], count: int, seed: int) -> list[Case]:
    """Damaged copies of files, no file and kind of damage twice.

    Parameters
    ----------
    files : path to content
    used : path to the columns that are read; seven of eight damages strike one of these
    count, seed : as many cases as wanted; the same seed gives the same
    """
    rng = np.random.default_rng(seed)
    combinations = [(path, kind) for path in files for kind in DAMAGES]
    chosen = rng.permutation(len(combinations))[:count]
    tables = {path: parsed(content) for path, content in files.items()}
    found = []
    for path, kind in (combinations[i] for i in sorted(chosen)):
        rows = tables[path]
        names = used[path] if rng.random() < 0.875 else rows[0]
        filled: list[tuple[int, int]] = []
        wants_number = kind.startswith("scale")
        while not filled:
            column = rows[0].index(str(rng.choice(names)))
            row = int(rng.integers(1, len(rows)))
            cell = rows[row][column]
            if cell and (not wants_number or _scaled(cell, 2) != cell):
                filled.append((row, column))
        row, column = filled[0]
        damaged = DAMAGES[kind](rows, row, column, rng)
        at = row + 1 if kind in OF_ONE_ROW else 0
        found.append(Case(path, kind, at, rows[0][column], written(damaged)))
    return found
