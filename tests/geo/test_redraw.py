"""Some polygons of a coverage drawn anew: always a coverage again, the outline of the region never moves."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.redraw import Redrawn, redraw
from tests.data.drawn import GIVES, KAB_SERANG, SERANG, degrees, metric, moved, strip
from tests.shipped import data


def layer() -> gpd.GeoDataFrame:
    return data().land.kelurahan[["kode", "kode_kabkota", "geometry"]]


def after(found: Redrawn) -> gpd.GeoSeries:
    shapes = layer().set_index("kode").geometry.copy()
    shapes[found.geometry.index] = found.geometry
    return shapes


def kinds(found: Redrawn) -> set[tuple[str, bool]]:
    return set(found.pieces[["kind", "wide"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("kabkota", [SERANG, KAB_SERANG])
def test_polygons_of_today_change_nothing_also_with_the_digits_of_another_program(kabkota: str) -> None:
    shapes = layer().set_index("kode").geometry
    own = {str(kode): shape for kode, shape in shapes.items() if str(kode).startswith(kabkota)}
    noise = {k: shapely.transform(s, lambda xy: np.round(xy + np.array([3e-8, -2e-8]), 7)) for k, s in own.items()}
    found = redraw(layer(), noise)
    assert found.reshaped == ()
    assert found.geometry.empty
    assert found.pieces.empty


def test_a_strip_between_two_drawn_kelurahan_moves_and_nothing_else() -> None:
    found = redraw(layer(), strip(300))
    assert kinds(found) == {("moved", True)}
    assert found.reshaped == tuple(sorted(strip(300)))
    shapes = after(found)
    assert shapely.coverage_is_valid(shapes.to_numpy())
    before = layer().set_index("kode").geometry
    for kode in strip(300):
        assert shapes[kode].area != pytest.approx(before[kode].area, rel=0.01)
    both = list(strip(300))
    union, old = (shapely.union_all(s[both].to_numpy(), grid_size=1e-6) for s in (shapes, before))
    assert shapely.hausdorff_distance(union.boundary, old.boundary) < 3e-6


@pytest.mark.parametrize(
    ("metres", "inside", "line"), [(30, "taken", "across"), (-30, "left", "retreat"), (90, "taken", "across")]
)
def test_neighbours_that_were_not_drawn_follow_by_strips_and_the_line_to_the_other_government_stays(
    metres: float, inside: str, line: str
) -> None:
    found = redraw(layer(), moved(GIVES, metres))
    wide = abs(metres) > 50
    assert {(inside, wide), (line, wide)} <= kinds(found)
    shapes = after(found)
    assert shapely.coverage_is_valid(shapes.to_numpy())
    before = layer().set_index("kode").geometry
    for kabkota in (SERANG, KAB_SERANG):
        own = before.index.str.startswith(kabkota)
        union, old = (shapely.union_all(s[own].to_numpy(), grid_size=1e-6) for s in (shapes, before))
        assert shapely.hausdorff_distance(union.boundary, old.boundary) < 3e-6, "neither government gains or loses land"
    assert all(kode.startswith(SERANG) for kode in found.reshaped)


def test_land_that_two_features_claim_is_named_and_stays_with_its_holder() -> None:
    shapes = metric()
    gives, takes = strip(0)
    both = degrees({gives: shapely.buffer(shapes[gives], 0), takes: shapely.buffer(shapes[takes], 200)})
    found = redraw(layer(), both)
    double = found.pieces[found.pieces["kind"].eq("double")]
    assert double["wide"].all()
    assert set(double[["old", "new"]].to_numpy().ravel()) == {gives, takes}
    assert gives not in found.reshaped


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 400), st.integers(0, 10_000))
def test_whatever_is_drawn_the_result_is_a_coverage_within_the_same_outline(metres: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    own = [kode for kode in metric().index if kode.startswith(SERANG)]
    chosen = [str(kode) for kode in dice.choice(own, size=int(dice.integers(1, 6)), replace=False)]
    wave = 1 / float(dice.uniform(40, 900))
    shapes = {
        kode: shapely.make_valid(
            shapely.transform(metric()[kode], lambda xy: xy + metres * np.sin(xy[:, ::-1] * wave)), method="structure"
        )
        for kode in chosen
    }
    try:
        found = redraw(layer(), degrees(shapes))
    except ValueError:
        assume(False)  # nothing is left of one of them
    result = after(found)
    assert shapely.coverage_is_valid(result.to_numpy())
    before = layer().set_index("kode").geometry
    mine = result.index.str.startswith(SERANG)
    union, old = (shapely.union_all(s[mine].to_numpy(), grid_size=1e-6) for s in (result, before))
    assert shapely.hausdorff_distance(union.boundary, old.boundary) < 3e-6
