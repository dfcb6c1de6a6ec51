"""Programs that are not ours, and names that attack: what the tests of exports share."""

import dataclasses
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from data import tables
from data.tables import Dataset

PWN = "window.top.__pwned=window.__pwned=1"
HOSTILE = f"=cmd|' /C calc'!A0<img src=x onerror={PWN}></script><script>{PWN}</script>\u2028${{{PWN}}}"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


@cache
def data() -> Dataset:
    """The shipped data, read once."""
    return tables.load()


@cache
def hostile_data() -> Dataset:
    """The shipped data with names that somebody wrote with bad intentions."""
    known = data()
    named = {
        level: getattr(known, level).assign(nama=HOSTILE, **({"kabkota": HOSTILE} if level != "kabkota" else {}))
        for level in ("kelurahan", "kecamatan", "kabkota")
    }
    return dataclasses.replace(known, **named, facilities=known.facilities.assign(name=HOSTILE))


def convert(file: Path, kind: str) -> Path:
    """Open a file with LibreOffice and save it as another kind, in a folder and profile of its own."""
    folder = file.parent / f"as-{kind}"
    profile = (file.parent / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{kind}"


def words_of(pdf: Path) -> str:
    """The text of a PDF, laid out as one line."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


def tell_tale(content: bytes) -> list[bytes]:
    """Paths of a machine that stand in a file."""
    return [
        mark
        for mark in (b"/home/", b"/tmp/", b"/work/", b"/root/", b"C:\\Users", str(Path.home()).encode() + b"/")
        if mark in content
    ]
