"""Measure the budgets of design.md and print a line for each: ``make bench``.

``BENCH <name> <value> <unit> <budget> <ok|over>``. Ratios compare medians of one interleaved run on the same
polygons.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.browser import (
    POLYGONS,
    Variant,
    Visit,
    browser,
    choose_dash,
    choose_plain,
    choose_streamlit,
    context_of,
)
from benchmarks.exports import export_times
from benchmarks.first_visit import first_visits
from benchmarks.proposals import import_time, proposal_times, refusal_time
from benchmarks.scripts import (
    agreement_times,
    build_time,
    page_times,
    report_times,
    siting_time,
    slider_time,
    weight_time,
)
from benchmarks.servers import everything
from benchmarks.sessions import files_after, sessions
from data.catalogue import load
from tests.serving import ROOT

BERANDA = "/?koridor=semua&indikator=jarak_sd"
INDICATORS = ("jarak_puskesmas", "jarak_sd", "jarak_sma_smk")
RIVAL_CHOICES = [f"indikator {i}" for i in range(1, 8)]


@dataclass
class Times:
    """What one variant took, a value per repetition."""

    open: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    change: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    move: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Budget:
    """One line of the result."""

    name: str
    value: float
    unit: str
    limit: float

    def __str__(self) -> str:
        verdict = "ok" if self.value <= self.limit else "over"
        return f"BENCH {self.name} {self.value:.3g} {self.unit} {self.limit:g} {verdict}"


def variants(addresses: dict[str, str]) -> list[Variant]:
    """All that are compared, in the order of each round."""
    titles = [load().indicators[indicator].title.id for indicator in INDICATORS]
    rival = choose_streamlit("Indikator", RIVAL_CHOICES)
    choices = {
        "tapal": choose_streamlit("Indikator", titles),
        "empty": rival,
        "controls": rival,
        "dash": choose_dash(RIVAL_CHOICES),
        "tutorial": rival,
        "leaflet": choose_plain,
    }
    bare = {"empty": 0, "controls": 0}
    return [
        Variant(name, address + (BERANDA if name == "tapal" else ""), choices[name], bare.get(name, POLYGONS))
        for name, address in addresses.items()
    ]


def measure(repeat: int, skip: set[str]) -> dict[str, Times]:
    """Visit every variant in turn, `repeat` times; a first round warms servers and caches, uncounted."""
    times: dict[str, Times] = {}
    with everything(skip) as addresses, browser() as chromium:
        chosen = variants(addresses)
        contexts = {variant.name: context_of(chromium) for variant in chosen}
        for number in range(repeat + 1):
            for variant in chosen:
                if number == 1:
                    times[variant.name] = Times()
                result = times.get(variant.name, Times())
                # Minutes a round; two are enough to see what it is.
                if variant.name == "tutorial" and number > 2:
                    continue
                visit = Visit(contexts[variant.name], variant)
                opened, whole = visit.open()
                result.open.append(opened)
                result.whole.append(whole)
                for step in range(3):
                    seconds, received = visit.change(step)
                    result.change.append(seconds)
                    result.bytes.append(received)
                if variant.polygons:
                    result.click.extend(visit.click(3 * number + step) for step in range(2))
                if variant.name == "tapal":
                    result.move.append(visit.move())
                visit.close()
                print(".", end="", flush=True, file=sys.stderr)
        print(file=sys.stderr)
    return times


def table(times: dict[str, Times]) -> str:
    """Medians of all variants, to read."""
    lines = [f"{'':10} {'open s':>8} {'whole s':>8} {'change s':>9} {'click s':>8} {'change kB':>10}"]
    for name, result in times.items():
        click = f"{median(result.click):8.3f}" if result.click else f"{'-':>8}"
        size = median(result.bytes) / 1000
        opened = f"{median(result.open):8.3f} {median(result.whole):8.3f}"
        lines.append(f"{name:10} {opened} {median(result.change):9.3f} {click} {size:10.1f}")
    return "\n".join(lines)


def beside(times: dict[str, Times]) -> list[str]:
    """For information: what the controls alone cost, and how Tapal stands to dash-leaflet."""
    floor = median(times["controls"].change) / median(times["empty"].change)
    lines = [f"the same controls without a map, data or words change at {floor:.2f}x an empty page"]
    dash = times.get("dash")
    if dash is None:
        return lines
    for name in ("tapal", "empty"):
        opened, changed = (
            median(getattr(times[name], what)) / median(getattr(dash, what)) for what in ("open", "change")
        )
        lines.append(f"beside dash-leaflet: {name} opens at {opened:.2f}x and changes at {changed:.2f}x")
    return lines


def budgets(times: dict[str, Times]) -> list[Budget]:
    """The browser's share of the budgets."""
    tapal, empty, controls = times["tapal"], times["empty"], times["controls"]
    return [
        Budget("whole_to_controls", median(tapal.whole) / median(controls.whole), "x", 1.5),
        Budget("change_to_empty", median(tapal.change) / median(empty.change), "x", 1.3),
        Budget("change_sent", median(tapal.bytes) / 1000, "kB", 20),
        Budget("click_to_empty", median(tapal.click) / median(empty.change), "x", 2.0),
        Budget("move_reruns", max(sent for sent, _ in tapal.move), "messages", 0),
        Budget("move_received", max(received for _, received in tapal.move), "B", 0),
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="rounds that count (default 5)")
    parser.add_argument("--sessions", type=int, default=50, help="sessions at once (default 50)")
    parser.add_argument("--minutes", type=float, default=3, help="how long they change indicators (default 3)")
    parser.add_argument("--raw", type=Path, default=ROOT.parent / "shared" / "data", help="raw records, for the build")
    parser.add_argument(
        "--skip", nargs="*", default=[], choices=["tutorial", "leaflet", "dash", "build"], help="leave out"
    )
    options = parser.parse_args()
    times = measure(options.repeat, set(options.skip))
    print(table(times))
    print(*beside(times), sep="\n", flush=True)
    lines = budgets(times)
    for page, seconds in page_times(max(options.repeat, 5)).items():
        lines.append(Budget(f"script_{page}", seconds, "s", 0.05 if page == "beranda" else 0.2))
    for page, seconds in agreement_times(max(options.repeat, 5)).items():
        lines.append(Budget(f"script_{page}_1000_agreements", seconds, "s", 0.2))
    for page, seconds in proposal_times(max(options.repeat, 5)).items():
        lines.append(Budget(f"script_{page}_10000_proposals", seconds, "s", 0.05 if page == "beranda" else 0.2))
    lines.append(Budget("import_50000_proposals", import_time(), "s", 60))
    lines.append(Budget("refuse_hostile_proposals", refusal_time(), "s", 2))
    for page, seconds in report_times(max(options.repeat, 5)).items():
        lines.append(Budget(f"script_{page}_5000_reports", seconds, "s", 0.2))
    ours, floor = first_visits(3)
    lines.append(Budget("first_visit_answer", ours.answer, "s", 4))
    lines.append(Budget("first_visit_map", ours.map, "s", 7))
    lines.append(Budget("first_visit_geometry", ours.geometry / 1000, "kB", 250))
    lines.append(Budget("first_visit_to_empty", (ours.received - ours.geometry) / floor.received, "x", 1.3))
    load = sessions(options.sessions, options.minutes * 60)
    print(f"{options.sessions} sessions made {load.changes} changes in {options.minutes:g} minutes", flush=True)
    lines.append(Budget("sessions_p50", load.p50, "s", 0.25))
    lines.append(Budget("sessions_p95", load.p95, "s", 0.5))
    lines.append(Budget("sessions_work", load.work, "s", 0.05))
    lines.append(Budget("sessions_memory", load.memory, "MB", 1))
    lines.append(Budget("files_after_400_visits", files_after(400), "files", 450))
    lines.append(Budget("weight_moved", weight_time(max(options.repeat, 5)), "s", 0.5))
    lines.append(Budget("fire_slider", slider_time(max(options.repeat, 5)), "s", 0.5))
    lines.append(Budget("siting_five_posts", siting_time(), "s", 10))
    limits = {"deck": 5, "deck_largest": 5, "brief": 5, "profiles": 30, "memory": 700}
    for name, value in export_times().items():
        lines.append(Budget(f"export_{name}", value, "MB" if name == "memory" else "s", limits[name]))
    if options.raw.is_dir() and "build" not in options.skip:
        lines.append(Budget("build", build_time(options.raw), "s", 60))
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
