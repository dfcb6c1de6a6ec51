"""Small fonts in place of Streamlit's own: the icons that are shown, and the letters of Latin script."""

import re
from pathlib import Path

from starlette.responses import FileResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from web.assets import YEAR

_ADDRESS = re.compile(r"(?:/.*)?/static/media/[^/]+\.([\w-]{8})\.woff2")


class SmallFonts:
    """Send a small font under the address of Streamlit's own with the same hash in its name.

    A new Streamlit with other fonts falls back to its own until scripts/icons.py and scripts/letters.py have run again.

    Parameters
    ----------
    app
        What answers everything else.
    folder
        Below which the fonts are.
    """

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app = app
        self.fonts = {file.suffixes[-2][1:]: file for file in folder.rglob("*.woff2")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _ADDRESS.fullmatch(scope.get("path", ""))
        font = self.fonts.get(asked[1]) if asked else None
        if scope["type"] != "http" or font is None:
            await self.app(scope, receive, send)
            return
        await FileResponse(font, media_type="font/woff2", headers={"Cache-Control": YEAR})(scope, receive, send)
