"""Access on toy squares, where every distance is obvious."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import distances as geo_distances
from geo.distances import UNKNOWN_M

METRIC = "EPSG:32748"


def layer(*polygons: shapely.Geometry) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"kode": [f"k{i}" for i in range(len(polygons))]}, geometry=list(polygons), crs=METRIC)


def test_a_square_kilometre_gets_a_finer_grid_until_thirty_points_fit() -> None:
    points = geo_distances.sample_points(layer(shapely.box(10, 10, 1010, 1010)))
    assert len(points) == 64
    assert sorted(set(points["x"])) == list(range(125, 1001, 125))
    assert points["x"].dtype == np.int32


def test_a_large_unit_keeps_the_spacing() -> None:
    points = geo_distances.sample_points(layer(shapely.box(0.5, 0.5, 10000.5, 10000.5)))
    assert len(points) == 1600
    assert (points["x"] % 250 == 0).all()


def test_tiny_slivers_holes_and_gaps() -> None:
    sliver = shapely.box(0.5, 0.5, 4.5, 2.5)
    ring = shapely.difference(shapely.box(0, 0, 2000, 2000), shapely.box(100, 100, 1900, 1900))
    units = layer(sliver, ring, shapely.Polygon())
    points = geo_distances.sample_points(units)
    assert points.groupby("kode").size()["k0"] == 8
    assert "k2" not in set(points["kode"])
    inside = shapely.contains_xy(ring, points["x"], points["y"])
    assert inside[points["kode"] == "k1"].all()


def test_no_polygons_give_no_points() -> None:
    points = geo_distances.sample_points(layer(shapely.Polygon()))
    assert points.empty
    assert list(points) == ["kode", "x", "y"]


def test_a_grid_in_degrees_is_refused() -> None:
    with pytest.raises(ValueError, match="metric CRS"):
        geo_distances.sample_points(layer(shapely.box(0, 0, 1, 1)).to_crs("EPSG:4326"))


@given(
    x=st.floats(-5000, 5000),
    y=st.floats(-5000, 5000),
    width=st.floats(60, 4000),
    height=st.floats(60, 4000),
    minimum=st.integers(1, 60),
)
def test_points_lie_inside_are_enough_and_always_the_same(
    x: float, y: float, width: float, height: float, minimum: int
) -> None:
    units = layer(shapely.box(x, y, x + width, y + height), shapely.box(x + width, y, x + 2 * width, y + height))
    points = geo_distances.sample_points(units, minimum=minimum)
    assert (points.groupby("kode").size() >= minimum).all()
    for kode, polygon in zip(units["kode"], units.geometry, strict=True):
        own = points[points["kode"] == kode]
        assert shapely.contains_xy(polygon, own["x"], own["y"]).all()
    backwards = geo_distances.sample_points(units.iloc[::-1], minimum=minimum)
    pd.testing.assert_frame_equal(
        points.sort_values(["kode", "x", "y"], ignore_index=True),
        backwards.sort_values(["kode", "x", "y"], ignore_index=True),
    )


def test_nearest_is_the_straight_line() -> None:
    assert geo_distances.nearest([[0, 0], [10, 0]], [[3, 4], [100, 0]]).tolist() == [5.0, pytest.approx(np.hypot(7, 4))]
    assert np.isinf(geo_distances.nearest([[0, 0]], np.empty((0, 2)))).all()
    assert len(geo_distances.nearest(np.empty((0, 2)), [[1, 1]])) == 0


def test_distance_to_an_area_is_zero_inside() -> None:
    area = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(100, 0, 110, 10)])
    found = geo_distances.distance_to_area([[5, 5], [13, 14], [95, 5], [10, 10]], area)
    assert found.tolist() == [0.0, 5.0, 5.0, 0.0]
    assert np.isinf(geo_distances.distance_to_area([[5, 5]], None)).all()
    assert np.isinf(geo_distances.distance_to_area([[5, 5]], shapely.Polygon())).all()


def test_distance_to_an_area_sees_holes() -> None:
    area = shapely.difference(shapely.box(0, 0, 100, 100), shapely.box(40, 40, 60, 60))
    assert geo_distances.distance_to_area([[50, 45]], area).tolist() == [5.0]


def test_a_distance_that_a_missing_facility_could_undercut_is_not_certain() -> None:
    found = geo_distances.certain([100.0, 100.0, 100.0], [99.0, 100.0, np.inf])
    assert np.isinf(found[0])
    assert found[1:].tolist() == [100.0, 100.0]


def test_stored_metres_keep_the_unknown_apart() -> None:
    stored = geo_distances.to_metres([0.0, 12.4, 12.6, 65534.4, 65534.6, 70000.0, np.inf, np.nan])
    assert stored.dtype == np.uint16
    assert stored.tolist() == [0, 12, 13, 65534, UNKNOWN_M, UNKNOWN_M, UNKNOWN_M, UNKNOWN_M]


def test_share_beyond_leaves_the_unknown_out() -> None:
    distances = np.array([100, 900, 1100, UNKNOWN_M, UNKNOWN_M], dtype=np.uint16)
    codes = np.array([0, 0, 0, 0, 1])
    share = geo_distances.share_beyond(distances, codes, 900, 3)
    assert share[0] == pytest.approx(1 / 3)
    assert np.isnan(share[1:]).all()


def test_summary_of_one_unit() -> None:
    found = geo_distances.summarise([0, 10, 20, 30, 40, np.nan], np.array([1, 1, 1, 1, 1, 1]), 3)
    assert (found["median"][1], found["p10"][1], found["p90"][1]) == (20.0, 4.0, 36.0)
    assert found["known"][1] == pytest.approx(5 / 6)
    assert found.loc[[0, 2]].isna().to_numpy().all()


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.one_of(st.integers(0, 70000), st.just(UNKNOWN_M))), min_size=1, max_size=80
    ),
    st.integers(0, 70000),
)
def test_summary_and_share_agree_with_numpy(rows: list[tuple[int, int]], threshold: int) -> None:
    codes, distances = (np.array(column) for column in zip(*rows, strict=True))
    found = geo_distances.summarise(distances, codes, 5)
    share = geo_distances.share_beyond(distances, codes, threshold, 5)
    for code in range(5):
        own = distances[(codes == code) & (distances < UNKNOWN_M)]
        if len(own) == 0:
            assert found["median"].isna()[code]
            assert np.isnan(share[code])
            continue
        expected = np.quantile(own, [0.5, 0.1, 0.9])
        np.testing.assert_allclose(found.loc[code, ["median", "p10", "p90"]].astype(float), expected)
        assert share[code] == pytest.approx((own > threshold).mean())


def test_the_plain_column_counts_the_kabkota_in_which_a_facility_stands() -> None:
    units = layer(shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)).assign(kode_kabkota=["A", "B"])
    facilities = pd.DataFrame(
        {"facility": ["sd", "sd", "smp"], "kode_kabkota": ["A", "B", "B"], "x": [50, 160, 150], "y": [50, 50, 50]}
    )
    found = geo_distances.plain_distances(units, facilities).set_index(["kode", "facility"])
    assert found["own_m"].fillna(-1).to_dict() == {
        ("k0", "sd"): 0.0, ("k1", "sd"): 10.0, ("k0", "smp"): -1.0, ("k1", "smp"): 0.0,
    }  # fmt: skip
    assert found["any_m"].to_dict() == {
        ("k0", "sd"): 0.0, ("k1", "sd"): 10.0, ("k0", "smp"): 100.0, ("k1", "smp"): 0.0,
    }  # fmt: skip
    assert (found["any_m"] <= found["own_m"].fillna(np.inf)).all()
