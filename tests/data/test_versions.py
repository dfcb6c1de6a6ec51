"""The data set as of a version: what official people replace, what follows, what does not; nothing else moves."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.access.services import SERVICES
from analysis.values.population import CLAIMED, deviations
from data import ranges, rates, versions
from data.tables import Dataset
from data.versions import NOT_FOLLOWING, Published, apply, in_force
from open_data import usual
from tests.shipped import data
from views.language.words import Words
from views.topics.profile.words import monograph_lines, replaced_line
from views.topics.sources.words import deviation_text, error_text

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
SERANG, BEKASI = "36.73", "32.75"


def version(number: int = 1, kabkota: str = BEKASI, rows: Any = (), **more: Any) -> Published:
    known: dict[str, Any] = {"kind": "penduduk", "day": date(2025, 12, 31), "sha256": "a" * 64}
    return Published(
        number=number, kabkota=kabkota, rows=tuple(rows), published=NOON + timedelta(hours=number), **known | more
    )


def people_of(kabkota: str, factor: float) -> list[tuple[str, str, float, None]]:
    values = data().indicator_values("penduduk")["value"]
    own = values[values.index.str.startswith(kabkota)]
    return [(str(kode), "penduduk", float(round(value * factor)), None) for kode, value in own.items()]


@pytest.fixture(scope="module")
def doubled() -> Dataset:
    """Twice the people of every kelurahan of Kota Serang, as its office publishes them."""
    return apply(data(), [version(3, SERANG, people_of(SERANG, 2.0))])


def test_without_a_version_the_data_are_the_shipped_ones_themselves() -> None:
    assert apply(data(), []) is data()


def test_the_functions_of_the_build_give_what_is_shipped() -> None:
    known = data()
    people = known.values[known.values["indicator"] == "penduduk"]
    shipped = {name: known.indicator_values(name)["value"] for name in ("kepadatan", "sd_per_penduduk")}
    found = rates.density(people, known.kelurahan["luas_km2"]).set_index("kode")["value"]
    np.testing.assert_allclose(found, shipped["kepadatan"].reindex(found.index))
    counts = known.values[known.values["indicator"] == "jumlah_sd"]
    found = rates.rate_of(counts, people, 2024).set_index("kode")["value"]
    np.testing.assert_allclose(found, shipped["sd_per_penduduk"].reindex(found.index))
    whole = known.people["kecamatan"]["value"].dropna()
    source = pd.Series("x", whole.index)
    ratios = rates.school_ratios(known.school_counts, known.facilities, whole, source, 2024)
    wanted = known.indicator_values("rasio_puskesmas").index
    ratios = pd.concat([ratios, rates.puskesmas_ratio(known.facilities, whole, wanted, source, 2024)])
    for name, rows in ratios.groupby("indicator"):
        np.testing.assert_allclose(
            rows.set_index("kode")["value"], known.indicator_values(str(name))["value"].reindex(rows["kode"])
        )


def test_official_people_replace_estimates_and_say_so(doubled: Dataset) -> None:
    before, after = (d.indicator_values("penduduk") for d in (data(), doubled))
    own = after.index.str.startswith(SERANG)
    np.testing.assert_allclose(after["value"][own], before["value"][own] * 2)
    assert set(after["method"][own]) == {"langsung"}
    assert set(after["quality"][own]) == {"tinggi"}
    assert after["low"][own].isna().all()
    assert set(after["year"][own]) == {2025}
    assert set(after["source"][own]) == {"kantor3"}
    assert "versi 3" in doubled.catalogue.sources["kantor3"].attribution
    assert "version 3" in doubled.catalogue.sources["kantor3"].en["attribution"]
    # Figures of another year say nothing of the error of the estimate, so that no other range changes.
    pd.testing.assert_frame_equal(after[~own], before[~own])
    assert data().values is not doubled.values
    assert "kantor3" not in data().catalogue.sources


def test_what_depends_on_people_follows(doubled: Dataset) -> None:
    old = data()
    own = old.kelurahan.index[old.kelurahan.index.str.startswith(SERANG)]
    for name, factor in (("kepadatan", 2.0), ("sd_per_penduduk", 0.5)):
        before, after = (d.indicator_values(name)["value"].reindex(own).dropna() for d in (old, doubled))
        assert len(after)
        np.testing.assert_allclose(after, before * factor)
    for name in versions.OF_KECAMATAN:
        rows, new = (d.indicator_values(name) for d in (old, doubled))
        inside = new.index.str.startswith(SERANG)
        np.testing.assert_allclose(new["value"][inside], rows["value"][inside] * 0.5)
        assert all(source.endswith("kantor3") for source in new["source"][inside])
        pd.testing.assert_frame_equal(new[~inside], rows[~inside])
    for name in NOT_FOLLOWING:
        pd.testing.assert_frame_equal(doubled.indicator_values(name), old.indicator_values(name))
    corridor = next(c for c in old.catalogue.corridors.values() if set(c.sides) == {"36.04", SERANG})
    first, then = (usual.access(d, corridor, SERVICES["puskesmas"]) for d in (old, doubled))
    assert _people(then, SERANG) == pytest.approx(_people(first, SERANG) * 2, rel=0.01)


def _people(result: Any, side: str) -> float:
    own = next(s for s in result.side if s.kode_kabkota == side)
    return float(own.people)


def test_the_error_of_the_estimate_is_known_against_official_figures(doubled: Dataset) -> None:
    rows = doubled.replaced
    assert len(rows) == 67
    np.testing.assert_allclose(rows["official"], rows["value"] * 2)
    assert usual.population_error(doubled).held_out.equals(usual.population_error(data()).held_out)
    same_year = apply(data(), [version(3, SERANG, people_of(SERANG, 2.0), day=date(2024, 6, 30))])
    found = usual.population_error(same_year)
    own = found.held_out[found.held_out["kode_kabkota"] == SERANG]
    np.testing.assert_allclose(own["error"], -0.5, atol=0.01)
    assert not own["covered"].any()
    areas = found.by_area().groupby("kode_kabkota")["coverage"].max()
    assert areas[SERANG] == 0
    assert areas.drop(SERANG).min() == 1
    assert found.times > 10
    assert len(found.held_out) == len(usual.population_error(data()).held_out) + 67


def test_a_newer_register_stands_beside_the_older_ones(doubled: Dataset) -> None:
    bekasi = apply(data(), [version(1, BEKASI, people_of(BEKASI, 1.1))])
    kode = "32.75.01.1001"
    people = bekasi.people["kelurahan"].loc[kode]
    assert people["earlier"] == data().people["kelurahan"].at[kode, "value"]
    june = apply(data(), [version(1, BEKASI, people_of(BEKASI, 0.9), day=date(2024, 6, 30))])
    register = june.vintages[(june.vintages["kode"] == kode) & (june.vintages["series"] == "penduduk")]
    assert list(register["period"]) == ["2024-06-30"]
    assert list(register["source"]) == ["kantor1"]
    assert june.people["kelurahan"]["earlier"].isna()[kode]


def test_a_part_of_a_kecamatan_changes_no_rate_of_it() -> None:
    rows = people_of(SERANG, 2.0)[:3]
    found = apply(data(), [version(1, SERANG, rows)])
    for name in versions.OF_KECAMATAN:
        pd.testing.assert_frame_equal(found.indicator_values(name), data().indicator_values(name))


def test_values_of_an_indicator_and_counts_of_a_monografi() -> None:
    kode = "32.75.01.1001"
    rows = [(kode, "kerapatan_jalan", 7.5, 2026), (kode, "unknown", 1.0, None), ("32.75.99.1001", "idm", 1.0, None)]
    values = version(1, rows=rows, kind="indikator")
    counts = version(2, rows=[(kode, "miskin", 40.0, None)], kind="monografi")
    later = version(3, rows=[(kode, "miskin", 35.0, 2026)], kind="monografi")
    found = apply(data(), [values, counts, later])
    row = found.indicator_values("kerapatan_jalan").loc[kode]
    assert (row["value"], row["source"], row["year"]) == (7.5, "kantor1", 2026)
    assert found.monograph.to_numpy().tolist() == [[kode, "miskin", 35.0, 2026, "kantor3"]]
    assert len(found.values) == len(data().values)
    assert monograph_lines(Words("id"), found, kode) == ["penduduk miskin: 35 (Kota Bekasi 2025 \\(versi 3\\))"]
    assert monograph_lines(Words("en"), data(), kode) == []


def test_as_of_a_version_is_the_same_for_ever() -> None:
    first, second = version(1), version(2)
    assert in_force([first, second]) == (first, second)
    gone = dataclasses.replace(first, withdrawn=NOON + timedelta(hours=9))
    assert in_force([gone, second]) == (second,)
    assert in_force([gone, second], 1) == (gone,)
    assert in_force([gone, second], 2) == (gone, second)
    early = dataclasses.replace(first, withdrawn=NOON + timedelta(hours=1, minutes=30))
    assert in_force([early, second], 2) == (second,)
    assert in_force([first], 0) == ()
    with pytest.raises(KeyError):
        in_force([first], 7)


def test_every_state_has_a_key_of_its_own() -> None:
    one, two = version(1, rows=people_of(BEKASI, 1.1)), version(2, rows=people_of(BEKASI, 1.2))
    states: list[tuple[list[Published], int | None]]
    states = [([], None), ([], 0), ([one], None), ([one, two], None), ([one], 1)]
    keys = [apply(data(), chosen, as_of).version for chosen, as_of in states]
    assert len(set(keys)) == len(keys)
    assert keys[0] == data().version
    assert apply(data(), [one]).version == keys[2]


def test_the_deviation_of_an_estimate_is_shown_and_enters_the_printed_error() -> None:
    shipped = data().indicator_values("penduduk")
    kodes = list(shipped.index[shipped.index.str.startswith(SERANG)][:3])
    guess = shipped.loc[kodes, "value"]
    # Official figures of 1.25 times, 0.8 times and just the estimate: it was off by -20 %, +25 % and 0 %.
    official = [guess.iloc[0] * 1.25, guess.iloc[1] * 0.8, guess.iloc[2]]
    rows = [(kode, "penduduk", float(value), None) for kode, value in zip(kodes, official, strict=True)]
    found = apply(data(), [version(5, SERANG, rows, day=date(2024, 6, 30))])
    told = deviations(found.replaced).set_index("kode")
    np.testing.assert_allclose(told.loc[kodes, "error"], [-0.2, 0.25, 0.0])
    assert told.loc[kodes, "within"].tolist() == [False, False, True]
    before, after = (usual.population_error(d) for d in (data(), found))
    n, mean = len(before.held_out), before.held_out["error"].abs().mean()
    assert len(after.held_out) == n + 3
    np.testing.assert_allclose(after.held_out["error"].abs().mean(), (n * mean + 0.45) / (n + 3))
    np.testing.assert_allclose(after.coverage, (n * before.coverage + 1) / (n + 3), atol=0.002)
    w = Words("id")
    assert f"{n + 3:,}".replace(",", ".") in error_text(w, after)
    text = deviation_text(w, told.reset_index(), after)
    assert "3 perkiraan sudah diganti" in text
    assert "rata-rata meleset 15,0" in text
    assert f"diukur pada {w.number(n + 3)} kelurahan/desa, 3 di antaranya dari data kantor versi 5" in text
    line = replaced_line(w, found, kodes[0])
    assert w.number(guess.iloc[0]) in line
    assert w.number(official[0]) in line
    assert "−20" in line
    assert "di luar kisaran" in line
    assert replaced_line(w, data(), kodes[0]) == ""
    later = apply(data(), [version(6, SERANG, rows, day=date(2025, 6, 30))])
    assert len(usual.population_error(later).held_out) == n
    text = deviation_text(w, deviations(later.replaced), usual.population_error(later))
    assert "0 yang setahun" in text
    assert "versi" not in text


# What the ranges of the estimates hold once offices publish: true figures that are known, because they are made here.


def made_truth(wrong: float, seed: int = 5) -> pd.Series:
    """People of every kelurahan of Banten whose estimates err `wrong` times as much as those that the build measured.

    Each estimate is put a drawn number of half ranges away from its truth: those of the yardstick, at random.
    """
    rng = np.random.default_rng(seed)
    shipped = data().indicator_values("penduduk")
    rows = shipped[shipped["method"] == "disagregasi"]
    draws = rng.choice(data().yardstick["needed"].to_numpy(float), len(rows)) * rng.choice([-1, 1], len(rows))
    half = (rows["high"] - rows["low"]) / 2
    return (rows["value"] + draws * wrong * half).round().clip(lower=1)


def published_truth(truth: pd.Series, seed: int = 6) -> Dataset:
    """Kota Serang whole, and half of the desa of Kab. Serang, with their true figures of June 2024."""
    rng = np.random.default_rng(seed)
    desa = truth.index[truth.index.str.startswith("36.04")]
    half = rng.choice(desa, len(desa) // 2, replace=False)
    rows = [
        [(str(k), "penduduk", float(truth[k]), None) for k in kodes]
        for kodes in (truth.index[truth.index.str.startswith(SERANG)], sorted(half))
    ]
    day = date(2024, 6, 30)
    return apply(data(), [version(1, SERANG, rows[0], day=day), version(2, "36.04", rows[1], day=day)])


def held(found: Dataset, truth: pd.Series) -> float:
    """Share of the true figures of the remaining estimates that lie in their ranges."""
    rows = found.indicator_values("penduduk")
    left = rows[rows["method"] == "disagregasi"]
    return float(truth.reindex(left.index).between(left["low"], left["high"]).mean())


@pytest.mark.parametrize("wrong", [1.0, 1.6, 2.5])
def test_the_ranges_that_remain_hold_nine_of_ten_true_figures_once_some_are_official(wrong: float) -> None:
    truth = made_truth(wrong)
    found = published_truth(truth)
    assert 0.87 <= held(found, truth) <= 0.94
    printed = usual.population_error(found)
    assert printed.times == pytest.approx(wrong, rel=0.12)
    assert printed.factor == pytest.approx(usual.population_error(data()).factor * printed.times)
    if wrong > 1.5:
        assert held(data(), truth) < 0.8


def test_ranges_narrow_only_as_far_as_all_that_was_measured_allows() -> None:
    truth = made_truth(0.5)
    found = published_truth(truth)
    assert 0.85 < usual.population_error(found).times < 1
    assert held(found, truth) > 0.95


def test_the_ranges_that_are_shown_are_those_of_the_printed_error() -> None:
    found = published_truth(made_truth(2.0))
    times = usual.population_error(found).times
    before, after = (d.indicator_values("penduduk") for d in (data(), found))
    left = list(after.index[after["method"] == "disagregasi"])
    old, new = before.loc[left], after.loc[left]
    big = old["value"] > 3000
    np.testing.assert_allclose(((new["high"] - new["low"]) / (old["high"] - old["low"]))[big], times, rtol=0.02)
    np.testing.assert_array_equal(new["value"], old["value"])
    assert (new["low"] >= 0).all()
    assert str(new["note"].iloc[0]).startswith(str(old["note"].iloc[0]))
    assert "230 official figures of offices" in Words("en").note(str(new["note"].iloc[0]))
    # What is divided by people, or divides them, has the ends that follow.
    density, rate = (found.indicator_values(name).reindex(left) for name in ("kepadatan", "sd_per_penduduk"))
    np.testing.assert_allclose(density["high"] / density["value"], new["high"] / new["value"])
    known = rate["value"].gt(0)
    assert known.any()
    np.testing.assert_allclose((rate["value"] / rate["low"])[known], (new["high"] / new["value"])[known])
    assert after["low"].drop(left).isna().all()


def test_few_official_figures_join_the_others_and_say_nothing_alone() -> None:
    needed = pd.Series(np.linspace(0, 1.1, 800))
    few, many = pd.Series(np.full(19, 5.0)), pd.Series(np.full(20, 5.0))
    assert ranges.width(needed, np.zeros(800, dtype=bool)) == 1.0
    widths = [ranges.width(pd.concat([needed, own]), np.arange(800 + len(own)) >= 800) for own in (few, many)]
    assert widths[0] == pytest.approx(np.quantile(pd.concat([needed, few]), 0.9))
    assert widths[1] == 5.0


def test_the_shipped_ranges_are_once_as_wide_as_what_was_measured() -> None:
    assert ranges.CLAIMED == CLAIMED
    assert np.quantile(data().yardstick["needed"], CLAIMED) == pytest.approx(1.0)
    found = usual.population_error(data())
    np.testing.assert_allclose(
        found.held_out["needed"].reindex(data().yardstick["kode"]), data().yardstick["needed"], rtol=1e-9
    )


def test_where_the_truth_is_known_the_rule_holds_nine_of_ten() -> None:
    """Each kabkota of the yardstick in turn stands for offices that publish, and each other for those that do not."""
    needed = data().yardstick.set_index("kode")["needed"]
    kabkota = needed.index.str[:5]
    covered, n = 0, 0
    for out in kabkota.unique():
        for left in kabkota.unique().drop(out):
            rest = needed[kabkota != left]
            times = ranges.width(rest, rest.index.str[:5] == out)
            covered, n = covered + int((needed[kabkota == left] <= times).sum()), n + int((kabkota == left).sum())
    assert 0.88 <= covered / n <= 0.93


def test_withdrawing_restores_the_ranges_to_the_byte_and_a_link_of_then_keeps_them() -> None:
    truth = made_truth(2.0)
    published = published_truth(truth).applied
    gone = [dataclasses.replace(v, withdrawn=NOON + timedelta(days=2)) for v in published]
    assert apply(data(), in_force(gone)) is data()
    assert apply(data(), in_force(gone, 0), 0).values.equals(data().values)
    then = apply(data(), in_force(published, 2), 2)
    again = apply(data(), in_force(gone, 2), 2)
    assert again.version == then.version
    pd.testing.assert_frame_equal(again.values, then.values, check_exact=True)
