"""Who reaches a fire in time: one's own posts only, or the nearest post of any side.

A post of which only the kelurahan, kecamatan or kabkota is known is a region of possible places. The model therefore
looks at many possible worlds at once, `DRAWS` of them: in each, every such post stands at another place of its region.
What is reported is the share of worlds, and a range over them. Distances are straight lines in metres from the sample
points of every kelurahan, kept once; call handling, speed, detour and delay are arithmetic on them.

Notes
-----
Places of a region are stratified: its sample points in the order of a Hilbert curve, cut into `DRAWS` pieces of equal
area, the middle point of each. So with one such post the share of worlds is the share of its area, up to 1/`DRAWS`.
Several posts are paired by a Latin hypercube (McKay, Beckman & Conover 1979, Technometrics 21(2)) whose permutation
hangs on the post's id alone: adding, moving or closing one post leaves the others where they are in every world, so
that a difference is due to the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.access import UNKNOWN_M

__all__ = [
    "DRAWS",
    "SITUATIONS",
    "Break",
    "Covered",
    "Curve",
    "Grid",
    "Post",
    "Spread",
    "Timing",
    "World",
    "ask_first",
    "break_even",
    "build_world",
    "calls_at_once",
    "covered",
    "delay_curve",
    "dispatch",
    "distances",
    "engines_away",
    "grid_of",
    "minutes",
    "minutes_of_sides",
    "possible_places",
    "posts_of",
    "probability",
    "reach_m",
    "reached_by",
    "shares",
    "speed_classes",
    "spent",
]

DRAWS = 64
"""Possible worlds; enough that a share is known to about a percentage point for one post."""

SITUATIONS = 512
"""Situations in which several calls are tried out; a share of them is known to about two percentage points."""

LOW, HIGH = 0.05, 0.95
"""The range that is reported over the possible worlds."""

Region = Literal["titik", "kelurahan", "kecamatan", "kabkota"]
Floats = npt.NDArray[np.float64]
Metres = npt.NDArray[np.uint16]

_EXACT = ("titik", "titik_tak_resmi", "skenario")
_REGIONS: dict[str, Region] = {"kelurahan": "kelurahan", "kecamatan": "kecamatan"}


@dataclass(frozen=True)
class Post:
    """A fire post: exact, or a region of possible places.

    Attributes
    ----------
    operator : kode_kabkota whose service it is
    stands_in : kode_kabkota in which it stands; another than `operator` when a post lies across the line
    region : what of its place is known
    area : code of the region, empty for an exact post
    x, y : metres, None for a region
    planned : not built, counted only because that was asked for
    state : what a scenario did: empty, "baru" or "pindah"
    """

    id: str
    name: str
    operator: str
    stands_in: str
    region: Region
    area: str = ""
    x: float | None = None
    y: float | None = None
    planned: bool = False
    state: str = ""

    @property
    def exact(self) -> bool:
        return self.region == "titik"


@dataclass(frozen=True)
class Timing:
    """What the minutes consist of.

    call, turnout, delay, target : minutes; delay is added when a post comes to another side
    detour : road length over straight line
    speed : km/h, one number or one a unit (U,)
    """

    call: float
    turnout: float
    delay: float
    target: float
    detour: float
    speed: float | Floats

    @property
    def minutes_per_metre(self) -> float | Floats:
        return self.detour * 60 / 1000 / self.speed


@dataclass(frozen=True)
class Grid:
    """Sample points grouped by kelurahan.

    xy : (n, 2) metres · codes : (n,) position of the kelurahan, rising · units : (U,) kode · starts, counts : (U,)
    where the points of a kelurahan begin and how many they are · weight : (n,) area that a point stands for, km2
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


@dataclass(frozen=True)
class World:
    """The possible worlds of a corridor.

    own, other : (n, DRAWS) whole metres from each point to the nearest post of its own side, of any other; `UNKNOWN_M`:
    none listed
    places : (P, DRAWS, 2) where each post stands in each world
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


def grid_of(samples: pd.DataFrame, areas: pd.Series) -> Grid:
    """Group the sample points.

    Parameters
    ----------
    samples : DataFrame
        ``kode``, ``x``, ``y`` in metres.
    areas : Series
        Area of each kelurahan by kode; small ones have a finer grid, so their points stand for less.
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


