"""What a link holds is repeated as text: no address in it can be clicked; and links to methods open their section."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import LAPTOP, PHONE, settled

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


def opened_at(page: Page, heading: str) -> None:
    """The section on a method that is shown, in sight."""
    expect(settled(page).get_by_role("combobox", name="Metode, rumus dan batasnya")).to_have_value(heading)
    expect(page.get_by_role("heading", name=heading)).to_be_in_viewport()


def test_a_link_to_a_method_opens_its_section_and_so_does_one_of_before(page: Page) -> None:
    page.goto("/profil?koridor=kabserang-kotaserang")
    link = settled(page).get_by_role("link", name="Metode, rumus dan batasnya").first
    page.goto(link.evaluate("(link) => link.href"))
    opened_at(page, "Jarak dan letak yang belum diketahui")
    page.goto("/?koridor=kabserang-kotaserang")
    page.goto("/sumber?koridor=kabserang-kotaserang#damkar")
    opened_at(page, "Damkar")
    expect(page).to_have_url(re.compile(r"/sumber\?koridor=kabserang-kotaserang&metode=damkar"))


@pytest.mark.parametrize(("screen", "most"), [(LAPTOP, 4000), (PHONE, 7000)], ids=["laptop", "phone"])
def test_sources_are_no_scroll_of_paper(open_page: Callable[..., Page], screen: tuple[int, int], most: int) -> None:
    page = open_page(screen)
    page.goto("/sumber?koridor=kabserang-kotaserang")
    height = settled(page).locator(".stMainBlockContainer").evaluate("(e) => e.scrollHeight")
    assert height <= most
