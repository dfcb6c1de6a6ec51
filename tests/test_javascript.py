"""The scripts of the map, the meeting and the offline map: their own tests in node, and rules that need no node."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from views.figures.mapspec import WORDS, Geometry, MapSpec
from views.figures.specs import Side
from views.screen import map_packing
from views.screen.map_frame import script_literal

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted((ROOT / "static").glob("*/*.js"))
CASES = sorted((ROOT / "tests" / "js").glob("*.test.js"))
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(
    NODE is None, reason="node is not installed here: the scripts are tested in Chromium only"
)


def run_node(*arguments: str, text: str = "") -> str:
    """What node prints."""
    done = subprocess.run(
        [str(NODE), *arguments], input=text, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_node
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_tests_in_node_pass(case: Path) -> None:
    assert re.search(r"^# pass [1-9]\d*$", run_node("--test", str(case)), re.MULTILINE)


@needs_node
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_is_valid(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    run_node(f"--input-type={'module' if 'export ' in text else 'commonjs'}", "--check", text=text)


UNPACK = """
const fs = require("node:fs");
const { document, window } = require("./tests/js/dom.js").browser();
Object.assign(globalThis, { document, window, fetch: () => Promise.reject(new Error()) });
document.currentScript = { src: "http://localhost/app/static/map/tapal.js" };
const map = require("./static/map/tapal.js");
const literals = JSON.parse(fs.readFileSync(0, "utf-8"));
Promise.all(literals.map(async (text) => [...map.unpack(await map.unpacked(text))]))
  .then((found) => console.log(JSON.stringify(found)));
"""


@needs_node
@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.from_regex(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}(\.[0-9]{4})?", fullmatch=True),
            st.tuples(st.integers(-1, 4), st.text("12,| km≤", max_size=6)),
        ),
        min_size=20,
        max_size=20,
    )
)
def test_the_browser_unpacks_what_the_server_has_packed(cases: list[dict[str, tuple[int, str]]]) -> None:
    manifest = {
        "kelurahan": {"32.75": "a"},
        "kecamatan": {"32.75": "b"},
        "around": "e",
        "borders": {},
        "bounds": {"32.75": [[-7, 106], [-6, 107]]},
    }
    literals = []
    for case in cases:
        spec = MapSpec(
            sides=(Side("32.75", "Kota Bekasi", ("#000000", "#ffffff")),),
            level="kelurahan",
            classes={kode: number for kode, (number, _) in case.items()},
            labels={kode: label for kode, (_, label) in case.items()},
            colors=("#a", "#b", "#c", "#d", "#e"),
            words=dict.fromkeys(WORDS, "kata"),
        )
        picture = map_packing._picture(spec, Geometry.from_manifest(manifest), 400, "peta")
        literals.append(script_literal(picture).strip('"'))
    found = json.loads(run_node("-e", UNPACK, text=json.dumps(literals)))
    assert [{kode: (value["class"], value["label"]) for kode, value in state} for state in found] == cases


# Whatever is written by these can run as markup or as a script.
DANGEROUS = (
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|setHTML\w*)\b|new Function|\bon\w+\s*=\s*[\"']"
)
CARELESS = r"\bvar\b|\bconsole\.|\bdebugger\b|\balert\(|[^=!]==[^=]|!=[^=]"


def code_of(script: Path) -> str:
    """A script without its comments."""
    text = re.sub(r"/\*.*?\*/", "", script.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_is_strict_and_writes_no_markup(script: Path) -> None:
    code = code_of(script)
    assert '"use strict"' in code or re.search(r"^export ", code, re.MULTILINE), "a module is strict by itself"
    assert not re.findall(DANGEROUS, code)
    assert not re.findall(CARELESS, code)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_nothing_in_a_script_is_unused(script: Path) -> None:
    code = code_of(script)
    named = re.findall(
        r"\bfunction (\w+)|\b(?:const|let) (\w+) =|^ {2,4}(?:async |get )?(\w+)\([^)]*\) \{$", code, re.MULTILINE
    )
    names = {name for found in named for name in found if name} - {"constructor", "if", "for", "while", "switch"}
    # Leaflet calls these on what extends it.
    names -= {"onAdd", "initialize", "getBounds", "mount"}
    assert len(names) > 20
    assert not [name for name in sorted(names) if len(re.findall(rf"\b{name}\b", code)) < 2]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_style_is_worn(script: Path) -> None:
    code = script.read_text(encoding="utf-8")
    style = re.sub(r"/\*.*?\*/", "", script.with_suffix(".css").read_text(encoding="utf-8"), flags=re.DOTALL)
    classes = set(re.findall(r"\.((?:tp|rp)-[a-z-]+)", style))
    unworn = {name for name in classes if name not in code and not re.search(rf"{name.rpartition('-')[0]}-\$\{{", code)}
    assert not unworn


def test_the_map_says_each_of_its_words() -> None:
    code = code_of(ROOT / "static" / "map" / "tapal.js")
    said = set(re.findall(r"words\.(\w+)", code)) | set(re.findall(r"hint\(\"(\w+)\"\)", code))
    said |= {"zoom_in", "zoom_out"} if "zoom_in: zoomInTitle, zoom_out: zoomOutTitle" in code else set()
    assert said == set(WORDS)
