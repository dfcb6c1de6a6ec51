"""Floods from one address: files made, files sent; slowed in words, and an office behind one address is not."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import server
from records.rates import Rate
from tests.web.answers import ask, greeting
from web.messages import BoundedMessages
from web.uploads import BoundedUploads

UPLOAD = "/_stcore/upload_file/s/f"


def asked(kind: str, page: str = "") -> BackMsg:
    """A message that opens a page, has a file made, or asks where to send one."""
    message = BackMsg()
    if kind == "page":
        message.rerun_script.query_string = page
    elif kind == "export":
        message.backend_operation_request.request_id = "7"
        message.backend_operation_request.deferred_file.file_id = "f"
    else:
        message.file_urls_request.request_id = "8"
        message.file_urls_request.file_names.append("a.csv")
    return message


def sent(app_of: Any, messages: list[BackMsg], address: str = "192.0.2.1") -> tuple[int, list[ForwardMsg]]:
    """How many of these messages reach the app, and what is answered in its place."""
    reached, answers = 0, []
    coming = [{"type": "websocket.receive", "bytes": m.SerializeToString()} for m in messages]
    coming.append({"type": "websocket.disconnect"})

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal reached
        while (await receive())["type"] == "websocket.receive":
            reached += 1

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        answers.append(ForwardMsg.FromString(message["bytes"]))

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [], "client": (address, 1)}
    asyncio.run(app_of(app)(scope, receive, send))
    return reached, answers


@pytest.mark.parametrize(("page", "words"), [("", "Terlalu banyak unduhan"), ("bahasa=en&x=1", "Too many downloads")])
def test_a_flood_of_exports_is_slowed_in_words_before_a_file_is_made(page: str, words: str) -> None:
    exports, uploads = Rate("X", "3/10 minutes"), Rate("Y", "1/day")

    def bounded(app: Any) -> BoundedMessages:
        return BoundedMessages(app, exports, uploads)

    reached, answers = sent(bounded, [asked("page", page), *[asked("export")] * 5])
    assert (reached, len(answers)) == (4, 2)
    assert answers[0].backend_operation_response.request_id == "7"
    assert words in answers[0].backend_operation_response.error_msg
    assert " 10 men" in answers[0].backend_operation_response.error_msg or page
    assert sent(bounded, [asked("export")], "192.0.2.2") == (1, []), "another address is not slowed"
    assert sent(bounded, [asked("page")] * 50)[0] == 50, "pages are read on"


def test_a_flood_of_uploads_is_slowed_at_the_server_and_in_words_at_the_page() -> None:
    rate = Rate("Y", "2/10 minutes")
    guarded = BoundedUploads(greeting, rate)
    answers = [ask(guarded, UPLOAD, "PUT", **{"content-length": "9"}) for _ in range(4)]
    assert [status for status, _, _ in answers] == [200, 200, 429, 429]
    assert 0 < int(answers[2][1]["retry-after"]) <= 600
    assert "Terlalu banyak berkas dikirim" in answers[2][2]


def test_a_file_too_many_is_told_in_words_also_while_the_others_are_still_being_sent() -> None:
    rate = Rate("Y", "3/10 minutes")
    one, two = asked("upload"), asked("upload")
    two.file_urls_request.file_names.append("b.csv")
    reached, told = sent(lambda app: BoundedMessages(app, Rate("X", "1/day"), rate), [two, two, one, one])
    assert (reached, [each.file_urls_response.response_id for each in told]) == (2, ["8", "8"])
    assert "Terlalu banyak berkas dikirim" in told[0].file_urls_response.error_msg


@pytest.mark.parametrize("rate", [server.EXPORTS, server.UPLOADS], ids=lambda rate: rate.name)
def test_fifty_people_of_an_office_behind_one_address_are_not_slowed(rate: Rate) -> None:
    """Each of them takes the four files of a meeting, or sends four, within ten minutes."""
    assert [rate.take("203.0.113.9") for _ in range(50 * 4)] == [0] * 200
