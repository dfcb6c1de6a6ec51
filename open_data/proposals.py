"""Proposals of the musrenbang as a flat table, one row each; who proposed is nowhere in it."""

from __future__ import annotations

import pandas as pd

from analysis.proposals.subjects import finder
from data.tables import Border, Dataset

COLUMNS = (
    "kode", "nama", "kecamatan", "kabkota", "tahun_anggaran", "id_usulan", "jalur", "tanggal_usul", "urusan", "usulan",
    "permasalahan", "alamat", "lat", "lon", "opd_tujuan", "status", "batal_atau_tolak", "volume", "satuan", "anggaran",
    "pokok", "indikator_terkait", "di_garis_batas",
)  # fmt: skip
_NAMES = {
    "year": "tahun_anggaran", "path": "jalur", "proposed": "tanggal_usul", "affairs": "urusan", "title": "usulan",
    "problem": "permasalahan", "address": "alamat", "office": "opd_tujuan", "stopped": "batal_atau_tolak",
    "unit": "satuan", "rupiah": "anggaran",
}  # fmt: skip


def proposal_rows(data: Dataset, proposals: pd.DataFrame, border: Border | None = None) -> pd.DataFrame:
    """One row a proposal of any year, by `COLUMNS`.

    Parameters
    ----------
    data : names, subjects
    proposals : as the register has them
    border : whose line decides di_garis_batas; empty without one
    """
    subjects = data.catalogue.subjects
    subject_of = finder(subjects)
    found = proposals[proposals["kode"].isin(data.kelurahan.index)]
    named = [subject_of(t) for t in zip(found["title"], found["problem"], found["affairs"], strict=True)]
    places = data.kelurahan.loc[found["kode"]]
    line = set(border.at_line().index) if border is not None else set()
    return (
        found.rename(columns=_NAMES)
        .drop(columns="kabkota")
        .assign(
            nama=places["nama"].to_numpy(),
            kecamatan=places["kecamatan"].to_numpy(),
            kabkota=places["kabkota"].to_numpy(),
            pokok=named,
            indikator_terkait=[";".join(subjects[s].indicators) if s else "" for s in named],
            di_garis_batas=found["kode"].isin(line).to_numpy() if border is not None else "",
        )
        .reindex(columns=list(COLUMNS))
        .reset_index(drop=True)
    )
