"""Where the next shared places should stand: each side alone, both together, and what is lost when the guess is wrong.

A plan is chosen on cells of `CELL_M`, each standing at the middle of its people, then improved and counted on the
sample points, a kelurahan's people spread evenly over its own: no figure is the model's. A facility known only by area
stands in many possible places at once, as in `analysis.response`: it covers a point with a probability, and a total has
a range over those places.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sparse
from scipy.spatial import cKDTree

from analysis.fire import FireChoices, fire_grid, fire_world, timing_of
from analysis.projection import to_metric
from analysis.response import Grid, Post, Timing, World, build_world, reach_m
from analysis.scenario import FARTHEST_M, Change, apply
from analysis.sharing import Basis
from analysis.siting import SECONDS, Chosen, Covering, covered, improved, reach_matrix, set_covering

if TYPE_CHECKING:
    from data.catalogue import Corridor
    from data.tables import Dataset

__all__ = [
    "GOALS",
    "KINDS",
    "MOST_NEW",
    "MOST_PLACES",
    "Checks",
    "Figure",
    "Goal",
    "Joint",
    "Kind",
    "Place",
    "PlacesError",
    "Regret",
    "Step",
    "Task",
    "basis_of",
    "default_counts",
    "joint_checks",
    "joint_plan",
    "parse_places",
    "written_places",
]

Kind = Literal["puskesmas", "pos_damkar"]
KINDS: tuple[Kind, ...] = ("puskesmas", "pos_damkar")
RADIUS = "sni-radius-puskesmas"
CELL_M = 1000
"""Edge of a cell of the model. A model of every sample point takes ten times as long and finds plans that are better by
about one per cent; after `improved` hardly any difference is left."""
GOALS = (0.8, 0.9, 0.95, 1.0)
MOST_NEW = 5
"""New places of one side, at most."""
MOST_PLACES = 40
"""Places of the user's own, at most."""
TESTED = {
    "laju_rendah": "uji_laju_rendah",
    "laju_tinggi": "uji_laju_tinggi",
    "tunda_rendah": "uji_tunda_rendah",
    "tunda_tinggi": "uji_tunda_tinggi",
}
"""Entry of the catalogue's assumptions behind each tested speed and delay."""
_LONGEST = 2000
_RANGE = (0.05, 0.95)

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class PlacesError(ValueError):
    """Places that cannot be used.

    code : terlalu_panjang, terlalu_banyak, bentuk, tempat or dua_kali
    part : the part of the text that is wrong
    """

    def __init__(self, code: str, part: str) -> None:
        super().__init__(f"{code}: {part}")
        self.code = code
        self.part = part


@dataclass(frozen=True)
class Task:
    """What is asked; equal tasks have equal answers.

    corridor : id · counts : new places by side, in the order of the corridor · drawn : longitude and latitude of the
    user's own places, the only candidates where there are any · changes : of a scenario · fire : assumptions, for fire
    posts only · planned : count planned fire posts as built
    """

    corridor: str
    kind: Kind
    counts: tuple[tuple[str, int], ...]
    drawn: tuple[tuple[float, float], ...] = ()
    changes: tuple[Change, ...] = ()
    fire: FireChoices | None = None
    planned: bool = False

    @property
    def total(self) -> int:
        return sum(n for _, n in self.counts)


@dataclass(frozen=True)
class Place:
    """A candidate: an indicative place in a kelurahan, or one of the user's own."""

    kode: str
    side: str
    lon: float
    lat: float
    drawn: bool


@dataclass(frozen=True)
class Figure:
    """People, expected.

    by_side : by kode_kabkota, with the range of each side in side_range · low, high : range of the total: population
    low or high, and 5th or 95th percentile over the possible places of facilities known only by area
    """

    by_side: Mapping[str, float]
    side_range: Mapping[str, tuple[float, float]]
    total: float
    low: float
    high: float


