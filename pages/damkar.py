"""Damkar: who is reached in time by own posts only, and who by the nearest post of any side?"""

from functools import partial

import streamlit as st

from views import firepage, pictures, session, tables
from views import firestate as state_of
from views.map import draw
from views.mappage import geometry

now = session.current()
w, data, corridor = now.words, now.data, now.corridor

shown = state_of.checked(now, state_of.SHOWN, state_of.SHOWS, "peluang")
plan = state_of.checked(now, state_of.PLAN, state_of.PLANS, "terbuka")
state_of.checked(now, state_of.SECTION, state_of.SECTIONS, "tunda")
state_of.checked(now, state_of.CALLS, ("2", "3", "4", "5"), "3")
state_of.checked(now, state_of.PER_POST, ("1", "2", "3", "4"), "1")
state = state_of.read(now)
result = state_of.result(state)

st.subheader(firepage.question(now))
st.markdown(f"**{firepage.answer(now, state, result)}**")
firepage.controls(now, state)
placing = firepage.draw_placing(now)

picture, card = st.columns([5, 3], gap="small")
with picture:
    spec = firepage.spec(now, state, result, shown, plan, placing, None)
    draw(
        spec,
        geometry(data),
        key="petadamkar",
        height=firepage.HEIGHT,
        on_place=partial(firepage.place, now),
    )
with card:
    firepage.draw_card(now, state, result)
rows, note = firepage.legend_rows(now, state, result, shown, plan), firepage.legend_note(now, state, shown, plan)
st.html(tables.class_table(w, data, corridor.sides, w.t("Kelas"), rows))
st.caption(note)
title = firepage.picture_title(now, state, shown, plan)
pictures.offer_map(now, f"damkar-{shown}-{plan}", spec, rows, title, note, "", ("fire_press", "dukcapil2024"))

firepage.draw_sections(now, state, result)
st.page_link(
    "pages/latihan.py",
    label=w.t("Simulasi latihan: uji jawaban model dengan latihan nyata"),
    icon=":material/timer:",
    query_params=state_of.link(now, state),
)
twin = st.expander(w.t("Tabel kembaran"), icon=":material/table:", key="firetwin", on_change="rerun")
if twin.open:
    twin.dataframe(
        firepage.twin(now, result),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Tabel peluang dan menit setiap kelurahan"),
    )
method = st.expander(
    w.t("Cara menghitung dan sumber"), icon=":material/functions:", key="firemethod", on_change="rerun"
)
if method.open:
    method.markdown(firepage.method(now, state, result))
