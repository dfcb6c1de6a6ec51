"""Headline numbers of the last edition beside today's, docs/edisi.csv: what changed, and why."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from data.catalogue import Text

FILE = Path(__file__).parents[1] / "docs" / "edisi.csv"


@dataclass(frozen=True)
class Value:
    """A number and its range.

    Attributes
    ----------
    value : the number, in the unit of its `Change`
    low, high : ends of the range, None without one
    """

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Change:
    """One number before and after.

    Attributes
    ----------
    id : its name
    what, unit, reason : what is counted, in which unit, and why it is another number now
    decimals, end_decimals : that are printed, of the number and of the ends of its range
    before, after : in the last edition and in this one
    """

    id: str
    what: Text
    unit: Text
    reason: Text
    decimals: int
    end_decimals: int
    before: Value
    after: Value


@cache
def changes(corridor: str) -> tuple[Change, ...]:
    """Rows of a corridor, in the order of the file; none where nothing was written down.

    Parameters
    ----------
    corridor : its id
    """
    rows = pd.read_csv(FILE)
    return tuple(_change(row) for row in rows[rows["corridor"] == corridor].to_dict("records"))


def _change(row: Mapping[Hashable, Any]) -> Change:
    def text(name: str) -> Text:
        return Text(id=str(row[f"{name}_id"]), en=str(row[f"{name}_en"]))

    def value(when: str) -> Value:
        first, low, high = (float(row[f"{when}{end}"]) for end in ("", "_low", "_high"))
        return Value(first, None if low != low else low, None if high != high else high)

    decimals, ends = int(row["decimals"]), int(row["end_decimals"])
    return Change(
        str(row["id"]), text("what"), text("unit"), text("reason"), decimals, ends, value("before"), value("after")
    )
