"""Under which names the server answers: a foreign name that was led to this machine gets no page.

Against DNS rebinding: an attacker's site whose name points to this machine could otherwise read what the office sees.
Nobody can point a number elsewhere, so addresses in numbers are always answered.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.refusals import refusal

_MORE: Final = re.compile(r"[@/?#\\\s]")


def host_of(header: str) -> str:
    """Return the name or number of a Host header in lower case, without port; "" where there is none."""
    if _MORE.search(header):
        return ""  # a name before an @, or a path, would make another one of it
    try:
        return (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def address_of(request: Request) -> str:
    """Return the address of who asks; "" where there is none."""
    return request.client.host if request.client else ""


def _is_number(host: str) -> bool:
    """Tell whether a host is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class KnownHosts:
    """Answer to localhost, to this machine's own name, to addresses in numbers and to the names that are given.

    Parameters
    ----------
    app
        What answers to a known name.
    names
        Further host names, without port.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app = app
        self.names = {"localhost", socket.gethostname().lower(), *(name.lower().rstrip(".") for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        host = host_of(Headers(scope=scope).get("host", ""))
        if _is_number(host) or host in self.names:
            await self.app(scope, receive, send)
            return
        answer = refusal(
            421,
            "Alamat ini tidak dikenal oleh server Tapal. Pengelola dapat mendaftarkannya di TAPAL_ADDRESS.",
            "This address is not known to the Tapal server. Its operator can list it in TAPAL_ADDRESS.",
        )
        await answer(scope, receive, send)
