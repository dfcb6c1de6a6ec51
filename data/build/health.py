"""Puskesmas, hospitals and clinics; a hospital or clinic that stands in several lists becomes one place."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from data.build.boundaries import Layers
from data.build.facilities import one_row_a_place, record_mark
from data.build.named import normal
from data.build.raw import Raw
from data.land import STUDY
from data.placing import OTHER_KIND, OUTSIDE_STATED, locate, placed
from geo import record_linkage
from geo.projection import to_metric

PUSKESMAS = "facilities/puskesmas_2019.csv"
REGISTER = "facilities/puskesmas_kemkes2022.csv"
HOSPITALS = "facilities/hospitals.csv"
CLINICS = "facilities/clinics.csv"
CILEGON = "facilities/cilegon_municipal_layers.csv"
AGREEMENT = {
    "two_sources_agree<500m": ("tinggi", ""),
    "one_source": ("sedang", "Titik hanya dari satu daftar."),
    "sources_disagree": ("rendah", "Dua daftar menaruh titik berbeda {distance:.0f} m."),
}
# Both lists of 2019 place it wrongly: 3.4 km from the kelurahan whose name it bears, and 6 km from each other.
WRONG = {"P3275030101"}
SURE = "nama kelurahan/desa"
"""How a puskesmas is named after a kelurahan and after nothing else: it stands there in 40 of 42 cases."""
NAMED = {"f077": "Puskesmas Jatikarya"}
"""Puskesmas that a dated fact (by id) reports open in the kelurahan it names, and that no list has."""

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


def puskesmas(raw: Raw, layers: Layers, facts: pd.DataFrame) -> pd.DataFrame:
    """Puskesmas as places (`facilities.COLUMNS`): the complete list of 2022, with points of two lists of 2019.

    One without a point is a region: the kelurahan of its name where the name leaves no doubt, else the kecamatan of its
    name, else its kabkota.

    Parameters
    ----------
    raw : Raw
        The raw records.
    layers : Layers
        Names and polygons, by which a puskesmas is placed.
    facts : DataFrame
        facts.parquet: puskesmas that no list has, `NAMED`.
    """
    rows = raw[REGISTER]
    rows = rows[rows["kode_kabkota"].isin(STUDY)].reset_index(drop=True)
    older = raw[PUSKESMAS]
    older["kode_kabkota"] = older["kabkota"].map(layers.names.kabkota)
    older["id"] = older["kode_puskesmas_kemenkes"].where(older["kode_puskesmas_kemenkes"].ne(""), older["kode_bpjs"])
    # The list of 2022 took its points from that of 2019, where they are the same puskesmas.
    rows["same"] = _same(rows["nama"], rows["lat_2019"], rows["lon_2019"])
    older["same"] = _same(older["name"], older["lat"], older["lon"])
    known = rows.merge(older, on=["kode_kabkota", "same"], how="left", validate="one_to_one")
    naming = zip(rows["nama"], rows["kode_kabkota"], rows["kode_dari_nama"], rows["cara_cocok"], strict=True)
    area = pd.Series([_named_area(name, kabkota, kode, how, layers) for name, kabkota, kode, how in naming])
    right = ~known["id"].isin(WRONG)
    at = known[["lon", "lat"]].where(right & known["lat"].notna())
    own = _kept(area, at, layers)
    flag = known["coord_quality"].fillna("")
    agreement = [AGREEMENT.get(q, ("rendah", ""))[0] for q in flag]
    note = [
        AGREEMENT[q][1].format(distance=d) if q in AGREEMENT and r else ""
        for q, d, r in zip(flag, known["dist_between_sources_m"], right, strict=True)
    ]
    listed = pd.DataFrame(
        {
            **own,
            "id": known["id"].fillna(known["kode_kemkes"]),
            "name": rows["nama"].str.replace(" Ii", " II"),
            "quality": own["quality"].where(own["lon"].isna(), pd.Series(agreement)),
            "source": np.where(at["lon"].notna(), "faskes2019;kemkes2022", "kemkes2022"),
            "source_ids": [
                "|".join(str(i) for i in ids if isinstance(i, str) and i)
                for ids in zip(known["kode_kemkes"], known["kode_puskesmas_kemenkes"], known["kode_bpjs"], strict=True)
            ],
            "year": 2022.0,
            "coord_flag": flag,
            "note": note,
        }
    )
    named = facts[facts["id"].isin(NAMED)].reset_index(drop=True)
    nowhere = pd.DataFrame({"lon": np.nan, "lat": np.nan}, index=named.index)
    reported = _kept(named["kode"], nowhere, layers).assign(
        id=named["id"],
        name=named["id"].map(NAMED),
        source="press",
        source_ids=named["id"],
        year=named["year"].str[:4].astype(float),
        note="Tidak ada dalam daftar Kemenkes 2022; diberitakan " + named["source_date"] + ".",
    )
    result = pd.concat([listed, reported], ignore_index=True)
    kabkota = result["kode_kabkota"].map(layers.names.name)
    where = result["kode"].where(result["area_kode"].eq(""), result["area_kode"]).str[:8]
    return result.assign(
        id="puskesmas:" + result["id"],
        kind="puskesmas",
        status="negeri",
        kabkota_stated=kabkota,
        kecamatan_stated=where.where(where.str.len().eq(8), "").map(layers.names.name),
        operator_kabkota=kabkota,
    )


def _kept(area: pd.Series, at: pd.DataFrame, layers: Layers) -> pd.DataFrame:
    """Places that keep their point however far it lies from the area of their name; the others are regions.

    Whoever runs a puskesmas names it after an area that it serves, and need not stand in.
    """
    judged = placed(area, [at], layers)
    kabkota = placed(area.str[:5], [at], layers)
    return judged.where(kabkota["point"].eq(-1), kabkota.assign(stated_m=judged["stated_m"])).drop(columns="point")


def _same(name: pd.Series, lat: pd.Series, lon: pd.Series) -> pd.Series:
    """What tells one puskesmas of a kabkota from another: its point, else its name."""
    called = name.str.removeprefix("Puskesmas ").map(normal)
    return called.where(lat.isna(), lat.map("{:.6f}".format) + "," + lon.map("{:.6f}".format))


def _named_area(name: str, kabkota: str, kelurahan: str, how: str, layers: Layers) -> str:
    """The narrowest area that the name of a puskesmas tells for sure."""
    if how == SURE:
        return kelurahan
    short = name.removeprefix("Puskesmas ")
    # A second one of a kecamatan bears its number.
    called = [short, re.sub(r"(?i) i+$", "", short)]
    found = [kecamatan for n in called if (kecamatan := layers.names.kecamatan(kabkota, n))]
    return (kelurahan[:8] or found[0]) if kelurahan or found else kabkota


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
    # One of which nothing but the kabkota is known may stand anywhere in it.
    lost = place["lon"].isna().to_numpy() | astray.to_numpy()
    codes = {name: kode for kode, name in layers.short_names().items()}
    region = one_stated.map(codes).fillna("").where(lost & (kind == "rumah_sakit"), "")
    place.loc[region.ne(""), ["lon", "lat"]] = np.nan
    return place.assign(
        kind=kind,
        area_kode=region,
        kode_kabkota=region,
        error_km=region.map({area: layers.reach_km(area) for area in region.unique()}),
        precision=np.where(region.ne(""), "kabkota", ""),
        name=rows.sort_values("nameless", kind="stable").groupby("group")["name"].first(),
        subtype=place["subtype"].where(place["source_id"].eq("bpjs2019") & (kind == "klinik"), ""),
        kabkota_stated=one_stated,
        operator_kabkota=operator,
        quality=agreement["quality"],
        note=agreement["note"],
        left_out=np.where(astray & region.eq(""), OUTSIDE_STATED, ""),
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
