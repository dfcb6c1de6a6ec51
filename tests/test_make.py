"""What make, the locks and the image promise to whoever starts Tapal."""

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import packages

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def address(host: str, port: int | str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/address.py", host, str(port)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def used() -> Iterator[int]:
    """A port of this machine on which somebody listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield int(listening.getsockname()[1])


@pytest.mark.parametrize("host", ["localhost", "0.0.0.0"])
def test_row_13_a_taken_port_is_found_before_the_address_is_printed(host: str, used: int) -> None:
    said = address(host, used)
    assert said.returncode == 1
    assert said.stdout == ""
    found = re.search(rf"port {used} is in use; free is: make run PORT=(\d+)", said.stderr)
    assert found
    assert address(host, found[1]).returncode == 0


@pytest.mark.parametrize("port", ["99999", "0", "-1", "8501x", "", "٨٥٠١", "1e3"])
def test_row_13_what_is_no_port_is_refused_in_words(port: str) -> None:
    said = address("localhost", port)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == f"run: PORT={port}: a port is a number from 1 to 65535\n"


@pytest.mark.parametrize("host", ["192.0.2.7", "tidak-ada.invalid", "x" * 300])
def test_row_13_what_is_no_address_of_this_machine_is_refused_in_words(host: str) -> None:
    said = address(host, 8501)
    assert (said.returncode, said.stdout) == (1, "")
    assert "is no address of this machine" in said.stderr
    assert "Traceback" not in said.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_row_9_the_app_listens_on_this_machine_alone_unless_asked() -> None:
    shown = subprocess.run(["make", "-n", "run"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert '--server.address "localhost"' in shown
    opened = subprocess.run(["make", "-n", "run", "HOST=0.0.0.0"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert '--server.address "0.0.0.0"' in opened.stdout
    alone, open_to_all = address("localhost", free_port()), address("0.0.0.0", free_port())
    assert "sign-in" not in alone.stdout
    assert "reading needs no sign-in" in open_to_all.stdout
    readme = read("README.md")
    assert "HOST=0.0.0.0" in readme
    assert "Reading needs no sign-in" in readme
    assert "streamlit run app.py --server.address localhost" in readme, "Windows users have no make"


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell")
def test_row_13_no_network_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    (tmp_path / "kosong.lock").write_text(f"tidak-ada-di-mana-pun==1 --hash=sha256:{'0' * 64}\n")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": "/dev/null", "PATH": "/usr/bin:/bin"}
    command = ["sh", str(ROOT / "scripts" / "setup.sh"), "kosong.lock"]
    said = subprocess.run(command, cwd=tmp_path, env=nowhere, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "setup: the packages could not be fetched: no network" in said.stderr


def test_row_13_every_locked_package_has_hashes_and_stands_in_one_lock() -> None:
    seen: dict[str, str] = {}
    for lock in LOCKS:
        entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^ *#.*\n?", "", read(lock)).strip())
        assert len(entries) > 5
        for entry in entries:
            name = re.match(r"([a-z0-9._-]+)==[^ ]+ ", entry)
            assert name, entry
            assert "--hash=sha256:" in entry, name[1]
            assert seen.setdefault(name[1], lock) == lock, name[1]


def test_row_13_the_image_is_named_by_its_digest_and_holds_what_the_app_imports() -> None:
    image = read("Dockerfile")
    assert re.search(r"^ARG PYTHON=python:3\.11-slim@sha256:[0-9a-f]{64}$", image, re.MULTILINE)
    assert re.findall(r"^FROM (\S+)", image, re.MULTILINE) == ["${PYTHON}", "${PYTHON}"]
    assert "--require-hashes -r requirements.lock" in image
    taken = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    sources = [*ROOT.glob("*.py"), *(p for folder in taken for p in (ROOT / folder).glob("**/*.py"))]
    brought = {m for p in sources for m in re.findall(r"(?m)^(?:from|import) (\w+)", p.read_text("utf-8"))}
    folders = {name for name in brought if (ROOT / name).is_dir()}
    assert {"views", "web", "geo"} <= folders <= taken | {"tests"}


def test_a_weak_package_is_named_with_its_advisory() -> None:
    known = json.loads(packages.ADVISORIES.read_text(encoding="utf-8"))
    locked = packages.pins(*LOCKS)
    assert packages.weak(locked, known["advisories"]) == []
    assert {found["package"] for found in known["advisories"]} <= {name for name, _ in locked}, "of no package of ours"
    assert packages.weak([("starlette", "0.26.1")], known["advisories"]) == [
        "starlette 0.26.1: PYSEC-2023-83 (CVE-2023-29159), affected >=0.13.5,<0.27.0"
    ]


def test_a_list_of_packages_that_leaves_one_out_is_told() -> None:
    locked = packages.pins(LOCKS[0])
    assert ("streamlit", "1.67.0") in locked
    assert len(locked) == read(LOCKS[0]).count("==") - read(LOCKS[0]).count("_version ==")
    parts = [{"name": name, "version": version} for name, version in locked if name != "streamlit"]
    assert packages.left_out(locked, {"components": parts}) == ["streamlit 1.67.0"]
    assert packages.left_out(locked, {"components": [*parts, {"name": "Streamlit", "version": "1.67.0"}]}) == []
