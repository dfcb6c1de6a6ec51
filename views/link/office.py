"""Under which addresses people reach this server, as its operator wrote them down."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from views.link.kinds import origin


def addresses() -> tuple[str, ...]:
    """The addresses in ``TAPAL_ADDRESS``, the office's own first: ``https://tapal.kota.go.id, http://tapal``.

    Returns
    -------
    tuple of str
        Scheme, host and port of each; what is no such address is left out.
    """
    parts = os.environ.get("TAPAL_ADDRESS", "").replace(",", " ").split()
    return tuple(found for part in parts if (found := origin(part)))


def address_of(url: str | None, page: str) -> str:
    """Where the app stands, from the address of one of its pages as the browser names it; "" where it is unknown.

    Parameters
    ----------
    url : address of the page
    page : its name, which ends the path; the first page has none

    Examples
    --------
    >>> address_of("https://kota.go.id/tapal/rapat?bahasa=en", "rapat")
    'https://kota.go.id/tapal'
    """
    found = (url or "").split("?")[0].split("#")[0].rstrip("/").removesuffix(f"/{page}")
    return found if urlsplit(found).scheme in {"http", "https"} else ""
