"""Polygons come back from their arcs as they went, and every edge stands once."""

from itertools import pairwise
from typing import Any

import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.topology import STEP, features, lines, topology

# Cells of a small chessboard, each of one of a few units: holes, islands and parts that touch at a corner.
boards = st.lists(st.lists(st.sampled_from("abc."), min_size=4, max_size=4), min_size=4, max_size=4)


def shapes_of(board: list[list[str]]) -> dict[str, Any]:
    units = {}
    for name in "abc":
        cells = [
            shapely.box(x, y, x + 1, y + 1) for y, row in enumerate(board) for x, at in enumerate(row) if at == name
        ]
        if cells:
            units[name] = shapely.segmentize(shapely.union_all(cells), 1.0)
    return units


@given(boards)
def test_units_come_back(board: list[list[str]]) -> None:
    units = shapes_of(board)
    made = topology({k: shapely.geometry.mapping(v) for k, v in units.items()}, {k: {"n": k} for k in units})
    back = {f["id"]: shapely.geometry.shape(f["geometry"]) for f in features(made)}
    assert back.keys() == units.keys()
    assert all(shape.equals(units[name]) for name, shape in back.items())
    edges = [frozenset((a, b)) for arc in drawn(made) for a, b in pairwise(arc)]
    assert len(edges) == len(set(edges))


def drawn(made: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """The vertices of every arc in steps."""
    arcs = []
    for steps in made["arcs"]:
        x = y = 0
        arcs.append([(x := x + east, y := y + north) for east, north in steps])
    return arcs


def test_a_line_comes_back() -> None:
    [line] = features(lines({"a|b": [[[106.9, -6.35], [106.90001, -6.3502]], [[1.0, 2.0], [1.5, 2.0]]]}))
    assert line["id"] == "a|b"
    assert line["geometry"]["coordinates"] == [[[106.9, -6.35], [106.90001, -6.3502]], [[1.0, 2.0], [1.5, 2.0]]]
    assert round(1 / STEP, 5) == 0.00001
