"""The services that an agreement across a border may open, and whose list of facilities can be used.

Which kinds of facility count, up to what distance they serve where a standard gives one, and which kabkota have a list
that carries a distance: a side with a list found too thin is named, never guessed at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.borders import beside

if TYPE_CHECKING:
    from data.catalogue import Corridor, Standard
    from data.tables import Dataset


OFFICE = "kantor_kelurahan"
"""The service of which every kelurahan has one of its own."""


@dataclass(frozen=True)
class Service:
    """A class of facilities that an agreement may open.

    kinds : kinds of facility; the first is what a scenario adds
    ratio : indicator whose standards say how many people a facility serves; empty where there is none
    reach : assumption that stands in for a radius where no standard gives one
    """

    id: str
    kinds: tuple[str, ...]
    sector: str
    state_only: bool = False
    ratio: str = ""
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
        Service("puskesmas", ("puskesmas",), "kesehatan", ratio="rasio_puskesmas"),
        Service("rumah_sakit", ("rumah_sakit",), "kesehatan", reach="jangkauan_rumah_sakit"),
        Service("sd", ("sd",), "pendidikan", ratio="rasio_sd"),
        Service("smp", ("smp",), "pendidikan", ratio="rasio_smp"),
        Service("smp_negeri", ("smp",), "pendidikan", state_only=True, ratio="rasio_smp"),
        Service("sma_smk", ("sma", "smk"), "pendidikan", ratio="rasio_sma_smk"),
        Service("sma_smk_negeri", ("sma", "smk"), "pendidikan", state_only=True, ratio="rasio_sma_smk"),
        Service("kantor_kelurahan", ("kantor_kelurahan",), "pemerintahan", reach="jangkauan_kantor_kelurahan"),
    )
}


def has_list(data: Dataset, service: Service, kode_kabkota: str, facilities: pd.DataFrame) -> bool:
    """Whether the facilities of a kabkota can be used.

    They can where a distance to them is given, and where some are listed of a kabkota of which no distance at all was
    judged; not where the list was judged and found too thin.
    """
    if len(data.side_values(service.indicator, kode_kabkota)):
        return True
    if any(len(data.side_values(s.indicator, kode_kabkota)) for s in SERVICES.values()) or service.id == OFFICE:
        return False
    return bool((service.among(facilities) & facilities["used"] & (facilities["operator"] == kode_kabkota)).any())


def partners_of(data: Dataset, corridor: Corridor, service: Service) -> tuple[str, ...]:
    """Neighbours of the sides, beyond the sides themselves, of which a list exists."""
    return tuple(k for k in sorted(beside(data.pairs, corridor.sides)) if has_list(data, service, k, data.facilities))


def nearest_radius(data: Dataset, service: Service) -> float:
    """Metres of the first step of the supply: the radius of the first standard, or the assumption in its place."""
    standards = data.catalogue.standards_of(service.indicator)
    return 1000 * (standards[0].threshold if standards else data.catalogue.assumptions[service.reach].value)


def years_of(data: Dataset, service: Service, members: Sequence[str]) -> tuple[int, int] | None:
    """First and last year of the distances of these kabkota; None without any."""
    values = data.indicator_values(service.indicator)
    years = values.loc[values["kode_kabkota"].isin(members), "year"]
    return (int(years.min()), int(years.max())) if len(years) else None


def equivalents(people: float, standard: Standard) -> float:
    """So many facilities serve these people by a standard of people per facility."""
    return people / (standard.population_per_unit or float("nan"))
