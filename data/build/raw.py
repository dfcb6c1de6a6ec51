"""Reading raw files: everything is text until checked, and a fault is named by file, row and column."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd


class RawError(ValueError):
    """A raw file that cannot be used; the message names file, row (as in an editor) and column."""


class Raw:
    """A folder of raw files; remembers the content hash of each file that was read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.hashes: dict[str, str] = {}

    def table(self, path: str, columns: Iterable[str], numbers: Iterable[str] = ()) -> pd.DataFrame:
        """Read a CSV file as text, an empty cell as "".

        Parameters
        ----------
        path : str
            Below the raw folder.
        columns : iterable of str
            Columns that must be there.
        numbers : iterable of str
            Columns that become float64, an empty cell NaN.
        """
        file = self._file(path)
        try:
            with file.open(encoding="utf-8", newline="") as stream:
                head, *rows = csv.reader(stream, strict=True)
        except (csv.Error, UnicodeDecodeError, ValueError) as error:
            raise RawError(f"{path}: not a readable CSV file: {error}") from error
        missing = [column for column in columns if column not in head]
        if missing:
            raise RawError(f"{path}, row 1: column missing: {', '.join(missing)}")
        for position, row in enumerate(rows, start=2):
            if len(row) != len(head):
                raise RawError(f"{path}, row {position}: {len(row)} cells, {len(head)} expected")
        frame = pd.DataFrame(rows, columns=head, dtype=str)
        if frame.empty:
            raise RawError(f"{path}: no rows")
        for column in numbers:
            frame[column] = number(frame[column], path)
        return frame

    def layer(self, path: str, columns: Iterable[str]) -> gpd.GeoDataFrame:
        """Read a GeoParquet layer in EPSG:4326."""
        file = self._file(path)
        try:
            frame = gpd.read_parquet(file)
        except (ValueError, OSError) as error:
            raise RawError(f"{path}: not a readable GeoParquet file: {error}") from error
        missing = [column for column in columns if column not in frame]
        if missing:
            raise RawError(f"{path}: column missing: {', '.join(missing)}")
        if frame.crs is None or frame.crs.to_epsg() != 4326:
            raise RawError(f"{path}, column geometry: EPSG:4326 expected, not {frame.crs}")
        bad = frame.geometry.isna() | frame.geometry.is_empty | ~frame.geometry.is_valid
        if bad.any():
            raise RawError(f"{path}, row {int(bad.argmax()) + 1}, column geometry: missing or invalid")
        return frame

    def _file(self, path: str) -> Path:
        file = self.root / path
        if not file.is_file():
            raise RawError(f"{path}: file not found in {self.root}")
        self.hashes[path] = hashlib.sha256(file.read_bytes()).hexdigest()
        return file


def number(text: pd.Series, path: str) -> pd.Series:
    """Text to float64; an empty cell is NaN, anything else that is not a finite number is an error."""
    stripped = text.str.strip()
    values = pd.to_numeric(stripped, errors="coerce").astype("float64")
    bad = (values.isna() | values.abs().eq(float("inf"))) & (stripped != "")
    if bad.any():
        row = int(bad.argmax())
        raise RawError(f"{path}, row {row + 2}, column {text.name}: {text.iloc[row]!r} is not a number")
    return values


def require(ok: pd.Series, path: str, column: str, problem: str, values: pd.Series) -> None:
    """Raise for the first row that is not ok."""
    if not ok.all():
        row = int((~ok).argmax())
        raise RawError(f"{path}, row {row + 2}, column {column}: {values.iloc[row]!r} {problem}")
