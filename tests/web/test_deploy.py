"""What stands in deploy/: it names files that are there, and the proxy passes what the app needs."""

import asyncio
import json
import re
import ssl
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, HTTPSHandler, Request, build_opener, urlopen

import pytest
import websockets
import yaml

from tests.proxying import DEPLOY, NGINX, proxied
from tests.serving import serve
from tests.visiting import Visitor


def test_the_composition_names_files_and_variables_that_are_there() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    services = yaml.safe_load(text)["services"]
    assert (DEPLOY / services["tapal"]["build"] / "Dockerfile").is_file()
    mounted = [volume.split(":")[0] for volume in services["proxy"]["volumes"]]
    assert [DEPLOY / name for name in mounted if name.endswith(".conf")] == [DEPLOY / "nginx" / "tapal.conf"]
    named = set(re.findall(r"\$\{(\w+)", text))
    assert named == set(re.findall(r"(?m)^(\w+)=", (DEPLOY / "env.example").read_text()))
    # Only the proxy is reached from outside.
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").iterdir()), ids=lambda unit: unit.name)
def test_a_unit_starts_commands_that_there_are(unit: Path) -> None:
    text = unit.read_text()
    for module, rest in re.findall(r"python -m (\w+) (\S+)", text):
        assert (module, rest) in {("streamlit", "run"), ("records", "backup")}
    assert ("[Timer]" in text) == (unit.suffix == ".timer")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of nginx in front of two processes below a path, with our configuration but for ports and certificate."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    with (
        serve("server.py", base="tapal") as first,
        serve("server.py", base="tapal") as second,
        proxied(folder, [first, second], "tapal") as address,
    ):
        yield address


def _trusting() -> ssl.SSLContext:
    return ssl._create_unverified_context()


def _read(address: str, **headers: str) -> str:
    for _ in range(50):
        try:
            with urlopen(Request(address, headers=headers), timeout=10, context=_trusting()) as answer:
                return str(answer.read().decode())
        except URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)  # nginx is starting
    raise TimeoutError(address)


def test_the_proxy_shows_the_app_below_a_path(proxy: str) -> None:
    assert "Tapal" in _read(f"{proxy}/")
    assert _read(f"{proxy}/healthz") == "ok"
    assert "BEGIN:VCALENDAR" in _read(f"{proxy}/pengingat.ics?koridor=bekasi-depok")
    links = json.loads(_read(f"{proxy}/api/v1"))["links"]
    assert all(link["href"].startswith(f"{proxy}/api/v1/") for link in links), "over TLS and below the path"
    assert f'href="{proxy}/perjanjian?' in _read(f"{proxy}/perjanjian.atom?koridor=bekasi-depok")


def test_the_proxy_passes_the_session(proxy: str) -> None:
    _read(f"{proxy}/healthz")

    async def opened() -> str | None:
        address = f"{proxy.replace('https', 'wss')}/_stcore/stream"
        origin = websockets.Origin(proxy.removesuffix("/tapal"))
        async with websockets.connect(address, ssl=_trusting(), origin=origin, subprotocols=["streamlit"]) as socket:  # type: ignore[list-item]
            return socket.subprotocol

    assert asyncio.run(opened()) == "streamlit"


def _put(proxy: str, session: str, cookies: dict[str, str]) -> int:
    """Send a file as the browser of a session does and return the status."""
    body = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na\r\n--edge--\r\n'
    headers = {
        "Content-Type": "multipart/form-data; boundary=edge",
        "X-Xsrftoken": cookies["_streamlit_xsrf"],
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
    }
    asked = Request(f"{proxy}/_stcore/upload_file/{session}/a", body, headers, method="PUT")
    try:
        with urlopen(asked, timeout=10, context=_trusting()) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_every_session_keeps_its_process_so_that_its_uploads_arrive(proxy: str) -> None:
    _read(f"{proxy}/healthz")
    found = []
    for _ in range(8):
        jar = CookieJar()
        browser = build_opener(HTTPSHandler(context=_trusting()), HTTPCookieProcessor(jar))
        for path in ("/", "/_stcore/health"):
            browser.open(proxy + path, timeout=10).close()
        cookies = {cookie.name: cookie.value or "" for cookie in jar}
        key = cookies["tapal_proses"]
        header = {"Cookie": f"tapal_proses={key}", "Origin": proxy.removesuffix("/tapal")}
        with Visitor(proxy, headers=header, ssl=_trusting()) as visitor:
            visitor.open("sumber")
            assert _put(proxy, visitor.session, cookies) == 204
            # The same file with the keys of others: the process that does not know the session refuses it.
            strange = {_put(proxy, visitor.session, {**cookies, "tapal_proses": f"{n:032x}"}) for n in range(12)}
            found.append(strange)
    assert all(strange == {204, 400} for strange in found)
