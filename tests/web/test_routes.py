"""Every address of the server, attacked over HTTP as it travels: methods, origins, paths, headers, sockets."""

import re
from http.client import HTTPConnection

import pytest
from starlette.routing import Route
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

import server
from tests.web.answers import Answer
from tests.web.test_limits import as_a_browser

EVIL = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
CODE, TICKET = "ABCDEFGH", "0000-0000-0000-0000"
ROUTES = {route.path: route.methods or set() for route in server.app._user_routes if isinstance(route, Route)}
WRITES = {
    "/masuk", "/keluar", "/latihan/{code}/ikut", "/latihan/{code}/tekan", "/lapor", "/lapor/{ticket}",
}  # fmt: skip
"""Where something can be written by a request; all other addresses only tell."""
TRAVERSALS = [
    f"{start}{step}{step}{step}server.py"
    for start in ("/app/static/", "/app/static/map/", "/component/streamlit_folium.st_folium/", "/media/", "/lapor/")
    for step in ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "....//", "%252e%252e%252f", "..%c0%af")
]  # fmt: skip
ABSOLUTE = [
    "/app/static//etc/passwd", "/app/static/%2fetc%2fpasswd", "/component/streamlit_folium.st_folium//etc/passwd",
    "/app/static/map/tapal.js%00.png", "//evil.example/..%2f..%2fserver.py",
    "/_stcore/bidi-components/x/..%2f..%2fserver.py",
]  # fmt: skip


def raw(address: str, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> tuple[int, str, bytes]:
    """Ask for a path exactly as it is written; status, all header lines and body."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, str(answer.headers), answer.read()
    finally:
        connection.close()


def filled(path: str) -> str:
    return re.sub(r"{.*?}", CODE, path.replace("{ticket}", TICKET))


def test_every_route_that_takes_something_is_in_the_table() -> None:
    assert {path for path, methods in ROUTES.items() if methods - {"GET", "HEAD", "OPTIONS"}} == WRITES


@pytest.mark.parametrize("path", sorted(WRITES))
def test_a_forged_request_of_another_site_is_refused_at_every_route_that_writes(address: str, path: str) -> None:
    answer = Answer(address + filled(path), EVIL, b"{}", "POST")
    # A ticket that there is not is not told apart from a forged form.
    assert answer.status == 403 or (path == "/lapor/{ticket}" and answer.status == 404)


@pytest.mark.parametrize("path", [*ROUTES, "/", "/profil", "/tidak_ada", "/app/static/map/tapal.js", "/_stcore/health"])
def test_a_method_that_is_not_meant_does_nothing(address: str, path: str) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE", *(["POST"] if path not in WRITES else [])):
        status, headers, body = raw(address, filled(path), method, {"Content-Length": "0", "X-Secret": "rahasia"})
        assert status in (403, 404, 405), (method, status)
        assert b"rahasia" not in body, "nothing is echoed"
        assert "nosniff" in headers
        assert "frame-ancestors 'self'" in headers


@pytest.mark.parametrize("path", [*TRAVERSALS, *ABSOLUTE])
def test_path_traversal_reads_no_file_of_the_server(address: str, path: str) -> None:
    status, headers, body = raw(address, path)
    assert b"Middleware(SecurityHeaders" not in body
    assert b"root:" not in body
    assert status >= 400 or "text/html" in headers or status in (301, 307, 308)
    assert "evil.example" not in headers.split("Content-Security-Policy")[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": "evil.example:80@localhost"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-Original-URL": "/akun", "X-Rewrite-URL": "/akun"},
        {"X-Http-Method-Override": "DELETE"},
    ],
)
def test_headers_that_name_another_host_path_or_method_change_nothing(address: str, headers: dict[str, str]) -> None:
    status, told, body = raw(address, "/masuk", "GET", headers)
    assert status == (421 if "Host" in headers else 200)
    assert b"evil.example" not in body
    assert "evil.example" not in told


@pytest.mark.parametrize("path", ["/pages/profil%0d%0aSet-Cookie:%20a=b", "/pages/profil?a=%0d%0aSet-Cookie:%20a=b"])
def test_header_injection_through_a_redirect_adds_no_header(address: str, path: str) -> None:
    assert "\nset-cookie" not in raw(address, path)[1].lower()


def test_a_socket_of_another_site_is_refused(address: str) -> None:
    where = address.replace("http", "ws", 1) + "/_stcore/stream"
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(where, origin=Origin("http://evil.example"), subprotocols=[Subprotocol("streamlit")], proxy=None),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_an_upload_or_its_deletion_without_the_token_of_the_browser_is_refused(address: str) -> None:
    forged = {name: value for name, value in as_a_browser(address).items() if name != "X-Xsrftoken"}
    for method in ("PUT", "DELETE"):
        answer = Answer(f"{address}/_stcore/upload_file/somebody/1", forged, b"x", method)
        assert answer.status == 403, method
