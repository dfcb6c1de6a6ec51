"""The drill: the same link gives the same places, the nearest unit answers, and a log is taken whole or not at all."""

import numpy as np
import pandas as pd
import pytest

from analysis.fire import drill as fire_drill
from analysis.fire.drill import DrillError, Incident
from analysis.fire.realisations import Realisations
from analysis.fire.response import Timing
from tests.analysis.fire.toy_posts import ONE_SIDE, OTHER_SIDE, cell, people, post, region, toy

TIMING = Timing(call=1, turnout=1, delay=3, target=15, detour=1, speed=60)


def drawn() -> Realisations:
    return toy(post("a", ONE_SIDE, 1_000), post("b", OTHER_SIDE, 21_000))


def places(count: int = 6, seed: int = 7) -> list[Incident]:
    here = drawn()
    return fire_drill.incidents(here, people(here), list(here.grid.units), count, seed)


def at(x: float, kode: str = f"{ONE_SIDE}.01.1001", number: int = 1) -> Incident:
    return Incident(number, kode, x, 0.0, 106.0, -6.0)


def test_a_seed_repeats_its_places_and_another_does_not() -> None:
    assert places() == places()
    assert places() != places(seed=8)
    assert [p.number for p in places()] == [1, 2, 3, 4, 5, 6]
    assert places(3) == places(6)[:3]


def test_the_sides_take_turns_and_no_place_stands_twice() -> None:
    found = places(12)
    assert [p.kode[:5] for p in found] == [ONE_SIDE, OTHER_SIDE] * 6
    assert len({(p.x, p.y) for p in found}) == 12


def test_places_lie_only_where_people_live_and_where_the_drill_may_go() -> None:
    here = drawn()
    counts = people(here)
    counts.loc[f"{OTHER_SIDE}.01.1001", "value"] = np.nan
    assert {p.kode[:5] for p in fire_drill.incidents(here, counts, list(here.grid.units), 5, 1)} == {ONE_SIDE}
    assert fire_drill.incidents(here, people(here), [], 5, 1) == []
    with pytest.raises(ValueError, match="incidents"):
        fire_drill.incidents(here, people(here), [], fire_drill.MOST_INCIDENTS + 1, 1)


def test_the_nearest_unit_answers_and_says_how_surely() -> None:
    found = fire_drill.answers(drawn(), TIMING, [at(19_000)]).loc[1]
    assert (found["closed_post"], found["open_post"]) == ("a", "b")
    assert found["closed"] == found["closed_low"] == found["closed_high"] == pytest.approx(20)
    assert found["open"] == pytest.approx(7)
    assert (found["closed_in_time"], found["open_in_time"], found["open_share"]) == (0, 1, 1)


def test_an_unknown_address_gives_a_range_and_a_probability() -> None:
    here = toy(region("r", ONE_SIDE, ONE_SIDE), post("b", OTHER_SIDE, 40_000))
    found = fire_drill.answers(here, TIMING, [at(0)]).loc[1]
    assert found["closed_low"] == pytest.approx(2 + 1, abs=0.5)
    assert found["closed_high"] == pytest.approx(2 + 19, abs=0.5)
    assert found["closed_in_time"] == pytest.approx(13 / 20, abs=1 / 64)


def test_a_side_without_a_known_post_has_no_answer_of_its_own() -> None:
    found = fire_drill.answers(toy(post("b", OTHER_SIDE, 21_000)), TIMING, [at(19_000)]).loc[1]
    assert found["closed_post"] == ""
    assert np.isnan(found["closed"])
    assert found["open_post"] == "b"
    assert fire_drill.answers(toy(), TIMING, [at(0)]).loc[1, "open_post"] == ""


@pytest.mark.parametrize(
    ("call", "arrival", "expected"),
    [
        ("14:05", "14.20", 15),
        ("14:05:30", "14:06", 0.5),
        ("23:58", "00:10", 12),
        ("", "14:00", None),
        ("9.05", " 09:10 ", 5),
    ],
)
def test_minutes_between_two_times(call: str, arrival: str, expected: float | None) -> None:
    assert fire_drill.elapsed(call, arrival) == expected


@pytest.mark.parametrize(
    ("call", "arrival", "code"), [("25:00", "", "jam"), ("jam dua", "", "jam"), ("10:00", "09:00", "lama")]
)
def test_what_is_no_time_is_refused(call: str, arrival: str, code: str) -> None:
    with pytest.raises(DrillError) as caught:
        fire_drill.elapsed(call, arrival)
    assert caught.value.code == code


def log_of(call: str, arrival: str) -> pd.DataFrame:
    return pd.DataFrame([[call, arrival, "Regu 1", ""]], columns=list(fire_drill.LOGGED), index=[1])


def test_real_times_are_held_against_the_model() -> None:
    here = toy(region("r", ONE_SIDE, ONE_SIDE))
    model = fire_drill.answers(here, TIMING, [at(0)])
    inside = fire_drill.compare(model, log_of("10:00", "10:12"), "closed").loc[1]
    assert inside["minutes"] == 12
    assert inside["difference"] == pytest.approx(12 - cell(model, 1, "closed"))
    assert inside["inside"] is True
    assert fire_drill.compare(model, log_of("10:00", "10:40"), "closed").loc[1, "inside"] is False
    empty = fire_drill.compare(model, log_of("", ""), "closed").loc[1]
    assert np.isnan(empty["minutes"])
    assert empty["inside"] is None
    assert cell(fire_drill.compare(model, log_of("x", ""), "closed"), 1, "problem").column == "jam_panggilan"


def rows() -> pd.DataFrame:
    lines = [
        {"koridor": "k", "benih": "7", "nomor": str(p.number), "kode": p.kode, "jam_panggilan": "10:00",
         "jam_tiba": "10:09", "unit_datang": "'=Regu", "catatan": "", "menit_nyata": "9"}
        for p in places(2)
    ]  # fmt: skip
    return pd.DataFrame(lines, index=[2, 3])


def test_an_exported_log_comes_back() -> None:
    found = fire_drill.imported(rows(), places(2), "k", 7)
    assert found.index.tolist() == [1, 2]
    assert found["unit_datang"].tolist() == ["=Regu", "=Regu"]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("koridor", "lain", "koridor"),
        ("benih", "8", "benih"),
        ("nomor", "1", "nomor"),
        ("nomor", "99", "nomor"),
        ("kode", "10.01.01.1009", "kode"),
        ("jam_tiba", "besok", "jam"),
        ("jam_tiba", "09:59", "lama"),
        ("catatan", "x" * 201, "panjang"),
    ],
)
def test_a_log_that_does_not_fit_is_refused_with_line_and_column(column: str, value: str, code: str) -> None:
    bad = rows()
    bad.loc[3, column] = value
    with pytest.raises(DrillError) as caught:
        fire_drill.imported(bad, places(2), "k", 7)
    assert (caught.value.code, caught.value.row, caught.value.column) == (code, 3, column)


def test_a_log_with_another_number_of_rows_is_named() -> None:
    with pytest.raises(DrillError) as caught:
        fire_drill.imported(rows().iloc[:1], places(2), "k", 7)
    assert (caught.value.code, caught.value.value) == ("jumlah", "1")
