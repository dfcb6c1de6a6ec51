"""Mode rapat from the entry point: both languages, every corridor, and links that are wrong."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import CORRIDORS, HOSTILE, answer, assert_whole, open_page, seen, warnings


@pytest.mark.parametrize("corridor", CORRIDORS)
def test_slides_are_offered_for_every_corridor(corridor: str) -> None:
    app = seen("rapat", koridor=corridor, bahasa="id")
    slides = len(app.multiselect(key="slaid").options)
    assert slides == 10
    assert answer(app).startswith(f"**{slides} slaid untuk 15 menit")


def test_slides_and_their_order_stay_in_the_link() -> None:
    app = open_page("rapat", koridor="bekasi-depok", slaid="peta;sampul")
    assert answer(app).startswith("**2 slaid")
    assert app.multiselect(key="slaid").value == ["peta", "sampul"]
    app.multiselect(key="slaid").set_value(["biaya", "peta", "sampul"]).run()
    assert app.query_params["slaid"] == "biaya;peta;sampul"
    app.multiselect(key="slaid").set_value([]).run()
    assert "slaid" not in app.query_params
    assert answer(app).startswith("**10 slaid")


def test_another_corridor_keeps_the_slides_that_it_has() -> None:
    app = open_page("rapat", koridor="bekasi-depok", slaid="biaya;sampul")
    app.selectbox(key="koridor").set_value("semua").run()
    assert_whole(app, "rapat", "semua")
    assert answer(app).startswith("**Satu slaid")


@pytest.mark.parametrize("parameter", ["slaid", "alamat", "bidang", "kelurahan"])
@pytest.mark.parametrize("value", ["tidak-ada", HOSTILE, "../../etc/passwd", "0" * 5000, "javascript:alert(1)"])
def test_bad_links_are_refused_in_words(parameter: str, value: str) -> None:
    app = open_page("rapat", koridor="bekasi-depok", **{parameter: value})
    assert_whole(app, "rapat")
    shown = warnings(app)
    assert shown
    assert "<img" not in shown.replace("\\<img", "")
    assert len(shown) < 400
    assert answer(app).startswith("**10 slaid")


def test_an_address_for_the_codes_is_kept_and_named() -> None:
    app = open_page("rapat", koridor="bekasi-depok")
    app.text_input(key="alamat").set_value("https://tapal.kota.go.id/").run()
    assert app.query_params["alamat"] == "https://tapal.kota.go.id"
    assert led_to(app) == "https://tapal.kota.go.id"
    app.text_input(key="alamat").set_value("bukan alamat").run()
    assert app.warning
    assert "alamat" not in app.query_params


def led_to(app: AppTest) -> str:
    """Where the QR codes lead, as the page says."""
    return next(m[1] for c in app.caption if (m := re.search("Kode QR membuka `(.+)`", str(c.value))))


@pytest.mark.parametrize("office", ["", "https://tapal.kota.go.id"])
def test_row_7_a_foreign_address_in_a_link_is_asked_about(office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPAL_ADDRESS", office)
    app = open_page("rapat", koridor="bekasi-depok", alamat="https://evil.example/")
    [asked] = app.warning
    assert "`https://evil.example`" in asked.value, "as code: a bare address would become a link"
    assert all("evil.example" not in str(c.value) for c in app.caption)
    if office:
        assert led_to(app) == office
    app.button[0].click().run()
    assert not app.warning
    assert led_to(app) == "https://evil.example", "named beside the code"


def test_row_7_an_address_of_the_office_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPAL_ADDRESS", "https://tapal.kota.go.id http://tapal")
    app = open_page("rapat", koridor="bekasi-depok", alamat="http://tapal")
    assert not app.warning
    assert led_to(app) == "http://tapal"
