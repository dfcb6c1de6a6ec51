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
        table = rank_priority(data.border(corridor), measures, choices).table.sort_values(
            ["rank_median", "rank_high", "rank_low"], kind="stable"
        )
        parts.append(priority_frame(data, table).assign(corridor=corridor.id))
    frame = pd.concat(parts, ignore_index=True)
    return frame[["corridor", *[c for c in frame.columns if c != "corridor"]]]


def priority_frame(data: Dataset, table: pd.DataFrame) -> pd.DataFrame:
    """prioritas.csv: one row a ranked kelurahan, in the order of `table` (see analysis.priority.priority.Priority)."""
    places = data.kelurahan.loc[table.index]
    return pd.DataFrame(
        {
            "kode": table.index,
            "nama": places["nama"].to_numpy(),
            "kecamatan": places["kecamatan"].to_numpy(),
            "kabkota": places["kabkota"].to_numpy(),
            **{
                column: table[column].to_numpy()
                for column in (
                    "index",
                    "rank",
                    "rank_median",
                    "rank_low",
                    "rank_high",
                    "group",
                    "overlaps",
                    "availability",
                    "people",
                    "lacking",
                    "lacking_low",
                    "lacking_high",
                    "driver",
                )
            },
            "sets": table["sets"].str.rstrip(";").to_numpy(),
        }
    )
