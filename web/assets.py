"""How long browsers keep a file, and the compressed form of the files that never change."""

import gzip
import os
import re
import sys
from queue import Queue
from threading import Thread, get_native_id
from typing import Final

import brotli  # type: ignore[import-untyped]
import zopfli.gzip as zopfli  # type: ignore[import-untyped]
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

YEAR: Final = "public, max-age=31536000, immutable"
HOUR: Final = "private, max-age=3600, immutable"

# What never changes under its address: a file whose name holds a hash of its content, as in
# kelurahan-3275_0123456789.json or a component's main.01234567.js, or one that is asked for by such a hash, as in
# tapal.js?v=0123456789.
HASHED_NAME: Final = re.compile(
    r"(?:/.*)?/(?:app/static/(?:[^/]+/)*[^/]*[_-]|component/(?:[^/]+/)+[^/]*\.)[0-9a-f]{8,64}\.[a-z0-9.]+"
)
_HASHED_QUERY: Final = re.compile(rb"v=[0-9a-f]{8,64}")
# What a session shows as a file, named by a hash of its content. The page's icon is one: the browser is told of it at
# every run.
_SESSION_FILE: Final = re.compile(r"(?:/.*)?/media/[0-9a-f]{40,64}\.(?:png|jpeg|json)")


def kept_for(path: str, query: bytes, download: bool = False) -> str:
    """Return the Cache-Control of a file, "" where Streamlit's own answer stands.

    Parameters
    ----------
    path, query
        Its address.
    download
        Whether it is for the disk of the one who asked: then no browser and no proxy keeps it besides.
    """
    if "/media/" in path and "/static/" not in path:
        return HOUR if _SESSION_FILE.fullmatch(path) and not download else "no-store"
    if HASHED_NAME.fullmatch(path) or ("/app/static/" in path and _HASHED_QUERY.fullmatch(query)):
        return YEAR
    return ""


def _marking(scope: Scope, send: Send) -> Send:
    """Wrap `send` so that an answer leaves with the Cache-Control of its file."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] < 400:
            headers = MutableHeaders(scope=message)
            if keep := kept_for(scope["path"], scope["query_string"], "content-disposition" in headers):
                headers["Cache-Control"] = keep
        await send(message)

    return marked


class LastingFiles:
    """Let browsers keep hashed files for a year, and compress each file that lasts only once.

    Streamlit sends its own bundle as it is and packs our files anew at every request. What is served as ``immutable``
    under a path of its own cannot change, so its packed answer is kept in memory, up to `limit` bytes in all. Nobody
    asks whether it has changed, so it travels without the headers that would serve for that: a first visit asks for a
    hundred of them.
    Once answered it is packed again, which takes longer: by Brotli, a sixth shorter, which browsers accept over TLS,
    and by Zopfli, a twentieth shorter, for all others.
    """

    def __init__(self, app: ASGIApp, limit: int = 64_000_000) -> None:
        self.app = app
        self.limit = limit
        self.kept: dict[str, list[Message]] = {}
        self.tight: dict[str, list[Message]] = {}
        self.asked: dict[str, bytes] = {}
        """Query by which each kept answer was asked for; a file that was replaced since is asked for by another."""
        self.waiting: Queue[str] = Queue()
        """Keys of answers that are to be packed again."""
        self._packer: Thread | None = None
        self.size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or not ("/static/" in path or kept_for(path, b"")):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "/static/" not in path or "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
            await self.app(scope, receive, _marking(scope, send))
            return
        accepts = {name.partition(";")[0].strip() for name in headers.get("accept-encoding", "").split(",")}
        key = _key(scope)
        kept = (self.tight.get(key) if "br" in accepts else None) or self.kept.get(key)
        if kept and self.asked[key] == scope["query_string"]:
            for message in kept:
                await send(dict(message))
            return
        answer: list[Message] = []
        missing = 0

        async def plain(scope: Scope, receive: Receive, send: Send) -> None:
            """Answer uncompressed: Streamlit would compress anew at every request."""

            async def count(message: Message) -> None:
                nonlocal missing
                if message["type"] == "http.response.start":
                    missing = int(Headers(raw=message["headers"]).get("content-length", 0))
                else:
                    missing -= len(message.get("body", b""))
                await send(message)

            bare = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            await self.app({**scope, "headers": bare}, receive, _marking(scope, count))

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # The bytes are another representation of the file, so a strong validator no longer holds.
                if "content-encoding" in headers and _lasts(message):
                    for name in ("etag", "last-modified", "accept-ranges"):
                        del headers[name]
                elif "content-encoding" in headers and headers.get("etag", "").startswith('"'):
                    headers["ETag"] = "W/" + headers["etag"]
            answer.append(dict(message))
            await send(message)

        await GZipMiddleware(plain, compresslevel=6)(scope, receive, note)
        # Whoever leaves before the end has a part of the file; the next visitor is not to get that part.
        if answer and missing == 0:
            self._keep(scope, answer)

    def _keep(self, scope: Scope, answer: list[Message]) -> None:
        size = sum(len(message.get("body", b"")) for message in answer)
        key = _key(scope)
        if key and key not in self.kept and _lasts(answer[0]) and self.size + size <= self.limit:
            self.size += size
            self.kept[key], self.asked[key] = answer, scope["query_string"]
            if Headers(raw=answer[0]["headers"]).get("content-encoding") == "gzip":
                self.waiting.put(key)
                if self._packer is None:
                    # It ends with the process, whatever it is at.
                    self._packer = Thread(target=self._pack_all, daemon=True)
                    self._packer.start()

    def _pack_all(self) -> None:
        # The visit that asks for the first of them is under way: a core is worth more to it than to the next one.
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, get_native_id(), 19)
        while True:
            key = self.waiting.get()
            start, *rest = self.kept[key]
            plain = gzip.decompress(b"".join(message.get("body", b"") for message in rest))
            self.kept[key] = _answer(start, "gzip", zopfli.compress(plain, numiterations=5))
            # Eleven takes twice the time of ten for another hundredth.
            body = brotli.compress(plain, quality=10)
            if self.size + len(body) <= self.limit:
                self.size += len(body)
                self.tight[key] = _answer(start, "br", body)
            self.waiting.task_done()


def _key(scope: Scope) -> str:
    """By what an answer is kept, "" where it is not: one a path, so that made-up hashes do not fill the memory."""
    query = scope["query_string"]
    return scope["path"] + "?" * bool(query) if not query or _HASHED_QUERY.fullmatch(query) else ""


def _lasts(start: Message) -> bool:
    """Tell by its start whether an answer never changes."""
    control = Headers(raw=start["headers"]).get("cache-control", "")
    return start["status"] == 200 and "public" in control and "immutable" in control


def _answer(start: Message, encoding: str, body: bytes) -> list[Message]:
    """An answer like another one, with a body that is packed in its own way."""
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["Content-Encoding"], headers["Content-Length"] = encoding, str(len(body))
    return [{**start, "headers": headers.raw}, {"type": "http.response.body", "body": body, "more_body": False}]
