"""Ranges of distances hold what they say where the truth is known, and more realisations would print the same."""

import numpy as np
import pandas as pd
import pytest

from analysis.fire.fire import default_choices, timing_of
from analysis.fire.posts import KIND, posts_of
from analysis.fire.realisations import realise
from analysis.fire.response import minutes
from analysis.scenario.changes import apply
from analysis.values.profile import profile_row
from analysis.values.summary import summarise_border
from data import access
from geo.distances import share_beyond, summarise
from geo.grid import Grid
from geo.regions import AREA_ONLY, DRAWS
from tests.shipped import data
from views.language.sentences import span
from views.language.words import Words

BORDER = ("32.75", "32.76")
HIDDEN = 0.3
"""As large a share as that of the schools of both cities that are known by kelurahan only."""
STANDARDS_KM = {"sd": 1.0, "smp": 1.0, "smp_negeri": 1.0, "sma_smk": 3.0, "sma_smk_negeri": 3.0, "puskesmas": 3.0}
MANY = 150
"""Ranges of which a rate is told: half of them for SMA/SMK, hardly one of which is a range at the standard itself."""
TIMES = 8
"""How often other points are hidden: with two of them the error of a share was as large as what is accepted."""


def placed(name: str) -> pd.DataFrame:
    """Facilities of a class with a point."""
    rows = data().facilities[data().facilities["used"]].reset_index()
    return rows[access.in_class(rows, name) & rows["kode_kabkota"].isin(BORDER)]


def hidden(rows: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The same with a part of the points forgotten: what is left of them is their kelurahan."""
    lost = np.random.default_rng(seed).random(len(rows)) < HIDDEN
    return rows.assign(
        used=~lost,
        left_out=np.where(lost, AREA_ONLY, ""),
        area_kode=rows["kode"].where(lost, ""),
        id=rows["id"] + f":{seed}",
    )


def medians(grid: Grid, metres: np.ndarray) -> pd.Series:
    found = summarise(metres, grid.codes, len(grid.units))["median"]
    return pd.Series(found.to_numpy(), grid.units)


@pytest.mark.parametrize("name", ["sd", "smp", "smp_negeri", "sma_smk", "puskesmas"])
def test_row_9_nine_of_ten_true_distances_lie_in_their_range(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "SIDES", BORDER)
    grid = data().grid.within(BORDER)
    rows = placed(name)
    truth, inside = medians(grid, access.nearest(name, grid, rows).own), []
    for seed in range(1, 1 + TIMES):
        ranges = access.nearest(name, grid, hidden(rows, seed)).ranges
        ranges = ranges[ranges["high"] - ranges["low"] >= access.PRINTED_M]
        true = truth.reindex(ranges.index)
        inside.append(true.between(ranges["low"] - 1, ranges["high"] + 1))
    found = pd.concat(inside)
    assert len(found) > 500
    assert 0.85 <= found.mean() <= 0.95, "target 90 %"


@pytest.mark.parametrize("name", sorted(STANDARDS_KM))
def test_row_9_nine_of_ten_true_shares_beyond_a_standard_lie_in_their_range(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of single kelurahan, at the standard and at half and twice of it, and at half of it alone.

    Ends are added up as if all were low or high at once, so sums hold more often.
    """
    monkeypatch.setattr(access, "SIDES", BORDER)
    known = data()
    grid, rows = known.grid.within(BORDER), placed(name)
    people = known.people["kelurahan"]["value"].reindex(grid.units).to_numpy(float)
    truth, sums = access.nearest(name, grid, rows).own, []
    inside: dict[float, list[np.ndarray]] = {0.5: [], 1: [], 2: []}
    for seed in range(1, 1 + TIMES):
        found = access.nearest(name, grid, hidden(rows, seed))
        for times in inside:
            limit = 1000 * STANDARDS_KM[name] * times
            low, true, high = (
                share_beyond(metres, grid.codes, limit, len(grid.units)) for metres in (found.near, truth, found.far)
            )
            told = high > low
            inside[times].append(((low - 1e-9 <= true) & (true <= high + 1e-9))[told])
            for side in BORDER:
                here = people * (grid.sides == side)
                if here @ low < here @ high:
                    sums.append(here @ low <= here @ true <= here @ high)
    assert len(sums) > TIMES
    assert np.mean(sums) >= 0.95
    half = np.concatenate(inside[0.5])
    held = np.concatenate([half, *inside[1], *inside[2]])
    for some in (half, held):
        assert len(some) > MANY
        assert 0.85 <= some.mean() <= 0.95, "target 90 %"


def test_row_9_people_beyond_are_a_range_where_places_are_known_by_area_only() -> None:
    known = data()
    corridor = known.catalogue.corridors["bekasi-depok"]
    gaps = {
        (g.indicator, g.kode_kabkota): g
        for g in summarise_border(known.border(corridor), known.measures, "bersentuhan").gaps
    }
    bekasi = gaps["jarak_smp_negeri", "32.75"]
    assert bekasi.low < bekasi.people < bekasi.high, "official people, but not every place is known"
    measure = known.measures["jarak_smp_negeri"]
    row = profile_row(measure, "32.75.10.1002", [])
    assert row.lacking is not None
    assert row.lacking_low is not None
    assert row.lacking_high is not None
    assert row.lacking_low < row.lacking < row.lacking_high


def test_row_16_the_error_of_the_realisations_is_less_than_what_is_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(access, "SIDES", BORDER)
    grid, rows = data().grid.within(BORDER), hidden(placed("smp_negeri"), 1)
    usual, many = (access.nearest("smp_negeri", grid, rows, draws).ranges for draws in (DRAWS, 4096))
    apart = (usual - many.reindex(usual.index)).to_numpy()
    error = np.sqrt((apart**2).mean(axis=0))
    assert error[0] < access.PRINTED_M
    ends_m = 1000 * 10.0 ** -data().catalogue.indicators["jarak_smp_negeri"].end_decimals
    assert error[1:].max() < ends_m / 2, "the ends of a range are printed to 100 m, outwards"
    few = access.nearest("smp_negeri", grid, rows, 16).ranges
    worse = (few - many.reindex(few.index)).to_numpy()
    assert (worse**2).mean() > (apart**2).mean()


def test_row_16_minutes_are_whole_and_their_ends_move_by_less_from_draw_to_draw() -> None:
    known = data()
    choices = default_choices(known.catalogue.assumptions)
    posts = posts_of(apply([], known.facilities[known.facilities["kind"] == KIND], known.grid), BORDER)

    def ends(draws: int) -> np.ndarray:
        drawn = realise(known.grid, posts, BORDER, draws)
        return minutes(drawn, timing_of(drawn, choices, pd.Series(dtype=float))).to_numpy()

    usual, many, few = ends(DRAWS), ends(2048), ends(16)
    assert np.sqrt(np.nanmean((usual - many) ** 2, axis=0)).max() < 0.5
    assert np.nanmean((few - many) ** 2) > np.nanmean((usual - many) ** 2)


def test_row_16_the_ends_of_a_range_of_distances_are_printed_outwards_to_100_m() -> None:
    known = data().catalogue.indicators
    assert span(Words("id"), known["jarak_puskesmas"], 0.9426, 1.8041) == "0,9–1,9"
    assert span(Words("id"), known["jarak_puskesmas"], 1.1, 1.1) == "1,1–1,1"
    assert span(Words("en"), known["penduduk"], 15_437.4, 16_988.0) == "15,437–16,988"
