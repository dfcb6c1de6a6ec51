"""Places that are known by an area only: many realisations, in each of which such a place stands somewhere else in it.

A facility without a sure point is a region of possible places: the kelurahan, kecamatan or kabkota that is stated for
it. Where people live, facilities stand: a place is as likely as the people who live around it. What is reported is the
median over the realisations and the range from `LOW` to `HIGH`.

Notes
-----
Places of a region are stratified: its sample points in the order of a Hilbert curve, cut into as many pieces of equal
odds as there are realisations, the middle point of each, and around it any place of its cell. So with one such place
the share of realisations is the share of its odds, up to one realisation. Several are paired by a Latin hypercube
(McKay, Beckman & Conover 1979, Technometrics 21(2)) whose permutation hangs on the key of the place alone: adding,
moving or closing one leaves the others where they are in every realisation, so that a difference is due to the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.arrays import Floats
from geo.distances import UNKNOWN_M
from geo.grid import Grid
from geo.quantiles import quantiles

DRAWS = 256
"""Realisations. docs/metode.md says how far results lie from those of sixteen times as many."""

BLOCK = 128
"""Points whose distances are taken at once: as many as stay in the processor's cache."""

LOW, HIGH = 0.05, 0.95
"""The range that is reported over the realisations."""

SHARE_TAIL = 0.1
"""Share of the realisations left out at either end of the range of the share of a unit that lies beyond a distance:
where the places are known, 5 to 95 % held 95 % of the true shares and 10 to 90 % held 90 % (docs/metode.md)."""

AREA_ONLY = "area_only"
"""Why a facility is not used by its point: only its area is known."""

Metres = npt.NDArray[np.uint16]
Places = npt.NDArray[np.float32]


def standing(facilities: pd.DataFrame) -> pd.Series:
    """Which facilities stand somewhere in an area (bool): left_out, area_kode."""
    return facilities["left_out"].eq(AREA_ONLY) & facilities["area_kode"].ne("")


@dataclass
class Regions:
    """Draws possible places out of areas.

    Attributes
    ----------
    grid : all sample points
    draws : number of realisations
    """

    grid: Grid
    draws: int = DRAWS
    _known: dict[str, tuple[Places, npt.NDArray[np.float32]]] = field(default_factory=dict, repr=False)

    def stands(self, area: str, key: str) -> Places:
        """Where a place stands in each realisation: (draws, 2) easting and northing in metres.

        Parameters
        ----------
        area : kode of the kelurahan, kecamatan or kabkota in which it stands
        key : its id, on which the order hangs

        Raises
        ------
        ValueError
            The area has no sample points.
        """
        if area not in self._known:
            self._known[area] = self._strata(area)
        random = np.random.default_rng(list(key.encode()))
        places, cells = self._known[area]
        order = random.permutation(self.draws)
        return places[order] + (random.random((self.draws, 2)) - 0.5).astype(np.float32) * cells[order, None]

    def inside(self, area: str) -> npt.NDArray[np.integer]:
        """Positions of the sample points in an area, a kelurahan, kecamatan or kabkota; none for an unknown one."""
        first, last = self.grid.units.searchsorted([area, area + "~"]) if area else (0, 0)
        ends = np.append(self.grid.starts, len(self.grid.codes))
        return np.arange(ends[first], ends[last])

    def _strata(self, area: str) -> tuple[Places, npt.NDArray[np.float32]]:
        grid, rows = self.grid, self.inside(area)
        if len(rows) == 0:
            raise ValueError(f"no sample points in {area!r}")
        xy = grid.points[rows]
        west, south = xy.min(axis=0)
        edge = max(float(np.ptp(xy, axis=0).max()), 1.0)
        curve = gpd.GeoSeries.from_xy(xy[:, 0], xy[:, 1]).hilbert_distance(
            (west, south, west + edge, south + edge), level=12
        )
        order = np.argsort(curve.to_numpy(), kind="stable")
        odds = grid.odds[rows]
        # Where the people of a part are unknown, or nobody lives, every place is equally likely.
        mass = np.cumsum((odds if np.isfinite(odds).all() and odds.any() else grid.weight[rows])[order])
        chosen = np.searchsorted(mass, (np.arange(self.draws) + 0.5) / self.draws * mass[-1])
        found = rows[order[np.minimum(chosen, len(rows) - 1)]]
        return grid.xy[found], self._spacing(grid.codes[found])

    def _spacing(self, codes: npt.NDArray[np.integer]) -> npt.NDArray[np.float32]:
        """Metres between the sample points of the kelurahan of each place, 0 for a kelurahan of one point."""
        grid, result = self.grid, np.zeros(len(codes), dtype=np.float32)
        for unit in np.unique(codes):
            own = slice(grid.starts[unit], grid.starts[unit] + grid.counts[unit])
            steps = np.concatenate([np.diff(np.unique(axis)) for axis in grid.xy[own].T])
            result[codes == unit] = steps.min() if len(steps) else 0.0
        return result


