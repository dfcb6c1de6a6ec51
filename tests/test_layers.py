"""The layers: what a folder may import, by path, and that what computes opens no file.

Data flows one way: geo <- data, analysis <- open_data, records <- views <- pages. Each rule is a function
from source text to a list of breaches, so that the rules themselves can be shown code that breaks them.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from scripts import architecture

ROOT = Path(__file__).parent.parent
PAGE_LINES = 200

# The standard library without what reaches files, processes, the clock or the network.
PURE_STANDARD = {
    "__future__", "abc", "bisect", "calendar", "collections", "copy", "dataclasses", "datetime", "decimal", "difflib",
    "enum", "fractions", "functools", "heapq", "itertools", "math", "numbers", "operator", "re", "statistics",
    "string", "types", "typing", "unicodedata",
}  # fmt: skip
SCIENCE = {"geopandas", "numpy", "pandas", "pyproj", "scipy", "shapely"}
ANALYSIS_MAY_IMPORT = PURE_STANDARD | SCIENCE | {"analysis", "geo"}
SCREEN = {"streamlit", "folium", "streamlit_folium", "branca", "plotly"}

# What opens a file whatever it is called on, be it called or handed on; so does everything named read_*.
FILE_NAMES = {
    "fdopen", "urlopen", "urlretrieve", "write_text", "write_bytes", "unlink", "mkdir", "iterdir", "rglob",
    "savefig", "savetxt", "loadtxt", "genfromtxt", "fromfile", "tofile", "memmap",
}  # fmt: skip
NUMPY_FILES = {"load", "save", "savez", "savez_compressed"}
# What writes a file when it is told where, and otherwise returns text.
WRITERS = {
    "to_csv", "to_excel", "to_feather", "to_file", "to_hdf", "to_html", "to_json", "to_parquet", "to_pickle",
}  # fmt: skip

# Modules of `views` that handle files of their own: the wording, a digest of the map's own scripts, and exports.
VIEWS_WITH_FILES = {
    "views/language/cells.py", "views/exports/files/geopackage.py", "views/screen/map_frame.py",
    "views/exports/files/meeting.py", "views/exports/files/offline.py", "views/language/words.py",
}  # fmt: skip


def run_time_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree without what stands under ``if TYPE_CHECKING``: types alone are not needed to run."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                waiting.extend(child.orelse)
            else:
                waiting.append(child)


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import, also inside functions and by a name given as text."""
    for node in run_time_nodes(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"
        elif isinstance(node, ast.Call) and name_of(node.func) in {
            "import_module",
            "__import__",
            "exec",
            "eval",
        }:
            given = node.args[0] if node.args else None
            yield node.lineno, str(given.value) if isinstance(given, ast.Constant) else "<computed>"


def name_of(node: ast.AST) -> str:
    """Return the last name of an expression: ``read_csv`` of ``pd.read_csv``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def imports_beyond(source: str, allowed: Iterable[str]) -> list[str]:
    """Name every import that is not of an allowed package."""
    names = set(allowed)
    return [f"line {line} imports {name}" for line, name in imports(source) if name.split(".")[0] not in names]


def imports_among(source: str, forbidden: Iterable[str]) -> list[str]:
    """Name every import of a forbidden module or of anything in it."""
    return [
        f"line {line} imports {name}"
        for line, name in imports(source)
        if any(f"{name}.".startswith(f"{module}.") for module in forbidden)
    ]


def files_opened(source: str, more: Iterable[str] = ()) -> list[str]:
    """Name every use of something that reads or writes a file, be it called or handed on.

    Parameters
    ----------
    source
        Python source text.
    more
        Further names that open files, such as the methods of the loader that read on demand.
    """
    nodes = list(run_time_nodes(ast.parse(source)))
    used: list[ast.Attribute | ast.Name]
    used = [n for n in nodes if isinstance(n, ast.Attribute) and handles_files(n)]
    used += [n for n in nodes if isinstance(n, ast.Name) and n.id == "open"]
    called = [n for n in nodes if isinstance(n, ast.Call) and opens_when_called(n, set(more))]
    brought = [n for n in nodes if isinstance(n, ast.ImportFrom) and any(is_reader(a.name) for a in n.names)]
    return [
        *(f"line {n.lineno} uses {name_of(n)}" for n in used),
        *(f"line {n.lineno} calls {name_of(n.func)}" for n in called),
        *(f"line {n.lineno} imports from {n.module}" for n in brought),
    ]


def is_reader(name: str) -> bool:
    """Tell whether a name is one that opens files."""
    return name in FILE_NAMES or name.startswith("read_")


def handles_files(node: ast.Attribute) -> bool:
    """Tell whether naming this attribute is enough to suspect a file."""
    of_numpy = node.attr in NUMPY_FILES and name_of(node.value) in {"np", "numpy"}
    return of_numpy or is_reader(node.attr)


def opens_when_called(node: ast.Call, more: set[str]) -> bool:
    """Tell whether this call opens a file: ``path.open()``, ``frame.to_csv(path)``, ``data.polygons()``."""
    if not isinstance(node.func, ast.Attribute):
        return False
    name = node.func.attr
    told_where = bool(node.args) or any(k.arg in {"path", "path_or_buf", "excel_writer"} for k in node.keywords)
    return name == "open" or name in more or (name in WRITERS and told_where)


def functions_that_open(source: str) -> set[str]:
    """Name the functions and methods of a module that open files themselves."""
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)]
    return {function.name for function in functions if files_opened(ast.unparse(function))}


def files_of(*patterns: str) -> list[Path]:
    """List the Python files of a part of the repository; an empty part would hold every rule."""
    files = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    assert files, f"nothing matches {patterns}"
    return files


def breaches(files: Iterable[Path], rule: Callable[[str], list[str]]) -> list[str]:
    """Apply a rule to files and say where it is broken."""
    return [
        f"{path.relative_to(ROOT)}: {breach}" for path in files for breach in rule(path.read_text(encoding="utf-8"))
    ]


def test_analysis_imports_only_what_computes() -> None:
    assert not breaches(
        files_of("geo/**/*.py", "analysis/**/*.py"), lambda text: imports_beyond(text, ANALYSIS_MAY_IMPORT)
    )


def test_analysis_takes_frames_and_never_the_whole_data_set() -> None:
    def whole(source: str) -> list[str]:
        return ["names Dataset" for node in ast.walk(ast.parse(source)) if name_of(node) == "Dataset"]

    assert whole("def f(data: Dataset) -> None:\n    pass")
    assert not breaches(files_of("geo/**/*.py", "analysis/**/*.py"), whole)


def test_analysis_opens_no_file_itself_or_through_the_loader() -> None:
    readers = functions_that_open((ROOT / "data" / "tables.py").read_text(encoding="utf-8"))
    assert readers, "the loader of the tables reads files"
    assert not breaches(files_of("geo/**/*.py", "analysis/**/*.py"), lambda text: files_opened(text, readers))


def test_analysis_brings_nothing_of_the_screen_with_it() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files_of("geo/**/*.py", "analysis/**/*.py")
    ]
    modules = [name.removesuffix(".__init__") for name in modules]
    unwanted = sorted(SCREEN | {"sqlalchemy", "data", "views", "pages"})
    script = f"import sys, {', '.join(modules)}; print(*[m for m in {unwanted} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_data_knows_neither_screen_nor_pages() -> None:
    forbidden = {*SCREEN, "views", "pages", "app", "server", "web", "tests"}
    assert not breaches(files_of("data/**/*.py"), lambda text: imports_among(text, forbidden))


def test_records_know_neither_screen_nor_pages() -> None:
    forbidden = {*SCREEN, "views", "pages", "app", "server", "web", "tests", "open_data"}
    assert not breaches(files_of("records/**/*.py"), lambda text: imports_among(text, forbidden))


def test_the_server_knows_no_page_and_only_the_entry_point_knows_it() -> None:
    inside = {"geo", "analysis", "data", "open_data", "views", "pages", "app", "server", "tests"}
    assert not breaches(files_of("web/**/*.py"), lambda text: imports_among(text, inside))
    others = files_of("app.py", "report.py", "pages/*.py", "views/**/*.py")
    assert not breaches(others, lambda text: imports_among(text, {"web", "server"}))


def test_the_app_never_needs_the_build() -> None:
    files = files_of(
        "*.py",
        "web/**/*.py",
        "geo/**/*.py",
        "analysis/**/*.py",
        "open_data/**/*.py",
        "records/**/*.py",
        "views/**/*.py",
        "pages/*.py",
        "data/*.py",
    )
    assert not breaches(files, lambda text: imports_among(text, {"data.build"}))


def test_views_draw_and_do_not_compute() -> None:
    files = files_of("views/**/*.py")
    assert not breaches(files, lambda text: imports_among(text, {"scipy", "shapely", "sqlalchemy", "tests"}))
    others = [path for path in files if path.relative_to(ROOT).as_posix() not in VIEWS_WITH_FILES]
    assert not breaches(others, files_opened)


def test_every_import_goes_down_the_layers() -> None:
    upwards = {
        f"{start} -> {end}"
        for start, end in architecture.arrows()
        if architecture.layer_of(start) >= architecture.layer_of(end)
    }
    assert not upwards


def test_no_import_leads_back_to_where_it_began() -> None:
    graph = architecture.graph()
    assert list(TopologicalSorter(graph).static_order())
    with pytest.raises(ValueError, match="cycle"):
        list(TopologicalSorter({"a": {"b"}, "b": {"a"}}).static_order())


def test_only_what_draws_on_the_screen_imports_streamlit() -> None:
    may = ("app", "server", "pages.", "web.", "views.screen.", "views.meeting.", "views.link.")
    breaches = [
        module
        for module, path in architecture.modules().items()
        if not module.startswith(may)
        and not (module.startswith("views.topics.") and module.rpartition(".")[2] in architecture.ON_SCREEN)
        and imports_among(path.read_text(encoding="utf-8"), SCREEN - {"plotly"})
    ]
    assert not breaches


def test_the_command_line_loads_no_streamlit() -> None:
    parts = ("open_data.", "records.", "views.exports.")
    modules = ["report", *(m for m in architecture.modules() if m.startswith(parts) and ".migrations." not in m)]
    script = f"import sys, {', '.join(modules)}; print(*[m for m in {sorted(SCREEN)} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_picture_of_the_folders_is_that_of_the_code() -> None:
    assert architecture.PICTURE.read_text(encoding="utf-8") == architecture.picture(), "python scripts/architecture.py"


def test_pages_are_thin() -> None:
    files = files_of("pages/*.py")
    heavy = SCIENCE | {"scipy", "folium", "plotly", "sqlalchemy"}
    assert not breaches(files, lambda text: imports_among(text, heavy))
    assert not breaches(files, files_opened)
    long = {path.name: count for path in files if (count := len(path.read_text("utf-8").splitlines())) >= PAGE_LINES}
    assert not long


def test_nothing_imports_a_page() -> None:
    files = files_of(
        "*.py",
        "geo/**/*.py",
        "analysis/**/*.py",
        "data/**/*.py",
        "open_data/**/*.py",
        "records/**/*.py",
        "views/**/*.py",
        "web/**/*.py",
        "pages/*.py",
    )
    assert not breaches(files, lambda text: imports_among(text, {"pages"}))


@pytest.mark.parametrize(
    "source",
    [
        "import streamlit as st",
        "from folium import Map",
        "import sqlalchemy.orm",
        "import os",
        "from pathlib import Path",
        "def f():\n    import streamlit",
        "try:\n    import streamlit\nexcept ImportError:\n    pass",
        "import importlib",
        "from data.tables import load",
        "from . import views",
        "__import__('streamlit')",
        "name = 'x'\n__import__(name)",
        "if TYPE_CHECKING:\n    pass\nelse:\n    import streamlit",
    ],
)
def test_the_import_rule_sees(source: str) -> None:
    assert imports_beyond(source, ANALYSIS_MAY_IMPORT)


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "f = open",
        "path.read_text()",
        "pd.read_parquet('x')",
        "gpd.read_file('x')",
        "read = pd.read_csv",
        "from pandas import read_csv as table",
        "frame.to_parquet('x')",
        "np.load('x')",
        "numpy.savez('x')",
        "path.open()",
        "def f(data):\n    return data.polygons('kelurahan')",
    ],
)
def test_the_file_rule_sees(source: str) -> None:
    assert files_opened(source, more={"polygons"})


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nfrom scipy.spatial import cKDTree",
        "from analysis.borders import neighbours",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from data.tables import Dataset",
        "opened = 'open'",
        "panel.open",
        "text = frame.to_csv(index=False)",
        "table.already_read",
        "frame.load_factor",
    ],
)
def test_the_rules_let_pass(source: str) -> None:
    assert not imports_beyond(source, ANALYSIS_MAY_IMPORT)
    assert not files_opened(source)


def test_the_module_rule_sees_a_module_and_its_parts_only() -> None:
    assert imports_among("import data.build", {"data.build"})
    assert imports_among("from data.build.raw import Raw", {"data.build"})
    assert imports_among("from data import build", {"data.build"})
    assert not imports_among("import data.buildings", {"data.build"})


def test_the_loader_rule_finds_methods_that_read() -> None:
    source = "class A:\n  def far(self):\n    return pd.read_csv('x')\n  def near(self):\n    return self.x"
    assert functions_that_open(source) == {"far"}
