"""Lines cut into the smallest areas that they enclose. Few imports: hostile lines are cut in a small child process."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

STEP = 1e-6
"""Degrees of the grid on which all corners lie, 0.1 m: that of the layer, so that what is not drawn anew stays."""


def faces(lines: Sequence[shapely.Geometry], step: float = STEP) -> np.ndarray:
    """The areas (n,) that lines enclose; corners where lines cross are put on the grid.

    Parameters
    ----------
    lines : lines and rings
    step : of the grid, in their units

    Examples
    --------
    >>> one, other = shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)
    >>> shapely.area(faces(shapely.boundary([one, other]))).tolist()
    [1.0, 1.0, 1.0]
    """
    noded = shapely.union_all(np.asarray(lines, dtype=object), grid_size=step)
    return np.asarray(shapely.get_parts(shapely.polygonize([noded])), dtype=object)


def on_grid(shape: shapely.Geometry) -> shapely.Geometry:
    """A valid area with its corners on the grid of `STEP`, empty where it is too small for it.

    Examples
    --------
    >>> on_grid(shapely.box(0, 0, 1.0000001, 2)).equals(shapely.box(0, 0, 1, 2))
    True
    """
    try:
        found = shapely.set_precision(shape, STEP)
    except shapely.errors.GEOSException:
        # A ring that rounding folds into itself.
        rounded = shapely.set_precision(shape, STEP, mode="pointwise")
        found = shapely.make_valid(rounded, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(found)
    solid = parts[(shapely.get_dimensions(parts) == 2) & (shapely.area(parts) > 0)]
    if len(solid) == len(parts):
        return found
    return shapely.multipolygons(list(solid)) if len(solid) else shapely.Polygon()
