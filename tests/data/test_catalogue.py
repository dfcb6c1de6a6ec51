"""The catalogue refuses what it does not know, and grows by one entry."""

import re
import shutil
import textwrap
from pathlib import Path

import pandas as pd
import pytest

from data import catalogue, tables
from data.catalogue import CatalogueError
from views.language.words import Words

GUIDE = Path(__file__).parents[2] / "docs" / "menambah.md"


def example(name: str) -> str:
    """An example of the guide, as it stands there."""
    block = re.search(rf"<!-- contoh: {re.escape(name)} -->\n *```\w+\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert block, name
    return "\n" + textwrap.dedent(block[1])


INDICATOR, CORRIDOR, VALUES = example("indicators.yaml"), example("corridors.yaml"), example("posyandu.csv").lstrip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(catalogue.FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_shipped_catalogue_is_whole() -> None:
    known = catalogue.load()
    assert list(known.corridors) == [
        "bekasi-depok",
        "kabserang-kotaserang",
        "kabserang-cilegon",
        "kabserang-lebak",
        "kabserang-pandeglang",
        "kabserang-tangerang",
        "bekasi-jaktim",
        "semua",
    ]
    assert sum(i.profile for i in known.indicators.values() if i.id != "penduduk") == 10
    for corridor in known.corridors.values():
        assert (corridor.legal_basis is not None) == corridor.pair


def test_ratio_standards_become_units_per_ten_thousand_people() -> None:
    assert catalogue.load().standards["sni-rasio-sd"].threshold == pytest.approx(6.25)


def test_one_entry_and_a_csv_add_an_indicator(folder: Path) -> None:
    append(folder / "indicators.yaml", INDICATOR)
    (folder / "posyandu.csv").write_text(VALUES, encoding="utf-8")
    data = tables.load(catalogue_folder=folder)
    values = data.indicator_values("posyandu")
    assert values["value"].to_dict() == {"32.75.01.1001": 12.0, "32.76.01.1006": 7.0}
    assert set(values["source"]) == {"press"}
    assert set(values["year"]) == {2025}


def test_one_entry_adds_a_corridor_with_its_border(folder: Path) -> None:
    append(folder / "corridors.yaml", CORRIDOR)
    data = tables.load(catalogue_folder=folder)
    border = data.borders[data.borders["corridor"] == "depok-jaktim"]
    touching = border[border["set"] == "bersentuhan"]
    assert set(touching["kode_kabkota"]) == {"32.76", "31.75"}
    assert touching.groupby("kode_kabkota")["shared_m"].sum().round(-2).to_dict() == {"31.75": 17500, "32.76": 17500}
    assert len(data.members[data.members["corridor"] == "depok-jaktim"]) == 63 + 65


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("kode,value\n32.75.01.1001,dua\n", r"posyandu.csv, row 2, column value: 'dua' is not a number"),
        ("kode,value\n32.75.01.1001,1,5\n", r"posyandu.csv, row 2: 3 cells"),
        ("kode,value\n32.75.01.1001,inf\n", r"row 2, column value"),
        ("kode,value\n99.99.99.9999,1\n", r"row 2, column kode: '99.99.99.9999' is no kelurahan"),
        ("kode,value\n32.75.01.1001,1\n32.75.01.1001,2\n", r"row 3, column kode: '32.75.01.1001' stands twice"),
        ("kode|value\n32.75.01.1001|1\n", r"posyandu.csv, row 1: column missing: kode"),
        ("kode,Value\n32.75.01.1001,1\n", r"posyandu.csv, row 1: column missing: value; there is Value"),
        ("kode,value,year\n32.75.01.1001,1,kemarin\n", r"row 2, column year: 'kemarin' is not a year"),
        ("kode,value,quality\n32.75.01.1001,1,bagus\n", r"row 2, column quality"),
        ("", r"posyandu.csv: no rows"),
        ("kode,value,low,high\n32.75.01.1001,3,50,60\n", r"row 2, column value: '3' does not lie between"),
        (
            "kode,value,low\n32.75.01.1001,3,2\n",
            r"row 2, column low: '2' does not match high: low and high belong together",
        ),
        ("kode,value,value\n32.75.01.1001,3,2\n", r"posyandu.csv, row 1: column value stands twice"),
    ],
)
def test_a_bad_csv_is_refused_whole_and_named(folder: Path, content: str, message: str) -> None:
    append(folder / "indicators.yaml", INDICATOR)
    (folder / "posyandu.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        tables.load(catalogue_folder=folder)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_csv_as_a_spreadsheet_writes_it_adds_an_indicator(folder: Path, encoding: str) -> None:
    append(folder / "indicators.yaml", INDICATOR)
    (folder / "posyandu.csv").write_text("kode;value;note\r\n32.75.01.1001;12;café\r\n;;\r\n", encoding=encoding)
    values = tables.load(catalogue_folder=folder).indicator_values("posyandu")
    assert values[["value", "note"]].to_dict("index") == {"32.75.01.1001": {"value": 12.0, "note": "café"}}


def test_a_missing_value_in_the_csv_stays_unknown(folder: Path) -> None:
    append(folder / "indicators.yaml", INDICATOR)
    (folder / "posyandu.csv").write_text("kode,value\n32.75.01.1001,\n32.76.01.1006,7\n", encoding="utf-8")
    values = tables.load(catalogue_folder=folder).indicator_values("posyandu")
    assert list(values.index) == ["32.76.01.1006"]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("corridors.yaml", CORRIDOR.replace("sides:", "seiten:"), r"corridors.yaml, depok-jaktim: .*seiten"),
        ("corridors.yaml", CORRIDOR.replace('"31.75"', '"32.76"'), r"different sides"),
        ("corridors.yaml", CORRIDOR.replace("31.75", "99.99"), r"depok-jaktim: unknown kode 99.99"),
        ("corridors.yaml", CORRIDOR.replace("id: depok-jaktim", "id: semua"), r"id used twice: semua"),
        (
            "corridors.yaml",
            "\n".join(line for line in CORRIDOR.splitlines() if "legal" not in line),
            r"needs the decree",
        ),
        ("indicators.yaml", INDICATOR.replace("[press]", "[angin]"), r"posyandu: unknown source angin"),
        ("indicators.yaml", INDICATOR.replace("decimals: 0", "decimals: -1"), r"posyandu: decimals"),
        ("indicators.yaml", INDICATOR.replace("id: posyandu", "id: Pos yandu"), r"id"),
        ("indicators.yaml", INDICATOR.replace("csv: posyandu.csv", "csv: ../../etc/passwd"), r"posyandu: csv"),
        ("standards.yaml", "\n- id: x\n", r"standards.yaml, x: .*threshold"),
        ("sources.yaml", "\n- bukan entri\n", r"sources.yaml, #\d+: entry"),
        ("sources.yaml", "\n: : :\n- [", r"sources.yaml"),
    ],
)
def test_a_bad_entry_is_refused_and_named(folder: Path, file: str, text: str, message: str) -> None:
    append(folder / file, text)
    with pytest.raises(CatalogueError, match=message):
        tables.load(catalogue_folder=folder)


def test_loading_twice_gives_the_same() -> None:
    first, second = tables.load(), tables.load()
    pd.testing.assert_frame_equal(first.values, second.values)


def test_every_source_reads_in_english() -> None:
    indonesian = re.compile(
        r"\b(?:baris|batas|daftar|dan|hitungan|jalan|kontributor|laman|lihat|lisensi|menurut|pers|publik|sampai|tanpa)\b",
        re.IGNORECASE,
    )
    for source in catalogue.load().sources.values():
        told = Words("en").source(source)
        texts = (told.short, told.publisher, told.title, told.vintage, told.licence, told.attribution)
        # A name in brackets stays one: cahyadsn/wilayah_boundaries, suryavip/daftar-sekolah-indonesia.
        said = [re.sub(r"\S+/\S+", "", text) for text in texts]
        assert not [text for text in said if indonesian.search(text)], source.id
        assert Words("id").source(source) is source
