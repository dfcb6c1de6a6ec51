"""The map: any indicator on the kelurahan or kecamatan along a border, drawn once and then only restyled.

Geometry travels by URL and stays in the browser's cache. A rerun sends classes and short labels (some
kilobytes) into the map that is already there, so view and selection stay; moving the map causes no rerun at
all. How: see `views.screen.map_frame` and ``static/map/tapal.js``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping

import streamlit as st
from streamlit_folium import st_folium

from views.figures.mapspec import Box, Geometry, MapSpec
from views.screen.map_frame import BaseMap, Picture
from views.screen.map_packing import _picture, _placing_box

_UNIT = re.compile(r"\d\d\.\d\d\.\d\d(\.\d{4})?", re.ASCII)


def draw(
    spec: MapSpec,
    geometry: Geometry,
    *,
    key: str,
    height: int,
    fills: bool = False,
    on_click: Callable[[str], None] | None = None,
    on_place: Callable[[float, float], None] | None = None,
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
    fills : bool
        Whether the style sheet of the page gives the map another height, which it then fills.
    on_click : callable, optional
        Called with the kode before the script runs because of a click: the whole page then sees what it
        sets, in the same rerun.
    on_place : callable, optional
        While `spec.placing`: called in the same way with longitude and latitude, in degrees with five decimals,
        at most `PLACING_MARGIN` outside the box around the sides. No unit is chosen then.

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
        kode = _clicked_kode(value, [side.kode for side in spec.sides], spec.classes if spec.strokes else ())
        if kode is not None:
            st.session_state[fresh] = kode
            if on_click is not None:
                on_click(kode)

    st_folium(
        BaseMap(geometry.files([side.kode for side in spec.sides], spec.level)),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=Picture(_picture(spec, geometry, 0 if fills else height, key)),
        on_change=clicked,
        render=False,
    )
    kode: str | None = st.session_state.pop(fresh, None)
    return kode


def _clicked_kode(value: object, sides: Iterable[str], lines: Container[str] = ()) -> str | None:
    """The browser can send anything: only what looks like a unit of a side counts, or is a line of the map."""
    kode = value.get("kode") if isinstance(value, Mapping) else None
    if not isinstance(kode, str):
        return None
    return kode if kode in lines or (_UNIT.fullmatch(kode) and kode[:5] in sides) else None


def _clicked_place(value: object, box: Box) -> tuple[float, float] | None:
    """Longitude and latitude, if that is what the browser sent and it lies in the box."""
    lat, lon = (value.get("lat"), value.get("lng")) if isinstance(value, Mapping) else (None, None)
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    (south, west), (north, east) = box
    # Comparisons with what is not a number are false.
    inside = south <= lat <= north and west <= lon <= east
    return (round(float(lon), 5), round(float(lat), 5)) if inside else None
