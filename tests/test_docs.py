"""Documentation compared with the code: what the guides promise exists, and what exists stands in the guides."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from data import catalogue, methods
from views.topics.sources import words as sources_words

ROOT = Path(__file__).parent.parent
RUN_TIME = [
    "app.py",
    "server.py",
    "report.py",
    "geo/**/*.py",
    "analysis/**/*.py",
    "open_data/**/*.py",
    "data/**/*.py",
    "records/**/*.py",
    "pages/*.py",
    "views/**/*.py",
    "web/**/*.py",
]
# Where the name to import differs from the name to install.
IMPORT_NAMES = {
    "pyyaml": "yaml",
    "pillow": "PIL",
    "streamlit-folium": "streamlit_folium",
    "python-pptx": "pptx",
    "python-docx": "docx",
    "argon2-cffi": "argon2",
    "python-calamine": "python_calamine",
    "prometheus-client": "prometheus_client",
}
GUIDES = ["README.md", "CONTRIBUTING.md", "docs/panduan.md"]


def read(name: str) -> str:
    """Return the text of a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def public_targets() -> set[str]:
    """Name the make targets that carry a description."""
    return set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), flags=re.MULTILINE))


def titles_of_pages() -> list[str]:
    """List the Indonesian titles in the navigation of app.py."""
    calls = [n for n in ast.walk(ast.parse(read("app.py"))) if isinstance(n, ast.Call)]
    pages = [call for call in calls if ast.unparse(call.func).endswith("Page")]
    titles = [k.value for call in pages for k in call.keywords if k.arg == "title"]
    texts = [n.value for title in titles for n in ast.walk(title) if isinstance(n, ast.Constant)]
    assert len(texts) == len(pages) > 0, "every page has one title, given as text"
    return [str(text) for text in texts]


def requirements() -> dict[str, tuple[str, str]]:
    """Return version and reason of each direct dependency, by name in lower case."""
    found = {}
    for line in read("requirements.txt").splitlines():
        if line and not line.startswith("#"):
            match = re.fullmatch(r"([\w.-]+)==([\w.]+)  # (.+)", line)
            assert match, f"not of the form name==version  # reason: {line}"
            found[match[1].lower()] = (match[2], match[3])
    return found


def imported_packages() -> set[str]:
    """Name the packages that the code imports at run time, beyond the standard library and its own."""
    names = set()
    for path in (path for pattern in RUN_TIME for path in ROOT.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    own = {path.name.removesuffix(".py") for path in ROOT.iterdir()}
    return names - set(sys.stdlib_module_names) - own


@pytest.mark.parametrize("name", GUIDES)
def test_every_make_target_that_is_named_exists(name: str) -> None:
    named = set(
        re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join(re.findall(r"`[^`]*`|```.*?```", read(name), re.DOTALL)))
    )
    assert named <= public_targets()


def test_every_make_target_is_explained() -> None:
    assert {t for t in public_targets() if f"make {t}" not in read("CONTRIBUTING.md")} == set()


def test_the_readme_starts_with_the_two_commands() -> None:
    start = read("README.md")[:2500]
    assert "make run" in start
    assert "make test" in start
    assert "pip install -r requirements.lock" in read("README.md"), "Windows users have no make"


@pytest.mark.parametrize("name", ["README.md", "docs/panduan.md"])
def test_every_page_is_described(name: str) -> None:
    text = read(name)
    assert [title for title in titles_of_pages() if title not in text] == []


def test_the_guide_goes_by_task_is_short_and_names_what_stands_on_the_screen() -> None:
    guide = read("docs/panduan.md")
    assert len(guide.split()) <= 1150, "half of what it was when it went by widget"
    shown = "".join(re.findall(r'"(.*)"', read("views/language/locale/en.po")))
    named = {
        part.strip()
        for label in re.findall(r"\*\*(.+?)\*\*|“(.+?)”", guide)
        for part in "".join(label).split("…")
        if part.strip()
    }
    assert len(named) > 50
    assert {label for label in named if label not in shown} == set()


