"""Text from outside, cleaned once where it comes in."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
# Control characters, marks that turn the direction of writing, halves of surrogate pairs and codes that are no
# character: nothing that a name needs, and XML (workbooks, slides, documents) cannot hold most of them.
_REMOVED = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def cleaned(text: str) -> str:
    r"""Text without control characters.

    Parameters
    ----------
    text : str
        A cell of a table, or a name.

    Returns
    -------
    str
        Tabs and line breaks are one space; other control characters and marks of writing direction are gone. All
        else, accents and spaces at either end too, stays as it is.

    Examples
    --------
    >>> cleaned("Jati\x0bmakmur\x07 \u202eA")
    'Jati makmur A'
    """
    return text if text.isprintable() else _REMOVED.sub("", _BREAKS.sub(" ", text))
