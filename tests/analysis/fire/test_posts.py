"""Which rows of a list are posts, and what is known of their place."""

import numpy as np
import pandas as pd

from analysis.fire.posts import posts_of, stations_of
from tests.analysis.fire.toy_posts import ONE_SIDE, OTHER_SIDE


def test_a_wholly_unknown_post_is_looked_for_in_its_whole_kabkota() -> None:
    facilities = pd.DataFrame(
        {"kind": "pos_damkar", "name": "x", "operator": ONE_SIDE, "kode_kabkota": [ONE_SIDE, OTHER_SIDE, ONE_SIDE],
         "area_kode": ["", f"{OTHER_SIDE}.01.1001", f"{ONE_SIDE}.01"],
         "precision": ["tidak_ada", "kelurahan", "kecamatan"],
         "x": np.nan, "y": np.nan, "exists": ["ada", "ada", "rencana"]},
        index=["p1", "p2", "p3"],
    )  # fmt: skip
    first, second = posts_of(facilities, [ONE_SIDE])
    assert (first.region, first.area, first.exact) == ("kabkota", ONE_SIDE, False)
    # A headquarters in the neighbour's area is its operator's own post.
    assert (second.operator, second.stands_in, second.area) == (ONE_SIDE, OTHER_SIDE, f"{OTHER_SIDE}.01.1001")
    assert len(posts_of(facilities, [ONE_SIDE], planned=True)) == 3
    assert posts_of(facilities, [OTHER_SIDE]) == []


def test_no_post_rows_and_closed_posts_never_count_and_a_placed_plan_does() -> None:
    facilities = pd.DataFrame(
        {"kind": "pos_damkar", "name": "x", "operator": ONE_SIDE, "kode_kabkota": ONE_SIDE,
         "area_kode": f"{ONE_SIDE}.01", "precision": ["kecamatan", "kecamatan", "skenario"],
         "x": 5.0, "y": 6.0, "state": ["", "tutup", "pindah"],
         "exists": ["tidak", "ada", "rencana"]},
        index=["none", "shut", "plan"],
    )  # fmt: skip
    (only,) = posts_of(facilities, [ONE_SIDE], planned=True)
    assert (only.id, only.exact, only.x, only.state) == ("plan", True, 5.0, "pindah")


def test_a_facility_without_a_point_is_looked_for_in_its_area_and_without_area_not_at_all() -> None:
    facilities = pd.DataFrame(
        {"name": "x", "operator": ONE_SIDE, "kode_kabkota": ONE_SIDE, "used": [True, False, False, False, True],
         "area_kode": ["", f"{ONE_SIDE}.01.1001", f"{ONE_SIDE}.01", "", ""], "x": 5.0, "y": 6.0,
         "left_out": ["", "area_only", "area_only", "no_coord", ""], "state": ["", "", "", "", "tutup"]},
        index=["point", "kelurahan", "kecamatan", "nowhere", "shut"],
    )  # fmt: skip
    found = {p.id: (p.region, p.area, p.x) for p in stations_of(facilities, [ONE_SIDE])}
    assert found == {
        "point": ("titik", "", 5.0),
        "kelurahan": ("kelurahan", f"{ONE_SIDE}.01.1001", None),
        "kecamatan": ("kecamatan", f"{ONE_SIDE}.01", None),
    }
