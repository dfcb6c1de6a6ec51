"""Composite index: what it measures, what it refuses, and ranks that say how sure they are."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from analysis.priority.composite_index import (
    Aggregation,
    CompositeIndex,
    Ingredient,
    Normalisation,
    attained,
    composite_index,
    rank_changes,
)
from analysis.priority.priority import chosen_standards, equal_choices, ingredient, rank_priority
from analysis.values.gaps import beyond_any
from analysis.values.quality import Comparability
from data.tables import Measure
from geo.grid import Grid
from tests import shipped

LOWER = "lebih_rendah_baik"
KODES = pd.Index([f"36.73.{i // 5 + 1:02}.1{i:03}" for i in range(20)], name="kode")
RNG = np.random.default_rng(0)


def table(values: npt.ArrayLike, year: int = 2019, kodes: pd.Index = KODES) -> pd.DataFrame:
    frame = pd.DataFrame({"value": np.asarray(values, dtype=float)}, index=kodes)
    return frame.assign(low=np.nan, high=np.nan, year=year)


def entry(name: str, sector: str, values: npt.ArrayLike, **more: object) -> Ingredient:
    options: dict[str, object] = {"direction": "lebih_rendah_baik", "threshold": 1.0} | more
    return Ingredient(name, sector, values=table(values), **options)  # type: ignore[arg-type]


SCHOOL = entry("jarak_sd", "pendidikan", RNG.exponential(2, 20))
COLLEGE = entry("jarak_smp", "pendidikan", RNG.exponential(3, 20), threshold=2.0)
HEALTH = entry("jarak_puskesmas", "kesehatan", RNG.exponential(2, 20), threshold=3.0)
ROADS = entry("kerapatan_jalan", "jalan", RNG.uniform(1, 12, 20), direction="lebih_tinggi_baik", threshold=8.0)
ALL = (SCHOOL, COLLEGE, HEALTH, ROADS)
EQUAL = {"pendidikan": 1.0, "kesehatan": 1.0, "jalan": 1.0}


def index_of(ingredients: Sequence[Ingredient] = ALL, **more: object) -> CompositeIndex:
    options: dict[str, object] = {"kodes": KODES, "weights": EQUAL, "draws": 200} | more
    return composite_index(ingredients, **options)  # type: ignore[arg-type]


def same(one: CompositeIndex, other: CompositeIndex) -> None:
    pd.testing.assert_frame_equal(one.table, other.table.reindex(one.table.index))
    pd.testing.assert_frame_equal(one.scores, other.scores.reindex(one.scores.index))
    assert (one.left_out, one.caveats) == (other.left_out, other.caveats)


def test_who_meets_every_standard_has_the_least_need_and_who_has_nothing_the_most() -> None:
    good = entry("a", "pendidikan", [0.5] * 10 + [1.0] * 10)
    none = entry("b", "jalan", [0.0] * 20, direction="lebih_tinggi_baik", threshold=4.0)
    assert (index_of([good]).table["index"] == 1).all()
    assert (index_of([none]).table["index"] == 100).all()
    assert index_of([good]).drivers.isna().all().all()


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0.01, 1e3))
def test_need_rises_with_distance_and_stays_within_its_bounds(a: float, b: float, threshold: float) -> None:
    near, far = sorted((a, b))
    share = attained([near, far], threshold, "lebih_rendah_baik")
    assert ((share >= 0) & (share <= 1)).all()
    assert share[0] >= share[1]
    more = attained([near, far], threshold, "lebih_tinggi_baik")
    assert more[0] <= more[1]
    assert attained([threshold], threshold, "lebih_rendah_baik") == attained(
        [threshold], threshold, "lebih_tinggi_baik"
    )


def test_the_index_is_the_weighted_mean_of_the_scores() -> None:
    found = index_of(weights={"pendidikan": 2.0, "kesehatan": 1.0, "jalan": 1.0})
    # Half of the weight for education, spread over two indicators.
    assert found.weights.to_dict() == {
        "jarak_puskesmas": 0.25, "jarak_sd": 0.25, "jarak_smp": 0.25, "kerapatan_jalan": 0.25
    }  # fmt: skip
    np.testing.assert_allclose(found.table["index"], found.scores.mean(axis=1))
    expected = 100 - 99 * np.minimum(1, 1.0 / SCHOOL.values["value"])
    np.testing.assert_allclose(found.scores["jarak_sd"], expected)
    geometric = index_of(weights={"pendidikan": 2.0, "kesehatan": 1.0, "jalan": 1.0}, aggregation="geometrik")
    np.testing.assert_allclose(geometric.table["index"], np.exp(np.log(found.scores).mean(axis=1)))
    assert (geometric.table["index"] <= found.table["index"] + 1e-9).all()


@pytest.mark.parametrize("aggregation", ["aritmetik", "geometrik"])
@pytest.mark.parametrize("normalisation", ["standar", "min_maks", "peringkat"])
def test_the_scale_runs_from_1_to_100_and_the_drivers_add_up(
    aggregation: Aggregation, normalisation: Normalisation
) -> None:
    found = index_of(aggregation=aggregation, normalisation=normalisation)
    assert found.table["index"].between(1, 100).all()
    assert found.scores.to_numpy().min() >= 1
    assert found.scores.to_numpy().max() <= 100
    np.testing.assert_allclose(found.drivers.sum(axis=1), 1)
    if normalisation != "standar":
        np.testing.assert_allclose(found.scores.min(), 1)
        np.testing.assert_allclose(found.scores.max(), 100)


def test_ranks_by_the_users_choice_are_those_of_scipy() -> None:
    found = index_of()
    np.testing.assert_allclose(found.table["rank"], rankdata(-found.table["index"]))


@given(st.integers(0, 1000))
@settings(max_examples=15)
def test_neither_the_order_of_units_nor_of_ingredients_matters(seed: int) -> None:
    rng = np.random.default_rng(seed)
    gap = SCHOOL.values.copy()
    gap.iloc[[2, 7], 0] = np.nan
    wide = HEALTH.values.assign(low=HEALTH.values["value"] * 0.8, high=HEALTH.values["value"] * 1.5)
    world = [replace(SCHOOL, values=gap), COLLEGE, replace(HEALTH, values=wide, range="galat"), ROADS]
    mixed = [replace(world[i], values=world[i].values.sample(frac=1, random_state=seed)) for i in rng.permutation(4)]
    same(index_of(world), index_of(mixed, kodes=KODES[rng.permutation(20)]))


@given(st.floats(0.01, 1000))
@settings(max_examples=10)
def test_only_the_proportions_of_the_weights_matter(scale: float) -> None:
    scaled = index_of(weights=dict.fromkeys(EQUAL, scale))
    pd.testing.assert_frame_equal(scaled.table, index_of().table)


def test_equal_units_stay_equal_in_every_draw() -> None:
    twin = [
        replace(e, values=table(np.append(e.values["value"].to_numpy()[:-1], e.values["value"].iloc[0]))) for e in ALL
    ]
    found = index_of(twin).table
    columns = ["index", "rank", "rank_median", "rank_low", "rank_high"]
    assert found.iloc[0][columns].tolist() == found.iloc[-1][columns].tolist()


def test_a_clear_order_has_narrow_ranges_and_as_many_ranks_as_units() -> None:
    steps = [entry(name, sector, np.geomspace(1.5, 50, 20)) for name, sector in (("a", "pendidikan"), ("b", "jalan"))]
    found = index_of(steps)
    assert (found.table["rank_low"] == found.table["rank_high"]).all()
    assert (found.table["overlaps"] == 0).all()


def test_where_the_indicators_disagree_the_ranges_are_wide() -> None:
    up, down = np.geomspace(1.5, 50, 20), np.geomspace(50, 1.5, 20)
    found = index_of([entry("a", "pendidikan", up), entry("b", "jalan", down)], draws=500)
    assert (found.table["rank_high"] - found.table["rank_low"]).median() >= 10


def test_a_range_holds_its_median_and_overlaps_are_counted() -> None:
    found = index_of(draws=500).table
    assert (found["rank_low"] <= found["rank_median"]).all()
    assert (found["rank_median"] <= found["rank_high"]).all()
    overlapping = [
        int(((found["rank_low"] <= row.rank_high) & (found["rank_high"] >= row.rank_low)).sum()) - 1
        for row in found.itertuples()
    ]
    assert found["overlaps"].tolist() == overlapping


def test_row_11_ranges_hold_under_equal_weights_of_the_indicators() -> None:
    """One sector of one indicator and one of five: with equal weights for all six few units may leave their range."""
    rng = np.random.default_rng(7)
    common = rng.normal(size=(120, 1))
    kodes = pd.Index([f"36.73.{i // 20 + 1:02}.1{i:03}" for i in range(120)])
    values = np.exp(0.5 * common + 0.8 * rng.normal(size=(120, 6)))
    names = ["puskesmas", "sd", "smp", "sma", "smp_negeri", "sma_negeri"]
    entries = [
        Ingredient(name, "kesehatan" if i == 0 else "pendidikan", LOWER, 1.0, table(values[:, i], kodes=kodes))
        for i, name in enumerate(names)
    ]
    found = composite_index(entries, kodes, {"kesehatan": 1, "pendidikan": 1})
    assert found.weights["puskesmas"] == 0.5
    alone = [replace(entry, sector=entry.indicator) for entry in entries]
    equal = composite_index(alone, kodes, dict.fromkeys(names, 1)).table["rank"]
    outside = (equal < found.table["rank_low"]) | (equal > found.table["rank_high"])
    assert outside.mean() <= 0.1


@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-kotaserang", "bekasi-jaktim"])
def test_row_11_ranges_of_true_borders_hold_under_equal_weights(corridor: str) -> None:
    data = shipped.data()
    border, choices = data.border(data.catalogue.corridors[corridor]), equal_choices(data.catalogue)
    measures = [data.measure(*chosen) for chosen in chosen_standards(data.catalogue, choices)]
    found = rank_priority(border, measures, data.grid, choices)
    units = border.units["kelurahan"].index
    # A sector of its own for every indicator: each weighs the same.
    alone = [replace(ingredient(m, units, border.corridor.sides), sector=m.indicator.id) for m in measures]
    equal = composite_index(alone, units, dict.fromkeys((e.sector for e in alone), 1), draws=1).table["rank"]
    inside = equal.between(found.table["rank_low"], found.table["rank_high"]) | found.table["rank"].isna()
    assert (~inside).mean() <= 0.1


def test_row_11_people_are_counted_not_averaged() -> None:
    """Who lives beyond the standard of one service or of three is one person."""
    kodes = pd.Index(["36.73.01.1001", "36.73.01.1002"])
    grid = Grid(np.zeros((8, 2), np.float32), np.repeat([0, 1], 4), kodes, np.ones(8), np.zeros(2), np.ones(8))

    def measure(metres: list[float], nearest: list[float] | None = None) -> Measure:
        known = shipped.data().measures["jarak_sd"]
        near = None if nearest is None else np.array(nearest)
        return replace(known, metres=np.array(metres), nearest=near, farthest=None)

    near, far = 500.0, 1500.0
    one = measure([far, far, near, near, near, near, near, near])
    other = measure([near, far, far, near, near, near, near, far])
    assert beyond_any([one, other], grid)["most"].tolist() == [0.75, 0.25]
    perhaps = beyond_any([measure([far, far, far, far, near, near, near, near], [near] * 8), other], grid)
    assert (perhaps["most"].iloc[0], perhaps["least"].iloc[0]) == (1.0, 0.5)
    assert beyond_any([measure([65535.0] * 8)], grid).isna().to_numpy().all()


def test_only_an_error_range_widens_the_ranks() -> None:
    wide = [replace(e, values=e.values.assign(low=e.values["value"] * 0.3, high=e.values["value"] * 3)) for e in ALL]
    spread = index_of([replace(e, range=None) for e in wide])
    error = index_of([replace(e, range="galat") for e in wide])
    pd.testing.assert_frame_equal(spread.table, index_of().table)
    assert "galat_diperhitungkan" not in spread.caveats
    assert "galat_diperhitungkan" in error.caveats

    def width(found: CompositeIndex) -> float:
        return float((found.table["rank_high"] - found.table["rank_low"]).mean())

    assert width(error) > width(spread) * 1.2
    pd.testing.assert_series_equal(error.table["index"], spread.table["index"])


@given(st.sets(st.tuples(st.integers(0, 19), st.integers(0, 3)), max_size=70))
@settings(max_examples=25)
def test_missing_values_are_never_filled_and_too_few_give_no_index(holes: set[tuple[int, int]]) -> None:
    world = []
    for number, one in enumerate(ALL):
        frame = one.values.copy()
        frame.iloc[[row for row, column in holes if column == number], 0] = np.nan
        world.append(replace(one, values=frame))
    found = index_of(world, draws=50)
    known = found.scores.notna()
    expected = known.mul(found.weights).sum(axis=1).where(found.table["index"].notna())
    np.testing.assert_allclose(found.table["availability"].where(found.table["index"].notna()), expected)
    assert (found.table["index"].notna() == (found.table["availability"] >= 2 / 3 - 1e-9)).all()
    means = (found.scores * found.weights).sum(axis=1) / (known * found.weights).sum(axis=1)
    np.testing.assert_allclose(found.table["index"], means.where(found.table["index"].notna()), rtol=1e-6)
    assert found.indexed == found.table["index"].notna().sum()
    assert found.table[["rank", "rank_low"]].notna().all(axis=1).sum() == found.indexed


def test_what_cannot_be_used_is_left_out_with_its_reason() -> None:
    found = index_of(
        [
            SCHOOL,
            entry("penduduk", "pendidikan", range(20), direction="netral"),
            replace(COLLEGE, threshold=None),
            replace(HEALTH, comparison=Comparability("definisi", (), 0)),
            replace(ROADS, comparison=Comparability("satu_sisi", ("36.04",), 0)),
            entry("idm", "ekonomi", range(20)),
            entry("kosong", "kesehatan", [np.nan] * 20),
        ]
    )
    assert dict(found.left_out) == {
        "penduduk": "tanpa_arah",
        "jarak_smp": "tanpa_standar",
        "jarak_puskesmas": "definisi_berbeda",
        "kerapatan_jalan": "satu_sisi_tidak_diketahui",
        "idm": "bobot_nol",
        "kosong": "tidak_diketahui",
    }
    assert found.weights.to_dict() == {"jarak_sd": 1.0}
    assert "sektor_tanpa_data" in found.caveats


def test_with_nothing_to_use_there_is_no_index() -> None:
    found = index_of([replace(SCHOOL, threshold=None)])
    assert found.table["index"].isna().all()
    assert (found.indexed, found.units) == (0, 20)
    assert "tidak_diketahui" in found.caveats


def test_years_far_apart_are_noted_between_sides_and_between_indicators() -> None:
    assert not {"tahun_berjauhan", "tahun_indikator_berjauhan"} & set(index_of().caveats)
    late = replace(HEALTH, values=HEALTH.values.assign(year=2024))
    assert "tahun_indikator_berjauhan" in index_of([SCHOOL, late]).caveats
    assert "tahun_berjauhan" not in index_of([SCHOOL, late]).caveats
    mixed = replace(HEALTH, values=HEALTH.values.assign(year=[2019] * 10 + [2024] * 10))
    assert "tahun_berjauhan" in index_of([mixed]).caveats
    noted = replace(HEALTH, comparison=Comparability(None, (), 4))
    assert "tahun_berjauhan" in index_of([noted]).caveats


def test_what_other_weights_do_to_the_ranks() -> None:
    before, after = index_of(), index_of(weights={"pendidikan": 0.0, "kesehatan": 9.0, "jalan": 1.0})
    changes = rank_changes(before, after)
    assert set(changes.index) == set(KODES)
    assert changes["shift"].abs().is_monotonic_decreasing
    np.testing.assert_allclose(changes["before"] - changes["after"], changes["shift"])
    assert (rank_changes(before, before)["shift"] == 0).all()
    assert not rank_changes(before, before)["apart"].any()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"weights": {"pendidikan": -1.0, "jalan": 2.0}}, "negative"),
        ({"weights": {"pendidikan": 0.0}}, "above 0"),
        ({"weights": {"pendidikan": float("nan")}}, "negative"),
        ({"aggregation": "x"}, "unknown choice"),
        ({"normalisation": "x"}, "unknown choice"),
        ({"kodes": KODES.append(KODES)}, "stands twice"),
        ({"ingredients": (SCHOOL, SCHOOL)}, "stands twice"),
    ],
)
def test_bad_input_is_refused(more: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        index_of(**more)  # type: ignore[arg-type]


def test_a_standard_needs_a_threshold_and_a_direction() -> None:
    with pytest.raises(ValueError, match="above 0"):
        attained([1.0], 0.0, "lebih_rendah_baik")
    with pytest.raises(ValueError, match="netral"):
        attained([1.0], 1.0, "netral")
