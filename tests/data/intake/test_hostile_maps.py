"""Two hundred broken or hostile map files a kind: refused with a reason, or every feature is accounted for."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.intake import features, geofile, workbook
from data.intake.facilities import Facilities, facilities_of
from data.intake.geofile import GeoBook
from data.intake.guards import GuardError
from data.intake.layouts import find_tables, score
from data.intake.places import Places
from data.intake.problems import FileError, Problem
from data.intake.sheets import MAPS, book_of, kind_of
from data.intake.values import Answers
from data.intake.workbook import Book
from tests.data.facility_lists import geojson
from tests.data.intake.hostile_maps import KINDS, bases, files, zipped
from tests.data.intake.test_hostile import MANY, forked, hold, without_cause
from tests.shipped import data
from views.language.words import Words
from views.topics.uploads import words

AT_ONCE = 25
ANSWERS = Answers(kind="puskesmas")
W = Words("id")
SERANG = ("36.04", "36.73")


@cache
def places() -> tuple[Places, Places]:
    return Places(data().kelurahan, SERANG), Places(data().kecamatan, SERANG)


def listed(content: bytes) -> tuple[Book, Facilities]:
    book = book_of(content, score)
    _, tables, _ = find_tables(book)
    wrong = book.wrong if isinstance(book, GeoBook) else {}
    return book, facilities_of(tables, *places(), data().land, ANSWERS, wrong)


def outcome(content: bytes) -> str:
    """Read a file to its end; say what became of it."""
    try:
        book, found = listed(content)
    except FileError as error:
        return error.problem.code if words.refusal(W, error.problem) else ""
    for problem in found.problems:
        assert words.reason(W, problem)
    refused = {(problem.sheet, problem.row) for problem in found.problems}
    assert len(refused) == sum(row.status == "refused" for row in found.rows)
    assert len(found.rows) <= sum(len(sheet.rows) - 1 for sheet in book.sheets)
    for row in found.rows:
        if row.status == "read":
            assert row.kode in data().kelurahan.index or row.lat is None
            assert row.name.isprintable()
    return "read" if any(row.status == "read" for row in found.rows) else "rows refused"


@pytest.fixture
def in_a_fork(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The child that reads is a fork, which starts at once."""
    import pyogrio.raw  # noqa: F401 -- before the fork, once

    data().land  # noqa: B018
    places()
    monkeypatch.setattr(geofile, "run", forked)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_all(contents: Sequence[bytes], kinds: Sequence[str]) -> list[Any]:
    """What the child gives for each file, or raises."""
    found: list[Any] = []
    for content, kind in zip(contents, kinds, strict=True):
        try:
            found.append(features.features_in(content, kind) if kind in MAPS else None)
        except FileError as error:
            found.append(without_cause(error))
    return found


def read_in_few_forks(contents: Sequence[bytes]) -> dict[bytes, Any]:
    """Many files in one fork; where one of them ends it, each in a fork of its own."""
    found: dict[bytes, Any] = {}
    for start in range(0, len(contents), AT_ONCE):
        part = contents[start : start + AT_ONCE]
        kinds = [kind_of(content) for content in part]
        try:
            found |= dict(zip(part, forked(workbook.MEGABYTES, 60, read_all, part, kinds), strict=True))
        except GuardError:
            for content, kind in zip(part, kinds, strict=True):
                try:
                    found[content] = forked(workbook.MEGABYTES, workbook.SECONDS, read_all, [content], [kind])[0]
                except GuardError as error:
                    found[content] = error
    return found


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_file_is_refused_with_a_reason_or_taken_feature_by_feature(
    kind: str, in_a_fork: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facilities = data().facilities.copy()
    contents = list(files(kind, MANY))
    known = read_in_few_forks(contents)

    def read_before(megabytes: int, seconds: int, function: Any, content: bytes, kind: str) -> Any:
        if isinstance(known[content], Exception):
            raise known[content]
        return known[content]

    monkeypatch.setattr(geofile, "run", read_before)
    hold(contents, outcome, least=4)
    assert data().facilities.equals(facilities)
    assert not list(in_a_fork.iterdir()), "nothing is written"


NUMBER = st.one_of(st.floats(), st.integers(-200, 200), st.sampled_from([106.15, -6.12, "x", None]))
SHAPE = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Point", "MultiPoint", "Polygon", "GeometryCollection", "", None]),
        "coordinates": st.recursive(
            st.lists(NUMBER, max_size=3), lambda deeper: st.lists(deeper, max_size=3), max_leaves=6
        ),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=3), SHAPE), max_size=4))
