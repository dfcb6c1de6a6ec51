"""The marks by which the tests of exports find out that a file tells on the machine that made it."""

import sys
import tempfile
from pathlib import Path

import pytest

from tests.views.exports import office

PLACES = (
    office.ROOT / "data" / "x",
    Path.home() / "x",
    Path(tempfile.gettempdir()) / "x",
    Path(sys.prefix, "lib", "x"),
)


@pytest.mark.parametrize("place", PLACES, ids=["project", "home", "temporary", "interpreter"])
def test_a_path_of_this_machine_is_found(place: Path) -> None:
    assert office.tell_tale(f"<desc>{place}</desc>".encode())


@pytest.mark.parametrize("text", ["/home/ani/peta.svg", "/Users/ani/peta.svg", "C:\\Users\\ani\\peta.svg"])
def test_a_path_of_another_machine_is_found(text: str) -> None:
    assert office.tell_tale(text.encode())


@pytest.mark.parametrize("text", ["http://localhost:8501/app/static/x.js", "Kota Bekasi", "url(#a) :root{}", "/peta"])
def test_what_tells_nothing_passes(text: str) -> None:
    assert office.tell_tale(text.encode()) == []
