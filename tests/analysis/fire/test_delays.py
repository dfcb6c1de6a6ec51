"""What a delay costs, and when one's own post is as fast."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.fire.cover import covered
from analysis.fire.delays import break_even, delay_curve
from analysis.fire.realisations import Realisations
from analysis.fire.response import Timing
from tests.analysis.fire.toy_posts import ONE_SIDE, OTHER_SIDE, cell, people, post, realisations, region, toy


@given(drawn=realisations(), target=st.floats(1, 40))
@settings(max_examples=20, deadline=None)
def test_the_curve_falls_and_meets_the_closed_line_at_its_break_even_delay(drawn: Realisations, target: float) -> None:
    timing = Timing(0, 0, 0, target, 1.3, 30)
    counts = people(drawn)
    for curve in delay_curve(drawn, timing, counts, [0, 1, 2, 3, 5, 10, 20, 40]):
        assert (np.diff(curve.opened) <= 1e-6).all()
        if curve.closed is None:
            continue
        assert (curve.opened >= curve.closed - 1e-6).all()
        if curve.meets is None:
            assert curve.opened[0] == pytest.approx(curve.closed)
            continue
        at, beyond = delay_curve(drawn, timing, counts, [curve.meets, curve.meets + 0.01])[
            drawn.sides.index(curve.side)
        ].opened
        assert at > curve.closed
        assert beyond == pytest.approx(curve.closed)


def test_the_curve_says_what_the_map_says() -> None:
    drawn = toy(region("r", ONE_SIDE, ONE_SIDE), post("b", OTHER_SIDE, 21_000))
    for delay in (0.0, 1.5, 4.0):
        timing = Timing(1, 1, delay, 9, 1.3, 30)
        (curve, _) = delay_curve(drawn, timing, people(drawn), [delay])
        found = covered(drawn, timing, people(drawn))[0]
        assert curve.opened[0] == pytest.approx(found.opened.value, rel=1e-6)
        assert found.closed is not None
        assert curve.closed == pytest.approx(found.closed.value, rel=1e-6)


def test_break_even_is_the_lead_of_the_other_side() -> None:
    drawn = toy(post("a", ONE_SIDE, 0), post("b", OTHER_SIDE, 20_000))
    table, (one, other) = break_even(drawn, Timing(0, 0, 6, 15, 1, 60), people(drawn))
    # Beyond 10 km the other side is nearer, by 0 to 20 minutes; by more than 6 minutes beyond 13 km.
    assert one.people == pytest.approx(500)
    assert one.minutes == pytest.approx(10, abs=0.1)
    assert cell(table, f"{ONE_SIDE}.01.1001", "minutes") == pytest.approx(0, abs=0.01)
    assert cell(table, f"{ONE_SIDE}.01.1001", "share") == pytest.approx(7 / 20)
    assert (other.people, other.minutes) == (0, None)
    assert cell(table, f"{OTHER_SIDE}.01.1001", "minutes") == pytest.approx(-20, abs=0.01)
