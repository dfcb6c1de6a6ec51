"""Before and after: figures of two years are paired only where they were counted in the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import pandas as pd

CHANGE_COLUMNS = ("kode", "definition", "from", "to", "before", "after", "change", "relative", "quality")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Refusal:
    """Two vintages that stand side by side and are not compared.

    Attributes
    ----------
    code : definisi (counted in different ways), masa (same way, but another part of the year)
    first, second : definition and period of each, the older one first
    kodes : the units for which both are known
    """

    code: Literal["definisi", "masa"]
    first: tuple[str, str]
    second: tuple[str, str]
    kodes: tuple[str, ...]


@dataclass(frozen=True)
class Vintages:
    """Result of `compare_vintages`.

    Attributes
    ----------
    definition : the way of counting that is shown; None where nothing may be paired
    years : the years that can be chosen, ascending; empty where nothing may be paired
    changes : a row a unit with a value at both ends: kode, definition, from, to (years), before, after, change (unit of
        the series), relative (share of before, missing where that is zero), quality (the lower of both)
    path : every value of the definition shown, by kode and year
    unknown : units without a value at one of the two ends
    refused : what may not be paired, oldest first
    """

    definition: str | None
    years: tuple[int, ...]
    changes: pd.DataFrame
    path: pd.DataFrame
    unknown: tuple[str, ...]
    refused: tuple[Refusal, ...]


def compare_vintages(
    values: pd.DataFrame, kodes: Sequence[str], first: int | None = None, last: int | None = None
) -> Vintages:
    """Pair the vintages of one series for some units.

    Two values are paired where definition and part of the year are the same (all of 2014 with all of 2015, September
    with September). All units are read at the same two years, so that no side is given a longer stretch.

    Parameters
    ----------
    values : of one series: kode, year, period (YYYY, YYYY-MM, YYYY-MM-DD, or two of these with a slash), value,
        definition, quality
    kodes : units to pair, such as the sides of a border
    first, last : years of the pair; None or a year without values: the outermost ones

    Returns
    -------
    Vintages
        Where several definitions have two years or more, the one with the most units and then the most years is shown.

    Raises
    ------
    ValueError
        A unit has two values for one definition and period.

    Examples
    --------
    >>> rows = [("a", 2014, "2014-09", 4.0, "x", "tinggi"), ("a", 2015, "2015-09", 5.0, "x", "tinggi")]
    >>> rows += [("a", 2021, "2021", 9.0, "y", "rendah")]
    >>> table = pd.DataFrame(rows, columns=["kode", "year", "period", "value", "definition", "quality"])
    >>> found = compare_vintages(table, ["a"])
    >>> found.changes[["from", "to", "change", "relative"]]
       from    to  change  relative
    0  2014  2015     1.0      0.25
    >>> [(r.code, r.second[0]) for r in found.refused]
    [('definisi', 'y')]
    """
    own = values[values["kode"].isin(list(kodes)) & values["value"].notna()]
    if own.duplicated(["kode", "definition", "period"]).any():
        raise ValueError("a unit has two values for one definition and period")
    own = own.assign(part=own["period"].map(lambda p: _YEAR.sub("", p)))
    refused = _refusals(own)
    groups = {
        key: rows
        for key, rows in own.groupby(["definition", "part"], sort=True)
        if (rows.groupby("kode")["year"].nunique() > 1).any()
    }
    if not groups:
        return Vintages(None, (), _changes([]), own.iloc[0:0], tuple(kodes), refused)
    shown = max(groups.values(), key=lambda rows: (rows["kode"].nunique(), rows["year"].nunique()))
    years = tuple(sorted(int(y) for y in shown["year"].unique()))
    start = first if first in years[:-1] else years[0]
    end = last if last in years[1:] else years[-1]
    if start >= end:
        start, end = years[0], years[-1]
    rows, unknown = [], []
    for kode in kodes:
        line = shown[shown["kode"] == kode].set_index("year")
        if start in line.index and end in line.index:
            rows.append(_change(str(kode), line, start, end))
        else:
            unknown.append(str(kode))
    path = shown.drop(columns="part").sort_values(["kode", "year"], ignore_index=True)
    return Vintages(str(shown["definition"].iloc[0]), years, _changes(rows), path, tuple(unknown), refused)


def periods_of(vintages: pd.DataFrame, series: str, level: str, sides: Sequence[str]) -> tuple[str, ...]:
    """The periods for which every side has values at a level, newest first.

    Parameters
    ----------
    vintages : of all series: series, kode, level, period
    series, level : what is looked for
    sides : kode of each kabkota
    """
    own = vintages[(vintages["series"] == series) & (vintages["level"] == level)]
    known = own["kode"].str[:5].groupby(own["period"]).agg(set)
    return tuple(sorted((str(period) for period, found in known.items() if found >= set(sides)), reverse=True))


def at_period(values: pd.DataFrame, vintages: pd.DataFrame, series: str, period: str) -> pd.DataFrame:
    """The values of an indicator as they were published for another period; units without one are left out.

    Parameters
    ----------
    values : of the indicator by kode, as it stands
    vintages : of all series: series, kode, level, year, period, value, quality, source
    series, period : which values are taken
    """
    own = vintages[(vintages["series"] == series) & (vintages["period"] == period)].set_index("kode")
    own = own[own.index.isin(values.index)]
    same = values.loc[own.index].assign(low=float("nan"), high=float("nan"), note="")
    return same.assign(**{name: own[name] for name in ("value", "year", "quality", "source")}, method="langsung")


def _change(kode: str, line: pd.DataFrame, start: int, end: int) -> tuple[object, ...]:
    before, after = (float(line["value"].loc[year]) for year in (start, end))
    order = ("tinggi", "sedang", "rendah")
    quality = max((str(line.at[y, "quality"]) for y in (start, end)), key=order.index)
    relative = (after - before) / before if before > 0 else float("nan")
    return kode, str(line.at[start, "definition"]), start, end, before, after, after - before, relative, quality


def _changes(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))


def _refusals(own: pd.DataFrame) -> tuple[Refusal, ...]:
    """Neighbours in time that differ in definition or part of the year, a row a pair of vintages."""
    found: dict[tuple[tuple[str, str], tuple[str, str]], list[str]] = {}
    for kode, rows in own.groupby("kode"):
        ordered = rows.sort_values(["year", "period", "definition"], kind="stable")
        steps = list(zip(ordered["definition"], ordered["period"], ordered["part"], strict=True))
        for (definition, period, part), (other, later, other_part) in pairwise(steps):
            if definition != other or part != other_part:
                found.setdefault(((definition, period), (other, later)), []).append(str(kode))
    ordered_keys = sorted(found, key=lambda pair: (pair[0][1], pair[1][1], pair))
    return tuple(
        Refusal("definisi" if first[0] != second[0] else "masa", first, second, tuple(found[first, second]))
        for first, second in ordered_keys
    )
