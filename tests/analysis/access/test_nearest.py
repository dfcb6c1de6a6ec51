"""The nearest facility by name: of most points and of the kabkota that count, also where only its area is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.access.nearest import nearest_named
from geo.regions import AREA_ONLY, standing
from tests.shipped import data

POINTS = [[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]]
LISTED = pd.DataFrame(
    {
        "kind": "puskesmas",
        "name": ["own far", "own near", "across", "not used", "without point"],
        "operator": ["a", "a", "b", "a", "a"],
        "owner": ["a", "a", "", "a", "a"],
        "used": [True, True, True, False, True],
        "x": [100.0, 12.0, 21.0, 10.0, float("nan")],
        "y": [0.0, 0.0, 0.0, 0.0, float("nan")],
        "left_out": "",
        "area_kode": "",
    }
)
JATIKARYA = "32.75.10.1002"


def test_the_nearest_of_each_side() -> None:
    grid = data().grid
    own, across = nearest_named(POINTS, LISTED, {"a"}, grid), nearest_named(POINTS, LISTED, {"b"}, grid)
    assert own is not None
    assert across is not None
    assert (own.name, own.operator, own.median_m, own.located) == ("own near", "a", 8.0, True)
    assert (across.name, across.operator, across.owner, across.median_m) == ("across", "b", "", 11.0)
    assert across.place == (21.0, 0.0)


def test_the_distance_is_that_of_the_facility_that_is_named() -> None:
    """Every point has one at its feet, but no single one is near all of them."""
    ends = LISTED.iloc[:2].assign(x=[0.0, 20.0], y=0.0, operator="a")
    found = nearest_named([*POINTS, [0.0, 0.0]], ends, {"a"}, data().grid)
    assert found is not None
    assert (found.name, found.median_m) == ("own far", 5.0)


def test_none_where_none_is_listed() -> None:
    assert nearest_named(POINTS, LISTED, {"c"}, data().grid) is None
    assert nearest_named(POINTS, LISTED.iloc[3:], {"a"}, data().grid) is None


def test_one_that_stands_somewhere_in_the_kelurahan_is_nearer_than_one_far_away() -> None:
    grid = data().grid
    inside = grid.points[grid.codes == grid.units.get_loc(JATIKARYA)]
    east, north = inside.mean(axis=0)
    rows = {
        "kind": "sd",
        "operator": "a",
        "owner": "a",
        "used": [True, False],
        "x": [east, np.nan],
        "y": [north + 9_000, np.nan],
    }
    listed = pd.DataFrame(rows | {"name": ["far", "somewhere here"], "left_out": ["", AREA_ONLY]}, index=["p:1", "p:2"])
    listed["area_kode"] = ["", JATIKARYA]
    found = nearest_named(inside, listed, {"a"}, grid)
    assert found is not None
    assert found.name == "somewhere here"
    assert not found.located
    assert found.place is None
    assert found.median_m < 3_000
    sure = nearest_named(inside, listed.iloc[:1], {"a"}, grid)
    assert sure is not None
    assert sure.located
    assert sure.name == "far"
    assert sure.median_m == pytest.approx(9_000, rel=0.05)


def test_the_puskesmas_of_jatikarya_is_named_with_its_own_distance() -> None:
    known = data()
    inside = known.grid.points[known.grid.codes == known.grid.units.get_loc(JATIKARYA)]
    listed = known.facilities[known.facilities["kind"] == "puskesmas"]
    assert standing(listed).any()
    found = nearest_named(inside, listed, {"32.75"}, known.grid)
    assert found is not None
    assert found.name == "Puskesmas Jatikarya"
    assert found.median_m / 1000 == pytest.approx(
        known.indicator_values("jarak_puskesmas").at[JATIKARYA, "value"], rel=0.02
    )
