"""A map as a few short texts: what travels to the browser at a change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby, takewhile
from typing import Any

from streamlit import runtime

from views.figures.mapspec import _DIGITS, PLACING_MARGIN, POINT_SIGNS, WORDS, Box, Geometry, MapPoint, MapSpec

_INLINE_POINTS = 4_000  # characters of JSON; more points than that are fetched once, by URL


def _box(spec: MapSpec, geometry: Geometry) -> Box:
    """((south, west), (north, east)) around the sides."""
    corners = [geometry.bounds[side.kode] for side in spec.sides]
    return (
        (min(south for (south, _), _ in corners), min(west for (_, west), _ in corners)),
        (max(north for _, (north, _) in corners), max(east for _, (_, east) in corners)),
    )


def _placing_box(spec: MapSpec, geometry: Geometry) -> Box:
    """Where a place can be set."""
    (south, west), (north, east) = _box(spec, geometry)
    return (
        (round(south - PLACING_MARGIN, 5), round(west - PLACING_MARGIN, 5)),
        (round(north + PLACING_MARGIN, 5), round(east + PLACING_MARGIN, 5)),
    )


def _picture(spec: MapSpec, geometry: Geometry, height: int, key: str) -> dict[str, Any]:
    """The state of the map as the browser expects it; see `Frame.show` in tapal.js."""
    kodes = tuple(sorted(spec.classes))
    fill: Mapping[str, str] = getattr(geometry, spec.level)
    areas = {point.area_kode[:5] for point in spec.points if point.lon is None} & geometry.kelurahan.keys()
    return {
        "sides": [[s.kode, s.color(spec.dark), fill[s.kode]] for s in spec.sides],
        "level": spec.level,
        "around": geometry.around,
        "borders": geometry.lines(side.kode for side in spec.sides),
        "box": _box(spec, geometry),
        "kodes": _packed_codes(kodes),
        "classes": "".join("-" if spec.classes[kode] < 0 else _DIGITS[spec.classes[kode]] for kode in kodes),
        "labels": _packed_labels([spec.labels.get(kode, "") for kode in kodes]),
        "colors": spec.colors,
        "strokes": spec.strokes or None,
        "selected": spec.selected,
        "related": spec.related,
        "near": spec.near,
        "placing": _placing_box(spec, geometry) if spec.placing else None,
        "points": _points(spec.points, key),
        "areas": [[geometry.kelurahan[area], geometry.kecamatan[area]] for area in sorted(areas)],
        "layout": spec.layout if len(spec.sides) == 2 else "bersama",
        "dark": spec.dark,
        "uncertain": _packed_codes(tuple(sorted(spec.uncertain))),
        "front": _packed_codes(tuple(sorted(spec.front))),
        "legend": None if spec.legend is None else vars(spec.legend),
        "view": spec.view,
        "height": height,
        "words": {word: spec.words[word] for word in WORDS},
    }


@lru_cache(64)
def _packed_codes(kodes: tuple[str, ...]) -> str:
    """Sorted codes as ``32.75.01.1001-1008,1010;32.75.02.1001-1005``: most of them are counted through."""
    groups = groupby((kode.rpartition(".") for kode in kodes), key=lambda parts: parts[0] + parts[1])
    return ";".join(start + ",".join(_runs([end for _, _, end in group])) for start, group in groups)


def _runs(numbers: list[str]) -> Iterator[str]:
    """Sorted numbers of equal width, with first-last for each run without a gap."""
    steps = groupby(enumerate(numbers), key=lambda item: (int(item[1]) - item[0], len(item[1])))
    for _, run in steps:
        members = [number for _, number in run]
        yield members[0] if len(members) == 1 else f"{members[0]}-{members[-1]}"


def _packed_labels(labels: list[str]) -> list[Any]:
    """Labels as [texts, common ending]: the unit goes once, and one text needs fewer quotes than a list."""
    ending = _common_ending([label for label in labels if label])
    short = [label[: len(label) - len(ending)] for label in labels]
    # An empty entry stands for "no label", so a label that is nothing but the ending cannot be shortened.
    if any(label and not rest for label, rest in zip(labels, short, strict=True)):
        short, ending = labels, ""
    return [short if any("|" in rest for rest in short) else "|".join(short), ending]


def _common_ending(texts: list[str]) -> str:
    """The longest text that all of them end in."""
    turned = sorted(text[::-1] for text in texts)
    if not turned:
        return ""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(turned[0], turned[-1], strict=False))
    return "".join(letter for letter, _ in same)[::-1]


def _points(points: tuple[MapPoint, ...], key: str) -> dict[str, Any] | str | None:
    """Points inline while they are few; else the address of a file that Streamlit serves."""
    if not points:
        return None
    kinds = sorted({point.kind for point in points})
    rows = [
        [kinds.index(point.kind), point.text, point.state, point.area_kode]
        if point.lon is None or point.lat is None
        else [kinds.index(point.kind), point.text, point.state, "", round(point.lon, 5), round(point.lat, 5)]
        for point in points
    ]
    data = {"signs": [[POINT_SIGNS[kind].shape, POINT_SIGNS[kind].color] for kind in kinds], "rows": rows}
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    if len(text) <= _INLINE_POINTS or not runtime.exists():
        return data
    return served(text, f"{key}-points")


def served(text: str, name: str) -> str:
    """Where the map fetches a text that Streamlit serves as long as the session shows it.

    Parameters
    ----------
    text : JSON
    name : tells it from others on the page
    """
    if not runtime.exists():
        return name
    return "../.." + runtime.get_instance().media_file_mgr.add(text.encode(), "application/json", name)
