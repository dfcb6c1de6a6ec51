"""How many services lie beyond their standard, kelurahan by kelurahan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.classes import UNKNOWN, Classes, classify, count_classes
from analysis.values.gaps import may_meet_or_miss
from analysis.values.quality import year_span
from geo.borders import TOUCHING

if TYPE_CHECKING:
    from data.tables import Border, Measure

COUNT_BREAKS = (0.0, 1.0, 2.0, 3.0)
"""Inner limits of the classes: none, one, two, three, more."""


@dataclass(frozen=True)
class Reach:
    """Result of `services_out_of_reach`.

    Attributes
    ----------
    services : ids of the indicators that are counted
    table : by kode of every kelurahan of the sides: missed (services beyond their standard), unsure (those whose
        range holds the standard), known (those that are judged, missed ones included),
        kode_kabkota, border (bool: touches the line)
    classes : by missed; unknown where no service is judged
    uncertain : by kode, whether more services may be missed than are counted
    counts : units and people by side and class, see `analysis.values.classes.count_classes`
    years : oldest and newest year of the values, None without any
    """

    services: tuple[str, ...]
    table: pd.DataFrame
    classes: Classes
    uncertain: pd.Series
    counts: pd.DataFrame
    years: tuple[int, int] | None


def services_of(measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """Indicators that are counted: distances from a kelurahan that have a standard and stand in its profile."""
    return tuple(
        name
        for name, m in measures.items()
        if m.standard is not None and m.indicator.facility and m.indicator.profile and m.indicator.level == "kelurahan"
    )


def known_services(measures: Mapping[str, Measure], kode: str) -> tuple[str, ...]:
    """The indicators of the counted services of a kelurahan whose distance is known, in the order of the catalogue."""
    known = (name for name in services_of(measures) if measures[name].standard is not None)
    return tuple(name for name in known if kode in measures[name].values.index)


def services_out_of_reach(border: Border, measures: Mapping[str, Measure]) -> Reach:
    """Count the services beyond their standard for every kelurahan of a corridor.

    A service counts as the profile of a kelurahan judges it: by its median distance. One whose range holds the standard
    is neither met nor missed.

    Parameters
    ----------
    border : units of all sides of the corridor
    measures : by id, every indicator with the standard that it is compared with
    """
    units, services = border.units["kelurahan"], services_of(measures)
    table = pd.DataFrame(0, index=units.index, columns=["missed", "unsure", "known"])
    years = [pd.Series(dtype=float)]
    for name in services:
        measure = measures[name]
        values = measure.values.reindex(units.index)
        limit = measure.standard.threshold if measure.standard else float("nan")
        unsure = may_meet_or_miss(values, limit, measure.indicator.direction)
        table["missed"] += (values["value"] > limit) & ~unsure
        table["unsure"] += unsure
        table["known"] += values["value"].notna() & ~unsure
        years.append(values["year"])
    classes = classify(table["missed"].where(table["known"] > 0), COUNT_BREAKS)
    uncertain = (table["unsure"] > 0) & (classes.index != UNKNOWN)
    table = table.assign(kode_kabkota=units["kode_kabkota"], border=units[TOUCHING])
    return Reach(
        services=services,
        table=table,
        classes=classes,
        uncertain=uncertain,
        counts=count_classes(classes, units["kode_kabkota"], units["people"], uncertain if uncertain.any() else None),
        years=year_span(pd.concat(years)),
    )
