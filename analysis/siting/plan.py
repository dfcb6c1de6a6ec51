"""Where the next shared places should stand: each side alone, both together, and what is lost when the guess is wrong.

The models are those of `analysis.siting.covering`, maximal covering (Church & ReVelle 1974) and set covering
(Toregas et al. 1971), on the ground of `analysis.siting.ground`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.fire.fire import fire_grid, timing_of
from analysis.fire.posts import Post
from analysis.fire.realisations import build_world
from analysis.siting.covering import SECONDS, Chosen, covered, greedy, set_covering
from analysis.siting.ground import JointGround, Setting, ground_of, setting_of
from analysis.siting.result import Checks, Goal, Joint, Regret, Step
from analysis.siting.task import Task
from geo.grid import Grid

if TYPE_CHECKING:
    from data.catalogue import Corridor
    from data.tables import Dataset

__all__ = ["GOAL_NEAR", "TESTED", "joint_checks", "joint_plan"]

TESTED = {
    "laju_rendah": "uji_laju_rendah",
    "laju_tinggi": "uji_laju_tinggi",
    "tunda_rendah": "uji_tunda_rendah",
    "tunda_tinggi": "uji_tunda_tinggi",
}
"""Entry of the catalogue's assumptions behind each tested speed and delay."""
GOAL_NEAR = 0.0005
"""A goal is met when the share of the people reaches it to a tenth of a per cent, as it is shown."""


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
    grid : all sample points, when the caller has them already (see `analysis.fire.fire.fire_grid`)
    seconds : time limit of one model
    curve : also seek the best plan together for every smaller number of places; else `Joint.fewest` stays unknown

    Yields
    ------
    Step

    Returns
    -------
    Joint
        Nothing of it exists before the last step: who stops in between keeps nothing.

    Raises
    ------
    ScenarioError
        A place of the scenario is not on land.
    """
    ground = ground_of(data, corridor, task, grid if grid is not None else fire_grid(data))
    world, sides = ground.world, corridor.sides
    counted = {s: _counted(world.posts, s) for s in sides}
    people = {s: float(ground.people["value"][ground.side == s].sum()) for s in sides}
    unknown = tuple(s for s in sides if not world.has_own(s) or not people[s] > 0)
    if unknown:
        return Joint(task=task, people=people, unknown=unknown, counted=counted)
    usual = setting_of(ground, ground.timing, "value")
    total, done = sum(n > 0 for _, n in task.counts) + (task.total if curve else 1), 0
    yield Step(done, total)

    alone: dict[str, Chosen] = {s: Chosen() for s in sides}
    for side, count in task.counts:
        if count:
            alone[side] = usual.improved(side, usual.model(side, seconds).best(count))
            done += 1
            yield Step(done, total)
    model, reached = usual.model("", seconds), []
    together = Chosen()
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
    enough_with = (number for number, gained in reached if gained >= enough - 0.5)
    fewest = next(enough_with, len(together.places)) if curve else None

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
    ground = ground_of(data, corridor, task, grid if grid is not None else fire_grid(data))
    if plan.now_open is None or plan.plans is None:
        raise ValueError("there is no plan to check")
    position = {place: number for number, place in enumerate(ground.places)}
    chosen = {side: [position[p] for p in places] for side, places in (*plan.plans.items(), ("", plan.joint))}
    counts = [*((s, n) for s, n in task.counts if n), ("", task.total)]
    variants = _variants(data, ground, task)
    total, done = 2 + len(variants) * len(counts), 0
    yield Step(done, total)
    usual = setting_of(ground, ground.timing, "value")
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


def _goal(
    ground: JointGround, setting: Setting, goal: float, seconds: float, step: Step
) -> Generator[Step, None, Goal]:
    people, left = ground.people["value"], setting.left("")
    everybody = float(people.sum())
    today = everybody - float(left.sum())
    every = set_covering(setting.cell_reach, np.bincount(ground.cell, left) > 0.5)
    yield step
    wanted = goal * everybody - today
    trials = setting.model("", seconds).fewest(wanted, every.places)
    found = None
    while True:
        try:
            next(trials)
        except StopIteration as end:
            found = end.value
            break
        yield step
    built, topped = every.places, False
    if found is not None:
        # Enough people on the cells may be too few on the points: then places are added until it is so there too.
        built = setting.improved("", found).places
        missing = wanted - setting.gain("", built) - GOAL_NEAR * everybody
        if topped := missing > 0:
            rest = np.where(covered(setting.reach, built), 0.0, left)
            built = tuple(sorted({*built, *greedy(setting.reach, rest, missing, len(ground.places))}))
    met = found is not None and setting.gain("", built) >= wanted - GOAL_NEAR * everybody
    lost = ~covered(setting.reach, range(len(ground.places)))
    units = pd.Series(left[lost]).groupby(ground.world.grid.units[ground.world.grid.codes[lost]]).sum()
    units = units[units >= 0.5].sort_index().sort_values(ascending=False, kind="stable")
    return Goal(
        share=goal,
        places=len(built) if met else None,
        sure=found is None or (found.proven and not topped),
        covered=(today + setting.gain("", built)) / everybody,
        every=len(every.places),
        most=(today + setting.gain("", every.places)) / everybody,
        lost=tuple((str(kode), float(count)) for kode, count in units.items()),
        proven=every.proven,
    )


def _variants(data: Dataset, ground: JointGround, task: Task) -> dict[str, Setting]:
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
            result[name] = setting_of(ground, timing_of(data, ground.world, changed)[0], "value")
    elif any(not p.exact for p in ground.world.posts):
        known = [p for p in ground.world.posts if p.exact]
        if all(any(p.operator == s for p in known) for s in ground.world.sides):
            world = build_world(ground.world.grid, known, ground.world.sides)
            result["tanpa_titik"] = setting_of(ground, ground.timing, "value", world)
    for name in ("low", "high"):
        if not np.allclose(ground.people[name], ground.people["value"]):
            result[f"penduduk_{name}"] = setting_of(ground, ground.timing, name)
    return result


def _by_unit(ground: JointGround, setting: Setting, places: Sequence[int]) -> pd.DataFrame:
    grid, before = ground.world.grid, setting.opened.mean(axis=1)
    after = np.where(covered(setting.reach, places), 1.0, before)
    shares = {name: np.add.reduceat(v, grid.starts) / grid.counts for name, v in (("today", before), ("then", after))}
    return pd.DataFrame(shares, index=grid.units)


def _counted(posts: Sequence[Post], side: str) -> tuple[int, int]:
    mine = [p.exact for p in posts if p.operator == side]
    return sum(mine), len(mine) - sum(mine)
