"""Many people at once, over real WebSockets through whole visits: ``make load``.

They run on the same cores as the server, so that what they wait for is more than what the server takes.
"""

from __future__ import annotations

import argparse
import os
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from ssl import SSLContext, _create_unverified_context
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.results import Budget, Section
from benchmarks.visits import CHANGES, CORRIDORS, PAGES, timed, visit
from tests.proxying import NGINX, proxied
from tests.serving import Served, served
from tests.visiting import Visitor

THINK_S = 3.0
ALWAYS = 1_000_000
"""Changes before another page: whoever makes so many stays."""
CAPACITY_SESSIONS = 16
CAPACITY_S = 15.0


@dataclass(frozen=True)
class Load:
    """What a number of sessions took.

    Attributes
    ----------
    seconds
        From a choice, or the opening of a page, until the last message of the answer, by kind.
    files
        Open files of the server for each session.
    growth
        Megabytes that the server grew by from the middle of the time to its end.
    work
        Seconds of processor that the server spends on a step: steadier than waiting times on a busy machine.
    """

    seconds: dict[str, list[float]]
    files: float
    growth: float
    work: float


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def open_files(pid: int) -> int:
    """Files and sockets that a process holds open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def worked(pid: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def files_after(visits: int) -> int:
    """Files and sockets that the server holds open after so many visits, one after the other."""
    with served("server.py") as server:
        for number in range(visits):
            with Visitor(server.address) as visitor:
                visitor.open(("", "bandingkan", "prioritas", "sumber")[number % 4], "koridor=bekasi-depok")
        return open_files(server.pid)


def warm(address: str) -> None:
    """Go through a whole visit of every corridor, as on a server that people use."""
    for number in range(len(CORRIDORS)):
        with Visitor(address) as visitor:
            go_through(visitor, number)


def go_through(visitor: Visitor, number: int) -> None:
    """One whole visit of the corridor of this number."""
    for step, _ in zip(visit(visitor, number % len(CORRIDORS)), range(1 + CHANGES + len(PAGES)), strict=False):
        step.do()


def session_memory(number: int) -> float:
    """Megabytes that the server holds for each session that stays open after a whole visit.

    One after the other, and all visits have been made before: what sessions share is there already.
    """
    with served("server.py") as server, ExitStack() as stack:
        for _ in range(2):
            warm(server.address)
        before = resident(server.pid)
        for place in range(number):
            go_through(stack.enter_context(Visitor(server.address)), place)
        return (resident(server.pid) - before) / number


def sessions(number: int, seconds: float, think: float = THINK_S, changes: int = CHANGES) -> Load:
    """Let sessions go through visits, all corridors among them, with so long between two steps; see `visit`."""
    spent: dict[str, list[float]] = defaultdict(list)
    broken: list[Exception] = []
    with served("server.py") as server:
        warm(server.address)
        files = open_files(server.pid)
        opened: list[float] = []
        together = threading.Barrier(number, lambda: opened.append(worked(server.pid)))

        def person(place: int) -> None:
            try:
                with Visitor(server.address) as visitor:
                    steps = visit(visitor, place, changes)
                    next(steps).do()
                    together.wait(120)
                    start = time.monotonic()
                    next_one = start + think * place / number
                    while next_one < start + seconds:
                        time.sleep(max(0.0, next_one - time.monotonic()))
                        step = next(steps)
                        spent[step.kind].append(timed(step))
                        next_one += think
                    together.wait(120)
            except Exception as error:
                together.abort()
                broken.append(error)

        middle: list[float] = []
        half = threading.Timer(seconds / 2, lambda: middle.append(resident(server.pid)))
        threads = [threading.Thread(target=person, args=(place,)) for place in range(number)]
        for thread in [*threads, half]:
            thread.start()
        for thread in [*threads, half]:
            thread.join()
        if broken:
            raise RuntimeError(f"{len(broken)} sessions ended early") from broken[0]
        end = resident(server.pid)
        steps = sum(map(len, spent.values()))
        return Load(
            dict(spent),
            (open_files(server.pid) - files) / number,
            end - middle[0],
            (opened[1] - opened[0]) / steps,
        )


def _trusting() -> SSLContext:
    return _create_unverified_context()


def carried(address: str, servers: Sequence[Served], seconds: float) -> tuple[float, float]:
    """Changes a second of sessions without a pause behind a proxy, and the servers' processor time for one."""
    done = [0] * CAPACITY_SESSIONS
    together = threading.Barrier(CAPACITY_SESSIONS + 1)
    end = [0.0]

    def person(place: int) -> None:
        headers = {"Cookie": f"tapal_proses={place:032x}", "Origin": address}
        with Visitor(address, headers=headers, ssl=_trusting()) as visitor:
            visitor.open("", f"koridor={CORRIDORS[place % len(CORRIDORS)]}")
            drawn = (found for _, found, _ in visitor.widgets.values() if hasattr(found, "options"))
            options = next(found.options for found in drawn if found.label == "Indikator")
            together.wait(120)
            while time.monotonic() < end[0]:
                visitor.set("Indikator", string_value=options[done[place] % len(options)])
                done[place] += 1

    threads = [threading.Thread(target=person, args=(place,)) for place in range(CAPACITY_SESSIONS)]
    for thread in threads:
        thread.start()
    end[0] = float("inf")
    before = sum(worked(server.pid) for server in servers)
    end[0] = time.monotonic() + seconds + 5
    together.wait(120)
    start = time.monotonic()
    end[0] = start + seconds
    for thread in threads:
        thread.join()
    length = time.monotonic() - start
    return sum(done) / length, (sum(worked(server.pid) for server in servers) - before) / sum(done)


