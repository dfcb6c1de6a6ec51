"""Which facility of some kabkota is nearest to a kelurahan, by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Nearest:
    """A facility and how far it is.

    Attributes
    ----------
    name, operator : of the facility, and the kode_kabkota whose it is
    median_m : metres from the sample points to the nearest facility of these kabkota, their median
    """

    name: str
    operator: str
    median_m: float


def nearest_named(points: npt.ArrayLike, facilities: pd.DataFrame, operators: Collection[str]) -> Nearest | None:
    """The facility that is nearest to most points of a kelurahan; None where none is listed with a point.

    Parameters
    ----------
    points : (n, 2) easting and northing in metres
    facilities : of one service: name, operator, used, x, y in metres
    operators : kode_kabkota whose facilities count

    Examples
    --------
    >>> import pandas as pd
    >>> rows = {"name": ["A", "B"], "operator": ["x", "x"], "used": [True, True], "x": [0.0, 9.0], "y": [0.0, 0.0]}
    >>> nearest_named([[1, 0], [2, 0], [8, 0]], pd.DataFrame(rows), {"x"})
    Nearest(name='A', operator='x', median_m=1.0)
    """
    rows = facilities[facilities["operator"].isin(operators) & facilities["used"] & facilities["x"].notna()]
    if rows.empty:
        return None
    metres, at = cKDTree(rows[["x", "y"]].to_numpy(dtype=float)).query(np.asarray(points, dtype=float))
    first = rows.iloc[int(np.bincount(at).argmax())]
    return Nearest(str(first["name"]), str(first["operator"]), float(np.median(metres)))
