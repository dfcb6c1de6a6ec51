"""How many visitors there is room for: every session holds memory and open files, and one too many is told so in words.

Streamlit gives each session an event loop of three files and keeps the last 128 sessions that lost their connection for
two minutes. At the limit of the operating system nothing could be accepted any more, not even a request to stop.
"""

import logging
import os
import sys
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from web.page import asks_for_page
from web.refusals import refusal

MOST_FILES: Final = 65_536
# One process answers fifty people well; this many still fit into its memory.
MOST_SESSIONS: Final = 400
# What the sessions that are there may still need: connections of their browsers, files that they read.
_RESERVE: Final = 96
_LOGGER: Final = logging.getLogger("tapal.web")


def raise_limit() -> int:
    """Raise the limit of open files as far as the operating system lets this process; return the limit."""
    if sys.platform == "win32":
        return MOST_FILES
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return most
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def open_files() -> int:
    """Return how many files and sockets this process holds, 0 where the operating system does not tell."""
    try:
        return len(os.listdir("/dev/fd"))
    except OSError:
        return 0


class SaidOnce(logging.Filter):
    """Let the asyncio logger say only once that no connection can be accepted; it would say so thousands of times."""

    def __init__(self) -> None:
        super().__init__()
        self.said = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line of the log passes: all do but the second and later ones of this kind."""
        if "out of system resource" not in record.getMessage():
            return True
        first, self.said = not self.said, True
        return first


class Admission:
    """Refuse a new session while there is no room for it, and log that once until there is.

    Parameters
    ----------
    app
        What answers while there is room.
    limit
        Files that the process may hold open.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit
        self.sessions = 0
        self.full = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" and not asks_for_page(scope):
            await self.app(scope, receive, send)
            return
        files = open_files()
        full = self.sessions >= MOST_SESSIONS or files + _RESERVE > self.limit
        if full and not self.full:
            _LOGGER.warning(
                "No room for another session: %d of %d, with %d of %d files open.",
                *(self.sessions, MOST_SESSIONS, files, self.limit),
            )
        self.full = full
        if not full:
            own = int(scope["type"] == "websocket")
            self.sessions += own
            try:
                await self.app(scope, receive, send)
            finally:
                self.sessions -= own
            return
        answer = refusal(
            503,
            "Terlalu banyak orang sedang membuka Tapal. Coba lagi dalam beberapa menit.",
            "Too many people have Tapal open. Try again in a few minutes.",
        )
        answer.headers["Retry-After"] = "120"
        await answer(scope, receive, send)
