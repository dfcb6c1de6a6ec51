"""A place that somebody picks: on land or not."""

import pytest

from analysis.scenario.changes import Change, ScenarioError
from analysis.scenario.placing import kelurahan_of, on_land
from data.tables import Dataset
from geo.grid import grid_of
from tests.analysis.borders_at_work import middle, opened


def test_the_sea_is_no_place(data: Dataset) -> None:
    assert on_land(data.grid, 106.15, -6.12)
    assert not on_land(data.grid, 106.15, -5.5)
    with pytest.raises(ScenarioError, match="tempat"):
        opened(data, "kabserang-kotaserang", "puskesmas", Change("tambah", "puskesmas", "36.73", "", 106.15, -5.5))


def test_a_place_lies_in_the_kelurahan_of_its_nearest_point_and_at_sea_in_none(data: Dataset) -> None:
    inside = middle(data, "36.73.03.1009")
    assert kelurahan_of([inside, (106.15, -5.5)], data.grid) == ["36.73.03.1009", ""]
    assert kelurahan_of([], data.grid) == []
    assert kelurahan_of([inside], grid_of(data.samples.iloc[:0], data.kelurahan["luas_km2"])) == [""]
