"""Colours of the sides: for any two kabkota, readable, told apart by everybody, on a screen and in grey print."""

import json
import re
import shutil
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pptx import Presentation
from scipy.spatial import Delaunay

from analysis.values.profile import profile
from analysis.values.summary import summarise_border
from data import catalogue, tables
from tests.shipped import data as shipped
from views.exports.deck import charts as deck_charts
from views.exports.files import offline
from views.figures import borders, captions, maps, theme
from views.figures.mapspec import Geometry, MapSpec
from views.figures.theme import SIDES, contrast, luminance, side_colors, text_on
from views.language.names import map_words
from views.language.words import Words
from views.paper.inks import PAPER, color_of
from views.screen import map_packing
from views.story.story import Request

data = shipped()
PAIRS = list(combinations(sorted(data.kabkota.index), 2))
THEMES = (0, 1)
GROUNDS = (PAPER, "#14191b")
CSS = (Path(__file__).parents[3] / "static" / "map" / "tapal.css").read_text(encoding="utf-8")

LEAST_GREY = 20.0  # L* between the two sides of a border: grey print blurs what differs by less than about 10
LEAST_ANY_GREY = 4.0
LEAST_SEEN = 40.0
LEAST_ANY_SEEN = 20.0

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
SIGHT = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(color: str) -> np.ndarray:
    parts = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(color: str, sight: str = "all colours") -> np.ndarray:
    """CIE L*a*b* of a colour as somebody with this sight sees it."""
    x, y, z = TO_XYZ @ np.clip(SIGHT[sight] @ linear(color), 0, 1) / TO_XYZ.sum(axis=1)
    f = [np.cbrt(v) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def grey(first: str, second: str) -> float:
    return float(abs(lab(first)[0] - lab(second)[0]))


def seen_apart(first: str, second: str) -> float:
    """Least difference (HyAB) over all kinds of sight."""
    differences = [lab(first, sight) - lab(second, sight) for sight in SIGHT]
    return float(min(abs(d[0]) + np.hypot(d[1], d[2]) for d in differences))


def css_color(name: str, dark: int) -> str:
    light, night = re.findall(rf"--{name}: (#[0-9a-f]{{6}})", CSS)
    return str(night if dark else light)


def hatched(dark: int) -> float:
    """Mean luminance of "belum ada data" on the map: lines of 2 px every 7 px on the ground."""
    ground, line = (luminance(css_color(name, dark)) for name in ("tp-land", "tp-hatch"))
    return (5 * ground + 2 * line) / 7


def test_the_measures_know_their_textbook_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert lab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert seen_apart("#c00000", "#406000") < LEAST_ANY_SEEN < LEAST_SEEN < seen_apart("#224e89", "#ba7f44")


@pytest.mark.parametrize("dark", THEMES)
@pytest.mark.parametrize("pair", PAIRS, ids="|".join)
def test_any_two_kabkota_have_two_colours_that_everybody_tells_apart(pair: tuple[str, str], dark: int) -> None:
    colors = side_colors(pair)
    assert colors == side_colors(pair[::-1]), "whichever side is named first"
    first, second = (colors[kode][dark] for kode in pair)
    assert grey(first, second) >= LEAST_GREY
    assert seen_apart(first, second) >= LEAST_SEEN
    for color in (first, second):
        assert contrast(text_on(color), color) >= 4.5, "text in a bar"
        assert contrast(color, GROUNDS[dark]) >= 3, "a line or a bar on paper and screen"
        assert contrast(color, css_color("tp-land", dark)) >= 3
        low, high = sorted((luminance(color), hatched(dark)))
        assert (high + 0.05) / (low + 0.05) >= 2.5, "beside the hatching of what is not known"


@pytest.mark.parametrize("dark", THEMES)
def test_the_line_is_darker_than_either_side_or_lighter_on_a_dark_ground(dark: int) -> None:
    line = luminance(theme.ink(bool(dark)))
    for colors in SIDES[:2]:
        assert line > luminance(colors[1]) if dark else line < luminance(colors[0])


@pytest.mark.parametrize("dark", THEMES)
def test_all_colours_are_told_apart(dark: int) -> None:
    for one, other in combinations(SIDES, 2):
        assert grey(one[dark], other[dark]) >= LEAST_ANY_GREY
        assert seen_apart(one[dark], other[dark]) >= LEAST_ANY_SEEN
    for colors in SIDES:
        assert contrast(text_on(colors[dark]), colors[dark]) >= 4.5
        assert contrast(colors[dark], GROUNDS[dark]) >= 3


def test_sides_of_the_whole_study_area_differ_and_neighbours_also_in_grey() -> None:
    sides = {side.kode: side for side in captions.sides_of(data, data.catalogue.corridors["semua"].sides)}
    assert len({side.color() for side in sides.values()}) == len(sides) == 5
    met = [(a, b) for a, b in data.kabkota_pairs if a in sides and b in sides]
    assert met
    for a, b in met:
        assert grey(sides[a].color(), sides[b].color()) >= 15


def clashes(colors: dict[str, tuple[str, str]], pairs: Any) -> list[tuple[str, str]]:
    return [(a, b) for a, b in pairs if a in colors and b in colors and colors[a] == colors[b]]


def test_among_any_kabkota_neighbours_differ() -> None:
    kodes = list(data.kabkota.index)
    rng = np.random.default_rng(4)
    assert len(data.kabkota_pairs) > 30
    assert not clashes(side_colors(kodes, data.kabkota_pairs), data.kabkota_pairs)
    for size in range(2, 19):
        some = [str(k) for k in rng.choice(kodes, size, replace=False)]
        colors = side_colors(some, data.kabkota_pairs)
        assert not clashes(colors, data.kabkota_pairs)
        assert len(set(colors.values())) == min(size, len(SIDES))
        assert colors == side_colors(sorted(some), data.kabkota_pairs)


@pytest.mark.parametrize("seed", range(3))
def test_six_colours_suffice_for_a_whole_country(seed: int) -> None:
    points = np.random.default_rng(seed).random((514, 2))
    triangles = Delaunay(points).simplices
    pairs = {(str(min(e)), str(max(e))) for t in triangles for e in combinations(t.tolist(), 2)}
    assert not clashes(side_colors(map(str, range(514)), pairs), pairs)


@pytest.fixture(scope="module")
def lebak_pandeglang(tmp_path_factory: pytest.TempPathFactory) -> tuple[tables.Dataset, catalogue.Corridor]:
    """A border that was drawn in one colour: two kabupaten of which neither had a colour of its own."""
    folder = tmp_path_factory.mktemp("catalogue")
    for path in catalogue.FOLDER.glob("*.yaml"):
        shutil.copy(path, folder)
    with (folder / "corridors.yaml").open("a", encoding="utf-8") as file:
        file.write(
            '- id: lebak-pandeglang\n  title: {id: "Lebak – Pandeglang", en: "Lebak – Pandeglang"}\n'
            '  sides: ["36.02", "36.01"]\n  sectors: [pendidikan]\n'
            "  legal_basis:\n    document: a decree\n    certainty: K\n    note: {id: a, en: a}\n"
        )
    dataset = tables.load(catalogue_folder=folder)
    return dataset, dataset.catalogue.corridors["lebak-pandeglang"]


def test_lebak_and_pandeglang_have_the_same_two_colours_on_map_chart_slide_paper_and_offline(
    lebak_pandeglang: tuple[tables.Dataset, catalogue.Corridor],
) -> None:
    dataset, corridor = lebak_pandeglang
    w = Words("id")
    wanted = [side_colors(corridor.sides)[kode] for kode in corridor.sides]
    assert len(set(wanted)) == 2
    light, dark = ([colors[n] for colors in wanted] for n in THEMES)
    sides = captions.sides_of(dataset, corridor.sides)

    bars = borders.gap_bars(
        w, dataset, corridor, summarise_border(dataset.border(corridor), dataset.measures, "bersentuhan")
    )
    for theme_colors, is_dark in ((light, False), (dark, True)):
        assert [series.side.color(is_dark) for series in bars.series] == theme_colors
        spec = MapSpec(sides, "kelurahan", {}, {}, ("#ffffff",), map_words(w), dark=is_dark)
        packed = map_packing._picture(spec, Geometry.from_manifest(dataset.geometry), 400, "peta")
        assert [color for _, color, *_ in packed["sides"]] == theme_colors

    assert [color_of(series.side) for series in bars.series] == light
    page = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    frame = deck_charts.chart(page, bars, (0, 0, 9_000_000, 5_000_000), w)
    least, most, _ = frame.chart.plots[0].series
    hexes = [color.lstrip("#").upper() for color in light] * len(bars.categories)
    known = [n for n in range(len(hexes)) if bars.series[n % 2].values[n // 2] is not None]
    assert [str(least.points[n].format.fill.fore_color.rgb) for n in known] == [hexes[n] for n in known]
    assert [str(most.points[n].format.fill.back_color.rgb) for n in known] == [hexes[n] for n in known]

    kode = str(dataset.units("kelurahan", corridor.sides).index[0])
    place = maps.place_map(w, dataset, corridor, profile(dataset.border(corridor), dataset.measures, kode))
    assert [outline.side.color() for outline in place.outlines] == list(place.colors) == light
    assert [entry.color for entry in bars.legend.entries] == light

    made = offline.build(Request(w, dataset, corridor, date(2026, 11, 28))).decode("utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', made, re.DOTALL)
    assert found is not None
    assert [side["color"] for side in json.loads(found[1])["sides"]] == light
