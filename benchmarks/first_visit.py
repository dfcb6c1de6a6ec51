"""A first visit over a slow line: bytes, and the seconds until the answer and until the map can be read."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, expect

from benchmarks.browser import browser
from benchmarks.results import Budget, Section
from tests.browser.driving import LAPTOP
from tests.serving import ROOT, serve

BITS_PER_S, LATENCY_MS = 1_600_000, 150
PATIENCE_MS = 60_000
BORDER = "/?koridor=kabserang-kotaserang"


@dataclass(frozen=True)
class FirstVisit:
    """What one visit took.

    Attributes
    ----------
    answer, map : seconds until each is on the screen; of a page without a map both are the same
    received, geometry : bytes as they travelled, and those of boundaries among them
    """

    answer: float
    map: float
    received: int
    geometry: int


def visit(chromium: Browser, url: str, answer: str, with_map: bool) -> FirstVisit:
    """Open a page in a browser that has never seen it.

    Parameters
    ----------
    chromium, url : browser, and address of the page
    answer : CSS of what answers its question
    with_map : whether a map follows
    """
    context = chromium.new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, locale="id-ID")
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    rate = BITS_PER_S / 8
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    frames: list[int] = []

    def note_address(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def note_size(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    line.on("Network.requestWillBeSent", note_address)
    line.on("Network.loadingFinished", note_size)
    line.on("Network.webSocketFrameReceived", lambda e: frames.append(len(e["response"]["payloadData"]) * 3 // 4))
    page.goto(url, wait_until="commit")
    expect(page.locator(answer).first).to_be_visible(timeout=PATIENCE_MS)
    now = "(Date.now() - performance.timeOrigin) / 1000"
    answered = painted = float(page.evaluate(now))
    if with_map:
        unit = page.frame_locator("iframe").first.locator("path.tp-unit").first
        expect(unit).to_be_attached(timeout=PATIENCE_MS)
        painted = float(page.evaluate(now))
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    context.close()
    geometry = sum(size for key, size in sizes.items() if "/static/geo/" in addresses.get(key, ""))
    return FirstVisit(answered, painted, sum(sizes.values()) + sum(frames), geometry)


def first_visits(repeat: int) -> tuple[FirstVisit, FirstVisit]:
    """Medians of Beranda and of an empty Streamlit page, one visit after the other."""
    with serve("server.py") as tapal, serve(ROOT / "benchmarks" / "apps" / "empty.py") as empty, browser() as chromium:
        visit(chromium, tapal + BORDER, "p strong", True)
        found = [
            (
                visit(chromium, tapal + BORDER, "p strong", True),
                visit(chromium, empty, '[data-testid="stText"]', False),
            )
            for _ in range(repeat)
        ]
    ours, floor = (
        FirstVisit(
            median(v.answer for v in visits),
            median(v.map for v in visits),
            int(median(v.received for v in visits)),
            int(median(v.geometry for v in visits)),
        )
        for visits in zip(*found, strict=True)
    )
    return ours, floor


def first_visit(repeat: int) -> Section:
    """Measure and return the section of docs/benchmarks.md."""
    ours, floor = first_visits(repeat)
    text = (
        f"Chromium that has never seen the page, {BITS_PER_S / 1e6:g} Mbit/s and {LATENCY_MS} ms, medians of {repeat} "
        "visits in turn: seconds until the answer of *Beranda* (Kab. Serang and Kota Serang) stands there and until "
        f"its map is painted. An empty Streamlit page takes {floor.answer:.2f} s and {floor.received / 1000:.0f} kB, "
        f"ours {ours.received / 1000:.0f} kB."
    )
    lines = [
        Budget("first_visit_answer", ours.answer, "s", 4),
        Budget("first_visit_map", ours.map, "s", 6),
        Budget("first_visit_geometry", ours.geometry / 1000, "kB", 250),
        Budget("first_visit_to_empty", (ours.received - ours.geometry) / floor.received, "x", 1.3),
    ]
    return Section("first_visit", "First visit over a slow line", text, budgets=lines)
