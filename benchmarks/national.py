"""Neighbours and shared lengths of all Indonesia side by side: ``python -m benchmarks.national --raw ../shared/data``.

The tiles of `data.national` (repair with a halo, neighbours, distances) for parts of the layer that double, with time,
peak memory and the exponent of growth; then, on one part, the same repair and neighbours in plain geopandas, and
neighbours without repair in SedonaDB and DuckDB where they are installed. Everything runs in this one run, in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np

from data.national import cluster, run, tiles
from data.national import schools as lists
from geo import borders
from geo.coverage import repaired
from geo.projection import NATIONAL

ENGINES = ("geopandas", "sedonadb", "duckdb")
JOIN = """SELECT count(*) AS pairs, sum(m) / 1000 AS km FROM (
SELECT ST_Length(ST_Intersection(ST_Boundary(a.geometry), ST_Boundary(b.geometry))) AS m, a.kode AS one, b.kode AS other
FROM units a JOIN units b ON ST_Intersects(a.geometry, b.geometry)) WHERE one < other AND m > 0"""


def peak_mb() -> float:
    """Largest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def part_of(inputs: run.Inputs, share: float) -> run.Inputs:
    """The first part of the kelurahan along a Hilbert curve, so that it hangs together."""
    order = np.argsort(inputs.units.geometry.hilbert_distance(level=16).to_numpy(), kind="stable")
    return run.Inputs(inputs.units.iloc[order[: int(len(order) * share)]], inputs.schools, inputs.official)


def in_tiles(inputs: run.Inputs, workers: int) -> dict[str, float]:
    """Seconds and memory of the tiles, and what they found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        count = tiles.cut(inputs.units, run.TILE, folder)
        lists.points(inputs.schools).to_parquet(folder / "schools.parquet")
        with cluster.workers(workers) as client:
            cluster.run(client, tiles.work, name, range(count), "tiles", lambda text: None)
            memory = sum(client.run(peak_mb).values())
        pairs = tiles.gathered(folder, count, "pairs")
        seconds = time.monotonic() - started
    return {"seconds": seconds, "mb": memory + peak_mb(), "pairs": len(pairs), "km": pairs["shared_m"].sum() / 1000}


def geopandas(units: gpd.GeoDataFrame) -> tuple[int, float]:
    """Repair and neighbours of everything at once."""
    metric = units[["kode", "geometry"]].to_crs(NATIONAL)
    metric["geometry"] = repaired(metric.geometry.to_numpy())
    pairs = borders.neighbours(metric, min_shared_m=0)
    return len(pairs), pairs["shared_m"].sum() / 1000


def sedonadb(units: gpd.GeoDataFrame) -> tuple[int, float]:
    """Neighbours as they are published, without repair."""
    import sedonadb as sedona

    session = sedona.connect()
    session.create_data_frame(units[["kode", "geometry"]].to_crs(NATIONAL)).to_view("units")
    row = session.sql(JOIN).to_pandas().iloc[0]
    return int(row["pairs"]), float(row["km"])


def duckdb(units: gpd.GeoDataFrame) -> tuple[int, float]:
    """Neighbours as they are published, without repair."""
    import duckdb as duck

    session = duck.connect()
    session.sql("LOAD spatial")
    metric = units.to_crs(NATIONAL)
    plain = metric[["kode"]].assign(wkb=metric.geometry.to_wkb())
    session.register("plain", plain)
    session.sql("CREATE TABLE units AS SELECT kode, ST_GeomFromWKB(wkb) AS geometry FROM plain")
    found = session.sql(JOIN).fetchone()
    assert found is not None
    return int(found[0]), float(found[1])


def alone(engine: str, raw: Path, share: float) -> dict[str, float] | None:
    """One engine in a process of its own; None where it is not installed."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.national",
        "--raw",
        str(raw),
        "--engine",
        engine,
        "--share",
        str(share),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def measure(engine: str, inputs: run.Inputs, share: float) -> dict[str, float]:
    """Seconds, memory and what was found, in this process."""
    functions: dict[str, Callable[[gpd.GeoDataFrame], tuple[int, float]]] = {
        "geopandas": geopandas, "sedonadb": sedonadb, "duckdb": duckdb,
    }  # fmt: skip
    units = part_of(inputs, share).units.to_crs("EPSG:4326")
    started = time.monotonic()
    pairs, km = functions[engine](units)
    return {"seconds": time.monotonic() - started, "mb": peak_mb(), "pairs": pairs, "km": km}


def main() -> None:
    """Run everything and print one BENCH line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.125, 0.25, 0.5, 1.0])
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--share", type=float, default=1.0, help="part for the comparison of engines")
    options = parser.parse_args()
    inputs = run.read(options.raw)
    if options.engine:
        print(json.dumps(measure(options.engine, inputs, options.share)))
        return
    print(f"machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    counts, seconds = [], []
    for share in options.shares:
        part = part_of(inputs, share)
        found = in_tiles(part, options.workers)
        counts.append(len(part.units))
        seconds.append(found["seconds"])
        print(f"BENCH tiles {len(part.units)} kelurahan: {_line(found)}", flush=True)
    if len(counts) > 1:
        print(f"BENCH exponent of growth: {np.polyfit(np.log(counts), np.log(seconds), 1)[0]:.2f}")
    for engine in ENGINES:
        told = alone(engine, options.raw, options.share)
        print(f"BENCH {engine}: {_line(told) if told else 'not installed'}", flush=True)


def _line(found: dict[str, float]) -> str:
    return f"{found['seconds']:.1f} s, {found['mb']:.0f} MB, {found['pairs']:.0f} pairs, {found['km']:.0f} km"


if __name__ == "__main__":
    main()
