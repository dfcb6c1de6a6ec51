"""Periksa berkas: what would fill most of what is missing, and whether a file is right; nothing is stored."""

import streamlit as st

from views.language.escape import md
from views.link import context
from views.screen.answers import show_answer
from views.topics.uploads import screen as uploads

session = context.current()
w = session.words
border = md(w.pick(session.corridor.title))
context.read(session, "unggah")

st.subheader(w.t("{koridor}: berkas apa yang paling dibutuhkan, dan apakah berkas Anda benar?", koridor=border))
show_answer(uploads.answer(session))
uploads.draw_file(session)
uploads.draw_needed(session)
uploads.draw_templates(session)
