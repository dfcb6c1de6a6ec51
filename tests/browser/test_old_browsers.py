"""Case 27: a browser in which Streamlit's scripts fail, or run not at all, says so instead of staying empty."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.driving import settled

NOTICE = re.compile("peramban ini terlalu lama")


def test_without_scripts_there_is_a_notice(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_text(NOTICE)).to_be_visible()
    expect(page.get_by_text("this browser is too old")).to_be_visible()


def test_where_the_scripts_fail_the_notice_stays(new_page: Page, trouble: Any) -> None:
    new_page.route(
        re.compile(r"/static/js/index\."),
        lambda route: route.fulfill(body="}", content_type="application/javascript"),
    )
    new_page.goto("/")
    expect(new_page.get_by_text(NOTICE)).to_be_visible()
    trouble.console.clear()


def test_where_they_run_it_is_gone(page: Page) -> None:
    page.goto("/sumber")
    settled(page)
    expect(page.get_by_text(NOTICE)).to_have_count(0)
