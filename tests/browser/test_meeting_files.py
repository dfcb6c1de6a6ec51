"""Bahan rapat and Berita acara as an official uses them: made, fetched, forgotten; pictures beside map and chart."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyogrio
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation
from pptx.util import Inches

from tests.browser.driving import PHONE, answered, settled
from tests.views.exports.office import own_template

WISH = "koridor=bekasi-depok&bidang=jalan&berkas=gpkg;html"


def fetched(page: Page, name: str | re.Pattern[str], folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).first.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_files_are_made_fetched_and_gone(page: Page, tmp_path: Path) -> None:
    page.goto(f"/bahan?{WISH}")
    settled(page)
    page.get_by_role("button", name="Siapkan bahan").click()
    everything = page.get_by_role("button", name="Semua (ZIP)")
    expect(everything).to_be_visible()
    single = fetched(page, re.compile("gpkg-id"), tmp_path)
    assert "kelurahan" in {str(n) for n, _ in pyogrio.list_layers(single)}
    expect(page.get_by_role("button", name=re.compile("gpkg-id"))).to_have_count(0)
    fetched(page, re.compile("html-id"), tmp_path)
    expect(page.get_by_text("Siap diunduh")).to_have_count(0)
    page.get_by_role("button", name="Siapkan bahan").click()
    with zipfile.ZipFile(fetched(page, "Semua (ZIP)", tmp_path)) as archive:
        assert len(archive.namelist()) == 2
    expect(everything).to_have_count(0)


def test_an_office_gives_its_own_template(page: Page, tmp_path: Path) -> None:
    page.goto("/bahan?koridor=bekasi-depok&bidang=jalan&berkas=pptx")
    settled(page)
    chooser = page.locator("input[type=file]")
    chooser.set_input_files({"name": "rusak <b>.pptx", "mimeType": "", "buffer": b"PK\x03\x04 bukan zip"})
    expect(page.get_by_text("Templat “rusak <b>.pptx” tidak dipakai: bukan PPTX")).to_be_visible()
    chooser.set_input_files({"name": "kantor.pptx", "mimeType": "", "buffer": own_template(10.0, 7.5)})
    expect(page.get_by_text("tidak dipakai")).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="Siapkan bahan").click()
    made = Presentation(str(fetched(page, re.compile("pptx-id"), tmp_path)))
    assert (made.slide_width, made.slide_height) == (Inches(10), Inches(7.5))
    assert made.slide_master.shapes[0].text_frame.text == "Bagian Kerja Sama"
    assert len(made.slides) == 10


def test_ten_slides_in_english_are_three_clicks_from_any_page(page: Page, tmp_path: Path) -> None:
    page.goto("/damkar?koridor=bekasi-depok")
    answered(page, "damkar")
    page.get_by_role("button", name="Rapat").click()
    page.get_by_role("menuitem", name="Bahan rapat").click()
    answered(page, "bahan")
    made = Presentation(str(fetched(page, "Paparan (PPTX), English", tmp_path)))
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert len(titles) == 10
    assert titles[0].startswith("At this border")
    assert made.slides[9].shapes[1].text_frame.text == "What we ask you to decide"


@pytest.mark.parametrize(
    ("path", "kind", "start"),
    [("peta", "PNG", b"\x89PNG"), ("bandingkan", "SVG", b"<?xml"), ("", "PNG", b"\x89PNG")],
)
def test_the_picture_of_a_page_is_drawn_when_asked(
    page: Page, tmp_path: Path, path: str, kind: str, start: bytes
) -> None:
    page.goto(f"/{path}?koridor=bekasi-depok")
    settled(page)
    assert fetched(page, kind, tmp_path).read_bytes().startswith(start)


def test_the_draft_is_filled_in_and_fetched(page: Page, tmp_path: Path) -> None:
    page.goto("/berita_acara?koridor=bekasi-depok")
    settled(page)
    page.get_by_label("Nama rapat").fill("Rapat koordinasi")
    page.get_by_label("Tempat").fill("Bekasi")
    page.get_by_label("Tempat").press("Tab")
    page.keyboard.type("22112026")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.locator("h3").first.click()
    expect(page.get_by_text(re.compile("Draf dengan 13 temuan dan 0 keputusan siap diunduh"))).to_be_visible()
    content = fetched(page, "Unduh draf (DOCX)", tmp_path).read_bytes()
    assert content.startswith(b"PK")


@pytest.mark.parametrize("path", ["bahan", "berita_acara", "waktu"])
def test_nothing_scrolls_sideways_on_a_phone(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(PHONE)
    page.goto(f"/{path}?koridor=bekasi-depok&bahasa=en")
    answered(page, path, "en")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
