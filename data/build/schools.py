"""Schools: the Kemendikbud list of 2019, and the Dapodik counts to compare it with."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.build.boundaries import Layers
from data.build.facilities import NO_COORD, NOT_IN_DISTANCES, OUTSIDE_STATED
from data.build.raw import Raw

SCHOOLS = "facilities/schools_2019.csv"
DAPODIK = "facilities/dapodik_school_counts_kecamatan.csv"
KINDS = {"SD": "sd", "SMP": "smp", "SMA": "sma", "SMK": "smk"} | dict.fromkeys(("SLB", "SDLB", "SMPLB", "SMLB"), "slb")
FLAGS = {"ok": "", "kecamatan_differs": "", "outside_stated_regency": OUTSIDE_STATED, "no_coord": NO_COORD}
LEVELS = ("sd", "smp", "sma", "smk", "slb")
STATUS = ("negeri", "swasta")
COUNTS = [f"{level}_{status}" for level in LEVELS for status in STATUS]


def build(raw: Raw) -> pd.DataFrame:
    """The schools of 2019 as places (`facilities.COLUMNS`).

    The municipal lists of Cilegon name the same schools again and are not used.
    """
    rows = raw[SCHOOLS]
    kind = rows["jenjang"].map(KINDS)
    status = rows["status"].str.lower()
    left_out = rows["coord_flag"].map(FLAGS)
    # Pemerintah kabupaten/kota runs state SD and SMP; state SMA, SMK, SLB and all of Jakarta's belong to the province.
    own = (status == "negeri") & kind.isin(["sd", "smp"]) & ~rows["kabkota"].str.startswith("Jakarta")
    return pd.DataFrame(
        {
            "id": kind + ":" + rows["npsn"],
            "kind": kind,
            "name": rows["name"],
            "status": status,
            "subtype": rows["jenjang"],
            "kabkota_stated": rows["kabkota"],
            "kecamatan_stated": rows["kecamatan"],
            "operator_kabkota": np.where(own, rows["kabkota"], ""),
            "lon": rows["lon"],
            "lat": rows["lat"],
            "quality": np.where(rows["coord_flag"].eq("kecamatan_differs"), "rendah", "sedang"),
            "left_out": left_out.where(left_out.ne("") | kind.ne("slb"), NOT_IN_DISTANCES),
            "source": "kemendikbud2019",
            "source_ids": "npsn:" + rows["npsn"],
            "year": 2019.0,
            "coord_flag": rows["coord_flag"],
        }
    )


def counts(raw: Raw, layers: Layers, facilities: pd.DataFrame) -> pd.DataFrame:
    """school_counts.parquet: Dapodik by kecamatan, level and status, beside the points of 2019.

    ``points_2019`` are the used points of 2019 that fall in the kecamatan (for SLB, which is not used in
    distances, all points inside the stated kabkota).
    """
    rows = raw[DAPODIK]
    rows["kode_kecamatan"] = [
        layers.names.kecamatan(k, n) for k, n in zip(rows["kode_kabkota"], rows["kecamatan"], strict=True)
    ]
    rows["year"] = rows["semester"].map(_year)
    long = rows.melt(["kode_kecamatan", "semester", "year"], COUNTS, var_name="what", value_name="count")
    long[["level", "status"]] = long["what"].str.split("_", expand=True).to_numpy()
    inside = facilities["used"] | (facilities["kind"].eq("slb") & facilities["left_out"].eq(NOT_IN_DISTANCES))
    points = facilities[inside & facilities["kind"].isin(LEVELS)]
    tally = points.groupby([points["kode"].str[:8], "kind", "status"]).size()
    keys = list(long[["kode_kecamatan", "level", "status"]].itertuples(index=False, name=None))
    long["points_2019"] = [int(tally.get(key, 0)) for key in keys]
    long["count"] = long["count"].astype("int32")
    long["points_2019"] = long["points_2019"].astype("int32")
    columns = ["kode_kecamatan", "level", "status", "count", "semester", "year", "points_2019"]
    return long[columns].sort_values(["kode_kecamatan", "level", "status"], ignore_index=True)


def _year(semester: str) -> int:
    """The calendar year of a semester: "2025/2026-1" is the second half of 2025, "2024/2025-2" the first of 2025."""
    return int(semester[:4] if semester[10] == "1" else semester[5:9])
