"""What one map shows: an indicator, or its gap to a standard, for the sides of a corridor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.values.classes import GAP_BREAKS, UNKNOWN, Classes, classify, count_classes
from analysis.values.gaps import signed_gap
from analysis.values.quality import Comparability
from analysis.values.summary import border_kodes, compare

if TYPE_CHECKING:
    from data.catalogue import Corridor, Indicator, Standard
    from data.tables import Dataset

__all__ = ["Layer", "SideFigure", "layer"]


@dataclass(frozen=True)
class SideFigure:
    """Means of one side, weighted by people: the units at the line and all its others; None where nothing is known.

    border_bound, other_bound : upper bounds are among the values, so the true mean can only be lower
    """

    kode_kabkota: str
    border_mean: float | None
    border_known: int
    border_total: int
    border_bound: bool
    other_mean: float | None
    other_known: int
    other_total: int
    other_bound: bool


@dataclass(frozen=True)
class Layer:
    """Result of `layer`.

    values : by kode, with value, low, high, year, quality, method, native_level, source, note, upper_bound, gap
        (missing without a standard, and for a bound that misses it), kode_kabkota, border (bool: has a kelurahan that
        touches the line); all units, unknown ones too
    counts : units and people by side and class
    bounds : units whose value is an upper bound; unknown on the map unless even the bound is in the lowest class
    """

    indicator: str
    level: str
    mode: str
    standard: str | None
    values: pd.DataFrame
    classes: Classes
    counts: pd.DataFrame
    sides: tuple[SideFigure, ...]
    bounds: int
    comparison: Comparability


def _mean(values: pd.Series, people: pd.Series) -> float | None:
    """Weighted by people, as `analysis.comparison.contrast` does; every unit the same where the people are unknown."""
    known = values.dropna()
    if known.empty:
        return None
    weights = people.reindex(known.index)
    if weights.isna().any() or not weights.sum() > 0:
        return float(known.mean())
    return float(np.average(known, weights=weights))


def layer(data: Dataset, corridor: Corridor, indicator: Indicator, mode: str, standard: Standard | None) -> Layer:
    """Values, classes and means of one indicator for a corridor.

    Parameters
    ----------
    mode : {"nilai", "kesenjangan"}
        The second needs a standard.

    Raises
    ------
    ValueError
        A gap was asked for without a standard.
    """
    if mode == "kesenjangan" and standard is None:
        raise ValueError(f"{indicator.id} has no standard")
    units = data.units(indicator.level, corridor.sides)
    side = units["kode_kabkota"] if indicator.level != "kabkota" else units.index.to_series()
    values = data.indicator_values(indicator.id).reindex(units.index)
    touching = border_kodes(data, corridor, "bersentuhan").index
    if indicator.level != "kelurahan":
        touching = pd.Index(touching.str.slice(0, 8 if indicator.level == "kecamatan" else 5)).unique()
    gap = pd.Series(float("nan"), index=units.index)
    if standard is not None:
        gap = signed_gap(values["value"], standard.threshold, indicator.direction)
    bound = values["upper_bound"].fillna(False).astype(bool)
    # A bound that misses the standard says nothing: the true value may meet it.
    gap = gap.where(~(bound & (gap > 0)))
    values = values.assign(gap=gap, kode_kabkota=side, border=units.index.isin(touching), upper_bound=bound)
    low_is_good = indicator.direction != "lebih_tinggi_baik"
    if mode == "kesenjangan":
        classes = classify(gap, GAP_BREAKS)
    else:
        threshold = standard.threshold if standard is not None else None
        classes = classify(values["value"], indicator.breaks, threshold, upper_closed=low_is_good)
    # Below the lowest limit a bound is certain, above it the class is not known.
    uncertain = bound & (classes.index > 0)
    classes = replace(classes, index=classes.index.where(~uncertain, UNKNOWN))
    people = data.people[indicator.level]["value"].reindex(units.index)
    figures = []
    for kode in corridor.sides:
        own = values[values["kode_kabkota"] == kode]
        inside = own["border"]
        at_line, others = own.loc[inside, "value"], own.loc[~inside, "value"]
        figures.append(
            SideFigure(
                kode_kabkota=kode,
                border_mean=_mean(at_line, people),
                border_known=int(at_line.notna().sum()),
                border_total=len(at_line),
                border_bound=bool(own.loc[inside, "upper_bound"].any()),
                other_mean=_mean(others, people),
                other_known=int(others.notna().sum()),
                other_total=len(others),
                other_bound=bool(own.loc[~inside, "upper_bound"].any()),
            )
        )
    return Layer(
        indicator=indicator.id,
        level=indicator.level,
        mode=mode,
        standard=standard.id if standard is not None else None,
        values=values,
        classes=classes,
        counts=count_classes(classes, side, people),
        sides=tuple(figures),
        bounds=int(bound.sum()),
        comparison=compare(data, indicator, corridor.sides),
    )
