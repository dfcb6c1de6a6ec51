"""A file that other programs fetch by its address again and again: small, cached, answered without a session."""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.accounts import is_secure
from web.refusals import refusal

LONGEST_QUERY: Final = 200
KEPT_S: Final = 3600
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?", re.ASCII)


def feed(
    path: str,
    media_type: str,
    build: Callable[[Mapping[str, str], str], bytes | None],
    addresses: Collection[str] = (),
) -> Route:
    """Return the route of a feed.

    Parameters
    ----------
    path
        Its address on this server.
    media_type
        Of the file.
    build
        Makes the file from the parameters of the address, and returns None for one that it does not know. It is told
        the address of the app as the asker reaches it, without a slash at its end.
    addresses
        Under which people reach the server, each with scheme and host.
    """

    base = path.rpartition("/")[0]

    async def answer(request: Request) -> Response:
        if len(request.url.query) > LONGEST_QUERY:
            return _unknown()
        content = await run_in_threadpool(build, dict(request.query_params), root_of(request, base, addresses))
        if content is None:
            return _unknown()
        tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
        headers = {"Cache-Control": f"public, max-age={KEPT_S}", "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=media_type, headers=headers)

    return Route(path, answer)


def root_of(request: Request, base: str, addresses: Collection[str]) -> str:
    """Return the address of something as the asker reaches it, behind a proxy too; its path where the host is no name.

    Parameters
    ----------
    request
        That asks.
    base
        Path of what is asked for.
    addresses
        Under which people reach the server, each with scheme and host.
    """
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return base
    return f"http{'s' if is_secure(request, addresses) else ''}://{host}{base}"


def _unknown() -> Response:
    return refusal(
        404, "Alamat ini memuat pilihan yang tidak dikenal.", "This address holds a choice that is not known."
    )
