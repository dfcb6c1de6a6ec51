"""Drills on both databases: every press once, in an order that no reader can miss, and nothing for who has no code."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from analysis.fire.live_drill import Basis, Kind, Place, Standing, Station, log
from records.database import ConflictError, Database
from records.drills import reading, store, taking_part
from records.drills.store import DrillEntryError
from records.drills.tables import DrillRow, PressRow
from records.drills.taking_part import OverError, RefusedError, UnknownDrillError
from records.models import Account, AuditEntry, now
from records.permissions import READER, Action, Actor, ForbiddenError
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.records.drilling import NAMES, PLACES, POSTS, a_press, joined, key_of_phone, opened


@pytest.fixture
def editor(database: Database) -> Actor:
    """An editor of one side."""
    return signed_in(database, "bekasi")


def entries(editor: Actor, key: int) -> list[tuple[str, Standing]]:
    """Kind and standing of every line of the log, in its order."""
    drill, _, presses = reading.followed(editor, key)
    return [(e.press.kind.value, e.standing) for e in log(drill, presses)]


def test_what_is_sent_again_stands_once(editor: Actor) -> None:
    key, code = opened(editor)
    phone, one = joined(code), a_press()
    for _ in range(3):
        assert taking_part.press(code, phone, [one, one], now()) == {one["id"]: ""}
    again = {**one, "kind": "tiba"}
    assert taking_part.press(code, phone, [again], now()) == {one["id"]: ""}, "the first stands"
    assert entries(editor, key) == [("panggilan", Standing.COUNTED)]
    phone_again = phone
    taking_part.join(code, phone_again, BEKASI, "", False, "Unit", now())
    assert len(reading.followed(editor, key)[1]) == 1, "joining twice makes no second participant"


def test_another_participant_cannot_take_or_cancel_a_press(editor: Actor) -> None:
    key, code = opened(editor)
    mine, theirs, one = joined(code), joined(code, DEPOK), a_press()
    taking_part.press(code, mine, [one], now())
    assert taking_part.press(code, theirs, [{**one, "kind": "tiba"}], now()) == {one["id"]: "taken"}
    undo = a_press("batal", cancels=one["id"])
    assert taking_part.press(code, theirs, [undo], now()) == {undo["id"]: "unknown"}
    assert entries(editor, key) == [("panggilan", Standing.COUNTED)]


def test_a_mistake_is_cancelled_by_a_row_of_its_own(editor: Actor, database: Database) -> None:
    key, code = opened(editor)
    phone, one = joined(code), a_press("berangkat")
    undo = a_press("batal", cancels=one["id"])
    assert set(taking_part.press(code, phone, [one, undo, a_press("berangkat")], now()).values()) == {""}
    assert [e[1] for e in entries(editor, key)].count(Standing.CANCELLED) == 1
    with database.read() as session:
        assert len(session.scalars(select(PressRow)).all()) == 3, "nothing is deleted"
        noted = session.scalars(select(AuditEntry).where(AuditEntry.table_name == "drill_presses")).all()
    assert [(e.action, e.who) for e in noted] == [("insert", noted[0].who)] * 3
    assert noted[0].who.startswith(f"(drill {key}, participant ")


def test_the_room_sets_right_what_a_phone_forgot_or_pressed_by_mistake(editor: Actor, database: Database) -> None:
    key, code = opened(editor)
    phone, one = joined(code), a_press("tiba")
    taking_part.press(code, phone, [one], now())
    store.cancel(editor, key, one["id"], now())
    drill, (who,), _ = reading.followed(editor, key)
    store.add(editor, key, who.id, 1, Kind.DEPARTURE, drill.opened, now())
    _, _, presses = reading.followed(editor, key)
    assert [(p.kind, p.by_room) for p in presses] == [
        (Kind.ARRIVAL, False),
        (Kind.CANCEL, True),
        (Kind.DEPARTURE, True),
    ]
    other = signed_in(database, "verifier")
    for actor in (other, READER, Actor("(drill)", drill=key)):
        with pytest.raises(ForbiddenError):
            store.cancel(actor, key, one["id"], now())
        with pytest.raises(ForbiddenError):
            store.add(actor, key, who.id, 1, Kind.CALL, now(), now())
    for wrong in (
        {"incident": 9}, {"kind": Kind.CANCEL}, {"participant": 99}, {"at": drill.opened - timedelta(seconds=1)},
        {"at": now() + timedelta(hours=1)},
    ):  # fmt: skip
        values = {"participant": who.id, "incident": 1, "kind": Kind.CALL, "at": drill.opened, "now": now(), **wrong}
        with pytest.raises(DrillEntryError):
            store.add(editor, key, **values)  # type: ignore[arg-type]
    with pytest.raises(DrillEntryError):
        store.cancel(editor, key, "no such press", now())


def test_an_absurd_clock_is_noted_and_not_refused(editor: Actor) -> None:
    key, code = opened(editor)
    phone = joined(code)
    in_2010 = datetime(2010, 1, 1, tzinfo=UTC)
    behind = store.milliseconds(now()) - store.milliseconds(in_2010)
    sent = [
        a_press(at=in_2010, offset=behind),
        a_press("berangkat", at=in_2010, offset=None),
        a_press("tiba", ms=8_640_000_000_000_000, offset=8_640_000_000_000_000),
        a_press("selesai", at=now() + timedelta(minutes=5)),
    ]
    assert set(taking_part.press(code, phone, sent, now()).values()) == {""}
    drill, _, presses = reading.followed(editor, key)
    found = {e.press.kind: e for e in log(drill, presses)}
    assert {kind.value: e.basis for kind, e in found.items()} == {
        "panggilan": Basis.PHONE, "berangkat": Basis.SERVER, "tiba": Basis.SERVER, "selesai": Basis.SERVER,
    }  # fmt: skip
    assert all(abs(e.at - now()) < timedelta(minutes=1) for e in found.values())
    assert found[Kind.CALL].press.offset_ms == behind


WRONG_PRESSES: list[dict[str, object]] = [
    {"kind": "meledak"}, {"kind": None}, {"kind": []}, {"incident": 9}, {"incident": "1"}, {"incident": True},
    {"incident": None}, {"ms": None}, {"ms": "now"}, {"ms": 1.5}, {"ms": float("nan")}, {"ms": 10**30},
    {"offset": "x"}, {"offset": 10**18}, {"uncertainty": -1}, {"uncertainty": True}, {"cancels": "x" * 32},
    {"cancels": 3}, {"cancels": None}, {"kind": "batal"},
]  # fmt: skip


def test_what_is_no_press_is_refused_and_the_others_are_kept(editor: Actor) -> None:
    key, code = opened(editor)
    phone = joined(code)
    bad, good = [{**a_press(), **wrong} for wrong in WRONG_PRESSES], a_press()
    told = taking_part.press(code, phone, [*bad, good], now())
    assert told == {**{one["id"]: "form" for one in bad}, good["id"]: ""}
    assert len(entries(editor, key)) == 1


def test_a_list_that_cannot_be_is_refused_whole(editor: Actor) -> None:
    key, code = opened(editor)
    phone = joined(code)
    for sent in ([], ["x"], [None], [{"id": 3}], [{"id": "'; DROP TABLE drills; --"}], [a_press()] * 50):
        with pytest.raises(RefusedError):
            taking_part.press(code, phone, [*sent, a_press()] if sent else sent, now())
    assert entries(editor, key) == []


def test_after_the_end_nobody_joins_and_what_was_pressed_before_is_still_taken(editor: Actor) -> None:
    key, code = opened(editor)
    phone = joined(code)
    pressed_before = a_press(at=now())
    ended = now() + timedelta(seconds=1)
    store.close(editor, key, reading.followed(editor, key)[0].version, ended)
    later = ended + timedelta(hours=1)
    pressed_after = a_press("tiba", at=later)
    assert set(taking_part.press(code, phone, [pressed_before, pressed_after], later).values()) == {""}
    assert entries(editor, key) == [("panggilan", Standing.COUNTED), ("tiba", Standing.AFTER)]
    for act in (
        lambda: taking_part.join(code, key_of_phone(), BEKASI, "", False, "Unit", later),
        lambda: taking_part.look(code, later),
        lambda: taking_part.press(code, phone, [a_press()], ended + timedelta(hours=25)),
    ):
        with pytest.raises(OverError):
            act()
    assert len(taking_part.since(code, phone, 0).presses) == 2, "who took part still sees the log"


def test_a_forged_code_or_key_opens_nothing(editor: Actor) -> None:
    key, real = opened(editor)
    phone = joined(real)
    for forged in ("", "AAAAAAAA", "'; DROP--", "<script>", "ABCD234", "x" * 5000, "ABCD\x00234"):
        for act in (
            lambda code: taking_part.look(code, now()),
            lambda code: taking_part.join(code, key_of_phone(), BEKASI, "", False, "Unit", now()),
            lambda code: taking_part.since(code, phone, 0),
            lambda code: taking_part.press(code, phone, [a_press()], now()),
            lambda code: taking_part.since(real, code, 0),
            lambda _: taking_part.press(real, key_of_phone(), [a_press()], now()),
        ):
            with pytest.raises(UnknownDrillError):
                act(forged)
    assert entries(editor, key) == []


def test_a_phone_of_one_drill_is_nobody_in_another(editor: Actor) -> None:
    (_, one), (_, other) = opened(editor), opened(editor)
    phone = joined(one)
    with pytest.raises(UnknownDrillError):
        taking_part.press(other, phone, [a_press()], now())
    with pytest.raises(UnknownDrillError):
        taking_part.join(other, phone, BEKASI, "", False, "Unit", now())


def test_with_a_code_nothing_else_can_be_written(editor: Actor, database: Database) -> None:
    (key, _), (other, _) = opened(editor), opened(editor)
    holder = Actor("(drill)", drill=key)
    with pytest.raises(ForbiddenError), database.write(holder, Action.TAKE_PART) as session:
        session.add(Account(name="mallory", title="Mallory"))
    with pytest.raises(ForbiddenError), database.write(holder, Action.TAKE_PART) as session:
        session.get_one(DrillRow, key).title = "mine"
    with pytest.raises(ForbiddenError), database.write(holder, Action.TAKE_PART) as session:
        row = PressRow(drill_id=other, number=1, press_id="x" * 32, participant_id=1, incident=1, kind=Kind.CALL)
        row.phone_ms = 0
        session.add(row)
    for action in set(Action) - {Action.TAKE_PART, Action.READ}:
        with pytest.raises(ForbiddenError), database.write(holder, action, BEKASI):
            pass


def test_names_are_one_line_of_text(editor: Actor) -> None:
    key, code = opened(editor)
    names = {
        "Pos \u202eevil": "Pos evil", "a\x00b\nc": "ab c", "<img src=x onerror=a()>": "<img src=x onerror=a()>",
        "\ud800x": "x", "=1+1": "=1+1", "y" * 500: "y" * 60, "{0}{name}": "{0}{name}",
    }  # fmt: skip
    for name in names:
        joined(code, name=name)
    assert [p.name for p in reading.followed(editor, key)[1]] == list(names.values())
    for nothing in ("\u200b\u2066", "", " \n"):
        with pytest.raises(RefusedError):
            joined(code, name=nothing)


def test_nobody_joins_for_a_post_that_is_not_of_the_side(editor: Actor) -> None:
    _, code = opened(editor)
    wrongs: list[dict[str, object]] = [
        {"side": "99.99"}, {"side": ""}, {"post": "b"}, {"post": "x"}, {"room": True, "post": "a"},
        {"side": DEPOK, "post": "a"},
    ]  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(RefusedError):
            joined(code, **wrong)  # type: ignore[arg-type]


def test_a_drill_takes_so_many_participants_and_presses(editor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = opened(editor)
    monkeypatch.setattr(taking_part, "MOST_PARTICIPANTS", 2)
    monkeypatch.setattr(taking_part, "MOST_PRESSES", 3)
    phone, _ = joined(code), joined(code)
    with pytest.raises(RefusedError, match="many"):
        joined(code)
    assert list(taking_part.press(code, phone, [a_press() for _ in range(4)], now()).values()) == ["", "", "", "many"]


def test_only_editors_of_a_side_open_end_and_see_the_code(editor: Actor, database: Database) -> None:
    depok, verifier, admin = (signed_in(database, name) for name in ("depok", "verifier", "admin"))
    key, _ = opened(editor)
    assert reading.code_of(depok, key), "either side leads it"
    for actor in (verifier, admin, READER):
        with pytest.raises(ForbiddenError):
            opened(actor)
        with pytest.raises(ForbiddenError):
            reading.code_of(actor, key)
        with pytest.raises(ForbiddenError):
            store.close(actor, key, 1, now())
    assert reading.followed(verifier, key)[0].id == key
    for actor in (admin, READER):
        with pytest.raises(ForbiddenError):
            reading.followed(actor, key)
        assert reading.listed(actor, "bekasi-depok", NAMES) == ()
    with pytest.raises(ForbiddenError):
        reading.followed(editor, 999)
    store.close(depok, key, 1, now())
    with pytest.raises(ConflictError):
        store.close(editor, key, 1, now())
    with database.read() as session:
        assert session.get_one(DrillRow, key).code not in str([e.after for e in session.scalars(select(AuditEntry))])


def test_what_cannot_be_a_drill_is_refused(editor: Actor) -> None:
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"title": " \u200b"}, "title"), ({"title": "x" * 121}, "title"), ({"hours": 0.01}, "closes"),
        ({"hours": 25}, "closes"), ({"places": []}, "places"),
        ({"places": [Place(n, "x", "x", 0, 0) for n in range(13)]}, "places"),
        ({"posts": [Station("x", "x", "x")] * 401}, "posts"),
    ]  # fmt: skip
    for wrong, field in wrongs:
        given = {"title": "Latihan", "hours": 2.0, "places": PLACES, "posts": POSTS, **wrong}
        closes = now() + timedelta(hours=given["hours"])
        with pytest.raises(DrillEntryError) as told:
            store.open_drill(
                editor, NAMES, "bekasi-depok", given["title"], closes, given["places"], given["posts"], now()
            )
        assert told.value.field == field


def test_who_reads_by_number_misses_nothing_while_many_press(editor: Actor, database: Database) -> None:
    """A number that is seen means that every smaller one can be seen."""
    _, code = opened(editor)
    phones, done = [joined(code) for _ in range(6)], threading.Event()
    seen: list[int] = []

    def read() -> None:
        reader = phones[0]
        while True:
            last = done.is_set()
            found = taking_part.since(code, reader, seen[-1] if seen else 0).presses
            seen.extend(p.number for p in found)
            if last and not found:
                return

    def write(phone: str) -> None:
        for _ in range(8):
            taking_part.press(code, phone, [a_press(), a_press("tiba")], now())

    reader, writers = threading.Thread(target=read), [threading.Thread(target=write, args=(p,)) for p in phones]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert seen == list(range(1, 6 * 8 * 2 + 1))


def test_a_long_log_comes_in_parts(editor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = opened(editor)
    phone = joined(code)
    taking_part.press(code, phone, [a_press() for _ in range(5)], now())
    monkeypatch.setattr(taking_part, "MOST_SENT", 2)
    assert [[p.number for p in taking_part.since(code, phone, n).presses] for n in (0, 2, 4, 5)] == [
        [1, 2],
        [3, 4],
        [5],
        [],
    ]
    sent = taking_part.as_sent(taking_part.since(code, phone, 3))
    assert (sent["last"], [line["number"] for line in sent["log"]]) == (5, [4, 5])
