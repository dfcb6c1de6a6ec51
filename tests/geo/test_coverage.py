"""Toy polygons that miss each other, where it is obvious what a repair must give."""

import geopandas as gpd
import numpy as np
import shapely

from geo import borders
from geo.coverage import repaired

RIM = [shapely.box(-500, -500, 2500, 0), shapely.box(-500, 1000, 2500, 1500)]


def neighbours(geometry: list[shapely.Geometry]) -> dict[tuple[str, str], float]:
    units = gpd.GeoDataFrame({"kode": [str(i) for i in range(len(geometry))]}, geometry=geometry, crs="EPSG:3395")
    found = borders.neighbours(units)
    return {(a, b): round(m, 6) for a, b, m in found.itertuples(index=False)}


def test_neighbours_with_vertices_of_their_own_share_the_whole_edge_once_repaired() -> None:
    left = shapely.from_wkt("POLYGON ((0 0, 1000 0, 1006 500, 1000 1000, 0 1000, 0 0))")
    right = shapely.from_wkt("POLYGON ((1000 0, 2000 0, 2000 1000, 1000 1000, 994 300, 1000 0))")
    assert ("0", "1") not in neighbours([left, right, *RIM])
    done = list(repaired(np.array([left, right, *RIM])))
    assert shapely.coverage_is_valid(done)
    assert 1000 <= neighbours(done)["0", "1"] <= 1005
    assert abs(shapely.area(done[:2]).sum() - 2_000_000) < 1e-3


def test_a_narrow_gap_goes_to_a_neighbour_and_a_wide_one_stays_water() -> None:
    right = shapely.box(1010, 0, 2000, 1000)
    narrow = repaired(np.array([shapely.box(0, 0, 1000, 1000), right, *RIM, shapely.box(0, -9, 2000, 1009)])[:4])
    # Open to the outside nowhere: the rim closes the gap below and above.
    assert shapely.area(narrow).sum() == 1_000_000 + 990_000 + shapely.area(RIM).sum() + 10_000
    wide = repaired(np.array([shapely.box(0, 0, 970, 1000), right, *RIM]))
    assert shapely.area(wide).tolist()[:2] == [970_000, 990_000]


def test_what_is_invalid_is_made_valid_and_lines_are_dropped() -> None:
    bow = shapely.from_wkt("POLYGON ((0 0, 1000 1000, 1000 0, 0 1000, 0 0))")
    done = repaired(np.array([bow, shapely.box(1000, 0, 2000, 1000)]))
    assert shapely.is_valid(done).all()
    assert shapely.area(done).tolist() == [500_000, 1_000_000]
