"""The shipped tables, read once and shared by all sessions, which must not change them.

The tables are described column by column in data/README.md. Nothing here needs the raw records or a network.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow
import pyarrow.parquet as pq

from data import catalogue as catalogue_module
from data.catalogue import Catalogue, CatalogueError, Corridor, Indicator, Standard
from data.corridors import border_of
from data.intake import csv_reader
from data.land import Land
from data.layers import Layers
from data.placing import located
from data.text import cleaned
from data.versions import MONOGRAPH, REPLACED, Published
from geo.borders import CODE_LENGTH, TOUCHING, beside
from geo.distances import share_beyond
from geo.grid import Grid, grid_of
from geo.outlines import Ring, paths, rings
from geo.projection import METRIC

SHIPPED = Path(__file__).parent / "shipped"
DATA_FILES = {".csv", ".json", ".parquet", ".yaml"}
DEFAULT_INDICATOR = "jarak_sd"

# Arrow's own allocator keeps what it once took: fifty megabytes a process after the reading of the tables.
pyarrow.set_memory_pool(pyarrow.system_memory_pool())


@dataclass(frozen=True)
class Border:
    """The units on all sides of one border, and which of them lie at its line.

    Attributes
    ----------
    corridor : its sides, in the order in which they are shown
    units : by level, a DataFrame by kode with the columns of that level and kode_kabkota, kode_kecamatan, people, low,
        high (range of the people), people_earlier (at the date of the register before that), a bool for every border
        set, distance_m and typical_m (metres to the line)
    pairs : all neighbouring kelurahan: kode_a, kode_b, kode_kabkota_a, kode_kabkota_b, shared_m
    line_m : length of the line in metres, None for an area without a line of its own
    """

    corridor: Corridor
    units: Mapping[str, pd.DataFrame]
    pairs: pd.DataFrame
    line_m: float | None

    @cached_property
    def neighbours(self) -> frozenset[str]:
        """kode_kabkota that touch a side, beyond the sides themselves."""
        return frozenset(beside(self.pairs, self.corridor.sides))

    def at_line(self, border_set: str = TOUCHING) -> pd.Series:
        """kode_kabkota by kode of the kelurahan in a border set.

        Raises
        ------
        ValueError
            The set does not exist for the corridor.
        """
        if border_set not in self.corridor.border_sets:
            raise ValueError(f"unknown border set {border_set}")
        kelurahan = self.units["kelurahan"]
        return kelurahan.loc[kelurahan[border_set], "kode_kabkota"]


@dataclass(frozen=True)
class Measure:
    """One indicator as far as it is known, and the standard that it is compared with.

    Attributes
    ----------
    indicator : its entry in the catalogue
    standard : threshold to compare with, None without one
    values : by kode of the known units, see `Dataset.indicator_values`
    beyond : share (0 to 1) of the sample points of each kelurahan that lie farther from a facility than the standard;
        None where the indicator is no such distance
    metres : distance of each sample point to the facility; None where the indicator is no such distance
    nearest, farthest : the same where few and where many of its kelurahan lie beyond any distance
        (`data.access.SHARE_TAILS`)
    beyond_low, beyond_high : `beyond` for these
    """

    indicator: Indicator
    standard: Standard | None
    values: pd.DataFrame
    beyond: pd.Series | None
    metres: npt.NDArray[np.floating] | None = None
    nearest: npt.NDArray[np.floating] | None = None
    farthest: npt.NDArray[np.floating] | None = None
    beyond_low: pd.Series | None = None
    beyond_high: pd.Series | None = None

    @cached_property
    def years(self) -> Mapping[str, tuple[int, ...]]:
        """The different years of the values, by kode_kabkota; kabkota without a value are left out."""
        of_side = self.values.groupby("kode_kabkota", observed=True)["year"]
        return {str(side): tuple(int(year) for year in years.unique()) for side, years in of_side}


@dataclass(frozen=True, eq=False)
class Dataset:
    """All that is known: the catalogue and the shipped tables, and what offices have published in their place.

    The columns of a table stand in data/README.md; where a row is a place, the table has its kode (or id) as index.

    Attributes
    ----------
    catalogue : indicators, standards, corridors, sources, assumptions, series and subjects
    kelurahan, kecamatan, kabkota : units by kode, without geometry
    pairs : neighbouring kelurahan
    borders, members : units of the border sets of every corridor, and all units of its sides
    facilities : places by id, as `data.placing.located` completes them
    samples : sample points, sorted by kode, with metres to each class of facilities
    plain : metres from one point of each kelurahan
    values : known values of the indicators at their own level, with kode_kabkota
    yardstick : kelurahan on which the estimate of people is measured
    facts, fire_stats : published facts and figures of the fire services, by id
    fire_posts : by id of the facility, whether the post exists and who says so
    agreements, projects : published ones, by id
    vintages : figures of several years
    geometry : manifest of the map's files
    folder : of the shipped tables
    version : tells this state of the data from any other
    school_counts : counts of Dapodik by kecamatan
    monograph : counts of monografi that offices have published, columns `data.versions.MONOGRAPH`
    replaced : estimates in whose place official people stand, columns `data.versions.REPLACED`
    applied : versions that it holds
    as_of : version as of which it is, None for now
    layers : boundaries that an office has drawn with all that follows, None for the shipped ones
    map_files : files of the map that differ from the shipped ones, by their path in `geometry`
    reshaped : number of the version by kode of each kelurahan that it reshapes
    unfit : numbers of versions whose boundaries contradict what holds now
    """

    catalogue: Catalogue
    kelurahan: pd.DataFrame
    kecamatan: pd.DataFrame
    kabkota: pd.DataFrame
    pairs: pd.DataFrame
    borders: pd.DataFrame
    members: pd.DataFrame
    facilities: pd.DataFrame
    samples: pd.DataFrame
    plain: pd.DataFrame
    values: pd.DataFrame
    yardstick: pd.DataFrame
    facts: pd.DataFrame
    fire_stats: pd.DataFrame
    fire_posts: pd.DataFrame
    agreements: pd.DataFrame
    projects: pd.DataFrame
    vintages: pd.DataFrame
    geometry: Mapping[str, Any]
    folder: Path
    version: str
    school_counts: pd.DataFrame = field(default_factory=pd.DataFrame)
    monograph: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(MONOGRAPH)))
    replaced: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(REPLACED)))
    applied: tuple[Published, ...] = ()
    as_of: int | None = None
    layers: Layers | None = None
    map_files: Mapping[str, bytes] = field(default_factory=dict)
    reshaped: Mapping[str, int] = field(default_factory=dict)
    unfit: tuple[int, ...] = ()

    def redrawn(self, sides: Sequence[str]) -> bool:
        """Whether an office has drawn a boundary of a kelurahan of these kabkota."""
        return any(kode[: CODE_LENGTH["kabkota"]] in sides for kode in self.reshaped)

    def names(self, level: str) -> pd.Series:
        """Names of the units of a level (kelurahan, kecamatan or kabkota), by kode."""
        frame: pd.DataFrame = getattr(self, level)
        return frame["nama"]

    def units(self, level: str, sides: tuple[str, ...]) -> pd.DataFrame:
        """The table of a level (kelurahan, kecamatan or kabkota), only the units of these kabkota, by kode."""
        frame: pd.DataFrame = getattr(self, level)
        column = frame.index.to_series() if level == "kabkota" else frame["kode_kabkota"]
        return frame[column.isin(sides)]

    def indicator_values(self, indicator: str) -> pd.DataFrame:
        """Known values of one indicator by kode, with kode_kabkota; empty when none is known."""
        return self._by_indicator.get(indicator, self._empty)

    def measure(self, indicator: Indicator, standard: Standard | None) -> Measure:
        """One indicator with the standard that it shall be compared with."""
        values, column = self.indicator_values(indicator.id), f"own_{indicator.facility}"
        if standard is None or column not in self.samples:
            return Measure(indicator, standard, values, None)
        metres, grid = self.samples[column].to_numpy(), self.grid
        ends = (self.samples.get(f"{end}_{indicator.facility}") for end in ("near", "far"))
        nearest, farthest = (metres if end is None else end.to_numpy() for end in ends)
        beyond, low, high = (
            pd.Series(share_beyond(m, grid.codes, standard.threshold * 1000, len(grid.units)), index=grid.units)
            for m in (metres, nearest, farthest)
        )
        return Measure(indicator, standard, values, beyond, metres, nearest, farthest, low, high)

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every indicator with the first of its standards, by id."""
        known = self.catalogue
        return {i.id: self.measure(i, next(iter(known.standards_of(i.id)), None)) for i in known.indicators.values()}

    @cached_property
    def kinds(self) -> Mapping[str, tuple[str, ...]]:
        """What the units of each kabkota are, by its kode: kelurahan, desa or both."""
        by_side = self.kelurahan.groupby("kode_kabkota")["jenis"]
        return {str(side): tuple(jenis.unique()) for side, jenis in by_side}

    def border(self, corridor: Corridor) -> Border:
        """The units of all sides of a corridor, and which of them lie at its line."""
        if corridor not in self._kept_borders:
            self._kept_borders[corridor] = self._border(corridor)
        return self._kept_borders[corridor]

    @cached_property
    def _kept_borders(self) -> dict[Corridor, Border]:
        return {}

    def _border(self, corridor: Corridor) -> Border:
        rows, pairs, line_m = self.borders[self.borders["corridor"] == corridor.id], self.pairs, None
        kabkota_a, kabkota_b = pairs["kode_kabkota_a"], pairs["kode_kabkota_b"]
        if corridor.pair:
            a, b = sorted(corridor.sides)
            line_m = float(pairs.loc[(kabkota_a == a) & (kabkota_b == b), "shared_m"].sum())
        else:
            # An area has no line of its own: its border is whatever touches another kabkota.
            across = pairs[kabkota_a != kabkota_b]
            rows = pd.DataFrame({"kode": pd.concat([across["kode_a"], across["kode_b"]]), "set": TOUCHING})
        metres = self.members[self.members["corridor"] == corridor.id].set_index("kode")
        units = {}
        for level, length in CODE_LENGTH.items():
            frame = self.units(level, corridor.sides)
            people = self.people[level].rename(columns={"value": "people", "earlier": "people_earlier"})
            people = people.reindex(frame.index)
            kodes = {s: rows.loc[rows["set"] == s, "kode"].str.slice(0, length) for s in corridor.border_sets}
            units[level] = frame.assign(
                kode_kabkota=frame.index.str.slice(0, CODE_LENGTH["kabkota"]),
                kode_kecamatan=frame.index.str.slice(0, CODE_LENGTH["kecamatan"]),
                **people,
                **{s: frame.index.isin(inside) for s, inside in kodes.items()},
                **metres[["distance_m", "typical_m"]].reindex(frame.index),
            )
        return Border(corridor, units, pairs, line_m)

    @cached_property
    def people(self) -> dict[str, pd.DataFrame]:
        """value, low, high and earlier of the people of each unit, by level; unknown where a kelurahan is.

        A kecamatan or kabkota is the sum of its kelurahan, which add up exactly: no range. ``earlier`` are the people
        at the date of the register before that of the value.
        """
        own = self.indicator_values("penduduk")[["value", "low", "high"]].reindex(self.kelurahan.index)
        register = self.vintages[(self.vintages["series"] == "penduduk") & (self.vintages["level"] == "kelurahan")]
        two = register.sort_values("period").groupby("kode").tail(2).set_index("kode")["value"].groupby(level=0)
        own = own.assign(earlier=two.first().where(two.size() > 1))
        result = {"kelurahan": own}
        for level, column in (("kecamatan", "kode_kecamatan"), ("kabkota", "kode_kabkota")):
            grouped = own[["value", "earlier"]].groupby(self.kelurahan[column])
            total = grouped.sum().where(grouped.count().eq(grouped.size(), axis=0))
            result[level] = total.assign(low=total["value"], high=total["value"])
        return result

    def people_sources(self, sides: Sequence[str]) -> tuple[str, ...]:
        """Ids of the sources of the people of these kabkota."""
        rows = self.indicator_values("penduduk")
        texts = rows.loc[rows["kode_kabkota"].isin(sides), "source"].unique()
        return tuple(sorted({source for text in texts for source in str(text).split(";")}))

    @cached_property
    def kabkota_names(self) -> Mapping[str, str]:
        """Names of the kabkota by code, for what asks for one after the other."""
        return {str(kode): str(name) for kode, name in self.kabkota["nama"].items()}

    @cached_property
    def printable(self) -> Dataset:
        """The same without control characters, which most kinds of file cannot hold; itself where there are none."""
        changed: dict[str, Any] = {}
        for entry in dataclasses.fields(self):
            table = getattr(self, entry.name)
            if isinstance(table, pd.DataFrame) and (clean := _cleaned(table)) is not table:
                changed[entry.name] = clean
        return dataclasses.replace(self, **changed) if changed else self

    def polygons(self, level: str) -> gpd.GeoDataFrame:
        """Unsimplified polygons (EPSG:4326); read on demand, since no page needs them."""
        if self.layers is not None:
            found: gpd.GeoDataFrame = getattr(self.layers, level)
            return found
        return gpd.read_parquet(self.folder / f"{level}.parquet")

    @property
    def land(self) -> Land:
        """The polygons of all units, read on demand and then kept: what somebody brings is held against them."""
        return self.layers or _land(self.folder)

    def segments(self) -> gpd.GeoDataFrame:
        """Unsimplified lines between neighbouring kabkota (EPSG:4326), one row a pair of kelurahan; read on demand."""
        if self.layers is not None:
            return self.layers.lines
        return gpd.read_parquet(self.folder / "lines.parquet")

    @cached_property
    def outlines(self) -> Mapping[str, Mapping[str, tuple[Ring, ...]]]:
        """Rings of every unit by level and kode, in metres: for pictures on paper, read on demand and then kept."""
        return {
            level: rings(self.polygons(level).set_index("kode").geometry)
            for level in ("kelurahan", "kecamatan", "kabkota")
        }

    @cached_property
    def kabkota_pairs(self) -> frozenset[tuple[str, str]]:
        """Codes of every two kabkota that share a border, lower code first."""
        both = self.pairs[["kode_kabkota_a", "kode_kabkota_b"]].drop_duplicates().astype(str)
        return frozenset((min(a, b), max(a, b)) for a, b in both.itertuples(index=False) if a != b)

    @cached_property
    def lines_between(self) -> Mapping[tuple[str, str], tuple[Ring, ...]]:
        """The line between two kabkota, lower kode first, in metres; read on demand and then kept."""
        segments = self.segments()
        sides = segments.groupby(["kode_kabkota_a", "kode_kabkota_b"])
        merged: dict[tuple[str, str], tuple[Ring, ...]] = {}
        for (a, b), rows in sides:
            first, second = sorted((str(a), str(b)))
            merged[first, second] = merged.get((first, second), ()) + paths(rows.geometry)
        return merged

    @cached_property
    def grid(self) -> Grid:
        """All sample points by kelurahan, row by row those of `samples`, which is sorted by kode."""
        areas, farthest = self.kelurahan["luas_km2"], self.kelurahan["farthest_from_sample_m"]
        return grid_of(self.samples, areas, farthest, self.people["kelurahan"]["value"])

    @cached_property
    def _by_indicator(self) -> dict[str, pd.DataFrame]:
        return {str(name): frame.set_index("kode") for name, frame in self.values.groupby("indicator", observed=True)}

    @cached_property
    def _empty(self) -> pd.DataFrame:
        return self.values.iloc[0:0].set_index("kode")


