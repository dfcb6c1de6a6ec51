"""The icons that are shown, in place of Streamlit's font of four thousand."""

from pathlib import Path

from starlette.responses import FileResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from web.assets import YEAR


class SmallIcons:
    """Send a small font under the address of Streamlit's own of the same name.

    Parameters
    ----------
    app
        What answers everything else.
    folder
        Where the font is.
    """

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app = app
        self.fonts = {f"/static/media/{file.name}": file for file in folder.glob("*.woff2")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        font = next((file for end, file in self.fonts.items() if path.endswith(end)), None)
        if scope["type"] != "http" or font is None:
            await self.app(scope, receive, send)
            return
        await FileResponse(font, media_type="font/woff2", headers={"Cache-Control": YEAR})(scope, receive, send)
