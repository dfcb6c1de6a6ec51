"""Measure the budgets of design.md and print a line for each: ``make bench``.

``BENCH <name> <value> <unit> <budget> <ok|over>``. With ``--write`` the sections are kept and docs/benchmarks.md is
made anew from all that are kept.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from benchmarks import load, national, rivals
from benchmarks.exports import export_times
from benchmarks.first_visit import first_visit
from benchmarks.proposals import import_time, proposal_times, refusal_time
from benchmarks.results import DOCUMENT, Budget, Machine, Result, Section, document
from benchmarks.scripts import (
    agreement_times,
    build_time,
    page_times,
    report_times,
    siting_time,
    slider_time,
    weight_time,
)
from tests.serving import ROOT


def _rivals(options: Namespace) -> Section:
    return rivals.section(options.repeat, options.skip)


def _first_visit(options: Namespace) -> Section:
    return first_visit(min(options.repeat, 3))


def _pages(options: Namespace) -> Section:
    repeat = max(options.repeat, 5)
    lines = []
    for what, times in {
        "": page_times(repeat),
        "_1000_agreements": agreement_times(repeat),
        "_10000_proposals": proposal_times(repeat),
        "_5000_reports": report_times(repeat),
    }.items():
        for page, seconds in times.items():
            at_once = page == "beranda" and what in ("", "_10000_proposals")
            lines.append(Budget(f"script_{page}{what}", seconds, "s", 0.05 if at_once else 0.2))
    lines += [
        Budget("import_50000_proposals", import_time(), "s", 60),
        Budget("refuse_hostile_proposals", refusal_time(), "s", 2),
        Budget("weight_moved", weight_time(repeat), "s", 0.5),
        Budget("fire_slider", slider_time(repeat), "s", 0.5),
        Budget("siting_five_posts", siting_time(), "s", 10),
    ]
    text = "Median seconds of a rerun on the server, warm, the whole study area chosen; and single actions."
    return Section("pages", "What the pages cost the server", text, budgets=lines)


def _sessions(options: Namespace) -> Section:
    return load.section(options.sessions, options.minutes)


def _processes(options: Namespace) -> Section | None:
    return load.processes(options.repeat)


def _exports(options: Namespace) -> Section:
    limits = {"deck": 5, "deck_largest": 5, "brief": 5, "profiles": 30, "memory": 700}
    lines = [
        Budget(f"export_{name}", value, "MB" if name == "memory" else "s", limits[name])
        for name, value in export_times().items()
    ]
    text = "Files for the meeting, warm, in a process of their own; memory is the most it ever held."
    return Section("exports", "Files for the meeting", text, budgets=lines)


def _build(options: Namespace) -> Section | None:
    if not options.raw.is_dir() or "build" in options.skip:
        return None
    lines = [Budget("build", build_time(options.raw), "s", 60)]
    return Section("build", "Building the tables", "All tables from the raw records.", budgets=lines)


def _national(options: Namespace) -> Section | None:
    return national.growth(options.raw) if options.raw.is_dir() else None


def _national_engines(options: Namespace) -> Section | None:
    return national.engines(options.raw) if options.raw.is_dir() else None


SECTIONS: dict[str, Callable[[Namespace], Section | None]] = {
    "map": _rivals,
    "first_visit": _first_visit,
    "pages": _pages,
    "sessions": _sessions,
    "processes": _processes,
    "exports": _exports,
    "build": _build,
    "national": _national,
    "national_engines": _national_engines,
}
"""In the order of docs/benchmarks.md; None where a section cannot run here."""


def main() -> int:
    """Command line; returns how many sections broke."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], choices=SECTIONS, help="these sections (default: all)")
    parser.add_argument("--write", action="store_true", help="keep the results and write docs/benchmarks.md")
    parser.add_argument("--repeat", type=int, default=5, help="rounds that count (default 5)")
    parser.add_argument("--sessions", type=int, default=50, help="sessions at once (default 50)")
    parser.add_argument("--minutes", type=float, default=3, help="how long they change indicators (default 3)")
    parser.add_argument("--raw", type=Path, default=ROOT.parent / "shared" / "data", help="raw records, for the build")
    parser.add_argument(
        "--skip", nargs="*", default=[], choices=[*rivals.NAMES, "build"], help="leave out of the comparison"
    )
    options = parser.parse_args()
    broken = 0
    for name in options.only or SECTIONS:
        machine, start = Machine.here(), time.monotonic()
        try:
            section = SECTIONS[name](options)
        except Exception:
            # The others are still worth their hour.
            traceback.print_exc()
            print(f"{name}: broke", file=sys.stderr, flush=True)
            broken += 1
            continue
        if section is None:
            continue
        result = Result(section, machine, (time.monotonic() - start) / 60)
        print(result.markdown(), *section.budgets, sep="\n", flush=True)
        if options.write:
            result.keep()
            DOCUMENT.write_text(document(list(SECTIONS)), encoding="utf-8")
    return broken


if __name__ == "__main__":
    sys.exit(main())
