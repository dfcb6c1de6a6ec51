"""Shared places: a toy border with a plain answer, and what must hold for the real one."""

from collections.abc import Generator
from typing import Any

import pytest

from analysis.fire.fire import DENSITY
from analysis.siting.plan import GOAL_NEAR, joint_checks, joint_plan
from analysis.siting.problem import LocationProblem, problem_of
from analysis.siting.result import Joint, basis_of
from analysis.siting.task import Task
from data.tables import Dataset

SERANG = ("36.04", "36.73")
COUNTS = (("36.04", 1), ("36.73", 1))


def problem(data: Dataset, task: Task) -> LocationProblem:
    border, density = data.border(data.catalogue.corridors[task.corridor]), data.indicator_values(DENSITY)["value"]
    return problem_of(border, task, data.grid, data.facilities, data.catalogue, density)


def finish(steps: Generator[Any, None, Any]) -> tuple[Any, list[tuple[int, int]]]:
    seen: list[tuple[int, int]] = []
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return end.value, seen
        seen.append((step.done, step.total))


@pytest.fixture(scope="module")
def task() -> Task:
    return Task("kabserang-kotaserang", "puskesmas", COUNTS)


@pytest.fixture(scope="module")
def plan(data: Dataset, task: Task) -> Joint:
    found, seen = finish(joint_plan(problem(data, task)))
    assert isinstance(found, Joint)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (4, 4)
    return found


def test_planning_together_never_covers_fewer(plan: Joint) -> None:
    figures = (plan.now_closed, plan.now_open, plan.apart_closed, plan.apart_open, plan.together)
    closed, opened, apart_closed, apart, together = (f.total if f else -1.0 for f in figures)
    assert 0 < closed <= opened <= apart <= together
    assert closed <= apart_closed <= apart
    assert [k for k, _ in plan.curve] == [1, 2]
    assert plan.curve[0][1] <= plan.curve[1][1]
    assert plan.fewest in (1, 2)


def test_the_figures_fit_each_other(plan: Joint) -> None:
    assert plan.alone is not None
    assert plan.gain_together is not None
    assert plan.together is not None
    assert plan.now_open is not None
    assert plan.apart_closed is not None
    assert plan.now_closed is not None
    assert plan.gain_together.total == pytest.approx(plan.together.total - plan.now_open.total)
    alone = sum(f.total for f in plan.alone.values())
    assert alone == pytest.approx(plan.apart_closed.total - plan.now_closed.total)
    for figure in (plan.together, plan.gain_together, *plan.alone.values()):
        assert figure.low <= figure.total <= figure.high
        assert figure.total == pytest.approx(sum(figure.by_side.values()))
    assert all(plan.together.by_side[s] <= plan.people[s] for s in SERANG)


def test_each_side_plans_on_its_own_ground(plan: Joint) -> None:
    assert plan.plans is not None
    assert all(p.side == side for side, places in plan.plans.items() for p in places)
    assert len(plan.joint) == 2


def test_puskesmas_known_only_by_name_count_as_a_chance(plan: Joint) -> None:
    assert dict(plan.counted) == {"36.04": (31, 0), "36.73": (10, 6)}


def test_the_same_question_has_the_same_answer(data: Dataset, task: Task, plan: Joint) -> None:
    again, _ = finish(joint_plan(problem(data, task)))
    assert again.joint == plan.joint
    assert again.plans == plan.plans
    assert again.together == plan.together


def test_who_stops_in_between_keeps_nothing(data: Dataset, task: Task) -> None:
    steps = joint_plan(problem(data, task))
    next(steps)
    steps.close()
    with pytest.raises(StopIteration):
        next(steps)


def test_places_of_the_user_are_the_only_candidates(data: Dataset) -> None:
    drawn = ((106.15, -6.12), (106.25, -6.2), (106.3, -6.3))
    task = Task("kabserang-kotaserang", "puskesmas", COUNTS, drawn=drawn)
    plan, _ = finish(joint_plan(problem(data, task), curve=False))
    assert plan.candidates == 3
    assert {(p.lon, p.lat) for p in plan.joint} <= set(drawn)


def test_a_side_without_a_list_gives_no_plan(data: Dataset) -> None:
    task = Task("kabserang-lebak", "puskesmas", (("36.04", 1), ("36.02", 1)))
    plan, _ = finish(joint_plan(problem(data, task)))
    assert plan.unknown == ("36.02",)
    assert plan.together is None
    assert basis_of(plan, None) is None


def test_goal_and_regret(data: Dataset, task: Task, plan: Joint) -> None:
    checks, seen = finish(joint_checks(problem(data, task), plan, 0.9))
    assert seen[-1][0] == seen[-1][1]
    assert checks.goal.places is not None
    assert 0 < checks.goal.places <= checks.goal.every
    assert checks.goal.covered >= 0.9 - GOAL_NEAR, "counted on the points, not on the cells of the model"
    assert checks.goal.most <= 1
    assert checks.goal.lost
    assert {r.variant for r in checks.regrets} == {"tanpa_titik"}
    assert all(r.people >= 0 for r in checks.regrets)


def test_both_together_are_worth_at_least_each_alone(plan: Joint) -> None:
    basis = basis_of(plan, {"36.04": 3.0, "36.73": 1.0})
    assert basis is not None
    assert basis.together >= max(basis.alone.values())
    assert sum(basis.served.values()) == pytest.approx(basis.together)


def test_fewest_is_not_told_where_smaller_numbers_were_not_tried(data: Dataset, task: Task, plan: Joint) -> None:
    quick, _ = finish(joint_plan(problem(data, task), curve=False))
    assert quick.joint == plan.joint
    assert quick.fewest is None
