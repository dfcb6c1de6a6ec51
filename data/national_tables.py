"""The shipped tables of all land borders of Indonesia, each read when somebody asks for it and then kept.

They are described column by column in data/README.md. No page but *Batas lain* needs them. The office server reads all
but the outlines at its start, so that the first visitor waits no longer than the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

FOLDER = Path(__file__).parent / "shipped" / "national"
INDICATORS = ("jarak_sd", "jarak_smp", "jarak_sma_smk")
"""Entries of the catalogue that are compared everywhere."""
MEASURED = (*INDICATORS, "jarak_smp_negeri", "jarak_sma_smk_negeri")
"""Entries whose values are known at every line."""
LEVELS = ("sd", "smp", "sma_smk")
"""Levels of school of which the list of a kabkota has a quality."""
MOST_PROVINCES = 6
"""Provinces whose border kelurahan are kept at a time."""


def facility_of(indicator: str) -> str:
    """What an indicator is the distance to, as in the columns of the tables.

    Examples
    --------
    >>> facility_of("jarak_smp_negeri")
    'smp_negeri'
    """
    return indicator.removeprefix("jarak_")


def level_of(indicator: str) -> str:
    """Whose list of schools an indicator rests on.

    Examples
    --------
    >>> level_of("jarak_smp_negeri"), level_of("jarak_sma_smk")
    ('smp', 'sma_smk')
    """
    return facility_of(indicator).removesuffix("_negeri")


@dataclass(frozen=True, eq=False)
class National:
    """The tables of one folder.

    Attributes
    ----------
    folder : where they are; nothing is read before somebody asks
    """

    folder: Path = field(default=FOLDER)

    @property
    def there(self) -> bool:
        """Whether the tables have been made: a copy without them says so."""
        return all((self.folder / name).is_file() for name in ("sides.parquet", "map.json"))

    @cached_property
    def version(self) -> str:
        """Changes with the tables."""
        return str((self.folder / "sides.parquet").stat().st_mtime_ns)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """By pair (both codes, lower first, as in 32.75-32.76): sides with names and provinces, length, extent."""
        return self._table("pairs").set_index("pair")

    @cached_property
    def kabkota(self) -> pd.DataFrame:
        """By kode: name, province, how many schools are listed and how good the list is."""
        return self._table("kabkota").set_index("kode")

    @cached_property
    def sides(self) -> pd.DataFrame:
        """Border against interior, a row a pair, side, indicator and reach."""
        return self._table("sides")

    @cached_property
    def across(self) -> pd.DataFrame:
        """Neighbour against neighbour, a row a pair, indicator and reach."""
        return self._table("across")

    @cached_property
    def members(self) -> pd.DataFrame:
        """Kelurahan at a line, a row a pair and kelurahan."""
        return self._table("members")

    @cached_property
    def neighbours(self) -> pd.DataFrame:
        """Kelurahan that face each other, a row a pair and two kelurahan."""
        return self._table("neighbours")

    @cached_property
    def files(self) -> Mapping[str, str]:
        """What the browser fetches for the map of all borders: paths below static/ of ``land`` and ``lines``."""
        found: Mapping[str, str] = json.loads((self.folder / "map.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def lines(self) -> gpd.GeoDataFrame:
        """The lines (EPSG:4326) by pair, simplified for a map of the country."""
        return gpd.read_parquet(self.folder / "lines.parquet").set_index("pair")

    def load(self) -> None:
        """Read every table but the outlines."""
        for name in ("pairs", "kabkota", "sides", "across", "members", "neighbours", "_rows"):
            getattr(self, name)

    def of_pair(self, pair: str) -> pd.DataFrame:
        """By kode the kelurahan at the line between two kabkota, of both: name, distances, shared length, outline.

        Parameters
        ----------
        pair : both codes, lower first

        Returns
        -------
        GeoDataFrame
            EPSG:4326, sorted by kode.

        Raises
        ------
        KeyError
            No land border has this code.
        """
        self.border(pair)
        own = self.members[self.members["pair"] == pair].drop(columns=["pair", "kode_kabkota"])
        provinces = sorted(set(own["kode"].str.slice(0, 2)))
        units = pd.concat([province(self.folder, kode) for kode in provinces])
        return units.merge(own, on="kode", how="inner").set_index("kode").sort_index()

    def at_lines(self) -> gpd.GeoDataFrame:
        """The kelurahan at all lines as `of_pair` gives them, a row a pair and kelurahan; large, so it is not kept."""
        files = sorted((self.folder / "kelurahan").glob("*.parquet"))
        units = pd.concat([gpd.read_parquet(file) for file in files]).drop(columns="kode_kabkota")
        return units.merge(self.members, on="kode", how="inner").sort_values(["pair", "kode"], ignore_index=True)

    def kodes_of(self, pair: str) -> list[str]:
        """Codes of the kelurahan at the line of a pair; none where there is no such pair."""
        return sorted(self.members.loc[self.members["pair"] == pair, "kode"])

    def neighbours_of(self, pair: str, kode: str) -> list[str]:
        """Kelurahan across the line of a pair that share a boundary with one, longest boundary first."""
        rows = self.neighbours[self.neighbours["pair"] == pair].sort_values("shared_m", ascending=False)
        ends = rows[["kode_a", "kode_b"]]
        own = ends[(ends == kode).any(axis=1)]
        return [str(a if b == kode else b) for a, b in own.itertuples(index=False)]

    def borders_of(self, kabkota: str) -> list[str]:
        """The land borders of one kabkota, in the order of their codes."""
        ends = self.pairs[["side_a", "side_b"]]
        return [str(pair) for pair in ends.index[(ends == kabkota).any(axis=1)]]

    def place(self, kode: str) -> Mapping[str, Any]:
        """The row of a kabkota."""
        return self._rows["kabkota"][kode]

    def border(self, pair: str) -> Mapping[str, Any]:
        """The row of a border."""
        return self._rows["pairs"][pair]

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        tables = {"kabkota": self.kabkota, "pairs": self.pairs}
        return {
            name: {str(k): cast("dict[str, Any]", row) for k, row in table.to_dict("index").items()}
            for name, table in tables.items()
        }

    def names(self, kodes: Iterable[str]) -> list[str]:
        """Names of some kabkota."""
        return [str(self.place(kode)["nama"]) for kode in kodes]

    def _table(self, name: str) -> pd.DataFrame:
        return pq.read_table(self.folder / f"{name}.parquet").to_pandas()


@cache
def shipped() -> National:
    """The tables that go with the app, shared by all sessions, which must not change them."""
    return National()


@lru_cache(maxsize=MOST_PROVINCES)
def province(folder: Path, kode: str) -> gpd.GeoDataFrame:
    """The border kelurahan of a province (two digits), EPSG:4326."""
    return gpd.read_parquet(folder / "kelurahan" / f"{kode}.parquet")
