"""Rows of values.parquet: one known value with everything that must travel with it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.borders import CODE_LENGTH

LEVEL_OF = {length: level for level, length in CODE_LENGTH.items()}
COLUMNS = [
    "kode", "level", "indicator", "value", "low", "high", "year", "people_year", "quality", "method", "native_level",
    "source", "note",
]  # fmt: skip


def rows(
    indicator: str,
    value: pd.Series,
    *,
    year: int | pd.Series,
    quality: str | npt.ArrayLike,
    method: str,
    native_level: str,
    source: str | npt.ArrayLike,
    people_year: float = np.nan,
    low: pd.Series | float = np.nan,
    high: pd.Series | float = np.nan,
    note: str | npt.ArrayLike = "",
) -> pd.DataFrame:
    """Value rows from a Series by code; unknown values are dropped. The level follows from the code.

    Parameters
    ----------
    indicator : its id
    value : by code, in the unit of the indicator
    year : of the values, the same for all or by code
    quality : tinggi, sedang or rendah, the same for all or one a row of `value`
    method : langsung, agregasi, disagregasi or model
    native_level : level at which the source knows it: kelurahan, kecamatan, kabkota or titik
    source : ids joined by ";", the same for all or one a row of `value`
    people_year : of the people that a count was divided by, NaN where none was
    low, high : ends of the range by code, NaN without one
    note : Indonesian, the same for all or one a row of `value`; empty for none

    Returns
    -------
    DataFrame
        `COLUMNS`.
    """
    frame = pd.DataFrame(
        {
            "kode": value.index.astype(str),
            "level": [LEVEL_OF[len(kode)] for kode in value.index],
            "indicator": indicator,
            "value": value.astype("float64").to_numpy(),
            "low": _column(low, value.index),
            "high": _column(high, value.index),
            "year": year.reindex(value.index).to_numpy() if isinstance(year, pd.Series) else year,
            "people_year": people_year,
            "quality": quality,
            "method": method,
            "native_level": native_level,
            "source": source,
            "note": note,
        }
    )
    known = frame[frame["value"].notna()]
    return known.assign(year=known["year"].astype("int32"))[COLUMNS]


def table(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """values.parquet out of its parts, sorted by indicator and code.

    Raises
    ------
    ValueError
        An indicator has two values for one code.
    """
    frame = pd.concat(parts, ignore_index=True)
    twice = frame.duplicated(["kode", "indicator"])
    if twice.any():
        row = frame[twice].iloc[0]
        raise ValueError(f"value stands twice: {row['indicator']} of {row['kode']}")
    text = ["kode", "level", "indicator", "quality", "method", "native_level", "source", "note"]
    frame[text] = frame[text].astype(str)
    return frame.sort_values(["indicator", "kode"], ignore_index=True)


def _column(values: pd.Series | float, index: pd.Index) -> npt.NDArray[np.float64]:
    column = values.reindex(index) if isinstance(values, pd.Series) else np.full(len(index), values)
    return np.asarray(column, dtype=np.float64)
