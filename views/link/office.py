"""Under which addresses people reach this server, as its operator wrote them down."""

from __future__ import annotations

import os

from views.link.kinds import origin

__all__ = ["addresses"]


def addresses() -> tuple[str, ...]:
    """The addresses in ``TAPAL_ADDRESS``, the office's own first: ``https://tapal.kota.go.id, http://tapal``.

    Returns
    -------
    tuple of str
        Scheme, host and port of each; what is no such address is left out.
    """
    parts = os.environ.get("TAPAL_ADDRESS", "").replace(",", " ").split()
    return tuple(found for part in parts if (found := origin(part)))