@dataclass(frozen=True)
class Goal:
    """How many places a share of the people takes, both sides together.

    places : fewest, None when no number is enough · sure : whether fewer are proven not to be enough · covered : share
    covered with them, else with all useful places · every : fewest that reach every cell that any candidate reaches ·
    most : share covered with those · lost : people whom no candidate reaches by kode of their kelurahan, most first ·
    proven : whether `every` is proven to be the fewest
    """

    share: float
    places: int | None
    sure: bool
    covered: float
    every: int
    most: float
    lost: tuple[tuple[str, float], ...]
    proven: bool


@dataclass(frozen=True)
class Regret:
    """What a plan loses when an assumption was wrong.

    variant : what is otherwise · plan : side of a plan alone, empty for both together · kept : people newly covered by
    the plan as it is · best : by the plan that would be best then · proven : whether none is better, so that the
    regret is not larger
    """

    variant: str
    plan: str
    kept: float
    best: float
    proven: bool

    @property
    def people(self) -> float:
        return self.best - self.kept


@dataclass(frozen=True)
class Joint:
    """Result of `joint_plan`.

    people : by side · unknown : sides without a list, for which nothing can be planned; all else is then empty ·
    counted : facilities that count, by a point and by area only, by side
    now_closed, now_open : covered today by own facilities only, and by those of all sides
    alone : newly covered by the plan of each side by itself: own people, own facilities, own places
    apart_closed, apart_open : covered when each side builds its own plan, without and with serving across the line
    together : covered when as many places are chosen for all sides at once
    gain_apart, gain_together, more : newly covered over now_open by either, and by the second over the first
    opened : newly covered by the plan together over now_closed
    table : by kode of every kelurahan: share of its people covered today by any side, and with the plan together
    plans : places of each side alone · joint : places together · curve : number of places and people newly covered
    fewest : places together that do as well as the plans apart
    """

    task: Task
    people: Mapping[str, float]
    unknown: tuple[str, ...]
    counted: Mapping[str, tuple[int, int]]
    candidates: int = 0
    points: int = 0
    cells: int = 0
    proven: bool = True
    now_closed: Figure | None = None
    now_open: Figure | None = None
    alone: Mapping[str, Figure] | None = None
    apart_closed: Figure | None = None
    apart_open: Figure | None = None
    together: Figure | None = None
    gain_apart: Figure | None = None
    gain_together: Figure | None = None
    more: Figure | None = None
    opened: Figure | None = None
    plans: Mapping[str, tuple[Place, ...]] | None = None
    joint: tuple[Place, ...] = ()
    curve: tuple[tuple[int, float], ...] = ()
    fewest: int | None = None
    table: pd.DataFrame | None = None


@dataclass(frozen=True)
class Checks:
    """Result of `joint_checks`."""

    goal: Goal
    regrets: tuple[Regret, ...]


@dataclass(frozen=True)
class Step:
    """So many plans of so many are solved."""

    done: int
    total: int


def written_places(places: Sequence[tuple[float, float]]) -> str:
    """Places as text for a link, to five decimals, about a metre."""
    return ";".join(f"{lon:.5f},{lat:.5f}" for lon, lat in places)


