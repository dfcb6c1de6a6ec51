"""OGC API Features below ``api/v1``: routes, refusals, addresses, and what every answer carries."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from web.api import asking, describing, kept, writing
from web.api.contract import Collection as Entry
from web.api.contract import Holdings, RefusedError, State
from web.feed import root_of
from web.hosts import address_of

PLACE: Final = "/api/v1"
_LOGGER: Final = logging.getLogger("tapal.web")


class Feed:
    """The feed as a part of the server.

    Parameters
    ----------
    holdings
        What is served.
    page
        Writes the page that explains the feed, for a language.
    base
        Path under which the app stands, "" for none.
    addresses
        Under which people reach the server, each with scheme and host.
    usual
        How much one address may ask for unless the operator says otherwise.
    origins
        Sites whose scripts may read the feed in a browser.
    """

    def __init__(
        self,
        holdings: Holdings,
        page: Callable[[str], str],
        base: str = "",
        addresses: Collection[str] = (),
        usual: str = kept.USUAL,
        origins: Sequence[str] = ("*",),
    ) -> None:
        self.holdings = holdings
        self.page = page
        self.path = f"{base}{PLACE}"
        self.addresses = addresses
        self.workshop = kept.Workshop()
        self.pace = kept.Pace(usual)
        self.app = self._app(origins)
        self._openapi: kept.Answer | None = None

    def routes(self) -> list[BaseRoute]:
        """The routes of the feed."""
        return [_Door(self.app, self.path)]

    def _app(self, origins: Sequence[str]) -> FastAPI:
        # The document is written for OpenAPI 3.0 by `_described`; no page of FastAPI is served, for it asks a CDN.
        app = FastAPI(title=describing.TITLE, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match"],
            expose_headers=["ETag", "Link", "Retry-After"],
        )
        handlers: dict[Any, Any] = {
            RefusedError: _refused,
            RequestValidationError: _invalid,
            HTTPException: _http,
            Exception: _broken,
        }
        for kind, handler in handlers.items():
            app.add_exception_handler(kind, handler)

        def add(
            path: str, end: Callable[..., Any], model: type[BaseModel], responses: Any, name: str, text: str
        ) -> None:
            # The model is known only here, so it is named by hand where FastAPI looks for it.
            end.__annotations__["asked"] = Annotated[model, Query()]
            more = {"response_class": Response, "response_model": None, "responses": responses, "summary": text}
            app.add_api_route(path, end, methods=["GET"], operation_id=name, **more)

        for path, name, make in (
            ("/", "landing", lambda root: describing.landing(root)),
            ("/conformance", "conformance", lambda _: describing.conformance()),
        ):
            add(path, self._fixed(name, make), asking.Document, describing.of_document(name), name, name)
        everything = list(self.holdings.collections.values())
        of = describing.of_document
        add(
            "/collections",
            self._described_all(everything),
            asking.Document,
            of("collections"),
            "collections",
            "Koleksi",
        )
        for entry in everything:
            here, title = f"/collections/{entry.id}", entry.title.id
            add(here, self._described_one(entry), asking.Document, of("collection"), f"describe_{entry.id}", title)
            rows = describing.of_rows(entry)
            add(f"{here}/items", self._rows(entry), asking.parameters_of(entry), rows, f"items_{entry.id}", title)
            model = asking.OneVersionedRow if entry.versioned else asking.OneRow
            add(
                f"{here}/items/{{featureId}}",
                self._row(entry),
                model,
                describing.of_row(entry),
                f"item_{entry.id}",
                title,
            )
        app.add_api_route("/openapi.json", self._document, include_in_schema=False)
        app.add_api_route("/docs", self._page, include_in_schema=False)
        return app

    def _fixed(self, name: str, make: Callable[[str], Any]) -> Callable[..., Any]:
        async def end(request: Request, asked: Any) -> Response:
            self._asked(request)
            asking.document_accepted(request.headers.get("accept", ""), asked.f)
            root = self._root(request)
            return self._sent(request, kept.answer(writing.document(make(root)), _typed("application/json")))

        return end

    def _described_all(self, entries: list[Entry]) -> Callable[..., Any]:
        async def end(request: Request, asked: Any) -> Response:
            self._asked(request)
            asking.document_accepted(request.headers.get("accept", ""), asked.f)
            root = self._root(request)
            states = [await self._state(entry.id) for entry in entries]

            def make() -> kept.Answer:
                both = zip(entries, states, strict=True)
                found = [describing.collection(root, entry, state.rows) for entry, state in both]
                return kept.answer(writing.document(describing.collections(root, found)), _typed("application/json"))

            return self._sent(request, await self.workshop.made(f"{root} {[s.key for s in states]}", make))

        return end

    def _described_one(self, entry: Entry) -> Callable[..., Any]:
        async def end(request: Request, asked: Any) -> Response:
            self._asked(request)
            asking.document_accepted(request.headers.get("accept", ""), asked.f)
            root, state = self._root(request), await self._state(entry.id)

            def make() -> kept.Answer:
                found = describing.collection(root, entry, state.rows)
                return kept.answer(writing.document(found), _typed("application/json"))

            return self._sent(request, await self.workshop.made(f"{root} {state.key}", make))

        return end

    def _rows(self, entry: Entry) -> Callable[..., Any]:
        async def end(request: Request, asked: Any) -> Response:
            self._asked(request)
            form = asking.format_of(request.headers.get("accept", ""), asked.f)
            # What cannot be understood is refused before anything is made.
            for text, read in ((asked.bbox, asking.box_of), (asked.datetime, asking.years_of)):
                if text is not None:
                    read(text)
            state = await self._state(entry.id, getattr(asked, "per", None))
            snapshot = kept.short(state.key)
            if asked.snapshot not in (None, snapshot):
                raise RefusedError(
                    409,
                    "Data berubah sejak halaman pertama dibaca. Mulai lagi dari halaman pertama.",
                    "The data have changed since the first page was read. Begin again with the first page.",
                )
            root, address = self._root(request), address_of(request)
            wanted = {name: value for name, value in asked.model_dump(mode="json").items() if value is not None}
            here = f"{root}/collections/{entry.id}/items"
            key = f"{here} {state.key} {form} {sorted(wanted.items())}"
            return self._sent(
                request,
                await self.workshop.made(key, lambda: self._page_of(entry, state, asked, form, here, wanted, address)),
            )

        return end

    def _page_of(
        self, entry: Entry, state: State, asked: Any, form: str, here: str, wanted: Mapping[str, Any], address: str
    ) -> kept.Answer:
        rows = state.rows()
        found = asking.chosen(rows, entry, asked)
        limit = min(asked.limit or asking.USUAL_ROWS, asking.MOST_ROWS)
        if form in asking.WHOLE:
            limit = asked.limit or len(rows)
        start = min(asked.offset, len(found))
        part = rows.iloc[found[start : start + limit]]
        self.pace.spend(address, len(part) // kept.ROWS_A_UNIT)

        def at(**changes: Any) -> str:
            query = {n: _text(v) for n, v in {**wanted, **changes}.items() if v is not None and (n, v) != ("offset", 0)}
            return f"{here}?{urlencode(query)}" if query else here

        links = [describing.link(at(), "self", asking.MEDIA[form])]
        links += [
            describing.link(at(f=other), "alternate", asking.MEDIA[other]) for other in asking.MEDIA if other != form
        ]
        if start + len(part) < len(found):
            turned = at(offset=start + len(part), limit=limit, snapshot=kept.short(state.key))
            links.append(describing.link(turned, "next", asking.MEDIA[form]))
        if start > 0:
            back = at(offset=max(0, start - limit), limit=limit, snapshot=kept.short(state.key))
            links.append(describing.link(back, "prev", asking.MEDIA[form]))
        links.append(describing.link(here.removesuffix("/items"), "collection"))
        said = {"numberMatched": len(found), "numberReturned": len(part), "links": links}
        turning = ", ".join(f'<{one["href"]}>; rel="{one["rel"]}"' for one in links if one["rel"] in ("next", "prev"))
        headers = _typed(asking.MEDIA[form]) | ({"Link": turning} if turning else {})
        if form == "csv":
            name = {"Content-Disposition": f'attachment; filename="{entry.id}.csv"'}
            return kept.answer(writing.csv(part, self.holdings.csv), headers | name)
        if form == "parquet":
            name = {"Content-Disposition": f'attachment; filename="{entry.id}.parquet"'}
            return kept.answer(writing.parquet(part, entry), headers | name, packs=False)
        write = writing.plain if form == "records" else writing.geojson
        return kept.answer(write(part, entry, said), headers)

    def _row(self, entry: Entry) -> Callable[..., Any]:
        async def end(request: Request, featureId: str, asked: Any) -> Response:  # noqa: N803 the standard's name
            self._asked(request)
            asking.row_accepted(request.headers.get("accept", ""), asked.f)
            version = getattr(asked, "per", None)
            root, state = self._root(request), await self._state(entry.id, version)

            def make() -> kept.Answer:
                rows = state.rows()
                if featureId not in rows.index:
                    raise RefusedError(
                        404, "Koleksi ini tidak memuat baris itu.", "There is no such row in this collection."
                    )
                here = f"{root}/collections/{entry.id}"
                own = f"{here}/items/{quote(featureId, safe='')}" + (f"?per={version}" if version is not None else "")
                links = [describing.link(own, "self", asking.MEDIA["geojson"]), describing.link(here, "collection")]
                content = writing.feature(rows.loc[[featureId]], entry, {"links": links})
                return kept.answer(content, _typed(asking.MEDIA["geojson"]))

            return self._sent(request, await self.workshop.made(f"{root} {state.key} {version} {featureId}", make))

        return end

    async def _document(self, request: Request) -> Response:
        """The OpenAPI document."""
        self._asked(request)
        asking.document_accepted(request.headers.get("accept", ""), request.query_params.get("f"))
        if self._openapi is None:
            described = get_openapi(
                title=describing.TITLE,
                version="1",
                openapi_version="3.0.3",
                description=describing.ABOUT,
                routes=self.app.routes,
                servers=[{"url": self.path}],
            )
            content = writing.document(describing.in_3_0(described))
            self._openapi = kept.answer(content, _typed(describing.OPENAPI))
        return self._sent(request, self._openapi)

    async def _page(self, request: Request) -> Response:
        """The page that explains the feed."""
        self.pace.spend(address_of(request))
        return HTMLResponse(self.page(request.query_params.get("bahasa", "")), headers={"Cache-Control": "no-cache"})

    def _asked(self, request: Request) -> None:
        self.pace.spend(address_of(request))
        asking.only_once(request.query_params)

    async def _state(self, name: str, version: int | None = None) -> State:
        return await self.workshop.found(lambda: _stated(self.holdings, name, version))

    def _root(self, request: Request) -> str:
        """The address of the feed as the asker reaches it."""
        return root_of(request, self.path, self.addresses)

    def _sent(self, request: Request, found: kept.Answer) -> Response:
        """An answer, or that it is known already."""
        headers = {
            **found.headers,
            "ETag": f'W/"{found.tag}"',
            "Cache-Control": "no-cache",
            "Vary": "Accept, Accept-Encoding",
        }
        known = {
            tag.strip().removeprefix("W/").strip('"') for tag in request.headers.get("if-none-match", "").split(",")
        }
        if known & {found.tag, "*"}:
            headers.pop("Content-Type")
            return Response(status_code=304, headers=headers)
        if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(found.content, headers=headers | {"Content-Encoding": "gzip"})
        # What is packed in its own way is said to be so: else the server would pack it again, while everybody waits.
        own = {} if found.packed else {"Content-Encoding": "identity"}
        return Response(found.unpacked(), headers=headers | own)


class _Door(BaseRoute):
    """Lead to the feed whatever stands below its path, line breaks too, and its own address without a slash.

    HEAD is answered as GET: the server leaves out the body.
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app = app
        self.path = path

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether an address is one of the feed's."""
        inside = scope["type"] == "http" and f"{scope['path']}/".startswith(f"{self.path}/")
        return (Match.FULL, {"endpoint": self.app}) if inside else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        below = scope["path"].removeprefix(self.path) or "/"
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        await self.app({**scope, "method": method, "path": self.path + below, "root_path": self.path}, receive, send)


