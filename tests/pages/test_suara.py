"""Suara warga: nothing before it is published, both sides' delays, what an office does, and hostile text everywhere."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.agreements.model import Sector
from analysis.citizen_reports.lifecycle import Step
from analysis.citizen_reports.model import Kind, Refusal, State
from analysis.citizen_reports.summary import listed
from open_data.citizen_reports import report_rows
from records import database
from records.citizen_reports import reading, store
from records.citizen_reports.working_days import days_off
from records.permissions import READER, Actor
from tests.pages.opening import answer, assert_whole, open_page, texts
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.shipped import HOSTILE, MADE, data
from views.language import cells
from views.language.escape import md

ACTOR = "views.screen.account.actor"
HERE, THERE = "32.75.08.1001", "32.76.02.1010"
TEXT = "Jalan berlubang di depan pasar"


pytestmark = pytest.mark.usefixtures("empty")


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def sent(day: date = MADE, kode: str = HERE, text: str = TEXT, photo: bytes = b"") -> int:
    """A report that came on a day; its key."""
    form = store.new_form()
    with patch("records.models.now", lambda: on(day)):
        store.receive(form, {"kode": kode, "sector": Sector.ROADS, "text": text, "point": (106.9, -6.3)}, photo)
    found = reading.of_ticket(store.ticket_of(form))
    assert found is not None
    with database.current().writing.connect() as connection, connection.begin():
        # The moment of arrival is that of the clock; here it is that of the story.
        connection.exec_driver_sql(
            "UPDATE citizen_report_events SET at = ? WHERE report_id = ?",
            (on(day).replace(tzinfo=None).isoformat(" "), found[0].key),
        )
    return found[0].key


def done(actor: Actor, key: int, *steps: Step, day: date = MADE) -> None:
    for step in steps:
        now = next(r for r in reading.on_record() if r.key == key)
        store.act(actor, key, now.last.number, step, on(day))


def page(language: str = "id", **link: str) -> AppTest:
    return open_page("suara", koridor="bekasi-depok", bahasa=language, **link)


PUBLISH = Step(State.PUBLISHED, kind=Kind.SIMPLE)


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_page_says_so_and_shows_the_way_to_the_form(language: str, tmp_path: Path) -> None:
    with patch(ACTOR, lambda: READER):
        app = page(language)
    assert_whole(app, "suara", language=language)
    assert "lapor?koridor=bekasi-depok&bahasa=" + language in texts(app)
    assert not app.dataframe
    assert not app.get("download_button")
    assert not (tmp_path / "tapal.sqlite3").exists(), "reading makes no database"


def test_what_waits_is_counted_for_both_sides_and_shown_to_nobody(bekasi: Actor) -> None:
    sent(MADE - timedelta(20))
    sent(MADE, THERE)
    with patch(ACTOR, lambda: READER):
        app = page()
    assert "belum ada laporan warga yang tayang" in answer(app)
    assert "Kota Bekasi 1, terlambat 1" in texts(app)
    assert "Kota Depok 1, terlambat 0" in texts(app)
    assert TEXT not in texts(app)
    assert not [b for b in app.button if b.form_id]


def test_published_reports_are_listed_with_their_delay_on_either_side(bekasi: Actor) -> None:
    depok = signed_in(database.current(), "depok")
    late, new = sent(MADE - timedelta(30)), sent(MADE)
    done(bekasi, late, PUBLISH, Step(State.FORWARDED, owner=DEPOK), day=MADE - timedelta(29))
    done(bekasi, new, PUBLISH, Step(State.ANSWERED, note="Ditambal"), Step(State.DONE, note="Sudah ditambal"))
    with patch(ACTOR, lambda: READER):
        app = page()
    assert_whole(app, "suara")
    assert "tayang 2 laporan warga; 1 belum dijawab pada waktunya dan 1 sudah selesai" in answer(app)
    sides, rows = (frame.value for frame in app.dataframe[:2])
    assert sides["Terlambat dijawab"].to_list() == [0, 1]
    assert rows["Nomor"].to_list() == [late, new], "what is late stands first"
    assert rows["Ditangani oleh"].to_list() == ["Kota Depok", "Kota Bekasi"]
    assert "terlambat" in rows["Batas waktu"][0]
    with patch(ACTOR, lambda: depok):
        app = page(keadaan="selesai", laporan=str(new))
    assert app.dataframe[1].value["Nomor"].to_list() == [new]
    assert "Sudah ditambal" in texts(app)
    app = page(wilayah=THERE)
    assert "Tidak ada laporan dengan pilihan ini" in app.info[0].value


def test_a_report_that_is_not_published_cannot_be_opened_by_its_number(bekasi: Actor) -> None:
    refused, waits = sent(), sent()
    done(bekasi, refused, Step(State.REFUSED, reason=Refusal.UNCLEAR))
    shown = sent(text="Lampu jalan mati sejak bulan lalu")
    done(bekasi, shown, PUBLISH)
    with patch(ACTOR, lambda: READER):
        for key in (refused, waits, 999):
            app = page(laporan=str(key))
            assert app.warning
            assert TEXT not in texts(app)
        assert "Lampu jalan mati" in texts(page(laporan=str(shown)))


def test_an_editor_publishes_and_refuses_and_a_forged_choice_is_refused(bekasi: Actor) -> None:
    key, theirs = sent(), sent(kode=THERE, text="Sampah menumpuk di kali")
    app = page()
    assert [int(str(o).split(".")[0]) for o in app.selectbox(key="laporan ditangani").options] == [key]
    app.selectbox(key="laporan ditangani").set_value(key).run()
    assert TEXT in texts(app)
    assert "Sampah" not in texts(app)
    assert "6.3" in texts(app), "the point is for the office"
    send(app)
    assert not app.exception
    assert "Tersimpan" in app.success[0].value
    report = next(r for r in reading.on_record() if r.key == key)
    assert (report.state, report.kind) == (State.PUBLISHED, Kind.SIMPLE)
    assert [r.key for r in reading.published()] == [key]
    assert next(r for r in reading.on_record() if r.key == theirs).state is State.WAITING


def send(app: AppTest) -> AppTest:
    return next(b for b in app.button if b.form_id.startswith("tangani")).click().run()


def test_what_is_missing_is_said_and_what_came_first_too_with_nothing_lost(bekasi: Actor) -> None:
    key = sent()
    done(bekasi, key, PUBLISH)
    app = page()
    app.selectbox(key="laporan ditangani").set_value(key).run()
    app.selectbox(key=f"tindakan {key}").set_value(State.ANSWERED).run()
    send(app)
    assert "isinya belum ditulis" in app.error[0].value
    app.text_area(key=f"catatan dijawab {key}").set_value("Minggu depan ditambal")
    done(bekasi, key, Step(State.WORKED_ON))
    send(app)
    assert "Orang lain menindaklanjuti" in app.warning[0].value
    assert app.text_area(key=f"catatan dijawab {key}").value == "Minggu depan ditambal"
    send(app)
    report = next(r for r in reading.on_record() if r.key == key)
    assert (report.state, report.last.note) == (State.ANSWERED, "Minggu depan ditambal")


def test_hostile_text_is_text_on_the_page_and_no_formula_in_the_file(bekasi: Actor) -> None:
    key = sent(text=HOSTILE)
    done(bekasi, key, PUBLISH, Step(State.FORWARDED, office=HOSTILE[:110]), Step(State.ANSWERED, note=HOSTILE))
    stored = reading.published()[0].text
    app = page(laporan=str(key))
    app.selectbox(key="laporan ditangani").set_value(key).run()
    assert not app.exception
    assert texts(app).count(md(stored).replace("\N{NO-BREAK SPACE}", " ")) >= 2
    for html in (str(getattr(element, "value", "")) for element in app.get("html")):
        assert "<img src=x" not in html
        assert "<script" not in html
    rows = report_rows(data(), listed(reading.published(), {}, MADE, days_off()))
    back = pd.read_csv(StringIO(cells.csv_text(rows)))
    assert back["text"][0].startswith("'=cmd")
    assert back["answer"][0].startswith("'=cmd")
    assert "106.9" not in cells.csv_text(rows), "no point leaves"


def test_other_pages_count_the_published_reports_of_a_place(bekasi: Actor) -> None:
    done(bekasi, sent(MADE - timedelta(30)), PUBLISH)
    sent(text="yang ini belum tayang sama sekali")
    profile = texts(open_page("profil", koridor="bekasi-depok", wilayah=HERE))
    assert "1 laporan tayang, 1 terlambat dijawab" in profile
    assert "belum ada laporan yang tayang" in texts(open_page("profil", koridor="bekasi-depok", wilayah=THERE))
    assert "1 laporan tayang" in texts(open_page("beranda", koridor="bekasi-depok", wilayah=HERE))
    ranking = open_page("prioritas", koridor="bekasi-depok", himpunan="semua").dataframe[0].value
    assert ranking["Suara warga"].to_list().count("1 (1 terlambat)") == 1
    assert ranking["Suara warga"].ne("").sum() == 1


def test_the_kabkota_of_the_tests_are_those_of_the_border() -> None:
    assert (HERE[:5], THERE[:5]) == (BEKASI, DEPOK)
