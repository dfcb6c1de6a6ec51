"""Changed files of the map: served from memory, and nobody else waits while one is looked for."""

import asyncio
from threading import Event

from starlette.responses import PlainTextResponse
from starlette.types import Message, Scope

from web.map_files import MapFiles

CHANGED = "/app/static/geo/kelurahan-3673_0123456789.json"


async def answer(app: MapFiles, path: str, method: str = "GET") -> bytes:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": method, "path": path, "headers": []}
    await app(scope, receive, send)
    return b"".join(message.get("body", b"") for message in sent)


def test_only_what_lies_in_memory_is_answered() -> None:
    app = MapFiles(PlainTextResponse("on"), {"geo/kelurahan-3673_0123456789.json": b"{}"}.get)
    for path in (CHANGED, f"/tapal{CHANGED}"):
        assert asyncio.run(answer(app, path)) == b"{}"
    for path in ("/app/static/geo/other.json", "/app/static/geo/../../var/tapal.json", "/", f"{CHANGED}/x"):
        assert asyncio.run(answer(app, path)) == b"on"
    assert asyncio.run(answer(app, CHANGED, "POST")) == b"on"


def test_others_are_answered_while_a_file_waits_for_a_version_that_is_put_together() -> None:
    made = Event()

    def find(_: str) -> bytes:
        assert made.wait(30)
        return b"{}"

    app = MapFiles(PlainTextResponse("on"), find)

    async def both() -> tuple[bytes, bytes]:
        waiting = asyncio.create_task(answer(app, CHANGED))
        await asyncio.sleep(0)
        other = await answer(app, "/healthz")
        made.set()
        return await waiting, other

    assert asyncio.run(both()) == (b"{}", b"on")
