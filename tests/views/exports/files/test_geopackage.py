"""The GeoPackage, opened by GDAL: layers equal to the tables, in degrees, with their origin; no guessed points."""

import sqlite3
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from tests.shipped import MADE, data, hostile_data
from tests.views.exports.office import is_formula, tell_tale
from views.exports.files import corridor as files_corridor
from views.exports.files import geopackage as files_geopackage
from views.language.words import Words
from views.story.story import Request

LAYERS = [
    "kelurahan",
    "kecamatan",
    "garis_batas",
    "fasilitas",
    "nilai",
    "indikator",
    "fasilitas_tanpa_titik",
    "sumber",
    "keterangan",
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    known = data()
    path = tmp_path_factory.mktemp("gpkg") / "tapal.gpkg"
    path.write_bytes(
        files_geopackage.build(
            Request(Words("id"), known, known.catalogue.corridors["kabserang-cilegon"], MADE, (), ("36.72.01.1001",))
        )
    )
    return path


def test_layers_and_reference_system(file: Path) -> None:
    assert [str(name) for name, _ in pyogrio.list_layers(file)] == LAYERS
    for layer in LAYERS[:4]:
        assert pyogrio.read_info(file, layer=layer)["crs"] == "EPSG:4326"
    with sqlite3.connect(file) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kinds = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents"))
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    base.close()
    assert {n for n, kind in kinds.items() if kind == "attributes"} == set(LAYERS[4:])


@pytest.mark.parametrize("level", ["kelurahan", "kecamatan"])
def test_the_layer_equals_the_table(file: Path, level: str) -> None:
    known = data()
    layer = gpd.read_file(file, layer=level).set_index("kode")
    assert layer.geometry.is_valid.all()
    units = known.units(level, ("36.04", "36.72"))
    assert set(layer.index) == set(units.index)
    assert layer["nama"].to_dict() == units["nama"].to_dict()
    names = [i.id for i in known.catalogue.indicators.values()]
    for indicator in (known.catalogue.indicators[n] for n in names):
        assert (indicator.id in layer.columns) == (indicator.level == level)
        if indicator.level == level:
            values = known.indicator_values(indicator.id).reindex(layer.index)
            pd.testing.assert_series_equal(
                layer[indicator.id].astype(float), values["value"], check_names=False, rtol=1e-12
            )
    polygons = known.polygons(level).set_index("kode").geometry.reindex(layer.index)
    assert layer.geometry.geom_equals(polygons).all()


def test_the_long_table_names_unit_year_and_source(file: Path) -> None:
    rows = pyogrio.read_dataframe(file, layer="nilai")
    known = data()
    inside = known.values[known.values["kode_kabkota"].isin(["36.04", "36.72"])]
    inside = inside[
        inside["level"] == inside["indicator"].map({i.id: i.level for i in known.catalogue.indicators.values()})
    ]
    assert len(rows) == len(inside)
    assert rows[["satuan", "tahun", "mutu", "sumber", "cara"]].notna().all().all()
    assert rows["tahun"].dtype.kind == "i"
    columns = pyogrio.read_dataframe(file, layer="indikator")
    assert set(rows["indikator"]) <= set(columns["kolom"])
    assert (columns["atribusi"] != "").all()


def test_no_place_is_guessed_and_no_clinic_named(file: Path) -> None:
    known = data().facilities
    points = gpd.read_file(file, layer="fasilitas")
    own = known[
        known["kode_kabkota"].isin(["36.04", "36.72"])
        & known["used"]
        & known["lon"].notna()
        & known["kind"].ne("klinik")
    ]
    assert len(points) == len(own)
    areas = pyogrio.read_dataframe(file, layer="fasilitas_tanpa_titik")
    assert (areas["jenis"] == "Pos damkar").any()
    fire = points[points["jenis"] == "Pos damkar"]
    assert not set(fire["nama"]) & set(areas["nama"])


def test_the_line_is_the_line(file: Path) -> None:
    line = gpd.read_file(file, layer="garis_batas")
    segments = data().segments()
    own = segments[(segments["kode_kabkota_a"] == "36.04") & (segments["kode_kabkota_b"] == "36.72")]
    assert line["panjang_m"].sum() == pytest.approx(own["length_m"].sum(), abs=len(own))
    assert len(line) == len(own)


def test_origin_travels_with_the_file(file: Path) -> None:
    info = pyogrio.read_info(file, layer="kelurahan")
    assert "Badan Informasi Geospasial" in info["dataset_metadata"]["ATTRIBUTION"]
    assert "bukan acuan resmi batas wilayah" in info["layer_metadata"]["DESCRIPTION"]
    notes = pyogrio.read_dataframe(file, layer="keterangan")["keterangan"].str.cat(sep="\n")
    assert "bukan acuan resmi batas wilayah" in notes
    assert "Jangan dipakai untuk" in notes


def test_nothing_tells_of_a_machine_and_the_folder_is_gone(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    known = data()
    corridor = known.catalogue.corridors["kabserang-cilegon"]
    content = files_geopackage.build(Request(Words("id"), known, corridor, MADE, (), ("36.72.01.1001",)))
    assert list(tmp_path.iterdir()) == []
    assert content == file.read_bytes(), "the same wish gives the same bytes"
    assert tell_tale(content) == []


def test_hostile_names_are_text(tmp_path: Path) -> None:
    known = hostile_data()
    path = tmp_path / "hostile.gpkg"
    path.write_bytes(
        files_geopackage.build(
            Request(Words("en"), known, known.catalogue.corridors["bekasi-depok"], MADE, ("pendidikan",))
        )
    )
    for layer in LAYERS:
        frame = pyogrio.read_dataframe(path, layer=layer, read_geometry=False)
        texts = frame.select_dtypes(exclude="number")
        for column in texts.columns:
            cells = texts[column].dropna().astype(str)
            assert not cells.map(is_formula).any(), (layer, column)


def test_a_value_of_a_kecamatan_never_stands_at_a_kelurahan() -> None:
    known = data()
    corridor = known.catalogue.corridors["bekasi-depok"]
    values = files_corridor.long_values(Request(Words("id"), known, corridor, MADE))
    wide = files_corridor.wide_values(values, "kelurahan")
    assert not {i.id for i in known.catalogue.indicators.values() if i.level != "kelurahan"} & set(wide.columns)
