"""Results without any choice of the user, which pages, stories and files share: each computed once for a data set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from analysis.access.baseline import baseline_of
from analysis.access.open_border import open_border
from analysis.access.result import OpenBorder
from analysis.access.services import Service
from analysis.comparison.comparison import Comparison, compare_corridor
from analysis.fire import fire
from analysis.fire.fire import FireResult
from analysis.priority.priority import Priority, chosen_standards, equal_choices, rank_priority
from analysis.values.population import Validation, validate, with_official
from data import ranges
from data.catalogue import Corridor
from data.tables import Dataset


def forget() -> None:
    """Let go of everything that was computed, and with it of the data sets that it belongs to."""
    for function in (comparisons, ranking, access, response, population_error):
        function.cache_clear()


@lru_cache(maxsize=16)
def comparisons(data: Dataset, corridor: Corridor) -> Mapping[tuple[str, str], Comparison]:
    """Border against interior and side against side, by indicator and border set."""
    return compare_corridor(data.border(corridor), data.measures.values())


@lru_cache(maxsize=16)
def ranking(data: Dataset, corridor: Corridor, sectors: tuple[str, ...] = ()) -> Priority:
    """The ranking with equal weights of some sectors, all by default, and the first standard of every indicator.

    Parameters
    ----------
    data, corridor : data and the border
    sectors : ids of those that have a weight; empty for all
    """
    choices = equal_choices(data.catalogue, sectors)
    measures = [data.measure(*chosen) for chosen in chosen_standards(data.catalogue, choices)]
    return rank_priority(data.border(corridor), measures, data.grid, choices)


@lru_cache(maxsize=64)
def access(data: Dataset, corridor: Corridor, service: Service) -> OpenBorder:
    """Opening the border of the sides for a service, with the first standard of the catalogue.

    Parameters
    ----------
    data, corridor : data and the border
    service : that is shared
    """
    border, assumptions = data.border(corridor), data.catalogue.assumptions
    baseline = baseline_of(border, service, data.measures, data.facilities, data.grid, assumptions)
    return open_border(baseline, data.measures[service.indicator].standard)


@lru_cache(maxsize=4)
def population_error(data: Dataset) -> Validation:
    """The error of the population estimate, measured where the people of every kelurahan are known.

    Where an office has published people of the year of the estimate, that is measured, too (`data.ranges`).
    """
    found, needed = validate(data.yardstick, data.pairs), ranges.needed(data.replaced)
    return with_official(found, data.replaced, needed, data.kelurahan["jenis"], data.pairs, ranges.width)


@lru_cache(maxsize=16)
def response(data: Dataset, corridor: Corridor) -> FireResult:
    """Response along a corridor under the catalogue's assumptions."""
    choices, density = fire.default_choices(data.catalogue.assumptions), data.indicator_values(fire.DENSITY)["value"]
    drawn = fire.fire_realisations(data.grid, data.facilities, corridor.sides)
    return fire.fire_result(drawn, choices, data.people["kelurahan"], density)
