"""Opening a border: known answers in toy worlds, what can never happen, and the true border of Serang."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.access.baseline import Baseline
from analysis.access.catchment import scaled_steps, within_reach
from analysis.access.open_border import Ways, ways
from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES
from analysis.access.shared_supply import supply_both
from analysis.scenario.changes import Change, apply
from data.tables import Dataset
from geo.grid import grid_of
from geo.owners import usable
from tests.analysis.borders_at_work import middle, opened

STEPS = scaled_steps(1000.0)
SIDES = ("10.01", "10.02", "20.01")
# A street from west to east, the line at 0: A lives west of it, B east. A's only facility stands far from the line.
STREET = np.array([[-3000.0, 0], [-200, 0], [200, 0], [3000, 0]])
HOME = np.array([0, 0, 1, 1])
PLACES = np.array([[-3000.0, 0], [400, 0]])
WHOSE = ["10.01", "10.02"]


def ways_of(homes: np.ndarray, side: np.ndarray, places: np.ndarray, owners: list[str]) -> Ways:
    """How far the homes are from places with a point, in the order of the homes, which stand by side."""
    samples = pd.DataFrame({"kode": [f"{SIDES[s]}.01.1001" for s in side], "x": homes[:, 0], "y": homes[:, 1]})
    grid = grid_of(samples, pd.Series(1.0, samples["kode"].unique()))
    facilities = pd.DataFrame(
        {"x": places[:, 0], "y": places[:, 1], "owner": owners, "used": True, "left_out": "", "area_kode": ""}
    )
    everything: dict[str, Any] = {field.name: None for field in fields(Baseline)}
    start = Baseline(**everything | {"grid": grid, "members": SIDES, "inside": np.arange(len(homes)), "places": {}})
    return ways(start, facilities.astype({"used": bool}))


def test_on_a_street_only_the_one_at_the_line_gains() -> None:
    found = ways_of(STREET, HOME, PLACES, WHOSE)
    assert found.closed.tolist() == [0, 2800, 200, 2600]
    assert np.minimum(found.closed, found.other).tolist() == [0, 600, 200, 2600]
    assert found.which.tolist() == [1, 1, 0, 0]


def test_what_the_province_owns_or_nobody_is_closed_to_nobody_on_the_street() -> None:
    for owner in ("10", ""):
        found = ways_of(STREET, HOME, PLACES, ["10.01", owner])
        assert found.closed.tolist() == [0, 600, 200, 2600]
    assert ways_of(STREET, HOME, PLACES, ["10.01", "20"]).closed.tolist() == [0, 2800, np.inf, np.inf]


def test_who_shares_with_newcomers_gets_less() -> None:
    reach = within_reach(STREET, PLACES, STEPS[-1][0])
    people = np.array([10.0, 10.0, 10.0, 10.0])
    closed, both, balance = supply_both(HOME, people, usable(WHOSE, SIDES), np.ones(2), reach, STEPS)
    # B's facility serves 10 + 0.22 * 10 people of its own; open, another 10 at 600 m.
    assert closed == pytest.approx([1 / 12.2, 0.22 / 12.2, 1 / 12.2, 0.22 / 12.2])
    assert both == pytest.approx([1 / 12.2, 0.22 / 12.2 + 1 / 22.2, 1 / 22.2, 0.22 / 22.2])
    assert balance.closed_given == pytest.approx(balance.closed_there) == pytest.approx(2)
    assert balance.open_given == pytest.approx(balance.open_there) == pytest.approx(2)


def test_a_side_without_any_facility_has_no_closed_distance() -> None:
    found = ways_of(STREET, HOME, PLACES[1:], WHOSE[1:])
    assert np.isinf(found.closed[:2]).all()
    assert (found.other < found.closed).tolist() == [True, True, False, False]
    assert ways_of(STREET, HOME, PLACES[:0], []).which.tolist() == [-1] * 4


metres = st.integers(-5000, 5000).map(float)


@given(st.data())
def test_opening_never_lengthens_a_way_and_gives_out_what_there_is(draw: st.DataObject) -> None:
    n, m = draw.draw(st.integers(1, 9)), draw.draw(st.integers(0, 6))
    homes = draw.draw(arrays(float, (n, 2), elements=metres))
    places = draw.draw(arrays(float, (m, 2), elements=metres))
    side = np.sort(draw.draw(arrays(np.int64, n, elements=st.integers(0, 2))))
    owners = draw.draw(st.lists(st.sampled_from([*SIDES, "10", "20", ""]), min_size=m, max_size=m))
    people = draw.draw(arrays(float, n, elements=st.integers(0, 500).map(float)))
    found = ways_of(homes, side, places, owners)
    own = usable(owners, SIDES)[:, side].T
    for i in range(n):
        far = np.hypot(*(places - homes[i]).T)
        assert found.closed[i] == pytest.approx(far[own[i]].min() if own[i].any() else np.inf)
        assert found.other[i] == pytest.approx(far[~own[i]].min() if (~own[i]).any() else np.inf)
        assert found.which[i] == -1 if own[i].all() else far[found.which[i]] == pytest.approx(found.other[i])
    reach = within_reach(homes, places, 3000.0)
    _, _, balance = supply_both(side, people, usable(owners, SIDES), np.ones(m), reach, STEPS)
    assert balance.closed_given == pytest.approx(balance.closed_there)
    assert balance.open_given == pytest.approx(balance.open_there)
    assert balance.closed_there <= balance.open_there


@pytest.mark.parametrize(
    ("corridor", "service", "partners"),
    [
        ("kabserang-kotaserang", "puskesmas", ()),
        ("kabserang-kotaserang", "smp_negeri", ("36.72", "36.01", "36.02", "36.03")),
        ("bekasi-depok", "sma_smk_negeri", ("31.75", "32.01", "32.16")),
        ("bekasi-jaktim", "rumah_sakit", ()),
        ("semua", "kantor_kelurahan", ()),
    ],
)
def test_what_holds_at_every_border(data: Dataset, corridor: str, service: str, partners: tuple[str, ...]) -> None:
    found = opened(data, corridor, service, partners=partners)
    table = found.table.dropna(subset="saved")
    assert len(table)
    for name in ("median", "p90"):
        assert (table[f"open_{name}"] <= table[f"closed_{name}"] + 1e-6).all()
    if service in ("puskesmas", "smp_negeri"):
        known = data.indicator_values(SERVICES[service].indicator)["value"].reindex(table.index)
        assert (table["closed_median"] / 1000 - known).abs().max() < 0.002, "closed is what every other page shows"
    assert (table["saved_low"] <= table["saved"] + 1e-6).all()
    assert (table["saved"] <= table["saved_high"] + 1e-6).all()
    assert (table["crossing"] <= table["people"] + 1e-6).all()
    balance = found.balance
    assert balance is not None
    assert balance.closed_given == pytest.approx(balance.closed_there, rel=1e-9)
    assert balance.open_given == pytest.approx(balance.open_there, rel=1e-9)
    for side in found.side:
        rows = table[table["kode_kabkota"] == side.kode_kabkota]
        assert rows["crossing_low"].sum() - 1e-6 <= side.crossing[1] <= side.crossing[0] <= side.crossing[2]
        assert side.crossing[2] <= rows["crossing_high"].sum() + 1e-6
    # Expected people of all facilities against the medians of the sides.
    crossing = np.sum([s.crossing for s in found.side], axis=0)
    assert crossing[1] - 1 <= found.receiving["people"].sum() <= crossing[2] + 1


def test_partners_bring_people_nearer_never_farther(data: Dataset, serang: OpenBorder) -> None:
    wider = opened(data, "kabserang-kotaserang", "puskesmas", partners=("36.72",))
    assert wider.members == ("36.04", "36.73", "36.72")
    # Where a region is near, distances are whole metres.
    assert (wider.table["open_median"] <= serang.table["open_median"] + 1).all()
    assert (wider.table["closed_median"] - serang.table["closed_median"]).abs().max() <= 1


def test_neighbours_of_unknown_population_serve_distances_but_not_supply(data: Dataset) -> None:
    values = data.values
    unknown = values["indicator"].eq("penduduk") & values["kode"].str.startswith("32.16")
    near = opened(replace(data, values=values[~unknown]), "bekasi-depok", "smp_negeri", partners=("32.16",))
    assert near.without_people == ("32.16",)
    alone = opened(data, "bekasi-depok", "smp_negeri")
    assert near.table["supply_open"].equals(alone.table["supply_open"])
    assert (near.table["open_median"] < alone.table["open_median"] - 1).any()


def test_a_facility_at_the_door_helps_and_a_closed_one_does_not(data: Dataset, serang: OpenBorder) -> None:
    lon, lat = middle(data, "36.73.03.1009")
    new = opened(data, "kabserang-kotaserang", "puskesmas", Change("tambah", "puskesmas", "36.73", "", lon, lat))
    before, after = (float(t.table["closed_median"]["36.73.03.1009"]) for t in (serang, new))
    assert after < 1500 < before
    assert (new.table["closed_median"] <= serang.table["closed_median"] + 1e-6).all()
    assert new.facilities.at["baru:1", "state"] == "baru"
    gone = opened(data, "kabserang-kotaserang", "puskesmas", Change("tutup", id=str(serang.receiving.index[0])))
    assert gone.table["open_median"].sum() > serang.table["open_median"].sum()
    assert gone.balance is not None
    assert gone.balance.open_there == 46


def serang_puskesmas(data: Dataset) -> pd.DataFrame:
    """Puskesmas of Kota Serang with a point."""
    rows = data.facilities
    return rows[(rows["kind"] == "puskesmas") & rows["used"] & (rows["operator"] == "36.73")]


def test_a_scenario_adds_up_like_a_world_built_anew(data: Dataset) -> None:
    lon, lat = middle(data, "36.73.03.1009")
    gone, moved = (str(i) for i in serang_puskesmas(data).index[:2])
    changes = (
        Change("tambah", "puskesmas", "36.73", "", lon, lat),
        Change("tutup", id=gone),
        Change("pindah", id=moved, lon=lon, lat=lat),
    )
    quick = opened(data, "kabserang-kotaserang", "puskesmas", *changes)
    anew = replace(data, facilities=apply(changes, data.facilities, data.grid).drop(columns="state"))
    slow = opened(anew, "kabserang-kotaserang", "puskesmas")
    for name in ("supply_closed", "supply_open", "closed_median", "open_median", "crossing"):
        assert quick.table[name].to_numpy() == pytest.approx(slow.table[name].to_numpy(), abs=1e-9, nan_ok=True)
    assert quick.balance is not None
    assert slow.balance is not None
    assert quick.balance.open_there == slow.balance.open_there


def test_changes_elsewhere_or_of_another_service_do_nothing_here(data: Dataset, serang: OpenBorder) -> None:
    other = (
        Change("tambah", "sd", "36.73", "", 106.15, -6.12),
        Change("tambah", "puskesmas", "32.75", "", 107.0, -6.25),
    )
    found = opened(data, "kabserang-kotaserang", "puskesmas", *other)
    assert found.table.equals(serang.table)
