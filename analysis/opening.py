"""What opening a border would change: the nearest own service against the nearest of any side, and what it asks of it.

"Closed" means that residents use the facilities of their own kabkota only; "open" that they use those of all partners
of an agreement. Opening can shorten the way to the nearest facility, never lengthen it; but facilities are then shared
with more people, so that supply per person falls for some.

A list that misses facilities makes an opening look better or worse than it is. Every figure therefore comes with
the least and the most that it can be: a missing facility of one's own may be nearer than the one across the line, and
a missing one across the line may be nearer still.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.spatial import cKDTree

from analysis.access import summarise
from analysis.catchment import e2sfca, scaled_steps, within_reach
from analysis.classes import UNKNOWN, Classes, classify
from analysis.projection import to_metric
from analysis.scenario import FARTHEST_M, Change, apply

if TYPE_CHECKING:
    from data.catalogue import Corridor, Standard
    from data.tables import Dataset

UNSEEN_SHARE = 0.05
"""A kelurahan is judged uncertain when more of its points than this may have a nearer facility that is not listed."""
SLACK_M = 500.0
"""No place in a kelurahan is farther than this from its nearest sample point."""
UNCHANGED = 0.01
"""Relative change of supply per person up to which nobody is said to gain or lose."""
MOST_NAMED = 10
MOSTLY = 0.5
"""Share of the points from which on a kelurahan is named as one whose nearest facility lies across the line."""
SAVING_BREAKS_M = (50.0, 250.0, 500.0, 1000.0, 2000.0)
SUPPLY_BREAKS = (-0.2, -UNCHANGED, UNCHANGED, 0.2)

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

__all__ = [
    "SERVICES",
    "Balance",
    "Ground",
    "Opening",
    "Savings",
    "Service",
    "SideOpening",
    "crossers",
    "equivalents",
    "gainers",
    "losers",
    "minutes",
    "nearest_both",
    "nearest_radius",
    "on_land",
    "open_border",
    "partners_of",
    "prepare",
    "saving_classes",
    "savings",
    "supply_both",
    "supply_classes",
]


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
OFFICE = "kantor_kelurahan"


@dataclass(frozen=True)
class Savings:
    """Metres saved at each point by opening, and whether its nearest facility is then another's.

    saved : as the lists have it; least and most : whatever facilities the lists miss
    """

    saved: Floats
    least: Floats
    most: Floats
    switch: Bools
    switch_least: Bools
    switch_most: Bools


@dataclass(frozen=True)
class Balance:
    """Supply given out against supply that anybody can reach: equal, or something is wrong."""

    closed_given: float
    closed_there: float
    open_given: float
    open_there: float


@dataclass(frozen=True)
class SideOpening:
    """One side. People are counted point by point; three numbers are (as listed, at least, at most).

    units, known : kelurahan, and those whose own list can carry a distance
    people : of the known kelurahan
    crossing : people whose nearest facility is another side's once the border is open
    crossing_m : what they save, on average over them
    within_closed, within_open : people within the standard, as listed; None without a standard
    newly : people newly within the standard
    gain, lose : people with more, or less, supply per person; None where supply was not computed
    gain_units, lose_units : kelurahan, by their mean
    unsure_units : kelurahan whose gain or loss an incomplete list could turn round
    incoming : people of the other sides whose nearest facility is one of this side: as listed, and at least
    """

    kode_kabkota: str
    units: int
    known: int
    people: float
    crossing: tuple[float, float, float]
    crossing_m: tuple[float, float, float] | None
    within_closed: float | None
    within_open: float | None
    newly: tuple[float, float, float] | None
    gain: float | None
    lose: float | None
    gain_units: int
    lose_units: int
    unsure_units: int
    incoming: tuple[float, float]


@dataclass(frozen=True)
class Opening:
    """Result of `open_border`.

    members : kabkota between which the border opens: those with a list of this service
    without_list : sides and partners without a usable list
    without_people : partners whose people are unknown: their facilities count for distances, not for supply
    threshold_m : the standard, None without one
    steps : limits (m) and weights of the supply
    table : by kode of every kelurahan of the sides, NaN where unknown: kode_kabkota, people, n_points, closed_median,
        closed_p90, open_median, open_p90 (m), closed_bound, open_bound (bool: the true distance may be shorter), saved,
        saved_least, saved_most (m, mean of the points), crossing_share (0 to 1), crossing, crossing_least,
        crossing_most, newly, newly_least, newly_most (people), supply_closed, supply_open (facilities per 10,000
        people), supply_change (their difference), supply_ratio (change relative to closed), supply_sure (bool)
    receiving : by facility id, most first: name, operator, people, people_least (they come from another side)
    facilities : the service of all members with column state; unused ones too
    lost : of these, those without a correct point that the lists name
    """

    service: str
    sides: tuple[str, ...]
    members: tuple[str, ...]
    without_list: tuple[str, ...]
    without_people: tuple[str, ...]
    threshold_m: float | None
    steps: tuple[tuple[float, float], ...]
    table: pd.DataFrame
    side: tuple[SideOpening, ...]
    receiving: pd.DataFrame
    facilities: pd.DataFrame
    lost: pd.DataFrame
    balance: Balance | None
    years: tuple[int, int] | None
    sources: tuple[str, ...]

    @property
    def computable(self) -> bool:
        """Whether there is anybody to open to and somebody whose distance is known."""
        return len(self.members) > 1 and any(s.known for s in self.side)


def minutes(distance_m: float, detour: float, speed_kmh: float) -> float:
    """Minutes for a straight-line distance on a way that is `detour` times as long.

    Examples
    --------
    >>> minutes(1000.0, 1.2, 4.0)
    18.0
    """
    return distance_m * detour / speed_kmh * 60 / 1000


def nearest_both(
    points_xy: Floats, kabkota: npt.NDArray, facilities_xy: Floats, operator: npt.NDArray
) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """Distance of each point to the nearest own facility and to the nearest of all.

    Parameters
    ----------
    points_xy : (n, 2) metres
    kabkota : (n,) whose resident lives there
    facilities_xy : (m, 2) metres
    operator : (m,) whose facility it is

    Returns
    -------
    closed, open : (n,) metres; inf where there is none
    which : (n,) position of the nearest of all, -1 where there is none
    """
    closed, which = np.full(len(points_xy), np.inf), np.full(len(points_xy), -1)
    if not len(facilities_xy):
        return closed, closed.copy(), which
    found, which = cKDTree(facilities_xy).query(points_xy)
    for code in np.unique(kabkota):
        mine, own = kabkota == code, operator == code
        if own.any():
            closed[mine] = cKDTree(facilities_xy[own]).query(points_xy[mine])[0]
    # Rounding in the trees must not make the open way longer by a hair.
    return closed, np.minimum(np.asarray(found, dtype=float), closed), np.asarray(which, dtype=np.int64)


def savings(closed_m: Floats, open_m: Floats, own_unseen_m: Floats, other_unseen_m: Floats) -> Savings:
    """What opening saves, given how near facilities may stand that no list has.

    Parameters
    ----------
    closed_m, open_m : (n,) metres to the nearest listed facility, own and any
    own_unseen_m, other_unseen_m : (n,) metres
        No unlisted facility of one's own, or of another side, is nearer than this; inf where the list is complete.

    Notes
    -----
    With an unlisted facility of one's own at d the saving is min(closed, d) - min(open, d), least at the smallest
    possible d. An unlisted one across the line at d' makes it closed - min(open, d'), most at the smallest d'.

    Examples
    --------
    >>> one = savings(*(np.array([v]) for v in (3000.0, 1000.0, 1800.0, 400.0)))
    >>> one.saved.tolist(), one.least.tolist(), one.most.tolist()
    ([2000.0], [800.0], [2600.0])
    """
    least_closed = np.minimum(closed_m, own_unseen_m)
    best_open = np.minimum(open_m, other_unseen_m)
    finite = np.isfinite(closed_m)
    saved = np.where(finite, closed_m - np.where(finite, open_m, 0.0), np.nan)
    return Savings(
        saved=saved,
        least=np.where(finite, np.maximum(least_closed - np.where(finite, open_m, 0.0), 0.0), np.nan),
        most=np.where(finite, np.maximum(closed_m - np.where(finite, best_open, 0.0), 0.0), np.nan),
        switch=open_m < closed_m,
        switch_least=open_m < least_closed,
        switch_most=best_open < closed_m,
    )


def supply_both(
    kabkota: npt.NDArray,
    people: Floats,
    operator: npt.NDArray,
    reach: sparse.coo_array,
    steps: Sequence[tuple[float, float]],
) -> tuple[Floats, Floats, Balance]:
    """Facilities per person within reach, one facility being one unit of supply: closed, then open.

    Parameters
    ----------
    kabkota, operator
        As for `nearest_both`.
    people : (n,) people living at each point, not negative
    reach : (n, m) sparse array of metres, see `within_reach`
    steps : limits (m) and weights

    Returns
    -------
    closed, open : (n,) facilities per person
    balance : Balance
    """
    at, to = reach.coords
    home = kabkota[at] == operator[to]
    own = sparse.coo_array((reach.data[home], (at[home], to[home])), shape=reach.shape)
    supply = np.ones(len(operator))
    closed, opened = (e2sfca(supply, people, pairs, steps) for pairs in (own, reach))
    lived = people[at] > 0
    there = [float(np.count_nonzero(np.bincount(to[used]))) for used in (lived & home, lived)]
    return closed, opened, Balance(float(people @ closed), there[0], float(people @ opened), there[1])


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
    pairs = data.pairs[["kode_kabkota_a", "kode_kabkota_b"]].drop_duplicates()
    a, b = pairs["kode_kabkota_a"], pairs["kode_kabkota_b"]
    near = {*b[a.isin(corridor.sides)], *a[b.isin(corridor.sides)]} - set(corridor.sides)
    return tuple(k for k in sorted(near) if has_list(data, service, k, data.facilities))


def nearest_radius(data: Dataset, service: Service) -> float:
    """Metres of the first step of the supply: the radius of the first standard, or the assumption in its place."""
    standards = data.catalogue.standards_of(service.indicator)
    return 1000 * (standards[0].threshold if standards else data.catalogue.assumptions[service.reach].value)


def gainers(result: Opening, most: int = MOST_NAMED) -> pd.DataFrame:
    """Kelurahan that gain most metres a resident: the surest gain first, then the one that the lists show."""
    table = result.table[result.table["saved"] >= 1]
    return table.sort_values(["saved_least", "saved"], ascending=False, kind="stable").head(most)


def losers(result: Opening, most_a_side: int = MOST_NAMED // 2) -> pd.DataFrame:
    """Kelurahan of every side with less supply per person, the largest relative loss first."""
    table = result.table[result.table["supply_ratio"] < -UNCHANGED].sort_values("supply_ratio", kind="stable")
    return table[table.groupby("kode_kabkota").cumcount() < most_a_side]


@dataclass(frozen=True)
class Ground:
    """What a scenario does not change: the points of a corridor, their people, and where lists are incomplete.

    xy, unit : all sample points (m) and their kelurahan, as position in `units`
    units, kabkota, member : the kelurahan, whose they are, and that as position in `members` (-1: no member)
    points : sample points by kelurahan
    people : at each sample point of a kelurahan, NaN where unknown
    known : kelurahan whose own list can carry a distance
    inside : positions of the sample points of known kelurahan of the sides
    demand : positions of the sample points whose residents may share a facility with those, with known people
    given : supply without a scenario; None where the people of a side are unknown or nobody opens
    """

    members: tuple[str, ...]
    without_list: tuple[str, ...]
    counted: tuple[str, ...]
    steps: tuple[tuple[float, float], ...]
    xy: Floats
    unit: npt.NDArray[np.integer]
    units: pd.Index
    kabkota: npt.NDArray
    member: npt.NDArray[np.integer]
    points: npt.NDArray[np.integer]
    people: Floats
    known: Bools
    inside: npt.NDArray[np.integer]
    demand: npt.NDArray[np.integer]
    unseen: Mapping[str, _Unseen]
    far: _Far
    given: _Given | None = None

    @property
    def number(self) -> dict[str, int]:
        """Position of each member."""
        return {k: i for i, k in enumerate(self.members)}

    @cached_property
    def homes(self) -> cKDTree:
        """Tree of the points of `demand`."""
        return cKDTree(self.xy[self.demand])

    @cached_property
    def own_homes(self) -> cKDTree:
        """Tree of the points inside."""
        return self.homes if len(self.inside) == len(self.demand) else cKDTree(self.xy[self.inside])

    @cached_property
    def hidden(self) -> _Given | None:
        """What the facilities named without a point would add; None without any."""
        middles = _middles(self, self.unseen)
        return _given(self, middles) if len(middles) else None


@dataclass(frozen=True)
class _Unseen:
    """Where facilities of one kabkota may stand that no list has.

    flagged : kelurahan (bool by unit) to which such a one may be nearer than the nearest listed
    lost : by facility id, land (bool by unit) of those that are named without a point, when they explain all flags
    land : kelurahan (bool by unit) that may hold unnamed ones
    """

    flagged: Bools
    lost: Mapping[str, Bools]
    land: Bools


@dataclass(frozen=True)
class _Far:
    """Least distance (m) of unlisted facilities from the points inside; land: of those that are not even named."""

    own: Floats
    own_land: Floats
    other: Floats
    other_land: Floats


_COLUMNS = ["kind", "name", "status", "operator", "kode", "area_kode", "lon", "lat", "used", "left_out", "state"]


def prepare(data: Dataset, corridor: Corridor, service: Service, partners: Sequence[str] = ()) -> Ground:
    """Gather what `open_border` needs for a corridor, a service and its partners, whatever the scenario."""
    invited = (*corridor.sides, *(p for p in partners if p not in corridor.sides))
    members = tuple(k for k in invited if has_list(data, service, k, data.facilities))
    unit, units = data.sample_units
    kabkota = units.str.slice(0, 5).to_numpy(dtype=object)
    xy = data.sample_xy
    points = np.bincount(unit, minlength=len(units))
    people_of = data.people["kelurahan"]["value"].reindex(units).to_numpy(dtype=float)
    known = _known_units(data, service, members, units)
    inside = np.flatnonzero((known & np.isin(kabkota, corridor.sides))[unit])
    counted = tuple(k for k in members if not np.isnan(people_of[kabkota == k]).any())
    steps = scaled_steps(nearest_radius(data, service))
    people = people_of / points
    demand = np.flatnonzero(np.isin(kabkota, counted)[unit])
    if len(inside):
        # Beyond twice the last step nobody shares a facility with a resident of the sides.
        edge = 2 * steps[-1][0]
        low, high = xy[inside].min(axis=0) - edge, xy[inside].max(axis=0) + edge
        demand = demand[((xy[demand] >= low) & (xy[demand] <= high)).all(axis=1)]
    # Where there is no list at all, everything may stand.
    unseen = {k: _unseen(data, service, k, known) for k in invited}
    ground = Ground(
        members=members,
        without_list=tuple(k for k in invited if k not in members),
        counted=counted,
        steps=steps,
        xy=xy,
        unit=unit,
        units=units,
        kabkota=kabkota,
        member=pd.Index(members).get_indexer(pd.Index(kabkota)),
        points=points,
        people=people,
        known=known,
        inside=inside,
        demand=demand,
        unseen=unseen,
        far=_far(unseen, xy, unit, kabkota, inside),
    )
    if len(inside) and len(counted) > 1 and {k for k in members if k in corridor.sides} <= set(counted):
        known_facilities = data.facilities[service.among(data.facilities) & data.facilities["used"]]
        return replace(ground, given=_given(ground, known_facilities))
    return ground


def saving_classes(result: Opening) -> tuple[Classes, pd.Series]:
    """Class of the metres saved by kelurahan, and which of the unknown ones are so because lists are incomplete."""
    saved = result.table["saved"]
    found = classify(saved, SAVING_BREAKS_M)
    least = classify(result.table["saved_least"], SAVING_BREAKS_M).index
    return _hatched(found, least != found.index)


def supply_classes(result: Opening) -> tuple[Classes, pd.Series]:
    """Class of the relative change of supply by kelurahan, and which are unknown because lists are incomplete."""
    found = classify(result.table["supply_ratio"], SUPPLY_BREAKS)
    return _hatched(found, ~result.table["supply_sure"])


def on_land(data: Dataset, lon: float, lat: float) -> bool:
    """Whether a place (degrees) lies on, or close to, a kelurahan, so that a scenario may use it."""
    x, y = to_metric(lon, lat)
    return bool(np.hypot(data.sample_xy[:, 0] - x, data.sample_xy[:, 1] - y).min() <= FARTHEST_M)


def _hatched(found: Classes, unsure: pd.Series) -> tuple[Classes, pd.Series]:
    unsure = unsure & (found.index != UNKNOWN)
    return replace(found, index=found.index.where(~unsure, UNKNOWN)), unsure


def equivalents(people: float, standard: Standard) -> float:
    """So many facilities serve these people by a standard of people per facility."""
    return people / (standard.population_per_unit or float("nan"))


def crossers(result: Opening, kode_kabkota: str) -> pd.DataFrame:
    """Kelurahan of a side that have the nearest facility across the line for at least half of their points."""
    table = result.table
    rows = table[(table["kode_kabkota"] == kode_kabkota) & (table["crossing_share"] >= MOSTLY)]
    return rows.sort_values("saved", ascending=False, kind="stable")


def open_border(
    data: Dataset,
    corridor: Corridor,
    service: Service,
    *,
    partners: Sequence[str] = (),
    standard: Standard | None = None,
    changes: Sequence[Change] = (),
    ground: Ground | None = None,
) -> Opening:
    """Compare the closed border of a corridor with the open one, for one service.

    Parameters
    ----------
    partners : kode_kabkota
        Neighbours that join the sides in the agreement; those without a list are named and left out.
    standard : Standard, optional
        Distance in km that a resident should not exceed.
    changes : facilities added, closed or moved, in both cases alike
    ground : Ground, optional
        What `prepare` gave for the same corridor, service and partners.

    Raises
    ------
    ScenarioError
        A place of the scenario lies on no kelurahan.

    Notes
    -----
    The people of a kelurahan are spread evenly over its sample points. Supply per person: E2SFCA (Luo and Qi 2009) with
    one unit of supply a facility; facilities within the last step of a resident of the sides count, and all
    residents of all members within the last step of those, so that no edge cuts supply from demand.
    """
    ground = ground or prepare(data, corridor, service, partners)
    members, unit_of, n = ground.members, ground.unit, len(ground.units)
    facilities = _changed(data, service, changes, ground)
    used = facilities[facilities["used"]]
    used_xy = used[["x", "y"]].to_numpy(float)
    operator = used["operator"].map(ground.number).to_numpy(dtype=np.int64)
    inside = ground.inside
    at, unit, weight = ground.xy[inside], unit_of[inside], ground.people[unit_of[inside]]
    side = ground.member[unit]
    placed = {c.id for c in changes if c.action == "pindah"}
    unseen, far = ground.unseen, ground.far
    if placed & {place for where in unseen.values() for place in where.lost}:
        unseen = {k: _without(where, placed) for k, where in unseen.items()}
        far = _far(unseen, ground.xy, unit_of, ground.kabkota, inside)

    closed, opened, which = nearest_both(at, side, used_xy, operator)
    found = savings(closed, opened, far.own, far.other)
    threshold_m = standard.threshold * 1000 if standard is not None else None
    counts = _counts(closed, opened, far, found, threshold_m)
    columns = _distance_columns(closed, opened, far, found, unit, n)
    columns |= {c: np.asarray(np.bincount(unit, weight * chosen, n), dtype=float) for c, chosen in counts.items()}
    columns["crossing_share"] = np.bincount(unit, weights=found.switch, minlength=n) / ground.points
    supply = None
    if ground.given is not None:
        changed = facilities[facilities["state"] != ""]
        before = data.facilities.loc[changed.index.intersection(data.facilities.index)]
        given = ground.given
        if len(changed):
            given = given.plus(_given(ground, changed[changed["used"]]))
            given = given.plus(_given(ground, before[before["used"]]), -1)
        supply = _supply(ground, unseen, far, given)
        columns |= supply.columns

    if len(members) < 2:
        # Nobody to open to: only the closed border is known.
        columns = {name: column for name, column in columns.items() if name.startswith("closed_")}
    table = pd.DataFrame(columns, index=ground.units).reindex(columns=[*_NUMBERS, *_FLAGS])
    table = table.where(pd.Series(ground.known, index=ground.units), np.nan)
    table[list(_FLAGS)] = table[list(_FLAGS)].fillna(0).astype(bool)
    table.insert(0, "kode_kabkota", ground.kabkota)
    table.insert(1, "people", data.people["kelurahan"]["value"].reindex(ground.units))
    table.insert(2, "n_points", ground.points)
    table = table[np.isin(ground.kabkota, corridor.sides)].sort_index()
    table.index.name = "kode"
    into = np.where(found.switch, operator[which] if len(operator) else -1, -1)
    living = np.nan_to_num(weight)
    return Opening(
        service=service.id,
        sides=corridor.sides,
        members=members,
        without_list=ground.without_list,
        without_people=tuple(k for k in members if k not in ground.counted),
        threshold_m=threshold_m,
        steps=ground.steps,
        table=table,
        side=tuple(
            _side(k, table, ground.number.get(k, -2), side, into, found, closed, living, supply, counts)
            for k in corridor.sides
        ),
        receiving=_receiving(used, which, found, living),
        facilities=facilities[_COLUMNS],
        lost=facilities.loc[_lost(facilities), _COLUMNS],
        balance=supply.balance if supply is not None else None,
        years=_years(data, service, members),
        sources=data.catalogue.indicators[service.indicator].sources,
    )


_FLAGS = ("closed_bound", "open_bound", "supply_sure")
_NUMBERS = (
    "closed_median", "closed_p90", "open_median", "open_p90", "saved", "saved_least", "saved_most", "crossing_share",
    "crossing", "crossing_least", "crossing_most", "newly", "newly_least", "newly_most", "supply_closed", "supply_open",
    "supply_change", "supply_ratio",
)  # fmt: skip


def _changed(data: Dataset, service: Service, changes: Sequence[Change], ground: Ground) -> pd.DataFrame:
    """The service's facilities of all members as the scenario has them."""
    known = data.facilities[service.among(data.facilities) & data.facilities["operator"].isin(ground.members)]
    mine = [c for c in changes if (c.operator in ground.members and c.kind in service.kinds) or c.id in known.index]
    samples = data.samples[["kode", "x", "y"]]
    places = [to_metric(c.lon, c.lat) for c in mine if c.lon is not None and c.lat is not None]
    if places:
        # A place is looked up among the sample points around it: a tree of all of them would take far longer.
        x, y = np.array(places, dtype=float).T
        near = [np.abs(ground.xy - [a, b]).max(axis=1) <= FARTHEST_M for a, b in zip(x, y, strict=True)]
        samples = samples[np.any(near, axis=0)]
    return apply(mine, known, samples)


