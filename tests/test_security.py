"""What SECURITY.md promises: each promise names tests that exist."""

import ast
import re

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


def test_every_item_of_the_asvs_has_a_test_and_stands_once() -> None:
    rows = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if re.match(r"\| \d+\.\d+\.\d+", line)]
    assert len(rows) > 30
    assert all(len(row) == 4 and re.search(r"`test_\w+`", row[3]) for row in rows)
    items = [item for row in rows for item in row[0].split(", ")]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", item) for item in items)
    assert len(items) == len(set(items))
