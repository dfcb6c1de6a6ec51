"""All land borders in the browser: the map of the country, a border by its names in any order, its card and files."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.national_tables import National, shipped
from tests.browser.driving import answered, choose, map_frame, settled

PAIR = "33.01-33.02"
pytestmark = pytest.mark.skipif(not National().there, reason="the tables of all borders have not been made")


def test_every_border_is_drawn_and_a_click_opens_it(page: Page) -> None:
    page.goto("/batas_lain")
    answered(page, "batas_lain")
    frame = page.frame_locator("iframe").first
    lines = frame.locator(".tp-touch")
    expect(lines).to_have_count(len(shipped().pairs))
    seen = frame.locator(".tp-edge")
    looks = seen.evaluate_all(
        "paths => paths.map(p => [p.getAttribute('stroke'), p.getAttribute('stroke-dasharray')].join())"
    )
    assert len(set(looks)) >= 4, "borders differ by what they show"
    assert frame.get_by_role("cell").all_inner_texts(), "the legend counts them"
    frame.locator(f'[data-kode="{PAIR}"]').dispatch_event("click", {"bubbles": True, "clientX": 400, "clientY": 200})
    expect(page.locator("h3").first).to_contain_text(" – ".join(shipped().names(PAIR.split("-"))))
    assert f"pasangan={PAIR}" in page.url


def test_a_border_is_found_by_either_order_and_its_kelurahan_carry_values(page: Page) -> None:
    page.goto("/batas_lain?jenjang=smp")
    answered(page, "batas_lain")
    first, second = shipped().names(PAIR.split("-"))
    choose(page, "Cari kabupaten", f"{second} – {first}")
    expect(page.locator("h3").first).to_contain_text(f"{first} – {second}")
    frame = map_frame(settled(page))
    expect(frame.locator(".tp-unit")).to_have_count(len(shipped().of_pair(PAIR)))
    fills = frame.locator(".tp-unit").evaluate_all("paths => paths.map(p => p.getAttribute('fill'))")
    assert len(set(fills)) >= 3
    expect(frame.locator(".tp-line")).to_have_count(1)


def test_a_link_opens_the_card_and_the_files_hold_what_is_shown(page: Page) -> None:
    kode = shipped().kodes_of(PAIR)[0]
    page.goto(f"/batas_lain?pasangan={PAIR}&wilayah={kode}&bahasa=en")
    answered(page, "batas_lain", "en")
    unit = shipped().of_pair(PAIR).loc[[kode]].to_dict("records")[0]
    card = page.locator(".st-key-card")
    expect(card).to_contain_text(str(unit["nama"]))
    expect(card).to_contain_text(f"{float(unit['own_sd']):.2f}")
    files = {}
    for name in ("CSV", "GeoJSON"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Download {name}", exact=True).click()
        files[name] = Path(waiting.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(files["CSV"])))
    own = next(r for r in rows if r["kode"] == kode and r["indicator"] == "jarak_sd")
    assert round(float(own["own_km"]), 2) == round(float(unit["own_sd"]), 2)
    units = [f["properties"]["kode"] for f in json.loads(files["GeoJSON"])["features"] if "kode" in f["properties"]]
    assert units == shipped().kodes_of(PAIR)


def test_a_corridor_leads_to_its_richer_page(page: Page) -> None:
    page.goto("/batas_lain?pasangan=32.76-32.75")
    answered(page, "batas_lain")
    page.get_by_role("link", name="Buka Kota Bekasi – Kota Depok").click()
    answered(page, "beranda")


def test_the_borders_of_a_small_kabkota_are_drawn_however_near(page: Page) -> None:
    page.goto("/batas_lain?pasangan=32.75")
    answered(page, "batas_lain")
    expect(page.frame_locator("iframe").first.locator(".tp-touch")).to_have_count(len(shipped().pairs))
