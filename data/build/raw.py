"""The raw records as they come in, and how a fault in them is named: by file, row, column and value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

MOST_NAMED = 20
"""Problems of one file that a message lists; the rest is counted."""
LONGEST_ECHO = 60


@dataclass(frozen=True)
class Problem:
    """One fault of a raw file.

    Attributes
    ----------
    path : str
        File, below the raw folder.
    text : str
        What is wrong.
    row : int
        As a spreadsheet counts (the heading is 1); in a layer, the feature from 1. 0: the file as a whole.
    column, value : str
        Heading and cell, "" where there is none.
    """

    path: str
    text: str
    row: int = 0
    column: str = ""
    value: Any = ""

    def __str__(self) -> str:
        where = f"{self.path}, row {self.row}" if self.row else self.path
        if not self.column:
            return f"{where}: {self.text}"
        if not self.row:
            return f"{where}, column {self.column}: {self.text}"
        value = str(self.value)
        shown = repr(value[: LONGEST_ECHO - 1] + "…" if len(value) > LONGEST_ECHO else value)
        return f"{where}, column {self.column}: {shown} {self.text}"


class RawError(ValueError):
    """Raw records that cannot be used.

    Parameters
    ----------
    problems : str or iterable of Problem
        Of each file, the first `MOST_NAMED` are listed, one a line.
    """

    def __init__(self, problems: str | Iterable[Problem]) -> None:
        self.problems = () if isinstance(problems, str) else tuple(problems)
        super().__init__(problems if isinstance(problems, str) else _listed(self.problems))


@dataclass
class Raw:
    """The raw records, read and checked.

    Attributes
    ----------
    layer : GeoDataFrame
        The kelurahan, EPSG:4326, one row each.
    tables : dict of str to DataFrame
        By path: the columns that are used, text without control characters, numbers as float64 with NaN for an empty
        cell.
    hashes : dict of str to str
        By path: SHA-256 of the file.
    fingerprints : dict of str to dict
        By path: what was read of the file (`data.build.fingerprints`).
    """

    layer: gpd.GeoDataFrame = field(default_factory=gpd.GeoDataFrame)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __getitem__(self, path: str) -> pd.DataFrame:
        """A copy of the table of this path."""
        return self.tables[path].copy()

    def series(self, path: str, indicator: str, period: str = "") -> pd.Series:
        """One indicator of a long table (kode, indicator, value; period where it has several), by code.

        Parameters
        ----------
        path : of the table
        indicator : as the table calls it
        period : as the table calls it, empty where it has none
        """
        rows = self.tables[path]
        wanted = rows["indicator"].eq(indicator)
        return rows[wanted & rows["period"].eq(period) if period else wanted].set_index("kode")["value"]


def _listed(problems: Iterable[Problem]) -> str:
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.path, []).append(problem)
    lines = []
    for path, found in by_file.items():
        lines += [str(problem) for problem in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            lines.append(f"{path}: and {len(found) - MOST_NAMED} more")
    return "\n".join(lines)
