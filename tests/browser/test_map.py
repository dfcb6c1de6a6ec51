"""The page of the map: what is painted, what a click shows, and that nothing moves, fades or travels without need."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, WebSocket, expect
from pypdf import PdfReader

from tests.browser.driving import LAPTOP, PHONE, choose, chosen, map_frame, settled
from tests.shipped import data

SERANG = "koridor=kabserang-kotaserang"


def test_all_study_kelurahan_are_painted(page: Page) -> None:
    page.goto("/?koridor=semua&indikator=jarak_sd")
    frame = map_frame(settled(page))
    expect(frame.locator(".tp-unit")).to_have_count(555)
    fills = frame.locator(".tp-unit").evaluate_all("paths => paths.map(p => p.getAttribute('fill'))")
    assert len(set(fills)) >= 4
    assert None not in fills


def test_unknown_values_are_hatched_and_counted(page: Page) -> None:
    page.goto("/?koridor=semua&indikator=idm")
    frame = map_frame(settled(page))
    expect(frame.locator('.tp-unit[fill^="url("]')).to_have_count(555 - 326)
    expect(frame.get_by_role("columnheader", name="belum ada data")).to_be_visible()


def test_a_change_of_indicator_keeps_the_view_and_repaints(page: Page) -> None:
    page.goto(f"/?{SERANG}&indikator=jarak_sd")
    frame = map_frame(settled(page))
    frame.get_by_role("button", name="Perbesar").click()
    page.wait_for_timeout(600)
    one = frame.locator(".tp-unit").nth(5)
    before, shape = one.get_attribute("fill"), one.get_attribute("d")
    choose(page, "Indikator", "Jarak ke puskesmas")
    expect(page.locator("p strong").first).to_contain_text("puskesmas")
    settled(page)
    expect(frame.locator(".tp-unit").first).to_be_attached()
    assert one.get_attribute("d") == shape, "the view did not move"
    fills = frame.locator(".tp-unit").evaluate_all("paths => paths.map(p => p.getAttribute('fill'))")
    assert before is not None
    assert len(set(fills)) >= 3
    assert "indikator=jarak_puskesmas" in page.url


def test_nothing_pulses_while_the_map_page_opens(new_page: Page) -> None:
    new_page.add_init_script(
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
    new_page.goto(f"/?{SERANG}")
    settled(new_page)
    seen = new_page.evaluate("window.seen")
    assert seen["standing"] > 0, "something stood in for the map"
    assert seen["moving"] == 0


@pytest.mark.parametrize("screen", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_map_stays_where_it_opened(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    page = open_page(screen, new=True)
    page.add_init_script(
        """(() => {
          if (window !== window.top) return;
          window.places = new Set();
          const look = () => {
            const map = document.querySelector("iframe");
            const { x, y, width, height } = map ? map.getBoundingClientRect() : { height: 0 };
            if (height) window.places.add([x, y, width].map(Math.round).join());
            requestAnimationFrame(look);
          };
          addEventListener("DOMContentLoaded", () => requestAnimationFrame(look));
        })();"""
    )
    page.goto(f"/?{SERANG}&indikator=jarak_sd")
    map_frame(settled(page))
    assert len(page.evaluate("[...window.places]")) == 1


def test_nothing_on_the_map_page_begins_to_fade_at_a_change(page: Page) -> None:
    page.goto(f"/?{SERANG}&indikator=jarak_sd")
    settled(page)
    fades = page.evaluate(
        """() => [...document.querySelectorAll('[data-stale]')].map((element) => {
          element.dataset.stale = "true";
          return getComputedStyle(element).transitionDuration;
        })"""
    )
    assert set(fades) == {"0s"}


def test_moving_the_map_sends_nothing(new_page: Page) -> None:
    sent: list[str | bytes] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(frame))

    new_page.on("websocket", watch)
    new_page.goto(f"/?{SERANG}")
    frame = map_frame(settled(new_page))
    new_page.wait_for_timeout(500)
    sent.clear()
    frame.get_by_role("button", name="Perbesar").click()
    new_page.wait_for_timeout(700)
    frame.get_by_role("button", name="Perkecil").click()
    new_page.wait_for_timeout(700)
    assert sent == []


def test_a_click_shows_the_kelurahan_with_its_neighbours_and_sources(page: Page) -> None:
    page.goto("/?koridor=bekasi-depok&indikator=jarak_smp_negeri")
    frame = map_frame(settled(page))
    frame.get_by_text("Jatikarya", exact=True).first.click(force=True)
    card = page.get_by_text("Kelurahan Jatikarya – Jatisampurna, Kota Bekasi")
    expect(card).to_be_visible()
    for text in ("Tetangga di seberang batas", "Harjamukti", "Leuwinanggung", "tingkat asli titik"):
        expect(page.get_by_text(text).first).to_be_attached()
    own = page.get_by_role("row", name=re.compile("^puskesmas "))
    expect(own.get_by_role("cell")).to_have_text([re.compile(r".+: .*km \(\d+/\d+/\d+ menit\)")] * 2)
    assert "wilayah=32.75.10.1002" in page.url
    page.get_by_role("link", name="Buka profil").click()
    expect(page.locator("h3").first).to_contain_text("Bagaimana keadaan Jatikarya")
    expect(page.get_by_text("garis bersama: Leuwinanggung").first).to_be_visible()


def test_two_maps_move_together(page: Page) -> None:
    page.goto(f"/?{SERANG}&susunan=berdampingan")
    frame = map_frame(settled(page))
    maps = frame.locator(".leaflet-container")
    expect(maps).to_have_count(2)
    shapes = [maps.nth(side).locator(".tp-unit").first for side in (0, 1)]
    before = [str(shape.get_attribute("d")) for shape in shapes]
    maps.first.get_by_role("button", name="Perbesar").click()
    for shape, outline in zip(shapes, before, strict=True):
        expect(shape).not_to_have_attribute("d", outline)


def test_a_move_while_the_land_around_is_on_its_way_breaks_nothing(new_page: Page) -> None:
    held: list[Route] = []
    new_page.route("**/geo/around*", lambda route: held.append(route))
    new_page.goto(f"/?{SERANG}")
    frame = map_frame(settled(new_page))
    frame.locator(".leaflet-container").press("+")
    new_page.wait_for_timeout(600)
    assert held
    for route in held:
        route.continue_()
    expect(frame.locator(".tp-label-kecamatan").first).to_be_attached()


def test_fire_posts_known_only_by_area_are_no_pins(page: Page) -> None:
    page.goto("/?koridor=bekasi-depok")
    frame = map_frame(settled(page))
    page.get_by_role("button", name="Lapisan").click()
    page.get_by_role("button", name=re.compile("Pos damkar")).click()
    expect(frame.locator(".tp-area").first).to_be_attached()
    facilities = data().facilities
    posts = facilities[(facilities["kind"] == "pos_damkar") & facilities["kode_kabkota"].isin(["32.75", "32.76"])]
    with_point = int((posts["used"] & posts["lon"].notna()).sum())
    expect(frame.locator(".tp-sign")).to_have_count(with_point)


def test_the_twin_holds_every_unit(page: Page) -> None:
    page.goto("/?koridor=bekasi-depok")
    settled(page).get_by_text("Tabel data lengkap").click()
    expect(page.locator('[data-testid="stDataFrame"]')).to_be_visible()
    rows = page.locator('[data-testid="stDataFrame"] table[role="grid"]')
    expect(rows).to_have_attribute("aria-rowcount", str(1 + len(data().units("kelurahan", ("32.75", "32.76")))))


def test_the_map_says_so_when_the_boundaries_do_not_arrive(open_page: Callable[..., Page], trouble: Any) -> None:
    page = open_page(new=True)
    page.route("**/app/static/geo/**", lambda route: route.abort())
    page.goto("/?koridor=bekasi-depok")
    settled(page)
    expect(page.frame_locator("iframe").get_by_text("Batas wilayah gagal dimuat")).to_be_visible()
    page.unroute("**/app/static/geo/**")
    page.frame_locator("iframe").get_by_text("Coba lagi").click()
    map_frame(page)
    trouble.console.clear()


def test_print_keeps_map_and_legend(page: Page, tmp_path: Path) -> None:
    page.goto(f"/?{SERANG}")
    map_frame(settled(page))
    paper = page.pdf(path=tmp_path / "peta.pdf", format="A4", landscape=True)
    assert len(paper) > 20_000
    printed = " ".join("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper)).pages).split())
    for words in ("apa yang belum terjangkau?", "belum ada data", "Kab. Serang", "warga tinggal lebih dari"):
        assert words in printed, words


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-kotaserang", "semua"])
def test_one_screen_holds_all_that_is_needed(page: Page, corridor: str, language: str) -> None:
    page.goto(f"/?koridor={corridor}&bahasa={language}")
    frame = map_frame(settled(page))
    box = page.locator("iframe").bounding_box()
    assert box
    assert 0.6 * LAPTOP[0] <= box["width"] <= 0.66 * LAPTOP[0]
    assert box["y"] + box["height"] <= LAPTOP[1]
    expect(page.get_by_alt_text("Logo")).to_be_in_viewport(ratio=1)
    expect(page.locator("p strong").first).to_be_in_viewport(ratio=1)
    expect(chosen(page, "Indikator|Indicator")).to_be_in_viewport(ratio=1)
    ways = page.locator(".st-key-ways a")
    expect(ways).to_have_count(3)
    for way in ways.all():
        expect(way).to_be_in_viewport(ratio=1)
    expect(page.locator(".st-key-needy button")).to_have_count(3)
    expect(frame.locator(".tp-legend td").first).to_be_visible()


def test_the_map_fills_the_screen_at_one_click(open_page: Callable[..., Page]) -> None:
    page = open_page((1024, 768))
    page.goto(f"/?{SERANG}")
    frame = map_frame(settled(page))
    frame.get_by_role("button", name="Layar penuh").click()
    holder = frame.locator(".tp-holder")
    expect(frame.get_by_role("button", name="Keluar dari layar penuh")).to_be_visible()
    expect(holder).to_have_js_property("clientWidth", 1024)
    expect(holder).to_have_js_property("clientHeight", 768)
    expect(frame.locator(".tp-legend td").first).to_be_visible()
    frame.get_by_role("button", name="Keluar dari layar penuh").click()
    expect(frame.get_by_role("button", name="Layar penuh", exact=True)).to_be_visible()


def test_place_and_zoom_travel_in_the_copied_link(open_page: Callable[..., Page]) -> None:
    first = open_page(permissions=["clipboard-read", "clipboard-write"])
    first.goto(f"/?{SERANG}")
    frame = map_frame(settled(first))
    frame.get_by_role("button", name="Perbesar").click()
    first.wait_for_timeout(600)
    unit = '[data-kode="36.73.01.1001"]'
    seen = frame.locator(unit).bounding_box()
    first.get_by_role("button", name="Salin tautan").click()
    expect(first.get_by_role("button", name="Tautan tersalin")).to_be_visible()
    link = first.evaluate("navigator.clipboard.readText()")
    assert "lihat=" in link
    second = open_page()
    second.goto(link)
    again = map_frame(settled(second)).locator(unit).bounding_box()
    assert seen
    assert again == pytest.approx(seen, abs=3)
    assert second.get_by_test_id("stAlert").count() == 0


@pytest.mark.parametrize("address", ["/peta", "/ringkasan", "/pages/peta.py"])
def test_an_old_address_leads_to_the_same_view(page: Page, address: str) -> None:
    page.goto(f"{address}?{SERANG}&indikator=jarak_puskesmas")
    map_frame(settled(page))
    assert page.url.endswith(f"/?{SERANG}&indikator=jarak_puskesmas")
    expect(chosen(page, "Indikator")).to_have_value("Jarak ke puskesmas")


def test_a_kelurahan_is_found_from_any_border(page: Page) -> None:
    page.goto(f"/akses?{SERANG}")
    settled(page)
    choose(page, "Cari kelurahan", "Pengasinan")
    expect(page).to_have_url(re.compile(r"/akses\?.*wilayah=32\."))
    expect(chosen(page, "Koridor")).to_have_value(re.compile("Kota Bekasi"))
    page.goto(f"/sumber?{SERANG}")
    settled(page)
    choose(page, "Cari kelurahan", "Jatikarya")
    expect(page.locator("h3").first).to_contain_text("Bagaimana keadaan Jatikarya")


def test_the_menu_of_a_phone_closes_after_a_choice(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/")
    settled(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Prioritas").click()
    expect(page.locator("h3").first).to_contain_text("paling membutuhkan")
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()


@pytest.mark.parametrize(("language", "last", "way_in"), [("id", "Rapat", "Masuk"), ("en", "Meeting", "Sign in")])
def test_seven_places_and_the_row_under_them_fit_a_small_laptop(
    open_page: Callable[..., Page], language: str, last: str, way_in: str
) -> None:
    page = open_page((1024, 768))
    page.goto(f"/akun?{SERANG}&bahasa={language}")
    header = settled(page).get_by_test_id("stHeader")
    for place in (last, "Data"):
        expect(header.get_by_text(place, exact=True)).to_be_visible()
    boxes = [chosen(page, "Koridor|Corridor").bounding_box(), page.get_by_role("link", name=way_in).bounding_box()]
    tops = [box["y"] + box["height"] / 2 for box in boxes if box]
    assert len(tops) == 2
    assert abs(tops[0] - tops[1]) < 8
