"""Fire response along a corridor: which posts are known, what was assumed, and what opening the line would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from analysis.fire.cover import Covered, covered, probability, shares
from analysis.fire.delays import Break, break_even
from analysis.fire.posts import EXACT, KIND, LISTED, Post, posts_of
from analysis.fire.realisations import Realisations, realise
from analysis.fire.response import Timing, minutes, minutes_of_sides, paces, speed_classes, spent, within
from analysis.scenario.changes import Change, apply
from geo.arrays import Floats
from geo.borders import beside
from geo.grid import Grid

if TYPE_CHECKING:
    from data.catalogue import Assumption


ASSUMED = {
    "call": "damkar_panggilan",
    "turnout": "damkar_berangkat",
    "delay": "damkar_tunda",
    "target": "damkar_target",
    "detour": "faktor_memutar",
    "speed": "damkar_laju",
    "sparse": "damkar_laju_jarang",
    "medium": "damkar_laju_sedang",
    "dense": "damkar_laju_padat",
    "medium_from": "damkar_jalan_sedang",
    "dense_from": "damkar_jalan_padat",
}
"""Entry of the catalogue's assumptions behind every number of `FireChoices`."""

SLOW, USUAL, FAST = "uji_laju_rendah", "damkar_laju", "uji_laju_tinggi"
"""Assumptions that say between which speeds an engine may truly drive where one is usual."""

DENSITY = "kerapatan_jalan"
"""The indicator that tells dense roads from sparse ones."""


@dataclass(frozen=True)
class FireChoices:
    """What is assumed.

    Attributes
    ----------
    call, turnout, delay, target : minutes for call handling, turnout and coordination with another side, and the goal
    detour : length of the way over the straight line
    speed : km/h where one speed holds for all
    sparse, medium, dense : km/h by road density
    medium_from, dense_from : km of road per km2 from which on roads are medium or dense
    slow, fast : least and most that the true speed may be, as a share of the one that is assumed
    speeds : "tetap" (one for all) or "kerapatan" (by road density)
    """

    call: float
    turnout: float
    delay: float
    target: float
    detour: float
    speed: float
    sparse: float
    medium: float
    dense: float
    medium_from: float
    dense_from: float
    slow: float
    fast: float
    speeds: Literal["tetap", "kerapatan"] = "tetap"


@dataclass(frozen=True)
class Listing:
    """What is known of the posts of one kabkota.

    Attributes
    ----------
    kode_kabkota : the kabkota
    exact, area, unknown : posts known by a point, by kelurahan or kecamatan, by nothing but the kabkota
    published : the number that was last published, None if none
    """

    kode_kabkota: str
    exact: int
    area: int
    unknown: int
    published: float | None

    @property
    def listed(self) -> int:
        """Posts in the list."""
        return self.exact + self.area + self.unknown

    @property
    def complete(self) -> bool:
        """Whether as many posts are listed as were published; else a post may be missing."""
        return self.published is not None and self.listed >= self.published


@dataclass(frozen=True)
class FireResult:
    """Response under one set of choices.

    Attributes
    ----------
    drawn, choices, timing : what the figures rest on
    table : by kode of every kelurahan of the sides: kode_kabkota, people, people_low, people_high, closed, open, gain
        (probabilities of the target), closed_min, closed_min_low, closed_min_high, open_min, open_min_low,
        open_min_high, lead, lead_low, lead_high (minutes by which another side is nearer, without delay) and crossed
        (share served faster from across the line, with the delay)
    covered : people within the target, one a side, last all together; ranges are over places and speeds
    breaks : break-even delay, one a side
    minutes : by side, see `analysis.fire.response.minutes_of_sides`
    known_density : by side, share (0 to 1) of the kelurahan whose road density is known
    """

    drawn: Realisations
    choices: FireChoices
    timing: Timing
    table: pd.DataFrame
    covered: tuple[Covered, ...]
    breaks: tuple[Break, ...]
    minutes: pd.DataFrame
    known_density: dict[str, float]

    @cached_property
    def by_side(self) -> dict[str, Covered]:
        """People within the target by side."""
        return {c.side: c for c in self.covered}


def default_choices(assumptions: Mapping[str, Assumption]) -> FireChoices:
    """The values of the catalogue."""
    return with_numbers({name: float(assumptions[entry].value) for name, entry in ASSUMED.items()}, assumptions)


def with_numbers(
    numbers: Mapping[str, float],
    assumptions: Mapping[str, Assumption],
    speeds: Literal["tetap", "kerapatan"] = "tetap",
) -> FireChoices:
    """Choices from numbers by name of the field; how far the true speed may lie from them is the catalogue's.

    Parameters
    ----------
    numbers : by name of `ASSUMED`
    assumptions : of the catalogue
    speeds : see `FireChoices`
    """
    call, turnout, delay, target, detour, speed, sparse, medium, dense, medium_from, dense_from = (
        float(numbers[name]) for name in ASSUMED
    )
    slow, fast = (assumptions[entry].value / assumptions[USUAL].value for entry in (SLOW, FAST))
    return FireChoices(
        call, turnout, delay, target, detour, speed, sparse, medium, dense, medium_from, dense_from, slow, fast, speeds
    )


def partners(facilities: pd.DataFrame, pairs: pd.DataFrame, sides: Sequence[str]) -> list[str]:
    """Kabkota beside the sides that have posts in the list, by kode.

    Parameters
    ----------
    facilities : kind, operator, exists
    pairs : kode_kabkota_a and kode_kabkota_b of neighbouring kelurahan
    sides : kode_kabkota
    """
    known = (facilities["kind"] == KIND) & facilities["exists"].isin(LISTED)
    return sorted(beside(pairs, sides) & set(facilities.loc[known, "operator"]))


