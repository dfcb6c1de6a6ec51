"""Bagi biaya: how could a shared cost be divided, by which reasoning, and how far apart are the answers?"""

import streamlit as st

from analysis.siting.result import basis_of
from analysis.siting.sharing import by_every_rule
from views.language import link_names
from views.link import context
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.tables import show_table
from views.topics.sharing import figure as sharing_figure
from views.topics.sharing import screen as sharing_screen
from views.topics.sharing import tables as sharing_tables
from views.topics.sharing import words as sharing_words
from views.topics.siting import state as siting_state
from views.topics.siting import words as siting_words
from views.topics.sources import words as sources_words

session = context.current()
w = session.words
values = context.read(session, "biaya")

st.subheader(sharing_words.question(session))
if session.corridor.pair:
    heading, bar = st.container(), st.container(key="atur")
    cost, basis, use = values[link_names.COST], values[link_names.BASIS], sharing_screen.stated_use(session, values)
    asked = siting_state.asked_of(session, values)
    plan, ground = None, None
    if basis == "angka":
        ground = sharing_screen.typed(session, values, use)
    else:
        with heading:
            plan, _ = siting_state.answered(session, asked, values)
        ground = None if plan is None else basis_of(plan, use)
    found, ranges = by_every_rule(cost, ground) if ground is not None else (None, {})

    with heading:
        show_answer(sharing_words.answer(w, session.data, session.corridor, found, ranges, cost))
        st.markdown(sharing_words.statement(w))
    with bar:
        sharing_screen.controls(session, asked, plan, basis)
        if basis == "rencana":
            st.caption(sharing_words.assumed(session, asked.task, cost, use))
    if plan is not None and plan.unknown:
        until = w.t("Sampai itu ada, angka sendiri tetap dapat dibagi: pilih Angka sendiri di atas.")
        st.info(siting_words.missing(session, plan, until), icon=":material/help:")
    if ground is not None and found is not None:
        picture, reasons = st.columns([3, 2], gap="medium")
        with picture:
            pictures.chart(session, "biaya", sharing_figure.figure(session, found, ranges, basis == "angka"), "")
        with reasons:
            st.markdown("\n".join(f"- {line}" for line in sharing_words.reasons(session, ground, found)))
        rows = sharing_tables.table(session, found, ranges, cost)
        show_table(w, rows, alt=w.t("Tabel pembagian biaya menurut dasar dan sisi"))
        if basis == "rencana":
            sharing_screen.plan_link(session)
    with st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:"):
        st.markdown(sharing_words.method(session, basis))
        st.caption(sources_words.method_link(w, "biaya", session.corridor.id))
else:
    show_answer(sharing_words.answer(w, session.data, session.corridor, None, {}, 0))
