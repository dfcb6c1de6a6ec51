"""Puskesmas, hospitals and clinics; a hospital or clinic that stands in several lists becomes one place."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from data.build.boundaries import Layers
from data.build.facilities import (
    OTHER_KIND,
    OUTSIDE_STATED,
    WRONG_POINT,
    locate,
    one_row_a_place,
    record_mark,
)  # fmt: skip
from data.build.raw import Raw
from geo import record_linkage
from geo.projection import to_metric

PUSKESMAS = "facilities/puskesmas_2019.csv"
HOSPITALS = "facilities/hospitals.csv"
CLINICS = "facilities/clinics.csv"
CILEGON = "facilities/cilegon_municipal_layers.csv"
AGREEMENT = {
    "two_sources_agree<500m": ("tinggi", ""),
    "one_source": ("sedang", "Titik hanya dari satu daftar."),
    "sources_disagree": ("rendah", "Dua daftar menaruh titik berbeda {distance:.0f} m."),
    "no_point": ("rendah", "Nama saja; kelurahan dari nama puskesmas."),
}
# Both lists place it wrongly: 3.4 km from the kelurahan whose name it bears, and 6 km from each other.
WRONG = {"P3275030101"}

GENERIC = frozenset(
    """rs rsu rsi rsia rsab rsb rskd rskb rsup rsupn rspad rsal rsau rst rsj rsk rumah sakit umum khusus islam
    ibu dan anak bersalin jst bpjs kesehatan tk iv prof dr dokter h hj hospital the and by kabupaten kab
    klinik clinic pratama utama medis rawat inap jalan balai pengobatan bp praktek praktik apotik apotek
    toko""".split()  # noqa: SIM905
)
# Which list is believed when they place one hospital differently, best first.
TRUST = ("cilegon_gis", "osm", "bppsdmk2019", "bpjs2019")
PUBLIC = re.compile(r"(?i)^(?:rsud|rumah sakit umum|rs umum daerah)\b")
HOSPITAL = re.compile(r"\b(?:rs|rs[a-z]{1,4}|rumah sakit|hospital|sanatorium)\b", re.IGNORECASE)
NOT_HOSPITAL = re.compile(
    r"\b(?:klinik|puskesmas|apotek|apotik|hewan|posyandu|physiotherapy|instalasi)\b", re.IGNORECASE
)


def puskesmas(raw: Raw, layers: Layers) -> pd.DataFrame:
    """Puskesmas as places (`facilities.COLUMNS`), out of two lists of 2019 that the raw file has merged."""
    names = layers.names
    rows = raw[PUSKESMAS]
    placed = rows["lat"].notna()
    short = rows["name"].str.removeprefix("Puskesmas ")
    kabkota = rows["kabkota"].map(names.kabkota)
    kelurahan = [names.kelurahan(k, n) for k, n in zip(kabkota, short, strict=True)]
    kecamatan = [names.kecamatan(k, n) or village[:8] for k, n, village in zip(kabkota, short, kelurahan, strict=True)]
    wrong = rows["kode_puskesmas_kemenkes"].isin(WRONG)
    area = np.where(placed & ~wrong, "", np.where(wrong, kecamatan, kelurahan))
    note = [
        "Kedua titik salah: 3,4 km dari kelurahan senama; tidak dipakai untuk jarak."
        if w
        else AGREEMENT[q][1].format(distance=d)
        for w, q, d in zip(wrong, rows["coord_quality"], rows["dist_between_sources_m"], strict=True)
    ]
    return pd.DataFrame(
        {
            "id": "puskesmas:"
            + rows["kode_puskesmas_kemenkes"].where(rows["kode_puskesmas_kemenkes"].ne(""), rows["kode_bpjs"]),
            "kind": "puskesmas",
            "name": rows["name"],
            "status": "negeri",
            "kabkota_stated": rows["kabkota"],
            "kecamatan_stated": [names.name(kode) for kode in kecamatan],
            "operator_kabkota": rows["kabkota"],
            "lon": rows["lon"],
            "lat": rows["lat"],
            "kode": np.where(placed, "", kelurahan),
            "kode_kabkota": np.where(placed, "", kabkota),
            "area_kode": area,
            "error_km": [layers.reach_km(a) for a in area],
            "precision": np.where(placed, "", np.where(np.array(kelurahan) != "", "kelurahan", "tidak_ada")),
            "quality": rows["coord_quality"].map(lambda q: AGREEMENT[q][0]),
            "left_out": np.where(wrong, WRONG_POINT, np.where(placed, "", "no_coord")),
            "source": "faskes2019",
            "source_ids": [
                "|".join(i for i in ids if i)
                for ids in zip(rows["kode_puskesmas_kemenkes"], rows["kode_bpjs"], strict=True)
            ],
            "year": 2019.0,
            "coord_flag": rows["coord_quality"],
            "note": note,
        }
    )


def hospitals(raw: Raw, layers: Layers) -> pd.DataFrame:
    """Hospitals of four lists as places (`facilities.COLUMNS`), one row a hospital."""
    rows = pd.concat([raw[HOSPITALS], _cilegon(raw, "rumah sakit")], ignore_index=True)
    place = _merge(rows, "rumah_sakit", layers)
    listed = place["source"].str.contains("bpjs2019|bppsdmk2019")
    other = place["name"].str.contains(NOT_HOSPITAL) & ~place["name"].str.contains(r"^rs", case=False, regex=True)
    nameless = ~place["name"].str.contains(HOSPITAL) & ~listed
    place["left_out"] = np.where((other | nameless) & place["left_out"].eq(""), OTHER_KIND, place["left_out"])
    place["note"] = np.where(other | nameless, "Namanya bukan nama rumah sakit.", place["note"])
    return place


def clinics(raw: Raw, layers: Layers) -> pd.DataFrame:
    """Clinics of three lists as places (`facilities.COLUMNS`), one row a clinic."""
    rows = pd.concat([raw[CLINICS], _cilegon(raw, "klinik")], ignore_index=True)
    return _merge(rows, "klinik", layers)


def _cilegon(raw: Raw, subtype: str) -> pd.DataFrame:
    rows = raw[CILEGON]
    return rows[rows["subtype"].eq(subtype) & rows["coord_flag"].eq("ok")]


def _merge(rows: pd.DataFrame, kind: str, layers: Layers) -> pd.DataFrame:
    """One row a place; the point comes from the most trusted list."""
    rows = rows.sort_values(["source_id", "official_id", "source_record", "name", "lat", "lon"], ignore_index=True)
    kode = locate(rows["lon"], rows["lat"], layers.kelurahan)
    inside = kode.str[:5].map(layers.short_names()).fillna("")
    rows["area"] = inside.where(rows["lat"].notna(), rows["kabkota"]).astype(str)
    rows = _drop_placeholders(rows)
    rows["x"], rows["y"] = to_metric(rows["lon"], rows["lat"])
    rows["list"], rows["list_id"] = rows["source_id"], rows["official_id"]
    rows["group"] = record_linkage.cluster(rows, GENERIC)
    rows["rank"] = rows["source_id"].map({source: i for i, source in enumerate(TRUST)})
    rows["record"] = record_mark(rows)
    rows["unplaced"] = rows["x"].isna()
    rows["nameless"] = [record_linkage.tokens(name, GENERIC) in ((), ("tidak", "bernama")) for name in rows["name"]]
    rows["public"] = rows["name"].str.contains(PUBLIC)
    rows = rows.sort_values(["unplaced", "rank"], kind="stable")
    grouped = rows.groupby("group", sort=True)
    place = one_row_a_place(rows)
    agreement = pd.DataFrame(
        [_agreement(group) for _, group in grouped], columns=["quality", "note"], index=place.index
    )
    stated = grouped["kabkota"].agg(lambda names: "|".join(sorted(set(names) - {""})))
    public = grouped["public"].any()
    # The BPJS list is the least trusted; alone, a point outside the stated kabkota is no evidence. A public
    # hospital may stand in another kabkota than the one that owns it.
    only_bpjs = rows[~rows["unplaced"]].groupby("group")["source_id"].agg(lambda ids: set(ids) == {"bpjs2019"})
    astray = only_bpjs.reindex(place.index, fill_value=False) & ~public & place["area"].ne(stated)
    one_stated = stated.where(~stated.str.contains("|", regex=False), "")
    # The cities of Jakarta own nothing: theirs belong to the province.
    rows["municipal"] = rows["name"].str.contains(r"(?i)^rsud\b")
    municipal = rows.groupby("group")["municipal"].any()
    operator = one_stated.where(municipal & ~one_stated.str.startswith("Jakarta"), "")
    return place.assign(
        kind=kind,
        name=rows.sort_values("nameless", kind="stable").groupby("group")["name"].first(),
        subtype=place["subtype"].where(place["source_id"].eq("bpjs2019") & (kind == "klinik"), ""),
        kabkota_stated=one_stated,
        operator_kabkota=operator,
        quality=agreement["quality"],
        note=agreement["note"],
        left_out=np.where(astray, OUTSIDE_STATED, ""),
    ).drop(columns="kode", errors="ignore")


def _drop_placeholders(rows: pd.DataFrame) -> pd.DataFrame:
    """Forget a point that an official list gives to several differently named places: it stands for a town."""
    official = rows[rows["official_id"].ne("") & rows["lat"].notna()]
    names = official.groupby(["source_id", "lat", "lon"])["name"].nunique()
    shared = names[names > 1].index
    keys = pd.MultiIndex.from_frame(rows[["source_id", "lat", "lon"]])
    placeholder = rows["official_id"].ne("") & keys.isin(shared)
    rows.loc[placeholder, ["lat", "lon"]] = np.nan
    rows.loc[placeholder, "coord_flag"] = "placeholder"
    return rows


def _agreement(group: pd.DataFrame) -> tuple[str, str]:
    """Quality of the point of the first record, and what the lists say about it."""
    if group["unplaced"].iloc[0]:
        return "rendah", ""
    apart = np.hypot(group["x"] - group["x"].iloc[0], group["y"] - group["y"].iloc[0])
    sources = set(group.loc[apart.notna(), "source_id"])
    if len(sources) == 1:
        return ("rendah", "Titik hanya dari daftar BPJS 2019.") if sources == {"bpjs2019"} else ("sedang", "")
    if apart.max() <= 500:
        return "tinggi", ""
    agreeing = group.loc[apart <= 500, "source_id"].nunique()
    note = f"Daftar menaruh titik berbeda sampai {apart.max() / 1000:.1f} km.".replace(".", ",", 1)
    return ("tinggi" if agreeing > 1 else "rendah"), note
