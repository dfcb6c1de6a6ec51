"""Damkar: who is reached in time by own posts only, and who by the nearest post of any side?"""

from functools import partial

import streamlit as st

from views.language import link_names
from views.link import context
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.screen.tables import folded, show_table
from views.topics.fire import card as fire_card
from views.topics.fire import controls as fire_controls
from views.topics.fire import editor as fire_editor
from views.topics.fire import sections as fire_sections
from views.topics.fire import spec as fire_spec
from views.topics.fire import state as fire_state
from views.topics.fire import tables as fire_tables
from views.topics.fire import words as fire_words
from views.topics.map.screen import geometry
from views.topics.sources import words as sources_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor

values = context.read(session, "damkar")
shown, plan = values[link_names.FIRE_MAP], values[link_names.FIRE_PLAN]
state = fire_state.state_of(session, values)
result = fire_state.result(data, state)

st.subheader(fire_words.question(session))
show_answer(fire_words.answer(w, data, corridor, state, result))
with st.container(key="atur"):
    fire_controls.controls(session, state)
    placing = fire_editor.draw_placing(session)

picture, card = st.columns([5, 3], gap="small")
with picture, st.container(key="tall"):
    spec = fire_spec.spec(session, state, result, shown, plan, placing)
    draw(
        spec,
        geometry(data),
        key="petadamkar",
        height=fire_spec.HEIGHT,
        fills=True,
        on_place=partial(fire_editor.place, session),
    )
with card:
    fire_card.draw_card(session, state, result)
rows = fire_spec.legend_rows(session, state, result, shown, plan)
note = fire_spec.legend_note(session, state, shown, plan)
title = fire_spec.picture_title(session, state, shown, plan)
pictures.under_map(
    session,
    f"damkar-{shown}-{plan}",
    spec,
    rows,
    title,
    note,
    ("fire_press", *data.people_sources(session.corridor.sides)),
)

fire_sections.draw_sections(session, state, result)
st.page_link(
    "pages/latihan.py",
    label=w.t("Simulasi latihan: uji jawaban model dengan latihan nyata"),
    icon=":material/timer:",
    query_params=fire_state.link(session, state),
)
twin = folded(w.t("Tabel data lengkap"), "table", "firetwin")
if twin is not None:
    show_table(w, fire_tables.twin(session, result), alt=w.t("Tabel peluang dan menit setiap kelurahan"), place=twin)
method = folded(w.t("Cara menghitung dan sumber"), "functions", "firemethod")
if method is not None:
    method.markdown(fire_words.method(session, state, result))
    method.caption(sources_words.method_link(w, "damkar", corridor.id))
