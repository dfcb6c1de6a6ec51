"""Entering agreements on the page: who sees forms, what is written, what is refused, and what a conflict leaves."""

from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from analysis.agreements.model import Document, Dprd, Sector, Stage
from records import database
from records.agreements import entries, reading, store
from records.agreements.tables import AgreementRow
from records.permissions import READER, Action, Actor
from tests.pages.opening import assert_whole, open_page, texts
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.shipped import HOSTILE, MADE
from views.language.escape import md

ACTOR = "views.screen.account.actor"


pytestmark = pytest.mark.usefixtures("empty")


def entered(actor: Actor, **more: object) -> str:
    values = {"title": "Damkar perbatasan", "sectors": (Sector.FIRE,), "dprd": Dprd.NOT_NEEDED} | more
    return store.create(actor, Document.PKS, (BEKASI, DEPOK), values, MADE)


def page_of(id_: str = "", language: str = "id") -> AppTest:
    link = {"perjanjian": id_} if id_ else {}
    return open_page("perjanjian", koridor="bekasi-depok", bahasa=language, **link)


def press(app: AppTest, form: str) -> AppTest:
    button = next(b for b in app.button if b.form_id == f"isian {form}")
    return button.click().run()


def test_a_reader_sees_no_form_and_no_database_is_made(tmp_path: Path) -> None:
    with patch(ACTOR, lambda: READER):
        app = page_of()
    assert_whole(app, "perjanjian")
    assert not [b for b in app.button if b.form_id]
    assert not (tmp_path / "tapal.sqlite3").exists()


def test_a_new_agreement_is_entered_opened_and_told_apart_from_published_ones(bekasi: Actor) -> None:
    app = page_of()
    app.text_input(key="baru title").set_value(HOSTILE)
    press(app, "baru")
    assert not app.exception
    [agreement] = reading.agreements()
    assert (agreement.title.id, agreement.stage, agreement.sides) == (HOSTILE, Stage.PKS_DRAFT, (BEKASI, DEPOK))
    assert app.query_params["perjanjian"] == agreement.id
    shown = texts(app)
    assert md(HOSTILE).replace("\N{NO-BREAK SPACE}", " ") in shown
    assert "1 isian kantor" in shown
    assert "isian kantor" in app.dataframe[0].value["Asal"].to_list()


def test_what_cannot_be_is_said_in_words_and_stays_typed(bekasi: Actor) -> None:
    app = page_of()
    app.text_area(key="baru scope").set_value("sudah diketik")
    press(app, "baru")
    assert "Judul: belum diisi" in app.error[0].value
    assert app.text_area(key="baru scope").value == "sudah diketik"
    assert reading.agreements() == ()


def test_a_conflict_shows_both_versions_keeps_what_was_typed_and_lets_it_be_saved_then(bekasi: Actor) -> None:
    depok = signed_in(database.current(), "depok")
    id_ = entered(bekasi)
    app = page_of(id_)
    key, field = reading.key_of(id_), f"isi {id_} scope"
    assert key is not None
    store.change_shared(depok, key, 1, {"scope": "dari Depok"})
    app.text_area(key=field).set_value("dari Bekasi")
    press(app, f"isi {id_}")
    assert "Orang lain menyimpan" in "".join(w.value for w in app.warning)
    both = next(d.value for d in app.dataframe if "Yang Anda ketik" in d.value)
    assert ["dari Depok", "dari Bekasi"] in both.iloc[:, 1:].to_numpy().tolist()
    assert app.text_area(key=field).value == "dari Bekasi"
    assert reading.agreements()[0].scope == "dari Depok"
    press(app, f"isi {id_}")
    assert reading.agreements()[0].scope == "dari Bekasi"


def test_stages_that_cannot_follow_are_said_and_those_that_can_are_offered(bekasi: Actor) -> None:
    id_ = entered(bekasi)
    app = page_of(id_)
    assert list(app.selectbox(key=f"tahap {id_} stage").options) == ["g  penandatanganan PKS"]
    assert "persetujuan DPRD dinilai tidak wajib" in texts(app)
    press(app, f"tahap {id_}")
    assert reading.agreements()[0].stage is Stage.PKS_SIGNING
    app.date_input(key=f"tanda {id_} signed").set_value(date(2026, 11, 20))
    press(app, f"tanda {id_}")
    assert not app.exception
    assert reading.agreements()[0].signed is not None


def test_only_the_own_side_has_a_form_and_a_forged_one_is_refused(bekasi: Actor) -> None:
    id_ = entered(bekasi)
    app = page_of(id_, "en")
    forms = {b.form_id for b in app.button if b.form_id}
    assert f"isian sisi {id_} {BEKASI}" in forms
    assert f"isian sisi {id_} {DEPOK}" not in forms
    app.text_input(key=f"sisi {id_} {BEKASI} office").set_value("DPKP")
    with patch(ACTOR, lambda: READER):
        press(app, f"sisi {id_} {BEKASI}")
    assert reading.agreements()[0].parties[0].office == ""
    app = page_of(id_)
    app.text_input(key=f"sisi {id_} {BEKASI} office").set_value("DPKP")
    press(app, f"sisi {id_} {BEKASI}")
    assert reading.agreements()[0].parties[0].office == "DPKP"


