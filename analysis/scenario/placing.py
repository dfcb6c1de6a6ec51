"""A place that somebody picks on the map or writes into a link: is it in Indonesia, on land, and in which kelurahan?"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from geo.grid import Grid
from geo.projection import to_metric

FARTHEST_M = 1000.0
"""How far a place may lie from the nearest sample point of a kelurahan; beyond is sea."""


class RefusedError(ValueError):
    """Text of a link that cannot be used.

    Attributes
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
    >>> places = [(106.15, -6.12), (-6.12, 106.15), (math.nan, 0.0)]
    >>> [place for place in places if in_indonesia(*place)]
    [(106.15, -6.12)]
    """
    return math.isfinite(lon) and math.isfinite(lat) and 95 <= lon <= 141 and -11 <= lat <= 6


def kelurahan_of(places: Sequence[tuple[float, float]], grid: Grid) -> list[str]:
    """The kelurahan of each place, that of the nearest sample point; empty at sea.

    Parameters
    ----------
    places : longitude and latitude of each
    grid : sample points of all kelurahan
    """
    if not places or not len(grid.xy):
        return [""] * len(places)
    x, y = to_metric([lon for lon, _ in places], [lat for _, lat in places])
    gap, nearest = grid.tree.query(np.column_stack([x, y]))
    kodes = grid.units[grid.codes[np.minimum(nearest, len(grid.xy) - 1)]]
    return [str(kode) if distance <= FARTHEST_M else "" for kode, distance in zip(kodes, gap, strict=True)]


def on_land(grid: Grid, lon: float, lat: float) -> bool:
    """Whether a place lies on, or close to, a kelurahan, so that a scenario may use it.

    Parameters
    ----------
    grid : sample points of all kelurahan
    lon, lat : degrees
    """
    return kelurahan_of([(lon, lat)], grid) != [""]
