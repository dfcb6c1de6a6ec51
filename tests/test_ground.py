"""The ground that the house stands on: what the server sends, and colours that everybody can read."""

import asyncio
import gzip
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest
import streamlit
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

import server
from tests.serving import serve

ROOT = Path(__file__).parent.parent
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


class Answer:
    """Status, headers and body of one HTTP answer, the body as it travelled."""

    def __init__(self, address: str, **headers: str) -> None:
        with urlopen(Request(address, headers=headers), timeout=30) as response:  # loopback only, see no_network
            self.status = response.status
            self.headers = {name.lower(): value for name, value in response.getheaders()}
            self.body = response.read()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The app, served as `make run` serves it."""
    with serve("server.py") as found:
        yield found


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


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/app/static/none.json", "/component/none/index.html"])
def test_every_answer_carries_the_security_headers(address: str, path: str) -> None:
    request = Request(address + path)
    try:
        with urlopen(request, timeout=30) as response:
            headers = response.headers
    except OSError as refused:
        headers = refused.headers  # type: ignore[attr-defined]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]


def test_the_policy_names_no_other_machine(address: str) -> None:
    host = address.removeprefix("http://")
    policy = Answer(address + "/").headers["content-security-policy"]
    words = {word for rule in policy.split("; ") for word in rule.split()[1:]}
    addresses = {word for word in words if "." in word or "*" in word or word in {"http:", "https:", "ws:", "wss:"}}
    assert addresses == {f"ws://{host}", f"wss://{host}"}


def test_eval_is_left_to_the_frame_of_the_map(address: str) -> None:
    page = Answer(address + "/").headers["content-security-policy"]
    frame = Answer(address + "/component/streamlit_folium.st_folium/index.html").headers["content-security-policy"]
    assert "unsafe-eval" not in page
    assert "'unsafe-inline'" not in next(rule for rule in page.split("; ") if rule.startswith("script-src"))
    assert "'unsafe-eval'" in frame


@pytest.mark.parametrize("host", ["evil.example; script-src *", "a b", "", "x'y", "evil\t.example"])
def test_a_made_up_host_adds_nothing_to_the_policy(host: str) -> None:
    assert server.content_security_policy(host, "") == server.content_security_policy("", "")


def test_the_bundle_travels_compressed_and_stays_a_year(address: str, bundle: str) -> None:
    plain = Answer(address + bundle)
    packed = Answer(address + bundle, **{"Accept-Encoding": "gzip"})
    again = Answer(address + bundle, **{"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert (again.body, again.headers["etag"]) == (packed.body, packed.headers["etag"])
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "immutable" in packed.headers["cache-control"]
    assert packed.headers["vary"] == "Accept-Encoding"


def test_geometry_stays_a_year_and_travels_compressed(address: str, geometry: str) -> None:
    plain = Answer(address + geometry)
    packed = Answer(address + geometry, **{"Accept-Encoding": "gzip"})
    for answer in (plain, packed):
        assert answer.headers["cache-control"] == server.YEAR
        assert answer.headers["content-type"] == "application/json"
    assert gzip.decompress(packed.body) == plain.body == (ROOT / geometry.removeprefix("/app/")).read_bytes()


def test_what_is_asked_for_by_its_hash_stays_a_year(address: str) -> None:
    script = address + "/app/static/map/tapal.js"
    assert Answer(script + "?v=0123456789").headers["cache-control"] == server.YEAR
    for unhashed in ("", "?v=1", "?v=latest", "?w=0123456789"):
        assert "immutable" not in Answer(script + unhashed).headers.get("cache-control", "")
    assert Answer(script).headers["content-type"].startswith(("application/javascript", "text/javascript"))


def test_a_range_is_answered_as_asked(address: str, geometry: str) -> None:
    part = Answer(address + geometry, **{"Accept-Encoding": "gzip", "Range": "bytes=10-19"})
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
    assert bool(server.HASHED_NAME.fullmatch(path)) is hashed


def test_the_page_knows_its_server_and_the_modules_it_needs_soon(address: str) -> None:
    page = Answer(address + "/peta?koridor=semua")
    text = page.body.decode()
    assert len(page.body) == int(page.headers["content-length"])
    assert text.index(server.KNOWN_FROM_THE_START) < text.index('<script type="module"')
    for script in server.inline_script_hashes(text):
        assert script in page.headers["content-security-policy"]
    for name in server.SOON_NEEDED:
        assert f'modulepreload" crossorigin href="./static/js/{name}.' in text


def test_the_frame_of_the_map_names_the_files_that_it_will_ask_for(address: str) -> None:
    frame = address + server.FRAME_PAGE
    links = re.findall(r"<([^>]+)>; rel=preload; as=(script|style)", Answer(frame).headers["link"])
    assert len(links) == 4
    for link, kind in links:
        file = Answer(urljoin(frame, link))
        assert file.status == 200
        assert {"script": "javascript", "style": "css"}[kind] in file.headers["content-type"]
        assert "immutable" in file.headers["cache-control"]


def test_the_address_of_a_page_file_leads_to_its_page(address: str) -> None:
    with urlopen(address + "/pages/peta.py?koridor=semua", timeout=30) as response:
        assert response.url == address + "/peta?koridor=semua"


@pytest.mark.parametrize("path", ["/ringkasan", "/ringkasan/", "/pages/ringkasan.py"])
def test_the_name_of_the_first_page_leads_to_the_root(address: str, path: str) -> None:
    with urlopen(address + path + "?koridor=semua", timeout=30) as response:
        assert response.url == address + "/?koridor=semua"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/tapal/ringkasan", "/tapal/"),
        ("/tapal/pages/peta.py", "/tapal/peta"),
        ("/ringkasan_lain", None),
        ("/peta", None),
        ("/", None),
    ],
)
def test_a_page_below_another_address_stays_there(path: str, page: str | None) -> None:
    assert server.led_to(path) == page


def test_modules_come_with_what_they_import_each_once(tmp_path: Path) -> None:
    (tmp_path / "Map.0a.js").write_text('import{a as b}from"./base.1b.js";import"./far.2c.js";')
    (tmp_path / "base.1b.js").write_text('export{x}from"./Map.0a.js";import y from"react"')
    (tmp_path / "other.3d.js").write_text("")
    assert server.with_imports(["Map", "None"], tmp_path) == ["Map.0a.js", "base.1b.js"]


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
        headers = [(b"cache-control", b"public, immutable"), (b"etag", b'"1"')]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": scope["path"].encode() * 100})

    async def drop(message: Message) -> None:
        pass

    files = server.LastingFiles(file, limit=200)

    async def ask_for_many() -> None:
        for number in range(50):
            await files(http_scope(f"/app/static/a_{number:08x}.js", query), nothing_more, drop)

    asyncio.run(ask_for_many())
    assert files.size <= 200
    assert len(files.kept) == (0 if query else files.size // 55)


def test_only_inline_scripts_get_a_hash() -> None:
    page = '<script src="a.js"></script><script>one()</script><script type="module" src="b.js"></script>'
    assert server.inline_script_hashes(page) == ["'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_controls_can_be_read(theme: str) -> None:
    colours = CONFIG["theme"][theme]
    for ground in (colours["backgroundColor"], colours["secondaryBackgroundColor"]):
        assert contrast(colours["textColor"], ground) >= 7
        assert contrast(colours["linkColor"], ground) >= 4.5
        assert contrast(colours["primaryColor"], ground) >= 4.5, "the chosen one of several is written in it"
        assert contrast(colours["borderColor"], ground) >= 3


def test_nothing_is_written_on_the_accent() -> None:
    # Streamlit writes white on it in both themes, which cannot be read on the light accent of the dark one.
    for folder in ("pages", "views"):
        for path in (ROOT / folder).glob("*.py"):
            assert 'type="primary"' not in path.read_text(encoding="utf-8"), path.name


def test_the_server_keeps_its_protections() -> None:
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["server"]["enableCORS"] is True
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "viewer"
    assert CONFIG["server"]["maxUploadSize"] <= 20
