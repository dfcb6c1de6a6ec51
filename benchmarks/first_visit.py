"""A first visit over a slow line: bytes, and the seconds until the answer and until the map can be read."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from math import inf, isfinite
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser

from benchmarks.browser import browser
from benchmarks.results import Budget, Section
from tests.browser.driving import LAPTOP
from tests.proxying import NGINX, proxied
from tests.serving import ROOT, serve

BITS_PER_S, LATENCY_MS = 1_600_000, 150
PATIENCE_MS = 60_000
PLAIN = "*Beranda*, HTTP, gzip"
TLS = "*Beranda* through nginx, TLS, Brotli"
EMPTY = "an empty Streamlit page, HTTP, gzip"
GZIP = "gzip, deflate"
BORDER = "/?koridor=kabserang-kotaserang"
PAIRS = ("33.01-33.02", "33.21-33.74")
"""Of Central Java, which is read when the first of them is opened."""


@dataclass(frozen=True)
class FirstVisit:
    """What one visit took.

    Attributes
    ----------
    answer, app, map : seconds until the answer is on the screen, until the app itself has drawn it, and until the map
        is; of a page without a map the last two are the same
    received, geometry : bytes as they travelled, and those of boundaries among them
    """

    answer: float
    app: float
    map: float
    received: int
    geometry: int


# Asking again and again from outside would find it up to a second late.
SEEN = """((places, map) => {
  window.seen = {};
  const look = () => {
    for (const [name, place] of Object.entries(places))
      if (document.querySelector(place)) seen[name] ??= performance.now() / 1000;
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint) seen.paint ??= paint.startTime / 1000;
    if (document.querySelector("iframe")?.contentDocument?.querySelector(map)) seen.map ??= performance.now() / 1000;
    requestAnimationFrame(look);
  };
  look();
})(%s, "path.tp-unit")"""
"""Notes with which frame of the screen there is something at each place of the page, and on its map."""
WHEN_SEEN = (
    "async name => { while (!(seen[name] > 0)) await new Promise(done => setTimeout(done, 20)); return seen[name]; }"
)


def visit(
    chromium: Browser, url: str, answer: str, with_map: bool, accepts: str, bits_per_s: float = BITS_PER_S
) -> FirstVisit:
    """Open a page in a browser that has never seen it.

    Parameters
    ----------
    chromium, url : browser, and address of the page
    answer : CSS of what answers its question in the app
    with_map : whether a map follows
    accepts : what the browser accepts; on this machine it would accept Brotli without TLS too
    bits_per_s : of the line, which has a delay besides; infinite for one that is not slowed
    """
    context = chromium.new_context(
        viewport={"width": LAPTOP[0], "height": LAPTOP[1]},
        locale="id-ID",
        extra_http_headers={"Accept-Encoding": accepts},
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    if isfinite(bits_per_s):
        rate = bits_per_s / 8
        slow = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": rate, "uploadThroughput": rate}
        line.send("Network.emulateNetworkConditions", slow)
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
    app = f'[data-testid="stMain"] {answer}'
    page.add_init_script(SEEN % json.dumps({"answer": f".tapal-first b, {app}", "app": app}))
    page.goto(url, wait_until="commit")
    drawn = float(page.evaluate(WHEN_SEEN, "app"))
    painted = float(page.evaluate(WHEN_SEEN, "map")) if with_map else drawn
    # What stands in the page itself is not on the screen before the style that it waits for.
    answered = max(float(page.evaluate("seen.answer")), float(page.evaluate(WHEN_SEEN, "paint")))
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    context.close()
    geometry = sum(size for key, size in sizes.items() if "/static/geo/" in addresses.get(key, ""))
    return FirstVisit(answered, drawn, painted, sum(sizes.values()) + sum(frames), geometry)


def first_visits(repeat: int) -> dict[str, FirstVisit]:
    """Medians of Beranda without and with the proxy, and of an empty Streamlit page, in turn."""
    with ExitStack() as stack:
        tapal = stack.enter_context(serve("server.py"))
        empty = stack.enter_context(serve(ROOT / "benchmarks" / "apps" / "empty.py"))
        asked = {
            PLAIN: (tapal + BORDER, "p strong", True, GZIP),
            EMPTY: (empty, '[data-testid="stText"]', False, GZIP),
        }
        trusted = []
        if NGINX is not None:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            asked[TLS] = (stack.enter_context(proxied(folder, [tapal])) + BORDER, "p strong", True, GZIP + ", br")
            trusted.append(f"--ignore-certificate-errors-spki-list={key_of(folder / 'fullchain.pem')}")
        chromium = stack.enter_context(browser(*trusted))
        found: dict[str, list[FirstVisit]] = {name: [] for name in asked}
        # The first round warms the servers, uncounted; by the second all that lasts is packed.
        for number in range(repeat + 2):
            for name, what in asked.items():
                seen = visit(chromium, *what)
                if number > 1:
                    found[name].append(seen)
    return {
        name: FirstVisit(
            median(v.answer for v in visits),
            median(v.app for v in visits),
            median(v.map for v in visits),
            int(median(v.received for v in visits)),
            int(median(v.geometry for v in visits)),
        )
        for name, visits in found.items()
    }


def pairs_after_start() -> list[float]:
    """Seconds until the map of two pairs of *Batas lain* is painted, the first visits of a server that just started."""
    with serve("server.py") as tapal, browser() as chromium:
        return [
            visit(chromium, f"{tapal}/batas_lain?pasangan={pair}", "p strong", True, GZIP, inf).map for pair in PAIRS
        ]


def key_of(certificate: Path) -> str:
    """The hash by which Chromium is told to trust a certificate; it keeps nothing from servers it does not trust."""
    key = subprocess.run(
        ["openssl", "x509", "-in", str(certificate), "-pubkey", "-noout"], check=True, capture_output=True
    ).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "der"], input=key, check=True, capture_output=True)
    return b64encode(sha256(der.stdout).digest()).decode()


def first_visit(repeat: int) -> Section:
    """Measure and return the section of docs/benchmarks.md."""
    visits = first_visits(repeat)
    pairs = [pairs_after_start() for _ in range(repeat)]
    ours, floor = visits[PLAIN], visits[EMPTY]
    text = (
        f"Chromium that has never seen the page, {BITS_PER_S / 1e6:g} Mbit/s and {LATENCY_MS} ms, medians of {repeat} "
        "visits in turn: seconds until the answer of *Beranda* (Kab. Serang and Kota Serang) can be read, which its "
        "HTML brings, until the app has drawn it, and until its map is painted. Chromium counts the delay once a "
        "request, so the handshake of TLS is not in it. Browsers accept Brotli over TLS only. *Pair*: seconds until "
        "*Batas lain* has painted the map of a border, on this machine's own line: the first visit of a server that "
        "just started, and one of another border of the same province."
    )
    rows = [
        (name, seen.answer, seen.app, seen.map if name != EMPTY else "", seen.received / 1000, seen.geometry / 1000)
        for name, seen in visits.items()
    ]
    lines = [
        Budget("first_visit_answer", ours.answer, "s", 4),
        Budget("first_visit_app", ours.app, "s", 4),
        Budget("first_visit_map", ours.map, "s", 6),
        Budget("first_visit_geometry", ours.geometry / 1000, "kB", 250),
        Budget("first_visit_to_empty", (ours.received - ours.geometry) / floor.received, "x", 1.3),
    ]
    if TLS in visits:
        lines += [
            Budget("first_visit_answer_tls", visits[TLS].answer, "s", 4),
            Budget("first_visit_map_tls", visits[TLS].map, "s", 6),
        ]
    lines += [
        Budget("pair_after_start", median(first for first, _ in pairs), "s", 3),
        Budget("pair_of_the_same_province", median(second for _, second in pairs), "s", 3),
    ]
    columns = ("visit", "answer s", "app s", "map s", "kB", "of it geometry kB")
    return Section("first_visit", "First visit over a slow line", text, columns, rows, lines)
