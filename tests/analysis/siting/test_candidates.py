"""Places of the user in a link: what comes back as it went, and what is refused."""

import pytest

from analysis.siting.candidates import MOST_PLACES, PlacesError, parse_places, written_places
from data.tables import Dataset

SERANG = ("36.04", "36.73")


def test_places_in_a_link_come_back_as_they_went(data: Dataset) -> None:
    places = ((106.15, -6.12), (106.25, -6.2))
    assert parse_places(written_places(places), data.grid, SERANG) == places
    assert parse_places("", data.grid, SERANG) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("106.15", "bentuk"),
        ("a,b", "bentuk"),
        ("106.15,-6.12,3", "bentuk"),
        ("nan,nan", "tempat"),
        ("1e400,0", "tempat"),
        ("0,0", "tempat"),
        ("107.0,-6.3", "tempat"),
        ("106.0,-5.6", "tempat"),
        ("106.15,-6.12;106.15,-6.12", "dua_kali"),
        (";".join(f"106.{i:03},-6.12" for i in range(MOST_PLACES + 1)), "terlalu_banyak"),
        ("1" * 5000, "terlalu_panjang"),
    ],
)
def test_bad_places_are_refused(data: Dataset, text: str, code: str) -> None:
    with pytest.raises(PlacesError) as caught:
        parse_places(text, data.grid, SERANG)
    assert caught.value.code == code
