"""The map of Tapal beside other ways to show the same polygons, and beside the least that Streamlit can do.

Ratios compare medians of one interleaved run on the same polygons.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass, field
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
from benchmarks.results import Budget, Section
from benchmarks.servers import everything
from data.catalogue import load

BERANDA = "/?koridor=semua&indikator=jarak_sd"
NAMES = {
    "tapal": "Tapal, *Beranda* of the whole study area",
    "empty": "an empty Streamlit page: a choice and a text",
    "controls": "the same controls as *Beranda*, without map, data or words",
    "tutorial": "folium.Choropleth in st_folium",
    "plotly": "plotly Choropleth in st.plotly_chart",
    "pydeck": "pydeck GeoJsonLayer in st.pydeck_chart",
    "dash": "dash-leaflet, geometry by URL",
    "leaflet": "a plain Leaflet page, no server",
}
INDICATORS = ("jarak_puskesmas", "jarak_sd", "jarak_sma_smk")
SLOW = ("tutorial", "plotly", "pydeck")
# Their polygons lie on a canvas or below another element: no press can be aimed at one.
UNAIMED = ("plotly", "pydeck")
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
        "plotly": rival,
        "pydeck": rival,
        "leaflet": choose_plain,
    }
    bare = {"empty": 0, "controls": 0}
    return [
        Variant(name, address + (BERANDA if name == "tapal" else ""), choices[name], bare.get(name, POLYGONS))
        for name, address in addresses.items()
    ]


def measure(repeat: int, skip: Collection[str]) -> dict[str, Times]:
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
                # Long rounds; two are enough to see what they are.
                if variant.name in SLOW and number > 2:
                    continue
                visit = Visit(contexts[variant.name], variant)
                opened, whole = visit.open()
                result.open.append(opened)
                result.whole.append(whole)
                for step in range(3):
                    seconds, received = visit.change(step)
                    result.change.append(seconds)
                    result.bytes.append(received)
                if variant.polygons and variant.name not in UNAIMED:
                    result.click.extend(visit.click(3 * number + step) for step in range(2))
                if variant.name == "tapal":
                    result.move.append(visit.move())
                visit.close()
                print(".", end="", flush=True, file=sys.stderr)
        print(file=sys.stderr)
    return times


def rows(times: dict[str, Times]) -> list[tuple[str | float, ...]]:
    """Medians of all variants, to read."""
    return [
        (
            NAMES[name],
            *(median(of) if of else "" for of in (result.open, result.whole, result.change, result.click)),
            median(result.bytes) / 1000,
        )
        for name, result in times.items()
    ]


def beside(times: dict[str, Times]) -> list[str]:
    """For information: what the controls alone cost, and how Tapal stands to dash-leaflet."""
    floor = median(times["controls"].change) / median(times["empty"].change)
    lines = [f"The same controls without a map, data or words change at {floor:.2f}x an empty page"]
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


def section(repeat: int, skip: Collection[str] = ()) -> Section:
    """Measure and return the section of docs/benchmarks.md."""
    times = measure(repeat, skip)
    return Section(
        "map",
        "The map beside others",
        "Medians of one interleaved run in Chromium without a GPU, 555 kelurahan, warm browser cache, values that "
        "change with a choice. *Open* is until all polygons are painted, *whole* until nothing on the page moves any "
        "more, *change* from the press to the new colours, *click* from the press on a kelurahan to its values; sent "
        "is what a change sends. Pydeck draws in software here; a machine with a GPU is kinder to it. "
        + "; ".join(beside(times))
        + ".",
        ("what", "open s", "whole s", "change s", "click s", "sent kB"),
        rows(times),
        budgets(times),
    )
