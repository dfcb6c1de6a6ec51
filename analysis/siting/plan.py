"""Where the next shared places should stand: each side alone, both together, and what is lost when the guess is wrong.

The models are those of `analysis.siting.covering`, maximal covering (Church & ReVelle 1974) and set covering
(Toregas et al. 1971), of the problem of `analysis.siting.problem`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.fire.posts import Post
from analysis.fire.realisations import realise
from analysis.siting.covering import SECONDS, Chosen, covered, greedy, set_covering
from analysis.siting.problem import LocationProblem, Setting, setting_of
from analysis.siting.result import Checks, Goal, Joint, Regret, Step

GOAL_NEAR = 0.0005
"""A goal is met when the share of the people reaches it to a tenth of a per cent, as it is shown."""


def joint_plan(problem: LocationProblem, seconds: float = SECONDS, curve: bool = True) -> Generator[Step, None, Joint]:
    """Choose the places of every plan, and say after each how far it is.

    Parameters
    ----------
    problem : points, people, candidates and what is asked
    seconds : time limit of one model
    curve : also seek the best plan together for every smaller number of places; else `Joint.fewest` stays unknown

    Yields
    ------
    Step

    Returns
    -------
    Joint
        Nothing of it exists before the last step: who stops in between keeps nothing.
    """
    task, drawn, sides = problem.task, problem.drawn, problem.drawn.sides
    counted = {s: _counted(drawn.posts, s) for s in sides}
    people = {s: float(problem.people[problem.side == s].sum()) for s in sides}
    unknown = tuple(s for s in sides if not drawn.has_own(s) or not people[s] > 0)
    if unknown:
        return Joint(task=task, people=people, unknown=unknown, counted=counted)
    usual = setting_of(problem, problem.timing)
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

    covers = {
        "now_closed": usual.covered(None, False),
        "now_open": usual.covered((), True),
        "apart_closed": usual.covered(apart, False),
        "apart_open": usual.covered(apart, True),
        "together": usual.covered(together.places, True),
    }
    figures = {name: problem.figure(table) for name, table in covers.items()}
    gains = {
        "gain_apart": ("apart_open", "now_open"),
        "gain_together": ("together", "now_open"),
        "more": ("together", "apart_open"),
        "opened": ("together", "now_closed"),
    }
    figures |= {name: problem.figure(covers[after] - covers[before]) for name, (after, before) in gains.items()}
    own = {}
    for side in sides:
        gained = usual.covered(alone[side].places, False) - covers["now_closed"]
        own[side] = problem.figure(gained, (side,))
    enough = figures["gain_apart"].total
    enough_with = (number for number, gained in reached if gained >= enough - 0.5)
    fewest = next(enough_with, len(together.places)) if curve else None

    return Joint(
        task=task,
        people=people,
        unknown=(),
        counted=counted,
        candidates=len(problem.places),
        points=len(problem.side),
        cells=int(problem.cell.max()) + 1,
        proven=together.proven and all(plan.proven for plan in alone.values()),
        alone=own,
        plans={s: tuple(problem.places[p] for p in alone[s].places) for s in sides},
        joint=tuple(problem.places[p] for p in together.places),
        curve=tuple(reached),
        fewest=fewest,
        table=_by_unit(problem, usual, together.places),
        **figures,
    )


def joint_checks(
    problem: LocationProblem, plan: Joint, goal: float, seconds: float = SECONDS / 4
) -> Generator[Step, None, Checks]:
    """How many places a goal takes, and what the plans lose under other assumptions.

    Parameters
    ----------
    problem : the one of the plan
    plan : of `joint_plan`, with figures
    goal : share of the people to be covered, above 0, at most 1
    seconds : time limit of one model; a regret needs no proof, so it is shorter than that of a plan

    Yields
    ------
    Step

    Returns
    -------
    Checks

    Raises
    ------
    ValueError
        The plan has no figures.
    """
    if plan.now_open is None or plan.plans is None:
        raise ValueError("there is no plan to check")
    position = {place: number for number, place in enumerate(problem.places)}
    chosen = {side: [position[p] for p in places] for side, places in (*plan.plans.items(), ("", plan.joint))}
    counts = [*((s, n) for s, n in plan.task.counts if n), ("", plan.task.total)]
    variants = _variants(problem)
    total, done = 2 + len(variants) * len(counts), 0
    yield Step(done, total)
    usual = setting_of(problem, problem.timing)
    found = yield from _goal(problem, usual, goal, seconds, Step(done, total))
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
    problem: LocationProblem, setting: Setting, goal: float, seconds: float, step: Step
) -> Generator[Step, None, Goal]:
    people, left = problem.people, setting.left("")
    everybody = float(people.sum())
    today = everybody - float(left.sum())
    every = set_covering(setting.cell_reach, np.bincount(problem.cell, left) > 0.5)
    yield step
    wanted = goal * everybody - today
    found: Chosen | None = None
    for plan in setting.model("", seconds).fewest(wanted, every.places):
        found = plan
        yield step
    built, topped = every.places, False
    if found is not None:
        # Enough people on the cells may be too few on the points: then places are added until it is so there too.
        built = setting.improved("", found).places
        missing = wanted - setting.gain("", built) - GOAL_NEAR * everybody
        if topped := missing > 0:
            rest = np.where(covered(setting.reach, built), 0.0, left)
            built = tuple(sorted({*built, *greedy(setting.reach, rest, missing, len(problem.places))}))
    met = found is not None and setting.gain("", built) >= wanted - GOAL_NEAR * everybody
    lost = ~covered(setting.reach, range(len(problem.places)))
    units = pd.Series(left[lost]).groupby(problem.drawn.grid.units[problem.drawn.grid.codes[lost]]).sum()
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


def _variants(problem: LocationProblem) -> dict[str, Setting]:
    """The problem under every other assumption that is tested."""
    drawn, usual = problem.drawn, problem.timing
    result = {name: setting_of(problem, timing) for name, timing in problem.tested.items()}
    known = [p for p in drawn.posts if p.exact]
    sure = {p.operator for p in known}
    if not result and len(known) < len(drawn.posts) and sure >= set(drawn.sides):
        result["tanpa_titik"] = setting_of(problem, usual, realise(drawn.grid, known, drawn.sides))
    return result


def _by_unit(problem: LocationProblem, setting: Setting, places: Sequence[int]) -> pd.DataFrame:
    grid, before = problem.drawn.grid, setting.opened.mean(axis=1)
    after = np.where(covered(setting.reach, places), 1.0, before)
    shares = {name: np.add.reduceat(v, grid.starts) / grid.counts for name, v in (("today", before), ("then", after))}
    return pd.DataFrame(shares, index=grid.units)


def _counted(posts: Sequence[Post], side: str) -> tuple[int, int]:
    mine = [p.exact for p in posts if p.operator == side]
    return sum(mine), len(mine) - sum(mine)
