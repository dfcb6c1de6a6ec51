"""Local Moran: PySAL's figures, a stated error rate, islands and unknown values."""

import importlib
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.clusters import NO_NEIGHBOUR, QUADRANTS, local_moran

SIZE = 12
ROWS, COLUMNS = (axis.ravel() for axis in np.mgrid[:SIZE, :SIZE])
KODES = pd.Index([f"1.{r:02}.{c:02}" for r, c in zip(ROWS, COLUMNS, strict=True)])


def queen_pairs() -> pd.DataFrame:
    steps = [(0, 1), (1, 0), (1, 1), (1, -1)]
    rows = [
        (f"1.{r:02}.{c:02}", f"1.{r + dr:02}.{c + dc:02}")
        for r, c in zip(ROWS, COLUMNS, strict=True)
        for dr, dc in steps
        if r + dr < SIZE and 0 <= c + dc < SIZE
    ]
    return pd.DataFrame(rows, columns=["kode_a", "kode_b"])


PAIRS = queen_pairs()


def noise(seed: int) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).standard_normal(len(KODES)), KODES)


def quietly(name: str) -> Any:
    """Import a package of PySAL, whose own imports warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


def test_the_figures_are_those_of_esda() -> None:
    esda, graph = quietly("esda"), quietly("libpysal.graph")
    values = noise(1)
    values[(ROWS < 4) & (COLUMNS < 4)] += 3
    both = pd.concat([PAIRS, PAIRS[["kode_b", "kode_a"]].set_axis(PAIRS.columns, axis=1)])
    adjacency = both.sort_values(["kode_a", "kode_b"]).set_axis(["focal", "neighbor"], axis=1).assign(weight=1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights = graph.Graph.from_adjacency(adjacency).transform("r")
        reference = esda.Moran_Local(values.to_numpy(), weights, permutations=4999, seed=1)
    found = local_moran(values, PAIRS, permutations=4999)
    np.testing.assert_allclose(found["local_i"], reference.Is)
    assert found["label"].tolist() == [QUADRANTS[q - 1] for q in reference.q]
    # Its p is one-sided in the direction seen.
    apart = np.abs(np.minimum(1, 2 * reference.p_sim) - found["p"])
    assert apart.max() < 0.06
    assert apart.mean() < 0.025
    limit = esda.fdr(found["p"].to_numpy(), 0.05)
    assert (found["p"] <= limit).tolist() == found["significant"].tolist()


def test_a_planted_cluster_is_found_and_labelled() -> None:
    values = noise(2)
    core = (ROWS >= 3) & (ROWS <= 7) & (COLUMNS >= 3) & (COLUMNS <= 7)
    values[core] += 4
    found = local_moran(values, PAIRS)
    inner = found[(ROWS >= 4) & (ROWS <= 6) & (COLUMNS >= 4) & (COLUMNS <= 6)]
    assert inner["significant"].all()
    assert (inner["label"] == "tinggi-tinggi").all()


def test_where_nothing_was_planted_a_cluster_is_claimed_in_about_one_map_of_twenty() -> None:
    found = [local_moran(noise(seed), PAIRS, permutations=999, seed=seed) for seed in range(40)]
    assert np.mean([f["significant"].any() for f in found]) <= 0.12
    assert np.mean([(f["p"] <= 0.05).mean() for f in found]) == pytest.approx(0.05, abs=0.01)


@given(st.integers(0, 1000))
@settings(max_examples=10)
def test_the_order_of_rows_and_double_pairs_change_nothing(seed: int) -> None:
    values = noise(3)
    values.iloc[[4, 50]] = np.nan
    straight = local_moran(values, PAIRS, permutations=99)
    turned = PAIRS[["kode_b", "kode_a"]].set_axis(PAIRS.columns, axis=1)
    mixed = pd.concat([PAIRS, turned]).sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(
        local_moran(values.sample(frac=1, random_state=seed), mixed, permutations=99), straight
    )


def test_islands_are_stated_and_unknown_values_are_no_neighbours() -> None:
    values = noise(4)
    values["9.00"] = 7.0
    # Unknown all around the corner unit: it becomes an island.
    values[["1.00.01", "1.01.00", "1.01.01"]] = np.nan
    found = local_moran(values, PAIRS, permutations=99)
    islands = ["1.00.00", "9.00"]
    assert len(found) == len(values) - 3
    assert (found.loc[islands, "label"] == NO_NEIGHBOUR).all()
    assert found.loc[islands, "p"].isna().all()
    assert not found.loc[islands, "significant"].any()
    assert found.drop(islands)["p"].notna().all()


@pytest.mark.parametrize(
    "values", [pd.Series(0.1, KODES), pd.Series(np.nan, KODES), noise(5).iloc[:4]], ids=["alike", "unknown", "few"]
)
def test_without_enough_to_test_nothing_is_significant(values: pd.Series) -> None:
    found = local_moran(values, PAIRS, permutations=99)
    assert found["p"].isna().all()
    assert not found["significant"].any()


def test_a_code_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        local_moran(pd.concat([noise(6), noise(6)]), PAIRS)
