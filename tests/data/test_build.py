"""The build: malformed records are named, and the same records give the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.build import boundaries, facts, raw, schools
from data.build.named import Names
from data.build.raw import Raw, RawError

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT.parent / "shared" / "data"

HEAD = "npsn,name,jenjang,status,kecamatan,kabkota,address,lat,lon,coord_flag"
GOOD = "1,SD A,SD,Negeri,Beji,Kota Depok,,-6.3,106.8,ok"


def schools_of(folder: Path, *lines: str) -> pd.DataFrame:
    file = folder / schools.SCHOOLS
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return schools.build(Raw(folder))


def test_a_good_row_is_read(tmp_path: Path) -> None:
    found = schools_of(tmp_path, HEAD, GOOD)
    assert found[["id", "kind", "status", "left_out", "operator_kabkota"]].iloc[0].tolist() == [
        "sd:1", "sd", "negeri", "", "Kota Depok",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((HEAD, GOOD, "2,SD B,SD,Negeri,Beji,Kota Depok,,x,106.8,ok"), "row 3, column lat: 'x' is not a number"),
        ((HEAD, GOOD, "2,SD B,SD,Negeri,Beji,Kota Depok,,-6,inf,ok"), "row 3, column lon: 'inf' is not a number"),
        ((HEAD, GOOD, GOOD), "row 3, column npsn: '1' is empty or stands twice"),
        ((HEAD, GOOD.replace(",SD,", ",TK,")), "row 2, column jenjang: 'TK' is unknown"),
        ((HEAD, GOOD.replace("-6.3,106.8", ",")), "row 2, column lat: 'ok' has no point but a flag"),
        ((HEAD.replace(",lat", ""), GOOD), "row 1: column missing: lat"),
        ((HEAD,), "no rows"),
        ((HEAD, GOOD + ",too,many"), "row 2: 12 cells, 10 expected"),
    ],
)
def test_a_malformed_row_is_named(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(RawError) as error:
        schools_of(tmp_path, *lines)
    assert schools.SCHOOLS in str(error.value)
    assert message in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RawError, match=r"facilities/schools_2019\.csv: file not found"):
        schools.build(Raw(tmp_path))


def test_the_command_says_what_is_wrong_and_fails(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data.build", "--raw", str(tmp_path), "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip().startswith("build stopped: boundaries/kelurahan.parquet: file not found")
    assert "Traceback" not in done.stderr


def kelurahan() -> gpd.GeoDataFrame:
    """Two kelurahan of Kota Depok, one of Kota Bekasi."""
    columns = {column: "" for column in boundaries.KELURAHAN_COLUMNS if not column.startswith(("label", "geometry"))}
    frame = pd.DataFrame([columns] * 3).rename(columns={"match_bps": "cocok_ab", "overlap_bps": "iou_ab"})
    frame["kode"] = ["32.76.01.1001", "32.76.01.1002", "32.75.01.1001"]
    frame["nama"] = ["Beji", "Tugu", "Jatikarya"]
    frame["kecamatan"] = ["Beji", "Beji", "Jatisampurna"]
    frame["kode_kecamatan"], frame["kode_kabkota"] = frame["kode"].str[:8], frame["kode"].str[:5]
    frame["kabkota"] = ["Kota Depok", "Kota Depok", "Kota Bekasi"]
    frame["luas_km2"] = 1.2
    frame["iou_ab"] = 0.9
    boxes = [shapely.box(west, -6.5, west + 0.0625, -6.4375) for west in (106.75, 106.8125, 106.875)]
    return gpd.GeoDataFrame(frame, geometry=boxes, crs="EPSG:4326")


def layers_of(folder: Path, layer: gpd.GeoDataFrame) -> boundaries.Layers:
    file = folder / boundaries.PATH
    file.parent.mkdir(parents=True, exist_ok=True)
    layer.to_parquet(file)
    return boundaries.build(Raw(folder))


def test_layers_of_three_boxes(tmp_path: Path) -> None:
    layers = layers_of(tmp_path, kelurahan())
    assert len(layers.kecamatan) == len(layers.kabkota) == 2
    assert layers.kabkota["n_kelurahan"].tolist() == [1, 2]
    assert layers.pairs[["kode_a", "kode_b"]].to_numpy().tolist() == [
        ["32.75.01.1001", "32.76.01.1002"], ["32.76.01.1001", "32.76.01.1002"],
    ]  # fmt: skip
    assert len(layers.lines) == 1
    assert layers.lines["length_m"].iloc[0] == pytest.approx(6911, abs=10)


def test_a_bad_layer_is_named(tmp_path: Path) -> None:
    layer = kelurahan()
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(RawError, match="row 2, column geometry"):
        layers_of(tmp_path, layer.set_geometry([layer.geometry[0], bow, layer.geometry[2]], crs=layer.crs))
    with pytest.raises(RawError, match="row 2, column kode: '3276'"):
        layers_of(tmp_path, layer.assign(kode=["32.76.01.1001", "3276", "32.75.01.1001"]))
    with pytest.raises(RawError, match="EPSG:4326 expected"):
        layers_of(tmp_path, layer.to_crs("EPSG:32748"))
    with pytest.raises(RawError, match="column missing: nama"):
        layers_of(tmp_path, layer.drop(columns="nama"))


def test_a_fact_that_changed_since_its_translation_stops_the_build(tmp_path: Path) -> None:
    file = tmp_path / facts.FACTS
    file.parent.mkdir(parents=True)
    head = "area_pair,kabkota,kecamatan,kelurahan,sector,fact,value,unit,year,source_url,source_date,certainty"
    file.write_text(f"{head}\np,Kota Depok,Beji,Tugu; Beji (Lama),road,a new road,1,km,2024,http://x,2024,S\n")
    table = tmp_path / "facts_id.csv"
    columns = "id,hash,fact_id,value_id,unit_id,unit_en,year_id,doubtful"
    names = Names(layers_of(tmp_path, kelurahan()))
    table.write_text(f"{columns}\nf001,00000000,jalan baru,1,km,km,2024,\n")
    with pytest.raises(RawError, match="row 2, column fact: 'a new road' has no translation"):
        facts.build(Raw(tmp_path), names, table)
    table.write_text(f"{columns}\nf001,{facts.fingerprint('a new road')},jalan baru,1,km,km,2024,Beji\n")
    found = facts.build(Raw(tmp_path), names, table).iloc[0]
    assert (found["fact_id"], found["kode"], found["kode_kecamatan"]) == ("jalan baru", "32.76.01.1002", "32.76.01")


def test_numbers_are_read_or_refused() -> None:
    good = raw.number(pd.Series(["1", " 2.5 ", ""], name="n"), "f.csv")
    assert good.fillna(-1).tolist() == [1.0, 2.5, -1.0]
    with pytest.raises(RawError, match=r"f\.csv, row 2, column n: '1,5' is not a number"):
        raw.number(pd.Series(["1,5"], name="n"), "f.csv")


@pytest.mark.build
@pytest.mark.skipif(not RAW.is_dir(), reason="the raw records are not beside the repository")
def test_two_builds_give_the_same_bytes_and_the_shipped_content(tmp_path: Path) -> None:
    runs = []
    for seed in ("1", "2"):
        (tmp_path / seed / "data").mkdir(parents=True)
        runs.append(
            subprocess.Popen(
                [sys.executable, "-m", "data.build", "--raw", str(RAW), "--out", str(tmp_path / seed)],
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": seed},
                stdout=subprocess.PIPE,
                text=True,
            )
        )
    told = [run.communicate()[0].splitlines()[-1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert told[0].startswith("content hash ")
    assert told[0] == told[1]
    for built in sorted((tmp_path / "1" / "data" / "shipped").iterdir()):
        shipped = ROOT / "data" / "shipped" / built.name
        if built.suffix == ".parquet":
            pd.testing.assert_frame_equal(pd.read_parquet(built), pd.read_parquet(shipped), check_exact=False)
        else:
            assert built.read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")
