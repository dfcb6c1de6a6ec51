"""What a joint plan answers: people covered with their ranges, places, goal and regrets.

Every figure is people expected over the possible places of facilities known only by area, and its range holds both the
population estimate and those places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.siting.candidates import Place
from analysis.siting.sharing import Basis
from analysis.siting.task import Task


@dataclass(frozen=True)
class Figure:
    """People, expected.

    Attributes
    ----------
    by_side, side_range : by kode_kabkota, the people and their range
    total : of all sides
    low, high : range of the total: error of the people, and 5th to 95th percentile over the possible places of
        facilities known only by area
    """

    by_side: Mapping[str, float]
    side_range: Mapping[str, tuple[float, float]]
    total: float
    low: float
    high: float


@dataclass(frozen=True)
class Goal:
    """How many places a share of the people takes, both sides together.

    Attributes
    ----------
    share : of the people to be covered, 0 to 1
    places : fewest, None when no number is enough
    sure : whether the model proves that fewer are not enough
    covered : share covered with them, counted on the points, else with all useful places
    every, most : fewest places that reach every cell that any candidate reaches, and share covered with those
    lost : people whom no candidate reaches by kode of their kelurahan, most first
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

    Attributes
    ----------
    variant : what is otherwise
    plan : side of a plan alone, empty for both together
    kept, best : people newly covered by the plan as it is, and by the plan that would be best then
    proven : whether none is better, so that the regret is not larger
    """

    variant: str
    plan: str
    kept: float
    best: float
    proven: bool

    @property
    def people(self) -> float:
        """People newly covered fewer than possible."""
        return self.best - self.kept


@dataclass(frozen=True)
class Joint:
    """Result of `joint_plan`.

    Attributes
    ----------
    task : what was asked
    people : by side
    unknown : sides without a list, for which nothing can be planned; all else is then empty
    counted : facilities that count, by a point and by area only, by side
    candidates, points, cells : size of the problem
    proven : whether no plan is better
    now_closed, now_open : people covered today by own facilities only, and by those of all sides
    alone : newly covered by the plan of each side by itself: own people, own facilities, own places
    apart_closed, apart_open : covered when each side builds its own plan, without and with serving across the line
    together : covered when as many places are chosen for all sides at once
    gain_apart, gain_together, more : newly covered over now_open by either, and by the second over the first
    opened : newly covered by the plan together over now_closed
    plans, joint : places of each side alone, and places together
    curve : number of places and people newly covered
    fewest : places together that do as well as the plans apart; None where smaller numbers were not tried
    table : by kode of every kelurahan: share of its people covered today by any side, and with the plan together
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
    """Result of `joint_checks`.

    Attributes
    ----------
    goal : places that a share of the people takes
    regrets : what the plans lose under other assumptions
    """

    goal: Goal
    regrets: tuple[Regret, ...]


@dataclass(frozen=True)
class Step:
    """How far a plan is.

    Attributes
    ----------
    done, total : models solved, and models to be solved in all
    """

    done: int
    total: int


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
