"""What must hold in a raw table between cells, rows and tables: every function in `RULES` makes a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import validate_call

from data.build import translated
from data.build.facts import names_in
from data.build.schema import INDONESIA, Table

Rule = Callable[[Table], None]

NEAR_KM = 1.0
"""A point may stand so far outside the area that a record states: the boundaries are simplified at source."""


def made(entry: Mapping[str, Any]) -> Rule:
    """The rule that an entry of schemas.yaml names, with its arguments by place or by name.

    Raises
    ------
    ValueError
        There is no such rule, or it takes no such arguments (`pydantic.ValidationError`).
    """
    (name, arguments), *more = entry.items()
    if more or name not in RULES:
        raise ValueError(f"not a rule: {', '.join(entry)}")
    return RULES[name](**arguments) if isinstance(arguments, dict) else RULES[name](*arguments)


def rows(column: str, problem: str, holds: str) -> Rule:
    """An expression of columns (`DataFrame.eval`) holds in every row; a row where it does not is refused there.

    Parameters
    ----------
    column : where the problem is named
    problem : what is wrong, after the value of the cell
    holds : the expression
    """

    def rule(table: Table) -> None:
        table.refuse(_fails(table.frame, holds), column, problem)

    return rule


def values(indicator: str, problem: str, holds: str) -> Rule:
    """An expression of the indicators of a long table (and ``km2``) holds for every unit, or it is refused there.

    Parameters
    ----------
    indicator : where the problem is named
    problem : what is wrong, after the value of the unit
    holds : the expression
    """

    def rule(table: Table) -> None:
        for date, wide in table.wide().items():
            table.refuse_units(_fails(wide, holds), indicator, problem, date)

    return rule


def _fails(frame: pd.DataFrame, holds: str) -> pd.Series:
    return ~pd.Series(frame.eval(holds, engine="python"), dtype=bool)


def adds_up(total: str, *parts: str) -> Rule:
    """The parts of a unit add up to its total exactly."""
    return values(total, f"is not the sum of {' + '.join(parts)}", f"abs({total} - ({' + '.join(parts)})) <= 0.5")


def between(low: float, high: float, indicator: str, by: str, path: str = "", what: str = "ratio") -> Rule:
    """An indicator divided by another one lies in a range for every unit.

    Parameters
    ----------
    low, high : ends of the range, both allowed
    indicator : what is divided, and where the problem is named
    by : indicator that it is divided by
    path : of the table with that one, empty for the same table
    what : the ratio, in words of the problem
    """

    def rule(table: Table) -> None:
        own, other = table.series(indicator), table.series(by, path)
        ratio = own / other.reindex(own.index)
        beside = f"{by} in {path}" if path else by
        problem = f"does not fit {beside}: {what} outside {low:g} to {high:g}"
        table.refuse_units(ratio.notna() & ~ratio.between(low, high), indicator, problem)

    return rule


def sums_between(low: float, high: float, indicator: str, by: str, path: str) -> Rule:
    """The sum of every kabkota, divided by its value in the table at `path`, lies in a range.

    Parameters
    ----------
    low, high : ends of the range, both allowed
    indicator : what is summed up
    by : indicator of the kabkota that it is divided by
    path : of the table with that one
    """

    def rule(table: Table) -> None:
        own = table.series(indicator)
        total = own.groupby(own.index.str[:5]).sum()
        other = table.series(by, path).reindex(total.index)
        for code in total.index[other.notna() & ~(total / other).between(low, high)]:
            table.missing(
                f"{indicator} of {table.units.names.name(code)} adds up to {total[code]:,.0f}, beside"
                f" {other[code]:,.0f} ({by}) in {path}: ratio outside {low:g} to {high:g}",
                "value",
            )

    return rule


def points(stated: str, flag: str, absent: Sequence[str], astray: str = "", doubtful: str = "") -> Rule:
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
    level : str
        Of the units that are counted: kelurahan or kecamatan.
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


def code_inside(column: str, digits: int, other: str) -> Rule:
    """The code of an area, where there is one, begins with that of another column, a code or the name of a kabkota.

    Parameters
    ----------
    column : with codes, or empty cells
    digits : characters of the code that are compared: 5 for kabkota, 8 for kecamatan
    other : column with a code of so many characters, or the name of a kabkota
    """

    def rule(table: Table) -> None:
        frame, kabkota = table.frame, table.units.names.kabkota
        within = frame[other].map(lambda cell: kabkota(cell) or cell)
        table.refuse(frame[column].ne("") & frame[column].str[:digits].ne(within), column, f"is not in its {other}")

    return rule


def official_code(column: str, kabkota: str) -> Rule:
    """The official code of a puskesmas, where there is one, begins with the digits of its kabkota."""

    def rule(table: Table) -> None:
        code, digits = table.frame[column], table.frame[kabkota].map(table.units.names.kabkota).str.replace(".", "")
        table.refuse(code.ne("") & code.str[1:5].ne(digits), column, f"is not of its {kabkota}")

    return rule


def names_kabkota(column: str) -> Rule:
    """Every name in a cell is that of a kabkota."""

    def rule(table: Table) -> None:
        known = table.frame[column].map(lambda text: all(map(table.units.names.kabkota, names_in(text))))
        table.refuse(~known, column, "names a kabkota that is not known")

    return rule


def translated_in(file: Path, letter: str, columns: list[str]) -> Rule:
    """Every row has a translation, made from its present text, in a file of this folder; every translation its row.

    Parameters
    ----------
    file : CSV of the translations, beside this module
    letter : with which the ids of its rows begin
    columns : whose text is translated; a problem is named at the last
    """
    path = Path(__file__).parent / file

    def rule(table: Table) -> None:
        known = translated.read(path).set_index("id")["hash"]
        own = translated.keyed(table.text, letter, columns)
        stale = own["hash"].to_numpy() != own["id"].map(known).to_numpy()
        table.refuse(stale, columns[-1], f"is not the text that {path.name} translates")
        for id_ in sorted(set(known.index) - set(own["id"])):
            table.missing(f"{path.name} translates a row {id_} that is not there")

    return rule


RULES: Mapping[str, Callable[..., Rule]] = {
    rule.__name__: validate_call(rule)
    for rule in (
        adds_up, between, code_inside, every_unit, names_kabkota, official_code, points, rows, sums_between,
        translated_in, values,
    )
}  # fmt: skip
"""What schemas.yaml may name."""
