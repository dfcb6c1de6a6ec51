"""Quality and note of the distances, and which are upper bounds: what is known to be wrong or missing behind them."""

from __future__ import annotations

import pandas as pd

from data.build import access
from data.build.boundaries import Layers

MISSING_MANY = 0.10
WEAK_MANY = 0.25
TALLY_TOLERANCE = 0.20
UPPER_BOUND = "Batas atas: puskesmas yang belum ada titiknya mungkin lebih dekat."
MISSING_SCHOOLS = "Batas atas: sekolah yang belum ada titiknya mungkin lebih dekat."
ISLAND = "Pulau: garis lurus melintasi laut."
LONGER_TODAY = {
    "32.75": "Batas atas: Bekasi kini punya 42 sampai 48 puskesmas, daftar 2019 memuat 31.",
    "32.76": "Batas atas: Depok kini punya 38 puskesmas, daftar 2019 memuat 32.",
}
LEVELS = {
    "sd": ["sd"], "smp": ["smp"], "sma_smk": ["sma", "smk"], "smp_negeri": ["smp"], "sma_smk_negeri": ["sma", "smk"],
}  # fmt: skip


def distances(
    layers: Layers, facilities: pd.DataFrame, counts: pd.DataFrame, bounds: pd.Index
) -> tuple[dict[str, pd.Series], dict[str, pd.Series], dict[str, pd.Series]]:
    """Quality, note and whether the distance is an upper bound, by class and kelurahan code.

    Parameters
    ----------
    bounds : Index of kode
        Kelurahan whose distance to a puskesmas is an upper bound (`access.upper_bounds`).
    """
    units = layers.kelurahan.set_index("kode")["kode_kecamatan"]
    kabkota = units.str[:5]
    quality, notes, bound = {}, {}, {}
    for name, levels in LEVELS.items():
        wanted = counts[counts["level"].isin(levels)]
        if name.endswith("_negeri"):
            wanted = wanted[wanted["status"] == "negeri"]
        ratio = _ratio(wanted)
        known = units.map(ratio)
        off = (known - 1).abs() > TALLY_TOLERANCE
        quality[name] = off.map({True: "rendah", False: "sedang"})
        text = known.map(
            lambda r: "" if pd.isna(r) else f"Titik 2019 di kecamatan ini {r * 100:.0f} % dari hitungan Dapodik."
        )
        short = known < 1 - TALLY_TOLERANCE
        notes[name] = (short.map({True: MISSING_SCHOOLS + " ", False: ""}) + text).where(off, "")
        bound[name] = short
    quality["puskesmas"], notes["puskesmas"] = _puskesmas(facilities, kabkota)
    above = units.index.isin(bounds)
    quality["puskesmas"] = quality["puskesmas"].where(~above, "rendah")
    notes["puskesmas"] = notes["puskesmas"].where(~above, UPPER_BOUND + " " + notes["puskesmas"])
    bound["puskesmas"] = pd.Series(above | kabkota.isin(LONGER_TODAY), index=units.index)
    quality["rumah_sakit"], notes["rumah_sakit"] = _hospitals(layers, facilities, kabkota)
    bound["rumah_sakit"] = notes["rumah_sakit"].ne("")
    quality["kantor_kelurahan"] = pd.Series("sedang", index=units.index)
    notes["kantor_kelurahan"] = pd.Series("Ke kantor kelurahan sendiri.", index=units.index)
    quality["transit"] = kabkota.map({k: q for k, (q, _) in access.TRANSIT.items()})
    notes["transit"] = kabkota.map({k: t for k, (_, t) in access.TRANSIT.items()})
    alone = ~units.index.isin(layers.pairs["kode_a"]) & ~units.index.isin(layers.pairs["kode_b"])
    for name in quality:
        quality[name] = quality[name].where(~alone, "rendah")
        notes[name] = notes[name].where(~alone, ISLAND)
    # Over the sea a straight line is no bound of anything.
    return quality, notes, {name: flag.where(~alone, False) for name, flag in bound.items()}


def _ratio(counts: pd.DataFrame) -> pd.Series:
    sums = counts.groupby("kode_kecamatan")[["count", "points_2019"]].sum()
    return (sums["points_2019"] / sums["count"].where(sums["count"] > 0)).rename("ratio")


def _puskesmas(facilities: pd.DataFrame, kabkota: pd.Series) -> tuple[pd.Series, pd.Series]:
    rows = facilities[facilities["kind"] == "puskesmas"]
    by = rows.groupby("kode_kabkota")
    lost = by["used"].agg(lambda used: int((~used).sum()))
    weak = by["quality"].agg(lambda q: (q == "rendah").mean())
    quality = kabkota.map(lambda k: "rendah" if lost.get(k, 0) or weak.get(k, 0) > WEAK_MANY else "sedang")
    note = kabkota.map(
        lambda k: " ".join(
            filter(
                None,
                [LONGER_TODAY.get(k, ""), f"{lost[k]} puskesmas tanpa titik yang benar." if lost.get(k, 0) else ""],
            )
        )
    )
    return quality, note


def _hospitals(layers: Layers, facilities: pd.DataFrame, kabkota: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Hospitals of a kabkota that no list places count against it."""
    rows = facilities[facilities["kind"].eq("rumah_sakit")]
    used = rows[rows["used"]].groupby("kode_kabkota").size()
    codes = {name: kode for kode, name in layers.short_names().items()}
    lost = rows[rows["left_out"].isin(["no_coord", "outside_stated_kabkota"])].groupby("kabkota_stated").size()
    lost.index = lost.index.map(lambda name: codes.get(name, ""))
    share = (lost / (used.add(lost, fill_value=0))).fillna(0)
    quality = kabkota.map(lambda k: "rendah" if share.get(k, 0) > MISSING_MANY else "sedang")
    note = kabkota.map(lambda k: f"Batas atas: {lost[k]} rumah sakit tanpa titik." if lost.get(k, 0) else "")
    return quality, note
