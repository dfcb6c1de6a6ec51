"""Row 9: under which names the server answers, what is private, and where it listens."""

import tomllib

import pytest

from tests.serving import ROOT
from tests.visiting import Visitor
from tests.web.answers import Answer, ask, greeting
from views.link import office
from web.assets import HOUR, kept_for
from web.hosts import KnownHosts

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8501",
        "127.0.0.1:8501",
        "[::1]:8501",
        "192.168.1.7",
        "tapal.kota.go.id",
        "tapal.kota.go.id.",
    ],
)
def test_known_names_and_numbers_are_answered(host: str) -> None:
    assert ask(KnownHosts(greeting, ["tapal.kota.go.id"]), host=host)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "tapal.kota.go.id.evil.example", "[::1", "a b"]
)
def test_a_foreign_name_gets_no_page(host: str) -> None:
    status, _, text = ask(KnownHosts(greeting, ["tapal.kota.go.id"]), host=host)
    assert status == 421
    assert "TAPAL_ADDRESS" in text


def test_dns_rebinding_reaches_neither_page_nor_socket(address: str) -> None:
    for path in ("/", "/_stcore/health", "/app/static/map/tapal.js"):
        assert Answer(address + path, {"Host": "evil.example"}).status == 421
    upgrade = {"Host": "evil.example", "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    assert Answer(address + "/_stcore/stream", {**upgrade, "Sec-WebSocket-Key": "dGFwYWx0YXBhbHRhcGE="}).status == 421


def test_the_operator_names_the_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPAL_ADDRESS", "https://tapal.kota.go.id/, http://tapal:8501 javascript:alert(1)")
    assert office.addresses() == ("https://tapal.kota.go.id", "http://tapal:8501")
    monkeypatch.delenv("TAPAL_ADDRESS")
    assert office.addresses() == ()


def test_the_server_listens_on_this_machine_alone_unless_told_otherwise() -> None:
    assert CONFIG["server"]["address"] == "localhost"
    assert "0.0.0.0" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_what_is_for_the_disk_is_kept_nowhere_else() -> None:
    picture = "/media/" + "0" * 56 + ".png"
    assert kept_for(picture, b"") == HOUR
    assert kept_for(picture, b"", download=True) == "no-store"
    assert kept_for("/media/" + "0" * 56 + ".pptx", b"") == "no-store"


def test_a_download_is_kept_by_no_browser(address: str) -> None:
    with Visitor(address) as visitor:
        visitor.open("", "koridor=bekasi-depok")
        answer = Answer(address + visitor.download("PNG"))
    assert answer.status == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"


def test_the_metrics_are_not_for_everybody(address: str) -> None:
    for path in ("/_stcore/metrics", "/metrics"):
        assert Answer(address + path).status == 404
