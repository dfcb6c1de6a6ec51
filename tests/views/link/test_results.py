"""What is kept for all sessions is kept for one version of the data: other data give other numbers at once."""

import ast
import dataclasses
import shutil
from pathlib import Path

import pytest

from data import catalogue, tables
from data.tables import Dataset
from tests.pages.opening import ROOT, open_page, texts
from tests.shipped import data
from views.link import context, results

SERANG = "kabserang-kotaserang"
# What does not depend on the data, or is told apart by its caller: the data set itself, the shelf, whose keys hold the
# version, and the check of a template.
ALONE = {"dataset", "shelf", "_fault", "_states"}


def other_data() -> Dataset:
    """The shipped data with twice the people, as another version."""
    known = data()
    people = known.values["indicator"] == "penduduk"
    columns = ["value", "low", "high"]
    values = known.values.copy()
    values.loc[people, columns] *= 2
    return dataclasses.replace(known, values=values, version="other")


def test_other_data_give_other_numbers() -> None:
    one, other = (results.border_summary(d, SERANG, "bersentuhan") for d in (data(), other_data()))
    assert [s.people * 2 for s in one.sides] == pytest.approx([s.people for s in other.sides])
    assert results.border_summary(data(), SERANG, "bersentuhan") is one
    assert results.border_summary(dataclasses.replace(data()), SERANG, "bersentuhan") is one, "the version decides"


@pytest.mark.parametrize("page", ["beranda", "damkar", "akses"])
def test_a_page_shows_the_data_of_its_session(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    link = {"koridor": SERANG} | ({"indikator": "penduduk"} if page == "beranda" else {})
    usual = texts(open_page(page, **link))
    monkeypatch.setattr(context, "dataset", other_data)
    doubled = open_page(page, **link)
    assert not doubled.exception
    assert texts(doubled) != usual
    monkeypatch.undo()
    assert texts(open_page(page, **link)) == usual


def test_the_version_follows_from_what_is_in_the_files(tmp_path: Path) -> None:
    shipped, entries = tmp_path / "shipped", tmp_path / "catalogue"
    shutil.copytree(tables.SHIPPED, shipped)
    shutil.copytree(catalogue.FOLDER, entries)
    assert tables.version_of(shipped, entries) == data().version
    with (entries / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# a remark\n")
    changed = tables.version_of(shipped, entries)
    assert changed != data().version
    (shipped / "plain.parquet").write_bytes(b"")
    assert tables.version_of(shipped, entries) not in (changed, data().version)


def cached(tree: ast.AST) -> list[ast.FunctionDef]:
    """Functions whose results are kept for all sessions."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [f for f in functions if any(ast.unparse(d).startswith(("kept(", "st.cache")) for d in f.decorator_list)]


def test_everything_that_is_kept_is_kept_by_the_version_of_the_data() -> None:
    found = 0
    for file in [*(ROOT / "views").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for function in cached(ast.parse(file.read_text(encoding="utf-8"))):
            decorator = ast.unparse(function.decorator_list[0])
            if function.name in ALONE:
                continue
            found += 1
            assert decorator.startswith("kept("), f"{file.name}: {function.name}"
            names = {a.arg: ast.unparse(a.annotation) for a in function.args.args if a.annotation is not None}
            # A view or key that the caller makes holds the version.
            by_version = names.get("data") == "Dataset" or names.get("national") == "National"
            assert by_version or {"view", "key"} & set(names), f"{file.name}: {function.name}"
    assert found > 25
