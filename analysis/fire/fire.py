"""Fire response along a corridor: which posts are known, what was assumed, and what opening the line would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from analysis.fire.cover import Covered, covered, probability, shares
from analysis.fire.delays import Break, break_even
from analysis.fire.posts import EXACT, Post, posts_of
from analysis.fire.realisations import World, build_world
from analysis.fire.response import Timing, minutes, minutes_of_sides, speed_classes, spent, within
from analysis.scenario.changes import Change, apply
from geo.borders import beside
from geo.grid import Grid, grid_of

if TYPE_CHECKING:
    from data.catalogue import Corridor
    from data.tables import Dataset


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

DENSITY = "kerapatan_jalan"
"""The indicator that tells dense roads from sparse ones."""


@dataclass(frozen=True)
class FireChoices:
    """What is assumed. Minutes, km/h, km of road per km2; speeds: one for all, or by road density."""

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
    speeds: Literal["tetap", "kerapatan"] = "tetap"


@dataclass(frozen=True)
class Listing:
    """What is known of the posts of one kabkota.

    exact, area, unknown : posts known by a point, by kelurahan or kecamatan, by nothing but the kabkota · third_hand :
    those among them that may not operate · planned : not built · published : the number that was last published, None
    if none
    """

    kode_kabkota: str
    exact: int
    area: int
    unknown: int
    third_hand: int
    planned: int
    published: float | None
    published_id: str

    @property
    def listed(self) -> int:
        return self.exact + self.area + self.unknown

    @property
    def complete(self) -> bool:
        """Whether as many posts are listed as were published; else a post may be missing."""
        return self.published is not None and self.listed >= self.published


@dataclass(frozen=True)
class FireResult:
    """Response under one set of choices.

    table : by kode of every kelurahan of the sides: kode_kabkota, people, people_low, people_high, closed, open, gain
        (probabilities), closed_min, closed_min_low, closed_min_high, open_min, open_min_low, open_min_high, lead,
        lead_low, lead_high (minutes by which another side is nearer, without delay) and crossed (share served faster
        from across the line, with the delay)
    covered : one a side, last all together
    breaks : one a side
    minutes : by side, as `analysis.fire.response.minutes_of_sides`
    known_density : share of the kelurahan whose road density is known, by side
    """

    world: World
    choices: FireChoices
    timing: Timing
    table: pd.DataFrame
    covered: tuple[Covered, ...]
    breaks: tuple[Break, ...]
    minutes: pd.DataFrame
    known_density: dict[str, float]

    @cached_property
    def by_side(self) -> dict[str, Covered]:
        return {c.side: c for c in self.covered}


def default_choices(data: Dataset) -> FireChoices:
    """The values of the catalogue."""
    known = data.catalogue.assumptions
    return with_numbers({name: float(known[entry].value) for name, entry in ASSUMED.items()})


def with_numbers(numbers: Mapping[str, float], speeds: Literal["tetap", "kerapatan"] = "tetap") -> FireChoices:
    """Choices from numbers by name."""
    call, turnout, delay, target, detour, speed, sparse, medium, dense, medium_from, dense_from = (
        float(numbers[name]) for name in ASSUMED
    )
    return FireChoices(
        call, turnout, delay, target, detour, speed, sparse, medium, dense, medium_from, dense_from, speeds
    )


def fire_grid(data: Dataset) -> Grid:
    """All sample points, as the possible places of posts and as places of a fire."""
    return grid_of(data.samples, data.kelurahan["luas_km2"])


def partners(data: Dataset, sides: Sequence[str]) -> list[str]:
    """Kabkota beside the sides that have posts in the list, by kode."""
    known = data.fire_posts["exists"].reindex(data.facilities.index).isin(["ada", "mungkin"])
    return sorted(beside(data.pairs, sides) & set(data.facilities.loc[known, "operator"]))


def fire_world(
    data: Dataset,
    grid: Grid,
    corridor: Corridor,
    changes: Sequence[Change] = (),
    planned: bool = False,
    others: bool = False,
) -> World:
    """The possible worlds of a corridor.

    Parameters
    ----------
    changes : of a scenario
    planned : count planned posts too
    others : count the posts of further neighbours as partners

    Raises
    ------
    ScenarioError
        A place of the scenario is not on land.
    """
    mine = data.facilities[data.facilities["kind"] == "pos_damkar"]
    operators = [*corridor.sides, *(partners(data, corridor.sides) if others else [])]
    posts = posts_of(apply(changes, mine, data.samples), data.fire_posts["exists"], operators, planned)
    return build_world(grid, posts, corridor.sides)


def not_posts(data: Dataset, changes: Sequence[Change]) -> list[str]:
    """Ids in a scenario of rows that say that there is no post."""
    exists = data.fire_posts["exists"]
    return [c.id for c in changes if c.id and exists.get(c.id) == "tidak"]


def timing_of(data: Dataset, world: World, choices: FireChoices) -> tuple[Timing, dict[str, float]]:
    """The timing of every kelurahan, and the share of those with a known road density by side."""
    units = world.grid.units
    density = data.indicator_values(DENSITY)["value"].reindex(units)
    known = density.notna().groupby(world.grid.sides).mean()
    speed: float | np.ndarray = choices.speed
    if choices.speeds == "kerapatan":
        limits = sorted((choices.medium_from, choices.dense_from))
        speed, _ = speed_classes(density, limits, (choices.sparse, choices.medium, choices.dense), choices.speed)
    timing = Timing(choices.call, choices.turnout, choices.delay, choices.target, choices.detour, speed)
    return timing, {str(side): float(share) for side, share in known.items()}


def fire_result(data: Dataset, world: World, choices: FireChoices) -> FireResult:
    """Everything that the page and the report show of one set of choices."""
    timing, known = timing_of(data, world, choices)
    people = data.people["kelurahan"].reindex(world.grid.units)
    found, taken = shares(world, timing), spent(world, timing)
    chance, span = probability(world, timing, found), minutes(world, timing, taken)
    lead, breaks = break_even(world, timing, people)
    table = pd.DataFrame(
        {
            "kode_kabkota": world.grid.sides,
            "people": people["value"],
            "people_low": people["low"],
            "people_high": people["high"],
            "closed": chance["closed"],
            "open": chance["open"],
            "gain": chance["open"] - chance["closed"],
            **{
                f"{plan}_min{end}": span[f"{plan}{end}"] for plan in ("closed", "open") for end in ("", "_low", "_high")
            },
            "lead": lead["minutes"],
            "lead_low": lead["low"],
            "lead_high": lead["high"],
            "crossed": lead["share"],
        },
        index=world.grid.units,
    )
    return FireResult(
        world=world,
        choices=choices,
        timing=timing,
        table=table,
        covered=tuple(covered(world, timing, people, found)),
        breaks=tuple(breaks),
        minutes=minutes_of_sides(world, timing, people, taken),
        known_density=known,
    )


def within_radius(data: Dataset, world: World, radius_km: float) -> list[Covered]:
    """People within a straight-line radius of a post, own only and of any side: the secondary measure."""
    return covered(world, within(radius_km), data.people["kelurahan"])


def listings(data: Dataset, kabkota: Sequence[str]) -> list[Listing]:
    """How much is known of the posts of each kabkota, without any scenario."""
    mine = data.facilities[data.facilities["kind"] == "pos_damkar"]
    exists = data.fire_posts["exists"].reindex(mine.index)
    stats = data.fire_stats[(data.fire_stats["metric"] == "posts") & data.fire_stats["number"].notna()]
    result = []
    for kode in kabkota:
        rows = mine["operator"] == kode
        here = mine[rows & exists.isin(["ada", "mungkin"])]
        exact, area = here["precision"].isin(EXACT), here["area_kode"] != ""
        latest = stats[stats["kode_kabkota"] == kode].sort_values("source_date", kind="stable").tail(1)
        result.append(
            Listing(
                kode_kabkota=kode,
                exact=int(exact.sum()),
                area=int((area & ~exact).sum()),
                unknown=int((~area & ~exact).sum()),
                third_hand=int((rows & (exists == "mungkin")).sum()),
                planned=int((rows & (exists == "rencana")).sum()),
                published=None if latest.empty else float(latest["number"].iloc[0]),
                published_id="" if latest.empty else str(latest.index[0]),
            )
        )
    return result


def abroad(posts: Sequence[Post]) -> list[Post]:
    """Posts that stand in another kabkota than the one whose they are."""
    return [p for p in posts if p.stands_in != p.operator]
