"""The ranking of need, one row a kelurahan."""

from __future__ import annotations

import pandas as pd

from data.catalogue import Corridor
from data.tables import Dataset
from open_data import usual


def priority_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """prioritas.csv: every kelurahan of every corridor with equal weights and default standards, neediest first."""
    parts = []
    for corridor in corridors:
        result = usual.ranking(data, corridor)
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
