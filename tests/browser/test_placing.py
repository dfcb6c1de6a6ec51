"""A place is set with a click or with the keyboard, and what a scenario changes is told apart by shape."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.driving import settled
from tests.serving import ROOT, serve

POINT = re.compile(r"places \[\((106\.\d{1,5}), (-6\.\d{1,5})\)\]")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("placing")
    shutil.copy(Path(__file__).parent / "apps" / "placing.py", folder)
    shutil.copy(ROOT / "data" / "shipped" / "geometry.json", folder)
    shutil.copytree(ROOT / "static", folder / "static")
    with serve(folder / "placing.py") as found:
        yield found


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1366, "height": 800})
    yield page
    page.close()


def opened(page: Page, address: str) -> FrameLocator:
    page.goto(address)
    frame = page.frame_locator("iframe")
    frame.locator("#map_div[data-complete]").wait_for()
    settled(page)
    return frame


def spot(page: Page, frame: FrameLocator, sign: str) -> tuple[float, float]:
    box = frame.locator(sign).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_sets_a_place_and_chooses_nothing(page: Page, address: str) -> None:
    frame = opened(page, address)
    expect(frame.locator(".tp-note")).to_have_text("placing")
    assert frame.locator(".tp-unit").first.evaluate("unit => getComputedStyle(unit).cursor") == "crosshair"
    page.mouse.click(*spot(page, frame, ".tp-baru"))
    expect(page.get_by_text(POINT)).to_be_visible()
    expect(page.get_by_text("clicked None")).to_be_visible()
    found = POINT.search(page.get_by_text(POINT).inner_text())
    assert found
    assert abs(float(found[1]) - 106.93) < 0.003
    assert abs(float(found[2]) + 6.39) < 0.003
    expect(frame.locator(".tp-baru")).to_have_count(2)
    expect(frame.locator(".tp-placed")).to_have_count(0)


def test_the_keyboard_sets_a_place_at_the_cross(page: Page, address: str) -> None:
    frame = opened(page, address)
    cross = frame.locator(".tp-aim")
    expect(cross).to_be_hidden()
    while not cross.is_visible():
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(POINT)).to_be_visible()
    aim, sign = spot(page, frame, ".tp-aim"), spot(page, frame, ".tp-baru >> nth=1")
    assert abs(aim[0] - sign[0]) < 3
    assert abs(aim[1] - sign[1]) < 3


def test_a_place_far_away_is_refused_with_a_sentence(page: Page, address: str) -> None:
    frame = opened(page, address)
    for _ in range(6):
        frame.get_by_role("button", name="zoom_out").click()
        page.wait_for_timeout(400)
    frame.locator(".leaflet-container").click(position={"x": 300, "y": 15}, force=True)
    expect(frame.locator(".tp-note")).to_have_text("outside")
    expect(page.get_by_text("places []")).to_be_visible()


def test_otherwise_a_click_on_a_sign_chooses_the_unit_below_it(page: Page, address: str) -> None:
    frame = opened(page, f"{address}?pasang=0")
    expect(frame.locator(".tp-note")).to_be_hidden()
    page.mouse.click(*spot(page, frame, ".tp-sign:not(.tp-baru)"))
    expect(page.get_by_text(re.compile(r"clicked 32\.7[56]\."))).to_be_visible()
    expect(page.get_by_text("places []")).to_be_visible()
    expect(frame.locator(".leaflet-tooltip")).to_contain_text("SD lama")


def test_states_differ_in_shape(page: Page, address: str) -> None:
    frame = opened(page, address)
    signs = {state: frame.locator(f".tp-sign.tp-{state}") for state in ("baru", "pindah", "tutup")}
    shapes = {state: sign.get_attribute("d") or "" for state, sign in signs.items()}
    assert shapes["tutup"].count("M") == 3, "the sign and two strokes across"
    assert {state: shape.count("M") for state, shape in shapes.items() if state != "tutup"} == {"baru": 1, "pindah": 1}
    rings = frame.locator("path.tp-ring")
    dashes = rings.evaluate_all("rings => rings.map(ring => getComputedStyle(ring).strokeDasharray)")
    assert sorted(dash == "none" for dash in dashes) == [False, True]
    order = frame.locator("path.tp-sign").evaluate_all("signs => signs.map(sign => sign.getAttribute('class'))")
    assert [re.sub(".*tp-sign ?(tp-)?| .*", "", name.replace("leaflet-interactive", "").strip()) for name in order] == [
        "", "tutup", "pindah", "baru",
    ]  # fmt: skip
