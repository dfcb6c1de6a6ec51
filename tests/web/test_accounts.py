"""The form to sign in, attacked: forged, replayed, stolen and hostile requests, each named by its test."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.types import Message

from records import accounts, database, passwords
from records.models import Role
from records.permissions import COMMAND_LINE, READER
from views.topics.accounts import form
from web.accounts import MOST_BYTES, AccountPages, safe_back

NAME, PASSWORD, OTHER = "rina", "patok batas di kali", "jembatan baru 2026"
HERE = "http://tapal.example"


class Browser:
    """Sends requests to the two addresses and keeps cookies as a browser does."""

    def __init__(self, app: Starlette, address: str = HERE) -> None:
        self.app, self.address = app, address
        self.cookies: dict[str, str] = {}
        self.client = "192.0.2.7"
        self.status, self.headers, self.text = 0, [("", "")], ""

    def send(self, method: str, path: str, fields: dict[str, str] | bytes = b"", **more: str) -> int:
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        scheme, _, host = self.address.partition("://")
        sent = {"host": host, "cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **more}
        path, _, query = path.partition("?")
        scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "scheme": scheme}
        scope |= {"headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in sent.items()]}
        scope |= {"client": (self.client, 1), "server": (host, 80), "root_path": ""}
        messages: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def note(message: Message) -> None:
            messages.append(message)

        asyncio.run(self.app(scope, receive, note))
        self.status = messages[0]["status"]
        self.headers = [(k.decode(), v.decode()) for k, v in messages[0]["headers"]]
        self.text = b"".join(m.get("body", b"") for m in messages[1:]).decode()
        for line in self.all("set-cookie"):
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return self.status

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def token(self, path: str = "/masuk") -> str:
        """Open the form and return the token that stands in it."""
        self.send("GET", path)
        found = re.search(r'name="token" value="([^"]+)"', self.text)
        assert found
        return found[1]

    def sign_in(self, name: str = NAME, password: str = PASSWORD, back: str = "", **more: str) -> int:
        fields = {"token": self.token(), "ke": back, "nama": name, "sandi": password}
        return self.send("POST", "/masuk", fields, **more)

    @property
    def session(self) -> str:
        return self.cookies.get("tapal_sesi", "")


@pytest.fixture
def app(tmp_path: Path, tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Starlette]:
    """The two addresses over a database with one account."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TAPAL_VAR", str(tmp_path))
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts.make(COMMAND_LINE, NAME, "Rina <b>Bekasi</b>", PASSWORD, [(Role.EDITOR, "32.75")])
    yield Starlette(routes=AccountPages(form.page, ["https://tapal.kota.example"]).routes())
    database.current().engine.dispose()


@pytest.fixture
def browser(app: Starlette) -> Browser:
    return Browser(app)


def test_signing_in_leads_back_to_the_page(browser: Browser) -> None:
    assert browser.sign_in(back="akses?koridor=bekasi-depok&bahasa=en") == 303
    assert browser.all("location") == ["./akses?koridor=bekasi-depok&bahasa=en"]
    assert accounts.who(browser.session).name == NAME


