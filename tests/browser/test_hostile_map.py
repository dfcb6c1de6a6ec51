"""Texts that attack must show as text on the map and run nothing, in its frame and around it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from geo.topology import lines, topology
from tests.serving import serve

ROOT = Path(__file__).parents[2]
PWN = "window.top.__pwned=window.__pwned=1"
TEXTS = (
    f"<img src=x onerror={PWN}>",
    f"</script><script>{PWN}</script>",
    f"${{{PWN}}}",
    f"`+({PWN})+`",
    f'"+({PWN})+"',
    f"'+({PWN})+'\\",
    f"{{{{ {PWN} }}}} {{% raw %}}",
    f"<svg onload={PWN}> & \u2028 map_div",
)
KODES = tuple(f"99.{1 + i // 4:02}.01.{1001 + i}" for i in range(len(TEXTS)))


def square(west: float, south: float, width: float, height: float) -> list[list[list[float]]]:
    east, north = west + width, south + height
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def write_case(folder: Path) -> None:
    """Eight units in two sides, each named by one of the texts, as the files that the browser fetches."""
    shutil.copy(Path(__file__).parent / "apps" / "hostile_map.py", folder)
    for part in ("map", "vendor"):
        shutil.copytree(ROOT / "static" / part, folder / "static" / part)
    units = {
        kode: (106.80 + 0.03 * (i % 4), -6.40 + 0.03 * (i // 4), text)
        for i, (kode, text) in enumerate(zip(KODES, TEXTS, strict=True))
    }
    sides = {"99.01": -6.40, "99.02": -6.37}
    land = {
        side: {"type": "Polygon", "coordinates": square(106.80, south, 0.12, 0.03)} for side, south in sides.items()
    }
    names = {side: {"n": TEXTS[0], "p": [106.86, south + 0.015]} for side, south in sides.items()}
    files = {
        "geo/around.json": topology(land, names),
        "geo/borders.json": lines({"99.01|99.02": [[[106.80, -6.37], [106.92, -6.37]]]}),
    }
    for side, south in sides.items():
        own = {kode: unit for kode, unit in units.items() if kode.startswith(side)}
        shapes = {k: {"type": "Polygon", "coordinates": square(x, y, 0.03, 0.03)} for k, (x, y, _) in own.items()}
        about = {k: {"n": text, "k": text, "p": [x + 0.015, y + 0.015]} for k, (x, y, text) in own.items()}
        labels = [[TEXTS[1], [106.86, south + 0.02]]]
        files[f"geo/{side}.json"] = topology(shapes, about) | {"labels": labels}
        whole = {f"{side}.01": {"n": TEXTS[1], "p": labels[0][1]}}
        files[f"geo/kecamatan-{side}.json"] = topology({f"{side}.01": land[side]}, whole) | {"labels": labels}
    for name, content in files.items():
        target = folder / "static" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(content), encoding="utf-8")
    geometry = {
        "kelurahan": {side: f"geo/{side}.json" for side in sides},
        "kecamatan": {side: f"geo/kecamatan-{side}.json" for side in sides},
        "around": "geo/around.json",
        "borders": {"99.01|99.02": "geo/borders.json"},
        "bounds": {side: [[south, 106.80], [south + 0.03, 106.92]] for side, south in sides.items()},
    }
    case = {"texts": TEXTS, "kodes": KODES, "geometry": geometry}
    (folder / "case.json").write_text(json.dumps(case), encoding="utf-8")


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("hostile")
    write_case(folder)
    with serve(folder / "hostile_map.py") as address:
        page = chromium.new_page(viewport={"width": 1366, "height": 800})
        page.goto(address)
        page.frame_locator("iframe").locator("#map_div[data-painted]").wait_for(timeout=60_000)
        yield page
        page.close()


@pytest.fixture(scope="module")
def frame(page: Page) -> Frame:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def assert_nothing_ran(page: Page) -> None:
    assert [frame.evaluate("window.__pwned") for frame in page.frames] == [None] * len(page.frames)
    holder = page.frame_locator("iframe").locator("#map_div")
    assert holder.locator("img, script, iframe, object, embed").count() == 0


def shown(text: str) -> str:
    """How a browser gives a text back as innerText."""
    return " ".join(text.split())


@pytest.mark.parametrize(("kode", "text"), list(zip(KODES, TEXTS, strict=True)))
def test_tooltip_shows_text(page: Page, frame: Frame, kode: str, text: str) -> None:
    """Name, value and kecamatan of a unit."""
    box = frame.locator(f"path[data-kode='{kode}']").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.75)
    tip = frame.locator(".leaflet-tooltip")
    expect(tip).to_be_visible()
    lines = [shown(line) for line in tip.locator("span").all_inner_texts()]
    assert lines[:3] == [shown(text)] * 3
    assert_nothing_ran(page)


def test_points_show_text(page: Page, frame: Frame) -> None:
    signs = frame.locator("path.tp-sign")
    assert signs.count() == len(TEXTS)
    seen = set()
    for i in range(len(TEXTS)):
        signs.nth(i).hover(force=True)
        seen.add(shown(frame.locator(".leaflet-tooltip").inner_text()))
    assert seen == {shown(text) for text in TEXTS}
    assert_nothing_ran(page)


def test_names_on_the_map_are_text(page: Page, frame: Frame) -> None:
    for _ in range(2):
        frame.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(500)
    labels = {shown(label) for label in frame.locator(".tp-label").all_inner_texts()}
    assert labels
    assert labels <= {shown(text) for text in TEXTS}
    assert_nothing_ran(page)


def test_words_of_the_map_are_text(page: Page, frame: Frame) -> None:
    """Attribution, titles and the name for screen readers."""
    texts = {shown(text) for text in TEXTS}
    assert shown(frame.locator(".tp-attribution").inner_text()) in texts
    for control in (".leaflet-control-zoom-in", ".leaflet-control-zoom-out", ".tp-button"):
        assert shown(frame.locator(control).first.get_attribute("title") or "") in texts
    assert shown(frame.locator("#map_div .leaflet-container").get_attribute("aria-label") or "") in texts
    assert_nothing_ran(page)


def test_click_reaches_the_page_as_a_kode(page: Page, frame: Frame) -> None:
    frame.locator(".tp-button").first.click()
    page.wait_for_timeout(500)
    frame.locator(f"path[data-kode='{KODES[5]}']").click(position={"x": 20, "y": 40}, force=True)
    expect(page.get_by_text(f"clicked {KODES[5]}")).to_be_visible()
    assert_nothing_ran(page)
