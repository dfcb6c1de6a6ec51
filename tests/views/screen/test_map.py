"""What the map sends to the browser: small, local, stable; and what it believes when the browser answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Literal

import pytest
import streamlit_folium
from hypothesis import given
from hypothesis import strategies as st

from views.figures.mapspec import WORDS, Geometry, MapPoint, MapSpec
from views.figures.specs import Side
from views.screen import map, map_packing
from views.screen.map import draw
from views.screen.map_frame import BaseMap, asset_version

SIDES = ("32.75", "32.76")
GEOMETRY = Geometry.from_manifest(
    {
        "kelurahan": {side: f"geo/kelurahan-{side}_0123456789.json" for side in SIDES},
        "kecamatan": {side: f"geo/kecamatan-{side}_0123456789.json" for side in SIDES},
        "around": "geo/around_0123456789.json",
        "borders": {
            "32.75|32.76": "geo/border-3275-3276_0123456789.json",
            "32.75|31.75": "geo/border-3275-3175_0123456789.json",
        },
        "bounds": {"32.75": [[-6.4, 106.88], [-6.17, 107.05]], "32.76": [[-6.47, 106.71], [-6.31, 106.93]]},
    }
)
KODES = [f"32.7{5 + i % 2}.{i // 50:02}.{1001 + i}" for i in range(555)]
SPEC = MapSpec(
    sides=(Side("32.75", "Kota Bekasi", ("#111111", "#aaaaaa")), Side("32.76", "Kota Depok", ("#222222", "#bbbbbb"))),
    level="kelurahan",
    classes={kode: i % 6 - 1 for i, kode in enumerate(KODES)},
    labels={kode: f"{i * 0.137:.2f} km".replace(".", ",") for i, kode in enumerate(KODES) if i % 6},
    colors=("#a", "#b", "#c", "#d", "#e"),
    words=dict.fromkeys(WORDS, "kata"),
)


def unpacked(picture: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """As `unpack` in tapal.js does it."""
    kodes = []
    for group in picture["kodes"].split(";"):
        start, _, runs = group.rpartition(".")
        for run in runs.split(","):
            first, _, last = run.partition("-")
            kodes += [f"{start}.{number:0{len(first)}}" for number in range(int(first), int(last or first) + 1)]
    texts, ending = picture["labels"]
    labels = texts if isinstance(texts, list) else texts.split("|")
    return {
        kode: (-1 if digit == "-" else int(digit, 36), label + ending if label else "")
        for kode, digit, label in zip(kodes, picture["classes"], labels, strict=True)
    }


@given(
    st.dictionaries(
        st.from_regex(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}(\.[0-9]{4})?", fullmatch=True),
        st.tuples(st.integers(-1, 4), st.text("12,| km", max_size=6)),
        min_size=1,
    )
)
def test_classes_and_labels_survive_the_packing(values: dict[str, tuple[int, str]]) -> None:
    spec = replace(
        SPEC,
        classes={kode: index for kode, (index, _) in values.items()},
        labels={kode: label for kode, (_, label) in values.items()},
    )
    assert unpacked(map_packing._picture(spec, GEOMETRY, 500, "peta")) == values


class Shown:
    """Stands in for the component's frontend and keeps what it was given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[dict[str, Any]] = []
        monkeypatch.setattr(streamlit_folium, "_component_func", lambda **call: self.calls.append(call))
        self.state: dict[str, Any] = {}
        fake = SimpleNamespace(session_state=self.state)
        monkeypatch.setattr(map, "st", fake)
        monkeypatch.setattr(streamlit_folium, "st", fake)

    def draw(self, spec: MapSpec = SPEC, **calls: Any) -> str | None:
        return draw(spec, GEOMETRY, key="peta", height=500, **calls)

    def click(self, value: object) -> None:
        """The browser sets a value; Streamlit calls back before the script runs again."""
        self.state[self.calls[-1]["key"]] = value
        self.calls[-1]["on_change"]()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    return Shown(monkeypatch)


