"""Ke mana warga?: the nearest services of a kelurahan on both sides of the line, and what an agreement opens."""

import streamlit as st

from views.language import link_names
from views.language.escape import md
from views.link import context, results
from views.meeting import notices
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.topics.agreements import screen as agreements_screen
from views.topics.map import words as map_words
from views.topics.map.screen import geometry, unit_label
from views.topics.wayfinding import spec as wayfinding_spec
from views.topics.wayfinding import tables as wayfinding_tables
from views.topics.wayfinding import words as wayfinding_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor

kode = context.read(session, "ke_mana")[link_names.SELECTED]
result = results.ways(data, corridor.id, kode)
agreements, _ = agreements_screen.on_record(data)
found = wayfinding_words.find(result, agreements, context.today())

st.subheader(md(wayfinding_words.question(w, data, kode)))
show_answer(wayfinding_words.answer(w, data, result, found))

table, picture = st.columns([3, 2], gap="small")
with table:
    st.html(wayfinding_tables.html(w, data, corridor, result, found))
    st.caption(md(map_words.ways_note(w, data)))
    st.markdown("\n".join(f"- {md(line)}" for line in wayfinding_words.office_lines(w, result, data)))
    notices.draw_sheet(session, kode)
with picture:
    draw(
        wayfinding_spec.spec(session, result),
        geometry(data),
        key="kemanamap",
        height=wayfinding_spec.HEIGHT,
        on_click=lambda clicked: context.assign(link_names.SELECTED, clicked),
    )
    st.caption(
        w.t("{nama}. Ketuk kelurahan lain di peta, atau cari namanya di baris atas.", nama=md(unit_label(data, kode)))
    )
    pictures.offer(w, f"ke-mana-{kode}", lambda: wayfinding_spec.picture(session, result), pictures.MAP_SIZE)
if lines := wayfinding_words.agreement_lines(w, found):
    st.markdown("\n".join([w.t("**Perjanjian yang dimaksud**"), "", *(f"- {line}" for line in lines)]))
st.caption(" ".join(md(line) for line in wayfinding_words.cautions(w)))
