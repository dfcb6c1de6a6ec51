"""The addresses ``lapor`` and ``lapor/TICKET``: a plain form for residents, who have no account and need no script.

The server keeps nothing of a form that is open. It has two random numbers: a token that is also in a cookie of the
browser, so that no other site can send it, and its own name, by which it counts once however often it is sent.
All addresses in answers are relative.
"""

import asyncio
import hmac
import logging
import re
import secrets
from collections.abc import AsyncGenerator, Collection, Mapping
from typing import Any, Final, Protocol

from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from records.citizen_reports import photos, reading, store
from records.citizen_reports.entries import ReportError
from records.citizen_reports.pace import Pace
from records.database import ConflictError
from web.accounts import form_of, is_foreign, is_secure
from web.hosts import address_of
from web.refusals import refusal

COOKIE: Final = "tapal_lapor"
MOST_BYTES: Final = photos.MOST_BYTES + 200_000
_DRAINED: Final = 40_000_000
_HEAD: Final = 100_000
_MOST_FIELDS: Final = 12
_MOST_AT_ONCE: Final = 20
_MOST_PHOTOS_WAITING: Final = 6
_DAY_S: Final = 86_400
_RANDOM: Final = re.compile(r"[\w-]{43}", re.ASCII)
_BOUNDARY: Final = re.compile(r'boundary="?([^";,\s]{1,100})"?')
_LOGGER: Final = logging.getLogger("tapal.web")


class Desk(Protocol):
    """Writes the pages and finds the place of a report."""

    def place(self, fields: Mapping[str, str]) -> tuple[str, tuple[float, float] | None]:
        """The kelurahan and the point that a form names."""

    def form(
        self, fields: Mapping[str, str], *, token: str, form: str, wrong: ReportError | None = None, told: str = ""
    ) -> str:
        """The form, with everything that was typed before.

        Parameters
        ----------
        fields
            Of the link, or of the form that was sent.
        token
            Names the browser, so that no other site can send the form.
        form
            Names the form, so that it counts once.
        wrong
            What cannot be taken, None for nothing.
        told
            Why nothing was taken: old, foreign, long, often, day, closed or ticket; "" for no reason.
        """

    def ticket(
        self,
        language: str,
        ticket: str,
        report: Any,
        first: Any,
        photo: bytes,
        *,
        sent: str = "",
        wrong: ReportError | None = None,
        typed: str = "",
        told: str = "",
    ) -> str:
        """What has become of a report.

        Parameters
        ----------
        language
            As the link asks for it, which may be none that there is.
        ticket
            Number of the report.
        report, first
            The report, and the earlier one that tells the same, or itself.
        photo
            That the resident sent, empty for none.
        sent
            After a form was sent: baru, sama or lain where the same form had been sent before, balas after a reply.
        wrong, typed
            What cannot be taken of a reply, and the reply.
        told
            Why a reply was not taken: foreign, long, step, conflict, often or closed; "" for no reason.
        """


class _TooLongError(Exception):
    """More is sent than a form may hold."""