@lru_cache(maxsize=4)
def regions_of(grid: Grid) -> Regions:
    """The regions of a grid, which keep what they found out about an area for whoever asks next."""
    return Regions(grid)


def distances(xy: npt.ArrayLike, places: npt.ArrayLike) -> Metres:
    """Whole metres from points (n, 2) to the places of one facility (K, 2): (n, K), or (n, 1) when all are one."""
    points, stands = np.asarray(xy, dtype=np.float32), np.asarray(places, dtype=np.float32)
    if (stands == stands[0]).all():
        stands = stands[:1]
    metres, axes = np.empty((len(points), len(stands)), dtype=np.uint16), np.ascontiguousarray(stands.T)
    for start in range(0, len(points), BLOCK):
        east, north = (points[start : start + BLOCK, None, axis] - axes[axis] for axis in (0, 1))
        east *= east
        north *= north
        east += north
        np.sqrt(east, out=east)
        np.minimum(east, UNKNOWN_M - 1, out=east)
        metres[start : start + BLOCK] = np.rint(east, out=east)
    return metres


def lower(nearest: Metres, rows: npt.NDArray[np.integer], xy: npt.NDArray[np.float32], places: Places) -> None:
    """Bring the rows of `nearest` (n, K) down to the distance of one more facility, where it is nearer.

    Parameters
    ----------
    nearest : (n, K) whole metres, changed in place
    rows : positions of the points to look at
    xy : (n, 2) of all points, in metres
    places : (K, 2) of the facility, one a realisation
    """
    if len(rows) == 0:
        return
    now = nearest[rows]
    nearer = least_distance(xy[rows], places) < now.max(axis=1)
    nearest[rows[nearer]] = np.minimum(now[nearer], distances(xy[rows[nearer]], places))


def least_distance(xy: npt.NDArray[np.float32], places: Places) -> Floats:
    """A distance (n,) that no place of a facility undercuts."""
    middle = places.mean(axis=0)
    # Several times faster than `hypot`, which guards against numbers that no metres reach.
    away, around = (np.sqrt(np.square(at[:, 0] - middle[0]) + np.square(at[:, 1] - middle[1])) for at in (xy, places))
    return np.asarray(away - around.max(), dtype=float)


