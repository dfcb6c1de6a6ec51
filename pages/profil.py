"""Profil kelurahan: one kelurahan on one screen, against standard, own kabkota and neighbours across the line."""

import streamlit as st

from views.language import link_names
from views.language.escape import md
from views.link import context, results
from views.meeting import profiles
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.topics.agreements import place as agreed_here
from views.topics.agreements import screen as agreements_screen
from views.topics.map.screen import geometry, unit_label
from views.topics.place_records import screen as place_records
from views.topics.profile import spec as profile_spec
from views.topics.profile import tables as profile_tables
from views.topics.profile import words as profile_words
from views.topics.sources import words as sources_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor

kode = context.read(session, "profil")[link_names.SELECTED]
result = results.profile(data, corridor.id, kode)

st.subheader(w.t("Bagaimana keadaan {nama}?", nama=md(unit_label(data, kode))))
show_answer(profile_words.answer(w, data, result))

picture, table = st.columns([3, 7], gap="small")
with picture:
    draw(
        profile_spec.spec(session, kode, result),
        geometry(data),
        key="profilmap",
        height=profile_spec.HEIGHT,
        on_click=lambda clicked: context.assign(link_names.SELECTED, clicked),
    )
    note = profile_words.neighbour_line(w, data, corridor, result)
    st.caption(note)
    pictures.offer(w, f"letak-{kode}", lambda: profile_spec.of_place(session, result, note), pictures.MAP_SIZE)
with table:
    st.html(profile_tables.html_table(w, data, result))
    method = sources_words.method_link(w, "jarak", corridor.id)
    st.caption(f"{profile_words.age_line(w, result, context.this_year())} {method}")
    if replaced := profile_words.replaced_line(w, data, kode):
        st.caption(replaced)
    profiles.draw_downloads(session, kode, context.today())

agreed = agreed_here.of_kelurahan(w, data, corridor, kode, *agreements_screen.on_record(data), context.today())
st.markdown(w.t("#### Kesepakatan dan proyek"))
st.markdown("\n".join(f"- {line}" for line in agreed) or w.t("Belum ada kesepakatan atau proyek dalam catatan."))

place_records.draw(session, kode)

if counts := profile_words.monograph_lines(w, data, kode):
    st.markdown("\n".join([w.t("#### Monografi kelurahan"), "", *(f"- {line}" for line in counts)]))

facts = profile_words.facts(data, kode)
st.markdown(w.t("#### Catatan bersumber tentang wilayah ini"))
if facts.empty:
    st.markdown(
        w.t(
            "Belum ada catatan bersumber untuk kelurahan/desa ini maupun kecamatannya. Lurah, camat atau dinas dapat "
            "membawanya: apa yang tercatat, tahunnya dan sumbernya."
        )
    )
else:
    st.markdown("\n".join(profile_words.fact_lines(w, facts, kode)))
    st.caption(w.t("Catatan pers menunjukkan apa yang ditulis, bukan seberapa sering sesuatu terjadi."))

with st.expander(w.t("Sumber, cara dan mutu tiap angka"), icon=":material/functions:"):
    st.markdown(profile_words.origins(w, data, result))
