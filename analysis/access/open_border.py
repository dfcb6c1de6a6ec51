"""What an open border would change: the nearest service that its owner opens, against the nearest of any side.

"Closed" means that only the line of a service's owner closes it: residents use the facilities of their own kabkota, of
their province, and those that no government owns. "Open" means that they use those of all partners of an agreement.
Opening can shorten the way to the nearest facility, never lengthen it; but facilities are then shared with more people,
so that supply per person falls for some.

A facility without a sure point stands at another place in every realisation (`geo.regions`): every figure is the median
over them, with its 5th to 95th percentile. What can be prepared once is the topic of `analysis.access.baseline`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from analysis.access.baseline import Baseline, supply_of
from analysis.access.result import OpenBorder, OpenBorderSide
from analysis.access.shared_supply import UNCHANGED, Balance, Supply, change_sign
from analysis.scenario.changes import Change, apply
from analysis.values.quality import year_span
from geo.arrays import Bools, Floats
from geo.distances import UNKNOWN_M, summarise
from geo.owners import usable
from geo.quantiles import quantiles
from geo.regions import DRAWS, HIGH, LOW, Drawn, Metres, Places, draw, group_sums, standing

if TYPE_CHECKING:
    from data.catalogue import Standard


_COLUMNS = [
    "kind", "name", "status", "operator", "owner", "kode", "area_kode", "lon", "lat", "used", "left_out", "state",
]  # fmt: skip
_FLAGS = ("open_bound", "supply_sure")
_COUNTS = ("crossing", "newly")
_NUMBERS = (
    "closed_median", "closed_low", "closed_high", "closed_p90", "open_median", "open_low", "open_high", "open_p90",
    "saved", "saved_low", "saved_high", "crossing_share", "crossing", "crossing_low", "crossing_high", "newly",
    "newly_low", "newly_high", "supply_closed", "supply_open", "supply_change", "supply_ratio",
)  # fmt: skip
CUT_SHARE = 0.05
"""A distance is a bound when a cut-off list may hold something nearer to more than this share of the points."""
MIDDLE = (0.5, LOW, HIGH)


@dataclass(frozen=True)
class Ways:
    """Distances to the nearest facility that may be used with a closed border, and to the nearest of the others.

    Attributes
    ----------
    closed, other : distances of the points inside
    which : (n,) position of the nearest of the others among the facilities with a point, -1 for none
    rows : (m,) points inside that a facility without a point can change, rising
    closed_m, other_m : (m, K) of those, whole metres
    region : (m, K) position of the nearest of the others among those without a point, -1 for one with a point
    """

    closed: Floats
    other: Floats
    which: npt.NDArray[np.int64]
    rows: npt.NDArray[np.integer]
    closed_m: npt.NDArray[np.uint16]
    other_m: npt.NDArray[np.uint16]
    region: npt.NDArray[np.int16]

    @cached_property
    def opened(self) -> Floats:
        """Distances of the points inside with an open border."""
        return np.minimum(self.closed, self.other)

    @property
    def opened_m(self) -> npt.NDArray[np.uint16]:
        """The same of those that a facility without a point can change (m, K): large, so it is not kept."""
        return np.minimum(self.closed_m, self.other_m)

    @cached_property
    def saved(self) -> Floats:
        """Metres that an open border saves (n,); none where no distance is known."""
        return np.where(np.isfinite(self.closed), self.closed - self.opened, 0.0)

    @property
    def saved_m(self) -> npt.NDArray[np.uint16]:
        """The same of those that a facility without a point can change (m, K): large, so it is not kept."""
        saved = self.opened_m
        np.subtract(self.closed_m, saved, out=saved)
        saved[self.closed_m == UNKNOWN_M] = 0
        return saved

    def both(self) -> tuple[Drawn, Drawn]:
        """Distances with a closed and with an open border."""
        nothing = np.broadcast_to(np.int16(-1), self.closed_m.shape)
        closed = Drawn(self.closed, self.rows, self.closed_m, nothing)
        return closed, Drawn(self.opened, self.rows, self.opened_m, nothing)


def ways(baseline: Baseline, facilities: pd.DataFrame) -> Ways:
    """How far the points inside are from the nearest facility, closed and across.

    Parameters
    ----------
    baseline : the corridor
    facilities : owner, used, x, y, and by id those of `Baseline.places`
    """
    used, areas = facilities[facilities["used"]], facilities[standing(facilities)]
    xy, inside = used[["x", "y"]].to_numpy(float), baseline.inside
    side = baseline.member[baseline.grid.codes[inside]]
    at, places = baseline.grid.xy[inside], [baseline.places[str(i)] for i in areas.index]
    mine_of, area_of = (usable(rows["owner"].tolist(), baseline.members) for rows in (used, areas))
    closed, other = np.full(len(inside), np.inf), np.full(len(inside), np.inf)
    which = np.full(len(inside), -1)
    drawn: tuple[list[npt.NDArray], ...] = ([], [], [], [])
    # The points of a side follow each other, so that those of all sides stay in their order.
    for number in dict.fromkeys(side.tolist()):
        points = np.flatnonzero(side == number)
        mine, area = mine_of[:, number], area_of[:, number]
        closed[points], _ = _nearest(xy[mine], at[points])
        other[points], found = _nearest(xy[~mine], at[points])
        which[points] = np.append(np.flatnonzero(~mine), -1)[found]
        found_m = _drawn(at[points], closed[points], other[points], places, area)
        for part, column in zip((points[found_m[0]], *found_m[1:]), drawn, strict=True):
            column.append(part)
    if not drawn[0]:
        nothing = np.zeros((0, DRAWS), dtype=np.uint16)
        return Ways(closed, other, which, np.zeros(0, int), nothing, nothing, nothing.astype(np.int16))
    return Ways(closed, other, which, *map(_joined, drawn))


def _drawn(
    at: npt.NDArray, closed: Floats, other: Floats, places: Sequence[Places], area: Bools
) -> tuple[npt.NDArray[np.integer], Metres, Metres, npt.NDArray[np.int16]]:
    """`rows`, `closed_m`, `other_m` and `region` of `Ways` of the points of a side; area : which places are its own."""
    own = draw(at, closed, [p for p, here in zip(places, area, strict=True) if here])
    across = draw(at, other, [p for p, here in zip(places, area, strict=True) if not here])
    rows = np.union1d(own.rows, across.rows)
    (closed_m, _), (other_m, region) = own.at(rows), across.at(rows)
    whose = np.append(np.flatnonzero(~area), -1).astype(np.int16)
    return rows, closed_m, other_m, whose[region]


def _joined(parts: list[npt.NDArray]) -> npt.NDArray:
    """The parts one after the other; they are large, and none is kept."""
    whole = np.concatenate(parts)
    parts.clear()
    return whole


def _nearest(places: Floats, at: npt.NDArray) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Metres to the nearest place and its position; inf and the last position plus one without any."""
    if not len(places):
        return np.full(len(at), np.inf), np.full(len(at), -1)
    metres, which = cKDTree(places).query(at)
    return np.asarray(metres, dtype=float), np.asarray(which, dtype=np.int64)


