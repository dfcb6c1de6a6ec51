"""Serve Tapal: Streamlit with security headers, long caching, compression done once, and a warm start.

``streamlit run server.py`` is the way for an office server. ``streamlit run app.py`` shows the same pages
without these extras.

Read from the environment: ``TAPAL_ADDRESS``, the addresses under which people reach the server, the office's own first,
as in ``https://tapal.kota.go.id, http://tapal``; ``TAPAL_METRICS=1``, which shows ``/metrics`` and Streamlit's
``/_stcore/metrics``; ``TAPAL_LOG=json``, which writes logs for programs; ``TAPAL_API_ORIGINS``, the sites whose
scripts may read ``/api/v1`` in a browser, all by default; and how often an address may do something,
``TAPAL_RATE_EXPORTS`` and others (`records.rates`).
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware

from data import national_tables
from records import database
from records.citizen_reports.working_days import days_off
from records.rates import Rate
from views.exports.files import feeds
from views.figures.mapspec import Geometry
from views.language import link_names
from views.language.words import LANGUAGES, Words
from views.link import context, office, results
from views.link.feed import Feed
from views.link.parameters import default_corridor
from views.link.results import map_file
from views.screen import account, errors
from views.screen.map_frame import asset_links, frame_files
from views.topics.accounts import form
from views.topics.agreements import screen as agreements_screen
from views.topics.citizen_reports.form import Desk
from views.topics.drill import phone
from views.topics.feed import page as feed_page
from views.topics.national import state as national_state
from views.topics.overview import words as overview_words
from web import logs, warm
from web.accounts import AccountPages
from web.admission import Admission, SaidOnce, raise_limit
from web.api.service import Feed as DataFeed
from web.assets import LastingFiles
from web.components import FRAME_PAGE, ON_FIRST_PAGE, HintedFrame, element_chunks, frame_scripts, import_component
from web.drill import DrillPages
from web.feed import feed
from web.fonts import SmallFonts
from web.headers import SecurityHeaders
from web.health import health_routes
from web.hosts import KnownHosts, host_of
from web.map_files import MapFiles
from web.messages import BoundedMessages
from web.metrics import Metrics
from web.page import QuickPage, quick_page, streamlit_page
from web.reports import ReportPages
from web.uploads import BoundedUploads
from web.widgets import forget_those_that_left

HERE = Path(__file__).parent
PAGE = quick_page(streamlit_page())
BASE = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
"""Path below which a reverse proxy shows the app; "" for none."""
ORIGINS = os.environ.get("TAPAL_API_ORIGINS", "*").replace(",", " ").split()
PAGES = [file.stem for file in (HERE / "pages").glob("*.py")]
PLACES = [
    "_stcore",
    "api",
    "app",
    "component",
    "healthz",
    "keluar",
    "lapor",
    "masuk",
    "media",
    *feeds.KINDS,
    "readyz",
    "static",
]
"""First parts of the other addresses that are answered; requests are counted by them."""
EXPORTS = Rate("EXPORTS", "240/10 minutes")
UPLOADS = Rate("UPLOADS", "240/10 minutes")
ASKED_UPLOADS = Rate("UPLOADS", "240/10 minutes")
"""The same files before they are sent, so that a page tells a refusal in words; what is sent unasked counts above."""


def _start() -> None:
    """Import the code of all pages, load the tables, and freeze both."""
    forget_those_that_left()
    import_component("streamlit_folium")
    for package in ("geo", "analysis", "open_data", "views"):
        warm.import_all(warm.modules_below(HERE / package))
    context.dataset()
    national_state.load(national_tables.shipped())
    _open_database()
    days_off()
    account.form_is_served()
    warm.leave_to_the_process()
    logging.getLogger("asyncio").addFilter(SaidOnce())
    if os.environ.get("TAPAL_LOG") == "json":
        logs.write_json()


def _open_database() -> None:
    """Bring the tables of what people write up to date; without them everything can still be read."""
    try:
        database.current().prepare()
    except (SQLAlchemyError, OSError, database.TooNewError) as error:
        logging.getLogger("tapal").error("The database cannot be used; nobody can sign in.", exc_info=error)


def _missing() -> list[str]:
    """What the server lacks to do all of its work. Tables are loaded before the first request is answered."""
    try:
        return [] if database.current().revision() == database.head() else ["database"]
    except (SQLAlchemyError, OSError):
        return ["database"]


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first request is answered."""
    await asyncio.to_thread(_start)
    yield {}


