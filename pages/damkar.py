"""Damkar: who is reached in time by own posts only, and who by the nearest post of any side?"""

from functools import partial

import streamlit as st

from views import firecard, firecontrols, fireeditor, firemap, firesections, firestate, firetables, firewords
from views.figures import legend
from views.link import session
from views.mappage import geometry
from views.screen import pictures
from views.screen.map import draw

now = session.current()
w, data, corridor = now.words, now.data, now.corridor

shown = firestate.checked(now, firestate.SHOWN, firestate.SHOWS, "peluang")
plan = firestate.checked(now, firestate.PLAN, firestate.PLANS, "terbuka")
firestate.checked(now, firestate.SECTION, firestate.SECTIONS, "tunda")
firestate.checked(now, firestate.CALLS, firestate.CALL_COUNTS, "3")
firestate.checked(now, firestate.PER_POST, firestate.UNIT_COUNTS, "1")
state = firestate.read(now)
result = firestate.result(state)

st.subheader(firewords.question(now))
st.markdown(f"**{firewords.answer(now, state, result)}**")
firecontrols.controls(now, state)
placing = fireeditor.draw_placing(now)

picture, card = st.columns([5, 3], gap="small")
with picture:
    spec = firemap.spec(now, state, result, shown, plan, placing, None)
    draw(
        spec,
        geometry(data),
        key="petadamkar",
        height=firemap.HEIGHT,
        on_place=partial(fireeditor.place, now),
    )
with card:
    firecard.draw_card(now, state, result)
rows, note = firemap.legend_rows(now, state, result, shown, plan), firemap.legend_note(now, state, shown, plan)
st.html(legend.class_table(w, data, corridor.sides, w.t("Kelas"), rows))
st.caption(note)
title = firemap.picture_title(now, state, shown, plan)
pictures.offer_map(now, f"damkar-{shown}-{plan}", spec, rows, title, note, "", ("fire_press", "dukcapil2024"))

firesections.draw_sections(now, state, result)
st.page_link(
    "pages/latihan.py",
    label=w.t("Simulasi latihan: uji jawaban model dengan latihan nyata"),
    icon=":material/timer:",
    query_params=firestate.link(now, state),
)
twin = st.expander(w.t("Tabel kembaran"), icon=":material/table:", key="firetwin", on_change="rerun")
if twin.open:
    twin.dataframe(
        firetables.twin(now, result),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Tabel peluang dan menit setiap kelurahan"),
    )
method = st.expander(
    w.t("Cara menghitung dan sumber"), icon=":material/functions:", key="firemethod", on_change="rerun"
)
if method.open:
    method.markdown(firewords.method(now, state, result))
