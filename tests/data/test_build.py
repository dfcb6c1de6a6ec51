"""The build: malformed records are named, and the same records give the same bytes."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data.build import __main__ as command
from data.build import boundaries, facts, reading, schema, schools
from data.build.named import Names
from data.build.raw import Raw, RawError
from data.build.rules import translated_in
from data.build.schemas import SCHEMAS
from data.build.translated import fingerprint
from tests.data.toy_raw import checked, geoparquet, kelurahan, raw_of, read_kelurahan, said

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT.parent / "shared" / "data"

HEAD = "npsn,name,jenjang,status,kecamatan,kabkota,address,lat,lon,coord_flag"
GOOD = "20200001,SD A,SD,Negeri,Beji,Kota Depok,,-6.47,106.8,ok"


def schools_of(stated: str, lon: float) -> pd.Series:
    """The one school of Kota Depok: its kelurahan in Dapodik, and a point of 2019 that the file itself calls wrong."""
    point = f"20200001,SD A,SD,Negeri,Beji,Kota Depok,,-6.47,{lon},outside_stated_regency"
    raw = raw_of(schools.SCHOOLS, SCHEMAS[schools.SCHOOLS], HEAD, point)
    for path, lines in {
        schools.SECONDARY: [
            "npsn,name,jenjang,status,kecamatan,kabkota,lat,lon,coord_flag",
            "P2000001,PKBM B,PKBM,Swasta,Beji,Kota Depok,-6.47,106.8,ok",
        ],
        schools.STATED: ["npsn,kode,kabkota,match", "20200009,,Kota Depok,tidak_cocok"],
        schools.REGISTER: [
            "npsn,nama,jenjang,status,kode,kecamatan,kabkota",
            f"20200001,SD A,SD,Negeri,{stated},Beji,Kota Depok",
        ],
    }.items():
        raw.tables |= raw_of(path, SCHEMAS[path], *lines).tables
    return schools.build(raw, boundaries.build(raw)).iloc[0]


def test_a_school_stands_at_its_point_where_that_agrees_with_the_stated_kelurahan() -> None:
    found = schools_of("32.76.01.1001", 106.8)
    assert found[["id", "status", "left_out", "operator_kabkota", "kode", "precision", "area_kode"]].tolist() == [
        "sd:20200001", "negeri", "", "Kota Depok", "32.76.01.1001", "titik", "",
    ]  # fmt: skip
    assert (found["stated_m"], found["year"]) == (0, 2025)


def test_row_1_points_are_judged_by_the_polygons_and_the_stated_kelurahan_not_by_a_raw_flag() -> None:
    near, far = schools_of("32.76.01.1001", 106.8135), schools_of("32.76.01.1001", 106.85)
    assert (near["precision"], near["kode"], near["stated_m"]) == ("titik", "32.76.01.1001", pytest.approx(111, abs=2))
    assert (far["precision"], far["kode"], far["area_kode"]) == ("kelurahan", "32.76.01.1001", "32.76.01.1001")
    assert pd.isna(far["lon"])
    assert far["stated_m"] == pytest.approx(4150, abs=20)
    assert far["error_km"] > 3
    assert schools_of("", 106.85)["kode"] == "32.76.01.1002", "only the kecamatan is stated, and the point lies in it"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"{HEAD.replace(',lat', '')}\n{GOOD}", "row 1: column missing: lat"),
        (f"{HEAD.replace(',lat', ',Lat')}\n{GOOD}", "row 1: column missing: lat; there is Lat"),
        (f"{HEAD},lat\n{GOOD},1", "row 1: column lat stands twice"),
        (HEAD, "no rows"),
        (f"{HEAD}\n{GOOD},too,many", "row 2: 12 cells, not as many as headings"),
        (f"{HEAD}\n{GOOD}".replace("SD A", '"SD A'), "row 2: quotation marks do not close"),
        (f"{HEAD}\n{GOOD}".replace("SD A", "SD\0A"), "row 2: holds a NUL character"),
    ],
)
def test_a_file_that_is_no_table_is_named(content: str, message: str) -> None:
    with pytest.raises(RawError) as error:
        reading.read_text(schools.SCHOOLS, content.encode(), SCHEMAS[schools.SCHOOLS])
    assert str(error.value).startswith(schools.SCHOOLS)
    assert message in str(error.value)


def test_the_command_says_what_is_wrong_and_changes_nothing(tmp_path: Path) -> None:
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
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_every_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / boundaries.PATH
    file.parent.mkdir()
    file.write_bytes(geoparquet(kelurahan()))
    with pytest.raises(RawError) as error:
        reading.read_all(tmp_path, [boundaries.PATH])
    assert str(error.value).splitlines() == [f"{path}: file not found in {tmp_path}" for path in SCHEMAS]


def test_an_unforeseen_fault_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    def fails(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(command, "read_all", fails)
    monkeypatch.setattr(sys, "argv", ["data.build", "--raw", str(tmp_path), "--out", str(tmp_path)])
    assert command.main() == 1
    told = capsys.readouterr().err
    assert re.fullmatch(r"build stopped: ZeroDivisionError in test_build\.py, line \d+: by nothing\n", told)


def test_layers_of_three_boxes() -> None:
    layers = boundaries.build(Raw(read_kelurahan()))
    assert len(layers.kecamatan) == len(layers.kabkota) == 2
    assert layers.kabkota["n_kelurahan"].tolist() == [1, 2]
    assert layers.pairs[["kode_a", "kode_b"]].to_numpy().tolist() == [
        ["32.75.01.1001", "32.76.01.1002"], ["32.76.01.1001", "32.76.01.1002"],
    ]  # fmt: skip
    assert len(layers.lines) == 1
    assert layers.lines["length_m"].iloc[0] == pytest.approx(6911, abs=10)


def test_a_fact_that_changed_since_its_translation_is_refused(tmp_path: Path) -> None:
    head = "area_pair,kabkota,kecamatan,kelurahan,sector,fact,value,unit,year,source_url,source_date,certainty"
    fact = "p,Kota Depok,Beji,Tugu; Beji (Lama),road,a new road,1,km,2024,http://x/,2024,S"
    file = tmp_path / "facts_id.csv"
    columns = "id,hash,fact_id,value_id,unit_id,unit_en,year_id,doubtful"
    own = replace(SCHEMAS[facts.FACTS], rules=(translated_in(file, "f", facts.TRANSLATED),))
    file.write_text(f"{columns}\nf001,00000000,jalan baru,1,km,km,2024,\nf002,0,x,1,km,km,2024,\n")
    assert said(checked(own, head, fact)) == [
        "folder/table.csv, row 2, column fact: 'a new road' is not the text that facts_id.csv translates",
        "folder/table.csv: facts_id.csv translates a row f002 that is not there",
    ]
    file.write_text(f"{columns}\nf001,{fingerprint('a new road')},jalan baru,1,km,km,2024,Beji\n")
    raw = raw_of(facts.FACTS, own, head, fact)
    raw.tables[facts.MUSRENBANG] = pd.DataFrame(columns=list(SCHEMAS[facts.MUSRENBANG].columns))
    found = facts.build(raw, Names(read_kelurahan()), file).iloc[0]
    assert (found["fact_id"], found["kode"], found["kode_kecamatan"]) == ("jalan baru", "32.76.01.1002", "32.76.01")


def test_numbers_are_read_or_refused() -> None:
    values, none = schema.numbers(pd.Series(["1", " 2.5 ", "", "1,5", "nan", "inf"]))
    assert values.iloc[:3].fillna(-1).tolist() == [1.0, 2.5, -1.0]
    assert none.tolist() == [False, False, False, True, True, True]


@pytest.mark.build
@pytest.mark.skipif(not RAW.is_dir(), reason="the raw records are not beside the repository")
def test_two_builds_give_the_same_bytes_and_the_shipped_content(tmp_path: Path) -> None:
    """The shipped tables are one build; where a byte of another differs (other processors, libraries), two are made."""
    told = built(tmp_path / "1", "1")
    assert told.startswith("content hash ")
    alike = True
    for made in sorted((tmp_path / "1" / "data" / "shipped").iterdir()):
        shipped = ROOT / "data" / "shipped" / made.name
        alike &= made.read_bytes() == shipped.read_bytes()
        if made.suffix == ".parquet":
            pd.testing.assert_frame_equal(pd.read_parquet(made), pd.read_parquet(shipped), check_exact=False)
        else:
            assert made.read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")
    assert alike or built(tmp_path / "2", "2") == told


def built(folder: Path, seed: str) -> str:
    """Build into a folder, with sets and dictionaries in another order for every seed; what the command says last."""
    (folder / "data").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "data.build", "--raw", str(RAW), "--out", str(folder)],
        cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()[-1]
