"""Kelurahan of a corridor ranked by need, with the people behind it and the range of every rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from analysis.priority.composite_index import Aggregation, CompositeIndex, Ingredient, Normalisation, composite_index
from analysis.values.gaps import beyond_any, people_lacking
from analysis.values.profile import first_at_border
from analysis.values.quality import compare_sides, year_span
from geo.borders import BORDER_SETS, TOUCHING

if TYPE_CHECKING:
    from data.catalogue import Catalogue, Indicator, Standard
    from data.tables import Border, Measure
    from geo.grid import Grid

SEED = 2024


@dataclass(frozen=True)
class Choices:
    """What the user decided.

    Attributes
    ----------
    weights : weight of each sector, any scale
    thresholds : by standard id, where the user changed one for the session, in the unit of the standard
    standards : by indicator id, the standard that it is compared with; the first one where absent
    aggregation, normalisation : see `analysis.priority.composite_index.composite_index`
    """

    weights: tuple[tuple[str, float], ...]
    thresholds: tuple[tuple[str, float], ...] = ()
    standards: tuple[tuple[str, str], ...] = ()
    aggregation: Aggregation = "aritmetik"
    normalisation: Normalisation = "standar"


@dataclass(frozen=True)
class Priority:
    """Result of `rank_priority`.

    Attributes
    ----------
    index : the composite index with its weights
    table : by kode, the table of the index and kode_kabkota, people, beyond, beyond_low, beyond_high (people who live
        beyond the standard of at least one of the distances; low and high take the ranges of the distances, low without
        those of which only the most is known, and of the population), sets (border sets, ";" after each), driver
        (indicator that adds most to the need)
    years : oldest and newest year of the values behind it, None without any
    choices : what was decided
    """

    index: CompositeIndex
    table: pd.DataFrame
    years: tuple[int, int] | None
    choices: Choices


def ranked_indicators(catalogue: Catalogue) -> list[Indicator]:
    """Indicators that can enter the index: known for kelurahan, no raw count, with a better end and a standard."""
    known = [i for i in catalogue.indicators.values() if i.level == "kelurahan" and i.compared and i.ranked]
    return [i for i in known if i.direction != "netral" and i.standards]


def default_weights(catalogue: Catalogue) -> dict[str, int]:
    """The same weight for every sector."""
    return dict.fromkeys((i.sector for i in ranked_indicators(catalogue)), 1)


def chosen_standards(catalogue: Catalogue, choices: Choices) -> list[tuple[Indicator, Standard]]:
    """Every ranked indicator with its standard under these choices, and the threshold that the user set."""
    found, wanted, thresholds = [], dict(choices.standards), dict(choices.thresholds)
    for indicator in ranked_indicators(catalogue):
        known = {s.id: s for s in catalogue.standards_of(indicator.id)}
        standard = known.get(wanted.get(indicator.id, ""), next(iter(known.values())))
        threshold = thresholds.get(standard.id, standard.threshold)
        found.append((indicator, standard.model_copy(update={"threshold": threshold})))
    return found


def rank_priority(
    border: Border, measures: Sequence[Measure], grid: Grid, choices: Choices, draws: int = 1000
) -> Priority:
    """Rank the kelurahan of every side of a corridor together.

    Parameters
    ----------
    border : units of all sides of the corridor
    measures : the indicators of `chosen_standards` with their standards
    grid : sample points of the kelurahan, on which people are counted
    choices : weights and formulas
    draws : other choices tried for the range of each rank

    Raises
    ------
    ValueError
        All weights are 0, one is negative, or a threshold is not above 0.
    """
    units = border.units["kelurahan"]
    entries = [ingredient(m, units.index, border.corridor.sides) for m in measures]
    index = composite_index(
        entries,
        units.index,
        dict(choices.weights),
        aggregation=choices.aggregation,
        normalisation=choices.normalisation,
        draws=draws,
        seed=SEED,
    )
    used = [m for m in measures if m.indicator.id in index.weights.index]
    shares = beyond_any(used, grid).reindex(units.index).where(index.table["index"].notna())
    usual, most, least = (people_lacking(shares[end], units) for end in ("share", "most", "least"))
    names = np.array(border.corridor.border_sets)
    has = index.drivers.notna().any(axis=1)
    drivers = index.drivers.fillna(-1).idxmax(axis=1).where(has) if len(index.drivers.columns) else None
    table = index.table.assign(
        kode_kabkota=units["kode_kabkota"],
        people=units["people"],
        beyond=usual["people"],
        beyond_low=least["low"],
        beyond_high=most["high"],
        sets=["".join(f"{name};" for name in names[inside]) for inside in units[names].to_numpy()],
        driver=drivers,
    )
    years = [e.values["year"] for e in entries if e.indicator in index.weights.index]
    return Priority(index, table, year_span(pd.concat([pd.Series(dtype=float), *years])), choices)


def ingredient(measure: Measure, kodes: pd.Index, sides: Sequence[str]) -> Ingredient:
    """An indicator as it enters the index.

    Parameters
    ----------
    measure : the indicator with its standard
    kodes : kelurahan to rank
    sides : kode_kabkota between which it must be comparable
    """
    indicator, standard, values = measure.indicator, measure.standard, measure.values
    return Ingredient(
        indicator=indicator.id,
        sector=indicator.sector,
        direction=indicator.direction,
        threshold=standard.threshold if standard is not None else None,
        values=values.loc[values.index.isin(kodes)],
        range=indicator.range,
        comparison=compare_sides(measure, sides),
    )


def standard_choices(catalogue: Catalogue) -> dict[str, list[str]]:
    """Standards of the ranked indicators that have more than one."""
    return {i.id: list(i.standards) for i in ranked_indicators(catalogue) if len(i.standards) > 1}


def default_thresholds(catalogue: Catalogue) -> dict[str, float]:
    """Thresholds of all standards of the ranked indicators."""
    return {s.id: s.threshold for i in ranked_indicators(catalogue) for s in catalogue.standards_of(i.id)}


def choices(
    catalogue: Catalogue,
    weights: Mapping[str, float],
    thresholds: Mapping[str, float],
    standards: Mapping[str, str],
    aggregation: str,
    normalisation: str,
) -> Choices:
    """The user's decisions; what equals the catalogue is left out, so that equal choices compare equal.

    Parameters
    ----------
    catalogue : standards and thresholds without a choice
    weights : by sector, any scale
    thresholds : by standard, in its unit
    standards : by indicator, the standard that it is compared with
    aggregation, normalisation : see `Choices`
    """
    known = default_thresholds(catalogue)
    first = {i: ids[0] for i, ids in standard_choices(catalogue).items()}
    return Choices(
        weights=tuple(weights.items()),
        thresholds=tuple((k, v) for k, v in thresholds.items() if v != known.get(k)),
        standards=tuple((k, v) for k, v in standards.items() if v != first.get(k)),
        aggregation=cast(Aggregation, aggregation),
        normalisation=cast(Normalisation, normalisation),
    )


def equal_choices(catalogue: Catalogue, sectors: Sequence[str] = ()) -> Choices:
    """Equal weights for these sectors, for all where none of them is ranked; the standards of the catalogue."""
    equal = default_weights(catalogue)
    chosen = {s: int(s in sectors) for s in equal} if set(sectors) & set(equal) else equal
    return Choices(tuple(chosen.items()))


def neediest_at_line(result: Priority, border: Border) -> str:
    """The kelurahan at the line that needs most; the first one there if none is ranked."""
    ranked = filtered(result, "", TOUCHING, "")
    return str(ranked.index[0]) if len(ranked) else first_at_border(border)


def filtered(result: Priority, side: str, border_set: str, order: str) -> pd.DataFrame:
    """Ranked kelurahan of a side and border set.

    Parameters
    ----------
    result : the ranking
    side : kode_kabkota, empty for all
    border_set : "bersentuhan", "1km" or "2km"; anything else for all
    order : "jiwa" for most people beyond a standard first, else the neediest first
    """
    table = result.table[result.table["index"].notna()]
    if side:
        table = table[table["kode_kabkota"] == side]
    if border_set in BORDER_SETS:
        table = table[table["sets"].str.contains(f"{border_set};", regex=False)]
    if order == "jiwa":
        return table.sort_values(["beyond", "rank_median"], ascending=[False, True], kind="stable")
    return table.sort_values(["rank_median", "rank_high", "rank_low"], kind="stable")
