"""Texts that people have read and approved: a change shows up as a difference in tests/approved/.

TAPAL_APPROVE=1 writes what is there now; the change is then reviewed with the code.
"""

import difflib
import os
from pathlib import Path

APPROVED = Path(__file__).parent / "approved"


def approve(name: str, text: str) -> None:
    """Hold a text against its approved version.

    Raises
    ------
    AssertionError
        With the difference, line by line.
    """
    path = APPROVED / name
    text = text.replace("\N{NO-BREAK SPACE}", " ").rstrip("\n") + "\n"
    if "TAPAL_APPROVE" in os.environ:
        path.write_text(text, encoding="utf-8")
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    difference = "\n".join(
        difflib.unified_diff(known.splitlines(), text.splitlines(), "approved", "now", lineterm="", n=0)
    )
    assert not difference, f"{path.name} differs (TAPAL_APPROVE=1 accepts it):\n{difference}"
