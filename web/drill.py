"""The phones of a drill: a page below ``latihan/``, and what it asks and sends, without an account and without cookies.

Nothing of a drill is kept in the memory of the process: several may serve the same one, and any may be restarted.
What is counted here against guessing of codes is, so that a restart forgets it and every process counts for itself.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Final, Protocol

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from records.drills import taking_part
from records.drills.taking_part import OverError, RefusedError, UnknownDrillError
from records.models import now
from records.rates import network
from records.sign_ins import hashed
from web.accounts import is_foreign
from web.hosts import address_of
from web.refusals import refusal

JOIN: Final = "gabung"
"""In the place of a code: the page asks for it."""
MOST_BYTES: Final = 32_000
KEY: Final = "x-tapal-peserta"
_STATIC: Final = Path(__file__).parents[1] / "static" / "drill"
_LOGGER: Final = logging.getLogger("tapal.web")


class Page(Protocol):
    """Writes the page of the phones."""

    def __call__(self, language: str, code: str, version: str) -> str: ...


class Guesses:
    """Counts wrong codes by address, and what one phone sends."""

    WRONG: Final[RateLimitItem] = RateLimitItemPerMinute(20, 15, "wrong code")
    """From one address, which a whole office may share."""
    JOINED: Final[RateLimitItem] = RateLimitItemPerMinute(120, 15, "joined")
    """Phones that join from one address."""
    ASKED: Final[RateLimitItem] = RateLimitItemPerMinute(600, 1, "asked")
    """From one phone; it asks once a second."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def closed(self, address: str) -> bool:
        """Tell whether too many wrong codes have come from an address."""
        return not self._limiter.test(self.WRONG, network(address))

    def wrong(self, address: str) -> bool:
        """Count a wrong code; False when there were too many."""
        return self._limiter.hit(self.WRONG, network(address))

    def joins(self, address: str) -> bool:
        """Count a phone that joins; False when there were too many."""
        return self._limiter.hit(self.JOINED, network(address))

    def asks(self, key: str) -> bool:
        """Count a request of a phone; False when there were too many."""
        return self._limiter.hit(self.ASKED, hashed(key[:64]))


def milliseconds() -> int:
    """The server's clock."""
    return time.time_ns() // 1_000_000


def version() -> str:
    """Ten hexadecimal digits that change with script and style of the page, so that browsers may keep them."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(_STATIC.iterdir()))).hexdigest()[:10]


async def sent_by(request: Request) -> dict[str, Any] | None:
    """The JSON object of a request; None where it is none, or too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


class DrillPages:
    """The page of the phones, and its three addresses: ``isi`` (the log), ``ikut`` (join) and ``tekan`` (press).

    Parameters
    ----------
    page
        Writes the page.
    addresses
        Under which people reach the server, each with scheme and host.
    """

    def __init__(self, page: Page, addresses: Collection[str] = ()) -> None:
        self.page = page
        self.addresses = addresses
        self.guesses = Guesses()
        self.version = version()

    def routes(self, base: str = "") -> list[Route]:
        """The routes below the path under which the app stands, "" for none."""
        here = f"{base}/latihan/{{code}}"
        return [
            Route(here, self.show),
            Route(f"{here}/isi", self.log),
            Route(f"{here}/ikut", self.join, methods=["POST"]),
            Route(f"{here}/tekan", self.press, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The page; it is the same for every code, so that it tells nobody whether there is such a drill."""
        asked = request.path_params["code"]
        code = "" if asked == JOIN else taking_part.code_as_kept(asked)
        if not code and asked != JOIN:
            return refusal(404, "Ini bukan kode latihan.", "This is no code of a drill.")
        text = self.page(request.query_params.get("bahasa", ""), code, self.version)
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    async def log(self, request: Request) -> Response:
        """What was pressed after ``sejak``; without a key what a phone must know to join."""
        code, key, asked = request.path_params["code"], request.headers.get(KEY, ""), request.query_params.get("sejak")
        number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 10 else 0

        def answer() -> dict[str, Any]:
            view = taking_part.since(code, key, number) if key else taking_part.look(code, now())
            sent = taking_part.as_sent(view)
            return sent if asked else {**sent, **taking_part.described(view.drill)}

        return await self._answered(request, key, answer)

    async def join(self, request: Request) -> Response:
        """Join a drill."""
        code = request.path_params["code"]

        def answer(sent: dict[str, Any]) -> dict[str, Any]:
            texts = {name: sent.get(name, "") for name in ("key", "side", "post", "name")}
            room = sent.get("room", False)
            if not all(isinstance(text, str) for text in texts.values()) or not isinstance(room, bool):
                raise RefusedError("form")
            if not self.guesses.joins(address_of(request)):
                raise RefusedError("often")
            taking_part.join(code, room=room, now=now(), **texts)
            return {}

        return await self._taken(request, "", answer)

    async def press(self, request: Request) -> Response:
        """Write presses down; the answer comes when they are in the database."""
        code, key = request.path_params["code"], request.headers.get(KEY, "")

        def answer(sent: dict[str, Any]) -> dict[str, Any]:
            presses = sent.get("presses")
            if not isinstance(presses, list):
                raise RefusedError("form")
            return {"presses": taking_part.press(code, key, presses, now())}

        return await self._taken(request, key, answer)

    async def _taken(self, request: Request, key: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Response:
        """Answer what was sent as JSON by this site's own page."""
        start = milliseconds()
        if is_foreign(request, self.addresses):
            return _said(403, start, reason="foreign")
        sent = await sent_by(request)
        if sent is None:
            return _said(400, start, reason="form")
        return await self._answered(request, key, lambda: answer(sent), start)

    async def _answered(
        self, request: Request, key: str, answer: Callable[[], dict[str, Any]], start: int | None = None
    ) -> Response:
        """Work an answer out, or say why there is none."""
        start, address = milliseconds() if start is None else start, address_of(request)
        if (key and not self.guesses.asks(key)) or (not key and self.guesses.closed(address)):
            return _said(429, start, reason="often")
        try:
            return _said(200, start, **await run_in_threadpool(answer))
        except UnknownDrillError:
            often = not self.guesses.wrong(address)
            return _said(429 if often else 404, start, reason="often" if often else "unknown")
        except OverError:
            return _said(410, start, reason="over")
        except RefusedError as error:
            return _said(429 if error.reason == "often" else 422, start, reason=error.reason)
        except SQLAlchemyError as error:
            _LOGGER.error("A drill: the database cannot be used", exc_info=error)
            return _said(503, start, reason="closed")


def _said(status: int, start: int, **more: Any) -> JSONResponse:
    """An answer with the server's clock at its beginning and end, by which the phone measures its own."""
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "900"} if status == 429 else {})
    return JSONResponse({**more, "t1": start, "t2": milliseconds()}, status, headers)
