"""One HTML file that holds all it needs: what stands inside it ends no block and needs no other file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html import escape

# What could end the script block that holds data, or a line inside it.
_DANGEROUS = re.compile("[<>&\u2028\u2029]")


def inert(json_text: str) -> str:
    r"""JSON that cannot leave the script block in which it stands.

    Examples
    --------
    >>> inert('"</script>"')
    '"\\u003c/script\\u003e"'
    """
    return _DANGEROUS.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)


def head(language: str, title: str, style: str, scripts: Sequence[str], images: str = "'none'", named: str = "") -> str:
    """All up to the body: only these scripts and this style may run, and nothing is fetched.

    Parameters
    ----------
    language : of the page, {"id", "en"}
    title : as plain text
    style : content of its only style
    scripts : contents of its scripts
    images : where pictures may come from, as a policy says it
    named : id of the style, "" for none
    """
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_digest, scripts))}; style-src {_digest(style)}; "
        f"img-src {images}; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)} – Tapal</title>
<style{f' id="{named}"' if named else ""}>{style}</style>
</head>
"""


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def blocks(*texts: str) -> tuple[str, ...]:
    """Scripts and styles as they are.

    Raises
    ------
    ValueError
        One of them would end its own block.
    """
    if any("</script" in text.lower() or "</style" in text.lower() for text in texts):
        raise ValueError("a script or style would end its own block")
    return texts
