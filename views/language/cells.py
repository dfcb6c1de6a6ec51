"""Tables for a spreadsheet: no cell that it takes for a formula; as text with a point in numbers."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

import pandas as pd

# What a spreadsheet drops before it looks for a formula.
_BLANK: Final = " \u00a0\u200b\u200c\u200d\u2060\ufeff\u3000"
_BREAKS: Final = ("\t", "\r", "\n", "\0")
_SIGNS: Final = frozenset("=+-@")
_NUMBER: Final = re.compile(r"[+-] ?\d[\d., \u00a0]*(?:%|(?<=[ \u00a0])[^\W\d_]+)?|[+-]")
# An Excel whose lists are separated by semicolons, as in Indonesia, splits a line with commas there, and inside a field
# that is quoted as well. Other programs do so at commas, tabs or line ends.
_PARTS: Final = re.compile(r"([,;\t\r\n])")


def starts_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula; a number with its sign and one word as unit, or
    a sign alone, is none.

    Full-width and other forms of a sign count as well: some spreadsheets normalise them.

    Examples
    --------
    >>> starts_formula(" =1+1"), starts_formula("＝1+1"), starts_formula("-6,2"), starts_formula("+8,2 poin")
    (True, True, False, False)
    """
    if text.startswith(_BREAKS):
        return True
    bare = text.strip(_BLANK)
    signed = normalize("NFKC", bare[:1]) in _SIGNS or bare.startswith("{=")
    return signed and _NUMBER.fullmatch(bare) is None


def safe_cell(text: str) -> str:
    """Text as a spreadsheet must get it: an apostrophe stops what begins like a formula."""
    return f"'{text}" if starts_formula(text) else text


def safe_in_csv(text: str, separator: str = ",") -> str:
    """Text of a CSV that starts no formula, also where a program splits the line at another mark than its separator.

    Parameters
    ----------
    text : of one field
    separator : of the file, at which every program splits rightly

    Examples
    --------
    >>> safe_in_csv("=1+1"), safe_in_csv("a;=1+1;b"), safe_in_csv("Jati Asih; 12, Kranji")
    ("'=1+1", "a;'=1+1;b", 'Jati Asih; 12, Kranji')
    """
    first, *rest = _PARTS.split(text)
    for at in range(1, len(rest), 2):
        # A part may begin with quotes that stand for one inside the field.
        if rest[at - 1] != separator and starts_formula(rest[at].lstrip(_BLANK + '"')):
            rest[at] = f"'{rest[at]}"
    return "".join(["'" if starts_formula(text) else "", first, *rest])


def safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with headings and texts safe for a spreadsheet; what is no text stays as it is."""
    safe = frame.rename(columns=_safe_value)
    for at in range(safe.shape[1]):
        if safe.iloc[:, at].dtype.kind not in "biufmM":
            safe.isetitem(at, safe.iloc[:, at].map(_safe_value).array)
    return safe


def csv_text(frame: pd.DataFrame) -> str:
    """A CSV with a point as decimal mark; numbers keep ten digits, no heading or text starts a formula."""
    safe = frame.rename(columns=lambda name: safe_in_csv(str(name)))
    for at in range(safe.shape[1]):
        column = safe.iloc[:, at]
        if column.dtype.kind not in "biuf":
            texts = column.fillna("").astype(str)
            # Long tables repeat the same few names.
            safe.isetitem(at, texts.map({text: safe_in_csv(text) for text in texts.unique()}).array)
    return str(safe.to_csv(index=False, lineterminator="\n", float_format="%.10g"))


def _safe_value(value: object) -> object:
    return safe_cell(value) if isinstance(value, str) else value