def _stated(holdings: Holdings, name: str, version: int | None) -> State:
    try:
        return holdings.state(name, version)
    except KeyError as error:
        raise RefusedError(404, f"Tidak ada versi {version}.", f"There is no version {version}.") from error
    except Exception as error:
        _LOGGER.error("The feed: the data cannot be read now", exc_info=error)
        raise RefusedError(
            503, "Data kantor sedang tidak dapat dibaca.", "The data of the offices cannot be read now.", 60
        ) from error


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _typed(media: str) -> dict[str, str]:
    return {"Content-Type": media}


def _problem(error: RefusedError) -> Response:
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(error.wait_s)} if error.wait_s else {})
    return JSONResponse(error.problem(), error.status, headers, describing.PROBLEM)


async def _refused(_: Request, error: RefusedError) -> Response:
    return _problem(error)


async def _http(request: Request, error: HTTPException) -> Response:
    if error.status_code == 405:
        answer = _problem(RefusedError(405, "Data ini hanya untuk dibaca (GET).", "These data are read-only (GET)."))
        answer.headers["Allow"] = "GET, HEAD, OPTIONS"
        return answer
    return _problem(
        RefusedError(404, "Alamat ini tidak ada pada umpan data.", "There is no such address in the feed.")
        if error.status_code == 404
        else RefusedError(error.status_code, "Permintaan ini tidak dapat dijawab.", "This request cannot be answered.")
    )


async def _invalid(_: Request, error: RequestValidationError) -> Response:
    return _problem(asking.invalid(error.errors()))


async def _broken(_: Request, error: Exception) -> Response:
    # The trace goes to the log; the asker learns that it is not his fault.
    return _problem(RefusedError(500, "Terjadi kesalahan pada server.", "Something went wrong on the server."))
