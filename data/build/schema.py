"""How a raw table is described, and the rows that do not fit the description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from data.build.named import Names, normal, short_name
from data.build.raw import Problem
from data.placing import locate
from geo.projection import METRIC, to_metric

INDONESIA = (94.0, -12.0, 142.0, 7.0)
"""West, south, east, north in degrees."""
STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=STRICT)
class Number:
    """Values that a number may have.

    Attributes
    ----------
    low, high : ends of the range, both allowed
    unit : for the sentence of a problem, empty for none
    whole : whether fractions are refused
    """

    low: float
    high: float
    unit: str = ""
    whole: bool = False

    def __str__(self) -> str:
        span = f"{self.low:g} to {self.high:,.15g} {self.unit}".strip()
        return f"a whole number from {span}" if self.whole else f"a number from {span}"


@dataclass(frozen=True, config=STRICT)
class Indicator(Number):
    """An indicator of a long table (kode, indicator, value, year), within the limits of `Number`.

    Attributes
    ----------
    years : what stands in the column year, or period where the table has one; empty for anything
    complete : whether every unit of `Schema.complete` has a value in every year
    """

    years: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True, config=STRICT)
class Column:
    """What a cell may hold.

    Attributes
    ----------
    number : limits of a number, None for text
    among : texts that are allowed, empty for any
    pattern : regular expression that fits the whole cell, empty for none
    level : the cell is the code of a unit of this level, empty for none
    kabkota : whether the cell is the written name of a kabkota
    empty : whether the cell may be empty
    """

    number: Number | None = None
    among: tuple[str, ...] = ()
    pattern: str = ""
    level: str = ""
    kabkota: bool = False
    empty: bool = False


@dataclass(frozen=True, config=STRICT)
class Schema:
    """What a table must hold.

    Attributes
    ----------
    columns : mapping of str to Column
        The columns that are read; others are ignored.
    key : tuple of tuple of str
        Columns in which no two rows may agree; rows that are empty in one of them do not count.
    indicators : mapping of str to Indicator or None
        Of a long table: every indicator, None where its values are not used.
    complete : tuple of str
        Of a long table: the kabkota of which no unit may be missing.
    rules : tuple of function
        What holds between cells, rows and tables; a rule refuses rows of the table that it is given.
    """

    columns: Mapping[str, Column]
    key: tuple[tuple[str, ...], ...] = ()
    indicators: Mapping[str, Indicator | None] = Field(default_factory=dict)
    complete: tuple[str, ...] = ()
    rules: tuple[Callable[[Table], None], ...] = ()


class Units:
    """What the boundary layer says of codes, names and places.

    Parameters
    ----------
    layer : GeoDataFrame
        The kelurahan, EPSG:4326.
    """

    def __init__(self, layer: gpd.GeoDataFrame) -> None:
        self.names = Names(layer)
        self.codes = {
            "kelurahan": pd.Index(layer["kode"]),
            "desa": pd.Index(layer.loc[layer["jenis"] == "desa", "kode"]),
            "kecamatan": pd.Index(layer["kode_kecamatan"].unique()),
            "kabkota": pd.Index(layer["kode_kabkota"].unique()),
        }
        area = layer.set_index("kode")["luas_km2"]
        self.km2 = pd.concat([area, area.groupby(area.index.str[:8]).sum(), area.groupby(area.index.str[:5]).sum()])
        self._layer = layer
        metric, own = layer.geometry.to_crs(METRIC).to_numpy(), layer["kode_kabkota"].to_numpy(dtype=object)
        self._land = {"": shapely.STRtree(metric)} | {
            kode: shapely.STRtree(metric[own == kode]) for kode in self.codes["kabkota"]
        }

    def km_outside(self, lon: pd.Series, lat: pd.Series, kabkota: pd.Series) -> pd.Series:
        """Kilometres from each point to the nearest edge of a kabkota, 0 inside.

        Parameters
        ----------
        lon, lat : Series of float
            Degrees, which share their index.
        kabkota : Series of str
            Code, "" for the whole layer.
        """
        inside = locate(lon, lat, self._layer).str[:5]
        away = ((kabkota != "") & (inside != kabkota)) | (inside == "")
        found = pd.Series(0.0, index=lon.index)
        points = pd.Series(shapely.points(*to_metric(lon[away], lat[away])), index=found.index[away])
        for kode, those in points.groupby(kabkota[away]):
            (which, _), metres = self._land[str(kode)].query_nearest(
                those.to_numpy(), return_distance=True, all_matches=False
            )
            found[those.index[which]] = metres / 1000
        return found


class Findings:
    """What is wrong with a table.

    Attributes
    ----------
    path : str
        File, below the raw folder.
    text : DataFrame
        As it was read; the index is the row that a problem names.
    problems : list of Problem
    """

    def __init__(self, path: str, text: pd.DataFrame) -> None:
        self.path, self.text = path, text
        self.problems: list[Problem] = []

    def refuse(self, bad: pd.Series | np.ndarray, column: str, text: str | pd.Series) -> None:
        """Note a problem for every row that is bad; `text` may differ by row.

        Parameters
        ----------
        bad : bool by row
        column : in which the cell stands that is named
        text : what is wrong, the same for all or by row
        """
        for row, cell in self.text.loc[np.asarray(bad, dtype=bool), column].items():
            why = text if isinstance(text, str) else text[row]
            self.problems.append(Problem(self.path, why, int(row), column, cell))

    def missing(self, text: str, column: str = "") -> None:
        """Note a problem that stands in no row."""
        self.problems.append(Problem(self.path, text, column=column))


class Table(Findings):
    """A raw table while it is checked.

    Attributes
    ----------
    frame : DataFrame
        `text` with its numbers as float64.
    units : Units
    others : mapping of str to DataFrame
        Tables that were checked before, by path.
    """

    def __init__(self, path: str, text: pd.DataFrame, units: Units, others: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(path, text)
        self.frame, self.units, self.others = text.copy(), units, others

    def wide(self) -> dict[str, pd.DataFrame]:
        """Values of a long table by date: one row a code, one column an indicator; ``km2`` is the area of the unit.

        A table without a column ``period`` is taken as a whole, with the last year of each value.
        """
        dates = self.frame.groupby("period") if "period" in self.frame else [("", self.frame)]
        return {
            str(date): pd.DataFrame(
                {name: _latest(own, str(name)) for name, own in rows.groupby("indicator", sort=False)}
            ).assign(km2=self.units.km2)
            for date, rows in dates
        }

    def series(self, indicator: str, path: str = "") -> pd.Series:
        """Values of an indicator of this table, or of the one at `path`, by code; empty when that was not read."""
        frame = self.others.get(path) if path else self.frame
        return pd.Series(dtype="float64") if frame is None else _latest(frame, indicator)

    def refuse_units(self, bad: pd.Series, indicator: str, text: str, date: str = "") -> None:
        """Note a problem for the value that an indicator of a long table has for every code that is bad.

        Parameters
        ----------
        bad : bool by code
        indicator : whose value is named
        text : what is wrong
        date : period of the value, empty for all
        """
        codes = bad.index[bad.to_numpy(dtype=bool)]
        own = self.frame["indicator"].eq(indicator) & self.frame["kode"].isin(codes)
        self.refuse(own & self.frame["period"].eq(date) if date else own, "value", text)


def _dates(frame: pd.DataFrame) -> pd.Series:
    """When each value of a long table was counted."""
    return frame["period" if "period" in frame else "year"]


def _latest(frame: pd.DataFrame, indicator: str) -> pd.Series:
    """Values of an indicator by code, of the last date where there are several."""
    own = frame[frame["indicator"] == indicator]
    own = own.loc[_dates(own).sort_values(kind="stable").index]
    return own.drop_duplicates("kode", keep="last").set_index("kode")["value"].sort_index()


def check(path: str, text: pd.DataFrame, schema: Schema, units: Units, others: Mapping[str, pd.DataFrame]) -> Table:
    """Check a table.

    Parameters
    ----------
    path : str
        Of the file, below the raw folder.
    text : DataFrame
        All cells as text; the index is the row that a problem names.
    schema : Schema
        What the table must hold.
    units : Units
        Codes, names and places of the boundary layer.
    others : mapping of str to DataFrame
        Tables that rules compare with, by path.

    Returns
    -------
    Table
        With its problems, none when it can be used.
    """
    table = Table(path, text[list(schema.columns)], units, others)
    for name, column in schema.columns.items():
        _check_cells(table, name, column)
    for key in schema.key:
        filled = (table.text[list(key)] != "").all(axis=1)
        twice = table.text.duplicated(list(key)) & filled
        table.refuse(
            twice, key[-1], "stands twice" if len(key) == 1 else f"stands twice with the same {', '.join(key[:-1])}"
        )
    if schema.indicators:
        _check_long(table, schema)
    # A rule may rely on cells that are of the right kind.
    if not table.problems:
        for rule in schema.rules:
            rule(table)
    return table


def numbers(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Text as float64 with NaN for an empty cell, and which cells are neither empty nor a finite number."""
    stripped = text.str.strip()
    values = pd.to_numeric(stripped, errors="coerce").astype("float64")
    return values, (stripped != "") & ~np.isfinite(values)


