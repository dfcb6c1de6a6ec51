"""The offline map as a file: small, closed to the outside, the same numbers as the table, and text that stays text."""

import json
import re
from typing import Any

import pytest

from analysis.values.layer import layer
from data.text import cleaned
from geo import topology
from tests.shipped import HOSTILE, MADE, data, hostile_data
from tests.views.exports.office import tell_tale
from views.exports.files import offline as files_offline
from views.language.words import Language, Words
from views.story.story import Request

MOST_BYTES = 3_000_000


def page(corridor: str, language: Language = "id", sectors: tuple[str, ...] = (), marked: tuple[str, ...] = ()) -> str:
    known = data()
    return files_offline.build(
        Request(Words(language), known, known.catalogue.corridors[corridor], MADE, sectors, marked)
    ).decode()


def content(html: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert block
    found: dict[str, Any] = json.loads(block[1])
    return found


@pytest.fixture(scope="module")
def serang() -> str:
    return page("kabserang-kotaserang")


@pytest.mark.parametrize("corridor", ["kabserang-lebak", "kabserang-pandeglang", "semua"])
def test_the_largest_corridors_fit_on_a_stick_and_in_a_mail(corridor: str) -> None:
    assert len(page(corridor, "en").encode()) < MOST_BYTES


def test_nothing_outside_is_named_and_the_policy_forbids_it(serang: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', serang)
    assert policy
    rules = policy[1]
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    assert "http" not in rules
    assert not re.search(r"<(?:link|img|iframe|object|embed|base)\b", serang.split("<script>")[0])
    assert not re.search(
        r"\s(?:src|href|srcset|action)\s*=", re.sub(r"<script.*?</script>", "", serang, flags=re.DOTALL)
    )
    style = re.search(r"<style>(.*?)</style>", serang, re.DOTALL)
    assert style
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    assert "sourceMappingURL" not in serang
    assert tell_tale(serang.encode()) == []


def test_numbers_classes_and_counts_are_those_of_the_page(serang: str) -> None:
    known = data()
    corridor = known.catalogue.corridors["kabserang-kotaserang"]
    found = content(serang)
    w = Words("id")
    by_title = {i["title"]: i for i in found["indicators"]}
    for indicator in known.catalogue.indicators.values():
        shown = by_title[w.pick(indicator.title)]
        standard = next(iter(known.catalogue.standards_of(indicator.id)), None)
        result = layer(known.border(corridor), known.measure(indicator, standard))
        units = known.units(indicator.level, corridor.sides).index
        values = result.values["value"].reindex(units)
        assert len(shown["raw"]) == len(shown["classes"]) == len(shown["text"]) == len(units)
        for raw, text, value in zip(shown["raw"], shown["text"], values, strict=True):
            assert (raw is None) == (value != value) == (text is None)
            assert raw is None or raw == pytest.approx(value, abs=1e-6)
        assert shown["classes"] == [int(c) for c in result.classes.index.reindex(units)]
        assert shown["uncertain"] == [int(b) for b in result.uncertain.reindex(units)]
        rows = result.classes.count + 1 + any(shown["uncertain"])
        assert len(shown["legend"]) == rows, "every class, what is not sure and the unknown"
        total = sum(int(c.replace(".", "")) for entry in shown["legend"] for c in entry["counts"])
        assert total == len(units)


def test_every_value_names_year_quality_and_origin(serang: str) -> None:
    found = content(serang)
    for indicator in found["indicators"]:
        for text, year, quality, origin in zip(
            indicator["text"], indicator["years"], indicator["quality"], indicator["origin"], strict=True
        ):
            assert (text is None) == (year is None) == (quality is None) == (origin is None)
            assert origin is None or f"Tahun {year}" in found["origins"][origin]


def test_a_kecamatan_is_drawn_as_a_kecamatan(serang: str) -> None:
    levels = content(serang)["levels"]
    assert len(levels["kelurahan"]["shapes"]) == 393
    assert len(levels["kecamatan"]["shapes"]) == 35


def test_shapes_read_back_as_the_shipped_ones(serang: str) -> None:
    known = data()
    file = files_offline.STATIC / known.geometry["kelurahan"]["36.73"]
    first = topology.features(json.loads(file.read_text(encoding="utf-8")))[0]
    units = list(known.units("kelurahan", ("36.04", "36.73")).index)
    text = content(serang)["levels"]["kelurahan"]["shapes"][units.index(first["id"])]
    numbers = [int(n) for n in text.split("|")[0].split(";")[0].split(" ")]
    points, x, y = [], 0, 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append([x / 1e5, y / 1e5])
    ring = first["geometry"]["coordinates"][0]
    assert points == (ring[0] if first["geometry"]["type"] == "MultiPolygon" else ring)


def test_hostile_names_cannot_leave_their_block() -> None:
    known = hostile_data()
    html = files_offline.build(
        Request(Words("id"), known, known.catalogue.corridors["bekasi-depok"], MADE, ("jalan",), ("32.75.10.1002",))
    ).decode()
    found = content(html)
    assert cleaned(HOSTILE) in found["levels"]["kelurahan"]["names"]
    outside = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert "<img" not in outside
    assert html.count("<script") == html.count("</script>") == 3


def test_sectors_and_marks_arrive_and_the_same_wish_gives_the_same_bytes() -> None:
    html = page("bekasi-depok", "en", ("kesehatan",), ("32.75.10.1002",))
    found = content(html)
    known = data().catalogue.indicators
    wanted = {i.title.en for i in known.values() if i.sector == "kesehatan" or i.id == "penduduk"}
    assert {i["title"] for i in found["indicators"]} == wanted
    assert sum(found["levels"]["kelurahan"]["marked"]) == 1
    assert html == page("bekasi-depok", "en", ("kesehatan",), ("32.75.10.1002",))
