"""All kelurahan of Indonesia: how the national run grows, what does not change it, and other engines beside it.

Sections of ``python -m benchmarks --only national national_engines --raw ../shared/data --write``. One engine alone, in
a process of its own: ``python -m benchmarks.national ENGINE FILE``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from distributed import get_client

from benchmarks.results import Budget, Section
from data.national import cluster, run, tiles
from data.national import schools as lists
from data.national.ground import MIN_SHARED_M
from geo import borders
from geo.coverage import WIDEST_GAP_M, polygonal, repaired
from geo.projection import NATIONAL, stretch

SHARES = (0.125, 0.25, 0.5, 1.0)
MOST_S = 1800
"""An engine that takes longer is ended."""
Found = dict[str, Any]


def peak_mb() -> float:
    """Largest memory of this process so far."""
    # What getrusage says is at least that of the process which started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def part_of(inputs: run.Inputs, share: float) -> run.Inputs:
    """The first part of the kelurahan along a Hilbert curve, so that it hangs together."""
    order = np.argsort(inputs.units.geometry.hilbert_distance(level=16).to_numpy(), kind="stable")
    return run.Inputs(inputs.units.iloc[order[: int(len(order) * share)]], inputs.schools, inputs.official)


# How the run grows, and what does not change it


def in_tiles(inputs: run.Inputs, workers: int, tile: int = run.TILE, kill: bool = False) -> tuple[Found, pd.DataFrame]:
    """Seconds and memory of all tiles of the national run, distances to school included, and their pairs.

    Parameters
    ----------
    inputs : the raw records, or a part of them
    workers : local processes
    tile : kelurahan of a tile
    kill : whether a worker is killed after a tenth of the tiles
    """
    killed: list[int] = []

    def say(_: str) -> None:
        if kill and not killed:
            killed.append(next(iter(get_client().run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        count = tiles.cut(inputs.units, tile, folder)
        lists.points(inputs.schools).to_parquet(folder / "schools.parquet")
        with cluster.workers(workers) as client:
            cluster.run(client, tiles.work, name, range(count), "tiles", say)
            # The most that each held at any time; they need not have held it at once.
            memory = sum(client.run(peak_mb).values())
        pairs = tiles.gathered(folder, count, "pairs")
        seconds = time.monotonic() - started
    return {"seconds": seconds, "mb": memory + peak_mb()}, pairs.sort_values(["kode_a", "kode_b"], ignore_index=True)


def memberships(pairs: pd.DataFrame) -> set[tuple[str, str]]:
    """Kelurahan and the kabkota that they touch along at least 50 m."""
    near = pairs[(pairs["shared_m"] >= MIN_SHARED_M) & (pairs["kode_a"].str[:5] != pairs["kode_b"].str[:5])]
    ends = [
        zip(near[one], near[other].str[:5], strict=True) for one, other in (("kode_a", "kode_b"), ("kode_b", "kode_a"))
    ]
    return {pair for end in ends for pair in end}


def growth(raw: Path) -> Section:
    """Time and memory of an eighth, a quarter, half and all; then one worker, four, and one that is killed."""
    inputs = run.read(raw)
    rows, counts, seconds, memory = [], [], [], 0.0
    for share in SHARES:
        part = part_of(inputs, share)
        found, pairs = in_tiles(part, 2)
        counts.append(len(part.units))
        seconds.append(found["seconds"])
        memory = max(memory, found["mb"])
        lines = pairs[pairs["kode_a"].str[:5] != pairs["kode_b"].str[:5]]
        rows.append(
            (
                f"{len(part.units)}",
                "2 workers",
                found["seconds"],
                found["mb"],
                f"{len(pairs)}",
                f"{lines['shared_m'].sum() / 1000:.0f}",
            )
        )
    quarter = part_of(inputs, 0.25)
    reference, agreed = in_tiles(quarter, 2)[1], 1.0
    for text, workers, tile, kill in (
        ("1 worker", 1, run.TILE, False),
        ("4 workers, tiles of 700", 4, 700, False),
        ("2 workers, one killed", 2, run.TILE, True),
    ):
        found, pairs = in_tiles(quarter, workers, tile, kill)
        one, other = memberships(reference), memberships(pairs)
        agreed = min(agreed, len(one & other) / len(one | other))
        lines = pairs[pairs["kode_a"].str[:5] != pairs["kode_b"].str[:5]]
        rows.append(
            (
                f"{len(quarter.units)}",
                text,
                found["seconds"],
                found["mb"],
                f"{len(pairs)}",
                f"{lines['shared_m'].sum() / 1000:.0f}",
            )
        )
    text = (
        "The tiles of `python -m data.build --national`: repair with a halo, neighbours, lines, distances to school, "
        "for growing parts of the layer along a Hilbert curve; not the random sets of its tests. Memory is the sum of "
        "what each process held at most. Memberships are kelurahan and the kabkota that they touch, of each run on a "
        "quarter against the one with two workers."
    )
    budgets = [
        Budget("national_exponent", float(np.polyfit(np.log(counts), np.log(seconds), 1)[0]), "", 1.15),
        Budget("national_memory", memory / 1024, "GB", 6),
        Budget("national_memberships", 100 * agreed, "%", 99, at_least=True),
    ]
    columns = ("kelurahan", "on", "seconds", "MB", "pairs of neighbours", "km of lines")
    return Section("national", "Every kelurahan of Indonesia", text, columns, rows, budgets)


# Other engines

JOIN = f"""SELECT one, other, m FROM (
SELECT ST_Length(ST_Intersection(ST_Boundary(a.geometry), ST_Boundary(b.geometry))) / ((a.k + b.k) / 2) AS m,
a.kode AS one, b.kode AS other FROM units a JOIN units b ON ST_Intersects(a.geometry, b.geometry))
WHERE one < other AND m >= {MIN_SHARED_M}"""


def ours(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Tiles of the national run, without distances, on two workers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = tiles.cut(units, run.TILE, folder)
        (folder / "found").mkdir()
        with cluster.workers(2) as client:
            cluster.run(client, of_tile, name, range(count), "tiles", lambda text: None)
            memory_of_workers.append(sum(client.run(peak_mb).values()))
        return pd.concat([pd.read_parquet(file) for file in sorted((folder / "found").iterdir())], ignore_index=True)


memory_of_workers: list[float] = []


def of_tile(folder: str, number: int) -> int:
    """Repair a tile with its halo, and write the neighbours of what is its own."""
    around, own = tiles.around(Path(folder), number)
    metric = in_metres(around)
    metric["geometry"] = repaired(metric.geometry.to_numpy())
    pairs = borders.neighbours(metric, MIN_SHARED_M, metric["k"].to_numpy())
    pairs = pairs[pairs["kode_a"].isin(set(around["kode"][own]))]
    pairs.to_parquet(Path(folder) / "found" / f"{number:04d}.parquet")
    return number


def in_metres(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """kode, k (metres of the projection of a true one) and polygons in `NATIONAL`."""
    boxes = units.geometry.bounds
    frame = pd.DataFrame({"kode": units["kode"].to_numpy(), "k": stretch((boxes["miny"] + boxes["maxy"]) / 2)})
    return gpd.GeoDataFrame(frame, geometry=units.geometry.to_crs(NATIONAL).to_numpy(), crs=NATIONAL)


def geopandas(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Everything at once: repair by shapely's own function, a spatial join, and the intersection of every pair."""
    metric = in_metres(units)
    clean = shapely.coverage_clean(polygonal(metric.geometry.to_numpy()), gap_width=WIDEST_GAP_M)  # type: ignore[attr-defined]
    return joined(metric.set_geometry(gpd.GeoSeries(clean, crs=NATIONAL)))


