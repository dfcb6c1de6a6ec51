"""One place once: what is merged, and above all what is not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import record_linkage

GENERIC = frozenset(["rs", "rsu", "rumah", "sakit", "umum", "ibu", "anak", "dan", "klinik"])


def records(*rows: tuple) -> pd.DataFrame:
    """Rows of (name, x, y, list, id); x None: no point. All in area K."""
    frame = pd.DataFrame(rows, columns=["name", "x", "y", "list", "list_id"])
    frame[["x", "y"]] = frame[["x", "y"]].astype(float)
    return frame.assign(area="K")


def together(*rows: tuple) -> list[list[int]]:
    groups = record_linkage.cluster(records(*rows), GENERIC)
    return sorted(sorted(members.tolist()) for members in groups.groupby(groups).groups.values())


def test_names_are_compared_without_case_accents_and_dots() -> None:
    assert record_linkage.normalise("RSU. Café-Médika,  (JST)") == "rsu cafe medika jst"
    assert record_linkage.tokens("RSU. Hermina Depok", GENERIC) == ("hermina", "depok")


def test_one_hospital_in_three_lists_is_one_place() -> None:
    assert together(
        ("RS Umum Hermina Depok", 0, 0, "a", "R1"),
        ("RS Hermina Depok", 40, 0, "b", "0138R017"),
        ("Rumah Sakit HERMINA", 0, 90, "osm", ""),
    ) == [[0, 1, 2]]


def test_different_hospitals_that_stand_close_stay_apart() -> None:
    assert together(("RS Medika Sentosa", 0, 0, "a", ""), ("RS Bunda Aliyah", 5, 0, "b", "")) == [[0], [1]]


def test_two_ids_of_one_list_are_two_places() -> None:
    assert together(("RS Karya Medika", 0, 0, "a", "R1"), ("RS Karya Medika", 0, 0, "a", "R2")) == [[0], [1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RS Karya Medika", "RS Karya Medika II"),
        ("RS Harapan Kita", "RS Jantung Harapan Kita"),
        ("RS Mitra Keluarga Bekasi Timur", "RS Mitra Keluarga Bekasi Barat"),
    ],
)
def test_numbers_specialties_and_directions_tell_apart(one: str, other: str) -> None:
    assert together((one, 0, 0, "a", ""), (other, 10, 0, "b", "")) == [[0], [1]]


def test_public_and_private_of_one_name_are_one_only_at_one_place() -> None:
    near = (("RSUD Tebet", 0, 0, "a", ""), ("RS Tebet", 60, 0, "b", ""))
    far = (("RSUD Tebet", 0, 0, "a", ""), ("RS Tebet", 1200, 0, "b", ""))
    assert together(*near) == [[0, 1]]
    assert together(*far) == [[0], [1]]


def test_lists_that_misplace_a_hospital_by_kilometres_still_agree_on_its_name() -> None:
    assert together(("RS Bhakti Kartini", 0, 0, "a", "1"), ("RS Bhakti Kartini", 3900, 0, "osm", "")) == [[0, 1]]
    assert together(("RS Bhakti Kartini", 0, 0, "a", "1"), ("RS Bhakti Kartini", 16000, 0, "osm", "")) == [[0], [1]]


def test_one_list_does_not_misplace_itself() -> None:
    assert together(("RS Mitra", 0, 0, "osm", ""), ("RS Mitra", 3000, 0, "osm", "")) == [[0], [1]]


def test_a_bridge_does_not_join_what_one_list_tells_apart() -> None:
    groups = together(
        ("RS Jatisampurna", 0, 0, "osm", ""),
        ("RS Jati Sampurna", 700, 0, "b", "1"),
        ("RS Jatisampurna", 1400, 0, "osm", ""),
    )
    assert [0, 1, 2] not in groups
    assert len(groups) == 2


def test_a_nameless_point_belongs_to_its_very_neighbour() -> None:
    assert together(("Rumah Sakit", 0, 0, "osm", ""), ("RS Agung", 8, 0, "b", "")) == [[0, 1]]
    assert together(("Rumah Sakit", 0, 0, "osm", ""), ("RS Agung", 80, 0, "b", "")) == [[0], [1]]


def test_a_record_without_a_point_joins_the_only_one_of_its_name() -> None:
    groups = together(
        ("RS Anna", 0, 0, "osm", ""), ("RS Anna Medika", 5000, 0, "b", "2"), ("RS Anna", None, None, "b", "1")
    )
    assert groups == [[0, 2], [1]]


def test_a_record_without_a_point_stays_alone_between_two() -> None:
    groups = together(
        ("RS Helsa Timur", 0, 0, "osm", ""), ("RS Helsa Barat", 5000, 0, "osm", ""), ("RS Helsa", None, None, "b", "1")
    )
    assert groups == [[0], [1], [2]]


def test_a_record_without_a_point_keeps_to_its_area() -> None:
    rows = records(("RS Anna", 0, 0, "osm", ""), ("RS Anna", None, None, "b", "1"))
    rows["area"] = ["K", "L"]
    assert record_linkage.cluster(rows, GENERIC).nunique() == 2


def test_no_points_at_all() -> None:
    assert together(("RS Anna", None, None, "b", "1"), ("RS Bella", None, None, "b", "2")) == [[0], [1]]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["RS Anna", "RS Anna Medika", "RS Bella", "RSUD Bella", "RS Bella II", "Rumah Sakit"]),
            st.one_of(st.none(), st.integers(0, 4000)),
            st.sampled_from(["osm", "b", "c"]),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_groups_never_break_the_rules_of_a_list(rows: list[tuple[str, int | None, str]]) -> None:
    frame = records(
        *[(n, x, None if x is None else 0, w, "" if w == "osm" else f"{w}{i}") for i, (n, x, w) in enumerate(rows)]
    )
    groups = record_linkage.cluster(frame, GENERIC)
    assert groups.index.equals(frame.index)
    assert (groups <= np.arange(len(frame))).all()
    for _, members in frame.groupby(groups):
        ids = members[members["list_id"] != ""]
        assert not ids["list"].duplicated().any()
        for _, own in members.groupby("list"):
            assert not (own["x"].max() - own["x"].min() > record_linkage.NEAR_M)