def _known_units(data: Dataset, service: Service, members: Sequence[str], units: pd.Index) -> Bools:
    """Kelurahan whose nearest own facility is known. An office of any kelurahan of one's own counts here."""
    of_member = np.isin(units.str.slice(0, 5).to_numpy(dtype=object), members)
    if service.id == OFFICE:
        return of_member
    return of_member & units.isin(data.indicator_values(service.indicator).index)


def _lost(facilities: pd.DataFrame) -> pd.Series:
    unchanged = facilities["state"] == "" if "state" in facilities else True
    return ~facilities["used"] & facilities["left_out"].isin(["no_coord", "wrong_point"]) & unchanged


def _unseen(data: Dataset, service: Service, kabkota: str, known: Bools) -> _Unseen:
    units = data.sample_units[1]
    own = units.str.slice(0, 5).to_numpy(dtype=object) == kabkota
    values = data.side_values(service.indicator, kabkota)
    facilities = data.facilities[service.among(data.facilities) & (data.facilities["operator"] == kabkota)]
    if service.id == OFFICE:
        short = own & (int(facilities["used"].sum()) < int(own.sum()))
        return _Unseen(short, {}, short)
    flagged = own & units.isin(values.index[values["upper_bound"]])
    areas = facilities.loc[_lost(facilities) & (facilities["area_kode"] != ""), "area_kode"]
    lost = {str(i): np.asarray(units.str.startswith(str(area)), dtype=bool) for i, area in areas.items()}
    if lost and flagged.any() and _explained(data, service, np.any(list(lost.values()), axis=0), flagged):
        return _Unseen(flagged, lost, own & ~known)
    return _Unseen(flagged, {}, flagged | (own & ~known))


