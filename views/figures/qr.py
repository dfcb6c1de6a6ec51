"""The QR code of an address, for phones that read it off a screen, a poster or a sheet."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from html import escape
from io import BytesIO

import segno

_QUIET = 4
"""Light modules around a code, as ISO/IEC 18004 asks for."""


@lru_cache(maxsize=256)
def svg(link: str, sized: bool = True) -> str:
    """The code as an SVG element with its quiet zone, dark on light in every theme.

    Parameters
    ----------
    link : full address
    sized : whether it has a size of its own, a pixel a module; without one it fills its place
    """
    buffer = BytesIO()
    segno.make(link, error="m", micro=False).save(
        buffer,
        kind="svg",
        border=_QUIET,
        light="#ffffff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=not sized,
    )
    return buffer.getvalue().decode().strip()


def image(link: str, alt: str, side: int = 132) -> str:
    """The code as an HTML image with a text for those who do not see it.

    Parameters
    ----------
    link : full address
    alt : what the code opens
    side : of the image, in pixels
    """
    coded = b64encode(svg(link, sized=False).encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{coded}" alt="{escape(alt)}" width="{side}" height="{side}">'