def test_parties_and_who_takes_part_can_be_changed_until_the_signing(bekasi: Actor) -> None:
    depok = signed_in(database.current(), "depok")
    id_ = entered(bekasi)
    key = reading.key_of(id_)
    assert key is not None
    app = page_of(id_)
    app.text_area(key=f"isi {id_} pelaku community").set_value(f"Karang Taruna\n\n{HOSTILE}")
    app.multiselect(key=f"isi {id_} parties").set_value([BEKASI, DEPOK, "32.01"])
    press(app, f"isi {id_}")
    [agreement] = reading.agreements()
    assert [a.name for a in agreement.actors] == ["Karang Taruna", HOSTILE.replace(";", ",")]
    assert agreement.sides == (BEKASI, DEPOK, "32.01")
    store.change_side(depok, key, DEPOK, 0, {"office": "Damkar"})
    app = page_of(id_)
    assert "Karang Taruna\n" in str(app.text_area(key=f"isi {id_} pelaku community").value)
    app.multiselect(key=f"isi {id_} parties").set_value([BEKASI, "32.01"])
    press(app, f"isi {id_}")
    assert "pihak yang sudah mengisi sesuatu tidak dapat dikeluarkan" in app.error[0].value
    assert DEPOK in reading.agreements()[0].sides


def signed(actor: Actor) -> str:
    id_ = entered(actor, starts=date(2026, 1, 1), rupiah=5)
    key = reading.key_of(id_)
    assert key is not None
    store.advance(actor, key, 1, Stage.PKS_SIGNING, None, MADE)
    store.sign(actor, key, 2, MADE, MADE)
    return id_


def test_a_signed_agreement_changes_by_an_addendum(bekasi: Actor) -> None:
    id_ = signed(bekasi)
    app = page_of(id_)
    assert "berubah lewat Adendum" in texts(app)
    keys = {w.key for w in (*app.text_input, *app.text_area, *app.multiselect, *app.number_input)}
    assert f"isi {id_} note" in keys
    assert keys.isdisjoint({f"isi {id_} {name}" for name in ("title", "parties", "scope", "kode", "rupiah")})
    app.number_input(key=f"adendum {id_} rupiah").set_value(9)
    app.text_area(key=f"adendum {id_} changes").set_value("nilainya naik")
    press(app, f"adendum {id_}")
    assert not app.error
    [agreement] = reading.agreements()
    assert (agreement.rupiah, agreement.addenda[0].changes) == ((9,), "nilainya naik")
    assert agreement.sectors == (Sector.FIRE,)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_verifier_corrects_a_signed_entry_and_has_no_other_form(language: str) -> None:
    id_ = signed(signed_in(database.current(), "bekasi"))
    verifier = signed_in(database.current(), "verifier")
    with patch(ACTOR, lambda: verifier):
        app = page_of(id_, language)
        assert {b.form_id for b in app.button if b.form_id} == {f"isian koreksi {id_}"}
        app.text_input(key=f"koreksi {id_} title").set_value(HOSTILE)
        press(app, f"koreksi {id_}")
        assert app.error
        assert reading.agreements()[0].corrections == ()
        app.text_area(key=f"koreksi {id_} reason").set_value(HOSTILE)
        press(app, f"koreksi {id_}")
    [agreement] = reading.agreements()
    assert (agreement.title.id, agreement.corrections[0].reason) == (HOSTILE, HOSTILE)
    shown = texts(app)
    assert md(HOSTILE).replace("\N{NO-BREAK SPACE}", " ") in shown
    said = {"id": "Dikoreksi pemeriksa Kota Bekasi", "en": "Corrected by a verifier of Kota Bekasi"}
    assert said[language] in shown


def test_an_agreement_of_others_and_a_published_one_have_no_forms_of_change(bekasi: Actor) -> None:
    depok = signed_in(database.current(), "depok")
    other = store.create(depok, Document.KB, (DEPOK, "32.01"), {"title": "Tanpa Bekasi"}, MADE)
    for id_ in (other, "BKS-DPK-2025"):
        app = page_of(id_)
        assert not [b for b in app.button if b.form_id.startswith(f"isian isi {id_}")]


def test_a_thousand_agreements_open(bekasi: Actor) -> None:
    with database.write(bekasi, Action.EDIT, BEKASI) as session:
        for number in range(1000):
            values = entries.shared({**entries.SHARED, "title": f"Perjanjian {number}"})
            session.add(
                AgreementRow(
                    document=Document.PKS,
                    parties=f"{BEKASI};{DEPOK}",
                    stage=Stage.PKS_DRAFT,
                    stage_since=MADE,
                    **values,
                )
            )
    app = page_of()
    assert not app.exception
    assert len(app.dataframe[0].value) > 1000
