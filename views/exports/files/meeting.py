"""The meeting as one HTML file: slides, script and styles inside; it opens from a stick and asks nobody for anything."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from views.exports.files.onefile import blocks, head, inert
from views.language.words import Words
from views.story import projector
from views.story.projector import Meeting

FOLDER = Path(__file__).parents[3] / "static" / "meeting"


def make(w: Words, told: Meeting, address: str = "", own_query: tuple[tuple[str, str], ...] = ()) -> bytes:
    """The file with the slides of a meeting.

    Parameters
    ----------
    w : language
    told : the meeting
    address : where the app stands, for the QR codes, "" for none; one of this computer alone is left out, since the
        file travels
    own_query : parameters of this meeting, for the link of the first slide
    """
    style, script = assets()
    content = inert(projector.sent(w, told, "" if projector.this_computer(address) else address, own_query))
    start = head(w.language, told.title, style, [script], "blob:", "tapal-gaya")
    page = f"""{start}<body>
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
def assets() -> tuple[str, ...]:
    """Styles and script of the meeting, the same for the app and the file."""
    return blocks((FOLDER / "meeting.css").read_text("utf-8"), (FOLDER / "meeting.js").read_text("utf-8"))
