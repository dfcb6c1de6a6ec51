"""The app with a map page whose answer cannot be told, served as server.py serves it."""

from typing import Any

import streamlit as st

from views.screen import errors
from views.topics.map import state


def broken(*_: Any) -> str:
    """Raise what nobody expects."""
    raise ZeroDivisionError


setattr(state, "answer", broken)  # noqa: B010
app = st.App("../../../app.py", on_script_error=errors.tell)
