"""The small fonts: they stand in for Streamlit's own and hold every icon and letter that is shown anywhere."""

from pathlib import Path

from fontTools.ttLib import TTFont

from scripts import icons, letters
from tests.serving import ROOT
from tests.web.answers import Answer


def shipped() -> Path:
    [file] = icons.FOLDER.glob("*.woff2")
    return file


def small(large: Path) -> Path:
    """The font of letters that is sent in the place of a large one."""
    [file] = letters.FOLDER.glob(f"*.{large.suffixes[-2][1:]}.woff2")
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


def test_letters_have_the_hashes_of_streamlits_own_and_a_name_of_their_own() -> None:
    for large in letters.large():
        font = TTFont(small(large))
        named = [record for record in font["name"].names if "Source" in record.toUnicode()]
        assert {record.nameID for record in named} == {0, 7}, "copyright and trademark alone; python scripts/letters.py"
        assert any("SIL Open Font License" in record.toUnicode() for record in font["name"].names)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (letters.FOLDER / "LICENSE").read_text(encoding="utf-8")


def test_every_letter_that_we_write_is_in_the_small_font_if_it_was_in_the_large_one() -> None:
    files = [*(ROOT / "data" / "catalogue").glob("*.yaml"), ROOT / "docs" / "metode.md"]
    files += [*(ROOT / "views").rglob("*.py"), *(ROOT / "views").rglob("*.po"), *(ROOT / "pages").glob("*.py")]
    written = {ord(letter) for file in files for letter in file.read_text(encoding="utf-8")}
    for large in letters.large():
        missing = (written & set(TTFont(large).getBestCmap())) - set(TTFont(small(large)).getBestCmap())
        assert not missing, [chr(code) for code in missing]


def test_the_server_sends_small_letters(address: str) -> None:
    for large in letters.large():
        answer = Answer(f"{address}/static/media/{large.name}")
        assert answer.headers["content-type"] == "font/woff2"
        assert len(answer.body) == small(large).stat().st_size < large.stat().st_size / 2
