"""Reports of residents on both databases: taken in once, looked through by their own office, shown only then."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.agreements.model import Sector
from analysis.citizen_reports.deadlines import working_day_after
from analysis.citizen_reports.lifecycle import Reason, Step, StepError
from analysis.citizen_reports.model import Kind, Refusal, Report, State
from records import backup
from records.citizen_reports import reading, retention, store
from records.citizen_reports.entries import ReportError, without_persons
from records.citizen_reports.tables import EventRow, PhotoRow, ReportRow
from records.citizen_reports.working_days import YEARS, days_off
from records.database import ConflictError, Database
from records.models import AuditEntry, now
from records.permissions import COMMAND_LINE, READER, RESIDENT, Action, Actor, ForbiddenError
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.shipped import HOSTILE

KODE = "32.75.08.1001"
VALUES = {
    "kode": KODE,
    "sector": Sector.ROADS,
    "text": "Jalan berlubang di depan pasar",
    "point": (106.912345, -6.34561),
}
PUBLISH = Step(State.PUBLISHED, kind=Kind.SIMPLE)
REFUSE = Step(State.REFUSED, reason=Refusal.UNCLEAR, note="Mohon sebut tempatnya")


def sent(**more: Any) -> str:
    """A report that came in; its ticket number."""
    form = store.new_form()
    assert store.receive(form, VALUES | more).new
    return store.ticket_of(form)


def of(ticket: str) -> Report:
    found = reading.of_ticket(ticket)
    assert found is not None
    return found[0]


def done(actor: Actor, ticket: str, *steps: Step) -> Report:
    """The report after these steps."""
    for step in steps:
        now = of(ticket)
        store.act(actor, now.key, now.last.number, step)
    return of(ticket)


def count(database: Database, kind: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_nothing_shows_before_an_office_has_published_it(database: Database) -> None:
    ticket = sent()
    assert reading.published() == ()
    assert reading.own(READER) == ()
    [waiting] = reading.waiting()
    assert (waiting.owner, waiting.text, waiting.point) == (BEKASI, "", None)
    report = of(ticket)
    assert report.state is State.WAITING
    verifier = signed_in(database, "verifier")
    assert [r.key for r in reading.own(verifier)] == [report.key]
    assert reading.own(verifier)[0].point == (106.9123, -6.3456)
    done(verifier, ticket, PUBLISH)
    [shown] = reading.published()
    assert (shown.text, shown.point) == (VALUES["text"], None)
    assert reading.waiting() == ()


def test_a_refused_report_shows_nowhere_and_its_resident_is_told_why(database: Database) -> None:
    ticket = sent()
    report = done(signed_in(database, "bekasi"), ticket, REFUSE)
    assert (report.state, report.last.reason, report.last.note) == (
        State.REFUSED,
        Refusal.UNCLEAR,
        "Mohon sebut tempatnya",
    )
    assert reading.published() == ()


@pytest.mark.parametrize("again", [{}, {"text": "Yang lain sama sekali"}])
def test_a_form_that_is_sent_twice_counts_once(database: Database, again: dict[str, str]) -> None:
    form = store.new_form()
    assert store.receive(form, VALUES) == store.Received(new=True)
    assert store.receive(form, VALUES | again) == store.Received(new=False, same=not again)
    assert count(database, ReportRow) == count(database, EventRow) == 1
    assert of(store.ticket_of(form)).text == VALUES["text"]


def test_two_sends_in_the_same_moment_count_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    form, look = store.new_form(), store._before
    store.receive(form, VALUES)
    blind = iter([True, False])

    def late(session: Session, ticket: str, clean: dict[str, Any]) -> store.Received | None:
        return None if next(blind) else look(session, ticket, clean)

    monkeypatch.setattr(store, "_before", late)
    assert store.receive(form, VALUES) == store.Received(new=False)
    assert count(database, ReportRow) == 1


def test_a_ticket_cannot_be_guessed_and_is_not_kept(database: Database) -> None:
    tickets = {store.ticket_of(store.new_form()) for _ in range(2000)}
    assert len(tickets) == 2000
    signs = {sign for ticket in tickets for sign in ticket.replace("-", "")}
    assert len(signs) == 32, "every sign has five bits, sixteen of them eighty"
    ticket = sent()
    assert store.typed_ticket(ticket.lower().replace("-", " ")) == ticket
    assert store.typed_ticket("O" * 16) == "0000-0000-0000-0000"
    assert store.typed_ticket("") == store.typed_ticket("' OR 1=1 --") == store.typed_ticket("Ü" * 16) == ""
    assert reading.of_ticket("0000-0000-0000-0000") is None
    with database.read() as session:
        kept = session.scalars(select(ReportRow.ticket_hash)).one()
        noted = str([(entry.before, entry.after) for entry in session.scalars(select(AuditEntry))])
    assert ticket not in kept
    assert ticket not in noted
    assert kept not in noted


def test_the_audit_trail_says_that_a_report_came_and_not_what_it_says(database: Database) -> None:
    done(signed_in(database, "bekasi"), sent(), PUBLISH, Step(State.ANSWERED, note="Ditambal besok"))
    with database.read() as session:
        entries = [e for e in session.scalars(select(AuditEntry)) if e.table_name.startswith("citizen")]
    assert [(e.who, e.action, e.table_name) for e in entries] == [
        ("(resident)", "insert", "citizen_reports"),
        ("(resident)", "insert", "citizen_report_events"),
        ("bekasi", "insert", "citizen_report_events"),
        ("bekasi", "insert", "citizen_report_events"),
    ]
    assert "berlubang" not in str([e.after for e in entries])
    assert entries[2].after is not None
    assert entries[2].after["state"] == "tayang"


ACTS: dict[str, Callable[[Actor, Report], None]] = {
    "publish": lambda actor, r: store.act(actor, r.key, 0, PUBLISH),
    "refuse": lambda actor, r: store.act(actor, r.key, 0, REFUSE),
    "duplicate": lambda actor, r: store.act(actor, r.key, 0, Step(State.DUPLICATE, first=1)),
    "photo": lambda actor, r: (reading.photo(r.key, actor), None)[1],
}
MAY = {"bekasi", "both", "verifier"}


@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("name", ["bekasi", "depok", "both", "verifier", "admin", "nobody", "reader", "resident"])
def test_who_may_look_through_reports(database: Database, name: str, what: str) -> None:
    first, ticket = sent(), sent()
    done(signed_in(database, "first", [("editor", BEKASI)]), first, PUBLISH)  # type: ignore[list-item]
    actor = {"reader": READER, "resident": RESIDENT}.get(name) or signed_in(database, name)
    report, written = of(ticket), count(database, EventRow)
    if name in MAY:
        ACTS[what](actor, report)
        return
    with pytest.raises(ForbiddenError):
        ACTS[what](actor, report)
    assert count(database, EventRow) == written
    assert report.key not in [r.key for r in reading.own(actor)]


def test_only_the_command_line_forgets_and_the_form_writes_nothing_else(database: Database) -> None:
    ticket = sent()
    bekasi = signed_in(database, "bekasi")
    done(bekasi, ticket, REFUSE)
    late = datetime.now(UTC) + timedelta(days=2)
    for actor in (READER, RESIDENT, signed_in(database, "depok"), signed_in(database, "admin")):
        with pytest.raises(ForbiddenError):
            retention.forget(actor, late)
    for action in set(Action) - {Action.READ, Action.REPORT}:
        with pytest.raises(ForbiddenError), database.write(RESIDENT, action, BEKASI):
            pass
    with pytest.raises(ForbiddenError), database.write(RESIDENT, Action.REPORT, BEKASI) as session:
        session.scalars(select(ReportRow)).one().text = "lain"
        session.flush()


def test_what_was_refused_is_forgotten_after_its_time(database: Database) -> None:
    form = store.new_form()
    store.receive(form, VALUES, b"\xff\xd8 pixels")
    refused, waits = store.ticket_of(form), sent()
    done(signed_in(database, "bekasi"), refused, REFUSE)
    assert reading.photo_of_ticket(refused) == b"\xff\xd8 pixels"
    assert retention.forget(COMMAND_LINE, datetime.now(UTC) - timedelta(days=retention.DAYS)) == 0
    assert retention.forget(COMMAND_LINE, datetime.now(UTC) + timedelta(days=2)) == 1
    gone = of(refused)
    assert (gone.text, gone.point, gone.photo, gone.last.reason) == ("", None, False, Refusal.UNCLEAR)
    assert count(database, PhotoRow) == 0
    assert of(waits).text == VALUES["text"]
    assert retention.forget(COMMAND_LINE, datetime.now(UTC) + timedelta(days=2)) == 0


def test_the_second_of_two_is_told_and_nothing_happens_twice(database: Database) -> None:
    bekasi, verifier = signed_in(database, "bekasi"), signed_in(database, "verifier")
    report = of(sent())
    store.act(bekasi, report.key, 0, PUBLISH)
    for step in (PUBLISH, REFUSE):
        with pytest.raises(ConflictError):
            store.act(verifier, report.key, 0, step)
    with pytest.raises(ConflictError):
        store.act(verifier, 99, 0, PUBLISH)
    assert count(database, EventRow) == 2


def test_a_step_that_cannot_follow_writes_nothing(database: Database) -> None:
    bekasi, ticket = signed_in(database, "bekasi"), sent()
    with pytest.raises(StepError) as refused:
        done(bekasi, ticket, Step(State.DONE, note="x"))
    assert refused.value.reason is Reason.NOT_NEXT
    with pytest.raises(ReportError):
        done(bekasi, ticket, Step(State.REFUSED, reason=Refusal.UNCLEAR, note="x" * 2001))
    with pytest.raises(ReportError):
        done(bekasi, ticket, PUBLISH, Step(State.FORWARDED, owner="x"))
    assert of(ticket).state is State.PUBLISHED


def test_the_other_side_goes_on_with_what_was_passed_to_it(database: Database) -> None:
    bekasi, depok, ticket = signed_in(database, "bekasi"), signed_in(database, "depok"), sent()
    report = done(bekasi, ticket, PUBLISH, Step(State.FORWARDED, owner=DEPOK))
    assert report.owner == DEPOK
    with pytest.raises(ForbiddenError):
        done(bekasi, ticket, Step(State.ANSWERED, note="x"))
    assert [r.key for r in reading.own(depok)] == [report.key]
    assert done(depok, ticket, Step(State.ANSWERED, note="Kami kerjakan")).state is State.ANSWERED


def test_duplicates_lead_to_the_first_also_over_two_steps_and_are_counted_there(database: Database) -> None:
    bekasi, first, second, third = signed_in(database, "bekasi"), sent(), sent(), sent()
    for ticket in (first, second):
        done(bekasi, ticket, PUBLISH)
    done(bekasi, third, Step(State.DUPLICATE, first=of(second).key))
    done(bekasi, second, Step(State.DUPLICATE, first=of(first).key))
    done(bekasi, first, Step(State.ANSWERED, note="Sudah ditambal"))
    for ticket in (second, third):
        found = reading.of_ticket(ticket)
        assert found is not None
        assert found[1].last.note == "Sudah ditambal"
    [shown] = reading.published()
    assert reading.duplicates([shown]) == {shown.key: 2}
    with pytest.raises(StepError):
        done(bekasi, first, Step(State.DUPLICATE, first=of(third).key))


def test_a_reply_opens_the_report_again_and_only_the_office_reads_it(database: Database) -> None:
    bekasi, ticket = signed_in(database, "bekasi"), sent()
    with pytest.raises(StepError):
        store.reply(ticket, "belum ada jawaban")
    done(bekasi, ticket, PUBLISH, Step(State.ANSWERED, note="Sudah ditambal"))
    store.reply(ticket, "Belum, hubungi 0812-3456-7890")
    report = of(ticket)
    assert (report.state, report.last.by_resident, report.last.note) == (State.PUBLISHED, True, "Belum, hubungi […]")
    assert reading.own(bekasi)[0].last.note == "Belum, hubungi […]"
    assert reading.published()[0].last.note == ""
    with pytest.raises(StepError):
        store.reply(ticket, "sekali lagi")
    done(bekasi, ticket, Step(State.ANSWERED, note="Kini sudah"))
    late = datetime.combine(working_day_after(reading.day_of(now()), 11, days_off()), datetime.min.time(), UTC)
    with pytest.raises(StepError):
        store.reply(ticket, "terlambat", late)
    with pytest.raises(ConflictError):
        store.reply("0000-0000-0000-0000", "bukan tiket")


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"text": ""}, "text", "empty"),
        ({"text": " \x00\x07\u202e "}, "text", "empty"),
        ({"text": "pendek"}, "text", "short"),
        ({"text": "x" * 2001}, "text", "long"),
        ({"text": "\u200b" * 100_000}, "text", "long"),
        ({"sector": ""}, "sector", "empty"),
        ({"sector": "'; DROP TABLE"}, "sector", "unknown"),
        ({"kode": ""}, "place", "unknown"),
        ({"kode": "32.75"}, "place", "unknown"),
        ({"kode": HOSTILE}, "place", "unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    database: Database, values: dict[str, str], field: str, reason: str
) -> None:
    with pytest.raises(ReportError) as refused:
        sent(**values)
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert count(database, ReportRow) == count(database, AuditEntry) == 0


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("NIK saya 3275010101900001.", "NIK saya […]."),
        ("NIK 3275 0101 0190 0001", "NIK […]"),
        ("NIK 3275-0101-0190-0001", "NIK […]"),
        ("NIK 3275.0101.0190.0001", "NIK […]"),
        ("NIK 3275\u200b0101\u200b01900001", "NIK […]"),
        ("NIK ３２７５０１０１０１９００００１", "NIK […]"),
        ("nik ٣٢٧٥٠١٠١٠١٩٠٠٠٠١", "nik […]"),
        ("KK:3275010101900001dan lain", "KK:[…]dan lain"),
        ("wa 081234567890", "wa […]"),
        ("wa 0812 3456 7890", "wa […]"),
        ("wa +62 812-3456-7890", "wa […]"),
        ("wa (+62) 812 3456 7890", "wa ([…]"),
        ("wa 6281234567890", "wa […]"),
        ("wa 81234567890", "wa […]"),
        ("kantor (021) 8899 7766", "kantor […]"),
        ("telp 021-88997766", "telp […]"),
        ("surel budi.s@warga.example", "surel […]"),
        ("RT 003/RW 004, gang 12", "RT 003/RW 004, gang 12"),
        ("RT 05 RW 012 No. 27", "RT 05 RW 012 No. 27"),
        ("Rp 12.500.000 dari 2024-2025", "Rp 12.500.000 dari 2024-2025"),
        ("kode pos 17432, 62.500 jiwa, 106,9123", "kode pos 17432, 62.500 jiwa, 106,9123"),
        ("17/08/2026 pukul 08.30", "17/08/2026 pukul 08.30"),
        ("baris satu\r\nbaris dua\x00\x1b[31m", "baris satu baris dua[31m"),
    ],
)
def test_numbers_of_persons_are_struck_out_and_others_stay(typed: str, stored: str) -> None:
    assert without_persons(typed) == stored


def test_hostile_text_stays_text(database: Database) -> None:
    report = done(signed_in(database, "bekasi"), sent(text=HOSTILE), PUBLISH, Step(State.ANSWERED, note=HOSTILE))
    assert (report.text, report.last.note) == (HOSTILE.replace("\u2028", " "),) * 2


def test_reports_survive_backup_and_restore_with_their_photos(database: Database, tmp_path: Any) -> None:
    form = store.new_form()
    store.receive(form, VALUES, b"\xff\xd8 pixels")
    done(signed_in(database, "bekasi"), store.ticket_of(form), PUBLISH)
    backup.backup(database, tmp_path / "b.zip")
    backup.restore(database, tmp_path / "b.zip", replace=True)
    report = of(store.ticket_of(form))
    assert (report.state, reading.photo(report.key)) == (State.PUBLISHED, b"\xff\xd8 pixels")


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2024-04-05", 3, "2024-04-18"),  # Idul Fitri 10-11 April, cuti bersama 8, 9, 12 and 15 April
        ("2025-03-27", 1, "2025-04-08"),  # Nyepi, Idul Fitri 31 March-1 April, and the days off around them
        ("2026-03-17", 1, "2026-03-25"),  # Nyepi 19 March, Idul Fitri 21-22 March, cuti bersama 18, 20, 23, 24 March
        ("2027-03-08", 1, "2027-03-16"),  # Idul Fitri as estimated, cuti bersama around it
        ("2025-12-24", 3, "2025-12-31"),  # Christmas and the day after
        ("2025-12-31", 3, "2026-01-06"),  # the end of the year
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_the_clock_over_indonesian_holidays(received: str, days: int, due: str) -> None:
    assert working_day_after(date.fromisoformat(received), days, days_off()) == date.fromisoformat(due)


def test_every_year_has_its_holidays() -> None:
    for year in YEARS:
        assert {date(year, 1, 1), date(year, 8, 17), date(year, 12, 25)} <= days_off()
    for day in ("2024-04-10", "2025-03-31", "2026-03-21", "2027-03-10"):
        assert date.fromisoformat(day) in days_off(), "Idul Fitri"
