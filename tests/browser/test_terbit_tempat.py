"""A list of places in Chromium: two sessions are open all the time; six points turn a range into a number in both."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from records import accounts
from records.models import Role
from records.permissions import COMMAND_LINE
from tests.browser.driving import Trouble, answered, settled
from tests.browser.test_terbit import WORD, enter, published
from tests.data.facility_lists import CORRIDOR, SERANG, csv_list

BEFORE = "96 ribu sampai 140 ribu warga mendapat yang lebih dekat"
AFTER = "kira-kira 110 ribu warga mendapat yang lebih dekat"


def test_six_points_reach_every_open_session_and_leave_it_again(
    open_page: Callable[..., Page], trouble: Trouble, tmp_path: Path
) -> None:
    for name, role in (("sari.uji", Role.EDITOR), ("tono.uji", Role.VERIFIER)):
        accounts.make(COMMAND_LINE, name, name, WORD, [(role, SERANG)])
    listed = tmp_path / "puskesmas.csv"
    listed.write_bytes(csv_list())
    reader, sari, tono = open_page(), open_page(), open_page()
    reader.goto(f"/akses?koridor={CORRIDOR}")
    expect(answered(reader, "akses").get_by_text(BEFORE).first).to_be_visible()

    enter(sari, "sari.uji")
    sari.goto(f"/unggah?koridor={CORRIDOR}")
    answered(sari, "unggah").set_input_files("input[type=file]", listed)
    expect(sari.get_by_text("16 baris, yaitu 6 berubah dan 10 sama")).to_be_visible(timeout=60_000)
    settled(sari).get_by_text("ya, lengkap", exact=False).click()
    settled(sari).get_by_label("Tanggal data").first.click()
    sari.keyboard.type("01/11/2026")
    sari.keyboard.press("Enter")
    sari.keyboard.press("Escape")
    sari.get_by_role("button", name="Ajukan", exact=True).click()
    expect(sari.get_by_text("Sekarang orang kedua")).to_be_visible(timeout=60_000)

    enter(tono, "tono.uji")
    tono.goto(f"/unggah?koridor={CORRIDOR}")
    expect(answered(tono, "unggah").get_by_text("48 belum pasti", exact=False)).to_be_visible(timeout=60_000)
    settled(tono).get_by_role("button", name="Terbitkan").click()
    number = published(tono)

    # Neither page was loaded again: the next action of each shows the new list.
    reader.get_by_text("English", exact=True).click()
    expect(reader.get_by_text("With office data: list of facilities Kota Serang")).to_be_visible(timeout=60_000)
    settled(reader).get_by_text("Indonesia", exact=True).click()
    expect(reader.get_by_text(AFTER).first).to_be_visible(timeout=60_000)
    sari.goto(f"/akses?koridor={CORRIDOR}")
    expect(answered(sari, "akses").get_by_text(AFTER).first).to_be_visible(timeout=60_000)

    settled(tono).get_by_label(f"Alasan menarik versi {number}").fill("uji")
    tono.keyboard.press("Enter")
    settled(tono).get_by_role("button", name=f"Tarik versi {number}").click()
    expect(tono.get_by_text(f"Versi {number} ditarik")).to_be_visible(timeout=60_000)
    reader.reload()
    expect(answered(reader, "akses").get_by_text(BEFORE).first).to_be_visible(timeout=60_000)
