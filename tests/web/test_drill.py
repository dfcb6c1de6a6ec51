"""The addresses of phones in a drill, attacked: forged codes, replayed and hostile requests, and a page for each."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from limits import RateLimitItemPerMinute
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message

from records import database
from records.drills import reading, store
from records.models import now
from records.permissions import Actor
from tests.records.acting import DEPOK, signed_in
from tests.records.drilling import a_press, key_of_phone, opened
from views.language.words import Words
from views.topics.drill import phone
from web.drill import KEY, MOST_BYTES, DrillPages, Guesses
from web.page import asks_for_page

HOST = "tapal.example"


@dataclass(frozen=True)
class Told:
    """What was answered."""

    status_code: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        """The answer read as JSON."""
        return json.loads(self.text)


class Client:
    """Sends requests to the addresses as a phone does."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Told:
        """Ask."""
        return self._send("GET", path, b"", headers or {})

    def post(
        self, path: str, json: Any = None, content: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Told:
        """Send."""
        return self._send("POST", path, _text(json) if content is None else content, headers or {})

    def _send(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> Told:
        path, _, query = address.partition("?")
        sent = [(name.lower().encode(), value.encode()) for name, value in {"host": HOST, **headers}.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": sent}
        scope |= {"scheme": "http", "client": ("192.0.2.7", 1), "server": (HOST, 80), "root_path": ""}
        messages: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def note(message: Message) -> None:
            messages.append(message)

        async def answer() -> None:
            await self.app(scope, receive, note)

        asyncio.run(answer())
        found = {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}
        return Told(messages[0]["status"], found, b"".join(m.get("body", b"") for m in messages[1:]).decode())


def _text(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.fixture
def editor(tmp_path: Path, tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actor]:
    """An editor in a database of this test's own."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TAPAL_VAR", str(tmp_path))
    yield signed_in(database.current(), "bekasi")
    database.current().engine.dispose()


@pytest.fixture
def client(editor: Actor) -> Client:
    """A phone."""
    return Client(Starlette(routes=DrillPages(phone.page).routes()))


def join(client: Client, code: str, **more: Any) -> str:
    """Join a drill; returns the key."""
    key = key_of_phone()
    sent = {"key": key, "side": DEPOK, "post": "b", "room": False, "name": "Unit 1", **more}
    assert client.post(f"/latihan/{code}/ikut", json=sent).status_code == 200
    return key


def test_a_phone_joins_presses_and_sees_the_log(client: Client, editor: Actor) -> None:
    key, code = opened(editor)
    first = client.get(f"/latihan/{code}/isi").json()
    assert [post["name"] for post in first["posts"]] == ["Pos Jatisampurna", "Pos Cimanggis"]
    assert first["log"] == []
    headers, one = {KEY: join(client, code)}, a_press()
    for _ in range(2):
        told = client.post(f"/latihan/{code}/tekan", json={"presses": [one]}, headers=headers)
        assert told.json()["presses"] == {one["id"]: ""}
    told = client.get(f"/latihan/{code}/isi?sejak=0", headers=headers)
    assert told.headers["cache-control"] == "no-store"
    seen = told.json()
    assert [(line["name"], line["kind"]) for line in seen["log"]] == [("Pos Cimanggis · Unit 1", "panggilan")]
    assert seen["t1"] <= seen["t2"]
    assert abs(seen["t1"] - store.milliseconds(now())) < 60_000
    assert client.get(f"/latihan/{code}/isi?sejak=1", headers=headers).json()["log"] == []
    assert len(reading.followed(editor, key)[2]) == 1


def test_the_page_is_whole_in_both_languages_and_the_same_for_any_code(client: Client, editor: Actor) -> None:
    _, code = opened(editor)
    for language, word in (("id", "Panggilan diterima"), ("en", "Call received"), ("xx", "Panggilan diterima")):
        real = client.get(f"/latihan/{code}?bahasa={language}").text
        assert word in real
        assert real == client.get(f"/latihan/ABCD2345?bahasa={language}").text.replace("ABCD2345", code)
    words = json.loads(real.split('id="kata">')[1].split("</script>")[0])
    script = (Path(__file__).parents[2] / "static" / "drill" / "drill.js").read_text(encoding="utf-8")
    kinds = phone.kinds(Words("id"))
    spoken = {name for name in words if f"words.{name}" in script or name.startswith("reason_") or name in kinds}
    assert spoken == set(words), "every text is used"
    assert 'data-code=""' in client.get("/latihan/gabung").text
    for wrong in ("x", "ABCD234O", "<script>", "masuk"):
        assert client.get(f"/latihan/{wrong}").status_code == 404


def test_codes_cannot_be_guessed_and_who_has_joined_goes_on(client: Client, editor: Actor) -> None:
    _, code = opened(editor)
    headers = {KEY: join(client, code)}
    answers = [client.get("/latihan/ABCD2345/isi").status_code for _ in range(25)]
    assert answers == [404] * 20 + [429] * 5
    assert client.get(f"/latihan/{code}/isi").status_code == 429, "the right code is not told from a wrong one"
    assert client.post(f"/latihan/{code}/ikut", json={"key": key_of_phone()}).status_code == 429
    forged = client.get(f"/latihan/{code}/isi?sejak=0", headers={KEY: key_of_phone()})
    assert (forged.status_code, forged.json()["reason"]) == (429, "often")
    assert client.get(f"/latihan/{code}/isi?sejak=0", headers=headers).status_code == 200
    assert client.post(f"/latihan/{code}/tekan", json={"presses": [a_press()]}, headers=headers).status_code == 200


def test_one_phone_cannot_ask_without_end(client: Client, editor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = opened(editor)
    headers, other = {KEY: join(client, code)}, {KEY: join(client, code)}
    monkeypatch.setattr(Guesses, "ASKED", RateLimitItemPerMinute(3, 1, "asked"))
    answers = [client.get(f"/latihan/{code}/isi?sejak=0", headers=headers).status_code for _ in range(5)]
    assert answers == [200] * 3 + [429] * 2
    assert client.get(f"/latihan/{code}/isi?sejak=0", headers=other).status_code == 200


def test_what_is_no_request_is_refused_in_words(client: Client, editor: Actor) -> None:
    key, code = opened(editor)
    headers = {KEY: join(client, code)}
    bodies = [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b"[" * 20_000,
        b'{"presses": 1}',
        b'{"presses": []}',
        b'{"presses": ["x"]}',
    ]
    bodies += [b'{"presses": [{"id": 9' + b"9" * 5000 + b"}]}", b"x" * (MOST_BYTES + 1)]
    for body in bodies:
        told = client.post(f"/latihan/{code}/tekan", content=body, headers=headers)
        assert (told.status_code in (400, 422), told.json()["reason"]) == (True, "form"), body[:30]
    for sent in (
        {},
        {"key": 3},
        {"key": "x"},
        {"key": key_of_phone(), "room": "yes"},
        {"key": key_of_phone(), "side": []},
    ):
        assert client.post(f"/latihan/{code}/ikut", json=sent).status_code == 422
    for query in ("sejak=-1", "sejak=9999999999999", "sejak=x", "sejak=%C2%B2", "sejak="):
        assert client.get(f"/latihan/{code}/isi?{query}", headers=headers).status_code == 200
    assert reading.followed(editor, key)[2] == ()


def test_another_site_cannot_press(client: Client, editor: Actor) -> None:
    key, code = opened(editor)
    headers = {KEY: join(client, code)}
    for stands in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        sent = client.post(f"/latihan/{code}/tekan", json={"presses": [a_press()]}, headers={**headers, **stands})
        assert sent.status_code == 403
    assert reading.followed(editor, key)[2] == ()


def test_after_the_end_the_code_opens_nothing(client: Client, editor: Actor) -> None:
    key, code = opened(editor)
    headers = {KEY: join(client, code)}
    store.close(editor, key, 1, now())
    assert client.get(f"/latihan/{code}/isi").status_code == 410
    sent = {"key": key_of_phone(), "side": DEPOK, "post": "b", "room": False, "name": ""}
    assert client.post(f"/latihan/{code}/ikut", json=sent).status_code == 410
    late = a_press("tiba")
    told = client.post(f"/latihan/{code}/tekan", json={"presses": [late]}, headers=headers)
    assert told.json()["presses"] == {late["id"]: ""}, "a phone that was offline catches up"


def test_hostile_names_are_text_for_the_script(client: Client, editor: Actor) -> None:
    _, code = opened(editor)
    name = "</script><img src=x>"
    headers = {KEY: join(client, code, name=name, post="")}
    client.post(f"/latihan/{code}/tekan", json={"presses": [a_press()]}, headers=headers)
    told = client.get(f"/latihan/{code}/isi?sejak=0", headers=headers)
    assert told.headers["content-type"] == "application/json"
    assert told.json()["log"][0]["name"] == name
    assert "<img" not in client.get(f"/latihan/{code}").text


def test_a_database_that_cannot_be_used_is_said(client: Client, editor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = opened(editor)
    headers = {KEY: join(client, code)}
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    told = client.post(f"/latihan/{code}/tekan", json={"presses": [a_press()]}, headers=headers)
    assert (told.status_code, told.json()["reason"]) == (503, "closed")


def test_the_pages_of_phones_are_none_of_the_app() -> None:
    for path, page in (("/latihan", True), ("/latihan/ABCD2345", False), ("/tapal/latihan/ABCD2345/isi", False)):
        assert asks_for_page({"type": "http", "path": path}) is page
    routes = DrillPages(phone.page).routes("/tapal")
    assert {route.path for route in routes} >= {"/tapal/latihan/{code}", "/tapal/latihan/{code}/tekan"}
