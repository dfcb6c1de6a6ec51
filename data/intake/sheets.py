"""What a file is by its bytes, and its rows: the name of a file tells nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from data.intake import csv_reader
from data.intake.geofile import read_features
from data.intake.problems import FileError, Problem
from data.intake.workbook import Book, Sheet, read_workbook

LARGEST = csv_reader.LARGEST
MAPS = ("geojson", "gpkg", "kml", "shapefile")
"""Kinds of file that hold features of a map."""
_SHAPE = re.compile(rb"\.shp", re.IGNORECASE)
_OTHERS = {
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "old_office",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"\x1f\x8b": "packed",
    b"7z\xbc\xaf": "packed",
    b"Rar!": "packed",
    b"{\\rt": "document",
}


def kind_of(content: bytes) -> str:
    """What a file is by its first bytes: xlsx, ods, csv, a kind of map, or another kind that is not read.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7"), kind_of(b"kode;nilai"), kind_of(b'{"type": "FeatureCollection"}')
    ('pdf', 'csv', 'geojson')
    """
    head = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    for mark, kind in _OTHERS.items():
        if head.startswith(mark):
            return kind
    if head.startswith(b"PK"):
        if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in content[:200]:
            return "ods"
        return "xlsx" if b"xl/workbook" in content else "shapefile" if _SHAPE.search(content) else "packed"
    if content.startswith(b"SQLite format 3\0"):
        return "gpkg"
    if head.startswith(b"{"):
        return "geojson"
    lowered = head[:200].lower()
    if b"<kml" in head.lower():
        return "kml"
    if lowered.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        return "web_page"
    return "csv"


def book_of(content: bytes, score: Callable[[list[list[str]]], int]) -> Book:
    """Read a file that somebody brought.

    Parameters
    ----------
    content : bytes
    score : callable
        How many known headings stand in the first rows of a CSV; it tells the separator.

    Raises
    ------
    FileError
        The file is not read at all.
    """
    if len(content) > LARGEST:
        raise FileError(Problem("size"))
    if not content.strip():
        raise FileError(Problem("empty"))
    kind = kind_of(content)
    if kind in ("xlsx", "ods"):
        return read_workbook(content, kind)
    if kind in MAPS:
        return read_features(content, kind)
    if kind != "csv":
        raise FileError(Problem(kind))
    if content.count(b"\0", 0, 2000) * 3 > min(len(content), 2000) and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise FileError(Problem("utf16"))
    try:
        return Book("csv", (Sheet("", csv_reader.rows_of(content, score)),))
    except csv_reader.CsvError as error:
        raise FileError(Problem(error.code, row=error.row, column=error.column, value=error.value)) from error
