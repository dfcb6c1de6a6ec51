"""The warm start reaches every module, also those of sub-packages, and freezes once."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT
from web import warm


@pytest.mark.parametrize("package", ["geo", "analysis", "open_data", "views"])
def test_every_module_of_a_package_is_found(package: str) -> None:
    files = [path.relative_to(ROOT).with_suffix("") for path in (ROOT / package).rglob("*.py")]
    expected = {".".join(path.parts).removesuffix(".__init__") for path in files}
    assert set(warm.modules_below(ROOT / package)) == expected


def test_modules_of_sub_packages_are_found(tmp_path: Path) -> None:
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    for name in ("outer/__init__.py", "outer/inner/__init__.py", "outer/inner/deep.py"):
        (tmp_path / name).write_text("")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from web import warm;"
        "print(*warm.modules_below(Path(sys.argv[1]) / 'outer'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["outer", "outer.inner", "outer.inner.deep"]


def test_what_is_there_is_left_to_the_process() -> None:
    before = gc.get_freeze_count()
    try:
        warm.leave_to_the_process()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