def _without(where: _Unseen, placed: set[str]) -> _Unseen:
    """As before, but some of the named facilities now have a place."""
    if not where.lost:
        return where
    kept = {place: land for place, land in where.lost.items() if place not in placed}
    return _Unseen(where.flagged if kept else np.zeros_like(where.flagged), kept, where.land)


def _explained(data: Dataset, service: Service, land: Bools, flagged: Bools) -> bool:
    """Whether the places named without a point are the reason for every flag; otherwise more are missing."""
    unit, units = data.sample_units
    xy = data.sample_xy
    mine = flagged[unit]
    over = data.samples[f"own_{service.id}"].to_numpy()[mine] > _distance_to(land, xy[mine], xy, unit)
    return bool((np.bincount(unit[mine], weights=over, minlength=len(units)) > 0)[flagged].all())


def _distance_to(land: Bools, at: Floats, xy: Floats, unit: npt.NDArray) -> Floats:
    """Metres that a place in these kelurahan is away at least; inf for no land."""
    if not land.any():
        return np.full(len(at), np.inf)
    return np.maximum(np.asarray(cKDTree(xy[land[unit]]).query(at)[0], dtype=float) - SLACK_M, 0.0)


def _far(
    unseen: Mapping[str, _Unseen], xy: Floats, unit: npt.NDArray, kabkota: npt.NDArray, inside: npt.NDArray
) -> _Far:
    at, homes = xy[inside], unit[inside]
    own, own_land, other, other_land = (np.full(len(at), np.inf) for _ in range(4))
    side = kabkota[homes]
    for member, where in unseen.items():
        mine = side == member
        named = np.any(list(where.lost.values()), axis=0) if where.lost else np.zeros_like(where.land)
        marked = mine & where.flagged[homes]
        if where.lost:
            own[marked] = _distance_to(named, at[marked], xy, unit)
        else:
            own[marked] = own_land[marked] = 0.0
        for land, distance in ((where.land, other_land), (named, other)):
            if land.any() and not mine.all():
                distance[~mine] = np.minimum(distance[~mine], _distance_to(land, at[~mine], xy, unit))
    return _Far(own, own_land, np.minimum(other, other_land), other_land)


