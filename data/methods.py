"""The text on methods, docs/metode.md, by section."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "docs" / "metode.md"


@cache
def sections() -> dict[str, tuple[str, str]]:
    """Heading and text of every section, by the first word of its heading, which links name."""
    text = re.sub(r"<!--.*?-->", "", FILE.read_text(encoding="utf-8"), flags=re.DOTALL)
    parts = [part.partition("\n") for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]
    return {re.split(r"\W", heading.lower())[0]: (heading, body.strip()) for heading, _, body in parts}
