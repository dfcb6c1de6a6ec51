"""Every page can be read on a laptop, a telephone and at 200 %: nothing is cut, small or faint, nor serious for axe."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import LAPTOP, PHONE, ZOOMED, answered, settled
from tests.pages.opening import FIRST_PAGE, QUESTIONS

HERE = Path(__file__).parent
AXE = (HERE.parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
LEGIBLE = (HERE / "legible.js").read_text(encoding="utf-8")
SMALLEST, LEAST = 11, 4.5
DARK = "rgb(20, 25, 27)"

# Streamlit's own markup, which nothing of ours can mend: rule and node, with what is wrong there.
STREAMLITS = {
    # Sections of the menu on a narrow screen are <div> in the <ul>, and their pages <li> in those (streamlit 1.67).
    "list": '[data-testid="stSidebarNavItems"]',
    "listitem": '[data-testid="stSidebarNavItems"] li',
}


def opened(page: Page, name: str, language: str = "id") -> Page:
    """A page at the border with most kelurahan of both kinds, drawn whole."""
    path = "" if name == FIRST_PAGE else name
    page.goto(f"/{path}?koridor=kabserang-kotaserang&bahasa={language}")
    return answered(page, name, language)


def illegible(page: Page) -> list[str]:
    """What cannot be read on the page, once charts and tables have followed a new width."""
    for _ in range(20):
        found = [str(text) for text in page.evaluate(LEGIBLE, {"smallest": SMALLEST, "least": LEAST})]
        if not found:
            break
        page.wait_for_timeout(250)
    return found


def faults(page: Page) -> list[str]:
    """Serious and critical faults that axe finds on the page and in its frames, by rule and node."""
    for frame in page.frames:
        frame.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations'], elementRef: false})")
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
        if not (fault["id"] in STREAMLITS and page.locator(STREAMLITS[fault["id"]]).and_(target(page, node)).count())
    ]


def target(page: Page, node: dict[str, Any]) -> Locator:
    """The element that axe means, where it is one of the page itself."""
    return page.locator(f"css={node['target'][0]}")


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_a_page_can_be_read(open_page: Callable[..., Page], name: str) -> None:
    page = opened(open_page(LAPTOP), name)
    found = {"axe": faults(page), "laptop": illegible(page)}
    for what, (width, height) in {"200 %": ZOOMED, "telephone": PHONE}.items():
        page.set_viewport_size({"width": width, "height": height})
        found[what] = illegible(page)
    page.emulate_media(color_scheme="dark")
    # Charts are drawn for the theme with which a page is opened.
    opened(page, name)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", DARK)
    found |= {"dark": illegible(settled(page)), "axe on a dark telephone": faults(page)}
    assert not any(found.values()), {where: what for where, what in found.items() if what}


@pytest.mark.parametrize("name", ["profil", "damkar", "latihan"])
def test_at_200_percent_a_map_has_the_width_and_its_table_comes_below(
    open_page: Callable[..., Page], name: str
) -> None:
    page = opened(open_page(ZOOMED), name)
    map_, table = (page.locator(f".stMain {what}").first.bounding_box() for what in ("iframe", ".stHtml table"))
    assert map_
    assert table
    assert map_["width"] > 0.85 * ZOOMED[0]
    assert table["y"] >= map_["y"] + map_["height"]