def _check_cells(table: Table, name: str, column: Column) -> None:
    text = table.text[name]
    filled = text.str.strip() != ""
    if not column.empty:
        table.refuse(~filled, name, "is empty")
    if column.number:
        table.frame[name] = _check_numbers(table, name, numbers(text), filled, column.number)
        return
    if column.among:
        table.refuse(filled & ~text.isin(column.among), name, f"is none of: {', '.join(column.among)}")
    if column.pattern:
        table.refuse(filled & ~text.str.fullmatch(column.pattern), name, f"is not of the form {column.pattern}")
    if column.level:
        table.refuse(filled & ~text.isin(table.units.codes[column.level]), name, f"is the code of no {column.level}")
    if column.kabkota:
        table.refuse(filled & text.map(table.units.names.kabkota).eq(""), name, "is the name of no kabkota")


def _check_numbers(
    table: Table, name: str, read: tuple[pd.Series, pd.Series], wanted: pd.Series, number: Number
) -> pd.Series:
    """The wanted of the cells that `numbers` has read as float64, the others NaN."""
    values, none = read[0].where(wanted), read[1] & wanted
    table.refuse(none, name, "is not a number")
    apart = ~none & wanted & ~values.between(number.low, number.high)
    if number.whole:
        apart |= ~none & wanted & (values % 1 != 0)
    table.refuse(apart, name, f"is not {number}")
    return values


