"""Akses lintas batas in a browser: a place set on the map, the link that brings it back, and the phone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driving import PHONE, answered, settled

SERANG = "/akses?koridor=kabserang-kotaserang&layanan=puskesmas"


def numbers(page: Page) -> list[str]:
    """The tables that stand on the page as text."""
    return page.locator("table").all_inner_texts()


def test_a_facility_set_by_a_click_comes_back_from_its_link(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(SERANG)
    expect(settled(page).frame_locator("iframe").first.locator(".tp-unit").first).to_be_attached()
    before = numbers(page)
    page.get_by_role("button", name="Skenario").click()
    page.get_by_role("button", name=re.compile("Tambah puskesmas")).click()
    expect(page.get_by_text("Klik tempat yang baru di peta.")).to_be_visible()
    page.keyboard.press("Escape")
    box = settled(page).locator("iframe").first.bounding_box()
    assert box is not None
    page.wait_for_timeout(600)
    expect(page.frame_locator("iframe").first.locator(".tp-note")).to_be_visible()
    page.mouse.click(box["x"] + box["width"] * 0.42, box["y"] + box["height"] * 0.55)
    expect(page.get_by_text("Skenario: 1 perubahan.")).to_be_visible()
    settled(page)
    assert "skenario=tambah" in page.url
    assert numbers(page) != before
    again = open_page()
    again.goto(page.url)
    expect(settled(again).get_by_text("Skenario: 1 perubahan.")).to_be_visible()
    assert numbers(again) == numbers(page)


def test_the_lists_fit_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto(SERANG)
    answered(page, "akses")
    expect(page.get_by_text("Kisaran karena 6 puskesmas hanya diketahui wilayahnya")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing scrolls sideways"
