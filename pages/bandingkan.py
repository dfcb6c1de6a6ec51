"""Bandingkan: is the border really behind, and which side of it?"""

import streamlit as st

from views.figures import borders
from views.language import link_names
from views.language.escape import md
from views.link import context, results
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.tables import folded, show_table
from views.topics.comparison import screen as comparison_screen
from views.topics.comparison import tables as comparison_tables
from views.topics.comparison import words as comparison_words
from views.topics.overview import screen as overview_screen
from views.topics.sources import words as sources_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor
catalogue = data.catalogue

choices = [i.id for i in catalogue.indicators.values() if i.compared]
values = context.read(session, "bandingkan")
indicator_id, border_set = values[link_names.INDICATOR], values[link_names.BORDER_SET]
indicator = catalogue.indicators[indicator_id]
result = results.comparisons(data, corridor.id)[indicator_id, border_set]

st.subheader(w.t("{koridor}: apakah wilayah perbatasannya benar-benar tertinggal?", koridor=md(w.pick(corridor.title))))
show_answer(comparison_words.answer(w, data, indicator, result))

row = st.container(horizontal=True, vertical_alignment="bottom")
row.selectbox(
    w.t("Indikator"), choices, format_func=lambda i: w.pick(catalogue.indicators[i].title), key=link_names.INDICATOR
)
with row:
    overview_screen.draw_border_sets(w, corridor)

middle, slopes = st.columns([3, 2], gap="small")
drawn = borders.across(w, data, corridor, indicator, result)
with middle:
    st.markdown(comparison_words.profile_title(w, result))
    pictures.chart(session, f"bandingkan-{indicator_id}", drawn)
    if result.gradient is not None:
        st.caption(sources_words.method_link(w, "gradien", corridor.id))
with slopes:
    if result.line is not None and result.line.known:
        st.markdown(w.t("**Tetangga lawan tetangga: satu garis satu pasangan**"))
        pictures.chart(session, f"pasangan-{indicator_id}", borders.slopes(w, data, indicator, result.line))

st.markdown("\n".join(f"- {line}" for line in comparison_words.lines(w, data, indicator, result)))
show_table(w, comparison_tables.table(w, data, indicator, result), alt=w.t("Tabel perbandingan tiap sisi"))
st.caption(f"{comparison_words.missing(w, data, result)} {sources_words.method_link(w, 'putusan', corridor.id)}")

pairs = folded(w.t("Semua pasangan"), "compare_arrows", "pairs")
if pairs is not None and result.line is not None:
    show_table(w, comparison_tables.pair_table(w, data, indicator, result.line), alt=w.t("Tabel pasangan"), place=pairs)
    pairs.caption(sources_words.method_link(w, "tetangga", corridor.id))
groups = folded(w.t("Klaster dan ketimpangan"), "hub", "groups")
if groups is not None:
    groups.markdown(comparison_words.inequality(w, result))
    comparison_screen.draw_clusters(groups, session, indicator)
    clusters = sources_words.method_link(w, "klaster", corridor.id)
    groups.caption(f"{clusters} · {sources_words.method_link(w, 'ketimpangan', corridor.id)}")
with st.expander(w.t("Cara menguji dan keterbatasannya"), icon=":material/functions:"):
    st.markdown(comparison_words.method(w, data, indicator, result))
