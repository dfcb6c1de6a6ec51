"""A file that other programs fetch by its address again and again: small, cached, answered without a session."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.refusals import refusal

LONGEST_QUERY: Final = 200
KEPT_S: Final = 3600


def feed(path: str, media_type: str, build: Callable[[Mapping[str, str]], bytes | None]) -> Route:
    """Return the route of a feed.

    Parameters
    ----------
    path
        Its address on this server.
    media_type
        Of the file.
    build
        Makes the file from the parameters of the address, and returns None for one that it does not know.
    """

    async def answer(request: Request) -> Response:
        if len(request.url.query) > LONGEST_QUERY:
            return _unknown()
        content = await run_in_threadpool(build, dict(request.query_params))
        if content is None:
            return _unknown()
        tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
        headers = {"Cache-Control": f"public, max-age={KEPT_S}", "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=media_type, headers=headers)

    return Route(path, answer)


def _unknown() -> Response:
    return refusal(
        404, "Alamat ini memuat pilihan yang tidak dikenal.", "This address holds a choice that is not known."
    )
