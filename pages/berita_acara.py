"""Berita acara: what the meeting decided, who does it and until when; a draft for both sides."""

import streamlit as st

from views.exports.files import minutes as files_minutes
from views.language.escape import md
from views.link import context
from views.meeting import minutes as meeting_minutes
from views.meeting import register
from views.meeting.files import request_of
from views.screen.answers import show_answer
from views.story import words as story_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor
context.read(session, "berita_acara")

request = request_of(data, corridor.id, w.language, (), (), context.today())

st.subheader(
    w.t("{koridor}: apa yang diputuskan rapat, siapa mengerjakan, sampai kapan?", koridor=md(w.pick(corridor.title)))
)
headline = st.container()
form, shown = st.columns([3, 2], gap="medium")
with form:
    meeting = meeting_minutes.draw_meeting(session)
with shown:
    st.markdown(w.t("**Temuan yang ikut tertulis**"))
    st.markdown(meeting_minutes.findings(request.story))
st.markdown(w.t("**Keputusan** – Penanggung jawab adalah jabatan atau perangkat daerah, bukan nama orang."))
decisions = meeting_minutes.draw_decisions(session)
wrong = meeting_minutes.problems(session, meeting, decisions)
with headline:
    show_answer(story_words.minutes_answer(w, len(files_minutes.findings(request.story)), len(decisions), len(wrong)))
meeting_minutes.draw_files(request, meeting, decisions, ready=not wrong)
register.draw(session, meeting, decisions, ready=not wrong)
if wrong:
    st.markdown("\n".join(f"- {line}" for line in wrong))
st.caption(
    w.t(
        "Isian di halaman ini tidak disimpan di server sampai dimasukkan ke register: ia ada di sesi ini saja dan "
        "hilang bila halaman ditutup. "
        "Unduh sebelum menutup. Nama penanda tangan ditulis tangan di kertas."
    )
)
with st.expander(w.t("Cara memakai dan bentuk tabelnya"), icon=":material/functions:"):
    st.markdown(meeting_minutes.help_text(w))
