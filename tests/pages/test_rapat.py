"""Mode rapat from the entry point: both languages, every corridor, and links that are wrong."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import catalogue

ROOT = Path(__file__).parents[2]
HOSTILE = "<img src=x onerror=alert(1)>](http://a.example) $x$"


def open_page(**parameters: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.run()
    app.switch_page("pages/rapat.py")
    for key, value in parameters.items():
        app.query_params[key] = value
    return app.run()


def answer(app: AppTest) -> str:
    return next(str(m.value) for m in app.markdown if str(m.value).startswith("**"))


@pytest.mark.parametrize("corridor", list(catalogue.load().corridors))
def test_the_page_opens_for_every_corridor(corridor: str) -> None:
    app = open_page(koridor=corridor, bahasa="en" if corridor == "semua" else "id")
    assert not app.exception
    assert not app.warning
    assert len(app.subheader) == 1
    assert "15" in answer(app)


def test_slides_and_their_order_stay_in_the_link() -> None:
    app = open_page(koridor="bekasi-depok", slaid="peta;sampul")
    assert answer(app).startswith("**2 slaid")
    assert app.multiselect(key="slaid").value == ["peta", "sampul"]
    app.multiselect(key="slaid").set_value(["sumber", "peta", "sampul"]).run()
    assert app.query_params["slaid"] == "sumber;peta;sampul"
    app.multiselect(key="slaid").set_value([]).run()
    assert "slaid" not in app.query_params
    assert answer(app).startswith("**10 slaid")


def test_another_corridor_keeps_the_slides_that_it_has() -> None:
    app = open_page(koridor="bekasi-depok", slaid="tetangga;sampul")
    app.sidebar.selectbox(key="koridor").set_value("semua").run()
    assert not app.exception
    assert answer(app).startswith("**1 slaid")


@pytest.mark.parametrize("parameter", ["slaid", "alamat", "bidang", "kelurahan"])
@pytest.mark.parametrize("value", ["tidak-ada", HOSTILE, "../../etc/passwd", "0" * 5000, "javascript:alert(1)"])
def test_bad_links_are_refused_in_words(parameter: str, value: str) -> None:
    app = open_page(koridor="bekasi-depok", **{parameter: value})
    assert not app.exception
    shown = "\n".join(str(w.value) for w in app.warning)
    assert shown
    assert "<img" not in shown.replace("\\<img", "")
    assert len(shown) < 400
    assert answer(app).startswith("**10 slaid")


def test_an_address_for_the_codes_is_kept_and_named() -> None:
    app = open_page(koridor="bekasi-depok", alamat="https://tapal.kota.go.id/")
    assert app.query_params["alamat"] == "https://tapal.kota.go.id"
    assert any("tapal" in str(c.value) for c in app.caption)
    app.text_input(key="alamat").set_value("bukan alamat").run()
    assert app.warning
    assert "alamat" not in app.query_params
