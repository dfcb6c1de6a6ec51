"""Usulan: do proposals touch the gaps, which gaps does nobody propose, and what do both sides of a line ask for?"""

import streamlit as st

from views.language import link_names
from views.link import context
from views.screen import account
from views.screen.answers import show_answer
from views.topics.proposals import editor, state, words
from views.topics.proposals import screen as proposals_screen

session = context.current()
w, data, corridor = session.words, session.data, session.corridor
view = context.read(session, "usulan")[link_names.MODE]
met = state.met(data, corridor.id)

st.subheader(words.question(w, corridor))
show_answer(words.answer(w, data, corridor, met))
proposals_screen.draw_missing(session, met)
if met.proposals.empty:
    proposals_screen.draw_gaps(session, met)
else:
    with st.container(key="atur"):
        proposals_screen.controls(session)
    proposals_screen.view(session, view, met)
proposals_screen.downloads(session, met)
editor.draw(session, account.actor())
proposals_screen.draw_published(session)
proposals_screen.draw_files(session)
with st.expander(w.t("Cara membaca dan keterbatasannya"), icon=":material/functions:"):
    st.markdown(words.method(w))
