"""Serve Tapal: Streamlit with security headers, long caching, compression done once, and a warm start.

``streamlit run server.py`` is the way for an office server. ``streamlit run app.py`` shows the same pages
without these extras.
"""

import asyncio
import base64
import gc
import gzip
import hashlib
import importlib
import logging
import pkgutil
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.components.v1.component_registry import ComponentRegistry
from streamlit.components.v1.custom_component import CustomComponent

HERE: Final = Path(__file__).parent

# What never changes under its address: a file whose name holds a hash of its content, as in
# kelurahan-3275_0123456789.json or a component's main.01234567.js, or one that is asked for by such a hash, as in
# tapal.js?v=0123456789.
HASHED_NAME: Final = re.compile(
    r"(?:/.*)?/(?:app/static/(?:[^/]+/)*[^/]*[_-]|component/(?:[^/]+/)+[^/]*\.)[0-9a-f]{8,64}\.[a-z0-9.]+"
)
HASHED_QUERY: Final = re.compile(rb"v=[0-9a-f]{8,64}")
# Text that Streamlit serves as files: its own bundle and ours.
PACKABLE: Final = re.compile(r"/static/.*\.(?:js|mjs|css|json|geojson|svg|map|txt|ttf)$")
HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?|\[[0-9A-Fa-f:]+\](?::\d+)?")
YEAR: Final = "public, max-age=31536000, immutable"
# What a session shows as a file, named by a hash of its content; no proxy may keep it. The page's icon is one: the
# browser is told of it at every run.
SESSION_FILE: Final = re.compile(r"(?:/.*)?/media/[0-9a-f]{40,64}\.(?:png|jpeg|json)")
HOUR: Final = "private, max-age=3600, immutable"
# A page's file in pages/ is no address of its page: Streamlit would answer with a page that stays empty.
PAGE_FILE: Final = re.compile(r"(.*)/pages/(\w+)(?:\.py)?/?")
# Streamlit serves its default page at the root alone and calls the page's own name unknown.
FIRST_PAGE: Final = re.compile(r"(.*?)/(?:pages/)?ringkasan(?:\.py)?/?")

STREAMLIT: Final = Path(st.__file__).parent / "static"
# The part of Streamlit's bundle that holds the map's frame. More would hold up the bundle itself.
SOON_NEEDED: Final = ("ComponentInstance",)
# The page of that frame.
FRAME_PAGE: Final = "/component/streamlit_folium.st_folium/index.html"
# The browser need not ask where the server is (below the page's own address first, which fails) nor which other
# sites may steer the page: none may. Without a name in that list Streamlit would ask after all.
KNOWN_FROM_THE_START: Final = (
    'window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href, '
    'HOST_CONFIG: {allowedOrigins: ["https://none.invalid"], useExternalAuthToken: false}}'
)


# What moves or fades, even if only after a while, makes a layer of its own, and the browser draws all layers anew, the
# map included, before it shows anything new. So what stands in for a part that is still to come does not pulse, and
# what answers at once neither fades nor shows Streamlit's running man while it is worked on. The row of controls above
# the map comes after it and finds its room kept.
STILL: Final = (
    "<style>[data-testid=stSkeleton]{animation:none!important}"
    ".st-key-seketika [data-testid=stElementContainer][data-stale=true]"
    "{transition:none!important;opacity:1!important}"
    ".stApp:has(.st-key-seketika) [data-testid=stStatusWidget]:has([data-testid=stStatusWidgetRunningIcon])"
    "{display:none}"
    ".st-key-kendali{min-height:4.25rem}@media(max-width:640px){.st-key-kendali{min-height:13rem}}</style>"
)


