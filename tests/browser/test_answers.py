"""The pages as an official uses them: every screen, both languages and themes, the network cut.

With TAPAL_PICTURES=1 (make pictures) the README's pictures in docs/gambar are taken anew.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import BORDER, LAPTOP, PHONE, ZOOMED, answered, choose, chosen, map_frame, settled
from tests.serving import ROOT, serve

PICTURES = ROOT / "docs" / "gambar"
PAGES = {
    "beranda": "/",
    "bandingkan": "/bandingkan",
    "prioritas": "/prioritas",
    "profil": "/profil",
    "sumber": "/sumber",
}
SERANG = "koridor=kabserang-kotaserang"


def picture_of(page: Page, name: str) -> Locator:
    """What answers the page's question at a glance."""
    what = {"beranda": "iframe", "profil": "iframe", "prioritas": '[data-testid="stDataFrame"]'}
    return page.locator(what.get(name, ".stPlotlyChart")).first


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize(("language", "scheme"), [("id", "light"), ("en", "dark")])
def test_answer_and_picture_are_seen_at_once(
    open_page: Callable[..., Page], screen: tuple[int, int], name: str, language: str, scheme: Any
) -> None:
    page = open_page(screen, color_scheme=scheme)
    page.goto(f"{PAGES[name]}?{SERANG}&bahasa={language}")
    answered(page, name, language)
    picture = picture_of(page, name)
    expect(picture).to_be_visible()
    if name in ("beranda", "profil"):
        map_frame(page)
    elif name != "prioritas":
        expect(picture.locator(".cartesianlayer :is(.trace, .hm)").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing scrolls sideways"
    box = picture.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= screen[0] + 1
    if screen != PHONE:
        assert box["y"] < screen[1] * 0.6, "the picture is seen without scrolling"


@pytest.mark.parametrize("name", ["beranda", "profil"])
def test_a_link_opens_its_page_on_a_server_that_nobody_has_used(chromium: Any, name: str) -> None:
    with serve("app.py") as address:
        page = chromium.new_page()
        page.goto(f"{address}{PAGES[name]}?{SERANG}")
        answered(page, name)
        assert page.locator('[data-testid="stException"]').count() == 0
        page.close()


def test_a_link_opens_the_same_view_in_a_fresh_browser(open_page: Callable[..., Page]) -> None:
    first = open_page()
    first.goto(f"/?{SERANG}")
    settled(first)
    choose(first, "Indikator", "Jarak ke SMA/SMK negeri")
    answer = first.locator("p strong").first
    expect(answer).to_contain_text("SMA atau SMK negeri")
    first.get_by_text("Kesenjangan", exact=True).first.click()
    met = re.compile("memenuhi standar")
    expect(map_frame(first).get_by_text(met).first).to_be_visible()
    settled(first)
    second = open_page()
    second.goto(first.url)
    settled(second)
    expect(map_frame(second).get_by_text(met).first).to_be_visible()
    expect(second.locator("p strong").first).to_have_text(answer.inner_text())
    legends = [map_frame(page).locator(".tp-legend table").inner_text() for page in (first, second)]
    assert legends[0] == legends[1]


def test_the_back_button_returns_to_the_corridor_before(page: Page) -> None:
    page.goto("/?koridor=bekasi-jaktim")
    settled(page)
    choose(page, "Koridor", "Cilegon")
    expect(page.locator("h3").first).to_contain_text("Kota Cilegon")
    settled(page)
    page.go_back()
    expect(page.locator("h3").first).to_contain_text("Jakarta Timur")
    expect(answered(page, "beranda").get_by_role("combobox", name=BORDER)).to_have_value(re.compile("Jakarta Timur"))


def test_switching_pages_keeps_corridor_and_language(page: Page) -> None:
    page.goto(f"/?{SERANG}&bahasa=en")
    settled(page)
    page.get_by_role("button", name="Comparison").click()
    page.get_by_role("menuitem", name="Compare").click()
    expect(page.locator("h3").first).to_contain_text("Kab. Serang – Kota Serang")
    page.get_by_role("button", name="Data").click()
    page.get_by_role("menuitem", name="Sources & quality").click()
    expect(page.locator("h3").first).to_contain_text("How far can the figures here be trusted?")
    settled(page)
    assert "kabserang-kotaserang" in page.url
    assert "bahasa=en" in page.url


def test_a_row_of_the_ranking_opens_its_profile(page: Page) -> None:
    page.goto(f"/prioritas?{SERANG}")
    table = settled(page).locator('[data-testid="stDataFrame"]').first
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 53)
    link = page.get_by_role("link", name=re.compile("Buka profil"))
    expect(link).to_be_visible()
    name = link.inner_text().split("Buka profil ")[1].strip()
    link.click()
    expect(page.locator("h3").first).to_contain_text(f"Bagaimana keadaan {name}")