@dataclass(frozen=True)
class Drawn:
    """Distance from some points to the nearest of some facilities in every realisation.

    Attributes
    ----------
    fixed : (n,) metres to the nearest facility with a point; inf for none
    rows : (m,) positions of the points to which a facility without one can be nearer, rising
    metres : (m, K) of those, whole metres to the nearest of all; `UNKNOWN_M` for none
    which : (m, K) position of the region that is nearest, -1 for a facility with a point
    """

    fixed: Floats
    rows: npt.NDArray[np.integer]
    metres: Metres
    which: npt.NDArray[np.int16]

    def at(self, rows: npt.NDArray[np.integer]) -> tuple[Metres, npt.NDArray[np.int16]]:
        """`metres` and `which` of any points that hold `rows`, (len(rows), K) each."""
        shape = (len(rows), self.metres.shape[1])
        metres = np.broadcast_to(_whole(self.fixed[rows])[:, None], shape).copy()
        which = np.full(shape, -1, dtype=np.int16)
        mine = np.searchsorted(rows, self.rows)
        metres[mine], which[mine] = self.metres, self.which
        return metres, which

    @cached_property
    def median(self) -> Floats:
        """Median over the realisations of each point (n,), inf for none."""
        result = self.fixed.copy()
        (middle,) = quantiles(self.metres, (0.5,))
        result[self.rows] = np.where(middle < UNKNOWN_M, middle, np.inf)
        return result

    def by_unit(self, codes: npt.NDArray[np.integer], tail: float = SHARE_TAIL) -> tuple[Floats, Floats, pd.DataFrame]:
        """The distances of each unit as they are in a typical realisation, and how its median differs in all of them.

        Parameters
        ----------
        codes : (n,) unit of each point, rising
        tail : as `SHARE_TAIL`

        Returns
        -------
        (n,) array
            In the order of the medians of the points of a unit, the median over the realisations of its nearest, its
            second, ... and its farthest point: what share of a unit lies beyond a distance must not be told from the
            medians of single points, which are all farther than they are together in any realisation. inf for none.
        (2, n) array
            The same at `tail` and 1 - `tail`: the share of a unit beyond any distance has these quantiles.
        DataFrame by unit
            median, low, high (m) over the realisations of the median of its points, where a region can change it.
        """
        typical, units = np.repeat(self.median[None], 3, axis=0), np.unique(codes[self.rows])
        fixed, middles = np.minimum(self.fixed, UNKNOWN_M), np.empty((len(units), self.metres.shape[1]))
        moves = (self.metres != self.metres[:, :1]).any(axis=1)
        for number, unit in enumerate(units):
            first, end = np.searchsorted(codes, [unit, unit + 1])
            mine = slice(*np.searchsorted(self.rows, [first, end]))
            # Where all realisations are alike, one stands for all.
            drawn = self.metres[mine, : None if moves[mine].any() else 1].T
            metres = np.repeat(fixed[None, first:end], len(drawn), axis=0)
            metres[:, self.rows[mine] - first] = drawn
            metres.sort(axis=1)
            ranked = quantiles(np.ascontiguousarray(metres.T), (0.5, tail, 1 - tail))
            points = first + np.argsort(typical[0, first:end], kind="stable")
            typical[:, points] = np.where(ranked < UNKNOWN_M, ranked, np.inf)
            middles[number] = metres[:, [(end - first - 1) // 2, (end - first) // 2]].mean(axis=1)
        found = quantiles(middles, (0.5, LOW, HIGH))
        return typical[0], typical[1:], pd.DataFrame(found.T, index=units, columns=["median", "low", "high"])


def draw(xy: npt.NDArray[np.float32], fixed: Floats, regions: Sequence[Places], draws: int = DRAWS) -> Drawn:
    """Distances from points (n, 2) to the nearest of facilities with a point, `fixed`, and of regions.

    Parameters
    ----------
    xy : in metres
    fixed : (n,) metres to the nearest facility with a point, inf for none
    regions : of each facility without a point, where it stands in each realisation (draws, 2)
    draws : realisations
    """
    base = _whole(fixed)
    near = []
    for region in regions:
        least = least_distance(xy, region)
        points = np.flatnonzero(least < base)
        near.append((points, least[points]))
    rows = np.unique(np.concatenate([points for points, _ in near])) if near else np.empty(0, dtype=int)
    metres = np.repeat(base[rows, None], draws, axis=1)
    which = np.full(metres.shape, -1, dtype=np.int16)
    for number, ((points, least), region) in enumerate(zip(near, regions, strict=True)):
        at = np.searchsorted(rows, points)
        nearest = metres[at]
        closer = least < nearest.max(axis=1, initial=0)
        at, nearest, apart = at[closer], nearest[closer], distances(xy[points[closer]], region)
        nearer = apart < nearest
        some = nearer.any(axis=1)
        metres[at[some]] = np.minimum(nearest[some], apart[some])
        which[at[some]] = np.where(nearer[some], np.int16(number), which[at[some]])
    return Drawn(fixed, rows, metres, which)


def group_sums(values: npt.NDArray, starts: npt.NDArray[np.integer]) -> Floats:
    """Sums (G, K) over groups of neighbouring rows, each from its start to the next one.

    Parameters
    ----------
    values : (n, K) bool or whole numbers
    starts : (G,) first row of each group, rising
    """
    ends = np.append(starts[1:], len(values))
    sums = [values[start:end].sum(axis=0, dtype=np.uint32) for start, end in zip(starts, ends, strict=False)]
    return np.asarray(sums, dtype=float).reshape(len(starts), values.shape[1])


def _whole(metres: Floats) -> Metres:
    return np.minimum(np.rint(metres), UNKNOWN_M).astype(np.uint16)
