"""A visitor without a browser: Streamlit's own messages over a real WebSocket."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from ssl import SSLContext
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Subprotocol

PATIENCE_S = 180
# Not the end of a run but of one that begins anew at once.
_RUN_AGAIN = 2


class Visitor:
    """One session: it opens pages, sets widgets, and reads what it is sent.

    Parameters
    ----------
    address
        Where the app answers, as in ``http://127.0.0.1:8501``.
    headers
        What the browser would send besides, as its cookies.
    ssl
        Whom to trust, of an address with TLS.
    """

    def __init__(self, address: str, headers: Mapping[str, str] | None = None, ssl: SSLContext | None = None) -> None:
        connection = connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            proxy=None,
            additional_headers=headers,
            ssl=ssl,
            open_timeout=PATIENCE_S,
        )
        self.opened = ExitStack()
        self.socket = self.opened.enter_context(connection)
        self.session = ""
        self.page = ""
        self.query = ""
        self.states: dict[str, WidgetState] = {}
        self.widgets: dict[str, tuple[str, Any, str]] = {}
        """Kind, message and fragment of every widget that was sent, by id."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave."""
        self.opened.close()

    def open(self, page: str = "", query: str = "") -> list[ForwardMsg]:
        """Open a page by its name, "" for the first, and return everything that was sent until it was there."""
        message = BackMsg()
        self.query = query
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        return self.send(message)

    def turn_to(self, page: str, query: str = "") -> list[ForwardMsg]:
        """Open another page in the same session, as a link does; what stood on the last one is gone."""
        self.widgets.clear()
        self.states.clear()
        return self.open(page, query)

    def set(self, label: str, **value: Any) -> list[ForwardMsg]:
        """Set the widget whose label begins so, as in ``set("Indikator", string_value="SD")``."""
        known = {key: found for key, found in self.widgets.items() if getattr(found[1], "label", "").startswith(label)}
        if not known:
            raise LookupError(f"no widget {label!r}, but {[found[0] for found in self.widgets.values()]}")
        key, (_, _, fragment) = next(iter(known.items()))
        self.states[key] = WidgetState(id=key, **value)
        return self.rerun(fragment)

    def rerun(self, fragment: str = "") -> list[ForwardMsg]:
        """Run the page, or one of its fragments, with the state of the widgets."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        return self.send(message)

    def download(self, label: str) -> str:
        """Press the download button whose label begins so, and return the path of its file."""
        button = next(
            w for kind, w, _ in self.widgets.values() if kind == "download_button" and w.label.startswith(label)
        )
        if not button.deferred_file_id:
            return str(button.url)
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        self.socket.send(message.SerializeToString())
        while (reply := self._receive()).WhichOneof("type") != "backend_operation_response":
            pass
        return str(reply.backend_operation_response.deferred_file.url)

    def send(self, message: BackMsg) -> list[ForwardMsg]:
        """Send a message and return what is sent until the run has ended."""
        self.socket.send(message.SerializeToString())
        received = []
        while True:
            reply = self._receive()
            received.append(reply)
            if reply.WhichOneof("type") == "script_finished" and reply.script_finished != _RUN_AGAIN:
                return received

    def _receive(self) -> ForwardMsg:
        reply = ForwardMsg()
        data = self.socket.recv(timeout=PATIENCE_S)
        assert isinstance(data, bytes)
        reply.ParseFromString(data)
        self._note(reply)
        return reply

    def _note(self, reply: ForwardMsg) -> None:
        kind = reply.WhichOneof("type")
        if kind == "new_session":
            self.page = reply.new_session.page_script_hash
            self.session = reply.new_session.initialize.session_id
        elif kind == "navigation":
            self.page = reply.navigation.page_script_hash
        elif kind == "delta" and reply.delta.WhichOneof("type") == "new_element":
            element = reply.delta.new_element
            name = element.WhichOneof("type") or ""
            widget = getattr(element, name)
            if key := getattr(widget, "id", ""):
                self.widgets[key] = (name, widget, reply.delta.fragment_id)


def texts(received: list[ForwardMsg]) -> list[str]:
    """Return every text, heading and alert that was sent."""
    found = []
    for reply in received:
        if reply.WhichOneof("type") == "delta" and reply.delta.WhichOneof("type") == "new_element":
            element = getattr(reply.delta.new_element, reply.delta.new_element.WhichOneof("type") or "")
            found += [
                text for name in ("body", "label", "message") if isinstance(text := getattr(element, name, None), str)
            ]
    return found