@pytest.mark.parametrize(
    "name",
    [
        *GUIDES,
        "CHANGELOG.md",
        "SECURITY.md",
        "data/README.md",
        "docs/menambah.md",
        "docs/mengelola.md",
        "docs/arsitektur.md",
        "docs/metode.md",
        "docs/edisi.md",
    ],
)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", read(name))
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def test_every_file_that_the_architecture_names_exists() -> None:
    text = read("docs/arsitektur.md")
    named = set(re.findall(r"`((?:[\w-]+/)*[\w-]+(?:\.(?:py|yaml|po|parquet)|/))`", text)) - {
        "words.py",
        "legend.py",
        "tables.py",
        "spec.py",
    }
    assert len(named) > 30
    assert {name for name in named if not (ROOT / name).exists()} <= {"views/topics/<topic>/"}


def test_every_option_of_the_report_is_documented() -> None:
    command = [sys.executable, "report.py", "--help"]
    text = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    options = set(re.findall(r"--[a-z][a-z-]*", text)) - {"--help"}
    assert options >= {"--koridor", "--format", "--out"}
    assert {option for option in options if option not in read("README.md")} == set()


def test_every_dependency_has_a_pin_a_reason_and_a_use() -> None:
    used = imported_packages()
    unused = {
        name
        for name, (_, reason) in requirements().items()
        if IMPORT_NAMES.get(name, name) not in used and not reason.startswith("engine: ")
    }
    assert unused == set()


def test_every_import_is_a_declared_dependency() -> None:
    declared = {IMPORT_NAMES.get(name, name) for name in requirements()}
    assert imported_packages() - declared == set()


def test_the_lock_holds_every_direct_dependency_at_its_pin() -> None:
    lock = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", read("requirements.lock"), flags=re.MULTILINE))
    direct = {name: version for name, (version, _) in requirements().items()}
    assert {name: lock.get(name) for name in direct} == direct


def test_the_changelog_names_this_version_or_what_is_coming() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    headings = re.findall(r"^## \[?([\w.]+)", read("CHANGELOG.md"), flags=re.MULTILINE)
    assert headings
    assert headings[0] in {"Unreleased", version}


def test_the_data_card_names_every_table_and_column() -> None:
    card = read("data/README.md")
    tables = sorted((ROOT / "data" / "shipped").glob("*.parquet"))
    assert tables
    for table in tables:
        assert f"{table.stem}.parquet" in card
        columns = pd.read_parquet(table).columns
        assert [c for c in columns if not re.search(rf"\b{re.escape(str(c))}\b", card)] == [], table.name


def test_every_link_to_a_method_finds_its_section_and_every_section_says_what_it_cannot() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pages").glob("*.py"))
    named = set(re.findall(r"""method_link\(w, ["'](\w+)["'], """, pages))
    known = methods.sections()
    by_indicator = {sources_words.section_of(i) for i in (None, *catalogue.load().indicators.values())}
    assert named | by_indicator == set(known), "every method is linked from a page"
    for heading, text in known.values():
        assert "**Tidak dapat dikatakan.**" in text, heading
        assert "**Pustaka.**" in text, heading
        assert "http" not in text, "readable without a network"


def test_the_container_brings_the_texts_that_pages_show() -> None:
    assert {"!docs/metode.md", "!docs/edisi.csv"} <= set(read(".dockerignore").splitlines())


AUDITED = ("tests/analysis", "tests/data", "tests/views/language", "tests/test_report.py")
"""Where tests of the audit of the numbers stand, one or more for each of its eighteen rows."""


def test_every_row_of_the_audit_of_the_numbers_has_a_test_that_names_it() -> None:
    files = [
        path
        for name in AUDITED
        for path in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("test_*.py"))
    ]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    named = {int(n) for rows in re.findall(r"def test_row_((?:\d+_and_)*\d+)_", text) for n in rows.split("_and_")}
    assert named >= set(range(1, 19))


def test_no_paper_names_a_path_of_somebody_s_machine() -> None:
    papers = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "data" / "README.md"]
    homes = r"(?<![\w.])/(?:home|root|Users|work|tmp)/\w"
    assert {p.name for p in papers if re.search(homes, p.read_text(encoding="utf-8"))} == set()
