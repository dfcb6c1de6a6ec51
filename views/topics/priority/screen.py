"""The choices and filters of the priority page, and what can be done with the rows of its table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from analysis.priority.priority import default_weights, ranked_indicators, standard_choices
from data.catalogue import Indicator, Standard
from open_data import priority
from views.language import cells, link_names, sentences
from views.language.escape import md
from views.language.names import sector_names
from views.language.words import Words
from views.link import context
from views.link.context import Session
from views.link.kinds import Number
from views.link.parameters import THRESHOLD_LIMITS
from views.screen import segments
from views.screen.decimals import decimal_input
from views.topics.overview import words as overview_words


def draw_choices(session: Session, sectors: list[str]) -> None:
    """Weights, standards and formula: what the user may decide.

    Parameters
    ----------
    session : language, data and border of this run
    sectors : ids of those that can be weighted
    """
    w, data = session.words, session.data
    names = sector_names(w)
    st.markdown(w.t("**Bobot sektor**"))
    for sector in sectors:
        st.slider(names[sector], 0, 5, key=f"{link_names.WEIGHTS} {sector}")
    with st.expander(w.t("Standar dan ambang"), icon=":material/straighten:"):
        many = standard_choices(data.catalogue)
        edited: dict[str, Indicator] = {}
        for indicator in ranked_indicators(data.catalogue):
            standards = {s.id: s for s in data.catalogue.standards_of(indicator.id)}
            if indicator.id in many:
                st.selectbox(
                    w.pick(indicator.title),
                    many[indicator.id],
                    format_func=partial(_standard_title, w, standards),
                    key=f"standar {indicator.id}",
                )
            wanted = st.session_state.get(f"standar {indicator.id}", next(iter(standards)))
            edited.setdefault(wanted, indicator)
        for standard_id, indicator in edited.items():
            standard = data.catalogue.standards[standard_id]
            decimal_input(
                w,
                f"{w.pick(standard.title)} ({w.pick(indicator.unit)})",
                Number(*THRESHOLD_LIMITS, float(standard.threshold)),
                f"{link_names.THRESHOLDS} {standard_id}",
                md(sentences.standard_text(w, standard, indicator)),
            )
        st.caption(w.t("Ambang yang diubah hanya berlaku untuk sesi dan tautan ini."))
    with st.expander(w.t("Rumus"), icon=":material/calculate:"):
        sums = {"aritmetik": w.t("rata-rata"), "geometrik": w.t("rata-rata geometrik")}
        scales = {
            "standar": w.t("jarak ke standar"),
            "min_maks": w.t("terkecil sampai terbesar"),
            "peringkat": w.t("peringkat"),
        }
        st.selectbox(w.t("Penggabungan"), list(sums), format_func=sums.__getitem__, key=link_names.AGGREGATION)
        st.selectbox(w.t("Skala"), list(scales), format_func=scales.__getitem__, key=link_names.NORMALISATION)


def _standard_title(w: Words, known: Mapping[str, Standard], standard: str) -> str:
    return w.pick(known[standard].title)


def draw_filters(session: Session) -> None:
    """Border set, side, sector and order, above the table that they change."""
    w, data, corridor = session.words, session.data, session.corridor
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    sets = overview_words.border_set_names(w) | {"semua": w.t("seluruh wilayah")}
    allowed = {name: sets[name] for name in (*corridor.border_sets, "semua")}
    segments.choose(w.t("Wilayah"), allowed, link_names.BORDER_SET, row)
    names = {"": w.t("semua sisi")} | {k: str(data.kabkota.at[k, "nama"]) for k in corridor.sides}
    row.selectbox(w.t("Sisi"), list(names), format_func=names.__getitem__, key=link_names.SIDE, width=160)
    sectors = {"": w.t("semua sektor")} | {s: sector_names(w)[s] for s in default_weights(data.catalogue)}
    row.selectbox(w.t("Sektor"), list(sectors), format_func=sectors.__getitem__, key=link_names.SECTOR, width=160)
    orders = {"kebutuhan": w.t("kebutuhan"), "jiwa": w.t("jiwa terdampak")}
    row.selectbox(w.t("Urutkan menurut"), list(orders), format_func=orders.__getitem__, key=link_names.ORDER, width=160)


def draw_actions(session: Session, shown: pd.DataFrame, rows: list[int]) -> None:
    """Download, and the profile of the chosen row.

    Parameters
    ----------
    session : language, data and border of this run
    shown : rows of the ranking that the table shows
    rows : positions of the chosen ones; the first is opened
    """
    w, data = session.words, session.data
    place = st.container(horizontal=True, vertical_alignment="center")
    place.download_button(
        w.t("Unduh CSV"),
        lambda: cells.csv_text(priority.priority_frame(data, shown)),
        file_name=f"prioritas-{session.corridor.id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    if rows and rows[0] < len(shown):
        kode = str(shown.index[rows[0]])
        place.page_link(
            "pages/profil.py",
            label=w.t("Buka profil {nama}", nama=md(str(data.kelurahan.at[kode, "nama"]))),
            icon=":material/location_on:",
            query_params=context.link(session, {link_names.SELECTED: kode}),
        )
    else:
        place.caption(w.t("Pilih satu baris untuk membuka profilnya."))
