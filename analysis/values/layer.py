"""What one map shows: an indicator, or its gap to a standard, for the sides of a corridor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.values.classes import GAP_BREAKS, Classes, classify, count_classes
from analysis.values.gaps import may_meet_or_miss, signed_gap
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
    """

    kode_kabkota: str
    border_mean: float | None
    other_mean: float | None


@dataclass(frozen=True)
class Layer:
    """Result of `layer`.

    Attributes
    ----------
    indicator, level, standard : id of the indicator, its level, and id of the standard (None without one)
    mode : "nilai" or "kesenjangan"
    values : by kode of all units, unknown ones too: value, low, high, year, quality, method, native_level, source,
        note, gap (missing without a standard), kode_kabkota, border (bool: has a kelurahan that touches the line)
    classes : what the map colours
    uncertain : by kode, whether the standard lies within the range of the value, which may then meet or miss it
    counts : units and people by side and class, those that are uncertain apart
    sides : in the order of the corridor
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
    uncertain = pd.Series(False, index=units.index)
    if standard is not None:
        gap = signed_gap(values["value"], standard.threshold, indicator.direction)
        uncertain = may_meet_or_miss(values, standard.threshold, indicator.direction)
    if mode == "kesenjangan":
        classes = classify(gap, GAP_BREAKS)
    else:
        threshold = standard.threshold if standard is not None else None
        low_is_good = indicator.direction != "lebih_tinggi_baik"
        classes = classify(values["value"], indicator.breaks, threshold, upper_closed=low_is_good)
    values = values.assign(gap=gap, kode_kabkota=side, border=units[TOUCHING])
    return Layer(
        indicator=indicator.id,
        level=indicator.level,
        mode=mode,
        standard=standard.id if standard is not None else None,
        values=values,
        classes=classes,
        uncertain=uncertain,
        counts=count_classes(classes, side, people, uncertain if uncertain.any() else None),
        sides=tuple(
            _figure(values.loc[side == kode, ["value", "border"]], kode, people, indicator.rate is not None)
            for kode in sides
        ),
        comparison=compare_sides(measure, sides),
        period=period,
    )


def _figure(own: pd.DataFrame, kode: str, people: pd.Series, count: bool) -> SideFigure:
    at_line, others = own[own["border"]], own[~own["border"]]
    return SideFigure(
        kode_kabkota=kode,
        border_mean=_mean(at_line["value"], people, count),
        other_mean=_mean(others["value"], people, count),
    )
