"""Places whose point lies elsewhere than the area that is stated of them, as a table for other programs."""

from __future__ import annotations

import pandas as pd

from analysis.values.quality import misplaced
from data.catalogue import Corridor
from data.tables import Dataset
from open_data.indicators import sides_of

BY_KELURAHAN = ("dapodik2025_schools", "kemendikbud2021_kel")
"""Sources that state the kelurahan of a school."""


def misplaced_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """letak_berbeda.csv: a row a place; stated_level says how narrow the stated area is that the distance starts from.

    treated: titik (the point is used, it lies near enough), wilayah (the point is not believed, the place stands
    somewhere in the stated area) or tidak_dihitung (of a kind that is part of no distance).
    """
    rows = misplaced(data.facilities, sides_of(corridors))
    by_kelurahan = rows["source"].map(lambda ids: any(source in ids for source in BY_KELURAHAN))
    level = rows["area_kode"].str.len().map({13: "kelurahan", 8: "kecamatan", 5: "kabkota"})
    level = level.fillna(by_kelurahan.map({True: "kelurahan", False: "kecamatan"}))
    # Only a stated kelurahan is named: of a point that is used, the table else holds the one that it lies near.
    code = rows["area_kode"].where(rows["area_kode"].ne(""), rows["kode"]).where(level.eq("kelurahan"), "")
    return pd.DataFrame(
        {
            "id": rows.index,
            "kind": rows["kind"],
            "name": rows["name"],
            "kabkota": rows["kode_kabkota"].map(data.names("kabkota")),
            "stated_level": level,
            "stated_kecamatan": rows["kecamatan_stated"],
            "stated_kelurahan": code.map(data.names("kelurahan")).fillna(""),
            "distance_m": rows["stated_m"].astype(int),
            "treated": rows["treated"],
            "source": rows["source"],
        }
    ).reset_index(drop=True)
