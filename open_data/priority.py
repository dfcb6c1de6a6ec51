"""The ranking of need, one row a kelurahan."""

from __future__ import annotations

import pandas as pd

from analysis.priority.priority import chosen_standards, equal_choices, rank_priority
from data.catalogue import Corridor
from data.tables import Dataset


def priority_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """prioritas.csv: every kelurahan of every corridor with equal weights and default standards, neediest first."""
    choices = equal_choices(data.catalogue)
    measures = [data.measure(*chosen) for chosen in chosen_standards(data.catalogue, choices)]
    parts = []
    for corridor in corridors:
        result = rank_priority(data.border(corridor), measures, data.grid, choices)
        ranked = result.table.sort_values(["rank_median", "rank_high", "rank_low"], kind="stable")
        parts.append(priority_frame(data, ranked))
        parts[-1].insert(0, "corridor", corridor.id)
        parts[-1]["caveats"] = ";".join(result.index.caveats)
    return pd.concat(parts, ignore_index=True)


def priority_frame(data: Dataset, table: pd.DataFrame) -> pd.DataFrame:
    """prioritas.csv: one row a ranked kelurahan, in the order of `table` (see analysis.priority.priority.Priority)."""
    places = data.kelurahan.loc[table.index, ["nama", "kecamatan", "kabkota"]]
    ranks = ["index", "rank", "rank_median", "rank_low", "rank_high", "overlaps"]
    need = ["availability", "people", "beyond", "beyond_low", "beyond_high", "driver"]
    sets = table["sets"].str.rstrip(";")
    return places.join(table[ranks + need]).assign(sets=sets).rename_axis("kode").reset_index()
