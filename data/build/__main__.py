"""``python -m data.build --raw ../shared/data``: raw records to data/shipped and static/geo."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import pandas as pd

from analysis.access import sample_points
from data import catalogue
from data.build import (
    access, boundaries, civic, confidence, facilities, fire, health, mapgeo, population, schools, statistics, transit,
    values, write,
)  # fmt: skip
from data.build.named import Names
from data.build.raw import Raw, RawError

ROOT = Path(__file__).resolve().parents[2]


def build(raw_folder: Path, root: Path = ROOT) -> str:
    """Build everything below `root` and return the content hash of what was written."""
    raw = Raw(raw_folder)
    shipped = root / "data" / "shipped"
    shipped.mkdir(parents=True, exist_ok=True)
    layers = boundaries.build(raw)
    names = Names(layers)
    places = facilities.number_ids(
        facilities.finish(
            pd.concat(
                [
                    schools.build(raw), health.puskesmas(raw, names), health.hospitals(raw, layers),
                    health.clinics(raw, layers), civic.offices(raw), civic.markets(raw), transit.build(raw),
                    fire.build(raw, names), civic.waste(raw, names),
                ],
                ignore_index=True,
            ),
            layers,
        )
    )  # fmt: skip
    counts = schools.counts(raw, layers, places)
    people_rows, yardstick, errors, people = population.build(raw, layers)
    points = sample_points(layers.metric)
    limits = access.Limits(layers, places, points)
    samples = access.distances(points, places, civic.own_office(places, layers), limits)
    listed = pd.Series(limits.of("sd")[0] > 0).groupby(points["kode"]).all()
    quality, notes = confidence.distances(layers, places, counts)
    road_rows, roads_unmatched = statistics.roads(raw, names)
    all_values = values.table(
        [
            people_rows, access.value_rows(samples, places, quality, notes),
            statistics.school_ratios(counts, places, people), statistics.puskesmas_ratio(places, people),
            statistics.school_points(listed, places, quality["sd"]), road_rows,
            statistics.land(raw, layers), statistics.idm(raw, layers), statistics.education(raw, layers),
        ]
    )  # fmt: skip
    corridors = [(c.id, *c.sides) for c in catalogue.load().corridors.values() if c.pair]
    borders, members = boundaries.border_tables(layers, samples, corridors)
    tables = {
        "kelurahan": layers.kelurahan, "kecamatan": layers.kecamatan, "kabkota": layers.kabkota, "pairs": layers.pairs,
        "lines": layers.lines, "borders": borders, "members": members, "facilities": places, "samples": samples,
        "plain": access.plain(layers, places), "values": all_values, "school_counts": counts, "yardstick": yardstick,
    }  # fmt: skip
    for name, frame in tables.items():
        write.table(frame, shipped / f"{name}.parquet")
    print("roads not matched:", roads_unmatched)
    write.document(mapgeo.write(layers, root / "static"), shipped / "geometry.json")
    files = [*shipped.iterdir(), *(root / "static" / "geo").iterdir()]
    return write.content_hash(files, root)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m data.build", description=__doc__)
    parser.add_argument("--raw", type=Path, required=True, help="folder of the raw records")
    parser.add_argument("--out", type=Path, default=ROOT, help="root of the project to write into")
    options = parser.parse_args()
    started = time.monotonic()
    try:
        result = build(options.raw, options.out)
    except RawError as error:
        print(f"build stopped: {error}", file=sys.stderr)
        return 1
    print(f"built in {time.monotonic() - started:.1f} s")
    print(f"content hash {result}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
