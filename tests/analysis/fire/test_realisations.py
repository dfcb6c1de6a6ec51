"""Possible realisations: every place of a region as likely as its people, and the others left where they are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.fire.realisations import possible_places, realise
from analysis.fire.response import Timing
from geo.grid import grid_of
from geo.regions import DRAWS
from tests.analysis.fire.toy_posts import ONE_SIDE, OTHER_SIDE, post, region, share_of, strip, toy


def test_a_post_known_by_area_covers_the_share_of_the_area() -> None:
    samples = pd.concat([strip(6_400), pd.DataFrame({"kode": [f"{OTHER_SIDE}.01.1001"], "x": [0], "y": [0]})])
    grid = grid_of(samples, pd.Series(1.0, index=samples["kode"].unique()))
    drawn = realise(grid, [region("r", ONE_SIDE, ONE_SIDE)], (OTHER_SIDE,))
    for reach in (0.4, 1.0, 2.7, 5.0, 6.4):
        timing = Timing(0, 0, 0, reach, 1, 60)
        assert share_of(drawn, timing, OTHER_SIDE, "open") == pytest.approx(reach / 6.4, abs=1 / DRAWS)


@given(side_km=st.floats(2, 8), reach_km=st.floats(0.5, 10))
@settings(max_examples=20, deadline=None)
def test_in_a_square_too_the_probability_is_the_share_of_the_area(side_km: float, reach_km: float) -> None:
    axis = np.arange(50, side_km * 1000, 100)
    x, y = (a.ravel() for a in np.meshgrid(axis, axis))
    samples = pd.concat(
        [
            pd.DataFrame({"kode": f"{ONE_SIDE}.01.1001", "x": x, "y": y}),
            pd.DataFrame({"kode": [f"{OTHER_SIDE}.01.1001"], "x": [0], "y": [0]}),
        ]
    )
    grid = grid_of(samples, pd.Series(1.0, index=samples["kode"].unique()))
    drawn = realise(grid, [region("r", ONE_SIDE, ONE_SIDE)], (OTHER_SIDE,))
    true = (np.hypot(x, y) <= reach_km * 1000).mean()
    assert share_of(drawn, Timing(0, 0, 0, reach_km, 1, 60), OTHER_SIDE, "open") == pytest.approx(true, abs=0.06)


def test_points_of_a_finer_grid_stand_for_less_area() -> None:
    # Two villages of the same size, one with ten times the points: a post is as likely in either.
    fine = strip(1_000, 10).assign(kode=f"{ONE_SIDE}.01.1001")
    coarse = strip(1_000, 100, start=50_000).assign(kode=f"{ONE_SIDE}.01.1002")
    samples = pd.concat([fine, coarse])
    grid = grid_of(samples, pd.Series(1.0, index=samples["kode"].unique()))
    places = possible_places([region("r", ONE_SIDE, f"{ONE_SIDE}.01")], grid)
    assert (places[0, :, 0] < 10_000).mean() == pytest.approx(0.5, abs=1 / DRAWS)


def test_a_place_is_as_likely_as_the_people_who_live_there() -> None:
    full = strip(1_000, 10).assign(kode=f"{ONE_SIDE}.01.1001")
    empty = strip(10_000, 100, start=50_000).assign(kode=f"{ONE_SIDE}.01.1002")
    samples, kodes = pd.concat([full, empty]), [f"{ONE_SIDE}.01.1001", f"{ONE_SIDE}.01.1002"]
    base = [region("r", ONE_SIDE, f"{ONE_SIDE}.01")]
    areas = pd.Series([1.0, 10.0], kodes)
    for people, share in (([9_000, 1_000], 0.9), ([float("nan"), 1_000], 1 / 11), ([0, 0], 1 / 11)):
        places = possible_places(base, grid_of(samples, areas, people=pd.Series(people, kodes)))
        assert (places[0, :, 0] < 10_000).mean() == pytest.approx(share, abs=1 / DRAWS)


def test_one_change_leaves_the_other_posts_where_they_are() -> None:
    few = toy(region("r", ONE_SIDE, ONE_SIDE), region("s", ONE_SIDE, ONE_SIDE))
    more = toy(region("r", ONE_SIDE, ONE_SIDE), post("new", ONE_SIDE, 100), region("s", ONE_SIDE, ONE_SIDE))
    assert (few.places[0] == more.places[0]).all()
    assert (few.places[1] == more.places[2]).all()
    assert not (few.places[0] == few.places[1]).all()
    assert (more.own <= few.own).all()
