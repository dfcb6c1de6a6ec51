"""Sumber & mutu: where the numbers come from, how far they reach, what was left out, and what they are not for."""

import streamlit as st

from analysis.values.quality import freshness, left_out
from views import sourcespage
from views.link import session
from views.screen import pictures

now = session.current()
w, data = now.words, now.data

error, shares = session.population_error(), session.known_shares()

st.subheader(w.t("Seberapa jauh angka di sini dapat dipercaya?"))
st.markdown(f"**{sourcespage.answer(w, data, shares, error)}**")

picture, warning = st.columns([5, 3], gap="medium")
with picture:
    st.markdown(w.t("**Cakupan: unit yang nilainya diketahui, menurut indikator dan kabupaten/kota**"))
    fractions, labels = sourcespage.coverage_matrix(w, data, shares)
    pictures.chart(now, "cakupan", sourcespage.figure(w, data, fractions, labels))
with warning:
    st.warning(sourcespage.not_for(w), title=w.t("Jangan dipakai untuk"), icon=":material/block:")
    st.markdown(w.t("**Galat perkiraan penduduk**"))
    st.markdown(sourcespage.error_text(w, data, error))

st.markdown(w.t("#### Catatan yang tidak dipakai, dan alasannya"))
st.dataframe(
    sourcespage.left_out_table(w, left_out(data.facilities)),
    hide_index=True,
    placeholder=w.no_data,
    alt=w.t("Tabel catatan yang tidak dipakai"),
)
st.caption(sourcespage.merged_line(w, data))

st.markdown(w.t("#### Sumber dan lisensi"))
st.dataframe(
    sourcespage.sources_table(w, data), hide_index=True, placeholder=w.no_data, alt=w.t("Tabel sumber dan lisensi")
)

with st.expander(w.t("Tabel cakupan dan tahun data"), icon=":material/table:"):
    st.dataframe(labels, alt=w.t("Tabel cakupan"))
    st.dataframe(
        sourcespage.freshness_table(w, data, freshness(data.values, session.this_year())),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Tabel tahun data"),
    )
with st.expander(w.t("Arti tingkat, cara dan mutu"), icon=":material/menu_book:"):
    st.markdown(sourcespage.glossary(w))
