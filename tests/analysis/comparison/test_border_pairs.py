"""Neighbour against neighbour: both sides alike, no test from too few pairs, and the stated error rate."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test

from analysis.comparison.border_pairs import MIN_BUNDLES, MOST_EXACT, BorderPairs, border_pairs, bundles, sign_flip
from analysis.values.quality import Comparability

SIDES = ("1", "2")


def line(length: int, seed: int = 0) -> pd.DataFrame:
    """A line along which kelurahan alternate: a0-b0, b0-a1, a1-b1 and so on."""
    first = [f"1.{(i + 1) // 2:03}" for i in range(length)]
    second = [f"2.{i // 2:03}" for i in range(length)]
    return pd.DataFrame(
        {
            "kode_a": first,
            "kode_b": second,
            "kode_kabkota_a": "1",
            "kode_kabkota_b": "2",
            "shared_m": np.random.default_rng(seed).uniform(60, 3000, length),
        }
    )


def units(pairs: pd.DataFrame) -> pd.Index:
    return pd.Index(sorted({*pairs["kode_a"], *pairs["kode_b"]}))


def noise(pairs: pd.DataFrame, seed: int) -> pd.Series:
    kodes = units(pairs)
    return pd.Series(np.random.default_rng(seed).standard_normal(len(kodes)), kodes)


def mirrored(found: BorderPairs) -> BorderPairs:
    """The same result told from the other side."""

    def minus(value: float | None) -> float | None:
        return None if value is None else -value

    return replace(
        found,
        sides=found.sides[::-1],
        units=found.units[::-1],
        difference=minus(found.difference),
        bundle_difference=minus(found.bundle_difference),
        low=minus(found.high),
        high=minus(found.low),
        pairs=tuple(
            replace(p, kode=p.kode[::-1], value=p.value[::-1], difference=minus(p.difference)) for p in found.pairs
        ),
    )


def test_the_difference_is_the_second_side_minus_the_first() -> None:
    pairs = line(1)
    found = border_pairs(pd.Series({"1.000": 2.0, "2.000": 5.0}), pairs, SIDES)
    assert (found.difference, found.pairs[0].difference) == (3.0, 3.0)
    assert found.pairs[0].value == (2.0, 5.0)
    assert found.caveats == ("terlalu_sedikit",)


@given(st.integers(1, 40), st.integers(0, 1000))
@settings(max_examples=30)
def test_swapping_the_sides_turns_signs_and_changes_nothing_else(length: int, seed: int) -> None:
    pairs = line(length, seed)
    values = noise(pairs, seed)
    there, back = border_pairs(values, pairs, SIDES, flips=199), border_pairs(values, pairs, SIDES[::-1], flips=199)
    assert back.p == there.p
    assert back.pairs == mirrored(there).pairs
    for name in ("difference", "bundle_difference", "low", "high"):
        assert getattr(back, name) == pytest.approx(getattr(mirrored(there), name))


@given(st.integers(1, 30), st.integers(0, 1000))
@settings(max_examples=20)
def test_the_order_of_rows_and_of_the_codes_in_a_row_changes_nothing(length: int, seed: int) -> None:
    pairs = line(length, seed)
    values = noise(pairs, seed)
    mixed = pairs.sample(frac=1, random_state=seed)
    turned = mixed.rename(
        columns={
            "kode_a": "kode_b",
            "kode_b": "kode_a",
            "kode_kabkota_a": "kode_kabkota_b",
            "kode_kabkota_b": "kode_kabkota_a",
        }
    )
    for other in (mixed, turned, pd.concat([mixed.iloc[:5], turned.iloc[5:]])):
        assert border_pairs(values.sample(frac=1, random_state=seed), other, SIDES, flips=99) == border_pairs(
            values, pairs, SIDES, flips=99
        )


@given(st.integers(1, 40), st.integers(0, 1000))
@settings(max_examples=30)
def test_weights_add_up_to_half_the_units_and_no_unit_stands_in_two_bundles(length: int, seed: int) -> None:
    pairs = line(length, seed)
    found = border_pairs(noise(pairs, seed), pairs, SIDES)
    assert sum(p.weight for p in found.pairs) == pytest.approx(sum(found.units) / 2)
    owner: dict[str, int] = {}
    for pair in found.pairs:
        if pair.bundle is not None:
            for kode in pair.kode:
                assert owner.setdefault(kode, pair.bundle) == pair.bundle
    assert set(owner) == set(units(pairs))
    # Along a chain the matching can be complete.
    assert found.bundles == min(found.units)


def test_a_kelurahan_with_many_neighbours_makes_one_bundle() -> None:
    star = pd.DataFrame({"first": ["a"] * 4, "second": list("wxyz"), "shared_m": [100.0, 200, 300, 400]})
    assert bundles(star).tolist() == [0, 0, 0, 0]
    assert bundles(star, np.random.default_rng(1)).tolist() == [0, 0, 0, 0]


def test_a_constant_difference_is_found_whatever_the_weights() -> None:
    pairs = line(31)
    values = noise(pairs, 1) * 0
    values[values.index.str.startswith("2")] += 0.7
    found = border_pairs(values, pairs, SIDES)
    assert found.difference == pytest.approx(0.7)
    assert found.bundle_difference == pytest.approx(0.7)
    assert found.p is not None
    assert found.p == pytest.approx(2 / 2**found.bundles, abs=2e-4)


@pytest.mark.parametrize(("length", "tested"), [(5, False), (6, False), (10, False), (11, True)])
def test_no_p_from_fewer_than_six_independent_bundles(length: int, tested: bool) -> None:
    pairs = line(length)
    found = border_pairs(noise(pairs, 2), pairs, SIDES)
    assert len(found.pairs) == length
    assert (found.bundles >= MIN_BUNDLES) == tested
    assert (found.p is not None) == tested
    assert ("terlalu_sedikit" in found.caveats) != tested
    assert found.difference is not None


def test_the_smallest_p_of_six_bundles_is_two_in_sixty_four() -> None:
    p, low, high = sign_flip(np.arange(1.0, 7.0), np.ones(6))
    assert p == 2 / 64
    assert 0 < low < 3.5 < high
    assert sign_flip(np.arange(1.0, 6.0), np.ones(5))[0] == 2 / 32


@given(st.lists(st.floats(-10, 10), min_size=6, max_size=9), st.integers(0, 100))
@settings(max_examples=25)
def test_the_exact_test_is_that_of_scipy(differences: list[float], seed: int) -> None:
    weights = np.random.default_rng(seed).uniform(0.5, 2, len(differences))
    weighted = weights * np.round(differences, 3)

    def total(x: npt.NDArray[np.float64], axis: int = -1) -> npt.NDArray[np.float64]:
        # scipy takes two-sided as twice the thinner tail; of the absolute sum it is the folded test.
        return np.abs(x.sum(axis=axis)).round(9)

    reference = permutation_test(
        (weighted,), total, permutation_type="samples", vectorized=True, alternative="greater", n_resamples=np.inf
    )
    assert sign_flip(np.round(differences, 3), weights)[0] == pytest.approx(reference.pvalue)


@given(st.lists(st.floats(-5, 5), min_size=6, max_size=10, unique=True))
@settings(max_examples=30)
def test_the_interval_holds_exactly_the_shifts_that_are_not_rejected(differences: list[float]) -> None:
    d = np.round(differences, 2)
    weights = np.ones(len(d))
    p, low, high = sign_flip(d, weights)
    assert (p > 0.05) == (low <= 1e-9 and high >= -1e-9)
    span = max(float(np.ptp(d)), 0.1)
    for shift, kept in ((low - span / 100, False), (high + span / 100, False), ((low + high) / 2, True)):
        if np.isfinite(shift):
            assert (sign_flip(d - shift, weights)[0] > 0.05) == kept


def test_many_bundles_are_flipped_at_random_and_agree_with_the_exact_test() -> None:
    d = np.random.default_rng(4).normal(0.4, 1, MOST_EXACT)
    exact = np.array(sign_flip(d, np.ones(MOST_EXACT)))
    more, weights = np.append(d, 1e-12), np.append(np.ones(MOST_EXACT), 1e-12)
    random = np.array(sign_flip(more, weights, flips=20_000))
    assert random == pytest.approx(exact, abs=0.02)
    assert (random == np.array(sign_flip(more, weights, flips=20_000))).all()


def test_several_tests_at_once_are_the_same_as_one_by_one() -> None:
    d = np.random.default_rng(5).normal(0.4, 1, (3, 8))
    together = np.array(sign_flip(d, np.ones((3, 8))))
    assert together == pytest.approx(np.array([sign_flip(row, np.ones(8)) for row in d]).T)


@given(st.integers(1, 40), st.integers(0, 1000))
@settings(max_examples=30)
def test_row_17_every_way_to_bundle_parts_the_units(length: int, seed: int) -> None:
    pairs = line(length, seed).rename(columns={"kode_a": "first", "kode_b": "second"})
    way = bundles(pairs, np.random.default_rng(seed))
    owner: dict[str, int] = {}
    for number, row in zip(way.tolist(), pairs.itertuples(), strict=True):
        if number >= 0:
            assert owner.setdefault(str(row.first), number) == number
            assert owner.setdefault(str(row.second), number) == number
    assert set(owner) == {*pairs["first"], *pairs["second"]}
    assert (way == bundles(pairs, np.random.default_rng(seed))).all()


def tangled(seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """A line on which every kelurahan faces two, and values whose test depends on who is bundled with whom."""
    pairs = pd.concat([line(30), line(30).assign(kode_b=[f"2.{(i // 2 + 3) % 15:03}" for i in range(30)])])
    pairs = pairs.drop_duplicates(["kode_a", "kode_b"], ignore_index=True)
    return pairs, noise(pairs, seed) + 0.45 * pairs_second(pairs)


def pairs_second(pairs: pd.DataFrame) -> pd.Series:
    kodes = units(pairs)
    return pd.Series(kodes.str.startswith("2").astype(float), kodes)


def test_row_17_no_single_way_to_bundle_decides() -> None:
    """Where some bundlings reject and others do not, the p that counts is one that nearly all stay below."""
    mixed = 0
    for seed in range(12):
        pairs, values = tangled(seed)
        found = border_pairs(values, pairs, SIDES, flips=499)
        assert found.p is not None
        assert found.p_range is not None
        assert found.bundlings > 20
        least, most = found.p_range
        assert least <= found.p <= most
        mixed += int(least <= 0.05 < found.p)
    assert mixed >= 2


def test_row_10_power_of_the_line_is_what_a_planted_deficit_shows() -> None:
    pairs = line(41)
    said, seen = [], []
    for seed in range(40):
        values = noise(pairs, seed)
        found = border_pairs(values, pairs, SIDES, flips=299, bundlings=9)
        said.append(found.power(0.05) or 0)
        planted = border_pairs(values + found.spread * pairs_second(pairs), pairs, SIDES, flips=299, bundlings=9)
        seen.append(planted.p is not None and planted.p <= 0.05)
    assert np.mean(said) == pytest.approx(np.mean(seen), abs=0.15)
    few = border_pairs(noise(line(11), 1), line(11), SIDES)
    # Six bundles cannot give a p below 0.031.
    assert few.power(0.01) == 0
    assert border_pairs(noise(line(5), 1), line(5), SIDES).power(0.05) is None


def test_where_nothing_was_planted_the_test_rejects_at_its_level_and_flipping_every_pair_does_not() -> None:
    pairs = line(41)
    first, second = pairs["kode_a"], pairs["kode_b"]
    rejected = naive = held = 0
    seeds = 150
    for seed in range(seeds):
        values = noise(pairs, seed)
        found = border_pairs(values, pairs, SIDES, flips=299, bundlings=9, seed=seed)
        assert found.p is not None
        assert found.low is not None
        assert found.high is not None
        rejected += int(found.p <= 0.05)
        held += int(found.low <= 0 <= found.high)
        each = values[second].to_numpy() - values[first].to_numpy()
        naive += int(sign_flip(each, np.ones(len(each)), flips=299, seed=seed)[0] <= 0.05)
    assert rejected / seeds <= 0.09
    assert held / seeds >= 0.91
    assert naive / seeds >= 0.12


def test_a_planted_difference_is_found() -> None:
    pairs = line(41)
    found = []
    for seed in range(30):
        values = noise(pairs, seed)
        values[values.index.str.startswith("1")] += 1.5
        p = border_pairs(values, pairs, SIDES, flips=499).p
        found.append(p is not None and p <= 0.05)
    assert np.mean(found) >= 0.9


@given(st.sets(st.integers(0, 20), max_size=15))
@settings(max_examples=25)
def test_unknown_values_are_listed_counted_and_left_out(positions: set[int]) -> None:
    pairs = line(20)
    values = noise(pairs, 5) * 0 + 1.0
    values.iloc[sorted(positions)] = np.nan
    found = border_pairs(values, pairs, SIDES)
    assert found.known + found.unknown == len(found.pairs) == 20
    assert found.known == sum(p.difference is not None for p in found.pairs)
    assert all(p.weight == 0 and p.bundle is None for p in found.pairs if p.difference is None)
    if found.known:
        assert found.difference == 0
        assert ("nilai_belum_ada" in found.caveats) == (found.unknown > 0)
    else:
        assert (found.difference, found.p, found.caveats) == (None, None, ("tidak_diketahui",))


@pytest.mark.parametrize(
    ("block", "code"),
    [("definisi", "definisi_berbeda"), ("satu_sisi", "satu_sisi_tidak_diketahui"), ("tidak_ada", "tidak_diketahui")],
)
def test_a_blocked_comparison_lists_the_pairs_and_takes_no_difference(block: str, code: str) -> None:
    pairs = line(20)
    comparison = Comparability(block=block, unknown=(), years_apart=0)  # type: ignore[arg-type]
    found = border_pairs(noise(pairs, 6), pairs, SIDES, comparison=comparison)
    assert (found.difference, found.p, found.known) == (None, None, 20)
    assert code in found.caveats
    assert all(p.difference is None and p.value[0] is not None for p in found.pairs)


def test_years_far_apart_are_noted() -> None:
    pairs = line(20)
    found = border_pairs(noise(pairs, 7), pairs, SIDES, comparison=Comparability(None, (), 5))
    assert "tahun_berjauhan" in found.caveats
    assert found.p is not None


def test_sides_that_do_not_meet_have_no_pairs() -> None:
    found = border_pairs(noise(line(5), 8), line(5), ("1", "3"))
    assert (found.pairs, found.difference, found.caveats) == ((), None, ("tidak_ada_pasangan",))


def test_bad_input_is_refused() -> None:
    pairs = line(3)
    values = noise(pairs, 9)
    with pytest.raises(ValueError, match="two sides"):
        border_pairs(values, pairs, ("1", "1"))
    with pytest.raises(ValueError, match="code stands twice"):
        border_pairs(pd.concat([values, values]), pairs, SIDES)
    with pytest.raises(ValueError, match="pair stands twice"):
        border_pairs(values, pd.concat([pairs, pairs]), SIDES)
