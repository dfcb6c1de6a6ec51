"""What a browser may send over its WebSocket: nothing that costs everybody, and no table beyond what a page can edit.

Streamlit itself closes the connection at a message larger than ``server.maxWidgetStateSize``.
"""

import json
import logging
from typing import Final
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from records.rates import Rate

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
# Shown by Streamlit beside the button for which it was asked, in the language of the page.
_SLOWED: Final = {
    "deferred_file": (
        "Terlalu banyak unduhan dari jaringan ini. Coba lagi {minutes} menit lagi.",
        "Too many downloads from this network. Try again in {minutes} min.",
    ),
    "file_urls_request": (
        "Terlalu banyak berkas dikirim dari jaringan ini. Coba lagi {minutes} menit lagi.",
        "Too many files were sent from this network. Try again in {minutes} min.",
    ),
}
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


def slowed(message: BackMsg, seconds: int, english: bool) -> bytes:
    """Return the answer to a file that is asked for, or about to be sent, too often.

    Parameters
    ----------
    message
        What was asked.
    seconds
        After which it may be asked again.
    english
        Whether the page is in English.
    """
    words = _SLOWED[kind_of(message)][english].format(minutes=-(-seconds // 60))
    answer = ForwardMsg()
    if message.WhichOneof("type") == "file_urls_request":
        answer.file_urls_response.response_id = message.file_urls_request.request_id
        answer.file_urls_response.error_msg = words
    else:
        answer.backend_operation_response.request_id = message.backend_operation_request.request_id
        answer.backend_operation_response.error_msg = words
    return answer.SerializeToString()


class BoundedMessages:
    """Leave out messages that are not for readers, and close the connection at one that holds too much.

    Parameters
    ----------
    app
        What answers.
    exports, uploads
        How often an address may have files made, and may ask where to send some.
    """

    def __init__(self, app: ASGIApp, exports: Rate, uploads: Rate) -> None:
        self.app = app
        self.exports = exports
        self.uploads = uploads

    def _wait(self, message: BackMsg, address: str) -> int:
        """Seconds to wait for what a message asks, 0 for none.

        Files are counted here before they are sent: Streamlit tells a refusal here in words, and a later one as a code.
        """
        kind = kind_of(message)
        if kind == "deferred_file":
            return self.exports.take(address)
        if kind == "file_urls_request":
            return self.uploads.take(address, max(1, len(message.file_urls_request.file_names)))
        return 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        closed = english = False
        address = (scope.get("client") or ("",))[0]

        async def send_while_open(message: Message) -> None:
            if not closed:
                await send(message)

        async def checked() -> Message:
            nonlocal closed, english
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
                kind = kind_of(back)
                if kind not in _FOR_READERS:
                    continue
                if kind == "rerun_script":
                    english = parse_qs(back.rerun_script.query_string).get("bahasa") == ["en"]
                if seconds := self._wait(back, address):
                    await send({"type": "websocket.send", "bytes": slowed(back, seconds, english)})
                    continue
                widgets = back.rerun_script.widget_states.widgets
                if not any(edits_too_much(widget.string_value or widget.json_value) for widget in widgets):
                    return message
                _LOGGER.warning("A message that edits more than %d rows of a table was refused.", MOST_ROWS)
                await send({"type": "websocket.close", "code": _TOO_BIG, "reason": f"more than {MOST_ROWS} rows"})
                closed = True
                return {"type": "websocket.disconnect", "code": _TOO_BIG}

        await self.app(scope, checked, send_while_open)
