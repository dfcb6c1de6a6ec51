"""Border against interior: on toy worlds the engine finds what was planted, and where nothing was planted, nothing."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components

from analysis.comparison.contrast import Contrast, contrast, weighted_median
from analysis.comparison.random_sets import MIN_UNITS, connected_sets

SIZE = 12
SEEDS = 200
PERMUTATIONS = 199

ROWS, COLUMNS = (axis.ravel() for axis in np.mgrid[:SIZE, :SIZE])
KODES = pd.Index([f"1.{r:02}.{c:02}" for r, c in zip(ROWS, COLUMNS, strict=True)], name="kode")
BORDER = pd.Series(COLUMNS == 0, KODES)
# Blocks of two rows by four columns: six kecamatan at the border, twelve behind it.
KECAMATAN = pd.Series([f"k{r // 2}{c // 4}" for r, c in zip(ROWS, COLUMNS, strict=True)], KODES)


def grid_pairs() -> pd.DataFrame:
    """Rook neighbours of the grid, and an outside neighbour for every unit on its rim."""
    name = KODES.to_numpy().reshape(SIZE, SIZE)
    inside = [*zip(name[:, :-1].ravel(), name[:, 1:].ravel(), strict=True)]
    inside += zip(name[:-1].ravel(), name[1:].ravel(), strict=True)
    rim = (ROWS % (SIZE - 1) == 0) | (COLUMNS % (SIZE - 1) == 0)
    return pd.DataFrame([*inside, *((kode, f"2.{kode}") for kode in KODES[rim])], columns=["kode_a", "kode_b"])


PAIRS = grid_pairs()


def fields(seed: int, count: int) -> npt.NDArray[np.float64]:
    """Noise that is alike over about three units, with standard deviation 1 and nothing planted."""
    place = np.stack([ROWS, COLUMNS], axis=1).astype(float)
    away = np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2))
    root = np.linalg.cholesky(0.8 * np.exp(-away / 3) + 0.2 * np.eye(len(place)))
    return np.random.default_rng(seed).standard_normal((count, len(place))) @ root.T


def look(values: npt.ArrayLike, seed: int = 0, **more: object) -> Contrast:
    options: dict[str, object] = {"kecamatan": KECAMATAN, "replicates": PERMUTATIONS, "seed": seed}
    return contrast(pd.Series(values, KODES), BORDER, PAIRS, **(options | more))  # type: ignore[arg-type]


def sure(found: Contrast) -> bool:
    """Both the test and the interval see a difference."""
    gap = found.difference
    assert gap is not None
    assert gap.p is not None
    assert gap.low is not None
    assert gap.high is not None
    return gap.p <= 0.05 and (gap.low > 0 or gap.high < 0)


def p_of(found: Contrast) -> float:
    assert found.difference is not None
    assert found.difference.p is not None
    return found.difference.p


def relabelled_p(values: npt.NDArray[np.float64], seed: int) -> float:
    """What shuffling the labels would say, with no regard to who lies next to whom."""
    rng = np.random.default_rng(seed)
    border = BORDER.to_numpy()

    def difference(labels: npt.NDArray[np.bool_]) -> float:
        return float(values[labels].mean() - values[~labels].mean())

    beyond = sum(abs(difference(rng.permutation(border))) >= abs(difference(border)) for _ in range(PERMUTATIONS))
    return (beyond + 1) / (PERMUTATIONS + 1)


def test_nothing_is_found_where_nothing_was_planted_and_shuffled_labels_find_far_too_much() -> None:
    worlds = fields(1, SEEDS)
    found = [look(world, seed) for seed, world in enumerate(worlds)]
    assert np.mean([p_of(f) <= 0.05 for f in found]) <= 0.08
    assert np.mean([p_of(f) <= 0.01 for f in found]) <= 0.03
    assert np.mean([sure(f) for f in found]) <= 0.06
    shuffled = [relabelled_p(world, seed) for seed, world in enumerate(worlds)]
    assert np.mean([p <= 0.05 for p in shuffled]) >= 0.20


@pytest.mark.parametrize("sign", [1, -1])
def test_a_planted_deficit_is_found_with_its_sign_and_size(sign: int) -> None:
    planted = [look(world + sign * 2.0 * BORDER.to_numpy(), seed) for seed, world in enumerate(fields(2, 50))]
    assert np.mean([p_of(f) <= 0.05 for f in planted]) >= 0.85
    assert np.mean([sure(f) for f in planted]) >= 0.8
    sizes = [f.difference.value for f in planted if f.difference is not None]
    assert np.mean(sizes) == pytest.approx(sign * 2.0, abs=0.25)
    assert np.mean([f.within for f in planted if f.within is not None]) == pytest.approx(sign * 2.0, abs=0.25)


def test_the_interval_holds_the_planted_difference_about_as_often_as_it_says() -> None:
    held = []
    for seed, world in enumerate(np.random.default_rng(3).standard_normal((SEEDS, len(KODES)))):
        gap = look(world + BORDER.to_numpy(), seed, replicates=19).difference
        assert gap is not None
        assert gap.low is not None
        assert gap.high is not None
        held.append(gap.low <= 1.0 <= gap.high)
    assert 0.91 <= np.mean(held) <= 0.99


def test_means_medians_and_ratio_are_weighted_by_people() -> None:
    values = pd.Series([4.0, 1.0, 1.0, 3.0, 1.0], list("abcde"))
    people = pd.Series([1.0, 3.0, 2.0, 1.0, 1.0], list("abcde"))
    found = contrast(
        values, pd.Series([True, True, False, False, False], list("abcde")), PAIRS, people, side="1", indicator="x"
    )
    assert (found.border.mean, found.border.median) == (1.75, 1.0)
    assert (found.interior.mean, found.interior.median) == (1.5, 1.0)
    assert found.difference is not None
    assert (found.difference.value, found.median_difference, found.ratio) == (0.25, 0.0, 1.75 / 1.5)
    assert (found.side, found.indicator) == ("1", "x")
    assert "tanpa_bobot_penduduk" not in found.caveats


def test_one_missing_people_figure_makes_all_units_count_once() -> None:
    world = fields(4, 1)[0]
    people = pd.Series(1000.0, KODES)
    people.iloc[5] = np.nan
    found = look(world, population=people)
    assert "tanpa_bobot_penduduk" in found.caveats
    assert found.difference == look(world).difference


def test_within_kecamatan_each_border_unit_meets_its_own_interior() -> None:
    kodes = list("abcdef")
    found = contrast(
        pd.Series([5.0, 1.0, 9.0, 2.0, 7.0, 100.0], kodes),
        pd.Series([True, False, True, False, True, False], kodes),
        PAIRS,
        pd.Series([1.0, 1.0, 3.0, 1.0, 1.0, 1.0], kodes),
        pd.Series(["k1", "k1", "k2", "k2", "k3", "k4"], kodes),
    )
    assert found.within == pytest.approx(((5 - 1) * 1 + (9 - 2) * 3) / 4)


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    world = pd.Series(fields(5, 1)[0], KODES)
    world.iloc[[3, 40, 77]] = np.nan
    people = pd.Series(np.arange(len(KODES)) + 100.0, KODES)
    mixed = KODES[np.random.default_rng(seed).permutation(len(KODES))]
    rows = PAIRS.sample(frac=1, random_state=seed)
    straight = contrast(world, BORDER, PAIRS, people, KECAMATAN, replicates=49)
    shuffled = contrast(world.reindex(mixed), BORDER[::-1], rows, people[::-1], KECAMATAN[::-1], replicates=49)
    assert shuffled == straight


@given(st.floats(-50, 50), st.floats(0.01, 50))
@settings(max_examples=15)
def test_another_unit_of_measure_changes_figures_but_no_p(shift: float, scale: float) -> None:
    world = fields(6, 1)[0]
    plain, moved = look(world, replicates=49), look(world * scale + shift, replicates=49)
    assert plain.difference is not None
    assert moved.difference is not None
    assert moved.difference.p == plain.difference.p
    assert moved.difference.value == pytest.approx(plain.difference.value * scale, rel=1e-6)
    assert moved.difference.low == pytest.approx((plain.difference.low or 0) * scale, rel=1e-6)


@given(st.sets(st.integers(0, len(KODES) - 1), max_size=20))
@settings(max_examples=20)
def test_unknown_values_are_counted_and_leave_the_rest_alone(positions: set[int]) -> None:
    values = pd.Series(np.where(BORDER, 3.0, 1.0), KODES)
    values.iloc[sorted(positions)] = np.nan
    found = look(values, replicates=49)
    assert (found.border.units, found.interior.units) == (SIZE, SIZE * SIZE - SIZE)
    assert found.border.known + found.interior.known == len(KODES) - len(positions)
    assert ("nilai_belum_ada" in found.caveats) == bool(positions)
    if found.border.known:
        assert found.difference is not None
        assert found.difference.value == pytest.approx(2.0)
        assert (found.difference.p is not None) == (found.border.known >= SIZE / 2)


def test_figures_for_less_than_half_of_the_border_carry_no_test() -> None:
    values = pd.Series(fields(7, 1)[0], KODES)
    values[BORDER & (np.arange(len(KODES)) % 36 > 0)] = np.nan
    found = look(values)
    assert "cakupan_rendah" in found.caveats
    assert found.difference is not None
    assert (found.difference.p, found.difference.low) == (None, None)


def test_a_side_with_no_figures_a_single_unit_or_no_interior() -> None:
    nothing = look(np.full(len(KODES), np.nan))
    assert nothing.difference is None
    assert {"tanpa_batas", "tanpa_interior"} <= set(nothing.caveats)
    one = pd.Index(["1.01.01"])
    alone = contrast(pd.Series([2.0], one), pd.Series([True], one), PAIRS, kecamatan=pd.Series(["k"], one))
    assert (alone.border.mean, alone.interior.mean, alone.difference) == (2.0, None, None)
    assert "tanpa_interior" in alone.caveats
    few = contrast(
        pd.Series(fields(8, 1)[0], KODES), pd.Series(np.arange(len(KODES)) == 0, KODES), PAIRS, kecamatan=KECAMATAN
    )
    assert few.difference is not None
    assert few.difference.p is None
    assert {"satu_kelurahan", "terlalu_sedikit_unit", "kecamatan_terlalu_sedikit"} <= set(few.caveats)
    assert MIN_UNITS == 3


def test_a_side_too_small_for_twenty_different_sets_has_no_p() -> None:
    kodes = [f"u{i}" for i in range(9)]
    line = pd.DataFrame({"kode_a": kodes[:-1], "kode_b": kodes[1:]})
    found = contrast(pd.Series(np.arange(9.0), kodes), pd.Series([True] * 3 + [False] * 6, kodes), line)
    assert found.difference is not None
    assert found.difference.p is None
    assert "set_terlalu_sedikit" in found.caveats


def test_equal_values_differ_nowhere() -> None:
    gap = look(np.full(len(KODES), 4.2)).difference
    assert gap is not None
    assert gap.value == pytest.approx(0.0, abs=1e-12)
    assert gap.p == 1.0


def test_islands_and_borders_in_pieces_are_stated_and_still_tested() -> None:
    kodes = KODES.append(pd.Index(["1.99.01", "1.99.02"]))
    border = pd.Series(False, kodes)
    border[KODES[(COLUMNS == 0) & (ROWS < 4)]] = True
    border[KODES[(COLUMNS == 0) & (ROWS > 8)]] = True
    values = pd.Series(np.append(fields(9, 1)[0], [0.0, 0.0]), kodes)
    found = contrast(values, border, PAIRS, replicates=99)
    assert {"unit_terpisah", "beberapa_bagian"} <= set(found.caveats)
    assert p_of(found) <= 1.0


def test_row_10_the_interior_is_what_lies_on_no_line() -> None:
    """Units on the line of somebody else are neither border nor interior."""
    values = pd.Series(np.where(BORDER, 3.0, 1.0), KODES)
    elsewhere = pd.Series(COLUMNS == SIZE - 1, KODES)
    values[elsewhere] = 50.0
    found = look(values, left_out=elsewhere)
    assert (found.border.units, found.interior.units, found.left_out) == (SIZE, SIZE * (SIZE - 2), SIZE)
    assert found.interior.mean == 1.0
    assert found.difference is not None
    assert found.difference.value == pytest.approx(2.0)
    assert look(values).difference != found.difference
    # A unit of the border set stays there, whatever other line it lies on.
    assert look(values, left_out=BORDER).left_out == 0


def test_row_10_a_rural_ring_is_told_from_a_border() -> None:
    """Values that follow the density alone differ at the border, but not between places of equal density."""
    rng = np.random.default_rng(3)
    density = pd.Series(np.exp(7 + COLUMNS / 4 + rng.normal(0, 0.4, len(KODES))), KODES)
    ring = 12 - np.log(density) + rng.normal(0, 0.1, len(KODES))
    found = look(ring, density=density)
    assert p_of(found) <= 0.05
    assert found.adjusted is not None
    assert abs(found.adjusted.value) < 0.15
    assert found.adjusted.p is not None
    assert found.adjusted.p > 0.05
    line = look(ring + 1.0 * BORDER.to_numpy(), density=density).adjusted
    assert line is not None
    assert line.value == pytest.approx(1.0, abs=0.15)
    assert line.p is not None
    assert line.p <= 0.05
    assert line.low is not None
    assert line.low > 0


@given(st.integers(0, 1000))
@settings(max_examples=20)
def test_the_difference_at_equal_density_is_that_of_a_weighted_regression(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people, density = (pd.Series(rng.uniform(1, 9, len(KODES)), KODES) for _ in range(2))
    values = rng.normal(size=len(KODES))
    found = look(values, population=people, density=density, replicates=19).adjusted
    design = np.column_stack([np.ones(len(KODES)), BORDER, np.log(density)])
    root = np.sqrt(people.to_numpy())
    expected = np.linalg.lstsq(design * root[:, None], values * root, rcond=None)[0][1]
    assert found is not None
    assert found.value == pytest.approx(expected)


def test_a_density_that_is_unknown_or_the_same_everywhere_explains_nothing() -> None:
    world = fields(4, 1)[0]
    for density in (pd.Series(5.0, KODES), pd.Series(np.where(ROWS == 3, np.nan, 5.0 + COLUMNS), KODES)):
        found = look(world, density=density)
        assert found.adjusted is None
        assert "tanpa_kepadatan" in found.caveats


def test_row_10_power_is_what_a_planted_deficit_shows() -> None:
    """The probability said beforehand is the share of planted deficits that are found, and rises with the units."""
    said, seen = [], []
    for seed, world in enumerate(fields(13, 60)):
        found = look(world, seed)
        assert found.chance is not None
        said.append(found.power(0.05) or 0)
        seen.append(p_of(look(world + found.chance.spread * BORDER.to_numpy(), seed)) <= 0.05)
    assert np.mean(said) == pytest.approx(np.mean(seen), abs=0.15)
    few = pd.Series((COLUMNS == 0) & (ROWS < 3), KODES)
    least = [contrast(pd.Series(world, KODES), few, PAIRS, replicates=PERMUTATIONS) for world in fields(13, 20)]
    assert np.mean([found.power(0.05) or 0 for found in least]) < np.mean(said) - 0.05
    assert (look(world).power(0.01) or 0) <= (look(world).power(0.05) or 0)
    # No p of 199 sets is that small.
    assert look(world).power(0.001) == 0


@pytest.mark.parametrize("sizes", [[1], [5], [4, 3], [30, 2, 2]])
def test_random_sets_hang_together_and_have_the_size(sizes: list[int]) -> None:
    adjacency = np.zeros((len(KODES), len(KODES)), dtype=bool)
    inside = PAIRS[PAIRS["kode_b"].isin(KODES)]
    a, b = (KODES.get_indexer(pd.Index(inside[column])) for column in ("kode_a", "kode_b"))
    adjacency[a, b] = adjacency[b, a] = True
    sets = connected_sets(adjacency, sizes, 50, np.random.default_rng(0))
    assert (sets.sum(axis=1) == sum(sizes)).all()
    for row in sets:
        pieces, _ = connected_components(adjacency[np.ix_(row, row)])
        assert pieces <= len(sizes)
    again = connected_sets(adjacency, sizes, 50, np.random.default_rng(0))
    assert (again == sets).all()


def test_random_sets_count_known_units_only_and_fit_into_their_part_of_the_graph() -> None:
    # A chain of six and an island of two: four units never start on the island.
    links = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (6, 7)]
    adjacency = np.zeros((8, 8), dtype=bool)
    for a, b in links:
        adjacency[a, b] = adjacency[b, a] = True
    sets = connected_sets(adjacency, [4], 200, np.random.default_rng(1))
    assert not sets[:, 6:].any()
    known = np.array([True, False, True, True, True, True, True, True])
    counted = connected_sets(adjacency, [3], 200, np.random.default_rng(2), counted=known)
    assert (counted[:, known].sum(axis=1) == 3).all()
    with pytest.raises(ValueError, match="asked for"):
        connected_sets(adjacency, [9], 1, np.random.default_rng(3))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_equal_weights_give_the_ordinary_median(values: list[float]) -> None:
    assert weighted_median(values, np.ones(len(values))) == pytest.approx(float(np.median(values)))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), min_size=1, max_size=15))
def test_whole_weights_count_a_value_several_times(rows: list[tuple[int, int]]) -> None:
    values, weights = np.array(rows, dtype=float).T
    assert weighted_median(values, weights) == pytest.approx(float(np.median(np.repeat(values, weights.astype(int)))))


def test_bad_input_is_refused() -> None:
    world = pd.Series(fields(11, 1)[0], KODES)
    with pytest.raises(ValueError, match="stands twice"):
        contrast(pd.concat([world, world]), BORDER, PAIRS)
    with pytest.raises(ValueError, match="border or interior"):
        contrast(world, BORDER.iloc[1:], PAIRS)
    with pytest.raises(ValueError, match="negative"):
        contrast(world, BORDER, PAIRS, pd.Series(-1.0, KODES))
    with pytest.raises(ValueError, match="kecamatan"):
        contrast(world, BORDER, PAIRS, kecamatan=KECAMATAN.iloc[1:])


def test_a_result_carries_what_it_was_made_with() -> None:
    found = look(fields(12, 1)[0], seed=7, indicator="jarak_sd", side="1", border_set="1km", level=0.9)
    assert (found.indicator, found.side, found.border_set) == ("jarak_sd", "1", "1km")
    assert found.replicates == PERMUTATIONS
    assert replace(found) == found
