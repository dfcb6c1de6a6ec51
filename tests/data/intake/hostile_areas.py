"""Broken and hostile boundaries from a seed: honest polygons of two neighbours, and what goes wrong with them."""

import json
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import shapely

from tests.data.drawn import strip
from tests.data.intake.hostile_maps import NAMES, SYSTEMS
from tests.shipped import data

Rings = list[list[list[Any]]]


@cache
def honest() -> dict[str, Rings]:
    """Rings by kode."""
    return {kode: json.loads(shape_json)["coordinates"] for kode, shape_json in _as_json().items()}


def _as_json() -> dict[str, str]:
    return {kode: str(shapely.to_geojson(shape)) for kode, shape in strip(100).items()}


def _moved(by: Callable[[Any, Any], list[Any]]) -> Callable[[random.Random, Rings], Any]:
    return lambda dice, rings: [[by(*point[:2]) for point in ring] for ring in rings]


def _spoiled(dice: random.Random, rings: Rings) -> Any:
    spoiled = [[list(point) for point in ring] for ring in rings]
    ring = dice.choice(spoiled)
    at = dice.randrange(len(ring))
    bad: list[Any] = [[float("nan"), -6.1], [float("inf"), 0], ["x", "y"], [], None, [106.1], [106.1, -6.1, 1e400]]
    ring[at] = dice.choice(bad)
    return spoiled


def _comb(dice: random.Random, rings: Rings) -> Any:
    """Thousands of teeth across the old boundary."""
    west, north, teeth = 106.18, -6.05, dice.choice([50, 2_000, 60_000])
    step = 0.04 / teeth
    points = [[west + n * step, north - (0.04 if n % 2 else 0)] for n in range(teeth)]
    return [[*points, [west + 0.04, north + 0.001], [west, north + 0.001], points[0]]]


SHAPES: tuple[Callable[[random.Random, Rings], Any], ...] = (
    lambda dice, rings: rings,
    lambda dice, rings: rings,
    _moved(lambda x, y: [y, x]),
    _moved(lambda x, y: [x + 0.02, y]),
    _moved(lambda x, y: [x + 3, y - 2]),
    _moved(lambda x, y: [x * 1e5, y * 1e5]),
    _moved(lambda x, y: [x + 90, y]),
    _moved(lambda x, y: [round(x, 2), round(y, 2)]),
    _spoiled,
    _spoiled,
    _comb,
    lambda dice, rings: [ring[::-1][: dice.randint(0, 5)] for ring in rings],
    lambda dice, rings: [ring + ring for ring in rings],
    lambda dice, rings: [rings[0], *rings, rings[0]],
    lambda dice, rings: [dice.sample(ring, len(ring)) for ring in rings],
    lambda dice, rings: [],
    lambda dice, rings: [[[106.2, -6.1]] * 5],
    lambda dice, rings: None,
)


def areas(dice: random.Random) -> bytes:
    """A GeoJSON of two to four features."""
    names = data().kelurahan["nama"]
    features = []
    for kode, rings in [*honest().items(), *dice.choices(list(honest().items()), k=dice.randint(0, 2))]:
        shape = dice.choice(SHAPES)(dice, rings)
        kind = dice.choice(["Polygon"] * 8 + ["MultiPolygon", "LineString"])
        coordinates = [shape, shape] if kind == "MultiPolygon" and dice.random() < 0.5 else shape
        code = dice.choice([kode] * 6 + [kode.replace(".", ""), kode[:-2], "36.04.01.2001", "x" * 300, 3.673e9])
        name = dice.choice([str(names[kode])] * 6 + list(NAMES))
        properties = {"kode": code, "nama": name} | ({"nik": "3275010101900001"} if dice.random() < 0.03 else {})
        features.append(
            {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
        )
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if dice.random() < 0.1:
        whole["crs"] = {"type": "name", "properties": {"name": dice.choice(SYSTEMS)}}
    return json.dumps(whole).encode()


def files(count: int) -> Iterator[bytes]:
    """So many files, the same each time."""
    for number in range(count):
        yield areas(random.Random(f"areas {number}"))
