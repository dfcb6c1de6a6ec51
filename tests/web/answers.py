"""One HTTP answer of a running server, or of a part of it alone, for the tests of what it sends."""

import asyncio
from collections.abc import Mapping
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Answer:
    """Status, headers and body of one HTTP answer, the body as it travelled; refusals are answers too."""

    def __init__(
        self, address: str, headers: Mapping[str, str] | None = None, data: bytes | None = None, method: str = "GET"
    ) -> None:
        request = Request(address, data=data, headers=dict(headers or {}), method=method)
        try:
            response = urlopen(request, timeout=30)  # loopback only, see no_network
        except HTTPError as refused:
            response = refused
        with response:
            self.status: int = response.status
            self.url: str = response.url
            self.headers = {name.lower(): value for name, value in response.headers.items()}
            self.body: bytes = response.read()


async def greeting(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand for the app: it answers whatever reaches it."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"selamat datang"})


def ask(
    app: ASGIApp, path: str = "/", method: str = "GET", kind: str = "http", scheme: str = "http", **headers: str
) -> tuple[int, dict[str, str], str]:
    """Ask a part of the server, and return status, headers and text of its answer."""
    messages: list[Message] = []

    async def nothing() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def note(message: Message) -> None:
        messages.append(message)

    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": kind, "method": method, "path": path, "query_string": b"", "headers": sent, "scheme": scheme}

    async def answer() -> None:
        await app(scope, nothing, note)

    asyncio.run(answer())
    found = {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}
    return messages[0]["status"], found, b"".join(m.get("body", b"") for m in messages[1:]).decode()
