"""What must hold in a raw table between cells, rows and tables. Every function makes a rule for `Schema.rules`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pandas as pd

from data.build import translated
from data.build.schema import INDONESIA, Table, Units

Rule = Callable[[Table], None]

NEAR_KM = 1.0
"""A point may stand so far outside the area that a record states: the boundaries are simplified at source."""


def rows(column: str, problem: str, holds: Callable[[pd.DataFrame, Units], pd.Series]) -> Rule:
    """Something holds for every row; a row for which it does not is refused at this column."""

    def rule(table: Table) -> None:
        table.refuse(~holds(table.frame, table.units), column, problem)

    return rule


def values(problem: str, holds: Callable[..., pd.Series], *indicators: str) -> Rule:
    """Something holds between the values of one unit in a long table.

    Parameters
    ----------
    holds : function
        Takes the area of the unit in the boundary layer (km2), then each indicator, all as Series by code.
    indicators : str
        A unit for which it does not hold is refused at the first of them.
    """

    def rule(table: Table) -> None:
        wide = table.wide(indicators)
        ok = holds(table.units.km2.reindex(wide.index), *(wide[name] for name in indicators))
        table.refuse_units(~ok, indicators[0], problem)

    return rule


def adds_up(total: str, *parts: str) -> Rule:
    """The parts of a unit add up to its total exactly."""
    problem = f"is not the sum of {' + '.join(parts)}"
    return values(problem, lambda km2, whole, *some: (whole - sum(some)).abs() <= 0.5, total, *parts)


def between(low: float, high: float, indicator: str, by: str, path: str = "", what: str = "ratio") -> Rule:
    """An indicator divided by another one (of the table at `path`, else of this one) lies in a range for every unit."""

    def rule(table: Table) -> None:
        own, other = table.wide([indicator])[indicator], table.other(path, by)
        ratio = own / other.reindex(own.index)
        beside = f"{by} in {path}" if path else by
        problem = f"does not fit {beside}: {what} outside {low:g} to {high:g}"
        table.refuse_units(ratio.notna() & ~ratio.between(low, high), indicator, problem)

    return rule


def sums_between(low: float, high: float, indicator: str, by: str, path: str) -> Rule:
    """The sum of every kabkota, divided by its value in the table at `path`, lies in a range."""

    def rule(table: Table) -> None:
        own = table.wide([indicator])[indicator]
        total = own.groupby(own.index.str[:5]).sum()
        other = table.other(path, by).reindex(total.index)
        for code in total.index[other.notna() & ~(total / other).between(low, high)]:
            table.missing(
                f"{indicator} of {table.units.names.name(code)} adds up to {total[code]:,.0f}, beside"
                f" {other[code]:,.0f} ({by}) in {path}: ratio outside {low:g} to {high:g}",
                "value",
            )

    return rule


def points(stated: str, flag: str, absent: Collection[str], astray: str = "", doubtful: str = "") -> Rule:
    """Latitude and longitude are there, in Indonesia and where the row says that the place is.

    Parameters
    ----------
    stated : str
        Column with the name of the kabkota, "" where a row does not say it.
    flag : str
        Column that says what the point is worth.
    absent : collection of str
        Its values for a row without a point.
    astray : str
        Its value for a point that the file itself calls wrong, which is not used.
    doubtful : str
        ``source_id`` of a list whose points need not lie in the stated kabkota.
    """

    def rule(table: Table) -> None:
        frame = table.frame
        lat, lon = frame["lat"], frame["lon"]
        none, without = lat.isna() & lon.isna(), frame[flag].isin(absent)
        table.refuse(lat.isna() & lon.notna(), "lat", "is empty beside a longitude")
        table.refuse(lon.isna() & lat.notna(), "lon", "is empty beside a latitude")
        table.refuse(none & ~without, "lat", f"is empty although {flag} is " + frame[flag])
        table.refuse(~none & without, flag, "although the row has a point")
        west, south, east, north = INDONESIA
        swapped = lat.between(west, east) & lon.between(south, north)
        table.refuse(swapped, "lat", "is a longitude: latitude and longitude are swapped")
        seen = lat.notna() & lon.notna() & ~swapped & (frame[flag] != astray)
        table.refuse(seen & ~lat.between(south, north), "lat", "is no latitude of Indonesia (12 south to 7 north)")
        table.refuse(seen & ~lon.between(west, east), "lon", "is no longitude of Indonesia (94 to 142 east)")
        seen &= lat.between(south, north) & lon.between(west, east)
        code = frame[stated].map(table.units.names.kabkota)
        if doubtful:
            code = code.where(frame["source_id"] != doubtful, "")
        km = table.units.km_outside(lon[seen], lat[seen], code[seen]).reindex(frame.index).fillna(0)
        where = frame[stated].where(code != "", "all kelurahan")
        table.refuse(km > NEAR_KM, "lat", "and the longitude lie " + km.map("{:.1f}".format) + " km outside " + where)

    return rule


def every_unit(level: str, kabkota: str, kecamatan: str, codes: Mapping[str, str]) -> Rule:
    """The named kecamatan are known, and every kabkota has as many rows as units of a level.

    Parameters
    ----------
    kabkota, kecamatan : str
        Columns.
    codes : mapping of str to str
        What stands in the column of the kabkota to its code; nothing else may, and none may be missing.
    """

    def rule(table: Table) -> None:
        names, frame = table.units.names, table.frame
        code = frame[kabkota].map(codes).fillna("")
        table.refuse(code == "", kabkota, f"is none of: {', '.join(codes)}")
        known = [bool(names.kecamatan(*pair)) for pair in zip(code, frame[kecamatan], strict=True)]
        table.refuse(
            (code != "") & ~pd.Series(known, index=frame.index), kecamatan, "is not a kecamatan of its kabkota"
        )
        wanted = table.units.codes[level].str[:5]
        for one in codes.values():
            here, there = int((code == one).sum()), int((wanted == one).sum())
            if here != there:
                table.missing(f"{here} rows of {names.name(one)}, which has {there} {level}", kecamatan)

    return rule


def translated_in(file: Path, letter: str, columns: list[str]) -> Rule:
    """Every row has a translation that was made from its present text, and every translation has its row."""

    def rule(table: Table) -> None:
        known = translated.read(file).set_index("id")["hash"]
        own = translated.keyed(table.text, letter, columns)
        stale = own["hash"].to_numpy() != own["id"].map(known).to_numpy()
        table.refuse(stale, columns[-1], f"is not the text that {file.name} translates")
        for id_ in sorted(set(known.index) - set(own["id"])):
            table.missing(f"{file.name} translates a row {id_} that is not there")

    return rule
