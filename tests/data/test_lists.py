"""Lists of places that offices publish: measured as the build measures, replacing what they name, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.access.services import SERVICES, kabkota_with_list
from analysis.fire.posts import posts_of
from analysis.values.reach import services_out_of_reach
from data import access, lists
from data.tables import Dataset
from data.versions import Published, apply
from geo.listed import pair_up
from open_data import usual
from tests.data.facility_lists import CORRIDOR, SERANG, middle_of, rows
from tests.shipped import data
from views.figures.captions import list_sources

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
DISTANCE = "jarak_puskesmas"


def version(listed: Any, number: int = 1, kabkota: str = SERANG, complete: bool = True, **more: Any) -> Published:
    known: dict[str, Any] = {"day": date(2026, 11, 1), "sha256": "a" * 64, "complete": complete}
    return Published(
        number, "fasilitas", kabkota, published=NOON + timedelta(hours=number), rows=tuple(listed), **known | more
    )


def unsure(known: Dataset, name: str = DISTANCE, kabkota: str = SERANG) -> int:
    """Kelurahan whose distance has a range."""
    own = known.indicator_values(name)
    return int(own.loc[own["kode_kabkota"].eq(kabkota), "low"].notna().sum())


CASES = [(SERANG, "puskesmas"), ("36.72", "smp_negeri"), ("32.75", "rumah_sakit")]


@pytest.fixture(scope="module")
def published() -> Dataset:
    return apply(data(), [version(rows())])


@pytest.mark.parametrize(
    ("kabkota", "name"), [(SERANG, "puskesmas"), ("36.72", "smp_negeri"), ("32.75", "rumah_sakit")]
)
def test_the_functions_of_the_build_give_what_is_shipped(kabkota: str, name: str) -> None:
    known = data()
    columns, _ = lists._measure(known, known.facilities, kabkota, name, listed=False)
    mine = known.grid.point_sides == kabkota
    for column in columns:
        np.testing.assert_array_equal(columns[column], known.samples[column][mine])
    plain = access.plain(known.land, known.facilities.reset_index(names="id"), ["puskesmas"])
    shipped = known.plain[known.plain["facility"].eq("puskesmas")].reset_index(drop=True)
    pd.testing.assert_frame_equal(plain, shipped)


def test_six_points_make_every_distance_to_a_puskesmas_of_kota_serang_certain(published: Dataset) -> None:
    assert (unsure(data()), unsure(published)) == (48, 0)
    own = published.indicator_values(DISTANCE)
    own = own[own["kode_kabkota"].eq(SERANG)]
    assert len(own) == 67
    assert set(own["source"]) == {"big_kepmendagri;kantor1"}
    assert set(own["year"]) == {2026}
    assert set(own["note"]) == {""}
    # Measured from the sample points, by hand.
    places = published.facilities[published.facilities["kind"].eq("puskesmas")]
    here = places.loc[places["kode_kabkota"].eq(SERANG), ["x", "y"]].to_numpy()
    assert len(here) == 16
    for kode in own.index[:5]:
        points = published.samples.loc[published.samples["kode"].eq(kode), ["x", "y"]].to_numpy(dtype=float)
        metres = np.rint(np.hypot(*(points[:, None] - here[None]).transpose(2, 0, 1)).min(axis=1))
        assert own.at[kode, "value"] == pytest.approx(np.median(metres) / 1000, abs=1e-4)


def test_nothing_else_moves_and_the_shipped_data_stay(published: Dataset) -> None:
    before, changed = data(), {DISTANCE, "rasio_puskesmas", "puskesmas_per_balita"}
    same = [
        ~d.values["kode"].str.startswith(SERANG) | ~d.values["indicator"].isin(changed) for d in (before, published)
    ]
    pd.testing.assert_frame_equal(
        before.values[same[0]].reset_index(drop=True), published.values[same[1]].reset_index(drop=True)
    )
    others = [d.facilities[d.facilities["kode_kabkota"].ne(SERANG)] for d in (before, published)]
    pd.testing.assert_frame_equal(others[0], others[1])
    columns = [c for c in published.samples if not str(c).endswith("_puskesmas")]
    pd.testing.assert_frame_equal(published.samples[columns], before.samples[columns])
    assert "any_puskesmas" not in published.samples, "what is not measured anew is not shown"
    assert apply(before, []) is before
    assert unsure(before) == 48


def test_reach_access_and_shared_places_follow(published: Dataset) -> None:
    before = data()
    corridor = before.catalogue.corridors[CORRIDOR]
    reach = [services_out_of_reach(d.border(corridor), d.measures) for d in (before, published)]
    hatched = [int(r.table.loc[r.table["kode_kabkota"].eq(SERANG), "unsure"].sum()) for r in reach]
    assert hatched == [43, 33]
    first, then = (usual.access(d, corridor, SERVICES["puskesmas"]) for d in (before, published))
    assert (len(first.areas), len(then.areas)) == (6, 0)
    assert [side.unsure_units for side in first.side] == [31, 13]
    assert [side.unsure_units for side in then.side] == [0, 0]
    assert "kantor1" in then.sources
    assert "kantor1" not in first.sources
    assert list_sources(before, "puskesmas", corridor.sides) == ("kemkes2022",)
    assert list_sources(published, "puskesmas", corridor.sides) == ("kemkes2022", "kantor1")


def test_the_six_alone_change_as_much_and_leave_the_others() -> None:
    added = apply(data(), [version(rows(only_new=True), complete=False)])
    whole = apply(data(), [version(rows())])
    for column in ("own_puskesmas", "near_puskesmas", "far_puskesmas"):
        np.testing.assert_array_equal(added.samples[column], whole.samples[column])
    own = added.indicator_values(DISTANCE)
    assert set(own.loc[own["kode_kabkota"].eq(SERANG), "source"]) == {"big_kepmendagri;faskes2019;kantor1;kemkes2022"}
    assert set(own.loc[own["kode_kabkota"].eq(SERANG), "year"]) == {2022}, "most of the list is of that year"


def test_what_a_complete_list_leaves_out_is_gone_and_a_known_place_keeps_its_id() -> None:
    kept = rows()[:10]
    fewer = apply(data(), [version(kept)])
    names = fewer.facilities[fewer.facilities["kind"].eq("puskesmas") & fewer.facilities["kode_kabkota"].eq(SERANG)]
    assert sorted(names["name"]) == sorted(row[1] for row in kept)
    assert set(names.index) < set(data().facilities.index)
    new = ("puskesmas", "Puskesmas Baru", "36.73.03.1013", 106.22, -6.15, "negeri", "")
    more = apply(data(), [version([new], complete=False)])
    assert len(more.facilities) == len(data().facilities) + 1
    assert more.facilities.index[-1] not in data().facilities.index or "puskesmas:k1-00001" in more.facilities.index
    ratio = [d.indicator_values("rasio_puskesmas")["value"] for d in (data(), fewer)]
    wanted = fewer.people["kecamatan"]["value"]
    counted = names["kode"].str[:8].value_counts()
    for kode in ratio[0].index[ratio[0].index.str.startswith(SERANG)]:
        assert ratio[1][kode] == pytest.approx(counted.get(kode, 0) / wanted[kode] * 10_000)


def test_a_later_list_stands_upon_an_earlier_one() -> None:
    first, second = (
        version(rows(only_new=True)[:3], complete=False),
        version(rows(only_new=True)[3:], 2, complete=False),
    )
    both, one = apply(data(), [first, second]), apply(data(), [first])
    assert unsure(one) > 0
    assert unsure(both) == 0
    own = both.facilities[both.facilities["source"].str.startswith("kantor")]
    assert own["source"].value_counts().to_dict() == {"kantor1": 3, "kantor2": 3}


def test_a_whole_list_gives_distances_where_no_list_could_carry_them() -> None:
    units = data().kelurahan
    hospital = (
        "rumah_sakit",
        "RSUD Kota Serang",
        "36.73.01.1001",
        *units.loc["36.73.01.1001", ["label_lon", "label_lat"]],
    )
    listed = [(*hospital[:3], float(hospital[3]), float(hospital[4]), "negeri", "")]
    part, whole = (apply(data(), [version(listed, complete=c)]) for c in (False, True))
    assert SERANG not in set(part.indicator_values("jarak_rumah_sakit")["kode_kabkota"])
    assert whole.indicator_values("jarak_rumah_sakit")["kode_kabkota"].eq(SERANG).sum() == 67
    service = SERVICES["rumah_sakit"]
    assert SERANG not in kabkota_with_list(service, part.measures, part.facilities)
    assert SERANG in kabkota_with_list(service, whole.measures, whole.facilities)
    year = whole.indicator_values("jarak_rumah_sakit")["year"]
    assert set(year[year.index.str.startswith(SERANG)]) == {2026}


def test_schools_that_are_counted_only_make_room_for_those_that_are_named() -> None:
    known = data().facilities
    counted = known[
        known["name"].str.contains("di luar daftar") & known["kind"].eq("sd") & known["kode_kabkota"].eq(SERANG)
    ]
    row = counted.iloc[0]
    unit = data().kelurahan[data().kelurahan["kode_kecamatan"].eq(row["area_kode"])].iloc[0]
    new = ("sd", "SD Baru", *middle_of(str(unit.name)), str(row["status"]), "")
    more = apply(data(), [version([new], complete=False)])
    assert len(more.facilities) == len(known)
    assert more.facilities.at[row.name, "name"] == "SD Baru"
    assert more.values["indicator"].eq("jumlah_sd").sum() == data().values["indicator"].eq("jumlah_sd").sum()
    schools = [d.indicator_values("jumlah_sd")["value"][str(unit.name)] for d in (data(), more)]
    assert schools[1] == schools[0] + 1


def test_fire_posts_of_a_list_stand_where_it_says_and_may_stand_across_the_line() -> None:
    sides = ("36.04", SERANG)
    before = posts_of(data().facilities, [SERANG])
    named = [("pos_damkar", "Pos Cipocok", "36.73.05", None, None, "negeri", ""),
             ("pos_damkar", "Pos Ciruas", *middle_of("36.04.09.2001"), "negeri", "")]  # fmt: skip
    after = apply(data(), [version(named)])
    posts = posts_of(after.facilities, [SERANG])
    assert sorted(p.name for p in posts) == ["Pos Cipocok", "Pos Ciruas"]
    assert {p.name: (p.region, p.stands_in) for p in posts} == {
        "Pos Cipocok": ("kecamatan", SERANG), "Pos Ciruas": ("titik", "36.04"),
    }  # fmt: skip
    assert len(posts_of(data().facilities, [SERANG])) == len(before)
    assert set(after.fire_posts.loc[[p.id for p in posts], "exists"]) == {"ada"}
    assert [p.id for p in posts_of(after.facilities, [sides[0]])] == [
        p.id for p in posts_of(data().facilities, [sides[0]])
    ]
    assert "kantor1" in list_sources(after, "pos_damkar", sides)


def test_an_office_of_a_kelurahan_is_measured_from_its_own_homes() -> None:
    after = apply(
        data(), [version([("kantor_kelurahan", "Kantor Kelurahan X", *middle_of("36.73.01.1001"), "negeri", "")])]
    )
    own = after.indicator_values("jarak_kantor_kelurahan")
    assert own.index[own["kode_kabkota"].eq(SERANG)].tolist() == ["36.73.01.1001"]
    assert own["value"].between(0.01, 2)[own["kode_kabkota"].eq(SERANG)].all()


def test_one_place_is_never_two_and_a_name_that_two_bear_is_told_by_its_kecamatan() -> None:
    known = pd.DataFrame(
        {
            "kind": "sd", "name": ["SD NEGERI 1", "SDN 1", "SDN 2"], "kode": ["36.73.01.1001", "36.73.02", "36.73.03"],
            "status": "negeri", "marks": [(), (), ("77",)], "counted": False,
        },
        index=["a", "b", "c"],
    )  # fmt: skip
    brought = pd.DataFrame(
        {
            "kind": "sd", "name": ["SDN 1", "SDN 1", "SDN 1", "SDN lain"], "status": "negeri",
            "kode": ["36.73.01.1002", "36.73.02.1003", "36.73.05.1001", "36.73.03.1001"], "mark": ["", "", "", "77"],
        }
    )  # fmt: skip
    assert pair_up(brought, known).tolist() == ["a", "b", "", "c"]


def test_what_was_measured_for_a_state_of_the_lists_is_not_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    published = version(rows(), day=date(2025, 5, 5))
    apply(data(), [published])
    monkeypatch.setattr(lists, "_measure", lambda *_: pytest.fail("measured twice"))
    apply(data(), [version(rows(), day=date(2025, 5, 5), number=1, sha256="b" * 64)])
    with pytest.raises(pytest.fail.Exception):
        apply(data(), [version(rows(), day=date(2025, 5, 6))])
