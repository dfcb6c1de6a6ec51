"""Tables of the overview."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.summary import BorderSummary
from data.tables import Dataset
from views.language import sentences
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def gap_table(w: Words, data: Dataset, summary: BorderSummary) -> Styler:
    """Every gap with people, range, per cent, units known and unknown, standard and year."""
    catalogue = data.catalogue
    people, percent = w.t("Jiwa di luar standar"), w.t("Persen")
    low, high = w.t("Kisaran bawah"), w.t("Kisaran atas")
    frame = pd.DataFrame(
        {
            w.t("Indikator"): [w.pick(catalogue.indicators[g.indicator].title) for g in summary.gaps],
            w.t("Sisi"): [str(data.kabkota.at[g.kode_kabkota, "nama"]) for g in summary.gaps],
            people: [round(g.people, -1) for g in summary.gaps],
            low: [round(g.low, -1) if g.level == "kelurahan" else math.nan for g in summary.gaps],
            high: [round(g.high, -1) if g.level == "kelurahan" else math.nan for g in summary.gaps],
            percent: [g.share * 100 for g in summary.gaps],
            w.t("Standar"): [w.pick(catalogue.standards[g.standard].title) for g in summary.gaps],
            w.t("Tingkat"): [w.level(g.level) for g in summary.gaps],
            w.t("Diketahui"): [f"{g.known}/{g.known + g.unknown}" for g in summary.gaps],
            w.t("Tahun data"): [sentences.years(w, g.years) for g in summary.gaps],
        }
    )
    return w.styled(frame, {people: 0, low: 0, high: 0, percent: 1})


def freshness_table(w: Words, data: Dataset, ages: pd.DataFrame) -> pd.DataFrame:
    """Years of each indicator and the age of its newest value, oldest first."""
    ordered = ages.sort_values("age", ascending=False)
    return pd.DataFrame(
        {
            w.t("Indikator"): [w.pick(data.catalogue.indicators[str(i)].title) for i in ordered.index],
            w.t("Tahun data"): [
                sentences.years(w, (int(a), int(b))) for a, b in zip(ordered["oldest"], ordered["newest"], strict=True)
            ],
            w.t("Umur (tahun)"): ordered["age"].astype(int).to_numpy(),
        }
    )
