"""The pieces of Beranda beside and below its map: who needs most, ways on, gaps at the border."""

from __future__ import annotations

import streamlit as st

from analysis.values.summary import BorderSummary
from data.catalogue import Corridor
from views.figures import borders
from views.language import link_names, sentences
from views.language.escape import md
from views.language.words import Words
from views.link import context
from views.link.context import Session
from views.screen import pictures
from views.screen.tables import folded, show_table
from views.topics.overview import tables as overview_tables
from views.topics.overview import words as overview_words
from views.topics.overview.words import Needy, border_set_names


def draw_border_sets(w: Words, corridor: Corridor) -> None:
    """The control that says which kelurahan count as the border."""
    st.segmented_control(
        w.t("Yang dihitung sebagai perbatasan"),
        corridor.border_sets,
        format_func=border_set_names(w).__getitem__,
        key=link_names.BORDER_SET,
        required=True,
    )


def draw_neediest(session: Session, needy: list[Needy], unknown: str) -> None:
    """The kelurahan that need most with their reason, what is not known, and three ways on.

    Parameters
    ----------
    session : language, data and border of this run
    needy : the first ones; a click on one shows its card
    unknown : what is not known
    """
    w = session.words
    with st.container(gap="xxsmall", key="needy"):
        st.markdown(w.t("##### Paling membutuhkan di garis batas"))
        for number, one in enumerate(needy, 1):
            st.button(
                f"{number}. {md(one.name)} ({md(one.side)})",
                key=f"needy {one.kode}",
                type="tertiary",
                on_click=context.assign,
                args=(link_names.SELECTED, one.kode),
            )
            st.caption(md(one.reason))
        if not needy:
            st.markdown(w.t("Tidak ada kelurahan/desa yang dapat diperingkat di sini."))
        st.page_link(
            "pages/prioritas.py",
            label=w.t("Semua kelurahan"),
            icon=":material/format_list_numbered:",
            query_params=context.link(session, {}),
        )
        if unknown:
            st.caption(unknown)
        ways = {
            "bandingkan": (w.t("Bandingkan kedua sisi"), ":material/compare:"),
            "akses": (w.t("Bila layanan dibuka"), ":material/sync_alt:"),
            "rapat": (w.t("Tayangkan di rapat"), ":material/present_to_all:"),
        }
        row = st.container(horizontal=True, gap="small", key="ways")
        for page, (label, icon) in ways.items():
            row.page_link(f"pages/{page}.py", label=label, icon=icon, query_params=context.link(session, {}))


def draw_gaps(session: Session, summary: BorderSummary) -> None:
    """Who lives at the border, the largest gaps as bars, all of them as a table, and what is unknown."""
    w, data, corridor = session.words, session.data, session.corridor
    # With an anchor of its own the browser need not make one of the words.
    st.subheader(
        w.t("{koridor}: siapa tinggal di batas, dan apa yang belum terjangkau?", koridor=md(w.pick(corridor.title))),
        anchor="kesenjangan",
    )
    draw_border_sets(w, corridor)
    lines = [sentences.border_size(w, data, summary)]
    lines += sentences.reach_of_line(w, data, corridor, summary)
    st.markdown(" ".join(lines))
    gaps = borders.leading(data, summary)
    if not gaps:
        st.info(w.t("Belum ada indikator berstandar yang diketahui di batas ini."), icon=":material/help:")
    else:
        st.html(overview_tables.bars_html(w, data, corridor, gaps, session.dark))
        st.caption(
            w.t("Perkiraan jiwa di kelurahan/desa perbatasan yang di luar standar bawaan.")
            + " "
            + w.t("Batang {hatching}.", hatching=borders.hatching(w))
        )
        pictures.offer(
            w, f"kesenjangan-{corridor.id}", lambda: borders.gap_bars(w, data, corridor, summary), pictures.CHART_SIZE
        )
    # The script of a table is a megabyte: it travels when somebody opens one.
    table = folded(w.t("Semua kesenjangan terhadap standar"), "table", "gaps")
    if table is not None:
        alt = w.t("Tabel kesenjangan menurut indikator dan sisi")
        show_table(w, overview_tables.gap_table(w, data, summary), alt=alt, place=table)
        table.caption(overview_words.gaps_note(w))
    if unknown := overview_words.unknown_lines(w, data, summary):
        with st.expander(w.t("Yang belum diketahui atau tidak dapat dibandingkan"), icon=":material/help:"):
            st.markdown("\n".join(f"- {line}" for line in unknown))
