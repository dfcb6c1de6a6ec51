"""The border of a corridor that the build did not know: computed from the shipped tables."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.borders import corridor_tables
from geo.projection import METRIC


@lru_cache(maxsize=16)
def border_of(folder: Path, corridor: str, side_a: str, side_b: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of borders.parquet and members.parquet for one more corridor; they are shared and must not be changed.

    Parameters
    ----------
    folder : of the shipped tables
    corridor, side_a, side_b : its id, and kode_kabkota of both sides

    Raises
    ------
    ValueError
        The sides do not touch.
    """
    units, segments = (gpd.read_parquet(folder / f"{name}.parquet").to_crs(METRIC) for name in ("kelurahan", "lines"))
    pairs, samples = (pd.read_parquet(folder / f"{name}.parquet") for name in ("pairs", "samples"))
    return corridor_tables(units, pairs, segments, samples, {corridor: (side_a, side_b)})
