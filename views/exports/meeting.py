"""The meeting as one HTML file: slides, script and styles inside; it opens from a stick and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

from data.catalogue import Corridor
from data.tables import Dataset
from views import meeting, story
from views.meeting import Meeting
from views.words import Words

FOLDER = Path(__file__).parents[2] / "static" / "meeting"
# What could end the script block that holds the slides, or a line inside it.
_DANGEROUS = re.compile("[<>&\u2028\u2029]")

__all__ = ["build", "make", "version"]


def build(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    sectors: tuple[str, ...],
    kelurahan: tuple[str, ...],
    made: date,
    address: str = "",
) -> bytes:
    """The file with all slides; see `views.story.tell` for the parameters.

    Parameters
    ----------
    address : where the app stands, for the QR codes; "" for none
    """
    told = story.tell(w, data, corridor, sectors, kelurahan, made)
    return make(w, meeting.prepare(w, data, corridor, told), address)


def make(w: Words, told: Meeting, address: str = "", own_query: tuple[tuple[str, str], ...] = ()) -> bytes:
    """The file with the slides of a meeting. An address of this computer alone is left out: the file travels."""
    style, script = assets()
    content = meeting.sent(w, told, "" if meeting.this_computer(address) else address, own_query)
    content = _DANGEROUS.sub(lambda found: f"\\u{ord(found[0]):04x}", content)
    policy = (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; img-src blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    page = f"""<!doctype html>
<html lang="{w.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(told.title)} – Tapal</title>
<style id="tapal-gaya">{style}</style>
</head>
<body>
<script type="application/json" id="tapal-rapat">{content}</script>
<script type="module">{script}</script>
</body>
</html>
"""
    return page.encode("utf-8")


def version() -> str:
    """Ten hexadecimal digits that change with script and styles, so that browsers may keep both."""
    return hashlib.sha256("".join(assets()).encode("utf-8")).hexdigest()[:10]


@cache
def assets() -> tuple[str, str]:
    """Styles and script of the meeting, the same for the app and the file."""
    found = ((FOLDER / "meeting.css").read_text("utf-8"), (FOLDER / "meeting.js").read_text("utf-8"))
    if any("</script" in text.lower() or "</style" in text.lower() for text in found):
        raise ValueError("a script of the meeting would end its own block")
    return found


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
