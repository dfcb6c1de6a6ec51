"""What the server says when it cannot do what it is asked: one sentence in each language, no style, no script."""

from html import escape
from typing import Final

from starlette.responses import HTMLResponse

_PAGE: Final = (
    '<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<title>Tapal</title><h1><a href="./">Tapal</a></h1><p>{indonesian}</p><p lang="en">{english}</p></html>'
)


def refusal(status: int, indonesian: str, english: str) -> HTMLResponse:
    """Return a page that says in both languages what is refused and what to do.

    Parameters
    ----------
    status
        HTTP status, 400 to 599.
    indonesian, english
        The same sentences, as plain text.
    """
    page = _PAGE.format(indonesian=escape(indonesian), english=escape(english))
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})
