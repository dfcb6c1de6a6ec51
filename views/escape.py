"""The one gate through which text of ours reaches a script of the map.

streamlit-folium hands the map's scripts to the browser as text and has them evaluated; folium writes names
into template literals. Whatever passes here cannot leave the string it stands in, neither in JavaScript nor
in HTML nor in Jinja.
"""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["script_literal"]

_DANGEROUS = re.compile(r"[<>&'`${}%/\x7f]")


def script_literal(value: Any) -> str:
    r"""A JavaScript string literal that holds `value` as JSON; the script reads it with ``JSON.parse``.

    The JSON text is itself written as a string, so that its braces can be escaped too: the result is plain
    ASCII and contains none of ``< > & ' ` $ { } % /`` and no line break of any kind, only ``\uXXXX`` in
    their place.

    Parameters
    ----------
    value : Any
        What ``json.dumps`` accepts; NaN and infinities are refused, since JSON has none.

    Returns
    -------
    str
        The literal with its double quotes.

    Raises
    ------
    ValueError, TypeError
        If `value` is not JSON.

    Examples
    --------
    >>> print(script_literal("</script>"))
    "\"\u003c\u002fscript\u003e\""
    >>> json.loads(json.loads(script_literal({"nama": "${1+1}"})))
    {'nama': '${1+1}'}
    """
    inner = json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return _DANGEROUS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(inner))


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
