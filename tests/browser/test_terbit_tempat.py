"""A list of places in Chromium: two sessions are open all the time; six points turn a range into a number in both."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.driving import Trouble, answered, settled
from tests.browser.uploading import brought, enter, published, submitted, two_people, withdrawn
from tests.data.facility_lists import CORRIDOR, SERANG, csv_list

BEFORE = "96 ribu sampai 140 ribu warga mendapat yang lebih dekat"
AFTER = "kira-kira 110 ribu warga mendapat yang lebih dekat"


def test_six_points_reach_every_open_session_and_leave_it_again(
    open_page: Callable[..., Page], trouble: Trouble, tmp_path: Path
) -> None:
    two_people(SERANG, "sari.uji", "tono.uji")
    listed = tmp_path / "puskesmas.csv"
    listed.write_bytes(csv_list())
    reader, sari, tono = open_page(), open_page(), open_page()
    reader.goto(f"/akses?koridor={CORRIDOR}")
    expect(answered(reader, "akses").get_by_text(BEFORE).first).to_be_visible()

    enter(sari, "sari.uji")
    sari.goto(f"/unggah?koridor={CORRIDOR}")
    brought(answered(sari, "unggah"), listed, "16 baris, yaitu 6 berubah dan 10 sama").get_by_text(
        "ya, lengkap", exact=False
    ).click()
    submitted(sari, "01/11/2026")

    enter(tono, "tono.uji")
    tono.goto(f"/unggah?koridor={CORRIDOR}")
    expect(answered(tono, "unggah").get_by_text("48 belum pasti", exact=False)).to_be_visible(timeout=60_000)
    number = published(tono)

    # Neither page was loaded again: the next action of each shows the new list.
    reader.get_by_text("English", exact=True).click()
    expect(reader.get_by_text("With office data: list of facilities Kota Serang")).to_be_visible(timeout=60_000)
    settled(reader).get_by_text("Indonesia", exact=True).click()
    expect(reader.get_by_text(AFTER).first).to_be_visible(timeout=60_000)
    sari.goto(f"/akses?koridor={CORRIDOR}")
    expect(answered(sari, "akses").get_by_text(AFTER).first).to_be_visible(timeout=60_000)

    withdrawn(tono, number)
    reader.reload()
    expect(answered(reader, "akses").get_by_text(BEFORE).first).to_be_visible(timeout=60_000)
