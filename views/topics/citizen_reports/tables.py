"""Tables of residents' reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.citizen_reports.summary import Listed, OfSide
from data.tables import Dataset
from views.language.words import Words
from views.topics.agreements.names import region
from views.topics.citizen_reports import names, words

MOST_ROWS = 300
"""Rows of the list on the screen; the CSV has all."""
_TEXT = 120


def reports(w: Words, data: Dataset, found: Sequence[Listed]) -> pd.DataFrame:
    """The first reports of a list, at most `MOST_ROWS`.

    Parameters
    ----------
    w, data : language and data
    found : in the order of the rows
    """
    states, kelurahan = names.state_names(w), data.names("kelurahan")
    rows = [
        (
            one.report.key,
            states[one.state],
            names.deadline_text(w, one.due),
            kelurahan.get(one.report.kode, one.report.kode),
            names.sector(w, one.report.sector),
            words.shortened(one.report.text, _TEXT),
            w.date(one.report.received),
            region(data, one.report.owner),
            one.same,
        )
        for one in found[:MOST_ROWS]
    ]
    heads = [
        w.t("Nomor"), w.t("Keadaan"), w.t("Batas waktu"), w.t("Kelurahan/desa"), w.t("Bidang"), w.t("Isi laporan"),
        w.t("Diterima"), w.t("Ditangani oleh"), w.t("Laporan sama"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def sides(w: Words, data: Dataset, counts: Mapping[str, OfSide]) -> pd.DataFrame:
    """What each side has to do, and what it is late with.

    Parameters
    ----------
    w, data : language and data
    counts : of the sides, by code
    """
    return pd.DataFrame(
        {
            w.t("Sisi"): [region(data, side) for side in counts],
            w.t("Tayang"): [c.shown for c in counts.values()],
            w.t("Terlambat dijawab"): [c.late for c in counts.values()],
            w.t("Selesai"): [c.done for c in counts.values()],
            w.t("Menunggu pemeriksaan"): [c.waiting for c in counts.values()],
            w.t("Terlambat diperiksa"): [c.waiting_late for c in counts.values()],
        }
    )
