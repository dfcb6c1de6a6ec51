"""Tables of a kelurahan's profile."""

from __future__ import annotations

import pandas as pd

from analysis.values.profile import Profile, ProfileRow
from data.catalogue import Indicator
from data.tables import Dataset
from views.figures import legend
from views.language import sentences
from views.language.words import Words


def _level(w: Words, data: Dataset, row: ProfileRow) -> str:
    if row.level == "kelurahan":
        return w.t("kelurahan/desa")
    if row.level == "kecamatan":
        return w.t("Kec. {nama}", nama=str(data.kecamatan.at[row.unit, "nama"]))
    return str(data.kabkota.at[row.unit, "nama"])


def _coarser(w: Words, row: ProfileRow) -> str:
    """Marks a figure that is not the kelurahan's own."""
    return "" if row.level == "kelurahan" else f" – {w.level(row.level)}"


def _gap(w: Words, row: ProfileRow) -> str:
    """The distance to the standard, or that the range does not tell on which side of it the value lies."""
    if row.unsure:
        return w.t("belum dapat dinilai")
    return "–" if row.gap is None else w.signed_percent(row.gap)


def _across(w: Words, indicator: Indicator, row: ProfileRow) -> str:
    if row.comparison is None:
        return "–"
    if row.comparison.block is not None:
        return w.t("tidak dibandingkan")
    return w.number(row.across_median, indicator.decimals)


def table(w: Words, data: Dataset, result: Profile) -> pd.DataFrame:
    """Indicators against standard, median of the own kabkota and median of the neighbours across the line.

    Parameters
    ----------
    w, data : language and data
    result : profile of the kelurahan
    """
    rows = []
    for row in result.rows:
        indicator = data.catalogue.indicators[row.indicator]
        standard = data.catalogue.standards[row.standard] if row.standard else None
        limits = ""
        if row.low is not None and row.high is not None:
            limits = sentences.span(w, indicator, row.low, row.high)
        rows.append(
            {
                w.t("Indikator"): f"{w.pick(indicator.title)} ({w.pick(indicator.unit)}){_coarser(w, row)}",
                w.t("Nilai"): w.number(row.value, indicator.decimals),
                w.t("Tahun"): "–"
                if row.year is None
                else sentences.with_people_year(w, str(row.year), [row.people_year]),
                w.t("Standar"): "–" if standard is None else w.number(standard.threshold, max(1, indicator.decimals)),
                w.t("Kesenjangan"): _gap(w, row),
                w.t("Daerah sendiri"): w.number(row.own_median, indicator.decimals),
                w.t("Seberang batas"): _across(w, indicator, row),
                w.t("Tingkat nilai"): _level(w, data, row),
                w.t("Kisaran"): limits,
            }
        )
    return pd.DataFrame(rows)


def html_table(w: Words, data: Dataset, result: Profile) -> str:
    """The same table as HTML: its cells wrap, so that all columns are seen without scrolling.

    What is not the kelurahan's own value says so in the first column.

    Parameters
    ----------
    w, data : language and data
    result : profile of the kelurahan
    """
    frame = table(w, data, result).drop(columns=w.t("Tingkat nilai"))
    caption = w.t("Tabel indikator kelurahan terhadap standar, kabupaten/kota sendiri dan tetangga seberang")
    return legend.text_table(caption, list(frame.columns), frame.astype(str).to_numpy().tolist(), 4, ".8rem")
