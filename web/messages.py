"""What a browser may send over its WebSocket: nothing that costs everybody, and no table beyond what a page can edit.

Streamlit itself closes the connection at a message larger than ``server.maxWidgetStateSize``.
"""

import json
import logging
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

MOST_ROWS: Final = 400
"""Rows of a table that one message may add, change or delete; each costs Streamlit about 2.5 ms."""
MOST_COLUMNS: Final = 50
# The others are for developers: emptying everybody's caches, watching files, asking git, writing files of instructions.
_FOR_READERS: Final = {
    "rerun_script",
    "stop_script",
    "file_urls_request",
    "app_heartbeat",
    "deferred_file",
    "dataframe_chunk",
}
_TOO_BIG: Final = 1009
_LOGGER: Final = logging.getLogger("tapal.web")


def edits_too_much(text: str) -> bool:
    """Tell whether the state of a table editor holds more than it may; any other text does not."""
    if len(text) < MOST_ROWS or not text.lstrip().startswith("{"):
        return False
    try:
        state = json.loads(text)
    except (ValueError, RecursionError):
        return False  # the page that reads it refuses it
    added, edited, deleted = state.get("added_rows"), state.get("edited_rows"), state.get("deleted_rows")
    rows = [*(added if isinstance(added, list) else ()), *(edited.values() if isinstance(edited, dict) else ())]
    wide = any(isinstance(row, dict) and len(row) > MOST_COLUMNS for row in rows)
    return wide or len(rows) + (len(deleted) if isinstance(deleted, list) else 0) > MOST_ROWS


def kind_of(message: BackMsg) -> str:
    """Return what a message asks for, "" where it asks for nothing that Streamlit knows."""
    if message.WhichOneof("type") == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") or ""
    return message.WhichOneof("type") or ""


class BoundedMessages:
    """Leave out messages that are not for readers, and close the connection at one that holds too much."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        closed = False

        async def send_while_open(message: Message) -> None:
            if not closed:
                await send(message)

        async def checked() -> Message:
            nonlocal closed
            while True:
                message = await receive()
                data = message.get("bytes") or b""
                if not data or len(data) > get_max_widget_state_size_bytes():
                    return message
                back = BackMsg()
                try:
                    back.ParseFromString(data)
                except Exception:  # protobuf's own; Streamlit closes the connection at what is no message
                    return message
                if kind_of(back) not in _FOR_READERS:
                    continue
                widgets = back.rerun_script.widget_states.widgets
                if not any(edits_too_much(widget.string_value or widget.json_value) for widget in widgets):
                    return message
                _LOGGER.warning("A message that edits more than %d rows of a table was refused.", MOST_ROWS)
                await send({"type": "websocket.close", "code": _TOO_BIG, "reason": f"more than {MOST_ROWS} rows"})
                closed = True
                return {"type": "websocket.disconnect", "code": _TOO_BIG}

        await self.app(scope, checked, send_while_open)
