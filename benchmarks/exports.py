"""How long files for the meeting take, and how much memory the process needed for them.

All profiles of a border are the longest of them; they are made one after another.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from data import tables
from views.exports.deck import deck as deck_exports
from views.exports.pdf import brief as pdf_brief
from views.exports.pdf import profile as pdf_profile
from views.language.words import Words
from views.story.story import Request

MADE = date(2026, 1, 1)
CORRIDOR = "kabserang-kotaserang"
LARGEST = "semua"


def export_times() -> dict[str, float]:
    """Seconds for each kind of file, warm; `memory` in megabytes, the most that a process of its own ever held."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured).result()


def _measured() -> dict[str, float]:
    data, w = tables.load(), Words("id")

    def asked(corridor: str = CORRIDOR) -> Request:
        return Request(w, data, data.catalogue.corridors[corridor], MADE)

    def deck(corridor: str = CORRIDOR) -> bytes:
        return deck_exports.make(w, asked(corridor).story)

    deck()
    found = {
        "deck": _seconds(deck),
        "deck_largest": _seconds(lambda: deck(LARGEST)),
        "brief": _seconds(lambda: pdf_brief.make(w, asked().story)),
        "profiles": _seconds(lambda: pdf_profile.build_all(asked())),
    }
    found["memory"] = _most_memory()
    return found


def _most_memory() -> float:
    """Megabytes that this process held at most."""
    status = Path("/proc/self/status")
    if status.is_file():
        # What getrusage says on Linux begins with what the parent held when it started this process.
        held = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE)
        assert held
        return int(held[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _seconds(work: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