def inline_script_hashes(page: str) -> list[str]:
    """Return the CSP sources that allow exactly the inline scripts of an HTML page.

    Parameters
    ----------
    page
        The HTML text.

    Returns
    -------
    list of str
        One ``'sha256-...'`` per script element that has no ``src``.
    """
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def with_imports(names: Iterable[str], folder: Path) -> list[str]:
    """Return the modules of a bundle that begin with one of the names, and all that they import, each once.

    Parameters
    ----------
    names
        What stands before the hash in the file's name, as in ``Selectbox.7rsxE6LC.js``.
    folder
        Where the modules are.
    """
    found: dict[str, None] = {}
    waiting = [file.name for name in names for file in sorted(folder.glob(f"{name}.*.js"))]
    while waiting:
        name = waiting.pop(0)
        if name not in found and (folder / name).is_file():
            found[name] = None
            text = (folder / name).read_text(encoding="utf-8")
            waiting += re.findall(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""", text)
    return list(found)


def quick_page(page: str) -> str:
    """Return Streamlit's HTML page with what the browser would otherwise find out one answer after the other."""
    modules = with_imports(SOON_NEEDED, STREAMLIT / "static" / "js")
    missing = [module for module in modules if f"/{module}" not in page]
    links = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in missing)
    return page.replace("<head>", f"<head><script>{KNOWN_FROM_THE_START}</script>", 1).replace(
        "</head>", f"{links}{STILL}</head>", 1
    )


def content_security_policy(host: str, scripts: str) -> str:
    """Return the policy of one response: nothing from outside, and frames only of our own.

    Parameters
    ----------
    host
        Host and port as the browser names them; browsers differ in whether ``'self'`` covers a WebSocket.
    scripts
        What ``script-src`` allows besides ``'self'``.
    """
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
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
            "base-uri 'self'",
            "object-src 'none'",
        )
    )


PAGE: Final = quick_page((STREAMLIT / "index.html").read_text(encoding="utf-8"))


def led_to(path: str) -> str | None:
    """Return the path of the page that another path means; None where a path is none but its own."""
    if first := FIRST_PAGE.fullmatch(path):
        return f"{first[1]}/"
    file = PAGE_FILE.fullmatch(path)
    return f"{file[1]}/{file[2]}" if file else None


