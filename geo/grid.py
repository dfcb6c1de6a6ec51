"""Sample points grouped by kelurahan, each standing for its part of the area: where people live, posts may stand, fires
break out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.arrays import Floats


@dataclass(frozen=True)
class Grid:
    """Sample points grouped by kelurahan.

    Attributes
    ----------
    xy : (n, 2) easting and northing in metres
    codes : (n,) position of the kelurahan of each point, rising
    units : (U,) kode of the kelurahan
    starts, counts : (U,) where the points of a kelurahan begin and how many they are
    weight : (n,) area in km2 that a point stands for
    """

    xy: npt.NDArray[np.float32]
    codes: npt.NDArray[np.integer]
    units: pd.Index
    starts: npt.NDArray[np.integer]
    counts: npt.NDArray[np.integer]
    weight: Floats

    @property
    def sides(self) -> npt.NDArray[np.str_]:
        """kode_kabkota of each unit (U,)."""
        return self.units.str.slice(0, 5).to_numpy(dtype=str)


def grid_of(samples: pd.DataFrame, areas: pd.Series) -> Grid:
    """Group the sample points.

    Parameters
    ----------
    samples : kode, x, y in metres
    areas : km2 of each kelurahan by kode; small ones have a finer grid, so their points stand for less
    """
    codes, units = pd.factorize(samples["kode"], sort=True)
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    counts = np.bincount(codes, minlength=len(units))
    weight = areas.reindex(units).to_numpy(float) / np.maximum(counts, 1)
    return Grid(
        xy=samples[["x", "y"]].to_numpy(np.float32)[order],
        codes=codes,
        units=pd.Index(units),
        starts=np.concatenate([[0], np.cumsum(counts)[:-1]]),
        counts=counts,
        weight=weight[codes],
    )
