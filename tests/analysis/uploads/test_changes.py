"""What a file would change, and which files are needed most."""

import pandas as pd
import pytest

from analysis.uploads.changes import FAR, changes, removed
from analysis.uploads.needed import COLUMNS, needed
from tests.shipped import data

SHOWN = pd.DataFrame(
    [
        ("36.04.01.2001", "n", 100.0, 90.0, 110.0),
        ("36.04.01.2002", "n", 100.0, None, None),
        ("36.04.01.2003", "n", 0.0, None, None),
        ("36.73.01.1001", "n", 100.0, None, None),
        ("36.04.01.2001", "other", 7.0, None, None),
    ],
    columns=["kode", "indicator", "value", "low", "high"],
)


@pytest.mark.parametrize(
    ("kode", "value", "change", "far"),
    [
        ("36.04.01.2001", 100.4, "same", False),
        ("36.04.01.2001", 109.0, "changed", False),
        ("36.04.01.2002", 100 * (1 + FAR), "changed", False),
        ("36.04.01.2002", 126.0, "changed", True),
        ("36.04.01.2002", 74.0, "changed", True),
        ("36.04.01.2003", 0.0, "same", False),
        ("36.04.01.2003", 5.0, "changed", True),
        ("36.04.01.2009", 5.0, "new", False),
    ],
)
def test_a_figure_is_new_changed_or_the_same(kode: str, value: float, change: str, far: bool) -> None:
    brought = pd.DataFrame({"kode": [kode], "indicator": ["n"], "value": [value]}, index=[7])
    found = changes(brought, SHOWN, {"n": 0})
    assert list(found.index) == [7]
    assert (found.at[7, "change"], bool(found.at[7, "far"])) == (change, far)


def test_a_wide_range_holds_what_would_be_far() -> None:
    shown = SHOWN.assign(low=50.0, high=180.0)
    brought = pd.DataFrame({"kode": ["36.04.01.2002"], "indicator": ["n"], "value": [150.0]})
    assert not changes(brought, shown, {"n": 0})["far"].any()


def test_what_is_left_out_is_told_of_the_kabkota_that_the_file_speaks_of_only() -> None:
    brought = pd.DataFrame({"kode": ["36.04.01.2001"], "indicator": ["n"], "value": [1.0]})
    gone = removed(brought, pd.Series(["36.04.01.2001", "36.04.01.2003"]), SHOWN)
    assert gone["kode"].tolist() == ["36.04.01.2002"]


def test_no_figures_change_nothing() -> None:
    none = pd.DataFrame({"kode": [], "indicator": [], "value": []})
    assert changes(none, SHOWN, {}).empty
    assert removed(none, pd.Series([], dtype=object), SHOWN).empty


def test_what_is_needed_comes_by_people_and_counts_each_kelurahan_once() -> None:
    known = data()
    for corridor in known.catalogue.corridors.values():
        border = known.border(corridor)
        found = needed(border, known.measures)
        assert tuple(found.columns) == COLUMNS
        assert found["people"].is_monotonic_decreasing
        assert not found.duplicated(["file", "kode_kabkota"]).any()
        sizes = border.units["kelurahan"]["kode_kabkota"].value_counts()
        assert (found["units"] <= found["kode_kabkota"].map(sizes)).all()


def test_an_estimate_of_people_is_needed_where_it_is_one() -> None:
    known = data()
    corridors = known.catalogue.corridors
    serang = needed(known.border(corridors["kabserang-kotaserang"]), known.measures)
    assert set(serang.loc[serang["file"] == "penduduk", "kode_kabkota"]) == {"36.04", "36.73"}
    bekasi = needed(known.border(corridors["bekasi-depok"]), known.measures)
    assert "penduduk" not in set(bekasi["file"])
    idm = serang[serang["indicators"].map(lambda ids: "idm" in ids)]
    assert "36.73" not in set(idm["kode_kabkota"]), "a kelurahan has no such index, and no file could give it one"
