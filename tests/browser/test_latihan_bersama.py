"""Twenty phones in a drill: two contexts of ten, each at a process of its own, both killed in the middle.

An hour of drill passes in about half a minute. At the end every phone shows the same log, and every press stands once.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from analysis.fire.live_drill import moment
from records import database
from records.drills import reading
from records.permissions import Actor
from tests.browser.driving import PHONE
from tests.records.acting import BEKASI, DEPOK, signed_in
from tests.records.drilling import opened
from tests.serving import ROOT, free_port

APP = ROOT / "tests" / "browser" / "apps" / "drill_server.py"
PHONES = 10
"""In each context."""
MINUTE_S = 0.4
"""A minute of the drill."""
STEPS = ("panggilan", "berangkat", "tiba", "selesai")
IN_2010 = "const real = Date.now; Date.now = () => real() - 530000000000;"


class Servers:
    """Two processes that serve phones, each at a port of its own."""

    def __init__(self) -> None:
        self.ports = (free_port(), free_port())
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start both, and wait until they answer."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.running = [
            subprocess.Popen([sys.executable, str(APP), str(port)], cwd=ROOT, env=environment) for port in self.ports
        ]

    def wait(self) -> None:
        """Until both answer."""
        end = time.monotonic() + 60
        for port in self.ports:
            while not self._answers(port):
                assert time.monotonic() < end, "the phones' server does not answer"
                time.sleep(0.1)

    @staticmethod
    def _answers(port: int) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{port}/latihan/gabung", timeout=2):
                return True
        except (URLError, OSError):
            return False

    def kill(self) -> None:
        """As kill -9 does."""
        for process in self.running:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def served() -> Iterator[Servers]:
    """Both processes, until the test ends."""
    servers = Servers()
    servers.start()
    try:
        servers.wait()
        yield servers
    finally:
        servers.kill()


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actor]:
    """An editor in a database of this test's own."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TAPAL_VAR", str(tmp_path))
    database.current().prepare()
    yield signed_in(database.current(), "bekasi")
    database.current().engine.dispose()


def joined(page: Page, address: str, side: str, number: int) -> Page:
    """Join as a unit, or the first of each side as its room."""
    page.goto(address)
    page.locator("select").wait_for()
    kind = "r" if number == 0 else "o"
    page.select_option("#tempat", f"{kind} {side}")
    page.fill("#nama", f"Unit {number} <b>")
    page.click("form .dr-go")
    return page


def test_twenty_phones_see_the_same_log_after_a_kill_in_the_middle(chromium: Browser, editor: Actor) -> None:
    key, code = opened(editor)
    draw, sent = random.Random(3), 0
    offline: list[Page] = []
    back = False
    with served() as servers:
        phones: list[Page] = []
        for port, side in zip(servers.ports, (BEKASI, DEPOK), strict=True):
            width, height = PHONE
            context = chromium.new_context(viewport={"width": width, "height": height})
            for number in range(PHONES):
                page = context.new_page()
                if number == 1:
                    page.add_init_script(IN_2010)
                phones.append(joined(page, f"http://127.0.0.1:{port}/latihan/{code}", side, number))
        plan = sorted(
            (draw.uniform(0, 30) + 9 * step, phone, kind)
            for phone in range(2 * PHONES)
            for step, kind in enumerate(STEPS)
            if phone % PHONES or kind in ("panggilan", "selesai")
        )
        for page in phones:
            page.locator(".dr-press").first.wait_for()
        killed, began = False, time.monotonic()

        def refuse(route: Route) -> None:
            route.abort()

        for minute, number, kind in plan:
            time.sleep(max(0.0, began + minute * MINUTE_S - time.monotonic()))
            if minute > 12 and not offline:
                offline = [phones[3], phones[14]]
                for page in offline:
                    page.route("**/latihan/*/*", refuse)
            if minute > 28 and not killed:
                killed = True
                servers.kill()
                servers.start()
            if minute > 44 and not back:
                back = True
                for page in offline:
                    page.unroute("**/latihan/*/*")
            # The event alone: pages behind the front one are drawn so seldom that a click would wait for them.
            phones[number].locator(f"[data-kind={kind}]").dispatch_event("click")
            sent += 1
        assert killed
        assert back
        # One mistake is taken back.
        for _ in range(2):
            phones[5].locator(".dr-undo").first.dispatch_event("click")
        sent += 1
        for page in phones:
            expect(page.locator("#latihan")).to_have_attribute("data-last", str(sent), timeout=20_000)
            expect(page.locator("#latihan")).to_have_attribute("data-waiting", "0")
        logs = [page.locator(".dr-lines li").all_inner_texts() for page in phones]
        pictures = [page.evaluate("document.documentElement.scrollWidth") for page in (phones[0], phones[19])]
        for context in {page.context for page in phones}:
            context.close()
    assert len(logs[0]) == sent
    assert all(log == logs[0] for log in logs)
    assert pictures == [PHONE[0]] * 2, "nothing is wider than the screen"
    assert any("dibatalkan" in line for line in logs[0])
    assert any("menyusul" in line for line in logs[0]), "what was pressed offline says so"
    drill, participants, presses = reading.followed(editor, key)
    assert len(participants) == 2 * PHONES
    assert [p.number for p in presses] == list(range(1, sent + 1))
    assert len({p.id for p in presses}) == sent
    wrong = {p.participant for p in presses if (p.offset_ms or 0) > 10**11}
    assert len(wrong) == 2, "two phones live in 2010"
    assert all(abs((moment(p)[0] - p.received).total_seconds()) < 600 for p in presses)
    assert drill.closed is None


def test_the_whole_server_has_the_page_too(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, color_scheme="dark")
    page.goto("/latihan/gabung?bahasa=en")
    expect(page.get_by_label("Code of the drill")).to_be_visible()
    page.fill("#kode", "abc")
    page.click(".dr-go")
    expect(page.get_by_role("alert")).to_contain_text("This code is not known")
    page.goto("/latihan/gabung")
    expect(page.get_by_label("Kode latihan")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
