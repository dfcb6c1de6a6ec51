"""The nearest facility by name: the one of most points, of the kabkota that count, never one that is not used."""

import pandas as pd

from analysis.access.nearest import nearest_named

POINTS = [[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]]
LISTED = pd.DataFrame(
    {
        "name": ["own far", "own near", "across", "not used", "without point"],
        "operator": ["a", "a", "b", "a", "a"],
        "used": [True, True, True, False, True],
        "x": [100.0, 12.0, 21.0, 10.0, float("nan")],
        "y": [0.0, 0.0, 0.0, 0.0, float("nan")],
    }
)


def test_the_nearest_of_each_side() -> None:
    own, across = nearest_named(POINTS, LISTED, {"a"}), nearest_named(POINTS, LISTED, {"b"})
    assert own is not None
    assert across is not None
    assert (own.name, own.operator, own.median_m) == ("own near", "a", 8.0)
    assert (across.name, across.operator, across.median_m) == ("across", "b", 11.0)


def test_none_where_none_is_listed() -> None:
    assert nearest_named(POINTS, LISTED, {"c"}) is None
    assert nearest_named(POINTS, LISTED.iloc[3:], {"a"}) is None
