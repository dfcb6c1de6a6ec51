"""The border of a corridor at a glance: who lives there, where the largest gaps are, what is unknown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.gaps import ends_lacking, share_lacking
from analysis.values.population import sum_with_range
from analysis.values.quality import Comparability, compare_sides

if TYPE_CHECKING:
    from data.tables import Border, Measure


@dataclass(frozen=True)
class SidePeople:
    """One side of the border: its kelurahan and people at the line.

    Attributes
    ----------
    kode_kabkota : the side
    units, units_total : kelurahan in the border set, and of the whole side
    people : people of the set, where they are known
    low, high : their range (`analysis.values.population.sum_with_range`)
    earlier : the same people at the earlier date of the register, None where it is not known for all of them
    people_unknown : kelurahan whose people are unknown
    estimated : whether any figure is an estimate
    note : what is said of the figures, such as their date
    kecamatan : kode of the kecamatan with a kelurahan in the set
    kecamatan_away : name of each other kecamatan and metres from its nearest kelurahan to the line, nearest first
    """

    kode_kabkota: str
    units: int
    units_total: int
    people: float
    low: float
    high: float
    earlier: float | None
    people_unknown: int
    estimated: bool
    note: str
    kecamatan: tuple[str, ...]
    kecamatan_away: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class GapRow:
    """People at the border of one side for whom a standard is missed.

    Attributes
    ----------
    indicator, standard : their ids
    kode_kabkota : the side
    people, low, high : people beyond the standard; the least and the most that they may be, by the ranges of the
        distances and of the population
    share : people / total, 0 to 1
    total : people of the units with a known value
    known, unknown : units with and without a value
    years : oldest and newest year of the values
    """

    indicator: str
    standard: str
    kode_kabkota: str
    people: float
    low: float
    high: float
    share: float
    total: float
    known: int
    unknown: int
    years: tuple[int, int]


@dataclass(frozen=True)
class BorderSummary:
    """Result of `summarise_border`.

    Attributes
    ----------
    border_set : its id
    line_m : length of the line in metres, None for an area without one
    sides : in the order of the corridor
    gaps : sorted by people, largest first
    comparisons : by indicator, whether its values may be compared between the sides
    """

    border_set: str
    line_m: float | None
    sides: tuple[SidePeople, ...]
    gaps: tuple[GapRow, ...]
    comparisons: Mapping[str, Comparability]


def _side(border: Border, side: str, border_set: str, population: pd.DataFrame) -> SidePeople:
    kelurahan = border.units["kelurahan"]
    whole = kelurahan[kelurahan["kode_kabkota"] == side]
    inside = whole[whole[border_set]]
    kecamatan = sorted(inside["kode_kecamatan"].unique())
    away: tuple[tuple[str, float], ...] = ()
    if border.corridor.pair:
        others = whole[~whole["kode_kecamatan"].isin(kecamatan)].groupby("kode_kecamatan")
        names, nearest = others["kecamatan"].first(), others["distance_m"].min().sort_values()
        away = tuple((str(names.loc[str(k)]), float(d)) for k, d in nearest.items())
    people, low, high = sum_with_range(whole, whole[border_set].astype(float))
    earlier, figures = inside["people_earlier"], population.reindex(inside.index)
    return SidePeople(
        kode_kabkota=side,
        units=len(inside),
        units_total=len(whole),
        people=people,
        low=low,
        high=high,
        earlier=float(earlier.sum()) if len(earlier) and earlier.notna().all() else None,
        people_unknown=int(inside["people"].isna().sum()),
        estimated=bool((figures["method"] != "langsung").any()),
        note=" ".join(figures["note"].dropna().unique()),
        kecamatan=tuple(str(k) for k in kecamatan),
        kecamatan_away=away,
    )


def _gap(measure: Measure, ends: pd.DataFrame, own: pd.DataFrame, side: str, border_set: str) -> GapRow | None:
    """People at the border of a side beyond the standard, of its `own` kelurahan; None where nothing is known."""
    indicator, values = measure.indicator, measure.values
    inside = own.loc[own[border_set], ["people"]]
    share = share_lacking(measure).reindex(inside.index[inside["people"].notna()]).dropna()
    everyone = float(inside["people"].reindex(share.index).sum())
    if measure.standard is None or share.empty or everyone <= 0:
        return None
    people, _, _ = sum_with_range(own, share)
    (_, low, _), (_, _, high) = (sum_with_range(own, ends[end].reindex(share.index)) for end in ("low", "high"))
    years = values["year"].reindex(share.index)
    return GapRow(
        indicator=indicator.id,
        standard=measure.standard.id,
        kode_kabkota=side,
        people=people,
        low=low,
        high=high,
        share=people / everyone,
        total=everyone,
        known=len(share),
        unknown=len(inside) - len(share),
        years=(int(years.min()), int(years.max())),
    )


def summarise_border(border: Border, measures: Mapping[str, Measure], border_set: str) -> BorderSummary:
    """Count kelurahan, people and gaps at the border of every side of a corridor.

    Parameters
    ----------
    border : units of all sides of the corridor
    measures : by id, every indicator with the standard that it is compared with
    border_set : "bersentuhan", "1km" or "2km"

    Raises
    ------
    ValueError
        The set does not exist for the corridor.
    """
    border.at_line(border_set)
    corridor = border.corridor
    judged = [
        (measure, ends_lacking(measure))
        for measure in measures.values()
        if measure.standard is not None and measure.indicator.level == "kelurahan" and measure.indicator.ranked
    ]
    units = border.units["kelurahan"][["kode_kabkota", "people", "low", "high", border_set]]
    own = {side: units[units["kode_kabkota"] == side] for side in corridor.sides}
    gaps = [
        row
        for measure, ends in judged
        for side in corridor.sides
        if (row := _gap(measure, ends, own[side], side, border_set)) is not None
    ]
    return BorderSummary(
        border_set=border_set,
        line_m=border.line_m,
        sides=tuple(_side(border, side, border_set, measures["penduduk"].values) for side in corridor.sides),
        gaps=tuple(sorted(gaps, key=lambda row: (-row.people, row.indicator, row.kode_kabkota))),
        comparisons={name: compare_sides(measure, corridor.sides) for name, measure in measures.items()},
    )


def leading_gap(summary: BorderSummary, indicators: Collection[str] | None = None) -> tuple[GapRow, ...]:
    """The gap of the indicator with most people who are surely beyond its standard, a row a side; empty without any.

    Rather one that can be compared between the sides.

    Parameters
    ----------
    summary : of a border
    indicators : ids to choose from, None for all that are known by kelurahan
    """
    rows = [g for g in summary.gaps if indicators is None or g.indicator in indicators]
    names = list(dict.fromkeys(g.indicator for g in rows if g.people > 0)) or [g.indicator for g in rows]
    fair = [i for i in names if summary.comparisons[i].block is None] or names
    if not fair:
        return ()
    surely = {i: sum(g.low for g in rows if g.indicator == i) for i in fair}
    first = max(fair, key=lambda i: surely[i])
    of = {g.kode_kabkota: g for g in rows if g.indicator == first}
    return tuple(of[side.kode_kabkota] for side in summary.sides if side.kode_kabkota in of)
