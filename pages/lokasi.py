"""Lokasi bersama: where should the next puskesmas or fire posts stand, each side alone or both together?"""

from functools import partial

import streamlit as st

from views.link import context
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.screen.tables import show_table
from views.topics.map.screen import geometry
from views.topics.siting import card as siting_card
from views.topics.siting import controls as siting_controls
from views.topics.siting import figure as siting_figure
from views.topics.siting import sections as siting_sections
from views.topics.siting import spec as siting_spec
from views.topics.siting import state as siting_state
from views.topics.siting import tables as siting_tables
from views.topics.siting import words as siting_words
from views.topics.sources import words as sources_words

session = context.current()
w, data = session.words, session.data

values = context.read(session, "lokasi")
asked = siting_state.asked_of(session, values)
st.subheader(siting_words.question(session, asked))
heading, bar = st.container(), st.container(key="atur")
with heading:
    plan, checks = siting_state.answered(session, asked, values)
    show_answer(siting_words.answer(w, data, session.corridor, asked, plan))
    if notes := siting_words.notes(session, plan):
        st.markdown(" ".join(notes))
with bar:
    siting_controls.controls(session, asked, plan)

picture, card = st.columns([5, 3], gap="small")
with picture, st.container(key="tall"):
    spec = siting_spec.spec(session, asked, plan, siting_controls.placing())
    draw(
        spec,
        geometry(data),
        key="petalokasi",
        height=siting_spec.HEIGHT,
        fills=True,
        on_place=partial(siting_state.add_place, session),
    )
    rows, note = siting_spec.legend_rows(session, plan), siting_spec.legend_note(session, asked, plan)
    kind, title = asked.task.kind, siting_spec.picture_title(session, asked, plan)
    pictures.under_map(session, f"lokasi-{kind}", spec, rows, title, note, siting_figure.sources(session, kind))
with card:
    siting_card.draw_card(session, asked, plan)

if plan is not None and not plan.unknown:
    siting_sections.draw_plan(session, asked, plan)
    siting_sections.draw_checks(session, asked, checks)
    with st.expander(w.t("Tabel data lengkap"), icon=":material/table:"):
        show_table(w, siting_tables.places_table(session, plan), alt=w.t("Tabel tempat setiap rencana"))
elif plan is not None:
    until = w.t("Sampai itu ada, pilih jenis tempat lain atau perbatasan lain di atas.")
    st.info(siting_words.missing(session, plan, until), icon=":material/help:")
with st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:"):
    st.markdown(siting_words.method(session, asked, plan))
    st.caption(sources_words.method_link(w, "lokasi", session.corridor.id))
