"""Proposals against gaps: what touches what, on a toy border and on the shipped ones."""

import pandas as pd
import pytest

from analysis.proposals.proposals import MOST_GAPS, meet, of_places, top_gaps
from analysis.proposals.subjects import NONE, finder
from analysis.values.profile import judge, profile
from tests.shipped import data

SUBJECTS = data().catalogue.subjects
subject_of = finder(SUBJECTS)
SERANG = data().catalogue.corridors["kabserang-kotaserang"]
BORDER = data().border(SERANG)
GAPS = top_gaps(BORDER, data().measures, SUBJECTS)


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        (["Rehab Ruang Kelas SDN 3 Jatiasih"], "sd"),
        (["Rehab ruang kelas SDN3"], "sd"),
        (["Perbaikan jalan menuju SMPN 7"], "jalan"),
        (["Lampu jalan Gg. Melati"], "penerangan"),
        (["Pembangunan PUSKESMAS Pembantu"], "puskesmas"),
        (["Saluran U-Ditch RT 03"], "drainase"),
        (["Laptop", "posyandu tidak layak", "Pekerjaan Umum"], "posyandu"),
        (["Smpanan", "", ""], NONE),
        ([""], NONE),
    ],
)
def test_the_first_known_word_of_the_first_text_that_has_one_decides(texts: list[str], named: str) -> None:
    assert subject_of(texts) == named


def test_top_gaps_are_the_largest_that_the_profile_calls_missed() -> None:
    touchable = {i for subject in SUBJECTS.values() for i in subject.indicators}
    for kode in ("36.73.01.1001", "36.04.05.2001", *GAPS["kode"].iloc[::150]):
        if kode not in BORDER.units["kelurahan"].index:
            continue
        missed = judge(profile(BORDER, data().measures, kode)).missed
        expected = {r.indicator: r.gap for r in missed if r.indicator in touchable and r.gap is not None}
        own = GAPS[GAPS["kode"] == kode]
        assert len(own) <= MOST_GAPS
        for row in own.itertuples():
            if row.indicator in expected:
                assert row.gap == pytest.approx(expected[str(row.indicator)])
        if expected:
            assert own["gap"].iloc[0] >= max(expected.values()) - 1e-9
    assert GAPS["gap"].gt(0).all()


def made(*rows: tuple[str, str, int, bool]) -> pd.DataFrame:
    """Proposals: kode, title, year, and whether it is stopped."""
    return pd.DataFrame(
        [
            {
                "id": n,
                "kode": kode,
                "kabkota": kode[:5],
                "title": title,
                "problem": "",
                "affairs": "",
                "year": year,
                "stopped": stopped,
            }
            for n, (kode, title, year, stopped) in enumerate(rows)
        ]
    )


def gap_of(subject: str) -> tuple[str, int]:
    """A kelurahan with a top gap that a subject touches, and the row of that gap."""
    row = next(i for i, indicator in GAPS["indicator"].items() if indicator in SUBJECTS[subject].indicators)
    return str(GAPS.at[row, "kode"]), int(str(row))


def test_a_proposal_meets_a_gap_of_its_own_place_and_subject_alone() -> None:
    kode, row = gap_of("smp")
    other = next(k for k in BORDER.units["kelurahan"].index if k not in set(GAPS["kode"]) and k[:5] == kode[:5])
    found = meet(
        BORDER,
        made(
            (kode, "Ruang kelas SMPN", 2027, False),
            (kode, "Ruang kelas SMPN", 2027, True),
            (kode, "Betonisasi", 2027, False),
            (kode, "Ruang kelas SMPN", 2026, False),
            (other, "Ruang kelas SMPN", 2027, False),
        ),
        GAPS,
        SUBJECTS,
    )
    assert found.proposals["meets"].tolist() == [True, True, False, False], "the newest year alone is compared"
    assert found.gaps.at[row, "proposals"] == 1, "a refused one counts for nothing"
    assert found.gaps["proposals"].sum() == 1
    place = of_places(found)[kode]
    assert (place.year, place.total, place.meeting) == (2027, 3, 1)
    assert place.unmet == place.gaps - 1


def test_the_newest_year_is_that_of_each_side() -> None:
    pairs = BORDER.pairs
    across = pairs[(pairs["kode_kabkota_a"] == "36.04") & (pairs["kode_kabkota_b"] == "36.73")].iloc[0]
    a, b = str(across["kode_a"]), str(across["kode_b"])
    found = meet(BORDER, made((a, "Drainase", 2027, False), (b, "Gorong-gorong", 2026, False)), GAPS, SUBJECTS)
    assert found.twins[["pokok", "kode_a", "kode_b"]].to_numpy().tolist() == [["drainase", a, b]]
    both = meet(BORDER, made((a, "Drainase", 2027, False), (b, "Gorong-gorong", 2026, True)), GAPS, SUBJECTS)
    assert both.twins.empty


def test_without_proposals_every_gap_is_unmet() -> None:
    empty = meet(BORDER, made(("36.73.01.1001", "x", 2027, False)).iloc[:0], GAPS, SUBJECTS)
    assert empty.gaps["proposals"].eq(0).all()
    assert of_places(empty) == {}
