"""Several calls at the same time."""

import numpy as np

from analysis.fire.dispatch import calls_at_once, dispatch
from tests.analysis.fire.toy_posts import ONE_SIDE, OTHER_SIDE, PLAIN, cell, people, post, region, toy


def test_the_nearest_free_unit_goes_and_a_taken_one_does_not() -> None:
    minutes_to = [[[3.0, 5.0, 9.0], [2.0, 8.0, 4.0], [1.0, 6.0, 7.0], [1.0, 1.0, 1.0]]]
    chosen, spent = dispatch(minutes_to, 1)
    assert chosen.tolist() == [[0, 2, 1, -1]]
    assert spent.tolist() == [[3.0, 4.0, 6.0, np.inf]]
    chosen, spent = dispatch(minutes_to, [2, 1, 1])
    assert chosen.tolist() == [[0, 0, 1, 2]]
    assert dispatch([[[np.inf], [2.0]]], 1)[0].tolist() == [[-1, 0]]


def test_the_second_call_waits_for_a_farther_unit_or_for_nobody() -> None:
    drawn = toy(post("a", ONE_SIDE, 10_000), post("b", OTHER_SIDE, 21_000))
    found = calls_at_once(drawn, PLAIN, people(drawn), [f"{ONE_SIDE}.01.1001"], 3).set_index(["plan", "call"])
    assert cell(found, ("closed", 1), "unserved") == 0
    assert cell(found, ("closed", 2), "unserved") == 1
    assert np.isnan(cell(found, ("closed", 2), "median"))
    assert cell(found, ("open", 2), "unserved") == 0
    assert cell(found, ("open", 3), "unserved") == 1
    assert cell(found, ("open", 2), "median") > cell(found, ("open", 1), "median")
    twice = calls_at_once(drawn, PLAIN, people(drawn), [f"{ONE_SIDE}.01.1001"], 3, per_post=2)
    assert twice[twice["plan"] == "closed"]["unserved"].tolist() == [0, 0, 1]


def test_where_no_own_post_is_known_nobody_is_said_to_be_unserved() -> None:
    drawn = toy(post("b", OTHER_SIDE, 20_000))
    every = [f"{ONE_SIDE}.01.1001", f"{OTHER_SIDE}.01.1001"]
    found = calls_at_once(drawn, PLAIN, people(drawn), every, 1).set_index("plan")
    assert found.loc["closed", ["median", "low", "high", "in_time", "unserved"]].isna().all()
    assert cell(found, "open", "unserved") == 0
    known = calls_at_once(drawn, PLAIN, people(drawn), every[1:], 1).set_index("plan")
    assert cell(known, "closed", "unserved") == 0


def test_the_first_call_does_not_change_when_more_calls_are_asked_for() -> None:
    drawn = toy(region("r", ONE_SIDE, ONE_SIDE), post("b", OTHER_SIDE, 21_000))
    few, many = (calls_at_once(drawn, PLAIN, people(drawn), list(drawn.grid.units), n) for n in (2, 5))
    assert few.reset_index(drop=True).equals(many[many["call"] <= 2].reset_index(drop=True))
    assert 0 < cell(few.set_index(["plan", "call"]), ("closed", 1), "in_time") < 1
