"""Mode rapat: the border in fifteen minutes on a projector, with the keyboard alone and without a connection."""

import streamlit as st

from views.language.escape import md
from views.link import context
from views.meeting import stage as meeting_stage
from views.screen.answers import show_answer
from views.screen.tables import show_table
from views.story import words as story_words

session = context.current()
w, corridor = session.words, session.corridor
values = context.read(session, "rapat")

st.subheader(w.t("{koridor}: apa yang ditunjukkan di rapat?", koridor=md(w.pick(corridor.title))))
choice = meeting_stage.chosen(session, values)
headline = st.container()
told = meeting_stage.shown(session, choice, values)
with headline:
    show_answer(story_words.slides_answer(w, len(told.slides), told.years))

stage, choices = st.columns([5, 2], gap="medium")
with stage:
    meeting_stage.draw_stage(session, told, choice)
with choices:
    meeting_stage.draw_choices(session, choice, told)
meeting_stage.draw_sequence(session, choice)

with st.expander(w.t("Semua slaid sebagai tabel"), icon=":material/table:"):
    show_table(w, meeting_stage.table(w, told), alt=w.t("Tabel slaid: judul, kalimat, tahun dan sumber"))
with st.expander(w.t("Tombol papan ketik"), icon=":material/keyboard:"):
    st.markdown(meeting_stage.keys(w))
with st.expander(w.t("Cara kerjanya dan sumber"), icon=":material/functions:"):
    st.markdown(meeting_stage.method(w))
