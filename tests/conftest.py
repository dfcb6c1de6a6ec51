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
from xdist.scheduler import LoadFileScheduling

from records.database import Database

# No deadline: CI shares its cores. Derandomized: a red run stays red until the code changes.
settings.register_profile("tapal", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("tapal")

ALL_CORRIDORS = (
    "tests/pages/",
    "tests/test_report.py",
    "tests/views/exports/deck/test_deck.py",
    "tests/views/exports/test_answers.py",
    "tests/views/language/test_sentences.py",
    "tests/views/story/test_story.py",
    "tests/views/topics/comparison/test_verdicts.py",
    "tests/web/test_api.py",
)
"""Files whose tests ask for every corridor: what is computed of all of them takes a process about a minute."""


class TogetherScheduling(LoadFileScheduling):
    """A file at a time for each process, but those of `ALL_CORRIDORS` in one."""

    def _split_scope(self, nodeid: str) -> str:
        return "all corridors" if nodeid.startswith(ALL_CORRIDORS) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """With ``--dist loadfile``, let two processes not compute the same of all corridors.

    Of more processes the one with all these files would be the last by far.
    """
    together = config.getoption("dist") == "loadfile" and config.getoption("numprocesses") == 2
    return TogetherScheduling(config, log) if together else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest work comes first, so that the processes end together."""
    items.sort(key=lambda item: not item.nodeid.startswith(ALL_CORRIDORS))


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
