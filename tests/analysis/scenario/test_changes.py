"""Scenarios: what a link says is what is applied, and anything else is refused whole."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.scenario.changes import MOST_CHANGES, Change, ScenarioError, apply, parse, written
from geo.grid import Grid, grid_of
from geo.projection import to_degrees, to_metric

KINDS = ("puskesmas", "pos_damkar")
OPERATORS = ("A0.01", "A0.02")
LON, LAT = 106.15, -6.12


def facilities() -> pd.DataFrame:
    x, y = to_metric([LON, np.nan], [LAT, np.nan])
    return pd.DataFrame(
        {
            "kind": ["puskesmas", "pos_damkar"],
            "name": ["Satu", "Dua"],
            "status": ["negeri", "negeri"],
            "kode": ["A0.01.01.1001", ""],
            "kode_kabkota": ["A0.01", "A0.02"],
            "area_kode": ["", "A0.02.01"],
            "operator": ["A0.01", "A0.02"],
            "precision": ["titik", "kecamatan"],
            "used": [True, False],
            "lon": [LON, np.nan],
            "lat": [LAT, np.nan],
            "x": x,
            "y": y,
            "year": [2019.0, 2025.0],
        },
        index=["puskesmas:0001", "pos_damkar:0001"],
    )


def grid() -> Grid:
    x, y = to_metric([LON, LON + 0.01], [LAT, LAT])
    kodes = ["A0.01.01.1001", "A0.02.01.2001"]
    samples = pd.DataFrame({"kode": kodes, "x": x.round(), "y": y.round()})
    return grid_of(samples, pd.Series(1.0, kodes))


def read(text: str) -> tuple[Change, ...]:
    return parse(text, facilities(), KINDS, OPERATORS)


def test_an_empty_scenario_changes_nothing() -> None:
    assert read("") == ()
    found = apply((), facilities(), grid())
    pd.testing.assert_frame_equal(found.drop(columns="state"), facilities())


def test_adding_closing_and_moving() -> None:
    new_place, moved = f"{LON + 0.0101:.5f},{LAT:.5f}", f"{LON:.5f},{LAT:.5f}"
    text = f"tambah,puskesmas,A0.02,{new_place};tutup,puskesmas:0001;pindah,pos_damkar:0001,{moved}"
    found = apply(read(text), facilities(), grid())
    new = found.loc["baru:1"]
    assert (new["kode"], new["kode_kabkota"], new["operator"]) == ("A0.02.01.2001", "A0.02", "A0.02")
    assert (new["kind"], new["state"], new["status"], new["used"], new["precision"]) == (
        "puskesmas", "baru", "negeri", True, "skenario",
    )  # fmt: skip
    assert not found.at["puskesmas:0001", "used"]
    assert found.at["puskesmas:0001", "state"] == "tutup"
    placed = found.loc["pos_damkar:0001"]
    assert (placed["used"], placed["area_kode"], placed["kode"]) == (True, "", "A0.01.01.1001")
    assert placed["operator"] == "A0.02"
    assert found["used"].dtype == bool
    assert found["lon"].dtype == float


def test_the_known_facilities_stay_as_they_are() -> None:
    known = facilities()
    apply(read(f"tutup,puskesmas:0001;tambah,puskesmas,A0.01,{LON},{LAT}"), known, grid())
    pd.testing.assert_frame_equal(known, facilities())


@given(
    st.lists(
        st.one_of(
            st.builds(
                Change,
                st.just("tambah"),
                kind=st.sampled_from(KINDS),
                operator=st.sampled_from(OPERATORS),
                lon=st.floats(96, 140).map(lambda v: round(v, 5)),
                lat=st.floats(-10, 5).map(lambda v: round(v, 5)),
            ),
            st.just(Change("tutup", id="puskesmas:0001")),
            st.just(Change("pindah", id="pos_damkar:0001", lon=LON, lat=LAT)),
        ),
        max_size=MOST_CHANGES,
        unique_by=lambda change: change.id or id(change),
    )
)
def test_what_is_written_is_read_again(changes: list[Change]) -> None:
    assert read(written(changes)) == tuple(changes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tambah,puskesmas,A0.01", "bentuk"),
        ("tambah,puskesmas,A0.01,x,y", "bentuk"),
        ("hapus,puskesmas:0001", "bentuk"),
        ("tutup,puskesmas:0001,1,2", "bentuk"),
        ("<script>", "bentuk"),
        (f"tambah,sekolah,A0.01,{LON},{LAT}", "jenis"),
        (f"tambah,puskesmas,A0.99,{LON},{LAT}", "kabkota"),
        ("tutup,puskesmas:9999", "fasilitas"),
        ("tutup,puskesmas:0001;tutup,puskesmas:0001", "dua_kali"),
        ("tambah,puskesmas,A0.01,nan,-6", "tempat"),
        ("tambah,puskesmas,A0.01,inf,-6", "tempat"),
        ("tambah,puskesmas,A0.01,2,48", "tempat"),
        (";".join(["tutup,puskesmas:0001"] * (MOST_CHANGES + 1)), "terlalu_banyak"),
        ("x" * 5000, "terlalu_panjang"),
    ],
)
def test_a_wrong_part_refuses_the_whole(text: str, code: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        read(f"tutup,puskesmas:0001;{text}" if code not in ("terlalu_banyak", "terlalu_panjang", "dua_kali") else text)
    assert raised.value.code == code
    assert raised.value.part


def test_a_place_in_the_sea_is_refused() -> None:
    changes = read(f"tambah,puskesmas,A0.01,{LON + 0.2},{LAT}")
    with pytest.raises(ScenarioError, match="tempat"):
        apply(changes, facilities(), grid())


def test_metres_and_degrees_undo_each_other() -> None:
    lon, lat = to_degrees(*to_metric([LON, 107.2], [LAT, -6.9]))
    assert lon == pytest.approx([LON, 107.2], abs=1e-8)
    assert lat == pytest.approx([LAT, -6.9], abs=1e-8)