def test_moving_a_weight_redraws_the_ranking_and_the_link_holds_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/prioritas?koridor=bekasi-depok")
    settled(page).get_by_text("Bobot, standar dan rumus").click()
    page.get_by_role("slider", name="Kesehatan").press("ArrowRight")
    expect(page.get_by_text("terhadap bobot sama dan standar bawaan")).to_be_visible()
    assert "bobot=kesehatan%3A2" in page.url or "bobot=kesehatan:2" in page.url
    again = open_page()
    again.goto(page.url)
    expect(settled(again).get_by_text("terhadap bobot sama dan standar bawaan")).to_be_visible()


def test_the_ranking_can_be_downloaded_as_it_stands(page: Page) -> None:
    page.goto("/prioritas?koridor=bekasi-depok&himpunan=bersentuhan")
    with page.expect_download() as found:
        settled(page).get_by_role("button", name="Unduh CSV").click()
    text = Path(found.value.path()).read_text(encoding="utf-8")
    assert text.startswith("kode,nama,kecamatan,kabkota,index,")
    assert len(text.splitlines()) == 1 + 6


@pytest.mark.skipif("TAPAL_PICTURES" not in os.environ, reason="only make pictures takes them")
def test_take_the_pictures_of_the_readme(open_page: Callable[..., Page]) -> None:
    PICTURES.mkdir(exist_ok=True)
    wanted = {
        "beranda": (LAPTOP, f"/?{SERANG}"),
        "kartu": (LAPTOP, f"/?{SERANG}&wilayah=36.73.02.1002"),
        "profil": (LAPTOP, "/profil?koridor=bekasi-depok&wilayah=32.75.10.1002"),
        "bandingkan": (LAPTOP, f"/bandingkan?{SERANG}&indikator=jarak_puskesmas"),
        "prioritas": (LAPTOP, f"/prioritas?{SERANG}&himpunan=bersentuhan"),
        "sumber": (LAPTOP, "/sumber"),
        "beranda-ponsel": (PHONE, "/?koridor=bekasi-depok"),
    }
    for name, (size, path) in wanted.items():
        page = open_page(size)
        page.goto(path)
        settled(page)
        if name.startswith(("beranda", "kartu", "profil")):
            map_frame(page)
        page.wait_for_timeout(1500)
        page.screenshot(path=PICTURES / f"{name}.png")


def test_an_indonesian_page_shows_no_english_of_streamlits_own(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/bahan?koridor=bekasi-depok")
    upload = settled(page).get_by_test_id("stFileUploaderDropzone")
    button = upload.get_by_test_id("stBaseButton-secondary")
    expect(button).to_have_accessible_name(re.compile("Pilih berkas$"))
    expect(upload.get_by_text("per file")).to_be_hidden()
    page.get_by_test_id("stMainMenuButton").click()
    expect(page.get_by_test_id("stMainMenuList").get_by_role("menuitem")).to_have_accessible_name("Cetak")
    page.keyboard.press("Escape")
    chosen(page, "Koridor").click()
    page.keyboard.type("zzz")
    expect(page.get_by_text("No results")).to_be_attached()
    expect(page.get_by_text("No results")).to_be_hidden()
    page.goto("/bahan?koridor=bekasi-depok&bahasa=en")
    expect(button).to_have_accessible_name("Upload")


@pytest.mark.parametrize("screen", [LAPTOP, ZOOMED, PHONE, (360, 740)])
def test_the_answer_of_the_first_page_stands_there_before_the_app_and_goes_with_it(
    open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    # They wait until nobody stands in their way any more.
    page.route("**/static/js/*.js", lambda script: None)
    page.goto("/?koridor=bekasi-depok", wait_until="commit")
    first = page.locator(".tapal-first b")
    expect(first).to_be_in_viewport(ratio=1)
    sentence, place = first.inner_text(), first.bounding_box()
    assert page.get_by_test_id("stApp").count() == 0
    page.unroute("**/static/js/*.js")
    drawn = answered(page, "beranda").locator("p strong").first
    expect(drawn).to_have_text(sentence)
    expect(first).to_have_count(0)
    there = drawn.bounding_box()
    assert place
    assert there
    assert (there["x"], there["y"]) == pytest.approx((place["x"], place["y"]), abs=8), "nothing moves"
