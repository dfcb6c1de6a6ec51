"""What one person does in a visit, over a real WebSocket: pages one after the other, and choices on the first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from data.catalogue import load
from tests.visiting import Visitor

CORRIDORS: Final = tuple(load().corridors)
PAGES: Final = ("bandingkan", "prioritas", "profil", "akses", "ke_mana", "kesegaran")
"""After Beranda."""
CHANGES: Final = 6
"""Of the indicator, on Beranda."""
CHANGE, PAGE = "change", "page"


@dataclass(frozen=True)
class Step:
    """One thing that a person does."""

    kind: str
    do: Callable[[], object]


def visit(visitor: Visitor, number: int, changes: int = CHANGES) -> Iterator[Step]:
    """Yield the steps of a visit without end: Beranda, changes of its indicator, the other pages, the next border.

    Parameters
    ----------
    visitor : an open session
    number : which of the sessions it is, so that they do not all do the same
    changes : of the indicator, before other pages are opened
    """
    for turn in range(number, number + 1_000_000):
        query = f"koridor={CORRIDORS[turn % len(CORRIDORS)]}"
        yield Step(PAGE, lambda query=query: visitor.turn_to("", query))  # type: ignore[misc]
        drawn = (found for _, found, _ in visitor.widgets.values() if hasattr(found, "options"))
        options = next(found.options for found in drawn if found.label == "Indikator")
        for place in range(turn, turn + changes):
            chosen = options[place % len(options)]
            yield Step(CHANGE, lambda chosen=chosen: visitor.set("Indikator", string_value=chosen))  # type: ignore[misc]
        for page in PAGES:
            yield Step(PAGE, lambda page=page, query=query: visitor.turn_to(page, query))  # type: ignore[misc]


def timed(step: Step) -> float:
    """Do a step and return the seconds until the last message of the answer."""
    start = time.perf_counter()
    step.do()
    return time.perf_counter() - start
