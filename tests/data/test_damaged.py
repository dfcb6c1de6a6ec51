"""The real raw records, damaged: refused with file, row and column, or read as if nothing had happened."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.build import fingerprints, reading
from data.build.boundaries import PATH
from data.build.population import BANTEN
from data.build.raw import Raw, RawError
from data.build.schema import Table, Units, check
from data.build.schemas import SCHEMAS
from data.build.schools import SCHOOLS
from data.build.statistics import IDM
from tests.data import damage
from tests.data.damage import Case
from tests.data.toy_raw import geoparquet, said

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT.parent / "shared" / "data"
CASES, SEED = 200, 20261128

pytestmark = [
    pytest.mark.build,
    pytest.mark.skipif(not RAW.is_dir(), reason="the raw records are not beside the repository"),
]


@pytest.fixture(scope="module")
def raw() -> Raw:
    return reading.read_all(RAW)


@pytest.fixture(scope="module")
def units(raw: Raw) -> Units:
    return Units(raw.layer)


def problems_of(case: Case, raw: Raw, units: Units) -> tuple[str, list[str]]:
    """Who refuses the file (reader, schema or fingerprint; "" when nobody does), and in which words."""
    try:
        text = reading.read_text(case.path, case.content, SCHEMAS[case.path])
    except RawError as error:
        return "reader", str(error).splitlines()
    table = check(case.path, text, SCHEMAS[case.path], units, raw.tables)
    found = said(table)
    if not any(problem.row for problem in table.problems):
        changed = fingerprints.differences(case.path, text, raw.fingerprints[case.path])
        found += [str(problem) for problem in changed]
    if not found:
        pd.testing.assert_frame_equal(table.frame.reset_index(drop=True), raw.tables[case.path])
    return "schema" if table.problems else "fingerprint" if found else "", found


def test_row_2_damaged_tables_are_refused_by_name_or_read_unchanged(raw: Raw, units: Units) -> None:
    files = {path: (RAW / path).read_bytes() for path in SCHEMAS}
    whole = {path: damage.parsed(content) for path, content in files.items()}
    used = {path: list(schema.columns) for path, schema in SCHEMAS.items()}
    found = Counter[str]()
    for case in damage.cases(files, used, CASES, SEED):
        by, said_ = problems_of(case, raw, units)
        found[by] += 1
        assert all(line.startswith(case.path) for line in said_), case
        if by == "reader":
            assert any(part in said_[0] for part in (case.column, "row", "bytes are too many")), (case, said_)
        elif by and case.row:
            # The very row, the second of two that are alike, another of the same unit, or the one it was swapped with.
            rows = whole[case.path]
            swapped = damage.parsed(case.content) if case.kind == "swap cells" else rows
            unit = {n for n, cells in enumerate(rows, start=1) if cells[0] == rows[case.row - 1][0]}
            unit |= {n for n, (old, new) in enumerate(zip(rows, swapped, strict=True), start=1) if old != new}
            named = {int(n) for line in said_ for n in re.findall(r", row (\d+)", line)}
            assert named & {case.row, case.row + 1, *unit}, (case.kind, case.row, said_)
        elif by:
            assert any("row" in line and ("column" in line or case.column in line) for line in said_), (case, said_)
    assert found.total() == CASES
    # Most are found by what the tables must be, before any comparison with the recorded files.
    assert found["reader"] + found["schema"] > 0.7 * CASES, found
    assert found[""] < 0.1 * CASES, found


def lines_of(path: str) -> list[list[str]]:
    return damage.parsed((RAW / path).read_bytes())


def refused(path: str, rows: list[list[str]], raw: Raw, units: Units) -> list[str]:
    """What the schema alone says, without the recorded fingerprints."""
    text = reading.read_text(path, damage.written(rows), SCHEMAS[path])
    table: Table = check(path, text, SCHEMAS[path], units, raw.tables)
    return said(table)


def test_row_2_a_kecamatan_total_that_is_missing_or_misspelt_is_refused(raw: Raw, units: Units) -> None:
    rows = lines_of(BANTEN)
    at = next(i for i, cells in enumerate(rows) if cells[0] == "36.01.01" and "jumlah_penduduk" in cells)
    without = refused(BANTEN, rows[:at] + rows[at + 1 :], raw, units)
    assert without == [f"{BANTEN}: jumlah_penduduk of 36.01.01 (Sumur) in 2024 is missing"]
    misspelt = [*rows[:at], ["36.01.02", *rows[at][1:]], *rows[at + 1 :]]
    said_ = refused(BANTEN, misspelt, raw, units)
    assert f"{BANTEN}, row {at + 1}, column nama: 'Sumur' is not the name of 36.01.02" in said_
    unknown = [*rows[:at], ["36.01.99", *rows[at][1:]], *rows[at + 1 :]]
    said_ = refused(BANTEN, unknown, raw, units)
    assert f"{BANTEN}, row {at + 1}, column kode: '36.01.99' is the code of no kecamatan" in said_


def test_row_2_latitudes_and_longitudes_that_are_swapped_are_refused(raw: Raw, units: Units) -> None:
    head, *rows = lines_of(SCHOOLS)
    lat, lon = head.index("lat"), head.index("lon")
    head[lat], head[lon] = head[lon], head[lat]
    said_ = refused(SCHOOLS, [head, *rows], raw, units)
    assert len(said_) > 8000
    assert said_[0] == (
        f"{SCHOOLS}, row 2, column lat: '{rows[0][lon]}' is a longitude: latitude and longitude are swapped"
    )


def test_row_2_a_village_index_of_91_is_refused(raw: Raw, units: Units) -> None:
    rows = lines_of(IDM)
    rows[1] = [cell.replace("0.9183", "91.83") for cell in rows[1]]
    assert refused(IDM, rows, raw, units) == [
        f"{IDM}, row 2, column value: '91.83' is not a number from 0 to 1 (index)"
    ]


LAYER_DAMAGES: dict[str, Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]] = {
    "drop row": lambda a: a.drop(index=a.index[1000]),
    "duplicate row": lambda a: pd.concat([a, a.iloc[[1000]]]),
    "misspell code": lambda a: a.assign(kode=a["kode"].where(a.index != 1000, "36.01.0X.2001")),
    "swap codes": lambda a: a.assign(kode=[a["kode"].iloc[1], a["kode"].iloc[0], *a["kode"].iloc[2:]]),
    "scale area": lambda a: a.assign(luas_km2=a["luas_km2"] * 100),
    "empty name": lambda a: a.assign(nama=a["nama"].where(a.index != 1000, "")),
    "misspell name": lambda a: a.assign(nama=a["nama"].where(a.index != 1000, "Xx")),
    "integer codes": lambda a: a.assign(kode_kabkota=a["kode_kabkota"].str.replace(".", "").astype(int)),
    "points": lambda a: a.set_geometry(a.geometry.representative_point()),
    "turned": lambda a: a.set_geometry(shapely.transform(a.geometry.to_numpy(), lambda p: p[:, ::-1]), crs=a.crs),
    "simplified": lambda a: a.set_geometry(a.geometry.simplify(0.01)),
}  # fmt: skip


@pytest.mark.parametrize("kind", LAYER_DAMAGES)
def test_row_3_a_damaged_boundary_layer_is_refused(kind: str, raw: Raw) -> None:
    damaged = LAYER_DAMAGES[kind](gpd.read_parquet(RAW / PATH))
    try:
        layer = reading.read_layer(geoparquet(damaged))
    except RawError as error:
        said_ = str(error).splitlines()
    else:
        changed = fingerprints.differences(PATH, reading.layer_text(layer), raw.fingerprints[PATH])
        said_ = [str(problem) for problem in changed]
    assert said_[0].startswith(PATH)
    assert any("row" in line for line in said_), said_


def test_row_3_the_command_refuses_a_damaged_table_and_leaves_the_old_ones(tmp_path: Path) -> None:
    copy, out = tmp_path / "raw", tmp_path / "out"
    for path in (PATH, *SCHEMAS):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        os.symlink(RAW / path, copy / path)
    (copy / IDM).unlink()
    (copy / IDM).write_bytes((RAW / IDM).read_bytes().replace(b",0.9183,", b",91.83,", 1))
    shipped = out / "data" / "shipped"
    shipped.mkdir(parents=True)
    (shipped / "values.parquet").write_text("old")
    done = subprocess.run(
        [sys.executable, "-m", "data.build", "--raw", str(copy), "--out", str(out)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == f"build stopped: {IDM}, row 2, column value: '91.83' is not a number from 0 to 1 (index)\n"
    assert [p.name for p in shipped.iterdir()] == ["values.parquet"]


# The command as it is, but for its tables: they are read, not computed, since what is killed here is the writing.
WRITING = """
import json, sys
from pathlib import Path
import pandas as pd
from data.build import __main__ as command, reading
from data.build.raw import Raw

SHIPPED = Path("data/shipped")
command.read_all = lambda root, accepted: Raw(reading.read_layer((root / reading.PATH).read_bytes()))
command.derive = lambda raw, layers: (
    {file.stem: pd.read_parquet(file) for file in sorted(SHIPPED.glob("*.parquet"), key=lambda f: f.stem != "samples")},
    json.loads((SHIPPED / "checks.json").read_text()),
)
sys.exit(command.main())
"""


def test_row_3_a_killed_build_leaves_the_old_tables(tmp_path: Path) -> None:
    shipped = tmp_path / "data" / "shipped"
    shipped.mkdir(parents=True)
    (shipped / "values.parquet").write_text("old")
    process = subprocess.Popen([sys.executable, "-c", WRITING, "--raw", str(RAW), "--out", str(tmp_path)], cwd=ROOT)
    while not (tmp_path / "data" / "shipped.new" / "samples.parquet").exists():
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (shipped / "values.parquet").read_text() == "old"
    assert [p.name for p in shipped.iterdir()] == ["values.parquet"]
