"""People reached in time, with two ranges that are never mixed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.fire.cover import covered, shares
from analysis.fire.criticality import ask_first, engines_away
from analysis.fire.dispatch import calls_at_once
from analysis.fire.fire import Listing, gain_bound
from analysis.fire.realisations import Realisations
from analysis.fire.response import Timing, minutes, paces
from geo.distances import UNKNOWN_M
from tests.analysis.fire.toy_posts import (
    ONE_SIDE,
    OTHER_SIDE,
    PLAIN,
    cell,
    people,
    post,
    realisations,
    region,
    share_of,
    toy,
)


def test_a_side_without_a_known_post_is_unknown_not_uncovered() -> None:
    drawn = toy(post("b", OTHER_SIDE, 20_000))
    assert np.isnan(share_of(drawn, PLAIN, ONE_SIDE, "closed"))
    assert share_of(drawn, PLAIN, ONE_SIDE, "open") == pytest.approx(0.75)
    assert (drawn.own[:200] == UNKNOWN_M).all()
    one, other, both = covered(drawn, PLAIN, people(drawn))
    assert one.closed is None
    assert one.gain is None
    assert other.closed is not None
    assert both.closed is None
    assert np.isnan(cell(minutes(drawn, PLAIN), f"{ONE_SIDE}.01.1001", "closed"))


def test_without_any_post_nothing_is_reached_and_nothing_fails() -> None:
    drawn = toy()
    assert share_of(drawn, PLAIN, ONE_SIDE, "open") == 0
    assert minutes(drawn, PLAIN).isna().all().all()
    assert ask_first(drawn, PLAIN, people(drawn)).empty
    assert engines_away(drawn, PLAIN, people(drawn)).empty
    assert calls_at_once(drawn, PLAIN, people(drawn), list(drawn.grid.units), 2).empty


def test_ranges_of_people_and_of_addresses_are_two_things() -> None:
    drawn = toy(region("r", ONE_SIDE, ONE_SIDE), post("b", OTHER_SIDE, 30_000))
    one, other, both = covered(drawn, Timing(0, 0, 0, 5, 1, 60), people(drawn))
    assert one.closed is not None
    assert other.closed is not None
    assert both.closed is not None
    assert one.closed.low < one.closed.value < one.closed.high
    # A kelurahan that is all of its kecamatan has the known total of it: no error.
    assert [one.closed.people_low, one.closed.people_high] == pytest.approx([one.closed.value] * 2)
    assert other.closed.low == other.closed.high == pytest.approx(other.closed.value)
    assert both.closed.value == pytest.approx(one.closed.value + other.closed.value)
    unknown = people(drawn)
    unknown.loc[f"{ONE_SIDE}.01.1001"] = np.nan


@given(drawn=realisations(), target=st.floats(0, 40), speed=st.floats(10, 60), call=st.floats(0, 10))
@settings(max_examples=30, deadline=None)
def test_open_never_covers_fewer_and_delay_only_takes_away(
    drawn: Realisations, target: float, speed: float, call: float
) -> None:
    before = None
    for delay in (0.0, 0.5, 2.0, 7.0, 60.0):
        timing = Timing(call, 1, delay, target, 1.3, speed)
        closed, opened = shares(drawn, timing)
        known = ~np.isnan(closed)
        assert (opened[known] >= closed[known]).all()
        assert before is None or (opened <= before).all()
        before = opened
    assert opened[known] == pytest.approx(closed[known])


def test_an_official_figure_without_a_range_counts_as_its_value_at_both_ends() -> None:
    drawn = toy(post("a", ONE_SIDE, 10_000), post("b", OTHER_SIDE, 30_000))
    official = people(drawn)
    official.loc[f"{OTHER_SIDE}.01.1001", ["low", "high"]] = np.nan
    _, other, both = covered(drawn, PLAIN, official)
    assert (other.opened.people_low, other.opened.people_high) == pytest.approx((1000, 1000))
    # The kelurahan of the other side has a range, but is all of its kecamatan, whose total is known.
    assert (both.opened.people_low, both.opened.people_high) == pytest.approx((2000, 2000))


def test_row_3_the_range_of_people_spans_places_and_speeds() -> None:
    drawn = toy(region("r", ONE_SIDE, ONE_SIDE), post("b", OTHER_SIDE, 30_000))
    timing, counts = Timing(0, 0, 0, 5, 1, 60), people(drawn)
    pace = paces(0.8, 1.6, drawn.own.shape[1])
    assert np.median(pace) == pytest.approx(1, abs=0.01)
    assert (pace.min(), pace.max()) == pytest.approx((0.8, 1.6), abs=0.01)
    alone, both = covered(drawn, timing, counts), covered(drawn, timing, counts, pace=pace)
    # Nothing but the speed is unknown of the other side: without it there was no range at all.
    assert alone[1].closed is not None
    assert both[1].closed is not None
    assert alone[1].closed.low == alone[1].closed.high
    slow, fast = (covered(drawn, replace(timing, speed=60 * share), counts)[1].closed for share in (0.8, 1.6))
    assert slow is not None
    assert fast is not None
    assert slow.value <= both[1].closed.low < both[1].closed.high <= fast.value
    for one, other in zip(alone, both, strict=True):
        assert one.opened.value == other.opened.value, "the speed that is chosen stays the middle"


def test_row_3_the_gain_of_a_side_whose_own_posts_may_be_missing_is_a_bound() -> None:
    complete, short = (Listing(side, 3, 0, 0, number) for side, number in ((ONE_SIDE, 3), (OTHER_SIDE, 10)))
    assert gain_bound([complete, short], OTHER_SIDE) == "atas", "posts of its own are missing: it gains less"
    assert gain_bound([complete, short], ONE_SIDE) == "tidak_pasti", "posts of the others are missing: it gains more"
    assert gain_bound([complete], ONE_SIDE) == ""
