"""What facilities that no list has could change: the true figure never leaves the range."""

import numpy as np
import pandas as pd
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from analysis.access.incomplete_lists import Missing, nearest_missing, savings
from analysis.access.result import OpenBorder, saving_classes
from analysis.scenario.changes import Change
from data.tables import Dataset
from geo.grid import Grid
from tests.analysis.borders_at_work import baseline, opened

way = st.floats(0, 9000)


def toy_grid(xy: np.ndarray, codes: np.ndarray, units: list[str], farthest: np.ndarray) -> Grid:
    return Grid(xy, codes, pd.Index(units), np.ones(len(xy)), farthest)


@given(way, way, way, way, way, way)
def test_no_unlisted_facility_leads_out_of_the_range(
    closed: float, across: float, own: float, own_more: float, other: float, other_more: float
) -> None:
    """Whatever stands beyond the least distances, the true saving lies between least and most."""
    listed = min(closed, across)
    found = savings(*(np.array([v]) for v in (closed, listed, own, other)))
    assert 0 <= found.least[0] <= found.saved[0] <= found.most[0] <= closed
    own_true = own + own_more
    alone = min(closed, own_true) - min(listed, own_true)
    assert found.least[0] - 1e-9 <= alone <= found.saved[0] + 1e-9
    both = closed - min(listed, other + other_more)
    assert found.saved[0] - 1e-9 <= both <= found.most[0] + 1e-9
    assert found.switch_least[0] <= found.switch[0] <= found.switch_most[0]


def test_the_six_puskesmas_without_a_point_make_it_a_range(serang: OpenBorder) -> None:
    assert set(serang.lost["name"]) == {
        f"Puskesmas {n}" for n in ("Kalodran", "Unyur", "Banjar Agung", "Pancur", "Sawah Luhur", "Cipocok Jaya")
    }
    kota = serang.side[1]
    assert kota.crossing[1] < kota.crossing[0] == kota.crossing[2]
    kab = serang.side[0]
    assert kab.crossing[1] == kab.crossing[0] < kab.crossing[2], "one across the line may be nearer still"
    kalodran = serang.table.loc["36.73.03.1008"]
    assert kalodran["saved_least"] == 0, "its own puskesmas stands somewhere in it"
    classes, unsure = saving_classes(serang)
    assert unsure["36.73.03.1008"]
    assert classes.index["36.73.03.1008"] == -1


def test_a_place_for_the_lost_ones_ends_the_doubt(data: Dataset, serang: OpenBorder) -> None:
    places = data.kelurahan.loc[serang.lost["area_kode"], ["label_lon", "label_lat"]].to_numpy()
    moves = [Change("pindah", id=i, lon=x, lat=y) for i, (x, y) in zip(serang.lost.index, places, strict=True)]
    found = opened(data, "kabserang-kotaserang", "puskesmas", *moves)
    assert found.lost.empty
    assert found.side[1].crossing[0] == found.side[1].crossing[1]
    assert serang.side[1].crossing[1] <= found.side[1].crossing[0] <= serang.side[1].crossing[0]
    assert not found.table["closed_bound"].any()


place = st.tuples(st.integers(-20_000, 20_000), st.integers(-20_000, 20_000))
village = st.tuples(st.lists(place, min_size=1, max_size=5), st.lists(place, min_size=1, max_size=3), st.booleans())


@given(st.lists(village, min_size=1, max_size=6), st.lists(place, min_size=1, max_size=6))
def test_no_place_of_the_suspected_land_is_nearer_than_the_bound(
    villages: list[tuple[list[tuple[int, int]], list[tuple[int, int]], bool]], homes: list[tuple[int, int]]
) -> None:
    """Places lie anywhere, so some are kilometres from the sample points of their village, as on islands."""
    points = [np.array(rows, dtype=float) for rows, _, _ in villages]
    corners = [np.array(rows, dtype=float) for _, rows, _ in villages]
    suspected = np.array([False, *(flag for _, _, flag in villages)])
    farthest = np.array([0, *(np.ceil(cKDTree(p).query(c)[0].max()) for p, c in zip(points, corners, strict=True))])
    xy = np.concatenate([np.array(homes, dtype=float), *points])
    unit = np.repeat(np.arange(len(suspected)), [len(homes), *map(len, points)])
    units = [f"10.01.{n}" if n == 0 else f"10.02.{n}" for n in range(len(suspected))]
    nobody = np.zeros_like(suspected)
    inside = np.arange(len(homes))
    true = np.full(len(homes), np.inf)
    if suspected.any():
        land = np.concatenate([c for c, flag in zip(corners, suspected[1:], strict=True) if flag])
        true = cKDTree(land).query(xy[inside])[0]
    across = {"10.01": Missing(nobody, {}, nobody), "10.02": Missing(suspected, {}, suspected)}
    far = nearest_missing(across, toy_grid(xy, unit, units, farthest), inside)
    assert (far.other <= true + 1e-6).all()
    assert (far.other_land == far.other).all()
    assert np.isinf(far.own).all()

    units = [f"10.01.{n}" for n in range(len(suspected))]
    home = np.arange(len(suspected)) == 0
    named = {"10.01": Missing(home, {"p": suspected}, nobody)}
    assert (nearest_missing(named, toy_grid(xy, unit, units, farthest), inside).own <= true + 1e-6).all()


def test_the_bound_is_the_nearest_point_less_how_far_a_place_lies_from_it() -> None:
    """A village with an islet 7 km off, one without: only the first may hide a facility at the door."""
    xy = np.array([[0.0, 0.0], [6000.0, 0.0], [2000.0, 0.0]])
    units = ["10.01.0", "10.02.1", "10.02.2"]
    nobody = np.zeros(3, dtype=bool)
    for land, farthest, bound in (
        ([False, True, False], 7000.0, 0.0),
        ([False, True, False], 5500.0, 500.0),
        ([False, True, False], 200.0, 5800.0),
        ([False, True, True], 200.0, 1700.0),
        ([False, True, True], 5500.0, 500.0),
    ):
        across = {"10.02": Missing(nobody, {}, np.array(land))}
        grid = toy_grid(xy, np.arange(3), units, np.array([0.0, farthest, 300.0]))
        far = nearest_missing(across, grid, np.array([0]))
        assert far.other.tolist() == [bound]


def test_no_true_place_of_the_suspected_land_is_nearer_than_the_bound(data: Dataset) -> None:
    """A missing SMP of Kab. Serang could stand nearer to Kota Serang, on the ragged coast, than a flat 500 m allows."""
    start = baseline(data, "kabserang-kotaserang", "smp")
    grid, suspected = start.grid, start.missing["36.04"].land
    polygons = data.polygons("kelurahan").to_crs("EPSG:32748").set_index("kode").geometry
    edge = shapely.get_coordinates(shapely.segmentize(polygons[grid.units[suspected]].to_numpy(), 50.0))
    across = grid.point_sides[start.inside] == "36.73"
    homes = grid.points[start.inside][across]
    true = cKDTree(edge).query(homes)[0]
    assert (start.far.other[across] <= true).all()
    flat = cKDTree(grid.points[suspected[grid.codes]]).query(homes)[0] - 500.0
    assert (flat > true).any(), "500 m are not enough here, or this test sees nothing"
