"""Streamlit's HTML page with what it would otherwise ask for, and the addresses that lead to a page."""

import asyncio
import gzip
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import indonesian
from web.refusals import refusal

# A page's file in pages/ is no address of its page: Streamlit would answer with a page that stays empty.
_PAGE_FILE: Final = re.compile(r"(.*)/pages/(\w+)(?:\.py)?/?")
# Streamlit serves its default page at the root alone and calls the page's own name unknown; it was two pages once.
_FIRST_PAGE: Final = re.compile(r"(.*?)/(?:pages/)?(?:beranda|ringkasan|peta)(?:\.py)?/?")

# The browser need not ask where the server is (below the page's own address first, which fails) nor which other
# sites may steer the page: none may. Without a name in that list Streamlit would ask after all.
KNOWN_FROM_THE_START: Final = (
    'window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href, '
    'HOST_CONFIG: {allowedOrigins: ["https://none.invalid"], useExternalAuthToken: false}}'
)
# The language of the page is that of the link, also when the reader changes it and only the address follows. Written
# again as it was, it would still have the browser work out the style of the whole page anew.
LANGUAGE_OF_THE_LINK: Final = (
    "(() => {const page = document.documentElement; const set = () => {"
    'const lang = new URLSearchParams(location.search).get("bahasa") === "en" ? "en" : "id"; '
    "if (page.lang !== lang) page.lang = lang}; set(); "
    'addEventListener("popstate", set); for (const name of ["pushState", "replaceState"]) {const own = history[name]; '
    "history[name] = function (...given) {own.apply(this, given); set()}}})()"
)
# Sumber & mutu showed all sections of docs/metode.md at once, each with an anchor of its own.
OLD_ANCHORS: Final = (
    *("putusan", "tetangga", "gradien", "ketimpangan", "klaster", "kebutuhan", "penduduk", "ketersediaan", "hitungan"),
    *("umur", "jarak", "akses", "damkar", "lokasi", "biaya", "waktu"),
)
SECTION_OF_AN_OLD_LINK: Final = (
    f"(() => {{const old = /^#({'|'.join(OLD_ANCHORS)})$/.exec(location.hash); const to = new URL(location.href); "
    'if (old && /\\/sumber$/.test(to.pathname)) {to.searchParams.set("metode", old[1]); to.hash = ""; '
    'history.replaceState(history.state, "", to)}})()'
)
# What the first page brings as its answer goes once the app has written anything in its place.
ANSWER_UNTIL_THE_APP: Final = (
    "new MutationObserver((_, watch) => {if (document.querySelector("
    '".stMain strong, .stMain .stAlert, .stMain .stException")) '
    '{document.querySelector(".tapal-first")?.remove(); watch.disconnect()}})'
    ".observe(document, {childList: true, subtree: true})"
)
SCRIPT: Final = ";".join((KNOWN_FROM_THE_START, SECTION_OF_AN_OLD_LINK, LANGUAGE_OF_THE_LINK, ANSWER_UNTIL_THE_APP))
# Stands where the app will, until its first script runs: too old a browser fails there and would leave an empty page.
_NOTICE: Final = (
    '<div class="tapal-notice"><h1>Tapal</h1>'
    "<p>Tapal sedang dimuat. Bila tulisan ini tidak hilang, peramban ini terlalu lama atau JavaScript-nya dimatikan: "
    "pakai Chrome, Edge, Firefox atau Safari dari tahun 2023 atau sesudahnya.</p>"
    '<p lang="en">Tapal is loading. If this text stays, this browser is too old or its JavaScript is switched off: '
    "use a Chrome, Edge, Firefox or Safari of 2023 or later.</p></div>"
)
# Addresses that answer with a page of their own, `web/accounts.py` and `web/reports.py`.
NO_PAGES: Final = frozenset({"masuk", "keluar", "lapor"})
# Below the page of drills stand the phones' own pages, `web/drill.py`.
_OF_A_DRILL: Final = re.compile(r".*/latihan/[^/]+(?:/[a-z]+)?")
_BASE: Final = f"/{streamlit.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
# From the start of the path: Streamlit would answer below any other with its page.
_OTHER: Final = re.compile(re.escape(_BASE) + r"/(?:api/v1|app/static|static|component|media|_stcore|lapor)/")
_COMMENTS: Final = re.compile(r"/\*.*?\*/|\n\s*", re.DOTALL)
_SHEET: Final = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
STYLE: Final = _COMMENTS.sub(" ", _SHEET) + indonesian.STYLE
_ROOT: Final = '<div id="root"></div>'
# The letters can wait: the script that shows the first words would come after them, and until then others stand there.
_FONT_FIRST: Final = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')
_STATIC: Final = Path(streamlit.__file__).parent / "static"
_SCRIPTS: Final = re.compile(r'<link rel="modulepreload" crossorigin href="\./(static/js/[^"]+)">')
_LARGE: Final = 100_000
"""Bytes of a script from which the line decides when it is there; for a smaller one it is the time until an answer."""
_NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


def streamlit_page() -> str:
    """Return the HTML page that Streamlit ships."""
    return (_STATIC / "index.html").read_text(encoding="utf-8")


