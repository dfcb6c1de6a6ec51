"""A round on the pages: submit, second person, publish, everything says so, as of before, withdraw, as before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from open_data.indicators import indicator_rows
from records import database
from records.models import Role
from records.permissions import READER, Actor
from records.uploads import reading
from tests.data.intake.making import xlsx
from tests.pages.opening import open_page, texts
from tests.pages.uploading import ACTOR, as_of_now, brought, press
from tests.records.acting import BEKASI, signed_in
from tests.shipped import data
from views.language.cells import csv_text
from views.link import results

REGISTER = data().vintages[(data().vintages["series"] == "penduduk") & (data().vintages["level"] == "kelurahan")]


def prodeskel(period: str, kabkota: str = BEKASI) -> bytes:
    """The register of a day as Prodeskel lays it out: three rows of headings, codes without points, units."""
    rows = REGISTER[(REGISTER["period"] == period) & REGISTER["kode"].str.startswith(kabkota)]
    place = {
        str(kode): list(map(str, row)) for kode, row in data().kelurahan[["nama", "jenis", "kecamatan"]].iterrows()
    }
    body = []
    for kode, value in zip(map(str, rows["kode"]), rows["value"], strict=True):
        name, kind, area = (text.upper() for text in place[kode])
        body.append(["", float(kode.replace(".", "")), name, kind, f"KECAMATAN {area}", "KOTA BEKASI", value, "Jiwa"])
    head = ["", "KODE", "NAMA", "STATUS PEMERITAHAN", "NAMA KECAMATAN", "NAMA KOTA/KAB"]
    top = [
        ["", "DATA POTENSI JUMLAH PENDUDUK"],
        [*head, "JUMLAH PENDUDUK", ""],
        [*head, "NILAI", "SATUAN"],
        [""] * 8,
    ]
    return xlsx({"Sheet1": [*top, *body]})


@pytest.fixture
def office(tmp_path: Path, tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Actor]]:
    """An editor and a verifier of Kota Bekasi, with a database of their own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'tapal.sqlite3'}")
    yield {
        "editor": signed_in(database.current(), "rina", [(Role.EDITOR, BEKASI), (Role.VERIFIER, BEKASI)]),
        "verifier": signed_in(database.current(), "budi", [(Role.VERIFIER, BEKASI)]),
    }
    results.forget()


def submitted(actor: Actor, content: bytes, day: date) -> AppTest:
    app = brought(actor, "penduduk.xlsx", content)
    with patch(ACTOR, lambda: actor):
        next(d for d in app.date_input).set_value(day)
    return press(actor, app, "Ajukan")


def csv_now(number: int | None = None) -> str:
    shown = results.as_of(data(), reading.history() or (), number)
    return csv_text(indicator_rows(shown, [data().catalogue.corridors["bekasi-depok"]]))


def test_a_round(office: dict[str, Actor]) -> None:
    before, kode = csv_now(), "32.75.01.1001"
    plain = texts(open_page("profil", wilayah=kode))
    app = submitted(office["editor"], prodeskel("2024-06-30"), date(2024, 6, 30))
    assert "56 berubah" in texts(app)
    assert "orang kedua" in app.success[0].value
    assert not [b for b in app.button if b.label == "Terbitkan"], "who submitted it cannot publish it"
    assert csv_now() == before, "what waits is shown nowhere"
    assert "Menunggu pemeriksa" not in texts(as_of_now(READER, "unggah"))

    app = as_of_now(office["verifier"], "unggah")
    assert "56 angka" in texts(app)
    press(office["verifier"], app, "Terbitkan")
    assert "versi 1" in app.success[0].value

    changed = texts(open_page("profil", wilayah=kode))
    assert "Memuat data kantor: penduduk Kota Bekasi 30 Juni 2024 (versi 1)" in changed.replace("\\", "")
    assert "data kantor versi 1" in csv_now()
    english = texts(open_page("beranda", bahasa="en")).replace("\\", "")
    assert "With office data: population Kota Bekasi June 30, 2024 (version 1)" in english

    old = open_page("profil", wilayah=kode, per="0")
    assert old.query_params["per"] == "0" or old.query_params["per"] == ["0"]
    assert "Per data bawaan Tapal" in "\n".join(i.value for i in old.info)
    assert csv_now(0) == before
    old.button[next(n for n, b in enumerate(old.button) if b.label == "Ke data sekarang")].click().run()
    assert "per" not in old.query_params

    app = as_of_now(office["verifier"], "unggah")
    with patch(ACTOR, lambda: office["verifier"]):
        app.text_input(key="unggah tarik alasan").set_value("bulan keliru").run()
    press(office["verifier"], app, "Tarik versi 1")
    assert csv_now() == before
    assert texts(open_page("profil", wilayah=kode)) == plain
    kept = open_page("beranda", per="1")
    said = "\n".join(i.value for i in kept.info).replace("\\", "")
    assert "Per versi 1" in said
    assert "bulan keliru" in said
    assert "data kantor versi 1" in csv_now(1)
    unknown = open_page("beranda", per="7")
    assert "Per versi" in "\n".join(w.value for w in unknown.warning)


def test_what_tapal_computes_is_not_submitted_and_other_rows_are_left_out(office: dict[str, Actor]) -> None:
    rows = [["kode", "indikator", "nilai"], ["32.75.01.1001", "kepadatan", 100.0]]
    app = as_of_now(office["editor"], "unggah")
    with patch(ACTOR, lambda: office["editor"]):
        app.file_uploader[0].upload("n.xlsx", xlsx({"A": rows})).run()
    assert "dihitung Tapal" in "\n".join(e.value for e in app.error)
    assert not [b for b in app.button if b.label == "Ajukan"]
    roads = [["32.75.01.1001", "kerapatan_jalan", 9.5], ["32.76.01.1006", "kerapatan_jalan", 8.5]]
    rows = [["kode", "indikator", "nilai"], *roads]
    with patch(ACTOR, lambda: office["editor"]):
        app.file_uploader[0].upload("m.xlsx", xlsx({"A": rows})).run()
        next(d for d in app.date_input).set_value(date(2026, 1, 1))
    press(office["editor"], app, "Ajukan")
    [one] = reading.submitted(office["verifier"])
    assert (one.count, one.kabkota) == (1, BEKASI)
    app = as_of_now(office["verifier"], "unggah")
    assert "55 angka yang sekarang ditampilkan tidak ada di berkas" in texts(app)
    press(office["verifier"], app, "Tolak")
    assert "alasannya" in app.error[0].value
    with patch(ACTOR, lambda: office["verifier"]):
        app.text_input(key="unggah alasan").set_value("salah sumber").run()
    press(office["verifier"], app, "Tolak")
    assert reading.submitted(office["verifier"])[0].state == "rejected"
