"""Fifty people read and write while the server is stopped and killed again and again: ``make soak``.

Everybody goes through whole visits over a WebSocket and sends a report of a resident now and then, the same one again
until its ticket is answered, as a telephone does. In the end every report that was sent stands in the database exactly
once and with its own words. Memory, each time the average of a quarter of a life: the first life, which is warm before
anybody comes, may grow by 50 MB from its second quarter to its last; a later one, with more on record, may end with 64
more than the second one did. ``--restarts 0`` is one life.
"""

from __future__ import annotations

import argparse
import http.client
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlsplit

import pandas as pd
from sqlalchemy import select
from websockets.exceptions import WebSocketException

from benchmarks.load import open_files, resident, warm
from benchmarks.visits import timed, visit
from records import database
from records.citizen_reports import store
from records.citizen_reports.reading import hashed
from records.citizen_reports.tables import ReportRow
from tests.serving import ROOT, free_port, served
from tests.visiting import Visitor

THINK_S: Final = 3.0
WRITES_EACH: Final = 4
"""Steps between two reports of one person."""
MOST_KEPT_MB: Final = 64.0
MOST_DRIFT_MB: Final = 50.0
MOST_FILES_A_SESSION: Final = 8
# What may fail while the server is down; anything else ends the run.
DOWN: Final = (OSError, http.client.HTTPException, WebSocketException, TimeoutError)
_EDGE: Final = "----tapal-soak"


@dataclass
class Life:
    """One life of the server: the most files it held open, and its megabytes at the start and then every second."""

    files: int
    megabytes: list[float]

    def quarter(self, number: int) -> float:
        """Megabytes in a quarter of it, on average; the first is 1."""
        size = len(self.megabytes) / 4
        return fmean(self.megabytes[int(size * (number - 1)) : int(size * number)] or self.megabytes[-1:])


@dataclass
class Found:
    """What the people have seen."""

    sent: dict[str, str] = field(default_factory=dict)
    """Text of every report whose ticket was answered, by the name of its form."""
    steps: int = 0
    broken: int = 0
    """Attempts that failed because the server was down."""
    again: int = 0
    """Reports that had to be sent again."""
    refused: list[str] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)