@lru_cache(maxsize=1)
def _land(folder: Path) -> Land:
    kelurahan, kecamatan, kabkota = (
        gpd.read_parquet(folder / f"{level}.parquet") for level in ("kelurahan", "kecamatan", "kabkota")
    )
    metric = kelurahan[["kode", "kode_kecamatan", "kode_kabkota", "geometry"]].to_crs(METRIC)
    return Land(kelurahan, kecamatan, kabkota, metric)


def default_indicator(data: Dataset) -> str:
    """The indicator that a page shows without a choice."""
    known = data.catalogue.indicators
    return DEFAULT_INDICATOR if DEFAULT_INDICATOR in known else next(iter(known))


def _read_indicator_csv(catalogue: Catalogue, indicator: str, known: Mapping[str, pd.Index]) -> pd.DataFrame:
    """Values of an indicator that brings its own CSV (kode, value; optional low, high, year, quality, note).

    Parameters
    ----------
    catalogue : Catalogue
        With the entry of the indicator; its `csv` is a path relative to the catalogue's folder.
    indicator : str
        Id of the entry.
    known : mapping of level to the codes that exist

    Raises
    ------
    CatalogueError
        Names file, row, column and problem; the whole file is refused.
    """
    entry = catalogue.indicators[indicator]
    path = catalogue.folder / str(entry.csv)
    try:
        raw = csv_reader.read(path.read_bytes(), ["kode", "value"])
    except OSError as error:
        raise CatalogueError(f"{path.name}: cannot be read: {error.strerror}") from error
    except csv_reader.CsvError as error:
        raise CatalogueError(f"{path.name}, {error}" if error.row else f"{path.name}: {error}") from error

    def refuse(bad: pd.Series, column: str, problem: str) -> None:
        if bad.any():
            row = bad.idxmax()
            raise CatalogueError(f"{path.name}, row {row}, column {column}: {raw.at[row, column]!r} {problem}")

    optional = {"low": "", "high": "", "year": entry.year[-4:], "quality": "sedang", "note": ""}
    raw = raw.assign(**{column: text for column, text in optional.items() if column not in raw})
    numbers = raw[["value", "low", "high"]].apply(pd.to_numeric, errors="coerce").astype(float)
    for column in numbers:
        wrong = raw[column].ne("") & ~np.isfinite(numbers[column])
        refuse(wrong, column, "is not a number (use a point as decimal mark)")
    value, low, high = (numbers[column] for column in numbers)
    refuse((low > value) | (high < value), "value", "does not lie between low and high")
    refuse(low.isna() != high.isna(), "low", "does not match high: low and high belong together")
    refuse(~raw["kode"].isin(known[entry.level]), "kode", f"is no {entry.level}")
    refuse(raw["kode"].duplicated(), "kode", "stands twice")
    refuse(~raw["year"].str.fullmatch(r"(19|20)\d\d"), "year", "is not a year")
    refuse(~raw["quality"].isin(["tinggi", "sedang", "rendah"]), "quality", "is not tinggi, sedang or rendah")
    frame = pd.DataFrame(
        {
            "kode": raw["kode"],
            "level": entry.level,
            "indicator": indicator,
            **numbers,
            "year": raw["year"].astype(int),
            "quality": raw["quality"],
            "method": entry.method,
            "native_level": entry.level,
            "people_year": np.nan,
            "source": ";".join(entry.sources),
            "note": raw["note"],
        }
    )
    return frame[frame["value"].notna()]


