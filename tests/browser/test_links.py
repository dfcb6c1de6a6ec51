"""What a link holds is repeated as text: neither an address nor an e-mail address in it can be clicked."""

from collections.abc import Callable
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.browser.driving import settled

FOREIGN = {
    "indikator": "https://jahat.example/x",
    "tampilan": "www.jahat.example/x",
    "wilayah": "orang@jahat.example",
    "http://jahat.example": "1",
}


def test_an_address_in_a_link_is_said_and_cannot_be_clicked(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/?" + urlencode(FOREIGN))
    said = settled(page).get_by_test_id("stAlert")
    expect(said).to_contain_text("https:\N{WORD JOINER}//jahat.example/x")
    expect(said).to_contain_text("orang@\N{WORD JOINER}jahat.example")
    assert page.locator("a[href*=jahat]").count() == 0
    assert "jahat" not in page.url
