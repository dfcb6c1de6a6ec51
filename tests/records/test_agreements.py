"""Agreements of offices on both databases: stages, ends, sides, conflicts, attachments; who may do what."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from analysis.agreements import standing
from analysis.agreements.lifecycle import SIGNED_FIELDS, Reason, StepError
from analysis.agreements.model import Actor as Participant
from analysis.agreements.model import Addendum, Document, Dprd, End, Recommendation, Sector, Stage, on_day
from analysis.agreements.model import Role as Part
from analysis.agreements.standing import Standing
from records.agreements import attachments, entries, reading, store
from records.agreements.entries import EntryError
from records.agreements.tables import AgreementRow, PartyRow
from records.database import ConflictError, Database
from records.models import AuditEntry, Role
from records.permissions import READER, Action, Actor, ForbiddenError
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.shipped import HOSTILE

TODAY = date(2026, 11, 28)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
VALUES = {"title": "Damkar perbatasan", "sectors": (Sector.FIRE,), "dprd": Dprd.NOT_NEEDED}


def entered(actor: Actor, document: Document = Document.PKS, **more: Any) -> int:
    key = reading.key_of(store.create(actor, document, (BEKASI, DEPOK), VALUES | more, TODAY))
    assert key is not None
    return key


def version(key: int) -> int:
    return next(a.version for a in reading.agreements() if a.id == f"kantor-{key}")


def test_an_agreement_from_its_draft_to_its_end(database: Database) -> None:
    bekasi, depok = signed_in(database, "bekasi"), signed_in(database, "depok")
    key = entered(bekasi, starts=date(2026, 1, 1), ends=date(2026, 12, 31), actors=(Participant(Part.BUSINESS, "PT"),))
    [agreement] = reading.agreements()
    assert (agreement.stage, standing.standing(agreement, TODAY)) == (Stage.PKS_DRAFT, Standing.PREPARATION)
    store.advance(depok, key, version(key), Stage.PKS_SIGNING, date(2026, 12, 5), TODAY)
    store.sign(bekasi, key, version(key), TODAY, TODAY)
    store.advance(bekasi, key, version(key), Stage.IMPLEMENTATION, None, TODAY)
    store.add_addendum(depok, key, version(key), Addendum("1/ADD", TODAY, "lebih lama", date(2027, 6, 30)), TODAY)
    advice = {"realised": "10 latihan", "obstacle": "-", "recommendation": Recommendation.CONTINUE}
    store.evaluate(depok, key, DEPOK, 2026, 0, advice, TODAY)
    [agreement] = reading.agreements()
    assert standing.standing(agreement, date(2027, 6, 30)) is Standing.IN_FORCE
    assert agreement.evaluations[0].kode == DEPOK
    assert agreement.actors == (Participant(Part.BUSINESS, "PT"),)
    store.finish(bekasi, key, version(key), End.GOAL_REACHED, TODAY, TODAY)
    [agreement] = reading.agreements()
    assert (agreement.end, standing.standing(agreement, date(2026, 11, 29))) == (End.GOAL_REACHED, Standing.OVER)
    renewal = store.create(depok, Document.PKS, agreement.sides, store.renewal_of(agreement), TODAY)
    assert next(a for a in reading.agreements() if a.id == renewal).renews == agreement.id
    with database.read() as session:
        noted = session.scalars(select(AuditEntry.table_name)).all()
    assert {"agreements", "agreement_addenda", "agreement_evaluations"} <= set(noted)


def test_a_step_that_cannot_follow_writes_nothing(database: Database) -> None:
    bekasi = signed_in(database, "bekasi")
    key = entered(bekasi, dprd=Dprd.UNJUDGED)
    with pytest.raises(StepError) as refused:
        store.advance(bekasi, key, version(key), Stage.PKS_SIGNING, None, TODAY)
    assert refused.value.reason is Reason.DPRD_UNJUDGED
    with pytest.raises(StepError):
        store.finish(bekasi, key, version(key), End.TERM_OVER, TODAY, TODAY)
    assert version(key) == 1
    assert reading.agreements()[0].stage is Stage.PKS_DRAFT


def test_the_second_who_saves_is_told_sees_both_versions_and_loses_nothing(database: Database) -> None:
    bekasi, depok = signed_in(database, "bekasi"), signed_in(database, "depok")
    key = entered(bekasi)
    read = version(key)
    store.change_shared(bekasi, key, read, {"scope": "dari Bekasi"})
    with pytest.raises(ConflictError) as conflict:
        store.change_shared(depok, key, read, {"scope": "dari Depok"})
    assert (conflict.value.stored["scope"], conflict.value.typed["scope"]) == ("dari Bekasi", "dari Depok")
    store.change_side(depok, key, DEPOK, 0, {"office": "Damkar"})
    with pytest.raises(ConflictError):
        store.change_side(depok, key, DEPOK, 0, {"office": "Dinas lain"})
    for late in (
        lambda: store.advance(depok, key, read, Stage.PKS_SIGNING, None, TODAY),
        lambda: store.sign(depok, key, read, TODAY, TODAY),
        lambda: store.finish(depok, key, read, End.LAW_CHANGED, TODAY, TODAY),
        lambda: store.add_addendum(depok, key, read, Addendum("1", TODAY, "x"), TODAY),
        lambda: store.change_shared(depok, 99, 1, {"scope": ""}),
    ):
        with pytest.raises(ConflictError):
            late()


WRITES: dict[str, Callable[[Actor, int], object]] = {
    "create": lambda a, key: entered(a),
    "shared": lambda a, key: store.change_shared(a, key, version(key), {"scope": "x"}),
    "advance": lambda a, key: store.advance(a, key, version(key), Stage.PKS_SIGNING, None, TODAY),
    "project": lambda a, key: store.save_project(a, None, 0, (BEKASI, DEPOK), {"title": "Jalan"}),
    "depok side": lambda a, key: store.change_side(a, key, DEPOK, 0, {"office": "Damkar"}),
    "depok file": lambda a, key: attachments.attach(a, key, DEPOK, "a.pdf", PDF),
    "depok year": lambda a, key: store.evaluate(
        a, key, DEPOK, 2026, 0, {"realised": "x", "recommendation": "lanjut"}, TODAY
    ),
}
MAY = {"bekasi": {"create", "shared", "advance", "project"}, "depok": set(WRITES), "both": set(WRITES)}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("name", ["bekasi", "depok", "both", "verifier", "admin", "nobody", "reader"])
def test_who_may_write_what(database: Database, name: str, write: str) -> None:
    both = signed_in(database, "both")
    key = entered(both, starts=date(2026, 1, 1))
    actor = both if name == "both" else READER if name == "reader" else signed_in(database, name)
    if write in MAY.get(name, set()):
        WRITES[write](actor, key)
        return
    before = len(reading.agreements()), len(reading.projects()), attachments.of_agreement(key), version(key)
    with pytest.raises(ForbiddenError):
        WRITES[write](actor, key)
    assert before == (len(reading.agreements()), len(reading.projects()), attachments.of_agreement(key), version(key))


def test_rows_are_guarded_even_when_a_write_names_the_wrong_side(database: Database) -> None:
    bekasi = signed_in(database, "bekasi")
    key = entered(bekasi)
    with pytest.raises(ForbiddenError), database.write(bekasi, Action.EDIT, BEKASI) as session:
        session.add(PartyRow(agreement_id=key, kabkota=DEPOK, **dict.fromkeys(entries.SIDE, "")))
    with pytest.raises(ForbiddenError), database.write(bekasi, Action.EDIT, BEKASI) as session:
        row = session.get(AgreementRow, key)
        assert row is not None
        row.parties = f"{DEPOK};36.04"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"scope": "x" * 4001}, "scope"),
        ({"starts": TODAY, "ends": date(2026, 1, 1)}, "ends"),
        ({"rupiah": -1}, "rupiah"),
        ({"rupiah": 10**15}, "rupiah"),
        ({"sectors": ("angkasa",)}, "sectors"),
        ({"kode": ("a;b",)}, "kode"),
        ({"stage": Stage.REPORTING}, "stage"),
        ({"signed": TODAY}, "signed"),
    ],
)
def test_what_cannot_be_is_refused_by_field(database: Database, values: dict[str, Any], field: str) -> None:
    bekasi = signed_in(database, "bekasi")
    with pytest.raises(EntryError) as refused:
        entered(bekasi, **values)
    assert refused.value.field == field
    assert reading.agreements() == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no_pdf"),
        (b"MZ" + PDF, "no_pdf"),
        (b"%PDF-1.7 and nothing", "no_pdf"),
        (b"<html>%PDF-1.7%%EOF", "no_pdf"),
        (PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(x)>>>>", 1), "active"),
        (b"%PDF-1.7" + b"0" * attachments.MOST_BYTES + b"%%EOF", "large"),
    ],
)
def test_only_a_pdf_of_bounded_size_is_attached(database: Database, content: bytes, reason: str) -> None:
    bekasi = signed_in(database, "bekasi")
    key = entered(bekasi)
    with pytest.raises(EntryError) as refused:
        attachments.attach(bekasi, key, BEKASI, "a.pdf", content)
    assert refused.value.reason == reason
    assert attachments.of_agreement(key) == ()


def test_an_attachment_comes_back_as_it_was_and_keeps_its_hash(database: Database) -> None:
    bekasi = signed_in(database, "bekasi")
    key = entered(bekasi)
    attachments.attach(bekasi, key, BEKASI, "naskah\x00\n<b>.pdf", PDF)
    [found] = attachments.of_agreement(key)
    assert (found.name, found.size, attachments.content_of(found.id)) == ("naskah<b>.pdf", len(PDF), PDF)
    with pytest.raises(EntryError):
        attachments.attach(bekasi, key, BEKASI, "lagi.pdf", PDF)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE agreement_attachments SET content = :other"), {"other": b"x"})
    assert attachments.content_of(found.id) == b""


def test_hostile_text_is_kept_as_it_was_typed(database: Database) -> None:
    bekasi = signed_in(database, "bekasi")
    texts: dict[str, Any] = {
        name: HOSTILE for name, usual in entries.SHARED.items() if usual == "" and name not in ("renews", "under")
    }
    key = entered(bekasi, **texts)
    store.change_side(bekasi, key, BEKASI, 0, dict.fromkeys(entries.SIDE, HOSTILE[:120].strip()))
    store.save_project(bekasi, None, 0, (BEKASI,), {"title": HOSTILE, "place": HOSTILE, "note": HOSTILE})
    [agreement] = reading.agreements()
    assert agreement.title.id == agreement.scope == agreement.note.en == HOSTILE
    assert agreement.parties[0].duties == HOSTILE[:120].strip()
    assert reading.projects()[0].title.id == HOSTILE


def test_a_project_is_changed_by_its_parties_only(database: Database) -> None:
    bekasi, depok = signed_in(database, "bekasi"), signed_in(database, "depok")
    id_ = store.save_project(bekasi, None, 0, (BEKASI,), {"title": "Jalan", "rupiah": 5, "since": TODAY})
    key = int(id_.removeprefix(reading.PROJECT_PREFIX))
    with pytest.raises(ForbiddenError):
        store.save_project(depok, key, 1, (DEPOK,), {"title": "Punya kami"})
    store.save_project(bekasi, key, 1, (), {"status": "done"})
    with pytest.raises(ConflictError):
        store.save_project(bekasi, key, 1, (), {"status": "talks"})
    assert not reading.projects()[0].outstanding


@pytest.mark.parametrize("code", ["", "3275", "32.75.10", "<b>", "32.7x", "32.75;32.76", "٣٢"])
def test_a_party_is_a_province_or_a_kabkota(database: Database, code: str) -> None:
    with pytest.raises(EntryError, match="parties"):
        store.create(signed_in(database, "bekasi"), Document.KB, (BEKASI, code), VALUES, TODAY)
    assert reading.agreements() == ()


def signed(actor: Actor, **more: Any) -> int:
    """A PKS that was signed today."""
    key = entered(actor, starts=TODAY, ends=date(2027, 12, 31), **more)
    store.advance(actor, key, version(key), Stage.PKS_SIGNING, None, TODAY)
    store.sign(actor, key, version(key), TODAY, TODAY)
    return key


def test_who_takes_part_and_parties_can_be_changed_before_the_signing(database: Database) -> None:
    bekasi, depok = signed_in(database, "bekasi"), signed_in(database, "depok")
    key = entered(bekasi, actors=(Participant(Part.BUSINESS, "PT"),))
    others = (Participant(Part.MINISTRY, "Kementerian"), Participant(Part.COMMUNITY, " "))
    store.change_shared(bekasi, key, 1, {"actors": others, "parties": (BEKASI, DEPOK, "32.01")})
    [agreement] = reading.agreements()
    assert agreement.actors == others[:1]
    assert agreement.sides == (BEKASI, DEPOK, "32.01")
    with pytest.raises(ConflictError) as conflict:
        store.change_shared(depok, key, 1, {"actors": (), "parties": (DEPOK, BEKASI)})
    assert (conflict.value.stored["parties"], conflict.value.typed["parties"]) == (
        f"{BEKASI};{DEPOK};32.01",
        f"{DEPOK};{BEKASI}",
    )
    with database.read() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.who, (last.before or {})["parties"]) == ("bekasi", f"{BEKASI};{DEPOK}")


SIDES_OF_DEPOK: dict[str, Callable[[Actor, int], None]] = {
    "shared": lambda a, key: store.change_shared(a, key, version(key), {"scope": "dari Depok"}),
    "its own": lambda a, key: store.change_side(a, key, DEPOK, 0, {"office": "Damkar"}),
    "a file": lambda a, key: attachments.attach(a, key, DEPOK, "a.pdf", PDF),
}


@pytest.mark.parametrize("what", SIDES_OF_DEPOK)
def test_who_has_entered_something_is_never_taken_out(database: Database, what: str) -> None:
    bekasi, depok = signed_in(database, "bekasi"), signed_in(database, "depok")
    key = entered(bekasi)
    SIDES_OF_DEPOK[what](depok, key)
    for actor in (bekasi, depok):
        for parties in ((BEKASI, "32.01"), (DEPOK, "32.01")):
            with pytest.raises((EntryError, ForbiddenError)):
                store.change_shared(actor, key, version(key), {"parties": parties})
    assert reading.agreements()[0].sides == (BEKASI, DEPOK)


def test_a_wrong_party_that_has_entered_nothing_gives_way_and_loses_its_rights(database: Database) -> None:
    bekasi, depok = signed_in(database, "bekasi"), signed_in(database, "depok")
    bogor = signed_in(database, "bogor", [(Role.EDITOR, "32.01")])
    key = entered(bekasi)
    with pytest.raises(ForbiddenError):
        store.change_shared(bogor, key, 1, {"parties": (BEKASI, "32.01")})
    store.change_shared(bekasi, key, 1, {"parties": (BEKASI, "32.01")})
    for write in (
        lambda: store.change_shared(depok, key, 2, {"scope": "x"}),
        lambda: store.change_shared(depok, key, 2, {"parties": (BEKASI, DEPOK)}),
        lambda: store.change_side(depok, key, DEPOK, 0, {"office": "x"}),
    ):
        with pytest.raises((ForbiddenError, EntryError)):
            write()
    store.change_shared(bogor, key, 2, {"scope": "dari Bogor"})
    assert reading.agreements()[0].entered_by == (BEKASI, "32.01")


@pytest.mark.parametrize(
    ("parties", "error"),
    [((BEKASI,), EntryError), ((BEKASI, BEKASI), EntryError), ((), EntryError), ((BEKASI, "<b>"), EntryError),
     ((DEPOK, "32.01"), ForbiddenError)],
)  # fmt: skip
def test_nobody_writes_himself_out_or_the_others_away(database: Database, parties: Any, error: type[Exception]) -> None:
    both, depok = signed_in(database, "both"), signed_in(database, "depok")
    bekasi = signed_in(database, "bekasi")
    key = entered(bekasi)
    for actor in (bekasi, both, depok):
        with pytest.raises((error, EntryError)):
            store.change_shared(actor, key, 1, {"parties": parties})
    assert (reading.agreements()[0].sides, version(key)) == ((BEKASI, DEPOK), 1)


def test_what_the_signed_paper_says_is_not_changed_any_more(database: Database) -> None:
    bekasi = signed_in(database, "bekasi")
    key = signed(bekasi)
    [before] = reading.agreements()
    other: dict[str, Any] = {
        "parties": (BEKASI, DEPOK, "32.01"), "title": "x", "category": "wajib", "sectors": ("water",), "object": "x",
        "scope": "x", "kode": ("32.75.10",), "starts": date(2026, 1, 1), "ends": date(2030, 1, 1), "dprd": "wajib",
        "dprd_requested": TODAY, "dprd_approved": TODAY, "rupiah": 1, "funding": "x",
    }  # fmt: skip
    assert set(other) == set(SIGNED_FIELDS)
    for name, value in other.items():
        with pytest.raises(StepError) as refused:
            store.change_shared(bekasi, key, version(key), {name: value, "note": "ikut"})
        assert refused.value.reason is Reason.NEEDS_ADDENDUM, name
    assert reading.agreements() == (before,)
    free = {
        "note": "catatan",
        "actors": (Participant(Part.BUSINESS, "PT"),),
        "under": "kb",
        "renews": "",
        "stage_due": TODAY,
    }
    store.change_shared(bekasi, key, version(key), {**free, "title": before.title.id})
    assert reading.agreements()[0].note.id == "catatan"


def test_an_addendum_carries_the_new_values_with_it(database: Database) -> None:
    bekasi, depok = signed_in(database, "bekasi"), signed_in(database, "depok")
    key = signed(bekasi)
    read = version(key)
    addendum = Addendum("1/ADD", TODAY, "ditambah satu kelurahan", date(2028, 6, 30))
    store.add_addendum(depok, key, read, addendum, TODAY, {"kode": ("32.75.10.1002",), "rupiah": 7})
    [agreement] = reading.agreements()
    assert (agreement.kode, agreement.rupiah, agreement.addenda) == (("32.75.10.1002",), (7,), (addendum,))
    with pytest.raises(ConflictError):
        store.add_addendum(bekasi, key, read, addendum, TODAY, {"rupiah": 8})
    with pytest.raises(EntryError):
        store.add_addendum(bekasi, key, version(key), addendum, TODAY, {"parties": (BEKASI, "32.01")})
    draft = entered(bekasi)
    with pytest.raises(StepError):
        store.add_addendum(bekasi, draft, 1, addendum, TODAY, {"rupiah": 8})
    assert version(draft) == 1


def test_a_verifier_puts_a_signed_entry_right_with_a_reason_that_stays(database: Database) -> None:
    bekasi, verifier = signed_in(database, "bekasi"), signed_in(database, "verifier")
    other = signed_in(database, "other", [(Role.VERIFIER, "36.04")])
    key = signed(bekasi)
    yesterday, read = date(2026, 11, 27), version(key)
    wrong = {"title": "Damkar di batas", "signed": yesterday}
    for actor in (bekasi, other, signed_in(database, "admin"), READER):
        with pytest.raises(ForbiddenError):
            store.correct(actor, key, read, wrong, "salah ketik", TODAY)
    for values, reason in ((wrong, " "), ({"signed": None}, "x"), ({"signed": date(2026, 11, 29)}, "x"),
                           ({"parties": (BEKASI,)}, "x"), ({"ends": date(2020, 1, 1)}, "x"), ({}, "x"),
                           ({"stage": Stage.REPORTING}, "x")):  # fmt: skip
        with pytest.raises(EntryError):
            store.correct(verifier, key, read, values, reason, TODAY)
    with pytest.raises(ForbiddenError):
        store.change_shared(verifier, key, read, {"note": "x"})
    store.correct(verifier, key, read, wrong, "salah ketik", TODAY)
    [agreement] = reading.agreements()
    assert (agreement.title.id, agreement.signed) == ("Damkar di batas", on_day(yesterday))
    assert agreement.entered_by == (BEKASI,)
    [correction] = agreement.corrections
    assert (correction.by, set(correction.fields), correction.reason) == ((BEKASI,), set(wrong), "salah ketik")
    with pytest.raises(ConflictError):
        store.correct(verifier, key, read, {"title": "Lain"}, "terlambat", TODAY)
    draft = entered(bekasi)
    with pytest.raises(StepError):
        store.correct(verifier, draft, 1, {"title": "Lain"}, "x", TODAY)
    with database.read() as session:
        tables = session.scalars(select(AuditEntry.table_name).where(AuditEntry.who == "verifier")).all()
    assert set(tables) == {"agreements", "agreement_corrections"}


def test_a_verifier_writes_nothing_of_a_side(database: Database) -> None:
    bekasi, verifier = signed_in(database, "bekasi"), signed_in(database, "verifier")
    key = entered(bekasi)
    with pytest.raises(ForbiddenError), database.write(verifier, Action.VERIFY, BEKASI) as session:
        session.add(PartyRow(agreement_id=key, kabkota=BEKASI, **dict.fromkeys(entries.SIDE, "")))


def test_parties_of_a_project_follow_the_same_rule(database: Database) -> None:
    bekasi, depok = signed_in(database, "bekasi"), signed_in(database, "depok")
    id_ = store.save_project(bekasi, None, 0, (BEKASI,), {"title": "Jalan"})
    key = int(id_.removeprefix(reading.PROJECT_PREFIX))
    store.save_project(bekasi, key, 1, (BEKASI, DEPOK), {"title": "Jalan"})
    with pytest.raises(EntryError):
        store.save_project(depok, key, 2, (DEPOK,), {"title": "Punya kami"})
    store.save_project(bekasi, key, 2, (BEKASI,), {"title": "Jalan"})
    with pytest.raises(ForbiddenError):
        store.save_project(depok, key, 3, (), {"title": "Punya kami"})
    [project] = reading.projects()
    assert (project.parties, project.entered_by) == ((BEKASI,), (BEKASI,))


@pytest.mark.parametrize("code", ["", "Jatikarya", "32.75.10.12", "32.75.10.1002;", "<script>"])
def test_a_place_is_the_code_of_a_unit(database: Database, code: str) -> None:
    with pytest.raises(EntryError, match="kode"):
        entered(signed_in(database, "bekasi"), kode=("32.75.10.1002", code))
    assert reading.agreements() == ()