def _cleaned(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its text cleaned; itself where nothing changes."""
    for column in table.columns[table.dtypes == "str"]:
        strange = {text: new for text in table[column].dropna().unique() if (new := cleaned(text)) != text}
        if strange:
            table = table.assign(**{column: table[column].replace(strange)})
    return table


def load(folder: Path = SHIPPED, catalogue_folder: Path = catalogue_module.FOLDER) -> Dataset:
    """Read the catalogue and every shipped table.

    Parameters
    ----------
    folder : of the shipped tables
    catalogue_folder : of the YAML files

    Raises
    ------
    CatalogueError
        The catalogue or an indicator's CSV cannot be used, or it names a kabkota that does not exist.
    """
    catalogue = catalogue_module.load(catalogue_folder)

    def table(name: str, **options: Any) -> pd.DataFrame:
        return pd.read_parquet(folder / f"{name}.parquet", **options)

    def places(name: str) -> pd.DataFrame:
        columns = [c for c in pq.read_schema(folder / f"{name}.parquet").names if c != "geometry"]
        return table(name, columns=columns).set_index("kode")

    kelurahan, kecamatan, kabkota = places("kelurahan"), places("kecamatan"), places("kabkota")
    for corridor in catalogue.corridors.values():
        missing = [s for s in corridor.sides if s not in kabkota.index]
        missing += [k for k in corridor.often_assumed if k not in kecamatan.index]
        if missing:
            raise CatalogueError(f"corridors.yaml, {corridor.id}: unknown kode {', '.join(missing)}")
    pairs, borders, members = table("pairs"), table("borders"), table("members")
    samples = table("samples")
    shipped = set(borders["corridor"])
    for corridor in catalogue.corridors.values():
        if corridor.pair and corridor.id not in shipped:
            try:
                more = border_of(folder, corridor.id, *corridor.sides[:2])
            except ValueError as error:
                raise CatalogueError(f"corridors.yaml, {error}") from error
            borders = pd.concat([borders, more[0]], ignore_index=True)
            members = pd.concat([members, more[1]], ignore_index=True)
    values = table("values")
    known = {"kelurahan": kelurahan.index, "kecamatan": kecamatan.index, "kabkota": kabkota.index}
    brought = [_read_indicator_csv(catalogue, entry.id, known) for entry in catalogue.indicators.values() if entry.csv]
    values = pd.concat([values, *brought], ignore_index=True) if brought else values
    level = values["indicator"].map({i.id: i.level for i in catalogue.indicators.values()})
    values = values[values["level"] == level]
    values = values.assign(kode_kabkota=values["kode"].str.slice(0, 5))
    fire_posts = table("fire_posts").set_index("id")
    return Dataset(
        catalogue=catalogue,
        kelurahan=kelurahan,
        kecamatan=kecamatan,
        kabkota=kabkota,
        pairs=pairs,
        borders=borders,
        members=members,
        facilities=located(table("facilities").set_index("id"), kabkota["nama"], fire_posts["exists"]),
        samples=samples,
        plain=table("plain"),
        values=values,
        yardstick=table("yardstick"),
        facts=table("facts").set_index("id"),
        fire_stats=table("fire_stats").set_index("id"),
        fire_posts=fire_posts,
        agreements=table("agreements").set_index("id"),
        projects=table("projects").set_index("id"),
        vintages=table("vintages"),
        geometry=json.loads((folder / "geometry.json").read_text(encoding="utf-8")),
        folder=folder,
        version=version_of(folder, catalogue_folder),
        school_counts=table("school_counts"),
    )


def version_of(*folders: Path) -> str:
    """What tells one state of the data from any other: a digest of every table and catalogue entry.

    Parameters
    ----------
    *folders : where they are
    """
    digest = hashlib.blake2b(digest_size=8)
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix in DATA_FILES)
    for file in sorted(files, key=lambda file: file.name):
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)} ".encode() + content)
    return digest.hexdigest()
