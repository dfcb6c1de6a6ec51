"""Latihan bersama: the fire services' joint drill as it happens, and the log beside the model."""

import streamlit as st

from records.drills import reading
from records.models import now
from views.language import link_names
from views.link import context
from views.screen import account
from views.screen.answers import show_answer
from views.topics.fire import state as fire_state
from views.topics.joint_drill import editor, screen, words

session = context.current()
w, corridor, actor = session.words, session.corridor, account.actor()

drills = reading.listed(actor, corridor.id, corridor.sides)
values = context.read(session, "latihan_bersama", {link_names.DRILL: [str(d.id) for d in drills]})
state = fire_state.state_of(session, values)
opened = next((d for d in drills if str(d.id) == values[link_names.DRILL]), None)
moment = now()
over = opened is not None and moment > opened.ends
told = screen.evaluated(session, state, opened) if opened is not None and over else None

st.subheader(words.question(session))
show_answer(words.answer(w, drills, opened, told, moment))
editor.said()
screen.choose(session, drills)
leads = editor.may_lead(actor, corridor.sides)
if opened is not None and told is None:
    if leads:
        editor.lead(session, actor, opened)
    screen.running(session, opened)
elif told is not None:
    screen.evaluation(session, state, values, told)
if leads and opened is not None:
    editor.correct(session, actor, opened)
if leads:
    editor.new(session, actor, state, values, unfold=not drills)
join = w.t("Ikut latihan dengan kode")
st.markdown(f"[{join}](latihan/gabung?bahasa={w.language})")
with st.expander(w.t("Cara latihan ini berjalan dan diukur"), icon=":material/functions:"):
    st.markdown(words.method(w))
st.page_link(
    "pages/latihan.py",
    label=w.t("Simulasi latihan: siapa yang akan datang menurut model"),
    icon=":material/timer:",
    query_params=fire_state.link(session, state),
)