def parse_places(text: str, samples: pd.DataFrame, sides: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Read ``lon,lat;lon,lat``.

    Parameters
    ----------
    samples : DataFrame
        kode, x, y: the nearest sample point tells in which kelurahan a place lies.
    sides : kode_kabkota in which a place may lie

    Raises
    ------
    PlacesError
        One part is wrong: then nothing is used.
    """
    if len(text) > _LONGEST:
        raise PlacesError("terlalu_panjang", text[:40])
    parts = [part for part in text.split(";") if part]
    if len(parts) > MOST_PLACES:
        raise PlacesError("terlalu_banyak", str(len(parts)))
    places: list[tuple[float, float]] = []
    for part in parts:
        try:
            lon, lat = (round(float(number), 5) for number in part.split(","))
        except (ValueError, OverflowError):
            raise PlacesError("bentuk", part) from None
        if not (math.isfinite(lon) and math.isfinite(lat) and 95 <= lon <= 141 and -11 <= lat <= 6):
            raise PlacesError("tempat", part)
        if (lon, lat) in places:
            raise PlacesError("dua_kali", part)
        places.append((lon, lat))
    for place, kode in zip(places, _kelurahan_of(places, samples), strict=True):
        if kode[:5] not in sides:
            raise PlacesError("tempat", written_places([place]))
    return tuple(places)


def default_counts(sides: Sequence[str]) -> dict[str, int]:
    """New places by side without a choice: two each for a pair, one each for more sides."""
    return dict.fromkeys(sides, 2 if len(sides) == 2 else 1)


def joint_plan(
    data: Dataset,
    corridor: Corridor,
    task: Task,
    grid: Grid | None = None,
    seconds: float = SECONDS,
    curve: bool = True,
) -> Generator[Step, None, Joint]:
    """Choose the places of every plan, and tell after each how far it is.

    Parameters
    ----------
    grid : all sample points, when the caller has them already (see `analysis.fire.fire_grid`)
    seconds : time limit of one model
    curve : also seek the best plan together for every smaller number of places

    Yields
    ------
    Step

    Returns
    -------
    Joint
        Nothing of it exists before the last step: who stops in between keeps nothing.

    Raises
    ------
    UnsolvedError
        The solver found no plan in time.
    ScenarioError
        A place of the scenario is not on land.
    """
    ground = _ground(data, corridor, task, grid if grid is not None else fire_grid(data))
    world, sides = ground.world, corridor.sides
    counted = {s: _counted(world.posts, s) for s in sides}
    people = {s: float(ground.people["value"][ground.side == s].sum()) for s in sides}
    unknown = tuple(s for s in sides if not world.has_own(s) or not people[s] > 0)
    if unknown:
        return Joint(task=task, people=people, unknown=unknown, counted=counted)
    usual = _setting(ground, ground.timing, "value")
    total, done = sum(n > 0 for _, n in task.counts) + (task.total if curve else 1), 0
    yield Step(done, total)

    alone: dict[str, Chosen] = {s: Chosen((), 0.0, True, 0) for s in sides}
    for side, count in task.counts:
        if count:
            alone[side] = usual.improved(side, usual.model(side, seconds).best(count))
            done += 1
            yield Step(done, total)
    model, reached = usual.model("", seconds), []
    together = Chosen((), 0.0, True, model.groups)
    apart = tuple(sorted({p for plan in alone.values() for p in plan.places}))
    for number in range(1 if curve else task.total, task.total + 1):
        together = usual.improved("", model.best(number))
        if len(apart) <= number and usual.gain("", apart) > usual.gain("", together.places):
            together = replace(together, places=apart)
        reached.append((number, usual.gain("", together.places)))
        done += 1
        yield Step(done, total)

    worlds = {
        "now_closed": usual.counts(None, False),
        "now_open": usual.counts((), True),
        "apart_closed": usual.counts(apart, False),
        "apart_open": usual.counts(apart, True),
        "together": usual.counts(together.places, True),
    }
    figures = {name: ground.figure(table) for name, table in worlds.items()}
    gains = {
        "gain_apart": ("apart_open", "now_open"),
        "gain_together": ("together", "now_open"),
        "more": ("together", "apart_open"),
        "opened": ("together", "now_closed"),
    }
    figures |= {name: ground.figure(worlds[after] - worlds[before]) for name, (after, before) in gains.items()}
    own = {}
    for side in sides:
        gained = usual.counts(alone[side].places, False) - worlds["now_closed"]
        own[side] = ground.figure(gained.where_side(side))
    enough = figures["gain_apart"].total
    fewest = next((number for number, gained in reached if gained >= enough - 0.5), len(together.places))

    return Joint(
        task=task,
        people=people,
        unknown=(),
        counted=counted,
        candidates=len(ground.places),
        points=len(ground.side),
        cells=int(ground.cell.max()) + 1,
        proven=together.proven and all(plan.proven for plan in alone.values()),
        alone=own,
        plans={s: tuple(ground.places[p] for p in alone[s].places) for s in sides},
        joint=tuple(ground.places[p] for p in together.places),
        curve=tuple(reached),
        fewest=fewest,
        table=_by_unit(ground, usual, together.places),
        **figures,
    )


def joint_checks(
    data: Dataset, corridor: Corridor, plan: Joint, goal: float, grid: Grid | None = None, seconds: float = SECONDS / 4
) -> Generator[Step, None, Checks]:
    """How many places a goal takes, and what the plans lose under other assumptions.

    Parameters
    ----------
    plan : of `joint_plan`, with figures
    goal : share of the people to be covered, above 0, at most 1
    grid, seconds : as for `joint_plan`; a regret needs no proof, so the limit is shorter

    Yields, Raises
    --------------
    As `joint_plan`.

    Returns
    -------
    Checks
    """
    task = plan.task
    ground = _ground(data, corridor, task, grid if grid is not None else fire_grid(data))
    if plan.now_open is None or plan.plans is None:
        raise ValueError("there is no plan to check")
    position = {place: number for number, place in enumerate(ground.places)}
    chosen = {side: [position[p] for p in places] for side, places in (*plan.plans.items(), ("", plan.joint))}
    counts = [*((s, n) for s, n in task.counts if n), ("", task.total)]
    variants = _variants(data, ground, task)
    total, done = 2 + len(variants) * len(counts), 0
    yield Step(done, total)
    usual = _setting(ground, ground.timing, "value")
    found = yield from _goal(ground, usual, goal, seconds, Step(done, total))
    done += 2
    yield Step(done, total)
    regrets = []
    for name, setting in variants.items():
        for side, count in counts:
            best = setting.improved(side, setting.model(side, seconds).best(count))
            kept = setting.gain(side, chosen[side])
            regrets.append(Regret(name, side, kept, max(setting.gain(side, best.places), kept), best.proven))
            done += 1
            yield Step(done, total)
    return Checks(found, tuple(regrets))


def basis_of(plan: Joint, use: Mapping[str, float] | None) -> Basis | None:
    """What a plan offers for sharing its cost; None when it has no figures.

    Everything is measured against today with the border closed, so that both together never gain less than one alone.
    """
    if plan.opened is None or plan.alone is None:
        return None
    opened = plan.opened
    return Basis(
        served={s: max(v, 0.0) for s, v in opened.by_side.items()},
        alone={s: f.total for s, f in plan.alone.items()},
        together=opened.total,
        served_range={s: (max(low, 0.0), max(high, 0.0)) for s, (low, high) in opened.side_range.items()},
        alone_range={s: (max(f.low, 0.0), max(f.high, 0.0)) for s, f in plan.alone.items()},
        use=use,
    )


@dataclass(frozen=True)
class _Counts:
    """People covered in every possible world, (draws,) by side, for the usual, the low and the high population."""

    tables: Mapping[str, Mapping[str, Floats]]

    def __sub__(self, other: _Counts) -> _Counts:
        return _Counts(
            {
                column: {side: values - other.tables[column][side] for side, values in sides.items()}
                for column, sides in self.tables.items()
            }
        )

    def where_side(self, side: str) -> _Counts:
        return _Counts({column: {side: sides[side]} for column, sides in self.tables.items()})


@dataclass(frozen=True)
class _Ground:
    """Points of the sides, their people, the possible worlds, and the candidates.

    people : by "value", "low" and "high", (n,) · side : kode_kabkota of each point
    """

    world: World
    timing: Timing
    people: Mapping[str, Floats]
    side: npt.NDArray[np.str_]
    places: tuple[Place, ...]
    xy: Floats

    @cached_property
    def cell(self) -> npt.NDArray[np.integer]:
        """The cell of each point (n,); a cell lies on one side."""
        column, row = (self.world.grid.xy // CELL_M).astype(int).T
        side = np.searchsorted(np.unique(self.side), self.side)
        return np.unique(np.column_stack([side, column, row]), axis=0, return_inverse=True)[1].ravel()

    def at_cells(self, values: npt.ArrayLike) -> Floats:
        """Mean of the points of each cell, weighted by people."""
        weight = self.people["value"] + 1e-9
        total = np.bincount(self.cell, weight * np.asarray(values, dtype=float))
        return np.asarray(total / np.bincount(self.cell, weight))

    def figure(self, counts: _Counts) -> Figure:
        usual, lower, upper = (counts.tables[column] for column in ("value", "low", "high"))
        by_side = {side: float(values.mean()) for side, values in usual.items()}
        side_range = {side: _span(by_side[side], lower[side], upper[side]) for side in usual}
        total = sum(by_side.values())
        low, high = _span(total, np.sum(list(lower.values()), axis=0), np.sum(list(upper.values()), axis=0))
        return Figure(by_side, side_range, total, low, high)

    @cached_property
    def place_side(self) -> npt.NDArray[np.str_]:
        return np.array([p.side for p in self.places], dtype=str)


@dataclass(frozen=True)
class _Setting:
    """The ground under one set of assumptions.

    closed, opened : (n, draws) whether a point is covered today, by own facilities and by those of all sides
    home, reach : (n, m) which candidate reaches which point, on its own side and anywhere
    cell_home, cell_reach : the same for the cells
    column : which population counts
    """

    ground: _Ground
    column: str
    closed: Bools
    opened: Bools
    home: sparse.csr_matrix
    reach: sparse.csr_matrix
    cell_home: sparse.csr_matrix
    cell_reach: sparse.csr_matrix

    def model(self, side: str, seconds: float) -> Covering:
        """The model of one side by itself, or of all sides together."""
        left = np.bincount(self.ground.cell, self.left(side))
        return Covering(self.cell_home if side else self.cell_reach, left, allowed=self.allowed(side), seconds=seconds)

    def allowed(self, side: str) -> list[int] | None:
        """Candidates of a side; None: all."""
        return np.flatnonzero(self.ground.place_side == side).tolist() if side else None

    def improved(self, side: str, plan: Chosen) -> Chosen:
        """The plan after single moves that cover more people on the points."""
        reach = self.home if side else self.reach
        return replace(plan, places=improved(reach, self.left(side), plan.places, self.allowed(side)))

    def left(self, side: str) -> Floats:
        """Expected people of each point who are not covered today, as the plan of a side or of all sides sees it."""
        people = self.ground.people[self.column]
        if not side:
            return np.asarray(people * (1 - self.opened.mean(axis=1)))
        return np.where(self.ground.side == side, people * (1 - self.closed.mean(axis=1)), 0.0)

    def gain(self, side: str, places: Sequence[int]) -> float:
        """Expected people newly covered by a plan, counted as the plan was chosen."""
        return float(self.left(side)[covered(self.home if side else self.reach, places)].sum())

    def counts(self, places: Sequence[int] | None, across: bool) -> _Counts:
        """People covered with these new places, serving across the line or not; None: with no new ones."""
        before = self.opened if across else self.closed
        new = covered(self.reach if across else self.home, places or ())
        state = before | new[:, None]
        tables: dict[str, dict[str, Floats]] = {}
        for column, people in self.ground.people.items():
            tables[column] = {}
            for side in self.ground.world.sides:
                mine = self.ground.side == side
                tables[column][side] = np.asarray(people[mine] @ state[mine], dtype=float)
        return _Counts(tables)


def _by_unit(ground: _Ground, setting: _Setting, places: Sequence[int]) -> pd.DataFrame:
    grid, before = ground.world.grid, setting.opened.mean(axis=1)
    after = np.where(covered(setting.reach, places), 1.0, before)
    shares = {name: np.add.reduceat(v, grid.starts) / grid.counts for name, v in (("today", before), ("then", after))}
    return pd.DataFrame(shares, index=grid.units)


def _span(middle: float, lower: Floats, upper: Floats) -> tuple[float, float]:
    """From the 5th percentile of the low to the 95th of the high population; a gain may be smaller with more people."""
    ends = [middle, *(float(np.quantile(values, q)) for values in (lower, upper) for q in _RANGE)]
    return min(ends), max(ends)


def _goal(ground: _Ground, setting: _Setting, goal: float, seconds: float, step: Step) -> Generator[Step, None, Goal]:
    people, left = ground.people["value"], setting.left("")
    everybody = float(people.sum())
    today = everybody - float(left.sum())
    every, _ = set_covering(setting.cell_reach, np.bincount(ground.cell, left) > 0.5)
    yield step
    trials = setting.model("", seconds).fewest(goal * everybody - today, every.places)
    found = None
    while True:
        try:
            next(trials)
        except StopIteration as end:
            found = end.value
            break
        yield step
    built = every.places if found is None else found.places
    lost = ~covered(setting.reach, range(len(ground.places)))
    units = pd.Series(left[lost]).groupby(ground.world.grid.units[ground.world.grid.codes[lost]]).sum()
    units = units[units >= 0.5].sort_index().sort_values(ascending=False, kind="stable")
    return Goal(
        share=goal,
        places=None if found is None else len(found.places),
        sure=found is None or found.proven,
        covered=(today + setting.gain("", built)) / everybody,
        every=len(every.places),
        most=(today + setting.gain("", every.places)) / everybody,
        lost=tuple((str(kode), float(count)) for kode, count in units.items()),
        proven=every.proven,
    )


def _ground(data: Dataset, corridor: Corridor, task: Task, grid: Grid) -> _Ground:
    if task.kind == "pos_damkar":
        if task.fire is None:
            raise ValueError("fire posts need their assumptions")
        world = fire_world(data, grid, corridor, task.changes, task.planned)
        timing = timing_of(data, world, task.fire)[0]
    else:
        mine = data.facilities[data.facilities["kind"] == task.kind]
        world = build_world(grid, _stations(apply(task.changes, mine, data.samples), corridor.sides), corridor.sides)
        radius = data.catalogue.standards[RADIUS].threshold
        # At 60 km/h a kilometre takes a minute: the target is the radius.
        timing = Timing(call=0, turnout=0, delay=0, target=radius, detour=1, speed=60)
    known = data.people["kelurahan"].reindex(world.grid.units)
    per_point = {
        column: (values / world.grid.counts)[world.grid.codes]
        for column in ("value", "low", "high")
        for values in [known[column].fillna(known["value"]).fillna(0.0).to_numpy(float)]
    }
    places = _candidates(data, corridor, task)
    x, y = to_metric([p.lon for p in places], [p.lat for p in places])
    side = world.grid.sides[world.grid.codes]
    return _Ground(world, timing, per_point, side, places, np.column_stack([x, y]))


def _stations(facilities: pd.DataFrame, operators: Sequence[str]) -> list[Post]:
    """Facilities with a point, and those of which only the kelurahan or kecamatan is known, in order of their id."""
    rows = facilities[facilities["operator"].isin(operators) & (facilities["state"] != "tutup")].sort_index()
    result = []
    for id_, row in rows.iterrows():
        exact, area = bool(row["used"]), str(row["area_kode"] or "")
        if not exact and not area:
            continue
        result.append(
            Post(
                id=str(id_),
                name=str(row["name"]),
                operator=str(row["operator"]),
                stands_in=str(row["kode_kabkota"]),
                region="titik" if exact else "kelurahan" if len(area) > 8 else "kecamatan",
                area="" if exact else area,
                x=float(row["x"]) if exact else None,
                y=float(row["y"]) if exact else None,
                state=str(row["state"]),
            )
        )
    return result


def _counted(posts: Sequence[Post], side: str) -> tuple[int, int]:
    mine = [p.exact for p in posts if p.operator == side]
    return sum(mine), len(mine) - sum(mine)


def _candidates(data: Dataset, corridor: Corridor, task: Task) -> tuple[Place, ...]:
    """The user's own places, or a point inside every kelurahan, in order of their kode."""
    if task.drawn:
        kodes = _kelurahan_of(task.drawn, data.samples)
        found = [Place(k, k[:5], lon, lat, True) for k, (lon, lat) in zip(kodes, task.drawn, strict=True)]
        return tuple(sorted(found, key=lambda p: (p.kode, p.lon, p.lat)))
    units = data.units("kelurahan", corridor.sides).sort_index()
    columns = (units[c] for c in ("kode_kabkota", "label_lon", "label_lat"))
    return tuple(
        Place(str(kode), str(side), float(lon), float(lat), False)
        for kode, side, lon, lat in zip(units.index, *columns, strict=True)
    )


def _kelurahan_of(places: Sequence[tuple[float, float]], samples: pd.DataFrame) -> list[str]:
    """The kelurahan of each place; empty at sea."""
    if not places:
        return []
    x, y = to_metric([lon for lon, _ in places], [lat for _, lat in places])
    gap, nearest = cKDTree(samples[["x", "y"]].to_numpy(float)).query(np.column_stack([x, y]))
    kodes = samples["kode"].to_numpy(dtype=object)[np.minimum(nearest, len(samples) - 1)]
    return [str(kode) if distance <= FARTHEST_M else "" for kode, distance in zip(kodes, gap, strict=True)]


def _setting(ground: _Ground, timing: Timing, column: str, world: World | None = None) -> _Setting:
    world = world or ground.world
    codes = world.grid.codes
    near, far = (np.broadcast_to(reach_m(timing, d), len(world.grid.units))[codes] for d in (0.0, timing.delay))
    closed = world.own <= near[:, None]
    opened = closed | (world.other <= far[:, None])
    points = world.grid.xy.astype(float)
    middles = np.column_stack([ground.at_cells(points[:, 0]), ground.at_cells(points[:, 1])])
    cell_side = np.empty(len(middles), dtype=ground.side.dtype)
    cell_side[ground.cell] = ground.side
    home, reach = _reached(ground, points, ground.side, near, far)
    cells = _reached(ground, middles, cell_side, ground.at_cells(near), ground.at_cells(far))
    return _Setting(ground, column, closed, opened, home, reach, *cells)


def _reached(
    ground: _Ground, xy: Floats, side_of: npt.NDArray[np.str_], near: Floats, far: Floats
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Which candidate reaches which place of demand, on its own side only and anywhere."""
    columns, everywhere, homes = [], [], []
    for side in ground.world.sides:
        mine = np.flatnonzero(ground.place_side == side)
        own = side_of == side
        reach = reach_matrix(xy, ground.xy[mine], np.where(own, near, far))
        columns.append(mine)
        everywhere.append(reach)
        homes.append(sparse.diags(own.astype(float)).astype(bool) @ reach)
    order = np.argsort(np.concatenate(columns), kind="stable")
    home, reach = (sparse.hstack(parts, format="csr")[:, order] for parts in (homes, everywhere))
    return home, reach


def _variants(data: Dataset, ground: _Ground, task: Task) -> dict[str, _Setting]:
    """The ground under every other assumption that is tested."""
    result = {}
    if task.fire is not None and task.kind == "pos_damkar":
        for name, entry in TESTED.items():
            value = float(data.catalogue.assumptions[entry].value)
            changed = (
                replace(task.fire, speed=value, speeds="tetap")
                if name.startswith("laju")
                else replace(task.fire, delay=value)
            )
            result[name] = _setting(ground, timing_of(data, ground.world, changed)[0], "value")
    elif any(not p.exact for p in ground.world.posts):
        known = [p for p in ground.world.posts if p.exact]
        if all(any(p.operator == s for p in known) for s in ground.world.sides):
            world = build_world(ground.world.grid, known, ground.world.sides)
            result["tanpa_titik"] = _setting(ground, ground.timing, "value", world)
    for name in ("low", "high"):
        if not np.allclose(ground.people[name], ground.people["value"]):
            result[f"penduduk_{name}"] = _setting(ground, ground.timing, name)
    return result
