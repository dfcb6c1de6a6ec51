"""Catchments share out all supply that can be reached, no more and no less."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.access.catchment import e2sfca, scaled_steps, step_weights, within_reach

amounts = st.floats(0, 1e4).map(lambda x: round(x, 3))


@given(st.data())
def test_what_is_given_out_is_what_there_is(data: st.DataObject) -> None:
    n, m = data.draw(st.integers(1, 8)), data.draw(st.integers(1, 6))
    people = data.draw(arrays(float, n, elements=amounts))
    supply = data.draw(arrays(float, m, elements=amounts))
    distances = data.draw(arrays(float, (n, m), elements=st.floats(0, 6000)))
    access = e2sfca(supply, people, distances)
    reached = (people @ step_weights(distances)) > 0
    assert people @ access == pytest.approx(supply[reached].sum(), rel=1e-9, abs=1e-9)


places = arrays(float, st.tuples(st.integers(0, 8), st.just(2)), elements=st.integers(-4000, 4000).map(float))


@given(places, places)
def test_pairs_within_reach_give_what_the_whole_table_gives(homes: np.ndarray, facilities: np.ndarray) -> None:
    far = np.hypot(*(homes[:, None, :] - facilities[None, :, :]).transpose(2, 0, 1))
    near = within_reach(homes, facilities, 3000.0)
    assert near.nnz == (far <= 3000).sum()
    supply, people = np.arange(1.0, len(facilities) + 1), np.arange(10.0, len(homes) + 10)
    access = e2sfca(supply, people, near)
    assert access == pytest.approx(e2sfca(supply, people, far))
    assert people @ access == pytest.approx(supply[(far <= 3000).any(axis=0)].sum())


def test_a_facility_on_the_doorstep_is_within_reach() -> None:
    near = within_reach([[5.0, 5.0]], [[5.0, 5.0], [9000.0, 5.0]], 3000.0)
    assert (near.nnz, near.data.tolist()) == (1, [0.0])
    assert e2sfca([1.0, 7.0], [4.0], near).tolist() == [0.25]


def test_steps_stretch_with_the_standard() -> None:
    assert scaled_steps(1000.0) == ((1000.0, 1.0), (2000.0, 0.68), (3000.0, 0.22))
    assert scaled_steps(500.0)[-1] == (1500.0, 0.22)


def test_a_closed_border_keeps_supply_at_home() -> None:
    people, supply = np.array([10.0, 10.0]), np.array([1.0, 0.0])
    apart = np.array([[100.0, np.inf], [np.inf, 100.0]])
    assert e2sfca(supply, people, apart).tolist() == [0.1, 0.0]
    assert e2sfca(supply, people, np.full((2, 2), 100.0)).tolist() == [0.05, 0.05]


def test_steps_belong_to_the_nearer_one() -> None:
    assert step_weights([0, 1000, 1000.1, 2000, 3000, 3000.1, np.inf]).tolist() == [1, 1, 0.68, 0.68, 0.22, 0, 0]


@pytest.mark.parametrize(
    ("supply", "people", "distances", "message"),
    [
        ([1.0], [1.0], [[1.0, 2.0]], "expected"),
        ([-1.0], [1.0], [[1.0]], "not negative"),
        ([1.0], [np.nan], [[1.0]], "not negative"),
        ([1.0], [1.0], [[np.nan]], "not negative"),
    ],
)
def test_bad_input_is_named(
    supply: list[float], people: list[float], distances: list[list[float]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        e2sfca(supply, people, distances)


def test_limits_must_rise() -> None:
    with pytest.raises(ValueError, match="rise"):
        step_weights([1.0], [(2000.0, 1.0), (1000.0, 0.5)])
