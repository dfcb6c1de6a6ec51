"""Ctrl+P: every page becomes A4 pages that hold its answer, its picture and its tables whole, without controls."""

import contextlib
import io
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, TimeoutError, expect
from pypdf import PdfReader

from tests.browser.driving import answered, map_frame
from tests.pages.opening import QUESTIONS

SERANG = "koridor=kabserang-kotaserang"
MAPS = {"beranda", "profil", "ke_mana", "akses", "damkar", "lokasi"}
CHARTS = {"bandingkan", "waktu", "damkar", "sumber"}
TABLES = {"prioritas", "bandingkan", "waktu", "sumber"}
# What is drawn of a map or chart: filled or stroked paths. A page of text alone has few.
PAINTED = re.compile(rb"\s(?:f|f\*|S|B|B\*)(?=\s)")
WIDTH = 718
"""Pixels of A4 between its margins."""
ASTRAY = """() => {
  const seen = (e) => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 ? r : null; };
  // Where text and pictures are, not the boxes around them, whose margins may lie over each other.
  const inked = (e) => {
    const rects = [...e.querySelectorAll('iframe, svg.main-svg, img, td, th')].map(seen).filter(Boolean);
    const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      if (walker.currentNode.textContent.trim() && seen(range)) rects.push(seen(range));
    }
    if (!rects.length) return null;
    const side = (name, pick) => pick(...rects.map((r) => r[name]));
    const [left, top] = ['left', 'top'].map((name) => side(name, Math.min));
    return { left, top, right: side('right', Math.max), bottom: side('bottom', Math.max) };
  };
  const boxes = [...document.querySelectorAll('.stElementContainer')]
    .filter((e) => !e.querySelector('.stElementContainer') && seen(e)).map((e) => [e, inked(e)]).filter(([, r]) => r);
  const told = (e) => (e.textContent || e.className).slice(0, 60);
  const wide = boxes.filter(([, r]) => r.left < -1 || r.right > innerWidth + 1).map(([e]) => `wide: ${told(e)}`);
  const over = [];
  boxes.forEach(([a, r], i) => boxes.slice(i + 1).forEach(([b, s]) => {
    const across = Math.min(r.right, s.right) - Math.max(r.left, s.left);
    const down = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    if (across > 3 && down > 3) over.push(`over: ${told(a)} | ${told(b)}`);
  }));
  const cells = [...document.querySelectorAll('.tapal-paper td, .stHtml td')];
  const cut = cells.filter((e) => seen(e) && seen(e).right > innerWidth + 1);
  return [...wide, ...over, ...cut.map((e) => `cut: ${told(e)}`)];
}"""
CONTROLS = """() => [...document.querySelectorAll(
  'button, input, textarea, .stSelectbox, .stMultiSelect, .stSlider, .stAppHeader a, .stSidebar, .stDataFrame'
)].filter((e) => e.getClientRects().length && !e.closest('summary, .rp, .st-key-needy'))
  .map((e) => e.outerHTML.slice(0, 80))"""


def flat(text: str) -> str:
    """Letters only: where lines break is no matter."""
    return "".join(text.split())


def opened(page: Page, name: str) -> str:
    """Open a page until its picture is there; return its answer."""
    page.goto(f"/{'' if name == 'beranda' else name}?{SERANG}")
    answered(page, name)
    if name in MAPS:
        map_frame(page)
    if name in CHARTS:
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    return page.locator('[data-testid="stMain"] p strong').first.inner_text()


def nothing_left(page: Page, finding: str) -> list[str]:
    """What a script finds on the page once frames have taken the width of the paper; frames do so one after another."""
    with contextlib.suppress(TimeoutError):
        page.wait_for_function(f"() => ({finding})().length === 0", timeout=5000)
    found: list[str] = page.evaluate(finding)
    return found


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_page_prints_whole_and_on_paper_nothing_overlaps_is_cut_or_can_be_clicked(
    open_page: Callable[..., Page], name: str
) -> None:
    page = open_page()
    answer = opened(page, name)
    reader: Any = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    texts = [flat(sheet.extract_text()) for sheet in reader.pages]
    painted = [len(PAINTED.findall(sheet.get_contents().get_data())) for sheet in reader.pages]
    assert all(tuple(round(float(v)) for v in sheet.mediabox[2:]) == (595, 842) for sheet in reader.pages)
    assert flat(answer) in texts[0]
    assert not [number for number, text in enumerate(texts) if len(text) < 20 and painted[number] < 200], (
        "an empty page"
    )
    if name in MAPS:
        # A table alone has less than a hundred; a map that is close to one kelurahan has fewer lines than others.
        assert max(painted) > 120, "the map is there"
    elif name in CHARTS:
        assert max(painted) > 40, "the chart is there"
    page.emulate_media(media="print")
    page.set_viewport_size({"width": WIDTH, "height": 1000})
    assert nothing_left(page, ASTRAY) == []
    assert nothing_left(page, CONTROLS) == []
    if name in TABLES:
        expect(page.locator(".tapal-paper table:visible").first).to_be_visible()


def test_a_notice_of_the_dark_theme_is_dark_on_white(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="dark")
    page.goto(f"/sumber?{SERANG}")
    notice = answered(page, "sumber").get_by_test_id("stAlertContainer").first
    expect(notice).not_to_have_css("background-color", "rgb(255, 255, 255)")
    page.emulate_media(media="print")
    expect(notice).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(notice.locator("p, li").first).to_have_css("color", "rgb(28, 36, 38)")


def test_a_chart_of_the_dark_theme_is_light_on_paper(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="dark")
    opened(page, "bandingkan")
    chart = page.locator(".js-plotly-plot").first

    def light() -> float:
        return float(np.asarray(Image.open(io.BytesIO(chart.screenshot())).convert("L")).mean())

    assert light() < 80
    page.emulate_media(media="print", color_scheme="dark")
    assert light() > 200
