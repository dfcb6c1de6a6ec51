"""What a person waits for, measured in the browser: from the press of a button to the frame with the result.

A watcher in every frame looks once per animation frame at what is on the screen and reports when it has
changed. Times are those of the browser's own clock, so the driver's delays do not count.
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Page, sync_playwright

from tests.browser.driving import FLAGS, LAPTOP

POLYGONS = 555
PATIENCE_S = 90
CLICK_PATIENCE_S = 15
SHAPES = "path.leaflet-interactive, .choroplethlayer path"

WATCHER = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  let last = null;
  // What the card of the chosen kelurahan says: Streamlit's metric with what stands around it, or the rivals' line.
  window.benchCard = () => {
    const card = document.querySelector('[data-testid="stMetric"], .card');
    const block = card && (card.closest('[data-testid="stVerticalBlock"]') || card);
    return block ? block.textContent : "";
  };
  window.__read = null;
  addEventListener("pointerdown", () => window.benchPressed(now()), true);
  // Of a map that WebGL draws: a small copy of it, its colours counted. Kept buffers can be read after the frame.
  const own = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return own.call(this, kind, kind.startsWith("webgl") ? { ...options, preserveDrawingBuffer: true } : options);
  };
  const small = document.createElement("canvas");
  [small.width, small.height] = [64, 32];
  const drawn = () => {
    const canvas = document.querySelector('[data-testid="stDeckGlJsonChart"] canvas');
    if (!canvas || !canvas.width) return "";
    const pen = own.call(small, "2d", { willReadFrequently: true });
    pen.clearRect(0, 0, 64, 32);
    pen.drawImage(canvas, 0, 0, 64, 32);
    const data = pen.getImageData(0, 0, 64, 32).data.join();
    return new Set(new Uint32Array(pen.getImageData(0, 0, 64, 32).data.buffer)).size > 50 ? data : "";
  };
  const look = () => {
    const paths = document.querySelectorAll("path.leaflet-interactive, .choroplethlayer path");
    // The page without a map is there when all of it is: its text and its one control.
    const control = document.querySelector('[data-testid="stSelectbox"] [role="combobox"]');
    const text = control && document.querySelector('[data-testid="stText"]');
    const fills = Array.from(paths, (path) => path.getAttribute("fill") || path.style.fill).join();
    const canvas = fills ? "" : drawn();
    const picture = fills || canvas || (text && text.textContent);
    if (picture && picture !== last) {
      last = picture;
      window.benchSeen(now(), canvas ? WHOLE : paths.length, picture);
    }
    // When the last part of a Streamlit page took its place, and nothing stood in for one any more.
    const parts = (id) => document.querySelectorAll(`[data-testid="${id}"]`).length;
    const grown = parts("stElementContainer") - parts("stSkeleton");
    if (grown !== window.__grown) [window.__grown, window.benchWhole] = [grown, now()];
    if (window.__read !== null && window.benchCard() !== window.__read) {
      window.__read = null;
      window.benchRead(now());
    }
    requestAnimationFrame(look);
  };
  // A frame asked for while the document is still being set up may never come.
  addEventListener("DOMContentLoaded", () => requestAnimationFrame(look));
})();
"""

# The largest polygons are the surest to hit; what lies above them (a line, a control) rules a spot out.
TARGETS = """
(paths) => paths
  .map((path) => ({ path, box: path.getBoundingClientRect() }))
  .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
  .slice(0, 60)
  .map(({ path, box }) => ({ path, x: box.x + box.width / 2, y: box.y + box.height / 2 }))
  .filter(({ path, x, y }) => document.elementFromPoint(x, y) === path)
  .map(({ x, y }) => ({ x, y }))
"""


@dataclass
class Seen:
    """What the watchers of one page have reported."""

    pictures: list[tuple[float, int, str]] = field(default_factory=list)
    pressed: float = 0.0
    read: float = 0.0
    received: int = 0
    sent_frames: int = 0


@dataclass(frozen=True)
class Variant:
    """One of the compared: where it is and how a person handles it."""

    name: str
    url: str
    choose: Callable[[Page, int], None]
    polygons: int = POLYGONS


