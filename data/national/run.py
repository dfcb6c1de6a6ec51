"""The national run: raw layer and list of schools to data/shipped/national, resumable."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

from analysis.national.lines import LEVELS
from data.build import write
from data.build.raw import RawError
from data.national import cluster, engine, names, tables, tiles
from data.national import schools as lists
from data.national.ground import MIN_SHARED_M

ROOT = Path(__file__).resolve().parents[2]
BOUNDARIES = "boundaries/national.parquet"
SCHOOLS = "facilities/schools_2019_national.parquet"
OFFICIAL = "facilities/dapodik_school_counts_kecamatan.csv"
SHIPPED = Path("data") / "shipped" / "national"
WORK = Path("var") / "national"
"""Below the root: where the run keeps what is finished, and interiors in the end; not part of the repository."""

CODE = ("geo", "data/national", "analysis/comparison", "analysis/national")
"""What decides about the result; a run begins anew when any of it changes."""

TILE = 1000
REPLICATES = 11_999
"""Random sets behind a p-value, as many as for a corridor."""

NEEDED = {
    BOUNDARIES: ("kode", "nama", "geometry"),
    SCHOOLS: (
        "jenjang", "status", "lat", "lon", "kode_titik", "kode_kabkota_asli", "kabkota_asli", "provinsi_asli",
        "coord_flag",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """The raw records of the run.

    Attributes
    ----------
    units : kode, nama, geometry in degrees
    schools : the list of 2019
    official : official counts of schools by kecamatan, where there are any
    """

    units: gpd.GeoDataFrame
    schools: pd.DataFrame
    official: pd.DataFrame


def read(raw: Path) -> Inputs:
    """Read the raw records.

    Parameters
    ----------
    raw : folder of the raw records

    Raises
    ------
    RawError
        A file or a column is missing, or a code stands twice.
    """
    for path, needed in NEEDED.items():
        if not (raw / path).exists():
            raise RawError(f"{path}: not found")
        missing = set(needed) - set(pq.read_schema(raw / path).names)
        if missing:
            raise RawError(f"{path}: no column {', '.join(sorted(missing))}")
    units = gpd.read_parquet(raw / BOUNDARIES, columns=list(NEEDED[BOUNDARIES]))
    if units["kode"].duplicated().any():
        raise RawError(f"{BOUNDARIES}: {units['kode'][units['kode'].duplicated()].iloc[0]} stands twice")
    if not units["kode"].str.fullmatch(r"\d\d\.\d\d\.\d\d\.\d{4}").all():
        raise RawError(f"{BOUNDARIES}: a code is no kelurahan's")
    schools = pd.read_parquet(raw / SCHOOLS, columns=list(NEEDED[SCHOOLS]))
    return Inputs(units, schools, pd.read_csv(raw / OFFICIAL))


def run(
    inputs: Inputs,
    work: Path,
    shipped: Path,
    *,
    workers: int = 2,
    tile: int = TILE,
    replicates: int = REPLICATES,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, Any]:
    """Compute every border and write the shipped tables.

    Parameters
    ----------
    inputs : raw records, of `read`
    work : folder of what is finished; a run with the same inputs and code goes on from there
    shipped : folder of the shipped tables, replaced as a whole in the end
    workers : local processes; without meaning where DASK_SCHEDULER names a cluster
    tile : kelurahan of a tile
    replicates : random sets behind a p-value
    say : told how far the run is

    Returns
    -------
    dict
        The report, as in report.json.
    """
    folder = work / _key(inputs, tile, replicates)
    folder.mkdir(parents=True, exist_ok=True)
    count = _cut(inputs, tile, folder)
    with cluster.workers(workers) as client:
        left = [n for n in range(count) if not tiles.done(folder, n)]
        say(f"{len(inputs.units)} kelurahan in {count} tiles, {len(left)} to compute")
        cluster.run(client, tiles.work, str(folder), left, "tiles", say)
        units, pairs = (tiles.gathered(folder, count, frame) for frame in ("units", "pairs"))
        quality = lists.quality(inputs.schools, pd.Index(inputs.units["kode"]), inputs.official)
        units, near = _for_engine(units, pairs, inputs)
        batches = engine.prepare(folder, pd.DataFrame(units.drop(columns="geometry")), near, quality, replicates)
        left = [n for n in range(batches) if not engine.done(folder, n)]
        say(f"{len(engine.sides_of(near))} lines in {batches} batches, {len(left)} to compute")
        cluster.run(client, engine.work, str(folder), left, "batches of lines", say)
        say("judging all lines together")
        tests = engine.families_of(folder, batches)
        cluster.run(client, engine.judge, str(folder), range(batches), "judged", say)
    judged = engine.told(folder, batches)
    crossing = tables.crossing(pairs)
    found = names.kabkota(inputs.schools)
    lines = tables.line_table(crossing, tiles.gathered(folder, count, "lines"), found)
    members = tables.members(crossing, tiles.gathered(folder, count, "others"))
    drawn = tables.with_quality(units, quality)
    at_border = set(members["kode"])
    made = {
        "pairs": pd.DataFrame(lines.drop(columns="geometry")),
        "lines": lines[["pair", "geometry"]],
        "kabkota": tables.kabkota_table(units, at_border, found, quality),
        **judged,
        "members": members,
        "neighbours": crossing.loc[
            crossing["shared_m"] >= MIN_SHARED_M, ["pair", "kode_a", "kode_b", "shared_m"]
        ].round({"shared_m": 1}),
        "answers": tables.answers(judged["sides"]),
    }
    told = report(inputs, made, units, near, tests, replicates)
    _publish(made, drawn, at_border, told, shipped)
    interiors = work / "kelurahan"
    shutil.rmtree(interiors, ignore_errors=True)
    tables.province_files(drawn, interiors)
    write.table(near, work / "pairs.parquet")
    return told


def report(
    inputs: Inputs,
    made: dict[str, pd.DataFrame],
    units: pd.DataFrame,
    near: pd.DataFrame,
    tests: int,
    replicates: int,
) -> dict[str, Any]:
    """What the run counted, and what it left out and why.

    Parameters
    ----------
    inputs : raw records of the run
    made : the shipped tables by name
    units : all kelurahan, with kode
    near : pairs of neighbouring kelurahan that share at least `MIN_SHARED_M`
    tests : tests that were judged together
    replicates : random sets behind a p-value

    Returns
    -------
    dict
        What report.json holds.
    """
    pairs, kabkota, sides = made["pairs"], made["kabkota"], made["sides"]
    flags = inputs.schools["coord_flag"].value_counts()
    level = inputs.schools["jenjang"].isin([kind for kinds in lists.LEVELS.values() for kind in kinds])
    alone = set(kabkota["kode"]) - set(pairs["side_a"]) - set(pairs["side_b"])
    apart = ~units["kode"].isin({*near["kode_a"], *near["kode_b"]})
    return {
        "kelurahan": len(units),
        "kabkota": len(kabkota),
        "lines": len(pairs),
        "lines_between_provinces": int((pairs["side_a"].str[:2] != pairs["side_b"].str[:2]).sum()),
        "border_km": round(float(pairs["border_km"].sum()), 1),
        "kelurahan_at_a_line": int(made["members"]["kode"].nunique()),
        "neighbours_across": len(made["neighbours"]),
        "neighbours": len(near),
        "tests": tests,
        "random_sets": replicates,
        "left_out": {
            "invalid_geometry_repaired": int((~inputs.units.geometry.is_valid).sum()),
            "kelurahan_without_land_neighbour": int(apart.sum()),
            "kabkota_without_land_border": sorted(alone),
            "school_points_not_used": {str(k): int(n) for k, n in flags.drop("ok").sort_index().items()},
            "special_schools": int((~level).sum()),
            "thin_lists": {name: int(kabkota[f"quality_{name}"].eq("rendah").sum()) for name in LEVELS},
            "sides_without_a_test": {
                str(code): int(n) for code, n in sides.loc[sides["p"].isna(), "code"].value_counts().items()
            },
        },
    }


def _key(inputs: Inputs, tile: int, replicates: int) -> str:
    """Name of the folder of a run: another one when data, settings or code differ."""
    digest = hashlib.sha256(f"{tile} {replicates}".encode())
    digest.update(pd.util.hash_pandas_object(inputs.units[["kode"]], index=False).to_numpy().tobytes())
    digest.update(inputs.units.geometry.to_wkb().str.len().to_numpy().tobytes())
    digest.update(inputs.units.total_bounds.tobytes())
    for frame in (inputs.schools, inputs.official):
        digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    for folder in CODE:
        for file in sorted((ROOT / folder).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _cut(inputs: Inputs, tile: int, folder: Path) -> int:
    """Cut the tiles, unless an earlier run did."""
    cut = folder / "cut"
    if not cut.exists():
        count = tiles.cut(inputs.units, tile, folder)
        lists.points(inputs.schools).to_parquet(folder / "schools.parquet", index=False)
        new = folder / f"cut.{os.getpid()}"
        new.write_text(str(count), encoding="utf-8")
        new.replace(cut)
    return int(cut.read_text(encoding="utf-8"))


def _for_engine(units: pd.DataFrame, pairs: pd.DataFrame, inputs: Inputs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Units with kabkota, kecamatan and primary schools inside; neighbours that share enough."""
    sd = inputs.schools[inputs.schools["jenjang"].eq("SD") & inputs.schools["coord_flag"].eq("ok")]
    units = units.assign(
        kode_kabkota=units["kode"].str[:5],
        kode_kecamatan=units["kode"].str[:8],
        sd_inside=units["kode"].map(sd["kode_titik"].value_counts()).fillna(0).astype("int32"),
    ).sort_values("kode", ignore_index=True)
    near = tables.with_kabkota(pairs[pairs["shared_m"] >= MIN_SHARED_M])
    return units, near.sort_values(["kode_a", "kode_b"], ignore_index=True)


def _publish(
    made: dict[str, pd.DataFrame],
    drawn: gpd.GeoDataFrame,
    at_border: set[str],
    told: dict[str, Any],
    shipped: Path,
) -> None:
    """Write everything beside the shipped folder and let it take its place."""
    new, old = shipped.with_name(f"{shipped.name}.new"), shipped.with_name(f"{shipped.name}.old")
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)
    new.mkdir(parents=True)
    tables.store(made, new)
    tables.province_files(drawn[drawn["kode"].isin(at_border)], new / "kelurahan")
    write.document(told, new / "report.json")
    if shipped.exists():
        shipped.rename(old)
    new.rename(shipped)
    shutil.rmtree(old, ignore_errors=True)
