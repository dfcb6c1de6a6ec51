"""Two years are paired only where they were counted alike, over the same part of the year and at the same ends."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.values.vintages import at_period, compare_vintages, periods_of
from tests.shipped import data as shipped

COLUMNS = ["kode", "year", "period", "value", "definition", "quality"]


def series(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame([(k, y, p, v, d, q) for k, y, p, v, d, q in rows], columns=COLUMNS)


def plain(kode: str, year: int, value: float, definition: str = "a", quality: str = "tinggi") -> tuple[Any, ...]:
    return kode, year, str(year), value, definition, quality


def test_both_sides_are_read_at_the_same_years() -> None:
    found = compare_vintages(
        series(
            plain("A", 2018, 10), plain("A", 2024, 15), plain("B", 2018, 4), plain("B", 2020, 9), plain("B", 2024, 5)
        ),
        ["A", "B"],
    )
    assert found.years == (2018, 2020, 2024)
    assert found.changes[["kode", "from", "to", "change", "relative"]].to_numpy().tolist() == [
        ["A", 2018, 2024, 5.0, 0.5],
        ["B", 2018, 2024, 1.0, 0.25],
    ]
    middle = compare_vintages(
        series(plain("A", 2018, 10), plain("A", 2024, 15), plain("B", 2020, 9), plain("B", 2024, 5)),
        ["A", "B"],
        2020,
        2024,
    )
    assert middle.changes["kode"].tolist() == ["B"]
    assert middle.unknown == ("A",)


def test_a_year_of_another_definition_is_refused_and_named() -> None:
    found = compare_vintages(
        series(plain("A", 2014, 5, "x"), plain("A", 2015, 6, "x"), plain("A", 2021, 4, "y")), ["A"]
    )
    assert found.changes[["from", "to"]].to_numpy().tolist() == [[2014, 2015]]
    assert [(r.code, r.first, r.second, r.kodes) for r in found.refused] == [
        ("definisi", ("x", "2015"), ("y", "2021"), ("A",))
    ]


def test_january_to_september_is_not_held_against_january_to_october() -> None:
    rows = series(
        ("A", 2023, "2023-01/2023-09", 5.0, "x", "rendah"), ("A", 2024, "2024-01/2024-10", 9.0, "x", "rendah"),
        ("A", 2025, "2025-01/2025-09", 7.0, "x", "rendah"),
    )  # fmt: skip
    found = compare_vintages(rows, ["A"])
    assert found.changes[["from", "to", "change"]].to_numpy().tolist() == [[2023, 2025, 2.0]]
    assert {r.code for r in found.refused} == {"masa"}


def test_one_year_alone_is_no_comparison() -> None:
    found = compare_vintages(series(plain("A", 2018, 10), plain("B", 2024, 5)), ["A", "B", "C"])
    assert found.definition is None
    assert found.changes.empty
    assert found.years == ()
    assert found.unknown == ("A", "B", "C")


@pytest.mark.parametrize(("first", "last"), [(2024, 2018), (1900, 2100), (2018, 2018), (None, None)])
def test_impossible_years_fall_back_to_the_outermost(first: int | None, last: int | None) -> None:
    found = compare_vintages(
        series(plain("A", 2018, 10), plain("A", 2020, 11), plain("A", 2024, 15)), ["A"], first, last
    )
    assert found.changes[["from", "to"]].to_numpy().tolist() == [[2018, 2024]]


def test_nothing_is_divided_by_zero_and_the_lower_quality_is_told() -> None:
    found = compare_vintages(series(plain("A", 2018, 0), plain("A", 2024, 15, quality="rendah")), ["A"])
    assert found.changes["relative"].isna().all()
    assert found.changes["quality"].tolist() == ["rendah"]


def test_a_value_that_stands_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="two values"):
        compare_vintages(series(plain("A", 2018, 1), plain("A", 2018, 2)), ["A"])


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABC"), st.integers(2010, 2016), st.sampled_from(["", "-09"]), st.floats(0, 100),
        st.sampled_from("xyz"),
    ),
    max_size=30, unique_by=lambda row: (row[0], row[1], row[2], row[4]),
)  # fmt: skip


@given(ROWS, st.randoms(use_true_random=False))
def test_no_pair_ever_mixes_definitions_and_row_order_does_not_matter(rows: list[tuple[Any, ...]], random: Any) -> None:
    table = series(*((k, y, f"{y}{part}", v, d, "tinggi") for k, y, part, v, d in rows))
    found = compare_vintages(table, ["A", "B", "C"])
    known = {(k, d, y, v) for k, y, _, v, d in rows}
    columns = (found.changes[c] for c in ("kode", "definition", "from", "to", "before", "after"))
    for kode, definition, start, end, before, after in zip(*columns, strict=True):
        assert {(kode, definition, start, before), (kode, definition, end, after)} <= known
    assert found.path["definition"].nunique() <= 1
    assert found.changes[["from", "to"]].drop_duplicates().shape[0] <= 1
    shuffled = list(rows)
    random.shuffle(shuffled)
    again = compare_vintages(
        series(*((k, y, f"{y}{part}", v, d, "tinggi") for k, y, part, v, d in shuffled)), ["A", "B", "C"]
    )
    pd.testing.assert_frame_equal(found.changes, again.changes)
    assert set(found.refused) == set(again.refused)


def test_what_is_shipped_is_paired_only_where_it_may() -> None:
    data = shipped()
    sides = ["36.04", "36.73"]

    def of(name: str, kodes: list[str]) -> Any:
        return compare_vintages(data.vintages[data.vintages["series"] == name], kodes)

    light = of("cahaya_malam", sides)
    assert light.years == tuple(range(2018, 2025))
    assert light.changes.set_index("kode")["before"].round(2).to_dict() == {"36.04": 2.26, "36.73": 4.48}
    assert of("penduduk_miskin", sides).years == (2014, 2015)
    assert of("penduduk_miskin", ["32.75", "32.76"]).definition is None
    for name in ("penduduk", "jumlah_sd", "jumlah_smp", "jumlah_sma_smk", "jumlah_tps"):
        found = of(name, ["32.75", "32.76"])
        assert found.changes.empty, name
        assert found.refused, name
    fires = of("kebakaran", ["32.75", "32.76"])
    assert fires.changes[["kode", "from", "to", "change"]].to_numpy().tolist() == [["32.75", 2024, 2025, -27.0]]
    assert fires.unknown == ("32.76",)
    known = data.catalogue.series
    for row in data.vintages[["series", "definition", "source"]].drop_duplicates().itertuples():
        assert known[str(row.series)].definition(str(row.definition)).source == row.source


def test_a_map_can_choose_among_the_periods_that_every_side_knows() -> None:
    known = shipped()
    both = periods_of(known.vintages, "penduduk", "kelurahan", ["32.75", "32.76"])
    assert both == ("2024-12-31", "2024-06-30")
    assert periods_of(known.vintages, "penduduk", "kelurahan", ["32.75", "31.75"]) == ()
    own = known.indicator_values("penduduk")
    newest = at_period(own, known.vintages, "penduduk", both[0])
    assert newest["value"].equals(own.loc[newest.index, "value"]), "the newest period is what the indicator says"
    earlier = at_period(own, known.vintages, "penduduk", both[1])
    assert set(earlier.index) == set(newest.index)
    assert earlier["value"].sum() < newest["value"].sum()
    assert earlier[["low", "high"]].isna().all(axis=None)
    assert list(earlier.columns) == list(own.columns)
