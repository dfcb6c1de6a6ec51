"""Suara warga: what residents report, which side has answered in time, and where they can report."""

import streamlit as st

from views.language import link_names
from views.link import context
from views.screen import account
from views.screen.answers import show_answer
from views.topics.citizen_reports import editor, state, words
from views.topics.citizen_reports import screen as reports_screen

session = context.current()
w, data, corridor = session.words, session.data, session.corridor
found = state.found(data, corridor.id)
values = context.read(session, "suara", {link_names.REPORT: [str(one.report.key) for one in found.listed]})
kode, opened = values[link_names.SELECTED], values[link_names.REPORT]

st.subheader(words.question(w, corridor))
show_answer(words.answer(w, data, found.listed, found.sides))
if found.listed:
    picture, beside = st.columns([6, 4], gap="small")
    with picture:
        reports_screen.draw_map(session, state.places(data, corridor.id), kode)
    with beside:
        reports_screen.draw_sides(session, found)
        rows = reports_screen.chosen(found.listed, values[link_names.STATE], kode)
        reports_screen.draw_one(session, found.listed, rows, opened)
    reports_screen.draw_list(session, rows, kode)
elif any(side.waiting for side in found.sides.values()):
    reports_screen.draw_sides(session, found)
reports_screen.draw_form(session, empty=not found.listed)
reports_screen.downloads(session, found.listed)
editor.draw(session, account.actor())
with st.expander(w.t("Cara membaca dan keterbatasannya"), icon=":material/functions:"):
    st.markdown(words.method(w))
