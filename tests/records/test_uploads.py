"""Files that are submitted, published, rejected, cancelled and withdrawn: who may, what stays, what is refused."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from data.versions import in_force
from records import audit
from records.database import Database
from records.models import Role
from records.permissions import COMMAND_LINE, READER, Actor, ForbiddenError
from records.uploads import reading, store
from records.uploads.entries import Submission, UploadError, packed
from records.uploads.tables import Kind, UploadRow, Verdict
from tests.records.acting import BEKASI, DEPOK, signed_in

TODAY, DAY = date(2026, 11, 29), date(2024, 12, 31)
ROWS = [("32.75.01.1001", "penduduk", 100.0, None), ("32.75.01.1002", "penduduk", 200.0, 2024)]
FILE = Submission(Kind.PEOPLE, BEKASI, "penduduk.xlsx", "a" * 64, 10, DAY, "", {"habits": {"x": "id"}}, ROWS)
ACTORS = {
    "author": [(Role.EDITOR, BEKASI), (Role.VERIFIER, BEKASI)],
    "editor": [(Role.EDITOR, BEKASI)],
    "verifier": [(Role.VERIFIER, BEKASI)],
    "depok editor": [(Role.EDITOR, DEPOK)],
    "depok verifier": [(Role.VERIFIER, DEPOK)],
    "admin": [(Role.ADMIN, "")],
    "nobody": [],
}
Cast = dict[str, Actor]


@pytest.fixture
def cast(database: Database) -> Cast:
    """Everybody of `ACTORS`, a reader and the command line."""
    found = {name: signed_in(database, name, grants) for name, grants in ACTORS.items()}
    return found | {"reader": READER, "command line": COMMAND_LINE}


def digest(rows: object = ROWS) -> str:
    return sha256(packed(Kind.PEOPLE, BEKASI, rows)).hexdigest()  # type: ignore[arg-type]


def published(cast: Cast, file: Submission = FILE) -> int:
    key = store.submit(cast["author"], file, TODAY)
    newest = max((v.number for v in reading.history() or ()), default=0)
    return store.publish(cast["verifier"], key, sha256(packed(file.kind, BEKASI, file.rows)).hexdigest(), newest)


DO: dict[str, tuple[Callable[[Actor, int, int], object], set[str]]] = {
    "submit": (
        lambda actor, key, number: store.submit(actor, replace(FILE, rows=ROWS[:1]), TODAY),
        {"author", "editor"},
    ),
    "publish": (lambda actor, key, number: store.publish(actor, key, digest(ROWS[1:]), number), {"verifier"}),
    "reject": (lambda actor, key, number: store.reject(actor, key, "salah"), {"verifier"}),
    "cancel": (lambda actor, key, number: store.cancel(actor, key), {"author", "editor"}),
    "withdraw": (lambda actor, key, number: store.withdraw(actor, number, "salah"), {"author", "verifier"}),
    "read what waits": (lambda actor, key, number: reading.rows_of(actor, key), {"author", "editor", "verifier"}),
}


@pytest.mark.parametrize("action", DO)
def test_matrix_of_actors_and_actions(cast: Cast, action: str) -> None:
    do, may = DO[action]
    number = published(cast)
    key = store.submit(cast["author"], replace(FILE, rows=ROWS[1:], sha256="b" * 64), TODAY)
    before = state(cast)
    for name in sorted(set(cast) - may):
        with pytest.raises(ForbiddenError):
            do(cast[name], key, number)
        assert state(cast) == before, name
    store.cancel(cast["author"], key)
    for turn, name in enumerate(sorted(may)):
        rows = [("32.75.01.1002", "penduduk", float(turn), None)]
        number = published(cast, replace(FILE, rows=rows))
        key = store.submit(cast["author"], replace(FILE, rows=ROWS[1:], sha256="b" * 64), TODAY)
        before = state(cast)
        do(cast[name], key, number)
        assert (state(cast) == before) is (action == "read what waits")
        for one in reading.submitted(cast["author"]):
            if one.state == "waiting":
                store.cancel(cast["author"], one.key)


def state(cast: Cast) -> object:
    return [(one.key, one.state, one.number) for one in reading.submitted(cast["author"])]


def test_a_round_leaves_everything_on_record(cast: Cast, database: Database) -> None:
    assert reading.history() == ()
    number = published(cast)
    [version] = reading.history() or ()
    assert (number, version.kind, version.kabkota, version.day) == (1, "penduduk", BEKASI, DAY)
    assert version.rows == (("32.75.01.1001", "penduduk", 100.0, None), ("32.75.01.1002", "penduduk", 200.0, 2024))
    store.withdraw(cast["verifier"], number, "keliru bulan")
    [version] = reading.history() or ()
    assert (version.why, in_force([version]), in_force([version], 1)) == ("keliru bulan", (), (version,))
    [one] = reading.submitted(cast["editor"])
    assert (one.state, one.number, one.author, one.verifier, one.sha256) == (
        "withdrawn", 1, "Author", "Verifier", "a" * 64,
    )  # fmt: skip
    [public] = reading.published()
    assert (public.author, public.verifier, public.account) == ("", "", 0)
    with database.read() as session:
        rows = audit.entries(session, cast["admin"])
        of_uploads = [(r.who, r.action, r.table_name, r.file) for r in rows if r.table_name.startswith("upload")]
    assert of_uploads == [
        ("verifier", "insert", "upload_decisions", None),
        ("verifier", "insert", "upload_decisions", None),
        ("author", "insert", "uploads", "penduduk.xlsx"),
    ]
    with pytest.raises(UploadError, match="decided"):
        store.withdraw(cast["verifier"], number, "lagi")


def test_row_9_the_count_of_a_stored_file_is_that_of_the_rows_that_are_read_back(cast: Cast) -> None:
    for turn in (1, 2):  # the first time as the second
        rows = [(f"32.75.01.100{n}", "penduduk", float(100 * turn), None) for n in range(1, 3 + turn)]
        key = store.submit(cast["author"], replace(FILE, rows=rows, sha256=str(turn) * 64), TODAY)
        [one] = [one for one in reading.submitted(cast["author"]) if one.key == key]
        assert one.count == len(reading.rows_of(cast["verifier"], key)) == len(rows)


def test_only_what_was_seen_is_published(cast: Cast) -> None:
    first = store.submit(cast["author"], FILE, TODAY)
    with pytest.raises(UploadError, match="changed"):
        store.publish(cast["verifier"], first, "0" * 64, 0)
    corrected = replace(FILE, rows=ROWS[:1], revises=first)
    second = store.submit(cast["editor"], corrected, TODAY)
    with pytest.raises(UploadError, match="changed"):
        store.publish(cast["verifier"], first, digest(), 0)
    with pytest.raises(UploadError, match="newer"):
        store.publish(cast["verifier"], second, digest(ROWS[:1]), 5)
    assert store.publish(cast["verifier"], second, digest(ROWS[:1]), 0) == 1
    with pytest.raises(UploadError, match="decided"):
        store.publish(cast["verifier"], second, digest(ROWS[:1]), 1)


def test_a_correction_reopens_and_replaces_a_published_version_as_a_whole(cast: Cast) -> None:
    number = published(cast)
    [one] = reading.submitted(cast["author"])
    store.submit(cast["author"], replace(FILE, rows=ROWS[:1], sha256="b" * 64, revises=one.key), TODAY)
    waiting, old = reading.submitted(cast["author"])
    assert (waiting.state, old.state) == ("waiting", "published")
    assert [v.number for v in in_force(reading.history() or ())] == [number]
    store.publish(cast["verifier"], waiting.key, digest(ROWS[:1]), number)
    history = reading.history() or ()
    assert [v.number for v in in_force(history)] == [2]
    assert [v.number for v in in_force(history, 1)] == [1]
    store.withdraw(cast["verifier"], 2, "ternyata yang pertama benar")
    assert [v.number for v in in_force(reading.history() or ())] == [1]
    with pytest.raises(UploadError, match="decided"):
        store.submit(cast["author"], replace(FILE, revises=one.key), TODAY)


def test_the_reasons_for_which_a_file_is_not_taken(cast: Cast) -> None:
    wrong = {
        "empty": {"rows": []},
        "row_twice": {"rows": [*ROWS, ROWS[0]]},
        "other_kabkota": {"rows": [("32.76.01.1001", "penduduk", 1.0, None)]},
        "day": {"day": date(2027, 1, 1)},
        "note_long": {"note": "x" * 1001},
        "row": {"rows": [("32.75.01.1001", "penduduk", float("nan"), None)]},
        "many_rows": {"rows": [("32.75.01.1001", "penduduk", 1.0, None)] * 60_001},
    }
    for reason, values in wrong.items():
        with pytest.raises(UploadError) as told:
            store.submit(cast["author"], replace(FILE, **values), TODAY)  # type: ignore[arg-type]
        assert told.value.reason == reason
    store.submit(cast["author"], FILE, TODAY)
    with pytest.raises(UploadError, match="there"):
        store.submit(cast["editor"], FILE, TODAY)
    with pytest.raises(UploadError, match="reason"):
        store.reject(cast["verifier"], 1, " ")
    assert len(reading.submitted(cast["author"])) == 1


def test_no_more_files_wait_than_somebody_can_look_at(cast: Cast) -> None:
    for n in range(store.MOST_WAITING):
        store.submit(cast["author"], replace(FILE, rows=[("32.75.01.1001", "penduduk", float(n), None)]), TODAY)
    with pytest.raises(UploadError, match="many_waiting"):
        store.submit(cast["author"], FILE, TODAY)


def test_two_who_publish_at_once_get_two_numbers_or_one_looks_again(cast: Cast) -> None:
    keys = [
        store.submit(cast["author"], replace(FILE, rows=[("32.75.01.1001", "penduduk", n, None)]), TODAY)
        for n in (1.0, 2.0)
    ]
    told: list[str] = []

    def publish(key: int, value: float) -> None:
        try:
            seen = digest([("32.75.01.1001", "penduduk", value, None)])
            told.append(str(store.publish(cast["verifier"], key, seen, 0)))
        except UploadError as error:
            told.append(error.reason)

    both = [threading.Thread(target=publish, args=pair) for pair in zip(keys, (1.0, 2.0), strict=True)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) == ["1", "newer"]


def test_rows_that_were_tampered_with_are_not_shown(cast: Cast, database: Database) -> None:
    key = store.submit(cast["author"], FILE, TODAY)
    with database.changing_tables() as connection:
        connection.exec_driver_sql("UPDATE uploads SET rows_sha256 = sha256")
    with pytest.raises(UploadError, match="damaged"):
        reading.rows_of(cast["verifier"], key)


def test_how_names_were_read_is_remembered_for_the_office(cast: Cast, database: Database) -> None:
    read: list[dict[str, Any]] = [{"places": {"a": "1"}, "codes": ""}, {"places": {"a": "2", "b": "3"}}]
    for n, mapping in enumerate(read):
        rows = [("32.75.01.1001", "penduduk", float(n), None)]
        store.submit(cast["author"], replace(FILE, mapping=mapping, rows=rows), TODAY)
    assert reading.remembered(BEKASI) == {"places": {"a": "2", "b": "3"}}
    assert reading.remembered(DEPOK) == {}
    with database.read() as session:
        assert {row.count for row in session.scalars(select(UploadRow))} == {1}
    assert set(Verdict) == {"publish", "reject", "cancel", "withdraw"}


SQUARE = "POLYGON ((106.9 -6.3, 107 -6.3, 107 -6.2, 106.9 -6.2, 106.9 -6.3))"


@pytest.mark.parametrize(
    ("kode", "polygon", "reason"),
    [
        ("32.75.01.1001", SQUARE, ""),
        ("32.76.01.1001", SQUARE, "other_kabkota"),
        ("32.75.01", SQUARE, "row"),
        ("32.75.01.1001", "POINT (106.9 -6.3)", "row"),
        ("32.75.01.1001", "POLYGON ((106.9 -6.3, 107 -6.2, 107 -6.3, 106.9 -6.2, 106.9 -6.3))", "row"),
        ("32.75.01.1001", SQUARE.replace("106.9", "6.9"), "row"),
        ("32.75.01.1001", "POLYGON EMPTY", "row"),
        ("32.75.01.1001", "=cmd()", "row"),
        ("32.75.01.1001", None, "row"),
    ],
)
def test_a_boundary_that_cannot_be_is_not_stored(cast: Cast, kode: str, polygon: Any, reason: str) -> None:
    file = replace(FILE, kind=Kind.BOUNDARIES, rows=[(kode, polygon)])
    if not reason:
        assert store.submit(cast["author"], file, TODAY)
        return
    with pytest.raises(UploadError) as error:
        store.submit(cast["author"], file, TODAY)
    assert error.value.reason == reason
