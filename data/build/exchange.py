"""New tables take the place of the old ones at once, or not at all."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.build.raw import RawError

CARD = Path("data") / "README.md"
NATIONAL = "national"
"""Folder of the shipped tables that `data.national` builds."""


@dataclass(frozen=True)
class Stage:
    """Where a build writes before its result is exchanged for what is there: beside it, below the same root.

    Attributes
    ----------
    root : of the project
    """

    root: Path

    @property
    def tables(self) -> Path:
        """Folder of the new tables."""
        return self.root / "data" / "shipped.new"

    @property
    def geo(self) -> Path:
        """Folder of the new map geometry."""
        return self.root / "static" / "geo.new"

    @property
    def card(self) -> Path:
        """File of the new data card."""
        return self.root / "data" / "README.new.md"

    @property
    def _set_aside(self) -> Path:
        return self.root / "data" / "shipped.old"

    def exchange(self) -> list[Path]:
        """Put the new files in the place of the old ones and return where they are.

        The tables change in one step. Map geometry comes before them and the old one goes after them: its names hold
        a hash of the content, so both can be there.
        """
        shipped, geo = self.root / "data" / "shipped", self.root / "static" / "geo"
        geo.mkdir(parents=True, exist_ok=True)
        new = sorted(file.name for file in self.geo.iterdir())
        for name in new:
            os.replace(self.geo / name, geo / name)
        if (shipped / NATIONAL).exists():
            # Built by a switch of its own: the same files stand in the new folder, too.
            shutil.copytree(shipped / NATIONAL, self.tables / NATIONAL, copy_function=os.link)
        self._swap(shipped)
        os.replace(self.card, self.root / CARD)
        for file in geo.glob("*.json"):
            if file.name not in new:
                file.unlink()
        return [*(f for f in shipped.iterdir() if f.is_file()), *geo.iterdir(), self.root / CARD]

    def _swap(self, shipped: Path) -> None:
        if not shipped.exists():
            os.rename(self.tables, shipped)
        elif not _exchanged(self.tables, shipped):
            os.rename(shipped, self._set_aside)
            os.rename(self.tables, shipped)

    def clean(self) -> None:
        """Remove what a build left behind; tables that were only set aside come back."""
        shipped = self.root / "data" / "shipped"
        if self._set_aside.exists() and not shipped.exists():
            os.rename(self._set_aside, shipped)
        for folder in (self.tables, self._set_aside, self.geo):
            shutil.rmtree(folder, ignore_errors=True)
        self.card.unlink(missing_ok=True)


@contextmanager
def stage(root: Path) -> Iterator[Stage]:
    """An empty stage, cleaned again in the end; one build at a time.

    Parameters
    ----------
    root : of the project

    Raises
    ------
    RawError
        Another build is writing below the same root.
    """
    own = Stage(root)
    (root / "data").mkdir(parents=True, exist_ok=True)
    lock = os.open(root / "data", os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RawError(f"another build is writing into {root}") from None
        own.clean()
        own.tables.mkdir()
        own.geo.mkdir(parents=True)
        try:
            yield own
        finally:
            own.clean()
    finally:
        os.close(lock)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can (Linux: renameat2 with RENAME_EXCHANGE)."""
    if not sys.platform.startswith("linux"):
        return False
    here, exchange = -100, 2
    try:
        rename = ctypes.CDLL(None).renameat2
    except AttributeError:
        return False
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
