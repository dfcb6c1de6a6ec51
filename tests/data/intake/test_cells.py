"""Numbers and dates of Indonesian and English habit, cell by cell, and that nothing impossible comes through."""

import math
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.intake.cells import EARLIEST, LATEST, Habit, Kind, date_of, numbers_of
from data.intake.problems import CellError

CODES = {
    "number", "number_date", "infinite", "number_power", "number_long", "negative", "whole", "date", "date_impossible",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("1234", "decimal", 1234),
        ("1.234,5", "decimal", 1234.5),
        ("1,234.5", "decimal", 1234.5),
        ("1.234.567", "decimal", 1234567),
        ("1,234,567", "decimal", 1234567),
        ("0,123", "decimal", 0.123),
        ("0.123", "decimal", 0.123),
        ("12345,678", "decimal", 12345.678),
        ("3,5", "decimal", 3.5),
        ("−2,5", "decimal", -2.5),
        (" 7 ", "decimal", 7),
        ("1.234", "count", 1234),
        ("1,234", "count", 1234),
        (12.0, "count", 12),
        ("Rp 1.234.567,00", "rupiah", 1234567),
        ("Rp1,234,567.00", "rupiah", 1234567),
        ("rp. 500.000,-", "rupiah", 500000),
        ("150.000.000", "rupiah", 150000000),
        (1.5, "decimal", 1.5),
        *((empty, "count", None) for empty in ("", " ", "-", "–", "n/a", "NA", "belum ada data", "…")),
    ],
)
def test_a_number_is_read(cell: str | float, kind: Kind, value: float | None) -> None:
    found = numbers_of([cell], kind)
    assert not found.errors
    assert not found.unsure
    assert found.values == (value,)


@pytest.mark.parametrize(
    ("cell", "kind", "code"),
    [
        ("dua", "decimal", "number"),
        ("12 km", "decimal", "number"),
        ("1.23.456", "decimal", "number"),
        ("1,2,3", "decimal", "number"),
        ("=1+1", "decimal", "number"),
        ("1 234", "decimal", "number"),
        ("(12)", "decimal", "number"),
        (True, "count", "number"),
        ("NaN", "decimal", "infinite"),
        ("-Infinity", "decimal", "infinite"),
        (math.nan, "decimal", "infinite"),
        (math.inf, "count", "infinite"),
        ("3,60401E+09", "decimal", "number_power"),
        ("1e5", "count", "number_power"),
        ("1234567890123456", "count", "number_long"),
        (date(2025, 1, 2), "decimal", "number_date"),
        (time(1, 2), "decimal", "number_date"),
        ("-4", "count", "negative"),
        (-4.0, "count", "negative"),
        ("1,5", "count", "whole"),
        (1.234, "count", "whole"),
    ],
)
def test_what_is_no_number_is_refused(cell: str | float, kind: Kind, code: str) -> None:
    found = numbers_of([cell], kind)
    assert found.values == (None,)
    assert found.errors[0].code == code


@pytest.mark.parametrize(
    ("cells", "habit", "values", "unsure"),
    [
        (["1.234", "5"], None, (None, 5.0), (0,)),
        (["1.234", "5"], "id", (1234.0, 5.0), ()),
        (["1.234", "5"], "en", (1.234, 5.0), ()),
        (["1,234"], "id", (1.234,), ()),
        (["1,234"], "en", (1234.0,), ()),
        (["1.234", "1,5"], None, (1234.0, 1.5), ()),
        (["1.234", "1.5"], None, (1.234, 1.5), ()),
        (["1.234", "1.5", "1,5"], None, (None, 1.5, 1.5), (0,)),
        (["-1.234"], "en", (-1.234,), ()),
    ],
)
def test_what_may_mean_two_things_waits_for_one_answer(
    cells: list[str], habit: Habit | None, values: tuple[float | None, ...], unsure: tuple[int, ...]
) -> None:
    found = numbers_of(cells, "decimal", habit)
    assert (found.values, found.unsure) == (values, unsure)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/12/2025", date(2025, 12, 5)),
        ("5-12-2025", date(2025, 12, 5)),
        ("5.12.25", date(2025, 12, 5)),
        ("2 Oktober 2025", date(2025, 10, 2)),
        ("Kamis, 2 Oktober 2025", date(2025, 10, 2)),
        ("2-Okt-25", date(2025, 10, 2)),
        ("2 oct 2025", date(2025, 10, 2)),
        ("17 Agustus 2026", date(2026, 8, 17)),
        ("2025-10-02", date(2025, 10, 2)),
        ("2025-10-02 13:45:00", date(2025, 10, 2)),
        ("02/10/2025 13.45 WIB", date(2025, 10, 2)),
        ("29/02/2024", date(2024, 2, 29)),
        (45932.0, date(2025, 10, 2)),
        ("45932", date(2025, 10, 2)),
        (datetime(2025, 10, 2, 8), date(2025, 10, 2)),  # noqa: DTZ001
        ("", None),
        ("-", None),
    ],
)
def test_a_date_is_read_day_first(cell: str | float | datetime, day: date | None) -> None:
    assert date_of(cell) == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/2025", "date_impossible"),
        ("29/02/2025", "date_impossible"),
        ("12/31/2025", "date_impossible"),
        ("0000-00-00", "date_impossible"),
        ("1 Foo 2025", "date_impossible"),
        ("1/1/1900", "date_impossible"),
        ("kemarin", "date"),
        ("2025", "date"),
        (0.0, "date"),
        (math.nan, "date"),
        (1e9, "date"),
        (True, "date"),
        (timedelta(hours=1), "date"),
    ],
)
def test_what_is_no_date_is_refused(cell: str | float, code: str) -> None:
    with pytest.raises(CellError) as error:
        date_of(cell)
    assert error.value.code == code


SIGNS = st.text("0123456789.,-+eE Rp()%/okt\u0661\N{MINUS SIGN}\N{NO-BREAK SPACE}", max_size=14)
ANYTHING = st.one_of(SIGNS, st.text(max_size=20), st.floats(), st.booleans(), st.dates(), st.times())


@given(
    st.lists(ANYTHING, max_size=6), st.sampled_from(["count", "decimal", "rupiah"]), st.sampled_from([None, "id", "en"])
)
@example(["٣"], "count", None)
def test_a_column_of_anything_is_read_asked_or_refused(
    cells: list[str | float], kind: Kind, habit: Habit | None
) -> None:
    found = numbers_of(cells, kind, habit)
    assert len(found.values) == len(cells)
    for position, value in enumerate(found.values):
        assert value is None or (math.isfinite(value) and position not in found.errors)
        assert value is None or kind != "count" or (value >= 0 and value == int(value))
    assert not set(found.unsure) & set(found.errors)
    assert {error.code for error in found.errors.values()} <= CODES
    assert not (found.unsure and habit)


@given(ANYTHING)
def test_any_cell_is_a_date_or_refused(cell: str | float) -> None:
    try:
        day = date_of(cell)
    except CellError as error:
        known = error.code in CODES
        assert known
    else:
        assert day is None or EARLIEST <= day <= LATEST


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_what_either_habit_writes_is_read_back(whole: int, part: int) -> None:
    english = f"{whole:,}.{part:02d}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    expected = float(f"{whole}.{part:02d}")
    assert numbers_of([english, indonesian]).values == (expected, expected)
