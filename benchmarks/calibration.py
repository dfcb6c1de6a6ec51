"""How often verdicts are wrong where nothing is to be found, and see what is: ``python -m benchmarks.calibration``.

Values are drawn on the true geometry, alike over some kilometres as kelurahan are, with nothing planted or with a
deficit of one standard deviation at the border. docs/metode.md holds a run of the defaults; the tests run a few seeds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from analysis.comparison.comparison import Comparison, compare_corridor
from analysis.comparison.contrast import REPLICATES
from analysis.priority.composite_index import composite_index
from analysis.priority.priority import chosen_standards, equal_choices, ingredient
from data import tables
from data.tables import Border, Dataset, Measure
from geo.projection import to_metric

REACHES_KM = (2.0, 6.0, 15.0)
"""How far values are alike."""
NUGGET = 0.2
"""Share of the variance that every kelurahan has for itself."""
SEEDS_APART = 1_000_000
"""Between the first seeds of corridors: those that share a kabkota would draw the same values in it."""
SEEN = ("tertinggal", "lebih_baik", "satu_sisi_tertinggal")


def fields(data: Dataset, border: Border, count: int, reach_km: float, seed: int) -> pd.DataFrame:
    """Noise on the kelurahan of a border, alike over `reach_km`: a column a field, standard deviation 1."""
    kodes = border.units["kelurahan"].index
    x, y = to_metric(*(data.kelurahan.loc[kodes, f"label_{axis}"].to_numpy(float) for axis in ("lon", "lat")))
    place = np.stack([x, y], axis=1) / 1000
    away = np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2))
    root = np.linalg.cholesky((1 - NUGGET) * np.exp(-away / reach_km) + NUGGET * np.eye(len(place)))
    return pd.DataFrame(root @ np.random.default_rng(seed).standard_normal((len(kodes), count)), index=kodes)


def measures(data: Dataset, noise: pd.DataFrame) -> list[Measure]:
    """Each field as an indicator that everybody knows and of which less is better."""
    known = data.catalogue.indicators["jarak_sd"]
    values = pd.DataFrame({"note": "", "quality": "tinggi", "year": 2024}, index=noise.index)
    values["kode_kabkota"] = noise.index.str.slice(0, 5)
    return [Measure(known.model_copy(update={"id": f"x{i}"}), None, values.assign(value=noise[i]), None) for i in noise]


def judged(data: Dataset, corridor: str, indicators: int, reach_km: float, seed: int) -> list[Comparison]:
    """All comparisons of a corridor with as many indicators of pure noise."""
    border = data.border(data.catalogue.corridors[corridor])
    noise = fields(data, border, indicators, reach_km, seed)
    return list(compare_corridor(border, measures(data, noise)).values())


def false_alarms(compared: Sequence[Comparison]) -> dict[str, list[bool]]:
    """Of each kind of verdict, whether it says something although nothing is there; before and after correction."""
    found: dict[str, list[bool]] = {name: [] for name in ("sisi p", "sisi q", "kepadatan q", "garis p", "garis q")}
    for comparison in compared:
        for side in comparison.verdict.sides:
            if side.q is not None and (difference := side.contrast.difference) is not None:
                found["sisi p"].append(cast(float, difference.p) <= 0.05)
                found["sisi q"].append(side.code in SEEN)
                found["kepadatan q"].append(side.at_density in SEEN)
        line = comparison.verdict.line
        if line is not None and line.q is not None and comparison.border_set == "bersentuhan":
            found["garis p"].append(cast(float, line.border_pairs.p) <= 0.05)
            found["garis q"].append(line.code in SEEN)
    return found


def first_seed(data: Dataset, corridor: str) -> int:
    """Where the random numbers of a corridor begin."""
    return SEEDS_APART * list(data.catalogue.corridors).index(corridor)


def alarm_rows(data: Dataset, corridors: Sequence[str], indicators: int, seeds: int) -> Iterator[str]:
    """False alarms of every kind of verdict and worlds with any, a row a corridor; last, all of them together."""
    every: dict[str, list[bool]] = {}
    for corridor in corridors:
        told: dict[str, list[bool]] = {}
        first = first_seed(data, corridor)
        for seed in range(seeds):
            found = false_alarms(judged(data, corridor, indicators, REACHES_KM[seed % 3], first + seed))
            found["dunia"] = [any(found["sisi q"] + found["garis q"])]
            for name, flags in found.items():
                told.setdefault(name, []).extend(flags)
        for name, flags in told.items():
            every.setdefault(name, []).extend(flags)
        yield _alarm_row(corridor, told)
    yield _alarm_row("semua", every)


def _alarm_row(name: str, told: Mapping[str, Sequence[bool]]) -> str:
    """Percentages; for whole worlds, which are independent of each other, the count with its exact 95 % interval."""
    rates = [f"{100 * np.mean(flags):.1f}" if flags else "–" for kind, flags in told.items() if kind != "dunia"]
    worlds = binomtest(sum(told["dunia"]), len(told["dunia"]))
    low, high = worlds.proportion_ci()
    share = f"{100 * worlds.statistic:.1f} ({100 * low:.1f}–{100 * high:.1f})"
    return f"| {name} | {' | '.join(rates)} | {worlds.k} / {worlds.n} | {share} |"


def power_rows(data: Dataset, corridors: Sequence[str], indicators: int, seeds: int) -> Iterator[str]:
    """How often a deficit of one standard deviation at the border is seen, and how often that was said beforehand."""
    for corridor in corridors:
        border = data.border(data.catalogue.corridors[corridor])
        at_line = border.units["kelurahan"]["bersentuhan"].astype(float)
        pairs: list[tuple[Comparison, Comparison]] = []
        for seed in range(seeds):
            noise = fields(data, border, indicators, REACHES_KM[1], first_seed(data, corridor) + seed)
            runs = (compare_corridor(border, measures(data, f)).values() for f in (noise, noise.add(at_line, axis=0)))
            pairs += [(a, b) for a, b in zip(*runs, strict=True) if a.border_set == "bersentuhan"]
        for place, side in enumerate(border.corridor.sides):
            name = str(data.kabkota.at[side, "nama"])
            here = [(a.verdict.sides[place], b.verdict.sides[place]) for a, b in pairs]
            tested = [(a, b) for a, b in here if b.q is not None]
            if not tested:
                yield f"| {name} | {here[0][0].contrast.border.units} | – | – | – |"
                continue
            said = np.mean([a.power for a, _ in tested if a.power is not None])
            alone = np.mean([cast(float, b.contrast.difference and b.contrast.difference.p) <= 0.05 for _, b in tested])
            seen = np.mean([b.code == "tertinggal" for _, b in tested])
            units = tested[0][0].contrast.border.units
            yield (f"| {name} ({corridor}) | {units} | {100 * said:.0f} | {100 * alone:.0f} | {100 * seen:.0f} |")


def error_rows(data: Dataset, corridor: str, repeats: int) -> Iterator[str]:
    """How far the ends of a rank range move from one run to another, by number of draws."""
    border, choices = data.border(data.catalogue.corridors[corridor]), equal_choices(data.catalogue)
    units = border.units["kelurahan"].index
    entries = [
        ingredient(data.measure(*chosen), units, border.corridor.sides)
        for chosen in chosen_standards(data.catalogue, choices)
    ]
    for draws in (250, 1000, 4000):
        ends = np.array(
            [
                composite_index(entries, units, dict(choices.weights), draws=draws, seed=seed).table[
                    ["rank_low", "rank_high"]
                ]
                for seed in range(repeats)
            ]
        )
        yield f"| {draws} | {np.nanmean(ends.std(axis=0)):.1f} | {np.nanmax(ends.std(axis=0)):.1f} |"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--seeds", type=int, default=60, help="worlds a corridor (default 60)")
    parser.add_argument("--indicators", type=int, default=11, help="indicators a world (default 11)")
    parser.add_argument("--koridor", nargs="+", help="corridors (default all that have a line)")
    options = parser.parse_args()
    data = tables.load()
    corridors = options.koridor or [c.id for c in data.catalogue.corridors.values() if c.pair]
    print("Salah tuduh (%): koridor | sisi p | sisi q | kepadatan q | garis p | garis q | dunia | % (selang 95 %)")
    for row in alarm_rows(data, corridors, options.indicators, options.seeds):
        print(row, flush=True)
    print("Daya (%): sisi | kelurahan di batas | dikatakan | terlihat p | terlihat q")
    for row in power_rows(data, corridors, options.indicators, max(1, options.seeds // 6)):
        print(row, flush=True)
    print("Galat Monte Carlo: percobaan | ujung kisaran, rata-rata | terbesar")
    for row in error_rows(data, "kabserang-kotaserang", 10):
        print(row, flush=True)
    print("p 0,05: galat baku", *(f"{r}: {np.sqrt(0.05 * 0.95 / r):.4f}" for r in (199, 999, REPLICATES)))


if __name__ == "__main__":
    main()
