"""A round of office data in Chromium: workbook, second person, publish, as of before, withdraw, all as before."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from open_data.indicators import indicator_rows
from records.uploads import reading
from tests.browser.driving import Trouble, answered
from tests.browser.uploading import brought, enter, published, submitted, two_people, withdrawn
from tests.pages.test_terbit import prodeskel
from tests.records.acting import BEKASI
from tests.shipped import data
from views.language.cells import csv_text
from views.link import results

KODE = "32.75.01.1001"


def csv_now(number: int | None = None) -> str:
    shown = results.as_of(data(), reading.history() or (), number)
    return csv_text(indicator_rows(shown, [data().catalogue.corridors["bekasi-depok"]]))


def profile(page: Page, **more: str) -> str:
    link = "&".join([f"/profil?wilayah={KODE}", *(f"{name}={value}" for name, value in more.items())])
    page.goto(link)
    return answered(page, "profil").locator('[data-testid="stMain"]').inner_text()


def test_the_register_of_december_is_published_and_withdrawn(
    open_page: Callable[..., Page], trouble: Trouble, tmp_path: Path
) -> None:
    two_people(BEKASI, "rina.uji", "budi.uji")
    book = tmp_path / "prodeskel.xlsx"
    book.write_bytes(prodeskel("2024-12-31"))
    before, reader, rina, budi = csv_now(), open_page(), open_page(), open_page()
    plain = profile(reader)

    brought(enter(rina, "rina.uji"), book, "56 baris, yaitu 56 sama")
    submitted(rina, "31/12/2024")
    assert csv_now() == before

    enter(budi, "budi.uji")
    number = published(budi)
    # The session of the reader was open all the time.
    reader.get_by_text("English", exact=True).click()
    expect(reader.get_by_text("With office data: population Kota Bekasi")).to_be_visible()
    assert f"data kantor versi {number}" in csv_now()
    assert "Per data bawaan Tapal" in profile(reader, per="0", bahasa="id")
    assert csv_now(0) == before

    withdrawn(budi, number)
    assert csv_now() == before
    assert profile(reader) == plain