def posts_of(
    facilities: pd.DataFrame, exists: pd.Series, operators: Sequence[str], planned: bool = False
) -> list[Post]:
    """The fire posts of some kabkota, in order of their id.

    Parameters
    ----------
    facilities : DataFrame
        By id: kind, name, operator, kode_kabkota, area_kode, precision, x, y and, after a scenario, state.
    exists : Series
        By id: "ada", "mungkin", "rencana" or "tidak". A row that says that there is no post is never one. An id that is
        not in it is new.
    operators : kode_kabkota whose posts count
    planned : bool
        Count those that are only planned too, where a kelurahan or kecamatan is named for them; one that a scenario has
        placed always counts.
    """
    rows = facilities[(facilities["kind"] == "pos_damkar") & facilities["operator"].isin(operators)]
    state = rows["state"] if "state" in rows else pd.Series("", index=rows.index)
    known = exists.reindex(rows.index).fillna("ada")
    result = []
    for id_, row in rows.assign(state=state, known=known).sort_index().iterrows():
        placed, plan = row["state"] in ("baru", "pindah"), row["known"] == "rencana"
        if row["known"] == "tidak" or row["state"] == "tutup":
            continue
        if plan and not placed and not (planned and row["area_kode"]):
            continue
        exact = row["precision"] in _EXACT
        region = "titik" if exact else _REGIONS.get(str(row["precision"]), "kabkota")
        stands_in = str(row["kode_kabkota"]) or str(row["operator"])
        result.append(
            Post(
                id=str(id_),
                name=str(row["name"]),
                operator=str(row["operator"]),
                stands_in=stands_in,
                region=region,
                area="" if exact else str(row["area_kode"]) or stands_in,
                x=float(row["x"]) if exact else None,
                y=float(row["y"]) if exact else None,
                planned=plan,
                state=str(row["state"]),
            )
        )
    return result