class ReportPages:
    """Take in reports and show what became of them.

    Parameters
    ----------
    desk
        Writes the pages.
    addresses
        Under which people reach the server, each with scheme and host.
    """

    def __init__(self, desk: Desk, addresses: Collection[str] = ()) -> None:
        self.desk = desk
        self.addresses = addresses
        self.pace = Pace()
        self.open_forms = 0
        self.photos_waiting = 0
        # One at a time: files that an office brings are read by the same two child processes.
        self.one_photo = asyncio.Semaphore(1)

    def routes(self, base: str = "") -> list[Route]:
        """The routes below the path under which the app stands, "" for none."""
        return [
            Route(f"{base}/lapor", self.form, methods=["GET", "POST"]),
            Route(f"{base}/lapor/{{ticket}}", self.ticket, methods=["GET", "POST"]),
        ]

    async def form(self, request: Request) -> Response:
        """Show the form, lead to a ticket, or take a report."""
        if request.method != "POST":
            fields = dict(request.query_params)
            if fields.get("tiket"):
                ticket = store.typed_ticket(fields["tiket"])
                if ticket and await self._found(ticket):
                    return _to(f"lapor/{ticket}", fields)
                return self._form(request, fields, 404, told="ticket")
            return self._form(request, fields)
        if not self.pace.may_send(address_of(request)):
            return await _slowed(request)
        if self.open_forms >= _MOST_AT_ONCE:
            return await _slowed(request, 30)
        self.open_forms += 1
        try:
            return await self._sent(request)
        except ClientDisconnect:
            # The telephone lost its connection: nothing is stored, and it sends the same form again.
            return Response(status_code=400)
        finally:
            self.open_forms -= 1

    async def _sent(self, request: Request) -> Response:
        if is_foreign(request, self.addresses):
            return self._form(request, {}, 403, told="foreign")
        try:
            form = await _parsed(request.headers, _bounded(request, head := bytearray()))
        except _TooLongError:
            await _drained(request)
            return self._form(request, await _fields_of(request.headers, head), 413, told="long")
        except MultiPartException:
            return self._form(request, {}, 400, told="old")
        try:
            fields = _texts(form)
            sent, kept = fields.get("token", ""), request.cookies.get(COOKIE, "")
            if not _RANDOM.fullmatch(kept) or not hmac.compare_digest(sent.encode(), kept.encode()):
                return self._form(request, fields, 403, told="old")
            photo = form.get("foto")
            content = await photo.read() if isinstance(photo, UploadFile) else b""
        finally:
            await form.close()
        return await self._taken(request, fields, content)

    async def _taken(self, request: Request, fields: dict[str, str], content: bytes) -> Response:
        """Store a report and lead to its ticket."""
        form = fields.get("kiriman", "")
        if not _RANDOM.fullmatch(form):
            return self._form(request, fields, 403, told="old")
        try:
            kode, at = self.desk.place(fields)
            values = {"kode": kode, "point": at, "sector": fields.get("bidang", ""), "text": fields.get("isi", "")}
            store.checked(values)
            ticket = store.ticket_of(form)
            if not await self._found(ticket):
                # A photo is only read once all else is right, and what came before is not counted again.
                told = await asyncio.to_thread(self.pace.may_report, address_of(request))
                if told:
                    return self._form(request, fields, 429, told=told)
                content = await self._photo(content) if content else b""
            received = await asyncio.to_thread(store.receive, form, values, content)
        except ReportError as error:
            return self._form(request, fields, 503 if error.reason == "busy" else 422, wrong=error)
        except SQLAlchemyError as error:
            _LOGGER.error("A report: the database cannot be used", exc_info=error)
            return self._form(request, fields, 503, told="closed")
        sent = "baru" if received.new else "sama" if received.same else "lain"
        return _to(f"lapor/{ticket}", fields | {"terkirim": sent})

    async def _photo(self, content: bytes) -> bytes:
        if self.photos_waiting >= _MOST_PHOTOS_WAITING:
            raise ReportError("photo", "busy")
        self.photos_waiting += 1
        try:
            async with self.one_photo:
                return await asyncio.to_thread(photos.kept, content)
        finally:
            self.photos_waiting -= 1

    async def ticket(self, request: Request) -> Response:
        """Show what became of a report, or take a reply to its answer."""
        typed = request.path_params["ticket"]
        ticket = store.typed_ticket(typed)
        fields = dict(request.query_params)
        try:
            found = await asyncio.to_thread(reading.of_ticket, ticket) if ticket else None
        except SQLAlchemyError as error:
            _LOGGER.error("A ticket: the database cannot be used", exc_info=error)
            return refusal(503, "Basis data sedang tidak dapat dibuka.", "The database cannot be opened now.")
        if found is None:
            return refusal(404, "Nomor tiket ini tidak ditemukan.", "There is no report with this ticket number.")
        more: dict[str, Any] = {}
        status = 200
        if request.method == "POST":
            status, fields, more = await self._reply(request, ticket)
            if status == 200:
                return _to(f"./{ticket}", fields | {"terkirim": "balas"})
            found = await asyncio.to_thread(reading.of_ticket, ticket) or found
        sent = fields.get("terkirim", "")
        if sent in ("baru", "sama", "lain", "balas") and request.method != "POST":
            more["sent"] = sent
        photo = await asyncio.to_thread(reading.photo_of_ticket, ticket)
        text = self.desk.ticket(fields.get("bahasa", ""), ticket, *found, photo, **more)
        return HTMLResponse(text, status, {"Cache-Control": "no-store"})

    async def _reply(self, request: Request, ticket: str) -> tuple[int, dict[str, str], dict[str, Any]]:
        """Status, fields, and what to say of a reply; who knows the ticket number may reply."""
        if not self.pace.may_send(address_of(request)):
            return 429, {}, {"told": "often"}
        if is_foreign(request, self.addresses):
            return 403, {}, {"told": "foreign"}
        fields = await form_of(request)
        if fields is None:
            return 413, {}, {"told": "long"}
        text = fields.get("balas", "")
        try:
            await asyncio.to_thread(store.reply, ticket, text)
        except ReportError as error:
            return 422, fields, {"wrong": error, "typed": text}
        except ConflictError:
            return 409, fields, {"told": "conflict", "typed": text}
        except ValueError:
            return 409, fields, {"told": "step", "typed": text}
        except SQLAlchemyError as error:
            _LOGGER.error("A reply: the database cannot be used", exc_info=error)
            return 503, fields, {"told": "closed", "typed": text}
        return 200, fields, {}

    async def _found(self, ticket: str) -> bool:
        try:
            return await asyncio.to_thread(reading.of_ticket, ticket) is not None
        except SQLAlchemyError:
            return False

    def _form(
        self,
        request: Request,
        fields: dict[str, str],
        status: int = 200,
        *,
        wrong: ReportError | None = None,
        told: str = "",
    ) -> Response:
        kept, form = request.cookies.get(COOKIE, ""), fields.get("kiriman", "")
        token = kept if _RANDOM.fullmatch(kept) else secrets.token_urlsafe(32)
        form = form if request.method == "POST" and _RANDOM.fullmatch(form) else store.new_form()
        text = self.desk.form(fields, token=token, form=form, wrong=wrong, told=told)
        # Kept by the browser of this person, who may go back to it after a lost connection; never by a proxy.
        answer = HTMLResponse(text, status, {"Cache-Control": "private, no-cache"})
        if status == 429:
            answer.headers["Retry-After"] = "3600"
        if token != kept:
            secure = is_secure(request, self.addresses)
            answer.set_cookie(COOKIE, token, _DAY_S, path=None, secure=secure, httponly=True, samesite="lax")
        return answer


