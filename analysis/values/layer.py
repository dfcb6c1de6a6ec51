"""What one map shows: an indicator, or its gap to a standard, for the sides of a corridor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.values.classes import GAP_BREAKS, Classes, classify, count_classes
from analysis.values.gaps import signed_gap
from analysis.values.quality import Comparability, compare_sides
from geo.borders import TOUCHING

if TYPE_CHECKING:
    from data.tables import Border, Measure


@dataclass(frozen=True)
class SideFigure:
    """One side: the units at the line and all its others; None where nothing is known.

    Means are weighted by people; of a count the sum stands in their place, since its units differ in size.

    Attributes
    ----------
    kode_kabkota : the side
    border_mean, other_mean : in the unit of the indicator
    border_bound, other_bound : whether upper bounds are among the values, so that the true mean can only be lower
    """

    kode_kabkota: str
    border_mean: float | None
    border_bound: bool
    other_mean: float | None
    other_bound: bool


@dataclass(frozen=True)
class Layer:
    """Result of `layer`.

    Attributes
    ----------
    indicator, level, standard : id of the indicator, its level, and id of the standard (None without one)
    mode : "nilai" or "kesenjangan"
    values : by kode of all units, unknown ones too: value, low, high, year, quality, method, native_level, source,
        note, upper_bound, gap (missing without a standard, and for a bound that misses it), kode_kabkota, border
        (bool: has a kelurahan that touches the line)
    classes : what the map colours; a bound has the class of its value
    uncertain : by kode, whether the value is an upper bound that may lie in a lower class
    counts : units and people by side and class, those that are uncertain apart
    sides : in the order of the corridor
    bounds : units whose value is an upper bound
    comparison : whether the sides may be compared
    period : of the values where several can be chosen, "" else
    """

    indicator: str
    level: str
    mode: str
    standard: str | None
    values: pd.DataFrame
    classes: Classes
    uncertain: pd.Series
    counts: pd.DataFrame
    sides: tuple[SideFigure, ...]
    bounds: int
    comparison: Comparability
    period: str = ""


def _mean(values: pd.Series, people: pd.Series, count: bool) -> float | None:
    """Weighted by people, as `analysis.comparison.contrast` does; every unit the same where the people are unknown.

    Of a count the sum.
    """
    known = values.dropna()
    if known.empty:
        return None
    if count:
        return float(known.sum())
    weights = people.reindex(known.index)
    if weights.isna().any() or not weights.sum() > 0:
        return float(known.mean())
    return float(np.average(known, weights=weights))


def layer(border: Border, measure: Measure, mode: str = "nilai", period: str = "") -> Layer:
    """Values, classes and means of one indicator for a corridor.

    Parameters
    ----------
    border : units of all sides of the corridor
    measure : the indicator, with the standard that becomes a limit of a class
    mode : "nilai", or "kesenjangan", which needs a standard
    period : of the values, where several can be chosen

    Raises
    ------
    ValueError
        A gap was asked for without a standard.
    """
    indicator, standard, sides = measure.indicator, measure.standard, border.corridor.sides
    if mode == "kesenjangan" and standard is None:
        raise ValueError(f"{indicator.id} has no standard")
    units = border.units[indicator.level]
    side, people = units["kode_kabkota"], units["people"]
    values = measure.values.reindex(units.index)
    gap = pd.Series(float("nan"), index=units.index)
    if standard is not None:
        gap = signed_gap(values["value"], standard.threshold, indicator.direction)
    bound = values["upper_bound"].fillna(False).astype(bool)
    if mode == "kesenjangan":
        classes = classify(gap, GAP_BREAKS)
    else:
        threshold = standard.threshold if standard is not None else None
        low_is_good = indicator.direction != "lebih_tinggi_baik"
        classes = classify(values["value"], indicator.breaks, threshold, upper_closed=low_is_good)
    # A bound that misses the standard says nothing: the true value may meet it.
    gap = gap.where(~(bound & (gap > 0)))
    values = values.assign(gap=gap, kode_kabkota=side, border=units[TOUCHING], upper_bound=bound)
    # Below the lowest limit a bound is certain, above it the class may be a lower one.
    uncertain = bound & (classes.index > 0)
    return Layer(
        indicator=indicator.id,
        level=indicator.level,
        mode=mode,
        standard=standard.id if standard is not None else None,
        values=values,
        classes=classes,
        uncertain=uncertain,
        counts=count_classes(classes, side, people, uncertain if uncertain.any() else None),
        sides=tuple(_figure(values[side == kode], kode, people, indicator.rate is not None) for kode in sides),
        bounds=int(bound.sum()),
        comparison=compare_sides(measure, sides),
        period=period,
    )


def _figure(own: pd.DataFrame, kode: str, people: pd.Series, count: bool) -> SideFigure:
    at_line, others = own[own["border"]], own[~own["border"]]
    return SideFigure(
        kode_kabkota=kode,
        border_mean=_mean(at_line["value"], people, count),
        border_bound=bool(at_line["upper_bound"].any()),
        other_mean=_mean(others["value"], people, count),
        other_bound=bool(others["upper_bound"].any()),
    )
