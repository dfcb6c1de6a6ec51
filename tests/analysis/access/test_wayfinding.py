"""Where residents can go: the nearest on both sides, and what the line does to the one across it."""

from functools import cache

import pandas as pd
import pytest

from analysis.access.nearest import Nearest
from analysis.access.services import SERVICES, kabkota_with_list
from analysis.access.wayfinding import SHOWN, Destination, Wayfinding, find_ways
from tests.shipped import data

JATIKARYA, CIBEBER = "32.75.10.1002", "36.72.01.1001"


@cache
def listed(service: str) -> set[str]:
    return kabkota_with_list(SERVICES[service], data().measures, data().facilities)


def ways(kode: str, *sides: str) -> Wayfinding:
    return find_ways(data().facilities, data().grid, data().kelurahan, kode, sides, listed)


def nearest(owner: str, metres: float) -> Nearest:
    return Nearest("x", "32.76", owner, metres, True, "smp", None)


@pytest.mark.parametrize(
    ("owner", "access"),
    [("", "open"), ("32", "province"), ("32.76", "closed"), ("31", "closed"), ("36.04", "closed")],
)
def test_only_the_line_of_the_owner_closes(owner: str, access: str) -> None:
    assert Destination("smp", JATIKARYA, None, nearest(owner, 1.0)).access == access


def test_nearer_only_where_both_are_known() -> None:
    own, across = nearest("32.75", 200.0), nearest("32.76", 100.0)
    assert Destination("smp", JATIKARYA, own, across).nearer
    assert not Destination("smp", JATIKARYA, across, own).nearer
    assert not Destination("smp", JATIKARYA, None, across).nearer
    assert Destination("smp", JATIKARYA, own, None).access == "unknown"


def test_every_service_of_a_kelurahan_at_the_line() -> None:
    found = ways(JATIKARYA, "32.75", "32.76")
    assert [d.service for d in found.destinations] == list(SHOWN)
    assert len(found.known) == len(SHOWN)
    for d in found.known:
        assert d.own is not None
        assert d.own.operator == "32.75"
        assert d.across is not None
        assert d.across.operator == "32.76"
    state_sma = next(d for d in found.destinations if d.service == "sma_smk_negeri")
    assert state_sma.access == "province"


def test_a_list_that_cannot_be_relied_on_names_nobody() -> None:
    found = {d.service: d for d in ways("36.73.01.1001", "36.73", "36.04").destinations}
    assert found["rumah_sakit"].own is None
    assert found["rumah_sakit"].across is None
    assert found["puskesmas"].own is not None


def test_the_own_office_only_under_its_own_name() -> None:
    village, district = ways(CIBEBER, "36.72", "36.04").offices
    facilities, called = data().facilities, str(data().kelurahan.at[CIBEBER, "nama"])
    offices = facilities[facilities["kind"].eq("kantor_kelurahan") & facilities["kode"].eq(CIBEBER)]
    assert (village.name == "") == (not offices["name"].str.contains(called, case=False).any())
    assert district.kind == "kantor_kecamatan"
    unknown = ways(JATIKARYA, "32.75", "32.76").offices[0]
    assert (unknown.name, unknown.median_m) == ("", None)


def test_an_order_of_rows_changes_nothing() -> None:
    rows: pd.DataFrame = data().facilities.iloc[::-1]
    again = find_ways(rows, data().grid, data().kelurahan, JATIKARYA, ("32.75", "32.76"), listed)
    assert [d.own and round(d.own.median_m) for d in again.destinations] == [
        d.own and round(d.own.median_m) for d in ways(JATIKARYA, "32.75", "32.76").destinations
    ]
