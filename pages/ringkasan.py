"""Ringkasan: who lives at the border of the chosen corridor, and where are its largest gaps?"""

import streamlit as st

from analysis.values.quality import freshness
from views.figures import borders
from views.language import link_names, sentences
from views.language.escape import md
from views.link import context, results
from views.screen import pictures
from views.screen.tables import show_table
from views.topics.overview import screen as overview_screen
from views.topics.overview import tables as overview_tables
from views.topics.overview import words as overview_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor

st.subheader(
    w.t("{koridor}: siapa tinggal di batas, dan apa yang belum terjangkau?", koridor=md(w.pick(corridor.title)))
)
border_set = context.read(session, "ringkasan")[link_names.BORDER_SET]
summary = results.border_summary(data, corridor.id, border_set)
st.markdown(f"**{sentences.border_size(w, data, corridor, summary)}**")

picture, sides = st.columns([3, 2], gap="medium")
with picture:
    bars = borders.gap_bars(w, data, corridor, summary)
    if not bars.categories:
        st.info(w.t("Belum ada indikator berstandar yang diketahui di batas ini."), icon=":material/help:")
    else:
        st.markdown(w.t("**Kesenjangan terbesar di kelurahan/desa perbatasan**"))
        pictures.chart(session, "kesenjangan", bars, borders.bars_note(w, summary))
    st.markdown("\n".join(f"- {line}" for line in sentences.reach_of_line(w, data, corridor, summary)))
with sides:
    overview_screen.draw_border_sets(w, corridor)
    for side in summary.sides:
        overview_screen.draw_side(w, data, summary, side)

st.markdown(w.t("#### Semua kesenjangan terhadap standar"))
show_table(w, overview_tables.gap_table(w, data, summary), alt=w.t("Tabel kesenjangan menurut indikator dan sisi"))
st.caption(
    w.t(
        "Jarak dihitung dari titik sampel dengan anggapan penduduk tersebar merata di dalam kelurahan. "
        "Kisaran menjumlahkan galat perkiraan penduduk seolah semuanya searah. "
        "Indikator tingkat kecamatan mencakup seluruh kecamatan yang menyentuh batas."
    )
)

unknown, fresh = st.columns(2, gap="medium")
with unknown:
    st.markdown(w.t("#### Yang belum diketahui atau tidak dapat dibandingkan"))
    gaps = overview_words.unknown_lines(w, data, summary)
    st.markdown("\n".join(f"- {line}" for line in gaps) if gaps else w.t("Tidak ada."))
with fresh:
    st.markdown(w.t("#### Seberapa baru datanya"))
    ages = freshness(data.values, context.this_year())
    show_table(w, overview_tables.freshness_table(w, data, ages), alt=w.t("Tabel tahun data"))

with st.expander(w.t("Cara menghitung dan dasar garis batas"), icon=":material/functions:"):
    st.markdown(overview_words.method(w, corridor))
