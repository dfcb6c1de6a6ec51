"""Many visitors at once, and many one after the other: what they wait for and what they leave behind on the server."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from data.catalogue import load
from tests.serving import served
from tests.visiting import Visitor

PAUSE_S = 3.0


@dataclass(frozen=True)
class Load:
    """What a number of sessions took.

    Attributes
    ----------
    p50, p95
        Seconds from a choice until the last message of the answer, once all sessions are open.
    changes
        How many choices were made.
    memory
        Megabytes of the server for each session.
    work
        Seconds of processor that the server spends on a change: steadier than waiting times on a busy machine.
    """

    p50: float
    p95: float
    changes: int
    memory: float
    work: float


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


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
        return len(os.listdir(f"/proc/{server.pid}/fd"))


def sessions(number: int, seconds: float) -> Load:
    """Let sessions on *Peta* change the indicator every three seconds, in all corridors."""
    corridors = list(load().corridors)
    spent: list[float] = []
    with served("server.py") as server:

        def visit(place: int, everybody: threading.Barrier, length: float, pause: float) -> None:
            with Visitor(server.address) as visitor:
                visitor.open("", f"koridor={corridors[place % len(corridors)]}")
                drawn = (w for _, w, _ in visitor.widgets.values() if hasattr(w, "label"))
                options = next(w.options for w in drawn if w.label == "Indikator")
                everybody.wait()
                step = place
                start = time.monotonic()
                next_one = start + pause * place / number
                while next_one < start + length:
                    time.sleep(max(0.0, next_one - time.monotonic()))
                    chosen = time.perf_counter()
                    visitor.set("Indikator", string_value=options[step % len(options)])
                    spent.append(time.perf_counter() - chosen)
                    step, next_one = step + 1, next_one + pause

        # Every indicator of every corridor once, as on a server that people use.
        for place in range(len(corridors)):
            visit(place, threading.Barrier(1), 10, 0.2)
        spent.clear()
        before = resident(server.pid)
        opened: list[float] = []
        together = threading.Barrier(number, lambda: opened.append(worked(server.pid)))
        threads = [threading.Thread(target=visit, args=(place, together, seconds, PAUSE_S)) for place in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        memory = (resident(server.pid) - before) / number
        work = (worked(server.pid) - opened[0]) / len(spent)
    parts = quantiles(spent, n=20)
    return Load(parts[9], parts[18], len(spent), memory, work)
