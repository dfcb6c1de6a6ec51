"""Writing tables so that the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def table(frame: pd.DataFrame, file: Path) -> None:
    """Write Parquet, GeoParquet for a GeoDataFrame; text that repeats is stored as a dictionary."""
    if isinstance(frame, gpd.GeoDataFrame):
        # Unsimplified boundaries take half the space at this level, and read as fast.
        frame.to_parquet(file, index=False, compression="zstd", compression_level=19, geometry_encoding="WKB")
        return
    arrow = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(arrow, file, compression="zstd", compression_level=9)


def document(content: Mapping[str, Any], file: Path) -> None:
    """Write JSON with sorted keys; NaN is refused."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    file.write_text(text + "\n", encoding="utf-8")


def content_hash(files: list[Path], root: Path) -> str:
    """SHA-256 over the names below `root` and the bytes of all files."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(file.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
