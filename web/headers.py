"""Security headers with every response, and a policy that lets nothing in from outside."""

import base64
import hashlib
import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.components import FRAME_PAGE

_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?|\[[0-9A-Fa-f:]+\](?::\d+)?")
# streamlit-folium runs the map's script with eval inside its own frame.
_FRAME_SCRIPTS: Final = "'unsafe-inline' 'unsafe-eval' blob:"
# What a page uses and no browser shows by itself; the page's own policy rules there. A first visit asks for a hundred
# of them, and the whole policy with each would be a twentieth of its bytes. A script that runs as a worker obeys the
# policy that comes with it.
_PART: Final = re.compile(r"(?:application|text)/(?:javascript|css|json)\b|font/|image/png")
_PART_POLICY: Final = "default-src 'self'"
_FOREIGN_HOST: Final = 421
# Whoever came over TLS comes over nothing else for a year. Of other names of the office nothing is known here.
_ONLY_TLS: Final = "max-age=31536000"


def inline_script_hashes(page: str) -> list[str]:
    """Return the CSP sources that allow exactly the inline scripts of an HTML page.

    Parameters
    ----------
    page
        The HTML text.

    Returns
    -------
    list of str
        One ``'sha256-...'`` per script element that has no attributes.
    """
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def content_security_policy(host: str, scripts: str) -> str:
    """Return the policy of one response: nothing from outside, and frames only of our own.

    Parameters
    ----------
    host
        Host and port as the browser names them; browsers differ in whether ``'self'`` covers a WebSocket.
    scripts
        What ``script-src`` allows besides ``'self'``.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            f"connect-src 'self' data: blob:{sockets}",
            "worker-src 'self' blob:",
            "frame-src 'self' data: blob:",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


class SecurityHeaders:
    """Send the security headers with every response.

    Parameters
    ----------
    app
        What answers.
    page
        The HTML page of the app; its inline scripts are the only ones allowed.
    frame
        Path of the map's frame, which alone may do more; below any other Streamlit would show the app.
    """

    def __init__(self, app: ASGIApp, page: str, frame: str = FRAME_PAGE) -> None:
        self.app = app
        self.frame = frame
        # components.v2 loads its modules from blob: addresses.
        self.page_scripts = " ".join([*inline_script_hashes(page), "blob:"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scripts = _FRAME_SCRIPTS if scope["path"] == self.frame else self.page_scripts
        host = Headers(scope=scope).get("host", "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = _ONLY_TLS
                if message["status"] == 200 and _PART.match(headers.get("content-type", "")):
                    headers["Content-Security-Policy"] = _PART_POLICY
                    await send(message)
                    return
                # The policy of a refusal does not name the foreign host that is refused.
                named = "" if message["status"] == _FOREIGN_HOST else host
                headers["Content-Security-Policy"] = content_security_policy(named, scripts)
                headers["X-Frame-Options"] = "SAMEORIGIN"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, send_with_headers)
