"""Where the residents of a kelurahan can go: the nearest of each service on their own side and across the line."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.access.nearest import Nearest, nearest_named
from analysis.access.services import OFFICE, SERVICES

if TYPE_CHECKING:
    import pandas as pd

    from geo.grid import Grid

SHOWN = ("sd", "smp", "smp_negeri", "sma_smk", "sma_smk_negeri", "puskesmas", "rumah_sakit")
"""Services to which residents go, in the order of a life."""

OFFICES = (OFFICE, "kantor_kecamatan")
"""Kinds of office of which a kelurahan has its own."""

COLUMNS = ["kind", "status", "name", "kode", "operator", "owner", "used", "x", "y", "left_out", "area_kode"]

Access = Literal["unknown", "open", "province", "closed"]


@dataclass(frozen=True)
class Destination:
    """The nearest facilities of one service.

    Attributes
    ----------
    service : its id
    kode : of the kelurahan
    own, across : the nearest of its own kabkota and across the line; None where no list can be relied on
    """

    service: str
    kode: str
    own: Nearest | None
    across: Nearest | None

    @property
    def nearer(self) -> bool:
        """Whether the one across the line is nearer than the own one."""
        return self.own is not None and self.across is not None and self.across.median_m < self.own.median_m

    @property
    def access(self) -> Access:
        """What the line does to the one across it: nothing, where no government or their own province owns it."""
        if self.across is None:
            return "unknown"
        if not self.across.owner:
            return "open"
        return "province" if self.kode.startswith(self.across.owner) else "closed"


@dataclass(frozen=True)
class Office:
    """An office that serves the residents of a kelurahan alone.

    Attributes
    ----------
    kind : of the facility
    name : "" where none is known
    median_m : metres from the sample points, their median; None where none is known
    """

    kind: str
    name: str
    median_m: float | None


@dataclass(frozen=True)
class Wayfinding:
    """Result of `find_ways`.

    Attributes
    ----------
    kode : of the kelurahan
    destinations : one a service, in the order of `SHOWN`
    offices : in the order of `OFFICES`
    """

    kode: str
    destinations: tuple[Destination, ...]
    offices: tuple[Office, ...]

    @property
    def known(self) -> tuple[Destination, ...]:
        """Services of which both sides are known."""
        return tuple(d for d in self.destinations if d.own is not None and d.across is not None)


def find_ways(
    facilities: pd.DataFrame,
    grid: Grid,
    kelurahan: pd.DataFrame,
    kode: str,
    sides: Collection[str],
    listed: Callable[[str], Collection[str]],
) -> Wayfinding:
    """The nearest facilities of a kelurahan for every service, and its own offices.

    Parameters
    ----------
    facilities : all of them, by id, with `COLUMNS`; x and y in metres
    grid : all sample points
    kelurahan : all of them, by kode: nama, kecamatan
    kode : of the one that is asked about
    sides : kode_kabkota of the corridor
    listed : gives, for the id of a service, the kode_kabkota whose list can be used
    """
    points, own = grid.points[grid.codes == grid.units.get_loc(kode)], kode[:5]
    kinds = {kind for name in SHOWN for kind in SERVICES[name].kinds} | set(OFFICES)
    facilities = facilities.loc[facilities["operator"].isin(sides) & facilities["kind"].isin(kinds), COLUMNS]
    found = []
    for name in SHOWN:
        among, usable = facilities[SERVICES[name].among(facilities)], set(listed(name))
        near, far = (nearest_named(points, among, k & usable, grid) for k in ({own}, set(sides) - {own}))
        found.append(Destination(name, kode, near, far))
    names = {
        OFFICE: (kode, str(kelurahan.at[kode, "nama"])),
        "kantor_kecamatan": (kode[:8], str(kelurahan.at[kode, "kecamatan"])),
    }
    offices = []
    for kind, (area, called) in names.items():
        # An office may stand in a neighbour's area: only one of the right name, in the right area, is this one.
        rows = facilities[facilities["kind"].eq(kind) & facilities["used"] & facilities["kode"].str.startswith(area)]
        mine = rows[rows["name"].map(_letters).str.contains(_letters(called), regex=False)]
        if len(mine) == 1:
            metres = float(np.median(np.hypot(*(points - mine[["x", "y"]].to_numpy(dtype=float)[0]).T)))
            offices.append(Office(kind, str(mine["name"].iloc[0]), metres))
        else:
            offices.append(Office(kind, "", None))
    return Wayfinding(kode, tuple(found), tuple(offices))


def _letters(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
