"""What browsers may keep and for how long, and what travels compressed."""

import asyncio
import gzip
import os
import socket
import struct
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]
import pytest
import streamlit
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from tests.serving import ROOT
from tests.web.answers import Answer
from web.assets import HASHED_NAME, YEAR, LastingFiles


@pytest.fixture(scope="module")
def bundle() -> str:
    """Path of the largest script of Streamlit's own that every page loads."""
    static = Path(streamlit.__file__).parent / "static"
    page = (static / "index.html").read_text(encoding="utf-8")
    scripts = [path for path in static.glob("static/js/*.js") if path.name in page]
    return "/" + str(max(scripts, key=lambda path: path.stat().st_size).relative_to(static))


@pytest.fixture(scope="module")
def geometry() -> str:
    """Path of the largest geometry file of ours."""
    files = (ROOT / "static" / "geo").glob("*.json")
    return "/app/" + str(max(files, key=lambda path: path.stat().st_size).relative_to(ROOT))


def test_the_bundle_travels_compressed_and_stays_a_year(address: str, bundle: str) -> None:
    plain = Answer(address + bundle)
    packed = Answer(address + bundle, {"Accept-Encoding": "gzip"})
    again = Answer(address + bundle, {"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert again.body == packed.body
    assert plain.headers["etag"]
    for validator in ("etag", "last-modified", "accept-ranges"):
        assert validator not in packed.headers, "nobody asks whether it has changed"
    assert "immutable" in packed.headers["cache-control"]
    assert packed.headers["vary"] == "Accept-Encoding"


def test_who_leaves_in_the_middle_of_a_file_leaves_no_part_of_it_to_the_next(address: str) -> None:
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    largest = max(scripts.glob("DataFrame.*.js"), key=lambda path: path.stat().st_size)
    host = urlsplit(address)
    request = f"GET /static/js/{largest.name} HTTP/1.1\r\nHost: {host.netloc}\r\nAccept-Encoding: gzip\r\n\r\n"
    with socket.create_connection((host.hostname, host.port)) as visitor:
        visitor.sendall(request.encode())
        assert visitor.recv(100).startswith(b"HTTP/1.1 200")
        # Closed without waiting for the rest.
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    for _ in range(2):
        packed = Answer(f"{address}/static/js/{largest.name}", {"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.body) == largest.read_bytes()


def test_what_lasts_is_packed_again_and_travels_shorter() -> None:
    body = (ROOT / "static" / "vendor" / "leaflet" / "leaflet.js").read_bytes()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/javascript"), (b"cache-control", YEAR.encode()), (b"etag", b'"a"')]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    files = LastingFiles(app)

    def asked(accepts: str, query: bytes = b"") -> tuple[dict[str, str], bytes]:
        sent: list[Message] = []
        headers = [(b"accept-encoding", accepts.encode())]
        scope = {"type": "http", "method": "GET", "path": "/static/js/x.0123456789.js", "query_string": query}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(files({**scope, "headers": headers}, Request(scope | {"headers": []}).receive, send))
        found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return found, b"".join(message.get("body", b"") for message in sent[1:])

    first, packed = asked("gzip, deflate, br, zstd")
    assert first["content-encoding"] == "gzip", "nobody waits until it is packed tighter"
    files.waiting.join()
    headers, tight = asked("gzip, deflate, br, zstd")
    assert headers["content-encoding"] == "br"
    if sys.platform == "linux":
        assert files._packer
        assert os.getpriority(os.PRIO_PROCESS, files._packer.native_id or 0) == 19, "after all that visitors wait for"
        assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < 19
    assert brotli.decompress(tight) == body == gzip.decompress(packed)
    assert int(headers["content-length"]) == len(tight) < 0.95 * len(packed)
    assert headers["vary"] == "Accept-Encoding"
    assert "etag" not in headers
    headers, tight = asked("gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(tight) == body
    assert int(headers["content-length"]) == len(tight) < 0.97 * len(packed)
    for other in (asked("gzip, broken"), asked("gzip, br", b"v=1")):
        assert other[0]["content-encoding"] == "gzip"
    asked("gzip", b"v=0123456789")
    files.waiting.join()
    assert asked("gzip, br", b"v=0123456789")[1] == asked("br, gzip")[1]
    assert asked("gzip, br", b"v=abcdef0123")[0]["content-encoding"] == "gzip", "answered anew"
    assert len(files.kept) == len(files.tight) == 2, "one by its name, one by the hash that came first"


def test_geometry_stays_a_year_and_travels_compressed(address: str, geometry: str) -> None:
    plain = Answer(address + geometry)
    packed = Answer(address + geometry, {"Accept-Encoding": "gzip"})
    for answer in (plain, packed):
        assert answer.headers["cache-control"] == YEAR
        assert answer.headers["content-type"] == "application/json"
    assert gzip.decompress(packed.body) == plain.body == (ROOT / geometry.removeprefix("/app/")).read_bytes()


def test_what_is_asked_for_by_its_hash_stays_a_year(address: str) -> None:
    script = address + "/app/static/map/tapal.js"
    assert Answer(script + "?v=0123456789").headers["cache-control"] == YEAR
    for unhashed in ("", "?v=1", "?v=latest", "?w=0123456789"):
        assert "immutable" not in Answer(script + unhashed).headers.get("cache-control", "")
    assert Answer(script).headers["content-type"].startswith(("application/javascript", "text/javascript"))


def test_what_is_asked_for_by_no_hash_can_be_asked_whether_it_has_changed(address: str) -> None:
    plain, packed = (Answer(f"{address}/app/static/map/tapal.js", {"Accept-Encoding": name}) for name in ("", "gzip"))
    assert packed.headers["etag"] == "W/" + plain.headers["etag"]
    assert packed.headers["last-modified"] == plain.headers["last-modified"]


def test_a_range_is_answered_as_asked(address: str, geometry: str) -> None:
    part = Answer(address + geometry, {"Accept-Encoding": "gzip", "Range": "bytes=10-19"})
    assert part.status == 206
    assert "content-encoding" not in part.headers
    assert part.body == (ROOT / geometry.removeprefix("/app/")).read_bytes()[10:20]


@pytest.mark.parametrize(
    ("path", "hashed"),
    [
        ("/app/static/geo/kelurahan-3275_faa6c46ccb.json", True),
        ("/base/app/static/geo/kabkota_1c4b6d7f19.json", True),
        ("/app/static/vendor/leaflet/leaflet.js", False),
        ("/app/static/geo/laporan-2025.json", False),
        ("/app/static/geo_0123456789/x.json", False),
        ("/static/js/index.DormvYxC.js", False),
        ("/app/static/kabkota_0123456789.json/../secret", False),
        ("/component/streamlit_folium.st_folium/static/js/main.521860b0.js", True),
        ("/component/streamlit_folium.st_folium/index.html", False),
    ],
)
def test_a_hash_is_known_by_its_place_in_the_name(path: str, hashed: bool) -> None:
    assert bool(HASHED_NAME.fullmatch(path)) is hashed


def http_scope(path: str, query: bytes = b"") -> Scope:
    """Return the ASGI scope of a GET that accepts gzip."""
    headers = [(b"host", b"localhost"), (b"accept-encoding", b"gzip")]
    return {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": headers}


async def nothing_more() -> Message:
    """Stand for a client that sends no body."""
    raise ClientDisconnect


@pytest.mark.parametrize("query", [b"", b"v=0123456789"])
def test_kept_files_stay_within_the_limit(query: bytes) -> None:
    async def file(scope: Scope, receive: Receive, send: Send) -> None:
        body = scope["path"].encode() * 100
        headers = [(b"cache-control", b"public, immutable"), (b"etag", b'"1"')]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def drop(message: Message) -> None:
        pass

    files = LastingFiles(file, limit=200)

    async def ask_for_many() -> None:
        for number in range(50):
            await files(http_scope(f"/app/static/a_{number:08x}.js", query), nothing_more, drop)

    asyncio.run(ask_for_many())
    assert files.size <= 200
    assert len(files.kept) == files.size // 55


def test_a_file_that_was_replaced_is_not_answered_with_what_another_hash_brought() -> None:
    content = b"old" * 500

    async def file(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"cache-control", YEAR.encode()), (b"content-length", str(len(content)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    bodies: list[bytes] = []

    async def note(message: Message) -> None:
        bodies.append(message.get("body", b""))

    files = LastingFiles(file)
    asyncio.run(files(http_scope("/app/static/map/tapal.js", b"v=0123456789"), nothing_more, note))
    assert len(files.kept) == 1
    content = b"new" * 500
    bodies.clear()
    asyncio.run(files(http_scope("/app/static/map/tapal.js", b"v=9876543210"), nothing_more, note))
    assert gzip.decompress(b"".join(bodies)) == content
    assert len(files.kept) == 1
