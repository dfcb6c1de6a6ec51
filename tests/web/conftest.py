"""The app, served as `make run` serves it, once for all tests of the server."""

from collections.abc import Iterator

import pytest

from tests.serving import serve


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the running app answers."""
    with serve("server.py") as found:
        yield found