@dataclass(frozen=True)
class Capacity:
    """What one and two processes behind the proxy carry: medians of rounds in turn."""

    one: float
    two: float
    times: float
    work: tuple[float, float]
    """Seconds of processor a change, of one process and of two."""
    clients: float
    """Share of the cores' time that the clients took while two processes worked."""


def capacity(rounds: int) -> Capacity:
    """Let one and two processes carry as much as they can, in turn."""
    found: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    shares = []
    with ExitStack() as stack:
        servers = [stack.enter_context(served("server.py")) for _ in range(2)]
        for server in servers:
            warm(server.address)
        addresses = {
            number: stack.enter_context(
                proxied(
                    Path(stack.enter_context(TemporaryDirectory())), [server.address for server in servers[:number]]
                )
            )
            for number in found
        }
        for _ in range(rounds):
            for number, results in found.items():
                own, start = time.process_time(), time.monotonic()
                results.append(carried(addresses[number], servers[:number], CAPACITY_S))
                if number == 2:
                    cores = len(os.sched_getaffinity(0))
                    shares.append((time.process_time() - own) / (time.monotonic() - start) / cores)
    one, two = (median(rate for rate, _ in found[number]) for number in (1, 2))
    ratio = median(b / a for (a, _), (b, _) in zip(found[1], found[2], strict=True))
    work = (median(w for _, w in found[1]), median(w for _, w in found[2]))
    return Capacity(one, two, ratio, work, median(shares))


def section(number: int, minutes: float) -> Section:
    """Measure and return the section of docs/benchmarks.md."""
    staying, load = sessions(number, minutes * 60, changes=ALWAYS), sessions(number, minutes * 60)
    columns = ("sessions that", "step", "how many", "p50 s", "p95 s", "work s")
    rows = []
    for who, found in (("stay on *Beranda*", staying), ("go through whole visits", load)):
        for kind, seconds in found.seconds.items():
            parts = quantiles(seconds, n=20)
            rows.append((who, kind, len(seconds), parts[9], parts[18], found.work))
    change = rows[0]
    text = (
        f"{number} sessions over real WebSockets for {minutes:g} minutes, {THINK_S:g} seconds a step, in all "
        "corridors. First all stay on *Beranda* and change its indicator; then all go through whole visits: *Beranda*, "
        "six changes, six other pages, the next border. Seconds are those that the clients wait, on the same cores as "
        "the server. *Work* is the server's processor time for a step; a process has one second of it each second. "
        "*Growth* is what its memory grew by in the second half of the visits. *Memory* is what it holds for a session "
        "that stays open after a whole visit, where others have made the same visits before."
    )
    lines = [
        Budget("sessions_change_p50", float(change[3]), "s", 0.1),
        Budget("sessions_change_p95", float(change[4]), "s", 0.2),
        Budget("sessions_work", load.work, "s", 0.1),
        Budget("sessions_memory", session_memory(number), "MB", 1),
        Budget("sessions_growth", load.growth, "MB", number / 2),
        Budget("sessions_files", load.files, "files", 6),
        Budget("files_after_400_visits", files_after(400), "files", 450),
    ]
    return Section("sessions", "Many sessions on one process", text, columns, rows, lines)


def processes(rounds: int) -> Section | None:
    """Measure one and two processes behind the proxy and return the section of docs/benchmarks.md."""
    if NGINX is None:
        return None
    found = capacity(rounds)
    text = (
        f"{CAPACITY_SESSIONS} sessions without a pause behind nginx with the configuration of deploy/, "
        f"{CAPACITY_S:g} seconds for one process and for two, in turn, {rounds} rounds: changes a second, and the "
        "processes' own processor time for a change. The clients and the proxy share the cores: of all cores' time the "
        f"clients took {found.clients:.0%} while two processes worked."
    )
    rows = [("one process", found.one, found.work[0]), ("two processes", found.two, found.work[1])]
    lines = [Budget("two_processes_carry", found.times, "x", 1.7, at_least=True)]
    columns = ("behind the proxy", "changes a second", "work s")
    return Section("processes", "Two processes behind the proxy", text, columns, rows, lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--sessions", type=int, default=50, help="sessions at once (default 50)")
    parser.add_argument("--minutes", type=float, default=3, help="how long (default 3)")
    parser.add_argument("--think", type=float, default=THINK_S, help="seconds between two steps (default 3)")
    options = parser.parse_args()
    load = sessions(options.sessions, options.minutes * 60, options.think)
    for kind, seconds in load.seconds.items():
        parts = quantiles(seconds, n=20)
        print(f"{kind}: {len(seconds)}, p50 {parts[9]:.3f} s, p95 {parts[18]:.3f} s, longest {max(seconds):.2f} s")
    print(f"a session: {load.files:.1f} open files; work of a step {load.work:.3f} s")
    print(f"memory grew by {load.growth:.1f} MB in the second half")


if __name__ == "__main__":
    main()
