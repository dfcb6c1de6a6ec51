"""Cut Streamlit's fonts of letters down to Latin script: ``python scripts/letters.py``.

A first visit would wait for 170 kB of Cyrillic, Greek and Vietnamese. What the small fonts lack the browser takes from
a font of the reader's. They have a name of their own, since the licence reserves "Source" for the whole ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import streamlit
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "static" / "vendor" / "letters"
MEDIA = Path(streamlit.__file__).parent / "static" / "static" / "media"
FONTS = ("SourceSansVF-Upright", "SourceSansVF-Italic", "SourceCodeVF-Upright")
_BLOCKS = (
    range(0x20, 0x7F),  # Basic Latin
    range(0xA0, 0x100),  # Latin-1
    range(0x2000, 0x20A0),  # punctuation, superscripts and subscripts
)
# Greek, a bar over a letter, arrows and signs of the formulas in docs/metode.md, and marks of legends.
_SIGNS = "αβγδεθλμπρστφχωΔΘΛΠΣΦΩ€™←↑→↓↔∂∆∏∑−∕√∞∩∫≈≠≤≥≡×÷◊✓✗\N{COMBINING MACRON}■▬▲▼●◆○□△▽◇"
LETTERS = frozenset(chain(*_BLOCKS, map(ord, _SIGNS)))


def large() -> Iterator[Path]:
    """The fonts that Streamlit ships."""
    for name in FONTS:
        [file] = MEDIA.glob(f"{name}.*.woff2")
        yield file


def main() -> None:
    """Write the small fonts, each with the hash of the large one in its name."""
    for old in FOLDER.glob("*.woff2"):
        old.unlink()
    for file in large():
        font = TTFont(file)
        options = subset.Options(glyph_names=False)
        options.name_IDs = ["*"]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        for record in font["name"].names:
            # Copyright, trademark, maker and licence stay.
            if record.nameID not in {0, 7, 8, 9, 10, 11, 12, 13, 14}:
                text = re.sub(r"Source ?(Sans|Code) ?(?:3|Pro)? ?", r"Tapal\1", record.toUnicode())
                font["name"].setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
        font.flavor = "woff2"
        font.save(FOLDER / file.name.replace("Source", "Tapal"))


if __name__ == "__main__":
    main()
