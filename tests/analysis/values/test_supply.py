"""Supply is seats for children, counts are never compared, a number names its years: rows of the audit of numbers."""

import pandas as pd
import pytest

from analysis.comparison.comparison import compare_corridor
from analysis.priority.priority import ranked_indicators
from analysis.values.layer import layer
from analysis.values.profile import profile
from analysis.values.quality import compare_sides
from analysis.values.summary import summarise_border
from data.tables import Dataset
from open_data.indicators import indicator_rows
from views.language import sentences
from views.language.words import Words

SEATS = ("kursi_sd", "kursi_smp", "kursi_smp_negeri", "kursi_sma_smk")


@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-kotaserang", "semua"])
def test_row_2_people_of_kecamatan_and_school_units_without_madrasah_stand_in_no_list_of_gaps(
    data: Dataset, corridor: str
) -> None:
    known = data.catalogue
    found = summarise_border(data.border(known.corridors[corridor]), data.measures, "bersentuhan")
    assert found.gaps
    assert {known.indicators[gap.indicator].level for gap in found.gaps} == {"kelurahan"}
    # Whoever lives at the border cannot be more than the border has.
    everyone = {side.kode_kabkota: side.people for side in found.sides}
    assert all(gap.high <= everyone[gap.kode_kabkota] + 0.5 for gap in found.gaps)
    for name in ("rasio_sd", "rasio_smp", "rasio_sma_smk"):
        assert not known.standards_of(name)
        assert any("Madrasah" in caveat.id for caveat in known.indicators[name].caveats)
    w = Words("id")
    assert not [g for g in found.gaps if "setara" in sentences.largest_gap(w, data, g)]


def test_row_2_supply_is_seats_for_the_children_of_the_age(data: Dataset) -> None:
    for name in SEATS:
        indicator, (standard,) = data.catalogue.indicators[name], data.catalogue.standards_of(name)
        assert (standard.threshold, indicator.direction) == (100, "lebih_tinggi_baik")
        assert standard.note is not None
        assert "madrasah" in standard.note.id
        assert not indicator.ranked
        sides = data.indicator_values(name).groupby("kode_kabkota").size()
        assert (sides["32.75"], sides["32.76"]) == (56, 63)
        assert compare_sides(data.measures[name], ("32.75", "32.76")).block is None
        assert compare_sides(data.measures[name], ("32.75", "31.75")).block == "satu_sisi"
        assert compare_sides(data.measures[name], ("36.04", "36.73")).block == "tidak_ada"
    state = data.indicator_values("smp_negeri")["value"]
    without = state.eq(0).groupby(state.index.str[:5]).sum()
    seats = data.indicator_values("kursi_smp_negeri")["value"]
    assert (seats.eq(0) == state.reindex(seats.index).eq(0)).all()
    assert (without["32.75"], without["32.76"]) == (13, 39)


def test_ages_of_banten_are_those_of_the_kecamatan_only(data: Dataset) -> None:
    kelurahan, kecamatan = (data.indicator_values(f"ketergantungan{of}") for of in ("", "_kecamatan"))
    assert not kelurahan.index.str.startswith("36.").any()
    assert set(kecamatan["native_level"]) <= {"kecamatan"}
    assert (kecamatan.index.str.startswith("36.04").sum(), kecamatan.index.str.startswith("36.73").sum()) == (29, 6)


def test_row_4_a_count_is_compared_by_its_rate(data: Dataset) -> None:
    counts = [i for i in data.catalogue.indicators.values() if i.rate]
    assert {i.id for i in counts} == {"penduduk", "jumlah_sd", "smp_negeri"}
    found = compare_corridor(data.border(data.catalogue.corridors["kabserang-pandeglang"]), data.measures.values())
    compared = {indicator for indicator, _ in found}
    for count in counts:
        assert count.id not in compared
        assert count.rate in compared
        assert compare_sides(data.measures[count.id], ("32.75", "32.76")).block == "hitungan"
        assert count.id not in {i.id for i in ranked_indicators(data.catalogue)}
    number, rate, people = (
        data.indicator_values(name)["value"] for name in ("jumlah_sd", "sd_per_penduduk", "penduduk")
    )
    assert (rate - number.reindex(rate.index) / people.reindex(rate.index) * 10_000).abs().max() < 1e-9


def test_row_12_a_count_is_summed_and_its_mean_never_weighted_by_itself(data: Dataset) -> None:
    border = data.border(data.catalogue.corridors["bekasi-depok"])
    found = layer(border, data.measures["penduduk"])
    assert [side.border_mean for side in found.sides] == [48_286, 116_345]
    assert sum((side.border_mean or 0) + (side.other_mean or 0) for side in found.sides) == 2_572_209 + 2_010_912
    density = layer(border, data.measures["kepadatan"]).sides[0].border_mean
    values, people = (data.indicator_values(name)["value"] for name in ("kepadatan", "penduduk"))
    at_line = pd.Index(["32.75.10.1001", "32.75.10.1002"])
    assert density == pytest.approx((values[at_line] * people[at_line]).sum() / people[at_line].sum())


def test_row_13_stops_are_counted_differently_across_the_line_of_jakarta(data: Dataset) -> None:
    transit = data.measures["jarak_transit"]
    assert compare_sides(transit, ("32.75", "31.75")).block == "definisi"
    assert compare_sides(transit, ("32.75", "32.76")).block is None
    said = [caveat.id for caveat in transit.indicator.caveats]
    assert not [text for text in said if "di mana pun" in text]
    assert any("Mikrotrans" in text for text in said)


def test_row_15_both_years_of_a_ratio_are_printed(data: Dataset) -> None:
    w = Words("id")
    border = data.border(data.catalogue.corridors["kabserang-cilegon"])
    kode = next(k for k in border.at_line().index if k.startswith("36.72"))
    row = next(r for r in profile(border, data.measures, kode).rows if r.indicator == "rasio_sd")
    assert (row.year, row.people_year) == (2019, 2024)
    assert "Tahun 2019, penduduk 2024" in sentences.row_origin(w, data, row)
    rows = indicator_rows(data, [data.catalogue.corridors["kabserang-cilegon"]])
    ratio = rows[rows["indicator"].str.startswith("rasio_")]
    assert set(ratio["people_year"]) == {2024}
    assert ratio["year"].notna().all()
    assert rows.loc[rows["indicator"] == "jarak_sd", "people_year"].isna().all()