def _check_long(table: Table, schema: Schema) -> None:
    frame, units = table.frame, table.units
    table.refuse(~frame["indicator"].isin(list(schema.indicators)), "indicator", "is not known")
    codes = units.codes[schema.columns["kode"].level]
    codes = codes[codes.str[:5].isin(schema.complete)].to_numpy(dtype=object)
    value = pd.Series(np.nan, index=frame.index)
    filled, read = table.text["value"].str.strip().ne(""), numbers(table.text["value"])
    kode, when = (column.to_numpy(dtype=object) for column in (frame["kode"], _dates(frame)))
    for name, indicator in schema.indicators.items():
        if indicator is None:
            continue
        own = frame["indicator"].eq(name)
        table.refuse(own & ~filled, "value", "is empty")
        value = value.where(~own, _check_numbers(table, "value", read, own & filled, indicator))
        if indicator.years:
            dates = _dates(frame)
            table.refuse(
                own & ~dates.isin(indicator.years), str(dates.name), f"is none of: {', '.join(indicator.years)}"
            )
        if indicator.complete:
            there = {(code, year if indicator.years else "") for code, year in zip(kode[own], when[own], strict=True)}
            for code, year in product(codes, indicator.years or ("",)):
                if (code, year) not in there:
                    of = f"{name} of {code} ({units.names.name(code)})" + (f" in {year}" if year else "")
                    table.missing(f"{of} is missing")
    frame["value"] = value
    _check_names(table)


def _check_names(table: Table) -> None:
    """The names beside a code are those of its unit."""
    names = table.units.names
    for column, digits in (("nama", 13), ("kecamatan", 8), ("kabkota", 5)):
        if column in table.text:
            code = table.text["kode"].str[:digits]
            own = _mapped(code, lambda each: normal(names.name(each)))
            written = _mapped(table.text[column], lambda each: normal(short_name(each)))
            differs = (written != own) & (written != "kota" + own) & (own != "")
            table.refuse(differs, column, "is not the name of " + code)


def _mapped(text: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """What a function makes of every text, asked once of each that repeats."""
    return text.map({each: function(each) for each in text.unique()}).astype(text.dtype)