def test_a_change_is_small(shown: Shown) -> None:
    """All of the component's arguments for 555 kelurahan, as Streamlit sends them."""
    shown.draw()
    call = {name: value for name, value in shown.calls[0].items() if name != "on_change"}
    assert len(json.dumps(call)) < 5_000


def test_everything_comes_from_our_own_server(shown: Shown) -> None:
    shown.draw()
    call = shown.calls[0]
    assert call["css_links"] == []
    assert [re.sub("#.*", "", link) for link in call["js_links"]] == [
        f"../../app/static/map/tapal.js?v={asset_version()}",
        f"../../app/static/vendor/leaflet/leaflet.js?v={asset_version()}",
    ]
    assert "//" not in call["script"] + call["html"]
    assert "://" not in json.dumps({name: value for name, value in call.items() if name != "on_change"})


def test_the_map_lives_on_whatever_it_shows(shown: Shown) -> None:
    """Same key and same base script mean that streamlit-folium keeps the map that is there."""
    shown.draw()
    shown.draw(replace(SPEC, level="kecamatan", classes={"32.75.01": 1}, layout="berdampingan", dark=True))
    first, second = shown.calls
    assert (first["key"], first["script"]) == (second["key"], second["script"])
    assert first["feature_group"] != second["feature_group"]


def test_the_same_state_is_the_same_script(shown: Shown) -> None:
    """Nothing random in it: an unchanged map costs the browser nothing."""
    shown.draw()
    shown.draw()
    assert shown.calls[0]["feature_group"] == shown.calls[1]["feature_group"]


def test_geometry_is_fetched_before_leaflet_is_there() -> None:
    (_, first), _ = BaseMap(["geo/a.json", "geo/b.json"]).default_js
    assert first.endswith("#geo/a.json,geo/b.json")


def test_a_click_is_returned_once(shown: Shown) -> None:
    heard: list[str] = []
    assert shown.draw(on_click=heard.append) is None
    shown.click({"kode": "32.75.01.1001", "click": "1"})
    assert heard == ["32.75.01.1001"]
    assert shown.draw(on_click=heard.append) == "32.75.01.1001"
    assert shown.draw(on_click=heard.append) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        "32.75.01.1001",
        {},
        {"kode": None},
        {"kode": ["32.75.01.1001"]},
        {"kode": "36.04.01.2001"},
        {"kode": "32.75.01.1001\n"},
        {"kode": "32.75<script>"},
        {"kode": "32.75.0٠"},
        {"kode": {"$gt": ""}},
    ],
)
def test_only_a_unit_of_a_side_is_believed(shown: Shown, value: object) -> None:
    heard: list[str] = []
    shown.draw(on_click=heard.append)
    shown.click(value)
    assert heard == []
    assert shown.draw() is None


def test_a_line_can_be_chosen_where_the_units_are_lines(shown: Shown) -> None:
    lines = replace(
        SPEC,
        classes={"32.75-32.76": 1, "31.75-32.75": 0},
        labels={},
        colors=("#a", "#b"),
        strokes=((3, ""), (1, "1 3")),
    )
    assert unpacked(map_packing._picture(lines, GEOMETRY, 500, "peta")) == {
        "32.75-32.76": (1, ""),
        "31.75-32.75": (0, ""),
    }
    heard: list[str] = []
    for kode in ("32.75-32.76", "32.75-32.77", "32.76-32.75"):
        shown.draw(lines, on_click=heard.append)
        shown.click({"kode": kode})
    assert heard == ["32.75-32.76"]


def test_a_place_is_set_where_the_map_was_clicked(shown: Shown) -> None:
    heard: list[object] = []
    placing = replace(SPEC, placing=True)
    shown.draw(placing, on_place=lambda *place: heard.append(place), on_click=heard.append)
    shown.click({"lat": -6.312345678, "lng": 106.9, "click": "1"})
    assert heard == [(106.9, -6.31235)]
    assert shown.draw(placing) is None


