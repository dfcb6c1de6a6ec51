"""Screens, patience and the one way to wait: what browser tests import. The fixtures stand in conftest.py."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    FrameLocator,
    Locator,
    Page,
    Request,
    expect,
)

from tests.pages.opening import QUESTIONS
from tests.serving import NOWHERE, RESULTS

LAPTOP = (1366, 768)
PROJECTOR = (1920, 1080)
PHONE = (390, 844)
# A laptop at 200 %.
ZOOMED = (683, 384)
SCREENS = {"laptop": LAPTOP, "projector": PROJECTOR, "phone": PHONE}

# The select box of the corridor; on a phone it waits in the folded sidebar.
BORDER = re.compile("Koridor|Corridor")
PATIENCE_MS = 30_000
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
LOCAL_SCHEMES = {"data", "blob", "about"}

# Chromium asks its maker for things of its own. All but this machine lies behind a proxy that nobody runs;
# stopping requests by Playwright's routes instead would switch the browser's cache off.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    f"--proxy-server={NOWHERE}",
)

# What the security policy stops, also where a script catches the error that it gets. Streamlit's protobuf looks for
# WebAssembly on every page and goes on without it; nothing else is stopped.
BREACHES = """addEventListener("securitypolicyviolation", e => {
    if (e.blockedURI !== "wasm-eval" || !e.sourceFile.includes("/static/js/protobuf."))
        console.error(`policy: ${e.effectiveDirective} ${e.blockedURI} at ${e.documentURI} by ${e.sourceFile}`)})"""

# On a page's own address Streamlit asks where its server lives, first below that page: the answer is 404.
PROBE = re.compile(r"/\w+/_stcore/(?:health|host-config)$")

expect.set_options(timeout=PATIENCE_MS)


def settled(page: Page) -> Page:
    """Wait until Streamlit has drawn the page and runs nothing; return the page.

    Right after a click the old state may still say "notRunning": expect the outcome of the click first.
    """
    app = page.locator('[data-testid="stApp"]')
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator('[data-testid="stStatusWidget"]')).to_have_count(0)
    expect(page.locator('[data-testid="stSkeleton"]')).to_have_count(0)
    return page


def answered(page: Page, name: str, language: str = "id") -> Page:
    """Wait until a page is drawn with its question, its answer and the choice of border; return the page."""
    settled(page)
    expect(page.locator("h3").first).to_have_text(re.compile(QUESTIONS[name][language]))
    expect(page.locator('[data-testid="stMain"] p strong').first).to_have_text(re.compile(r"\w{3}"))
    expect(page.get_by_role("combobox", name=BORDER, include_hidden=True)).to_have_count(1)
    return page


def map_frame(page: Page) -> FrameLocator:
    """The frame of the map, once its polygons are painted."""
    frame = page.frame_locator("iframe").first
    expect(frame.locator(".tp-unit").first).to_be_attached()
    return frame


def chosen(page: Page, label: str) -> Locator:
    """The select box with this label."""
    return page.get_by_role("combobox", name=re.compile(label)).first


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a select box with the keyboard, as a search."""
    chosen(page, label).click()
    page.keyboard.type(option)
    page.keyboard.press("Enter")


def is_local(url: str) -> bool:
    """Tell whether an address needs nothing but this machine."""
    parts = urlsplit(url)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOCAL_HOSTS


@dataclass
class Trouble:
    """What pages did that they must not do."""

    external: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    _watched: list[tuple[BrowserContext, str, Callable[[Any], None]]] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Note every request that would leave this machine, and the browser's own complaints."""
        notes: dict[str, Callable[[Any], None]] = {
            "request": self._note_request,
            "console": self._note_console,
            "weberror": lambda error: self.console.append(str(error.error)),
        }
        for event, note in notes.items():
            context.on(event, note)  # type: ignore[call-overload]
            self._watched.append((context, event, note))

    def unwatch(self) -> None:
        """Note no more."""
        for watched, event, note in self._watched:
            watched.remove_listener(event, note)

    def check(self) -> None:
        """Raise with everything that was noted."""
        assert not self.external, f"requests left this machine: {self.external}"
        assert not self.console, f"the browser complained: {self.console}"

    def _note_request(self, request: Request) -> None:
        if not is_local(request.url):
            self.external.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBE.search(message.location["url"]):
            self.console.append(message.text)


def left_clean(page: Page) -> bool:
    """Leave a tab as if nobody had used it, but for the browser's cache; tell whether that could be done."""
    context = page.context
    try:
        for other in context.pages:
            if other != page:
                other.close()
        page.unroute_all()
        context.set_offline(False)
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.goto("about:blank")
        page.mouse.move(0, 0)
        context.clear_cookies()
        context.clear_permissions()
    except Error:
        return False
    return True


def take_pictures(context: BrowserContext, name: str) -> None:
    """Save what the pages of a failed test show in test-results/."""
    RESULTS.mkdir(exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "-", name)
    for number, page in enumerate(context.pages):
        try:
            page.screenshot(path=RESULTS / f"{stem}-{number}.png", full_page=True)
        except Error as error:
            print(f"no picture of {name}: {error}")
