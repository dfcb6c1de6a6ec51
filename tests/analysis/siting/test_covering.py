"""Covering models against brute force, and on worlds where the answer is plain."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
import scipy.sparse as sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.siting import covering
from analysis.siting.covering import Chosen, Covering, covered, greedy, improved, reach_matrix, set_covering


def one(reach: sparse.csr_matrix, people: npt.ArrayLike, count: int, existing: npt.ArrayLike = 0.0) -> Chosen:
    return Covering(reach, np.asarray(people, float) * (1 - np.asarray(existing))).best(count)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    """Up to 12 points and 6 candidates, whole people, existing shares in quarters."""
    n, m = draw(st.integers(1, 12)), draw(st.integers(1, 6))
    cells = draw(st.lists(st.booleans(), min_size=n * m, max_size=n * m))
    people = draw(st.lists(st.integers(0, 20), min_size=n, max_size=n))
    existing = draw(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=n, max_size=n))
    return sparse.csr_matrix(np.array(cells).reshape(n, m)), np.array(people, float), np.array(existing)


def gained(reach: sparse.csr_matrix, left: np.ndarray, places: tuple[int, ...]) -> float:
    return float(left[covered(reach, places)].sum())


@given(worlds(), st.integers(0, 6))
@settings(max_examples=40)
def test_maximal_covering_is_as_good_as_trying_everything(
    world: tuple[sparse.csr_matrix, np.ndarray, np.ndarray], count: int
) -> None:
    reach, people, existing = world
    left = people * (1 - existing)
    m = reach.shape[1]
    best = max(gained(reach, left, c) for c in combinations(range(m), min(count, m)))
    found = one(reach, people, count, existing=existing)
    assert found.proven
    assert len(found.places) <= count
    assert found.people == pytest.approx(best)
    assert gained(reach, left, found.places) == pytest.approx(best)


@given(worlds())
@settings(max_examples=40)
def test_set_covering_is_as_small_as_trying_everything(
    world: tuple[sparse.csr_matrix, np.ndarray, np.ndarray],
) -> None:
    reach, _, existing = world
    needed = existing < 1
    found = set_covering(reach, needed)
    possible = needed & covered(reach, range(reach.shape[1]))
    assert found.proven
    assert covered(reach, found.places)[possible].all()
    sizes = range(reach.shape[1] + 1)
    least = next(
        k for k in sizes if any(covered(reach, c)[possible].all() for c in combinations(range(reach.shape[1]), k))
    )
    assert len(found.places) == least


@given(worlds(), st.floats(0, 1))
@settings(max_examples=40)
def test_the_fewest_for_a_share_are_as_few_as_trying_everything(
    world: tuple[sparse.csr_matrix, np.ndarray, np.ndarray], share: float
) -> None:
    reach, people, existing = world
    left = people * (1 - existing)
    wanted, m = share * float(left.sum()), reach.shape[1]
    sizes = [k for k in range(m + 1) if any(gained(reach, left, c) >= wanted - 1e-4 for c in combinations(range(m), k))]
    every = set_covering(reach, left > 0)
    *_, found = Covering(reach, left).fewest(wanted, every.places)
    assert (found is None) == (not sizes)
    if found is not None:
        assert len(found.places) == min(sizes)


@given(worlds(), st.lists(st.integers(0, 5), max_size=3, unique=True))
@settings(max_examples=40)
def test_moving_single_places_never_loses_and_ends_where_no_move_helps(
    world: tuple[sparse.csr_matrix, np.ndarray, np.ndarray], start: list[int]
) -> None:
    reach, left, m = world[0], world[1], world[0].shape[1]
    places = [p for p in start if p < m]
    plan = improved(reach, left, places)
    assert len(plan) == len(places)
    best = gained(reach, left, plan)
    assert best >= gained(reach, left, tuple(places)) - 1e-9
    moves = [tuple({*plan} - {old} | {new}) for old in plan for new in range(m)]
    assert all(gained(reach, left, move) <= best + 1e-3 for move in moves)


def test_the_best_next_one_is_quick_but_not_always_the_fewest() -> None:
    reach = sparse.csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 1], [0, 1, 0], [0, 0, 1]], dtype=bool))
    assert greedy(reach, [3, 3, 3, 3, 2, 2], 16, 3) == (0, 1, 2)
    assert greedy(reach, [3, 3, 3, 3, 2, 2], 5, 3) == (0,)
    assert greedy(reach, np.zeros(6), 5, 3) == ()


@given(worlds())
@settings(max_examples=15)
def test_the_order_of_the_points_does_not_change_the_plan(
    world: tuple[sparse.csr_matrix, np.ndarray, np.ndarray],
) -> None:
    reach, people, existing = world
    order = np.random.default_rng(len(people)).permutation(len(people))
    first = one(reach, people, 2, existing=existing)
    assert one(reach, people, 2, existing=existing) == first
    assert one(reach[order], people[order], 2, existing=existing[order]).places == first.places


def test_a_tie_always_gives_the_same_plan() -> None:
    reach = sparse.csr_matrix(np.eye(6, dtype=bool))
    plans = {one(reach, np.ones(6), 3).places for _ in range(3)}
    assert len(plans) == 1
    alike = sparse.csr_matrix(np.ones((3, 4), dtype=bool))
    assert one(alike, np.ones(3), 1).places == (0,), "of candidates that reach the same, the first"


def test_existing_cover_stays_and_the_new_places_add_the_most_to_it() -> None:
    rng = np.random.default_rng(7)
    points, places = rng.uniform(0, 10, (60, 2)), rng.uniform(0, 10, (12, 2))
    people = rng.integers(1, 50, 60).astype(float)
    reach = reach_matrix(points, places, 2.0)
    before = covered(reach, [0, 1])
    best = max(gained(reach, people, (0, 1, *more)) for more in combinations(range(2, 12), 3))
    ours = one(reach, people, 3, existing=before.astype(float))
    assert ours.people + people[before].sum() == pytest.approx(best)


@given(worlds(), st.integers(1, 5))
@settings(max_examples=15)
def test_without_time_the_plan_is_the_quick_one_and_not_proven(
    world: tuple[sparse.csr_matrix, np.ndarray, np.ndarray], count: int
) -> None:
    reach, people, _ = world
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covering, "_solve", lambda *_: (np.array([], dtype=np.int64), False))
        found, every = one(reach, people, count), set_covering(reach, people > 0)
    quick = greedy(reach, people, np.inf, count)
    assert found.people == pytest.approx(gained(reach, people, quick))
    assert found.proven == (count == 1 or not found.places)
    possible = covered(reach, range(reach.shape[1])) & (people > 0)
    assert covered(reach, every.places)[possible].all()
    assert every.proven == (not every.places)


def test_exactly_at_the_limit_is_reached() -> None:
    points, places = np.array([[0, 0], [3000, 0], [3000.5, 0]]), np.array([[0, 0]])
    assert covered(reach_matrix(points, places, 3000), [0]).tolist() == [True, True, False]
    assert covered(reach_matrix(points, places, [-1, 0, 4000]), [0]).tolist() == [False, False, True]


def test_a_certain_post_leaves_nothing_and_an_uncertain_one_its_remainder() -> None:
    reach = sparse.csr_matrix(np.array([[1, 0], [0, 1]], dtype=bool))
    assert one(reach, [100, 60], 1, existing=[1.0, 0.0]).places == (1,)
    assert one(reach, [100, 60], 1, existing=[0.5, 0.0]).people == 60
    assert one(reach, [100, 60], 1, existing=[0.3, 0.0]).people == pytest.approx(70)


def test_places_that_add_nobody_are_not_built() -> None:
    reach = sparse.csr_matrix(np.array([[1, 1, 0], [0, 1, 0]], dtype=bool))
    assert one(reach, [5, 5], 3).places == (1,)
    assert one(reach, [5, 5], 3, existing=1.0).places == ()
    assert one(sparse.csr_matrix((0, 0), dtype=bool), [], 2).places == ()


def test_only_allowed_candidates_are_chosen() -> None:
    reach = sparse.csr_matrix(np.array([[1, 0], [1, 1]], dtype=bool))
    assert Covering(reach, [5, 5], allowed=[1]).best(1).places == (1,)
    assert Covering(reach, [5, 5], allowed=[1]).best(2).people == 5


def test_one_model_answers_any_number_of_places() -> None:
    model = Covering(sparse.csr_matrix(np.eye(3, dtype=bool)), [3, 2, 1])
    assert [model.best(count).people for count in (1, 3, 2, 9)] == [3, 6, 5, 6]


@pytest.mark.parametrize("people", [-1.0, np.nan])
def test_what_is_unknown_or_impossible_is_refused(people: float) -> None:
    with pytest.raises(ValueError, match="must"):
        Covering(sparse.csr_matrix(np.ones((1, 1), dtype=bool)), [people])