def _counts(closed: Floats, opened: Floats, far: _Far, found: Savings, threshold_m: float | None) -> dict[str, Bools]:
    counts = {"crossing": found.switch, "crossing_least": found.switch_least, "crossing_most": found.switch_most}
    if threshold_m is None:
        return counts
    beyond, within = closed > threshold_m, opened <= threshold_m
    return counts | {
        "within_closed": ~beyond,
        "within_open": within,
        "newly": beyond & within,
        "newly_least": (np.minimum(closed, far.own) > threshold_m) & within,
        "newly_most": beyond & (np.minimum(opened, far.other) <= threshold_m),
    }


@dataclass(frozen=True)
class _Given:
    """Supply per person that some facilities give the points inside, closed and open: facilities simply add up."""

    closed: Floats
    opened: Floats
    balance: Balance

    def plus(self, other: _Given, sign: int = 1) -> _Given:
        """With others added, or taken away again with sign -1."""
        mine, theirs = astuple(self.balance), astuple(other.balance)
        return _Given(
            closed=_no_residue(self.closed + sign * other.closed),
            opened=_no_residue(self.opened + sign * other.opened),
            balance=Balance(*(a + sign * b for a, b in zip(mine, theirs, strict=True))),
        )


def _no_residue(supply: Floats) -> Floats:
    """Nought where only the rounding error of a facility taken away again is left."""
    return np.where(supply > 1e-12, supply, 0.0)


