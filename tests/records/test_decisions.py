"""Decisions of a meeting in the register: who may, what stands there, and that the trail names who."""

from datetime import date

import pytest
from sqlalchemy import select

from analysis.agreements.model import Document, ProjectStatus, Sector, Stage
from analysis.minutes import Decision
from records.agreements import decisions, reading
from records.agreements.decisions import DecisionError
from records.database import Database
from records.models import AuditEntry
from records.permissions import READER, ForbiddenError
from tests.records.acting import BEKASI, DEPOK, signed_in

TODAY = date(2026, 11, 28)
DECISION = Decision("Ambulans lintas batas", "Dinas Kesehatan", date(2027, 1, 31), "32.75.10.1002", "kesehatan")


def test_a_decision_becomes_a_draft_of_both_sides(database: Database) -> None:
    actor = signed_in(database, "depok")
    [id_] = decisions.enter(actor, "perjanjian", (BEKASI, DEPOK), [(DECISION, "Rapat")], TODAY)
    [one] = reading.agreements()
    assert (one.id, one.document, one.stage) == (id_, Document.KB, Stage.PREPARATION)
    assert (one.sides, one.kode, one.sectors) == ((BEKASI, DEPOK), ("32.75.10.1002",), (Sector.HEALTH,))
    assert (one.title.id, one.note.id, one.stage_due) == ("Ambulans lintas batas", "Rapat", date(2027, 1, 31))
    with database.read() as session:
        assert "depok" in session.scalars(select(AuditEntry.who)).all()


def test_or_a_project(database: Database) -> None:
    long = Decision("kata " * 199, "Dinas")
    decisions.enter(signed_in(database, "bekasi"), "proyek", (BEKASI, DEPOK), [(long, "Rapat")], TODAY)
    [one] = reading.projects()
    assert one.status is ProjectStatus.TALKS
    assert one.parties == (BEKASI, DEPOK)
    assert len(one.title.id) <= 300


def test_several_are_entered_in_the_order_of_the_minutes(database: Database) -> None:
    decided = [(Decision(f"Keputusan {n}", "Dinas"), "Rapat") for n in range(5)]
    ids = decisions.enter(signed_in(database, "bekasi"), "perjanjian", (BEKASI, DEPOK), decided, TODAY)
    assert [(a.id, a.title.id) for a in reading.agreements()] == [(id_, f"Keputusan {n}") for n, id_ in enumerate(ids)]


@pytest.mark.parametrize("kind", ["perjanjian", "proyek"])
def test_one_that_cannot_be_leaves_none_of_them(database: Database, kind: decisions.Kind) -> None:
    wrong = Decision("Salah", "Dinas", None, "bukan kode")
    decided = [(DECISION, "Rapat"), (wrong, "Rapat"), (DECISION, "Rapat")]
    with pytest.raises(DecisionError) as refused:
        decisions.enter(signed_in(database, "bekasi"), kind, (BEKASI, DEPOK), decided, TODAY)
    assert refused.value.number == 2
    assert (reading.agreements(), reading.projects()) == ((), ())


def test_a_failure_of_the_database_in_the_midst_leaves_none_and_no_trail(database: Database) -> None:
    actor = signed_in(database, "bekasi")
    wrong = Decision("Salah", "Dinas")
    # A text that no database holds: found when the row is written, after the first one was.
    decided = [(DECISION, "Rapat"), (wrong, "a\0b")]
    with pytest.raises(ValueError, match="no text"):
        decisions.enter(actor, "perjanjian", (BEKASI, DEPOK), decided, TODAY)
    assert reading.agreements() == ()
    with database.read() as session:
        assert "agreements" not in session.scalars(select(AuditEntry.table_name)).all()


@pytest.mark.parametrize("name", ["", "verifier", "admin", "nobody"])
@pytest.mark.parametrize("kind", ["perjanjian", "proyek"])
def test_nobody_else_may(database: Database, name: str, kind: decisions.Kind) -> None:
    actor = signed_in(database, name) if name else READER
    with pytest.raises(ForbiddenError):
        decisions.enter(actor, kind, (BEKASI, DEPOK), [(DECISION, "Rapat")], TODAY)
    assert reading.agreements() == ()
    assert reading.projects() == ()


def test_an_editor_of_another_place_may_not(database: Database) -> None:
    with pytest.raises(ForbiddenError):
        decisions.enter(signed_in(database, "bekasi"), "proyek", ("36.04", "36.73"), [(DECISION, "Rapat")], TODAY)
