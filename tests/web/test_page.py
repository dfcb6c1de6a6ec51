"""The HTML page that the browser gets in place of Streamlit's, and the addresses that lead to a page."""

import pytest

from tests.web.answers import Answer
from web.headers import inline_script_hashes
from web.page import KNOWN_FROM_THE_START, led_to, quick_page, streamlit_page


def test_the_page_knows_its_server(address: str) -> None:
    page = Answer(address + "/peta?koridor=semua")
    text = page.body.decode()
    assert len(page.body) == int(page.headers["content-length"])
    assert text.index(KNOWN_FROM_THE_START) < text.index('<script type="module"')
    for script in inline_script_hashes(text):
        assert script in page.headers["content-security-policy"]


def test_streamlits_page_still_has_what_is_replaced() -> None:
    page = streamlit_page()
    assert page.count("<head>") == page.count("</head>") == 1
    assert len(quick_page(page)) > len(page) + len(KNOWN_FROM_THE_START)


def test_the_address_of_a_page_file_leads_to_its_page(address: str) -> None:
    assert Answer(address + "/pages/peta.py?koridor=semua").url == address + "/peta?koridor=semua"


@pytest.mark.parametrize("path", ["/ringkasan", "/ringkasan/", "/pages/ringkasan.py"])
def test_the_name_of_the_first_page_leads_to_the_root(address: str, path: str) -> None:
    assert Answer(address + path + "?koridor=semua").url == address + "/?koridor=semua"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/tapal/ringkasan", "/tapal/"),
        ("/tapal/pages/peta.py", "/tapal/peta"),
        ("/ringkasan_lain", None),
        ("/peta", None),
        ("/", None),
    ],
)
def test_a_page_below_another_address_stays_there(path: str, page: str | None) -> None:
    assert led_to(path) == page