def _file(name: str, query: Mapping[str, str], root: str) -> bytes | None:
    """A file that other programs fetch, None for a border or language that there is not."""
    language = query.get(link_names.LANGUAGE, LANGUAGES[0])
    data = context.now()
    known = agreements_screen.on_record(data)
    corridor = query.get(link_names.CORRIDOR, "")
    return feeds.asked(name, data, *known, corridor, language, root, context.today())


def _first_map(query: Mapping[str, str]) -> list[str]:
    """What the map of the first page asks for, by the parameters of the page's address."""
    data = context.dataset()
    known = data.catalogue.corridors
    asked = query.get(link_names.CORRIDOR, "")
    border = known[asked if asked in known else default_corridor(data)]
    geometry = Geometry.from_manifest(data.geometry).files(border.sides)
    return [*frame_scripts("streamlit_folium"), *frame_files(), *(f"app/static/{file}" for file in geometry)]


def _first_answer(query: Mapping[str, str]) -> tuple[str, str] | None:
    """What the first page answers, by the parameters of its address; None where they choose more than the border."""
    data = context.now()
    known = data.catalogue.corridors
    corridor = query.get(link_names.CORRIDOR, "") or default_corridor(data)
    language = query.get(link_names.LANGUAGE, LANGUAGES[0])
    if {*query} - {link_names.CORRIDOR, link_names.LANGUAGE} or corridor not in known or language not in LANGUAGES:
        return None
    border = known[corridor]
    found = overview_words.answer(
        Words(language), data, border, results.border_summary(data, corridor, border.border_sets[0])
    )
    return found.sentence, found.note


app = st.App(
    "app.py",
    routes=[
        *(
            feed(f"{BASE}/{name}", media, partial(_file, name), office.addresses())
            for name, media in feeds.KINDS.items()
        ),
        *health_routes(BASE, _missing),
        *DataFeed(Feed(), feed_page.page, BASE, office.addresses(), origins=ORIGINS).routes(),
        *AccountPages(form.page, office.addresses()).routes(BASE),
        *DrillPages(phone.page, office.addresses()).routes(BASE),
        *ReportPages(Desk(context.now, context.today), office.addresses()).routes(BASE),
    ],
    middleware=[
        Middleware(SecurityHeaders, page=PAGE, frame=f"{BASE}{FRAME_PAGE}"),
        Middleware(KnownHosts, names=[host_of(urlsplit(address).netloc) for address in office.addresses()]),
        Middleware(Admission, limit=raise_limit()),
        Middleware(Metrics, shown=os.environ.get("TAPAL_METRICS") == "1", base=BASE, known=[*PAGES, *PLACES]),
        Middleware(BoundedMessages, exports=EXPORTS, uploads=ASKED_UPLOADS),
        Middleware(BoundedUploads, rate=UPLOADS),
        Middleware(LastingFiles),
        Middleware(MapFiles, find=map_file),
        Middleware(SmallFonts, folder=HERE / "static" / "vendor"),
        Middleware(
            QuickPage,
            page=PAGE,
            names=PAGES,
            soon=element_chunks(ON_FIRST_PAGE),
            later=_first_map,
            answer=_first_answer,
        ),
        Middleware(HintedFrame, links=asset_links),
    ],
    lifespan=_lifespan,
    on_script_error=errors.tell,
)

if __name__ == "__main__":
    app.run()
