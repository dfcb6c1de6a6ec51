"""Start Streamlit for a test, wait until it answers, and end it by its own process id."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "test-results"
START_SECONDS = 180

# A proxy that nobody runs: what does not ask for this machine gets no answer.
NOWHERE = "http://127.0.0.1:9"


def free_port() -> int:
    """Return a port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A running server: where it answers and which process it is."""

    address: str
    pid: int


@contextmanager
def serve(script: Path | str = "server.py", open_files: int | None = None, base: str = "") -> Iterator[str]:
    """Run a script as `served` does and yield its address alone."""
    with served(script, open_files, base) as server:
        yield server.address


@contextmanager
def served(
    script: Path | str = "server.py", open_files: int | None = None, base: str = "", port: int = 0
) -> Iterator[Served]:
    """Run ``streamlit run`` on a script and yield its address and process.

    Parameters
    ----------
    script
        An ``st.App`` such as ``server.py``, or a plain Streamlit script; relative to the repository. Files
        below ``static/`` beside it are served, and it can import the product.
    open_files
        The most files that the operating system lets it hold open, where this is part of the test.
    base
        The path below which the app stands, without slashes; it ends the address.
    port
        Where it answers; 0 for one that is free.

    Raises
    ------
    RuntimeError
        The server ended or did not answer in time; the message holds the end of its log.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}" + (f"/{base}" if base else "")
    RESULTS.mkdir(exist_ok=True)
    log = RESULTS / f"server-{Path(script).stem}-{port}.log"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HTTP_PROXY": NOWHERE,
        "HTTPS_PROXY": NOWHERE,
        "NO_PROXY": "127.0.0.1,localhost",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    if open_files is not None:
        command = ["sh", "-c", f'ulimit -n {open_files}; exec "$@"', "sh", *command]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    options += ["--server.baseUrlPath", base]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_healthy(process, address, log)
            yield Served(address, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    tail = log.read_text(encoding="utf-8", errors="replace")[-3000:]
    raise RuntimeError(f"{address} did not start within {START_SECONDS} s:\n{tail}")
