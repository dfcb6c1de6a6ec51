"""Cut Streamlit's font of icons down to those that Tapal and Streamlit itself show: ``python scripts/icons.py``.

A first visit would wait for 376 kB of them. The server sends the small font under the name of the large one, so that a
new Streamlit with another font falls back to its own until this has run again.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "static" / "vendor" / "icons"
STREAMLIT = Path(streamlit.__file__).parent / "static" / "static"
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def large() -> Path:
    """The font that Streamlit ships."""
    [file] = (STREAMLIT / "media").glob("MaterialSymbols-Rounded.*.woff2")
    return file


def icons(font: TTFont) -> dict[str, str]:
    """Glyph by name of the icon: the ligatures of the font."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, ligatures in getattr(getattr(table, "ExtSubTable", table), "ligatures", {}).items():
                for ligature in ligatures:
                    name = "".join(letters.get(glyph, " ") for glyph in (first, *ligature.Component))
                    found[name] = ligature.LigGlyph
    return found


def wanted(known: dict[str, str]) -> set[str]:
    """Icons that Streamlit's scripts name, and every text of our code that is the name of one."""
    scripts = " ".join(file.read_text(encoding="utf-8") for file in (STREAMLIT / "js").glob("*.js"))
    code = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "views").rglob("*.py")]
    ours = " ".join(file.read_text(encoding="utf-8") for file in code)
    names = {*re.findall(r":material/([a-z0-9_]+):", scripts + ours), *re.findall(r'"([a-z0-9_]+)"', ours)}
    return names & set(known)


def main() -> None:
    """Write the small font."""
    font = TTFont(large())
    known = icons(font)
    options = subset.Options(layout_features=["*"], layout_closure=False, glyph_names=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=_LETTERS, glyphs={known[name] for name in wanted(known)})
    cutter.subset(font)
    for old in FOLDER.glob("*.woff2"):
        old.unlink()
    font.flavor = "woff2"
    font.save(FOLDER / large().name)


if __name__ == "__main__":
    main()
