"""The fire page in a browser: a post is placed by a click, and its link shows the same numbers to somebody else."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driving import PHONE, answered, settled

LINK = "/damkar?koridor=kabserang-kotaserang"


def answer(page: Page) -> str:
    """The bold line."""
    return page.locator("p strong").first.inner_text()


def painted(page: Page) -> None:
    expect(page.frame_locator("iframe").first.locator(".tp-unit").first).to_be_attached()


def test_a_post_is_placed_by_a_click_and_the_link_holds_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(LINK)
    settled(page)
    painted(page)
    before = page.locator("p strong").first.inner_text()
    page.get_by_role("button", name="Pos", exact=True).click()
    page.get_by_role("combobox", name=re.compile("Letakkan di peta")).click()
    page.keyboard.type("Damkar Kota Serang")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Klik peta untuk meletakkan Damkar Kota Serang")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.frame_locator("iframe").first.locator(".tp-note")).to_be_visible()
    box = page.locator("iframe").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("skenario=pindah"))
    expect(page.locator("p strong").first).not_to_have_text(before)
    settled(page)
    other = open_page()
    other.goto(page.url)
    settled(other)
    assert answer(other) == answer(page)


def test_the_delay_moves_the_answer_by_keyboard_and_goes_into_the_link(page: Page) -> None:
    page.goto(LINK)
    settled(page)
    before = answer(page)
    page.get_by_role("slider", name=re.compile("Jeda koordinasi")).press("End")
    expect(page).to_have_url(re.compile("asumsi=tunda"))
    expect(page.get_by_text("jeda koordinasi 15 menit")).to_be_visible()
    assert answer(page) != before


def test_on_a_phone_nothing_is_wider_than_the_screen(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    for name in ("damkar", "latihan"):
        page.goto(f"/{name}?koridor=kabserang-kotaserang")
        answered(page, name)
        painted(page)
        width = page.locator('[data-testid="stMain"]').evaluate("e => e.scrollWidth - e.clientWidth")
        assert width <= 0
