"""Bahan rapat: the numbers of the pages as files to show, print, mail and edit."""

from dataclasses import replace

import streamlit as st

from views import materialspage
from views.language.escape import md
from views.link import session

now = session.current()
w, data, corridor = now.words, now.data, now.corridor

kinds = list(materialspage.kind_names(w))
sectors = materialspage.several(
    session.SECTORS,
    materialspage.sector_options(now),
    (),
    len(kinds) + 10,
    lambda bad: w.t("Sektor “{nama}” tidak dikenal.", nama=md(bad)),
)
places = materialspage.several(
    session.PLACES,
    list(data.units("kelurahan", corridor.sides).index),
    (),
    materialspage.MOST_PLACES,
    lambda bad: w.t("Kode wilayah “{kode}” tidak ada di koridor ini.", kode=md(bad)),
)
files = materialspage.several(
    session.FILES,
    kinds,
    materialspage.usual(kinds),
    len(kinds),
    lambda bad: w.t("Jenis berkas “{nama}” tidak dikenal.", nama=md(bad)),
)
st.subheader(w.t("{koridor}: bahan apa yang dibawa ke rapat?", koridor=md(w.pick(corridor.title))))
wish = materialspage.Wish(corridor.id, w.language, sectors, places, files)
st.markdown(f"**{materialspage.answer(now, wish)}**")

choices, meaning = st.columns([3, 2], gap="medium")
with choices:
    materialspage.draw_choices(now)
    template = materialspage.draw_template(w, files)
    materialspage.draw_making(now, replace(wish, template=template))
with meaning:
    materialspage.draw_kinds(w, files)
    st.page_link(
        "pages/berita_acara.py",
        label=w.t("Menulis berita acara dengan keputusan"),
        icon=":material/edit_note:",
        query_params=session.link(now, {}),
    )

with st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:"):
    st.markdown(materialspage.method(w))
