"""Quality: what blocks a comparison, how far the data reach, what was left out."""

import pandas as pd

from analysis.values.quality import comparability, coverage, left_out, misplaced
from open_data.places import misplaced_rows
from tests.shipped import data


def years(*given: int) -> tuple[int, ...]:
    return given


def test_an_unknown_side_blocks_and_is_named() -> None:
    result = comparability({"a": years(2024), "b": years()}, {})
    assert (result.block, result.unknown) == ("satu_sisi", ("b",))
    assert comparability({"a": years(), "b": years()}, {}).block == "tidak_ada"


def test_differing_definitions_block() -> None:
    both = {"a": years(2024), "b": years(2024)}
    assert comparability(both, {"a": "halte", "b": "stasiun"}).block == "definisi"
    assert comparability(both, {"a": "halte", "b": "halte"}).block is None
    assert comparability(both, {"a": "halte", "b": None}).block == "definisi"


def test_more_than_two_years_apart_raise_a_note_but_do_not_block() -> None:
    near = comparability({"a": years(2022), "b": years(2024)}, {})
    far = comparability({"a": years(2019, 2021), "b": years(2024)}, {})
    assert (near.block, near.note_years) == (None, False)
    assert (far.block, far.note_years, far.years_apart) == (None, True, 5)


def test_coverage_counts_units_of_the_level_of_the_indicator() -> None:
    kelurahan = pd.DataFrame({"kode_kabkota": ["x", "x", "y"]}, index=["k1", "k2", "k3"])
    kecamatan = pd.DataFrame({"kode_kabkota": ["x", "y"]}, index=["c1", "c2"])
    values = pd.DataFrame({"kode": ["k1", "k3", "c1", "c9"], "indicator": ["i", "i", "j", "j"]})
    frame = coverage(values, {"kelurahan": kelurahan, "kecamatan": kecamatan}, {"i": "kelurahan", "j": "kecamatan"})
    found = {(r.indicator, r.kode_kabkota): (r.known, r.total) for r in frame.itertuples()}
    assert found == {("i", "x"): (1, 2), ("i", "y"): (1, 1), ("j", "x"): (1, 1), ("j", "y"): (0, 1)}


def test_left_out_counts_by_reason() -> None:
    facilities = pd.DataFrame(
        {
            "kind": ["sd", "sd", "sd", "smp"],
            "kabkota_stated": ["A", "A", "A", "B"],
            "used": [False, False, True, False],
            "left_out": ["no_coord", "no_coord", "", "outside_stated_kabkota"],
        }
    )
    counted = left_out(facilities)
    assert counted.iloc[0].tolist() == ["sd", "A", "no_coord", 2]
    assert counted["count"].sum() == 3
    assert left_out(facilities, ["B"])["kind"].tolist() == ["smp"]


def test_row_1_places_whose_point_lies_elsewhere_than_stated_are_listed_with_what_was_done() -> None:
    places = pd.DataFrame(
        {
            "kode_kabkota": ["a", "a", "a", "b", "a"],
            "stated_m": [0.0, 40.0, 900.0, 900.0, float("nan")],
            "used": [True, True, False, False, True],
            "left_out": ["", "", "area_only", "area_only", ""],
            "area_kode": ["", "", "a.01", "b.01", ""],
        },
        index=list("vwxyz"),
    )
    assert misplaced(places, ["a"])["treated"].to_dict() == {"x": "wilayah", "w": "titik"}
    known = data()
    rows = misplaced_rows(known, [known.catalogue.corridors["bekasi-depok"]])
    assert len(rows) > 400
    assert rows["distance_m"].is_monotonic_decreasing
    far = rows[rows["distance_m"] > 300]
    assert set(far["treated"][far["kind"] != "puskesmas"]) == {"wilayah", "tidak_dihitung"}
    assert set(rows["treated"][(rows["distance_m"] <= 300) & rows["kind"].ne("slb")]) == {"titik"}
    schools = rows[rows["kind"].isin(["sd", "smp", "sma", "smk"])]
    assert schools["stated_kelurahan"].ne("").all(), "Dapodik 2025 states one for every school of both cities"
