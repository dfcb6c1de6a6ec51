"""Docstrings of the product in numpydoc: they name every parameter and every field, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import architecture

FILES = sorted(architecture.modules().values())
MANY = 2
"""Parameters up to which a sentence may do instead of a section."""

Described = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, Described]]:
    """Yield name and definition of every public function and class, methods included."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Described) and not node.name.startswith("_"):
            yield f"{prefix}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{node.name}.")


def named(docstring: str, section: str) -> list[str] | None:
    """Names that a numpydoc section describes, None without such a section."""
    found = re.search(rf"^{section}\n-+\n(.*?)(?=\n\w[^\n]*\n---|\Z)", docstring, re.MULTILINE | re.DOTALL)
    if found is None:
        return None
    entries = re.findall(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?= : |$)", found[1], re.MULTILINE)
    return [name.strip("*") for entry in entries for name in entry.split(", ")]


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Names of all parameters but self."""
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [a.arg for a in every if a.arg != "self"]


def fields(node: ast.ClassDef) -> list[str]:
    """Names of the public fields of a dataclass; none of any other class."""
    if not any("dataclass" in ast.unparse(d) for d in node.decorator_list):
        return []
    every = [n.target.id for n in node.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)]
    return [name for name in every if not name.startswith("_")]


def faults(source: str) -> list[str]:
    """What the docstrings of a module lack or say of what is not there."""
    found = []
    for name, node in public(ast.parse(source)):
        text = ast.get_docstring(node) or ""
        if not text:
            found.append(f"{name}: no docstring")
            continue
        if isinstance(node, ast.ClassDef):
            section, wanted, needed = "Attributes", fields(node), bool(fields(node))
        else:
            section, wanted = "Parameters", parameters(node)
            needed = len(wanted) > MANY
        described = named(text, section)
        if described is None and needed:
            found.append(f"{name}: no section {section}")
        elif described is not None and sorted(described) != sorted(wanted) and wanted:
            missing, strange = set(wanted) - set(described), set(described) - set(wanted)
            found.append(f"{name}: {section} lacks {sorted(missing)}, names in excess {sorted(strange)}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(architecture.ROOT).as_posix())
def test_docstrings_name_every_parameter_and_field(path: Path) -> None:
    assert not faults(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    pass",
        "def f(a, b, c):\n    '''Add.'''",
        "def f(a, *, b):\n    '''Add.\n\n    Parameters\n    ----------\n    a : one\n    '''",
        "def f(a):\n    '''Add.\n\n    Parameters\n    ----------\n    b : one\n\n    Returns\n    -------\n    a : x\n    '''",  # noqa: E501
        "@dataclass(frozen=True)\nclass C:\n    '''One.'''\n    a: int",
        "@dataclass\nclass C:\n    '''One.\n\n    Attributes\n    ----------\n    a : one\n    '''\n    a: int\n    b: int",  # noqa: E501
        "class C:\n    '''One.'''\n    def f(self):\n        pass",
        "async def f():\n    pass",
    ],
)
def test_the_rule_sees(source: str) -> None:
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    [
        "def f(a, b):\n    '''Add.'''",
        "def f(a, b, c):\n    '''Add.\n\n    Parameters\n    ----------\n    a, b : two\n    c : one: more\n        of it\n    '''",  # noqa: E501
        "def _f(a, b, c):\n    pass",
        "class C:\n    '''One.'''\n    a: int",
    ],
)
def test_the_rule_lets_pass(source: str) -> None:
    assert not faults(source)
