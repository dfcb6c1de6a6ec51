"""The addresses ``masuk`` and ``keluar``: a plain form, a cookie with a random token, and what keeps other sites out.

All addresses in answers are relative, so that they hold below any path under which a reverse proxy shows the app.
"""

import asyncio
import hmac
import logging
import re
import secrets
from collections.abc import Collection
from typing import Final, Protocol
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from records import accounts, attempts, sign_ins
from records.permissions import READER

FORM_COOKIE: Final = "tapal_formulir"
MOST_BYTES: Final = 8_000
_MOST_FIELDS: Final = 10
# A page of the app and its parameters; nothing that could name another host or path.
_BACK: Final = re.compile(r"[a-z_]{0,40}(?:\?[\w\-.~%&=+*,:;!|@/]{0,2000})?", re.ASCII)
_LOGGER: Final = logging.getLogger("tapal.web")


class Form(Protocol):
    """Writes the page with the form."""

    def __call__(
        self, language: str, token: str, back: str, *, name: str, reason: str, minutes: int, signed_in: str
    ) -> str: ...


def safe_back(asked: str) -> str:
    """Where to go after signing in, as a relative address; the first page where this is none of the app's."""
    return asked if _BACK.fullmatch(asked) else ""


def is_foreign(request: Request, addresses: Collection[str]) -> bool:
    """Tell whether another site has sent a form, by what browsers say of where it stands."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    if origin is None:
        return False
    return origin not in addresses and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()


def is_secure(request: Request, addresses: Collection[str]) -> bool:
    """Tell whether the browser came over TLS, so that it must send the cookie over nothing else."""
    host = request.headers.get("host", "").lower()
    return request.url.scheme == "https" or any(address == f"https://{host}" for address in addresses)


async def form_of(request: Request) -> dict[str, str] | None:
    """The fields of a form; None where it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=_MOST_FIELDS, keep_blank_values=True))
    except ValueError:
        return {}


class AccountPages:
    """Sign in and out.

    Parameters
    ----------
    form
        Writes the page.
    addresses
        Under which people reach the server, each with scheme and host.
    """

    def __init__(self, form: Form, addresses: Collection[str] = ()) -> None:
        self.form = form
        self.addresses = addresses

    def routes(self, base: str = "") -> list[Route]:
        """The routes below the path under which the app stands, "" for none."""
        return [
            Route(f"{base}/masuk", self.sign_in, methods=["GET", "POST"]),
            Route(f"{base}/keluar", self.sign_out, methods=["GET", "POST"]),
        ]

    async def sign_in(self, request: Request) -> Response:
        """Show the form, or take it: a right password leads back to the page where somebody was."""
        if request.method != "POST":
            return await self._page(request, dict(request.query_params))
        checked = await self._checked(request)
        if isinstance(checked, Response):
            return checked
        name, address = accounts.name_of(checked.get("nama", "")), request.client.host if request.client else ""
        try:
            if not await asyncio.to_thread(attempts.take, name[:64], address):
                return await self._page(request, checked, 429, "often")
            token = await asyncio.to_thread(accounts.sign_in, name, checked.get("sandi", ""))
            if token is not None:
                await asyncio.to_thread(attempts.forgive, name[:64], address)
        except SQLAlchemyError as error:
            _LOGGER.error("Sign-in: the database cannot be used", exc_info=error)
            return await self._page(request, checked, 503, "closed")
        if token is None:
            return await self._page(request, checked, 403, "wrong")
        answer = self._back(checked)
        self._set_cookie(request, answer, sign_ins.COOKIE, token, int(sign_ins.LONGEST.total_seconds()))
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Show the button, or end every sign-in of the account and forget the cookie."""
        if request.method != "POST":
            return await self._page(request, dict(request.query_params))
        checked = await self._checked(request)
        if isinstance(checked, Response):
            return checked
        await asyncio.to_thread(accounts.sign_out, request.cookies.get(sign_ins.COOKIE, ""))
        answer = self._back(checked)
        self._set_cookie(request, answer, sign_ins.COOKIE, "", 0)
        return answer

    async def _checked(self, request: Request) -> dict[str, str] | Response:
        """The fields of a form that this site has made for this browser, or what to answer instead."""
        if is_foreign(request, self.addresses):
            return await self._page(request, {}, 403, "foreign")
        fields = await form_of(request)
        if fields is None:
            return await self._page(request, {}, 413, "long")
        sent, kept = fields.get("token", ""), request.cookies.get(FORM_COOKIE, "")
        if not kept or not hmac.compare_digest(sent.encode(), kept.encode()):
            return await self._page(request, fields, 403, "old")
        return fields

    async def _page(self, request: Request, fields: dict[str, str], status: int = 200, reason: str = "") -> Response:
        actor = await asyncio.to_thread(accounts.who, request.cookies.get(sign_ins.COOKIE, ""))
        token = secrets.token_urlsafe(32)
        text = self.form(
            fields.get("bahasa", ""),
            token,
            safe_back(fields.get("ke", "")),
            name=fields.get("nama", "")[:64] if request.method == "POST" else "",
            reason=reason,
            minutes=15,
            signed_in="" if actor == READER else actor.title,
        )
        answer = HTMLResponse(text, status, {"Cache-Control": "no-store"})
        if status == 429:
            answer.headers["Retry-After"] = "900"
        self._set_cookie(request, answer, FORM_COOKIE, token, 3600)
        return answer

    def _back(self, fields: dict[str, str]) -> Response:
        # Relative, and of one part: it cannot leave the app.
        return RedirectResponse(f"./{safe_back(fields.get('ke', ''))}", 303, {"Cache-Control": "no-store"})

    def _set_cookie(self, request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
        """Set a cookie for the path at which the browser sees the app: without Path it is that of the form."""
        secure = is_secure(request, self.addresses)
        answer.set_cookie(name, value, seconds, path=None, secure=secure, httponly=True, samesite="lax")
