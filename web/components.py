"""Custom components that are known before any script has run, and the page of the map's frame.

Streamlit registers a component when a script imports it; until then its frame would answer 404.
"""

import importlib
import logging
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.components.v1.component_registry import ComponentRegistry
from streamlit.components.v1.custom_component import CustomComponent

FRAME_PAGE: Final = "/component/streamlit_folium.st_folium/index.html"


def import_component(package: str) -> list[str]:
    """Import a package of custom components and make their files known to the server.

    Parameters
    ----------
    package
        Its name, as for ``import``.

    Returns
    -------
    list of str
        The names under which the components are served.
    """
    logging.disable(logging.WARNING)  # that no script is running is what Streamlit would warn of
    try:
        module = importlib.import_module(package)
    finally:
        logging.disable(logging.NOTSET)
    found = [value for value in vars(module).values() if isinstance(value, CustomComponent)]
    for component in found:
        ComponentRegistry.instance().register_component(component)
    return [component.name for component in found]


def frame_scripts(package: str) -> list[str]:
    """Addresses of the scripts of a component's frame, below the path of the app.

    Parameters
    ----------
    package
        Its name; its files stand where streamlit-folium has them.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return []
    files = (Path(spec.origin).parent / "frontend" / "build" / "static" / "js").glob("main.*.js")
    return [f"{FRAME_PAGE.removesuffix('index.html')}static/js/{file.name}".lstrip("/") for file in files]


class HintedFrame:
    """Name in the answer with the frame's page the files that its scripts will ask for.

    Parameters
    ----------
    app
        What answers.
    links
        Makes the Link header.
    """

    def __init__(self, app: ASGIApp, links: Callable[[], str]) -> None:
        self.app = app
        self.links = links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(FRAME_PAGE):
            await self.app(scope, receive, send)
            return

        async def hinted(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Link"] = self.links()
            await send(message)

        await self.app(scope, receive, hinted)