def fire_realisations(
    grid: Grid,
    facilities: pd.DataFrame,
    sides: Sequence[str],
    changes: Sequence[Change] = (),
    planned: bool = False,
    others: Sequence[str] = (),
) -> Realisations:
    """Where the posts of a corridor may stand, and how far they are.

    Parameters
    ----------
    grid : all sample points
    facilities : as for `analysis.fire.posts.posts_of`
    sides : kode_kabkota
    changes : of a scenario
    planned : count planned posts too
    others : kode_kabkota of further neighbours whose posts help

    Raises
    ------
    ScenarioError
        A place of the scenario is not on land.
    """
    posts = apply(changes, facilities[facilities["kind"] == KIND], grid)
    return realise(grid, posts_of(posts, [*sides, *others], planned), sides)


def not_posts(facilities: pd.DataFrame, changes: Sequence[Change]) -> list[str]:
    """Ids in a scenario of rows that say that there is no post."""
    return [c.id for c in changes if c.id and facilities["exists"].get(c.id) == "tidak"]


def timing_of(drawn: Realisations, choices: FireChoices, density: pd.Series) -> Timing:
    """The timing of every kelurahan.

    Parameters
    ----------
    drawn : the realisations
    choices : what is assumed
    density : km of road per km2 by kode, as far as known
    """
    speed: float | Floats = choices.speed
    if choices.speeds == "kerapatan":
        limits = sorted((choices.medium_from, choices.dense_from))
        speeds = (choices.sparse, choices.medium, choices.dense)
        speed = speed_classes(density.reindex(drawn.grid.units), limits, speeds, choices.speed)
    return Timing(choices.call, choices.turnout, choices.delay, choices.target, choices.detour, speed)


def fire_result(drawn: Realisations, choices: FireChoices, people: pd.DataFrame, density: pd.Series) -> FireResult:
    """Everything that the page and the report show of one set of choices.

    Parameters
    ----------
    drawn : the realisations
    choices : what is assumed
    people : value, low, high by kode
    density : km of road per km2 by kode, as far as known
    """
    grid, timing = drawn.grid, timing_of(drawn, choices, density)
    people = people.reindex(grid.units)
    found, taken = shares(drawn, timing), spent(drawn, timing)
    chance, span = probability(drawn, timing, found), minutes(drawn, timing, taken)
    lead, breaks = break_even(drawn, timing, people)
    ends = {f"{plan}{end}": f"{plan}_min{end}" for plan in ("closed", "open") for end in ("", "_low", "_high")}
    table = pd.concat(
        [
            people[["value", "low", "high"]].set_axis(["people", "people_low", "people_high"], axis=1),
            chance.assign(gain=chance["open"] - chance["closed"]),
            span.rename(columns=ends),
            lead.set_axis(["lead", "lead_low", "lead_high", "crossed"], axis=1),
        ],
        axis=1,
    )
    table.insert(0, "kode_kabkota", grid.sides)
    known = density.reindex(grid.units).notna().groupby(grid.sides).mean()
    return FireResult(
        drawn=drawn,
        choices=choices,
        timing=timing,
        table=table,
        covered=tuple(covered(drawn, timing, people, found, paces(choices.slow, choices.fast, drawn.own.shape[1]))),
        breaks=tuple(breaks),
        minutes=minutes_of_sides(drawn, timing, people, taken),
        known_density={str(side): float(share) for side, share in known.items()},
    )


def within_radius(drawn: Realisations, people: pd.DataFrame, radius_km: float) -> list[Covered]:
    """People within a straight-line radius of a post, own only and of any side: the secondary measure.

    Parameters
    ----------
    drawn : the realisations
    people : value, low, high by kode
    radius_km : straight line
    """
    return covered(drawn, within(radius_km), people)


def listings(facilities: pd.DataFrame, stats: pd.DataFrame, kabkota: Sequence[str]) -> list[Listing]:
    """How much is known of the posts of each kabkota, without any scenario.

    Parameters
    ----------
    facilities : by id: kind, operator, exists, precision, area_kode
    stats : published numbers by id: kode_kabkota, metric, number, source_date
    kabkota : kode_kabkota
    """
    posts = facilities.loc[facilities["kind"] == KIND, ["operator", "exists", "precision", "area_kode"]]
    here = list(posts.itertuples(index=False))
    numbers = stats.loc[
        (stats["metric"] == "posts") & stats["number"].notna(), ["kode_kabkota", "number", "source_date"]
    ]
    ordered = numbers.sort_values("source_date", kind="stable")
    latest = dict(zip(ordered["kode_kabkota"], ordered["number"].astype(float), strict=True))
    return [_listing(k, [post for post in here if post.operator == k], latest.get(k)) for k in kabkota]


def _listing(kode: str, posts: Sequence[Any], published: float | None) -> Listing:
    kinds = Counter(
        "exact" if post.precision in EXACT else "area" if post.area_kode else "unknown"
        for post in posts
        if post.exists in LISTED
    )
    return Listing(
        kode_kabkota=kode,
        exact=kinds["exact"],
        area=kinds["area"],
        unknown=kinds["unknown"],
        published=published,
    )


Bound = Literal["atas", "tidak_pasti", ""]


def gain_bound(lists: Sequence[Listing], side: str) -> Bound:
    """What missing posts make of the gain of a side: at most what is counted, no bound at all, or nothing.

    An own post that no list has makes the true gain smaller, one of another side makes it larger.
    """
    short = {entry.kode_kabkota for entry in lists if not entry.complete}
    if not short:
        return ""
    return "atas" if short == {side} else "tidak_pasti"


def abroad(posts: Sequence[Post]) -> list[Post]:
    """Posts that stand in another kabkota than the one whose service they are."""
    return [p for p in posts if p.stands_in != p.operator]
