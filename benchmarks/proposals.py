"""Pages with ten thousand proposals, and how long a file of fifty thousand takes from its bytes to the database."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from statistics import median
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from streamlit.testing.v1 import AppTest

from benchmarks.scripts import page_times
from data.intake.problems import FileError
from data.intake.values import Answers
from records import database
from records.models import Role
from records.proposals import importing
from tests.records.acting import signed_in
from tests.serving import ROOT
from tests.shipped import data
from views.link.parameters import PROPOSAL_VIEWS
from views.topics.uploads.check import check_proposals

PAGES = ("beranda", "prioritas", "profil", "rapat")
SIDES = ("32.75", "32.76", "36.04", "36.73", "36.72")
HEAD = (
    "ID Usulan;Tanggal Usul;Pengusul;Urusan;Usulan;Permasalahan;Alamat;Kabupaten;Kecamatan;Kelurahan;OPD Tujuan Awal;"
    "Status;Volume;Satuan;Anggaran;Tahun Anggaran"
)
TITLES = ("Ruang kelas SDN", "Ruang kelas SMPN", "Perbaikan jalan RT", "Drainase", "Posyandu", "Puskesmas pembantu")


def file_of(side: str, rows: int) -> bytes:
    """A CSV of so many proposals of a kabkota, as SIPD writes it."""
    units = data().units("kelurahan", (side,))
    places = list(zip(units["kabkota"], units["kecamatan"], units["nama"], strict=True))
    lines = [HEAD]
    for n in range(rows):
        where = ";".join(places[n % len(places)])
        lines.append(
            f"{n};05/12/2025;Budi;Pekerjaan Umum;{TITLES[n % len(TITLES)]} {n % 99};rusak berat;"
            f"Jl. Melati {n % 77} (-6.30{n % 1000:03},106.9{n % 1000:03});{where};"
            "Dinas PUPR;Diterima;100;m;1.500.000,00;2027"
        )
    return "\r\n".join(lines).encode()


def bring(side: str, rows: int) -> float:
    """Seconds from the bytes of a file until its proposals stand in the database."""
    content = file_of(side, rows)
    actor = signed_in(database.current(), f"editor{side.replace('.', '')}", [(Role.EDITOR, side)])
    start = time.perf_counter()
    checked, found = check_proposals(data(), (side,), content, Answers())
    assert checked.counts["new"] == rows, checked.problems[:3]
    prepared = importing.prepare(found.frame, side, None)
    importing.take(actor, prepared, "usulan.csv", sha256(content).hexdigest(), {})
    return time.perf_counter() - start


def refusal_time() -> float:
    """Seconds of the slowest hostile file until it is refused: a ZIP bomb, a PDF named .xlsx, other places' rows."""
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    slowest = 0.0
    for content in (bomb.getvalue(), b"%PDF-1.7 x", HEAD.encode() + b"\r\n" + b'"' * 1_000_000):
        start = time.perf_counter()
        try:
            check_proposals(data(), SIDES[:1], content, Answers())
        except FileError:
            slowest = max(slowest, time.perf_counter() - start)
        else:
            raise AssertionError("taken")
    return slowest


@contextmanager
def own_database() -> Iterator[None]:
    """A database that is thrown away."""
    before = os.environ.get("DATABASE_URL")
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/tapal.sqlite3"
        try:
            yield
        finally:
            os.environ.pop("DATABASE_URL")
            if before is not None:
                os.environ["DATABASE_URL"] = before


def import_time(rows: int = 50_000) -> float:
    """Seconds of one file of fifty thousand proposals."""
    with own_database():
        return bring(SIDES[0], rows)


def proposal_times(repeat: int, rows: int = 10_000) -> dict[str, float]:
    """Median seconds of a rerun of the pages that tell of proposals, and of every view of their own page."""
    with own_database():
        for side in SIDES:
            bring(side, rows // len(SIDES))
        return page_times(repeat, PAGES) | {f"usulan_{view}": _view(view, repeat) for view in PROPOSAL_VIEWS}


def _view(view: str, repeat: int) -> float:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["koridor"] = "semua"
    app.run()
    app.switch_page("pages/usulan.py")
    app.query_params["koridor"] = "semua"
    app.query_params["tampilan"] = view
    app.run()
    assert not app.exception, f"{view}: {app.exception[0].message}"
    spent = []
    for _ in range(repeat):
        start = time.perf_counter()
        app.run()
        spent.append(time.perf_counter() - start)
    return median(spent)
