"""Posts of which only an area is known: many realisations, in each of which such a post stands at another place of its
area.

What is reported is the share of realisations, and a range over them. Distances are straight lines in metres from the
sample points of every kelurahan, kept once; call handling, speed, detour and delay are arithmetic on them
(`analysis.fire.response`).

Notes
-----
Places of a region are stratified: its sample points in the order of a Hilbert curve, cut into `DRAWS` pieces of equal
area, the middle point of each. So with one such post the share of realisations is the share of its area, up to
1/`DRAWS`. Several posts are paired by a Latin hypercube (McKay, Beckman & Conover 1979, Technometrics 21(2)) whose
permutation hangs on the post's id alone: adding, moving or closing one post leaves the others where they are in every
realisation, so that a difference is due to the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.fire.posts import Post
from geo.arrays import Bools, Floats
from geo.distances import UNKNOWN_M
from geo.grid import Grid

DRAWS = 64
"""Realisations. The share of one region is exact to 1/64; where several regions overlap, shares of kelurahan lie
within about one percentage point (root mean square; at most four) of those from 1,024 of them."""

LOW, HIGH = 0.05, 0.95
"""The range that is reported over the realisations."""

Metres = npt.NDArray[np.uint16]


@dataclass(frozen=True)
class Realisations:
    """Where the posts of a corridor stand in every realisation, and how far they are from every point.

    Attributes
    ----------
    grid : sample points of the sides
    sides : kode_kabkota
    posts : posts that may be sent
    places : (P, DRAWS, 2) easting and northing of each post in each realisation
    own, other : (n, DRAWS) whole metres from each point to the nearest post of its own side, and of any other;
        `UNKNOWN_M` where none is listed
    """

    grid: Grid
    sides: tuple[str, ...]
    posts: tuple[Post, ...]
    places: npt.NDArray[np.float32]
    own: Metres
    other: Metres

    def has_own(self, side: str) -> bool:
        """Whether any post of a side is known; without one its own response is unknown, not infinite."""
        return any(p.operator == side for p in self.posts)


def possible_places(post: Post, grid: Grid, draws: int = DRAWS) -> npt.NDArray[np.float32]:
    """Where a post stands in each realisation, every place of its region equally likely.

    Parameters
    ----------
    post : the post
    grid : all sample points
    draws : number of realisations

    Returns
    -------
    (draws, 2) array
        Easting and northing in metres.

    Raises
    ------
    ValueError
        The region of the post has no sample points.
    """
    if post.x is not None and post.y is not None:
        return np.tile(np.array([post.x, post.y], dtype=np.float32), (draws, 1))
    inside = np.flatnonzero(grid.units.str.startswith(post.area))
    rows = np.flatnonzero(np.isin(grid.codes, inside))
    if len(rows) == 0:
        raise ValueError(f"{post.id}: no sample points in {post.area!r}")
    xy = grid.xy[rows].astype(float)
    west, south = xy.min(axis=0)
    edge = max(float(np.ptp(xy, axis=0).max()), 1.0)
    curve = gpd.GeoSeries.from_xy(xy[:, 0], xy[:, 1]).hilbert_distance(
        (west, south, west + edge, south + edge), level=12
    )
    order = np.argsort(curve.to_numpy(), kind="stable")
    mass = np.cumsum(grid.weight[rows][order])
    chosen = np.searchsorted(mass, (np.arange(draws) + 0.5) / draws * mass[-1])
    shuffled = np.random.default_rng(list(post.id.encode())).permutation(draws)
    return grid.xy[rows[order[np.minimum(chosen, len(rows) - 1)]]][shuffled]


def distances(xy: npt.ArrayLike, places: npt.ArrayLike) -> Metres:
    """Whole metres from points (n, 2) to the places of one post (K, 2): (n, K), or (n, 1) when all places are one."""
    points, stands = np.asarray(xy, dtype=np.float32), np.asarray(places, dtype=np.float32)
    if (stands == stands[0]).all():
        stands = stands[:1]
    east = points[:, None, 0] - stands[None, :, 0]
    north = points[:, None, 1] - stands[None, :, 1]
    east *= east
    north *= north
    east += north
    np.sqrt(east, out=east)
    np.minimum(east, UNKNOWN_M - 1, out=east)
    return np.rint(east, out=east).astype(np.uint16)


def realise(grid: Grid, posts: Sequence[Post], sides: Sequence[str], draws: int = DRAWS) -> Realisations:
    """Distances to the nearest own and the nearest other post in every realisation.

    Parameters
    ----------
    grid : at least the points of the sides and of the regions of the posts
    posts : posts that may be sent; those of another kabkota than the sides help every side
    sides : kode_kabkota whose points are kept
    draws : number of realisations
    """
    places = (
        np.stack([possible_places(p, grid, draws) for p in posts]) if posts else np.zeros((0, draws, 2), np.float32)
    )
    here = grid.within(sides)
    own, other = (np.full((len(here.xy), draws), UNKNOWN_M, np.uint16) for _ in range(2))
    # Exact posts first: they bound the distance, and most points need not look at a far region at all.
    for number in sorted(range(len(posts)), key=lambda i: not posts[i].exact):
        mine = here.point_sides == posts[number].operator
        for rows, nearest in ((np.flatnonzero(mine), own), (np.flatnonzero(~mine), other)):
            _lower(nearest, rows, here.xy, places[number])
    return Realisations(here, tuple(sides), tuple(posts), places, own, other)


def _lower(
    nearest: Metres, rows: npt.NDArray[np.integer], xy: npt.NDArray[np.float32], places: npt.NDArray[np.float32]
) -> None:
    """Bring the rows of `nearest` down to the distance of one more post."""
    if len(rows) == 0:
        return
    rows = rows[least_distance(xy[rows], places) < nearest[rows].max(axis=1)]
    nearest[rows] = np.minimum(nearest[rows], distances(xy[rows], places))


def least_distance(xy: npt.NDArray[np.float32], places: npt.NDArray[np.float32]) -> Floats:
    """A distance (n,) that no place of a post undercuts."""
    middle = places.mean(axis=0)
    return np.asarray(np.hypot(*(xy - middle).T) - np.hypot(*(places - middle).T).max(), dtype=float)


def _sums(drawn: Realisations, values: npt.NDArray) -> Floats:
    """Sum over the points of each unit: (n, K) of bool or whole numbers to (U, K)."""
    ends = drawn.grid.starts + drawn.grid.counts
    parts = [values[start:end].sum(axis=0, dtype=np.uint32) for start, end in zip(drawn.grid.starts, ends, strict=True)]
    return np.asarray(parts, dtype=float).reshape(len(ends), values.shape[1])


def mean_by_unit(drawn: Realisations, values: npt.NDArray) -> Floats:
    """Mean over the points of each unit: (n, K) to (U, K)."""
    return _sums(drawn, values) / drawn.grid.counts[:, None]


def without_own(drawn: Realisations) -> Bools:
    """Units (U,) of a side of which no post is known."""
    lacking = [side for side in drawn.sides if not drawn.has_own(side)]
    return np.isin(drawn.grid.sides, lacking)


def off_scale(drawn: Realisations, metres: Metres) -> Bools:
    """Units (U,) with a point whose distance is off the scale of two bytes, or unknown: no mean is true there."""
    far = np.zeros(len(drawn.grid.units), dtype=bool)
    far[drawn.grid.codes[(metres >= UNKNOWN_M - 1).any(axis=1)]] = True
    return far


def point_people(drawn: Realisations, people: pd.DataFrame, units: Sequence[str] | None = None) -> Floats:
    """People that each point stands for (n,): those of its kelurahan evenly over its points; unknown counts as none.

    Parameters
    ----------
    drawn : the realisations
    people : value by kode
    units : kode of the only kelurahan that count; all when None
    """
    counts = people["value"].reindex(drawn.grid.units).fillna(0.0).to_numpy(float)
    if units is not None:
        counts = counts * np.isin(drawn.grid.units, list(units))
    return np.asarray((counts / np.maximum(drawn.grid.counts, 1))[drawn.grid.codes])
