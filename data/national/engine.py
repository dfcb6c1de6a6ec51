"""The gap engine along every line, in batches of lines that a worker can compute by itself."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.national.lines import LEVELS, Line, compare_line, families
from data.national.tables import judged_tables

JUDGED = ("sides", "across")

BATCH = 6
"""Lines of a batch."""

MEASURES = tuple(f"{reach}_{level}" for reach in ("own", "any") for level in LEVELS)
"""To the nearest school of a level in one's own kabkota, and to the nearest on any side of a line."""


def prepare(folder: Path, units: pd.DataFrame, pairs: pd.DataFrame, quality: pd.DataFrame, replicates: int) -> int:
    """Write what the batches read and return their number.

    Parameters
    ----------
    folder : of the run
    units : kode, kode_kabkota, kode_kecamatan, luas_km2, sd_inside and `MEASURES`
    pairs : neighbours of at least 50 m: kode_a, kode_b, kode_kabkota_a, kode_kabkota_b, shared_m
    quality : by kode of the kabkota, see `data.national.schools.quality`
    replicates : random sets behind a p-value
    """
    units.set_index("kode").to_parquet(folder / "engine_units.parquet")
    pairs.to_parquet(folder / "engine_pairs.parquet", index=False)
    quality.to_parquet(folder / "engine_quality.parquet")
    (folder / "replicates").write_text(str(replicates), encoding="utf-8")
    (folder / "lines").mkdir(exist_ok=True)
    return -(-len(sides_of(pairs)) // BATCH)


def sides_of(pairs: pd.DataFrame) -> list[tuple[str, str]]:
    """Both kabkota of every line, lower code first, in order."""
    ends = pairs.loc[pairs["kode_kabkota_a"] != pairs["kode_kabkota_b"], ["kode_kabkota_a", "kode_kabkota_b"]]
    return sorted({(min(a, b), max(a, b)) for a, b in ends.itertuples(index=False)})


def done(folder: Path, number: int) -> bool:
    """Whether a batch is there."""
    return _file(folder, number).exists()


def work(folder: str, number: int) -> int:
    """Compute a batch and write it at once; what is there stays.

    Parameters
    ----------
    folder : of the run, after `prepare`
    number : of the batch
    """
    at = Path(folder)
    if done(at, number):
        return number
    units, pairs, thin, lines, replicates = _read(folder)
    found: list[Line] = []
    for sides in lines[number * BATCH : (number + 1) * BATCH]:
        near = pairs[pairs["kode_kabkota_a"].isin(sides) | pairs["kode_kabkota_b"].isin(sides)]
        here = units[units["kode_kabkota"].isin(sides)]
        found += [_light(line) for line in compare_line(sides, here, near, MEASURES, thin, replicates)]
    new = at / "lines" / f"{number:04d}.{os.getpid()}.new"
    new.write_bytes(pickle.dumps(found, protocol=5))
    new.replace(_file(at, number))
    return number


def families_of(folder: Path, count: int) -> int:
    """Judge all lines together, keep what `judge` needs, and return the number of tests."""
    judged, at_density = families(results(folder, count))
    (folder / "families").write_bytes(pickle.dumps((judged, at_density), protocol=5))
    (folder / "judged").mkdir(exist_ok=True)
    return judged.tests


def judge(folder: str, number: int) -> int:
    """Write what may be said about the lines of a batch, two tables."""
    at = Path(folder)
    judged, at_density = _load(at / "families")
    for name, frame in zip(JUDGED, judged_tables(_load(_file(at, number)), judged, at_density), strict=True):
        frame.to_parquet(at / "judged" / f"{name}{number:04d}.parquet", index=False)
    return number


def told(folder: Path, count: int) -> dict[str, pd.DataFrame]:
    """What `judge` wrote of all lines: sides and across.

    Parameters
    ----------
    folder : of the run
    count : of the batches
    """
    return {
        name: pd.concat(
            [pd.read_parquet(folder / "judged" / f"{name}{number:04d}.parquet") for number in range(count)],
            ignore_index=True,
        )
        for name in JUDGED
    }


def results(folder: Path, count: int) -> Iterator[Line]:
    """All lines, a batch in memory at a time."""
    for number in range(count):
        yield from _load(_file(folder, number))


def _load(file: Path) -> Any:
    """An object that this run wrote into a folder of its own."""
    return pickle.loads(file.read_bytes())  # noqa: S301


def _light(line: Line) -> Line:
    """The random differences in half the room; they are needed for the power of a test alone."""
    halved = [
        c
        if c.chance is None
        else replace(c, chance=replace(c.chance, differences=c.chance.differences.astype(np.float32)))
        for c in line.contrasts
    ]
    return replace(line, contrasts=tuple(halved))


def _file(folder: Path, number: int) -> Path:
    return folder / "lines" / f"{number:04d}.pickle"


@lru_cache(maxsize=1)
def _read(folder: str) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, frozenset[str]], list[tuple[str, str]], int]:
    at = Path(folder)
    pairs, quality = pd.read_parquet(at / "engine_pairs.parquet"), pd.read_parquet(at / "engine_quality.parquet")
    thin = {level: frozenset(quality.index[quality[f"quality_{level}"] == "rendah"]) for level in LEVELS}
    replicates = int((at / "replicates").read_text(encoding="utf-8"))
    # Plain objects are looked up faster than strings of Arrow.
    units = _plain(pd.read_parquet(at / "engine_units.parquet"))
    units.index = pd.Index(units.index.to_numpy(dtype=object), dtype=object)
    return units, _plain(pairs), thin, sides_of(pairs), replicates


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({name: object for name in frame.columns if name.startswith("kode")})
