"""Kesegaran: how old are the figures, which should have been renewed, and what would help most to bring first?"""

import streamlit as st

from views.language import link_names
from views.language.escape import md
from views.link import context
from views.screen.answers import show_answer
from views.topics.freshness import screen as freshness
from views.topics.freshness import words as freshness_words
from views.topics.uploads import screen as uploads

session = context.current()
w, this_year = session.words, context.this_year()
sector = context.read(session, "kesegaran")[link_names.SECTOR]
found = freshness.ages(session.data, session.corridor.id, sector, this_year)

border = md(w.pick(session.corridor.title))
st.subheader(w.t("{koridor}: seberapa baru angka-angka ini?", koridor=border))
show_answer(freshness_words.answer(w, session.data, found.figures, found.sectors))
freshness.draw_map(session, found)
freshness.draw_sectors(session, found, this_year)
uploads.draw_needed(session)
bring = w.t("Unggah data")
st.page_link("pages/unggah.py", label=bring, icon=":material/upload_file:", query_params=context.link(session, {}))