def joined(metric: gpd.GeoDataFrame) -> pd.DataFrame:
    """Neighbours of repaired polygons by geopandas' spatial join."""
    met = gpd.sjoin(metric, metric, predicate="intersects", lsuffix="a", rsuffix="b")
    met = met[met["kode_a"] < met["kode_b"]]
    edges = metric.set_index("kode").boundary
    common = (
        edges.loc[met["kode_a"]].reset_index(drop=True).intersection(edges.loc[met["kode_b"]].reset_index(drop=True))
    )
    shared = common.length.to_numpy() / ((met["k_a"] + met["k_b"]) / 2).to_numpy()
    pairs = pd.DataFrame({"kode_a": met["kode_a"].to_numpy(), "kode_b": met["kode_b"].to_numpy(), "shared_m": shared})
    return pairs[pairs["shared_m"] >= MIN_SHARED_M]


def duckdb(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Everything at once, the repair by its ST_CoverageClean."""
    session = _duckdb(in_metres(units))
    session.execute(
        "CREATE TABLE whole AS SELECT list(kode ORDER BY kode) AS kode, list(k ORDER BY kode) AS k, "
        f"ST_CoverageClean(list(ST_MakeValid(geometry) ORDER BY kode), 0, {WIDEST_GAP_M}) AS clean FROM units"
    )
    session.execute(
        "CREATE OR REPLACE TABLE units AS SELECT kode[part.path[1]] AS kode, k[part.path[1]] AS k, "
        "ST_Collect(list(part.geom)) AS geometry FROM (SELECT kode, k, unnest(ST_Dump(clean)) AS part FROM whole) "
        "GROUP BY ALL"
    )
    return _named(session.sql(JOIN).df())


def ours_joined(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Neighbours of repaired polygons by the function of the national run, in one process."""
    return borders.neighbours(units.drop(columns="k"), MIN_SHARED_M, units["k"].to_numpy())


def duckdb_joined(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Neighbours of repaired polygons by SQL."""
    return _named(_duckdb(units).sql(JOIN).df())


def sedonadb_joined(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Neighbours of repaired polygons by SQL; it has no repair of a coverage."""
    session: Any = import_module("sedonadb").connect()
    session.create_data_frame(units).to_view("units")
    return _named(session.sql(JOIN).to_pandas())


def _duckdb(units: gpd.GeoDataFrame) -> Any:
    # The extension comes from the package index: DuckDB itself would fetch it from its own site.
    import_module("duckdb_extensions").import_extension("spatial")
    session: Any = import_module("duckdb").connect()
    session.execute("LOAD spatial")
    session.register("plain", units[["kode", "k"]].assign(wkb=units.geometry.to_wkb()).astype({"kode": object}))
    session.execute("CREATE TABLE units AS SELECT kode, k, ST_GeomFromWKB(wkb) AS geometry FROM plain")
    return session


def _named(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"kode_a": found["one"], "kode_b": found["other"], "shared_m": found["m"]})


REPAIR: dict[str, tuple[str, Callable[[gpd.GeoDataFrame], pd.DataFrame]]] = {
    "ours": ("tiles on 2 workers", ours),
    "geopandas": ("geopandas, shapely.coverage_clean", geopandas),
    "duckdb": ("DuckDB, ST_CoverageClean", duckdb),
}
"""Repair and neighbours of the layer as it is published."""
JOINED: dict[str, tuple[str, Callable[[gpd.GeoDataFrame], pd.DataFrame]]] = {
    "ours_joined": ("geo.borders, one process", ours_joined),
    "geopandas_joined": ("geopandas.sjoin", joined),
    "sedonadb_joined": ("SedonaDB, SQL", sedonadb_joined),
    "duckdb_joined": ("DuckDB, SQL", duckdb_joined),
}
"""Neighbours of a layer that is repaired already, the same for all."""


def alone(engine: str, file: Path) -> Found | str:
    """One engine in a process of its own; in words where it cannot."""
    command = [sys.executable, "-m", "benchmarks.national", engine, str(file)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=MOST_S)
    except subprocess.TimeoutExpired:
        return f"ended after {MOST_S} s"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["killed"])[-1]
        return "not installed" if last.startswith("ModuleNotFoundError") else f"failed: {last[:80]}"
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def engines(raw: Path, shares: tuple[float, ...] = (0.125, 0.25)) -> Section:
    """The same task by other engines, each in a process of its own, in turn."""
    inputs, rows, quicker = run.read(raw), [], 0.0
    with tempfile.TemporaryDirectory() as name:
        for share in shares:
            units = part_of(inputs, share).units[["kode", "nama", "geometry"]].reset_index(drop=True)
            published, clean = Path(name) / "published.parquet", Path(name) / "repaired.parquet"
            units.to_parquet(published)
            metric = in_metres(units)
            metric["geometry"] = repaired(metric.geometry.to_numpy())
            metric.to_parquet(clean)
            for task, known, file in (("repair and neighbours", REPAIR, published), ("neighbours", JOINED, clean)):
                seconds = {}
                for engine, (title, _) in known.items():
                    found = alone(engine, file)
                    if isinstance(found, str):
                        rows.append((f"{len(units)}", task, title, found, "", "", ""))
                        continue
                    seconds[engine] = found["seconds"]
                    rows.append(
                        (
                            f"{len(units)}",
                            task,
                            title,
                            found["seconds"],
                            found["mb"],
                            f"{found['pairs']}",
                            f"{found['km']:.0f}",
                        )
                    )
                if "geopandas" in seconds:
                    quicker = seconds["geopandas"] / seconds["ours"]
    text = (
        "Neighbours that share at least 50 m of boundary, and how much, of a part of the published layer. *Repair and "
        "neighbours* begins with the layer as it is published, whose polygons overlap and miss each other, and closes "
        f"gaps of up to {WIDEST_GAP_M:g} m; *neighbours* begins with one that is repaired already. Reading the file "
        "does not count, handing the polygons to the engine does. SedonaDB and DuckDB use all cores, geopandas one; "
        "SedonaDB cannot repair a coverage. Memory of the tiles is the sum of all their processes."
    )
    budgets = [Budget("national_to_geopandas", quicker, "x", 1, at_least=True)] if quicker else []
    columns = ("kelurahan", "task", "engine", "seconds", "MB", "pairs", "km")
    return Section("national_engines", "Neighbours by other engines", text, columns, rows, budgets)


def main() -> None:
    """Measure one engine, and print what it found as JSON."""
    engine, file = sys.argv[1:]
    units = gpd.read_parquet(file)
    function = {**REPAIR, **JOINED}[engine][1]
    started = time.monotonic()
    pairs = function(units)
    seconds = time.monotonic() - started
    memory = peak_mb() + sum(memory_of_workers)
    print(
        json.dumps({"seconds": seconds, "mb": memory, "pairs": len(pairs), "km": float(pairs["shared_m"].sum() / 1000)})
    )


if __name__ == "__main__":
    main()
