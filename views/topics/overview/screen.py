"""The pieces of the overview page: labels, tables and cards made from a border summary."""

from __future__ import annotations

import streamlit as st

from analysis.values.summary import BorderSummary, SidePeople
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import link_names, sentences
from views.language.words import Words
from views.topics.overview.words import border_set_names


def draw_border_sets(w: Words, corridor: Corridor) -> None:
    """The control that says which kelurahan count as the border."""
    st.segmented_control(
        w.t("Yang dihitung sebagai perbatasan"),
        corridor.border_sets,
        format_func=border_set_names(w).__getitem__,
        key=link_names.BORDER_SET,
        required=True,
    )


def draw_side(w: Words, data: Dataset, summary: BorderSummary, side: SidePeople) -> None:
    """One side: people and kelurahan at the border, and its largest gap in people and in per cent."""
    gaps = [g for g in summary.gaps if g.kode_kabkota == side.kode_kabkota and g.level == "kelurahan" and g.people > 0]
    with st.container(border=True):
        st.markdown(f"**{sentences.kabkota_name(data, side.kode_kabkota)}**")
        people, units = st.columns(2)
        nothing_known = side.people_unknown == side.units
        people.metric(w.t("Jiwa di batas"), w.no_data if nothing_known else w.people(side.people))
        units.metric(
            sentences.unit_word(w, data, side.kode_kabkota).capitalize(),
            w.t("{n} dari {total}", n=w.number(side.units), total=w.number(side.units_total)),
        )
        if not nothing_known and side.estimated:
            st.caption(
                w.t(
                    "Perkiraan 2024, kisaran {rendah}–{tinggi} jiwa.",
                    rendah=w.people(side.low),
                    tinggi=w.people(side.high),
                )
            )
        if gaps:
            most = gaps[0]
            steepest = max(gaps, key=lambda g: (g.share, g.people))
            lines = [sentences.largest_gap(w, data, most)]
            if steepest is not most:
                lines.append(sentences.largest_gap(w, data, steepest))
            st.markdown("\n".join(f"- {line}" for line in lines))
