"""Katalog: an admin adds an entry, every page has it at once, others are refused, a bad entry leaves nothing."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from records import database
from records.catalogue import reading
from records.models import Role
from records.permissions import READER, Actor
from records.uploads import store as uploads
from records.uploads.entries import Submission
from records.uploads.reading import submitted
from records.uploads.tables import Kind
from tests.pages.opening import open_page, texts
from tests.records.acting import BEKASI, signed_in
from views.link import results

ACTOR = "views.screen.account.actor"
FILLED = {
    "id": "balita_gizi", "title.id": "Balita gizi buruk", "title.en": "Malnourished children",
    "description.id": "Balita gizi buruk per seribu.", "description.en": "Malnourished children in a thousand.",
    "unit.id": "per seribu", "unit.en": "in a thousand", "year": "2025", "sector": "kesehatan",
    "direction": "lebih_rendah_baik", "sources": ["press"], "decimals": "1", "breaks": "1; 2,5; 5",
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Actor]]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'tapal.sqlite3'}")
    known = {
        "admin": [(Role.ADMIN, "")], "editor": [(Role.EDITOR, BEKASI)], "verifier": [(Role.VERIFIER, BEKASI)],
    }  # fmt: skip
    yield {name: signed_in(database.current(), name, grants) for name, grants in known.items()}
    results.forget()


def katalog(actor: Actor, **parameters: str) -> AppTest:
    with patch(ACTOR, lambda: actor):
        return open_page("katalog", **parameters)


def fill(app: AppTest, actor: Actor, values: Mapping[str, Any], prefix: str = "katalog indicators  0") -> AppTest:
    """Fill in the form and send it, as somebody who may be another one by then."""
    for name, value in values.items():
        key = f"{prefix} {name}"
        kinds = (app.text_input, app.text_area, app.selectbox, app.multiselect)
        [field] = [one for kind in kinds for one in kind if one.key == key]
        field.set_value(value)
    with patch(ACTOR, lambda: actor):
        next(b for b in app.button if b.label == "Simpan").click().run()
    assert not app.exception
    return app


def added(admin: Actor, **more: Any) -> AppTest:
    app = fill(katalog(admin), admin, FILLED | more)
    assert "versi 1" in app.success[0].value
    return app


def test_an_indicator_is_on_every_page_at_once_and_gone_when_it_is_withdrawn(office: dict[str, Actor]) -> None:
    before = texts(open_page("beranda"))
    added(office["admin"])
    assert "balita_gizi" in open_page("beranda", indikator="balita_gizi").query_params["indikator"]
    for name in ("bandingkan", "profil", "unggah"):
        assert not open_page(name, indikator="balita_gizi").exception, "nobody has brought a value yet"
    rows = [("32.75.01.1001", "balita_gizi", 3.5, 2025), ("32.75.01.1002", "balita_gizi", 6.0, 2025)]
    sent = Submission(Kind.VALUES, BEKASI, "gizi.csv", "b" * 64, 9, date(2025, 12, 31), "", {}, rows)
    key = uploads.submit(office["editor"], sent, date(2026, 11, 29))
    [one] = submitted(office["verifier"])
    uploads.publish(office["verifier"], key, one.rows_sha256, 1)
    assert re.search("Balita gizi buruk.{1,200}3,5", table_of("32.75.01.1001"), re.DOTALL)
    assert re.search("Malnourished children.{1,200}3\\.5", table_of("32.75.01.1001", bahasa="en"), re.DOTALL)
    assert not open_page("beranda", indikator="balita_gizi").warning

    app = katalog(office["admin"])
    app.text_input(key="katalog tarik alasan").set_value("keliru")
    with patch(ACTOR, lambda: office["admin"]):
        app.button(key="katalog tarik").click().run()
    assert "ditarik" in app.success[0].value
    assert "Balita gizi buruk" not in table_of("32.75.01.1001")
    assert open_page("beranda", indikator="balita_gizi").warning, "the link names an indicator that is gone"
    assert texts(open_page("beranda", per="0")) == before
    assert "balita_gizi" in open_page("beranda", per="2", indikator="balita_gizi").query_params["indikator"]


def table_of(kode: str, **parameters: str) -> str:
    """The table of the profile of a kelurahan."""
    return "".join(h.proto.body for h in open_page("profil", wilayah=kode, **parameters).get("html"))


def test_others_are_refused_in_the_action(office: dict[str, Actor]) -> None:
    for actor in (READER, office["editor"], office["verifier"]):
        assert not [b for b in katalog(actor).button if b.label in ("Simpan", "Tarik balita_gizi")]
        app = fill(katalog(office["admin"]), actor, FILLED)
        assert "Hanya admin" in app.error[0].value
        assert reading.saved(READER) == ()
    added(office["admin"])
    for actor in (READER, office["editor"], office["verifier"]):
        app = katalog(office["admin"])
        app.text_input(key="katalog tarik alasan").set_value("x")
        with patch(ACTOR, lambda actor=actor: actor):
            app.button(key="katalog tarik").click().run()
        assert "Hanya admin" in app.error[0].value
        assert reading.saved(READER)[0].withdrawn is None
    assert reading.saved(READER)[0].author == ""
    assert reading.saved(office["admin"])[0].author == "Admin"


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"id": "Dua Kata"}, "Pengenal", "hanya huruf kecil"),
        ({"title.en": ""}, "Judul (Inggris)", "harus diisi"),
        ({"decimals": "banyak"}, "Angka di belakang koma", "bukan angka"),
        ({"breaks": "5; 1"}, "seluruh entri", "batas kelas harus naik"),
        ({"title.id": "<img src=x onerror=alert(1)>"}, "Judul (Indonesia)", "tanda ini tidak boleh: <"),
        ({"title.id": "[x](javascript:alert(1))"}, "Judul (Indonesia)", "tanda ini tidak boleh: ["),
        ({"description.id": "=HYPERLINK(1)"}, "Keterangan (Indonesia)", "tanda ini tidak boleh: ="),
        ({"title.id": "a" * 400}, "Judul (Indonesia)", "terlalu panjang (paling banyak 160 huruf)"),
        ({"id": "layanan"}, "Pengenal", "dipakai Tapal sendiri"),
        ({"sources": []}, "Sumber", "harus diisi"),
    ],
)
def test_a_bad_entry_is_refused_with_field_and_reason_and_nothing_is_written(
    office: dict[str, Actor], typed: dict[str, Any], field: str, reason: str
) -> None:
    app = fill(katalog(office["admin"]), office["admin"], FILLED | typed)
    assert "Tidak ada yang disimpan" in app.error[0].value
    told = app.dataframe[0].value
    assert any(field in str(row.iloc[0]) and reason in str(row.iloc[1]) for _, row in told.iterrows()), told
    assert reading.saved(READER) == ()
    kept = [one for one in app.text_input if one.key == "katalog indicators  0 year"]
    assert kept[0].value == "2025", "what was typed stays in the form"
