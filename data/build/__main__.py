"""``python -m data.build --raw ../shared/data``: raw records to data/shipped and static/geo."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import pandas as pd

from data import catalogue
from data.build import (
    access,
    boundaries,
    card,
    checks,
    civic,
    confidence,
    facilities,
    facts,
    fire,
    fire_stats,
    health,
    mapgeo,
    population,
    schools,
    statistics,
    transit,
    values,
    vintages,
    write,
)  # fmt: skip
from data.build.named import Names
from data.build.raw import Raw, RawError
from geo.borders import corridor_tables
from geo.distances import sample_points
from geo.projection import METRIC

ROOT = Path(__file__).resolve().parents[2]
CARD = Path("data") / "README.md"


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
    quality, notes, bounds = confidence.distances(layers, places, counts, access.upper_bounds(samples, limits))
    road_rows, roads_unmatched = statistics.roads(raw, names)
    all_values = values.table(
        [
            people_rows, access.value_rows(samples, places, quality, notes, bounds),
            statistics.school_ratios(counts, places, people), statistics.puskesmas_ratio(places, people, names),
            statistics.school_points(limits.wholly_listed(), places, quality["sd"]), road_rows,
            statistics.land(raw, layers), statistics.idm(raw, layers), statistics.education(raw, layers),
        ]
    )  # fmt: skip
    known = catalogue.load()
    pairs = {c.id: (c.sides[0], c.sides[1]) for c in known.corridors.values() if c.pair}
    lines = layers.lines.to_crs(METRIC)
    borders, members = corridor_tables(layers.metric, layers.pairs, lines, samples, pairs)
    tables = {
        "kelurahan": access.with_farthest(layers, points), "kecamatan": layers.kecamatan, "kabkota": layers.kabkota,
        "pairs": layers.pairs, "lines": layers.lines, "borders": borders, "members": members, "facilities": places,
        "samples": samples, "plain": access.plain(layers, places), "values": all_values, "school_counts": counts,
        "yardstick": yardstick,
        "facts": facts.build(raw, names), "vintages": vintages.build(raw, layers, counts),
        "fire_stats": fire_stats.build(raw, names), "fire_posts": fire_stats.posts(raw, places),
    }  # fmt: skip
    checks.contract(tables, set(known.sources))
    measured = checks.from_tables(tables) | {
        "population_error": errors.as_json(), "roads_unmatched": roads_unmatched, "inputs": checks.inputs(raw),
    }  # fmt: skip
    for name, frame in tables.items():
        write.table(frame, shipped / f"{name}.parquet")
    write.document(mapgeo.write(layers, root / "static"), shipped / "geometry.json")
    write.document(measured, shipped / "checks.json")
    text = (ROOT / CARD).read_text(encoding="utf-8")
    (root / CARD).write_text(card.render(text, measured), encoding="utf-8")
    files = [shipped / f"{name}.parquet" for name in tables]
    files += [shipped / "geometry.json", shipped / "checks.json", root / CARD, *(root / "static" / "geo").iterdir()]
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
