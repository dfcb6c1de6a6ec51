"""Sample points by kelurahan, each standing for its part of the area."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from geo.arrays import Floats


@dataclass(frozen=True, eq=False)
class Grid:
    """Sample points grouped by kelurahan.

    Attributes
    ----------
    xy : (n, 2) easting and northing in metres
    codes : (n,) position of the kelurahan of each point, rising
    units : (U,) kode of the kelurahan
    weight : (n,) area in km2 that a point stands for
    farthest : (U,) metres that no place in a kelurahan exceeds to its nearest sample point; inf where not known
    odds : (n,) people that a point stands for, those of its kelurahan evenly over its points; NaN where not known
    """

    xy: npt.NDArray[np.float32]
    codes: npt.NDArray[np.integer]
    units: pd.Index
    weight: Floats
    farthest: Floats
    odds: Floats

    @cached_property
    def counts(self) -> npt.NDArray[np.integer]:
        """Points of each kelurahan (U,)."""
        return np.bincount(self.codes, minlength=len(self.units))

    @cached_property
    def starts(self) -> npt.NDArray[np.integer]:
        """Position at which the points of each kelurahan begin (U,)."""
        return np.cumsum(self.counts) - self.counts

    @cached_property
    def sides(self) -> npt.NDArray[np.str_]:
        """kode_kabkota of each kelurahan (U,)."""
        return self.units.str.slice(0, 5).to_numpy(dtype=str)

    @cached_property
    def point_sides(self) -> npt.NDArray[np.str_]:
        """kode_kabkota of each point (n,)."""
        return self.sides[self.codes]

    @cached_property
    def points(self) -> Floats:
        """Easting and northing in metres (n, 2), in full precision: `xy` saves memory in many distances."""
        return self.xy.astype(float)

    @cached_property
    def tree(self) -> cKDTree:
        """Tree of all points."""
        return cKDTree(self.xy)

    def within(self, sides: Collection[str]) -> Grid:
        """The points of some kabkota only (kode_kabkota)."""
        kept = np.isin(self.point_sides, list(sides))
        codes, units = pd.factorize(self.codes[kept])
        return Grid(self.xy[kept], codes, self.units[units], self.weight[kept], self.farthest[units], self.odds[kept])


def grid_of(
    samples: pd.DataFrame, areas: pd.Series, farthest: pd.Series | None = None, people: pd.Series | None = None
) -> Grid:
    """Group the sample points.

    Parameters
    ----------
    samples : kode, x, y in metres
    areas : km2 of each kelurahan by kode; small ones have a finer grid, so their points stand for less
    farthest : see `Grid`, by kode
    people : people of each kelurahan by kode, as far as known
    """
    codes, units = pd.factorize(samples["kode"], sort=True)
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    counts = np.maximum(np.bincount(codes, minlength=len(units)), 1)
    weight = areas.reindex(units).to_numpy(float) / counts
    living = np.full(len(units), np.nan) if people is None else people.reindex(units).to_numpy(float) / counts
    reach = np.full(len(units), np.inf) if farthest is None else farthest.reindex(units).to_numpy(float)
    xy = samples[["x", "y"]].to_numpy(np.float32)[order]
    return Grid(xy, codes, pd.Index(units), weight[codes], reach, living[codes])