class Person:
    """Reads and writes until the end.

    Parameters
    ----------
    address, number : of the server, and of the person
    kode : of the kelurahan that the reports are about
    found : what everybody has seen
    end : when it is set the person leaves, once the report at hand is answered
    """

    def __init__(self, address: str, number: int, kode: str, found: Found, end: threading.Event) -> None:
        self.address, self.number, self.kode, self.found, self.end = address, number, kode, found, end

    def live(self) -> None:
        """Go on with visits in new sessions whenever the last one was lost."""
        time.sleep(THINK_S * (self.number % 50) / 50)
        done = 0
        while not self.end.is_set():
            try:
                with Visitor(self.address) as visitor:
                    for step in visit(visitor, self.number):
                        timed(step)
                        done += 1
                        self.found.steps += 1
                        if done % WRITES_EACH == 0:
                            self.write(f"Lampu jalan mati, nomor {self.number}-{done}")
                        if self.end.wait(THINK_S):
                            return
            except DOWN:
                self.found.broken += 1
                time.sleep(1)

    def write(self, text: str) -> None:
        """Send a report until its ticket is answered."""
        form = store.new_form()
        while True:
            with suppress(*DOWN):
                status, location = self._post(form, text)
                if status == 303 and store.ticket_of(form) in location:
                    self.found.sent[form] = text
                    return
                if status not in (429, 503):
                    self.found.refused.append(f"{status} {location}")
                    return
            self.found.again += 1
            time.sleep(1)

    def _post(self, form: str, text: str) -> tuple[int, str]:
        token = secrets.token_urlsafe(32)
        fields = {"bahasa": "id", "koridor": "", "kode": str(self.kode), "titik": ""}
        fields |= {"bidang": "roads", "isi": text, "token": token, "kiriman": form}
        body = "".join(
            f'--{_EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        headers = {
            "Content-Type": f"multipart/form-data; boundary={_EDGE}",
            "Cookie": f"tapal_lapor={token}",
            # The server trusts this machine as its proxy: everybody has an address of his own.
            "X-Forwarded-For": f"10.0.{self.number // 250}.{self.number % 250 + 1}",
        }
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            connection.request("POST", "/lapor", f"{body}--{_EDGE}--\r\n".encode(), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", "")
        finally:
            connection.close()


def lives(
    port: int, restarts: int, length: float, found: Found, arrive: Callable[[], None], leave: Callable[[], None]
) -> None:
    """Run the server again and again on one port, each time so many seconds; it is killed and stopped in turn.

    Parameters
    ----------
    port, restarts, length : where, how often anew, and how many seconds each time
    found : keeps what each life took
    arrive, leave : called once the first server is warm, and before the last one ends
    """
    for number in range(restarts + 1):
        with served("server.py", port=port) as server:
            if number == 0:
                warm(server.address)
                arrive()
            found.lives.append(_watched(server.pid, length))
            if number == restarts:
                leave()
            elif number % 2 == 0:
                os.kill(server.pid, signal.SIGKILL)


def _watched(pid: int, length: float) -> Life:
    """Watch a server for so many seconds."""
    begun = time.monotonic()
    life = Life(0, [resident(pid)])
    while time.monotonic() < begun + length:
        time.sleep(1)
        life.megabytes.append(resident(pid))
        life.files = max(life.files, open_files(pid))
    return life


@contextmanager
def empty_database() -> Iterator[None]:
    """Use the database that ``DATABASE_URL`` names, or a new one in a file; reports may come as often as they do."""
    with TemporaryDirectory() as folder:
        settings = dict.fromkeys(("REPORTS", "REPORTS_OF_ALL", "REPORT_FORMS"), "1000000/hour")
        os.environ |= {f"TAPAL_RATE_{name}": often for name, often in settings.items()}
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/tapal.sqlite3")
        database.current().prepare()
        yield
        database.current().engine.dispose()


def soak(sessions: int, minutes: float, restarts: int) -> Found:
    """Let so many people read and write for so long; the database of the environment holds what they wrote."""
    found, port, end = Found(), free_port(), threading.Event()
    kodes = pd.read_parquet(ROOT / "data" / "shipped" / "kelurahan.parquet", columns=["kode"])["kode"]
    known = [kode for kode in kodes if kode.startswith(("32.75", "32.76", "36.04", "36.73"))]
    people = [
        Person(f"http://127.0.0.1:{port}", number, known[number % len(known)], found, end) for number in range(sessions)
    ]
    threads = [threading.Thread(target=person.live) for person in people]

    def arrive() -> None:
        for thread in threads:
            thread.start()

    def leave() -> None:
        end.set()
        for thread in threads:
            thread.join()

    lives(port, restarts, minutes * 60 / (restarts + 1), found, arrive, leave)
    return found


def stored() -> list[tuple[str, str]]:
    """Hash of the ticket and text of every report in the database."""
    with database.read() as session:
        return [(row[0], row[1]) for row in session.execute(select(ReportRow.ticket_hash, ReportRow.text))]


def verdict(found: Found, rows: Sequence[tuple[str, str]], sessions: int) -> list[str]:
    """What is wrong, a line each; nothing where all is well.

    Parameters
    ----------
    found, rows : what the people have seen, and what stands in the database, as `stored` gives it
    sessions : how many people there were
    """
    kept, wrong = dict(rows), []
    texts = {hashed(store.ticket_of(form)): text for form, text in found.sent.items()}
    if lost := [text for ticket, text in texts.items() if ticket not in kept]:
        wrong.append(f"{len(lost)} reports were answered with a ticket and are lost, the first: {lost[0]}")
    if other := [text for ticket, text in texts.items() if kept.get(ticket, text) != text]:
        wrong.append(f"{len(other)} reports have other words than were sent, the first: {other[0]}")
    if len(rows) != len(texts):
        wrong.append(f"{len(rows)} reports are stored, {len(texts)} were sent")
    if found.refused:
        wrong.append(f"{len(found.refused)} reports were refused, the first: {found.refused[0]}")
    first, *later = found.lives
    if (more := first.quarter(4) - first.quarter(2)) > MOST_DRIFT_MB:
        wrong.append(f"life 1 of the server grew by {more:.0f} MB after its first half")
    for number, life in enumerate(later, 2):
        if (more := life.quarter(4) - later[0].quarter(4)) > MOST_KEPT_MB:
            wrong.append(f"life {number} of the server held {more:.0f} MB more than life 2")
    for number, life in enumerate(found.lives, 1):
        if life.files > 200 + sessions * MOST_FILES_A_SESSION:
            wrong.append(f"life {number} of the server held {life.files} files open")
    return wrong


def main() -> int:
    """Command line; 1 where something was lost or grew beyond its bound."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--sessions", type=int, default=50, help="people at once (default 50)")
    parser.add_argument("--minutes", type=float, default=20, help="how long (default 20)")
    parser.add_argument("--restarts", type=int, default=4, help="how often the server starts anew (default 4)")
    options = parser.parse_args()
    with empty_database():
        found = soak(options.sessions, options.minutes, options.restarts)
        wrong = verdict(found, stored(), options.sessions)
    print(
        f"{options.sessions} people, {options.minutes:g} minutes, {found.steps} steps, {found.broken} lost connections"
    )
    print(f"{len(found.sent)} reports sent, {found.again} times sent again")
    for number, life in enumerate(found.lives, 1):
        held = ", ".join(f"{life.quarter(quarter):.0f}" for quarter in range(1, 5))
        print(f"life {number} of the server: {held} MB in its quarters, at most {life.files} open files")
    print(*wrong or ["SOAK ok: no write is lost, nothing grew beyond its bound"], sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
