"""The one gate through which text of ours reaches a script of the map.

streamlit-folium hands the map's scripts to the browser as text and has them evaluated; folium writes names
into template literals. Whatever passes here is packed: letters, digits and three signs remain, which end no string
and open no tag.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from typing import Any

__all__ = ["md", "plain", "plain_lines", "script_literal"]


def script_literal(value: Any) -> str:
    r"""A JavaScript string literal that holds `value` as JSON, deflated and in base64 with ``-.`` for ``+/``.

    Parameters
    ----------
    value : Any
        What ``json.dumps`` accepts; NaN and infinities are refused, since JSON has none.

    Returns
    -------
    str
        The literal with its double quotes; what stands between them is unpacked by `unpacked` in tapal.js.

    Raises
    ------
    ValueError, TypeError
        If `value` is not JSON.

    Examples
    --------
    >>> "</" in script_literal("</script>")
    False
    """
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    return f'"{b64encode(zlib.compress(text.encode(), 9), b"-.").decode().rstrip("=")}"'


# Everything that Markdown, Streamlit's directives (:red[..], :material/..:) or TeX ($..$) would read as more than text.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~$:&])")


def md(text: str) -> str:
    """Text from data or the URL as it must stand inside Markdown, so that it shows as written.

    Examples
    --------
    >>> md("![x](http://a)")
    '\\\\!\\\\[x\\\\]\\\\(http\\\\://a\\\\)'
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


_BOLD = re.compile(r"(?<!\\)\*\*")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>()#+\-!|~$:&])")


def plain(text: str) -> str:
    """A Markdown sentence of ours as it reads: without bold, links and escapes.

    Examples
    --------
    >>> plain("**Kel. Jati\\\\-asih**: 3 km")
    'Kel. Jati-asih: 3 km'
    """
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", _BOLD.sub("", text)))


def plain_lines(text: str) -> tuple[str, ...]:
    """The items of a Markdown list of ours as plain lines."""
    return tuple(plain(line.strip().removeprefix("- ")) for line in text.splitlines() if line.strip())
