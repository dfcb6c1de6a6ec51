"""``python -m data.build --raw ../shared/data``: raw records to data/shipped and static/geo."""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from data import access, catalogue, confidence, mapgeo, rates
from data import value_rows as values
from data.build import (
    agreements,
    boundaries,
    card,
    checks,
    civic,
    facilities,
    facts,
    fingerprints,
    fire,
    fire_stats,
    health,
    national_map,
    population,
    schools,
    statistics,
    supply,
    transit,
    vintages,
    write,
)  # fmt: skip
from data.build.boundaries import PATH, Layers
from data.build.exchange import CARD, Stage, stage
from data.build.raw import Raw, RawError
from data.build.reading import read_all
from data.build.schemas import SCHEMAS
from data.land import STUDY
from geo.borders import corridor_tables
from geo.distances import sample_points
from geo.grid import grid_of
from geo.projection import METRIC

ROOT = Path(__file__).resolve().parents[2]


def build(raw_folder: Path, root: Path = ROOT, accepted: Collection[str] = ()) -> str:
    """Build everything below `root` from the raw records.

    Parameters
    ----------
    raw_folder : Path
        Folder of the raw records.
    root : Path
        Of the project, into which is written.
    accepted : collection of str
        Raw files that may differ from those of the last build; they are recorded anew.

    Returns
    -------
    str
        Content hash of what was written.

    Raises
    ------
    RawError
        The raw records cannot be used; what was there before is still there.
    """
    with stage(root) as new:
        raw = read_all(raw_folder, accepted)
        layers = boundaries.build(raw)
        tables, more = derive(raw, layers)
        store(new, layers, tables, more)
        files = new.exchange()
        if accepted:
            fingerprints.save({path: raw.fingerprints[path] for path in accepted})
        return write.content_hash(files, root)


def _build_national(raw_folder: Path, root: Path = ROOT, workers: int = 2) -> str:
    """Build data/shipped/national below `root`, print the report, and return the hash of what was written.

    Raises
    ------
    RawError
        The raw records cannot be used.
    """
    # Dask is needed here alone.
    from data.national import run as national

    shipped = root / national.SHIPPED
    inputs = national.read(raw_folder)
    told = national.run(
        inputs,
        root / national.WORK,
        shipped,
        workers=workers,
        say=lambda text: print(text, flush=True),
    )
    # The tables were replaced as a whole, and with them the names of both files of the map.
    national_map.write(inputs.units, shipped, root / "static")
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return write.content_hash([file for file in shipped.rglob("*") if file.is_file()], root)


