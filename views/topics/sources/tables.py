"""Tables of sources and quality."""

from __future__ import annotations

import pandas as pd

from data.tables import Dataset
from views.language.names import kind_names, quality_names
from views.language.words import Words


def reason_names(w: Words) -> dict[str, str]:
    """Why a record is not used."""
    return {
        "no_coord": w.t("tanpa koordinat"),
        "outside_stated_kabkota": w.t("titik jatuh di luar kabupaten/kota yang disebut"),
        "outside_area": w.t("titik jatuh di luar 18 kabupaten/kota"),
        "not_a_place": w.t("belum atau tidak ada"),
        "area_only": w.t("hanya diketahui wilayahnya, bukan titiknya"),
        "wrong_point": w.t("titik jelas salah"),
        "other_kind": w.t("bukan jenis tempat ini menurut namanya"),
        "not_in_distances": w.t("disimpan, tetapi tidak dipakai menghitung jarak"),
    }


def left_out_table(w: Words, counted: pd.DataFrame) -> pd.DataFrame:
    """Records left out by kind, kabkota and reason."""
    kinds, reasons = kind_names(w), reason_names(w)
    return pd.DataFrame(
        {
            w.t("Jenis"): counted["kind"].map(lambda k: kinds.get(k, k)),
            w.t("Kabupaten/kota"): counted["kabkota"].replace("", w.t("tidak disebut")),
            w.t("Alasan"): counted["reason"].map(lambda r: reasons.get(r, r)),
            w.t("Banyaknya"): counted["count"],
        }
    )


def sources_table(w: Words, data: Dataset) -> pd.DataFrame:
    """All sources with vintage, licence, attribution and trust."""
    trust = quality_names(w)
    entries = [w.source(source) for source in data.catalogue.sources.values()]
    return pd.DataFrame(
        {
            w.t("Penerbit"): [e.publisher for e in entries],
            w.t("Judul"): [e.title for e in entries],
            w.t("Tahun data"): [e.vintage for e in entries],
            w.t("Lisensi"): [e.licence for e in entries],
            w.t("Atribusi"): [e.attribution for e in entries],
            w.t("Dapat diandalkan"): [
                trust[e.trust] + (f" – {w.pick(e.trust_note)}" if e.trust_note else "") for e in entries
            ],
        }
    )
