"""Row 6: an error that nobody expected is a sentence in the reader's language, and the way out stays on the screen."""

import logging
import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import answer, open_page
from tests.serving import serve
from tests.visiting import Visitor, texts
from views.screen import errors

SENTENCES = {"id": "kesalahan yang tidak terduga", "en": "because of an unexpected error"}
# What a page says that needs a border with two sides.
TWO_SIDES = {"id": "Pilih perbatasan dengan dua sisi", "en": "Choose a border with two sides"}
LABELS = {"id": ("Koridor", "Bahasa"), "en": ("Corridor", "Language")}


def has_the_way_out(app: AppTest, language: str) -> bool:
    """Tell whether corridor and language can be chosen."""
    corridor, chosen = LABELS[language]
    return app.selectbox(key="koridor").label == corridor and app.segmented_control(key="bahasa").label == chosen


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_that_raises_says_so_and_keeps_the_way_out(
    language: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("views.topics.sources.words.question", lambda *_: 1 / 0, raising=False)
    monkeypatch.setattr("views.link.results.known_shares", lambda *_: 1 / 0)
    app = open_page("sumber", bahasa=language)
    assert not app.exception, "Streamlit's own words are never shown"
    assert len(app.error) == 1
    assert SENTENCES[language] in app.error[0].value
    assert has_the_way_out(app, language)
    number = re.search(r"[0-9A-F]{6}", app.error[0].value)
    assert number
    [record] = [r for r in caplog.records if r.name == "tapal"]
    assert record.levelno == logging.ERROR
    assert number[0] in record.getMessage()
    assert record.exc_info
    assert record.exc_info[0] is ZeroDivisionError


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_that_ends_early_keeps_the_way_out(language: str) -> None:
    app = open_page("biaya", koridor="semua", bahasa=language)
    assert not app.exception
    assert TWO_SIDES[language] in answer(app), "it says what to choose"
    assert has_the_way_out(app, language)
    app.selectbox(key="koridor").select("bekasi-depok").run()
    assert not app.exception
    assert app.subheader
    assert TWO_SIDES[language] not in answer(app)


@pytest.fixture(scope="module")
def broken() -> Iterator[str]:
    with serve("tests/pages/apps/broken.py") as address:
        yield address


@pytest.mark.parametrize(("language", "corridor"), [("id", "Koridor"), ("en", "Corridor")])
def test_an_error_in_a_part_that_runs_by_itself_is_a_sentence_too(broken: str, language: str, corridor: str) -> None:
    with Visitor(broken) as visitor:
        received = visitor.open("", f"koridor=bekasi-depok&bahasa={language}")
        shown = texts(received)
        assert any(SENTENCES[language] in text for text in shown)
        assert corridor in shown
        kinds = {
            reply.delta.new_element.WhichOneof("type") for reply in received if reply.WhichOneof("type") == "delta"
        }
        assert "exception" not in kinds


def test_the_office_server_tells_errors_so() -> None:
    import server

    assert server.app._on_script_error is errors.tell