def open_border(baseline: Baseline, standard: Standard | None = None, changes: Sequence[Change] = ()) -> OpenBorder:
    """Compare the closed border of a corridor with the open one, for one service.

    Parameters
    ----------
    baseline : the corridor, the service and its partners
    standard : distance in km that a resident should not exceed
    changes : facilities added, closed or moved, in both cases alike

    Raises
    ------
    ScenarioError
        A place of the scenario lies on no kelurahan.

    Notes
    -----
    The people of a kelurahan are spread evenly over its sample points. Supply per person: E2SFCA (Luo and Qi 2009) with
    one unit of supply a facility; facilities within the last step of a resident of the sides count, and all residents
    of all members within the last step of those, so that no edge cuts supply from demand.
    """
    members, grid, known = baseline.members, baseline.grid, baseline.facilities
    kinds = baseline.service.kinds
    of_service = [c for c in changes if (c.operator in members and c.kind in kinds) or c.id in known.index]
    facilities = apply(of_service, known, grid)
    used, areas = facilities[facilities["used"]], facilities[standing(facilities)]
    units, unit = np.unique(grid.codes[baseline.inside], return_inverse=True)
    far = ways(baseline, facilities)
    tally = _Tally(far, unit, grid.sides[units], np.nan_to_num(baseline.per_point[units]))
    threshold_m = standard.threshold * 1000 if standard is not None else None
    counts = tally.counts(threshold_m)
    columns = _distance_columns(baseline, far, tally)
    for name in _COUNTS:
        if name in counts:
            columns |= dict(zip((name, f"{name}_low", f"{name}_high"), tally.quantiles(counts[name]), strict=True))
    supply = None
    if baseline.supply is not None:
        changed = facilities[facilities["state"] != ""]
        before = known.loc[changed.index.intersection(known.index)]
        given = baseline.supply
        if len(changed):
            given = given.plus(supply_of(baseline, changed)).plus(supply_of(baseline, before), -1)
        supply = _supply(baseline, given, tally)
        columns |= supply.columns

    if len(members) < 2:
        # Nobody to open to: only the closed border is known.
        columns = {name: column for name, column in columns.items() if name.startswith("closed_")}
    mine = np.isin(grid.sides, baseline.sides)
    table = pd.DataFrame(columns, index=grid.units[units]).reindex(grid.units[mine], columns=[*_NUMBERS, *_FLAGS])
    table[list(_FLAGS)] = table[list(_FLAGS)].fillna(0).astype(bool)
    table.insert(0, "kode_kabkota", grid.sides[mine])
    table.insert(1, "people", baseline.people[mine])
    table.insert(2, "n_points", grid.counts[mine])
    table = table.sort_index().rename_axis("kode")
    values = baseline.measure.values
    receiving, incoming = _receiving(used, areas, tally)
    return OpenBorder(
        service=baseline.service.id,
        sides=baseline.sides,
        members=members,
        without_list=baseline.without_list,
        without_people=tuple(k for k in members if k not in baseline.counted),
        threshold_m=threshold_m,
        steps=baseline.steps,
        closes=bool((~usable(facilities["owner"].tolist(), baseline.sides)).any()),
        table=table,
        side=tuple(_side(k, table, tally, counts, supply, incoming) for k in baseline.sides),
        receiving=receiving[receiving["people"] > 0].sort_values("people", ascending=False, kind="stable"),
        facilities=facilities[_COLUMNS],
        areas=areas[_COLUMNS],
        balance=supply.balance if supply is not None else None,
        years=year_span(values.loc[values["kode_kabkota"].isin(members), "year"]),
        sources=baseline.measure.indicator.sources,
    )