def test_while_placing_no_unit_is_chosen_and_otherwise_no_place(shown: Shown) -> None:
    heard: list[object] = []
    shown.draw(replace(SPEC, placing=True), on_place=lambda *place: heard.append(place), on_click=heard.append)
    shown.click({"kode": "32.75.01.1001"})
    shown.draw(on_place=lambda *place: heard.append(place), on_click=heard.append)
    shown.click({"lat": -6.3, "lng": 106.9})
    assert heard == []
    assert shown.draw() is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"lat": -6.3},
        {"lat": "-6.3", "lng": 106.9},
        {"lat": -6.3, "lng": [106.9]},
        {"lat": float("nan"), "lng": 106.9},
        {"lat": -6.3, "lng": float("inf")},
        {"lat": True, "lng": 106.9},
        {"lat": 10**400, "lng": 106.9},
        {"lat": -6.53, "lng": 106.9},
        {"lat": -6.3, "lng": 107.11},
        {"lat": 106.9, "lng": -6.3},
    ],
)
def test_only_a_place_near_the_sides_is_believed(shown: Shown, value: object) -> None:
    heard: list[object] = []
    shown.draw(replace(SPEC, placing=True), on_place=lambda *place: heard.append(place))
    shown.click(value)
    assert heard == []


@given(st.floats(-7, -6), st.floats(106, 108))
def test_a_place_is_believed_inside_the_box_that_the_browser_knows(lat: float, lon: float) -> None:
    spec = replace(SPEC, placing=True)
    (south, west), (north, east) = map_packing._picture(spec, GEOMETRY, 500, "peta")["placing"]
    place = map._clicked_place({"lat": lat, "lng": lon}, map_packing._placing_box(spec, GEOMETRY))
    assert (place is not None) == (south <= lat <= north and west <= lon <= east)


def test_the_state_of_a_point_reaches_the_browser() -> None:
    states: tuple[Literal["", "baru", "tutup", "pindah"], ...] = ("", "baru", "tutup", "pindah")
    points = tuple(MapPoint("sd", state, lon=106.9, lat=-6.3, state=state) for state in states)
    picture = map_packing._picture(replace(SPEC, points=points), GEOMETRY, 500, "peta")
    assert [row[2] for row in picture["points"]["rows"]] == list(states)


def test_a_place_without_a_point_is_an_area() -> None:
    spec = replace(
        SPEC,
        points=(
            MapPoint("sd", "SD 1", lon=106.9, lat=-6.3),
            MapPoint("pos_damkar", "Pos", area_kode="32.76.05"),
        ),
    )
    picture = map_packing._picture(spec, GEOMETRY, 500, "peta")
    assert picture["points"]["rows"] == [[1, "SD 1", "", "", 106.9, -6.3], [0, "Pos", "", "32.76.05"]]
    assert picture["areas"] == [[GEOMETRY.kelurahan["32.76"], GEOMETRY.kecamatan["32.76"]]]


def test_two_maps_need_two_sides() -> None:
    five = replace(SPEC, sides=(*SPEC.sides, SPEC.sides[0]), layout="berdampingan")
    assert map_packing._picture(five, GEOMETRY, 500, "peta")["layout"] == "bersama"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"words": {}}, "words of the map are missing: label"),
        ({"classes": {"32.75.01.1001": 5}}, "classes 5 to 5, but 5 colours"),
        ({"classes": {"32.75.01.1001": -2}}, "classes -2"),
        ({"colors": ("#a",) * 37}, "37 classes"),
        ({"strokes": ((1, ""),)}, "1 strokes, but 5 colours"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(SPEC, **wrong)


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ({"kind": "istana"}, "no sign"),
        ({"kind": "sd", "lon": 106.9}, "half a position"),
        ({"kind": "sd"}, "neither a point nor an area"),
    ],
)
def test_a_facility_that_cannot_be_placed_is_refused(point: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        MapPoint(text="Nama", **point)
