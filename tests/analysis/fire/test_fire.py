"""What is known of the posts of a kabkota."""

import pytest

from analysis.fire.fire import listings
from data.tables import Dataset


@pytest.mark.parametrize("precision", ["titik", "titik_tak_resmi"])
def test_a_post_with_a_point_is_exact_whoever_gave_the_point_and_counts_once(data: Dataset, precision: str) -> None:
    facilities = data.facilities.copy()
    here = (facilities["kind"] == "pos_damkar") & (facilities["operator"] == "36.72")
    (before,) = listings(data.facilities, data.fire_stats, ["36.72"])
    first = data.fire_posts.index[data.fire_posts["exists"] == "ada"].intersection(facilities.index[here])[0]
    facilities.loc[first, "precision"] = precision
    assert facilities.at[first, "area_kode"]
    (found,) = listings(facilities, data.fire_stats, ["36.72"])
    assert (found.exact, found.area, found.unknown) == (before.exact + 1, before.area - 1, before.unknown)
    assert found.listed == before.listed
