"""What SECURITY.md promises: each promise names tests that exist."""

import ast
import json
import re
import subprocess

from tests.serving import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def known() -> frozenset[str]:
    """The name of every test, as pytest finds it."""
    files = (ROOT / "tests").rglob("test_*.py")
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return frozenset(n.name for tree in trees for n in tree.body if isinstance(n, ast.FunctionDef))


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) > 50
    assert not named - known()
    files = set(re.findall(r"`(tests/[\w/]+\.py)`", TEXT))
    assert not [file for file in files if not (ROOT / file).is_file()]


def test_every_promise_names_the_test_that_holds_it() -> None:
    own = TEXT.partition("What Tapal does on its own:")[2].partition("What the operator does:")[0]
    promises = re.findall(r"^- .*(?:\n  .*)*", own, flags=re.MULTILINE)
    assert len(promises) > 20
    without = [text[:60] for text in promises if not re.search(r"`test_\w+`|`tests/[\w/]+\.py`", text)]
    assert not without


def test_static_holds_kinds_of_file_that_are_meant_and_no_value() -> None:
    """What anybody may fetch: boundaries with their names and label points, scripts, style sheets, pictures, fonts."""
    listed = subprocess.run(["git", "ls-files", "static"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.split()]
    assert len(files) > 20
    kinds = {file.suffix or file.name for file in files}
    assert kinds <= {".css", ".js", ".json", ".png", ".svg", ".woff2", "LICENSE"}
    maps = [json.loads(file.read_text(encoding="utf-8")) for file in files if file.suffix == ".json"]
    assert all(set(held) <= {"type", "transform", "objects", "arcs", "labels"} for held in maps)
    shapes = [shape for held in maps for layer in held["objects"].values() for shape in layer["geometries"]]
    assert len(shapes) > 3000
    for shape in shapes:
        held = shape["properties"]
        assert set(held) <= {"n", "k", "p"}, "name, kind or side, label point"
        assert all(isinstance(held.get(name, ""), str) for name in ("n", "k"))
        lon, lat = held.get("p", (106, -6))
        assert 95 < lon < 141
        assert -11 < lat < 6


def test_every_item_of_the_asvs_has_a_test_and_stands_once() -> None:
    rows = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if re.match(r"\| \d+\.\d+\.\d+", line)]
    assert len(rows) > 30
    assert all(len(row) == 4 and re.search(r"`test_\w+`", row[3]) for row in rows)
    items = [item for row in rows for item in row[0].split(", ")]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", item) for item in items)
    assert len(items) == len(set(items))
