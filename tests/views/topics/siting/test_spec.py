"""The map of Lokasi bersama: what a scenario changes is drawn once, in its new state."""

from types import SimpleNamespace
from typing import Any

from analysis.scenario.changes import Change
from tests.shipped import data as shipped
from views.language.words import Words
from views.topics.siting import spec as siting_spec


def test_a_moved_facility_leaves_its_old_place_and_a_closed_one_is_struck_out() -> None:
    data = shipped()
    corridor = data.catalogue.corridors["kabserang-kotaserang"]
    own = data.facilities[(data.facilities["kind"] == "puskesmas") & data.facilities["operator"].isin(corridor.sides)]
    moved, closed = own.index[own["used"] & own["lon"].notna()][:2]
    area = own.index[(own["area_kode"] != "") & own["lon"].isna()][0]
    changes = (Change("pindah", id=moved, lon=106.15, lat=-6.12), Change("tutup", id=closed), Change("tutup", id=area))
    session: Any = SimpleNamespace(data=data, corridor=corridor, words=Words("id"), dark=False)
    asked: Any = SimpleNamespace(task=SimpleNamespace(kind="puskesmas", changes=changes, drawn=()))
    points = siting_spec.spec(session, asked, None, placing=False).points
    places = [(p.lon, p.lat) for p in points]
    assert (own.at[moved, "lon"], own.at[moved, "lat"]) not in places
    assert places.count((106.15, -6.12)) == 1
    states = {p.text: p.state for p in points}
    assert states[str(own.at[closed, "name"])] == "tutup"
    assert states[str(own.at[area, "name"])] == "tutup"
