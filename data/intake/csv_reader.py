"""Bytes of a CSV file to a table of text. What cannot be read with certainty is refused, and where is said.

Nothing is guessed from a sample: the encoding is that of the byte order mark, else UTF-8, else Windows-1252; the
separator is the one with which the first row holds the columns that are needed.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import pandas as pd

from data.text import cleaned

LARGEST = 10_000_000
"""Bytes; a larger file is refused unless the caller allows more."""
MOST_CELLS = 2_000_000
SEPARATORS = (",", ";", "\t")
HEAD_ROWS = 12
"""Rows at the top in which the headings are sought."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PROBLEMS = {
    "size": "{value} bytes are too many",
    "encoding": "neither UTF-8, UTF-16 nor Windows-1252",
    "nul": "holds a NUL character",
    "empty": "no rows",
    "quotes": "quotation marks do not close",
    "column_missing": "column missing: {column}",
    "column_similar": "column missing: {column}; there is {value}",
    "heading_twice": "column {column} stands twice",
    "heading_empty": "a column without a heading",
    "cells": "{value} cells, not as many as headings",
}


class CsvError(ValueError):
    """A CSV file that cannot be read.

    Attributes
    ----------
    code : str
        ``size``, ``encoding``, ``nul``, ``empty``, ``quotes``, ``column_missing``, ``column_similar``,
        ``heading_twice``, ``heading_empty`` or ``cells``.
    row : int
        As a spreadsheet counts, the heading being 1; 0 for the file as a whole.
    column : str
        Heading, "" where the problem is that of a row or the file.
    value : str
        What stands there: the bytes of the file, a similar heading, or how many cells the row has.
    problem : str
        What is wrong, in English.
    """

    def __init__(self, code: str, row: int = 0, column: str = "", value: str = "") -> None:
        self.problem = _PROBLEMS[code].format(column=column, value=value)
        super().__init__(f"row {row}: {self.problem}" if row else self.problem)
        self.code, self.row, self.column, self.value = code, row, column, value


def read(content: bytes, columns: Sequence[str], largest: int = LARGEST) -> pd.DataFrame:
    r"""Read a CSV file whole, or refuse it whole.

    Parameters
    ----------
    content : bytes
        UTF-8 or UTF-16 with a byte order mark, else UTF-8, else Windows-1252; separated by comma, semicolon or tab.
    columns : sequence of str
        Headings that must be there, at least one; others are kept.
    largest : int
        Bytes that the file may have.

    Returns
    -------
    DataFrame
        Text without control characters, an empty cell is ""; the index is the row as a spreadsheet counts (the
        heading is 1). Rows without any text at the end, and empty cells beyond the last heading, are ignored.

    Raises
    ------
    CsvError
        Names the first problem.

    Examples
    --------
    >>> read(b"kode;nilai\r\n32.75;1\r\n;\r\n", ["kode", "nilai"]).to_dict("index")
    {2: {'kode': '32.75', 'nilai': '1'}}
    """
    head, *rows = _split(_checked(content, largest), columns)
    if not rows:
        raise CsvError("empty")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(head):
            raise CsvError("cells", number, value=str(len(row)))
    return pd.DataFrame(rows, columns=head, index=range(2, len(rows) + 2), dtype=str)


def rows_of(content: bytes, score: Callable[[list[list[str]]], int]) -> list[list[str]]:
    r"""All rows of a CSV file whose headings are not known beforehand, as they stand.

    Parameters
    ----------
    content : bytes
        As of `read`.
    score : callable
        How many known headings stand in the first rows; the separator with most of them is taken.

    Returns
    -------
    list of list of str
        Text without control characters; rows may differ in length.

    Raises
    ------
    CsvError

    Examples
    --------
    >>> rows_of(b"Data 2024\nkode;nilai\n32.75;1,5\n", lambda rows: sum("nilai" in row for row in rows))
    [['Data 2024'], ['kode', 'nilai'], ['32.75', '1,5']]
    """
    text = _checked(content, LARGEST)
    separator = _separator(text, score)
    if text.count(separator) + text.count("\n") > MOST_CELLS:
        raise CsvError("size", value=str(len(content)))
    return [_cleaned(row) for row in _parsed(text, separator)]


def separator_of(content: bytes, score: Callable[[list[list[str]]], int]) -> str:
    """What separates the cells of a CSV file that `rows_of` reads.

    Parameters
    ----------
    content, score : as there
    """
    return _separator(_checked(content, LARGEST), score)


def _cleaned(row: list[str]) -> list[str]:
    # Nearly all rows are clean, which is seen at once.
    return row if "".join(row).isprintable() else [cleaned(cell) for cell in row]


def _separator(text: str, score: Callable[[list[list[str]]], int]) -> str:
    return max(SEPARATORS, key=lambda one: score(_first(text, one)))


def _first(text: str, separator: str) -> list[list[str]]:
    try:
        return [[cleaned(cell) for cell in row] for row in islice(_parsed(text, separator), HEAD_ROWS)]
    except CsvError:
        return []


def _checked(content: bytes, largest: int) -> str:
    if len(content) > largest:
        raise CsvError("size", value=str(len(content)))
    text = _decoded(content)
    if "\0" in text:
        raise CsvError("nul", row=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _decoded(content: bytes) -> str:
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in marked or ["utf-8", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CsvError("encoding")


def _split(text: str, columns: Sequence[str]) -> list[list[str]]:
    """The heading and the rows, as the separator splits them that gives most of the columns."""
    heads = {separator: _heading(text, separator) for separator in SEPARATORS}
    separator = max(SEPARATORS, key=lambda one: len(set(columns) & set(heads[one])))
    head = heads[separator]
    if not head:
        next(_parsed(text, separator), None)
        raise CsvError("empty")
    twice = [name for position, name in enumerate(head) if name in head[:position]]
    if "" in head:
        raise CsvError("heading_empty", 1)
    if twice:
        raise CsvError("heading_twice", 1, twice[0])
    for column in columns:
        if column not in head:
            similar = difflib.get_close_matches(column.lower(), {name.lower(): name for name in head}, 1, 0.7)
            found = [name for name in head if name.lower() in similar]
            raise CsvError("column_similar" if found else "column_missing", 1, column, "".join(found[:1]))
    rows = [_cleaned(row) for row in _parsed(text, separator)][1:]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    beyond = len(head)
    return [head, *(row[:beyond] if not any(row[beyond:]) else row for row in rows)]


def _heading(text: str, separator: str) -> list[str]:
    """Headings without the empty ones at the end, none where quotation marks do not fit the separator."""
    try:
        head = [cleaned(cell).strip() for cell in next(_parsed(text, separator), [])]
    except CsvError:
        return []
    while head and not head[-1]:
        head.pop()
    return head


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    done = 0
    try:
        for row in rows:
            yield row
            done += 1
    except csv.Error:
        raise CsvError("quotes", done + 1) from None
