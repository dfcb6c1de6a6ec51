"""Pengingat: what falls due for both sides, side by side, and a calendar to subscribe to."""

import streamlit as st

from analysis.agreements.reminders import remind
from analysis.freshness.overdue import overdue
from views.link import context
from views.screen.answers import show_answer
from views.topics.agreements import screen as agreements_screen
from views.topics.freshness import screen as freshness
from views.topics.reminders import screen as reminder_screen
from views.topics.reminders import words as reminder_words

session = context.current()
w, data, corridor, today = session.words, session.data, session.corridor, context.today()
context.read(session, "pengingat")
found = remind(*agreements_screen.on_record(data), corridor.sides, today)
figures = overdue(freshness.ages(data, corridor.id, "", today.year).figures, corridor.sides)

st.subheader(reminder_words.question(w, corridor))
show_answer(reminder_words.answer(w, data, corridor, found))
reminder_screen.draw_now(session, found, today)
reminder_screen.draw_figures(session, figures)
reminder_screen.draw_calendar(session, found, figures)
reminder_screen.draw_rest(session, found, today)
with st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:"):
    st.markdown(reminder_words.method(w))