def test_any_geojson_is_refused_or_taken(in_a_fork: Path, found: list[tuple[dict[str, Any], Any]]) -> None:
    assert outcome(geojson([({"nama": "Puskesmas"} | known, shape) for known, shape in found]))


def test_the_child_has_four_drivers_no_network_and_300_mb() -> None:
    assert (workbook.MEGABYTES, workbook.SECONDS) == (300, 5)
    script = (
        "import os; from data.intake import features; "
        "features.features_in(open('/dev/stdin','rb').read(), 'geojson'); "
        "import pyogrio; print(sorted(pyogrio.list_drivers()), os.environ['PROJ_NETWORK'])"
    )
    content = geojson([({"nama": "a"}, {"type": "Point", "coordinates": [106.1, -6.1]})])
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script], input=content, capture_output=True, check=True, cwd=root, env=os.environ
    )
    assert done.stdout.decode().strip() == "['ESRI Shapefile', 'GPKG', 'GeoJSON', 'LIBKML'] OFF"


def test_a_file_that_names_a_server_never_calls_it(in_a_fork: Path) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        where = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        link = f"<kml><NetworkLink><Link><href>{where}.kml</href></Link></NetworkLink></kml>"
        layer = f'<OGRVRTLayer name="x"><SrcDataSource>/vsicurl/{where}</SrcDataSource></OGRVRTLayer>'
        vrt = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"
        hidden = zipped(dict(bases()[1][0]) | {".shp": vrt.encode()})
        assert [outcome(content) for content in (link.encode(), vrt.encode(), hidden)] == [
            "geo_elsewhere", "no_table", "damaged",
        ]  # fmt: skip
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("kind", ["gpkg", "shapefile"])
def test_metres_are_taken_to_degrees_only_where_the_file_says_so(kind: str, in_a_fork: Path) -> None:
    number = 1  # that of EPSG:32748
    if kind == "gpkg":
        book, _ = listed(bases()[0][number])
        assert book.sheets[0].rows[1][-2:] == ["-6.1235506", "106.1567834"]
        return
    parts = bases()[1][number]
    book, _ = listed(zipped(parts))
    assert book.sheets[0].rows[1][-2:] == ["-6.1235506", "106.1567834"]
    without = {ending: held for ending, held in parts.items() if ending != ".prj"}
    with pytest.raises(FileError) as error:
        listed(zipped(without))
    assert error.value.problem == Problem("crs_missing", "lapisan")


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[106.1, -6.1], [106.2, -6.1], [106.2, -6.2], [106.1, -6.1]]]},
        {"type": "LineString", "coordinates": [[106.1, -6.1], [106.2, -6.1]]},
    ],
)
def test_an_area_or_a_line_is_refused_by_its_feature_and_not_taken_for_a_place_without_a_point(
    geometry: dict[str, object], in_a_fork: Path
) -> None:
    _, found = listed(
        geojson([({"nama puskesmas": "Puskesmas X", "kelurahan": "Taktakan", "kecamatan": "Taktakan"}, geometry)])
    )
    assert [(row.status, row.name) for row in found.rows] == [("refused", "Puskesmas X")]
    assert [(problem.code, problem.row) for problem in found.problems] == [("geometry_kind", 2)]
