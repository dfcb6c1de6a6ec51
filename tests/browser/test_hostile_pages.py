"""Hostile names in the tables show as text on every page: headline, legend, card, table, chart and list."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from data.national_tables import National
from tests.browser.driving import answered
from tests.serving import ROOT, serve
from tests.views.exports.office import is_formula


@pytest.fixture(scope="module")
def hostile(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str, list[str]]]:
    """A tab, the address of the app with hostile names, and what was said in dialogs.

    Streamlit looks for pages beside the script that it runs.
    """
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("pages", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "static").symlink_to(ROOT / "static")
    shutil.copy(ROOT / "app.py", folder)
    script = shutil.copy(Path(__file__).parent / "apps" / "hostile_names.py", folder)
    with serve(Path(script)) as address:
        # A server learns the addresses of its pages at its first run.
        page = chromium.new_page()
        dialogs: list[str] = []

        def note(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", note)
        page.goto(address)
        answered(page, "beranda")
        yield page, address, dialogs
        page.close()


PAGES = [
    "", "bandingkan", "prioritas", "profil", "ke_mana", "sumber", "akses", "damkar", "latihan", "lokasi", "biaya",
    "waktu", "perjanjian", "bahan", "rapat", "berita_acara", "pengingat", "kesegaran", "unggah", "usulan", "suara",
    "katalog",
    *(["batas_lain"] if National().there else []),
]  # fmt: skip

# Names stand there only in tables, which are drawn and hold no text.
DRAWN = ("latihan", "bahan", "pengingat", "unggah", "usulan", "suara", "katalog")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "beranda")
def test_hostile_names_stay_text(hostile: tuple[Page, str, list[str]], path: str) -> None:
    page, address, dialogs = hostile
    pair = "&pasangan=32.75-32.76" if path == "batas_lain" else ""
    page.goto(f"{address}/{path}?koridor=bekasi-depok&wilayah=32.75.10.1002{pair}")
    answered(page, path or "beranda")
    page.wait_for_timeout(300)
    shown = page.locator('[data-testid="stMain"]').inner_text()
    assert "onerror" in shown or path in DRAWN, "the name is shown as it is written"
    for frame in page.frames:
        assert frame.evaluate("window.__pwned") is None
    assert page.locator('[data-testid="stMain"] img[src="x"]').count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert dialogs == []


def test_formula_injection_through_the_download_of_a_table_on_a_page(
    chromium: Browser, hostile: tuple[Page, str, list[str]]
) -> None:
    """The browser itself writes this file; it never reaches the server."""
    page = chromium.new_page()
    # Where a browser can write files it asks for a place, which nobody answers here.
    page.add_init_script("delete window.showSaveFilePicker")
    page.goto(f"{hostile[1]}/prioritas?koridor=bekasi-depok")
    answered(page, "prioritas")
    table = page.get_by_test_id("stDataFrame").first
    table.hover()
    with page.expect_download() as download:
        table.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.reader(download.value.path().read_text("utf-8-sig").splitlines()))
    cells = [cell for row in rows for cell in row]
    assert len(rows) > 5
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not [cell for cell in cells if is_formula(cell)]
    page.close()
