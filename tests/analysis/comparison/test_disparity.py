"""Theil's T: the identity, numbers that can be checked in the head, and PySAL where it computes the same."""

import importlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison import disparity
from analysis.comparison.disparity import Theil

KODES = list("abcdef")
amounts = st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1e6)), min_size=1, max_size=40)


def theil(values: pd.Series, groups: pd.Series, weights: pd.Series | None = None) -> Theil:
    found = disparity.theil(values, groups, weights)
    assert found is not None
    return found


def series(values: list[float]) -> pd.Series:
    return pd.Series(values, index=[f"u{i:02}" for i in range(len(values))], dtype=float)


def shuffled_groups(values: pd.Series, seed: int) -> pd.Series:
    names = np.random.default_rng(seed).choice(["32.75", "32.76", "36.04"], len(values))
    return pd.Series(names, values.index)


def test_all_of_the_inequality_lies_between_when_each_region_is_equal() -> None:
    found = theil(pd.Series([0, 0, 0, 10, 10, 10], KODES), pd.Series(list("xxxyyy"), KODES))
    assert found.between == pytest.approx(np.log(2), abs=1e-12)
    assert found.within == 0
    assert found.between_share == pytest.approx(1)


def test_all_of_it_lies_within_when_the_regions_are_alike() -> None:
    found = theil(pd.Series([0, 10, 0, 10, 0, 10], KODES), pd.Series(list("xxyyzz"), KODES))
    assert found.between == pytest.approx(0, abs=1e-12)
    assert found.within == pytest.approx(np.log(2), abs=1e-12)


@given(amounts, st.integers(0, 1000), st.booleans())
@settings(max_examples=100)
def test_total_is_between_plus_within(values: list[float], seed: int, weighted: bool) -> None:
    data = series(values)
    people = pd.Series(np.random.default_rng(seed).integers(1, 50_000, len(data)), data.index) if weighted else None
    found = disparity.theil(data, shuffled_groups(data, seed), people)
    if found is None:
        assert data.sum() == 0
        return
    assert abs(found.total - found.between - found.within) <= 1e-12 * max(1, found.total)
    assert -1e-12 <= found.between <= found.total + 1e-12
    # If the unit with the least weight had everything.
    assert found.total <= np.log(len(data) if people is None else people.sum() / people.min()) + 1e-12


@given(st.lists(st.floats(0.01, 1e4), min_size=2, max_size=40), st.integers(0, 1000))
@settings(max_examples=25)
def test_the_unweighted_form_is_that_of_pysal(values: list[float], seed: int) -> None:
    pysal = importlib.import_module("inequality.theil")
    data = series(values)
    groups = shuffled_groups(data, seed)
    reference = pysal.TheilD(data.to_numpy(), groups.to_numpy())
    found = theil(data, groups)
    assert found.total == pytest.approx(float(reference.T), abs=1e-10)
    assert found.between == pytest.approx(float(np.ravel(reference.bg)[0]), abs=1e-10)
    assert found.within == pytest.approx(float(np.ravel(reference.wg)[0]), abs=1e-10)


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(1, 5)), min_size=1, max_size=12), st.integers(0, 99))
def test_whole_weights_count_a_unit_several_times(rows: list[tuple[float, int]], seed: int) -> None:
    data = series([v for v, _ in rows])
    people = series([float(w) for _, w in rows])
    groups = shuffled_groups(data, seed)
    times = people.astype(int).to_numpy()
    each = series(list(np.repeat(data.to_numpy(), times)))
    apart = disparity.theil(each, pd.Series(np.repeat(groups.to_numpy(), times), each.index))
    together = disparity.theil(data, groups, people)
    assert (apart is None) == (together is None)
    for name in ("total", "between", "within") if apart is not None else ():
        assert getattr(together, name) == pytest.approx(getattr(apart, name), abs=1e-9)


@given(amounts, st.integers(0, 1000), st.floats(0.01, 100))
def test_neither_the_order_nor_the_unit_of_measure_matters(values: list[float], seed: int, scale: float) -> None:
    data = series(values)
    groups = shuffled_groups(data, seed)
    straight = disparity.theil(data, groups)
    assert disparity.theil(data.sample(frac=1, random_state=seed), groups) == straight
    if straight is not None:
        assert theil(data * scale, groups).total == pytest.approx(straight.total, abs=1e-9)


def test_unknown_values_groups_and_weights_are_left_out() -> None:
    values = pd.Series([1.0, 2.0, np.nan, 4.0, 5.0, 6.0], KODES)
    groups = pd.Series(["x", "x", "x", None, "y", "y"], KODES)
    people = pd.Series([1.0, 1.0, 1.0, 1.0, np.nan, 0.0], KODES)
    assert theil(values, groups, people) == theil(values.iloc[:2], groups, people.iloc[:2])


def test_nothing_known_and_nothing_but_zeros_have_no_inequality() -> None:
    groups = pd.Series("x", KODES)
    assert disparity.theil(pd.Series(np.nan, KODES), groups) is None
    assert disparity.theil(pd.Series(0.0, KODES), groups) is None


@pytest.mark.parametrize("bad", [-1.0, np.inf])
def test_values_below_zero_or_infinite_are_refused(bad: float) -> None:
    values, groups = pd.Series([1.0, bad], list("ab")), pd.Series(["x", "x"], list("ab"))
    with pytest.raises(ValueError, match="not negative"):
        theil(values, groups)
    with pytest.raises(ValueError, match="not negative"):
        theil(pd.Series([1.0, 1.0], list("ab")), groups, values)
    with pytest.raises(ValueError, match="stands twice"):
        theil(pd.Series([1.0, 1.0], list("aa")), groups)
