"""Lokasi bersama: where should the next puskesmas or fire posts stand, each side alone or both together?"""

from functools import partial

import streamlit as st

from views import (
    sitingcard,
    sitingchart,
    sitingcontrols,
    sitingmap,
    sitingsections,
    sitingstate,
    sitingtables,
    sitingwords,
)
from views.figures import legend
from views.link import session
from views.screen import pictures
from views.screen.map import draw
from views.topics.map.screen import geometry

now = session.current()
w, data = now.words, now.data

asked = sitingstate.read(now)
st.subheader(sitingwords.question(now, asked))
heading, bar = st.container(), st.container()
plan, checks = sitingstate.answered(now, asked)
with heading:
    st.markdown(f"**{sitingwords.answer(now, asked, plan)}**")
    if notes := sitingwords.notes(now, plan):
        st.markdown(" ".join(notes))
with bar:
    sitingcontrols.controls(now, asked, plan)

picture, card = st.columns([5, 3], gap="small")
with picture:
    spec = sitingmap.spec(now, asked, plan, sitingcontrols.placing())
    draw(
        spec,
        geometry(data),
        key="petalokasi",
        height=sitingmap.HEIGHT,
        on_place=partial(sitingstate.add_place, now),
    )
    rows, note = sitingmap.legend_rows(now, plan), sitingmap.legend_note(now, asked, plan)
    if rows:
        st.html(legend.class_table(w, data, now.corridor.sides, w.t("Kelas"), rows))
    st.caption(note)
    kind, title = asked.task.kind, sitingmap.picture_title(now, asked, plan)
    pictures.offer_map(now, f"lokasi-{kind}", spec, rows, title, note, "", sitingchart.SOURCES[kind])
with card:
    sitingcard.draw_card(now, asked, plan)

if plan is not None and not plan.unknown:
    sitingsections.draw_plan(now, asked, plan)
    sitingsections.draw_checks(now, asked, checks)
    with st.expander(w.t("Tabel kembaran"), icon=":material/table:"):
        st.dataframe(
            sitingtables.places_table(now, plan),
            hide_index=True,
            placeholder=w.no_data,
            alt=w.t("Tabel tempat setiap rencana"),
        )
with st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:"):
    st.markdown(sitingwords.method(now, asked, plan))
