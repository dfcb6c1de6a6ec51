"""Damkar: who is reached in time by own posts only, and who by the nearest post of any side?"""

from functools import partial

import streamlit as st

from views.language import link_names
from views.link import session
from views.screen import pictures
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

now = session.current()
w, data, corridor = now.words, now.data, now.corridor

values = session.read(now, "damkar")
shown, plan = values[link_names.FIRE_MAP], values[link_names.FIRE_PLAN]
state = fire_state.state_of(now, values)
result = fire_state.result(data, state)

st.subheader(fire_words.question(now))
st.markdown(f"**{fire_words.answer(now, state, result)}**")
fire_controls.controls(now, state)
placing = fire_editor.draw_placing(now)

picture, card = st.columns([5, 3], gap="small")
with picture:
    spec = fire_spec.spec(now, state, result, shown, plan, placing, None)
    draw(
        spec,
        geometry(data),
        key="petadamkar",
        height=fire_spec.HEIGHT,
        on_place=partial(fire_editor.place, now),
    )
with card:
    fire_card.draw_card(now, state, result)
rows, note = fire_spec.legend_rows(now, state, result, shown, plan), fire_spec.legend_note(now, state, shown, plan)
title = fire_spec.picture_title(now, state, shown, plan)
pictures.under_map(now, f"damkar-{shown}-{plan}", spec, rows, title, note, ("fire_press", "dukcapil2024"))

fire_sections.draw_sections(now, state, result)
st.page_link(
    "pages/latihan.py",
    label=w.t("Simulasi latihan: uji jawaban model dengan latihan nyata"),
    icon=":material/timer:",
    query_params=fire_state.link(now, state),
)
twin = folded(w.t("Tabel kembaran"), "table", "firetwin")
if twin is not None:
    show_table(w, fire_tables.twin(now, result), alt=w.t("Tabel peluang dan menit setiap kelurahan"), place=twin)
method = folded(w.t("Cara menghitung dan sumber"), "functions", "firemethod")
if method is not None:
    method.markdown(fire_words.method(now, state, result))
