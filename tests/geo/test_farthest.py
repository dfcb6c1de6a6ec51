"""How far a place in a polygon lies from its sample points: answers anyone can see, and what no place may exceed."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from geo.farthest import farthest_from_samples

SQUARE = shapely.box(0, 0, 1000, 1000)
CORNERS = [(0, 0), (1000, 0), (0, 1000), (1000, 1000)]
STEP_M = 20.0


def found(polygon: shapely.Geometry | None, points: list[tuple[int, int]], step_m: float = STEP_M) -> float:
    layer = gpd.GeoDataFrame({"kode": ["a"]}, geometry=[polygon], crs="EPSG:32748")
    samples = pd.DataFrame(points, columns=["x", "y"]).assign(kode="a")
    return float(farthest_from_samples(layer, samples, step_m)["a"])


def test_from_one_point_in_the_middle_the_corners_are_farthest() -> None:
    assert found(SQUARE, [(500, 500)]) == pytest.approx(np.hypot(500, 500) + STEP_M / 2)


def test_from_the_corners_the_middle_is_farthest_unless_it_is_a_hole() -> None:
    assert found(SQUARE, CORNERS) == pytest.approx(np.hypot(500, 500))
    pierced = SQUARE.difference(shapely.box(400, 400, 600, 600))
    assert found(pierced, CORNERS) == pytest.approx(np.hypot(400, 500) + STEP_M / 2, abs=1)


def test_an_island_without_a_point_of_its_own_is_far() -> None:
    islands = shapely.MultiPolygon([SQUARE, shapely.box(8000, 500, 8010, 510)])
    assert found(islands, [(500, 500)]) == pytest.approx(7510, abs=STEP_M)


@pytest.mark.parametrize(
    ("points", "farthest"),
    [([(0, 0), (1000, 1000)], 1000.0), ([(0, 0), (500, 500), (1000, 1000)], np.hypot(500, 500))],
)
def test_points_on_one_line(points: list[tuple[int, int]], farthest: float) -> None:
    assert found(SQUARE, points) == pytest.approx(farthest + STEP_M / 2)


def test_without_points_or_without_a_polygon() -> None:
    assert found(SQUARE, []) == np.inf
    assert found(None, [(0, 0)]) == found(shapely.Polygon(), [(0, 0)]) == 0


def test_each_polygon_looks_at_its_own_points_only() -> None:
    east = shapely.box(1000, 0, 2000, 1000)
    layer = gpd.GeoDataFrame({"kode": ["b", "a"]}, geometry=[east, SQUARE], crs="EPSG:32748")
    samples = pd.DataFrame({"kode": ["a", "b"], "x": [999, 2000], "y": [500, 500]})
    far = farthest_from_samples(layer, samples)
    assert far.index.tolist() == ["b", "a"]
    assert far.tolist() == pytest.approx([np.hypot(1000, 500) + 10, np.hypot(999, 500) + 10])


def test_degrees_are_refused() -> None:
    layer = gpd.GeoDataFrame({"kode": ["a"]}, geometry=[SQUARE], crs="EPSG:4326")
    with pytest.raises(ValueError, match="metric CRS"):
        farthest_from_samples(layer, pd.DataFrame({"kode": [], "x": [], "y": []}))


corner = st.integers(0, 300)


@given(
    st.lists(st.tuples(corner, corner, st.integers(1, 80), st.integers(1, 80)), min_size=1, max_size=4),
    st.lists(st.tuples(corner, corner), min_size=1, max_size=8),
    st.floats(1, 40),
)
def test_no_place_is_farther_and_the_bound_is_not_much_too_wide(
    boxes: list[tuple[int, int, int, int]], points: list[tuple[int, int]], step_m: float
) -> None:
    """Islands of any shape, with points wherever they happen to be: also outside, few, or on one line."""
    land = shapely.union_all([shapely.box(x, y, x + wide, y + high) for x, y, wide, high in boxes])
    assume(land.area > 0)
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(0, 381, 4.0), np.arange(0, 381, 4.0)))
    inside = shapely.intersects_xy(land, x, y)
    edge = shapely.get_coordinates(shapely.segmentize(land, 1.0))
    places = np.concatenate([np.column_stack([x, y])[inside], edge])
    farthest = cKDTree(np.array(points, dtype=float)).query(places)[0].max()
    bound = found(land, points, step_m)
    assert farthest <= bound + 1e-9
    # No place of the land is more than 4 m from one that was tried.
    assert bound <= farthest + 4.0 + step_m / 2
