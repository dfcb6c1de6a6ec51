"""Fire response in toy worlds whose answers anyone can see."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import response
from analysis.access import UNKNOWN_M
from analysis.response import Grid, Post, Timing, World, build_world, grid_of

# At 60 km/h without detour a kilometre takes a minute.
PLAIN = Timing(call=0, turnout=0, delay=0, target=15, detour=1, speed=60)
ONE_SIDE, OTHER_SIDE = "10.01", "10.02"


def strip(metres: int = 40_000, step: int = 100, side: str = ONE_SIDE, start: int = 0) -> pd.DataFrame:
    """A village of one row of points."""
    x = np.arange(start, start + metres, step) + step // 2
    return pd.DataFrame({"kode": f"{side}.01.1001", "x": x, "y": 0})


def two_sides() -> Grid:
    """A strip of 40 km: the first half is one side's, the second the other's."""
    samples = pd.concat([strip(20_000), strip(20_000, side=OTHER_SIDE, start=20_000)])
    return grid_of(samples, pd.Series(1.0, index=samples["kode"].unique()))


def post(id_: str, operator: str, x: float) -> Post:
    return Post(id_, id_, operator, operator, "titik", x=x, y=0.0)


def region(id_: str, operator: str, area: str) -> Post:
    return Post(id_, id_, operator, area[:5], "kecamatan", area=area)


def people(world: World, number: float = 1000.0) -> pd.DataFrame:
    return pd.DataFrame({"value": number, "low": 0.9 * number, "high": 1.1 * number}, index=world.grid.units)


def open_world(*posts: Post) -> World:
    return build_world(two_sides(), posts, (ONE_SIDE, OTHER_SIDE))


def cell(frame: pd.DataFrame, row: Any, column: str) -> Any:
    return frame.loc[row, column]


def share_of(world: World, timing: Timing, side: str, plan: str) -> float:
    return float(cell(response.probability(world, timing), f"{side}.01.1001", plan))


def test_the_nearest_unit_of_any_side_counts_when_the_line_is_open() -> None:
    # Each side has one post: at 1 km, and at 21 km, a kilometre behind the line.
    world = open_world(post("a", ONE_SIDE, 1000), post("b", OTHER_SIDE, 21_000))
    ten = Timing(0, 0, 0, 10, 1, 60)
    assert share_of(world, ten, ONE_SIDE, "closed") == pytest.approx(11 / 20)
    assert share_of(world, ten, ONE_SIDE, "open") == pytest.approx(1.0)
    assert share_of(world, ten, OTHER_SIDE, "closed") == pytest.approx(11 / 20)
    found = response.minutes(world, ten).loc[f"{ONE_SIDE}.01.1001"]
    assert found["closed"] == pytest.approx(np.abs(strip(20_000)["x"] - 1000).mean() / 1000, abs=0.01)
    assert found["open"] < found["closed"]
    assert found["closed_low"] == found["closed_high"] == pytest.approx(found["closed"])


def test_call_turnout_detour_speed_and_delay_add_up() -> None:
    world = open_world(post("a", ONE_SIDE, 10_000), post("b", OTHER_SIDE, 20_050))
    timing = Timing(call=1, turnout=2, delay=4, target=15, detour=1.5, speed=30)
    # 12 minutes at 30 km/h are 6 km of road, 4 km as the crow flies; with 4 minutes delay 2,67 km.
    assert float(response.reach_m(timing)) == pytest.approx(4000)
    assert float(response.reach_m(timing, 4)) == pytest.approx(8 / 12 * 4000)
    assert share_of(world, timing, ONE_SIDE, "closed") == pytest.approx(80 / 200)
    assert share_of(world, timing, ONE_SIDE, "open") == pytest.approx((80 + 26) / 200)


def test_a_post_known_by_area_covers_the_share_of_the_area() -> None:
    samples = pd.concat([strip(6_400), pd.DataFrame({"kode": [f"{OTHER_SIDE}.01.1001"], "x": [0], "y": [0]})])
    grid = grid_of(samples, pd.Series(1.0, index=samples["kode"].unique()))
    world = build_world(grid, [region("r", ONE_SIDE, ONE_SIDE)], (OTHER_SIDE,))
    for reach in (0.4, 1.0, 2.7, 5.0, 6.4):
        timing = Timing(0, 0, 0, reach, 1, 60)
        assert share_of(world, timing, OTHER_SIDE, "open") == pytest.approx(reach / 6.4, abs=1 / response.DRAWS)


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
    world = build_world(grid, [region("r", ONE_SIDE, ONE_SIDE)], (OTHER_SIDE,))
    true = (np.hypot(x, y) <= reach_km * 1000).mean()
    assert share_of(world, Timing(0, 0, 0, reach_km, 1, 60), OTHER_SIDE, "open") == pytest.approx(true, abs=0.06)


def test_points_of_a_finer_grid_stand_for_less_area() -> None:
    # Two villages of the same size, one with ten times the points: a post is as likely in either.
    fine = strip(1_000, 10).assign(kode=f"{ONE_SIDE}.01.1001")
    coarse = strip(1_000, 100, start=50_000).assign(kode=f"{ONE_SIDE}.01.1002")
    samples = pd.concat([fine, coarse])
    grid = grid_of(samples, pd.Series(1.0, index=samples["kode"].unique()))
    places = response.possible_places(region("r", ONE_SIDE, f"{ONE_SIDE}.01"), grid)
    assert (places[:, 0] < 10_000).mean() == pytest.approx(0.5, abs=1 / response.DRAWS)


def test_a_wholly_unknown_post_is_looked_for_in_its_whole_kabkota() -> None:
    facilities = pd.DataFrame(
        {"kind": "pos_damkar", "name": "x", "operator": ONE_SIDE, "kode_kabkota": [ONE_SIDE, OTHER_SIDE, ONE_SIDE],
         "area_kode": ["", f"{OTHER_SIDE}.01.1001", f"{ONE_SIDE}.01"],
         "precision": ["tidak_ada", "kelurahan", "kecamatan"],
         "x": np.nan, "y": np.nan},
        index=["p1", "p2", "p3"],
    )  # fmt: skip
    exists = pd.Series({"p1": "ada", "p2": "ada", "p3": "rencana"})
    first, second = response.posts_of(facilities, exists, [ONE_SIDE])
    assert (first.region, first.area, first.exact) == ("kabkota", ONE_SIDE, False)
    # A headquarters in the neighbour's area is its operator's own post.
    assert (second.operator, second.stands_in, second.area) == (ONE_SIDE, OTHER_SIDE, f"{OTHER_SIDE}.01.1001")
    assert len(response.posts_of(facilities, exists, [ONE_SIDE], planned=True)) == 3
    assert response.posts_of(facilities, exists, [OTHER_SIDE]) == []


def test_no_post_rows_and_closed_posts_never_count_and_a_placed_plan_does() -> None:
    facilities = pd.DataFrame(
        {"kind": "pos_damkar", "name": "x", "operator": ONE_SIDE, "kode_kabkota": ONE_SIDE,
         "area_kode": f"{ONE_SIDE}.01", "precision": ["kecamatan", "kecamatan", "skenario"],
         "x": 5.0, "y": 6.0, "state": ["", "tutup", "pindah"]},
        index=["none", "shut", "plan"],
    )  # fmt: skip
    exists = pd.Series({"none": "tidak", "shut": "ada", "plan": "rencana"})
    (only,) = response.posts_of(facilities, exists, [ONE_SIDE], planned=True)
    assert (only.id, only.exact, only.x, only.state) == ("plan", True, 5.0, "pindah")


def test_a_side_without_a_known_post_is_unknown_not_uncovered() -> None:
    world = open_world(post("b", OTHER_SIDE, 20_000))
    assert np.isnan(share_of(world, PLAIN, ONE_SIDE, "closed"))
    assert share_of(world, PLAIN, ONE_SIDE, "open") == pytest.approx(0.75)
    assert (world.own[:200] == UNKNOWN_M).all()
    one, other, both = response.covered(world, PLAIN, people(world))
    assert one.closed is None
    assert one.gain is None
    assert other.closed is not None
    assert both.closed is None
    assert np.isnan(cell(response.minutes(world, PLAIN), f"{ONE_SIDE}.01.1001", "closed"))


def test_without_any_post_nothing_is_reached_and_nothing_fails() -> None:
    world = open_world()
    assert share_of(world, PLAIN, ONE_SIDE, "open") == 0
    assert response.minutes(world, PLAIN).isna().all().all()
    assert response.ask_first(world, PLAIN, people(world)).empty
    assert response.engines_away(world, PLAIN, people(world)).empty
    assert response.calls_at_once(world, PLAIN, people(world), list(world.grid.units), 2).empty


def test_ranges_of_people_and_of_addresses_are_two_things() -> None:
    world = open_world(region("r", ONE_SIDE, ONE_SIDE), post("b", OTHER_SIDE, 30_000))
    one, other, both = response.covered(world, Timing(0, 0, 0, 5, 1, 60), people(world))
    assert one.closed is not None
    assert other.closed is not None
    assert both.closed is not None
    assert one.closed.low < one.closed.value < one.closed.high
    assert one.closed.people_low == pytest.approx(0.9 * one.closed.value)
    assert one.closed.people_high == pytest.approx(1.1 * one.closed.value)
    assert other.closed.low == other.closed.high == pytest.approx(other.closed.value)
    assert both.closed.value == pytest.approx(one.closed.value + other.closed.value)
    unknown = people(world)
    unknown.loc[f"{ONE_SIDE}.01.1001"] = np.nan
    assert response.covered(world, PLAIN, unknown)[0].unknown_units == 1


@st.composite
def worlds(draw: st.DrawFn) -> World:
    posts = []
    for number in range(draw(st.integers(1, 5))):
        side = draw(st.sampled_from([ONE_SIDE, OTHER_SIDE]))
        if draw(st.booleans()):
            posts.append(post(f"p{number}", side, draw(st.integers(0, 40_000))))
        else:
            posts.append(region(f"p{number}", side, draw(st.sampled_from([ONE_SIDE, OTHER_SIDE]))))
    return open_world(*posts)


@given(world=worlds(), target=st.floats(0, 40), speed=st.floats(10, 60), call=st.floats(0, 10))
@settings(max_examples=30, deadline=None)
def test_open_never_covers_fewer_and_delay_only_takes_away(
    world: World, target: float, speed: float, call: float
) -> None:
    before = None
    for delay in (0.0, 0.5, 2.0, 7.0, 60.0):
        timing = Timing(call, 1, delay, target, 1.3, speed)
        closed, opened = response.shares(world, timing)
        known = ~np.isnan(closed)
        assert (opened[known] >= closed[known]).all()
        assert before is None or (opened <= before).all()
        before = opened
    assert opened[known] == pytest.approx(closed[known])


@given(world=worlds(), target=st.floats(1, 40))
@settings(max_examples=20, deadline=None)
def test_the_curve_falls_and_meets_the_closed_line_at_its_break_even_delay(world: World, target: float) -> None:
    timing = Timing(0, 0, 0, target, 1.3, 30)
    counts = people(world)
    for curve in response.delay_curve(world, timing, counts, [0, 1, 2, 3, 5, 10, 20, 40]):
        assert (np.diff(curve.opened) <= 1e-6).all()
        if curve.closed is None:
            continue
        assert (curve.opened >= curve.closed - 1e-6).all()
        if curve.meets is None:
            assert curve.opened[0] == pytest.approx(curve.closed)
            continue
        at, beyond = response.delay_curve(world, timing, counts, [curve.meets, curve.meets + 0.01])[
            world.sides.index(curve.side)
        ].opened
        assert at > curve.closed
        assert beyond == pytest.approx(curve.closed)


def test_the_curve_says_what_the_map_says() -> None:
    world = open_world(region("r", ONE_SIDE, ONE_SIDE), post("b", OTHER_SIDE, 21_000))
    for delay in (0.0, 1.5, 4.0):
        timing = Timing(1, 1, delay, 9, 1.3, 30)
        (curve, _) = response.delay_curve(world, timing, people(world), [delay])
        found = response.covered(world, timing, people(world))[0]
        assert curve.opened[0] == pytest.approx(found.opened.value, rel=1e-6)
        assert found.closed is not None
        assert curve.closed == pytest.approx(found.closed.value, rel=1e-6)


def test_break_even_is_the_lead_of_the_other_side() -> None:
    world = open_world(post("a", ONE_SIDE, 0), post("b", OTHER_SIDE, 20_000))
    table, (one, other) = response.break_even(world, Timing(0, 0, 6, 15, 1, 60), people(world))
    # Beyond 10 km the other side is nearer, by 0 to 20 minutes; by more than 6 minutes beyond 13 km.
    assert one.people == pytest.approx(500)
    assert one.minutes == pytest.approx(10, abs=0.1)
    assert cell(table, f"{ONE_SIDE}.01.1001", "minutes") == pytest.approx(0, abs=0.01)
    assert cell(table, f"{ONE_SIDE}.01.1001", "share") == pytest.approx(7 / 20)
    assert (other.people, other.minutes) == (0, None)
    assert cell(table, f"{OTHER_SIDE}.01.1001", "minutes") == pytest.approx(-20, abs=0.01)


def test_ask_first_names_the_post_whose_place_matters() -> None:
    # The people of the first side hang on its one unknown post; the second side's unknown post stands by an exact one
    # that already reaches everybody.
    world = open_world(
        region("matters", ONE_SIDE, ONE_SIDE), region("idle", OTHER_SIDE, OTHER_SIDE), post("exact", OTHER_SIDE, 30_000)
    )
    found = response.ask_first(world, Timing(0, 0, 30, 10.1, 1, 60), people(world))
    assert list(found.index) == ["matters", "idle"]
    assert cell(found, "matters", "swing") > 300
    assert cell(found, "idle", "swing") == pytest.approx(0, abs=1e-6)
    # At the edge of the strip half of it is reached, in its middle all.
    assert cell(found, "matters", "closed_low") == pytest.approx(1000 + 520, abs=25)
    assert cell(found, "matters", "closed_high") == pytest.approx(2000, abs=25)


def test_placing_a_post_makes_it_exact_and_takes_its_swing_away() -> None:
    unknown = open_world(region("r", ONE_SIDE, ONE_SIDE))
    placed = open_world(post("r", ONE_SIDE, 10_000))
    timing = Timing(0, 0, 0, 5, 1, 60)
    assert not response.ask_first(unknown, timing, people(unknown)).empty
    assert response.ask_first(placed, timing, people(placed)).empty
    spread = response.covered(placed, timing, people(placed))[0].closed
    assert spread is not None
    assert spread.low == spread.high == pytest.approx(500)


def test_what_stays_at_home_when_an_engine_leaves() -> None:
    # Two posts of one side overlap between 5 and 15 km; the one at the line is the nearest for the other side.
    world = open_world(post("inland", ONE_SIDE, 5_000), post("line", ONE_SIDE, 15_000), post("far", OTHER_SIDE, 39_000))
    found = response.engines_away(world, Timing(0, 0, 0, 10, 1, 60), people(world))
    line = found.loc["line"]
    assert found.index[0] == "line"
    assert line["home"] == pytest.approx(1000)
    assert line["home_without"] == pytest.approx(750)
    assert line["home_low"] == line["home_high"] == pytest.approx(750)
    assert line["across"] == pytest.approx(350)  # from the line at 20 km to 27 km, half way to the other post
    assert cell(found, "inland", "across") == 0
    assert response.reached_by(world, Timing(0, 0, 0, 10, 1, 60), people(world), "line") == pytest.approx((750, 250))


def test_the_nearest_free_unit_goes_and_a_taken_one_does_not() -> None:
    minutes_to = [[[3.0, 5.0, 9.0], [2.0, 8.0, 4.0], [1.0, 6.0, 7.0], [1.0, 1.0, 1.0]]]
    chosen, spent = response.dispatch(minutes_to, 1)
    assert chosen.tolist() == [[0, 2, 1, -1]]
    assert spent.tolist() == [[3.0, 4.0, 6.0, np.inf]]
    chosen, spent = response.dispatch(minutes_to, [2, 1, 1])
    assert chosen.tolist() == [[0, 0, 1, 2]]
    assert response.dispatch([[[np.inf], [2.0]]], 1)[0].tolist() == [[-1, 0]]


def test_the_second_call_waits_for_a_farther_unit_or_for_nobody() -> None:
    world = open_world(post("a", ONE_SIDE, 10_000), post("b", OTHER_SIDE, 21_000))
    found = response.calls_at_once(world, PLAIN, people(world), [f"{ONE_SIDE}.01.1001"], 3).set_index(["plan", "call"])
    assert cell(found, ("closed", 1), "unserved") == 0
    assert cell(found, ("closed", 2), "unserved") == 1
    assert np.isnan(cell(found, ("closed", 2), "median"))
    assert cell(found, ("open", 2), "unserved") == 0
    assert cell(found, ("open", 3), "unserved") == 1
    assert cell(found, ("open", 2), "median") > cell(found, ("open", 1), "median")
    twice = response.calls_at_once(world, PLAIN, people(world), [f"{ONE_SIDE}.01.1001"], 3, per_post=2)
    assert twice[twice["plan"] == "closed"]["unserved"].tolist() == [0, 0, 1]


def test_dense_roads_slow_down_and_unknown_density_keeps_the_usual_speed() -> None:
    speed, known = response.speed_classes(pd.Series([5, 15, 24.9, 25, np.nan]), [15, 25], [30, 25, 20], 27)
    assert speed.tolist() == [30, 25, 25, 20, 27]
    assert known.tolist() == [True, True, True, True, False]
    world = open_world(post("a", ONE_SIDE, 0), post("b", OTHER_SIDE, 40_000))
    timing = Timing(0, 0, 0, 10, 1, np.array([60.0, 30.0]))
    assert share_of(world, timing, ONE_SIDE, "closed") == pytest.approx(0.5)
    assert share_of(world, timing, OTHER_SIDE, "closed") == pytest.approx(0.25)


def test_one_change_leaves_the_other_posts_where_they_are() -> None:
    few = open_world(region("r", ONE_SIDE, ONE_SIDE), region("s", ONE_SIDE, ONE_SIDE))
    more = open_world(region("r", ONE_SIDE, ONE_SIDE), post("new", ONE_SIDE, 100), region("s", ONE_SIDE, ONE_SIDE))
    assert (few.places[0] == more.places[0]).all()
    assert (few.places[1] == more.places[2]).all()
    assert not (few.places[0] == few.places[1]).all()
    assert (more.own <= few.own).all()


def test_time_that_is_up_before_anybody_leaves_reaches_nobody() -> None:
    world = open_world(post("a", ONE_SIDE, 50), post("b", OTHER_SIDE, 20_050))
    assert share_of(world, Timing(10, 6, 0, 15, 1, 60), ONE_SIDE, "open") == 0
    # At exactly the target the place where the post stands is still in time.
    assert share_of(world, Timing(10, 5, 0, 15, 1, 60), ONE_SIDE, "closed") == pytest.approx(1 / 200)
    assert share_of(world, Timing(10, 5, np.inf, 15, 1, 60), ONE_SIDE, "open") == pytest.approx(1 / 200)
