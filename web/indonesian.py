"""Streamlit's own English words in Indonesian, by style, where the page is Indonesian: it has no setting for them.

Only what is seen is reached. Names that Streamlit gives to its parts for screen readers ("Choose date", "Remove ...")
stay English, and so do the menus of table columns and the notice of a lost connection, which nothing tells apart from
others of their kind.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Wording:
    """A text of Streamlit.

    Attributes
    ----------
    english : as it stands in Streamlit's scripts
    indonesian : what is read instead
    holder : CSS of the element that shows the Indonesian text
    within : CSS of the element in it that holds the English text alone and goes; "" where that is the holder
    """

    english: str
    indonesian: str
    holder: str
    within: str = ""


def _tool(english: str, indonesian: str) -> Wording:
    """The tip of a button above a table: it stands apart from its button."""
    button = f'button[aria-label^="{english}"]'
    holder = f"body:has(.stElementToolbar {button}:is(:hover, :focus-visible)) .stTooltipContent > div"
    return Wording(english, indonesian, holder, "p")


_MENU: Final = '[data-testid^="stMainMenuItem-'
_EMPTY: Final = '[role="listbox"][data-empty="true"] > [role="option"]'
_UPLOAD: Final = '[data-testid="stFileUploaderDropzone"] button p'
_ONE: Final = f'[data-testid="stSelectboxVirtualDropdown"] {_EMPTY}'
_SEVERAL: Final = f'[data-testid="stMultiSelectDropdown"] {_EMPTY}'
_INPUT: Final = '[data-testid="InputInstructions"] > span:first-child'
WORDINGS: Final = (
    Wording("Skip to main content", "Langsung ke isi", '[data-testid="stSkipToContent"]'),
    Wording("System", "Sistem", f'{_MENU}theme-System"]'),
    Wording("Light", "Terang", f'{_MENU}theme-Light"]'),
    Wording("Dark", "Gelap", f'{_MENU}theme-Dark"]'),
    Wording("Print", "Cetak", f'{_MENU}print"] > span', '[data-testid="stMainMenuItemLabel"]'),
    # Whoever judges a button by its markup alone (axe) shall find a name there.
    Wording("Upload", "Pilih berkas", _UPLOAD),
    Wording("No results", "Tidak ada hasil", _ONE, "span"),
    # Streamlit says there, too, that no more can be chosen.
    Wording("No results", "Tidak ada lagi yang dapat dipilih", _SEVERAL, "span"),
    Wording("Press Enter to ", "Tekan Enter", f":is(.stTextInput, .stNumberInput) {_INPUT}"),
    Wording("+Enter to ", "Tekan Ctrl+Enter", f".stTextArea {_INPUT}"),
    Wording("dd", "hh", '.stDateInput [data-type="day"][data-placeholder]'),
    Wording("mm", "bb", '.stDateInput [data-type="month"][data-placeholder]'),
    Wording("yyyy", "tttt", '.stDateInput [data-type="year"][data-placeholder]'),
    _tool("Show/hide columns", "Pilih kolom"),
    _tool("Download as CSV", "Unduh CSV"),
    _tool("Search", "Cari"),
    _tool("Fullscreen", "Layar penuh"),
    _tool("Close fullscreen", "Tutup layar penuh"),
    _tool("Add row", "Tambah baris"),
    _tool("Delete row(s)", "Hapus baris"),
)


def _rule(wording: Wording) -> str:
    holder = f":root:lang(id) {wording.holder}"
    gone = f"{holder} > {wording.within} {{ display: none !important; }}" if wording.within else ""
    gone = gone or f"{holder} {{ font-size: 0 !important; }}"
    return f'{gone} {holder}::after {{ font-size: 0.875rem; content: "{wording.indonesian}"; }}'


STYLE: Final = " ".join(_rule(wording) for wording in WORDINGS)
