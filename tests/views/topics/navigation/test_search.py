"""Where a kelurahan that was searched for is shown, and that the search finds all of them."""

import pytest

from tests.pages.opening import open_page
from tests.shipped import data
from views.topics.navigation import search

KNOWN = data()
CORRIDORS = KNOWN.catalogue.corridors


@pytest.mark.parametrize(
    ("kode", "now", "shown"),
    [
        ("32.75.10.1002", "semua", "semua"),  # on a side of the present border
        ("32.75.10.1002", "kabserang-lebak", "bekasi-depok"),  # Jatikarya touches Kota Depok
        ("36.73.01.1001", "bekasi-depok", "kabserang-kotaserang"),
    ],
)
def test_the_border_follows_the_kelurahan(kode: str, now: str, shown: str) -> None:
    assert search.border_of(KNOWN, kode, CORRIDORS[now]).id == shown


def test_every_kelurahan_of_every_border_is_found_and_can_be_shown() -> None:
    found = search.found(KNOWN)
    assert len(found) == len(set(found)) > 1500
    for kode in found[::50]:
        assert kode[:5] in search.border_of(KNOWN, kode, CORRIDORS["semua"]).sides


def test_a_page_that_shows_one_shows_it_and_others_lead_to_its_profile() -> None:
    app = open_page("akses", koridor="kabserang-kotaserang", bahasa="en")
    app.selectbox(key="cari").set_value("32.75.10.1002").run()
    assert not app.exception
    assert app.selectbox(key="koridor").value == "bekasi-depok"
    assert app.query_params["wilayah"] == "32.75.10.1002"
    assert app.query_params["bahasa"] == "en"
    app = open_page("sumber", koridor="kabserang-kotaserang")
    app.selectbox(key="cari").set_value("32.75.10.1002").run()
    assert "Bagaimana keadaan Jatikarya" in app.subheader[0].value
    assert app.selectbox(key="cari").value is None
