"""Verdicts: every case has its code, no case says more than its figures carry."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.border_pairs import BorderPair, BorderPairs, border_pairs
from analysis.comparison.contrast import REPLICATES, Chance, Contrast, Difference, Part, contrast
from analysis.comparison.verdict import LineCode, OverallCode, SideCode, Strength, family, verdict
from analysis.values.quality import Comparability
from tests import shipped

LOWER, HIGHER = "lebih_rendah_baik", "lebih_tinggi_baik"


def side(
    value: float | None = 1.0,
    p: float | None = 0.5,
    interval: tuple[float, float] | None = None,
    within: float | None = None,
    name: str = "36.73",
    density: float | None = None,
    spread: float = 9.0,
) -> Contrast:
    low, high = interval or (None, None)
    gap = None if value is None else Difference(value, low, high, p)
    return Contrast(
        indicator="jarak_puskesmas",
        side=name,
        border_set="bersentuhan",
        border=Part(9, 9, 2.0, 2.0),
        interior=Part(20, 20, 1.0, 1.0),
        left_out=0,
        difference=gap,
        adjusted=None if density is None or gap is None else replace(gap, p=density),
        median_difference=None,
        ratio=None,
        within=within,
        replicates=999,
        caveats=("unit_terpisah",),
        chance=None if gap is None or p is None else Chance(np.linspace(-1, 1, 999), spread, 0.1),
    )


def across(
    value: float | None = 1.0,
    p: float | None = 0.5,
    interval: tuple[float, float] | None = None,
    bundle: float | None = None,
    block: str | None = None,
) -> BorderPairs:
    low, high = interval or (None, None)
    return BorderPairs(
        indicator="jarak_puskesmas",
        sides=("36.04", "36.73"),
        pairs=tuple(BorderPair((f"a{i}", f"b{i}"), (0, 0.1 * i), 0.1 * i, 1, 99, i) for i in range(10)),
        known=20,
        unknown=0,
        units=(12, 12),
        difference=value,
        bundle_difference=value if bundle is None else bundle,
        low=low,
        high=high,
        p=p,
        p_range=None if p is None else (p / 2, p),
        bundles=10,
        bundlings=20,
        spread=1.0,
        seed=0,
        comparison=None if block is None else Comparability(block, (), 0),  # type: ignore[arg-type]
        caveats=(),
    )


@pytest.mark.parametrize(
    ("found", "code", "strength"),
    [
        (side(1.5, 0.001, (0.5, 2.5), within=1.2, density=0.01), "tertinggal", "kuat"),
        (side(1.5, 0.001, (0.5, 2.5), density=0.4), "tertinggal", "sedang"),
        (side(1.5, 0.001, (0.5, 2.5), within=-0.2, density=0.01), "tertinggal", "sedang"),
        (side(1.5, 0.03, (0.5, 2.5)), "tertinggal", "sedang"),
        (side(1.5, 0.001, (-0.5, 3.5)), "tertinggal", "lemah"),
        (side(1.5, 0.001), "tertinggal", "lemah"),
        (side(-1.5, 0.001, (-2.5, -0.5), density=0.001), "lebih_baik", "kuat"),
        (side(1.5, 0.07, (-0.5, 3.5)), "tidak_tampak", None),
        (side(1.5, 0.30, (0.5, 2.5)), "tidak_tampak", None),
        (side(1.5, 0.30, spread=0.1), "tidak_dapat_terlihat", None),
        (side(0.0, 1.0), "tidak_tampak", None),
        (side(1.5, None), "tidak_dapat_diuji", None),
        (side(None), "tidak_diketahui", None),
    ],
)
def test_every_case_of_one_side(found: Contrast, code: SideCode, strength: Strength | None) -> None:
    told = verdict(LOWER, [found]).sides[0]
    assert (told.code, told.strength) == (code, strength)
    assert told.contrast is found
    assert ("arah_dalam_kecamatan_berbeda" in told.caveats) == (found.within is not None and found.within < 0)


def test_more_is_better_turns_the_verdict() -> None:
    fewer = side(-2.0, 0.001, (-3.0, -1.0), density=0.001)
    assert verdict(LOWER, [fewer]).sides[0].code == "lebih_baik"
    turned = verdict(HIGHER, [fewer]).sides[0]
    assert (turned.code, turned.strength) == ("tertinggal", "kuat")
    assert verdict("netral", [fewer]).sides[0].code == "tanpa_arah"
    assert verdict("netral", [fewer]).overall == "tanpa_arah"


@pytest.mark.parametrize(
    ("line", "code", "behind"),
    [
        (across(1.0, 0.001, (0.5, 1.5)), "satu_sisi_tertinggal", "36.73"),
        (across(-1.0, 0.001, (-1.5, -0.5)), "satu_sisi_tertinggal", "36.04"),
        (across(1.0, 0.08, (-0.1, 1.5)), "tidak_tampak", None),
        (replace(across(1.0, 0.5, (-1.0, 1.5)), spread=0.01), "tidak_dapat_terlihat", None),
        (across(0.0, 1.0, (-1.0, 1.0)), "tidak_tampak", None),
        (across(1.0, None), "tidak_dapat_diuji", None),
        (across(None, None), "tidak_diketahui", None),
        (across(None, None, block="definisi"), "tidak_dapat_dibandingkan", None),
        (across(None, None, block="satu_sisi"), "tidak_diketahui", None),
    ],
)
def test_every_case_of_the_line(line: BorderPairs, code: LineCode, behind: str | None) -> None:
    told = verdict(LOWER, [], line).line
    assert told is not None
    assert (told.code, told.behind) == (code, behind)
    assert (told.strength is not None) == (behind is not None)


def test_pairs_and_bundles_that_disagree_are_never_strong() -> None:
    told = verdict(LOWER, [], across(-0.1, 0.001, (0.5, 1.5), bundle=1.0)).line
    assert told is not None
    assert told.strength == "sedang"


def test_row_10_a_verdict_needs_q_not_p() -> None:
    """One small p among many tests is what chance brings, and is no more than a hint."""
    alone = verdict(LOWER, [side(1.5, 0.02, (0.5, 2.5))]).sides[0]
    assert (alone.code, alone.q) == ("tertinggal", 0.02)
    many = family([0.02, *np.linspace(0.1, 1, 39)])
    told = verdict(LOWER, [side(1.5, 0.02, (0.5, 2.5))], judged=many)
    assert (told.sides[0].code, told.sides[0].strength) == ("tidak_tampak", "petunjuk")
    assert told.sides[0].q == 1.0
    assert (told.overall, told.behind, told.tests) == ("tidak_ada_yang_tertinggal", (), 40)
    line = verdict(LOWER, [], across(1.0, 0.02, (0.5, 1.5)), judged=many).line
    assert line is not None
    assert (line.code, line.strength, line.behind) == ("tidak_tampak", "petunjuk", "36.73")


@given(st.lists(st.floats(0.0002, 1), min_size=1, max_size=60))
def test_q_is_that_of_benjamini_and_yekutieli_and_the_limit_is_where_one_more_test_would_count(ps: list[float]) -> None:
    found = family(ps)
    ordered, number = np.sort(ps), np.arange(1, len(ps) + 1)
    strictness = (1 / number).sum()
    by_hand = np.minimum.accumulate((ordered * len(ps) * strictness / number)[::-1])[::-1].clip(max=1)
    assert [found.q[p] for p in ordered] == pytest.approx(by_hand.tolist())
    unseen = [p for p in ordered.tolist() if found.q[p] > 0.05]
    if unseen:
        others = ordered.tolist()
        others.remove(unseen[0])
        assert family([*others, found.limit]).q[found.limit] <= 0.05 + 1e-12
        assert family([*others, min(found.limit * 1.01, 1)]).q[min(found.limit * 1.01, 1)] > 0.05 or unseen[0] > 0.05


def test_row_10_what_could_not_be_seen_is_not_called_absent() -> None:
    told = verdict(LOWER, [side(0.2, 0.6, spread=0.1)]).sides[0]
    assert told.code == "tidak_dapat_terlihat"
    assert told.power is not None
    assert told.power < 0.8
    wide = verdict(LOWER, [side(0.2, 0.6, spread=9.0)]).sides[0]
    assert wide.code == "tidak_tampak"
    assert wide.power is not None
    assert wide.power >= 0.8


def test_row_10_only_what_is_seen_is_tested_again_at_equal_density() -> None:
    seen, unseen = side(1.5, 0.001, density=0.03, name="a"), side(1.5, 0.6, density=0.001, name="b")
    told = verdict(LOWER, [seen, unseen])
    assert (told.sides[0].at_density, told.sides[0].density_q) == ("tertinggal", 0.03)
    assert (told.sides[1].at_density, told.sides[1].density_q) == (None, None)
    gone = verdict(LOWER, [side(1.5, 0.001, (0.5, 2.5), density=0.4)]).sides[0]
    assert (gone.code, gone.at_density) == ("tertinggal", "tidak_tampak")


BEHIND, BETTER, LEVEL = side(1.0, 0.001), side(-1.0, 0.001), side(1.0, 0.5)
UNSEEN, UNTESTED, UNKNOWN = side(1.0, 0.5, spread=0.1), side(1.0, None), side(None)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (BEHIND, BEHIND, "semua_sisi_tertinggal"),
        (BEHIND, LEVEL, "satu_sisi_tertinggal"),
        (BEHIND, UNKNOWN, "satu_sisi_tertinggal"),
        (LEVEL, BETTER, "tidak_ada_yang_tertinggal"),
        (LEVEL, UNTESTED, "sebagian_dapat_diuji"),
        (BETTER, UNKNOWN, "sebagian_dapat_diuji"),
        (LEVEL, UNSEEN, "sebagian_dapat_diuji"),
        (UNSEEN, UNTESTED, "tidak_dapat_terlihat"),
        (UNTESTED, UNKNOWN, "tidak_dapat_diuji"),
        (UNKNOWN, UNKNOWN, "tidak_diketahui"),
    ],
)
def test_the_two_sides_together_whichever_is_named_first(one: Contrast, other: Contrast, code: OverallCode) -> None:
    first = Contrast(**{**vars(one), "side": "36.04"})
    second = Contrast(**{**vars(other), "side": "36.73"})
    there, back = verdict(LOWER, [first, second]), verdict(LOWER, [second, first])
    assert there.overall == back.overall == code
    assert set(there.behind) == set(back.behind)
    assert there.sides == back.sides[::-1]


finite = st.floats(-10, 10)


@given(
    st.one_of(st.none(), finite),
    st.one_of(st.none(), st.floats(0.001, 1)),
    st.one_of(st.none(), st.tuples(finite, st.floats(0, 5))),
    st.sampled_from([LOWER, HIGHER, "netral"]),
)
def test_every_result_has_a_code_of_the_closed_set(
    value: float | None, p: float | None, middle: tuple[float, float] | None, direction: str
) -> None:
    interval = None if middle is None else (middle[0] - middle[1], middle[0] + middle[1])
    told = verdict(direction, [side(value, p, interval)], across(value, p, interval))
    assert told.line is not None
    assert told.sides[0].code in get_args(SideCode)
    assert told.line.code in get_args(LineCode)
    assert told.overall in get_args(OverallCode)
    for strength in (told.sides[0].strength, told.line.strength):
        assert strength is None or strength in get_args(Strength)
    if told.sides[0].code in ("tertinggal", "lebih_baik"):
        assert p is not None
        assert p <= 0.05
        assert told.sides[0].strength in ("kuat", "sedang", "lemah")


def test_a_planted_world_from_figures_to_verdict() -> None:
    size = 10
    rows, columns = (axis.ravel() for axis in np.mgrid[:size, : 2 * size])
    kodes = pd.Index([f"{1 + c // size}.{r}.{c:02}" for r, c in zip(rows, columns, strict=True)])
    name = kodes.to_numpy().reshape(size, 2 * size)
    links = [*zip(name[:, :-1].ravel(), name[:, 1:].ravel(), strict=True)]
    links += zip(name[:-1].ravel(), name[1:].ravel(), strict=True)
    pairs = pd.DataFrame(links, columns=["kode_a", "kode_b"]).assign(shared_m=100.0)
    pairs = pairs.assign(kode_kabkota_a=pairs["kode_a"].str[0], kode_kabkota_b=pairs["kode_b"].str[0])
    values = pd.Series(np.random.default_rng(1).normal(2, 0.3, len(kodes)), kodes)
    at_line = pd.Series((columns == size - 1) | (columns == size), kodes)
    # Only the second side is worse off at the line.
    values[columns == size] += 1.5
    kecamatan = pd.Series([f"{k[0]}.{int(k[2]) // 2}" for k in kodes], kodes)
    contrasts = []
    for code in ("1", "2"):
        own = kodes[kodes.str[0] == code]
        contrasts.append(
            contrast(
                values[own], at_line[own], pairs, kecamatan=kecamatan[own], indicator="jarak", side=code, border_set="b"
            )
        )
    line = border_pairs(values, pairs, ("1", "2"), indicator="jarak")
    told = verdict(LOWER, contrasts, line)
    assert (told.overall, told.behind) == ("satu_sisi_tertinggal", ("2",))
    assert told.sides[0].code in ("tidak_tampak", "tidak_dapat_terlihat")
    assert told.sides[1].strength in ("kuat", "sedang")
    assert told.line is not None
    assert (told.line.code, told.line.behind, told.line.strength) == ("satu_sisi_tertinggal", "2", "kuat")


def test_results_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown direction"):
        verdict("x", [side()])
    with pytest.raises(ValueError, match="side stands twice"):
        verdict(LOWER, [side(), side()])
    other = Contrast(**{**vars(side()), "side": "36.04", "indicator": "jarak_sd"})
    with pytest.raises(ValueError, match="one indicator"):
        verdict(LOWER, [side(), other])
    wider = Contrast(**{**vars(side()), "side": "36.04", "border_set": "1km"})
    with pytest.raises(ValueError, match="one border set"):
        verdict(LOWER, [side(), wider])


def test_row_13_counts_of_different_things_are_not_compared_across_a_line() -> None:
    """TransJakarta lists every stop of its small buses, Bekasi a few hundred: a difference would compare lists."""
    found = shipped.compared("bekasi-jaktim")["jarak_transit", "bersentuhan"]
    assert found.comparability.block == "definisi"
    assert found.line is not None
    assert found.line.difference is None
    assert found.verdict.line is not None
    assert found.verdict.line.code == "tidak_dapat_dibandingkan"


def test_row_10_every_verdict_of_the_shipped_data_has_a_q_and_its_interior_lies_on_no_line() -> None:
    data = shipped.data()
    for corridor in ("bekasi-depok", "kabserang-kotaserang"):
        compared = shipped.compared(corridor)
        pairs = data.pairs[data.pairs["kode_kabkota_a"] != data.pairs["kode_kabkota_b"]]
        outward = {*pairs["kode_a"], *pairs["kode_b"]}
        for (_, border_set), found in compared.items():
            for side in found.verdict.sides:
                assert side.code not in ("tertinggal", "lebih_baik") or (side.q is not None and side.q <= 0.05)
                if found.level == "kelurahan" and border_set == "bersentuhan":
                    own = [k for k in data.kelurahan.index if k.startswith(side.side)]
                    assert side.contrast.interior.units == len(set(own) - outward)
                    assert side.contrast.border.units + side.contrast.left_out == len(set(own) & outward)
    bekasi = shipped.compared("bekasi-depok")["jarak_sd", "bersentuhan"].contrasts[0]
    assert (bekasi.border.units, bekasi.interior.units, bekasi.left_out) == (2, 18, 36)


def test_row_10_the_ring_of_kota_serang_is_told_from_its_border() -> None:
    """Most of what its border lacks goes with its density: nothing of it stays beyond doubt at equal density."""
    found = shipped.compared("kabserang-kotaserang")["jarak_sd", "bersentuhan"].verdict.sides[1]
    assert (found.side, found.code) == ("36.73", "tertinggal")
    assert found.at_density == "tidak_tampak"
    assert found.density_q is not None
    assert found.density_q > 0.05


def test_row_10_four_border_kelurahan_cannot_show_a_deficit() -> None:
    depok = shipped.compared("bekasi-depok")["jarak_sd", "bersentuhan"].verdict.sides[1]
    assert depok.contrast.border.units == 4
    assert depok.code == "tidak_dapat_terlihat"
    assert depok.power is not None
    assert 0 < depok.power < 0.8


def test_row_10_one_finding_alone_can_pass_in_the_corridor_with_most_tests() -> None:
    """Else its power would be printed as 0 whatever the border looks like: the smallest p must be within the limit."""
    tests = shipped.compared("bekasi-depok")["jarak_sd", "bersentuhan"].verdict.tests
    assert tests > 90
    assert family([1.0] * tests).limit >= 1 / (REPLICATES + 1)
    assert family([1.0] * tests).limit < 1 / 4000
