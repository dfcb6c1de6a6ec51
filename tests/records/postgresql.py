"""A PostgreSQL server for tests: the one that is named, or one of its own in a folder that is thrown away."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NAMED = "TAPAL_TEST_POSTGRES"
PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")


def programs() -> Path | None:
    """The folder of initdb and postgres, where Debian puts them or on the path; None where there is none."""
    found = [path.parent for place in PLACES for path in sorted(Path(place).glob("*/bin/initdb"), reverse=True)]
    on_path = shutil.which("initdb")
    return found[0] if found else Path(on_path).parent if on_path else None


def unprivileged() -> str | None:
    """A user to run the server as, where this one is root: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a server; skip the test where there is none."""
    if named := os.environ.get(NAMED):
        yield named.replace("postgresql://", "postgresql+psycopg://", 1)
        return
    folder = programs()
    if folder is None:
        pytest.skip(f"no PostgreSQL on this machine, and {NAMED} names none")
    user = unprivileged()
    # Below /tmp itself: the path of a socket may have only about a hundred characters.
    home = Path(tempfile.mkdtemp(prefix="tapal-pg-", dir="/tmp"))
    if user:
        shutil.chown(home, user)
    data = home / "data"
    common = {"user": user, "cwd": home, "check": True, "stdout": subprocess.DEVNULL}
    try:
        initdb = [folder / "initdb", "-D", data, "-U", "tapal", "-A", "trust", "-E", "UTF8", "--locale=C"]
        subprocess.run([*initdb, "--no-sync"], **common)  # type: ignore[call-overload]
        # The folder is thrown away: nothing has to survive a loss of power.
        options = "-c fsync=off -c full_page_writes=off "
        options += f"-c listen_addresses='' -c unix_socket_directories={home} -c max_connections=50"
        control = [folder / "pg_ctl", "-D", data, "-w", "-t", "60"]
        log = home / "log"
        subprocess.run([*control, "-l", log, "-o", options, "start"], **common)  # type: ignore[call-overload]
        try:
            yield f"postgresql+psycopg://tapal@/postgres?host={home}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **common)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(home, ignore_errors=True)
