"""What a run found: budgets, tables to read, the machine it ran on, and docs/benchmarks.md made of them.

A section is kept as ``benchmarks/results/<name>.json``, so that one can be measured again without the others.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Self

from tests.serving import ROOT

KEPT: Final = ROOT / "benchmarks" / "results"
DOCUMENT: Final = ROOT / "docs" / "benchmarks.md"
LIBRARIES: Final = (
    "streamlit",
    "streamlit-folium",
    "pandas",
    "geopandas",
    "shapely",
    "plotly",
    "pydeck",
    "dash-leaflet",
)
_HEAD: Final = (
    "# Measured\n\n"
    "Written by `make bench ARGS=--write` from the last run of each section; do not edit. Numbers of one table come "
    "from one run in turns and may be compared; those of two tables may not. A *budget* is the most that the project "
    "allows itself.\n"
)


@dataclass(frozen=True)
class Budget:
    """One measured number and what it may be.

    Attributes
    ----------
    name, value, unit
        What was measured.
    limit
        The most, or with `at_least` the least, that it may be.
    """

    name: str
    value: float
    unit: str
    limit: float
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the number is within its limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def bound(self) -> str:
        """How the number has to stand to its limit."""
        return "at least" if self.at_least else "at most"

    def __str__(self) -> str:
        verdict = "ok" if self.kept else "over"
        return f"BENCH {self.name} {self.value:.3g} {self.unit} {self.limit:g} {verdict}"


@dataclass(frozen=True)
class Section:
    """What one part of a run found.

    Attributes
    ----------
    name : file name of the section, and how ``--only`` calls it
    title, text : heading, and how it was measured, as Markdown
    columns, rows : a table to read; rows as long as `columns`
    budgets : what is held against a limit
    """

    name: str
    title: str
    text: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str | float]] = ()
    budgets: Sequence[Budget] = ()


@dataclass(frozen=True)
class Machine:
    """Where and when a section ran, in words that name nobody's machine."""

    day: str
    cores: int
    memory_gb: int
    system: str
    python: str
    libraries: dict[str, str]
    busy: float
    """Processes that wanted a core in the minute before, beside the run."""

    @classmethod
    def here(cls) -> Self:
        """Describe this machine."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
        libraries = {}
        for name in LIBRARIES:
            try:
                libraries[name] = version(name)
            except PackageNotFoundError:
                continue
        return cls(
            datetime.now(UTC).date().isoformat(),
            len(os.sched_getaffinity(0)),
            round(memory),
            platform.system(),
            platform.python_version(),
            libraries,
            round(os.getloadavg()[0], 1),
        )

    def __str__(self) -> str:
        libraries = ", ".join(f"{name} {number}" for name, number in self.libraries.items())
        return (
            f"{self.day}: {self.cores} cores, {self.memory_gb} GB, {self.system}, Python {self.python}, {libraries}; "
            f"other work on the machine before the run: load {self.busy:g}"
        )


@dataclass(frozen=True)
class Result:
    """A section with its machine and the minutes it took."""

    section: Section
    machine: Machine
    minutes: float

    def keep(self, folder: Path = KEPT) -> None:
        """Write it to its file."""
        folder.mkdir(exist_ok=True)
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / f"{self.section.name}.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read it back."""
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        section = found["section"]
        section["budgets"] = [Budget(**budget) for budget in section["budgets"]]
        return cls(Section(**section), Machine(**found["machine"]), found["minutes"])

    def markdown(self) -> str:
        """Return the section of docs/benchmarks.md."""
        parts = [f"## {self.section.title}\n", f"{self.machine}; {self.minutes:.1f} minutes.\n"]
        if self.section.text:
            parts.append(self.section.text + "\n")
        if self.section.rows:
            parts.append(_table(self.section.columns, self.section.rows))
        if self.section.budgets:
            rows = [
                (b.name, f"{b.value:.3g} {b.unit}", f"{b.bound} {b.limit:g}", "" if b.kept else "over")
                for b in self.section.budgets
            ]
            parts.append(_table(("line", "measured", "budget", ""), rows))
        return "\n".join(parts)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str | float]]) -> str:
    """Return a Markdown table with numbers of three digits."""
    cells = [[f"{cell:.3g}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    lines = [columns, ["---"] * len(columns), *cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def document(order: Sequence[str], folder: Path = KEPT) -> str:
    """Return docs/benchmarks.md: the kept sections in that order."""
    files = [folder / f"{name}.json" for name in order]
    found = [Result.read(file).markdown() for file in files if file.is_file()]
    return "\n".join([_HEAD, *(found or ["No run has been kept yet: it needs a machine that does nothing else.\n"])])