def _to(where: str, fields: Mapping[str, str]) -> Response:
    asked = "en" if fields.get("bahasa") == "en" else "id"
    sent = fields.get("terkirim", "")
    more = f"&terkirim={sent}" if sent in ("baru", "sama", "lain", "balas") else ""
    return RedirectResponse(f"{where}?bahasa={asked}{more}", 303, {"Cache-Control": "no-store"})


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _slowed(request: Request, seconds: int = 600) -> Response:
    """Refuse a form without reading it; a short one is read to its end, so that its browser shows why."""
    if request.headers.get("content-length", "").isdecimal() and int(request.headers["content-length"]) <= _HEAD:
        await _drained(request)
    answer = refusal(
        429,
        "Terlalu banyak laporan dari jaringan ini. Tunggu beberapa menit, kembali ke formulir, lalu kirim lagi.",
        "Too many reports from this network. Wait some minutes, go back to the form and send it again.",
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer


async def _bounded(request: Request, head: bytearray) -> AsyncGenerator[bytes, None]:
    """What is sent, as far as a form may go; its beginning, where all that was typed stands, is kept besides."""
    size = 0
    async for part in request.stream():
        size += len(part)
        head += part[: max(0, _HEAD - len(head))]
        if size > MOST_BYTES:
            raise _TooLongError
        yield part


async def _drained(request: Request) -> None:
    """Drop what is still coming, within reason: a browser that is interrupted would show no answer."""
    size = 0
    try:
        while size < _DRAINED:
            message = await request.receive()
            size += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body"):
                return
    except ClientDisconnect:
        return


async def _parsed(headers: Headers, stream: AsyncGenerator[bytes, None]) -> FormData:
    """The fields and the file of a form.

    Raises
    ------
    MultiPartException
        It is no form of ours.
    """
    if not headers.get("content-type", "").startswith("multipart/form-data"):
        raise MultiPartException("no form with a file")
    try:
        parser = MultiPartParser(headers, stream, max_files=1, max_fields=_MOST_FIELDS, max_part_size=_HEAD)
        return await parser.parse()
    except (KeyError, ValueError) as error:
        raise MultiPartException("damaged") from error


async def _fields_of(headers: Headers, head: bytearray) -> dict[str, str]:
    """What was typed into a form whose file is too long: it stands before the file, which is cut off here."""
    boundary = _BOUNDARY.search(headers.get("content-type", ""))
    if boundary is None:
        return {}

    async def beginning() -> AsyncGenerator[bytes, None]:
        yield bytes(head) + f"\r\n--{boundary[1]}--\r\n".encode()

    try:
        form = await _parsed(headers, beginning())
    except MultiPartException:
        return {}
    await form.close()
    return _texts(form)
