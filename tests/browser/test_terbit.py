"""A round of office data in Chromium: workbook, second person, publish, as of before, withdraw, all as before."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from open_data.indicators import indicator_rows
from records import accounts
from records.models import Role
from records.permissions import COMMAND_LINE
from records.uploads import reading
from tests.browser.driving import Trouble, answered, settled
from tests.pages.test_terbit import prodeskel
from tests.records.acting import BEKASI
from tests.shipped import data
from views.language.cells import csv_text
from views.link import results

WORD = "sandi-untuk-uji-1"
KODE = "32.75.01.1001"


def csv_now(number: int | None = None) -> str:
    shown = results.as_of(data(), reading.history() or (), number)
    return csv_text(indicator_rows(shown, [data().catalogue.corridors["bekasi-depok"]]))


def enter(page: Page, name: str) -> Page:
    page.goto("/masuk?ke=unggah")
    page.fill("[name=nama]", name)
    page.fill("[name=sandi]", WORD)
    page.click("button[type=submit]")
    return answered(page, "unggah")


def profile(page: Page, **more: str) -> str:
    link = "&".join([f"/profil?wilayah={KODE}", *(f"{name}={value}" for name, value in more.items())])
    page.goto(link)
    return answered(page, "profil").locator('[data-testid="stMain"]').inner_text()


def published(verifier: Page) -> int:
    """The number of the version that a verifier has just published."""
    told = verifier.get_by_text(re.compile(r"Terbit sebagai versi \d+")).first
    expect(told).to_be_visible(timeout=60_000)
    return int(re.findall(r"versi (\d+)", told.inner_text())[0])


def test_the_register_of_december_is_published_and_withdrawn(
    open_page: Callable[..., Page], trouble: Trouble, tmp_path: Path
) -> None:
    for name, role in (("rina.uji", Role.EDITOR), ("budi.uji", Role.VERIFIER)):
        accounts.make(COMMAND_LINE, name, name, WORD, [(role, BEKASI)])
    book = tmp_path / "prodeskel.xlsx"
    book.write_bytes(prodeskel("2024-12-31"))
    before, reader, rina, budi = csv_now(), open_page(), open_page(), open_page()
    plain = profile(reader)

    enter(rina, "rina.uji").set_input_files("input[type=file]", book)
    expect(rina.get_by_text("56 baris, yaitu 56 sama")).to_be_visible()
    settled(rina).get_by_label("Tanggal data").first.click()
    rina.keyboard.type("31/12/2024")
    rina.keyboard.press("Enter")
    rina.keyboard.press("Escape")
    rina.get_by_role("button", name="Ajukan", exact=True).click()
    expect(rina.get_by_text("Sekarang orang kedua")).to_be_visible()
    assert csv_now() == before

    enter(budi, "budi.uji").get_by_role("button", name="Terbitkan").click()
    number = published(budi)
    # The session of the reader was open all the time.
    reader.get_by_text("English", exact=True).click()
    expect(reader.get_by_text("With office data: population Kota Bekasi")).to_be_visible()
    assert f"data kantor versi {number}" in csv_now()
    assert "Per data bawaan Tapal" in profile(reader, per="0", bahasa="id")
    assert csv_now(0) == before

    settled(budi).get_by_label(f"Alasan menarik versi {number}").fill("uji")
    budi.keyboard.press("Enter")
    settled(budi).get_by_role("button", name=f"Tarik versi {number}").click()
    expect(budi.get_by_text(f"Versi {number} ditarik")).to_be_visible()
    assert csv_now() == before
    assert profile(reader) == plain
