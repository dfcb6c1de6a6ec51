"""The pages as an official uses them: every screen, both languages and themes, the network cut.

With TAPAL_PICTURES=1 (make pictures) the README's pictures in docs/gambar are taken anew.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, WebSocket, expect

from tests.browser.driving import LAPTOP, PHONE, settled
from tests.serving import RESULTS, ROOT, serve
from tests.shipped import data

PICTURES = ROOT / "docs" / "gambar"
PAGES = {
    "ringkasan": "/",
    "peta": "/peta",
    "bandingkan": "/bandingkan",
    "prioritas": "/prioritas",
    "profil": "/profil",
    "sumber": "/sumber",
}
SERANG = "koridor=kabserang-kotaserang"


def map_frame(page: Page) -> FrameLocator:
    """The frame of the map, once its polygons are painted."""
    frame = page.frame_locator("iframe").first
    expect(frame.locator(".tp-unit").first).to_be_attached()
    return frame


def picture_of(page: Page, name: str) -> Locator:
    """What answers the page's question at a glance."""
    what = {"peta": "iframe", "profil": "iframe", "prioritas": '[data-testid="stDataFrame"]'}
    return page.locator(what.get(name, ".stPlotlyChart")).first


def chosen(page: Page, label: str) -> Locator:
    """The select box with this label."""
    return page.get_by_role("combobox", name=re.compile(label)).first


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a select box with the keyboard, as a search."""
    chosen(page, label).click()
    page.keyboard.type(option)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize(("language", "scheme"), [("id", "light"), ("en", "dark")])
def test_answer_and_picture_are_seen_at_once(
    open_page: Callable[..., Page], screen: tuple[int, int], name: str, language: str, scheme: Any
) -> None:
    page = open_page(screen, color_scheme=scheme)
    page.goto(f"{PAGES[name]}?{SERANG}&bahasa={language}")
    settled(page)
    picture = picture_of(page, name)
    expect(picture).to_be_visible()
    if name in ("peta", "profil"):
        map_frame(page)
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / f"seen-{name}-{language}-{screen[0]}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing scrolls sideways"
    box = picture.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= screen[0] + 1
    if screen != PHONE:
        assert box["y"] < screen[1] * 0.6, "the picture is seen without scrolling"


@pytest.mark.parametrize("name", list(PAGES))
def test_a_link_opens_its_page_on_a_server_that_nobody_has_used(chromium: Any, name: str) -> None:
    with serve("app.py") as address:
        page = chromium.new_page()
        page.goto(f"{address}{PAGES[name]}?{SERANG}")
        expect(settled(page).locator("h3")).to_be_visible()
        assert page.locator('[data-testid="stException"]').count() == 0
        expect(page.get_by_role("combobox", name=re.compile("Koridor")).first).to_be_visible()
        page.close()


def test_all_study_kelurahan_are_painted(page: Page) -> None:
    page.goto("/peta?koridor=semua&indikator=jarak_sd")
    frame = map_frame(settled(page))
    expect(frame.locator(".tp-unit")).to_have_count(555)
    fills = frame.locator(".tp-unit").evaluate_all("paths => paths.map(p => p.getAttribute('fill'))")
    assert len(set(fills)) >= 4
    assert None not in fills


def test_unknown_values_are_hatched_and_counted(page: Page) -> None:
    page.goto("/peta?koridor=semua&indikator=idm")
    frame = map_frame(settled(page))
    expect(frame.locator('.tp-unit[fill^="url("]')).to_have_count(555 - 326)
    expect(page.get_by_role("cell", name="belum ada data").first).to_be_visible()


def test_a_change_of_indicator_keeps_the_view_and_repaints(page: Page) -> None:
    page.goto(f"/peta?{SERANG}&indikator=jarak_sd")
    frame = map_frame(settled(page))
    frame.get_by_role("button", name="Perbesar").click()
    page.wait_for_timeout(600)
    one = frame.locator(".tp-unit").nth(5)
    before, shape = one.get_attribute("fill"), one.get_attribute("d")
    choose(page, "Indikator", "Jarak ke puskesmas")
    expect(page.locator("h3")).to_contain_text("Jarak ke puskesmas")
    settled(page)
    expect(frame.locator(".tp-unit").first).to_be_attached()
    assert one.get_attribute("d") == shape, "the view did not move"
    fills = frame.locator(".tp-unit").evaluate_all("paths => paths.map(p => p.getAttribute('fill'))")
    assert before is not None
    assert len(set(fills)) >= 3
    assert "indikator=jarak_puskesmas" in page.url


def test_nothing_pulses_while_the_map_page_opens(page: Page) -> None:
    page.add_init_script(
        """(() => {
          window.seen = { moving: 0, standing: 0 };
          const look = () => {
            const standing = [...document.querySelectorAll('[data-testid="stSkeleton"]')];
            window.seen.standing += standing.length;
            window.seen.moving += standing.filter((each) => each.getAnimations().length).length;
            requestAnimationFrame(look);
          };
          addEventListener("DOMContentLoaded", () => requestAnimationFrame(look));
        })();"""
    )
    page.goto(f"/peta?{SERANG}")
    settled(page)
    seen = page.evaluate("window.seen")
    assert seen["standing"] > 0, "something stood in for the map"
    assert seen["moving"] == 0


@pytest.mark.parametrize("width", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_map_stays_where_it_opened(page: Page, width: tuple[int, int]) -> None:
    page.set_viewport_size({"width": width[0], "height": width[1]})
    page.add_init_script(
        """(() => {
          if (window !== window.top) return;
          const look = () => {
            const map = document.querySelector("iframe");
            const { x, y, width, height } = map ? map.getBoundingClientRect() : { height: 0 };
            if (height) window.first = [x, y, width].map(Math.round);
            else requestAnimationFrame(look);
          };
          addEventListener("DOMContentLoaded", () => requestAnimationFrame(look));
        })();"""
    )
    page.goto(f"/peta?{SERANG}&indikator=jarak_sd")
    expect(settled(page).locator('[data-testid="stSelectbox"]').first).to_be_attached()
    map_frame(page)
    box = page.locator("iframe").bounding_box()
    assert box
    assert page.evaluate("window.first") == [round(box[key]) for key in ("x", "y", "width")]


def test_nothing_on_the_map_page_begins_to_fade_at_a_change(page: Page) -> None:
    page.goto(f"/peta?{SERANG}&indikator=jarak_sd")
    settled(page)
    page.evaluate(
        """() => {
          window.fades = [];
          new MutationObserver((changes) => changes
            .filter(({ target }) => target.dataset.stale === "true")
            .forEach(({ target }) => window.fades.push(getComputedStyle(target).transitionDuration))
          ).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-stale"] });
        }"""
    )
    choose(page, "Indikator", "Jarak ke puskesmas")
    expect(page.locator("h3")).to_contain_text("Jarak ke puskesmas")
    settled(page)
    assert set(page.evaluate("window.fades")) == {"0s"}


def test_moving_the_map_sends_nothing(page: Page) -> None:
    sent: list[str | bytes] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(frame))

    page.on("websocket", watch)
    page.goto(f"/peta?{SERANG}")
    frame = map_frame(settled(page))
    page.wait_for_timeout(500)
    sent.clear()
    frame.get_by_role("button", name="Perbesar").click()
    page.wait_for_timeout(700)
    frame.get_by_role("button", name="Perkecil").click()
    page.wait_for_timeout(700)
    assert sent == []


def test_a_click_shows_the_kelurahan_with_its_neighbours_and_sources(page: Page) -> None:
    page.goto("/peta?koridor=bekasi-depok&indikator=jarak_smp_negeri")
    frame = map_frame(settled(page))
    frame.get_by_text("Jatikarya", exact=True).first.click(force=True)
    card = page.get_by_text("Kelurahan Jatikarya – Jatisampurna, Kota Bekasi")
    expect(card).to_be_visible()
    for text in (
        "Tetangga di seberang batas",
        "Harjamukti",
        "Leuwinanggung",
        "Sukatani",
        "Tapos",
        "tingkat asli titik",
    ):
        expect(page.get_by_text(text).first).to_be_attached()
    assert "wilayah=32.75.10.1002" in page.url
    page.get_by_role("link", name="Buka profil").click()
    expect(page.locator("h3")).to_contain_text("Bagaimana keadaan Jatikarya")
    expect(page.get_by_text("garis bersama: Leuwinanggung").first).to_be_visible()


def test_a_link_opens_the_same_view_in_a_fresh_browser(open_page: Callable[..., Page]) -> None:
    first = open_page()
    first.goto(f"/peta?{SERANG}")
    settled(first)
    choose(first, "Indikator", "Jarak ke SMA/SMK negeri")
    expect(first.locator("h3")).to_contain_text("SMA/SMK negeri")
    first.get_by_text("Kesenjangan", exact=True).first.click()
    expect(first.get_by_text("(memenuhi standar)")).to_be_visible()
    settled(first)
    second = open_page()
    second.goto(first.url)
    settled(second)
    expect(second.get_by_text("(memenuhi standar)")).to_be_visible()
    expect(second.locator("h3")).to_have_text(first.locator("h3").inner_text())
    assert second.locator("table").inner_text() == first.locator("table").inner_text()


def test_the_back_button_returns_to_the_corridor_before(page: Page) -> None:
    page.goto("/peta?koridor=bekasi-depok")
    settled(page)
    choose(page, "Koridor", "Cilegon")
    expect(page.locator("h3")).to_contain_text("Kota Cilegon")


def test_switching_pages_keeps_corridor_and_language(page: Page) -> None:
    page.goto(f"/?{SERANG}&bahasa=en")
    settled(page)
    page.get_by_role("button", name="See").click()
    page.get_by_role("menuitem", name="Map").click()
    expect(page.locator("h3")).to_contain_text("Kab. Serang – Kota Serang")
    expect(page.get_by_text("Click a place on the map")).to_be_visible()
    page.get_by_role("button", name="Basis").click()
    page.get_by_role("menuitem", name="Sources & quality").click()
    expect(page.locator("h3")).to_contain_text("How far can the figures here be trusted?")
    settled(page)
    assert "kabserang-kotaserang" in page.url
    assert "bahasa=en" in page.url


def test_two_maps_move_together(page: Page) -> None:
    page.goto(f"/peta?{SERANG}&susunan=berdampingan")
    frame = map_frame(settled(page))
    expect(frame.locator(".leaflet-container")).to_have_count(2)


def test_fire_posts_known_only_by_area_are_no_pins(page: Page) -> None:
    page.goto("/peta?koridor=bekasi-depok")
    frame = map_frame(settled(page))
    page.get_by_role("button", name="Lapisan").click()
    page.get_by_role("button", name=re.compile("Pos damkar")).click()
    expect(frame.locator(".tp-area").first).to_be_attached()
    facilities = data().facilities
    posts = facilities[(facilities["kind"] == "pos_damkar") & facilities["kode_kabkota"].isin(["32.75", "32.76"])]
    with_point = int((posts["used"] & posts["lon"].notna()).sum())
    expect(frame.locator(".tp-sign")).to_have_count(with_point)


def test_the_twin_holds_every_unit(page: Page) -> None:
    page.goto("/peta?koridor=bekasi-depok")
    settled(page).get_by_text("Tabel kembaran").click()
    expect(page.locator('[data-testid="stDataFrame"]')).to_be_visible()


def test_the_map_says_so_when_the_boundaries_do_not_arrive(page: Page, trouble: Any) -> None:
    page.route("**/app/static/geo/**", lambda route: route.abort())
    page.goto("/peta?koridor=bekasi-depok")
    settled(page)
    expect(page.frame_locator("iframe").get_by_text("Batas wilayah gagal dimuat")).to_be_visible()
    page.unroute("**/app/static/geo/**")
    page.frame_locator("iframe").get_by_text("Coba lagi").click()
    map_frame(page)
    trouble.console.clear()


def test_print_keeps_map_and_legend(page: Page, tmp_path: Path) -> None:
    page.goto(f"/peta?{SERANG}")
    map_frame(settled(page))
    paper = page.pdf(path=tmp_path / "peta.pdf", format="A4", landscape=True)
    assert len(paper) > 20_000


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
    expect(page.locator("h3")).to_contain_text(f"Bagaimana keadaan {name}")


def test_moving_a_weight_redraws_the_ranking_and_the_link_holds_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/prioritas?koridor=bekasi-depok")
    settled(page).get_by_role("slider", name="Kesehatan").press("ArrowRight")
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
        "ringkasan": (LAPTOP, f"/?{SERANG}"),
        "peta": (LAPTOP, f"/peta?{SERANG}&indikator=jarak_sd&wilayah=36.73.02.1002"),
        "profil": (LAPTOP, "/profil?koridor=bekasi-depok&wilayah=32.75.10.1002"),
        "bandingkan": (LAPTOP, f"/bandingkan?{SERANG}&indikator=jarak_puskesmas"),
        "prioritas": (LAPTOP, f"/prioritas?{SERANG}&himpunan=bersentuhan"),
        "sumber": (LAPTOP, "/sumber"),
        "peta-ponsel": (PHONE, "/peta?koridor=bekasi-depok"),
    }
    for name, (size, path) in wanted.items():
        page = open_page(size)
        page.goto(path)
        settled(page)
        if name.startswith(("peta", "profil")):
            map_frame(page)
        page.wait_for_timeout(1500)
        page.screenshot(path=PICTURES / f"{name}.png")
