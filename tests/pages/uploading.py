"""How an office brings a file on Unggah data; the fixtures of its people stand in conftest.py."""

from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from records.permissions import Actor
from tests.pages.opening import open_page, texts

ACTOR = "views.screen.account.actor"


def as_of_now(actor: Actor, name: str, **parameters: str) -> AppTest:
    """A page as somebody who is signed in opens it."""
    with patch(ACTOR, lambda: actor):
        return open_page(name, **parameters)


def press(actor: Actor, app: AppTest, label: str) -> AppTest:
    """Press the button of this label."""
    with patch(ACTOR, lambda: actor):
        next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def brought(actor: Actor, name: str, content: bytes, **parameters: str) -> AppTest:
    """Unggah data after a file was chosen."""
    app = as_of_now(actor, "unggah", **parameters)
    with patch(ACTOR, lambda: actor):
        app.file_uploader[0].upload(name, content).run()
    assert not app.exception
    return app


def plain(app: AppTest) -> str:
    """What a page says, without the marks of Markdown."""
    return texts(app).replace("\\", "")
