"""The schools of 2019: which points are used, and in which kabkota the list is too thin to compare."""

from __future__ import annotations

import pandas as pd
import pyproj

from data.national.ground import CLASSES
from geo.projection import NATIONAL

LEVELS = {"sd": ("SD",), "smp": ("SMP",), "sma_smk": ("SMA", "SMK")}
"""Levels of schools and what the list calls them; special schools are in none."""

LOCATED = 0.9
"""Share of the schools listed in a kabkota that need a usable point."""

OFFICIAL = 0.8
"""Share of the official count that the list needs where there is such a count."""

BARE = 0.05
"""Share of the kelurahan that may lie in a kecamatan without a single SD before the list counts as thin."""


def points(schools: pd.DataFrame) -> pd.DataFrame:
    """Usable points by class: class, kode_kabkota, kode, x, y (`NATIONAL`).

    Parameters
    ----------
    schools : jenjang, status, lat, lon, kode_titik, coord_flag; only what is flagged ok is used
    """
    used = schools[schools["coord_flag"] == "ok"]
    x, y = pyproj.Transformer.from_crs("EPSG:4326", NATIONAL, always_xy=True).transform(used["lon"], used["lat"])
    placed = pd.DataFrame({"kode": used["kode_titik"], "jenjang": used["jenjang"], "status": used["status"]})
    placed = placed.assign(kode_kabkota=placed["kode"].str[:5], x=x, y=y)
    parts = []
    for name in CLASSES:
        level = placed["jenjang"].isin(LEVELS[name.removesuffix("_negeri")])
        chosen = placed[level & (placed["status"].eq("Negeri") | ~pd.Series(name.endswith("_negeri"), placed.index))]
        parts.append(chosen.assign(**{"class": name})[["class", "kode_kabkota", "kode", "x", "y"]])
    return pd.concat(parts, ignore_index=True)


def quality(schools: pd.DataFrame, kelurahan: pd.Index, official: pd.DataFrame) -> pd.DataFrame:
    """How good the list of each kabkota is.

    Parameters
    ----------
    schools : jenjang, kode_titik, kode_kabkota_asli, coord_flag
    kelurahan : kode of all kelurahan
    official : kode_kabkota, sd, smp, sma, smk: official counts, a row a kecamatan, of the few kabkota that have them

    Returns
    -------
    DataFrame
        By kode of the kabkota and for each level: n_* (schools listed), located_* (share with a usable point),
        quality_* (sedang or rendah: too thin to be compared) and reason_* (tanpa_titik, kecamatan_tanpa_sekolah,
        daftar_kurang or empty).
    """
    kabkota = pd.Index(sorted(set(kelurahan.str[:5])), name="kode")
    bare = _bare(schools, kelurahan).reindex(kabkota)
    found = pd.DataFrame(index=kabkota)
    for level, kinds in LEVELS.items():
        rows = schools[schools["jenjang"].isin(kinds)]
        at = rows.groupby("kode_kabkota_asli")["coord_flag"]
        listed, usable = (part.reindex(kabkota).fillna(0) for part in (at.size(), at.agg(lambda f: f.eq("ok").sum())))
        known = official.groupby("kode_kabkota")[[kind.lower() for kind in kinds]].sum().sum(axis=1)
        known = known.reindex(kabkota).fillna(0).astype(float)
        reason = pd.Series("", kabkota)
        reason[bare > BARE] = "kecamatan_tanpa_sekolah"
        reason[listed < OFFICIAL * known] = "daftar_kurang"
        reason[usable < LOCATED * listed.clip(lower=1)] = "tanpa_titik"
        found[f"n_{level}"] = listed.astype("int32")
        found[f"located_{level}"] = (usable / listed.where(listed > 0)).round(4)
        found[f"quality_{level}"] = reason.eq("").map({True: "sedang", False: "rendah"})
        found[f"reason_{level}"] = reason
    return found


def _bare(schools: pd.DataFrame, kelurahan: pd.Index) -> pd.Series:
    """Share of the kelurahan of each kabkota whose kecamatan has no SD with a usable point.

    Every kecamatan has primary schools: where none is listed, the list is short there.
    """
    sd = schools[schools["jenjang"].eq("SD") & schools["coord_flag"].eq("ok")]
    without = ~pd.Series(kelurahan.str[:8]).isin(sd["kode_titik"].str[:8])
    return without.groupby(kelurahan.str[:5]).mean()