class _Tally:
    """Sums over the points of each kelurahan, in every realisation.

    far : distances of the points; unit : kelurahan of each, rising; sides, people : of each kelurahan, at each point
    """

    def __init__(self, far: Ways, unit: npt.NDArray[np.integer], sides: npt.NDArray[np.str_], people: Floats) -> None:
        self.far, self.unit, self.sides, self.per_point, self.living = far, unit, sides, people, people[unit]
        self.still = np.ones(len(unit), dtype=bool)
        self.still[far.rows] = False
        self._starts = np.flatnonzero(np.diff(unit[far.rows], prepend=-1))
        self._moving = unit[far.rows[self._starts]]

    def sums(self, fixed: npt.NDArray, drawn: npt.NDArray) -> Floats:
        """(U, K) sums of fixed (n,) where nothing moves, and of drawn (m, K) where something does."""
        base = np.bincount(self.unit[self.still], weights=fixed[self.still], minlength=len(self.sides))
        result = np.repeat(base.astype(float)[:, None], drawn.shape[1], axis=1)
        result[self._moving] += group_sums(drawn, self._starts)
        return result

    def of_people(self, fixed: npt.NDArray, drawn: npt.NDArray) -> Floats:
        """The same, each point counted by its people."""
        return self.per_point[:, None] * self.sums(fixed, drawn)

    def quantiles(self, sums: Floats) -> Floats:
        """Median, low and high (3, U) of sums (U, K) over the realisations."""
        found = np.repeat(sums[None, :, 0], len(MIDDLE), axis=0)
        found[:, self._moving] = quantiles(sums[self._moving], MIDDLE)
        return found

    @cached_property
    def metres(self) -> Floats:
        """Metres saved by all people together (U, K)."""
        return self.of_people(self.far.saved, self.far.saved_m)

    def counts(self, threshold_m: float | None) -> dict[str, Floats]:
        """People in each case (U, K): crossing, and of a standard newly, within_closed, within_open."""
        far = self.far
        closed, opened = far.closed, far.opened
        found = {"crossing": self.of_people(opened < closed, far.other_m < far.closed_m)}
        if threshold_m is not None:
            before, before_m = closed <= threshold_m, far.closed_m <= threshold_m
            after, after_m = opened <= threshold_m, before_m | (far.other_m <= threshold_m)
            found |= {
                "newly": self.of_people(after & ~before, after_m & ~before_m),
                "within_closed": self.of_people(before, before_m),
                "within_open": self.of_people(after, after_m),
            }
        return found


@dataclass(frozen=True)
class _Supply:
    columns: dict[str, Floats]
    gain: Bools
    lose: Bools
    balance: Balance


