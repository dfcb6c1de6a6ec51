"""Opening a border: known answers in toy worlds, what can never happen, and the true border of Serang."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.access.catchment import scaled_steps, within_reach
from analysis.access.incomplete_lists import savings
from analysis.access.open_border import nearest_both
from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES
from analysis.access.shared_supply import supply_both
from analysis.scenario.changes import Change, apply
from data.tables import Dataset
from tests.analysis.borders_at_work import middle, opened

STEPS = scaled_steps(1000.0)
# A street from west to east, the line at 0: A lives west of it, B east. A's only facility stands far from the line.
STREET = np.array([[-3000.0, 0], [-200, 0], [200, 0], [3000, 0]])
HOME = np.array([0, 0, 1, 1])
PLACES = np.array([[-3000.0, 0], [400, 0]])
WHOSE = np.array([0, 1])


def test_on_a_street_only_the_one_at_the_line_gains() -> None:
    closed, both, which = nearest_both(STREET, HOME, PLACES, WHOSE)
    assert closed.tolist() == [0, 2800, 200, 2600]
    assert both.tolist() == [0, 600, 200, 2600]
    assert which.tolist() == [0, 1, 1, 1]


def test_who_shares_with_newcomers_gets_less() -> None:
    reach = within_reach(STREET, PLACES, STEPS[-1][0])
    people = np.array([10.0, 10.0, 10.0, 10.0])
    closed, both, balance = supply_both(HOME, people, WHOSE, reach, STEPS)
    # B's facility serves 10 + 0.22 * 10 people of its own; open, another 10 at 600 m.
    assert closed == pytest.approx([1 / 12.2, 0.22 / 12.2, 1 / 12.2, 0.22 / 12.2])
    assert both == pytest.approx([1 / 12.2, 0.22 / 12.2 + 1 / 22.2, 1 / 22.2, 0.22 / 22.2])
    assert balance.closed_given == pytest.approx(balance.closed_there) == pytest.approx(2)
    assert balance.open_given == pytest.approx(balance.open_there) == pytest.approx(2)


def test_a_side_without_any_facility_has_no_closed_distance() -> None:
    closed, both, _ = nearest_both(STREET, HOME, PLACES[1:], WHOSE[1:])
    assert np.isinf(closed[:2]).all()
    found = savings(closed, both, np.full(4, np.inf), np.full(4, np.inf))
    assert np.isnan(found.saved[:2]).all()
    assert found.switch.tolist() == [True, True, False, False]
    assert nearest_both(STREET, HOME, PLACES[:0], WHOSE[:0])[2].tolist() == [-1] * 4


metres = st.integers(-5000, 5000).map(float)


@given(st.data())
def test_opening_never_lengthens_a_way_and_gives_out_what_there_is(draw: st.DataObject) -> None:
    n, m = draw.draw(st.integers(1, 9)), draw.draw(st.integers(0, 6))
    homes = draw.draw(arrays(float, (n, 2), elements=metres))
    places = draw.draw(arrays(float, (m, 2), elements=metres))
    side = draw.draw(arrays(np.int64, n, elements=st.integers(0, 2)))
    whose = draw.draw(arrays(np.int64, m, elements=st.integers(0, 2)))
    people = draw.draw(arrays(float, n, elements=st.integers(0, 500).map(float)))
    closed, both, which = nearest_both(homes, side, places, whose)
    assert (both <= closed).all()
    for i in range(n):
        far = np.hypot(*(places - homes[i]).T)
        assert both[i] == pytest.approx(far.min() if m else np.inf)
        assert closed[i] == pytest.approx(far[whose == side[i]].min() if (whose == side[i]).any() else np.inf)
        assert which[i] == -1 if not m else far[which[i]] == pytest.approx(far.min())
    _, _, balance = supply_both(side, people, whose, within_reach(homes, places, 3000.0), STEPS)
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
    if service != "kantor_kelurahan":
        known = data.indicator_values(SERVICES[service].indicator)["value"].reindex(table.index)
        assert (table["closed_median"] / 1000 - known).abs().max() < 0.002, "closed is what every other page shows"
    assert (table["saved_least"] <= table["saved"] + 1e-6).all()
    assert (table["saved"] <= table["saved_most"] + 1e-6).all()
    assert (table["crossing"] <= table["people"] + 1e-6).all()
    balance = found.balance
    assert balance is not None
    assert balance.closed_given == pytest.approx(balance.closed_there, rel=1e-9)
    assert balance.open_given == pytest.approx(balance.open_there, rel=1e-9)
    for side in found.side:
        rows = table[table["kode_kabkota"] == side.kode_kabkota]
        assert rows["crossing"].sum() == pytest.approx(side.crossing[0])
        assert side.crossing[1] <= side.crossing[0] <= side.crossing[2]
    assert found.receiving["people"].sum() == pytest.approx(sum(s.crossing[0] for s in found.side))


def test_partners_bring_people_nearer_never_farther(data: Dataset, serang: OpenBorder) -> None:
    wider = opened(data, "kabserang-kotaserang", "puskesmas", partners=("36.72",))
    assert wider.members == ("36.04", "36.73", "36.72")
    assert (wider.table["open_median"] <= serang.table["open_median"] + 1e-6).all()
    assert (wider.table["closed_median"] == serang.table["closed_median"]).all()


def test_neighbours_of_unknown_population_serve_distances_but_not_supply(data: Dataset) -> None:
    near = opened(data, "bekasi-depok", "smp_negeri", partners=("32.16",))
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
    assert gone.balance.open_there == 40


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
