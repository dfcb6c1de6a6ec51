"""Every action that writes, tried by everybody: who may not changes nothing, and none is missing from the table."""

import ast
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from analysis.agreements.lifecycle import StepError
from analysis.agreements.model import Addendum, Document, End, Stage
from analysis.citizen_reports.lifecycle import Step
from analysis.citizen_reports.model import Kind as ReportKind
from analysis.citizen_reports.model import State
from analysis.fire.live_drill import Kind as PressKind
from analysis.minutes import Decision
from data.catalogue import CatalogueError
from records import accounts, backup
from records.accounts import AccountError
from records.agreements import attachments, decisions
from records.agreements import store as agreements
from records.agreements.entries import EntryError
from records.catalogue import store as catalogue
from records.citizen_reports import retention
from records.citizen_reports import store as reports
from records.database import ConflictError, Database
from records.drills import store as drills
from records.drills.store import DrillEntryError
from records.models import Role, now
from records.permissions import COMMAND_LINE, READER, RESIDENT, Actor, ForbiddenError
from records.proposals import importing
from records.uploads import store as uploads
from records.uploads.entries import UploadError, packed
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.records.drilling import NAMES, PLACES, POSTS, joined, opened
from tests.records.test_catalogue import SOURCE
from tests.records.test_citizen_reports import REFUSE, done, of, sent
from tests.records.test_proposals import read
from tests.records.test_uploads import FILE, ROWS
from tests.shipped import data

RECORDS = Path(agreements.__file__).parents[1]
SERANG, TODAY = "36.73", date(2026, 11, 29)
PDF = b"%PDF-1.7\n%%EOF\n"
GRANTS = {
    "bekasi": [(Role.EDITOR, BEKASI)],
    "bekasi verifier": [(Role.VERIFIER, BEKASI)],
    "depok": [(Role.EDITOR, DEPOK)],
    "depok verifier": [(Role.VERIFIER, DEPOK)],
    "serang": [(Role.EDITOR, SERANG)],
    "serang verifier": [(Role.VERIFIER, SERANG)],
    "admin": [(Role.ADMIN, "")],
    "nobody": [],
    "signed out": [(Role.EDITOR, BEKASI), (Role.VERIFIER, BEKASI), (Role.ADMIN, "")],
}
EITHER, OWN, CHECKS = {"bekasi", "depok"}, {"bekasi"}, {"bekasi verifier"}
ADMINS, MODERATES = {"admin", "command line"}, {"bekasi", "bekasi verifier", "command line"}
# Why an action may fail that somebody may do; forbidden is none of these.
OTHER_REASONS = (ConflictError, StepError, EntryError, AccountError, UploadError, DrillEntryError, CatalogueError)
World = dict[str, Any]
Do = Callable[[Actor, World], object]

MAY: dict[str, tuple[set[str], Do]] = {
    "accounts.make": (ADMINS, lambda a, _: accounts.make(a, "baru", "Baru", "patok batas di kali")),
    "accounts.save": (
        ADMINS,
        lambda a, w: accounts.save(a, w["other"], 1, title="X", email="", active=True, grants=[(Role.ADMIN, "")]),
    ),
    "accounts.reset_password": (ADMINS, lambda a, w: accounts.reset_password(a, w["other"], "patok batas di kali")),
    "accounts.own_password": (
        # Whose session has ended is asked for the password first as well.
        {*GRANTS},
        lambda a, _: accounts.own_password(a, "salah sekali ini", "patok batas di kali"),
    ),
    "accounts.end_sign_ins": (ADMINS, lambda a, w: accounts.end_sign_ins(a, w["other"])),
    "agreements.store.create": (
        EITHER,
        lambda a, _: agreements.create(a, Document.KB, (BEKASI, DEPOK), {"title": "Damkar"}, TODAY),
    ),
    "agreements.store.change_shared": (EITHER, lambda a, w: agreements.change_shared(a, w["kb"], 1, {"title": "X"})),
    "agreements.store.correct": (
        {"bekasi verifier", "depok verifier"},
        lambda a, w: agreements.correct(a, w["kb"], 1, {"title": "X"}, "salah tulis", TODAY),
    ),
    "agreements.store.change_side": (OWN, lambda a, w: agreements.change_side(a, w["kb"], BEKASI, 0, {"office": "X"})),
    "agreements.store.evaluate": (
        OWN,
        lambda a, w: agreements.evaluate(
            a, w["kb"], BEKASI, 2026, 0, {"realised": "X", "recommendation": "lanjut"}, TODAY
        ),
    ),
    "agreements.store.advance": (
        EITHER,
        lambda a, w: agreements.advance(a, w["kb"], 1, Stage.PREPARATION, None, TODAY),
    ),
    "agreements.store.sign": (EITHER, lambda a, w: agreements.sign(a, w["kb"], 1, TODAY, TODAY)),
    "agreements.store.finish": (EITHER, lambda a, w: agreements.finish(a, w["kb"], 1, End.BY_AGREEMENT, TODAY, TODAY)),
    "agreements.store.add_addendum": (
        EITHER,
        lambda a, w: agreements.add_addendum(a, w["kb"], 1, Addendum("1", TODAY, "X", None), TODAY),
    ),
    "agreements.store.save_project": (
        EITHER,
        lambda a, w: agreements.save_project(a, w["project"], 1, (BEKASI, DEPOK), {"title": "X"}),
    ),
    "agreements.attachments.attach": (OWN, lambda a, w: attachments.attach(a, w["kb"], BEKASI, "a.pdf", PDF)),
    "agreements.decisions.enter": (
        EITHER,
        lambda a, _: decisions.enter(
            a, "proyek", (BEKASI, DEPOK), [(Decision("X", "Y", None, "", "pendidikan", ""), "")], TODAY
        ),
    ),
    "catalogue.store.save": ({"admin"}, lambda a, _: catalogue.save(a, data(), "sources", SOURCE, 0)),
    "catalogue.store.withdraw": ({"admin"}, lambda a, _: catalogue.withdraw(a, data(), 1, "salah")),
    "citizen_reports.store.act": (
        MODERATES,
        lambda a, w: reports.act(a, w["report"], 0, Step(State.PUBLISHED, kind=ReportKind.SIMPLE)),
    ),
    "citizen_reports.retention.forget": (
        MODERATES,
        lambda a, _: retention.forget(a, now() + timedelta(days=5)),
    ),
    "drills.store.open_drill": (
        EITHER,
        lambda a, _: drills.open_drill(a, NAMES, "c", "Latihan", now() + timedelta(hours=2), PLACES, POSTS, now()),
    ),
    "drills.store.close": (EITHER, lambda a, w: drills.close(a, w["drill"], 1, now())),
    "drills.store.add": (EITHER, lambda a, w: drills.add(a, w["drill"], w["phone"], 1, PressKind.CALL, now(), now())),
    "drills.store.cancel": (EITHER, lambda a, w: drills.cancel(a, w["drill"], "0" * 32, now())),
    "proposals.importing._take": (
        OWN,
        lambda a, w: importing.take(a, importing.prepare(w["proposals"], BEKASI, 2027), "a.csv", "0" * 64, {}),
    ),
    "proposals.importing.forget": (OWN, lambda a, _: importing.forget(a, BEKASI, 1)),
    "uploads.store.submit": (OWN, lambda a, _: uploads.submit(a, replace(FILE, rows=ROWS[:1]), TODAY)),
    "uploads.store.publish": (
        CHECKS,
        lambda a, w: uploads.publish(a, w["upload"], sha256(packed(FILE.kind, BEKASI, ROWS)).hexdigest(), 0),
    ),
    "uploads.store.reject": (CHECKS, lambda a, w: uploads.reject(a, w["upload"], "salah")),
    "uploads.store.cancel": (OWN, lambda a, w: uploads.cancel(a, w["upload"])),
    "uploads.store.withdraw": (CHECKS, lambda a, _: uploads.withdraw(a, 1, "salah")),
}
NO_ACTOR = {
    "citizen_reports.store.receive", "citizen_reports.store.reply",  # a resident, who has the form or the ticket alone
    "drills.taking_part.join", "drills.taking_part.press",  # who has the code
}  # fmt: skip