def _given(ground: Ground, facilities: pd.DataFrame) -> _Given:
    """What these facilities give, with everybody who can reach them."""
    known = facilities[facilities["operator"].isin(ground.counted)]
    whose = known["operator"].map(ground.number).to_numpy(dtype=np.int64)
    places = known[["x", "y"]].to_numpy(float)
    last = ground.steps[-1][0]
    if not len(places):
        nothing = np.zeros(len(ground.inside))
        return _Given(nothing, nothing, Balance(0.0, 0.0, 0.0, 0.0))
    near = ground.own_homes.query(places, distance_upper_bound=last)[0] <= last
    home = ground.unit[ground.demand]
    reach = within_reach(ground.homes, places[near], last)
    closed, opened, balance = supply_both(ground.member[home], ground.people[home], whose[near], reach, ground.steps)
    mine = np.searchsorted(ground.demand, ground.inside)
    return _Given(closed[mine], opened[mine], balance)


def _middles(ground: Ground, unseen: Mapping[str, _Unseen]) -> pd.DataFrame:
    """The middle of the land of every place named without a point: only to see whether it would turn a result round."""
    rows = [
        (*ground.xy[land[ground.unit]].mean(axis=0), member)
        for member, where in unseen.items()
        for land in where.lost.values()
        if land.any()
    ]
    return pd.DataFrame(rows, columns=["x", "y", "operator"])