class Visit:
    """One page of one variant, opened, handled and closed."""

    def __init__(self, context: BrowserContext, variant: Variant) -> None:
        self.variant = variant
        self.seen = Seen()
        self.page = context.new_page()
        self.page.expose_binding("benchSeen", lambda _, *event: self.seen.pictures.append(event))
        self.page.expose_binding("benchPressed", lambda _, at: setattr(self.seen, "pressed", at))
        self.page.expose_binding("benchRead", lambda _, at: setattr(self.seen, "read", at))
        self.page.add_init_script(WATCHER.replace("WHOLE", str(POLYGONS)))
        network = context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.on("Network.webSocketFrameReceived", self._count_frame)
        network.on("Network.webSocketFrameSent", self._count_sent)
        network.on("Network.dataReceived", self._count_data)

    def _count_frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        payload = frame["payloadData"]
        self.seen.received += len(base64.b64decode(payload)) if frame["opcode"] == 2 else len(payload)

    def _count_sent(self, event: dict[str, Any]) -> None:
        # Opcodes from 8 on are the connection's own: close, ping, pong.
        self.seen.sent_frames += event["response"]["opcode"] < 8

    def _count_data(self, event: dict[str, Any]) -> None:
        self.seen.received += event["encodedDataLength"] or event["dataLength"]

    def _wait(self, done: Callable[[], bool], what: str, seconds: int = PATIENCE_S) -> None:
        for _ in range(seconds * 50):
            if done():
                return
            self.page.wait_for_timeout(20)
        raise TimeoutError(f"{self.variant.name}: {what} did not come within {seconds} s")

    def _whole(self) -> list[tuple[float, int, str]]:
        return [picture for picture in self.seen.pictures if picture[1] >= self.variant.polygons]

    def open(self) -> tuple[float, float]:
        """Seconds from the start of the navigation until all polygons are on the screen, and until all else is."""
        self.page.goto(self.variant.url, wait_until="commit")
        self._wait(lambda: bool(self._whole()), "the map")
        self.page.wait_for_timeout(1500)
        start, whole = self.page.evaluate("[performance.timeOrigin, window.benchWhole]")
        first = self._whole()[0][0]
        return (first - start) / 1000, (max(first, whole) - start) / 1000

    def change(self, number: int) -> tuple[float, int]:
        """Seconds from choosing an indicator until its colours are on the screen, and the bytes received."""
        before = self._whole()[-1][2]
        received = self.seen.received
        self.seen.pictures.clear()
        self.variant.choose(self.page, number)
        self._wait(lambda: any(picture[2] != before for picture in self._whole()), "the change")
        self.page.wait_for_timeout(1000)
        first = next(picture for picture in self._whole() if picture[2] != before)
        return (first[0] - self.seen.pressed) / 1000, self.seen.received - received

    def map_frame(self) -> Frame:
        """The frame that holds the polygons."""
        frames = self.page.frames
        return next(frame for frame in frames if frame.locator(SHAPES).count())

    def offset(self) -> tuple[float, float]:
        """Where the map's frame stands in the window."""
        if self.map_frame() == self.page.main_frame:
            return 0.0, 0.0
        box = self.map_frame().frame_element().bounding_box()
        assert box
        return box["x"], box["y"]

    def click(self, number: int) -> float:
        """Seconds from pressing on a kelurahan until the page shows its values."""
        targets = self.map_frame().locator(SHAPES).evaluate_all(TARGETS)
        left, top = self.offset()
        # A rival that lifts a polygon on hover can lose the click on it; then the next one is pressed.
        for attempt in range(4):
            target = targets[(number + 7 * attempt) % len(targets)]
            self.page.mouse.move(left + target["x"], top + target["y"])
            self.page.wait_for_timeout(200)
            self.seen.read = 0.0
            self.page.evaluate("window.__read = window.benchCard()")
            self.page.mouse.click(left + target["x"], top + target["y"])
            with suppress(TimeoutError):
                self._wait(lambda: self.seen.read > 0, "the values of the kelurahan", CLICK_PATIENCE_S)
                self.page.wait_for_timeout(800)
                return (self.seen.read - self.seen.pressed) / 1000
        raise TimeoutError(f"{self.variant.name}: no click brought the values of a kelurahan")

    def move(self) -> tuple[int, int]:
        """Pan by mouse and zoom by wheel; return the messages sent to the server and the bytes received."""
        box = self.map_frame().locator(".leaflet-container").first.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.wait_for_timeout(500)
        sent, received = self.seen.sent_frames, self.seen.received
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + 120, y + 60, steps=8)
        self.page.mouse.up()
        for step in (-240, -240, 240):
            self.page.keyboard.down("Control")
            self.page.mouse.wheel(0, step)
            self.page.keyboard.up("Control")
            self.page.wait_for_timeout(500)
        self.page.wait_for_timeout(1000)
        return self.seen.sent_frames - sent, self.seen.received - received

    def close(self) -> None:
        self.page.close()


@contextmanager
def browser(*flags: str) -> Iterator[Browser]:
    """A Chromium of one's own, with further flags."""
    path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    sandbox = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *sandbox, *flags])
        yield chromium
        chromium.close()


def context_of(chromium: Browser) -> BrowserContext:
    """One per variant: its cache is warm from the second visit on, as that of a person who comes back."""
    context = chromium.new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, locale="id-ID")
    context.set_default_timeout(PATIENCE_S * 1000)
    return context


def choose_streamlit(label: str, options: list[str]) -> Callable[[Page, int], None]:
    """Pick from an st.selectbox."""

    def choose(page: Page, number: int) -> None:
        box = page.get_by_role("combobox", name=label, exact=False)
        # A list closes when the page scrolls, and swallows a press when it has just scrolled itself.
        box.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        box.click()
        option = page.get_by_role("option", name=options[number % len(options)], exact=True)
        option.hover()
        page.wait_for_timeout(300)
        option.click()

    return choose


def choose_dash(options: list[str]) -> Callable[[Page, int], None]:
    """Pick from a dcc.Dropdown."""

    def choose(page: Page, number: int) -> None:
        page.locator("#choice").click()
        page.get_by_text(options[number % len(options)], exact=True).last.click()

    return choose


def choose_plain(page: Page, number: int) -> None:
    """Set a native select; its popup is no part of the page, so the press is reported by hand."""
    page.evaluate(
        """(i) => {
          window.benchPressed(performance.timeOrigin + performance.now());
          const select = document.querySelector("select");
          select.selectedIndex = i;
          select.dispatchEvent(new Event("change"));
        }""",
        1 + number % 7,
    )
