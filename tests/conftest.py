"""What every test lives by: no network but this machine's own, and the same random examples in every run."""

import gc
import ipaddress
import shutil
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import make_url
from streamlit.components.v2 import manifest_scanner

from records.database import Database

# No deadline: CI shares its cores. Derandomized: a red run stays red until the code changes.
settings.register_profile("tapal", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("tapal")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[Any]:
    """Half a million objects come that all stay: to look for garbage among them takes a fifth of the time.

    Tests add stories, pages and figures that many read, so garbage is looked for seldom later, too.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 20, 10)
        gc.enable()


def is_local(address: Any) -> bool:
    """Tell whether a socket address stays on this machine: loopback, a name for it, or a path."""
    host = address[0] if isinstance(address, tuple) else ""
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Fail any test that reaches for another machine: everything here works offline."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        assert is_local(address), f"a test tried to reach {address}"
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def own_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests write stands in a folder of their own, also that of the servers that they start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAPAL_VAR", str(tmp_path_factory.mktemp("var")))
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def packages_are_read_once() -> Iterator[None]:
    """Every AppTest looks through all installed packages for components, longer than most pages take to draw."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of SQLite with its tables: to be copied, which takes less time than making them."""
    file = tmp_path_factory.mktemp("prepared") / "tapal.sqlite3"
    made = Database(make_url(f"sqlite:///{file}"))
    made.prepare()
    made.engine.dispose()
    return file


@pytest.fixture
def tables(prepared: Path, tmp_path: Path) -> None:
    """The empty tables of what people write, in the test's own folder."""
    shutil.copy(prepared, tmp_path / "tapal.sqlite3")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return Path(__file__).parent.parent
