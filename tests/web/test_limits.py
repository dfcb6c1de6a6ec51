"""What one visitor can take from the others: open files, messages, tables and uploads are bounded, in words."""

import asyncio
import json
import logging
import sys
import time
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidStatus

from records.rates import Rate
from tests.serving import serve
from tests.visiting import Visitor, texts
from tests.web.answers import Answer, ask, greeting
from web import admission, uploads
from web.messages import MOST_COLUMNS, MOST_ROWS, edits_too_much


def edits(added: int = 0, edited: int = 0, deleted: int = 0, width: int = 1) -> str:
    """Return the state of a table editor with so many rows."""
    row = {str(column): "x" for column in range(width)}
    state = {
        "added_rows": [row] * added,
        "edited_rows": {str(number): row for number in range(edited)},
        "deleted_rows": list(range(deleted)),
    }
    return json.dumps(state)


def as_a_browser(address: str) -> dict[str, str]:
    """Return the headers of an upload: the token stands in the cookie and in a header of its own."""
    token = Answer(address + "/_stcore/health").headers["set-cookie"].split(";")[0]
    kind = "multipart/form-data; boundary=tapal-edge"
    return {"Content-Type": kind, "X-Xsrftoken": token.partition("=")[2], "Cookie": token}


def upload(address: str, session: str, name: str, size: int) -> Answer:
    """Send a file of so many bytes as a browser does."""
    head = f'--tapal-edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + b"x" * size + b"\r\n--tapal-edge--\r\n"
    return Answer(f"{address}/_stcore/upload_file/{session}/{name}", as_a_browser(address), body, "PUT")


# Row 5: open files.


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_row_5_the_limit_of_open_files_is_raised() -> None:
    import resource

    limit = admission.raise_limit()
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert limit == min(soft, admission.MOST_FILES)
    assert 0 < admission.open_files() < limit


def test_row_5_new_sessions_are_refused_in_words_before_no_file_is_left() -> None:
    with serve("server.py", open_files=160) as address, ExitStack() as stack:
        first = stack.enter_context(Visitor(address))

        def more() -> None:
            for _ in range(60):
                stack.enter_context(Visitor(address))

        with pytest.raises(InvalidStatus) as refused:
            more()
        assert refused.value.response.status_code == 503
        page = Answer(address + "/profil")
        assert page.status == 503
        assert "Terlalu banyak orang" in page.body.decode()
        assert "Too many people" in page.body.decode()
        assert Answer(address + "/_stcore/health").status == 200
        assert texts(first.open("sumber")), "those who are in are served on"


def test_row_5_that_there_is_no_room_is_logged_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(admission, "open_files", lambda: 1000)
    guarded = admission.Admission(greeting, limit=1024)
    answers = [ask(guarded) for _ in range(20)]
    assert {status for status, _, _ in answers} == {503}
    assert answers[0][1]["retry-after"] == "120"
    assert ask(guarded, "/app/static/map/tapal.js")[0] == 200
    assert len(caplog.records) == 1
    monkeypatch.setattr(admission, "open_files", lambda: 100)
    assert ask(guarded)[0] == 200


def test_row_5_sessions_are_bounded_in_number_and_leave_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "MOST_SESSIONS", 1)
    inside: list[int] = []

    async def session(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await greeting(scope, receive, send)
            return
        inside.append(guarded.sessions)
        await guarded({"type": "websocket", "path": "/_stcore/stream", "headers": []}, receive, note)

    async def nothing() -> Message:
        return {"type": "websocket.connect"}

    async def note(message: Message) -> None:
        answers.append(message)

    answers: list[Message] = []
    guarded = admission.Admission(session, limit=100_000)
    asyncio.run(guarded({"type": "websocket", "path": "/_stcore/stream", "headers": []}, nothing, note))
    assert inside == [1]
    assert answers[0]["status"] == 503, "while one is in, another is refused"
    assert ask(guarded)[0] == 200


def test_row_5_the_loop_says_once_that_it_can_accept_nothing(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("asyncio.test")
    logger.addFilter(admission.SaidOnce())
    for _ in range(100):
        logger.error("socket.accept() out of system resource")
    logger.error("something else")
    assert [record.getMessage() for record in caplog.records] == [
        "socket.accept() out of system resource",
        "something else",
    ]


# Row 14: what comes back from a widget.


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (edits(added=MOST_ROWS), False),
        (edits(added=MOST_ROWS + 1), True),
        (edits(edited=MOST_ROWS + 1), True),
        (edits(deleted=MOST_ROWS + 1), True),
        (edits(added=1, width=MOST_COLUMNS), False),
        (edits(added=1, width=MOST_COLUMNS + 1), True),
        (edits(added=MOST_ROWS + 1).replace("added_rows", "\\u0061dded_rows"), True),
        ('{"added_rows": {"a": ' + "[" * 100_000, False),
        ('{"added_rows": 3}' + " " * 1000, False),
        ("x" * 10_000, False),
        ("{" * 10_000, False),
    ],
)
def test_row_14_the_edits_of_a_table_are_counted(text: str, refused: bool) -> None:
    assert edits_too_much(text) is refused


