"""The one gate through which text of ours reaches a script of the map.

streamlit-folium hands the map's scripts to the browser as text and has them evaluated; folium writes names
into template literals. Whatever passes here is packed: letters, digits and three signs remain, which end no string
and open no tag.
"""

from __future__ import annotations

import re

__all__ = ["md", "plain", "plain_lines"]


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
