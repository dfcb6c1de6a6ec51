"""Boundaries that an office brings: three kinds of file, refused by feature, two hundred hostile ones."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shapely

from data import held_boundaries
from data.intake import features, geofile
from data.intake.problems import FileError
from data.intake.values import Answers
from data.tables import Dataset
from tests.data.drawn import CORRIDOR, GIVES, SERANG, TAKES, geojson, map_file, moved, strip
from tests.data.intake.hostile_areas import files
from tests.data.intake.test_hostile import MANY, forked, hold
from tests.shipped import data
from views.language.words import Words
from views.topics.uploads import words
from views.topics.uploads.check import Checked, check

W = Words("id")


@pytest.fixture
def in_a_fork(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The children that read and cut are forks, which start at once."""
    import pyogrio.raw  # noqa: F401 -- before the fork, once

    data().land  # noqa: B018
    for module in (geofile, held_boundaries):
        monkeypatch.setattr(module, "run", forked)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(content: bytes, **answers: Any) -> Checked:
    known = data()
    return check(known, known.catalogue.corridors[CORRIDOR], content, Answers(**answers))


def is_a_coverage(known: Dataset) -> bool:
    """Tell whether the polygons of the kelurahan have neither gap nor overlap."""
    return bool(shapely.coverage_is_valid(known.land.kelurahan.geometry.to_numpy()))


@cache
def shown_is_a_coverage() -> bool:
    """The same of what is shown, asked once: most hostile files change nothing."""
    return is_a_coverage(data())


def outcome(content: bytes) -> str:
    """Read a file to its end; say what became of it."""
    try:
        found = checked(content)
    except FileError as error:
        return error.problem.code if words.refusal(W, error.problem) else ""
    for problem in (*found.problems, *found.notes):
        assert words.reason(W, problem)
    assert len({(p.sheet, p.row) for p in found.problems}) == found.counts["refused"]
    assert found.boundaries is not None
    now = found.boundaries.held.now
    assert shown_is_a_coverage() if now is data() else is_a_coverage(now)
    return found.problems[0].code if found.problems else "read"


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "shapefile"])
def test_the_kinds_of_file_and_systems_of_coordinates_are_read_alike(kind: str, in_a_fork: Path) -> None:
    shapes = strip(300)
    found = checked(geojson(shapes) if kind == "geojson" else map_file(shapes, kind))
    assert (found.layout, found.counts["changed"], found.problems) == ("batas", 2, ())
    assert found.boundaries is not None
    areas = found.boundaries.areas.set_index("kode")
    assert areas.loc[TAKES, "got_km2"] == pytest.approx(areas.loc[GIVES, "gave_km2"])
    assert areas.loc[TAKES, "after_km2"] == pytest.approx(areas.loc[TAKES, "file_km2"], abs=0.02)


def feature(change: Any) -> bytes:
    """The honest file with another geometry for its second feature."""
    whole = json.loads(geojson(strip(300)))
    whole["features"][1]["geometry"] = change(whole["features"][1]["geometry"])
    return json.dumps(whole).encode()


def ring(shape: dict[str, Any]) -> Any:
    return shape["coordinates"][0]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("point_swapped", lambda s: {**s, "coordinates": [[[y, x] for x, y in r] for r in s["coordinates"]]}),
        ("point", lambda s: {**s, "coordinates": [[[x + 90, y] for x, y in r] for r in s["coordinates"]]}),
        ("area_crossed", lambda s: {**s, "coordinates": [[ring(s)[at] for at in (0, 40, 20, 60, 0)]]}),
        ("area_elsewhere", lambda s: {**s, "coordinates": [[[x + 0.01, y] for x, y in r] for r in s["coordinates"]]}),
        ("area_missing", lambda s: None),
        ("area_missing", lambda s: {"type": "LineString", "coordinates": ring(s)}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_area_is_told_by_its_feature(code: str, change: Any, in_a_fork: Path) -> None:
    found = checked(feature(change))
    assert (code, 3) in [(problem.code, problem.row) for problem in found.problems]
    assert not [p for p in found.problems if p.code == "area_taken"], "nobody is told to draw what the file names"


def test_codes_and_names_follow_the_rules_of_every_other_file(in_a_fork: Path) -> None:
    whole = json.loads(geojson(strip(300)))
    first, second = (one["properties"] for one in whole["features"])
    first["kode"], second["nama"] = first["kode"].replace(".", "")[:-1], "Karangantu"
    found = checked(json.dumps(whole).encode())
    assert [(p.code, p.row) for p in found.problems] == [("code_short", 2)]
    assert [doubt.reason for doubt in found.doubts] == ["code_name"]
    twice = json.loads(geojson(strip(300)))
    twice["features"].append(twice["features"][0])
    assert ("area_twice", 4, "1") in [(p.code, p.row, p.detail) for p in checked(json.dumps(twice).encode()).problems]


def test_land_of_the_other_government_and_of_neighbours_that_are_not_in_the_file_is_named(in_a_fork: Path) -> None:
    found = checked(geojson(moved(GIVES, 120)))
    told = [(p.code, words.reason(W, p)) for p in found.problems]
    assert {code for code, _ in told} == {"area_across", "area_taken"}
    across = next(text for code, text in told if code == "area_across")
    assert "(Kab. Serang)" in across
    assert "Permendagri 141/2017" in across
    back = checked(geojson(moved(GIVES, -120)))
    assert {p.code for p in back.problems} == {"area_retreat", "area_left"}


def test_both_sides_are_treated_alike(in_a_fork: Path) -> None:
    pairs = data().pairs
    other = pairs[pairs["kode_a"].str.startswith("36.04") & pairs["kode_b"].eq(GIVES)]["kode_a"].iloc[0]
    mine, theirs = (checked(geojson(moved(str(kode), 120))) for kode in (GIVES, other))
    codes = [{p.code for p in found.problems if p.code == "area_across"} for found in (mine, theirs)]
    assert codes == [{"area_across"}, {"area_across"}]


def test_two_hundred_hostile_files_are_refused_with_a_reason_or_taken(in_a_fork: Path) -> None:
    hold(files(MANY), outcome, least=10)
    assert not list(in_a_fork.iterdir()), "nothing is written"


def test_combs_that_cross_each_other_a_million_times_end_within_the_bounds() -> None:
    teeth = 4_000
    at = [(n / teeth, n % 2) for n in range(teeth)]
    one = shapely.LineString([(x * 0.04, y * 0.04) for x, y in at])
    other = shapely.LineString([(y * 0.04, x * 0.04) for x, y in at])
    with pytest.raises(FileError) as error:
        held_boundaries.in_a_child([one, other])
    assert error.value.problem.code in ("area_tangled", "busy")


def test_a_file_with_too_many_corners_is_refused_before_anything_is_compared(
    in_a_fork: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(features, "MOST_CORNERS", 100)
    assert {p.code for p in checked(geojson(strip(300))).problems} == {"area_heavy"}


def test_the_template_is_the_boundary_of_today(in_a_fork: Path) -> None:
    found = checked(held_boundaries.template(data(), SERANG))
    assert (found.counts["same"], found.counts["changed"], found.problems) == (67, 0, ())


def test_the_child_that_cuts_lines_starts_within_its_memory() -> None:
    square = shapely.box(0, 0, 1, 1).boundary
    assert len(held_boundaries.in_a_child([square])) == 1
