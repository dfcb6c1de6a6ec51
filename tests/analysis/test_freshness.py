"""Ages of figures: counted from this year, late against the publisher's own cycle, old after two years."""

from datetime import date

import pandas as pd
import pytest

from analysis.freshness.ageing import ageing, by_kelurahan, by_sector
from analysis.freshness.overdue import overdue
from tests.shipped import data


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    """Figures of five years in two kelurahan of one kecamatan and one elsewhere."""
    rows = [
        ("a1", "kelurahan", "x", "pendidikan", "sd", 2026, 0, False, False),
        ("a1", "kelurahan", "x", "pendidikan", "smp", 2023, 3, True, True),
        ("a2", "kelurahan", "x", "pendidikan", "sd", 2024, 2, True, False),
        ("a", "kecamatan", "x", "kesehatan", "rasio", 2022, 4, True, True),
        ("b1", "kelurahan", "y", "pendidikan", "sd", 2025, 1, False, False),
    ]
    columns = ["kode", "level", "kode_kabkota", "sector", "indicator", "year", "age", "late", "old"]
    return pd.DataFrame(rows, columns=columns)


def test_a_kelurahan_has_its_own_figures_and_those_of_its_kecamatan(figures: pd.DataFrame) -> None:
    kelurahan = pd.DataFrame({"kode_kecamatan": ["a", "a", "b", "c"]}, index=["a1", "a2", "b1", "c1"])
    found = by_kelurahan(figures, kelurahan)
    assert found[["figures", "late", "old"]].to_numpy().tolist() == [[3, 2, 2], [2, 2, 1], [1, 0, 0], [0, 0, 0]]
    assert found["age"].fillna(-1).round(2).tolist() == [2.33, 3.0, 1.0, -1.0]


def test_the_sector_with_the_largest_share_of_late_figures_comes_first(figures: pd.DataFrame) -> None:
    found = by_sector(figures)
    assert found[["sector", "kode_kabkota", "figures", "late", "old"]].to_numpy().tolist() == [
        ["kesehatan", "x", 1, 1, 1],
        ["pendidikan", "x", 3, 2, 1],
        ["pendidikan", "y", 1, 0, 0],
    ]
    assert found["indicators"].tolist() == [("rasio",), ("smp", "sd"), ()]
    assert found[["oldest", "newest"]].iloc[1].tolist() == [2023, 2026]


def test_shipped_figures_age_with_the_year_and_the_height_of_the_land_does_not() -> None:
    shipped = data()
    border = shipped.border(shipped.catalogue.corridors["bekasi-depok"])
    found = ageing(border, shipped.measures, 2026)
    assert not found["indicator"].str.startswith("dataran_rendah").any()
    assert set(found["kode_kabkota"]) == {"32.75", "32.76"}
    assert (found["age"] == 2026 - found["year"]).all()
    puskesmas = found[found["indicator"] == "jarak_puskesmas"]
    assert puskesmas[["age", "late", "old"]].drop_duplicates().to_numpy().tolist() == [[4, True, True]]
    assert not found[found["year"] == 2025]["late"].any()
    assert ageing(border, shipped.measures, 2027)[lambda f: f["year"] == 2025]["late"].all()
    # A figure of a kecamatan is counted once, however many kelurahan it holds.
    assert not found.duplicated(["kode", "indicator"]).any()


def test_overdue_figures_are_one_reminder_a_sector_and_side(figures: pd.DataFrame) -> None:
    # A cycle of one year: a figure of 2023 was overdue on 1 January 2025, one of 2024 on 1 January 2026.
    found = overdue(figures.assign(due=figures["year"] + 2), ("y", "x"))
    assert [(o.kode_kabkota, o.sector, o.figures, o.oldest, o.newest, o.on) for o in found] == [
        ("x", "pendidikan", 2, 2023, 2024, date(2026, 1, 1)),
        ("x", "kesehatan", 1, 2022, 2022, date(2024, 1, 1)),
    ]
    assert found[0].indicators == ("smp", "sd")


def test_no_office_gets_more_reminders_than_there_are_sectors() -> None:
    shipped = data()
    for corridor in ("bekasi-depok", "kabserang-kotaserang"):
        border = shipped.border(shipped.catalogue.corridors[corridor])
        found = overdue(ageing(border, shipped.measures, 2030), border.corridor.sides)
        assert len({o.uid for o in found}) == len(found)
        assert len(found) <= 8 * 2
        assert all(o.on <= date(2030, 1, 1) for o in found)
