"""Fire posts from press and agency pages: what is known of their place, and which of them do not exist (yet)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.build.facilities import year_of
from data.build.named import Names
from data.build.raw import Raw
from data.placing import NO_COORD, NOT_A_PLACE
from geo.regions import AREA_ONLY

FIRE = "facilities/fire_posts.csv"
PRECISION = {
    "point_unofficial": "titik_tak_resmi", "kelurahan": "kelurahan", "kecamatan": "kecamatan", "none": "tidak_ada",
}  # fmt: skip
EXISTS = {"yes": "", "probably": "", "no post": NOT_A_PLACE, "not yet / not confirmed": NOT_A_PLACE}


def build(raw: Raw, names: Names) -> pd.DataFrame:
    """Fire posts as places (`facilities.COLUMNS`); two names of one site become one row."""
    rows = raw[FIRE]
    rows["row"] = range(1, len(rows) + 1)
    rows["precision"] = rows["precision"].map(PRECISION)
    # Of two names for one site the one with a point is kept.
    best_first = rows.assign(no_point=rows["lat"].isna()).sort_values("no_point", kind="stable")
    rows["twice"] = rows["same_site_as"].ne("") & best_first.duplicated("same_site_as").reindex(rows.index)
    merged = rows[rows["same_site_as"].ne("")].groupby("same_site_as")["row"].agg(list)
    kept = rows[~rows["twice"]]
    absent = kept["exists"].map(EXISTS)
    known_as = pd.Series(AREA_ONLY, index=kept.index)
    point = kept["precision"] == "titik_tak_resmi"
    area = kept["kode_kemendagri_kel"].where(kept["kode_kemendagri_kel"].ne(""), kept["kode_kemendagri_kec"])
    ids = [merged[site] if site else [row] for site, row in zip(kept["same_site_as"], kept["row"], strict=True)]
    year = pd.to_numeric(kept["fact_year"].str.extract(r"(\d{4})")[0]).fillna(year_of(kept["source_date"]))
    return pd.DataFrame(
        {
            "kind": "pos_damkar",
            "name": kept["same_site_as"].where(kept["same_site_as"].ne(""), kept["name"]),
            "status": "negeri",
            "subtype": kept["level"],
            "kabkota_stated": kept["located_in_kabkota"],
            "kecamatan_stated": kept["kecamatan"],
            "operator_kabkota": kept["kabkota"],
            "lon": kept["lon"].where(point),
            "lat": kept["lat"].where(point),
            "kode": kept["kode_kemendagri_kel"].where(~point, ""),
            "kode_kabkota": kept["located_in_kabkota"].map(names.kabkota),
            "area_kode": area.where(~point, ""),
            "error_km": kept["area_error_km"].where(~point & area.ne("")),
            "precision": kept["precision"],
            "quality": np.where(point, "sedang", "rendah"),
            "left_out": absent.where(absent.ne("") | point, known_as.where(area.ne(""), NO_COORD)),
            "source": "fire_press",
            "source_ids": ["|".join(f"fire_posts:{i}" for i in row) for row in ids],
            "n_merged": [len(row) for row in ids],
            "year": year,
            "coord_flag": kept["precision"],
            "note": np.where(
                absent.ne(""), "Belum ada pos: " + kept["status"],
                np.where(kept["exists"].eq("probably"), "Mungkin beroperasi; disebut daftar tangan ketiga.", ""),
            ),
        }
    )  # fmt: skip
