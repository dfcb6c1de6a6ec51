"""Proposals are taken a file at a time: whole or not at all, by editors of their kabkota, without who proposed."""

import json
import random
from hashlib import sha256
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from time import sleep

import pandas as pd
import pytest
from sqlalchemy import func, make_url, select

from data.intake.values import Answers
from records import database as current
from records.database import Database
from records.models import AuditEntry, Role
from records.permissions import Actor, ForbiddenError
from records.proposals import importing, reading
from records.proposals.importing import ImportRefusedError, Outcome
from records.proposals.tables import ImportRow, PlaceRow, ProposalRow
from tests.data.intake.making import csv, proposals
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.records.test_killed import confirmed, the_rest

HEAD = "ID Usulan;Tanggal Usul;Pengusul;Usulan;Alamat;Kecamatan;Kelurahan;Anggaran;Status;Tahun Anggaran"
ROWS = (
    "1;05/12/2025;Budi;Rehab ruang kelas;Jl. A (-6.300, 106.900);Pondokgede;Jatimakmur;1.500.000;Diterima;2027",
    "2;;RW 3;Drainase hub. 0812-3456-7890;;Jatisampurna;Jatikarya;;Ditolak;2027",
    "3;;RW 3;Posyandu;;Jatisampurna;Jatikarya;250.000,00;;2027",
)
FILE = csv(HEAD, *ROWS)


def read(content: bytes = FILE, answers: Answers | None = None) -> pd.DataFrame:
    found = proposals(content, answers or Answers())
    assert not found.problems
    return found.frame


def taken(actor: Actor, content: bytes = FILE, kabkota: str = BEKASI, **decided: tuple[str, str]) -> Outcome:
    prepared = importing.prepare(read(content), kabkota, 2027)
    assert importing.compare(prepared) is not None
    return importing.take(actor, prepared, "usulan.csv", sha256(content).hexdigest(), decided)


def counted(database: Database) -> tuple[int, int, int]:
    """Proposals, files and entries of the audit trail about them."""
    with database.read() as session:
        entries = select(func.count()).where(AuditEntry.table_name.in_(["proposals", "proposal_imports"]))
        tables = (select(func.count()).select_from(kind) for kind in (ProposalRow, ImportRow))
        return tuple(session.scalar(query) or 0 for query in (*tables, entries))  # type: ignore[return-value]


def test_a_file_is_taken_once_and_nobody_s_name_is_kept(database: Database) -> None:
    editor = signed_in(database, "bekasi")
    assert reading.proposals((BEKASI,)).empty
    assert taken(editor) == Outcome(3, 0, 0)
    assert taken(editor) == Outcome(0, 0, 3)
    assert counted(database) == (3, 1, 1)
    found = reading.proposals((BEKASI, DEPOK)).set_index("id_usulan", drop=False)
    first = found[["kode", "year", "path", "lat", "rupiah"]].iloc[0].tolist()
    assert first == ["32.75.08.1003", 2027, "kelurahan", -6.3, 1_500_000]
    assert dict(zip(found["id_usulan"], found["stopped"], strict=True)) == {"1": False, "2": True, "3": False}
    with database.read() as session:
        everything = "".join(
            str(current.columns(row))
            for kind in (ProposalRow, ImportRow, AuditEntry)
            for row in session.scalars(select(kind))
        )
        raw = session.scalar(select(ProposalRow.raw).where(ProposalRow.id == int(found["id"].iloc[0])))
    assert "Budi" not in everything
    assert "0812" not in everything
    assert json.loads(str(raw))["Alamat"] == "Jl. A (-6.300, 106.900)"


def test_the_same_id_of_a_year_is_changed_and_the_trail_says_what_it_was(database: Database) -> None:
    editor = signed_in(database, "bekasi")
    taken(editor)
    later = csv(HEAD, ROWS[0].replace("1.500.000", "2.000.000"), ROWS[1], ROWS[2].replace("2027", "2028"))
    assert taken(editor, later) == Outcome(1, 1, 1)
    with database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.table_name == "proposals")).one()
    assert (entry.before or {})["rupiah"] == 1_500_000
    assert (entry.after or {})["rupiah"] == 2_000_000
    assert (entry.who, entry.file) == ("bekasi", "usulan.csv")
    frame = reading.proposals((BEKASI,))
    assert sorted(zip(frame["id_usulan"], frame["year"], strict=True)) == [
        ("1", 2027),
        ("2", 2027),
        ("3", 2027),
        ("3", 2028),
    ]


def test_rows_without_an_id_are_counted_once_a_file(database: Database) -> None:
    editor = signed_in(database, "bekasi")
    twice = csv("Usulan;Kelurahan", "Jalan;Jatimakmur", "Jalan;Jatimakmur", "Jalan;Jatikarya")
    assert taken(editor, twice) == Outcome(3, 0, 0)
    assert taken(editor, twice) == Outcome(0, 0, 3)


