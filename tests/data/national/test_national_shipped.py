"""The shipped tables of every border, compared with the repaired layer where both exist."""

from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.national_ground import ground
from data.national_tables import National

FOLDER = Path(__file__).parents[3] / "data" / "shipped" / "national"
MOST_BYTES = 15_000_000


@cache
def table(name: str) -> pd.DataFrame:
    return pd.read_parquet(FOLDER / f"{name}.parquet")


def test_all_of_it_is_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) <= MOST_BYTES


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("pairs", ["pair"]), ("lines", ["pair"]), ("kabkota", ["kode"]), ("members", ["pair", "kode"]),
        ("neighbours", ["kode_a", "kode_b"]),
    ],
)  # fmt: skip
def test_no_row_stands_twice_and_every_line_is_in_every_table(name: str, key: list[str]) -> None:
    assert not table(name).duplicated(key).any()
    if "pair" in table(name):
        assert set(table(name)["pair"]) == set(table("pairs")["pair"])


def test_the_seven_corridors_are_those_of_the_repaired_layer() -> None:
    exact = pd.read_parquet(FOLDER.parent / "borders.parquet")
    exact = exact[exact["set"] == "bersentuhan"]
    first, second = exact["kode_kabkota"], exact["kode_kabkota_mitra"]
    exact = exact.assign(pair=first.where(first < second, second) + "-" + second.where(first < second, first))
    known = {*exact[["pair", "kode"]].itertuples(index=False, name=None)}
    here = table("members")[table("members")["pair"].isin(exact["pair"])]
    found = {*here[["pair", "kode"]].itertuples(index=False, name=None)}
    assert exact["pair"].nunique() == 7
    assert len(known & found) >= 0.99 * len(known | found)
    assert here["shared_m"].sum() == pytest.approx(exact["shared_m"].sum(), rel=0.01)


def test_the_kelurahan_at_the_lines_stand_in_the_file_of_their_province() -> None:
    members = table("members")
    for file in sorted((FOLDER / "kelurahan").glob("*.parquet")):
        units = gpd.read_parquet(file)
        assert units.crs == "EPSG:4326"
        assert units["kode"].tolist() == sorted(set(members.loc[members["kode"].str[:2] == file.stem, "kode"]))
        assert units.geometry.is_valid.all()
        assert (units["own_sd"].fillna(9e9) >= units["any_sd"].fillna(0) - 0.002).all()
    provinces = {file.stem for file in (FOLDER / "kelurahan").glob("*.parquet")}
    assert provinces == set(members["kode"].str[:2])


def test_borders_whose_outlines_cross_after_rounding_open_as_all_do() -> None:
    national = National()
    widest = national.pairs["border_km"].idxmax()
    for pair in (str(widest), "11.10-11.75", "18.06-18.09", "36.03-36.71", "63.08-63.09", "91.03-91.71"):
        files, bounds = ground(national, pair)
        assert set(files) == {*pair.split("-"), "line", "around"}
        assert files["line"]["arcs"]
        assert set(bounds) == set(pair.split("-"))
