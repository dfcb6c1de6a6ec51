"""Unggah data: bring a file, see what it changes, submit it, check it as second person, publish, withdraw."""

import streamlit as st

from views.language.escape import md
from views.link import context
from views.screen.answers import show_answer
from views.topics.uploads import editor
from views.topics.uploads import screen as uploads

session = context.current()
w = session.words
border = md(w.pick(session.corridor.title))
context.read(session, "unggah")

st.subheader(w.t("{koridor}: berkas apa yang paling dibutuhkan, dan apa yang diubah berkas Anda?", koridor=border))
show_answer(uploads.answer(session))
editor.told()
uploads.draw_file(session)
editor.draw_waiting(session)
editor.draw_versions(session)
editor.follow_up(session)
uploads.draw_needed(session)
uploads.draw_templates(session)
