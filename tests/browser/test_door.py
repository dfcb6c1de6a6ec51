"""The door in a real browser: it opens on every screen, in both themes, without another machine."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.driving import Trouble, answered, is_local, settled


def test_the_door_opens_on_every_screen(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    page = open_page(screen)
    page.goto("/")
    answered(page, "beranda")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing scrolls sideways"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_machine(open_page: Callable[..., Page], scheme: Any) -> None:
    page = open_page(color_scheme=scheme)
    page.goto("/")
    ground = settled(page).locator('[data-testid="stApp"]').evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 25, 27)"}[scheme]


def test_a_second_visit_fetches_no_script_again(open_page: Callable[..., Page]) -> None:
    page = open_page(new=True)
    page.goto("/")
    settled(page)
    page.goto("/?bahasa=en")
    settled(page)
    scripts = "performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('.js'))"
    sizes = page.evaluate(f"{scripts}.map(entry => entry.transferSize)")
    assert sizes
    assert sum(sizes) == 0


def test_the_policy_stops_what_would_leave(page: Page, trouble: Trouble) -> None:
    page.goto("/")
    with (
        page.expect_console_message(lambda message: message.text.startswith("policy: img-src")),
        page.expect_console_message(lambda message: message.text.startswith("Loading the image")),
    ):
        settled(page).evaluate("new Image().src = 'https://tiles.example/1.png'")
    assert trouble.external == ["https://tiles.example/1.png"]
    trouble.external.clear()
    trouble.console.clear()


@pytest.mark.parametrize("address", ["http://tiles.example/1.png", "http://192.0.2.1/1.png"])
def test_the_watch_notes_what_gets_past_a_policy(page: Page, trouble: Trouble, address: str) -> None:
    with page.expect_event("requestfailed"):
        page.set_content(f'<img src="{address}">')
    assert trouble.external == [address]
    trouble.external.clear()
    trouble.console.clear()


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8501/x", True),
        ("ws://localhost:1/x", True),
        ("data:text/plain,x", True),
        ("blob:http://127.0.0.1/1", True),
        ("https://localhost.example/", False),
        ("http://127.0.0.1.example/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_this_machine_is_known_by_its_name(url: str, local: bool) -> None:
    assert is_local(url) is local
