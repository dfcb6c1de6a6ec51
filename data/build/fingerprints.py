"""What the raw files held when the tables were last built from them.

A schema finds what cannot be. A school that is dropped, a name that is misspelt or a value that is a little larger can
be: such a change is refused too, until somebody says that it is meant.
"""

from __future__ import annotations

import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.build.raw import Problem

FILE = Path(__file__).with_name("fingerprints.json")


def of(text: pd.DataFrame) -> dict[str, Any]:
    """Fingerprint of a table of text.

    Returns
    -------
    dict
        ``columns``: heading to checksum; ``rows``: the lower 16 bits of the checksum of every row, packed.
    """
    # Cells of a list: those of a column of text are made one by one whenever they are gone through.
    columns = {str(name): text[name].to_numpy(dtype=object).tolist() for name in text}
    rows = [zlib.crc32("\x1f".join(row).encode()) & 0xFFFF for row in zip(*columns.values(), strict=True)]
    return {
        "columns": {name: f"{zlib.crc32(chr(30).join(cells).encode()):08x}" for name, cells in columns.items()},
        "rows": b64encode(np.array(rows, dtype="<u2").tobytes()).decode(),
    }


def differences(path: str, text: pd.DataFrame, known: Mapping[str, Any] | None) -> list[Problem]:
    """Where a table is not the one that was recorded, none when it is.

    Parameters
    ----------
    path : str
        Of the raw file, below the raw folder.
    text : DataFrame
        All cells as text; the index is the row that a problem names.
    known : mapping or None
        What `of` gave for the recorded table; None when there is none.
    """
    advice = f"if that is meant, build with --accept {path}"
    if known is None:
        return [Problem(path, f"is not recorded yet; {advice}")]
    found = of(text)
    changed = [name for name in found["columns"] if found["columns"][name] != known["columns"].get(name)]
    if not changed:
        return []
    old, new = (np.frombuffer(b64decode(one["rows"]), dtype="<u2") for one in (known, found))
    problems = [Problem(path, f"is not the file that the tables were last built from; {advice}")]
    shared = min(len(old), len(new))
    rows = np.flatnonzero(old[:shared] != new[:shared])
    if len(old) != len(new):
        row = int(text.index[min(rows[0] if len(rows) else shared, len(text) - 1)])
        return [*problems, Problem(path, f"{len(new)} rows, {len(old)} recorded: the first that differs", row)]
    only = changed[0] if len(changed) == 1 else ""
    what = "is not what is recorded" if only else f"is not the row that is recorded ({', '.join(changed)})"
    problems += [
        Problem(path, what, int(text.index[i]), only, text[only].iloc[i] if only else "") for i in rows.tolist()
    ]
    return problems if len(rows) else [*problems, Problem(path, what, column=only)]


def load(file: Path = FILE) -> dict[str, Any]:
    """The recorded fingerprints by path."""
    known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return known


def save(fingerprints: Mapping[str, Any], file: Path = FILE) -> None:
    """Record fingerprints beside those that are known, or in their place."""
    text = json.dumps(load(file) | dict(fingerprints), indent=1, sort_keys=True)
    unfinished = file.with_suffix(".new")
    unfinished.write_text(text + "\n", encoding="utf-8")
    os.replace(unfinished, file)
