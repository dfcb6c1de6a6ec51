"""Gradient: a curve that stays within what is known, on either side for itself."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.gradient import MIN_NEAR, MIN_UNITS, gradient, local_linear


def members(distances: npt.ArrayLike, side: str = "1") -> pd.DataFrame:
    metres = np.asarray(distances, dtype=float)
    kodes = [f"{side}.{i:03}" for i in range(len(metres))]
    return pd.DataFrame({"kode": kodes, "kode_kabkota": side, "typical_m": metres})


def known(frame: pd.DataFrame, values: npt.ArrayLike) -> pd.Series:
    return pd.Series(np.asarray(values, dtype=float), pd.Index(frame["kode"]))


distances = st.lists(st.floats(0, 3e4).map(lambda x: round(x, 1)), min_size=MIN_UNITS, max_size=60)


@given(distances, st.integers(0, 1000))
@settings(max_examples=60)
def test_the_curve_never_leaves_the_observed_distances_nor_the_observed_values(xs: list[float], seed: int) -> None:
    frame = members(xs)
    values = known(frame, np.random.default_rng(seed).exponential(size=len(xs)))
    side = gradient(values, frame, ("1",))[0]
    if side.bandwidth_m is None:
        assert side.curve.empty
        assert min(xs) == max(xs)
        return
    drawn = side.curve.dropna()
    assert side.range_m == (min(xs), max(xs))
    assert drawn["distance_m"].between(min(xs), max(xs)).all()
    assert drawn["value"].between(values.min() - 1e-9, values.max() + 1e-9).all()
    for place in drawn["distance_m"]:
        assert (np.abs(np.array(xs) - place) < side.bandwidth_m).sum() >= MIN_NEAR


@given(distances, st.floats(-5, 5), st.floats(-1e-2, 1e-2))
@settings(max_examples=40)
def test_a_straight_line_is_kept_as_it_is(xs: list[float], level: float, slope: float) -> None:
    x = np.array(xs)
    at = np.linspace(x.min(), x.max(), 20)
    reach = max(float(np.ptp(x)), 1.0) * 2
    fitted = local_linear(x, level + slope * x, at, reach)
    if np.ptp(x) > 1:
        np.testing.assert_allclose(fitted, level + slope * at, atol=1e-6 * (1 + abs(slope) * reach))


def test_a_planted_rise_towards_the_line_is_seen_and_its_bandwidth_stated() -> None:
    rng = np.random.default_rng(1)
    frame = members(rng.uniform(0, 10_000, 200))
    truth = 3 * np.exp(-frame["typical_m"] / 2000)
    side = gradient(known(frame, truth + rng.normal(0, 0.3, 200)), frame, ("1",))[0]
    near, far = side.curve["value"].iloc[0], side.curve["value"].iloc[-1]
    assert near == pytest.approx(3, abs=0.5)
    assert far == pytest.approx(0, abs=0.3)
    assert side.bandwidth_m is not None
    assert side.bandwidth_m < 5000


def test_no_curve_is_drawn_over_a_stretch_without_units() -> None:
    frame = members(np.concatenate([np.linspace(0, 2000, 95), np.linspace(28_000, 30_000, 5)]))
    values = known(frame, np.sin(np.arange(100) * 1.7) + np.linspace(0, 9, 100))
    side = gradient(values, frame, ("1",), steps=200)[0]
    assert side.bandwidth_m is not None
    if side.bandwidth_m < 10_000:
        middle = side.curve[side.curve["distance_m"].between(13_000, 17_000)]
        assert middle["value"].isna().all()
    fitted = local_linear(frame["typical_m"], values, [15_000.0], 3000)
    assert np.isnan(fitted[0])


def test_each_side_is_smoothed_for_itself() -> None:
    one, other = members(np.arange(20) * 100.0), members(np.arange(20) * 300.0, "2")
    values = pd.concat([known(one, np.full(20, 1.0)), known(other, np.full(20, 9.0))])
    both = gradient(values, pd.concat([one, other]), ("1", "2"))
    assert [s.kode_kabkota for s in both] == ["1", "2"]
    assert both[0].curve["value"].to_numpy() == pytest.approx(1.0)
    assert both[1].curve["value"].to_numpy() == pytest.approx(9.0)
    turned = gradient(values, pd.concat([other, one]), ("2", "1"))
    for a, b in zip(both, turned[::-1], strict=True):
        pd.testing.assert_frame_equal(a.curve, b.curve)
        pd.testing.assert_frame_equal(a.points, b.points)


@given(st.integers(0, 1000))
@settings(max_examples=15)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(0)
    frame = members(np.round(rng.uniform(0, 9000, 40), -3))
    values = known(frame, rng.normal(size=40))
    straight = gradient(values, frame, ("1",))[0]
    mixed = gradient(values.sample(frac=1, random_state=seed), frame.sample(frac=1, random_state=seed), ("1",))[0]
    assert mixed.bandwidth_m == straight.bandwidth_m
    pd.testing.assert_frame_equal(mixed.curve, straight.curve)
    pd.testing.assert_frame_equal(mixed.points, straight.points)


@given(st.sets(st.integers(0, 29)))
def test_unknown_units_are_counted_and_too_few_known_ones_give_points_only(positions: set[int]) -> None:
    frame = members(np.arange(30) * 100.0)
    values = known(frame, np.arange(30))
    values.iloc[sorted(positions)] = np.nan
    side = gradient(values, frame, ("1",))[0]
    assert side.unknown == len(positions)
    assert len(side.points) == 30 - len(positions)
    assert (side.bandwidth_m is None) == (len(side.points) < MIN_UNITS)
    if not len(side.points):
        assert side.range_m is None


def test_bad_input_is_refused() -> None:
    frame = members([1.0, 2.0])
    values = known(frame, [1, 2])
    with pytest.raises(ValueError, match="stands twice"):
        gradient(values, pd.concat([frame, frame]), ("1",))
    with pytest.raises(ValueError, match="bandwidth"):
        local_linear([1.0], [1.0], [1.0], 0)
    assert np.isnan(local_linear([], [], [1.0], 1)).all()
