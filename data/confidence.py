"""Quality and note of the distances: what is known to be wrong or missing behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from data import access
from geo.regions import standing

OFFICE = "kantor_kelurahan"
WIDE = 0.5
"""A range wider than this share of its middle is a weak value."""
WEAK_MANY = 0.25
ISLAND = "Pulau: garis lurus melintasi laut."
DISAGREE = "Dua daftar menaruh banyak puskesmas pada titik berbeda."


def distances(
    units: pd.Series,
    pairs: pd.DataFrame,
    facilities: pd.DataFrame,
    ranges: Mapping[str, pd.DataFrame],
    classes: Sequence[str] = access.CLASSES,
) -> tuple[dict[str, pd.Series], dict[str, pd.Series]]:
    """Quality and note of the distance, by class and kelurahan code.

    Parameters
    ----------
    units : Series
        kode_kecamatan by code of every kelurahan.
    pairs : DataFrame
        Neighbours: kode_a, kode_b.
    facilities : DataFrame
        All places, with coord_flag.
    ranges : mapping of DataFrame
        By class: median, low and high by kelurahan code, where places known by area only can change them.
    classes : sequence of str
        Classes of facilities that are told.
    """
    kabkota = units.str[:5]
    quality, notes = {}, {}
    for name in classes:
        mine = facilities[access.in_class(facilities, name)]
        regions = mine[standing(mine)].groupby("kode_kabkota").size()
        counted = mine[mine["used"]].groupby("kode_kabkota").size().add(regions, fill_value=0)
        found = ranges.get(name, pd.DataFrame(columns=["median", "low", "high"], dtype=float)).reindex(units.index)
        spread = found["high"] - found["low"]
        quality[name] = (spread > WIDE * found["median"]).map({True: "rendah", False: "sedang"})
        told = {
            k: f"Letak {n} dari {counted[str(k)]:.0f} hanya diketahui wilayahnya: "
            "rentang 5–95 % dari semua letak yang mungkin."
            for k, n in regions.items()
        }
        notes[name] = kabkota.map(told).astype(object).fillna("").where(spread >= access.PRINTED_M, "")
    if "puskesmas" in classes:
        weak = facilities[facilities["kind"].eq("puskesmas")].groupby("kode_kabkota")["coord_flag"]
        disputed = kabkota.map(weak.agg(lambda flags: flags.eq("sources_disagree").mean())).gt(WEAK_MANY)
        quality["puskesmas"] = quality["puskesmas"].where(~disputed, "rendah")
        notes["puskesmas"] = notes["puskesmas"].where(~disputed, (notes["puskesmas"] + " " + DISAGREE).str.strip())
    if OFFICE in classes:
        notes[OFFICE] = pd.Series("Ke kantor kelurahan sendiri.", index=units.index)
    if "transit" in classes:
        quality["transit"] = kabkota.map({k: q for k, (q, _) in access.TRANSIT.items()})
        notes["transit"] = kabkota.map({k: t for k, (_, t) in access.TRANSIT.items()})
    alone = ~units.index.isin(pairs["kode_a"]) & ~units.index.isin(pairs["kode_b"])
    for name in quality:
        quality[name] = quality[name].where(~alone, "rendah")
        notes[name] = notes[name].where(~alone, ISLAND)
    return quality, notes
