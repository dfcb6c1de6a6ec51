"""The location problem of shared places: points, people, realisations, candidates, and who reaches whom.

A plan is chosen on cells of `CELL_M`, each standing at the middle of its people, then improved and counted on the
sample points, a kelurahan's people spread evenly over its own: no figure is the model's. A facility known only by area
stands in many possible places at once, as in `geo.regions`: it covers a point with a probability, and a
total has a range over those places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sparse

from analysis.fire.cover import in_time
from analysis.fire.fire import fire_realisations, timing_of
from analysis.fire.posts import stations_of
from analysis.fire.realisations import Realisations, mean_by_unit, realise
from analysis.fire.response import Timing, reach_m, within
from analysis.scenario.changes import apply
from analysis.siting.candidates import Place, candidates_of
from analysis.siting.covering import Chosen, Covering, covered, improved, reach_matrix
from analysis.siting.result import Figure
from analysis.siting.task import Task
from analysis.values.population import sum_with_range
from geo.arrays import Bools, Floats
from geo.grid import Grid
from geo.projection import to_metric
from geo.regions import HIGH, LOW

if TYPE_CHECKING:
    from data.catalogue import Catalogue
    from data.tables import Border


RADIUS = "sni-radius-puskesmas"
TESTED = {
    "laju_rendah": "uji_laju_rendah",
    "laju_tinggi": "uji_laju_tinggi",
    "tunda_rendah": "uji_tunda_rendah",
    "tunda_tinggi": "uji_tunda_tinggi",
}
"""Entry of the catalogue's assumptions behind each tested speed and delay."""
CELL_M = 1000
"""Edge of a cell of the model. A model of every sample point takes ten times as long and finds plans that are better by
about one per cent; after `improved` hardly any difference is left."""


