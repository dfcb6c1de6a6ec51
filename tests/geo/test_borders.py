"""Borders on toy grids of 1 km squares, where every length and distance is obvious."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import borders

METRIC = "EPSG:32748"
SIDE = 1000.0


def grid(columns: int, rows: int, west_side: int) -> gpd.GeoDataFrame:
    """1 km squares "c,r"; the first `west_side` columns belong to kabkota A, the others to B."""
    cells = [(c, r) for c in range(columns) for r in range(rows)]
    return gpd.GeoDataFrame(
        {
            "kode": [f"{c},{r}" for c, r in cells],
            "kode_kabkota": ["A" if c < west_side else "B" for c, _ in cells],
        },
        geometry=[shapely.box(c * SIDE, r * SIDE, (c + 1) * SIDE, (r + 1) * SIDE) for c, r in cells],
        crs=METRIC,
    )


def corridor(units: gpd.GeoDataFrame) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    pairs = borders.neighbours(units)
    return pairs, borders.line_segments(units, pairs[borders.between(units, pairs, "A", "B")])


def test_a_square_touches_its_four_neighbours_and_not_the_corners() -> None:
    pairs = borders.neighbours(grid(3, 3, 3))
    assert len(pairs) == 12
    assert (pairs["shared_m"] == SIDE).all()
    assert (pairs["kode_a"] < pairs["kode_b"]).all()
    middle = pairs[(pairs["kode_a"] == "1,1") | (pairs["kode_b"] == "1,1")]
    assert set(middle["kode_a"]) | set(middle["kode_b"]) == {"1,1", "0,1", "2,1", "1,0", "1,2"}


def test_the_threshold_counts_metres() -> None:
    units = gpd.GeoDataFrame(
        {"kode": ["a", "b"], "kode_kabkota": ["A", "B"]},
        geometry=[shapely.box(0, 0, 100, 100), shapely.box(100, 70, 200, 170)],
        crs=METRIC,
    )
    assert borders.neighbours(units, 30)["shared_m"].tolist() == [30.0]
    assert borders.neighbours(units, 31).empty
    assert borders.neighbours(units).empty


def test_units_that_meet_in_a_point_are_never_neighbours() -> None:
    units = grid(2, 2, 1).loc[[0, 3]]
    assert borders.neighbours(units, min_shared_m=0).empty


@pytest.mark.parametrize("crs", [None, "EPSG:4326"])
def test_degrees_are_refused(crs: str | None) -> None:
    units = grid(2, 1, 1).set_crs(crs, allow_override=True)
    with pytest.raises(ValueError, match="metric CRS"):
        borders.neighbours(units)


def test_a_code_that_stands_twice_is_refused() -> None:
    units = grid(2, 1, 1).assign(kode="x")
    with pytest.raises(ValueError, match="stands twice: x"):
        borders.neighbours(units)


def test_missing_and_empty_geometries_have_no_neighbours() -> None:
    units = grid(3, 1, 1)
    units.loc[1, "geometry"] = None
    assert borders.neighbours(units).empty
    units.loc[1, "geometry"] = shapely.Polygon()
    assert borders.neighbours(units).empty


def test_multipart_units_share_the_sum_of_their_pieces() -> None:
    ring = shapely.MultiPolygon([shapely.box(0, 0, 1000, 1000), shapely.box(2000, 0, 3000, 1000)])
    units = gpd.GeoDataFrame(
        {"kode": ["ring", "middle"], "kode_kabkota": ["A", "B"]},
        geometry=[ring, shapely.box(1000, 0, 2000, 1000)],
        crs=METRIC,
    )
    pairs, segments = corridor(units)
    assert pairs["shared_m"].tolist() == [2000.0]
    assert shapely.get_num_geometries(segments.geometry.iloc[0]) == 2
    assert segments["length_m"].tolist() == [2000.0]


def test_segments_follow_the_pairs_and_leave_points_out() -> None:
    stair = shapely.Polygon([(0, 0), (1000, 0), (1000, 500), (0, 500)])
    other = shapely.Polygon([(0, 500), (400, 500), (400, 900), (1000, 500), (1400, 500), (1400, 1400), (0, 1400)])
    units = gpd.GeoDataFrame({"kode": ["s", "o"], "kode_kabkota": ["A", "B"]}, geometry=[stair, other], crs=METRIC)
    pairs = borders.neighbours(units)
    segments = borders.line_segments(units, pairs)
    assert segments["length_m"].tolist() == pairs["shared_m"].tolist() == [400.0]
    assert segments.geometry.iloc[0].geom_type == "LineString"


def test_border_sets_are_nested_and_measured() -> None:
    units = grid(8, 1, 4)
    pairs, segments = corridor(units)
    rows = borders.border_sets(units, pairs, segments, "A", "B", reach_m=(1000, 2000)).set_index(["set", "kode"])
    assert set(rows.loc["bersentuhan"].index) == {"3,0", "4,0"}
    assert set(rows.loc["1km"].index) == {"2,0", "3,0", "4,0", "5,0"}
    assert set(rows.loc["2km"].index) == {"1,0", "2,0", "3,0", "4,0", "5,0", "6,0"}
    assert rows.loc[("2km", "1,0"), "distance_m"] == 2000.0
    assert rows.loc[("2km", "3,0"), "distance_m"] == 0.0
    assert rows.loc[("2km", "3,0"), "shared_m"] == 1000.0
    assert rows.loc[("1km", "2,0"), "shared_m"] == 0.0
    assert rows.loc[("1km", "2,0"), "kode_kabkota_mitra"] == "B"


def test_sides_that_do_not_meet_give_nothing() -> None:
    units = grid(3, 1, 1)
    units.loc[1, "kode_kabkota"] = "C"
    pairs = borders.neighbours(units)
    segments = borders.line_segments(units, pairs)
    assert borders.border_sets(units, pairs, segments, "A", "B").empty
    assert borders.members(units, segments, "A", "B").empty
    with pytest.raises(ValueError, match="do not touch"):
        borders.corridor_tables(units, pairs, segments, pd.DataFrame({"kode": [], "x": [], "y": []}), {"k": ("A", "B")})


def test_members_know_their_typical_distance() -> None:
    units = grid(4, 1, 2)
    _, segments = corridor(units)
    samples = pd.DataFrame({"kode": ["0,0", "0,0", "0,0", "3,0"], "x": [100, 500, 600, 3900], "y": [500] * 4})
    found = borders.members(units, segments, "A", "B", samples).set_index("kode")
    assert found.loc["0,0", "distance_m"] == 1000.0
    assert found.loc["0,0", "typical_m"] == 1500.0
    assert found.loc["3,0", "typical_m"] == 1900.0
    assert found["typical_m"].isna().to_dict() == {"0,0": False, "1,0": True, "2,0": True, "3,0": False}


def test_segments_in_another_crs_are_refused() -> None:
    units = grid(2, 1, 1)
    _, segments = corridor(units)
    with pytest.raises(ValueError, match="segments in"):
        borders.members(units, segments.to_crs("EPSG:4326"), "A", "B")


@settings(max_examples=25)
@given(order=st.permutations(range(12)), west=st.integers(1, 3))
def test_the_order_of_the_rows_does_not_matter(order: list[int], west: int) -> None:
    units = grid(4, 3, west)
    shuffled = units.iloc[order]
    pairs, segments = corridor(units)
    pairs_, segments_ = corridor(shuffled)
    pd.testing.assert_frame_equal(pairs, pairs_)
    one = borders.border_sets(units, pairs, segments, "A", "B")
    other = borders.border_sets(shuffled, pairs_, segments_, "A", "B")
    pd.testing.assert_frame_equal(one, other)
    assert one[one["set"] == "bersentuhan"].groupby("kode_kabkota")["shared_m"].sum().tolist() == [3000.0, 3000.0]


@settings(max_examples=25)
@given(reach=st.floats(1, 5000), more=st.floats(0, 5000))
def test_a_longer_reach_never_loses_a_unit(reach: float, more: float) -> None:
    units = grid(6, 1, 3)
    pairs, segments = corridor(units)
    rows = borders.border_sets(units, pairs, segments, "A", "B", reach_m=(reach, reach + more + 1))
    near, far = f"{reach / 1000:g}km", f"{(reach + more + 1) / 1000:g}km"
    if near != far:
        touching, inner, outer = (set(rows[rows["set"] == name]["kode"]) for name in ("bersentuhan", near, far))
        assert touching <= inner <= outer
