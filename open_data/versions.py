"""The published data of offices that a data set holds, one row a version."""

from __future__ import annotations

import pandas as pd

from data.tables import Dataset


def version_rows(data: Dataset) -> pd.DataFrame:
    """versi.csv: number, what it holds, whose, of which day, when it was published, and the hash of its file.

    Parameters
    ----------
    data : with its versions
    """
    rows = [
        (v.number, v.kind, v.kabkota, data.kabkota_names.get(v.kabkota, ""), v.day, v.published, len(v.rows), v.sha256)
        for v in data.applied
    ]
    columns = ["number", "kind", "kode_kabkota", "kabkota", "day", "published", "rows", "sha256"]
    return pd.DataFrame(rows, columns=columns)
