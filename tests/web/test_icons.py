"""The small font of icons: it stands in for Streamlit's own and holds every icon that is named anywhere."""

from pathlib import Path

from fontTools.ttLib import TTFont

from scripts import icons
from tests.web.answers import Answer


def shipped() -> Path:
    [file] = icons.FOLDER.glob("*.woff2")
    return file


def test_it_has_the_name_of_streamlits_own() -> None:
    assert shipped().name == icons.large().name, "python scripts/icons.py"


def test_it_holds_every_icon_that_is_named() -> None:
    known = icons.icons(TTFont(icons.large()))
    wanted = icons.wanted(known)
    assert {"map", "layers", "keyboard_arrow_down"} <= wanted
    assert wanted <= set(icons.icons(TTFont(shipped()))), "python scripts/icons.py"


def test_the_server_sends_it(address: str) -> None:
    answer = Answer(f"{address}/static/media/{icons.large().name}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "font/woff2"
    assert len(answer.body) == shipped().stat().st_size < 40_000 < icons.large().stat().st_size
    assert "immutable" in answer.headers["cache-control"]
