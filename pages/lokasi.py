"""Lokasi bersama: where should the next puskesmas or fire posts stand, each side alone or both together?"""

import streamlit as st

from views import pictures, session, sitingpage, sitingstate, tables
from views.map import draw
from views.mappage import geometry

now = session.current()
w, data = now.words, now.data

asked = sitingstate.read(now)
st.subheader(sitingpage.question(now, asked))
heading, bar = st.container(), st.container()
plan, checks = sitingstate.answered(now, asked)
with heading:
    st.markdown(f"**{sitingpage.answer(now, asked, plan)}**")
    if notes := sitingpage.notes(now, plan):
        st.markdown(" ".join(notes))
with bar:
    sitingpage.controls(now, asked, plan, checks)
    sitingpage.refused(now)

picture, card = st.columns([5, 3], gap="small")
with picture:
    spec = sitingpage.spec(now, asked, plan)
    draw(
        spec,
        geometry(data),
        key="petalokasi",
        height=sitingpage.HEIGHT,
        on_place=sitingpage.on_place(now),
    )
    rows, note = sitingpage.legend_rows(now, plan), sitingpage.legend_note(now, asked, plan)
    if rows:
        st.html(tables.class_table(w, data, now.corridor.sides, w.t("Kelas"), rows))
    st.caption(note)
    if rows:
        pictures.offer_map(
            now,
            f"lokasi-{asked.task.kind}",
            spec,
            rows,
            sitingpage.picture_title(now, asked),
            note,
            "",
            ("dukcapil2024",),
        )
with card:
    sitingpage.draw_card(now, asked, plan)

if plan is not None and not plan.unknown:
    sitingpage.draw_plan(now, asked, plan)
    sitingpage.draw_checks(now, asked, checks)
    with st.expander(w.t("Tabel kembaran"), icon=":material/table:"):
        st.dataframe(
            sitingpage.places_table(now, plan),
            hide_index=True,
            placeholder=w.no_data,
            alt=w.t("Tabel tempat setiap rencana"),
        )
with st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:"):
    st.markdown(sitingpage.method(now, asked, plan))
