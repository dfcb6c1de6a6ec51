"""Splitting totals: the parts always add up, and errors and ranges are those that a pencil finds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.values.population import (
    JOINT,
    MIXTURES,
    report,
    shares,
    split_by_share,
    sum_with_range,
    validate,
    with_range,
)
from tests.shipped import data as shipped


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


def units(**columns: list[float | None]) -> pd.DataFrame:
    """Two kelurahan of one kecamatan and two of another."""
    index = ["36.04.01.2001", "36.04.01.2002", "36.04.02.2001", "36.04.02.2002"]
    return pd.DataFrame(columns, index=index).assign(kode_kecamatan=["36.04.01"] * 2 + ["36.04.02"] * 2)


def test_a_share_is_the_mean_of_the_sources_that_are_known() -> None:
    frame = units(tps=[1, 1, 1, 3], voters=[1, 3, 1, 1], census=[1, 3, None, 5])
    assert shares(frame, "tps").tolist() == [0.5, 0.5, 0.25, 0.75]
    assert shares(frame, "tps_voters").tolist() == [0.375, 0.625, 0.375, 0.625]
    # A census without one village says nothing of the shares there.
    assert shares(frame, "all").tolist() == pytest.approx([1 / 3, 2 / 3, 0.375, 0.625])
    assert shares(frame, "census").isna().tolist() == [False, False, True, True]


def test_the_error_is_a_share_of_the_truth() -> None:
    errors = pd.Series({"a": 1.0, "b": -1 / 3})
    found = report(errors)
    assert (found.n, found.worst, found.worst_kode) == (2, 1.0, "a")
    assert found.mean_abs == pytest.approx((1 + 1 / 3) / 2)
    with pytest.raises(ValueError, match="no unit"):
        report(errors.iloc[:0])


def test_the_range_is_a_share_of_the_estimate() -> None:
    span = with_range(pd.Series({"a": 1000, "b": None}, dtype="Float64"), 0.1)
    assert (span["low"]["a"], span["high"]["a"]) == (900, 1100)
    assert span.isna().to_numpy().tolist() == [[False, False], [True, True]]


def people(*halves: float) -> pd.DataFrame:
    """Kelurahan of one kecamatan with 1000 people each and these halves of their ranges."""
    index = [f"36.04.01.20{i:02}" for i in range(len(halves))]
    half = np.array(halves)
    return pd.DataFrame({"people": 1000.0, "low": 1000 - half, "high": 1000 + half}, index=index)


def test_row_8_errors_within_a_kecamatan_cancel_instead_of_adding_up() -> None:
    four = people(100, 100, 100, 100)
    assert sum_with_range(four) == (4000, 4000, 4000)
    one = pd.Series({four.index[0]: 1.0})
    assert sum_with_range(four, one) == pytest.approx((1000, 900, 1100))
    two = pd.Series(1.0, four.index[:2])
    # Independent errors on condition that all four cancel: the root of 4/3 * 4 * 100² * (1/2)².
    # Half of the two errs together: 1 + JOINT * (1 - 2/4).
    half = 100 * np.sqrt(4 / 3) * np.sqrt(1 + JOINT / 2)
    assert sum_with_range(four, two) == pytest.approx((2000, 2000 - half, 2000 + half))
    # What is left out errs as much as what is counted.
    assert sum_with_range(four, 1 - two.reindex(four.index, fill_value=0.0))[2] == pytest.approx(2000 + half)


def test_kecamatan_err_independently_and_official_people_not_at_all() -> None:
    both = pd.concat([people(100, 100), people(0, 0).rename(index=lambda k: k.replace(".01.20", ".02.20"))])
    assert sum_with_range(both.assign(low=both["low"].where(both["low"] < 1000)), 0.5) == (2000, 2000, 2000)
    two = pd.concat([people(100, 100), people(100, 100).rename(index=lambda k: k.replace(".01.20", ".02.20"))])
    first = pd.Series(1.0, [two.index[0], two.index[2]])
    assert sum_with_range(two, first)[2] == pytest.approx(2000 + 100 * np.sqrt(2 * (1 + JOINT / 2)))


def test_estimates_beside_official_people_of_their_kecamatan_add_up_to_no_known_total() -> None:
    four = people(100, 100, 100, 100)
    official = pd.Series([True, False, False, False], four.index)
    mixed = four.assign(low=four["low"].mask(official), high=four["high"].mask(official))
    half = np.sqrt(3) * 100 * np.sqrt(1 + JOINT * (1 - 1 / 3))
    assert sum_with_range(mixed) == pytest.approx((4000, 4000 - half, 4000 + half))
    assert sum_with_range(mixed.iloc[:1]) == (1000, 1000, 1000)
    assert sum_with_range(mixed, pd.Series({four.index[1]: 1.0})) == pytest.approx((1000, 900, 1100))


@given(st.lists(st.floats(0, 500), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_range_of_a_sum_does_not_depend_on_the_order(halves: list[float], seed: object) -> None:
    frame = people(*halves)
    share = pd.Series([i % 3 / 2 for i in range(len(frame))], frame.index)
    shuffled = list(frame.index)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sum_with_range(frame.loc[shuffled], share) == pytest.approx(sum_with_range(frame, share))


def test_a_perfect_source_is_found_and_its_ranges_hold() -> None:
    rng = np.random.default_rng(1)
    truth = rng.integers(500, 5000, 80)
    kode = [f"{kab}.{kec:02}.20{i:02}" for kab in ("32.01", "32.16") for kec in range(4) for i in range(10)]
    yardstick = pd.DataFrame(
        {
            "kode": kode, "kode_kecamatan": [k[:8] for k in kode], "jenis": "desa", "population": truth,
            "tps": truth, "voters": rng.integers(1, 9, 80), "census": rng.integers(1, 9, 80),
        }
    )  # fmt: skip
    pairs = pd.DataFrame({"kode_a": kode[:-1], "kode_b": kode[1:]})
    found = validate(yardstick, pairs)
    assert found.mixture == "tps"
    assert found.tried["tps"].max() < 1e-9 < found.tried["voters"].min()
    assert found.factor < 1e-9


# What is known of Bekasi, Depok, Kab. Bekasi, Kab. Bogor and Jakarta Timur.
VALIDATION = validate(shipped().yardstick, shipped().pairs)


def test_row_8_the_ranges_hold_nine_of_ten_true_figures_each_kabkota_judged_by_the_others() -> None:
    assert set(VALIDATION.held_out["kode_kabkota"]) == {"31.75", "32.01", "32.16", "32.75", "32.76"}
    assert len(VALIDATION.held_out) == 806
    assert 0.85 <= VALIDATION.coverage <= 0.95
    by_kind = VALIDATION.held_out.groupby("jenis")["covered"].mean()
    assert by_kind.between(0.85, 0.95).all(), by_kind


def test_row_8_the_ranges_of_sums_of_neighbours_hold_too_and_their_joint_error_is_the_measured_one() -> None:
    assert 0.85 <= VALIDATION.sum_coverage <= 0.95
    assert VALIDATION.joint <= JOINT <= VALIDATION.joint + 0.1


def test_the_mixture_is_the_best_of_those_tried() -> None:
    assert set(VALIDATION.tried) == set(MIXTURES)
    assert VALIDATION.tried.mean().idxmin() == VALIDATION.mixture
    # As the audit found with other code: polling stations alone, by kabkota.
    stations = VALIDATION.tried["tps"].round(3)
    assert stations.to_dict() == {"31.75": 0.026, "32.01": 0.058, "32.16": 0.042, "32.75": 0.024, "32.76": 0.039}
