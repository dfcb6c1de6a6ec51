"""The map: any indicator on the kelurahan or kecamatan along a border, drawn once and then only restyled.

Geometry travels by URL and stays in the browser's cache. A rerun sends classes and short labels (some
kilobytes) into the map that is already there, so view and selection stay; moving the map causes no rerun at
all. How: see `views.screen.map_frame` and ``static/map/tapal.js``.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, takewhile
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit_folium import st_folium

from views.figures.mapspec import _DIGITS, PLACING_MARGIN, POINT_SIGNS, WORDS, Box, Geometry, MapPoint, MapSpec
from views.screen.map_frame import BaseMap, Picture

__all__ = ["draw"]

_AHEAD_S = 0.08  # until a browser on two cores has painted new colours
_HEAD_START_S = 0.6  # until it has built the map's frame and painted the map
_UNIT = re.compile(r"\d\d\.\d\d\.\d\d(\.\d{4})?", re.ASCII)
_INLINE_POINTS = 4_000  # characters of JSON; more points than that are fetched once, by URL
"""Degrees (5.5 km) around the sides within which a place can be set: what lies just outside serves people inside."""


"""Keys of `MapSpec.words`; all are needed."""


"""Sign of every kind of facility; the glyph is for the legend outside the map."""


def draw(
    spec: MapSpec,
    geometry: Geometry,
    *,
    key: str,
    height: int,
    on_click: Callable[[str], None] | None = None,
    on_place: Callable[[float, float], None] | None = None,
    headline: Callable[[], None] | None = None,
) -> str | None:
    """Show the map, or bring the living one into this state.

    Parameters
    ----------
    spec : MapSpec
    geometry : Geometry
    key : str
        Names the map on its page. The map with this key lives on over every change of `spec`, corridor and
        layout included. ``st.session_state[key]`` holds the last click as the browser sent it, so no widget
        may use the same key.
    height : int
        In pixels.
    on_click : callable, optional
        Called with the kode before the script runs because of a click: the whole page then sees what it
        sets, in the same rerun.
    on_place : callable, optional
        While `spec.placing`: called in the same way with longitude and latitude, in degrees with five decimals,
        at most `PLACING_MARGIN` outside the box around the sides. No unit is chosen then.
    headline : callable, optional
        Writes the answer that stands above the map. The first time in a session nothing but the two is sent until a
        browser has had time to show them; later, new colours go before new words.

    Returns
    -------
    str or None
        The kode that was clicked just now: not None only in the run that the click itself caused, so a page
        that keeps the choice stores it. Always a unit of one of the sides.
    """
    fresh = f"{key}-fresh"

    def clicked() -> None:
        value = st.session_state.get(key)
        if spec.placing:
            place = _clicked_place(value, _placing_box(spec, geometry))
            if place is not None and on_place is not None:
                on_place(*place)
            return
        kode = _clicked_kode(value, spec.sides)
        if kode is not None:
            st.session_state[fresh] = kode
            if on_click is not None:
                on_click(kode)

    picture = _picture(spec, geometry, height, key)
    st_folium(
        BaseMap(_files(spec, geometry)),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=Picture(picture),
        on_change=clicked,
        render=False,
    )
    colours = [picture[part] for part in ("level", "kodes", "classes", "colors")]
    before = st.session_state.get(f"{key}-colours")
    st.session_state[f"{key}-colours"] = colours
    if before not in (None, colours):
        _wait(_AHEAD_S)
    if headline is not None:
        headline()
        if before is None:
            _wait(_HEAD_START_S)
    kode: str | None = st.session_state.pop(fresh, None)
    return kode


def _wait(seconds: float) -> None:
    """Let what was sent reach the screen before the rest of the page is sent.

    What arrives together the browser draws together, and drawing the widgets takes it longer than the map. Without
    a browser there is nothing to wait for.
    """
    if runtime.exists():
        time.sleep(seconds)


def _clicked_kode(value: object, sides: Iterable[str]) -> str | None:
    """The browser can send anything: only what looks like a unit of a side counts."""
    kode = value.get("kode") if isinstance(value, Mapping) else None
    return kode if isinstance(kode, str) and _UNIT.fullmatch(kode) and kode[:5] in sides else None


def _clicked_place(value: object, box: Box) -> tuple[float, float] | None:
    """Longitude and latitude, if that is what the browser sent and it lies in the box."""
    lat, lon = (value.get("lat"), value.get("lng")) if isinstance(value, Mapping) else (None, None)
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    (south, west), (north, east) = box
    # Comparisons with what is not a number are false.
    inside = south <= lat <= north and west <= lon <= east
    return (round(float(lon), 5), round(float(lat), 5)) if inside else None


def _box(spec: MapSpec, geometry: Geometry) -> Box:
    """((south, west), (north, east)) around the sides."""
    corners = [geometry.bounds[side] for side in spec.sides]
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


def _files(spec: MapSpec, geometry: Geometry) -> list[str]:
    """Geometry files without which nothing can be painted."""
    fill: Mapping[str, str] = getattr(geometry, spec.level)
    return [*(fill[side] for side in spec.sides), geometry.borders]


def _picture(spec: MapSpec, geometry: Geometry, height: int, key: str) -> dict[str, Any]:
    """The state of the map as the browser expects it; see `Frame.show` in tapal.js."""
    kodes = sorted(spec.classes)
    fill: Mapping[str, str] = getattr(geometry, spec.level)
    areas = {point.area_kode[:5] for point in spec.points if point.lon is None} & geometry.kelurahan.keys()
    return {
        "sides": [[side, spec.side_colors[side], fill[side], geometry.kecamatan[side]] for side in spec.sides],
        "level": spec.level,
        "kabkota": geometry.kabkota,
        "borders": geometry.borders,
        "box": _box(spec, geometry),
        "kodes": _packed_codes(kodes),
        "classes": "".join("-" if spec.classes[kode] < 0 else _DIGITS[spec.classes[kode]] for kode in kodes),
        "labels": _packed_labels([spec.labels.get(kode, "") for kode in kodes]),
        "colors": spec.colors,
        "selected": spec.selected,
        "related": spec.related,
        "near": spec.near,
        "placing": _placing_box(spec, geometry) if spec.placing else None,
        "points": _points(spec.points, key),
        "areas": [[geometry.kelurahan[area], geometry.kecamatan[area]] for area in sorted(areas)],
        "layout": spec.layout if len(spec.sides) == 2 else "bersama",
        "dark": spec.dark,
        "height": height,
        "words": {word: spec.words[word] for word in WORDS},
    }


def _packed_codes(kodes: Iterable[str]) -> str:
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
    files = runtime.get_instance().media_file_mgr
    return "../.." + files.add(text.encode(), "application/json", f"{key}-points")
