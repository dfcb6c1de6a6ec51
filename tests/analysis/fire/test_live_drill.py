"""A drill measured by hand: moments, what counts, and the phases of a call."""

from datetime import UTC, datetime, timedelta

import pytest

from analysis.fire.live_drill import (
    Basis,
    Drill,
    Entry,
    Kind,
    Participant,
    Place,
    Press,
    Standing,
    Station,
    log,
    measured,
    moment,
    observations,
)
from analysis.fire.live_evaluation import written_log

OPENED = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
DRILL = Drill(
    1, 1, ("32.75", "32.76"), {"32.75": "Kota Bekasi", "32.76": "Kota Depok"}, "Latihan", "bekasi-depok", OPENED,
    OPENED + timedelta(hours=2), None, (Place(1, "32.75.10.1001", "Jatikarya", 106.9, -6.4),),
    (Station("a", "32.75", "Pos A"), Station("b", "32.76", "Pos B")),
)  # fmt: skip
ROOM, OWN, OTHER = (
    Participant(1, "32.75", "", True, "Ruang"),
    Participant(2, "32.75", "a", False, "Pos A"),
    Participant(3, "32.76", "b", False, "Pos B"),
)
EVERYBODY = (ROOM, OWN, OTHER)


def press(number: int, who: Participant, kind: Kind, minute: float, **more: object) -> Press:
    """A press so many minutes after the opening, by a phone whose clock is right."""
    at = OPENED + timedelta(minutes=minute)
    values = {"phone_ms": round(at.timestamp() * 1000), "offset_ms": 0, "uncertainty_ms": 5, "received": at, **more}
    return Press(number, str(number), who.id, 1, kind, **values)  # type: ignore[arg-type]


HELD = (
    press(1, ROOM, Kind.CALL, 0),
    press(2, OWN, Kind.CALL, 1.5),
    press(3, OTHER, Kind.CALL, 4.5),
    press(4, OWN, Kind.DEPARTURE, 3.5),
    press(5, OTHER, Kind.DEPARTURE, 5.5),
    press(6, OWN, Kind.ARRIVAL, 15.5),
    press(7, OTHER, Kind.ARRIVAL, 13.5),
)


def values(entries: list[Entry]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for one in observations(DRILL, EVERYBODY, entries, {("a", 1): 5000.0}, 1.2, 1.0):
        found.setdefault(one.quantity, []).append(round(one.value, 6))
    return found


def test_the_phases_of_a_call() -> None:
    # 5 km of straight line are 6 km of road, in 12 minutes; the post of the other side has no sure place.
    assert values(log(DRILL, HELD)) == {"call": [1.5], "delay": [3.0], "turnout": [2.0, 1.0], "speed": [30.0]}


def test_without_a_room_the_assumed_call_handling_is_taken_off() -> None:
    assert values(log(DRILL, HELD[1:])) == {"delay": [2.0], "turnout": [2.0, 1.0], "speed": [30.0]}


def test_count_median_and_range() -> None:
    found = measured(observations(DRILL, EVERYBODY, log(DRILL, HELD), {}, 1.2, 1.0))
    one = found["turnout"]
    assert (one.count, one.middle, one.low, one.high) == (2, 1.5, 1.0, 2.0)
    assert "speed" not in found


def test_what_is_cancelled_or_outside_does_not_count_and_stays_in_sight() -> None:
    cancelled = press(8, OWN, Kind.CANCEL, 16, cancels="4")
    again = press(9, OWN, Kind.DEPARTURE, 5.5)
    before, after = press(10, OWN, Kind.CALL, -1), press(11, OTHER, Kind.ARRIVAL, 130)
    entries = log(DRILL, (*HELD, cancelled, again, before, after))
    assert len(entries) == 11
    assert [e.press.number for e in entries] == [10, 1, 2, 4, 3, 5, 9, 7, 6, 8, 11]
    standing = {e.press.number: e.standing for e in entries}
    assert (standing[4], standing[10], standing[11]) == (Standing.CANCELLED, Standing.BEFORE, Standing.AFTER)
    found = values(entries)
    assert found["turnout"] == [4.0, 1.0]
    assert found["speed"] == [36.0]


def test_a_second_press_of_the_same_kind_changes_nothing() -> None:
    assert values(log(DRILL, (*HELD, press(8, OWN, Kind.DEPARTURE, 9)))) == values(log(DRILL, HELD))


def test_who_presses_without_driving_measures_no_speed() -> None:
    sitting = (press(1, OWN, Kind.DEPARTURE, 1), press(2, OWN, Kind.ARRIVAL, 1.5))
    assert values(log(DRILL, sitting)) == {}


def test_steps_in_the_wrong_order_measure_nothing() -> None:
    odd = [press(1, ROOM, Kind.CALL, 5), press(2, OWN, Kind.CALL, 3), press(3, OWN, Kind.DEPARTURE, 1)]
    odd.append(press(4, OWN, Kind.ARRIVAL, 0.5))
    assert values(log(DRILL, odd)) == {}


@pytest.mark.parametrize(
    ("more", "late", "basis"),
    [
        ({"offset_ms": 3000}, 3.0, Basis.SERVER),
        ({"offset_ms": 1000}, 1.0, Basis.PHONE),
        ({"offset_ms": 6000, "uncertainty_ms": 5000}, 6.0, Basis.PHONE),
        ({"offset_ms": None}, 0.0, Basis.SERVER),
        ({"offset_ms": -60_000}, -60.0, Basis.PHONE),
        ({"phone_ms": 0, "offset_ms": round(OPENED.timestamp() * 1000)}, 0.0, Basis.PHONE),
        ({"phone_ms": -(10**15), "offset_ms": 0}, 0.0, Basis.SERVER),
        ({"by_room": True}, 0.0, Basis.ROOM),
    ],
)
def test_the_moment_is_the_corrected_one_unless_it_cannot_be(
    more: dict[str, object], late: float, basis: Basis
) -> None:
    at, told = moment(press(1, OWN, Kind.CALL, 0, **more))
    assert told is basis
    assert (at - OPENED).total_seconds() == (0.0 if basis is Basis.SERVER else late)


def test_the_log_for_the_simulation_has_first_call_and_first_arrival() -> None:
    table = written_log(DRILL, EVERYBODY, log(DRILL, HELD))
    assert table.to_numpy().tolist() == [["09:00:00", "09:13:30", "Pos B", ""]]
    assert written_log(DRILL, EVERYBODY, []).to_numpy().tolist() == [["", "", "", ""]]
