"""The control room: who sees what, opening, the log as it grows, ending, the log beside the model and its files."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import docx
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.fire.fire import default_choices
from analysis.fire.live_drill import Drill, log
from analysis.fire.live_evaluation import evaluate
from records.drills import reading, store, taking_part
from records.models import now
from records.permissions import READER, Actor
from tests.pages.opening import HOSTILE, assert_whole, open_page, texts
from tests.records.acting import BEKASI, DEPOK
from tests.records.drilling import a_press, joined
from tests.shipped import MADE, data
from views.exports.files import drill as document
from views.language.words import Words
from views.topics.fire import state as fire_state
from views.topics.fire.choices import FireState
from views.topics.joint_drill import editor, tables

ACTOR = "views.screen.account.actor"
CORRIDOR = ("bekasi-depok", (BEKASI, DEPOK))


pytestmark = pytest.mark.usefixtures("empty")


def page(drill: int | None = None, language: str = "id") -> AppTest:
    more = {} if drill is None else {"latihan": str(drill)}
    return open_page("latihan_bersama", koridor="bekasi-depok", bahasa=language, **more)


def press(app: AppTest, form: str) -> AppTest:
    return next(b for b in app.button if b.form_id == form).click().run()


def opened_on_the_page(title: str = "Latihan pos perbatasan") -> AppTest:
    app = page()
    next(t for t in app.text_input if t.label == "Nama latihan").set_value(title)
    return press(app, "latihan baru")


def test_a_reader_sees_no_form_no_log_and_no_database_is_made(tmp_path: Path) -> None:
    with patch(ACTOR, lambda: READER):
        for language in ("id", "en"):
            app = page(language=language)
            assert_whole(app, "latihan_bersama", language=language)
            assert not [b for b in app.button if b.form_id]
    assert not (tmp_path / "tapal.sqlite3").exists()


def test_an_editor_opens_a_drill_and_sees_what_phones_press(bekasi: Actor) -> None:
    app = opened_on_the_page()
    assert not app.exception
    (drill,) = reading.listed(bekasi, *CORRIDOR)
    assert len(drill.places) == 1
    assert {p.side for p in drill.posts} == {BEKASI, DEPOK}
    code = reading.code_of(bekasi, drill.id)
    assert any(code[:4] in c.value and code[4:] in c.value for c in app.code)
    one = joined(code, DEPOK, name=HOSTILE)
    taking_part.press(code, one, [a_press()], now())
    app.run()
    assert "1 ponsel ikut, 1 tekanan tercatat" in texts(app)
    table = next(d.value for d in app.dataframe if "Yang ditekan" in d.value)
    assert table["Yang ditekan"].tolist() == ["Panggilan diterima"]
    assert "<img src=x" not in texts(app).replace("\\<", ""), "a hostile name is text"
    assert not app.exception


def test_what_cannot_be_opened_is_said_and_nothing_is_written(bekasi: Actor) -> None:
    assert "Nama latihan belum diisi" in opened_on_the_page(" ").error[0].value
    app = page()
    next(t for t in app.text_input if t.label == "Nama latihan").set_value("Latihan")
    next(t for t in app.text_input if t.label == "Koordinat tempat lain").set_value("-6.9, 107.6")
    assert "Koordinat tempat lain" in press(app, "latihan baru").error[0].value
    assert reading.listed(bekasi, *CORRIDOR) == ()


def test_a_typed_place_is_an_incident_of_its_kelurahan(bekasi: Actor) -> None:
    app = page()
    next(t for t in app.text_input if t.label == "Nama latihan").set_value("Latihan")
    next(t for t in app.text_input if t.label == "Tempat lain (nama)").set_value("Pasar")
    next(t for t in app.text_input if t.label == "Koordinat tempat lain").set_value("-6,3836; 106,9194")
    press(app, "latihan baru")
    (drill,) = reading.listed(bekasi, *CORRIDOR)
    assert drill.places[1].name.startswith("Pasar – ")
    assert drill.places[1].kode[:5] in (BEKASI, DEPOK)


def held(actor: Actor, title: str = "Latihan") -> int:
    """A drill that has ended, with a room and a unit on record."""
    opened_on_the_page()
    (made,) = reading.listed(actor, *CORRIDOR)
    start = now() - timedelta(hours=1)
    closes = start + timedelta(hours=3)
    key = store.open_drill(actor, made.names, "bekasi-depok", title, closes, made.places, made.posts, start)
    code, side = reading.code_of(actor, key), made.places[0].kode[:5]
    room = joined(code, side, room=True, name="")
    unit = joined(code, side, next(p.id for p in made.posts if p.side == side), name="Unit 1")
    sent = [(room, "panggilan", 0.0), (unit, "panggilan", 0.5), (unit, "berangkat", 2.5), (unit, "tiba", 9.6)]
    for who, kind, minute in sent:
        at = start + timedelta(minutes=minute)
        taking_part.press(code, who, [a_press(kind, at=at)], at + timedelta(seconds=1))
    store.close(actor, key, 1, start + timedelta(minutes=10))
    return key


def test_afterwards_the_log_stands_beside_the_model_and_sets_assumptions(bekasi: Actor) -> None:
    app = page(held(bekasi))
    assert not app.exception
    assert "10 menit sesudah panggilan" in texts(app)
    phases = next(d.value for d in app.dataframe if "Terukur" in d.value)
    assert phases["Terukur"].tolist()[:2] == ["1 pengamatan: 0,5 (0,5–0,5)", "1 pengamatan: 2,0 (2,0–2,0)"]
    assert phases["Terukur"].tolist()[2] == "tidak terukur"
    app.multiselect(key="dipakai di damkar").set_value(["panggilan", "berangkat"]).run()
    link = next(link for link in app.get("page_link") if "asumsi terpilih" in link.proto.label)
    assert "asumsi=panggilan%3A0.5%3Bberangkat%3A2" in link.proto.query_string


def test_the_files_hold_the_log_the_phases_and_the_model(bekasi: Actor) -> None:
    key = held(bekasi, HOSTILE)
    drill, participants, presses = reading.followed(bekasi, key)
    choices = default_choices(data().catalogue.assumptions)
    model = fire_state.result(data(), FireState("bekasi-depok", (), False, False, choices))
    told = evaluate(drill, participants, log(drill, presses), model.drawn, model.timing, choices)
    for language in ("id", "en"):
        paper = docx.Document(io.BytesIO(document.build(Words(language), told, MADE)))
        assert paper.paragraphs[0].text == HOSTILE
        phases, places, whole = ([[c.text for c in row.cells] for row in table.rows] for table in paper.tables)
        assert (len(phases), len(places), len(whole)) == (5, 2, 5)
        said = {"id": ["1,5", "1 pengamatan: 2,0 (2,0–2,0)"], "en": ["1.5", "observations 1: 2.0 (2.0–2.0)"]}
        assert phases[2][1:3] == said[language]
        assert places[1][2] == ("9,6" if language == "id" else "9.6")
    lines = pd.read_csv(io.StringIO(tables.log_csv(drill, participants, told.entries)))
    assert lines["tekanan"].tolist() == ["panggilan", "panggilan", "berangkat", "tiba"]
    assert set(lines["status"]) == {"dihitung"}
    assert lines["selisih_jam_ms"].tolist() == [0] * 4
    values = pd.read_csv(io.StringIO(tables.evaluation_csv(told)))
    found = values.set_index("besaran")["nilai"].round(2).drop("speed", errors="ignore").to_dict()
    assert found == {"call": 0.5, "turnout": 2.0, "tanggap_pos_sendiri": 9.6, "tanggap_lintas_batas": 9.6}
    assert values["model"].notna().all()


def test_the_room_ends_the_drill(bekasi: Actor) -> None:
    app = opened_on_the_page()
    next(b for b in app.button if b.label == "Ya, tutup sekarang").click().run()
    (drill,) = reading.listed(bekasi, *CORRIDOR)
    assert drill.closed is not None
    assert "Latihan ditutup" in app.success[0].value
    assert not app.exception


def test_moments_that_are_typed_lie_in_the_drill() -> None:
    opened = datetime(2026, 11, 29, 16, 50, tzinfo=UTC)  # 23:50 of the office
    drill = Drill(1, 1, (), {}, "", "", opened, opened + timedelta(hours=2), None, (), ())
    assert editor.moment_of("23:55", drill) == opened + timedelta(minutes=5)
    assert editor.moment_of("0.05.30", drill) == opened + timedelta(minutes=15, seconds=30)
    assert [editor.moment_of(text, drill) for text in ("", "24:00", "x", "1:2")] == [None] * 4
