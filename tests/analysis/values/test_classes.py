"""Classes: the standard is a break, unknown is a class of its own, both sides share the breaks."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.values.classes import MOST_CLASSES, UNKNOWN, classify, count_classes

numbers = st.lists(st.one_of(st.floats(-100, 100), st.just(float("nan"))), min_size=1, max_size=60)


def test_the_standard_becomes_a_break_and_is_met_from_the_better_side() -> None:
    distances = classify(pd.Series([0.9, 1.0, 1.1], index=list("abc")), [0.5, 2.0], threshold=1.0)
    assert distances.breaks == (0.5, 1.0, 2.0)
    assert distances.index.tolist() == [1, 1, 2]
    schools = classify(pd.Series([0, 1, 2]), [3], threshold=1.0, upper_closed=False)
    assert schools.index.tolist() == [0, 1, 1]


def test_unknown_is_not_zero() -> None:
    assert classify(pd.Series([0.0, np.nan]), [1.0]).index.tolist() == [0, UNKNOWN]


def test_without_breaks_the_pooled_quintiles_serve() -> None:
    classes = classify(pd.Series(range(100), dtype=float))
    assert classes.count == 5
    assert classes.index.value_counts().tolist() == [20] * 5


def test_one_known_value_is_one_class() -> None:
    assert classify(pd.Series([3.0, np.nan])).index.tolist() == [0, UNKNOWN]


@given(numbers, st.floats(-50, 50))
def test_order_of_rows_changes_nothing_and_the_standard_stays_a_break(raw: list[float], threshold: float) -> None:
    series = pd.Series(raw, index=[f"k{i}" for i in range(len(raw))])
    classes = classify(series, [-20, -10, 0, 10, 20], threshold)
    shuffled = classify(series.iloc[::-1], [-20, -10, 0, 10, 20], threshold)
    pd.testing.assert_series_equal(shuffled.index.reindex(series.index), classes.index)
    assert threshold in classes.breaks
    assert classes.count <= MOST_CLASSES
    assert (classes.index[series.isna()] == UNKNOWN).all()
    known = series.dropna()
    assert (known[classes.index[known.index] > classes.breaks.index(threshold)] > threshold).all()


def test_counts_hold_every_unit_and_every_person_once() -> None:
    classes = classify(pd.Series([0.5, 1.5, np.nan, 0.1], index=list("abcd")), [1.0])
    side = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})
    counts = count_classes(classes, side, pd.Series({"a": 10.0, "b": 20.0, "c": 30.0, "d": np.nan}))
    assert counts["units"].sum() == 4
    assert counts["people"].sum() == 60
    unknown = counts[(counts["side"] == "y") & (counts["class"] == UNKNOWN)].iloc[0]
    assert (unknown["units"], unknown["people"]) == (1, 30)
    assert len(counts) == 2 * 3
