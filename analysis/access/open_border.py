"""What an open border would change: the nearest own service against the nearest of any side, and what it asks of it.

"Closed" means that residents use the facilities of their own kabkota only; "open" that they use those of all partners
of an agreement. Opening can shorten the way to the nearest facility, never lengthen it; but facilities are then shared
with more people, so that supply per person falls for some.

What facilities the lists miss could change is the topic of `analysis.access.incomplete_lists`, what can be prepared
once that of `analysis.access.baseline`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from analysis.access.baseline import Baseline, lost_middles, supply_of
from analysis.access.incomplete_lists import (
    UNSURE_SHARE,
    Missing,
    NearestMissing,
    Savings,
    nearest_missing,
    once_placed,
    savings,
    without_point,
)
from analysis.access.result import OpenBorder, OpenBorderSide
from analysis.access.shared_supply import UNCHANGED, Balance, Supply, change_sign
from analysis.scenario.changes import Change, apply
from analysis.values.quality import year_span
from geo.arrays import Bools, Floats
from geo.distances import summarise

if TYPE_CHECKING:
    from data.catalogue import Standard


_COLUMNS = ["kind", "name", "status", "operator", "kode", "area_kode", "lon", "lat", "used", "left_out", "state"]
_FLAGS = ("closed_bound", "open_bound", "supply_sure")
_NUMBERS = (
    "closed_median", "closed_p90", "open_median", "open_p90", "saved", "saved_least", "saved_most", "crossing_share",
    "crossing", "crossing_least", "crossing_most", "newly", "newly_least", "newly_most", "supply_closed", "supply_open",
    "supply_change", "supply_ratio",
)  # fmt: skip


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
    mine = [c for c in changes if (c.operator in members and c.kind in kinds) or c.id in known.index]
    facilities = apply(mine, known, grid)
    used = facilities[facilities["used"]]
    used_xy = used[["x", "y"]].to_numpy(float)
    operator = used["operator"].map(baseline.number).to_numpy(dtype=np.int64)
    inside, n = baseline.inside, len(grid.units)
    at, unit = grid.points[inside], grid.codes[inside]
    weight, side = baseline.per_point[unit], baseline.member[unit]
    placed = {c.id for c in changes if c.action == "pindah"}
    missing, far = baseline.missing, baseline.far
    if placed & {place for where in missing.values() for place in where.named}:
        missing = {k: once_placed(where, placed) for k, where in missing.items()}
        far = nearest_missing(missing, grid, inside)

    closed, opened, which = nearest_both(at, side, used_xy, operator)
    found = savings(closed, opened, far.own, far.other)
    threshold_m = standard.threshold * 1000 if standard is not None else None
    counts = _counts(closed, opened, far, found, threshold_m)
    columns = _distance_columns(closed, opened, far, found, unit, n)
    columns |= {c: np.asarray(np.bincount(unit, weight * chosen, n), dtype=float) for c, chosen in counts.items()}
    columns["crossing_share"] = np.bincount(unit, weights=found.switch, minlength=n) / grid.counts
    supply = None
    if baseline.supply is not None:
        changed = facilities[facilities["state"] != ""]
        before = known.loc[changed.index.intersection(known.index)]
        given = baseline.supply
        if len(changed):
            given = given.plus(supply_of(baseline, changed[changed["used"]]))
            given = given.plus(supply_of(baseline, before[before["used"]]), -1)
        supply = _supply(baseline, missing, far, given)
        columns |= supply.columns

    if len(members) < 2:
        # Nobody to open to: only the closed border is known.
        columns = {name: column for name, column in columns.items() if name.startswith("closed_")}
    table = pd.DataFrame(columns, index=grid.units).reindex(columns=[*_NUMBERS, *_FLAGS])
    table = table.where(pd.Series(baseline.known, index=grid.units), np.nan)
    table[list(_FLAGS)] = table[list(_FLAGS)].fillna(0).astype(bool)
    table.insert(0, "kode_kabkota", grid.sides)
    table.insert(1, "people", baseline.people)
    table.insert(2, "n_points", grid.counts)
    table = table[np.isin(grid.sides, baseline.sides)].sort_index()
    table.index.name = "kode"
    values = baseline.measure.values
    into = np.where(found.switch, operator[which] if len(operator) else -1, -1)
    living = np.nan_to_num(weight)
    return OpenBorder(
        service=baseline.service.id,
        sides=baseline.sides,
        members=members,
        without_list=baseline.without_list,
        without_people=tuple(k for k in members if k not in baseline.counted),
        threshold_m=threshold_m,
        steps=baseline.steps,
        table=table,
        side=tuple(
            _side(k, table, baseline.number.get(k, -2), side, into, found, closed, living, supply, counts)
            for k in baseline.sides
        ),
        receiving=_receiving(used, which, found, living),
        facilities=facilities[_COLUMNS],
        lost=facilities.loc[without_point(facilities), _COLUMNS],
        balance=supply.balance if supply is not None else None,
        years=year_span(values.loc[values["kode_kabkota"].isin(members), "year"]),
        sources=baseline.measure.indicator.sources,
    )


def _counts(
    closed: Floats, opened: Floats, far: NearestMissing, found: Savings, threshold_m: float | None
) -> dict[str, Bools]:
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
class _Supply:
    columns: dict[str, Floats]
    gain: Bools
    lose: Bools
    balance: Balance


def _supply(baseline: Baseline, missing: Mapping[str, Missing], far: NearestMissing, given: Supply) -> _Supply:
    unit, n = baseline.grid.codes[baseline.inside], len(baseline.grid.units)
    before, after = _mean(given.closed, unit, n), _mean(given.opened, unit, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(before > 0, (after - before) / before, np.where(after > 0, np.inf, after - before))
    unnamed = (np.minimum(far.own_land, far.other_land) < baseline.steps[-1][0]).astype(float)
    sure = ~(_mean(unnamed, unit, n) > UNSURE_SHARE)
    hidden = baseline.hidden if missing is baseline.missing else supply_of(baseline, lost_middles(baseline, missing))
    if hidden is not None:
        tried = given.plus(hidden)
        sure &= change_sign(_mean(tried.closed, unit, n), _mean(tried.opened, unit, n)) == change_sign(before, after)
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


def _distance_columns(
    closed: Floats, opened: Floats, far: NearestMissing, found: Savings, unit: npt.NDArray, n: int
) -> dict[str, Floats]:
    columns: dict[str, Floats] = {}
    for name, distance in (("closed", closed), ("open", opened)):
        summary = summarise(distance, unit, n)
        columns[f"{name}_median"] = summary["median"].to_numpy()
        columns[f"{name}_p90"] = summary["p90"].to_numpy()
    shorter = {"closed": closed > far.own, "open": opened > np.minimum(far.own, far.other)}
    for name, unsure in shorter.items():
        columns[f"{name}_bound"] = (_mean(unsure.astype(float), unit, n) > UNSURE_SHARE).astype(float)
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
) -> OpenBorderSide:
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
    return OpenBorderSide(
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
