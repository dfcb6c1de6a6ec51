"""A value that can only be lower in truth is never counted against a place."""

from dataclasses import replace

import pandas as pd

from analysis.values.classes import UNCERTAIN, UNKNOWN
from analysis.values.gaps import may_meet_or_miss
from analysis.values.layer import layer
from analysis.values.profile import judge, profile
from analysis.values.reach import services_out_of_reach
from analysis.values.summary import summarise_border
from tests.shipped import data as shipped
from views.language.words import Words
from views.topics.profile import words as profile_words

values = shipped().values
KOTA_SERANG = values["indicator"].eq("jarak_puskesmas") & values["kode"].str.startswith("36.73")
# No shipped value is one: here those of Kota Serang are made so.
data = replace(shipped(), values=values.assign(upper_bound=KOTA_SERANG))
BORDER = data.border(data.catalogue.corridors["kabserang-kotaserang"])
PUSKESMAS = data.catalogue.indicators["jarak_puskesmas"]
FAR = str(values[KOTA_SERANG & values["value"].gt(3)]["kode"].iloc[0])


def test_a_kelurahan_with_a_bound_is_not_said_to_miss_the_standard() -> None:
    row = next(r for r in profile(BORDER, data.measures, FAR).rows if r.indicator == "jarak_puskesmas")
    assert row.bound
    assert row.value is not None
    assert row.value > 3
    assert row.gap is None
    assert row.lacking is None


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
        assert all(not r.bound for r in found.missed), "a bound never proves that a standard is missed"
        assert all(not r.unsure for r in (*found.met, *found.missed)), "a range that holds the standard proves nothing"
        failing = [r for r in own if r.unsure]
        hidden += bool(failing)
        assert {r.indicator for r in failing} <= {r.indicator for r in found.unsure}
        for w, words in ((Words("id"), "belum dapat dinilai"), (Words("en"), "not judgeable")):
            told = profile_words.answer(w, data, result).sentence
            assert (words in told) == bool(found.unsure)
    assert hidden > 0, "bounds that would miss a standard were left out of the count"


def test_bounds_keep_their_class_and_are_uncertain_unless_even_they_are_in_the_lowest_one() -> None:
    standard = data.catalogue.standards["sni-radius-puskesmas"]
    for mode in ("nilai", "kesenjangan"):
        found = layer(BORDER, data.measure(PUSKESMAS, standard), mode)
        bound = found.values["upper_bound"]
        assert found.bounds == int(bound.sum()) > 0
        assert (found.classes.index != UNKNOWN).all()
        assert (found.uncertain == (bound & (found.classes.index > 0))).all()
        apart = found.counts[found.counts["class"] == UNCERTAIN]
        assert apart["units"].sum() == found.uncertain.sum() > 0
        assert found.counts["units"].sum() == len(found.values), "no unit is counted twice"
        assert not (found.values.loc[bound, "gap"] > 0).any()


def test_people_behind_a_bound_may_be_none() -> None:
    summary = summarise_border(BORDER, data.measures, "bersentuhan")
    gap = next(g for g in summary.gaps if (g.indicator, g.kode_kabkota) == ("jarak_puskesmas", "36.73"))
    assert gap.bounds > 0
    assert gap.low < gap.people / 2
    other = next(g for g in summary.gaps if (g.indicator, g.kode_kabkota) == ("jarak_puskesmas", "36.04"))
    assert other.bounds == 0
    assert pd.notna(other.low)
    assert other.low > other.people * 0.9


def test_a_range_that_holds_the_standard_may_meet_or_miss_it() -> None:
    rows = [(0.9, 0.8, 1.0), (0.9, 0.8, 1.1), (1.2, 1.0, 1.4), (1.2, 1.1, 1.4), (0.9, None, None), (1.2, None, None)]
    values = pd.DataFrame(rows, columns=["value", "low", "high"]).assign(upper_bound=False)
    assert may_meet_or_miss(values, 1.0, "lebih_rendah_baik").tolist() == [False, True, True, False, False, False]
    assert may_meet_or_miss(values, 1.0, "lebih_tinggi_baik").tolist() == [True, True, False, False, False, False]
    bounds = values.assign(upper_bound=True)
    assert may_meet_or_miss(bounds, 1.0, "lebih_rendah_baik").tolist() == [False, True, True, True, False, True]


def test_the_shipped_ranges_that_hold_a_standard_are_counted_as_unsure() -> None:
    border = data.border(data.catalogue.corridors["bekasi-depok"])
    reached = services_out_of_reach(border, data.measures)
    for kode in border.at_line().index:
        judged = judge(profile(border, data.measures, kode))
        inside = {r.indicator for r in judged.unsure if r.unsure} & set(reached.services)
        assert reached.table.at[kode, "unsure"] == len(inside)
    assert reached.table["unsure"].sum() > 0
