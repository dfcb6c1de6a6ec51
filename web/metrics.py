"""Figures for Prometheus on requests and sessions: not for everybody, so only where the operator switches them on."""

import time
from collections.abc import Sequence
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# From a file that is kept to a workbook that is made.
_SECONDS: Final = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """Count requests and open sessions, and show the figures only when the operator wants that.

    ``/metrics`` holds the figures of this class, ``/_stcore/metrics`` Streamlit's own; both answer 404 unless they
    are shown. A request is counted under the first part of its path, if that is a known one: other parts may be
    secret (the number of a report) and endless.

    Parameters
    ----------
    app
        What answers everything else.
    shown
        Whether the operator wants the figures read.
    base
        Path below which the app is shown.
    known
        First parts of paths that are counted by name; every other one is counted as ``other``.
    """

    def __init__(self, app: ASGIApp, shown: bool, base: str, known: Sequence[str]) -> None:
        self.app = app
        self.shown = shown
        self.base = base
        self.known = frozenset(known)
        self.registry = CollectorRegistry()
        self.requests = Counter("tapal_requests", "Answered requests", ["place", "status"], registry=self.registry)
        self.seconds = Histogram(
            "tapal_request_seconds", "Time to answer", ["place"], buckets=_SECONDS, registry=self.registry
        )
        self.sessions = Gauge("tapal_sessions", "Open sessions of this process", registry=self.registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            with self.sessions.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].rstrip("/").endswith("/_stcore/metrics") and not self.shown:
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        elif scope["path"] == f"{self.base}/metrics":
            await self._figures()(scope, receive, send)
        else:
            await self._counted(scope, receive, send)

    def _figures(self) -> Response:
        if not self.shown:
            return PlainTextResponse("Not Found", 404)
        return Response(generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        place = self.place(scope["path"])
        status = "500"  # what a visitor gets where nothing was answered

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        started = time.perf_counter()
        try:
            await self.app(scope, receive, noted)
        finally:
            self.seconds.labels(place).observe(time.perf_counter() - started)
            self.requests.labels(place, status).inc()

    def place(self, path: str) -> str:
        """Return the first part of a path below the base, "other" for one that is not known."""
        first = path.removeprefix(self.base).strip("/").split("/", 1)[0]
        return first if first in self.known else "home" if not first else "other"
