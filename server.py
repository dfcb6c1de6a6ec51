"""Serve Tapal: Streamlit with security headers, long caching, compression done once, and a warm start.

``streamlit run server.py`` is the way for an office server. ``streamlit run app.py`` shows the same pages
without these extras.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from views.link import session
from views.screen.map_frame import asset_links
from web import warm
from web.assets import LastingFiles
from web.components import HintedFrame, import_component
from web.headers import SecurityHeaders
from web.page import QuickPage, quick_page, streamlit_page

HERE = Path(__file__).parent
PAGE = quick_page(streamlit_page())


def start() -> None:
    """Import the code of all pages, load the tables, and freeze both."""
    import_component("streamlit_folium")
    for package in ("geo", "analysis", "open_data", "views"):
        warm.import_all(warm.modules_below(HERE / package))
    session.dataset()
    warm.leave_to_the_process()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first request is answered."""
    await asyncio.to_thread(start)
    yield {}


app = st.App(
    "app.py",
    middleware=[
        Middleware(SecurityHeaders, page=PAGE),
        Middleware(LastingFiles),
        Middleware(QuickPage, page=PAGE),
        Middleware(HintedFrame, links=asset_links),
    ],
    lifespan=lifespan,
)

if __name__ == "__main__":
    app.run()
