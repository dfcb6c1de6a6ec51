"""Boundaries in Chromium: a map that is open all the time gets the new lines, an earlier version the old, and back."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Response, expect

from tests.browser.driving import Trouble, answered, settled
from tests.browser.uploading import brought, enter, published, submitted, two_people, withdrawn
from tests.data.drawn import CORRIDOR, SERANG, TAKES, geojson, strip
from tests.shipped import data

SHIPPED = data().geometry["kelurahan"][SERANG]


def files_of(page: Page) -> list[str]:
    """Paths of the boundaries of Kota Serang that the page has fetched, in order."""
    found: list[str] = []

    def note(response: Response) -> None:
        if "/geo/kelurahan-3673_" in response.url:
            assert response.ok
            found.append("geo/" + response.url.rpartition("/")[2])

    page.on("response", note)
    return found


def test_new_boundaries_reach_the_map_of_every_open_session_and_leave_it_again(
    open_page: Callable[..., Page], trouble: Trouble, tmp_path: Path
) -> None:
    two_people(SERANG, "wati.uji", "joko.uji")
    file = tmp_path / "batas.geojson"
    file.write_bytes(geojson(strip(300)))
    reader, wati, joko = open_page(), open_page(), open_page()
    fetched = files_of(reader)
    reader.goto(f"/?koridor={CORRIDOR}&indikator=kepadatan&wilayah={TAKES}")
    answered(reader, "beranda")

    enter(wati, "wati.uji")
    wati.goto(f"/unggah?koridor={CORRIDOR}")
    brought(answered(wati, "unggah"), file, "2 baris, yaitu 2 berubah")
    expect(settled(wati).get_by_role("img", name="Batas lama dan baru dari 2 kelurahan/desa")).to_be_visible()
    submitted(wati, "01/11/2026")

    enter(joko, "joko.uji")
    joko.goto(f"/unggah?koridor={CORRIDOR}")
    expect(answered(joko, "unggah").get_by_text("2 kelurahan/desa digambar").first).to_be_visible(timeout=60_000)
    number = published(joko)

    # The page was not loaded again: its next action shows the new boundaries.
    reader.get_by_text("English", exact=True).click()
    expect(reader.get_by_text("With office data: boundaries of kelurahan/desa Kota Serang")).to_be_visible(
        timeout=60_000
    )
    settled(reader)
    assert fetched[0] == SHIPPED
    assert fetched[-1] != SHIPPED, "the map has fetched the new lines"
    earlier = open_page()
    before = files_of(earlier)
    earlier.goto(f"/?koridor={CORRIDOR}&indikator=kepadatan&per=0")
    settled(answered(earlier, "beranda"))
    assert set(before) == {SHIPPED}

    withdrawn(joko, number)
    again = open_page()
    last = files_of(again)
    again.goto(f"/?koridor={CORRIDOR}&indikator=kepadatan")
    settled(answered(again, "beranda"))
    assert set(last) == {SHIPPED}