@pytest.fixture
def world(database: Database) -> World:
    """Something of every kind that can be written, of Kota Bekasi or of both sides, and everybody who may try."""
    cast = {name: signed_in(database, name.replace(" ", "."), grants) for name, grants in GRANTS.items()}
    bekasi, verifier = cast["bekasi"], cast["bekasi verifier"]
    kb = agreements.create(bekasi, Document.KB, (BEKASI, DEPOK), {"title": "Damkar bersama"}, TODAY)
    project = agreements.save_project(bekasi, None, 0, (BEKASI, DEPOK), {"title": "Jembatan"})
    key, code = opened(bekasi)
    joined(code)
    done(verifier, sent(), REFUSE)
    number = uploads.submit(bekasi, replace(FILE, rows=ROWS[1:], sha256="c" * 64), TODAY)
    uploads.publish(verifier, number, sha256(packed(FILE.kind, BEKASI, ROWS[1:])).hexdigest(), 0)
    made = {
        "other": signed_in(database, "other", []).account,
        "kb": int(kb.rpartition("-")[2]),
        "project": int(project.rpartition("-")[2]),
        "report": of(sent()).key,
        "drill": key,
        "phone": 1,
        "proposals": read(),
        "upload": uploads.submit(bekasi, FILE, TODAY),
    }
    accounts.end_sign_ins(COMMAND_LINE, cast["signed out"].account or 0)
    forged = Actor("rina", "Rina", bekasi.account, None, frozenset({(r, k) for r in Role for k in ("", BEKASI)}))
    strangers = {"reader": READER, "resident": RESIDENT, "participant": Actor("(drill 1)", drill=1), "forged": forged}
    return {"cast": cast | strangers | {"command line": COMMAND_LINE}, **made}


def test_every_function_that_writes_is_in_the_table() -> None:
    writing = set()
    for file in RECORDS.rglob("*.py"):
        for function in [n for n in ast.parse(file.read_text("utf-8")).body if isinstance(n, ast.FunctionDef)]:
            opens = [n for n in ast.walk(function) if isinstance(n, ast.withitem) and "write(" in ast.unparse(n)]
            if any(ast.unparse(n).startswith("database.write(") for n in opens):
                writing.add(".".join((*file.relative_to(RECORDS).with_suffix("").parts, function.name)))
    assert writing == set(MAY) | NO_ACTOR


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_whoever_may_not_is_refused_and_changes_nothing(world: World, database: Database) -> None:
    before = backup.content(database)
    for name, (may, do) in MAY.items():
        for actor in world["cast"].keys() - may:
            with pytest.raises(ForbiddenError):
                do(world["cast"][actor], world)
                pytest.fail(f"{actor} may {name}")
        assert backup.content(database) == before, name
    for name, (may, do) in MAY.items():
        for actor in sorted(may):
            try:
                with suppress(*OTHER_REASONS):
                    do(world["cast"][actor], world)
            except ForbiddenError:
                pytest.fail(f"{actor} may not {name}")
    assert backup.content(database) != before
