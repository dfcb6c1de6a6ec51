"""Ages of figures, and which of them should have been renewed by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from data.catalogue import Indicator
    from data.tables import Border, Measure

OLD_AFTER: Final = 2
"""Years after which a figure says little of today."""


def ageing(border: Border, measures: Mapping[str, Measure], this_year: int) -> pd.DataFrame:
    """Age of every figure of the kelurahan and kecamatan of a border.

    What does not age, such as the height of the land, is left out.

    Parameters
    ----------
    border : the sides whose figures are meant
    measures : every indicator by id
    this_year : from which ages are counted

    Returns
    -------
    DataFrame
        kode, level, kode_kabkota, sector, indicator, year, age (years), late (bool: the publisher should have a newer
        one by now), old (bool: older than `OLD_AFTER`), due (year with whose beginning it is late).
    """
    found = [_of_indicator(border, m.indicator, m.values) for m in measures.values() if m.indicator.cycle_years]
    figures = pd.concat(found, ignore_index=True)
    age = this_year - figures["year"].astype("int64")
    cycle = figures.pop("cycle").astype("int64")
    return figures.assign(
        age=age, late=age > cycle, old=age > OLD_AFTER, due=figures["year"].astype("int64") + cycle + 1
    )


def _of_indicator(border: Border, indicator: Indicator, values: pd.DataFrame) -> pd.DataFrame:
    """kode, level, kode_kabkota, sector, indicator, year, cycle of the known values of an indicator."""
    units = border.units.get(indicator.level)
    inside = slice(0) if units is None else units.index.get_indexer(values.index) >= 0
    known = values.loc[:, ["kode_kabkota", "year"]][inside]
    return known.rename_axis("kode").reset_index().assign(
        level=indicator.level, sector=indicator.sector, indicator=indicator.id, cycle=indicator.cycle_years
    )  # fmt: skip


def by_kelurahan(figures: pd.DataFrame, kelurahan: pd.DataFrame) -> pd.DataFrame:
    """What is shown of each kelurahan, with the figures of its kecamatan.

    Parameters
    ----------
    figures : see `ageing`
    kelurahan : by kode, with kode_kecamatan

    Returns
    -------
    DataFrame by kode of all kelurahan
        figures, late, old (counts), age (mean, years; NaN where nothing is known).
    """
    of_kecamatan = kelurahan["kode_kecamatan"].rename("unit").rename_axis("kode").reset_index()
    spread = figures[figures["level"] == "kecamatan"].rename(columns={"kode": "unit"}).merge(of_kecamatan, on="unit")
    own = figures[figures["level"] == "kelurahan"]
    grouped = pd.concat([own, spread]).groupby("kode")
    counted = grouped.agg(figures=("age", "size"), late=("late", "sum"), old=("old", "sum"), age=("age", "mean"))
    counted = counted.reindex(kelurahan.index)
    names = ["figures", "late", "old"]
    return counted.assign(**{name: counted[name].fillna(0).astype("int64") for name in names})


def by_sector(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures of each sector and side, those with the largest share of late ones first.

    Parameters
    ----------
    figures : see `ageing`

    Returns
    -------
    DataFrame
        sector, kode_kabkota, figures, late, old (counts), oldest, newest (years), indicators (ids of those with late
        figures, in the order of `figures`).
    """
    grouped = figures.groupby(["sector", "kode_kabkota"], sort=False)
    table = grouped.agg(
        figures=("age", "size"),
        late=("late", "sum"),
        old=("old", "sum"),
        oldest=("year", "min"),
        newest=("year", "max"),
    )
    overdue = {key: tuple(rows.loc[rows["late"], "indicator"].unique()) for key, rows in grouped}
    table["indicators"] = [overdue[key] for key in table.index]
    order = table.assign(share=table["late"] / table["figures"]).reset_index()
    order = order.sort_values(["share", "late", "sector", "kode_kabkota"], ascending=[False, False, True, True])
    return order.drop(columns="share").reset_index(drop=True)
