"""Facilities of which only an area is known, and whose line closes which service."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from analysis.access.result import OpenBorder
from analysis.scenario.changes import Change
from data.tables import Dataset
from tests.analysis.borders_at_work import opened


def test_row_6_the_six_puskesmas_without_a_point_make_a_range_around_what_can_be(
    data: Dataset, serang: OpenBorder
) -> None:
    assert set(serang.areas["name"]) == {
        f"Puskesmas {n}" for n in ("Kalodran", "Unyur", "Banjar Agung", "Pancur", "Sawah Luhur", "Cipocok Jaya")
    }
    newly = [sum(side.newly[i] for side in serang.side if side.newly) for i in range(3)]
    assert 33_000 < newly[1] < newly[0] < newly[2] < 60_000
    assert abs(newly[0] - 44_600) < 2_000, "found by other code over random places"
    kab, kota = serang.side
    assert kab.crossing[1] < kab.crossing[0] < kab.crossing[2]
    kalodran = serang.table.loc["36.73.03.1008"]
    assert kalodran["closed_low"] < kalodran["closed_median"] < kalodran["closed_high"]
    _, unsure = serang.saving_classes
    assert unsure.any()
    # People of Kota Serang who cross, by drawing places anew.
    grid, rows, random = data.grid, data.facilities, np.random.default_rng(1)
    used = rows[(rows["kind"] == "puskesmas") & rows["used"]]
    mine = grid.point_sides == "36.73"
    at, people = grid.points[mine], grid.odds[mine]
    own, other = (
        cKDTree(used.loc[used["operator"] == k, ["x", "y"]].to_numpy(float)).query(at)[0] for k in ("36.73", "36.04")
    )
    of_point = grid.units.to_numpy(str)[grid.codes]
    inside = [np.flatnonzero(np.char.startswith(of_point, area)) for area in serang.areas["area_kode"]]
    found = []
    for _ in range(100):
        drawn = [grid.points[random.choice(i, p=grid.odds[i] / grid.odds[i].sum())] for i in inside]
        found.append(people[other < np.minimum(own, cKDTree(np.array(drawn)).query(at)[0])].sum())
    assert np.quantile(found, (0.5, 0.05, 0.95)) / kota.crossing == pytest.approx(1, abs=0.06)


def test_a_place_for_those_known_by_area_ends_the_doubt(data: Dataset, serang: OpenBorder) -> None:
    first = [min(k for k in data.kelurahan.index if k.startswith(area)) for area in serang.areas["area_kode"]]
    places = data.kelurahan.loc[first, ["label_lon", "label_lat"]].to_numpy()
    moves = [Change("pindah", id=i, lon=x, lat=y) for i, (x, y) in zip(serang.areas.index, places, strict=True)]
    found = opened(data, "kabserang-kotaserang", "puskesmas", *moves)
    assert found.areas.empty
    assert all(len(set(side.crossing)) == 1 for side in found.side)
    assert serang.side[1].crossing[1] * 0.9 <= found.side[1].crossing[0] <= serang.side[1].crossing[2] * 1.1


def test_row_7_only_the_line_of_the_owner_closes_a_service(data: Dataset) -> None:
    for corridor in ("kabserang-kotaserang", "bekasi-depok"):
        found = opened(data, corridor, "sma_smk_negeri")
        assert not found.closes, "the province owns them on both sides"
        assert [side.crossing for side in found.side] == [(0, 0, 0)] * 2
        assert (found.table["saved"].dropna() == 0).all()
    assert opened(data, "bekasi-jaktim", "sma_smk_negeri").closes, "West Java and Jakarta"
    assert opened(data, "kabserang-kotaserang", "smp_negeri").closes
    both = opened(data, "kabserang-kotaserang", "smp")
    assert both.side[1].crossing[0] < opened(data, "kabserang-kotaserang", "smp_negeri").side[1].crossing[0], (
        "a private school closes to nobody"
    )


def test_row_1_and_9_nothing_is_a_bound_between_bekasi_and_depok(data: Dataset) -> None:
    sides = ("32.75", "32.76")
    for service in ("sd", "smp", "smp_negeri", "sma_smk", "sma_smk_negeri", "puskesmas"):
        values = data.indicator_values(f"jarak_{service}")
        values = values[values["kode_kabkota"].isin(sides)]
        assert len(values) == 119
        assert not opened(data, "bekasi-depok", service).table["open_bound"].any()


def test_every_kelurahan_without_a_listed_office_has_one_somewhere(data: Dataset) -> None:
    found = opened(data, "bekasi-depok", "kantor_kelurahan")
    assert found.balance is not None
    assert found.balance.open_there >= 119
    assert found.table["closed_median"].notna().all()