def spread(page: str) -> str:
    """Return Streamlit's HTML page with its few large scripts evenly among the many small ones.

    A browser asks for six at a time, in this order. Several large ones at a time share the line, and leave three
    connections to fifty small ones that are hardly more than waiting.

    Parameters
    ----------
    page
        The HTML text.
    """
    links = {link[0]: (_STATIC / link[1]).stat().st_size for link in _SCRIPTS.finditer(page)}
    large = sorted((link for link in links if links[link] > _LARGE), key=lambda link: -links[link])
    order = [link for link in links if link not in large]
    step = len(order) // (len(large) + 1)
    for number, link in enumerate(large):
        order.insert((number + 1) * step + number, link)
    one_by_one = iter(order)
    return _SCRIPTS.sub(lambda _: next(one_by_one), page)


def quick_page(page: str) -> str:
    """Return Streamlit's HTML page with what the browser would else ask for, our style, and a notice for the old."""
    page = page.replace("<head>", f"<head><script>{SCRIPT}</script>", 1)
    page = page.replace("</head>", f"<style>{STYLE}</style></head>", 1)
    page = _FONT_FIRST.sub("", spread(page))
    page = page.replace(_ROOT, f'<div id="root">{_NOTICE}</div>', 1)
    return _NO_SCRIPT.sub("", page)


def led_to(path: str) -> str | None:
    """Return the path of the page that another path means; None where a path is none but its own."""
    if first := _FIRST_PAGE.fullmatch(path):
        return f"{first[1]}/"
    file = _PAGE_FILE.fullmatch(path)
    return f"{file[1]}/{file[2]}" if file else None


def asks_for_page(scope: Scope) -> bool:
    """Tell whether a request is for a page of the app, and not for a file or for Streamlit itself."""
    if scope["type"] != "http" or scope["path"].rpartition("/")[2] in NO_PAGES or _OF_A_DRILL.fullmatch(scope["path"]):
        return False
    return _OTHER.match(f"{scope['path']}/") is None


class QuickPage:
    """Send the app's HTML page, lead the addresses of page files to their pages, and say so where there is no page.

    Parameters
    ----------
    app
        What answers everything else.
    page
        The HTML page, sent in place of Streamlit's.
    names
        The last parts of the addresses of all pages but the first.
    soon
        Scripts that the first page asks for once its own run: it names them at its end, to be fetched after those.
    later
        Files that it asks for after them, by the parameters of its address: to be fetched when the line is free.
    answer
        Sentence and lighter line that it will begin with, by the parameters of its address, None where they are not
        known beforehand. They stand there, in the page itself, until the app has drawn them.
    """

    def __init__(
        self,
        app: ASGIApp,
        page: str,
        names: Collection[str],
        soon: Sequence[str] = (),
        later: Callable[[Mapping[str, str]], Sequence[str]] = lambda _: (),
        answer: Callable[[Mapping[str, str]], tuple[str, str] | None] = lambda _: None,
    ) -> None:
        self.app = app
        self.page = page.encode()
        self.soon = "".join(
            f'<link rel="modulepreload" fetchpriority="low" crossorigin href="./{file}">' for file in soon
        )
        self.later = later
        self.answer = answer
        self.names = {"", *names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not asks_for_page(scope):
            await self.app(scope, receive, send)
            return
        if target := led_to(scope["path"]):
            query = scope["query_string"].decode("latin-1")
            target += f"?{query}" if query else ""
            # One slash: two would name another host.
            await RedirectResponse("/" + target.lstrip("/\\"))(scope, receive, send)
            return
        replaced = False
        name = scope["path"].rpartition("/")[2]
        known = name in self.names
        body = self.page if name else await asyncio.to_thread(self._first, scope)
        if packs := "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            body = gzip.compress(body, mtime=0)

        async def swap(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                replaced = message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
                if replaced:
                    headers["Content-Length"] = str(len(body))
                    headers.add_vary_header("Accept-Encoding")
                    if packs:
                        headers["Content-Encoding"] = "gzip"
                    # They would speak for the file that Streamlit has.
                    del headers["etag"]
                    del headers["last-modified"]
            elif replaced:
                if message.get("more_body"):
                    return
                message = {**message, "body": body if scope["method"] == "GET" else b""}
            if known or not replaced:
                await send(message)

        bare = [(name, value) for name, value in scope["headers"] if name not in (b"accept-encoding", b"range")]
        await self.app({**scope, "headers": bare}, receive, swap)
        if replaced and not known:
            # Streamlit would open the first page and say in English that there is none of this name.
            answer = refusal(404, "Halaman ini tidak ada di Tapal.", "There is no such page in Tapal.")
            await answer(scope, receive, send)

    def _first(self, scope: Scope) -> bytes:
        """The first page with its answer and the files that it will ask for."""
        asked = QueryParams(scope["query_string"])
        links = self.soon + "".join(f'<link rel="prefetch" href="./{file}">' for file in self.later(asked))
        page = self.page.replace(b"</body>", f"{links}</body>".encode(), 1)
        if found := self.answer(asked):
            sentence, note = map(escape, found)
            first = f'<div class="tapal-first"><p><b>{sentence}</b></p><p>{note}</p></div>'
            page = page.replace(b'<div id="root">', f'{first}<div id="root">'.encode(), 1)
        return page
