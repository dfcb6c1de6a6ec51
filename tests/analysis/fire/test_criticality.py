"""What hangs on one post."""

import pytest

from analysis.fire.cover import covered
from analysis.fire.criticality import ask_first, engines_away, reached_by
from analysis.fire.response import Timing
from tests.analysis.fire.toy_posts import ONE_SIDE, OTHER_SIDE, cell, people, post, region, toy


def test_ask_first_names_the_post_whose_place_matters() -> None:
    # The people of the first side hang on its one unknown post; the second side's unknown post stands by an exact one
    # that already reaches everybody.
    drawn = toy(
        region("matters", ONE_SIDE, ONE_SIDE), region("idle", OTHER_SIDE, OTHER_SIDE), post("exact", OTHER_SIDE, 30_000)
    )
    found = ask_first(drawn, Timing(0, 0, 30, 10.1, 1, 60), people(drawn))
    assert list(found.index) == ["matters", "idle"]
    assert cell(found, "matters", "swing") > 300
    assert cell(found, "idle", "swing") == pytest.approx(0, abs=1e-6)
    # At the edge of the strip half of it is reached, in its middle all.
    assert cell(found, "matters", "closed_low") == pytest.approx(1000 + 520, abs=25)
    assert cell(found, "matters", "closed_high") == pytest.approx(2000, abs=25)


def test_placing_a_post_makes_it_exact_and_takes_its_swing_away() -> None:
    unknown = toy(region("r", ONE_SIDE, ONE_SIDE))
    placed = toy(post("r", ONE_SIDE, 10_000))
    timing = Timing(0, 0, 0, 5, 1, 60)
    assert not ask_first(unknown, timing, people(unknown)).empty
    assert ask_first(placed, timing, people(placed)).empty
    spread = covered(placed, timing, people(placed))[0].closed
    assert spread is not None
    assert spread.low == spread.high == pytest.approx(500)


def test_what_stays_at_home_when_an_engine_leaves() -> None:
    # Two posts of one side overlap between 5 and 15 km; the one at the line is the nearest for the other side.
    drawn = toy(post("inland", ONE_SIDE, 5_000), post("line", ONE_SIDE, 15_000), post("far", OTHER_SIDE, 39_000))
    found = engines_away(drawn, Timing(0, 0, 0, 10, 1, 60), people(drawn))
    line = found.loc["line"]
    assert found.index[0] == "line"
    assert line["home"] == pytest.approx(1000)
    assert line["home_without"] == pytest.approx(750)
    assert line["home_low"] == line["home_high"] == pytest.approx(750)
    assert line["across"] == pytest.approx(350)  # from the line at 20 km to 27 km, half way to the other post
    assert cell(found, "inland", "across") == 0
    assert reached_by(drawn, Timing(0, 0, 0, 10, 1, 60), people(drawn), "line") == pytest.approx((750, 250))
