"""Perbandingan waktu: before and after, where two years were counted in the same way."""

import streamlit as st

from analysis.values.vintages import compare_vintages
from views.language import link_names
from views.language.escape import md
from views.link import context
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.tables import show_table
from views.topics.change import figure as change_figure
from views.topics.change import tables as change_tables
from views.topics.change import words as change_words
from views.topics.sources import words as sources_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor
known = data.catalogue.series

link = context.read(session, "waktu")
series_id = link[link_names.SERIES]
series = known[series_id]
values = change_words.values_of(data, series_id)
result = compare_vintages(values, corridor.sides)
years = [str(y) for y in result.years]
context.offer(session, "waktu", link, {link_names.YEAR_FROM: years})
if years:
    first, last = link[link_names.YEAR_FROM], link[link_names.YEAR_TO]
    result = compare_vintages(values, corridor.sides, int(first), int(last))

st.subheader(w.t("{koridor}: apa yang berubah dari waktu ke waktu?", koridor=md(w.pick(corridor.title))))
show_answer(change_words.answer(w, data, series, result))

row = st.container(horizontal=True, vertical_alignment="bottom")
row.selectbox(w.t("Data"), list(known), format_func=lambda i: w.pick(known[i].title), key=link_names.SERIES)
if years:
    row.selectbox(w.t("Dari tahun"), years[:-1], key=link_names.YEAR_FROM)
    row.selectbox(w.t("Sampai tahun"), [y for y in years if y > first], key=link_names.YEAR_TO)
    picture, table = st.columns([4, 3], gap="medium")
    with picture:
        # The caveats stand beside the table already.
        pictures.chart(session, f"waktu-{series_id}", change_figure.figure(w, data, corridor, series, result), "")
    with table:
        if not result.changes.empty:
            show_table(
                w, change_tables.change_table(w, data, corridor, series, result), alt=w.t("Tabel sebelum dan sesudah")
            )
            st.caption(change_words.origin(w, series, result))
        for caveat in series.caveats:
            st.caption(md(w.pick(caveat)))

refused = change_words.refusals(w, data, series, result)
if refused:
    st.markdown(w.t("#### Yang tidak dipasangkan, dan mengapa"))
    st.markdown("\n".join(f"- {line}" for line in refused))
with st.expander(w.t("Semua angka data ini, menurut cara menghitungnya"), icon=":material/table:"):
    show_table(w, change_tables.apart_table(w, data, corridor, series), alt=w.t("Tabel semua angka data ini"))
with st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:"):
    st.markdown(change_words.method(w, series))
    st.caption(sources_words.method_link(w, "waktu", corridor.id))
