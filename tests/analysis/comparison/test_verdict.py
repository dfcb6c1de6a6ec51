"""Verdicts: every case has its code, no case says more than its figures carry."""

from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.border_pairs import BorderPairs, border_pairs
from analysis.comparison.contrast import Contrast, Difference, Part, WithinKecamatan, contrast
from analysis.comparison.verdict import LineCode, OverallCode, SideCode, Strength, verdict
from analysis.values.quality import Comparability

LOWER, HIGHER = "lebih_rendah_baik", "lebih_tinggi_baik"


def side(
    value: float | None = 1.0,
    p: float | None = 0.5,
    interval: tuple[float, float] | None = None,
    within: float | None = None,
    name: str = "36.73",
) -> Contrast:
    low, high = interval or (None, None)
    gap = None if value is None else Difference(value, low, high, p, 900)
    inside = None if within is None else WithinKecamatan(Difference(within, None, None, None, 0), 9, ("k",), ())
    return Contrast(
        indicator="jarak_puskesmas",
        side=name,
        border_set="bersentuhan",
        border=Part(9, 9, 2.0, 2.0),
        interior=Part(20, 20, 1.0, 1.0),
        difference=gap,
        median_difference=None,
        ratio=None,
        within=inside,
        weighted=True,
        replicates=999,
        seed=0,
        level=0.95,
        caveats=("unit_terpisah",),
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
        pairs=(),
        known=20,
        unknown=0,
        units=(12, 12),
        difference=value,
        bundle_difference=value if bundle is None else bundle,
        low=low,
        high=high,
        p=p,
        bundles=10,
        exact=True,
        seed=0,
        level=0.95,
        comparison=None if block is None else Comparability(block, (), 0),  # type: ignore[arg-type]
        caveats=(),
    )


@pytest.mark.parametrize(
    ("found", "code", "strength"),
    [
        (side(1.5, 0.001, (0.5, 2.5), within=1.2), "tertinggal", "kuat"),
        (side(1.5, 0.001, (0.5, 2.5), within=-0.2), "tertinggal", "sedang"),
        (side(1.5, 0.03, (0.5, 2.5)), "tertinggal", "sedang"),
        (side(1.5, 0.001, (-0.5, 3.5)), "tertinggal", "lemah"),
        (side(1.5, 0.001), "tertinggal", "lemah"),
        (side(-1.5, 0.001, (-2.5, -0.5)), "lebih_baik", "kuat"),
        (side(1.5, 0.07, (-0.5, 3.5)), "tidak_tampak", "petunjuk"),
        (side(1.5, 0.30, (0.5, 2.5)), "tidak_tampak", "petunjuk"),
        (side(1.5, 0.30, (-0.5, 3.5)), "tidak_tampak", None),
        (side(0.0, 1.0), "tidak_tampak", None),
        (side(1.5, None), "tidak_dapat_diuji", None),
        (side(None), "tidak_diketahui", None),
    ],
)
def test_every_case_of_one_side(found: Contrast, code: SideCode, strength: Strength | None) -> None:
    told = verdict(LOWER, [found]).sides[0]
    assert (told.code, told.strength) == (code, strength)
    assert told.contrast is found
    assert ("arah_dalam_kecamatan_berbeda" in told.caveats) == (
        found.within is not None and found.within.difference is not None and found.within.difference.value < 0
    )


def test_more_is_better_turns_the_verdict() -> None:
    fewer = side(-2.0, 0.001, (-3.0, -1.0))
    assert verdict(LOWER, [fewer]).sides[0].code == "lebih_baik"
    turned = verdict(HIGHER, [fewer]).sides[0]
    assert (turned.code, turned.strength, turned.gap) == ("tertinggal", "kuat", 2.0)
    assert verdict("netral", [fewer]).sides[0].code == "tanpa_arah"
    assert verdict("netral", [fewer]).overall == "tanpa_arah"


@pytest.mark.parametrize(
    ("line", "code", "behind"),
    [
        (across(1.0, 0.001, (0.5, 1.5)), "satu_sisi_tertinggal", "36.73"),
        (across(-1.0, 0.001, (-1.5, -0.5)), "satu_sisi_tertinggal", "36.04"),
        (across(1.0, 0.08, (-0.1, 1.5)), "tidak_tampak", "36.73"),
        (across(1.0, 0.5, (-1.0, 1.5)), "tidak_tampak", None),
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
    assert (told.strength == "petunjuk") == (code == "tidak_tampak" and behind is not None)


def test_pairs_and_bundles_that_disagree_are_never_strong() -> None:
    told = verdict(LOWER, [], across(-0.1, 0.001, (0.5, 1.5), bundle=1.0)).line
    assert told is not None
    assert told.strength == "sedang"


BEHIND, BETTER, LEVEL = side(1.0, 0.001), side(-1.0, 0.001), side(1.0, 0.5)
UNTESTED, UNKNOWN = side(1.0, None), side(None)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (BEHIND, BEHIND, "semua_sisi_tertinggal"),
        (BEHIND, LEVEL, "satu_sisi_tertinggal"),
        (BEHIND, UNKNOWN, "satu_sisi_tertinggal"),
        (LEVEL, BETTER, "tidak_ada_yang_tertinggal"),
        (LEVEL, UNTESTED, "sebagian_dapat_diuji"),
        (BETTER, UNKNOWN, "sebagian_dapat_diuji"),
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
    told = verdict(LOWER, contrasts, line, corridor="1-2")
    assert (told.overall, told.behind) == ("satu_sisi_tertinggal", ("2",))
    assert told.sides[0].code == "tidak_tampak"
    assert told.sides[1].strength == "kuat"
    assert told.line is not None
    assert (told.line.code, told.line.behind, told.line.strength) == ("satu_sisi_tertinggal", "2", "kuat")
    assert (told.indicator, told.corridor, told.border_set) == ("jarak", "1-2", "b")


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
