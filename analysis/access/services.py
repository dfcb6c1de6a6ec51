"""The services that may be shared across a border, and whose list of facilities can be used.

Which kinds of facility count, up to what distance they serve where a standard gives one, and which kabkota have a list
that carries a distance: a side with a list found too thin is named, never guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from data.catalogue import Assumption, Standard
    from data.tables import Border, Measure


OFFICE = "kantor_kelurahan"
"""The service of which every kelurahan has one of its own."""


@dataclass(frozen=True)
class Service:
    """A class of facilities that may be shared.

    Attributes
    ----------
    id, sector : its ids
    kinds : kinds of facility; the first is what a scenario adds
    state_only : whether only facilities of the state count
    capacity : standards that say how many people a facility serves
    reach : assumption that stands in for a radius where no standard gives one
    """

    id: str
    kinds: tuple[str, ...]
    sector: str
    state_only: bool = False
    capacity: tuple[str, ...] = ()
    reach: str = ""

    @property
    def indicator(self) -> str:
        """The indicator of the distance to it."""
        return f"jarak_{self.id}"

    def among(self, facilities: pd.DataFrame) -> pd.Series:
        """Which facilities belong to it."""
        kind = facilities["kind"].isin(self.kinds)
        return kind & facilities["status"].eq("negeri") if self.state_only else kind


SERVICES: Mapping[str, Service] = {
    s.id: s
    for s in (
        Service("puskesmas", ("puskesmas",), "kesehatan", capacity=("sni-rasio-puskesmas", "rasio-puskesmas-30rb")),
        Service("rumah_sakit", ("rumah_sakit",), "kesehatan", reach="jangkauan_rumah_sakit"),
        Service("sd", ("sd",), "pendidikan", capacity=("sni-rasio-sd",)),
        Service("smp", ("smp",), "pendidikan", capacity=("sni-rasio-smp",)),
        Service("smp_negeri", ("smp",), "pendidikan", state_only=True, capacity=("sni-rasio-smp",)),
        Service("sma_smk", ("sma", "smk"), "pendidikan", capacity=("sni-rasio-sma",)),
        Service("sma_smk_negeri", ("sma", "smk"), "pendidikan", state_only=True, capacity=("sni-rasio-sma",)),
        Service("kantor_kelurahan", ("kantor_kelurahan",), "pemerintahan", reach="jangkauan_kantor_kelurahan"),
    )
}


def kabkota_with_list(service: Service, measures: Mapping[str, Measure], facilities: pd.DataFrame) -> set[str]:
    """kode_kabkota whose facilities of a service can be used.

    They can where a distance to them is given, and where some are listed of a kabkota of which no distance at all was
    judged; not where the list was judged and found too thin.

    Parameters
    ----------
    service : the service
    measures : by id, the indicators of the distances to every service
    facilities : kind, status, used, operator
    """
    judged = {s.id: set(measures[s.indicator].values["kode_kabkota"].unique()) for s in SERVICES.values()}
    if service.id == OFFICE:
        return judged[service.id]
    some = facilities.loc[service.among(facilities) & facilities["used"], "operator"]
    return judged[service.id] | (set(some) - set().union(*judged.values()))


def default_service(listed: Callable[[str], Collection[str]], sides: Sequence[str]) -> str:
    """The first service that every side lists.

    Parameters
    ----------
    listed : gives, for the id of a service, the kode_kabkota whose list can be used
    sides : kode_kabkota of the sides
    """
    found = (id for id in SERVICES if set(listed(id)) >= set(sides))
    return next(found, next(iter(SERVICES)))


def partners_of(border: Border, listed: Collection[str]) -> tuple[str, ...]:
    """Neighbours of the sides, beyond the sides themselves, among the kabkota that have a list."""
    return tuple(sorted(border.neighbours & set(listed)))


def nearest_radius(service: Service, measure: Measure, assumptions: Mapping[str, Assumption]) -> float:
    """Metres of the first step of the supply: the radius of the standard, or the assumption in its place.

    Parameters
    ----------
    service : the service
    measure : its distance, with the standard
    assumptions : of the catalogue, by id
    """
    return 1000 * (measure.standard.threshold if measure.standard else assumptions[service.reach].value)


def equivalents(people: float, standard: Standard) -> float:
    """Facilities that serve these people by a standard of people per facility."""
    return people / (standard.population_per_unit or float("nan"))
