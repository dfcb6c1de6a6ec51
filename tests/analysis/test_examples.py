"""The examples in the docstrings run and give what they say."""

import doctest
import importlib
from pathlib import Path

import pytest

MODULES = sorted(path.stem for path in (Path(__file__).parents[2] / "analysis").glob("[!_]*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"analysis.{name}")).failed == 0


def test_some_examples_are_found() -> None:
    finder = doctest.DocTestFinder()
    modules = [importlib.import_module(f"analysis.{name}") for name in MODULES]
    assert sum(len(test.examples) for module in modules for test in finder.find(module)) > 10