def test_row_14_a_forged_table_is_refused_at_once(address: str) -> None:
    with Visitor(address) as visitor:
        visitor.open("berita_acara", "koridor=bekasi-depok")
        editor = next(key for key, (kind, _, _) in visitor.widgets.items() if kind == "dataframe")
        visitor.states[editor] = WidgetState(id=editor, string_value=edits(added=100_000, width=0))
        start = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            visitor.rerun()
        assert closed.value.rcvd
        assert closed.value.rcvd.code == 1009
        assert time.monotonic() - start < 20, "it cost 200 s"
    assert Answer(address + "/_stcore/health").status == 200


def test_row_14_a_message_of_more_than_a_megabyte_is_refused(address: str) -> None:
    with Visitor(address) as visitor:
        visitor.open()
        visitor.states["$$ID-x"] = WidgetState(id="$$ID-x", string_value="x" * 1_100_000)
        with pytest.raises(ConnectionClosed) as closed:
            visitor.rerun()
    assert closed.value.rcvd
    assert closed.value.rcvd.code == 1009


def test_row_14_nobody_empties_the_caches_of_everybody(address: str) -> None:
    with Visitor(address) as visitor:
        visitor.open()
        install = BackMsg()
        install.backend_operation_request.session_id = visitor.session
        install.backend_operation_request.install_skills.SetInParent()
        for message in (BackMsg(clear_cache=True), BackMsg(set_run_on_save=True), BackMsg(load_git_info=True), install):
            visitor.socket.send(message.SerializeToString())
        received = visitor.rerun()
    # Each would have been answered before the rerun.
    answers = {"git_info_changed", "backend_operation_response"}
    assert answers.isdisjoint(reply.WhichOneof("type") for reply in received)
    assert texts(received)


def test_row_14_files_of_a_session_are_bounded_in_number_and_size(address: str) -> None:
    with Visitor(address) as visitor:
        visitor.open()
        answers = [upload(address, visitor.session, f"{number}", 10) for number in range(uploads.MOST_FILES + 2)]
    assert [a.status for a in answers] == [204] * uploads.MOST_FILES + [413] * 2
    assert "Terlalu banyak berkas" in answers[-1].body.decode()
    with Visitor(address) as visitor:
        visitor.open()
        statuses = [upload(address, visitor.session, f"{number}", 9_900_000).status for number in range(5)]
    assert statuses == [204] * 4 + [413]


def test_row_14_a_file_beyond_the_largest_widget_is_refused_before_it_is_read(address: str) -> None:
    with Visitor(address) as visitor, ExitStack() as stack:
        visitor.open()
        connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
        stack.callback(connection.close)
        connection.putrequest("PUT", f"/_stcore/upload_file/{visitor.session}/big")
        for name, value in {**as_a_browser(address), "Content-Length": str(10 * 1024 * 1024 + 1)}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = stack.enter_context(connection.getresponse())
        assert answer.status == 413
    assert upload(address, "nobody", "x", 10).status == 400


def test_row_14_an_upload_says_how_large_it_is() -> None:
    assert ask(uploads.BoundedUploads(greeting, Rate("X", "1/day")), "/_stcore/upload_file/s/f", "PUT")[0] == 411
