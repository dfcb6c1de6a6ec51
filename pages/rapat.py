"""Mode rapat: the border in fifteen minutes on a projector, with the keyboard alone and without a connection."""

import streamlit as st

from views import meetingpage
from views.language.escape import md
from views.link import session

now = session.current()
w, corridor = now.words, now.corridor

st.subheader(w.t("{koridor}: apa yang ditunjukkan di rapat?", koridor=md(w.pick(corridor.title))))
choice = meetingpage.choose(now)
headline = st.empty()
told = meetingpage.shown(now, choice)
headline.markdown(f"**{meetingpage.answer(w, told)}**")

stage, choices = st.columns([5, 2], gap="medium")
with stage:
    meetingpage.draw_stage(now, told, choice)
with choices:
    meetingpage.draw_choices(now, choice, told)
meetingpage.draw_sequence(now, choice)

with st.expander(w.t("Semua slaid sebagai tabel"), icon=":material/table:"):
    st.dataframe(
        meetingpage.table(w, told),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Tabel slaid: judul, kalimat, tahun dan sumber"),
    )
with st.expander(w.t("Tombol papan ketik"), icon=":material/keyboard:"):
    st.markdown(meetingpage.keys(w))
with st.expander(w.t("Cara kerjanya dan sumber"), icon=":material/functions:"):
    st.markdown(meetingpage.method(w))
