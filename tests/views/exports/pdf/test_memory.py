"""What the setting of a PDF leaves in memory, in a process of its own."""

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from data.memory import give_back
from views.exports.pdf.tagged import Paper

FILES = 6


def held() -> float:
    """Megabytes of memory that this process holds and no file backs."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["RssAnon"].split()[0]) / 1e3


def grown() -> float:
    """Megabytes that this process grows by with a few long files, each unlike the others."""

    def make(number: int) -> None:
        paper = Paper("Memori", "id", date(2026, 1, 1), "Kaki")
        for row in range(400):
            paper.paragraph(" ".join(f"{number}.{row}.{word}" for word in range(20)))
        paper.finish()
        give_back()

    make(0)
    before = held()
    for number in range(1, 1 + FILES):
        make(number)
    return held() - before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process holds")
def test_typst_keeps_nothing_of_a_file_that_is_finished() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(grown).result() < 10
