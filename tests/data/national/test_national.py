"""A toy country of 72 kelurahan: the same in any tiling, after a kill and after a break."""

import hashlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from distributed import get_client

from data.national import names, run, tiles
from data.national import schools as lists

STEP = 0.02
COLUMNS, ROWS = 12, 6
WEST, EAST = "33.01", "34.71"
KM = STEP * 110.6


def country() -> run.Inputs:
    """Squares of 2.2 km around 110° E, 7° S, each with corners of its own along its edges; an island to the north.

    The six western columns are one kabkota, the six eastern ones another; a school of every level stands in the middle
    of each kelurahan of the west but the last column, and of the easternmost column only.
    """
    rng = np.random.default_rng(7)
    kode, shapes = [], []
    for column in range(COLUMNS):
        for row in range(ROWS):
            x, y = 110 + column * STEP, -7 + row * STEP
            corners = shapely.get_coordinates(shapely.segmentize(shapely.box(x, y, x + STEP, y + STEP), STEP / 4.5))
            # The first half of every edge moves by up to 8 m, but for its corner; the rest is shared.
            along = ((corners - [x, y]) / STEP).round(6)
            moved = ((along > 0) & (along < 0.5)).any(axis=1)
            corners[moved] += rng.uniform(-7e-5, 7e-5, (int(moved.sum()), 2))
            side = WEST if column < COLUMNS // 2 else EAST
            kode.append(f"{side}.{1 + column % 3:02d}.{1000 + column * 10 + row}")
            shapes.append(shapely.Polygon(corners))
    kode.append("35.01.01.2001")
    shapes.append(shapely.box(110, -6.5, 110.05, -6.45))
    units = gpd.GeoDataFrame({"kode": kode, "nama": kode}, geometry=shapes, crs="EPSG:4326")
    rows = []
    for code, shape in zip(kode, shapes, strict=True):
        column = round((shape.centroid.x - 110) / STEP - 0.5)
        if code[:2] == "35" or column < 5 or column == COLUMNS - 1:
            rows += [
                ("SD", "Negeri", shape.centroid.y, shape.centroid.x, code, code[:5], "ok"),
                ("SMP", "Negeri", shape.centroid.y, shape.centroid.x, code, code[:5], "ok"),
                ("SMA", "Swasta", shape.centroid.y, shape.centroid.x, code, code[:5], "ok"),
            ]
    rows.append(("SD", "Negeri", -7.0, 111.9, "", WEST, "outside_land"))
    listed = pd.DataFrame(
        rows, columns=["jenjang", "status", "lat", "lon", "kode_titik", "kode_kabkota_asli", "coord_flag"]
    )
    listed["kabkota_asli"] = (
        listed["kode_kabkota_asli"].map({WEST: "KAB. BARAT", EAST: "Kota Timur"}).fillna("Kab. Pulau")
    )
    listed["provinsi_asli"] = "Prov. Uji"
    return run.Inputs(units, listed, pd.DataFrame(columns=["kode_kabkota", "sd", "smp", "sma", "smk"]))