def _supply(baseline: Baseline, given: Supply, tally: _Tally) -> _Supply:
    unit, n = tally.unit, len(tally.sides)
    before, after = _mean(given.closed, unit, n), _mean(given.opened, unit, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(before > 0, (after - before) / before, np.where(after > 0, np.inf, after - before))
    sure = ~(_mean((baseline.cut < baseline.steps[-1][0]).astype(float), unit, n) > CUT_SHARE)
    # Were none of the places without a point there, would the direction be the same?
    less = change_sign(_mean(given.sure_closed, unit, n), _mean(given.sure_opened, unit, n))
    sure &= less == change_sign(before, after)
    return _Supply(
        columns={
            "supply_closed": before * 10_000,
            "supply_open": after * 10_000,
            "supply_change": (after - before) * 10_000,
            "supply_ratio": ratio,
            "supply_sure": sure.astype(float),
        },
        gain=change_sign(given.closed, given.opened) > 0,
        lose=change_sign(given.closed, given.opened) < 0,
        balance=given.balance,
    )


def _mean(values: Floats, unit: npt.NDArray, n: int) -> Floats:
    """Mean of the known values by unit, NaN without any."""
    good = ~np.isnan(values)
    count = np.bincount(unit[good], minlength=n)
    total = np.bincount(unit[good], weights=values[good], minlength=n)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _distance_columns(baseline: Baseline, far: Ways, tally: _Tally) -> dict[str, Floats]:
    columns: dict[str, Floats] = {}
    unit, n = tally.unit, len(tally.sides)
    saved = tally.quantiles(tally.sums(far.saved, far.saved_m))
    closed, opened = far.both()
    for name, distance in (("closed", closed), ("open", opened)):
        typical, _, found = distance.by_unit(unit)
        summary, drawn = summarise(typical, unit, n), found.reindex(range(n))
        columns[f"{name}_median"] = summary["median"].to_numpy()
        columns[f"{name}_low"] = drawn["low"].clip(upper=summary["median"]).fillna(summary["median"]).to_numpy()
        columns[f"{name}_high"] = drawn["high"].clip(lower=summary["median"]).fillna(summary["median"]).to_numpy()
        columns[f"{name}_p90"] = summary["p90"].to_numpy()
    columns["open_bound"] = (_mean((opened.median > baseline.cut).astype(float), unit, n) > CUT_SHARE).astype(float)
    points = np.bincount(unit[np.isfinite(far.closed)], minlength=n)
    switched = _mean((opened.median < closed.median).astype(float), unit, n)
    for name, metres in zip(("saved", "saved_low", "saved_high"), saved, strict=True):
        columns[name] = np.where(points > 0, metres / np.maximum(points, 1), np.nan)
    return columns | {"crossing_share": switched}


def _spread(values: Floats) -> tuple[float, float, float]:
    middle, low, high = quantiles(values, MIDDLE).tolist()
    return middle, low, high


def _side(
    kode: str,
    table: pd.DataFrame,
    tally: _Tally,
    counts: Mapping[str, Floats],
    supply: _Supply | None,
    incoming: Mapping[str, tuple[float, float, float]],
) -> OpenBorderSide:
    rows, units = table[table["kode_kabkota"] == kode], tally.sides == kode
    mine = units[tally.unit]
    total = {name: _spread(values[units].sum(axis=0)) for name, values in counts.items()}
    living, judged = tally.living, "newly" in counts and bool(mine.any())
    direction = rows["supply_ratio"]
    return OpenBorderSide(
        kode_kabkota=kode,
        units=len(rows),
        known=int(rows["closed_median"].notna().sum()),
        people=float(living[mine].sum()),
        crossing=total["crossing"],
        within_closed=total["within_closed"][0] if judged else None,
        within_open=total["within_open"][0] if judged else None,
        newly=total["newly"] if judged else None,
        gain=float(living[mine & supply.gain].sum()) if supply is not None else None,
        lose=float(living[mine & supply.lose].sum()) if supply is not None else None,
        gain_units=int((direction > UNCHANGED).sum()),
        lose_units=int((direction < -UNCHANGED).sum()),
        unsure_units=int((direction.notna() & ~rows["supply_sure"]).sum()),
        incoming=incoming.get(kode, (0.0, 0.0, 0.0)),
    )


def _receiving(
    used: pd.DataFrame, areas: pd.DataFrame, tally: _Tally
) -> tuple[pd.DataFrame, dict[str, tuple[float, float, float]]]:
    """People from across for every facility, expected with the 5th to 95th percentile, and by operator."""
    far, living, draws = tally.far, tally.living, tally.far.closed_m.shape[1]
    people = np.zeros((len(used) + len(areas), draws))
    come = tally.still & (far.other < far.closed)
    people[: len(used)] += np.bincount(far.which[come], weights=living[come], minlength=len(used))[:, None]
    rows, number = np.nonzero(far.other_m < far.closed_m)
    region = far.region[rows, number]
    which = np.where(region >= 0, len(used) + region.astype(np.int64), far.which[far.rows[rows]])
    flat = which * draws + number
    people += np.bincount(flat, weights=living[far.rows[rows]], minlength=people.size).reshape(people.shape)
    frame = pd.concat([used, areas])[["name", "operator", "kode", "state"]]
    low, high = quantiles(people, (LOW, HIGH))
    frame = frame.assign(people=people.mean(axis=1), people_low=low, people_high=high)
    whose = frame["operator"].to_numpy(dtype=object)
    return frame, {str(k): _spread(people[whose == k].sum(axis=0)) for k in dict.fromkeys(whose.tolist())}
