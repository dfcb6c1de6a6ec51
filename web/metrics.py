"""Streamlit's figures on memory and sessions: not for everybody, so only where the operator switches them on."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class HiddenMetrics:
    """Answer 404 at the address of the metrics unless they are shown.

    Parameters
    ----------
    app
        What answers everything else.
    shown
        Whether the operator wants them read.
    """

    def __init__(self, app: ASGIApp, shown: bool) -> None:
        self.app = app
        self.shown = shown

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hidden = scope["type"] == "http" and scope["path"].rstrip("/").endswith("/_stcore/metrics") and not self.shown
        await (PlainTextResponse("Not Found", 404) if hidden else self.app)(scope, receive, send)
