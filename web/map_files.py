"""Files of the map that published boundaries have changed, served where the shipped ones are."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_PATH: Final = re.compile(r"(?:/.*)?/app/static/(geo/[a-z0-9_-]+\.json)")


class MapFiles:
    """Answer for a file that lies in memory; every other request goes on.

    Parameters
    ----------
    app : what answers otherwise
    find : the content of a file by its path below ``static``, None for one that is not in memory
    """

    def __init__(self, app: ASGIApp, find: Callable[[str], bytes | None]) -> None:
        self._app, self._find = app, find

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        match = (
            _PATH.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        )
        # Whoever puts a new version together holds what is looked into here, for seconds.
        content = await asyncio.to_thread(self._find, match[1]) if match else None
        if content is None:
            await self._app(scope, receive, send)
            return
        await Response(content, media_type="application/json")(scope, receive, send)