@dataclass(frozen=True)
class LocationProblem:
    """Points of the sides, their people, the realisations of today's facilities, and the candidates.

    Attributes
    ----------
    task : what is asked
    drawn : where today's facilities may stand
    timing, tested : what is within reach, as assumed and by id of every other assumption that is tested
    units : by kode of every kelurahan of the sides: people, low, high
    places, xy : the candidates, and their (m, 2) easting and northing in metres
    """

    task: Task
    drawn: Realisations
    timing: Timing
    tested: Mapping[str, Timing]
    units: pd.DataFrame
    places: tuple[Place, ...]
    xy: Floats

    @property
    def side(self) -> npt.NDArray[np.str_]:
        """kode_kabkota of each point (n,)."""
        return self.drawn.grid.point_sides

    @cached_property
    def people(self) -> Floats:
        """People at each point (n,), spread evenly over their kelurahan."""
        grid = self.drawn.grid
        return np.asarray((self.units["people"].to_numpy(float) / grid.counts)[grid.codes])

    @cached_property
    def cell(self) -> npt.NDArray[np.integer]:
        """The cell of each point (n,); a cell lies on one side."""
        column, row = (self.drawn.grid.xy // CELL_M).astype(int).T
        side = np.searchsorted(np.unique(self.side), self.side)
        return np.unique(np.column_stack([side, column, row]), axis=0, return_inverse=True)[1].ravel()

    def at_cells(self, values: npt.ArrayLike) -> Floats:
        """Mean of the points of each cell, weighted by people."""
        weight = self.people + 1e-9
        total = np.bincount(self.cell, weight * np.asarray(values, dtype=float))
        return np.asarray(total / np.bincount(self.cell, weight))

    def figure(self, share: Floats, sides: Sequence[str] = ()) -> Figure:
        """The expected people with the range of every side and of the total.

        Parameters
        ----------
        share : (units, draws) share of each kelurahan that is counted in each realisation
        sides : kode_kabkota to count; all by default
        """
        sides = sides or self.drawn.sides
        by_side = {side: self._count(share, (side,)) for side in sides}
        ranges = {side: (low, high) for side, (_, low, high) in by_side.items()}
        return Figure({side: found[0] for side, found in by_side.items()}, ranges, *self._count(share, sides))

    def _count(self, share: Floats, sides: Sequence[str]) -> tuple[float, float, float]:
        """Expected people, and their range: the places of today's facilities and the error of the people together."""
        share = np.where(np.isin(self.drawn.grid.sides, sides)[:, None], share, 0.0)
        people, low, high = sum_with_range(self.units, pd.Series(share.mean(axis=1), index=self.units.index))
        least, most = np.quantile(self.units["people"].to_numpy(float) @ share, (LOW, HIGH)) - people
        return (
            people,
            people - np.hypot(min(least, 0.0), people - low),
            people + np.hypot(max(most, 0.0), high - people),
        )

    @cached_property
    def place_side(self) -> npt.NDArray[np.str_]:
        """The side of each candidate (m,)."""
        return np.array([p.side for p in self.places], dtype=str)


@dataclass(frozen=True)
class Setting:
    """The problem under one set of assumptions.

    Attributes
    ----------
    problem : the problem
    closed, opened : (n, draws) whether a point is covered today, by own facilities and by those of all sides
    home, reach : (n, m) which candidate reaches which point, on its own side and anywhere
    cell_home, cell_reach : the same for the cells
    """

    problem: LocationProblem
    closed: Bools
    opened: Bools
    home: sparse.csr_matrix
    reach: sparse.csr_matrix
    cell_home: sparse.csr_matrix
    cell_reach: sparse.csr_matrix

    def model(self, side: str, seconds: float) -> Covering:
        """The model of one side by itself, or of all sides together."""
        left = np.bincount(self.problem.cell, self.left(side))
        return Covering(self.cell_home if side else self.cell_reach, left, allowed=self.allowed(side), seconds=seconds)

    def allowed(self, side: str) -> list[int] | None:
        """Candidates of a side; None: all."""
        return np.flatnonzero(self.problem.place_side == side).tolist() if side else None

    def improved(self, side: str, plan: Chosen) -> Chosen:
        """The plan after single moves that cover more people on the points."""
        reach = self.home if side else self.reach
        return replace(plan, places=improved(reach, self.left(side), plan.places, self.allowed(side)))

    def left(self, side: str) -> Floats:
        """Expected people of each point who are not covered today, as the plan of a side or of all sides sees it."""
        people = self.problem.people
        if not side:
            return np.asarray(people * (1 - self.opened.mean(axis=1)))
        return np.where(self.problem.side == side, people * (1 - self.closed.mean(axis=1)), 0.0)

    def gain(self, side: str, places: Sequence[int]) -> float:
        """Expected people newly covered by a plan, counted as the plan was chosen."""
        return float(self.left(side)[covered(self.home if side else self.reach, places)].sum())

    def covered(self, places: Sequence[int] | None, across: bool) -> Floats:
        """Share of each kelurahan covered in each realisation with these new places (None: none), across or not."""
        before = self.opened if across else self.closed
        new = covered(self.reach if across else self.home, places or ())
        return mean_by_unit(self.problem.drawn, before | new[:, None])


def problem_of(
    border: Border, task: Task, grid: Grid, facilities: pd.DataFrame, catalogue: Catalogue, density: pd.Series
) -> LocationProblem:
    """Gather what a task needs.

    Parameters
    ----------
    border : units of all sides of the corridor
    task : what is asked
    grid : all sample points
    facilities : all of them, by id
    catalogue : standards and assumptions
    density : km of road per km2 by kode, as far as known

    Raises
    ------
    ValueError
        A task for fire posts comes without their assumptions.
    ScenarioError
        A place of the scenario is not on land.

    Notes
    -----
    A kelurahan whose people are unknown counts as nobody; one without a range counts as its value at both ends.
    """
    sides, units = border.corridor.sides, border.units["kelurahan"]
    tested: dict[str, Timing] = {}
    if task.kind == "pos_damkar":
        if task.fire is None:
            raise ValueError("fire posts need their assumptions")
        drawn = fire_realisations(grid, facilities, sides, task.changes, task.planned)
        timing = timing_of(drawn, task.fire, density)
        for name, entry in TESTED.items():
            value = float(catalogue.assumptions[entry].value)
            speed = name.startswith("laju")
            changed = replace(task.fire, speed=value, speeds="tetap") if speed else replace(task.fire, delay=value)
            tested[name] = timing_of(drawn, changed, density)
    else:
        mine = facilities[facilities["kind"] == task.kind]
        drawn = realise(grid, stations_of(apply(task.changes, mine, grid), sides), sides)
        timing = within(catalogue.standards[RADIUS].threshold)
    known = units.reindex(drawn.grid.units)[["people", "low", "high"]]
    known["people"] = known["people"].fillna(0.0)
    places = candidates_of(units, grid, task.drawn)
    x, y = to_metric([p.lon for p in places], [p.lat for p in places])
    return LocationProblem(task, drawn, timing, tested, known, places, np.column_stack([x, y]))


def setting_of(problem: LocationProblem, timing: Timing, drawn: Realisations | None = None) -> Setting:
    """The problem under one set of assumptions.

    Parameters
    ----------
    problem : the problem
    timing : what is within reach
    drawn : other realisations of the same points; those of the problem when None
    """
    drawn = drawn or problem.drawn
    codes = drawn.grid.codes
    near, far = (np.broadcast_to(reach_m(timing, d), len(drawn.grid.units))[codes] for d in (0.0, timing.delay))
    closed = in_time(drawn, timing, drawn.own, 0.0)
    opened = closed | in_time(drawn, timing, drawn.other, timing.delay)
    points = drawn.grid.xy.astype(float)
    middles = np.column_stack([problem.at_cells(points[:, 0]), problem.at_cells(points[:, 1])])
    cell_side = np.empty(len(middles), dtype=problem.side.dtype)
    cell_side[problem.cell] = problem.side
    home, reach = _reached(problem, points, problem.side, near, far)
    cells = _reached(problem, middles, cell_side, problem.at_cells(near), problem.at_cells(far))
    return Setting(problem, closed, opened, home, reach, *cells)


def _reached(
    problem: LocationProblem, xy: Floats, side_of: npt.NDArray[np.str_], near: Floats, far: Floats
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Which candidate reaches which place of demand, on its own side only and anywhere."""
    columns, everywhere, homes = [], [], []
    for side in problem.drawn.sides:
        mine = np.flatnonzero(problem.place_side == side)
        own = side_of == side
        reach = reach_matrix(xy, problem.xy[mine], np.where(own, near, far))
        columns.append(mine)
        everywhere.append(reach)
        homes.append(sparse.diags(own.astype(float)).astype(bool) @ reach)
    order = np.argsort(np.concatenate(columns), kind="stable")
    home, reach = (sparse.hstack(parts, format="csr")[:, order] for parts in (homes, everywhere))
    return home, reach
