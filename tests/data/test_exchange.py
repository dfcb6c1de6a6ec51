"""A build that is killed at any moment leaves the old tables or the complete new ones, and the next one cleans up."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from data.build import exchange
from data.build.raw import RawError

TABLES = ("a.parquet", "b.parquet", "checks.json")


class Killed(BaseException):
    """Stands for SIGKILL: nothing more is done, not even cleaning up."""


def build(root: Path, content: str, fault: Exception | None = None) -> list[Path]:
    """A build whose files all hold the same text; the fault strikes when all are written."""
    with exchange.stage(root) as new:
        for name in TABLES:
            (new.tables / name).write_text(content)
        (new.geo / f"kabkota_{content}.json").write_text(content)
        new.card.write_text(content)
        if fault:
            raise fault
        return new.exchange()


def tables(root: Path) -> set[str]:
    folder = root / "data" / "shipped"
    assert sorted(p.name for p in folder.iterdir()) == sorted(TABLES)
    return {file.read_text() for file in folder.iterdir()}


def everything(root: Path) -> dict[str, str]:
    return {p.relative_to(root).as_posix(): p.read_text() for p in root.rglob("*") if p.is_file()}


def complete(content: str) -> dict[str, str]:
    names = [*(f"data/shipped/{name}" for name in TABLES), f"static/geo/kabkota_{content}.json", "data/README.md"]
    return dict.fromkeys(names, content)


def test_row_3_new_files_take_the_place_of_the_old_ones(tmp_path: Path) -> None:
    build(tmp_path, "old")
    files = build(tmp_path, "new")
    assert everything(tmp_path) == complete("new")
    assert sorted(files) == sorted(tmp_path / name for name in complete("new"))


def test_row_3_a_build_that_fails_changes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    build(tmp_path, "old")
    with pytest.raises(ZeroDivisionError):
        build(tmp_path, "new", ZeroDivisionError())
    assert everything(tmp_path) == complete("old")
    assert sorted(p.name for p in (tmp_path / "data").iterdir()) == ["README.md", "shipped"]


def killing(patch: pytest.MonkeyPatch, after: int) -> list[str]:
    """Let every step that changes a file die from the one with this number on."""
    steps: list[str] = []

    def dying(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def step(*args: object, **kwargs: object) -> object:
            steps.append(name)
            if len(steps) > after:
                raise Killed
            return real(*args, **kwargs)

        patch.setattr(owner, name, step)

    for owner, name in (
        (os, "replace"), (os, "rename"), (shutil, "rmtree"), (exchange, "_exchanged"), (Path, "write_text"),
        (Path, "unlink"), (Path, "mkdir"),
    ):  # fmt: skip
        dying(owner, name)
    return steps


@pytest.mark.parametrize("in_one_step", [True, False])
def test_row_3_a_build_killed_at_any_step_leaves_the_old_or_the_new_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(exchange, "_exchanged", lambda one, other: False)
    seen = set()
    for after in range(100):
        root = tmp_path / str(after)
        build(root, "old")
        with pytest.MonkeyPatch.context() as patch:
            steps = killing(patch, after)
            try:
                build(root, "new")
            except Killed:
                pass
            else:
                break
        if in_one_step:
            found = tables(root)
            assert found in ({"old"}, {"new"}), steps
            assert (root / "static" / "geo" / f"kabkota_{found.pop()}.json").exists(), steps
        exchange.Stage(root).clean()
        seen |= tables(root)
        build(root, "third")
        assert everything(root) == complete("third"), steps
    assert len(steps) > 10
    assert seen == {"old", "new"}


def test_row_3_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with exchange.stage(tmp_path), pytest.raises(RawError, match="another build is writing"):
        build(tmp_path, "other")
    build(tmp_path, "next")
    assert everything(tmp_path) == complete("next")


ENDLESS = """
    import sys
    from pathlib import Path
    from tests.data.test_exchange import build
    number = 0
    while True:
        build(Path(sys.argv[1]), str(number))
        number += 1
        print(number, flush=True)
"""


def test_row_3_builds_that_are_really_killed_leave_whole_tables(tmp_path: Path, root: Path) -> None:
    for wait in (0.0, 0.003, 0.007, 0.012):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(ENDLESS), str(tmp_path)], cwd=root, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        (found,) = tables(tmp_path)
        assert (tmp_path / "static" / "geo" / f"kabkota_{found}.json").read_text() == found
    build(tmp_path, "last")
    assert everything(tmp_path) == complete("last")
