"""Published boundaries: measured as the build measures; what cannot follow is left out or says so."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.uploads import boundaries as changes
from data import boundaries, mapgeo
from data.layers import Layers
from data.tables import Dataset
from data.versions import Published, apply, in_force
from geo import topology
from open_data import feed
from tests.data.drawn import CORRIDOR, GIVES, SERANG, TAKES, degrees, metric, strip
from tests.shipped import data

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def version(shapes: Any, number: int = 1, **more: Any) -> Published:
    rows = tuple((kode, shapely.to_wkt(shape, rounding_precision=6)) for kode, shape in shapes.items())
    known: dict[str, Any] = {"day": date(2026, 11, 1), "sha256": "a" * 64}
    moment = NOON + timedelta(hours=number)
    return Published(number, boundaries.KIND, SERANG, published=moment, rows=rows, **known | more)


@pytest.fixture(scope="module")
def published() -> Dataset:
    return apply(data(), [version(strip(300))])


@pytest.mark.parametrize("kabkota", [SERANG, "32.75", "36.72"])
def test_the_functions_of_the_build_give_what_is_shipped(kabkota: str) -> None:
    known = data()
    columns, values = boundaries._distances(known, kabkota)
    mine = known.grid.point_sides == kabkota
    for column in columns:
        np.testing.assert_array_equal(columns[column], known.samples[column][mine])
    shown = known.values[known.values["indicator"].str.startswith("jarak_") & known.values["kode_kabkota"].eq(kabkota)]
    order = ["indicator", "kode"]
    one, other = (frame.sort_values(order, ignore_index=True) for frame in (values, shown))
    pd.testing.assert_frame_equal(one, other[list(one.columns)], check_dtype=False)


def test_the_files_of_the_map_are_those_of_the_build() -> None:
    known = data()
    land = known.land
    made = Layers(land.kelurahan, land.kecamatan, land.kabkota, land.metric, known.pairs, known.segments())
    manifest, files = mapgeo.files(made, {SERANG, "36.04"})
    for name, found in manifest.items():
        assert found.items() <= known.geometry[name].items()
    assert len(files) == 11


def test_areas_densities_neighbours_borders_and_distances_follow(published: Dataset) -> None:
    known = data()
    before, after = known.kelurahan["luas_km2"], published.kelurahan["luas_km2"]
    changed = before.index[before.ne(after)]
    assert set(changed) == {GIVES, TAKES}
    assert after.sum() == pytest.approx(before.sum(), abs=0.001)
    assert published.kabkota["luas_km2"].equals(known.kabkota["luas_km2"])
    people = published.indicator_values("penduduk")["value"]
    assert people.equals(known.indicator_values("penduduk")["value"])
    density = published.indicator_values("kepadatan")
    for kode in (GIVES, TAKES):
        assert density.loc[kode, "value"] == pytest.approx(people[kode] / after[kode])
        assert str(density.loc[kode, "note"]).endswith("Menurut batas kantor, versi 1.")
    lines = changes.at_lines(known.pairs, published.pairs)
    assert set(lines["kode"]) == {GIVES, TAKES}
    corridor = known.catalogue.corridors[CORRIDOR]
    one, other = (d.border(corridor) for d in (known, published))
    assert other.line_m == pytest.approx(one.line_m, abs=60)
    samples = published.samples.groupby("kode").size()
    assert samples[TAKES] > known.samples.groupby("kode").size()[TAKES]
    assert list(published.samples["kode"]) == sorted(published.samples["kode"])
    assert (published.samples["own_sd"] < 65535).mean() == pytest.approx(
        (known.samples["own_sd"] < 65535).mean(), abs=0.01
    )


def test_the_feed_names_the_office_that_drew_a_boundary(published: Dataset) -> None:
    known = data()
    for make in (feed.kelurahan, feed.borders):
        before, after = make(known), make(published)
        assert set(before["year"]) == {feed.BOUNDARY_YEAR}
        named = after["source"].str.contains("versi 1")
        ends = after[[name for name in ("kode", "kode_a", "kode_b") if name in after]]
        drawn = ends.isin([GIVES, TAKES]).any(axis=1)
        assert (named == drawn).all()
        assert set(after.loc[drawn, "year"]) <= {2026}
    assert set(feed.kelurahan(published).query("year == 2026")["kode"]) == {GIVES, TAKES}
    sides = known.catalogue.corridors[CORRIDOR].sides
    assert published.redrawn(sides)
    assert not published.redrawn(["32.75", "32.76"])
    assert not known.redrawn(sides)


def test_nothing_of_other_kabkota_changes(published: Dataset) -> None:
    known = data()
    one, other = (d.values[d.values["kode_kabkota"].ne(SERANG)].reset_index(drop=True) for d in (known, published))
    pd.testing.assert_frame_equal(one, other)
    one, other = (
        d.samples[~d.samples["kode"].str.startswith(SERANG)].reset_index(drop=True) for d in (known, published)
    )
    pd.testing.assert_frame_equal(one[list(other.columns)], other)


def test_what_was_read_within_the_old_boundary_is_left_out_where_much_moved_and_marked_where_little_did(
    published: Dataset,
) -> None:
    for name in ("cahaya_malam", "dataran_rendah_5m", "dataran_rendah_10m"):
        assert {GIVES, TAKES} <= set(data().indicator_values(name).index)
        assert not {GIVES, TAKES} & set(published.indicator_values(name).index), name
    little = apply(data(), [version(strip(4))])
    rows = little.indicator_values("cahaya_malam").loc[[GIVES, TAKES]]
    assert rows["note"].str.endswith("Dihitung untuk batas sebelum versi 1.").all()
    assert rows["quality"].eq("rendah").all()
    assert rows["value"].equals(data().indicator_values("cahaya_malam").loc[[GIVES, TAKES], "value"])


def test_the_map_gets_files_of_its_own_and_the_others_stay(published: Dataset) -> None:
    path = published.geometry["kelurahan"][SERANG]
    assert path != data().geometry["kelurahan"][SERANG]
    assert boundaries.map_file(path) == published.map_files[path]
    shapes = {f["id"]: f["geometry"] for f in topology.features(json.loads(published.map_files[path]))}
    drawn = shapely.geometry.shape(shapes[TAKES])
    whole = published.polygons("kelurahan").set_index("kode").geometry[TAKES]
    assert drawn.symmetric_difference(whole).area < 0.05 * whole.area
    assert published.geometry["kelurahan"]["32.75"] == data().geometry["kelurahan"]["32.75"]
    assert published.geometry["around"] == data().geometry["around"]


def test_withdrawn_the_data_are_the_shipped_ones(published: Dataset) -> None:
    gone = version(strip(300), withdrawn=NOON + timedelta(days=2))
    assert apply(data(), in_force([gone])) is data()
    again = apply(data(), in_force([gone], 1), 1)
    assert again.kelurahan["luas_km2"].equals(published.kelurahan["luas_km2"])


def test_a_boundary_whose_ground_was_withdrawn_is_left_out_and_named() -> None:
    first = version(strip(300))
    known = apply(data(), [first])
    shape = known.land.metric.set_index("kode").geometry[TAKES]
    second = version(degrees({TAKES: shapely.buffer(shape, -20)}), 2)
    assert apply(data(), [first, second]).unfit == ()
    alone = apply(data(), [second])
    assert alone.unfit == (2,)
    assert alone.kelurahan["luas_km2"].equals(data().kelurahan["luas_km2"])


def test_people_and_lists_of_offices_hold_for_the_new_boundary() -> None:
    people = Published(
        2,
        "penduduk",
        SERANG,
        date(2026, 11, 1),
        NOON + timedelta(hours=2),
        "b" * 64,
        ((TAKES, "penduduk", 9000.0, 2026),),
    )
    known = apply(data(), [version(strip(300)), people])
    row = known.indicator_values("kepadatan").loc[TAKES]
    assert row["value"] == pytest.approx(9000 / known.kelurahan["luas_km2"][TAKES])
    assert row["note"] == "Angka resmi kantor, versi 2. Menurut batas kantor, versi 1."


def test_the_unchanged_is_the_same_object_of_the_land(published: Dataset) -> None:
    known = metric()
    same = published.land.metric.set_index("kode").geometry
    rest = [kode for kode in known.index if kode not in published.reshaped]
    corners = sum(not known[kode].equals_exact(same[kode], 0) for kode in rest)
    assert corners <= 6, "only neighbours get a corner"
