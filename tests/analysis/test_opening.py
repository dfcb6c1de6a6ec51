"""Opening a border: known answers in toy worlds, what can never happen, and the true border of Serang."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial import cKDTree

from analysis.catchment import scaled_steps, within_reach
from analysis.opening import (
    SERVICES,
    SLACK_M,
    Opening,
    crossers,
    equivalents,
    gainers,
    losers,
    minutes,
    nearest_both,
    on_land,
    open_border,
    partners_of,
    prepare,
    saving_classes,
    savings,
    supply_both,
    supply_classes,
)
from analysis.scenario import Change, ScenarioError, apply
from data import tables
from data.tables import Dataset

STEPS = scaled_steps(1000.0)
# A street from west to east, the line at 0: A lives west of it, B east. A's only facility stands far from the line.
STREET = np.array([[-3000.0, 0], [-200, 0], [200, 0], [3000, 0]])
HOME = np.array([0, 0, 1, 1])
PLACES = np.array([[-3000.0, 0], [400, 0]])
WHOSE = np.array([0, 1])


@pytest.fixture(scope="module")
def data() -> Dataset:
    return tables.load()


def opened(data: Dataset, corridor: str, service: str, *changes: Change, partners: tuple[str, ...] = ()) -> Opening:
    standards = data.catalogue.standards_of(SERVICES[service].indicator)
    return open_border(
        data,
        data.catalogue.corridors[corridor],
        SERVICES[service],
        partners=partners,
        standard=standards[0] if standards else None,
        changes=changes,
    )


@pytest.fixture(scope="module")
def serang(data: Dataset) -> Opening:
    return opened(data, "kabserang-kotaserang", "puskesmas")


def middle(data: Dataset, kode: str) -> tuple[float, float]:
    """Longitude and latitude in the middle of a kelurahan."""
    row = data.kelurahan.loc[[kode]].iloc[0]
    return float(row["label_lon"]), float(row["label_lat"])


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


way = st.floats(0, 9000)


@given(way, way, way, way, way, way)
def test_no_unlisted_facility_leads_out_of_the_range(
    closed: float, across: float, own: float, own_more: float, other: float, other_more: float
) -> None:
    """Whatever stands beyond the least distances, the true saving lies between least and most."""
    listed = min(closed, across)
    found = savings(*(np.array([v]) for v in (closed, listed, own, other)))
    assert 0 <= found.least[0] <= found.saved[0] <= found.most[0] <= closed
    own_true = own + own_more
    alone = min(closed, own_true) - min(listed, own_true)
    assert found.least[0] - 1e-9 <= alone <= found.saved[0] + 1e-9
    both = closed - min(listed, other + other_more)
    assert found.saved[0] - 1e-9 <= both <= found.most[0] + 1e-9
    assert found.switch_least[0] <= found.switch[0] <= found.switch_most[0]


def test_minutes_and_equivalents(data: Dataset) -> None:
    assert minutes(1000.0, 1.3, 4.5) == pytest.approx(17.333, abs=1e-3)
    assert equivalents(60_000, data.catalogue.standards["sni-rasio-puskesmas"]) == pytest.approx(0.5)


def test_kota_serang_has_kelurahan_whose_puskesmas_lies_across_the_line(data: Dataset, serang: Opening) -> None:
    found = crossers(serang, "36.73")
    names = set(data.kelurahan.loc[found.index, "nama"])
    assert {"Cibendung", "Kapuren", "Kiara", "Kalodran", "Kemanisan", "Sayar", "Taman Baru"} <= names
    plain = data.plain[(data.plain["facility"] == "puskesmas") & data.plain["kode"].isin(found.index)]
    nearer = plain[plain["any_m"] < plain["own_m"]]
    assert len(nearer) >= len(found) - 2, "the plain column from one point of each kelurahan agrees for most"
    saved = found.loc["36.73.06.1013"]
    assert saved["saved_least"] <= saved["saved"] == pytest.approx(4745, abs=30)
    assert found["closed_bound"].any()


def test_the_six_puskesmas_without_a_point_make_it_a_range(serang: Opening) -> None:
    assert set(serang.lost["name"]) == {
        f"Puskesmas {n}" for n in ("Kalodran", "Unyur", "Banjar Agung", "Pancur", "Sawah Luhur", "Cipocok Jaya")
    }
    kota = serang.side[1]
    assert kota.crossing[1] < kota.crossing[0] == kota.crossing[2]
    kab = serang.side[0]
    assert kab.crossing[1] == kab.crossing[0] < kab.crossing[2], "one across the line may be nearer still"
    kalodran = serang.table.loc["36.73.03.1008"]
    assert kalodran["saved_least"] == 0, "its own puskesmas stands somewhere in it"
    classes, unsure = saving_classes(serang)
    assert unsure["36.73.03.1008"]
    assert classes.index["36.73.03.1008"] == -1


def test_a_place_for_the_lost_ones_ends_the_doubt(data: Dataset, serang: Opening) -> None:
    places = data.kelurahan.loc[serang.lost["area_kode"], ["label_lon", "label_lat"]].to_numpy()
    moves = [Change("pindah", id=i, lon=x, lat=y) for i, (x, y) in zip(serang.lost.index, places, strict=True)]
    found = opened(data, "kabserang-kotaserang", "puskesmas", *moves)
    assert found.lost.empty
    assert found.side[1].crossing[0] == found.side[1].crossing[1]
    assert serang.side[1].crossing[1] <= found.side[1].crossing[0] <= serang.side[1].crossing[0]
    assert not found.table["closed_bound"].any()


def test_no_place_in_a_named_kelurahan_is_farther_than_the_slack(data: Dataset, serang: Opening) -> None:
    areas = serang.lost["area_kode"].tolist()
    polygons = data.polygons("kelurahan").to_crs("EPSG:32748").set_index("kode").geometry
    for kode in areas:
        points = data.samples.loc[data.samples["kode"] == kode, ["x", "y"]].to_numpy(float)
        edge = shapely.get_coordinates(shapely.segmentize(polygons[kode], 20))
        assert cKDTree(points).query(edge)[0].max() <= SLACK_M


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


def test_partners_bring_people_nearer_never_farther(data: Dataset, serang: Opening) -> None:
    wider = opened(data, "kabserang-kotaserang", "puskesmas", partners=("36.72",))
    assert wider.members == ("36.04", "36.73", "36.72")
    assert (wider.table["open_median"] <= serang.table["open_median"] + 1e-6).all()
    assert (wider.table["closed_median"] == serang.table["closed_median"]).all()


def test_neighbours_with_and_without_a_list(data: Dataset) -> None:
    corridor = data.catalogue.corridors["kabserang-kotaserang"]
    assert partners_of(data, corridor, SERVICES["puskesmas"]) == ("36.72",)
    assert partners_of(data, corridor, SERVICES["sd"]) == ("36.01", "36.02", "36.03", "36.72")
    assert partners_of(data, corridor, SERVICES["rumah_sakit"]) == ("36.72",)
    no = opened(data, "kabserang-lebak", "puskesmas")
    assert no.without_list == ("36.02",)
    assert not no.computable
    assert no.table["saved"].isna().all(), "nobody to open to is not the same as no change"
    assert no.table["closed_median"].notna().any()
    thin = opened(data, "semua", "rumah_sakit")
    assert thin.without_list == ("36.04", "36.73")
    cilegon = thin.table[thin.table["kode_kabkota"] == "36.72"]
    assert (cilegon["saved"] == 0).all()
    assert (cilegon["saved_most"] > 0).any(), "what the list of Kab. Serang would show is not known"
    assert opened(data, "kabserang-kotaserang", "rumah_sakit").members == ()


def test_neighbours_of_unknown_population_serve_distances_but_not_supply(data: Dataset) -> None:
    near = opened(data, "bekasi-depok", "smp_negeri", partners=("32.16",))
    assert near.without_people == ("32.16",)
    alone = opened(data, "bekasi-depok", "smp_negeri")
    assert near.table["supply_open"].equals(alone.table["supply_open"])
    assert (near.table["open_median"] < alone.table["open_median"] - 1).any()


def test_a_facility_at_the_door_helps_and_a_closed_one_does_not(data: Dataset, serang: Opening) -> None:
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


def test_a_scenario_adds_up_like_a_world_built_anew(data: Dataset) -> None:
    corridor, service = data.catalogue.corridors["kabserang-kotaserang"], SERVICES["puskesmas"]
    lon, lat = middle(data, "36.73.03.1009")
    gone, moved = (str(i) for i in serang_puskesmas(data).index[:2])
    changes = (
        Change("tambah", "puskesmas", "36.73", "", lon, lat),
        Change("tutup", id=gone),
        Change("pindah", id=moved, lon=lon, lat=lat),
    )
    quick = open_border(data, corridor, service, changes=changes)
    anew = replace(data, facilities=apply(changes, data.facilities, data.samples).drop(columns="state"))
    slow = open_border(anew, corridor, service)
    for name in ("supply_closed", "supply_open", "closed_median", "open_median", "crossing"):
        assert quick.table[name].to_numpy() == pytest.approx(slow.table[name].to_numpy(), abs=1e-9, nan_ok=True)
    assert quick.balance is not None
    assert slow.balance is not None
    assert quick.balance.open_there == slow.balance.open_there


def serang_puskesmas(data: Dataset) -> pd.DataFrame:
    """Puskesmas of Kota Serang with a point."""
    rows = data.facilities
    return rows[(rows["kind"] == "puskesmas") & rows["used"] & (rows["operator"] == "36.73")]


def test_changes_elsewhere_or_of_another_service_do_nothing_here(data: Dataset, serang: Opening) -> None:
    other = (
        Change("tambah", "sd", "36.73", "", 106.15, -6.12),
        Change("tambah", "puskesmas", "32.75", "", 107.0, -6.25),
    )
    found = opened(data, "kabserang-kotaserang", "puskesmas", *other)
    assert found.table.equals(serang.table)


def test_the_sea_is_no_place(data: Dataset) -> None:
    assert on_land(data, 106.15, -6.12)
    assert not on_land(data, 106.15, -5.5)
    with pytest.raises(ScenarioError, match="tempat"):
        opened(data, "kabserang-kotaserang", "puskesmas", Change("tambah", "puskesmas", "36.73", "", 106.15, -5.5))


def test_losers_are_listed_like_gainers(serang: Opening) -> None:
    lost, won = losers(serang), gainers(serang)
    assert len(won) == 10
    assert (won["saved_least"].diff().dropna() <= 0).all()
    assert (lost["supply_open"] < lost["supply_closed"]).all()
    assert lost.groupby("kode_kabkota").size().to_dict() == {"36.04": 5, "36.73": 5}
    classes, _ = supply_classes(serang)
    assert {0, 1, 3, 4} <= set(classes.index)
    assert all(side.lose is not None and side.lose > 0 for side in serang.side)


def test_prepared_ground_changes_nothing(data: Dataset, serang: Opening) -> None:
    corridor, service = data.catalogue.corridors["kabserang-kotaserang"], SERVICES["puskesmas"]
    standard = data.catalogue.standards_of(service.indicator)[0]
    ground = prepare(data, corridor, service)
    again = open_border(data, corridor, service, standard=standard, ground=ground)
    assert again.table.equals(serang.table)
