"""Sumber & mutu: where the numbers come from, how far they reach, what was left out, and what they are not for."""

import streamlit as st

from analysis.values.population import deviations
from analysis.values.quality import left_out
from data import editions
from data.methods import sections
from open_data.places import misplaced_rows
from views.language import link_names
from views.language.cells import csv_text
from views.link import context, results
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.tables import show_table
from views.topics.feed import screen as feed_screen
from views.topics.sources import edition
from views.topics.sources import figure as sources_figure
from views.topics.sources import tables as sources_tables
from views.topics.sources import words as sources_words

session = context.current()
w, data = session.words, session.data
context.read(session, "sumber")

found, shares = results.population_error(data), results.known_shares(data)

st.subheader(w.t("Seberapa jauh angka di sini dapat dipercaya?"))
show_answer(sources_words.answer(w, data, shares, found))

# In sight, whatever page a link comes from.
methods = sections()
section = st.selectbox(
    w.t("Metode, rumus dan batasnya"),
    ["", *methods],
    format_func=lambda i: methods[i][0] if i else w.t("Pilih satu bagian"),
    key=link_names.METHOD,
    width=480,
)
if section:
    heading, text = methods[section]
    st.markdown(f"#### {heading}\n\n{text}")

picture, warning = st.columns([5, 3], gap="medium")
with picture:
    st.markdown(w.t("**Cakupan: wilayah yang nilainya diketahui, menurut indikator dan kabupaten/kota**"))
    fractions, labels = sources_figure.coverage_matrix(w, data, shares)
    pictures.chart(session, "cakupan", sources_figure.figure(w, data, fractions, labels))
with warning:
    st.warning(sources_words.not_for(w), title=w.t("Jangan dipakai untuk"), icon=":material/block:")
    st.markdown(w.t("**Batas kesalahan perkiraan penduduk**"))
    st.markdown(sources_words.error_text(w, found))

replaced = deviations(data.replaced)
if len(replaced):
    st.markdown(w.t("**Perkiraan yang diganti angka resmi**"))
    st.markdown(sources_words.deviation_text(w, replaced, found))
    replaced_table = sources_tables.deviation_table(w, data, replaced)
    show_table(w, replaced_table, alt=w.t("Perkiraan, angka resmi, dan selisihnya"))

with st.expander(w.t("Batas kesalahan penduduk: per wilayah dan per cara yang dicoba"), icon=":material/table:"):
    show_table(w, sources_tables.error_table(w, data, found), alt=w.t("Tabel kesalahan perkiraan penduduk"))
    st.caption(w.t("Rata-rata meleset tiap cara membagi total kecamatan, dalam %:"))
    show_table(w, sources_tables.mixture_table(w, data, found), alt=w.t("Tabel cara yang dicoba"))

if changed := editions.changes(session.corridor.id):
    with st.expander(w.t("Apa yang berubah sejak edisi lalu"), icon=":material/history:"):
        st.markdown(edition.lines(w, changed))

st.markdown(w.t("#### Catatan yang tidak dipakai, dan alasannya"))
show_table(w, sources_tables.left_out_table(w, left_out(data.facilities)), alt=w.t("Tabel catatan yang tidak dipakai"))
st.caption(sources_words.merged_line(w, data))

st.markdown(w.t("#### Letak yang tidak cocok dengan wilayah yang disebut"))
misplaced = misplaced_rows(data, [session.corridor])
st.caption(sources_words.misplaced_line(w, misplaced))
with st.expander(w.t("Tabel letak yang tidak cocok"), icon=":material/table:"):
    show_table(w, sources_tables.misplaced_table(w, data, misplaced), alt=w.t("Tabel letak yang tidak cocok"))
st.download_button(
    w.t("Unduh daftar ini (CSV)"),
    csv_text(misplaced),
    file_name=f"letak_berbeda-{session.corridor.id}.csv",
    mime="text/csv",
    icon=":material/download:",
    on_click="ignore",
)

st.markdown(w.t("#### Sumber dan lisensi"))
show_table(w, sources_tables.sources_table(w, data), alt=w.t("Tabel sumber dan lisensi"))

feed_screen.draw(session, "sumber")
with st.expander(w.t("Tabel cakupan"), icon=":material/table:"):
    show_table(w, labels.rename_axis(w.t("Indikator")).reset_index(), alt=w.t("Tabel cakupan"))
    older = w.t("Umur angka menurut sektor dan kantor")
    st.page_link("pages/kesegaran.py", label=older, query_params=context.link(session, {}))
with st.expander(w.t("Arti tingkat, cara dan mutu"), icon=":material/menu_book:"):
    st.markdown(sources_words.glossary(w))
