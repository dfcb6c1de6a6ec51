"""Whether the server lives and whether it can do its work, for a reverse proxy or a watchdog."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route


def health_routes(base: str, missing: Callable[[], list[str]]) -> list[Route]:
    """Return the routes ``/healthz`` (the process answers) and ``/readyz`` (it can do all of its work).

    Parameters
    ----------
    base
        Path below which the app is shown.
    missing
        Names what the server lacks; empty when it is ready. Its answer is public: it names parts, never reasons.
    """

    async def alive(_: Request) -> PlainTextResponse:
        return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})

    async def ready(_: Request) -> JSONResponse:
        lacks = await run_in_threadpool(missing)
        body = {"ready": not lacks, "missing": lacks}
        return JSONResponse(body, 503 if lacks else 200, {"Cache-Control": "no-store"})

    return [Route(f"{base}/healthz", alive), Route(f"{base}/readyz", ready)]
