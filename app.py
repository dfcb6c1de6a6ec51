"""The screen of Tapal: places and pages, and the row that stands on all of them; every page is one file in pages/."""

import streamlit as st
from streamlit.errors import FragmentHandledException

from records.models import Role
from views.link import context
from views.screen import account, errors
from views.topics.navigation import screen as navigation

st.set_page_config(page_title="Tapal", page_icon="static/ikon.png", layout="wide", initial_sidebar_state="collapsed")
st.logo("static/tapal.svg", size="large")

session = context.open_session()
w = session.words
actor = account.actor()
signed_in = actor.sign_in is not None

places = {
    "": [st.Page("pages/beranda.py", title=w.t("Beranda"), icon=":material/map:", default=True)],
    w.t("Kelurahan"): [
        st.Page("pages/prioritas.py", title=w.t("Prioritas"), icon=":material/format_list_numbered:"),
        st.Page("pages/profil.py", title=w.t("Profil kelurahan"), icon=":material/location_on:"),
        st.Page("pages/ke_mana.py", title=w.t("Ke mana warga?"), icon=":material/groups:"),
    ],
    w.t("Perbandingan"): [
        st.Page("pages/bandingkan.py", title=w.t("Bandingkan"), icon=":material/compare:"),
        st.Page("pages/waktu.py", title=w.t("Perbandingan waktu"), icon=":material/history:"),
    ],
    w.t("Layanan bersama"): [
        st.Page("pages/akses.py", title=w.t("Akses lintas batas"), icon=":material/sync_alt:"),
        st.Page("pages/damkar.py", title=w.t("Damkar"), icon=":material/local_fire_department:"),
        st.Page("pages/latihan.py", title=w.t("Simulasi latihan"), icon=":material/timer:"),
        st.Page("pages/latihan_bersama.py", title=w.t("Latihan bersama"), icon=":material/groups:"),
        st.Page("pages/lokasi.py", title=w.t("Lokasi bersama"), icon=":material/add_location_alt:"),
        st.Page("pages/biaya.py", title=w.t("Bagi biaya"), icon=":material/payments:"),
    ],
    w.t("Kerja sama"): [
        st.Page("pages/perjanjian.py", title=w.t("Perjanjian"), icon=":material/handshake:"),
        st.Page("pages/usulan.py", title=w.t("Usulan"), icon=":material/note:"),
        st.Page("pages/suara.py", title=w.t("Suara warga"), icon=":material/campaign:"),
        st.Page("pages/pengingat.py", title=w.t("Pengingat"), icon=":material/schedule:"),
    ],
    w.t("Rapat"): [
        st.Page("pages/rapat.py", title=w.t("Mode rapat"), icon=":material/present_to_all:"),
        st.Page("pages/bahan.py", title=w.t("Bahan rapat"), icon=":material/folder_zip:"),
        st.Page("pages/berita_acara.py", title=w.t("Berita acara"), icon=":material/edit_note:"),
    ],
    w.t("Data"): [
        st.Page("pages/sumber.py", title=w.t("Sumber & mutu"), icon=":material/fact_check:"),
        st.Page("pages/kesegaran.py", title=w.t("Kesegaran"), icon=":material/update:"),
        st.Page("pages/batas_lain.py", title=w.t("Batas lain"), icon=":material/public:"),
        st.Page("pages/unggah.py", title=w.t("Unggah data"), icon=":material/upload_file:"),
        st.Page(
            "pages/katalog.py",
            title=w.t("Katalog"),
            icon=":material/menu_book:",
            visibility="visible" if actor.has(Role.ADMIN) else "hidden",
        ),
        st.Page(
            "pages/akun.py",
            title=w.t("Akun"),
            icon=":material/person:",
            visibility="visible" if signed_in else "hidden",
        ),
    ],
}
page = st.navigation(places, position="top")
navigation.go_to_found(session, page)

# Before the page: whatever happens on it, the reader can choose another border or language.
search, link, who = navigation.draw_row(session)
navigation.draw_tabs(
    session, [p for p in next(pages for pages in places.values() if page in pages) if p.visibility == "visible"]
)
navigation.draw_version(session)
try:
    page.run()
except FragmentHandledException:
    raise  # it was told where it happened
except Exception as error:
    errors.tell(error)
navigation.draw_copy(session, link, page)
navigation.draw_search(session, search)
navigation.draw_account(session, who, actor, page)
