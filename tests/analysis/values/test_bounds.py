"""A value whose range holds the standard is never counted against a place, and is hatched on the map."""

import pandas as pd
import pytest

from analysis.values.classes import UNCERTAIN, UNKNOWN
from analysis.values.gaps import may_meet_or_miss
from analysis.values.layer import layer
from analysis.values.profile import judge, profile
from analysis.values.reach import services_out_of_reach
from tests.shipped import data as shipped
from views.language.words import Words
from views.topics.profile import words as profile_words

data = shipped()
BORDER = data.border(data.catalogue.corridors["kabserang-kotaserang"])
PUSKESMAS = data.catalogue.indicators["jarak_puskesmas"]
STANDARD = data.catalogue.standards["sni-radius-puskesmas"]
FAR = "36.73.06.1013"


def test_a_kelurahan_whose_range_holds_the_standard_is_not_said_to_miss_it() -> None:
    row = next(r for r in profile(BORDER, data.measures, FAR).rows if r.indicator == "jarak_puskesmas")
    assert row.low is not None
    assert row.value is not None
    assert row.low <= STANDARD.threshold < row.value
    assert row.unsure


def test_row_5_what_cannot_be_judged_is_counted_beside_what_meets_its_standard() -> None:
    found = judge(profile(BORDER, data.measures, FAR))
    assert "jarak_puskesmas" in [row.indicator for row in found.unsure]
    hidden = 0
    for kode in BORDER.units["kelurahan"].index[::9]:
        result = profile(BORDER, data.measures, kode)
        found = judge(result)
        own = [r for r in result.rows if r.standard is not None and r.level == "kelurahan"]
        assert sorted(r.indicator for r in (*found.met, *found.missed, *found.unsure)) == sorted(
            r.indicator for r in own
        )
        assert all(not r.unsure for r in (*found.met, *found.missed)), "a range that holds the standard proves nothing"
        failing = [r for r in own if r.unsure]
        hidden += bool(failing)
        assert {r.indicator for r in failing} <= {r.indicator for r in found.unsure}
        for w, words in ((Words("id"), "belum dapat dinilai"), (Words("en"), "not judgeable")):
            told = profile_words.answer(w, data, result).sentence
            assert (words in told) == bool(found.unsure)
    assert hidden > 0, "ranges that hold a standard were left out of the count"


@pytest.mark.parametrize("mode", ["nilai", "kesenjangan"])
def test_what_may_meet_or_miss_the_standard_keeps_its_class_and_is_counted_apart(mode: str) -> None:
    found = layer(BORDER, data.measure(PUSKESMAS, STANDARD), mode)
    values = found.values
    inside = (values["low"] <= STANDARD.threshold) & (values["high"] > STANDARD.threshold)
    assert inside.sum() == 10, "all of Kota Serang, of whose 16 puskesmas six have no point"
    assert set(values.index[inside].str[:5]) == {"36.73"}
    assert found.uncertain.equals(inside)
    assert (found.classes.index != UNKNOWN).all()
    apart = found.counts[found.counts["class"] == UNCERTAIN]
    assert apart["units"].sum() == inside.sum()
    assert found.counts["units"].sum() == len(values), "no unit is counted twice"


def test_between_bekasi_and_depok_hardly_anything_is_hatched() -> None:
    """Schools of 2025 that have no point leave it open in 35 kelurahan, one at the line, whether one is near."""
    border = data.border(data.catalogue.corridors["bekasi-depok"])
    found = {}
    for name in ("sd", "smp", "smp_negeri", "sma_smk", "sma_smk_negeri", "puskesmas"):
        result = layer(border, data.measures[f"jarak_{name}"])
        found[name] = (int(result.uncertain.sum()), int(result.uncertain[result.values["border"]].sum()))
    assert found == {
        "sd": (0, 0), "smp": (1, 0), "smp_negeri": (35, 1), "sma_smk": (0, 0), "sma_smk_negeri": (0, 0),
        "puskesmas": (0, 0),
    }  # fmt: skip


def test_a_range_that_holds_the_standard_may_meet_or_miss_it() -> None:
    rows = [(0.9, 0.8, 1.0), (0.9, 0.8, 1.1), (1.2, 1.0, 1.4), (1.2, 1.1, 1.4), (0.9, None, None), (1.2, None, None)]
    values = pd.DataFrame(rows, columns=["value", "low", "high"])
    assert may_meet_or_miss(values, 1.0, "lebih_rendah_baik").tolist() == [False, True, True, False, False, False]
    assert may_meet_or_miss(values, 1.0, "lebih_tinggi_baik").tolist() == [True, True, False, False, False, False]


def test_the_shipped_ranges_that_hold_a_standard_are_counted_as_unsure() -> None:
    border = data.border(data.catalogue.corridors["bekasi-depok"])
    reached = services_out_of_reach(border, data.measures)
    for kode in border.at_line().index:
        judged = judge(profile(border, data.measures, kode))
        inside = {r.indicator for r in judged.unsure if r.unsure} & set(reached.services)
        assert reached.table.at[kode, "unsure"] == len(inside)
    assert reached.table["unsure"].sum() > 0
