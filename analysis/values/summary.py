"""The border of a corridor at a glance: who lives there, where the largest gaps are, what is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.gaps import lacking_share, people_lacking
from analysis.values.quality import Comparability, comparability
from geo.distances import share_beyond

if TYPE_CHECKING:
    from data.catalogue import Corridor, Indicator, Standard
    from data.tables import Dataset

BORDER_SETS = ("bersentuhan", "1km", "2km")

__all__ = [
    "BORDER_SETS",
    "BorderSummary",
    "GapRow",
    "SidePeople",
    "border_kodes",
    "border_sets_of",
    "compare",
    "share_lacking",
    "summarise_border",
]


@dataclass(frozen=True)
class SidePeople:
    """One side of the border: its kelurahan and people at the line.

    low and high add up the ranges of all kelurahan as if every error went the same way: the widest case.
    kecamatan_away : kecamatan outside the set with the distance of their nearest kelurahan to the line, nearest first
    """

    kode_kabkota: str
    units: int
    units_total: int
    people: float
    low: float
    high: float
    people_unknown: int
    estimated: bool
    kecamatan: tuple[str, ...]
    kecamatan_away: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class GapRow:
    """People at the border of one side for whom a standard is missed.

    level : kelurahan, or kecamatan: then the whole of every kecamatan that has a kelurahan in the set
    share : people / people of the units with a known value
    bounds : units whose value is an upper bound: people is then the most there can be
    years : oldest and newest year of the values
    """

    indicator: str
    standard: str
    level: str
    kode_kabkota: str
    people: float
    low: float
    high: float
    share: float
    known: int
    unknown: int
    bounds: int
    years: tuple[int, int]


@dataclass(frozen=True)
class BorderSummary:
    """Result of `summarise_border`; gaps are sorted by people, largest first."""

    corridor: str
    border_set: str
    line_m: float | None
    sides: tuple[SidePeople, ...]
    gaps: tuple[GapRow, ...]
    comparisons: Mapping[str, Comparability]


def border_sets_of(corridor: Corridor) -> tuple[str, ...]:
    """The border sets that can be drawn; an area without a line of its own has only touching kelurahan."""
    return BORDER_SETS if corridor.pair else BORDER_SETS[:1]


def border_kodes(data: Dataset, corridor: Corridor, border_set: str) -> pd.Series:
    """kode_kabkota by kode of the kelurahan in a border set.

    For an area of more than two sides: every kelurahan that shares 50 m or more with another kabkota.

    Raises
    ------
    ValueError
        The set does not exist for the corridor.
    """
    if border_set not in border_sets_of(corridor):
        raise ValueError(f"unknown border set {border_set}")
    if corridor.pair:
        rows = data.borders[(data.borders["corridor"] == corridor.id) & (data.borders["set"] == border_set)]
        return rows.set_index("kode")["kode_kabkota"]
    across = data.pairs[data.pairs["kode_kabkota_a"] != data.pairs["kode_kabkota_b"]]
    touching = pd.Index(across["kode_a"]).union(pd.Index(across["kode_b"]))
    side = data.kelurahan["kode_kabkota"]
    return side[side.index.isin(touching) & side.isin(corridor.sides)]


def line_length(data: Dataset, corridor: Corridor) -> float | None:
    """Length of the line in metres, None for an area without one."""
    if not corridor.pair:
        return None
    a, b = sorted(corridor.sides)
    first, second = data.pairs["kode_kabkota_a"], data.pairs["kode_kabkota_b"]
    return float(data.pairs.loc[(first == a) & (second == b), "shared_m"].sum())


def share_lacking(data: Dataset, indicator: Indicator, standard: Standard, kodes: pd.Index) -> pd.Series:
    """Share (0 to 1) of each unit that misses the standard, missing where the value is unknown.

    For distances this is the share of sample points beyond the threshold, people taken as evenly spread.
    """
    values = data.indicator_values(indicator.id)["value"].reindex(kodes)
    if indicator.facility is not None and f"own_{indicator.facility}" in data.samples.columns:
        codes, units = data.sample_units
        beyond = share_beyond(
            data.samples[f"own_{indicator.facility}"].to_numpy(), codes, standard.threshold * 1000, len(units)
        )
        return pd.Series(beyond, index=units).reindex(kodes).where(values.notna())
    return lacking_share(values, standard.threshold, indicator.direction)


def compare(data: Dataset, indicator: Indicator, sides: tuple[str, ...]) -> Comparability:
    """Whether the indicator may be compared between the sides of a corridor."""
    texts = {s: indicator.definition(s) for s in sides}
    return comparability(
        {s: data.side_values(indicator.id, s) for s in sides},
        {s: (text.text.id if text else None) for s, text in texts.items()},
    )


def _side(data: Dataset, corridor: Corridor, kode_kabkota: str, kodes: pd.Index) -> SidePeople:
    whole = data.kelurahan[data.kelurahan["kode_kabkota"] == kode_kabkota]
    inside = whole.loc[kodes]
    values = data.indicator_values("penduduk").reindex(kodes)
    people = values[["value", "low", "high"]]
    kecamatan = inside.groupby("kode_kecamatan")["kecamatan"].first()
    away: tuple[tuple[str, float], ...] = ()
    if corridor.pair:
        members = data.members[data.members["corridor"] == corridor.id].set_index("kode")["distance_m"]
        others = whole[~whole["kode_kecamatan"].isin(kecamatan.index)]
        nearest = members.reindex(others.index).groupby(others["kode_kecamatan"]).min().sort_values()
        names = others.groupby("kode_kecamatan")["kecamatan"].first()
        away = tuple((str(names.loc[str(k)]), float(d)) for k, d in nearest.items())
    return SidePeople(
        kode_kabkota=kode_kabkota,
        units=len(inside),
        units_total=len(whole),
        people=float(people["value"].sum()),
        low=float(people["low"].fillna(people["value"]).sum()),
        high=float(people["high"].fillna(people["value"]).sum()),
        people_unknown=int(people["value"].isna().sum()),
        estimated=bool((values["method"] != "langsung").any()),
        kecamatan=tuple(sorted(str(k) for k in kecamatan)),
        kecamatan_away=away,
    )


def _gap(data: Dataset, indicator: Indicator, standard: Standard, side: str, kodes: pd.Index) -> GapRow | None:
    units = kodes
    if indicator.level == "kecamatan":
        units = pd.Index(sorted(data.kelurahan.loc[kodes, "kode_kecamatan"].unique()), name="kode")
    elif indicator.level == "kabkota":
        return None
    shares = share_lacking(data, indicator, standard, units)
    known = shares.dropna()
    if known.empty:
        return None
    population = data.people[indicator.level].reindex(known.index)
    lacking = people_lacking(known, population).dropna(subset="people")
    everyone = float(population["value"].reindex(lacking.index).sum())
    if lacking.empty or everyone <= 0:
        return None
    values = data.indicator_values(indicator.id)
    bound = values["upper_bound"].reindex(lacking.index, fill_value=False)
    # Where a distance is an upper bound, nobody may be beyond the standard after all.
    lacking["low"] = lacking["low"].where(~bound, 0.0)
    years = values["year"].reindex(lacking.index)
    return GapRow(
        indicator=indicator.id,
        standard=standard.id,
        level=indicator.level,
        kode_kabkota=side,
        people=float(lacking["people"].sum()),
        low=float(lacking["low"].sum()),
        high=float(lacking["high"].sum()),
        share=float(lacking["people"].sum()) / everyone,
        known=len(lacking),
        unknown=len(units) - len(lacking),
        bounds=int(bound.sum()),
        years=(int(years.min()), int(years.max())),
    )


def summarise_border(data: Dataset, corridor: Corridor, border_set: str) -> BorderSummary:
    """Count kelurahan, people and gaps at the border of every side of a corridor.

    Parameters
    ----------
    data : Dataset
    corridor : Corridor
    border_set : {"bersentuhan", "1km", "2km"}

    Returns
    -------
    BorderSummary
        Gaps to the first standard of each indicator that has one.

    Raises
    ------
    ValueError
        The set does not exist for the corridor.
    """
    border = border_kodes(data, corridor, border_set)
    kodes = {side: border.index[border == side] for side in corridor.sides}
    gaps = [
        row
        for indicator in data.catalogue.indicators.values()
        for standard in data.catalogue.standards_of(indicator.id)[:1]
        for side in corridor.sides
        if (row := _gap(data, indicator, standard, side, kodes[side])) is not None
    ]
    return BorderSummary(
        corridor=corridor.id,
        border_set=border_set,
        line_m=line_length(data, corridor),
        sides=tuple(_side(data, corridor, side, kodes[side]) for side in corridor.sides),
        gaps=tuple(sorted(gaps, key=lambda row: (-row.people, row.indicator, row.kode_kabkota))),
        comparisons={i.id: compare(data, i, corridor.sides) for i in data.catalogue.indicators.values()},
    )
