"""Kantor kelurahan and kecamatan, pasar, transit, fire posts and waste sites."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from data.access import OFFICE_OF
from data.build.boundaries import Layers
from data.build.facilities import one_row_a_place, record_mark, year_of
from data.build.named import normal
from data.build.raw import Raw
from data.placing import OTHER_KIND
from geo.projection import to_metric

OFFICES = "facilities/government_offices.csv"
MARKETS = "facilities/markets.csv"
WASTE = "facilities/waste_sites.csv"

NO_OFFICE = re.compile(
    r"\b(?:kua|urusan agama|agama|rw|sekretariat|sekertariat|seksi|dinas|suku dinas|pajak|skkt|pusat kegiatan|gedung"
    r"|pendidikan|polisi|kepolisian|pos)\b"
)
SAME_SITE_M = 500.0


def offices(raw: Raw) -> pd.DataFrame:
    """Kantor kelurahan and kecamatan as places (`facilities.COLUMNS`); two points of one office become one.

    Other offices of the Cilegon layer (customs, police, post) are no kind of ours and are not shipped;
    records that only mention a kelurahan (KUA, RW, dinas) are kept as left out.
    """
    rows = raw[OFFICES]
    text = rows["name"].str.lower().str.replace(r"\s+", " ", regex=True).str.strip()
    rows["office"] = text.str.extract(OFFICE_OF)[0]
    rows["of"] = text.str.extract(OFFICE_OF)[1].fillna("").map(normal)
    rows["other"] = text.str.contains(NO_OFFICE) | rows["of"].eq("") | rows["subtype"].eq("other")
    municipal = rows["source_id"] == "cilegon_gis"
    rows = rows[~municipal | ~rows["other"]].reset_index(drop=True)
    village = rows["office"].isin(["kelurahan", "lurah", "desa"]) | (
        rows["other"] & rows["subtype"].str.contains("kelurahan")
    )
    rows["kind"] = np.where(village, "kantor_kelurahan", "kantor_kecamatan")
    rows["record"], rows["group"] = record_mark(rows), _same_named(rows)
    place = one_row_a_place(rows)
    other = rows.groupby("group")["other"].all()
    return place.assign(
        status="negeri",
        subtype="",
        kabkota_stated=place["kabkota"],
        left_out=np.where(other, OTHER_KIND, ""),
        note=np.where(other, "Namanya bukan kantor kelurahan atau kecamatan.", ""),
    )


def markets(raw: Raw) -> pd.DataFrame:
    """Pasar of OSM and of the municipal layer of Cilegon as places (`facilities.COLUMNS`)."""
    rows = raw[MARKETS]
    rows["kind"] = "pasar"
    rows["of"] = rows["name"].map(lambda n: normal(re.sub(r"(?i)\bpasar( tradisional)?\b", "", n)))
    rows["record"], rows["group"] = record_mark(rows), _same_named(rows)
    place = one_row_a_place(rows)
    return place.assign(subtype="", kabkota_stated=place["kabkota"])


def waste(raw: Raw, layers: Layers) -> pd.DataFrame:
    """Waste sites as places (`facilities.COLUMNS`); those of Kota Serang are known by kelurahan only."""
    names = layers.names
    rows = raw[WASTE]
    kecamatan = [names.kecamatan(names.kabkota(k), n) for k, n in zip(rows["kabkota"], rows["kecamatan"], strict=True)]
    kelurahan = [names.kelurahan(k, n) if k else "" for k, n in zip(kecamatan, rows["kelurahan"], strict=True)]
    placed = rows["lat"].notna()
    area = [k or c for k, c in zip(kelurahan, kecamatan, strict=True)]
    level = np.where(
        np.array(kelurahan) != "", "kelurahan", np.where(np.array(kecamatan) != "", "kecamatan", "tidak_ada")
    )
    source = np.where(
        rows["source"].str.startswith("DLH"), "dlh_serang2023",
        np.where(rows["source"].str.startswith("OpenStreetMap"), "osm", "cilegon_gis"),
    )  # fmt: skip
    return pd.DataFrame(
        {
            "kind": "tempat_sampah",
            "name": rows["name"],
            "status": "negeri",
            "subtype": rows["subtype"].str.split(" (", regex=False).str[0],
            "kabkota_stated": rows["kabkota"],
            "kecamatan_stated": rows["kecamatan"],
            "operator_kabkota": np.where(rows["name"].str.contains("DKI"), "", rows["kabkota"]),
            "lon": rows["lon"],
            "lat": rows["lat"],
            "kode": np.where(placed, "", kelurahan),
            "kode_kabkota": rows["kabkota"].map(names.kabkota),
            "area_kode": np.where(placed, "", area),
            "error_km": [np.nan if p else layers.reach_km(a) for p, a in zip(placed, area, strict=True)],
            "precision": np.where(placed, "", level),
            "quality": np.where(placed, "sedang", "rendah"),
            "source": source,
            "source_ids": np.where(rows["official_id"].ne(""), "dlh:" + rows["official_id"], ""),
            "year": year_of(rows["source_year"]),
            "coord_flag": rows["coord_flag"],
            "note": np.where(
                placed | np.isin(level, ["kelurahan"]),
                "",
                "Kelurahan tidak disebut atau tidak dikenal di kecamatannya.",
            ),
        }
    )


def _same_named(rows: pd.DataFrame) -> pd.Series:
    """Group rows of one kind and name that stand within 500 m of the first of the group."""
    x, y = to_metric(rows["lon"], rows["lat"])
    group = pd.Series(range(len(rows)), index=rows.index)
    for _, same in rows[rows["of"].ne("")].groupby(["kind", "of"]):
        heads: list[int] = []
        for i in same.index:
            head = next((h for h in heads if np.hypot(x[i] - x[h], y[i] - y[h]) <= SAME_SITE_M), None)
            if head is None:
                heads.append(i)
            else:
                group[i] = head
    return group
