"""Splitting totals: the parts always add up, and the measured error is the one a pencil finds."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.values.population import measure_error, relative_errors, split_by_share, with_range


def split(total: int | None, weights: list[float | None]) -> list[int | None]:
    names = [f"u{i}" for i in range(len(weights))]
    parts = split_by_share(
        pd.Series({"g": total}, dtype="Float64"),
        pd.Series(weights, index=names, dtype="Float64"),
        pd.Series("g", index=names),
    )
    return [None if pd.isna(p) else int(p) for p in parts]


def test_the_largest_remainders_get_the_rest() -> None:
    assert split(10, [1, 1, 1]) == [4, 3, 3]
    assert split(100, [50, 30, 20]) == [50, 30, 20]
    assert split(7, [3, 3, 1]) == [3, 3, 1]
    assert split(1, [1, 2]) == [0, 1]


def test_zero_weights_get_nothing() -> None:
    assert split(9, [0, 2, 1]) == [0, 6, 3]
    assert split(0, [0, 0]) == [0, 0]


@pytest.mark.parametrize(("total", "weights"), [(None, [1, 2]), (10, [1, None]), (10, [0, 0])])
def test_what_cannot_be_divided_stays_unknown(total: int | None, weights: list[float | None]) -> None:
    assert split(total, weights) == [None] * len(weights)


def test_an_unknown_group_does_not_disturb_the_others() -> None:
    weights = pd.Series({"a": 1, "b": 1, "c": 5})
    groups = pd.Series({"a": "x", "b": "x", "c": "nowhere"})
    parts = split_by_share(pd.Series({"x": 3}), weights, groups)
    assert parts["a"] + parts["b"] == 3
    assert pd.isna(parts["c"])


@pytest.mark.parametrize(("totals", "weights"), [({"g": -1}, [1]), ({"g": 1.5}, [1]), ({"g": 1}, [-1])])
def test_nonsense_is_refused(totals: dict[str, float], weights: list[float]) -> None:
    with pytest.raises(ValueError, match="negative"):
        split_by_share(pd.Series(totals), pd.Series(weights, index=["u"]), pd.Series("g", index=["u"]))


@given(
    parts=st.dictionaries(
        st.text("abc", min_size=1, max_size=6),
        st.tuples(st.sampled_from(["x", "y", "z"]), st.integers(0, 400)),
        min_size=1,
        max_size=25,
    ),
    totals=st.fixed_dictionaries({group: st.integers(0, 10**7) for group in "xyz"}),
    seed=st.randoms(use_true_random=False),
)
def test_sums_are_exact_and_the_order_does_not_matter(parts: dict, totals: dict, seed: object) -> None:
    weights = pd.Series({code: weight for code, (_, weight) in parts.items()})
    groups = pd.Series({code: group for code, (group, _) in parts.items()})
    found = split_by_share(pd.Series(totals), weights, groups)
    for group, members in groups.groupby(groups):
        own = weights[members.index]
        if own.sum() > 0:
            assert found[members.index].sum() == totals[group]
            exact = totals[group] * own / own.sum()
            assert ((found[members.index].astype(float) - exact).abs() < 1 + 1e-6).all()
    shuffled = list(weights.index)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    again = split_by_share(pd.Series(totals), weights[shuffled], groups)
    pd.testing.assert_series_equal(found, again.reindex(found.index))


def test_the_error_is_a_share_of_the_truth() -> None:
    yardstick = pd.DataFrame({"kode": ["a", "b"], "kode_kecamatan": "k", "tps": [1, 1], "population": [100, 300]})
    report = measure_error(yardstick)
    assert (report.n, report.worst, report.worst_kode) == (2, 1.0, "a")
    assert report.mean_abs == pytest.approx((1 + 1 / 3) / 2)
    assert relative_errors(pd.Series({"a": 200, "b": 200}), pd.Series({"a": 100, "b": 300}))["b"] == pytest.approx(
        -1 / 3
    )


def test_a_perfect_split_has_no_error_whatever_the_grouping() -> None:
    yardstick = pd.DataFrame(
        {"kode": list("abcd"), "k": ["x", "x", "y", "y"], "tps": [1, 3, 2, 4], "population": [10, 30, 20, 40]}
    )
    assert measure_error(yardstick, "k").worst == 0
    assert measure_error(yardstick.assign(k="one"), "k").worst == 0


def test_nothing_to_compare_is_an_error() -> None:
    empty = pd.DataFrame({"kode": ["a"], "kode_kecamatan": ["k"], "tps": [0], "population": [5]})
    with pytest.raises(ValueError, match="no unit"):
        measure_error(empty)


def test_the_range_holds_the_truth_at_that_error() -> None:
    span = with_range(pd.Series({"a": 1100, "b": None}, dtype="Float64"), 0.1)
    assert (span["low"]["a"], span["high"]["a"]) == (1000, 1222)
    assert span.isna().to_numpy().tolist() == [[False, False], [True, True]]
    with pytest.raises(ValueError, match="p90"):
        with_range(pd.Series([1]), 1.0)


@given(truth=st.integers(100, 10**6), error=st.floats(-0.3, 0.3))
def test_a_truth_within_the_error_lies_within_the_range(truth: int, error: float) -> None:
    span = with_range(pd.Series([truth * (1 + error)]), abs(error))
    assert span["low"].iloc[0] - 1 <= truth <= span["high"].iloc[0] + 1
