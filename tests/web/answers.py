"""One HTTP answer of a running server, for the tests of what it sends."""

from collections.abc import Mapping
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class Answer:
    """Status, headers and body of one HTTP answer, the body as it travelled; refusals are answers too."""

    def __init__(
        self, address: str, headers: Mapping[str, str] | None = None, data: bytes | None = None, method: str = "GET"
    ) -> None:
        request = Request(address, data=data, headers=dict(headers or {}), method=method)
        try:
            response = urlopen(request, timeout=30)  # loopback only, see no_network
        except HTTPError as refused:
            response = refused
        with response:
            self.status: int = response.status
            self.url: str = response.url
            self.headers = {name.lower(): value for name, value in response.headers.items()}
            self.body: bytes = response.read()
