"""Schools: three lists, each school placed by what is stated of it, and the Dapodik counts to compare them with.

The list of Dapodik of 2025 is complete for its kabkota and states the kelurahan of every school. Elsewhere SD and SMP
are those of the list of 2019, SMA and SMK those of 2024; the list of 2021 states kelurahan of some cities. Points come
from the lists of 2019 and 2024. A point counts where it agrees with the narrowest area that is stated
(`facilities.placed`); otherwise the school is a region, its stated area.

Where Dapodik counts more schools in a kecamatan than the lists name there, each of the others is a region too: that it
exists is known, and in which kecamatan.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.build.boundaries import Layers
from data.build.named import Names, short_name
from data.build.raw import Raw
from data.land import REGISTERED
from data.placing import NOT_IN_DISTANCES, placed

SCHOOLS = "facilities/schools_2019.csv"
SECONDARY = "facilities/schools_sma_smk_slb_pkbm_2024.csv"
STATED = "facilities/schools_kelurahan_kota_2021.csv"
REGISTER = "facilities/schools_dapodik_2025s1.csv"
DAPODIK = "facilities/dapodik_school_counts_kecamatan.csv"
KINDS = {"SD": "sd", "SMP": "smp", "SMA": "sma", "SMK": "smk"} | dict.fromkeys(("SLB", "SDLB", "SMPLB", "SMLB"), "slb")
LEVELS = ("sd", "smp", "sma", "smk", "slb")
LISTED = ("sd", "smp", "sma", "smk")
STATUS = ("negeri", "swasta")
COUNTS = [f"{level}_{status}" for level in LEVELS for status in STATUS]
SAME_KECAMATAN = "nama_kec_cocok"
UNLISTED = "Dihitung Dapodik di kecamatan ini, tetapi tidak ada dalam daftar."


def build(raw: Raw, layers: Layers) -> pd.DataFrame:
    """The schools as places (`facilities.COLUMNS`).

    The municipal lists of Cilegon name the same schools again and are not used.
    """
    rows = pd.concat([_registered(raw), _secondary(raw, layers.names), _listed2019(raw, layers.names)])
    # A school of one number stands in the newest list that may name it.
    rows = rows.drop_duplicates("npsn").reset_index(drop=True)
    rows["area"] = _areas(rows, raw, layers.names)
    points = [raw[SECONDARY].set_index("npsn"), raw[SCHOOLS].set_index("npsn")]
    own = placed(rows["area"], [p[["lon", "lat"]].reindex(rows["npsn"]).reset_index(drop=True) for p in points], layers)
    flag = raw[SCHOOLS].set_index("npsn")["coord_flag"].reindex(rows["npsn"]).fillna("").to_numpy()
    point_source = np.select([own["point"].eq(0), own["point"].eq(1)], ["dapodik2024_sma_smk", "kemendikbud2019"], "")
    kelurahan2021 = np.where(rows["from_2021"], "kemendikbud2021_kel", "")
    sources = [
        ";".join(sorted(set(filter(None, found))))
        for found in zip(rows["source"], point_source, kelurahan2021, strict=True)
    ]
    # Pemerintah kabupaten/kota runs state SD and SMP; state SMA, SMK, SLB and all of Jakarta's belong to the province.
    municipal = rows["status"].eq("negeri") & rows["kind"].isin(["sd", "smp"])
    municipal &= ~rows["kabkota"].str.startswith("Jakarta")
    return own.drop(columns="point").assign(
        id=rows["kind"] + ":" + rows["npsn"],
        kind=rows["kind"],
        name=rows["name"],
        status=rows["status"],
        subtype=rows["subtype"],
        kabkota_stated=rows["kabkota"],
        kecamatan_stated=rows["kecamatan"],
        operator_kabkota=np.where(municipal, rows["kabkota"], ""),
        left_out=np.where(rows["kind"].eq("slb"), NOT_IN_DISTANCES, ""),
        source=sources,
        source_ids="npsn:" + rows["npsn"],
        year=rows["year"],
        coord_flag=flag,
    )


def unlisted(raw: Raw, layers: Layers, schools: pd.DataFrame) -> pd.DataFrame:
    """Schools that Dapodik counts in a kecamatan and no list names, as places (`facilities.COLUMNS`).

    Parameters
    ----------
    raw : the raw records
    layers : names of the kecamatan, and how far they reach
    schools : what `build` returns
    """
    listed = schools[schools["kind"].isin(LISTED)]
    tally = listed.groupby([_kecamatan(listed), "kind", "status"]).size()
    rows: list[tuple[object, ...]] = []
    columns = ["level", "status", "kode_kecamatan", "year", "count"]
    for level, status, kecamatan, year, count in _long(raw, layers)[columns].itertuples(index=False, name=None):
        if level not in LISTED or kecamatan[:5] in REGISTERED:
            continue
        short = int(count) - int(tally.get((kecamatan, level, status), 0))
        rows += [(level, status, kecamatan, float(year), number) for number in range(1, short + 1)]
    frame = pd.DataFrame(rows, columns=["kind", "status", "area_kode", "year", "number"])
    kecamatan = frame["area_kode"].map(layers.names.name)
    where = frame["area_kode"] + ":" + frame["number"].astype(str)
    return frame.drop(columns="number").assign(
        id=frame["kind"] + ":dapodik:" + frame["status"] + ":" + where,
        name=frame["kind"].str.upper() + " " + frame["status"] + " di luar daftar, Kec. " + kecamatan,
        kabkota_stated=frame["area_kode"].str[:5].map(layers.names.name),
        kecamatan_stated=kecamatan,
        kode_kabkota=frame["area_kode"].str[:5],
        precision="kecamatan",
        error_km=frame["area_kode"].map({a: layers.reach_km(a) for a in frame["area_kode"].unique()}),
        quality="rendah",
        source="dapodik2024",
        note=UNLISTED,
    )


def counts(raw: Raw, layers: Layers, facilities: pd.DataFrame) -> pd.DataFrame:
    """school_counts.parquet: Dapodik by kecamatan, level and status, beside the schools that a list names.

    ``listed`` are those of the lists that are stated, else measured, to stand in the kecamatan, with a point or
    without; ``listed_2019`` those that the list of 2019 states there.

    Parameters
    ----------
    raw : the raw records
    layers : names of the kecamatan
    facilities : all places, those of `unlisted` among them
    """
    long = _long(raw, layers)
    named = facilities[facilities["kind"].isin(LEVELS) & facilities["note"].ne(UNLISTED)]
    older = raw[SCHOOLS]
    at = zip(older["kabkota"].map(layers.names.kabkota), older["kecamatan"], strict=True)
    older["kecamatan"] = [layers.names.kecamatan(*place) for place in at]
    tallies = {
        "listed": named.groupby([_kecamatan(named), "kind", "status"]).size(),
        "listed_2019": older.groupby(["kecamatan", older["jenjang"].map(KINDS), older["status"].str.lower()]).size(),
    }
    keys = list(long[["kode_kecamatan", "level", "status"]].itertuples(index=False, name=None))
    for column, tally in tallies.items():
        long[column] = pd.Series([int(tally.get(key, 0)) for key in keys], long.index, dtype="int32")
    long["count"] = long["count"].astype("int32")
    columns = ["kode_kecamatan", "level", "status", "count", "semester", "year", "listed", "listed_2019"]
    return long[columns].sort_values(["kode_kecamatan", "level", "status"], ignore_index=True)


def _registered(raw: Raw) -> pd.DataFrame:
    rows = raw[REGISTER].rename(columns={"nama": "name"})
    rows["kabkota"] = rows["kabkota"].map(short_name)
    return _columns(rows, 2025, "dapodik2025_schools").assign(kode=rows["kode"])


def _secondary(raw: Raw, names: Names) -> pd.DataFrame:
    rows = raw[SECONDARY]
    rows["kabkota"] = rows["kabkota"].map(short_name)
    kode = rows["kabkota"].map(names.kabkota)
    covered = set(raw[SCHOOLS]["kabkota"].map(names.kabkota)) - set(REGISTERED)
    return _columns(rows[rows["jenjang"].isin(["SMA", "SMK"]) & kode.isin(covered)], 2024, "dapodik2024_sma_smk")


def _listed2019(raw: Raw, names: Names) -> pd.DataFrame:
    rows = raw[SCHOOLS]
    rows["kabkota"] = rows["kabkota"].map(short_name)
    kind, registered = rows["jenjang"].map(KINDS), rows["kabkota"].map(names.kabkota).isin(REGISTERED)
    kept = kind.eq("slb") | (~registered & kind.isin(["sd", "smp"]))
    return _columns(rows[kept], 2019, "kemendikbud2019")


def _columns(rows: pd.DataFrame, year: int, source: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "npsn": rows["npsn"], "kind": rows["jenjang"].map(KINDS), "name": rows["name"], "subtype": rows["jenjang"],
            "status": rows["status"].str.lower(), "kecamatan": rows["kecamatan"], "kabkota": rows["kabkota"],
            "kode": "", "year": float(year), "source": source,
        }
    )  # fmt: skip


def _areas(rows: pd.DataFrame, raw: Raw, names: Names) -> pd.Series:
    """The narrowest area that is stated: kelurahan, else kecamatan, else kabkota; sets ``from_2021``."""
    stated = raw[STATED]
    older = stated[stated["match"].eq(SAME_KECAMATAN) & stated["kode"].ne("")].set_index("npsn")["kode"]
    kabkota = rows["kabkota"].map(names.kabkota)
    kecamatan = pd.Series([names.kecamatan(*at) for at in zip(kabkota, rows["kecamatan"], strict=True)], rows.index)
    of_2021 = older.reindex(rows["npsn"]).fillna("").set_axis(rows.index)
    # Of a school that has moved since, the newer list knows better.
    fits = of_2021.str[:8].eq(kecamatan) & rows["kode"].eq("")
    rows["from_2021"] = fits
    area = rows["kode"].where(~fits, of_2021).astype(object)
    return area.where(area.ne(""), kecamatan.where(kecamatan.ne(""), kabkota))


def _kecamatan(schools: pd.DataFrame) -> pd.Series:
    return schools["kode"].where(schools["kode"].ne(""), schools["area_kode"]).str[:8]


def _long(raw: Raw, layers: Layers) -> pd.DataFrame:
    rows = raw[DAPODIK]
    rows["kode_kecamatan"] = [
        layers.names.kecamatan(k, n) for k, n in zip(rows["kode_kabkota"], rows["kecamatan"], strict=True)
    ]
    rows["year"] = rows["semester"].map(_year)
    long = rows.melt(["kode_kecamatan", "semester", "year"], COUNTS, var_name="what", value_name="count")
    long[["level", "status"]] = long["what"].str.split("_", expand=True).to_numpy()
    return long


def _year(semester: str) -> int:
    """The calendar year of a semester: "2025/2026-1" is the second half of 2025, "2024/2025-2" the first of 2025."""
    return int(semester[:4] if semester[10] == "1" else semester[5:9])
