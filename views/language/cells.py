"""Tables as text files: no cell that a spreadsheet takes for a formula, numbers with a point."""

from __future__ import annotations

import pandas as pd

# Full-width forms count as well: some spreadsheets normalise them before they look for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """Text as a spreadsheet must get it: an apostrophe stops what begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell safe for a spreadsheet; numbers stay numbers."""
    safe = frame.copy()
    for column in safe.columns:
        if safe[column].dtype.kind not in "biuf":
            safe[column] = safe[column].fillna("").astype(str).map(safe_cell)
    return safe


def csv_text(frame: pd.DataFrame) -> str:
    """A CSV with a point as decimal mark; numbers keep ten digits, text cannot start a formula."""
    return str(safe_frame(frame).to_csv(index=False, lineterminator="\n", float_format="%.10g"))