def possible_places(post: Post, grid: Grid, draws: int = DRAWS) -> npt.NDArray[np.float32]:
    """Where a post may stand in each world, (draws, 2) metres: every place of its region equally likely.

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


def build_world(grid: Grid, posts: Sequence[Post], sides: Sequence[str], draws: int = DRAWS) -> World:
    """Distances to the nearest own and the nearest other post in every possible world.

    Parameters
    ----------
    grid : Grid
        At least the points of the sides and of the regions of the posts.
    posts : posts that may be sent; those of another kabkota than the sides help every side
    sides : kode_kabkota whose points are kept
    """
    places = (
        np.stack([possible_places(p, grid, draws) for p in posts]) if posts else np.zeros((0, draws, 2), np.float32)
    )
    kept = np.isin(grid.sides[grid.codes], list(sides))
    codes, units = pd.factorize(grid.codes[kept])
    counts = np.bincount(codes, minlength=len(units))
    here = Grid(
        xy=grid.xy[kept],
        codes=codes,
        units=grid.units[units],
        starts=np.concatenate([[0], np.cumsum(counts)[:-1]]),
        counts=counts,
        weight=grid.weight[kept],
    )
    own, other = (np.full((len(here.xy), draws), UNKNOWN_M, np.uint16) for _ in range(2))
    point_side = here.sides[here.codes]
    # Exact posts first: they bound the distance, and most points need not look at a far region at all.
    for number in sorted(range(len(posts)), key=lambda i: not posts[i].exact):
        mine = point_side == posts[number].operator
        for rows, nearest in ((np.flatnonzero(mine), own), (np.flatnonzero(~mine), other)):
            _lower(nearest, rows, here.xy, places[number])
    return World(here, tuple(sides), tuple(posts), places, own, other)


def _lower(
    nearest: Metres, rows: npt.NDArray[np.integer], xy: npt.NDArray[np.float32], places: npt.NDArray[np.float32]
) -> None:
    """Bring the rows of `nearest` down to the distance of one more post."""
    if len(rows) == 0:
        return
    rows = rows[_least(xy[rows], places) < nearest[rows].max(axis=1)]
    nearest[rows] = np.minimum(nearest[rows], distances(xy[rows], places))


def reach_m(timing: Timing, delay: float = 0.0) -> Floats:
    """Straight-line metres covered within the target, one or one a unit; negative when time is up before."""
    left = timing.target - timing.call - timing.turnout - delay
    return np.asarray(left / np.asarray(timing.minutes_per_metre, dtype=float))


def _threshold(world: World, timing: Timing, delay: float) -> tuple[npt.NDArray[np.uint16], bool]:
    """Greatest distance (n, 1) or () that is in time, and whether any is; within means at most the target."""
    reach = reach_m(timing, delay)
    most = np.minimum(np.floor(np.maximum(reach, 0) + 1e-6), UNKNOWN_M - 1).astype(np.uint16)
    return (most[world.grid.codes][:, None] if most.ndim else most), bool((reach >= 0).any())


def _in_time(world: World, timing: Timing, metres: Metres, delay: float) -> npt.NDArray[np.bool_]:
    most, possible = _threshold(world, timing, delay)
    if not possible:
        return np.zeros(metres.shape, dtype=bool)
    result = metres <= most
    reach = reach_m(timing, delay)
    if reach.ndim and (reach < 0).any():
        result &= (reach >= 0)[world.grid.codes][:, None]
    return np.asarray(result)


def _sums(world: World, values: npt.NDArray) -> Floats:
    """Sum over the points of each unit: (n, K) of truth or whole numbers to (U, K)."""
    ends = world.grid.starts + world.grid.counts
    parts = [values[start:end].sum(axis=0, dtype=np.uint32) for start, end in zip(world.grid.starts, ends, strict=True)]
    return np.asarray(parts, dtype=float).reshape(len(ends), values.shape[1])


def _by_unit(world: World, values: npt.NDArray) -> Floats:
    """Mean over the points of each unit: (n, K) to (U, K)."""
    return _sums(world, values) / world.grid.counts[:, None]


def _unknown(world: World) -> npt.NDArray[np.bool_]:
    """Units (U,) of a side of which no post is known."""
    lacking = [side for side in world.sides if not world.has_own(side)]
    return np.isin(world.grid.sides, lacking)


def _beyond(world: World, metres: Metres) -> npt.NDArray[np.bool_]:
    """Units (U,) with a point whose distance is off the scale of two bytes, or unknown: no mean is true there."""
    far = np.zeros(len(world.grid.units), dtype=bool)
    far[world.grid.codes[(metres >= UNKNOWN_M - 1).any(axis=1)]] = True
    return far


def shares(world: World, timing: Timing) -> tuple[Floats, Floats]:
    """Share of the points of each unit reached within the target in each world, closed and open, (U, DRAWS) each.

    Closed: own posts only, NaN for a side without any known post. Open: nearest of any side, the delay added for
    others. Open is never less than closed.
    """
    own = _in_time(world, timing, world.own, 0.0)
    closed = _by_unit(world, own)
    closed[_unknown(world)] = np.nan
    either = own | _in_time(world, timing, world.other, timing.delay)
    return closed, _by_unit(world, either)


def probability(world: World, timing: Timing, found: tuple[Floats, Floats] | None = None) -> pd.DataFrame:
    """Probability of the target by unit: ``closed`` and ``open``, 0 to 1.

    It is the share of all places of the kelurahan and all possible places of the posts. `found` spares computing the
    `shares` again.
    """
    closed, opened = found or shares(world, timing)
    return pd.DataFrame({"closed": closed.mean(axis=1), "open": opened.mean(axis=1)}, index=world.grid.units)


def spent(world: World, timing: Timing) -> dict[str, Floats]:
    """Minutes from call to arrival by plan, mean over the points of each unit in each world (U, K); NaN: not known."""
    rate = np.broadcast_to(np.asarray(timing.minutes_per_metre, dtype=float), len(world.grid.units))
    metres = np.minimum(np.rint(timing.delay / rate), UNKNOWN_M).astype(np.uint16)[world.grid.codes][:, None]
    # Saturating sum: what is unknown or far stays at the end of the scale.
    delayed = np.minimum(world.other, UNKNOWN_M - metres) + metres
    result = {}
    for plan, values in (("closed", world.own), ("open", np.minimum(world.own, delayed))):
        taken = timing.call + timing.turnout + _by_unit(world, values) * rate[:, None]
        taken[_beyond(world, values) | (_unknown(world) if plan == "closed" else False)] = np.nan
        result[plan] = taken
    return result


def minutes(world: World, timing: Timing, found: dict[str, Floats] | None = None) -> pd.DataFrame:
    """Minutes by unit, from call to arrival, mean over its points: median and 5th to 95th percentile over the worlds.

    Columns ``closed``, ``closed_low``, ``closed_high``, ``open``, ``open_low``, ``open_high``; NaN where no post is
    known. `found` spares computing what is `spent` again.
    """
    result: dict[str, Floats] = {}
    for plan, taken in (found or spent(world, timing)).items():
        low, middle, high = np.quantile(taken, (LOW, 0.5, HIGH), axis=1)
        result |= {plan: middle, f"{plan}_low": low, f"{plan}_high": high}
    return pd.DataFrame(result, index=world.grid.units)


def minutes_of_sides(
    world: World, timing: Timing, people: pd.DataFrame, found: dict[str, Floats] | None = None
) -> pd.DataFrame:
    """As `minutes`, by side: the mean over its people where minutes and people are known."""
    weight = people["value"].reindex(world.grid.units).fillna(0.0).to_numpy(float)
    known = found or spent(world, timing)
    rows = {}
    for side in world.sides:
        row: dict[str, float] = {}
        for plan, values in known.items():
            here = (world.grid.sides == side) & (weight > 0) & ~np.isnan(values).any(axis=1)
            mean = weight[here] @ values[here] / weight[here].sum() if here.any() else np.full(values.shape[1], np.nan)
            low, middle, high = (float(v) for v in np.quantile(mean, (LOW, 0.5, HIGH)))
            row |= {plan: middle, f"{plan}_low": low, f"{plan}_high": high}
        rows[side] = row
    return pd.DataFrame.from_dict(rows, orient="index")


@dataclass(frozen=True)
class Spread:
    """An expected number of people with both of its ranges.

    value : mean over the worlds · low, high : 5th to 95th percentile over the worlds · people_low, people_high : the
    mean, with the lower and the upper end of the range of the population estimate
    """

    value: float
    low: float
    high: float
    people_low: float
    people_high: float


@dataclass(frozen=True)
class Covered:
    """People of one side who are reached within the target; closed and gain are None when no post of the side is known.

    people : all of the side whose number is known · unknown_units : kelurahan whose number is not
    """

    side: str
    people: float
    unknown_units: int
    closed: Spread | None
    opened: Spread
    gain: Spread | None


def covered(
    world: World, timing: Timing, people: pd.DataFrame, found: tuple[Floats, Floats] | None = None
) -> list[Covered]:
    """People within the target on each side, and last on all sides together (``side`` empty).

    Parameters
    ----------
    people : DataFrame
        value, low, high by kode; a kelurahan without a value is left out and counted.
    found : spares computing the `shares` again
    """
    closed, opened = found or shares(world, timing)
    counts = people.reindex(world.grid.units)
    result = []
    for side in (*world.sides, ""):
        rows = np.flatnonzero((world.grid.sides == side) | (side == ""))
        known = rows[counts["value"].notna().to_numpy()[rows]]
        here = counts.iloc[known]
        has = all(world.has_own(s) for s in ([side] if side else world.sides))
        result.append(
            Covered(
                side=side,
                people=float(here["value"].sum()),
                unknown_units=len(rows) - len(known),
                closed=_spread(here, closed[known]) if has else None,
                opened=_spread(here, opened[known]),
                gain=_spread(here, opened[known] - closed[known]) if has else None,
            )
        )
    return result


def _spread(people: pd.DataFrame, share: Floats) -> Spread:
    total = people["value"].to_numpy(float) @ share
    low, high = np.quantile(total, (LOW, HIGH)) if len(total) else (0.0, 0.0)
    expected = share.mean(axis=1)
    return Spread(
        value=float(total.mean()),
        low=float(low),
        high=float(high),
        people_low=float(people["low"].to_numpy(float) @ expected),
        people_high=float(people["high"].to_numpy(float) @ expected),
    )


@dataclass(frozen=True)
class Curve:
    """People of one side within the target against the coordination delay.

    delays : minutes · opened : expected people with an open line, (len(delays),) · gain_low, gain_high : what the open
    line adds, 5th to 95th percentile over the worlds · closed : the line that the curve falls to, None when unknown ·
    meets : the delay from which on opening helps nobody there, None when it never does or closed is unknown
    """

    side: str
    delays: Floats
    opened: Floats
    gain_low: Floats
    gain_high: Floats
    closed: float | None
    meets: float | None


def delay_curve(world: World, timing: Timing, people: pd.DataFrame, delays: Sequence[float]) -> list[Curve]:
    """How coverage falls with the delay, for each side; all delays in one pass.

    Notes
    -----
    Who is not reached by an own post is reached by another up to the delay target - call - turnout - travel: the number
    of people at a delay is those whose delay is at least that.
    """
    steps = np.asarray(delays, dtype=float)
    weight = _point_people(world, people)
    own = _in_time(world, timing, world.own, 0.0)
    rate = np.asarray(timing.minutes_per_metre, dtype=float)
    side_of = world.grid.sides[world.grid.codes]
    result = []
    for side in world.sides:
        rows = np.flatnonzero((side_of == side) & (weight > 0))
        base = weight[rows] @ own[rows]
        where, draw = np.nonzero(~own[rows] & _in_time(world, timing, world.other, 0.0)[rows])
        travel = world.other[rows[where], draw] * (rate[world.grid.codes[rows[where]]] if rate.ndim else rate)
        left = timing.target - timing.call - timing.turnout - travel
        people_of = weight[rows[where]]
        gained = np.zeros((len(steps), world.own.shape[1]))
        for i, delay in enumerate(steps):
            enough = left >= delay - 1e-9
            gained[i] = np.bincount(draw[enough], weights=people_of[enough], minlength=world.own.shape[1])
        low, high = np.quantile(gained, (LOW, HIGH), axis=1)
        has = world.has_own(side)
        result.append(
            Curve(
                side=side,
                delays=steps,
                opened=(base + gained).mean(axis=1),
                gain_low=low,
                gain_high=high,
                closed=float(base.mean()) if has else None,
                meets=float(left.max()) if has and len(left) else None,
            )
        )
    return result


def _point_people(world: World, people: pd.DataFrame) -> Floats:
    """People that each point stands for (n,): those of its kelurahan evenly over its points; unknown counts as none."""
    counts = people["value"].reindex(world.grid.units).fillna(0.0).to_numpy(float)
    return np.asarray((counts / np.maximum(world.grid.counts, 1))[world.grid.codes])


@dataclass(frozen=True)
class Break:
    """Break-even delay of the side whose people are counted.

    people : for how many a post of another side is nearer, without delay (expected) · minutes : their mean lead over
    the nearest own post, weighted by people: so long may the coordination take on average before their own post is as
    fast; None when nobody
    """

    side: str
    people: float
    minutes: float | None


def break_even(world: World, timing: Timing, people: pd.DataFrame) -> tuple[pd.DataFrame, list[Break]]:
    """The delay at which the nearest post of any side is no faster than the nearest own one.

    Returns
    -------
    DataFrame
        By unit: ``minutes``, ``low``, ``high`` (own minus other, mean over the points, median and 5th to 95th
        percentile over the worlds; negative: the own post is nearer) and ``share`` of its places and worlds where
        another side is nearer than one's own even with the delay of `timing`. NaN where no own or no other post is
        known.
    list of Break
    """
    per_unit = np.broadcast_to(np.asarray(timing.minutes_per_metre, dtype=float), len(world.grid.units))
    lost = _unknown(world) | _beyond(world, world.own) | _beyond(world, world.other)
    lead = (_by_unit(world, world.own) - _by_unit(world, world.other)) * per_unit[:, None]
    ahead = world.own > world.other
    gap = np.where(ahead, world.own - world.other, np.uint16(0))
    shift = np.minimum(np.floor(timing.delay / per_unit + 1e-6), UNKNOWN_M).astype(np.uint16)
    nearer = _by_unit(world, gap > shift[world.grid.codes][:, None]).mean(axis=1)
    low, middle, high = np.quantile(lead, (LOW, 0.5, HIGH), axis=1)
    table = pd.DataFrame({"minutes": middle, "low": low, "high": high, "share": nearer}, index=world.grid.units)
    table.loc[lost, :] = np.nan
    counts = people["value"].reindex(world.grid.units).fillna(0.0).to_numpy(float)
    counts = np.where(lost, 0.0, counts)
    helped = counts * _by_unit(world, ahead).mean(axis=1)
    saved = counts * _by_unit(world, gap).mean(axis=1) * per_unit
    result = []
    for side in world.sides:
        here = world.grid.sides == side
        number, total = float(helped[here].sum()), float(saved[here].sum())
        result.append(Break(side, number, total / number if number > 0 else None))
    return table, result


@dataclass(frozen=True)
class _Reach:
    """The points that one post reaches in time in some world (m,), and in which worlds (m, K)."""

    rows: npt.NDArray[np.integer]
    mask: npt.NDArray[np.bool_]


def _reaches(world: World, timing: Timing) -> list[_Reach]:
    """What each post reaches in time: its own side without, the others with the delay."""
    side_of = world.grid.sides[world.grid.codes]
    result = []
    for post, places in zip(world.posts, world.places, strict=True):
        away = _least(world.grid.xy, places)
        limit = np.full(len(side_of), -1.0)
        for home, delay in ((True, 0.0), (False, timing.delay)):
            reach = reach_m(timing, delay)
            these = (side_of == post.operator) == home
            limit[these] = reach[world.grid.codes[these]] if reach.ndim else float(reach)
        rows = np.flatnonzero((limit >= 0) & (away <= limit + 1))
        most = np.minimum(np.floor(limit[rows] + 1e-6), UNKNOWN_M - 1).astype(np.uint16)
        mask = distances(world.grid.xy[rows], places) <= most[:, None]
        mask = np.broadcast_to(mask, (len(rows), world.own.shape[1]))
        some = mask.any(axis=1)
        result.append(_Reach(rows[some], mask[some]))
    return result


def _least(xy: npt.NDArray[np.float32], places: npt.NDArray[np.float32]) -> Floats:
    """A distance (n,) that no place of a post undercuts."""
    middle = places.mean(axis=0)
    return np.asarray(np.hypot(*(xy - middle).T) - np.hypot(*(places - middle).T).max(), dtype=float)


def ask_first(world: World, timing: Timing, people: pd.DataFrame) -> pd.DataFrame:
    """Which unknown address matters most: how the people covered swing with the place of one post, the others averaged.

    Returns
    -------
    DataFrame
        By id of each post without an exact place: ``closed_low``, ``closed_high``, ``open_low``, ``open_high``
        (expected people on all sides within the target, 5th to 95th percentile over the places of this post), ``swing``
        (the wider of the two ranges), falling.
    """
    weight = _point_people(world, people)
    side_of = world.grid.sides[world.grid.codes]
    reaches = _reaches(world, timing)
    count = {plan: np.zeros(world.own.shape, dtype=np.uint8) for plan in ("closed", "open")}
    for post, reach in zip(world.posts, reaches, strict=True):
        count["open"][reach.rows] += reach.mask
        home = side_of[reach.rows] == post.operator
        count["closed"][reach.rows[home]] += reach.mask[home]
    everyone = {plan: float(weight @ (number > 0).mean(axis=1)) for plan, number in count.items()}
    rows = {}
    for post, reach in zip(world.posts, reaches, strict=True):
        if post.exact:
            continue
        row = {}
        for plan, number in count.items():
            kept = side_of[reach.rows] == post.operator if plan == "closed" else np.ones(len(reach.rows), dtype=bool)
            points, mask = reach.rows[kept], reach.mask[kept]
            # People whom nobody else reaches: in that share of the worlds they hang on this post.
            hanging = weight[points] * (number[points] == mask).mean(axis=1)
            without = everyone[plan] - float(weight[points] @ (number[points] > 0).mean(axis=1))
            at_place = without + float((weight[points] - hanging).sum()) + hanging @ mask
            row[f"{plan}_low"], row[f"{plan}_high"] = (float(v) for v in np.quantile(at_place, (LOW, HIGH)))
        row["swing"] = max(row["closed_high"] - row["closed_low"], row["open_high"] - row["open_low"])
        rows[post.id] = row
    columns = ["closed_low", "closed_high", "open_low", "open_high", "swing"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).sort_values(
        "swing", ascending=False, kind="stable"
    )


def engines_away(world: World, timing: Timing, people: pd.DataFrame) -> pd.DataFrame:
    """What stays at home while the unit of a post is across the line.

    Returns
    -------
    DataFrame
        By id of each post of a side: ``across`` (expected people of other sides for whom it is the nearest of any, with
        the delay), ``home`` (people of its own side within the target of own posts), ``home_without`` (the same without
        this post), ``home_low``, ``home_high`` (5th to 95th percentile of the latter over the worlds) and
        ``home_helped`` (without this post, but with help from across the line), falling in ``across``.
    """
    weight = _point_people(world, people)
    side_of = world.grid.sides[world.grid.codes]
    reaches = _reaches(world, timing)
    rate = np.broadcast_to(np.asarray(timing.minutes_per_metre, dtype=float), len(world.grid.units))
    shift = np.minimum(np.rint(timing.delay / rate), UNKNOWN_M).astype(np.uint16)[world.grid.codes][:, None]
    sent = np.minimum(world.other, UNKNOWN_M - shift) + shift < world.own
    asked = np.flatnonzero(sent.any(axis=1))
    farthest = world.other[asked].max(axis=1)
    mine, every = (np.zeros(world.own.shape, dtype=np.uint8) for _ in range(2))
    for post, reach in zip(world.posts, reaches, strict=True):
        every[reach.rows] += reach.mask
        home = side_of[reach.rows] == post.operator
        mine[reach.rows[home]] += reach.mask[home]
    rows = {}
    for side in world.sides:
        at_home = side_of == side
        full, helped = (weight[at_home] @ (number[at_home] > 0) for number in (mine, every))
        for post, places, reach in zip(world.posts, world.places, reaches, strict=True):
            if post.operator != side:
                continue
            kept = at_home[reach.rows]
            points, mask = reach.rows[kept], reach.mask[kept]
            left = full - weight[points] @ ((mine[points] == 1) & mask)
            left_helped = helped - weight[points] @ ((every[points] == 1) & mask)
            near = asked[(side_of[asked] != side) & (_least(world.grid.xy[asked], places) <= farthest + 1)]
            nearest = (distances(world.grid.xy[near], places) == world.other[near]) & sent[near]
            low, high = np.quantile(left, (LOW, HIGH))
            rows[post.id] = {
                "across": float(weight[near] @ nearest.mean(axis=1)),
                "home": float(full.mean()),
                "home_without": float(left.mean()),
                "home_low": float(low),
                "home_high": float(high),
                "home_helped": float(left_helped.mean()),
            }
    columns = ["across", "home", "home_without", "home_low", "home_high", "home_helped"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).sort_values(
        "across", ascending=False, kind="stable"
    )


def reached_by(world: World, timing: Timing, people: pd.DataFrame, post_id: str) -> tuple[float, float]:
    """Expected people whom one post reaches within the target: of its own side, and of other sides with the delay."""
    number = next(i for i, post in enumerate(world.posts) if post.id == post_id)
    (reach,) = _reaches(
        replace(world, posts=world.posts[number : number + 1], places=world.places[number : number + 1]), timing
    )
    expected = _point_people(world, people)[reach.rows] * reach.mask.mean(axis=1)
    home = world.grid.sides[world.grid.codes[reach.rows]] == world.posts[number].operator
    return float(expected[home].sum()), float(expected[~home].sum())


def dispatch(minutes_to: npt.ArrayLike, units: npt.ArrayLike) -> tuple[npt.NDArray[np.int64], Floats]:
    """Send to each call, in order, the nearest unit that is still free.

    Parameters
    ----------
    minutes_to : array (S, calls, P)
        Minutes from each post to each call of S separate situations; inf where a post may not be sent.
    units : int or array (P,)
        Units that each post has.

    Returns
    -------
    chosen : (S, calls) position of the post, -1 when nobody is left
    spent : (S, calls) minutes, inf when nobody is left
    """
    times = np.asarray(minutes_to, dtype=float)
    situations, calls, posts = times.shape
    chosen = np.full((situations, calls), -1, dtype=np.int64)
    spent = np.full((situations, calls), np.inf)
    if posts == 0:
        return chosen, spent
    free = np.broadcast_to(np.asarray(units, dtype=np.int64), (situations, posts)).copy()
    every = np.arange(situations)
    for call in range(calls):
        left = np.where(free > 0, times[:, call], np.inf)
        best = left.argmin(axis=1)
        took = left[every, best]
        sent = np.isfinite(took)
        chosen[sent, call] = best[sent]
        spent[:, call] = took
        free[every[sent], best[sent]] -= 1
    return chosen, spent


def calls_at_once(
    world: World,
    timing: Timing,
    people: pd.DataFrame,
    units: Sequence[str],
    calls: int,
    per_post: int = 1,
    situations: int = SITUATIONS,
) -> pd.DataFrame:
    """Several calls at the same time: who is still free for the second, the third, ...?

    Parameters
    ----------
    units : kode of the kelurahan in which the calls fall, at random in proportion to their people
    calls : calls of one situation, in the order in which they come in
    per_post : units that each post has
    situations : so many situations, each in the next of the possible worlds

    Returns
    -------
    DataFrame
        ``call`` (1 to calls), ``plan`` ("closed", "open"), ``median``, ``low``, ``high`` (minutes of those that were
        served, 5th to 95th percentile), ``in_time`` and ``unserved`` (shares of the situations). The same arguments
        give the same rows. Empty when there is no post or nobody in `units`.
    """
    columns = ["call", "plan", "median", "low", "high", "in_time", "unserved"]
    weight = _point_people(world, people) * np.isin(world.grid.units, list(units))[world.grid.codes]
    if weight.sum() <= 0 or not world.posts:
        return pd.DataFrame(columns=columns)
    rng = np.random.default_rng([calls, situations])
    place = np.searchsorted(np.cumsum(weight), rng.random((situations, calls)) * weight.sum(), side="right")
    place = np.minimum(place, int(np.flatnonzero(weight)[-1]))
    worlds = np.arange(situations) % world.own.shape[1]
    stands = world.places[:, worlds].transpose(1, 0, 2)
    gap = world.grid.xy[place][:, :, None, :] - stands[:, None, :, :]
    metres = np.hypot(gap[..., 0], gap[..., 1])
    rate = np.asarray(timing.minutes_per_metre, dtype=float)
    where = world.grid.codes[place]
    spent = timing.call + timing.turnout + metres * (rate[where][:, :, None] if rate.ndim else rate)
    operator = np.array([p.operator for p in world.posts])
    own = world.grid.sides[where][:, :, None] == operator
    rows = []
    for plan, times in (("closed", np.where(own, spent, np.inf)), ("open", np.where(own, spent, spent + timing.delay))):
        _, took = dispatch(times, per_post)
        for call in range(calls):
            served = took[:, call][np.isfinite(took[:, call])]
            low, middle, high = np.quantile(served, (LOW, 0.5, HIGH)) if len(served) else (np.nan,) * 3
            rows.append(
                [
                    call + 1,
                    plan,
                    middle,
                    low,
                    high,
                    float((took[:, call] <= timing.target).mean()),
                    1 - len(served) / situations,
                ]
            )
    return pd.DataFrame(rows, columns=columns)


def speed_classes(
    density: pd.Series, limits: Sequence[float], speeds: Sequence[float], usual: float
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Speed of each unit from its road density.

    Parameters
    ----------
    density : Series of km road per km2, NaN where unknown
    limits : rising density limits; a value at a limit belongs to the denser class
    speeds : km/h, one more than limits
    usual : km/h where the density is unknown

    Returns
    -------
    speeds : (U,) km/h
    known : (U,) whether the density is known
    """
    known = density.notna().to_numpy()
    place = np.searchsorted(np.asarray(limits, dtype=float), density.fillna(0.0).to_numpy(float), side="right")
    return np.where(known, np.asarray(speeds, dtype=float)[place], usual), known
