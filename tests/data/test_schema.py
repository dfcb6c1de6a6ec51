"""A raw table that does not fit its schema is refused, with file, row, column and value."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.build import fingerprints, fire, fire_stats, health, schools, statistics, transit
from data.build.population import BANTEN, REGISTER
from data.build.raw import MOST_NAMED, Problem, RawError
from data.build.rules import adds_up, between, made, points, sums_between
from data.build.schema import Column, Indicator, Number, Schema
from data.build.schemas import FILE, SCHEMAS, load
from data.build.schools import SCHOOLS
from tests.data.toy_raw import checked, kelurahan, read_kelurahan, said

PEOPLE = Schema(
    {"kode": Column(level="kecamatan"), "nama": Column(), "indicator": Column(), "value": Column(), "year": Column()},
    key=(("kode", "indicator"),),
    indicators={
        "total": Indicator(1, 500_000, "people", whole=True),
        "men": Indicator(0, 500_000, "people", whole=True),
        "women": Indicator(0, 500_000, "people", whole=True),
        "index": Indicator(0, 1, "(index)", complete=False),
        "remark": None,
    },
    complete=("32.75", "32.76"),
    rules=(adds_up("total", "men", "women"), sums_between(0.9, 1.1, "total", "people", "official.csv")),
)
HEAD = "kode,nama,indicator,value,year"
GOOD = (
    "32.75.01,Jatisampurna,total,100,2024", "32.75.01,Jatisampurna,men,40,2024", "32.75.01,Jatisampurna,women,60,2024",
    "32.76.01,Beji,total,50,2024", "32.76.01,Beji,men,20,2024", "32.76.01,Beji,women,30,2024",
)  # fmt: skip
OFFICIAL = pd.DataFrame({"kode": ["32.75", "32.76"], "indicator": "people", "value": [104.0, 50.0], "year": "2024"})


def people(*lines: str) -> list[str]:
    return said(checked(PEOPLE, HEAD, *lines, others={"official.csv": OFFICIAL}))


def with_line(number: int, line: str) -> tuple[str, ...]:
    return (*GOOD[:number], line, *GOOD[number + 1 :])


def test_a_good_table_has_no_problem_and_its_numbers_are_numbers() -> None:
    assert people(*GOOD) == []
    table = checked(PEOPLE, HEAD, *GOOD, "32.76.01,Beji,index,0.9183,2024", "32.76.01,Beji,remark,Mandiri,2024")
    assert table.frame["value"].fillna(-1).tolist() == [100, 40, 60, 50, 20, 30, 0.9183, -1]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (GOOD[1:], "folder/table.csv: total of 32.75.01 (Jatisampurna) is missing"),
        (
            with_line(0, "32.75.1,Jatisampurna,total,100,2024"),
            "row 2, column kode: '32.75.1' is the code of no kecamatan",
        ),
        (
            with_line(0, "32.76.01,Jatisampurna,total,100,2024"),
            "row 2, column nama: 'Jatisampurna' is not the name of 32.76.01",
        ),
        (
            with_line(0, "32.75.01,Jatisampuna,total,100,2024"),
            "row 2, column nama: 'Jatisampuna' is not the name of 32.75.01",
        ),
        (with_line(0, "32.75.01,Jatisampurna,totl,100,2024"), "row 2, column indicator: 'totl' is not known"),
        (
            with_line(3, "32.76.01,Beji,total,-50,2024"),
            "row 5, column value: '-50' is not a whole number from 1 to 500,000 people",
        ),
        (with_line(3, "32.76.01,Beji,total,50.5,2024"), "row 5, column value: '50.5' is not a whole number"),
        (with_line(3, "32.76.01,Beji,total,1e999,2024"), "row 5, column value: '1e999' is not a number"),
        (with_line(3, "32.76.01,Beji,total,fifty,2024"), "row 5, column value: 'fifty' is not a number"),
        (with_line(3, "32.76.01,Beji,total,,2024"), "row 5, column value: '' is empty"),
        (with_line(3, "32.76.01,Beji,total,51,2024"), "row 5, column value: '51' is not the sum of men + women"),
        ((*GOOD, "32.76.01,Beji,index,91.83,2024"), "row 8, column value: '91.83' is not a number from 0 to 1 (index)"),
        ((*GOOD, GOOD[5]), "row 8, column indicator: 'women' stands twice with the same kode"),
        (
            with_line(0, "32.75.01,Jatisampurna,total,1000,2024"),
            "row 2, column value: '1000' is not the sum of men + women",
        ),
    ],
)
def test_what_does_not_fit_is_named(lines: tuple[str, ...], message: str) -> None:
    assert any(message in problem for problem in people(*lines)), people(*lines)


def test_a_sum_that_is_not_the_official_one_is_named() -> None:
    lines = [line.replace(",100,", ",80,").replace(",40,", ",20,") for line in GOOD]
    assert people(*lines) == [
        "folder/table.csv, column value: total of Kota Bekasi adds up to 80, beside 104 (people) in official.csv: ratio"
        " outside 0.9 to 1.1"
    ]


def test_two_indicators_that_do_not_fit_each_other_are_named() -> None:
    schema = replace(PEOPLE, rules=(between(1, 4, "total", "men", what="people a man"),))
    lines = with_line(4, "32.76.01,Beji,men,10,2024")
    assert said(checked(schema, HEAD, *lines)) == [
        "folder/table.csv, row 5, column value: '50' does not fit men: people a man outside 1 to 4"
    ]


def test_all_problems_of_a_file_are_listed_up_to_a_bound() -> None:
    table = checked(Schema({"n": Column(number=Number(0, 1))}), "n", *["2"] * 30)
    lines = str(RawError(table.problems)).splitlines()
    assert lines[:2] == [
        "folder/table.csv, row 2, column n: '2' is not a number from 0 to 1",
        "folder/table.csv, row 3, column n: '2' is not a number from 0 to 1",
    ]
    assert lines[-1] == "folder/table.csv: and 10 more"
    assert len(lines) == MOST_NAMED + 1
    assert len(str(Problem("a", "b", 2, "c", "x" * 1000))) < 100


SCHOOL_HEAD = "npsn,name,jenjang,status,kecamatan,kabkota,address,lat,lon,coord_flag"
SCHOOL = "20200001,SD A,SD,Negeri,Beji,Kota Depok,,-6.47,106.8,ok"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            SCHOOL.replace("-6.47,106.8", "106.8,-6.47"),
            "column lat: '106.8' is a longitude: latitude and longitude are swapped",
        ),
        (SCHOOL.replace("-6.47,106.8,ok", "106.8,-6.47,outside_stated_regency"), "are swapped"),
        (SCHOOL.replace("-6.47", "-64.7"), "column lat: '-64.7' is no latitude of Indonesia"),
        (SCHOOL.replace("106.8", "10.68"), "column lon: '10.68' is no longitude of Indonesia"),
        (SCHOOL.replace("106.8", "107.8"), "km outside Kota Depok"),
        (SCHOOL.replace("-6.47", "x"), "column lat: 'x' is not a number"),
        (SCHOOL.replace("106.8", "inf"), "column lon: 'inf' is not a number"),
        (SCHOOL.replace("-6.47,106.8", ","), "column lat: '' is empty although coord_flag is ok"),
        (SCHOOL.replace("-6.47", ""), "column lat: '' is empty beside a longitude"),
        (SCHOOL.replace(",ok", ",no_coord"), "column coord_flag: 'no_coord' although the row has a point"),
        (SCHOOL.replace(",SD,", ",TK,"), "column jenjang: 'TK' is none of: SD, SMP"),
        (SCHOOL.replace("Kota Depok", "Kota Dpok"), "column kabkota: 'Kota Dpok' is the name of no kabkota"),
        (SCHOOL.replace("Negeri", ""), "column status: '' is empty"),
        (SCHOOL.replace("20200001", "2020"), "column npsn: '2020' is not of the form"),
    ],
)
def test_a_point_lies_where_its_row_says(line: str, message: str) -> None:
    found = said(checked(SCHEMAS[SCHOOLS], SCHOOL_HEAD, SCHOOL.replace("20200001", "20200002"), line))
    assert any(problem.startswith("folder/table.csv, row 3, ") and message in problem for problem in found), found


def test_a_point_outside_that_the_file_itself_calls_wrong_is_taken() -> None:
    lines = (SCHOOL, SCHOOL.replace("20200001", "20200002").replace("106.8,ok", "23.0,outside_stated_regency"))
    assert said(checked(SCHEMAS[SCHOOLS], SCHOOL_HEAD, *lines)) == []


def test_points_of_a_doubtful_list_may_lie_in_another_kabkota_but_not_outside_all() -> None:
    columns = {"kabkota": Column(), "lat": Column(number=Number(-180, 180)), "lon": Column(number=Number(-180, 180))}
    schema = Schema(
        columns | {"flag": Column(), "source_id": Column()}, rules=(points("kabkota", "flag", (), "", "b"),)
    )
    head = "kabkota,lat,lon,flag,source_id"
    assert said(checked(schema, head, "Kota Bekasi,-6.47,106.8,ok,b")) == []
    assert "km outside Kota Bekasi" in said(checked(schema, head, "Kota Bekasi,-6.47,106.8,ok,a"))[0]
    assert "km outside all kelurahan" in said(checked(schema, head, "Kota Bekasi,-6.8,106.8,ok,b"))[0]


def test_names_lose_their_control_characters_where_they_come_in() -> None:
    layer = kelurahan()
    layer.loc[0, "nama"] = "Be\x0bji\x07"
    assert read_kelurahan(layer)["nama"].tolist() == ["Jatikarya", "Be ji", "Tugu"]
    table = checked(SCHEMAS[SCHOOLS], SCHOOL_HEAD, SCHOOL.replace("SD A", "SD\x1b A\x00".replace("\x00", "\x02")))
    assert table.frame["name"].tolist() == ["SD A"]


def column_of(layer: gpd.GeoDataFrame, column: str, *cells: object) -> gpd.GeoDataFrame:
    return layer.assign(**{column: list(cells)})


BOW = shapely.Polygon([(106, -6), (107, -5), (107, -6), (106, -5)])


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda a: a.set_geometry([a.geometry[0], BOW, a.geometry[2]], crs=a.crs), "row 2, column geometry: "),
        (
            lambda a: a.set_geometry([a.geometry[0], shapely.Point(106.8, -6), a.geometry[2]], crs=a.crs),
            "is no polygon",
        ),
        (
            lambda a: a.set_geometry([a.geometry[0], None, a.geometry[2]], crs=a.crs),
            "row 2, column geometry: 'None' is missing",
        ),
        (
            lambda a: a.set_geometry(shapely.transform(a.geometry.to_numpy(), lambda p: p[:, ::-1]), crs=a.crs),
            "swapped",
        ),
        (lambda a: a.set_geometry(a.geometry.translate(100), crs=a.crs), "does not lie in Indonesia"),
        (lambda a: a.set_geometry(a.geometry.translate(0.001 * a.index.to_numpy()[1]), crs=a.crs), None),
        (
            lambda a: a.set_geometry(
                [a.geometry[0], shapely.box(106.81, -6.5, 106.8725, -6.4375), a.geometry[2]], crs=a.crs
            ),
            "row 1, column geometry: ",
        ),
        (
            lambda a: column_of(a, "kode", "32.76.01.1001", "3276", "32.75.01.1001"),
            "row 2, column kode: '3276' is not of the form",
        ),
        (lambda a: column_of(a, "kode", 1, 2, 3), "row 1, column kode: '1' is not text"),
        (
            lambda a: column_of(a, "kode", *["32.76.01.1001"] * 2, "32.75.01.1001"),
            "row 2, column kode: '32.76.01.1001' stands twice",
        ),
        (lambda a: column_of(a, "nama", "Beji", " ", "Jatikarya"), "row 2, column nama: ' ' is not of the form"),
        (lambda a: column_of(a, "nama", "Beji", None, "Jatikarya"), "row 2, column nama: "),
        (lambda a: column_of(a, "luas_km2", 48, -48, 48), "row 2, column luas_km2: '-48' is not a number from"),
        (lambda a: column_of(a, "luas_km2", 48, 0, 48), "row 2, column luas_km2: '0' is not a number from"),
        (
            lambda a: column_of(a, "luas_km2", 48.0, 480.0, 48.0),
            "row 2, column luas_km2: '480.0' is not the area of the polygon",
        ),
        (
            lambda a: column_of(a, "kode_kecamatan", "32.76.01", "32.76.02", "32.75.01"),
            "row 2, column kode_kecamatan: '32.76.02'",
        ),
        (
            lambda a: column_of(a, "kabkota", "Kota Depok", "Kota Dpok", "Kota Bekasi"),
            "row 2, column kabkota: 'Kota Dpok' differs",
        ),
        (lambda a: column_of(a, "jenis", "kelurahan", "kampung", "kelurahan"), "row 2, column jenis: 'kampung'"),
        (lambda a: a.to_crs("EPSG:32748"), "column geometry: EPSG:4326 expected"),
        (lambda a: a.drop(columns="nama"), "column missing: nama"),
        (lambda a: a.iloc[:0], "no rows"),
    ],
)
def test_a_layer_that_does_not_fit_is_named(damage, message: str | None) -> None:  # type: ignore[no-untyped-def]
    damaged = damage(kelurahan())
    if message is None:
        assert len(read_kelurahan(damaged)) == 3
        return
    with pytest.raises(RawError) as error:
        read_kelurahan(damaged)
    assert str(error.value).startswith("boundaries/kelurahan.parquet")
    assert message in str(error.value)


def rows(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"name": names, "n": [str(len(n)) for n in names]}, index=range(2, len(names) + 2), dtype=str)


def test_a_change_that_no_rule_sees_is_refused_until_it_is_accepted() -> None:
    known = fingerprints.of(rows("a", "b", "c", "d"))
    assert fingerprints.differences("f.csv", rows("a", "b", "c", "d"), known) == []
    assert fingerprints.differences("f.csv", rows("a", "b", "c", "d")[["name"]], known) == []
    first, second = map(str, fingerprints.differences("f.csv", rows("a", "b", "x", "d"), known))
    assert first.endswith("if that is meant, build with --accept f.csv")
    assert second == "f.csv, row 4, column name: 'x' is not what is recorded"
    dropped = fingerprints.differences("f.csv", rows("a", "c", "d"), known)
    assert str(dropped[1]) == "f.csv, row 3: 3 rows, 4 recorded: the first that differs"
    both = fingerprints.differences("f.csv", rows("a", "b", "c", "dd"), known)
    assert str(both[1]) == "f.csv, row 5: is not the row that is recorded (name, n)"
    assert "not recorded yet" in str(fingerprints.differences("f.csv", rows("a"), None)[0])


def test_fingerprints_are_kept_beside_those_of_other_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "fingerprints.json"
    file.write_text("{}")
    fingerprints.save({"a.csv": {"rows": "1"}}, file)
    fingerprints.save({"b.csv": {"rows": "2"}, "a.csv": {"rows": "3"}}, file)
    assert fingerprints.load(file) == {"a.csv": {"rows": "3"}, "b.csv": {"rows": "2"}}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fingerprints.json"]


@pytest.mark.parametrize(
    ("path", "column", "known"),
    [
        (schools.SCHOOLS, "jenjang", schools.KINDS),
        (health.PUSKESMAS, "coord_quality", {*health.AGREEMENT, "no_point"}),
        (health.HOSPITALS, "source_id", health.TRUST),
        (fire.FIRE, "exists", fire.EXISTS), (fire.FIRE, "exists", fire_stats.EXISTS),
        (fire.FIRE, "precision", fire.PRECISION),
    ],
)  # fmt: skip
def test_what_a_schema_lets_in_is_what_the_build_knows(path: str, column: str, known: object) -> None:
    assert set(SCHEMAS[path].columns[column].among) == set(known)  # type: ignore[call-overload]


def test_every_kind_of_stop_and_class_of_education_is_let_in_and_known() -> None:
    stops = SCHEMAS[transit.TRANSIT].columns["subtype"].pattern.strip("(.*)").split("|")
    assert all(kind.startswith(tuple(stops)) for kind in transit.MODES)
    assert set(stops) <= set(transit.MODES)
    for register in (REGISTER, BANTEN):
        assert {f"pend_{name}" for name in statistics.EDUCATION} <= set(SCHEMAS[register].indicators)
    assert set(schools.COUNTS) <= set(SCHEMAS[schools.DAPODIK].columns)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{among: [Negeri, Swasta]}", "{amon: [Negeri, Swasta]}", "amon\n"),
        ("jumlah_kk: {low: 1,", "jumlah_kk: {low: one,", "jumlah_kk"),
        ("- adds_up: [dpt", "- add_up: [dpt", "not a rule: add_up"),
        ("{column: sd, problem:", "{colum: sd, problem:", "colum\n"),
        ("digits: 5", "digits: five", "digits"),
    ],
)
def test_an_entry_that_is_not_known_is_refused(old: str, new: str, message: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "schemas.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load(file)


def test_an_expression_is_checked_row_by_row_or_unit_by_unit() -> None:
    by_row = Schema(
        {"n": Column(number=Number(0, 9)), "kind": Column()},
        rules=(made({"rows": {"column": "n", "problem": "is odd", "holds": "kind != 'even' or n % 2 == 0"}}),),
    )
    assert said(checked(by_row, "n,kind", "3,any", "4,even", "5,even")) == [
        "folder/table.csv, row 4, column n: '5' is odd"
    ]
    unit = made({"values": ["men", "are too few", "men / km2 > 0.5"]})
    lines = with_line(4, "32.76.01,Beji,men,10,2024")
    assert said(checked(replace(PEOPLE, rules=(unit,)), HEAD, *lines)) == [
        "folder/table.csv, row 6, column value: '10' are too few"
    ]