def files(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def made(at: Path, tile: int, workers: int = 0, say: Callable[[str], None] = lambda text: None) -> dict[str, str]:
    run.run(country(), at / "work", at / "out", workers=workers, tile=tile, replicates=199, say=say)
    return files(at / "out")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The country in a single tile."""
    at = tmp_path_factory.mktemp("whole")
    made(at, 1000)
    return at / "out"


def test_neighbours_lengths_and_the_line_are_those_of_the_squares(whole: Path) -> None:
    pairs = pd.read_parquet(whole / "pairs.parquet")
    assert pairs["pair"].tolist() == [f"{WEST}-{EAST}"]
    assert pairs[["name_a", "name_b", "province_b", "n_border_a", "n_border_b"]].iloc[0].tolist() == [
        "Kab. Barat", "Kota Timur", "DI Yogyakarta", ROWS, ROWS,
    ]  # fmt: skip
    assert pairs["border_km"].item() == pytest.approx(ROWS * KM, rel=0.005)
    neighbours = pd.read_parquet(whole / "neighbours.parquet")
    assert len(neighbours) == ROWS
    assert neighbours["shared_m"].to_numpy() == pytest.approx(KM * 1000, rel=0.01)


def test_distances_are_those_to_the_schools_of_the_side_that_is_asked_for(whole: Path) -> None:
    east = gpd.read_parquet(whole / "kelurahan" / "34.parquet").set_index("kode")
    assert len(east) == ROWS
    # The middle of the line's eastern column: five columns from its own schools, one and a half from the west's.
    middle = east.loc[f"{EAST}.01.1062"]
    assert middle["own_sd"] == pytest.approx(5 * KM, rel=0.05)
    assert middle["any_sd"] == pytest.approx(2 * KM, rel=0.05)
    assert np.isnan(middle["own_sma_smk_negeri"])
    members = pd.read_parquet(whole / "members.parquet").set_index("kode")
    assert members.loc[f"{EAST}.01.1062", "other_smp"] == pytest.approx(middle["any_smp"], abs=0.01)
    assert east.crs == "EPSG:4326"


def test_the_report_counts_what_is_left_out(whole: Path) -> None:
    kabkota = pd.read_parquet(whole / "kabkota.parquet").set_index("kode")
    assert kabkota["n_kelurahan"].to_dict() == {WEST: 36, EAST: 36, "35.01": 1}
    assert kabkota.loc["35.01", "n_border"] == 0
    told = (whole / "report.json").read_text(encoding="utf-8")
    assert '"kabkota_without_land_border": [\n   "35.01"\n  ]' in told
    assert '"outside_land": 1' in told
    assert '"kelurahan_without_land_neighbour": 1' in told


def test_a_thin_list_is_marked_and_takes_no_part_in_a_comparison(whole: Path) -> None:
    kabkota = pd.read_parquet(whole / "kabkota.parquet").set_index("kode")
    assert kabkota["quality_sd"].to_dict() == {WEST: "sedang", EAST: "rendah", "35.01": "sedang"}
    assert kabkota["reason_sd"][EAST] == "kecamatan_tanpa_sekolah"
    sides = pd.read_parquet(whole / "sides.parquet")
    east = sides[sides["side"] == EAST]
    assert east["code"].eq("tidak_diketahui").all()
    assert east["gap_km"].isna().all()
    across = pd.read_parquet(whole / "across.parquet")
    assert across["gap_km"].isna().all()


@pytest.fixture(scope="module")
def tiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The country in nine tiles."""
    at = tmp_path_factory.mktemp("tiled")
    made(at, 9)
    return at / "out"


def test_any_tiling_gives_the_same_but_for_what_is_drawn(whole: Path, tiled: Path) -> None:
    one, other = files(whole), files(tiled)
    drawn = [name for name in one if name.startswith("kelurahan/")]
    assert {name: other[name] for name in one if name not in drawn} == {k: v for k, v in one.items() if k not in drawn}
    assert drawn
    for name in drawn:
        first, second = gpd.read_parquet(whole / name), gpd.read_parquet(tiled / name)
        pd.testing.assert_frame_equal(
            pd.DataFrame(first.drop(columns="geometry")), pd.DataFrame(second.drop(columns="geometry"))
        )
        differ = shapely.area(shapely.symmetric_difference(first.geometry.to_numpy(), second.geometry.to_numpy()))
        assert (differ < 0.01 * shapely.area(first.geometry.to_numpy())).all()


def test_a_worker_that_is_killed_half_way_changes_nothing(tiled: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(text: str) -> None:
        if not killed and text.startswith("tiles: "):
            # Every worker that is there says who it is; one of them dies.
            killed.append(next(iter(get_client().run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    assert made(tmp_path, 9, workers=2, say=kill) == files(tiled)
    assert killed


def test_a_run_that_was_broken_off_goes_on_where_it_was(tiled: Path, tmp_path: Path) -> None:
    def stop(text: str) -> None:
        if text.startswith("batches"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, 9, say=stop)
    told: list[str] = []
    assert not (tmp_path / "out").exists()
    assert made(tmp_path, 9, say=told.append) == files(tiled)
    assert told[0] == "73 kelurahan in 9 tiles, 0 to compute"


def test_a_tile_that_is_there_is_not_computed_again(tmp_path: Path) -> None:
    inputs = country()
    count = tiles.cut(inputs.units, 40, tmp_path)
    lists.points(inputs.schools).to_parquet(tmp_path / "schools.parquet")
    assert count == 2
    tiles.work(str(tmp_path), 0)
    before = (tmp_path / "ground" / "0000" / "units.parquet").stat().st_mtime_ns
    tiles.work(str(tmp_path), 0)
    assert (tmp_path / "ground" / "0000" / "units.parquet").stat().st_mtime_ns == before
    assert not list((tmp_path / "ground").glob("*.new"))


def test_names_follow_the_decree_where_the_list_is_old_or_uneven() -> None:
    listed = [
        ("76.01", "Kab. Mamuju Utara", "Prov. Sulawesi Barat"),
        ("31.75", "Kota Jakarta Timur", "Prov. D.K.I. Jakarta"),
    ]
    found = names.kabkota(pd.DataFrame(listed, columns=["kode_kabkota_asli", "kabkota_asli", "provinsi_asli"]))
    assert found.to_numpy().tolist() == [["Jakarta Timur", "DKI Jakarta"], ["Kab. Pasangkayu", "Sulawesi Barat"]]
