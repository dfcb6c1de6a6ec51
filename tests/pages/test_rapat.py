"""Mode rapat from the entry point: both languages, every corridor, and links that are wrong."""

import pytest

from tests.pages.opening import CORRIDORS, HOSTILE, answer, assert_whole, open_page, seen, warnings


@pytest.mark.parametrize("corridor", CORRIDORS)
def test_slides_are_offered_for_every_corridor(corridor: str) -> None:
    app = seen("rapat", koridor=corridor, bahasa="id")
    slides = len(app.multiselect(key="slaid").options)
    assert 6 <= slides <= 10
    assert answer(app).startswith(f"**{slides} slaid untuk 15 menit")


def test_slides_and_their_order_stay_in_the_link() -> None:
    app = open_page("rapat", koridor="bekasi-depok", slaid="peta;sampul")
    assert answer(app).startswith("**2 slaid")
    assert app.multiselect(key="slaid").value == ["peta", "sampul"]
    app.multiselect(key="slaid").set_value(["sumber", "peta", "sampul"]).run()
    assert app.query_params["slaid"] == "sumber;peta;sampul"
    app.multiselect(key="slaid").set_value([]).run()
    assert "slaid" not in app.query_params
    assert answer(app).startswith("**10 slaid")


def test_another_corridor_keeps_the_slides_that_it_has() -> None:
    app = open_page("rapat", koridor="bekasi-depok", slaid="tetangga;sampul")
    app.selectbox(key="koridor").set_value("semua").run()
    assert_whole(app, "rapat", "semua")
    assert answer(app).startswith("**1 slaid")


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
    app = open_page("rapat", koridor="bekasi-depok", alamat="https://tapal.kota.go.id/")
    assert app.query_params["alamat"] == "https://tapal.kota.go.id"
    assert any("tapal" in str(c.value) for c in app.caption)
    app.text_input(key="alamat").set_value("bukan alamat").run()
    assert app.warning
    assert "alamat" not in app.query_params
