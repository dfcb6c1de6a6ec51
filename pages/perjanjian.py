"""Perjanjian: what has been agreed across the border, what is in force, and what ends?"""

import streamlit as st

from views.language import link_names
from views.link import context
from views.screen import account
from views.screen.answers import show_answer
from views.topics.agreements import editor
from views.topics.agreements import screen as agreements_screen
from views.topics.agreements import words as agreement_words

session = context.current()
w, data, corridor, today = session.words, session.data, session.corridor, context.today()

agreements, projects = agreements_screen.on_record(data)
values = context.read(session, "perjanjian", {link_names.AGREEMENT: [a.id for a in agreements]})
scope, view, opened = (values[name] for name in (link_names.SCOPE, link_names.MODE, link_names.AGREEMENT))
shown = agreement_words.ordered(agreement_words.scoped(agreements, corridor, scope), corridor, today)

st.subheader(agreement_words.question(w, corridor))
show_answer(agreement_words.answer(w, data, corridor, agreements, today))
lines = agreement_words.attention(w, data, corridor, agreements, today)
if lines:
    st.markdown(w.t("**Yang perlu diperhatikan**") + "\n" + "\n".join(f"- {line}" for line in lines))

with st.container(key="atur"):
    agreements_screen.controls(session)
own_projects = agreement_words.scoped_projects(projects, corridor, scope)
agreements_screen.view(session, view, shown, own_projects, today)
st.caption(agreement_words.origin_note(w, shown))
agreements_screen.choose(session, agreements)
found = next((a for a in agreements if a.id == opened), None)
if found is not None:
    agreements_screen.card(session, found, projects, today)
    editor.downloads(session, found)
editor.draw(session, account.actor(), found, agreements, projects, today)
agreements_screen.downloads(session, shown, own_projects, today)
with st.expander(w.t("Cara membaca dan sumber"), icon=":material/functions:"):
    st.markdown(agreement_words.method(w))
