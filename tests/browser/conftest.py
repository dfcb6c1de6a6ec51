"""One server and one Chromium for all browser tests, and pages that write down everything that goes wrong.

A test asks for `page` (a laptop's screen) or for `open_page` to choose another. It fails by itself when any
request leaves this machine or when the browser reports an error.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driving import BREACHES, FLAGS, LAPTOP, PATIENCE_MS, SCREENS, Trouble, left_clean, take_pictures
from tests.serving import serve

FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder, so that `-m "not browser"` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember for the fixtures whether the test itself failed."""
    report: Any = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def serve_app() -> Iterator[Callable[[Path | str], str]]:
    """Serve a script for the whole session, each only once: ``serve_app("tests/browser/apps/one.py")``."""
    with ExitStack() as stack:
        addresses: dict[str, str] = {}

        def start(script: Path | str) -> str:
            if str(script) not in addresses:
                addresses[str(script)] = stack.enter_context(serve(script))
            return addresses[str(script)]

        yield start


@pytest.fixture(scope="session")
def app_url(serve_app: Callable[[Path | str], str]) -> str:
    """Address of the running app."""
    return serve_app("server.py")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests: $CHROMIUM, or the first on the PATH."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    assert path, "no Chromium: `make test-browser` finds or installs one, or set CHROMIUM=/path/to/it"
    # Chromium refuses its sandbox to root, who runs tests in containers.
    sandbox = ("--no-sandbox",) if os.name == "posix" and os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def trouble() -> Trouble:
    """What this test's pages have done wrong so far; a test that provokes an error clears it here."""
    return Trouble()


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """Tabs that one test after the other uses: a new one reads all scripts anew, longer than most tests take."""
    return []


@pytest.fixture
def open_page(
    chromium: Browser, app_url: str, trouble: Trouble, tabs: list[Page], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Open a fresh session: ``open_page()``, ``open_page(PHONE)``, ``open_page(color_scheme="dark")``.

    Each call is another browser for the server: no cookies or storage in common. Any other option, or ``new=True``,
    makes a context that nobody has used; a test that gives a page scripts or listeners needs one. Paths given to
    ``page.goto`` are relative to the app. Afterwards all pages are left; if the test failed, their pictures stand in
    test-results/.
    """
    used: list[Page] = []
    new_ones: list[Page] = []

    def new_page(**options: Any) -> Page:
        options = {"base_url": app_url, "locale": "id-ID", "timezone_id": "Asia/Jakarta", **options}
        context = chromium.new_context(**options)
        context.add_init_script(BREACHES)
        context.set_default_timeout(PATIENCE_MS)
        return context.new_page()

    def start(screen: tuple[int, int] = LAPTOP, new: bool = False, color_scheme: Any = "light", **options: Any) -> Page:
        if new or options.keys() - {"permissions"}:
            page = new_page(**options)
            new_ones.append(page)
        else:
            if len(tabs) == len(used):
                tabs.append(new_page())
            page = tabs[len(used)]
            used.append(page)
            page.context.grant_permissions(options.get("permissions", []))
        page.set_viewport_size({"width": screen[0], "height": screen[1]})
        page.emulate_media(color_scheme=color_scheme, media="null")
        trouble.watch(page.context)
        return page

    yield start
    failed = request.node.stash.get(FAILED, False)
    for number, page in enumerate([*used, *new_ones]):
        if failed:
            take_pictures(page.context, f"{request.node.name}-{number}")
        if failed or page in new_ones or not left_clean(page):
            page.context.close()
    tabs[:] = [page for page in tabs if not page.is_closed()]
    trouble.unwatch()
    if not failed:
        trouble.check()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page on a laptop's screen."""
    return open_page()


@pytest.fixture
def new_page(open_page: Callable[..., Page]) -> Page:
    """The same, to which a test may give scripts and listeners."""
    return open_page(new=True)


@pytest.fixture(params=list(SCREENS.values()), ids=list(SCREENS))
def screen(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Each screen that people use in turn: ``open_page(screen)``."""
    width, height = request.param
    return width, height