@pytest.mark.parametrize("who", ["depok", "verifier", "admin", "nobody"])
def test_only_an_editor_of_the_kabkota_may(database: Database, who: str) -> None:
    actor = signed_in(database, who)
    with pytest.raises(ForbiddenError):
        taken(actor)
    with pytest.raises(ForbiddenError):
        importing.forget(actor, BEKASI, 1)
    assert counted(database)[:2] == (0, 0)


def test_proposals_of_another_kabkota_are_refused_with_their_rows(database: Database) -> None:
    both = signed_in(database, "both", [(Role.EDITOR, BEKASI), (Role.EDITOR, DEPOK)])
    mixed = csv(HEAD, ROWS[0], "9;;;Jalan;;Cimanggis;Harjamukti;;;2027")
    with pytest.raises(ImportRefusedError) as refused:
        taken(both, mixed)
    assert (refused.value.reason, refused.value.rows[0][1]) == ("kabkota", 3)
    assert counted(database) == (0, 0, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (csv("ID Usulan;Usulan;Kelurahan", "1;Jalan;Jatimakmur"), "year"),
        (csv(HEAD, ROWS[0], ROWS[0].replace(";2027", ";")), "twice"),
    ],
)
def test_a_year_that_is_missing_or_makes_an_id_stand_twice(content: bytes, reason: str) -> None:
    with pytest.raises(ImportRefusedError, match=reason):
        importing.prepare(read(content), BEKASI, None if reason == "year" else 2027)


def test_decisions_about_places_are_kept_a_kabkota_and_can_be_forgotten(database: Database) -> None:
    editor = signed_in(database, "bekasi")
    decided = {
        "|jatimakmr||": ("32.75.08.1003", "Jatimakmr"),
        "|depok||": ("32.76.02.1001", "x"),
        "|luar||": ("-", "y"),
    }
    prepared = importing.prepare(read(), BEKASI, 2027)
    for _ in range(2):
        importing.take(editor, prepared, "a.csv", "0" * 64, decided)
    assert {row.doubt: row.kode for row in importing.decisions(BEKASI)} == {
        "|jatimakmr||": "32.75.08.1003",
        "|luar||": "-",
    }
    assert importing.decisions(DEPOK) == ()
    answers = Answers(places={row.doubt: row.kode for row in importing.decisions(BEKASI)})
    assert len(read(csv("Usulan;Kelurahan", "Jalan;Jatimakmr"), answers)) == 1
    importing.forget(editor, BEKASI, importing.decisions(BEKASI)[0].id)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(PlaceRow)) == 1


KILLS, FEW = 50, 400


def import_for_ever(url: str, actor: Actor, run: int, told: Connection) -> None:
    """Bring files of proposals, each with new and changed ones, and tell of each that was taken whole."""
    database = Database(make_url(url))
    current.current = lambda: database
    number = 0
    while True:
        rows = {(2027, f"{n}"): _made(n, f"{run}.{number}") for n in range(number * FEW // 2, number * FEW // 2 + FEW)}
        prepared = importing.Prepared(BEKASI, rows)
        importing.take(actor, prepared, "a.csv", f"{run}.{number}", {})
        told.send_bytes(b".")
        number += 1


def _made(number: int, said: str) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(("affairs", "problem", "address", "office", "status", "unit", "sheet"), "")
    row |= dict.fromkeys(("proposed", "lat", "lon", "volume", "rupiah"))
    row |= {"kabkota": BEKASI, "year": 2027, "key": str(number), "id_usulan": str(number), "kode": "32.75.08.1003"}
    row |= {"path": "kelurahan", "title": said, "stopped": False, "raw": "{}", "digest": said, "row": number}
    return row


def test_a_process_killed_in_an_import_leaves_whole_files(database: Database, processes: ForkServerContext) -> None:
    url = database.url.render_as_string(hide_password=False)
    editor = signed_in(database, "bekasi")
    moment = random.Random(7)
    told_of = 0
    for run in range(KILLS):
        own, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=import_for_ever, args=(url, editor, run, theirs), daemon=True)
        process.start()
        theirs.close()
        count = confirmed(own, 1)
        assert count, "it writes"
        sleep(moment.random() * 0.1)
        process.kill()
        process.join()
        told_of += count + the_rest(own)
        own.close()
        with database.read() as session:
            files = session.scalars(select(ImportRow)).all()
            titles = dict(session.execute(select(ProposalRow.title, func.count()).group_by(ProposalRow.title)).all())
            rows = session.scalar(select(func.count()).select_from(ProposalRow))
            entries = session.scalar(select(func.count()).where(AuditEntry.table_name == "proposals"))
        assert all(file.new + file.changed == FEW for file in files)
        assert sum(file.new for file in files) == rows, "no half import"
        assert sum(file.changed for file in files) == entries, "no change without its entry"
        newest = max(files, key=lambda file: file.id)
        assert titles[newest.sha256] == FEW, "the last file is there whole"
    assert told_of <= len(files) <= told_of + KILLS
