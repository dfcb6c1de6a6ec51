"""The screen of Tapal: language, corridor and navigation; every page is one file in pages/."""

import streamlit as st
from streamlit.errors import FragmentHandledException

from views.language.link_names import CORRIDOR, LANGUAGE
from views.language.words import LANGUAGES
from views.link import context
from views.screen import errors

st.set_page_config(page_title="Tapal", page_icon="static/ikon.png", layout="wide")

session = context.open_session()
w = session.words

page = st.navigation(
    {
        w.t("Lihat"): [
            st.Page("pages/ringkasan.py", title=w.t("Ringkasan"), icon=":material/summarize:", default=True),
            st.Page("pages/peta.py", title=w.t("Peta"), icon=":material/map:"),
            st.Page("pages/bandingkan.py", title=w.t("Bandingkan"), icon=":material/compare:"),
            st.Page("pages/waktu.py", title=w.t("Perbandingan waktu"), icon=":material/history:"),
            st.Page("pages/prioritas.py", title=w.t("Prioritas"), icon=":material/format_list_numbered:"),
            st.Page("pages/profil.py", title=w.t("Profil kelurahan"), icon=":material/location_on:"),
        ],
        w.t("Buka batas"): [
            st.Page("pages/akses.py", title=w.t("Akses lintas batas"), icon=":material/sync_alt:"),
            st.Page("pages/damkar.py", title=w.t("Damkar"), icon=":material/local_fire_department:"),
            st.Page("pages/latihan.py", title=w.t("Simulasi latihan"), icon=":material/timer:"),
            st.Page("pages/lokasi.py", title=w.t("Lokasi bersama"), icon=":material/add_location_alt:"),
            st.Page("pages/biaya.py", title=w.t("Bagi biaya"), icon=":material/payments:"),
        ],
        w.t("Rapat"): [
            st.Page("pages/bahan.py", title=w.t("Bahan rapat"), icon=":material/folder_zip:"),
            st.Page("pages/rapat.py", title=w.t("Mode rapat"), icon=":material/present_to_all:"),
            st.Page("pages/berita_acara.py", title=w.t("Berita acara"), icon=":material/edit_note:"),
        ],
        w.t("Dasar"): [
            st.Page("pages/sumber.py", title=w.t("Sumber & mutu"), icon=":material/fact_check:"),
        ],
    },
    position="top",
)

# Before the page: whatever happens on it, the reader can choose another corridor or language.
with st.sidebar:
    corridors = session.data.catalogue.corridors
    st.selectbox(w.t("Koridor"), list(corridors), format_func=lambda i: w.pick(corridors[i].title), key=CORRIDOR)
    st.segmented_control(
        w.t("Bahasa"),
        LANGUAGES,
        format_func=lambda i: {"id": "Indonesia", "en": "English"}[i],
        key=LANGUAGE,
        required=True,
    )

try:
    page.run()
except FragmentHandledException:
    raise  # it was told where it happened
except Exception as error:
    errors.tell(error)
    st.stop()
