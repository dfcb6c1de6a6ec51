"""Tables of the overview."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.summary import BorderSummary, GapRow
from data.catalogue import Corridor
from data.tables import Dataset
from views.figures import borders
from views.figures.captions import sides_of
from views.language import sentences
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def gap_table(w: Words, data: Dataset, summary: BorderSummary) -> Styler:
    """Every gap with people, range, per cent, units known and unknown, standard and year.

    Parameters
    ----------
    w, data : language and data
    summary : of the border, whose gaps are the rows
    """
    catalogue = data.catalogue
    people, percent = w.t("Jiwa di luar standar"), w.t("Persen")
    low, high = w.t("Kisaran bawah"), w.t("Kisaran atas")
    frame = pd.DataFrame(
        {
            w.t("Indikator"): [w.pick(catalogue.indicators[g.indicator].title) for g in summary.gaps],
            w.t("Sisi"): [str(data.kabkota.at[g.kode_kabkota, "nama"]) for g in summary.gaps],
            people: [round(g.people, -1) for g in summary.gaps],
            low: [round(g.low, -1) for g in summary.gaps],
            high: [round(g.high, -1) for g in summary.gaps],
            percent: [g.share * 100 for g in summary.gaps],
            w.t("Standar"): [w.pick(catalogue.standards[g.standard].title) for g in summary.gaps],
            w.t("Diketahui"): [f"{g.known}/{g.known + g.unknown}" for g in summary.gaps],
            w.t("Tahun data"): [sentences.years(g.years) for g in summary.gaps],
        }
    )
    return w.styled(frame, {people: 0, low: 0, high: 0, percent: 1})


def bars_html(w: Words, data: Dataset, corridor: Corridor, gaps: Sequence[GapRow], dark: bool) -> str:
    """Per cent of people beyond each standard, a bar a side: solid to the least, hatched to the most. All is escaped.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    gaps : what is shown, in its order
    dark : whether the page has the dark theme
    """
    rows = []
    for indicator in dict.fromkeys(gap.indicator for gap in gaps):
        title = escape(w.pick(data.catalogue.indicators[indicator].title))
        rows.append(f'<div role="listitem"><div style="font-weight:600;margin-top:.4rem">{title}</div>')
        own = {gap.kode_kabkota: gap for gap in gaps if gap.indicator == indicator}
        rows += [_bar(w, s.name, s.color(dark), own.get(s.kode)) for s in sides_of(data, corridor.sides)]
        rows.append("</div>")
    label = escape(w.t("Diagram batang: persen penduduk di luar standar menurut indikator dan sisi"))
    return f'<div role="list" aria-label="{label}">{"".join(rows)}</div>'


def _bar(w: Words, name: str, color: str, gap: GapRow | None) -> str:
    """A bar; the style sheet of the page draws it from its numbers."""
    text, low, high = w.no_data, 0.0, 0.0
    if gap is not None:
        (low, high), text = borders.gap_ends(gap), borders.gap_text(w, gap)
    style = f"--side:{color};--low:{low:.1f}%;--more:{high - low:.1f}%"
    return f'<div class="tapal-bar" style="{style}"><span>{escape(name)}</span><i></i><span>{escape(text)}</span></div>'
