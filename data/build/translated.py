"""Text of the raw records in Indonesian: tables beside the code, each row tied to the text that it translates."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from data.intake import csv_reader


def fingerprint(*cells: str) -> str:
    """Short hash of the cells that a translation was made from."""
    return hashlib.sha256("|".join(cells).encode()).hexdigest()[:8]


def keyed(rows: pd.DataFrame, letter: str, columns: list[str]) -> pd.DataFrame:
    """Rows with ``id`` (the letter and the number of the row) and ``hash`` (`fingerprint` of the columns).

    Parameters
    ----------
    rows : of a raw table, all text
    letter : with which the ids begin
    columns : that are translated
    """
    return rows.assign(
        id=[f"{letter}{number:03d}" for number in range(1, len(rows) + 1)],
        hash=[fingerprint(*cells) for cells in rows[columns].itertuples(index=False)],
    )


def read(file: Path) -> pd.DataFrame:
    """A table of translations: id, hash and the translated columns, all text."""
    return csv_reader.read(file.read_bytes(), ["id", "hash"])
