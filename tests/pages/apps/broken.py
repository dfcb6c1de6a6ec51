"""The app with a map page whose answer cannot be told, served as server.py serves it."""

from typing import Any
from unittest import mock

import streamlit as st

from views.screen import errors
from views.topics.map import state


def broken(*_: Any) -> str:
    """Raise what nobody expects."""
    raise ZeroDivisionError


# Refused where the page calls it otherwise: nothing would be broken.
mock.patch.object(state, "shown", broken).start()
app = st.App("../../../app.py", on_script_error=errors.tell)
