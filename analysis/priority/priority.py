"""Kelurahan of a corridor ranked by need, with the people behind it and the range of every rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pandas as pd

from analysis.priority.composite_index import Aggregation, Ingredient, NeedIndex, Normalisation, need_index
from analysis.values.summary import BORDER_SETS, border_kodes, border_sets_of, compare, share_lacking

if TYPE_CHECKING:
    from data.catalogue import Corridor, Indicator, Standard
    from data.tables import Dataset

SEED = 2024


@dataclass(frozen=True)
class Choices:
    """What the user decided.

    weights : weight of each sector, any scale
    thresholds : by standard id, where the user changed one for the session
    standards : by indicator id, the standard held against it; the first one where absent
    """

    weights: tuple[tuple[str, float], ...]
    thresholds: tuple[tuple[str, float], ...] = ()
    standards: tuple[tuple[str, str], ...] = ()
    aggregation: Aggregation = "aritmetik"
    normalisation: Normalisation = "standar"


@dataclass(frozen=True)
class Priority:
    """Result of `rank_priority`.

    table : by kode, the table of the index and kode_kabkota, people, lacking (people beyond the standards, averaged
        over the indicators with their weights; low and high from the range of the population), sets (border
        sets, ";"-joined), driver (indicator that adds most to the need)
    shares : by kode, share (0 to 1) of each indicator beyond its standard
    years : oldest and newest year of the values behind it, None without any
    """

    index: NeedIndex
    table: pd.DataFrame
    shares: pd.DataFrame
    years: tuple[int, int] | None
    choices: Choices


def ranked_indicators(data: Dataset) -> list[Indicator]:
    """Indicators that can enter the index: known for kelurahan, with a better end and a standard."""
    return [
        i
        for i in data.catalogue.indicators.values()
        if i.level == "kelurahan" and i.direction != "netral" and i.standards
    ]


def default_weights(data: Dataset) -> dict[str, int]:
    """The same weight for every sector."""
    return dict.fromkeys((i.sector for i in ranked_indicators(data)), 1)


def chosen_standard(data: Dataset, indicator: Indicator, choices: Choices) -> Standard:
    """The standard of an indicator under these choices, with the threshold that the user set."""
    known = {s.id: s for s in data.catalogue.standards_of(indicator.id)}
    wanted = dict(choices.standards).get(indicator.id, "")
    standard = known.get(wanted, next(iter(known.values())))
    threshold = dict(choices.thresholds).get(standard.id)
    return standard if threshold is None else standard.model_copy(update={"threshold": threshold})


def rank_priority(data: Dataset, corridor: Corridor, choices: Choices, draws: int = 1000) -> Priority:
    """Rank the kelurahan of every side of a corridor together.

    Parameters
    ----------
    data : Dataset
    corridor : Corridor
    choices : Choices
    draws : int
        Other choices tried for the range of each rank.

    Returns
    -------
    Priority

    Raises
    ------
    ValueError
        All weights are 0, one is negative, or a threshold is not above 0.
    """
    units = data.units("kelurahan", corridor.sides)
    ingredients, shares = [], {}
    for indicator in ranked_indicators(data):
        standard = chosen_standard(data, indicator, choices)
        values = data.indicator_values(indicator.id)[["value", "low", "high", "year", "upper_bound"]]
        kind = indicator.range
        if values["upper_bound"].any():
            # The true distance lies anywhere below: the rank must show it.
            values = values.assign(low=values["value"].where(~values["upper_bound"], 0.0), high=values["value"])
            kind = "galat"
        ingredients.append(
            Ingredient(
                indicator=indicator.id,
                sector=indicator.sector,
                direction=indicator.direction,
                threshold=standard.threshold,
                values=values[values.index.isin(units.index)],
                range=kind,
                comparison=compare(data, indicator, corridor.sides),
            )
        )
        shares[indicator.id] = share_lacking(data, indicator, standard, units.index)
    index = need_index(
        ingredients,
        units.index,
        dict(choices.weights),
        aggregation=choices.aggregation,
        normalisation=choices.normalisation,
        draws=draws,
        seed=SEED,
    )
    lacking = pd.DataFrame(shares, index=units.index)[list(index.weights.index)]
    known = lacking.notna() @ index.weights
    share = (lacking.fillna(0) @ index.weights) / known.where(known > 0)
    share = share.where(index.table["index"].notna())
    fewest = lacking.copy()
    for name in fewest.columns:
        bound = data.indicator_values(name)["upper_bound"].reindex(units.index, fill_value=False)
        fewest[name] = fewest[name].where(~bound, 0.0)
    share_low = (fewest.fillna(0) @ index.weights) / known.where(known > 0)
    people = data.people["kelurahan"].reindex(units.index)
    table = index.table.assign(
        kode_kabkota=units["kode_kabkota"],
        people=people["value"],
        lacking=(share * people["value"]).astype(float),
        lacking_low=(share_low.where(share.notna()) * people["low"].fillna(people["value"])).astype(float),
        lacking_high=(share * people["high"].fillna(people["value"])).astype(float),
        sets="",
        driver=index.drivers.fillna(-1).idxmax(axis=1).where(index.drivers.notna().any(axis=1))
        if len(index.drivers.columns)
        else None,
    )
    for border_set in border_sets_of(corridor):
        inside = table.index.isin(border_kodes(data, corridor, border_set).index)
        table["sets"] = table["sets"].where(~inside, table["sets"] + border_set + ";")
    used = [entry.values["year"].dropna() for entry in ingredients if entry.indicator in index.weights.index]
    years = pd.concat([pd.Series(dtype=float), *used])
    return Priority(
        index=index,
        table=table,
        shares=lacking,
        years=(int(years.min()), int(years.max())) if len(years) else None,
        choices=choices,
    )


def standard_choices(data: Dataset) -> dict[str, list[str]]:
    """Standards of the ranked indicators that have more than one."""
    return {i.id: list(i.standards) for i in ranked_indicators(data) if len(i.standards) > 1}


def default_thresholds(data: Dataset) -> dict[str, float]:
    """Thresholds of all standards of the ranked indicators."""
    return {s.id: s.threshold for i in ranked_indicators(data) for s in data.catalogue.standards_of(i.id)}


def choices(
    data: Dataset,
    weights: Mapping[str, float],
    thresholds: Mapping[str, float],
    standards: Mapping[str, str],
    aggregation: str,
    normalisation: str,
) -> Choices:
    """The user's decisions; what equals the catalogue is left out, so that equal choices compare equal."""
    known = default_thresholds(data)
    first = {i: ids[0] for i, ids in standard_choices(data).items()}
    return Choices(
        weights=tuple(weights.items()),
        thresholds=tuple((k, v) for k, v in thresholds.items() if v != known.get(k)),
        standards=tuple((k, v) for k, v in standards.items() if v != first.get(k)),
        aggregation=cast(Aggregation, aggregation),
        normalisation=cast(Normalisation, normalisation),
    )


def filtered(result: Priority, side: str, border_set: str, order: str) -> pd.DataFrame:
    """Ranked kelurahan of a side and border set, neediest or most people first."""
    table = result.table[result.table["index"].notna()]
    if side:
        table = table[table["kode_kabkota"] == side]
    if border_set in BORDER_SETS:
        table = table[table["sets"].str.contains(f"{border_set};", regex=False)]
    if order == "jiwa":
        return table.sort_values(["lacking", "rank_median"], ascending=[False, True], kind="stable")
    return table.sort_values(["rank_median", "rank_high", "rank_low"], kind="stable")
