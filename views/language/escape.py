"""The one gate through which text of ours reaches a script of the map.

streamlit-folium hands the map's scripts to the browser as text and has them evaluated; folium writes names
into template literals. Whatever passes here is packed: letters, digits and three signs remain, which end no string
and open no tag.
"""

from __future__ import annotations

import re

LONGEST_ECHO = 60
"""Signs of what somebody wrote that are repeated to them, at most."""


# Everything that Markdown, Streamlit's directives (:red[..], :material/..:) or TeX ($..$) would read as more than text.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~$:&])")
# Streamlit makes a link of every http://, www. and e-mail address once the escapes are read: a sign without width parts
# what would become one.
_ADDRESS = re.compile(r":(?=//)|www(?=\.)|@", re.IGNORECASE)
_PART = "\N{WORD JOINER}"


def md(text: str) -> str:
    """Text from data or the URL as it must stand inside Markdown, so that it shows as written and is never a link.

    Examples
    --------
    >>> md("![x](a)")
    '\\\\!\\\\[x\\\\]\\\\(a\\\\)'
    """
    return _ADDRESS.sub(rf"\g<0>{_PART}", _MARKDOWN.sub(r"\\\1", " ".join(text.split())))


def echo(text: str) -> str:
    """The beginning of what somebody wrote, for Markdown; signs that do not show become a point."""
    shown = "".join(c if c.isprintable() else "·" for c in text[: LONGEST_ECHO + 1])
    return md(shown[:LONGEST_ECHO] + ("…" if len(shown) > LONGEST_ECHO else ""))


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
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", _BOLD.sub("", text))).replace(_PART, "")


def plain_lines(text: str) -> tuple[str, ...]:
    """The items of a Markdown list of ours as plain lines."""
    return tuple(plain(line.strip().removeprefix("- ")) for line in text.splitlines() if line.strip())