class QuickPage:
    """Send the HTML page as `quick_page` makes it, lead addresses of page files to their pages, and hint at the map."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.page = PAGE.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if target := led_to(path):
            query = scope["query_string"].decode("latin-1")
            target += f"?{query}" if query else ""
            # One slash: two would name another host.
            await RedirectResponse("/" + target.lstrip("/\\"))(scope, receive, send)
            return
        if path.endswith(FRAME_PAGE):
            await self.app(scope, receive, _hinting(send))
            return
        if any(part in path for part in ("/static/", "/component/", "/media/", "/_stcore/")):
            await self.app(scope, receive, send)
            return
        replaced = False

        async def swap(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                replaced = message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
                if replaced:
                    headers["Content-Length"] = str(len(self.page))
                    # They would speak for the file that Streamlit has.
                    del headers["etag"]
                    del headers["last-modified"]
            elif replaced:
                if message.get("more_body"):
                    return
                message = {**message, "body": self.page if scope["method"] == "GET" else b""}
            await send(message)

        bare = [(name, value) for name, value in scope["headers"] if name not in (b"accept-encoding", b"range")]
        await self.app({**scope, "headers": bare}, receive, swap)


def _hinting(send: Send) -> Send:
    """Wrap `send` so that the page of the map's frame names the files that its scripts will ask for."""

    async def hinted(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Link"] = importlib.import_module("views.map_frame").asset_links()
        await send(message)

    return hinted


class SecurityHeaders:
    """Send the security headers with every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Streamlit's page and ours hold inline scripts; components.v2 loads its modules from blob: addresses.
        self.page_scripts = " ".join([*inline_script_hashes(PAGE), "blob:"])
        # streamlit-folium runs the map's script with eval inside its own frame.
        self.frame_scripts = "'unsafe-inline' 'unsafe-eval' blob:"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scripts = self.frame_scripts if "/component/" in scope["path"] else self.page_scripts
        policy = content_security_policy(Headers(scope=scope).get("host", ""), scripts)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "SAMEORIGIN"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class LastingFiles:
    """Let browsers keep hashed files for a year, and compress each lasting file only once.

    Streamlit sends its own bundle as it is and packs our files anew at every request. A file that is served
    as ``immutable`` cannot change under its name, so the packed body is kept in memory, up to `limit` bytes
    in all.
    """

    def __init__(self, app: ASGIApp, limit: int = 64_000_000) -> None:
        self.app = app
        self.limit = limit
        self.kept: dict[str, list[Message]] = {}
        self.size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        lasting = "/static/" in path or SESSION_FILE.fullmatch(path)
        if scope["type"] != "http" or scope["method"] != "GET" or not lasting:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        takes_gzip = "gzip" in headers.get("accept-encoding", "") and "range" not in headers
        if not takes_gzip or not PACKABLE.search(path):
            await self.app(scope, receive, self._marking(scope, send))
            return
        messages = self.kept.get(path) if not scope["query_string"] else None
        if messages is None:
            messages = await self._pack(scope, receive)
        for message in messages:
            await send(dict(message))

    def _marking(self, scope: Scope, send: Send) -> Send:
        """Wrap `send` so that a file of ours that lasts leaves with the header that lets browsers keep it."""
        path = scope["path"]
        if SESSION_FILE.fullmatch(path):
            keep = HOUR
        elif HASHED_NAME.fullmatch(path):
            keep = YEAR
        else:
            keep = YEAR if "/app/static/" in path and HASHED_QUERY.fullmatch(scope["query_string"]) else ""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400 and keep:
                MutableHeaders(scope=message)["Cache-Control"] = keep
            await send(message)

        return marked

    async def _pack(self, scope: Scope, receive: Receive) -> list[Message]:
        """Fetch a file uncompressed, compress it if it lasts, and keep the answer."""
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        bare = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": bare}, receive, self._marking(scope, collect))
        start = messages[0]
        headers = MutableHeaders(scope=start)
        if start["status"] != 200 or "content-encoding" in headers:
            return messages
        raw = b"".join(message.get("body", b"") for message in messages[1:])
        body = await asyncio.to_thread(gzip.compress, raw, 6)
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        headers["Vary"] = "Accept-Encoding"
        # The bytes are another representation of the file, so a strong validator no longer holds.
        if headers.get("etag", "").startswith('"'):
            headers["ETag"] = "W/" + headers["etag"]
        packed: list[Message] = [start, {"type": "http.response.body", "body": body}]
        # Kept by path alone: an address that lasts only by its query is packed again each time.
        lasts = "immutable" in headers.get("cache-control", "") and not scope["query_string"]
        if lasts and self.size + len(body) <= self.limit:
            self.size += len(body)
            self.kept[scope["path"]] = packed
        return packed


def import_component(name: str) -> None:
    """Import a package of custom components before any script runs, and make its files known to the server.

    Streamlit registers a component only when a script imports it; otherwise its frame would answer 404.
    """
    logging.disable(logging.WARNING)  # that no script is running is what Streamlit would warn of
    try:
        module = importlib.import_module(name)
    finally:
        logging.disable(logging.NOTSET)
    for value in vars(module).values():
        if isinstance(value, CustomComponent):
            ComponentRegistry.instance().register_component(value)


def warm() -> None:
    """Import the house, load its tables, and take all of it out of the garbage collector's sight.

    Streamlit collects garbage after every rerun. With pandas and geopandas imported that costs about 90 ms
    under the GIL, for objects that live as long as the process; frozen, they are not walked again.
    """
    import_component("streamlit_folium")
    for package in ("analysis", "views"):
        for module in pkgutil.iter_modules([str(HERE / package)]):
            importlib.import_module(f"{package}.{module.name}")
    importlib.import_module("views.session").dataset()
    gc.collect()
    gc.freeze()


def warm_later() -> None:
    """Import what only some pages need and what takes seconds: the solver of joint sites, and what draws on paper."""
    for name in ("spopt.locate", "views.exports.deck", "views.exports.brief", "views.exports.workbook"):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first request is answered, so that a healthy server is also a quick one."""
    await asyncio.to_thread(warm)
    rest = asyncio.create_task(asyncio.to_thread(warm_later))
    yield {}
    await rest


app = st.App(
    "app.py",
    middleware=[Middleware(SecurityHeaders), Middleware(LastingFiles), Middleware(QuickPage)],
    lifespan=lifespan,
)

if __name__ == "__main__":
    app.run()