def test_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(app: Starlette) -> None:
    browser = Browser(app)
    browser.sign_in()
    (cookie,) = browser.all("set-cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=43200" in cookie
    assert "Secure" not in cookie, "this visitor came without TLS"
    assert "Path" not in cookie, "it holds below whatever path the form has"
    for address in ("https://tapal.example", "http://tapal.kota.example"):
        secure = Browser(app, address)
        secure.sign_in()
        assert ("Secure" in secure.all("set-cookie")[0]) is True, address


@pytest.mark.parametrize(
    "forged",
    [{"token": ""}, {"token": "guess"}, {}],
)
def test_a_forged_form_signs_nobody_in_or_out(browser: Browser, forged: dict[str, str]) -> None:
    fields = {"nama": NAME, "sandi": PASSWORD, **forged}
    assert browser.send("POST", "/masuk", fields) == 403
    browser.token()
    assert browser.send("POST", "/masuk", fields) == 403
    browser.sign_in()
    kept = browser.session
    assert browser.send("POST", "/keluar", forged) == 403
    assert accounts.who(kept) != READER


@pytest.mark.parametrize(
    "stands",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site", "origin": "http://other.tapal.example"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_its_token(browser: Browser, stands: dict[str, str]) -> None:
    assert browser.sign_in(**stands) == 403
    assert not browser.session
    assert browser.sign_in(origin=HERE, sec_fetch_site="same-origin") == 303


def test_a_token_of_another_browser_is_refused(app: Starlette) -> None:
    attacker, victim = Browser(app), Browser(app)
    token = attacker.token()
    victim.token()
    assert victim.send("POST", "/masuk", {"token": token, "nama": NAME, "sandi": PASSWORD}) == 403


@pytest.mark.parametrize("planted", ["x" * 43, "", "' OR 1=1 --"])
def test_a_session_that_was_planted_before_is_not_taken_over(browser: Browser, planted: str) -> None:
    browser.cookies["tapal_sesi"] = planted
    browser.sign_in()
    assert browser.session != planted
    assert accounts.who(planted) == READER


def test_a_session_replayed_after_signing_out_is_nobody(app: Starlette) -> None:
    browser, thief = Browser(app), Browser(app)
    browser.sign_in()
    stolen = browser.session
    assert browser.send("POST", "/keluar", {"token": browser.token("/keluar")}) == 303
    assert browser.session == ""
    thief.cookies["tapal_sesi"] = stolen
    thief.send("GET", "/masuk")
    assert 'name="sandi"' in thief.text, "asked to sign in"
    assert accounts.who(stolen) == READER


def test_a_stolen_token_is_worthless_after_a_new_password(app: Starlette) -> None:
    browser = Browser(app)
    browser.sign_in()
    stolen = browser.session
    accounts.own_password(accounts.who(stolen), PASSWORD, OTHER)
    assert accounts.who(stolen) == READER
    assert browser.sign_in() == 403
    assert browser.sign_in(password=OTHER) == 303


@pytest.mark.parametrize(
    "target",
    [
        "http://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "akses\r\nSet-Cookie: a=b",
        "akses?x=\r\nLocation: http://evil.example",
        "../../evil",
        ".evil.example",
        "akses/../..//evil.example",
        "akses#x",
        "@evil.example",
        "аkses",
        'akses?"><script>alert(1)</script>',
    ],
)
def test_nobody_is_led_away_after_signing_in(browser: Browser, target: str) -> None:
    assert safe_back(target) == ""
    assert browser.sign_in(back=target) == 303
    assert browser.all("location") == ["./"]
    browser.send("GET", "/masuk?" + urlencode({"ke": target}))
    assert "evil" not in browser.text
    assert "<script" not in browser.text


def test_the_sixth_wrong_password_locks_and_the_right_one_too(app: Starlette) -> None:
    browser = Browser(app)
    assert [browser.sign_in(password="wrong") for _ in range(5)] == [403] * 5
    assert browser.sign_in() == 429
    assert browser.all("retry-after") == ["900"]
    assert not browser.session
    assert browser.sign_in(name="RINA") == 429, "however the name is written"


def test_an_unknown_name_is_told_the_same(browser: Browser) -> None:
    told = []
    for name in (NAME, "budi"):
        status = browser.sign_in(name=name, password="wrong")
        told.append((status, re.sub(r'value="[^"]*"', "", browser.text)))
    assert told[0] == told[1]


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "'; DROP TABLE accounts; --", "rina\0", "x" * 500])
def test_hostile_names_are_text(browser: Browser, hostile: str) -> None:
    assert browser.sign_in(name=hostile) == 403
    assert "<script" not in browser.text
    assert accounts.key_of(NAME)


def test_the_name_of_who_is_signed_in_is_text(browser: Browser) -> None:
    browser.sign_in()
    browser.send("GET", "/keluar")
    assert "Rina &lt;b&gt;Bekasi" in browser.text


@pytest.mark.parametrize("path", ["/masuk", "/keluar"])
def test_a_long_body_is_not_read(browser: Browser, path: str) -> None:
    token = browser.token()
    long = urlencode({"token": token, "nama": NAME, "sandi": "x" * MOST_BYTES}).encode()
    assert browser.send("POST", path, long) == 413


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=1&" * 100, b"%00", b"=", b"{}"])
def test_what_is_no_form_is_refused(browser: Browser, body: bytes) -> None:
    browser.token()
    assert browser.send("POST", "/masuk", body) == 403


def test_the_form_is_whole_in_both_languages_and_never_kept(browser: Browser) -> None:
    for language, word in (("id", "Kata sandi"), ("en", "Password"), ("xx", "Kata sandi")):
        browser.send("GET", f"/masuk?bahasa={language}&ke=akses")
        assert browser.all("cache-control") == ["no-store"]
        assert word in browser.text
        assert "<script" not in browser.text, "it works without scripts"


def test_the_form_bears_the_mark_of_the_app(browser: Browser) -> None:
    for language in ("id", "en"):
        browser.send("GET", f"/masuk?bahasa={language}")
        assert '<img src="./app/static/tapal.svg" alt="Tapal"' in browser.text
    assert (Path(__file__).parents[2] / "static" / "tapal.svg").is_file()


def test_a_database_that_cannot_be_used_is_said(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    token = browser.token()
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert browser.send("POST", "/masuk", {"token": token, "nama": NAME, "sandi": PASSWORD}) == 503
    assert "Basis data" in browser.text


def test_a_path_of_a_proxy_is_kept(app: Starlette) -> None:
    routes = AccountPages(form.page).routes("/tapal")
    assert [route.path for route in routes] == ["/tapal/masuk", "/tapal/keluar"]
    assert [route.path for route in AccountPages(form.page).routes("")] == ["/masuk", "/keluar"]
