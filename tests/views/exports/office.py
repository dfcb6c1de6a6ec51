"""Programs and templates that are not ours, and names that attack: what the tests of exports share."""

import getpass
import io
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Inches

ROOT = Path(__file__).parents[3]
HERE = (Path.home(), Path(tempfile.gettempdir()), Path(sys.prefix, "lib"))
SHORT_NAME = 3
# Of folders and users; they also stand in files that tell nothing.
COMMON_NAMES = {"", "app", "data", "opt", "src", "test", "user", "usr", "var"}
COMMON_USERS = {"admin", "debian", "root", "runner", "ubuntu"}
_FORMULA = re.compile(r"[\t\r\n\0]|\s*(?![+-]? ?[\d., ]*%?\s*$)[=+\-@＝＋－＠﹢﹣﹦﹫]")

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def is_formula(text: object) -> bool:
    """Tell whether a spreadsheet may take a text for a formula; a number with its sign, or a sign alone, is none."""
    return _FORMULA.match(str(text)) is not None


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


@cache
def marks() -> tuple[bytes, ...]:
    """What tells on whose machine a file was made: its folders and all above them, and the name of the user."""
    own = [ROOT / room for room in ("analysis", "data", "tests", "views")]
    here = {path for known in (*own, *HERE) for path in (known, known.resolve())}
    folders = here | {above for path in here for above in path.parents if above.name not in COMMON_NAMES}
    # Where people's folders stand on other machines.
    folders |= {Path("/", "home"), Path("/", "Users")}
    found = {f"{folder}/" for folder in folders} | {"C:\\Users"}
    name = getpass.getuser()
    if len(name) > SHORT_NAME and name not in COMMON_NAMES | COMMON_USERS:
        found.add(name)
    return tuple(sorted(mark.encode() for mark in found))


def tell_tale(content: bytes) -> list[bytes]:
    """Marks of this machine that stand in a file."""
    return [mark for mark in marks() if mark in content]


def own_template(width: float = 10.0, height: float = 5.625) -> bytes:
    """An office's deck template of this size in inches: a slide in it, and the office's name in its master."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(width), Inches(height)
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "contoh kantor"
    made.slide_master.shapes[0].text_frame.text = "Bagian Kerja Sama"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
