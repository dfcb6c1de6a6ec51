"""Custom components that are known before any script has run, and the page of the map's frame.

Streamlit registers a component when a script imports it; until then its frame would answer 404.
"""

import importlib
import logging
import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.components.v1.component_registry import ComponentRegistry
from streamlit.components.v1.custom_component import CustomComponent

ON_FIRST_PAGE: Final = (
    *("Selectbox", "ButtonGroup", "ComponentInstance", "Button"),
    *("PageLink", "DownloadButton", "Html", "BidiComponent"),
)
"""Elements of Beranda that Streamlit has a script of their own for, as its files are called, in their order there."""
_CHUNK: Final = re.compile(r"static/js/([\w.-]+\.js)")
_IMPORT: Final = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
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


def element_chunks(names: Sequence[str]) -> list[str]:
    """Addresses of the scripts that show elements of Streamlit, with all that they import and its page does not name.

    Streamlit asks for them one after the other, once the first element of a kind has come: over a slow line that is the
    longest wait of a first visit.

    Parameters
    ----------
    names : of the elements, as Streamlit's files are called

    Returns
    -------
    list of str
        Below the path of the app, each before what it imports; a name that a newer Streamlit does not have is left out.
    """
    static = Path(streamlit.__file__).parent / "static"
    named = set(_CHUNK.findall((static / "index.html").read_text(encoding="utf-8")))
    files = static / "static" / "js"
    found: dict[str, None] = {}
    waiting = [file.name for name in names for file in sorted(files.glob(f"{name}.*.js"))]
    while waiting:
        name = waiting.pop(0)
        if name not in named and name not in found:
            found[name] = None
            waiting += _IMPORT.findall((files / name).read_text(encoding="utf-8"))
    return [f"static/js/{name}" for name in found]


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
