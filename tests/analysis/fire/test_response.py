"""Minutes to a fire in toy realisations whose answers anyone can see."""

import numpy as np
import pandas as pd
import pytest

from analysis.fire.realisations import realise
from analysis.fire.response import Timing, minutes, minutes_of_sides, reach_m, speed_classes
from geo.grid import grid_of
from tests.analysis.fire.toy_posts import ONE_SIDE, OTHER_SIDE, cell, people, post, share_of, strip, toy


def test_the_nearest_unit_of_any_side_counts_when_the_line_is_open() -> None:
    # Each side has one post: at 1 km, and at 21 km, a kilometre behind the line.
    drawn = toy(post("a", ONE_SIDE, 1000), post("b", OTHER_SIDE, 21_000))
    ten = Timing(0, 0, 0, 10, 1, 60)
    assert share_of(drawn, ten, ONE_SIDE, "closed") == pytest.approx(11 / 20)
    assert share_of(drawn, ten, ONE_SIDE, "open") == pytest.approx(1.0)
    assert share_of(drawn, ten, OTHER_SIDE, "closed") == pytest.approx(11 / 20)
    found = minutes(drawn, ten).loc[f"{ONE_SIDE}.01.1001"]
    assert found["closed"] == pytest.approx(np.abs(strip(20_000)["x"] - 1000).mean() / 1000, abs=0.01)
    assert found["open"] < found["closed"]
    assert found["closed_low"] == found["closed_high"] == pytest.approx(found["closed"])


def test_call_turnout_detour_speed_and_delay_add_up() -> None:
    drawn = toy(post("a", ONE_SIDE, 10_000), post("b", OTHER_SIDE, 20_050))
    timing = Timing(call=1, turnout=2, delay=4, target=15, detour=1.5, speed=30)
    # 12 minutes at 30 km/h are 6 km of road, 4 km as the crow flies; with 4 minutes delay 2,67 km.
    assert float(reach_m(timing)) == pytest.approx(4000)
    assert float(reach_m(timing, 4)) == pytest.approx(8 / 12 * 4000)
    assert share_of(drawn, timing, ONE_SIDE, "closed") == pytest.approx(80 / 200)
    assert share_of(drawn, timing, ONE_SIDE, "open") == pytest.approx((80 + 26) / 200)


def test_dense_roads_slow_down_and_unknown_density_keeps_the_usual_speed() -> None:
    speed = speed_classes(pd.Series([5, 15, 24.9, 25, np.nan]), [15, 25], [30, 25, 20], 27)
    assert speed.tolist() == [30, 25, 25, 20, 27]
    drawn = toy(post("a", ONE_SIDE, 0), post("b", OTHER_SIDE, 40_000))
    timing = Timing(0, 0, 0, 10, 1, np.array([60.0, 30.0]))
    assert share_of(drawn, timing, ONE_SIDE, "closed") == pytest.approx(0.5)
    assert share_of(drawn, timing, OTHER_SIDE, "closed") == pytest.approx(0.25)


def test_time_that_is_up_before_anybody_leaves_reaches_nobody() -> None:
    drawn = toy(post("a", ONE_SIDE, 50), post("b", OTHER_SIDE, 20_050))
    assert share_of(drawn, Timing(10, 6, 0, 15, 1, 60), ONE_SIDE, "open") == 0
    # At exactly the target the place where the post stands is still in time.
    assert share_of(drawn, Timing(10, 5, 0, 15, 1, 60), ONE_SIDE, "closed") == pytest.approx(1 / 200)
    assert share_of(drawn, Timing(10, 5, np.inf, 15, 1, 60), ONE_SIDE, "open") == pytest.approx(1 / 200)


def test_a_mean_does_not_leave_out_the_farthest() -> None:
    # The second village of the side lies beyond 65 km, where distances are no longer told apart.
    far = strip(2_000, start=90_000).assign(kode=f"{ONE_SIDE}.01.1002")
    samples = pd.concat([strip(20_000), far, strip(20_000, side=OTHER_SIDE, start=20_000)])
    grid = grid_of(samples, pd.Series(1.0, index=samples["kode"].unique()))
    drawn = realise(grid, [post("a", ONE_SIDE, 10_000), post("b", OTHER_SIDE, 20_000)], (ONE_SIDE, OTHER_SIDE))
    ten = Timing(0, 0, 0, 10, 1, 60)
    assert np.isnan(cell(minutes(drawn, ten), f"{ONE_SIDE}.01.1002", "open"))
    found = minutes_of_sides(drawn, ten, people(drawn))
    assert found.loc[ONE_SIDE].isna().all()
    assert found.loc[OTHER_SIDE].notna().all()
    nobody = people(drawn)
    nobody.loc[f"{ONE_SIDE}.01.1002"] = np.nan
    assert minutes_of_sides(drawn, ten, nobody).loc[ONE_SIDE].notna().all()
