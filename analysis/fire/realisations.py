"""Posts of which only an area is known: how far the nearest one is in many realisations (`geo.regions`).

Distances are straight lines in metres from the sample points of every kelurahan, kept once; call handling, speed,
detour and delay are arithmetic on them (`analysis.fire.response`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.fire.posts import Post
from geo.arrays import Bools, Floats
from geo.distances import UNKNOWN_M
from geo.grid import Grid
from geo.regions import DRAWS, Metres, Places, Regions, group_sums, least_distance, lower


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
    places: Places
    own: Metres
    other: Metres

    def has_own(self, side: str) -> bool:
        """Whether any post of a side is known; without one its own response is unknown, not infinite."""
        return any(p.operator == side for p in self.posts)


def possible_places(posts: Sequence[Post], grid: Grid, draws: int = DRAWS) -> Places:
    """Where each post stands in each realisation: (P, draws, 2) easting and northing in metres.

    Parameters
    ----------
    posts : those that may come
    grid : sample points with their people, where a post that is known by an area may stand
    draws : realisations

    Raises
    ------
    ValueError
        The region of a post has no sample points.
    """
    regions, found = Regions(grid, draws), np.zeros((len(posts), draws, 2), dtype=np.float32)
    for number, post in enumerate(posts):
        exact = post.x is not None and post.y is not None
        found[number] = (post.x, post.y) if exact else regions.stands(post.area, post.id)
    return found


def realise(grid: Grid, posts: Sequence[Post], sides: Sequence[str], draws: int = DRAWS) -> Realisations:
    """Distances to the nearest own and the nearest other post in every realisation.

    Parameters
    ----------
    grid : at least the points of the sides and of the regions of the posts
    posts : posts that may be sent; those of another kabkota than the sides help every side
    sides : kode_kabkota whose points are kept
    draws : number of realisations
    """
    return _realise(grid, tuple(posts), tuple(sides), draws)


# Response, drill and joint sites of a corridor look at the same posts.
@lru_cache(maxsize=16)
def _realise(grid: Grid, posts: tuple[Post, ...], sides: tuple[str, ...], draws: int) -> Realisations:
    places = possible_places(posts, grid, draws)
    here = grid.within(sides)
    own, other = (np.full((len(here.xy), 1), UNKNOWN_M, np.uint16) for _ in range(2))
    # The nearest exact post so far: no realisation is farther.
    own_exact, other_exact = own[:, 0], other[:, 0]
    # Exact posts first, once for all realisations: most points need not look at a far region at all.
    for exact in (True, False):
        for number in (i for i, post in enumerate(posts) if post.exact == exact):
            mine = here.point_sides == posts[number].operator
            least = least_distance(here.xy, places[number])
            for whose, nearest, exactly in ((mine, own, own_exact), (~mine, other, other_exact)):
                lower(nearest, np.flatnonzero(whose & (least < exactly)), here.xy, places[number])
        if exact:
            own, other = (np.repeat(nearest, draws, axis=1) for nearest in (own, other))
    return Realisations(here, sides, posts, places, own, other)


def mean_by_unit(drawn: Realisations, values: npt.NDArray) -> Floats:
    """Mean over the points of each unit: (n, K) to (U, K)."""
    return group_sums(values, drawn.grid.starts) / drawn.grid.counts[:, None]


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