def derive(raw: Raw, layers: Layers) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Make every table out of the raw records.

    Parameters
    ----------
    raw : Raw
        The raw records, checked.
    layers : Layers
        Boundaries and what follows from them.

    Returns
    -------
    dict of str to DataFrame
        The shipped tables by name.
    dict
        checks.json: counts, hashes of the raw files, measured errors of the population split, unmatched names.
    """
    names, facts_table = layers.names, facts.build(raw, layers.names)
    agreed = agreements.build(raw, names)
    named = schools.build(raw, layers)
    places = facilities.number_ids(
        facilities.finish(
            pd.concat(
                [
                    named, schools.unlisted(raw, layers, named), health.puskesmas(raw, layers, facts_table),
                    health.hospitals(raw, layers),
                    health.clinics(raw, layers), civic.offices(raw), civic.markets(raw), transit.build(raw),
                    fire.build(raw, names), civic.waste(raw, layers),
                ],
                ignore_index=True,
            ),
            layers,
        )
    )  # fmt: skip
    counts = schools.counts(raw, layers, places)
    people_rows, yardstick, validation = population.build(raw, layers)
    people = population.of_kecamatan(raw, "jumlah_penduduk")
    points = sample_points(layers.metric)
    grid = grid_of(points, layers.kelurahan.set_index("kode")["luas_km2"], people=_living(people_rows))
    limits = access.Limits(layers, points)
    samples, ranges = access.distances(points, grid, places, _on_record(places, layers), limits.of)
    quality, notes = confidence.distances(
        layers.kelurahan.set_index("kode")["kode_kecamatan"], layers.pairs, places, ranges
    )
    road_rows, roads_unmatched = statistics.roads(raw, names)
    listed = rates.school_points(limits.wholly_listed(), places)
    source = pd.Series(population.source_of(people.index), people.index)
    study = people.index[people.index.str[:5].isin(STUDY)]
    puskesmas = rates.puskesmas_ratio(places, people, study, source, population.PEOPLE_YEAR)
    all_values = values.table(
        [
            people_rows, listed, rates.rate_of(listed, people_rows, population.PEOPLE_YEAR), puskesmas,
            supply.schools(raw),
            supply.ages(raw, puskesmas), access.value_rows(samples, places, ranges, quality, notes),
            rates.school_ratios(counts, places, people, source, population.PEOPLE_YEAR),
            road_rows, statistics.land(raw), statistics.idm(raw), statistics.education(raw),
        ]
    )  # fmt: skip
    known = catalogue.load()
    pairs = {c.id: (c.sides[0], c.sides[1]) for c in known.corridors.values() if c.pair}
    lines = layers.lines.to_crs(METRIC)
    borders, members = corridor_tables(layers.metric, layers.pairs, lines, samples, pairs)
    tables = {
        "kelurahan": boundaries.with_farthest(layers, points), "kecamatan": layers.kecamatan, "kabkota": layers.kabkota,
        "pairs": layers.pairs, "lines": layers.lines, "borders": borders, "members": members, "facilities": places,
        "samples": samples, "plain": access.plain(layers, places), "values": all_values, "school_counts": counts,
        "yardstick": yardstick,
        "facts": facts_table, "vintages": vintages.build(raw, layers, counts),
        "fire_stats": fire_stats.build(raw, names), "fire_posts": fire_stats.posts(raw, places),
        "agreements": agreed, "projects": agreements.projects(raw, names, agreed),
    }  # fmt: skip
    checks.contract(tables, set(known.sources))
    return tables, checks.from_tables(tables) | {
        "population_error": validation.as_json(), "roads_unmatched": roads_unmatched, "inputs": checks.inputs(raw),
    }  # fmt: skip


def _on_record(places: pd.DataFrame, layers: Layers) -> pd.DataFrame:
    """Kantor kelurahan that are tied to theirs, where enough of a kabkota are."""
    offices = access.own_office(places, layers)
    return offices[offices["kode"].str[:5].isin(access.OFFICES)].reset_index(drop=True)


def _living(people: pd.DataFrame) -> pd.Series:
    """People by kelurahan, as far as known."""
    return people[people["indicator"].eq("penduduk") & people["level"].eq("kelurahan")].set_index("kode")["value"]


def store(new: Stage, layers: Layers, tables: Mapping[str, pd.DataFrame], measured: Mapping[str, Any]) -> None:
    """Write tables, map geometry, checks.json and the data card to the stage.

    Parameters
    ----------
    new : where the build writes
    layers : boundaries, for the map
    tables : shipped tables by name
    measured : content of checks.json
    """
    for name, frame in tables.items():
        write.table(frame, new.tables / f"{name}.parquet")
    write.document(mapgeo.write(layers, new.geo), new.tables / "geometry.json")
    write.document(measured, new.tables / "checks.json")
    text = (ROOT / CARD).read_text(encoding="utf-8")
    new.card.write_text(card.render(text, measured), encoding="utf-8")


def main() -> int:
    """Run the command line and return its exit code: 0 done, 1 stopped with a sentence, 130 interrupted."""
    parser = argparse.ArgumentParser(prog="python -m data.build", description=__doc__)
    parser.add_argument("--raw", type=Path, required=True, help="folder of the raw records")
    parser.add_argument(
        "--national",
        action="store_true",
        help="only every border of Indonesia: data/shipped/national, with interiors in var/national; the rest stays",
    )
    parser.add_argument("--workers", type=int, default=2, help="local processes of --national (DASK_SCHEDULER: none)")
    parser.add_argument("--out", type=Path, default=ROOT, help="root of the project to write into")
    parser.add_argument(
        "--accept", action="append", default=[], choices=[PATH, *SCHEMAS], metavar="FILE",
        help="a raw file that is meant to differ from the one of the last build, as boundaries/kelurahan.parquet",
    )  # fmt: skip
    options = parser.parse_args()
    started = time.monotonic()
    try:
        if options.national:
            result = _build_national(options.raw, options.out, options.workers)
        else:
            result = build(options.raw, options.out, options.accept)
    except RawError as error:
        print(f"build stopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("build stopped: interrupted", file=sys.stderr)
        return 130
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        kind = type(error).__name__
        print(f"build stopped: {kind} in {Path(at.filename).name}, line {at.lineno}: {error}", file=sys.stderr)
        return 1
    print(f"built in {time.monotonic() - started:.1f} s")
    print(f"content hash {result}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
