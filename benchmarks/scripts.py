"""Script time of every page, warm, and the time of the build: what the server itself spends."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Container
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from streamlit.testing.v1 import AppTest

from analysis.agreements.model import Category, Document, Dprd, Sector, Stage
from analysis.citizen_reports.model import Kind, State
from data.tables import load
from records import database
from records.agreements.entries import SIDE
from records.agreements.tables import AgreementRow, PartyRow
from records.citizen_reports.tables import EventRow, ReportRow
from records.models import Role
from records.permissions import RESIDENT, Action
from tests.records.acting import signed_in
from tests.serving import ROOT

WITH_REPORTS = ("beranda", "prioritas", "profil", "rapat", "suara")
WITH_AGREEMENTS = ("beranda", "ke_mana", "pengingat", "perjanjian", "profil")
SERANG = "kabserang-kotaserang"
DELAY = "asumsi tunda"


def page_times(repeat: int, only: Container[str] | None = None) -> dict[str, float]:
    """Median seconds of a rerun by page, with the whole study area chosen."""
    apps = {}
    for page in sorted((ROOT / "pages").glob("*.py")):
        if only is not None and page.stem not in only:
            continue
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params["koridor"] = "semua"
        app.query_params["indikator"] = "jarak_sd"
        app.run()
        app.switch_page(f"pages/{page.name}").run()
        assert not app.exception, f"{page.name}: {app.exception[0].message}"
        apps[page.stem] = app
    # As server.py does.
    gc.collect()
    gc.freeze()
    times = {}
    for name, app in apps.items():
        spent = []
        for _ in range(repeat):
            start = time.perf_counter()
            app.run()
            spent.append(time.perf_counter() - start)
        times[name] = median(spent)
    return times


def agreement_times(repeat: int) -> dict[str, float]:
    """The same of the pages that show agreements, with a thousand that offices have entered."""
    return _times_over(repeat, WITH_AGREEMENTS, lambda: fill(1000))


def report_times(repeat: int) -> dict[str, float]:
    """The same of the pages that show residents' reports, with five thousand published ones."""
    return _times_over(repeat, WITH_REPORTS, lambda: fill_reports(5000))


def _times_over(repeat: int, pages: Container[str], entered: Callable[[], None]) -> dict[str, float]:
    before = os.environ.get("DATABASE_URL")
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/tapal.sqlite3"
        try:
            entered()
            return page_times(repeat, pages)
        finally:
            os.environ.pop("DATABASE_URL")
            if before is not None:
                os.environ["DATABASE_URL"] = before


def fill(number: int) -> None:
    """Enter agreements between neighbours of the study area, each with what its sides have entered."""
    sides = ("36.04", "36.73", "36.72", "32.75", "32.76")
    day = date(2024, 1, 1)
    actor = signed_in(database.current(), "everywhere", [(Role.EDITOR, side) for side in sides])
    with database.write(actor, Action.EDIT, sides) as session:
        for n in range(number):
            a, b = sides[n % 5], sides[(n + 1) % 5]
            texts = dict.fromkeys(("object", "scope", "funding", "note"), f"isi {n} " * 20)
            row = AgreementRow(
                document=Document.PKS, parties=f"{a};{b}", title=f"Perjanjian {n}", category=Category.VOLUNTARY,
                sectors="waste;fire", stage=Stage.IMPLEMENTATION, stage_since=day, signed=day + timedelta(n),
                starts=day + timedelta(n), ends=day + timedelta(2 * n + 300), dprd=Dprd.NOT_NEEDED, renews="", under="",
                kode="", actors="", **texts,
            )  # fmt: skip
            session.add(row)
            session.flush()
            for side in (a, b):
                session.add(PartyRow(agreement_id=row.id, kabkota=side, **dict.fromkeys(SIDE, "isi")))


def fill_reports(number: int) -> None:
    """Enter reports of the study area from the last two hundred days, every third with an answer."""
    units = load().units("kelurahan", ("32.75", "32.76", "36.04", "36.73", "36.72")).index
    first = datetime.now(UTC) - timedelta(days=200)
    for side in ("32.75", "32.76", "36.04", "36.73", "36.72"):
        own = [str(kode) for kode in units if kode.startswith(side)]
        with database.write(RESIDENT, Action.REPORT, side) as session:
            for n in range(number // 5):
                text = f"Laporan {n}: " + "jalan berlubang dan lampu mati " * 10
                row = ReportRow(
                    ticket_hash=f"{side} {n}", kabkota=side, kode=own[n % len(own)], sector=Sector.ROADS, text=text
                )
                session.add(row)
                session.flush()
                happened = [State.WAITING, State.PUBLISHED, *([State.ANSWERED] if n % 3 == 0 else [])]
                for place, state in enumerate(happened):
                    at = first + timedelta(days=n % 190 + place)
                    session.add(
                        EventRow(
                            report_id=row.id, kabkota=side, owner=side, number=place, state=state, at=at,
                            kind=Kind.PLAIN if place == 1 else None, note="Sudah ditambal" if place == 2 else "",
                        )
                    )  # fmt: skip


def weight_time(repeat: int) -> float:
    """Median seconds until the ranks of 555 kelurahan over 1,000 draws stand there again after a weight was moved."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["koridor"] = "semua"
    app.run()
    app.switch_page("pages/prioritas.py").run()
    spent = []
    for number in range(repeat):
        # Two sliders make each pair of weights a new one, so that no cache answers.
        app.slider(key="bobot pendidikan").set_value(2 + number % 4)
        app.slider(key="bobot kesehatan").set_value(1 + number // 4)
        start = time.perf_counter()
        app.run()
        spent.append(time.perf_counter() - start)
        assert not app.exception
    return median(spent)


def slider_time(repeat: int) -> float:
    """Median seconds until the fire map of the 393 kelurahan of both Serangs stands there after the delay was moved."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["koridor"] = SERANG
    app.run()
    app.switch_page("pages/damkar.py").run()
    spent = []
    for number in range(repeat):
        slider = app.select_slider(key=DELAY)
        slider.set_value(float(slider.options[number + 1].replace(",", ".")))
        start = time.perf_counter()
        app.run()
        spent.append(time.perf_counter() - start)
        assert not app.exception
    return median(spent)


def siting_time() -> float:
    """Seconds of the page that seeks five fire posts for both Serangs, from the link that asks for it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.run()
    app.switch_page("pages/lokasi.py")
    asked = {"koridor": SERANG, "jenis": "pos_damkar", "baru": "36.04:3;36.73:2", "hitung": "rencana"}
    for name, value in asked.items():
        app.query_params[name] = value
    start = time.perf_counter()
    app.run()
    assert not app.exception
    assert app.dataframe, "no plan"
    return time.perf_counter() - start


def build_time(raw: Path) -> float:
    """Seconds of a whole build into an empty folder."""
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "data.build", "--raw", str(raw), "--out", folder],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - start
