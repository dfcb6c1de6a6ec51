"""What folium writes for the map: a page without CDN files, and one short script per rerun.

The map's behaviour stands in ``static/map/tapal.js``. Geometry never passes here: the browser fetches it by
URL. All addresses are relative to the page of the streamlit-folium component, so that a base path or a proxy
does not matter.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import folium
from folium.template import Template

_STATIC_URL = "../../app/static/"
_STATIC = Path(__file__).parents[2] / "static"
_ASSETS = ("map/tapal.js", "map/tapal.css", "vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css")


@cache
def asset_version() -> str:
    """Ten hexadecimal digits that change with the scripts and style sheets, so browsers may keep those."""
    digest = hashlib.sha256()
    for name in _ASSETS:
        digest.update((_STATIC / name).read_bytes())
    return digest.hexdigest()[:10]


def _address(name: str) -> str:
    """Where the frame's page finds an asset."""
    return f"{_STATIC_URL}{name}?v={asset_version()}"


def asset_links() -> str:
    """A Link header for the frame's page: what any map needs, to be fetched while the frame still starts."""
    kinds = {".js": "script", ".css": "style"}
    return ", ".join(f"<{_address(name)}>; rel=preload; as={kinds[Path(name).suffix]}" for name in _ASSETS)


def frame_files() -> list[str]:
    """Addresses of what any map needs, below the path of the app."""
    return [f"app/static/{name}?v={asset_version()}" for name in _ASSETS]


class BaseMap(folium.Map):
    """The frame that lives as long as the page is open; what it shows comes later, as a `Picture`.

    Parameters
    ----------
    early : iterable of str
        Geometry files (below ``static/``) that the browser may fetch while Leaflet itself is still loading.
        They stand after the ``#`` of the script's address, which no server sees.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = tapal.open({{ this.get_name()|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, early: Iterable[str] = ()) -> None:
        super().__init__(location=(0, 0), tiles=None)
        # tapal.js stands first: it needs no Leaflet to start the fetches. It also brings the style sheets:
        # streamlit-folium rewrites the head of its page after adding them, so the browser loads them twice.
        self.default_js = [
            ("tapal", f"{_address('map/tapal.js')}#{','.join(early)}"),
            ("leaflet", _address("vendor/leaflet/leaflet.js")),
        ]
        self.default_css = []

    def render(self, **kwargs: Any) -> str:
        """Write nothing: streamlit-folium takes what it sends from the template above, and shows no page of folium's."""
        return ""


class Picture(folium.FeatureGroup):
    """One state of the map, as data: streamlit-folium hands it to the living map when it has changed."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = tapal.show({{ this.data }});
        {% endmacro %}
        """
    )

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(control=False)
        self.data = script_literal(data)

    def render(self, **kwargs: Any) -> str:
        """Write nothing, as `BaseMap.render`: streamlit-folium adds what the template makes to the map by itself."""
        return ""


def script_literal(value: Any) -> str:
    r"""A JavaScript string literal that holds `value` as JSON, deflated and in base64 with ``-.`` for ``+/``.

    Parameters
    ----------
    value : Any
        What ``json.dumps`` accepts; NaN and infinities are refused, since JSON has none.

    Returns
    -------
    str
        The literal with its double quotes; what stands between them is unpacked by `unpacked` in tapal.js.

    Raises
    ------
    ValueError, TypeError
        If `value` is not JSON.

    Examples
    --------
    >>> "</" in script_literal("</script>")
    False
    """
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    return f'"{b64encode(zlib.compress(text.encode(), 9), b"-.").decode().rstrip("=")}"'