@dataclass(frozen=True)
class _Supply:
    columns: dict[str, Floats]
    gain: Bools
    lose: Bools
    balance: Balance


def _supply(ground: Ground, unseen: Mapping[str, _Unseen], far: _Far, given: _Given) -> _Supply:
    unit, n = ground.unit[ground.inside], len(ground.units)
    before, after = _mean(given.closed, unit, n), _mean(given.opened, unit, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(before > 0, (after - before) / before, np.where(after > 0, np.inf, after - before))
    unnamed = (np.minimum(far.own_land, far.other_land) < ground.steps[-1][0]).astype(float)
    sure = ~(_mean(unnamed, unit, n) > UNSEEN_SHARE)
    hidden = ground.hidden if unseen is ground.unseen else _given(ground, _middles(ground, unseen))
    if hidden is not None:
        tried = given.plus(hidden)
        sure &= _direction(_mean(tried.closed, unit, n), _mean(tried.opened, unit, n)) == _direction(before, after)
    return _Supply(
        columns={
            "supply_closed": before * 10_000,
            "supply_open": after * 10_000,
            "supply_change": (after - before) * 10_000,
            "supply_ratio": ratio,
            "supply_sure": sure.astype(float),
        },
        gain=_direction(given.closed, given.opened) > 0,
        lose=_direction(given.closed, given.opened) < 0,
        balance=given.balance,
    )


def _mean(values: Floats, unit: npt.NDArray, n: int) -> Floats:
    """Mean of the known values by unit, NaN without any."""
    good = ~np.isnan(values)
    count = np.bincount(unit[good], minlength=n)
    total = np.bincount(unit[good], weights=values[good], minlength=n)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _direction(before: Floats, after: Floats) -> npt.NDArray[np.int64]:
    return np.where(after > before * (1 + UNCHANGED), 1, np.where(after < before * (1 - UNCHANGED), -1, 0))


def _distance_columns(
    closed: Floats, opened: Floats, far: _Far, found: Savings, unit: npt.NDArray, n: int
) -> dict[str, Floats]:
    columns: dict[str, Floats] = {}
    for name, distance in (("closed", closed), ("open", opened)):
        summary = summarise(distance, unit, n)
        columns[f"{name}_median"] = summary["median"].to_numpy()
        columns[f"{name}_p90"] = summary["p90"].to_numpy()
    shorter = {"closed": closed > far.own, "open": opened > np.minimum(far.own, far.other)}
    for name, unsure in shorter.items():
        columns[f"{name}_bound"] = (_mean(unsure.astype(float), unit, n) > UNSEEN_SHARE).astype(float)
    for name, metres in (("saved", found.saved), ("saved_least", found.least), ("saved_most", found.most)):
        columns[name] = _mean(metres, unit, n)
    return columns


def _side(
    kode: str,
    table: pd.DataFrame,
    number: int,
    side: npt.NDArray,
    into: npt.NDArray,
    found: Savings,
    closed: Floats,
    living: Floats,
    supply: _Supply | None,
    counts: Mapping[str, Bools],
) -> SideOpening:
    mine, arriving = side == number, into == number
    rows = table[table["kode_kabkota"] == kode]

    def people(chosen: Bools) -> float:
        return float(living[mine & chosen].sum())

    crossing = found.switch & mine & np.isfinite(closed)
    metres = None
    if living[crossing].sum() > 0:
        mean = [
            float(np.average(m[crossing], weights=living[crossing])) for m in (found.saved, found.least, found.most)
        ]
        metres = (mean[0], mean[1], mean[2])
    judged = "newly" in counts and bool(mine.any())
    direction = rows["supply_ratio"]
    return SideOpening(
        kode_kabkota=kode,
        units=len(rows),
        known=int(rows["closed_median"].notna().sum()),
        people=float(living[mine].sum()),
        crossing=(people(found.switch), people(found.switch_least), people(found.switch_most)),
        crossing_m=metres,
        within_closed=people(counts["within_closed"]) if judged else None,
        within_open=people(counts["within_open"]) if judged else None,
        newly=(people(counts["newly"]), people(counts["newly_least"]), people(counts["newly_most"]))
        if judged
        else None,
        gain=people(supply.gain) if supply is not None else None,
        lose=people(supply.lose) if supply is not None else None,
        gain_units=int((direction > UNCHANGED).sum()),
        lose_units=int((direction < -UNCHANGED).sum()),
        unsure_units=int((direction.notna() & ~rows["supply_sure"]).sum()),
        incoming=(float(living[arriving].sum()), float(living[arriving & found.switch_least].sum())),
    )


def _receiving(used: pd.DataFrame, which: npt.NDArray[np.int64], found: Savings, living: Floats) -> pd.DataFrame:
    totals = {
        name: np.bincount(which[chosen], weights=living[chosen], minlength=len(used))
        for name, chosen in (("people", found.switch), ("people_least", found.switch_least))
    }
    rows = used[["name", "operator", "kode", "state"]].assign(**totals)
    return rows[rows["people"] > 0].sort_values("people", ascending=False, kind="stable")


def _years(data: Dataset, service: Service, members: Sequence[str]) -> tuple[int, int] | None:
    values = data.indicator_values(service.indicator)
    years = values.loc[values["kode_kabkota"].isin(members), "year"]
    return (int(years.min()), int(years.max())) if len(years) else None
