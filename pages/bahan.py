"""Bahan rapat: the numbers of the pages as files to show, print, mail and edit."""

from dataclasses import replace

import streamlit as st

from views.language import link_names
from views.language.escape import md
from views.link import context
from views.meeting import files as meeting_files
from views.meeting import materials
from views.meeting import words as meeting_words
from views.screen.answers import show_answer
from views.story import words as story_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor

values = context.read(session, "bahan", {link_names.FILES: list(meeting_words.kind_names(w))})
sectors, places, files = (tuple(values[name]) for name in (link_names.SECTORS, link_names.PLACES, link_names.FILES))
st.subheader(w.t("{koridor}: bahan apa yang dibawa ke rapat?", koridor=md(w.pick(corridor.title))))
wish = meeting_files.Wish(corridor.id, w.language, sectors, places, files)
show_answer(story_words.files_answer(w, data, corridor, len(files), sectors))

choices, meaning = st.columns([3, 2], gap="medium")
with choices:
    decks = st.container()
    wish = replace(wish, language=materials.draw_language(session))
    materials.draw_choices(session)
    wish = replace(wish, template=materials.draw_template(w, files))
    with decks:
        materials.draw_decks(session, wish)
    materials.draw_making(session, wish)
with meaning:
    materials.draw_kinds(w, files)
    st.page_link(
        "pages/berita_acara.py",
        label=w.t("Menulis berita acara dengan keputusan"),
        icon=":material/edit_note:",
        query_params=context.link(session, {}),
    )

with st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:"):
    st.markdown(materials.method(w))
