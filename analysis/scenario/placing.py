"""A place that somebody picks on the map or writes into a link: is it in Indonesia, on land, and in which kelurahan?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.projection import to_metric

if TYPE_CHECKING:
    from data.tables import Dataset


FARTHEST_M = 1000.0
"""How far a place may lie from the nearest sample point of a kelurahan; beyond is sea."""


class RefusedError(ValueError):
    """Text of a link that cannot be used.

    Parameters
    ----------
    code : what is wrong, as a word that the screen puts into a sentence
    part : the part of the text that is wrong
    """

    def __init__(self, code: str, part: str) -> None:
        super().__init__(f"{code}: {part}")
        self.code = code
        self.part = part


def in_indonesia(lon: float, lat: float) -> bool:
    """Whether a place (degrees) lies in the box around Indonesia.

    Examples
    --------
    >>> in_indonesia(106.15, -6.12), in_indonesia(-6.12, 106.15), in_indonesia(math.nan, 0.0)
    (True, False, False)
    """
    return math.isfinite(lon) and math.isfinite(lat) and 95 <= lon <= 141 and -11 <= lat <= 6


def kelurahan_of(places: Sequence[tuple[float, float]], samples: pd.DataFrame) -> list[str]:
    """The kelurahan of each place, that of the nearest sample point; empty at sea.

    Parameters
    ----------
    places : longitude and latitude of each
    samples : kode, x, y of the sample points
    """
    if not places or samples.empty:
        return [""] * len(places)
    x, y = to_metric([lon for lon, _ in places], [lat for _, lat in places])
    gap, nearest = cKDTree(samples[["x", "y"]].to_numpy(float)).query(np.column_stack([x, y]))
    kodes = samples["kode"].to_numpy(dtype=object)[np.minimum(nearest, len(samples) - 1)]
    return [str(kode) if distance <= FARTHEST_M else "" for kode, distance in zip(kodes, gap, strict=True)]


def on_land(data: Dataset, lon: float, lat: float) -> bool:
    """Whether a place lies on, or close to, a kelurahan, so that a scenario may use it.

    Parameters
    ----------
    data : sample points of all kelurahan
    lon, lat : degrees
    """
    x, y = to_metric(lon, lat)
    return bool(np.hypot(data.sample_xy[:, 0] - x, data.sample_xy[:, 1] - y).min() <= FARTHEST_M)
